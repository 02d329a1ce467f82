/* The tabs of the page Stock. Main thread. */
#include "quay-stock-section.h"

#include "quay-attention-page.h"
#include "quay-count-page.h"
#include "quay-documents-page.h"
#include "quay-goods-page.h"
#include "quay-move-page.h"
#include "quay-section.h"
#include "quay-stock-page.h"
#include "quay-till-assign.h"
#include "quay-ui.h"

static const QuaySectionTab tabs[] = {
  { "stock", N_ ("On hand"), quay_stock_page_new },
  { "receive", N_ ("Receive"), quay_receive_page_new },
  { "issue", N_ ("Issue"), quay_issue_page_new },
  { "documents", N_ ("Documents"), quay_documents_page_new },
  { "attention", N_ ("To check"), quay_attention_page_new },
  { "count", N_ ("Count"), quay_count_page_new },
  { "move", N_ ("Move / Fairs"), quay_move_page_new },
};

/* How much there is to check stands on the tab while it can be seen. */
static void
count_cb (GtkWidget *section, gpointer till)
{
  if (gtk_widget_get_mapped (section))
    quay_section_set_count (QUAY_SECTION (section), "attention", quay_till_n_attention (till));
}

static void
items_changed_cb (QuayTill *till, gpointer section)
{
  count_cb (section, till);
}

GtkWidget *
quay_stock_section_new (QuayTill *till)
{
  GtkWidget *section = quay_section_new (till, _ ("Inventory"), tabs, G_N_ELEMENTS (tabs));
  g_signal_connect_object (section, "map", G_CALLBACK (count_cb), till, G_CONNECT_AFTER);
  g_signal_connect_object (till, "items-changed", G_CALLBACK (items_changed_cb), section, 0);
  return section;
}
