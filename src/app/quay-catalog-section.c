/* The tabs of the page Products. Main thread. */
#include "quay-catalog-section.h"

#include "quay-catalog-page.h"
#include "quay-prices-page.h"
#include "quay-promotions-page.h"
#include "quay-section.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "products", N_ ("Catalogue"), quay_catalog_page_new },
  { "prices", N_ ("Prices"), quay_prices_page_new },
  { "promotions", N_ ("Promotions"), quay_promotions_page_new },
};

GtkWidget *
quay_catalog_section_new (QuayTill *till)
{
  return quay_section_new (till, _ ("Products"), tabs, G_N_ELEMENTS (tabs));
}
