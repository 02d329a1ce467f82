/* A product's card. The till reads it on a thread; what was shown stays until it is there. Main
 * thread. */
#include "quay-stock-card.h"

#include "quay-row-model.h"
#include "quay-stock-columns.h"
#include "quay-table.h"
#include "quay-till-bundle.h"
#include "quay-till-orders.h"
#include "quay-ui.h"

#include <string.h>

#define DAYS_FIRST 30

#define QUAY_TYPE_STOCK_CARD (quay_stock_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockCard, quay_stock_card, QUAY, STOCK_CARD, GtkBox)

struct _QuayStockCard
{
  GtkBox parent_instance;

  QuayTill *till;    /* owned */
  QuayShelfRow *row; /* owned */
  QuayCard *card;    /* NULL until it was read */
  QuayRowModel *lots;
  QuayRowModel *moves;
  GtkWidget *meta;
  GtkWidget *promise; /* what orders wait for, what a basket can be made of */
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *lot_table;
  GtkWidget *stack;
  GtkWidget *hold;
  GtkWidget *recall;
  GtkWidget *print;
  gulong items_changed;
  gboolean reading;
  gboolean again;
};

G_DEFINE_FINAL_TYPE (QuayStockCard, quay_stock_card, GTK_TYPE_BOX)

/* --- lots --- */

static const QuayCardLot *
lot_of (gpointer object)
{
  return quay_row_value (object);
}

static gboolean
is_loose (const QuayCardLot *lot)
{
  return quay_id_is_nil (&lot->lot->id);
}

static void
bind_lot (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardLot *lot = lot_of (object);
  quay_table_set_text (cell, is_loose (lot)           ? _ ("Without a lot")
                             : lot->lot->code != NULL ? lot->lot->code
                                                      : _ ("no number"));
}

static void
bind_terms (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayTerms *terms = &lot_of (object)->lot->terms;
  QuayShelfTerms how = terms->kind == QUAY_TERMS_NONE     ? QUAY_SHELF_UNKNOWN
                       : quay_terms_are_consigned (terms) ? QUAY_SHELF_CONSIGNED
                                                          : QUAY_SHELF_OWN;
  g_autofree char *text = quay_stock_terms_text (terms, how);
  quay_table_set_text (cell, text);
  quay_table_set_badge (cell, "plain");
}

static void
set_day (GtkWidget *cell, QuayDay day)
{
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : g_strdup ("—");
  quay_table_set_text (cell, text);
}

static void
bind_receipt (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayLot *lot = lot_of (object)->lot;
  quay_table_set_text (cell, lot->receipt != NULL ? lot->receipt : "—");
}

static void
bind_received (GtkWidget *cell, gpointer object, gpointer data)
{
  set_day (cell, lot_of (object)->lot->received);
}

static void
bind_expires (GtkWidget *cell, gpointer object, gpointer data)
{
  set_day (cell, lot_of (object)->lot->expires);
}

static void
bind_in (GtkWidget *cell, gpointer object, gpointer data)
{
  if (is_loose (lot_of (object)))
    quay_table_set_text (cell, "—");
  else
    quay_table_set_qty (cell, lot_of (object)->in, NULL);
}

static void
bind_sold (GtkWidget *cell, gpointer object, gpointer data)
{
  if (is_loose (lot_of (object)))
    quay_table_set_text (cell, "—");
  else
    quay_table_set_qty (cell, lot_of (object)->sold, NULL);
}

static void
bind_left (GtkWidget *cell, gpointer object, gpointer data)
{
  QuayQty left = lot_of (object)->lot->qty;
  quay_table_set_qty (cell, left, NULL);
  quay_ui_toggle_class (cell, "bad-text", left.milli < 0);
}

