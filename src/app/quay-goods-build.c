/* The widgets of the page that fills in documents of goods. Main thread. */
#include "quay-goods-private.h"

#include "quay-suggest-entry.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

static const char *const REASONS[] = {
  N_ ("Damaged"), N_ ("Expired"),    N_ ("Sample"),
  N_ ("Own use"), N_ ("Given away"), N_ ("Returned to the producer"),
};

/* --- the table --- */

static const QuayVoucherLine *
line_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, line_of (row)->name);
}

static void
bind_lot (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayVoucherLine *line = line_of (row);
  g_autofree char *day = line->expires != 0 ? quay_day_to_vi ((QuayDay)line->expires) : NULL;
  g_autofree char *text =
      g_strjoin (line->code != NULL && day != NULL ? " · " : "",
                 line->code != NULL ? line->code : "", day != NULL ? day : "", NULL);
  quay_table_set_text (cell, text);
}

static void
bind_qty (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayVoucherLine *line = line_of (row);
  quay_table_set_qty (cell, line->qty, line->unit);
}

static void
bind_price (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayVoucherLine *line = line_of (row);
  g_autofree char *percent = quay_format_percent (line->terms.commission_bp);
  g_autofree char *price = quay_format_money (line->terms.price, QUAY_MONEY_BARE);
  quay_table_set_text (cell, line->terms.kind == QUAY_TERMS_COMMISSION ? percent : price);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, line_of (row)->amount);
}

static void
bind_bearer (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, line_of (row)->bearer ? _ ("The producer") : _ ("The shop"));
}

static GtkWidget *
build_table (QuayGoodsPage *page)
{
  page->table = quay_table_new (_ ("Lines of the document"), G_LIST_MODEL (page->model));
  quay_ui_set_id (page->table, "goods-table");
  quay_table_add (page->table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 20, bind_name,
                  NULL);
  quay_table_add (page->table, _ ("Lot · expires"), QUAY_TABLE_QUIET, 16, bind_lot, NULL);
  quay_table_add (page->table, _ ("Quantity"), QUAY_TABLE_NUMBER, 9, bind_qty, NULL);
  if (page->issue)
    quay_table_add (page->table, _ ("Who bears it"), QUAY_TABLE_TEXT, 12, bind_bearer, NULL);
  else
    {
      quay_table_add (page->table, _ ("Price or share"), QUAY_TABLE_NUMBER, 10, bind_price, NULL);
      quay_table_add (page->table, _ ("Amount"), QUAY_TABLE_NUMBER, 11, bind_amount, NULL);
    }
  return quay_ui_table_card (page->table);
}

/* --- the head --- */

static GtkWidget *
add_row (GtkWidget *box, const char *title, GtkWidget *control, int chars)
{
  GtkWidget *row = quay_ui_form_row (title, control, NULL);
  if (chars > 0 && GTK_IS_EDITABLE (control))
    {
      gtk_editable_set_width_chars (GTK_EDITABLE (control), chars);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (control), chars);
    }
  gtk_widget_set_hexpand (row, chars == 0);
  gtk_box_append (GTK_BOX (box), row);
  return row;
}

static GtkWidget *
make_suggest (const char *label, const char *id)
{
  GtkWidget *suggest = g_object_new (QUAY_TYPE_SUGGEST_ENTRY, NULL);
  GtkEntry *entry = quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (suggest));
  quay_ui_set_label (GTK_WIDGET (entry), label);
  quay_ui_set_id (GTK_WIDGET (entry), id);
  gtk_entry_set_max_length (entry, 120);
  return suggest;
}

static GtkWidget *
build_kinds (QuayGoodsPage *page)
{
  const char *const texts[] = { _ ("Bought"), _ ("Consigned"), _ ("Bought at the door") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      page->kinds[i] = gtk_toggle_button_new_with_label (texts[i]);
      gtk_widget_add_css_class (page->kinds[i], "chip");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (page->kinds[i]),
                                     GTK_TOGGLE_BUTTON (page->kinds[0]));
      gtk_box_append (GTK_BOX (box), page->kinds[i]);
    }
  gtk_box_append (GTK_BOX (box), quay_ui_key_hint ("F4"));
  return box;
}

