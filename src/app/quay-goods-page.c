/* Documents of goods to fill in: the head, scans, lines, the draft on disk. Main thread. */
#include "quay-goods-private.h"

#include "quay-error.h"
#include "quay-suggest-entry.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-till-sell.h"
#include "quay-till-supply.h"
#include "quay-ui.h"

#include <string.h>

#define SKU_MARK " · "
#define MAX_FOUND 8

G_DEFINE_FINAL_TYPE (QuayGoodsPage, quay_goods_page, GTK_TYPE_BOX)

static GtkWidget *
party_entry (QuayGoodsPage *page)
{
  return GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (page->party)));
}

static GtkWidget *
scan_entry (QuayGoodsPage *page)
{
  return GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (page->scan)));
}

/* --- lines --- */

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

void
quay_goods_page_show_fault (QuayGoodsPage *page, const char *text)
{
  g_autofree char *marked = text != NULL ? g_strconcat ("⚠ ", text, NULL) : NULL;
  quay_ui_set_text (page->scan_fault, marked);
  gtk_widget_set_visible (page->scan_fault, text != NULL);
  quay_ui_toggle_class (scan_entry (page), "bad", text != NULL);
}

gboolean
quay_goods_page_take_line (QuayGoodsPage *page)
{
  QuayGoodsLine *pane = QUAY_GOODS_LINE (page->line);
  if (quay_goods_line_product (pane) == NULL)
    return TRUE;
  QuayVoucherLine *line = quay_goods_line_take (pane);
  if (line == NULL)
    return FALSE;
  GPtrArray *lines = page->voucher->lines;
  if (page->editing >= 0 && page->editing < (int)lines->len)
    {
      quay_voucher_line_free (lines->pdata[page->editing]);
      lines->pdata[page->editing] = line;
    }
  else
    g_ptr_array_add (lines, line);
  page->editing = -1;
  quay_goods_page_changed (page);
  gtk_widget_grab_focus (page->scan);
  return TRUE;
}

static void
fill_terms (QuayGoodsPage *page, QuayVoucherLine *line)
{
  QuaySupply supply = quay_goods_page_supply (page);
  quay_till_usual_terms (page->till, &page->voucher->party, &line->product, &line->terms);
  gboolean consigned = quay_terms_are_consigned (&line->terms);
  if (supply == QUAY_SUPPLY_OUT || consigned != (supply == QUAY_SUPPLY_CONSIGNED))
    line->terms = (QuayTerms){ 0 };
}

void
quay_goods_page_start_line (QuayGoodsPage *page, const QuayItem *item, const QuayScan *scan)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = item->product;
  line->name = g_strdup (item->name);
  line->sku = g_strdup (item->sku);
  line->unit = g_strdup (item->unit);
  line->producer = item->producer;
  fill_terms (page, line);
  if (scan != NULL)
    {
      line->code = scan->lot[0] != '\0' ? g_strdup (scan->lot) : NULL;
      line->made = scan->produced;
      line->expires = scan->expires != 0 ? scan->expires : scan->best_before;
      line->trace = scan->trace_host ? g_strdup (scan->text) : NULL;
      line->qty = scan->weight;
    }
  page->editing = -1;
  quay_goods_line_open (QUAY_GOODS_LINE (page->line), line, item);
  quay_goods_page_save_draft (page);
}

void
quay_goods_page_open_line (QuayGoodsPage *page, guint index)
{
  if (index >= page->voucher->lines->len || !quay_goods_page_take_line (page))
    return;
  const QuayVoucherLine *line = page->voucher->lines->pdata[index];
  g_autoptr (QuayItem) item = quay_till_item (page->till, &line->product);
  quay_goods_line_open (QUAY_GOODS_LINE (page->line), quay_voucher_line_copy (line), item);
  page->editing = (int)index;
  quay_goods_page_save_draft (page);
}

/* --- scans and words --- */

static void
explain (QuayGoodsPage *page, const QuayScanned *scanned)
{
  g_autofree char *why = NULL;
  if (quay_error_is_storage (scanned->refusal))
    why = quay_ui_error_text (scanned->refusal);
  else if (scanned->scan.fault == QUAY_CODE_CHECK_DIGIT)
    why = g_strdup (_ ("The last digit does not fit: the code was misread or mistyped."));
  else
    why = g_strdup (_ ("Nothing is known under this code or name. Add the product under Products "
                       "first."));
  quay_goods_page_show_fault (page, why);
}

