/* Goods that come back: lines and quantities of a sale, with what they come to while one types.
 * Main thread. */
#include "quay-refund-card.h"

#include "quay-approve-card.h"
#include "quay-form.h"
#include "quay-sale-view.h"
#include "quay-typed.h"
#include "quay-ui.h"

typedef struct
{
  GtkWidget *qty;
  GtkWidget *spoilt;
  QuayQty left;
  const char *unit; /* of the sale */
} Row;

typedef struct
{
  QuayTill *till;       /* owned */
  QuaySaleRecord *sale; /* owned */
  QuayId id;            /* of the refund: the same for each try */
  GArray *rows;         /* Row */
  GtkWidget *card;
  GtkWidget *total;
  GtkWidget *tender;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *fault;
  GtkWidget *exchange;
  GtkWidget *ok;
} Card;

static void
free_card (gpointer data)
{
  Card *card = data;
  quay_sale_record_free (card->sale);
  g_array_unref (card->rows);
  g_object_unref (card->till);
  g_free (card);
}

/* What is asked for; NULL with the fault told, where a quantity makes no sense. */
static GArray *
read_asks (Card *card)
{
  GArray *asks = g_array_new (FALSE, TRUE, sizeof (QuayRefundAsk));
  for (guint i = 0; i < card->rows->len; i++)
    {
      const Row *row = &g_array_index (card->rows, Row, i);
      const char *text = quay_form_text (row->qty);
      QuayRefundAsk ask = { .line = i + 1 };
      if (*text == '\0')
        continue;
      if (!quay_typed_qty (text, row->unit, QUAY_MILLI (0), &ask.qty, NULL) || ask.qty.milli < 0 ||
          ask.qty.milli > row->left.milli)
        {
          g_autofree char *left = quay_format_qty (row->left, row->unit);
          g_autofree char *fault =
              g_strdup_printf (_ ("Line %u: write how much comes back, at most %s."), i + 1, left);
          quay_ui_set_text (card->fault, fault);
          gtk_widget_set_visible (card->fault, TRUE);
          g_array_unref (asks);
          return NULL;
        }
      ask.restock = !gtk_check_button_get_active (GTK_CHECK_BUTTON (row->spoilt));
      if (ask.qty.milli > 0)
        g_array_append_val (asks, ask);
    }
  gtk_widget_set_visible (card->fault, FALSE);
  return asks;
}

static void
changed_cb (Card *card)
{
  QuayMoney total = QUAY_DONG (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) asks = read_asks (card);
  if (asks != NULL && asks->len > 0 &&
      !quay_till_refund_total (card->till, card->sale->number, (QuayRefundAsk *)asks->data,
                               asks->len, &total, &error))
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_set_text (card->fault, text);
      gtk_widget_set_visible (card->fault, TRUE);
    }
  quay_ui_set_money (card->total, total, QUAY_MONEY_SIGN);
}

/* The same with something in it. */
static GArray *
need_asks (Card *card)
{
  GArray *asks = read_asks (card);
  if (asks == NULL || asks->len > 0)
    return asks;
  g_array_unref (asks);
  quay_ui_set_text (card->fault, _ ("Write at least one quantity that comes back."));
  gtk_widget_set_visible (card->fault, TRUE);
  return NULL;
}

/* What to hand over, and how: money goes back the way it came, which need not be cash. */
static char *
done_words (QuayTill *till, const char *number, QuayMoney total)
{
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (till, number);
  g_autoptr (GString) ways = g_string_new (NULL);
  gboolean cash = TRUE;
  for (guint i = 0; refund != NULL && i < refund->payments->len; i++)
    {
      const QuayPayment *payment = refund->payments->pdata[i];
      g_autofree char *name = payment->tender == QUAY_TENDER_DEBT
                                  ? g_strdup (_ ("Off the debt"))
                                  : quay_sale_view_tenders (quay_tender_name (payment->tender));
      g_autofree char *amount = quay_format_money (payment->amount, QUAY_MONEY_BARE);
      if (payment->tender == QUAY_TENDER_ROUNDING)
        continue;
      cash &= payment->tender == QUAY_TENDER_CASH;
      g_string_append_printf (ways, "%s%s %s", ways->len > 0 ? ", " : "", name, amount);
    }
  if (!cash)
    return g_strdup_printf (_ ("Recorded as %s: %s."), number, ways->str);
  g_autofree char *amount = quay_format_money (total, QUAY_MONEY_SIGN);
  return g_strdup_printf (_ ("Hand back %s. Recorded as %s."), amount, number);
}

static void
give_back_cb (Card *card)
{
  static const gint64 tenders[] = { -1, QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, QUAY_TENDER_CARD };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) asks = need_asks (card);
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (card->why)));
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (card->tender));
  gint64 by = tenders[MIN (chosen, G_N_ELEMENTS (tenders) - 1)];
  if (asks == NULL || !quay_ui_form_row_check (card->why_row, why[0] != '\0',
                                               _ ("Say why: it is kept with the day.")))
    return;
  QuayRefundAsk *lines = (QuayRefundAsk *)asks->data;
  QuayMoney total;
  g_autofree char *number = by < 0
                                ? quay_till_refund (card->till, &card->id, card->sale->number,
                                                    lines, asks->len, why, &total, &error)
                                : quay_till_refund_by (card->till, &card->id, card->sale->number,
                                                       by, lines, asks->len, why, &total, &error);
  if (number == NULL)
    {
      quay_ui_show_error (card->card, _ ("Nothing was given back"), error);
      quay_approve_card_press_again (card->ok, error);
      return;
    }
  g_autofree char *text = done_words (card->till, number, total);
  quay_ui_toast (card->card, text);
  quay_ui_close_card (card->card);
}

