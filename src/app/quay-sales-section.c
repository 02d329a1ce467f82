/* The tabs of the page Receipts. Main thread. */
#include "quay-sales-section.h"

#include "quay-customers-page.h"
#include "quay-orders-page.h"
#include "quay-sales-page.h"
#include "quay-section.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "sales", N_ ("Past sales"), quay_sales_page_new },
  { "orders", N_ ("Orders"), quay_orders_page_new },
  { "customers", N_ ("Customers and debts"), quay_customers_page_new },
};

GtkWidget *
quay_sales_section_new (QuayTill *till)
{
  return quay_section_new (till, _ ("Receipts"), tabs, G_N_ELEMENTS (tabs));
}
