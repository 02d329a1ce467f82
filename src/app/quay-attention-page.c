/* One row a balance that can't be; a card shows the lines behind it and asks which lot gave. Main
 * thread. */
#include "quay-attention-page.h"

#include "quay-error.h"
#include "quay-lot.h"
#include "quay-stock-check.h"
#include "quay-till-assign.h"
#include "quay-ui.h"

#define ROWS_MAX 200
#define LINES_MAX 6

struct _QuayAttentionPage
{
  GtkBox parent_instance;

  GtkWidget *text;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *list;
  QuayTill *till;   /* owned */
  GPtrArray *shown; /* owned: QuayAttention, by row */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayAttentionPage, quay_attention_page, GTK_TYPE_BOX)

static void read_list (QuayAttentionPage *page);

/* --- the card: which lot gave --- */

typedef struct
{
  QuayAttentionPage *page; /* owned */
  GtkWidget *card;
  GtkWidget *choice;
  GtkWidget *fault;
  QuayAttention of; /* without its texts */
  GPtrArray *lots;  /* owned: QuayLot */
  GPtrArray *lines; /* owned: QuayOpenLine */
  QuayId id;
} Card;

static void
free_card (gpointer data)
{
  Card *card = data;
  g_object_unref (card->page);
  g_ptr_array_unref (card->lots);
  g_ptr_array_unref (card->lines);
  g_free (card);
}

static char *
lot_text (const QuayLot *lot, const char *unit)
{
  g_autofree char *left = quay_format_qty (lot->qty, unit);
  g_autofree char *day = lot->expires != 0 ? quay_day_to_vi (lot->expires) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, _ ("Lot %s"), lot->code != NULL ? lot->code : "—");
  if (lot->receipt != NULL)
    g_string_append_printf (text, " · %s", lot->receipt);
  if (day != NULL)
    g_string_append_printf (text, " · %s %s", _ ("use by"), day);
  g_string_append_printf (text, " · %s %s", _ ("left"), left);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_refused (Card *card, const GError *error)
{
  g_autofree char *text = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED)
                              ? g_strdup (_ ("No lot has anything left here."))
                              : quay_ui_error_text (error);
  quay_ui_set_text (card->fault, text);
  gtk_widget_set_visible (card->fault, TRUE);
}

static void
given (Card *card, QuayQty done)
{
  g_autoptr (QuayAttentionPage) page = g_object_ref (card->page);
  g_autofree char *qty = quay_format_qty (done, NULL);
  g_autofree char *text = g_strdup_printf (_ ("Given to lots: %s"), qty);
  quay_ui_close_card (card->card);
  quay_ui_toast (GTK_WIDGET (page), text);
  read_list (page);
}

/* One document alone, from the lot that is chosen, as far as that goes. */
static void
give_line_cb (GtkWidget *button, gpointer data)
{
  Card *card = data;
  g_autoptr (GError) error = NULL;
  const QuayOpenLine *line = g_object_get_data (G_OBJECT (button), "quay-line");
  guint which = gtk_drop_down_get_selected (GTK_DROP_DOWN (card->choice));
  guint index = which > 0 && which <= card->lots->len ? which - 1 : 0;
  const QuayLot *lot = card->lots->pdata[index];
  QuayQty qty = QUAY_MILLI (MIN (line->qty.milli, lot->qty.milli));
  if (quay_till_assign (card->page->till, &card->id, line, &lot->id, qty, NULL, &error))
    given (card, qty);
  else
    show_refused (card, error);
}

static void
give_cb (GtkButton *button, gpointer data)
{
  Card *card = data;
  QuayQty done;
  g_autoptr (GError) error = NULL;
  guint which = gtk_drop_down_get_selected (GTK_DROP_DOWN (card->choice));
  const QuayLot *lot = which > 0 && which <= card->lots->len ? card->lots->pdata[which - 1] : NULL;
  if (!quay_till_clear_balance (card->page->till, &card->id, &card->of,
                                lot != NULL ? &lot->id : NULL, &done, &error))
    show_refused (card, error);
  else
    given (card, done);
}

static void
count_cb (GtkButton *button, gpointer data)
{
  Card *card = data;
  g_autoptr (QuayAttentionPage) page = g_object_ref (card->page);
  quay_ui_close_card (card->card);
  quay_stock_check_open (GTK_WIDGET (page), page->till);
}

static void
close_cb (GtkButton *button, gpointer data)
{
  quay_ui_close_card (data);
}