static void
exchange_cb (Card *card)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) asks = need_asks (card);
  if (asks == NULL)
    return;
  if (!quay_till_exchange (card->till, card->sale->number, (QuayRefundAsk *)asks->data, asks->len,
                           &error))
    {
      quay_ui_show_error (card->card, _ ("Nothing was given back"), error);
      quay_approve_card_press_again (card->exchange, error);
      return;
    }
  quay_ui_toast (card->card, _ ("Add what the customer takes instead, then pay."));
  gtk_widget_activate_action (card->card, "win.page", "s", "sell");
  quay_ui_close_card (card->card);
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

/* Building */

static void
add_line (Card *card, GtkWidget *grid, guint n, QuayQty left)
{
  const QuayLine *line = card->sale->lines->pdata[n];
  g_autofree char *sold = quay_format_qty (left, line->unit);
  g_autofree char *meta = g_strdup_printf (_ ("at most %s"), sold);
  g_autofree char *name = g_strdup_printf (_ ("Comes back: %s"), line->name);
  g_autofree char *spoilt = g_strdup_printf (_ ("Spoilt: %s"), line->name);
  Row row = { .qty = quay_ui_code_entry (name),
              .spoilt = gtk_check_button_new_with_label (_ ("Spoilt")),
              .left = left,
              .unit = line->unit };
  quay_ui_set_label (row.spoilt, spoilt);
  gtk_editable_set_width_chars (GTK_EDITABLE (row.qty), 7);
  gtk_editable_set_alignment (GTK_EDITABLE (row.qty), 1);
  gtk_widget_set_sensitive (row.qty, left.milli > 0);
  gtk_widget_set_sensitive (row.spoilt, left.milli > 0);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (text), quay_ui_wrapped_label (line->name, NULL, 40, 2));
  gtk_box_append (GTK_BOX (text), quay_ui_label (meta, "meta num"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (row.qty, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), text, 0, (int)n, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), row.qty, 1, (int)n, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), row.spoilt, 2, (int)n, 1, 1);
  g_signal_connect_swapped (row.qty, "changed", G_CALLBACK (changed_cb), card);
  g_signal_connect_swapped (row.qty, "activate", G_CALLBACK (give_back_cb), card);
  g_array_append_val (card->rows, row);
}

static void
add_lines (Card *card)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autoptr (GArray) left = quay_till_refundable (card->till, card->sale);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < card->sale->lines->len; i++)
    add_line (card, grid, i, g_array_index (left, QuayQty, i));
  GtkWidget *scrolled = quay_ui_scrolled (grid);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 300);
  gtk_box_append (GTK_BOX (card->card), scrolled);
}

static void
add_foot (Card *card)
{
  const char *const tenders[] = { _ ("As it was paid"), _ ("Cash"), _ ("Bank transfer"), _ ("Card"),
                                  NULL };
  GtkWidget *sum = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = quay_ui_label (_ ("To hand back"), "dim");
  card->fault = quay_ui_wrapped_label (NULL, "bad-text", 50, 3);
  card->total = quay_ui_number_label ("heading");
  card->tender = quay_ui_choice (_ ("Handed back by"), tenders);
  card->why = quay_ui_entry (_ ("Why"));
  card->why_row = quay_ui_form_row (_ ("Why"), card->why, NULL);
  gtk_entry_set_max_length (GTK_ENTRY (card->why), 70);
  gtk_widget_set_visible (card->fault, FALSE);
  gtk_widget_set_hexpand (title, TRUE);
  quay_ui_set_money (card->total, QUAY_DONG (0), QUAY_MONEY_SIGN);
  quay_ui_set_description (card->total, _ ("To hand back"));
  gtk_box_append (GTK_BOX (sum), title);
  gtk_box_append (GTK_BOX (sum), card->total);
  gtk_box_append (GTK_BOX (card->card), card->fault);
  gtk_box_append (GTK_BOX (card->card), sum);
  gtk_box_append (GTK_BOX (card->card),
                  quay_ui_form_row (_ ("Handed back by"), card->tender, NULL));
  gtk_box_append (GTK_BOX (card->card), card->why_row);
  g_signal_connect_swapped (card->why, "activate", G_CALLBACK (give_back_cb), card);
}

static void
add_buttons (Card *card)
{
  GtkWidget *buttons = quay_ui_card_buttons (card->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *exchange = quay_ui_button (NULL, _ ("Exchange"), NULL, "action");
  GtkWidget *ok = quay_ui_button (NULL, _ ("Give back"), "Enter", "main");
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), card->card);
  g_signal_connect_swapped (exchange, "clicked", G_CALLBACK (exchange_cb), card);
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (give_back_cb), card);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), exchange);
  gtk_box_append (GTK_BOX (buttons), ok);
  card->exchange = exchange;
  card->ok = ok;
}

void
quay_refund_card_open (GtkWidget *anywhere, QuayTill *till, const QuaySaleRecord *sale)
{
  QuaySaleRecord *whole = quay_till_sale (till, sale->number);
  if (whole == NULL)
    return;
  Card *card = g_new0 (Card, 1);
  g_autofree char *title = g_strdup_printf (_ ("Goods of %s that come back"), whole->number);
  *card = (Card){ .till = g_object_ref (till),
                  .sale = whole,
                  .id = quay_till_new_id (till),
                  .rows = g_array_new (FALSE, TRUE, sizeof (Row)),
                  .card = quay_ui_card_new (title, "wide") };
  g_object_set_data_full (G_OBJECT (card->card), "quay-refund", card, free_card);
  add_lines (card);
  add_foot (card);
  add_buttons (card);
  quay_ui_show_card (anywhere, card->card, g_array_index (card->rows, Row, 0).qty);
}
