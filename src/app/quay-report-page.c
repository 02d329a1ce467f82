/* Figures of a range of days: cards, a table by product or producer, and beside it how it was paid,
 * the VAT and the drawer. Everything comes from one report of the till. Main thread. */
#include "quay-report-page.h"

#include "quay-row-model.h"
#include "quay-sale-view.h"
#include "quay-shift-card.h"
#include "quay-table.h"
#include "quay-till-sales.h"
#include "quay-ui.h"

typedef enum
{
  RANGE_TODAY,
  RANGE_YESTERDAY,
  RANGE_WEEK,
  RANGE_MONTH,
  RANGE_OWN,
} Range;

struct _QuayReportPage
{
  GtkBox parent;
  QuayTill *till;
  QuayReport *report;
  QuayRowModel *model;
  Range range;
  const char *kind; /* product or producer */
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *own; /* the two days, for RANGE_OWN */
  GtkWidget *sales;
  GtkWidget *sales_note;
  GtkWidget *total;
  GtkWidget *total_note;
  GtkWidget *vat;
  GtkWidget *net;
  GtkWidget *stack;
  GtkWidget *tenders;
  GtkWidget *rates;
  GtkWidget *shift;
  gulong sales_changed;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (QuayReportPage, quay_report_page, GTK_TYPE_BOX)

/* Cells */

static const QuayReportRow *
row_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *label, gpointer row, gpointer data)
{
  const char *name = row_of (row)->name;
  quay_table_set_text (label, name != NULL && name[0] != '\0' ? name : _ ("Without a name"));
}

static void
bind_qty (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_qty (label, row_of (row)->qty, NULL);
}

static void
bind_amount (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_money (label, row_of (row)->amount);
}

static void
bind_vat (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_money (label, row_of (row)->vat);
}

/* The range */

static gboolean
read_day (GtkWidget *entry, QuayDay *day)
{
  gboolean ok = quay_day_from_text (gtk_editable_get_text (GTK_EDITABLE (entry)), day);
  quay_ui_toggle_class (entry, "bad", !ok);
  return ok;
}

/* FALSE while the two entries hold no range. */
static gboolean
get_range (QuayReportPage *page, QuayDay *from, QuayDay *to)
{
  QuayDay today = quay_till_day (page->till);
  *from = *to = today;
  switch (page->range)
    {
    case RANGE_TODAY:
      return TRUE;
    case RANGE_YESTERDAY:
      *from = *to = quay_day_add (today, -1);
      return TRUE;
    case RANGE_WEEK:
      *from = quay_day_add (today, -6);
      return TRUE;
    case RANGE_MONTH:
      *from = today - today % 100 + 1;
      return TRUE;
    case RANGE_OWN:
      break;
    }
  gboolean ok = read_day (page->from, from);
  ok = read_day (page->to, to) && ok;
  if (ok && *from > *to)
    quay_ui_toggle_class (page->to, "bad", TRUE);
  return ok && *from <= *to;
}

/* Showing */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_pair (GtkWidget *box, const char *text, const char *meta, QuayMoney amount)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = quay_ui_label (text, NULL);
  GtkWidget *figure = quay_ui_number_label ("heading");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (row, "pair");
  gtk_widget_set_hexpand (label, TRUE);
  quay_ui_set_money (figure, amount, QUAY_MONEY_BARE);
  gtk_box_append (GTK_BOX (row), label);
  if (meta != NULL)
    gtk_box_append (GTK_BOX (row), quay_ui_label (meta, "meta num"));
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (box), row);
}

static void
show_sides (QuayReportPage *page)
{
  const QuayReport *report = page->report;
  clear_box (page->tenders);
  clear_box (page->rates);
  for (guint i = 0; report->tenders != NULL && i < report->tenders->len; i++)
    {
      const QuayReportRow *row = report->tenders->pdata[i];
      g_autofree char *name = quay_sale_view_tenders (row->key);
      g_autofree char *count = g_strdup_printf ("%d", (int)row->count);
      add_pair (page->tenders, name, count, row->amount);
    }
  for (guint i = 0; report->rates != NULL && i < report->rates->len; i++)
    {
      const QuayReportRow *row = report->rates->pdata[i];
      gint64 bp = 0;
      gboolean number = g_ascii_string_to_signed (row->key, 10, -1, 10000, &bp, NULL);
      g_autofree char *rate = number && bp >= 0 ? quay_format_percent (bp) : NULL;
      g_autofree char *of = quay_format_money (row->amount, QUAY_MONEY_BARE);
      add_pair (page->rates, rate != NULL ? rate : _ ("Not subject to VAT"), of, row->vat);
    }
  if (report->tenders == NULL)
    gtk_box_append (GTK_BOX (page->tenders),
                    quay_ui_label (_ ("Told when the drawer is counted"), "meta"));
  else if (gtk_widget_get_first_child (page->tenders) == NULL)
    gtk_box_append (GTK_BOX (page->tenders), quay_ui_label (_ ("Nothing yet"), "meta"));
  if (gtk_widget_get_first_child (page->rates) == NULL)
    gtk_box_append (GTK_BOX (page->rates), quay_ui_label (_ ("Nothing yet"), "meta"));
}

