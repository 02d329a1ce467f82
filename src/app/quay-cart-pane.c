/* Rows are kept and filled again: a scan that adds to a line touches that row's texts alone. */
#include "quay-cart-pane.h"
#include "quay-cart-row.h"
#include "quay-cart-sums.h"
#include "quay-customer-pick.h"
#include "quay-discount-words.h"
#include "quay-discount.h"
#include "quay-error.h"
#include "quay-gift-bar.h"
#include "quay-till-catalog.h"
#include "quay-till-lots.h"
#include "quay-till-orders.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

#define ROWS_AHEAD 12 /* so many, one in so many milliseconds */
#define AHEAD_MS 50
#define FAR_DOWN 1000000 /* px */

struct _QuayCartPane
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *heading;
  GtkWidget *buyer;
  GtkWidget *held;
  GtkWidget *list;
  GtkWidget *list_scroll;
  GtkWidget *body;
  GtkWidget *prices; /* what to do about lines whose price has changed */
  GtkWidget *prices_label;
  GtkWidget *gifts;
  GtkWidget *sums;
  GtkWidget *actions;
  GtkWidget *pay_button;

  QuayTill *till;  /* owned */
  GPtrArray *rows; /* QuayCartRow, borrowed from the list; those above @n are hidden */
  guint n;         /* lines of the cart */
  guint serial;    /* counts changes of products */
  gboolean grown;  /* since a line was last brought into sight */
  guint ahead;     /* timer: rows are made before they are needed */
};

enum
{
  PAY,
  HOLD,
  HELD,
  BUYER,
  EDIT_WEIGHT,
  EDIT_NOTE,
  EDITED,
  DISCOUNT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayCartPane, quay_cart_pane, GTK_TYPE_WIDGET)

static void
quay_cart_pane_dispose (GObject *object)
{
  QuayCartPane *self = QUAY_CART_PANE (object);
  g_clear_handle_id (&self->ahead, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->till);
  G_OBJECT_CLASS (quay_cart_pane_parent_class)->dispose (object);
}

static void
quay_cart_pane_class_init (QuayCartPaneClass *klass)
{
  static const char *const plain[] = {
    [PAY] = "pay",     [HOLD] = "hold",     [HELD] = "held",
    [BUYER] = "buyer", [EDITED] = "edited", [DISCOUNT] = "discount"
  };
  G_OBJECT_CLASS (klass)->dispose = quay_cart_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (plain[i] != NULL)
      signals[i] = g_signal_new (plain[i], QUAY_TYPE_CART_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[EDIT_WEIGHT] = g_signal_new ("edit-weight", QUAY_TYPE_CART_PANE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EDIT_NOTE] = g_signal_new ("edit-note", QUAY_TYPE_CART_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

/* Changes of the cart */

static void
set_qty (QuayCartPane *self, guint index, QuayQty qty)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = qty.milli > 0 ? quay_till_cart_set_qty (self->till, index, qty, &error)
                              : quay_till_cart_remove (self->till, index, NULL, &error);
  if (!ok)
    {
      g_autofree char *text = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID)
                                  ? g_strdup (_ ("That quantity can't be sold."))
                                  : quay_ui_error_text (error);
      quay_ui_toast (GTK_WIDGET (self), text);
    }
}

static void
step_line (QuayCartPane *self, guint index, int by)
{
  const QuayCart *cart = quay_till_cart (self->till);
  if (index >= cart->lines->len)
    return;
  const QuayLine *line = g_ptr_array_index (cart->lines, index);
  if (line->kind == QUAY_LINE_PIECE)
    set_qty (self, index, QUAY_MILLI (line->qty.milli + by * 1000));
}

static void
row_step_cb (QuayCartRow *row, int by, gpointer data)
{
  step_line (data, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), by);
}

static void
row_qty_cb (QuayCartRow *row, gint64 milli, gpointer data)
{
  QuayCartPane *self = data;
  if (milli >= 0)
    set_qty (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), QUAY_MILLI (milli));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
