/* The tabs of the page Stock. Main thread. */
#include "quay-stock-section.h"

#include "quay-count-page.h"
#include "quay-move-page.h"
#include "quay-section.h"
#include "quay-stock-page.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "stock", N_ ("On hand"), quay_stock_page_new },
  { "count", N_ ("Count"), quay_count_page_new },
  { "move", N_ ("Move / Fairs"), quay_move_page_new },
};

GtkWidget *
quay_stock_section_new (QuayTill *till)
{
  return quay_section_new (till, _ ("Stock"), tabs, G_N_ELEMENTS (tabs));
}