static GtkWidget *
build_receive_head (QuayGoodsPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  page->ref = quay_ui_entry (_ ("Paper number"));
  page->ref_day = quay_ui_code_entry (_ ("Paper of"));
  gtk_entry_set_max_length (GTK_ENTRY (page->ref), 60);
  gtk_entry_set_max_length (GTK_ENTRY (page->ref_day), 10);
  page->party_row = add_row (box, _ ("Supplier (F3)"), page->party, 0);
  page->ref_row = add_row (box, _ ("Paper number"), page->ref, 12);
  page->ref_day_row = add_row (box, _ ("Paper of"), page->ref_day, 10);
  return box;
}

static GtkWidget *
build_issue_head (QuayGoodsPage *page)
{
  const char *reasons[G_N_ELEMENTS (REASONS) + 1] = { NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    reasons[i] = _ (REASONS[i]);
  page->reason = quay_ui_choice (_ ("Why it goes out"), reasons);
  page->note = quay_ui_entry (_ ("What happened"));
  page->name = quay_ui_entry (_ ("Who takes it"));
  gtk_entry_set_max_length (GTK_ENTRY (page->note), 200);
  gtk_entry_set_max_length (GTK_ENTRY (page->name), 120);
  add_row (box, _ ("Why it goes out"), page->reason, 1);
  page->note_row = add_row (box, _ ("What happened"), page->note, 0);
  page->name_row = add_row (box, _ ("Who takes it"), page->name, 14);
  page->party_row = add_row (box, _ ("Producer (F3)"), page->party, 0);
  return box;
}

/* --- the foot --- */

static GtkWidget *
build_foot (QuayGoodsPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *fill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  page->total = quay_ui_number_label ("figure");
  quay_ui_set_description (page->total, _ ("Total of the document"));
  page->paid = quay_ui_money_entry (_ ("Paid now from the drawer"));
  page->paid_row = add_row (box, _ ("Paid now from the drawer"), page->paid, 12);
  page->print = quay_ui_button ("printer", _ ("Print the last one"), "Ctrl+P", "action");
  page->post = quay_ui_button (NULL, _ ("Record"), "Ctrl+S", "main");
  quay_ui_set_id (page->post, "goods-post");
  gtk_widget_set_hexpand (fill, TRUE);
  gtk_box_append (GTK_BOX (box), fill);
  gtk_box_append (GTK_BOX (box), page->total);
  gtk_box_append (GTK_BOX (box), page->print);
  gtk_box_append (GTK_BOX (box), page->post);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_valign (child, GTK_ALIGN_END);
  gtk_widget_set_visible (page->paid_row, !page->issue);
  gtk_widget_set_visible (page->total, !page->issue);
  gtk_widget_set_sensitive (page->print, FALSE);
  return box;
}

static void
build_scan (QuayGoodsPage *page, GtkWidget *left)
{
  page->scan = make_suggest (_ ("Product to add"), "goods-scan");
  GtkEntry *entry = quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (page->scan));
  gtk_entry_set_placeholder_text (entry, _ ("Scan, or type part of a name or code (F2)"));
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_PRIMARY, "quay-upc-scan-symbolic");
  page->scan_fault = quay_ui_wrapped_label (NULL, "form-hint fault", 80, 2);
  gtk_widget_set_visible (page->scan_fault, FALSE);
  gtk_box_append (GTK_BOX (left), page->scan);
  gtk_box_append (GTK_BOX (left), page->scan_fault);
}

void
quay_goods_page_build (QuayGoodsPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->party = make_suggest (page->issue ? _ ("Producer") : _ ("Supplier"), "goods-party");
  page->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (left, TRUE);
  if (!page->issue)
    gtk_box_append (GTK_BOX (left), build_kinds (page));
  gtk_box_append (GTK_BOX (left),
                  page->issue ? build_issue_head (page) : build_receive_head (page));
  build_scan (page, left);
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("box-seam",
                     page->issue ? _ ("Nothing goes out yet") : _ ("Nothing came in yet"),
                     _ ("Scan the first product. What is filled in stays here, also after a power "
                        "cut, until it is recorded with Ctrl+S or thrown away with Ctrl+N.")),
      "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_box_append (GTK_BOX (left), build_foot (page));
  page->line = quay_goods_line_new (page->till);
  gtk_box_set_spacing (GTK_BOX (page), 12);
  gtk_box_append (GTK_BOX (page), left);
  gtk_box_append (GTK_BOX (page), page->line);
}