row_weigh_cb (QuayCartRow *row, gpointer data)
{
  g_signal_emit (data, signals[EDIT_WEIGHT], 0,
                 (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

/* Showing it */

/* Read once for a row's product, and again after products have changed. */
static QuayCartRowFacts
facts_of (QuayCartPane *self, QuayCartRow *row, const QuayLine *line)
{
  QuayCartRowFacts facts = { .serial = self->serial };
  const QuayCartRowFacts *known = quay_cart_row_facts (row);
  if (quay_id_is_nil (&line->product))
    return facts;
  if (known->serial == self->serial && quay_id_equal (quay_cart_row_product (row), &line->product))
    return *known;
  g_autoptr (QuayItem) item = quay_till_item (self->till, &line->product);
  facts.stars = item != NULL ? (int)item->stars : 0;
  facts.priced = item != NULL && item->active && item->has_price;
  if (facts.priced)
    facts.now = item->price;
  return facts;
}

static void
add_row (QuayCartPane *self)
{
  GtkWidget *row = quay_cart_row_new ();
  gtk_widget_set_visible (row, FALSE);
  g_signal_connect (row, "step", G_CALLBACK (row_step_cb), self);
  g_signal_connect (row, "qty-typed", G_CALLBACK (row_qty_cb), self);
  g_signal_connect (row, "weigh", G_CALLBACK (row_weigh_cb), self);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* The first rows are made while nothing else is to be done, hidden. */
static gboolean
make_ahead_cb (gpointer data)
{
  QuayCartPane *self = data;
  if (self->rows->len < ROWS_AHEAD)
    {
      add_row (self);
      return G_SOURCE_CONTINUE;
    }
  self->ahead = 0;
  return G_SOURCE_REMOVE;
}

static void
mapped_cb (GtkWidget *pane, gpointer data)
{
  QuayCartPane *self = QUAY_CART_PANE (pane);
  if (self->ahead == 0 && self->rows->len < ROWS_AHEAD)
    self->ahead = g_timeout_add_full (G_PRIORITY_LOW, AHEAD_MS, make_ahead_cb, self, NULL);
}

/* Rows of past carts are kept hidden: making one costs more than all else that a scan does. */
static void
fit_rows (QuayCartPane *self, guint n)
{
  while (self->rows->len < n)
    add_row (self);
  if (quay_cart_pane_selected (self) >= (int)n)
    gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  for (guint i = n; i < self->n; i++)
    {
      quay_cart_row_stop_edit (self->rows->pdata[i]);
      gtk_widget_set_visible (self->rows->pdata[i], FALSE);
    }
  for (guint i = self->n; i < n; i++)
    gtk_widget_set_visible (self->rows->pdata[i], TRUE);
  self->grown |= n > self->n;
  self->n = n;
}

static void
show_totals (QuayCartPane *self, const QuayCart *cart)
{
  gboolean any = cart->lines->len > 0;
  quay_cart_sums_show (QUAY_CART_SUMS (self->sums), cart);
  gtk_widget_set_sensitive (self->pay_button, any);
  gtk_widget_set_sensitive (self->actions, any);
  gtk_stack_set_visible_child_name (GTK_STACK (self->body), any ? "list" : "empty");
}

static void
show_prices (QuayCartPane *self, guint marked)
{
  gtk_widget_set_visible (self->prices, marked > 0);
  if (marked == 0)
    return;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u line keeps the price it was added at",
                                 "%u lines keep the price they were added at", marked),
                       marked);
  quay_ui_set_text (self->prices_label, text);
}

static gboolean
holds (GArray *indexes, guint index)
{
  for (guint i = 0; i < indexes->len; i++)
    if (g_array_index (indexes, guint, i) == index)
      return TRUE;
  return FALSE;
}

/* What sale it is: of an order, in exchange, by a price list. */
static void
show_heading (QuayCartPane *self, const QuayCart *cart)
{
  g_autofree char *text = NULL;
  if (cart->order_no != NULL)
    text = g_strdup_printf (_ ("Order %s"), cart->order_no);
  else if (cart->exchange_no != NULL)
    text = g_strdup_printf (_ ("Exchange of %s"), cart->exchange_no);
  else
    text = quay_discount_list_name (self->till, cart->list);
  quay_ui_set_text (self->heading, text != NULL ? text : _ ("This sale"));
}

static void
cart_changed_cb (QuayTill *till, gpointer data)
{
  QuayCartPane *self = data;
  const QuayCart *cart = quay_till_cart (till);
  g_autoptr (GArray) barred = quay_till_cart_barred (till);
  g_autoptr (GArray) over = quay_till_cart_over_reserved (till);
  guint marked = 0;
  fit_rows (self, cart->lines->len);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      QuayCartRow *row = g_ptr_array_index (self->rows, i);
      const QuayLine *line = g_ptr_array_index (cart->lines, i);
      QuayCartRowFacts facts = facts_of (self, row, line);
      facts.bar = quay_cart_row_find_bar (till, barred, i);
      facts.over = holds (over, i);
      facts.priced &= cart->list == NULL && line->was.dong == 0;
      quay_cart_row_set_line (row, line, &facts);
      marked += quay_cart_row_is_marked (row);
    }
  show_prices (self, marked);
  show_totals (self, cart);
  show_heading (self, cart);
  gboolean buyer = (cart->buyer_name != NULL && cart->buyer_name[0] != '\0') ||
                   (cart->buyer_tax != NULL && cart->buyer_tax[0] != '\0');
  const char *name =
      cart->buyer_name != NULL && cart->buyer_name[0] != '\0' ? cart->buyer_name : cart->buyer_tax;
  quay_ui_button_set_text (self->buyer, buyer ? name : _ ("Buyer"));
  quay_ui_toggle_class (self->buyer, "good", buyer);
  if (quay_cart_pane_selected (self) < 0 && cart->lines->len > 0)
    quay_cart_pane_select (self, cart->lines->len - 1);
}

static void
items_changed_cb (QuayTill *till, gpointer data)
{
  QuayCartPane *self = data;
  self->serial++;
  cart_changed_cb (till, self);
}

int
quay_cart_pane_selected (QuayCartPane *pane)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (pane->list));
  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

