/* The quantity is a button until it is pressed, then an entry for digits: Enter takes it over,
 * Escape gives up. The keys of a scan never get there. */
#include "quay-cart-row.h"
#include "quay-caption.h"
#include "quay-discount-words.h"
#include "quay-till-lots.h"
#include "quay-ui.h"

struct _QuayCartRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *name;
  GtkWidget *texts;
  GtkWidget *meta;
  GtkWidget *mark; /* NULL until a price has changed */
  GtkWidget *bar;  /* NULL until its goods must not be sold */
  GtkWidget *kept; /* NULL until orders wait for its goods */
  GtkWidget *offs; /* NULL until something is taken off */
  GtkWidget *gross;
  GtkWidget *sums;
  GtkWidget *note;
  GtkWidget *less;
  GtkWidget *more;
  GtkWidget *qty_stack;
  GtkWidget *qty_button;
  GtkWidget *qty_entry;
  GtkWidget *amount;

  QuayId product;
  QuayLineKind kind;
  QuayCartRowFacts facts;
};

enum
{
  STEP,
  QTY_TYPED,
  WEIGH,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayCartRow, quay_cart_row, GTK_TYPE_LIST_BOX_ROW)

static void
quay_cart_row_class_init (QuayCartRowClass *klass)
{
  signals[STEP] = g_signal_new ("step", QUAY_TYPE_CART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  signals[QTY_TYPED] = g_signal_new ("qty-typed", QUAY_TYPE_CART_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[WEIGH] = g_signal_new ("weigh", QUAY_TYPE_CART_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
press_step (QuayCartRow *self, int by)
{
  if (self->kind == QUAY_LINE_WEIGHED)
    g_signal_emit (self, signals[WEIGH], 0);
  else
    g_signal_emit (self, signals[STEP], 0, by);
}

static void
less_cb (GtkButton *button, gpointer data)
{
  press_step (data, -1);
}

static void
more_cb (GtkButton *button, gpointer data)
{
  press_step (data, 1);
}

static void
qty_pressed_cb (GtkButton *button, gpointer data)
{
  quay_cart_row_edit (data);
}

void
quay_cart_row_edit (QuayCartRow *row)
{
  if (row->kind == QUAY_LINE_PRICED)
    return;
  if (row->kind == QUAY_LINE_WEIGHED)
    {
      g_signal_emit (row, signals[WEIGH], 0);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (row->qty_entry), "");
  gtk_stack_set_visible_child (GTK_STACK (row->qty_stack), row->qty_entry);
  gtk_widget_grab_focus (row->qty_entry);
}

void
quay_cart_row_stop_edit (QuayCartRow *row)
{
  gtk_stack_set_visible_child (GTK_STACK (row->qty_stack), row->qty_button);
}

static void
qty_activated_cb (GtkEntry *entry, gpointer data)
{
  QuayCartRow *self = data;
  QuayQty qty = { 0 };
  gboolean ok = quay_parse_qty (gtk_editable_get_text (GTK_EDITABLE (entry)), &qty, NULL);
  quay_cart_row_stop_edit (self);
  g_signal_emit (self, signals[QTY_TYPED], 0, ok ? qty.milli : (gint64)-1);
}

static gboolean
qty_key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            gpointer data)
{
  QuayCartRow *self = data;
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  quay_cart_row_stop_edit (self);
  g_signal_emit (self, signals[QTY_TYPED], 0, (gint64)-1);
  return TRUE;
}

static void
qty_left_cb (GtkEventControllerFocus *controller, gpointer data)
{
  quay_cart_row_stop_edit (data);
}

static GtkWidget *
make_qty (QuayCartRow *self)
{
  self->qty_button = quay_ui_button (NULL, NULL, NULL, "qty");
  GtkWidget *qty = quay_caption_new ("num", 5, 5, 0);
  quay_caption_set_align (QUAY_CAPTION (qty), 0.5);
  gtk_button_set_child (GTK_BUTTON (self->qty_button), qty);
  g_object_set_data (G_OBJECT (self->qty_button), "quay-label", qty);
  quay_ui_hide_parts (qty);
  gtk_widget_set_focusable (self->qty_button, FALSE);
  g_signal_connect (self->qty_button, "clicked", G_CALLBACK (qty_pressed_cb), self);
  self->qty_entry = quay_ui_code_entry (_ ("Quantity"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->qty_entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->qty_entry), 4);
  gtk_editable_set_alignment (GTK_EDITABLE (self->qty_entry), 0.5);
  gtk_entry_set_max_length (GTK_ENTRY (self->qty_entry), 9);
  g_signal_connect (self->qty_entry, "activate", G_CALLBACK (qty_activated_cb), self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (qty_key_cb), self);
  gtk_widget_add_controller (self->qty_entry, keys);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (qty_left_cb), self);
  gtk_widget_add_controller (self->qty_entry, focus);
  self->qty_stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->qty_stack), self->qty_button);
  gtk_stack_add_child (GTK_STACK (self->qty_stack), self->qty_entry);
  gtk_widget_set_hexpand (self->qty_stack, TRUE);
  return self->qty_stack;
}