static void
take_scan (QuayGoodsPage *page, const char *text)
{
  QuayGoodsLine *pane = QUAY_GOODS_LINE (page->line);
  g_autoptr (QuayScanned) scanned = quay_till_scan (page->till, text);
  const QuayId *open = quay_goods_line_product (pane);
  quay_goods_page_show_fault (page, NULL);
  if (scanned->item == NULL)
    {
      explain (page, scanned);
      return;
    }
  set_text (scan_entry (page), NULL);
  if (open != NULL && quay_id_equal (open, &scanned->item->product) && scanned->scan.lot[0] == '\0')
    quay_goods_line_more (pane);
  else if (quay_goods_page_take_line (page))
    quay_goods_page_start_line (page, scanned->item, &scanned->scan);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  take_scan (QUAY_GOODS_PAGE (widget), text);
}

static void
source_cb (QuaySuggestEntry *suggest, const char *text, gpointer data)
{
  QuayGoodsPage *page = data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) items = quay_till_search (page->till, text, MAX_FOUND);
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      g_autofree char *name = g_strconcat (item->name, SKU_MARK, item->sku, NULL);
      g_strv_builder_add (names, name);
    }
  g_auto (GStrv) list = g_strv_builder_end (names);
  quay_suggest_entry_set_values (suggest, (const char *const *)list);
}

static void
words_cb (GtkEntry *entry, QuayGoodsPage *page)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  const char *mark = g_strrstr (text, SKU_MARK);
  g_autoptr (QuayItem) item =
      mark != NULL ? quay_till_item_by_sku (page->till, mark + strlen (SKU_MARK)) : NULL;
  if (*text == '\0')
    return;
  if (item == NULL && strspn (text, "0123456789") != strlen (text))
    {
      g_autoptr (GPtrArray) found = quay_till_search (page->till, text, 2);
      if (found->len == 1)
        item = quay_till_item (page->till, &((QuayItem *)found->pdata[0])->product);
      if (found->len > 1)
        {
          quay_goods_page_show_fault (page,
                                      _ ("Several products fit: choose one with ↓ and Enter."));
          return;
        }
    }
  if (item == NULL)
    {
      take_scan (page, text);
      return;
    }
  quay_goods_page_show_fault (page, NULL);
  if (!quay_goods_page_take_line (page))
    return;
  set_text (GTK_WIDGET (entry), NULL);
  quay_goods_page_start_line (page, item, NULL);
}

/* --- what the widgets say --- */

static void
head_cb (QuayGoodsPage *page)
{
  quay_ui_form_row_set_fault (page->party_row, NULL);
  quay_goods_page_changed (page);
}

static void
kind_cb (GtkToggleButton *kind, QuayGoodsPage *page)
{
  if (!gtk_toggle_button_get_active (kind) || page->filling)
    return;
  quay_goods_line_close (QUAY_GOODS_LINE (page->line));
  quay_goods_line_set_supply (QUAY_GOODS_LINE (page->line), quay_goods_page_supply (page));
  quay_goods_page_changed (page);
}

static void
entered_cb (QuayGoodsPage *page)
{
  quay_goods_page_take_line (page);
}

static void
row_cb (GtkColumnView *table, guint position, QuayGoodsPage *page)
{
  quay_goods_page_open_line (page, position);
}

static void
post_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_goods_page_post (QUAY_GOODS_PAGE (widget));
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_goods_page_print (QUAY_GOODS_PAGE (widget));
}

static void
answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayGoodsPage) page = data;
  if (yes)
    quay_goods_page_clear (page);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayGoodsPage *page = QUAY_GOODS_PAGE (widget);
  if (page->voucher->lines->len == 0 &&
      quay_goods_line_product (QUAY_GOODS_LINE (page->line)) == NULL)
    {
      quay_goods_page_clear (page);
      gtk_widget_grab_focus (widget);
    }
  else
    quay_ui_confirm (widget, _ ("Throw this document away?"),
                     _ ("It was not recorded; its lines will be gone."), _ ("Throw it away"), NULL,
                     TRUE, answer_cb, g_object_ref (page));
}

static void
focus_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayGoodsPage *page = QUAY_GOODS_PAGE (widget);
  int which = g_variant_get_int32 (parameter);
  if (which == 3 && gtk_widget_get_visible (page->party_row))
    gtk_widget_grab_focus (page->party);
  else if (which == 4 && !page->issue && page->voucher->lines->len == 0)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (page->kinds[(quay_goods_page_supply (page) + 1) % 3]), TRUE);
  else
    gtk_widget_grab_focus (page->scan);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayGoodsPage *page = QUAY_GOODS_PAGE (widget);
  guint selected = quay_table_get_selected (page->table);
  if (selected >= page->voucher->lines->len)
    return;
  g_ptr_array_remove_index (page->voucher->lines, selected);
  page->editing = -1;
  quay_goods_page_changed (page);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
        QuayGoodsPage *page)
{
  if (key != GDK_KEY_Delete)
    return FALSE;
  remove_action (GTK_WIDGET (page), NULL, NULL);
  return TRUE;
}

/* --- life --- */