/* Scrolls so that the line shows. A new last row has its place only after the layout, which takes a
 * value too far down for the end of the list; set later, it would wait for the layout after. */
static void
reveal (QuayCartPane *self, guint index)
{
  graphene_rect_t bounds;
  GtkWidget *row = g_ptr_array_index (self->rows, index);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->list_scroll));
  if (self->grown && index + 1 == self->n)
    gtk_adjustment_configure (
        adjustment, FAR_DOWN, 0, 2 * FAR_DOWN, gtk_adjustment_get_step_increment (adjustment),
        gtk_adjustment_get_page_increment (adjustment), gtk_adjustment_get_page_size (adjustment));
  else if (gtk_widget_get_height (row) > 0 && gtk_widget_compute_bounds (row, self->list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
  self->grown = FALSE;
}

void
quay_cart_pane_select (QuayCartPane *pane, guint index)
{
  if (index >= pane->n)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (pane->list), g_ptr_array_index (pane->rows, index));
  reveal (pane, index);
}

void
quay_cart_pane_move (QuayCartPane *pane, int by)
{
  int at = quay_cart_pane_selected (pane) + by;
  if (at >= 0)
    quay_cart_pane_select (pane, (guint)at);
}

void
quay_cart_pane_edit_qty (QuayCartPane *pane)
{
  int at = quay_cart_pane_selected (pane);
  if (at >= 0)
    quay_cart_row_edit (g_ptr_array_index (pane->rows, at));
}

void
quay_cart_pane_remove (QuayCartPane *pane)
{
  int at = quay_cart_pane_selected (pane);
  if (at < 0)
    return;
  set_qty (pane, (guint)at, QUAY_MILLI (0));
  if (pane->n > 0)
    quay_cart_pane_select (pane, MIN ((guint)at, pane->n - 1));
}