static GtkWidget *
make_stepper (QuayCartRow *self)
{
  GtkWidget *stepper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (stepper, "stepper");
  gtk_widget_set_size_request (stepper, 132, -1);
  gtk_widget_set_hexpand (stepper, FALSE);
  gtk_widget_set_valign (stepper, GTK_ALIGN_CENTER);
  self->less = quay_ui_icon_button ("dash-lg", _ ("One less"), NULL);
  self->more = quay_ui_icon_button ("plus-lg", _ ("One more"), NULL);
  /* The row has the keyboard, and keys for these. */
  gtk_widget_set_focusable (self->less, FALSE);
  gtk_widget_set_focusable (self->more, FALSE);
  g_signal_connect (self->less, "clicked", G_CALLBACK (less_cb), self);
  g_signal_connect (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (stepper), self->less);
  gtk_box_append (GTK_BOX (stepper), make_qty (self));
  gtk_box_append (GTK_BOX (stepper), self->more);
  return stepper;
}

static void
quay_cart_row_init (QuayCartRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  self->texts = texts;
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (texts, 6);
  gtk_widget_set_margin_bottom (texts, 6);
  self->name = quay_caption_new ("cart-name", 12, 20, 2);
  self->meta = quay_caption_new ("meta num", 12, 24, 2);
  self->note = quay_caption_new ("cart-note", 12, 24, 2);
  gtk_box_append (GTK_BOX (texts), self->name);
  gtk_box_append (GTK_BOX (texts), self->meta);
  gtk_box_append (GTK_BOX (texts), self->note);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), make_stepper (self));
  self->amount = quay_caption_new ("cart-amount num", 9, 9, 0);
  quay_caption_set_align (QUAY_CAPTION (self->amount), 1);
  self->sums = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->sums, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->sums), self->amount);
  gtk_box_append (GTK_BOX (box), self->sums);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
quay_cart_row_new (void)
{
  return g_object_new (QUAY_TYPE_CART_ROW, NULL);
}

