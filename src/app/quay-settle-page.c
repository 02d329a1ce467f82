/* The list of settlements. Main thread. */
#include "quay-settle-page.h"

#include "quay-form.h"
#include "quay-row-model.h"
#include "quay-settle-card.h"
#include "quay-table.h"
#include "quay-till-partner.h"
#include "quay-till-settle.h"
#include "quay-ui.h"

#define SHOWN 500

struct _QuaySettlePage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *producer;
  GtkWidget *settle;
  GtkWidget *stack;
  GtkWidget *table;
  QuayRowModel *model;
};

G_DEFINE_FINAL_TYPE (QuaySettlePage, quay_settle_page, GTK_TYPE_BOX)

/* Cells */

static const QuaySettledRecord *
record_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_number (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, record_of (row)->settled->number);
}

static void
bind_day (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (record_of (row)->day);
  quay_table_set_text (cell, text);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, record_of (row)->settled->name);
}

static void
bind_period (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuaySettled *settled = record_of (row)->settled;
  g_autofree char *from = quay_day_to_vi ((QuayDay)settled->from);
  g_autofree char *to = quay_day_to_vi ((QuayDay)settled->to);
  g_autofree char *text = g_strdup_printf ("%.5s – %s", from, to);
  quay_table_set_text (cell, text);
}

static void
bind_money (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuaySettled *settled = record_of (row)->settled;
  const QuayMoney amounts[] = { settled->amount,
                                QUAY_DONG (settled->amount.dong - settled->cost.dong),
                                QUAY_DONG (settled->cost.dong - settled->tax.dong) };
  quay_table_set_money (cell, amounts[GPOINTER_TO_INT (data)]);
}

/* Reading */

static void
fill_producers (QuaySettlePage *page)
{
  g_autoptr (GPtrArray) partners = quay_till_partners (page->till);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *chosen = g_strdup (quay_form_get_choice (page->producer));
  g_strv_builder_add (codes, "");
  g_strv_builder_add (names, _ ("All producers"));
  for (guint i = 0; i < partners->len; i++)
    {
      char id[QUAY_ID_TEXT_LEN + 1];
      const QuayPartner *partner = partners->pdata[i];
      quay_id_to_text (&partner->id, id);
      g_strv_builder_add (codes, id);
      g_strv_builder_add (names, partner->name);
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_form_fill_choice (page->producer, (const char *const *)code_list,
                         (const char *const *)name_list);
  quay_form_set_choice (page->producer, chosen);
}

static gboolean
get_producer (QuaySettlePage *page, QuayId *id)
{
  return quay_id_from_text (quay_form_get_choice (page->producer), id);
}

static void
read_list (QuaySettlePage *page)
{
  QuayId id;
  gboolean one = get_producer (page, &id);
  GPtrArray *rows = quay_till_settlements (page->till, one ? &id : NULL, SHOWN);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), rows->len > 0 ? "list" : "empty");
  quay_row_model_set (page->model, rows);
  gtk_widget_set_sensitive (page->settle, one);
}

static void
changed_cb (gpointer data)
{
  read_list (data);
}

static void
producer_cb (GtkDropDown *choice, GParamSpec *pspec, QuaySettlePage *page)
{
  read_list (page);
}

static void
settle_cb (GtkWidget *button, QuaySettlePage *page)
{
  QuayId id;
  if (get_producer (page, &id))
    quay_settle_card_open (GTK_WIDGET (page), page->till, &id, changed_cb, page);
}

static void
activate_cb (GtkColumnView *table, guint position, QuaySettlePage *page)
{
  const QuaySettledRecord *record = quay_row_model_get (page->model, position);
  if (record != NULL)
    quay_settle_card_show (GTK_WIDGET (page), page->till, &record->id, changed_cb, page);
}

/* Building */

static GtkWidget *
build_table (QuaySettlePage *page)
{
  const char *amounts[] = { _ ("Sold for"), _ ("Commission"), _ ("Owed") };
  page->table = quay_table_new (_ ("Settlements"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Number"), QUAY_TABLE_STRONG, 16, bind_number, NULL);
  quay_table_add (page->table, _ ("Day"), QUAY_TABLE_QUIET, 10, bind_day, NULL);
  quay_table_add (page->table, _ ("Producer"), QUAY_TABLE_EXPAND, 24, bind_name, NULL);
  quay_table_add (page->table, _ ("For the time"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 18,
                  bind_period, NULL);
  for (int i = 0; i < (int)G_N_ELEMENTS (amounts); i++)
    quay_table_add (page->table, amounts[i], QUAY_TABLE_NUMBER | (i == 2 ? QUAY_TABLE_STRONG : 0),
                    12, bind_money, GINT_TO_POINTER (i));
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  return quay_ui_table_card (page->table);
}

static void
build (QuaySettlePage *page)
{
  const char *none[] = { NULL };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  page->producer = quay_ui_choice (_ ("Producer"), none);
  page->settle =
      quay_ui_button ("plus-lg", _ ("Settle with this producer"), NULL, "pill suggested");
  page->stack = gtk_stack_new ();
  gtk_widget_add_css_class (page->producer, "slim");
  gtk_widget_set_size_request (page->producer, 340, -1);
  gtk_box_append (GTK_BOX (bar), page->producer);
  gtk_box_append (GTK_BOX (bar), page->settle);
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("people", _ ("No settlement yet"),
                                      _ ("Choose a producer to see what was sold of its consigned "
                                         "goods and what it is owed.")),
                       "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (page), bar);
  gtk_box_append (GTK_BOX (page), page->stack);
  g_signal_connect (page->settle, "clicked", G_CALLBACK (settle_cb), page);
}

static void
quay_settle_page_map (GtkWidget *widget)
{
  QuaySettlePage *page = QUAY_SETTLE_PAGE (widget);
  GTK_WIDGET_CLASS (quay_settle_page_parent_class)->map (widget);
  g_signal_handlers_block_by_func (page->producer, producer_cb, page);
  fill_producers (page);
  g_signal_handlers_unblock_by_func (page->producer, producer_cb, page);
  read_list (page);
}

static gboolean
quay_settle_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SETTLE_PAGE (widget)->producer);
}

static void
quay_settle_page_dispose (GObject *object)
{
  QuaySettlePage *page = QUAY_SETTLE_PAGE (object);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_settle_page_parent_class)->dispose (object);
}

static void
quay_settle_page_class_init (QuaySettlePageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_settle_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_settle_page_map;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_settle_page_grab_focus;
}

static void
quay_settle_page_init (QuaySettlePage *page)
{
  page->model = quay_row_model_new ();
}

GtkWidget *
quay_settle_page_new (QuayTill *till)
{
  QuaySettlePage *page = g_object_new (QUAY_TYPE_SETTLE_PAGE, NULL);
  page->till = g_object_ref (till);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  build (page);
  g_signal_connect (page->producer, "notify::selected", G_CALLBACK (producer_cb), page);
  return GTK_WIDGET (page);
}