/* "Quầy 12, Kho 40": where it lies. */
static void
bind_places (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardLot *lot = lot_of (object);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < lot->places->len; i++)
    {
      const QuayCardPlace *place = lot->places->pdata[i];
      g_autofree char *qty = quay_format_qty (place->qty, NULL);
      const char *name = place->inside          ? _ ("in baskets")
                         : place->place != NULL ? place->place
                                                : _ ("another place");
      g_string_append_printf (text, "%s%s" QUAY_NBSP "%s", i > 0 ? ", " : "", name, qty);
    }
  quay_table_set_text (cell, text->str);
}

static void
bind_lot_state (GtkWidget *cell, gpointer object, gpointer data)
{
  QuayStockCard *self = data;
  const QuayLot *lot = lot_of (object)->lot;
  gboolean expired = lot->expires != 0 && lot->expires < quay_till_day (self->till);
  quay_table_set_text (cell, lot->blocked != NULL            ? _ ("Held back")
                             : expired && lot->qty.milli > 0 ? _ ("Expired lot")
                                                             : "");
  quay_table_set_badge (cell, "bad");
}

/* --- movements --- */

static const QuayCardMove *
move_of (gpointer object)
{
  return quay_row_value (object);
}

static const char *
kind_text (const QuayCardMove *move)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } kinds[] = {
    { "sale", N_ ("Sold") },
    { "refund", N_ ("Given back") },
    { "stock.opening", N_ ("Opening stock") },
    { "goods.received", N_ ("Goods received") },
    { "goods.issued", N_ ("Issued") },
    { "goods.moved", N_ ("Moved") },
    { "goods.counted", N_ ("Counted") },
    { "goods.bundled", N_ ("Baskets") },
    { "stock.assign", N_ ("Given to a lot") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, move->kind) == 0)
      return _ (kinds[i].text);
  return move->kind;
}

static void
bind_time (GtkWidget *cell, gpointer object, gpointer data)
{
  g_autofree char *text = quay_time_to_vi (move_of (object)->ts);
  quay_table_set_text (cell, text);
}

static void
bind_kind (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_text (cell, kind_text (move_of (object)));
}

static void
bind_number (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  quay_table_set_text (cell, move->number != NULL ? move->number : "—");
}

static void
bind_move_lot (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  quay_table_set_text (cell, !move->has_lot       ? "—"
                             : move->code != NULL ? move->code
                                                  : _ ("no number"));
}

static void
bind_move_place (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  quay_table_set_text (cell, move->place != NULL ? move->place : "—");
}

static void
bind_came (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  if (move->qty.milli > 0)
    quay_table_set_qty (cell, move->qty, NULL);
  else
    quay_table_set_text (cell, "");
}

static void
bind_went (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  if (move->qty.milli < 0)
    quay_table_set_qty (cell, QUAY_MILLI (-move->qty.milli), NULL);
  else
    quay_table_set_text (cell, "");
}

static void
bind_balance (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayCardMove *move = move_of (object);
  quay_table_set_qty (cell, move->balance, NULL);
  quay_ui_toggle_class (cell, "bad-text", move->balance.milli < 0);
}

/* --- reading and showing --- */

static void read_card (QuayStockCard *self);

static const QuayCardLot *
selected_lot (QuayStockCard *self)
{
  QuayRow *row = quay_table_get_selected_item (self->lot_table);
  const QuayCardLot *lot = row != NULL ? quay_row_value (row) : NULL;
  return lot != NULL && !is_loose (lot) ? lot : NULL;
}

static void
show_buttons (QuayStockCard *self)
{
  const QuayCardLot *lot = selected_lot (self);
  gtk_widget_set_sensitive (self->hold, lot != NULL);
  gtk_widget_set_sensitive (self->recall, lot != NULL);
  quay_ui_button_set_text (self->hold, lot != NULL && lot->lot->blocked != NULL ? _ ("Sell again")
                                                                                : _ ("Hold back"));
}