static void
add_line (Card *card, GtkWidget *list, const QuayOpenLine *line, const char *unit, gboolean can)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (line->ts / 1000);
  g_autofree char *when = g_date_time_format (time, "%d/%m/%Y %H:%M");
  g_autofree char *meta = g_strdup_printf ("%s · %s", when, line->who != NULL ? line->who : "");
  GtkWidget *number = quay_ui_label (line->number != NULL ? line->number : "—", "heading num");
  GtkWidget *about = quay_ui_label (meta, "meta num");
  GtkWidget *qty = quay_ui_number_label ("heading");
  gtk_widget_add_css_class (row, "check-row");
  gtk_widget_set_hexpand (about, TRUE);
  quay_ui_set_qty (qty, line->qty, unit);
  gtk_box_append (GTK_BOX (row), number);
  gtk_box_append (GTK_BOX (row), about);
  gtk_box_append (GTK_BOX (row), qty);
  if (can && line->qty.milli > 0)
    {
      GtkWidget *give = quay_ui_button (NULL, _ ("This one alone"), NULL, "pill");
      g_object_set_data (G_OBJECT (give), "quay-line", (gpointer)line);
      g_signal_connect (give, "clicked", G_CALLBACK (give_line_cb), card);
      gtk_box_append (GTK_BOX (row), give);
    }
  gtk_box_append (GTK_BOX (list), row);
}

static void
add_lines (Card *card, const QuayAttention *of)
{
  const GPtrArray *lines = card->lines;
  gboolean can = of->qty.milli < 0 && card->lots->len > 0 && lines->len > 1;
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < lines->len && i < LINES_MAX; i++)
    add_line (card, list, lines->pdata[i], of->weighed ? of->unit : NULL, can);
  gtk_box_append (GTK_BOX (card->card), list);
  if (lines->len > LINES_MAX)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), lines->len - LINES_MAX);
      gtk_box_append (GTK_BOX (card->card), quay_ui_label (more, "dim"));
    }
}

static void
add_choice (Card *card, const QuayAttention *of)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (texts, g_strdup (_ ("What expires first, first")));
  for (guint i = 0; i < card->lots->len; i++)
    g_ptr_array_add (texts, lot_text (card->lots->pdata[i], of->weighed ? of->unit : NULL));
  g_ptr_array_add (texts, NULL);
  card->choice = quay_ui_choice (_ ("Lot that gave"), (const char *const *)(gpointer)texts->pdata);
  quay_ui_set_id (card->choice, "attention-lot");
  gtk_box_append (GTK_BOX (card->card), quay_ui_form_row (_ ("Lot that gave"), card->choice, NULL));
}

static GtkWidget *
add_buttons (Card *card, const QuayAttention *of)
{
  GtkWidget *buttons = quay_ui_card_buttons (card->card);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  GtkWidget *give = quay_ui_button (NULL, _ ("Give to the lot"), NULL, "main");
  GtkWidget *count = quay_ui_button (NULL, _ ("Count the shelf"), NULL, "action");
  gboolean can = of->qty.milli > 0 || card->lots->len > 0;
  quay_ui_set_id (give, "attention-give");
  gtk_widget_set_visible (count, of->qty.milli < 0 && quay_id_is_nil (&of->lot));
  gtk_widget_set_sensitive (give, can);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card->card);
  g_signal_connect (count, "clicked", G_CALLBACK (count_cb), card);
  g_signal_connect (give, "clicked", G_CALLBACK (give_cb), card);
  gtk_box_append (GTK_BOX (buttons), close);
  gtk_box_append (GTK_BOX (buttons), count);
  gtk_box_append (GTK_BOX (buttons), give);
  return can ? give : close;
}

static void
open_card (QuayAttentionPage *page, const QuayAttention *of)
{
  Card *card = g_new0 (Card, 1);
  card->page = g_object_ref (page);
  card->id = quay_till_new_id (page->till);
  card->lots = quay_till_givers (page->till, of);
  card->lines = quay_till_open_lines (page->till, of);
  card->of = (QuayAttention){
    .loc = of->loc, .product = of->product, .lot = of->lot, .qty = of->qty, .weighed = of->weighed
  };
  card->card = quay_ui_card_new (of->name, "wide");
  g_object_set_data_full (G_OBJECT (card->card), "quay-card", card, free_card);
  gtk_box_append (GTK_BOX (card->card),
                  quay_ui_wrapped_label (of->qty.milli < 0
                                             ? _ ("These documents took more than was there. Say "
                                                  "which lot the goods came from.")
                                             : _ ("More was given to lots than these documents "
                                                  "took: it goes back."),
                                         "dim", 70, 2));
  add_lines (card, of);
  add_choice (card, of);
  if (of->qty.milli < 0 && card->lots->len == 0)
    gtk_box_append (GTK_BOX (card->card),
                    quay_ui_wrapped_label (_ ("No lot has anything left here. Enter the receipt "
                                              "that is missing, or count the shelf."),
                                           "bad-text", 70, 2));
  card->fault = quay_ui_wrapped_label (NULL, "bad-text", 70, 2);
  gtk_widget_set_visible (card->fault, FALSE);
  gtk_box_append (GTK_BOX (card->card), card->fault);
  GtkWidget *focus = add_buttons (card, of);
  quay_ui_show_card (GTK_WIDGET (page), card->card, focus);
}