static void
show_cards (QuayReportPage *page)
{
  const QuayReport *report = page->report;
  QuayMoney net = QUAY_DONG (0);
  g_autofree char *sales = quay_format_money (QUAY_DONG (report->sales), QUAY_MONEY_BARE);
  g_autofree char *from = quay_day_to_vi (report->from);
  g_autofree char *to = quay_day_to_vi (report->to);
  g_autofree char *range =
      report->from == report->to ? g_strdup (from) : g_strdup_printf ("%s – %s", from, to);
  g_autofree char *back = quay_format_money (report->refunded, QUAY_MONEY_BARE);
  g_autofree char *note = report->refunds > 0 ? g_strdup_printf (_ ("given back: %s"), back)
                                              : g_strdup (_ ("with VAT"));
  quay_ui_set_text (page->sales, sales);
  quay_ui_set_text (page->sales_note, range);
  quay_ui_set_money (page->total, report->total, QUAY_MONEY_SIGN);
  quay_ui_set_text (page->total_note, note);
  quay_ui_set_money (page->vat, report->vat, QUAY_MONEY_SIGN);
  if (quay_money_sub (report->total, report->vat, &net))
    {
      g_autofree char *amount = quay_format_money (net, QUAY_MONEY_BARE);
      g_autofree char *text = g_strdup_printf (_ ("without VAT: %s"), amount);
      quay_ui_set_text (page->net, text);
    }
}

static void
read_report (QuayReportPage *page)
{
  QuayDay from, to;
  g_autoptr (GError) error = NULL;
  if (!get_range (page, &from, &to))
    return;
  QuayReport *report = quay_till_report (page->till, page->kind, from, to, &error);
  if (report == NULL)
    {
      quay_ui_show_error (GTK_WIDGET (page), _ ("The figures can't be read"), error);
      return;
    }
  gboolean any = report->rows != NULL && report->rows->len > 0;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
  quay_row_model_set (page->model, any ? g_ptr_array_ref (report->rows) : NULL);
  g_clear_pointer (&page->report, quay_report_free);
  page->report = report;
  page->stale = FALSE;
  show_cards (page);
  show_sides (page);
  quay_shift_card_refresh (QUAY_SHIFT_CARD (page->shift));
}

static void
range_cb (GtkToggleButton *chip, QuayReportPage *page)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  page->range = (Range)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "quay-range"));
  gtk_widget_set_visible (page->own, page->range == RANGE_OWN);
  read_report (page);
}

static void
kind_cb (GtkToggleButton *chip, QuayReportPage *page)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  page->kind = gtk_widget_get_name (GTK_WIDGET (chip));
  read_report (page);
}

static void
sales_changed_cb (QuayTill *till, QuayReportPage *page)
{
  page->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_report (page);
}

/* Building */

static GtkWidget *
add_chip (GtkWidget *box, const char *text, GtkWidget *group)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  gtk_box_append (GTK_BOX (box), chip);
  return chip;
}

static GtkWidget *
build_own (QuayReportPage *page)
{
  g_autofree char *today = quay_day_to_vi (quay_till_day (page->till));
  GtkWidget **const entries[] = { &page->from, &page->to };
  const char *names[] = { _ ("From"), _ ("To") };
  page->own = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *entry = quay_ui_code_entry (names[i]);
      gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 10);
      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("dd/mm/yyyy"));
      gtk_editable_set_text (GTK_EDITABLE (entry), today);
      gtk_widget_add_css_class (entry, "slim");
      g_signal_connect_swapped (entry, "changed", G_CALLBACK (read_report), page);
      *entries[i] = entry;
      gtk_box_append (GTK_BOX (page->own), entry);
    }
  gtk_widget_set_visible (page->own, FALSE);
  return page->own;
}

static GtkWidget *
build_header (QuayReportPage *page)
{
  const char *names[] = { _ ("Today"), _ ("Yesterday"), _ ("7 days"), _ ("This month"),
                          _ ("Other days") };
  GtkWidget *header = quay_ui_page_header (_ ("Figures"));
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *group = NULL;
  quay_ui_page_header_add (header, build_own (page));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *chip = add_chip (chips, names[i], group);
      group = group != NULL ? group : chip;
      g_object_set_data (G_OBJECT (chip), "quay-range", GINT_TO_POINTER (i));
      g_signal_connect (chip, "toggled", G_CALLBACK (range_cb), page);
    }
  quay_ui_page_header_add (header, chips);
  return header;
}