/* What can be promised of it, where that is not simply what is on hand. */
static void
show_promise (QuayStockCard *self)
{
  QuayQty kept = quay_till_reserved (self->till, &self->row->product);
  gint64 makes = quay_till_baskets_enough (self->till, &self->row->product);
  QuayQty left = QUAY_MILLI (MAX (makes, 0) * 1000 - kept.milli);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < self->card->lots->len; i++)
    left.milli += ((const QuayCardLot *)self->card->lots->pdata[i])->lot->qty.milli;
  g_autofree char *kept_text = quay_format_qty (kept, self->row->unit);
  g_autofree char *left_text = quay_format_qty (left, self->row->unit);
  if (makes >= 0)
    g_string_append_printf (text,
                            ngettext ("The parts at the counter are enough for %d basket.",
                                      "The parts at the counter are enough for %d baskets.",
                                      (gulong)makes),
                            (int)makes);
  if (kept.milli > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (text, _ ("Kept for orders: %s. Can still be sold: %s."), kept_text,
                              left_text);
    }
  gtk_widget_set_visible (self->promise, text->len > 0);
  quay_ui_set_text (self->promise, text->str);
}

static void
show_card (QuayStockCard *self)
{
  guint before = quay_table_get_selected (self->lot_table);
  gboolean any = self->card->moves->len > 0;
  g_autofree char *left = quay_format_qty (self->card->before, self->row->unit);
  g_autofree char *meta =
      g_strdup_printf (_ ("%s · %s · before that day %s"), self->row->sku,
                       self->row->producer != NULL ? self->row->producer : "", left);
  quay_ui_set_text (self->meta, meta);
  show_promise (self);
  quay_row_model_set (self->lots, g_ptr_array_ref (self->card->lots));
  quay_row_model_set (self->moves, g_ptr_array_ref (self->card->moves));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "list" : "empty");
  if (self->card->lots->len > 0)
    {
      quay_table_select (self->lot_table, before < self->card->lots->len ? before : 0);
      if (before == GTK_INVALID_LIST_POSITION)
        gtk_widget_grab_focus (self->lot_table); /* there was no row to stand on before */
    }
  show_buttons (self);
}

static void
card_cb (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayStockCard) self = data;
  g_autoptr (GError) error = NULL;
  QuayCard *card = quay_till_card_finish (QUAY_TILL (till), result, &error);
  self->reading = FALSE;
  if (self->till == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      quay_card_free (card);
      return;
    }
  if (card == NULL)
    quay_ui_show_error (GTK_WIDGET (self), _ ("The card can't be read"), error);
  else
    {
      g_clear_pointer (&self->card, quay_card_free);
      self->card = card;
      show_card (self);
    }
  if (self->again)
    read_card (self);
}

static gboolean
read_day (GtkWidget *entry, QuayDay *day)
{
  gboolean ok = quay_day_from_text (gtk_editable_get_text (GTK_EDITABLE (entry)), day);
  quay_ui_toggle_class (entry, "bad", !ok);
  return ok;
}

static void
read_card (QuayStockCard *self)
{
  QuayDay from, to;
  gboolean ok = read_day (self->from, &from);
  ok = read_day (self->to, &to) && ok;
  if (ok && from > to)
    quay_ui_toggle_class (self->to, "bad", TRUE);
  if (!ok || from > to)
    return;
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  quay_till_card_async (self->till, &self->row->product, from, to, card_cb, g_object_ref (self));
}

/* --- actions --- */

static void
close_cb (GtkWidget *button, GtkWidget *card)
{
  quay_ui_close_card (card);
}

static void
hold_cb (QuayStockCard *self)
{
  const QuayCardLot *lot = selected_lot (self);
  if (lot != NULL)
    quay_stock_hold_open (GTK_WIDGET (self), self->till, lot);
}

static void
recall_cb (QuayStockCard *self)
{
  const QuayCardLot *lot = selected_lot (self);
  if (lot != NULL)
    quay_stock_recall_open (GTK_WIDGET (self), self->till, lot);
}