static gboolean
quay_goods_page_grab_focus (GtkWidget *widget)
{
  QuayGoodsPage *page = QUAY_GOODS_PAGE (widget);
  GtkWidget *first = page->scan;
  if (quay_goods_line_focus (QUAY_GOODS_LINE (page->line)))
    return TRUE;
  if (!page->issue && page->voucher->name == NULL)
    first = page->party;
  if (page->issue && page->voucher->note == NULL)
    first = page->note;
  return gtk_widget_grab_focus (first);
}

static void
fill_parties (QuayGoodsPage *page)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) rows = quay_till_producers (page->till);
  for (guint i = 0; i < rows->len; i++)
    if (((QuayReportRow *)rows->pdata[i])->name != NULL)
      g_strv_builder_add (names, ((QuayReportRow *)rows->pdata[i])->name);
  g_auto (GStrv) list = g_strv_builder_end (names);
  quay_suggest_entry_set_values (QUAY_SUGGEST_ENTRY (page->party), (const char *const *)list);
}

static void
quay_goods_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_goods_page_parent_class)->map (widget);
  fill_parties (QUAY_GOODS_PAGE (widget));
}

static void
quay_goods_page_dispose (GObject *object)
{
  QuayGoodsPage *page = QUAY_GOODS_PAGE (object);
  g_clear_pointer (&page->voucher, quay_voucher_free);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_goods_page_parent_class)->dispose (object);
}

static void
quay_goods_page_class_init (QuayGoodsPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_goods_page_dispose;
  widget->map = quay_goods_page_map;
  widget->grab_focus = quay_goods_page_grab_focus;
  gtk_widget_class_install_action (widget, "goods.post", NULL, post_action);
  gtk_widget_class_install_action (widget, "goods.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "goods.new", NULL, new_action);
  gtk_widget_class_install_action (widget, "goods.focus", "i", focus_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_s, GDK_CONTROL_MASK, "goods.post", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "goods.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "goods.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "goods.focus", "i", 2);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "goods.focus", "i", 3);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F4, 0, "goods.focus", "i", 4);
}

static void
quay_goods_page_init (QuayGoodsPage *page)
{
  page->model = quay_row_model_new ();
  page->editing = -1;
}

static void
next_cb (GtkEntry *entry, GtkWidget *next)
{
  gtk_widget_grab_focus (next);
}

static void
connect_all (QuayGoodsPage *page)
{
  GtkWidget *const heads[] = { party_entry (page), page->ref, page->ref_day, page->name,
                               page->note };
  GtkEventController *keys = gtk_event_controller_key_new ();
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (heads[i] != NULL)
      g_signal_connect_swapped (heads[i], "changed", G_CALLBACK (head_cb), page);
  if (page->issue)
    {
      g_signal_connect_swapped (page->reason, "notify::selected", G_CALLBACK (head_cb), page);
      g_signal_connect (page->note, "activate", G_CALLBACK (next_cb), page->scan);
      g_signal_connect (page->name, "activate", G_CALLBACK (next_cb), page->scan);
      g_signal_connect (party_entry (page), "activate", G_CALLBACK (next_cb), page->scan);
    }
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (page->kinds); i++)
        g_signal_connect (page->kinds[i], "toggled", G_CALLBACK (kind_cb), page);
      g_signal_connect (party_entry (page), "activate", G_CALLBACK (next_cb), page->ref);
      g_signal_connect (page->ref, "activate", G_CALLBACK (next_cb), page->ref_day);
      g_signal_connect (page->ref_day, "activate", G_CALLBACK (next_cb), page->scan);
    }
  g_signal_connect (scan_entry (page), "activate", G_CALLBACK (words_cb), page);
  g_signal_connect_swapped (page->line, "entered", G_CALLBACK (entered_cb), page);
  g_signal_connect_swapped (page->line, "edited", G_CALLBACK (quay_goods_page_save_draft), page);
  g_signal_connect (page->table, "activate", G_CALLBACK (row_cb), page);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), page);
  gtk_widget_add_controller (page->table, keys);
  g_signal_connect_swapped (page->post, "clicked", G_CALLBACK (quay_goods_page_post), page);
  g_signal_connect_swapped (page->print, "clicked", G_CALLBACK (quay_goods_page_print), page);
  quay_suggest_entry_set_source (QUAY_SUGGEST_ENTRY (page->scan), source_cb, page);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
}

static GtkWidget *
make_page (QuayTill *till, gboolean issue)
{
  QuayGoodsPage *page = g_object_new (QUAY_TYPE_GOODS_PAGE, NULL);
  page->till = g_object_ref (till);
  page->issue = issue;
  quay_goods_page_build (page);
  connect_all (page);
  quay_goods_page_restore (page);
  return GTK_WIDGET (page);
}

GtkWidget *
quay_receive_page_new (QuayTill *till)
{
  return make_page (till, FALSE);
}

GtkWidget *
quay_issue_page_new (QuayTill *till)
{
  return make_page (till, TRUE);
}
