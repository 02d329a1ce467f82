/* The tabs of the page Consignment. Main thread. */
#include "quay-consign-section.h"

#include "quay-partner-page.h"
#include "quay-section.h"
#include "quay-settle-page.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "producers", N_ ("Producers"), quay_partner_page_new },
  { "settlements", N_ ("Settlements"), quay_settle_page_new },
};

GtkWidget *
quay_consign_section_new (QuayTill *till)
{
  return quay_section_new (till, _ ("Consignment"), tabs, G_N_ELEMENTS (tabs));
}