static void
print_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayStockCard) self = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL || self->card == NULL)
    return;
  if (!quay_till_print_card (self->till, self->card, self->row, path, &error))
    {
      quay_ui_show_error (GTK_WIDGET (self), _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written to %s"), name);
  quay_ui_toast (GTK_WIDGET (self), text);
}

static void
print_cb (QuayStockCard *self)
{
  g_autofree char *name = g_strdup_printf ("02-BH-%s.pdf", self->row->sku);
  if (self->card != NULL)
    quay_ui_choose_file (GTK_WIDGET (self), QUAY_UI_FILE_SAVE, _ ("Counter card 02-BH"), name,
                         "*.pdf", print_chosen_cb, g_object_ref (self));
}

/* --- building --- */

static GtkWidget *
build_lots (QuayStockCard *self)
{
  self->lot_table = quay_table_new (_ ("Lots"), G_LIST_MODEL (self->lots));
  GtkWidget *table = self->lot_table;
  quay_table_add (table, _ ("Lot"), QUAY_TABLE_STRONG, 13, bind_lot, NULL);
  quay_table_add (table, _ ("Terms"), QUAY_TABLE_BADGE, 14, bind_terms, NULL);
  quay_table_add (table, _ ("Goods receipt"), QUAY_TABLE_TEXT, 16, bind_receipt, NULL);
  quay_table_add (table, _ ("Came on"), QUAY_TABLE_TEXT, 9, bind_received, NULL);
  quay_table_add (table, _ ("Expires"), QUAY_TABLE_TEXT, 9, bind_expires, NULL);
  quay_table_add (table, _ ("Came"), QUAY_TABLE_NUMBER, 6, bind_in, NULL);
  quay_table_add (table, _ ("Sold"), QUAY_TABLE_NUMBER, 6, bind_sold, NULL);
  quay_table_add (table, _ ("Left"), QUAY_TABLE_NUMBER, 6, bind_left, NULL);
  quay_table_add (table, _ ("Where"), QUAY_TABLE_EXPAND, 16, bind_places, NULL);
  quay_table_add (table, _ ("State"), QUAY_TABLE_BADGE, 12, bind_lot_state, self);
  g_signal_connect_swapped (quay_table_get_selection (table), "notify::selected",
                            G_CALLBACK (show_buttons), self);
  g_signal_connect_swapped (table, "activate", G_CALLBACK (recall_cb), self);
  GtkWidget *scrolled = quay_ui_table_card (table);
  gtk_widget_set_size_request (scrolled, -1, 172);
  gtk_widget_set_vexpand (scrolled, FALSE);
  return scrolled;
}

static GtkWidget *
build_moves (QuayStockCard *self)
{
  GtkWidget *table = quay_table_new (_ ("Movements"), G_LIST_MODEL (self->moves));
  quay_table_add (table, _ ("Time"), QUAY_TABLE_TEXT, 14, bind_time, NULL);
  quay_table_add (table, _ ("What"), QUAY_TABLE_TEXT, 12, bind_kind, NULL);
  quay_table_add (table, _ ("Document no."), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_number,
                  NULL);
  quay_table_add (table, _ ("Lot"), QUAY_TABLE_TEXT, 12, bind_move_lot, NULL);
  quay_table_add (table, _ ("Place"), QUAY_TABLE_TEXT, 14, bind_move_place, NULL);
  quay_table_add (table, _ ("In"), QUAY_TABLE_NUMBER, 8, bind_came, NULL);
  quay_table_add (table, _ ("Out"), QUAY_TABLE_NUMBER, 8, bind_went, NULL);
  quay_table_add (table, _ ("Left"), QUAY_TABLE_NUMBER, 8, bind_balance, NULL);
  GtkWidget *scrolled = quay_ui_table_card (table);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_size_request (self->stack, -1, 226);
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       quay_ui_empty ("clock-history", _ ("Nothing moved in these days"), NULL),
                       "empty");
  return self->stack;
}