static void
clear_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayCartPane) self = data;
  g_autoptr (GError) error = NULL;
  if (yes && self->till != NULL && !quay_till_cart_clear (self->till, NULL, &error))
    quay_ui_show_error (GTK_WIDGET (self), _ ("The sale was not thrown away"), error);
}

void
quay_cart_pane_clear (QuayCartPane *pane)
{
  if (pane->n == 0)
    return;
  quay_ui_confirm (GTK_WIDGET (pane), _ ("Throw this sale away?"),
                   _ ("All its lines go. What was taken out is kept in the journal."),
                   _ ("Throw away"), NULL, TRUE, clear_answer_cb, g_object_ref (pane));
}

void
quay_cart_pane_set_held (QuayCartPane *pane, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *label = g_strdup_printf (_ ("Held carts: %u"), n);
  quay_ui_button_set_text (pane->held, text);
  quay_ui_set_label (pane->held, label);
  quay_ui_toggle_class (pane->held, "warn", n > 0);
}

/* Building */

static void
emit_cb (GtkWidget *button, gpointer data)
{
  QuayCartPane *self = data;
  guint which = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "quay-signal"));
  int at = quay_cart_pane_selected (self);
  if (which != EDIT_NOTE)
    g_signal_emit (self, signals[which], 0);
  else if (at >= 0)
    g_signal_emit (self, signals[which], 0, (guint)at);
}

static GtkWidget *
emitting (QuayCartPane *self, GtkWidget *button, guint which, const char *id)
{
  g_object_set_data (G_OBJECT (button), "quay-signal", GUINT_TO_POINTER (which));
  g_signal_connect (button, "clicked", G_CALLBACK (emit_cb), self);
  quay_ui_set_id (button, id);
  return button;
}

static GtkWidget *
make_head (QuayCartPane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (head, "cart-head");
  self->heading = quay_ui_label (_ ("This sale"), "heading");
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (self->heading, TRUE);
  self->buyer =
      emitting (self, quay_ui_button ("person", _ ("Buyer"), NULL, "pill"), BUYER, "buyer-button");
  gtk_widget_set_tooltip_text (self->buyer, _ ("Buyer, tax code"));
  GtkWidget *label = g_object_get_data (G_OBJECT (self->buyer), "quay-label");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  self->held =
      emitting (self, quay_ui_button ("pause-fill", "0", "⇧F8", "pill"), HELD, "held-button");
  gtk_widget_set_tooltip_text (self->held, _ ("Held sales: Shift+F8, or F8 when no sale is open"));
  GtkWidget *discount =
      emitting (self, quay_ui_button (NULL, "%", "F3", "pill"), DISCOUNT, "discount-button");
  quay_ui_set_label (discount, _ ("Discount"));
  gtk_widget_set_tooltip_text (discount,
                               _ ("Discount of a line: F3. Of the whole sale, and its price "
                                  "list: Shift+F3."));
  gtk_widget_set_valign (discount, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->buyer, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->held, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), self->heading);
  gtk_box_append (GTK_BOX (head), discount);
  gtk_box_append (GTK_BOX (head), self->buyer);
  gtk_box_append (GTK_BOX (head), self->held);
  return head;
}

static GtkWidget *
make_body (QuayCartPane *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  quay_ui_set_label (self->list, _ ("Lines of this sale"));
  quay_ui_set_id (self->list, "cart-lines");
  self->list_scroll = quay_ui_scrolled (self->list);
  self->body = gtk_stack_new ();
  gtk_widget_set_vexpand (self->body, TRUE);
  gtk_stack_add_named (GTK_STACK (self->body),
                       quay_ui_empty ("upc-scan", _ ("Scan the first item"),
                                      _ ("or type its name, or press a tile")),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->body), self->list_scroll, "list");
  return self->body;
}

void
quay_cart_pane_take_prices (QuayCartPane *pane)
{
  g_autoptr (GError) error = NULL;
  if (gtk_widget_get_visible (pane->prices) && !quay_till_cart_take_prices (pane->till, &error))
    quay_ui_show_error (GTK_WIDGET (pane), _ ("The new prices were not taken"), error);
}

