/* The tabs of the page Stock. Main thread. */
#include "quay-stock-section.h"

#include "quay-documents-page.h"
#include "quay-goods-page.h"
#include "quay-section.h"
#include "quay-stock-page.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "stock", N_ ("On hand"), quay_stock_page_new },
  { "receive", N_ ("Receive"), quay_receive_page_new },
  { "issue", N_ ("Issue"), quay_issue_page_new },
  { "documents", N_ ("Documents"), quay_documents_page_new },
};

GtkWidget *
quay_stock_section_new (QuayTill *till)
{
  return quay_section_new (till, _ ("Stock"), tabs, G_N_ELEMENTS (tabs));
}