static GtkWidget *
day_entry (QuayStockCard *self, const char *label, QuayDay day)
{
  g_autofree char *text = quay_day_to_vi (day);
  GtkWidget *entry = quay_ui_code_entry (label);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_add_css_class (entry, "slim");
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (read_card), self);
  return entry;
}

static GtkWidget *
build_bar (QuayStockCard *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  QuayDay today = quay_till_day (self->till);
  self->meta = quay_ui_label (self->row->sku, "dim num");
  gtk_label_set_ellipsize (GTK_LABEL (self->meta), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->meta, TRUE);
  self->from = day_entry (self, _ ("From"), quay_day_add (today, 1 - DAYS_FIRST));
  self->to = day_entry (self, _ ("To"), today);
  gtk_box_append (GTK_BOX (bar), self->meta);
  gtk_box_append (GTK_BOX (bar), quay_ui_label (_ ("From"), "dim"));
  gtk_box_append (GTK_BOX (bar), self->from);
  gtk_box_append (GTK_BOX (bar), quay_ui_label (_ ("To"), "dim"));
  gtk_box_append (GTK_BOX (bar), self->to);
  return bar;
}

static void
build_buttons (QuayStockCard *self)
{
  GtkWidget *buttons = quay_ui_card_buttons (GTK_WIDGET (self));
  self->hold = quay_ui_button (NULL, _ ("Hold back"), NULL, "action");
  self->recall = quay_ui_button (NULL, _ ("Where the lot went"), "Enter", "action");
  self->print = quay_ui_button ("printer", _ ("Counter card 02-BH"), NULL, "action");
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  g_signal_connect_swapped (self->hold, "clicked", G_CALLBACK (hold_cb), self);
  g_signal_connect_swapped (self->recall, "clicked", G_CALLBACK (recall_cb), self);
  g_signal_connect_swapped (self->print, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), self);
  GtkWidget *const all[] = { self->hold, self->recall, self->print, close };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_box_append (GTK_BOX (buttons), all[i]);
}

static void
quay_stock_card_dispose (GObject *object)
{
  QuayStockCard *self = QUAY_STOCK_CARD (object);
  if (self->till != NULL)
    g_clear_signal_handler (&self->items_changed, self->till);
  g_clear_object (&self->till);
  g_clear_object (&self->lots);
  g_clear_object (&self->moves);
  g_clear_pointer (&self->card, quay_card_free);
  g_clear_pointer (&self->row, quay_shelf_row_unref);
  G_OBJECT_CLASS (quay_stock_card_parent_class)->dispose (object);
}

static void
quay_stock_card_class_init (QuayStockCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_stock_card_dispose;
}

static void
quay_stock_card_init (QuayStockCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "broad");
  self->lots = quay_row_model_new ();
  self->moves = quay_row_model_new ();
}

void
quay_stock_card_open (GtkWidget *anywhere, QuayTill *till, QuayShelfRow *row)
{
  QuayStockCard *self = g_object_new (QUAY_TYPE_STOCK_CARD, NULL);
  self->till = g_object_ref (till);
  self->row = quay_shelf_row_ref (row);
  gtk_box_append (GTK_BOX (self), quay_ui_wrapped_label (row->name, "card-title", 60, 1));
  gtk_box_append (GTK_BOX (self), build_bar (self));
  self->promise = quay_ui_wrapped_label (NULL, "num", 100, 2);
  gtk_widget_set_visible (self->promise, FALSE);
  gtk_box_append (GTK_BOX (self), self->promise);
  gtk_box_append (GTK_BOX (self), build_lots (self));
  gtk_box_append (GTK_BOX (self), build_moves (self));
  build_buttons (self);
  show_buttons (self);
  quay_ui_set_label (GTK_WIDGET (self), row->name);
  self->items_changed =
      g_signal_connect_swapped (till, "items-changed", G_CALLBACK (read_card), self);
  quay_ui_show_card (anywhere, GTK_WIDGET (self), self->lot_table);
  read_card (self);
}