gboolean
quay_cart_pane_take_gifts (QuayCartPane *pane)
{
  return quay_gift_bar_take (pane->gifts);
}

static void
prices_cb (GtkButton *button, gpointer data)
{
  quay_cart_pane_take_prices (data);
}

static GtkWidget *
make_prices (QuayCartPane *self)
{
  self->prices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->prices_label = quay_ui_wrapped_label (NULL, "meta", 30, 2);
  GtkWidget *take = quay_ui_button (NULL, _ ("Take new prices"), "F5", "pill warn");
  gtk_widget_set_valign (take, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->prices_label, TRUE);
  gtk_widget_add_css_class (self->prices, "prices");
  g_signal_connect (take, "clicked", G_CALLBACK (prices_cb), self);
  gtk_box_append (GTK_BOX (self->prices), self->prices_label);
  gtk_box_append (GTK_BOX (self->prices), take);
  gtk_widget_set_visible (self->prices, FALSE);
  return self->prices;
}

static void
qty_cb (GtkButton *button, gpointer data)
{
  quay_cart_pane_edit_qty (data);
}

static void
remove_cb (GtkButton *button, gpointer data)
{
  quay_cart_pane_remove (data);
}

static GtkWidget *
make_actions (QuayCartPane *self)
{
  GtkWidget *qty = quay_ui_button (NULL, _ ("Quantity"), "F4", "action tight");
  GtkWidget *note = quay_ui_button (NULL, _ ("Note"), "F6", "action tight");
  GtkWidget *remove = quay_ui_button (NULL, _ ("Remove"), "Del", "action tight");
  GtkWidget *hold = quay_ui_button (NULL, _ ("Hold"), "F8", "action tight");
  GtkWidget *buttons[] = { qty, emitting (self, note, EDIT_NOTE, "note-button"), remove,
                           emitting (self, hold, HOLD, "hold-button") };
  self->actions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_top (self->actions, 6);
  g_signal_connect (qty, "clicked", G_CALLBACK (qty_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  quay_ui_set_id (qty, "qty-button");
  quay_ui_set_id (remove, "remove-button");
  gtk_widget_set_tooltip_text (remove, _ ("Shift+Del throws the whole sale away"));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_set_hexpand (buttons[i], TRUE);
      gtk_box_append (GTK_BOX (self->actions), buttons[i]);
    }
  return self->actions;
}

static GtkWidget *
make_totals (QuayCartPane *self)
{
  GtkWidget *totals = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (totals, "totals");
  self->sums = quay_cart_sums_new ();
  gtk_box_append (GTK_BOX (totals), self->sums);
  gtk_box_append (GTK_BOX (totals), make_actions (self));
  self->pay_button =
      emitting (self, quay_ui_button (NULL, _ ("Pay"), "F9", "main"), PAY, "pay-button");
  gtk_widget_set_margin_top (self->pay_button, 8);
  gtk_box_append (GTK_BOX (totals), self->pay_button);
  return totals;
}

static void
quay_cart_pane_init (QuayCartPane *self)
{
  self->rows = g_ptr_array_new ();
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "cart");
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), make_body (self));
  gtk_box_append (GTK_BOX (self->box), make_prices (self));
  gtk_box_append (GTK_BOX (self->box), make_totals (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

GtkWidget *
quay_cart_pane_new (QuayTill *till)
{
  QuayCartPane *self = g_object_new (QUAY_TYPE_CART_PANE, NULL);
  self->till = g_object_ref (till);
  g_signal_connect_object (till, "cart-changed", G_CALLBACK (cart_changed_cb), self, 0);
  g_signal_connect_object (till, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  gtk_box_insert_child_after (GTK_BOX (self->box), quay_customer_line_new (till),
                              gtk_widget_get_first_child (self->box));
  self->gifts = quay_gift_bar_new (till);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->gifts, self->prices);
  cart_changed_cb (till, self);
  return GTK_WIDGET (self);
}