static char *
describe (const QuayLine *line, int stars)
{
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_SIGN);
  g_autoptr (GString) text = g_string_new (price);
  if (line->kind != QUAY_LINE_PIECE && line->unit != NULL)
    g_string_append_printf (text, "/%s", line->unit);
  if (stars > 0)
    g_string_append_printf (text, " · OCOP%s%d%s%s", QUAY_NBSP, stars, QUAY_NBSP, _ ("stars"));
  if (line->was.dong > 0)
    {
      g_autofree char *was = quay_format_money (line->was, QUAY_MONEY_SIGN);
      g_string_append_printf (text, " (%s %s)", _ ("was"), was);
    }
  if (line->tare.milli > 0)
    {
      g_autofree char *tare = quay_format_qty (line->tare, line->unit);
      g_string_append_printf (text, " · %s %s", _ ("tare"), tare);
    }
  if (line->lot != NULL && line->lot[0] != '\0')
    g_string_append_printf (text, " · %s%s%s", _ ("lot"), QUAY_NBSP, line->lot);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_mark (QuayCartRow *self, const QuayLine *line)
{
  gboolean changed = self->facts.priced && line->kind != QUAY_LINE_PRICED &&
                     self->facts.now.dong != line->price.dong;
  if (changed && self->mark == NULL)
    {
      self->mark = quay_ui_label (NULL, "price-changed num");
      gtk_widget_set_halign (self->mark, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (
          self->mark, _ ("The price changed after this line was added. The old one counts."));
      gtk_box_insert_child_after (GTK_BOX (self->texts), self->mark, self->meta);
    }
  if (self->mark == NULL)
    return;
  gtk_widget_set_visible (self->mark, changed);
  g_autofree char *now = quay_format_money (self->facts.now, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("price changed: now %s"), now);
  quay_ui_set_text (self->mark, changed ? text : NULL);
}

static void
show_bar (QuayCartRow *self)
{
  QuayCartBar bar = self->facts.bar;
  if (bar != QUAY_CART_NOT_BARRED && self->bar == NULL)
    {
      self->bar = quay_ui_label (NULL, "bad-text barred");
      gtk_widget_set_halign (self->bar, GTK_ALIGN_START);
      gtk_box_insert_child_after (GTK_BOX (self->texts), self->bar, self->meta);
    }
  if (self->bar == NULL)
    return;
  gtk_widget_set_visible (self->bar, bar != QUAY_CART_NOT_BARRED);
  quay_ui_set_text (self->bar, bar == QUAY_CART_HELD_BACK ? _ ("Held back: must not be sold")
                                                          : _ ("Past its date: must not be sold"));
}

static void
show_kept (QuayCartRow *self)
{
  if (self->facts.over && self->kept == NULL)
    {
      self->kept = quay_ui_label (_ ("kept for orders"), "price-changed");
      gtk_widget_set_halign (self->kept, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (self->kept,
                                   _ ("Selling this leaves too little for orders that wait."));
      gtk_box_insert_child_after (GTK_BOX (self->texts), self->kept, self->meta);
    }
  if (self->kept != NULL)
    gtk_widget_set_visible (self->kept, self->facts.over);
}

/* Names and amounts of what is taken off, one a line; the price before it, struck out. */
static void
show_offs (QuayCartRow *self, const QuayLine *line)
{
  gboolean any = line->offs != NULL;
  if (any && self->offs == NULL)
    {
      self->offs = quay_ui_wrapped_label (NULL, "good-text offs num", 28, 4);
      self->gross = quay_ui_number_label ("struck");
      gtk_widget_set_halign (self->gross, GTK_ALIGN_END);
      gtk_box_insert_child_after (GTK_BOX (self->texts), self->offs, self->meta);
      gtk_box_prepend (GTK_BOX (self->sums), self->gross);
    }
  if (self->offs == NULL)
    return;
  gtk_widget_set_visible (self->offs, any);
  gtk_widget_set_visible (self->gross, any);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; any && i < line->offs->len; i++)
    {
      g_autofree char *one = quay_discount_off_text (line->offs->pdata[i]);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", one);
    }
  quay_ui_set_text (self->offs, text->str);
  quay_ui_set_money (self->gross, quay_line_gross (line), QUAY_MONEY_BARE);
}

QuayCartBar
quay_cart_row_find_bar (QuayTill *till, GArray *barred, guint index)
{
  for (guint i = 0; i < barred->len; i++)
    if (g_array_index (barred, guint, i) == index)
      {
        g_autoptr (QuayLot) lot = quay_till_cart_barred_by (till, index);
        return lot != NULL && lot->blocked != NULL ? QUAY_CART_HELD_BACK : QUAY_CART_EXPIRED;
      }
  return QUAY_CART_NOT_BARRED;
}

gboolean
quay_cart_row_is_marked (QuayCartRow *row)
{
  return row->mark != NULL && gtk_widget_get_visible (row->mark);
}

void
quay_cart_row_set_line (QuayCartRow *row, const QuayLine *line, const QuayCartRowFacts *facts)
{
  g_autofree char *meta = describe (line, facts->stars);
  g_autofree char *qty =
      quay_format_qty (line->qty, line->kind == QUAY_LINE_PIECE ? NULL : line->unit);
  row->product = line->product;
  row->kind = (QuayLineKind)line->kind;
  row->facts = *facts;
  g_autofree char *name = quay_ui_keep_units (line->name);
  quay_ui_set_text (row->name, name);
  quay_ui_set_text (row->meta, meta);
  show_mark (row, line);
  show_bar (row);
  show_kept (row);
  show_offs (row, line);
  quay_ui_set_text (row->note, line->note);
  gtk_widget_set_visible (row->note, line->note != NULL && line->note[0] != '\0');
  quay_ui_button_set_text (row->qty_button, qty);
  quay_ui_set_money (row->amount, line->amount, QUAY_MONEY_BARE);
  gboolean fixed = line->kind == QUAY_LINE_PRICED;
  gtk_widget_set_sensitive (row->less, !fixed);
  gtk_widget_set_sensitive (row->more, !fixed);
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", line->name, qty,
                                            quay_caption_get (QUAY_CAPTION (row->amount)));
  quay_ui_set_label (GTK_WIDGET (row), label);
}

const QuayId *
quay_cart_row_product (QuayCartRow *row)
{
  return &row->product;
}

const QuayCartRowFacts *
quay_cart_row_facts (QuayCartRow *row)
{
  return &row->facts;
}