/* --- the list --- */

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, QuayAttentionPage *page)
{
  guint index = (guint)gtk_list_box_row_get_index (row);
  if (index < page->shown->len)
    open_card (page, page->shown->pdata[index]);
}

static char *
describe (const QuayAttention *of)
{
  g_autofree char *lot = quay_id_is_nil (&of->lot) ? g_strdup (_ ("of no lot"))
                         : of->code != NULL        ? g_strdup_printf (_ ("Lot %s"), of->code)
                                                   : g_strdup (_ ("A lot without a number"));
  const char *what =
      of->qty.milli < 0 ? _ ("more left than was there") : _ ("given to lots beyond what was sold");
  return of->place != NULL ? g_strdup_printf ("%s · %s · %s", lot, of->place, what)
                           : g_strdup_printf ("%s · %s", lot, what);
}

static GtkWidget *
make_row (const QuayAttention *of)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *qty = quay_ui_number_label ("heading");
  g_autofree char *name = quay_ui_keep_units (of->name);
  g_autofree char *about = describe (of);
  gtk_widget_add_css_class (row, "check-row");
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 10);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (name, "heading", 50, 1));
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (about, "meta", 70, 1));
  quay_ui_set_qty (qty, of->qty, of->unit);
  quay_ui_toggle_class (qty, "bad-text", of->qty.milli < 0);
  gtk_widget_set_valign (qty, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), qty);
  return row;
}

static void
read_list (QuayAttentionPage *page)
{
  GtkWidget *row;
  g_clear_pointer (&page->shown, g_ptr_array_unref);
  page->shown = quay_till_attention (page->till);
  while ((row = gtk_widget_get_first_child (page->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (page->list), row);
  for (guint i = 0; i < page->shown->len && i < ROWS_MAX; i++)
    {
      const QuayAttention *of = page->shown->pdata[i];
      gtk_list_box_append (GTK_LIST_BOX (page->list), make_row (of));
      GtkListBoxRow *made = gtk_list_box_get_row_at_index (GTK_LIST_BOX (page->list), (int)i);
      quay_ui_set_label (GTK_WIDGET (made), of->name);
    }
  gboolean any = page->shown->len > 0;
  gtk_widget_set_visible (page->text, any);
  gtk_widget_set_visible (page->count, any);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
}

static void
items_changed_cb (QuayTill *till, QuayAttentionPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_list (page);
}

static void
shelf_cb (GtkButton *button, QuayAttentionPage *page)
{
  quay_stock_check_open (GTK_WIDGET (page), page->till);
}

static void
quay_attention_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_attention_page_parent_class)->map (widget);
  read_list (QUAY_ATTENTION_PAGE (widget));
}

static gboolean
quay_attention_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (QUAY_ATTENTION_PAGE (widget)->list, GTK_DIR_TAB_FORWARD);
}

static void
quay_attention_page_dispose (GObject *object)
{
  QuayAttentionPage *page = QUAY_ATTENTION_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  g_clear_object (&page->till);
  g_clear_pointer (&page->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (quay_attention_page_parent_class)->dispose (object);
}

static void
quay_attention_page_class_init (QuayAttentionPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_attention_page_dispose;
  widget_class->map = quay_attention_page_map;
  widget_class->grab_focus = quay_attention_page_grab_focus;
}

static void
quay_attention_page_init (QuayAttentionPage *page)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 8);
}

GtkWidget *
quay_attention_page_new (QuayTill *till)
{
  QuayAttentionPage *page = g_object_new (QUAY_TYPE_ATTENTION_PAGE, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  page->till = g_object_ref (till);
  page->text = quay_ui_wrapped_label (_ ("Goods left the shelf while no lot had them. Say which "
                                         "lot gave them: only then is the producer owed for them."),
                                      "dim", 80, 2);
  gtk_widget_set_hexpand (page->text, TRUE);
  page->count = quay_ui_button (NULL, _ ("Count the shelf"), NULL, "pill");
  gtk_widget_set_valign (page->count, GTK_ALIGN_CENTER);
  quay_ui_set_id (page->count, "attention-count");
  g_signal_connect (page->count, "clicked", G_CALLBACK (shelf_cb), page);
  gtk_box_append (GTK_BOX (head), page->text);
  gtk_box_append (GTK_BOX (head), page->count);
  page->list = gtk_list_box_new ();
  quay_ui_set_label (page->list, _ ("To check"));
  quay_ui_set_id (page->list, "attention-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (page->list), GTK_SELECTION_BROWSE);
  g_signal_connect (page->list, "row-activated", G_CALLBACK (activated_cb), page);
  GtkWidget *scrolled = quay_ui_table_card (page->list);
  page->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (page->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("check-lg", _ ("Nothing to check"),
                                      _ ("All that left the shelf came from a lot.")),
                       "empty");
  gtk_box_append (GTK_BOX (page), head);
  gtk_box_append (GTK_BOX (page), page->stack);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