static GtkWidget *
add_card (GtkWidget *box, const char *title, const char *id, GtkWidget **note)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figure = quay_ui_label (NULL, "figure num");
  GtkWidget *foot = quay_ui_label (NULL, "meta num");
  quay_ui_set_id (figure, id);
  quay_ui_set_description (figure, title);
  gtk_widget_add_css_class (card, "figure-card");
  gtk_box_append (GTK_BOX (card), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (card), figure);
  gtk_box_append (GTK_BOX (card), foot);
  gtk_box_append (GTK_BOX (box), card);
  if (note != NULL)
    *note = foot;
  return figure;
}

static GtkWidget *
build_cards (QuayReportPage *page)
{
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_set_homogeneous (GTK_BOX (cards), TRUE);
  page->sales = add_card (cards, _ ("Sales"), "report-sales", &page->sales_note);
  page->total = add_card (cards, _ ("Sold for"), "report-total", &page->total_note);
  page->vat = add_card (cards, _ ("VAT in it"), "report-vat", &page->net);
  return cards;
}

static GtkWidget *
build_main (QuayReportPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *product = add_chip (tabs, _ ("By product"), NULL);
  GtkWidget *producer = add_chip (tabs, _ ("By producer"), product);
  GtkWidget *table = quay_table_new (_ ("Figures"), G_LIST_MODEL (page->model));
  gtk_widget_set_name (product, "product");
  gtk_widget_set_name (producer, "producer");
  g_signal_connect (product, "toggled", G_CALLBACK (kind_cb), page);
  g_signal_connect (producer, "toggled", G_CALLBACK (kind_cb), page);
  quay_table_add (table, _ ("Name"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 30, bind_name, NULL);
  quay_table_add (table, _ ("Quantity"), QUAY_TABLE_NUMBER, 9, bind_qty, NULL);
  quay_table_add (table, _ ("Sold for"), QUAY_TABLE_NUMBER, 12, bind_amount, NULL);
  quay_table_add (table, _ ("VAT in it"), QUAY_TABLE_NUMBER, 10, bind_vat, NULL);
  GtkWidget *scrolled = quay_ui_table_card (table);
  page->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("bar-chart-line", _ ("Nothing was sold in this time"), NULL),
                       "empty");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), build_cards (page));
  gtk_box_append (GTK_BOX (box), tabs);
  gtk_box_append (GTK_BOX (box), page->stack);
  return box;
}

static GtkWidget *
add_side (GtkWidget *side, const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (card, "figure-card");
  gtk_box_append (GTK_BOX (card), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (card), rows);
  gtk_box_append (GTK_BOX (side), card);
  return rows;
}

static GtkWidget *
build_side (QuayReportPage *page)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->shift = quay_shift_card_new (page->till);
  gtk_box_append (GTK_BOX (side), page->shift);
  page->tenders = add_side (side, _ ("How it was paid"));
  page->rates = add_side (side, _ ("VAT by rate"));
  GtkWidget *scrolled = quay_ui_scrolled (side);
  gtk_widget_add_css_class (scrolled, "report-side");
  gtk_widget_set_hexpand (scrolled, FALSE);
  return scrolled;
}

static void
quay_report_page_map (GtkWidget *widget)
{
  QuayReportPage *page = QUAY_REPORT_PAGE (widget);
  GTK_WIDGET_CLASS (quay_report_page_parent_class)->map (widget);
  /* The day may have changed since the page was last shown. */
  if (page->stale || page->report == NULL || page->report->to != quay_till_day (page->till))
    read_report (page);
}

static void
quay_report_page_dispose (GObject *object)
{
  QuayReportPage *page = QUAY_REPORT_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->sales_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_pointer (&page->report, quay_report_free);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_report_page_parent_class)->dispose (object);
}

static void
quay_report_page_class_init (QuayReportPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_report_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_report_page_map;
}

static void
quay_report_page_init (QuayReportPage *page)
{
  page->model = quay_row_model_new ();
  page->kind = "product";
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        QuayReportPage *page)
{
  GdkModifierType mods = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK;
  return (state & mods) == 0 && quay_shift_card_press (QUAY_SHIFT_CARD (page->shift), key);
}

GtkWidget *
quay_report_page_new (QuayTill *till)
{
  QuayReportPage *page = g_object_new (QUAY_TYPE_REPORT_PAGE, NULL);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  page->till = g_object_ref (till);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  gtk_widget_add_css_class (GTK_WIDGET (page), "page");
  gtk_box_append (GTK_BOX (page), build_header (page));
  gtk_box_append (GTK_BOX (body), build_main (page));
  gtk_box_append (GTK_BOX (body), build_side (page));
  gtk_box_append (GTK_BOX (page), body);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), page);
  gtk_widget_add_controller (GTK_WIDGET (page), keys);
  page->sales_changed =
      g_signal_connect (till, "sales-changed", G_CALLBACK (sales_changed_cb), page);
  return GTK_WIDGET (page);
}
