/* A settlement, first as it would be, then as it is. Main thread. */
#include "quay-settle-card.h"

#include "quay-consign-print.h"
#include "quay-entry-dialog.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-settle.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;      /* of the document, whichever try posts it */
  QuayId producer;
  QuaySettledRecord *record;
  gboolean posted;
  GtkWidget *near; /* where faults are told until the card is there */
  GtkWidget *card;
  GtkWidget *head;
  GtkWidget *days; /* what is asked before posting */
  GtkWidget *from;
  GtkWidget *from_row;
  GtkWidget *to;
  GtkWidget *tax;
  GtkWidget *tax_row;
  GtkWidget *note;
  GtkWidget *doubt;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *sums;
  GtkWidget *post;
  GtkWidget *print;
  GtkWidget *pay;
  QuayRowModel *model;
  QuaySettleChanged changed;
  gpointer data;
} Card;

static void
free_card (gpointer data)
{
  Card *card = data;
  quay_row_model_set (card->model, NULL);
  g_object_unref (card->model);
  quay_settled_record_free (card->record);
  g_object_unref (card->till);
  g_free (card);
}

/* --- the table --- */

static const QuaySettledLot *
lot_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, lot_of (row)->name);
}

static void
bind_unit (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, lot_of (row)->unit);
}

static void
bind_qty (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuaySettledLot *lot = lot_of (row);
  const QuayQty quantities[] = { lot->opening,
                                 lot->in,
                                 lot->sold,
                                 lot->back,
                                 QUAY_MILLI (lot->loss.milli + lot->waste.milli),
                                 quay_settled_lot_closing (lot) };
  quay_table_set_qty (cell, quantities[GPOINTER_TO_INT (data)], NULL);
}

static void
bind_money (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuaySettledLot *lot = lot_of (row);
  const QuayMoney amounts[] = { lot->amount, QUAY_DONG (lot->amount.dong - lot->cost.dong),
                                lot->cost };
  quay_table_set_money (cell, amounts[GPOINTER_TO_INT (data)]);
}

static GtkWidget *
make_table (Card *card)
{
  GtkWidget *table = quay_table_new (_ ("Lots"), G_LIST_MODEL (card->model));
  const char *quantities[] = { _ ("Opening"),  _ ("Received"),  _ ("Sold"),
                               _ ("Returned"), _ ("Lost, bad"), _ ("Closing") };
  const char *amounts[] = { _ ("Sold for"), _ ("Commission"), _ ("Owed") };
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 22, bind_name, NULL);
  quay_table_add (table, _ ("Unit"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 5, bind_unit, NULL);
  for (int i = 0; i < (int)G_N_ELEMENTS (quantities); i++)
    quay_table_add (table, quantities[i], QUAY_TABLE_NUMBER, 5, bind_qty, GINT_TO_POINTER (i));
  for (int i = 0; i < (int)G_N_ELEMENTS (amounts); i++)
    quay_table_add (table, amounts[i], QUAY_TABLE_NUMBER | (i == 2 ? QUAY_TABLE_STRONG : 0), 8,
                    bind_money, GINT_TO_POINTER (i));
  GtkWidget *scrolled = quay_ui_table_card (table);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 230);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/* --- figures --- */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_sum (Card *card, const char *title, QuayMoney amount, gboolean strong)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *figure = quay_ui_number_label (strong ? "figure" : "heading");
  quay_ui_set_money (figure, amount, QUAY_MONEY_BARE);
  quay_ui_set_description (figure, title);
  gtk_label_set_xalign (GTK_LABEL (figure), 0);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (card->sums), box);
}

static QuayMoney
typed_tax (Card *card)
{
  QuayMoney tax;
  if (card->posted)
    return card->record->settled->tax;
  return quay_ui_money_entry_get (card->tax, &tax) ? tax : QUAY_DONG (0);
}

static void
show_sums (Card *card)
{
  const QuaySettled *settled = card->record->settled;
  QuayMoney tax = typed_tax (card);
  gint64 owed = settled->cost.dong - tax.dong;
  clear_box (card->sums);
  add_sum (card, _ ("Sold for"), settled->amount, FALSE);
  add_sum (card, _ ("Commission"), QUAY_DONG (settled->amount.dong - settled->cost.dong), FALSE);
  add_sum (card, _ ("Tax withheld"), tax, FALSE);
  add_sum (card, _ ("Owed for this time"), QUAY_DONG (owed), FALSE);
  add_sum (card, _ ("Owed from before"), card->record->before, FALSE);
  if (card->posted)
    add_sum (card, _ ("Paid out"), card->record->paid, FALSE);
  add_sum (card, _ ("Owed in all"),
           QUAY_DONG (card->record->before.dong + owed - card->record->paid.dong), TRUE);
}

static void
show_doubt (Card *card)
{
  g_autoptr (GPtrArray) names =
      card->posted ? NULL : quay_till_in_doubt (card->till, &card->producer);
  gboolean any = names != NULL && names->len > 0;
  if (any)
    {
      g_ptr_array_add (names, NULL);
      g_autofree char *list = g_strjoinv (", ", (GStrv)names->pdata);
      g_autofree char *text = g_strdup_printf (
          _ ("More was sold than the lots had: %s. Clear it up in Stock first, or say why not."),
          list);
      quay_ui_set_text (card->doubt, text);
    }
  gtk_widget_set_visible (card->doubt, any);
  gtk_widget_set_visible (card->why_row, any);
}

static void
show_head (Card *card)
{
  const QuaySettled *settled = card->record->settled;
  g_autofree char *from = quay_day_to_vi ((QuayDay)settled->from);
  g_autofree char *to = quay_day_to_vi ((QuayDay)settled->to);
  g_autofree char *text = g_strdup_printf ("%s%s%s · %s – %s", card->posted ? settled->number : "",
                                           card->posted ? " · " : "", settled->name, from, to);
  quay_ui_set_text (card->head, text);
}

/* Shows the record: the one that would be posted, or the posted one. */
static void
show_record (Card *card)
{
  GPtrArray *rows = g_ptr_array_new (); /* borrowed from the record */
  for (guint i = 0; i < card->record->settled->lots->len; i++)
    g_ptr_array_add (rows, card->record->settled->lots->pdata[i]);
  quay_row_model_set (card->model, rows);
  show_head (card);
  show_sums (card);
  show_doubt (card);
  gtk_widget_set_visible (card->days, !card->posted);
  gtk_widget_set_visible (card->post, !card->posted);
  gtk_widget_set_visible (card->print, card->posted);
  gtk_widget_set_visible (card->pay,
                          card->posted && quay_till_owed (card->till, &card->producer).dong > 0);
}

static gboolean
read_record (Card *card)
{
  g_autoptr (GError) error = NULL;
  QuaySettledRecord *record = card->posted
                                  ? quay_till_settlement (card->till, &card->id)
                                  : quay_till_unsettled (card->till, &card->producer, &error);
  if (record == NULL)
    {
      if (error != NULL)
        quay_ui_show_error (card->card != NULL ? card->card : card->near,
                            _ ("The figures can't be read"), error);
      return FALSE;
    }
  quay_row_model_set (card->model, NULL);
  quay_settled_record_free (card->record);
  card->record = record;
  card->producer = record->settled->producer;
  return TRUE;
}

static void
refresh (Card *card)
{
  if (read_record (card))
    show_record (card);
  if (card->changed != NULL)
    card->changed (card->data);
}

/* --- posting --- */

static gboolean
read_ask (Card *card, QuaySettleAsk *ask)
{
  gboolean days = quay_day_from_text (quay_form_text (card->from), &ask->from) &&
                  quay_day_from_text (quay_form_text (card->to), &ask->to) && ask->from <= ask->to;
  quay_ui_form_row_set_fault (card->from_row, days ? NULL : _ ("These two days are no period."));
  ask->tax = typed_tax (card);
  gboolean tax = ask->tax.dong <= MAX (card->record->settled->cost.dong, 0);
  quay_ui_form_row_set_fault (card->tax_row, tax ? NULL : _ ("This is more than is owed."));
  ask->note = quay_form_text (card->note);
  ask->why = gtk_widget_get_visible (card->why_row) ? quay_form_text (card->why) : NULL;
  gboolean why = ask->why == NULL || ask->why[0] != '\0';
  quay_ui_form_row_set_fault (card->why_row,
                              why ? NULL : _ ("Say why it is settled all the same."));
  if (!days || !tax || !why)
    gtk_widget_grab_focus (!days ? card->from : !tax ? card->tax : card->why);
  return days && tax && why;
}

static void
post_cb (GtkWidget *widget, gpointer data)
{
  Card *card = data;
  g_autoptr (GError) error = NULL;
  QuaySettleAsk ask = { .seen = card->record->settled };
  if (!read_ask (card, &ask))
    return;
  g_autofree char *number = quay_till_settle (card->till, &card->id, &card->producer, &ask, &error);
  if (number == NULL && g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    {
      quay_ui_toast (card->card, _ ("Something was sold or came back meanwhile: look again."));
      refresh (card);
      return;
    }
  if (number == NULL)
    {
      quay_ui_show_error (card->card, _ ("The settlement was not posted"), error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Posted: %s"), number);
  quay_ui_toast (card->card, text);
  card->posted = TRUE;
  refresh (card);
}

static void
paid_cb (const QuayId *id, gpointer data)
{
  refresh (data);
}

static void
pay_cb (GtkWidget *widget, gpointer data)
{
  Card *card = data;
  quay_entry_dialog_open (card->card, card->till, &card->producer, "payout", &card->id, paid_cb,
                          card);
}

static void
print_cb (GtkWidget *widget, gpointer data)
{
  Card *card = data;
  quay_consign_print (card->card, card->till, &card->id, quay_till_print_settlement);
}

static void
tax_cb (GtkEditable *entry, gpointer data)
{
  Card *card = data;
  quay_ui_form_row_set_fault (card->tax_row, NULL);
  show_sums (card);
}

static void
close_cb (GtkWidget *widget, gpointer card)
{
  quay_ui_close_card (card);
}

/* --- building --- */

static GtkWidget *
add_ask (Card *card, const char *title, GtkWidget *control, gboolean wide)
{
  GtkWidget *row = quay_ui_form_row (title, control, NULL);
  gtk_widget_set_hexpand (row, wide);
  if (!wide)
    gtk_editable_set_width_chars (GTK_EDITABLE (control), 11);
  gtk_box_append (GTK_BOX (card->days), row);
  return row;
}

static void
make_days (Card *card)
{
  g_autofree char *from = quay_day_to_vi ((QuayDay)card->record->settled->from);
  g_autofree char *to = quay_day_to_vi ((QuayDay)card->record->settled->to);
  card->days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  card->from = quay_ui_code_entry (_ ("From"));
  card->to = quay_ui_code_entry (_ ("To"));
  card->tax = quay_ui_money_entry (_ ("Tax withheld"));
  card->note = quay_ui_entry (_ ("Note"));
  gtk_entry_set_max_length (GTK_ENTRY (card->note), 160);
  gtk_editable_set_text (GTK_EDITABLE (card->from), from);
  gtk_editable_set_text (GTK_EDITABLE (card->to), to);
  card->from_row = add_ask (card, _ ("From"), card->from, FALSE);
  add_ask (card, _ ("To"), card->to, FALSE);
  card->tax_row = add_ask (card, _ ("Tax withheld"), card->tax, FALSE);
  add_ask (card, _ ("Note"), card->note, TRUE);
  g_signal_connect (card->tax, "changed", G_CALLBACK (tax_cb), card);
}

static void
make_buttons (Card *card)
{
  GtkWidget *buttons = quay_ui_card_buttons (card->card);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  card->print = quay_ui_button ("printer", _ ("Print 01-BH"), NULL, "action");
  card->pay = quay_ui_button ("cash-coin", _ ("Pay out"), NULL, "main");
  card->post = quay_ui_button (NULL, _ ("Post the settlement"), NULL, "main");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card->card);
  g_signal_connect (card->print, "clicked", G_CALLBACK (print_cb), card);
  g_signal_connect (card->pay, "clicked", G_CALLBACK (pay_cb), card);
  g_signal_connect (card->post, "clicked", G_CALLBACK (post_cb), card);
  gtk_box_append (GTK_BOX (buttons), close);
  gtk_box_append (GTK_BOX (buttons), card->print);
  gtk_box_append (GTK_BOX (buttons), card->pay);
  gtk_box_append (GTK_BOX (buttons), card->post);
}

static void
build (Card *card)
{
  card->card = quay_ui_card_new (_ ("Settlement of consigned goods"), "settle-card");
  g_object_set_data_full (G_OBJECT (card->card), "quay-settle", card, free_card);
  card->head = quay_ui_label (NULL, "heading");
  card->doubt = quay_ui_wrapped_label (NULL, "bad-text", 100, 3);
  card->why = quay_ui_entry (_ ("Reason"));
  gtk_entry_set_max_length (GTK_ENTRY (card->why), 70);
  card->why_row = quay_ui_form_row (_ ("Reason"), card->why, NULL);
  card->sums = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  gtk_box_append (GTK_BOX (card->card), card->head);
  make_days (card);
  gtk_box_append (GTK_BOX (card->card), card->days);
  gtk_box_append (GTK_BOX (card->card), make_table (card));
  gtk_box_append (GTK_BOX (card->card), card->doubt);
  gtk_box_append (GTK_BOX (card->card), card->why_row);
  gtk_box_append (GTK_BOX (card->card), card->sums);
  make_buttons (card);
}

static void
open_card (GtkWidget *anywhere, Card *card)
{
  card->near = anywhere;
  if (!read_record (card))
    {
      free_card (card);
      return;
    }
  build (card);
  show_record (card);
  quay_ui_show_card (anywhere, card->card, card->posted ? card->print : card->post);
}

static Card *
new_card (QuayTill *till, QuaySettleChanged changed, gpointer data)
{
  Card *card = g_new0 (Card, 1);
  card->till = g_object_ref (till);
  card->model = quay_row_model_new ();
  card->changed = changed;
  card->data = data;
  return card;
}

void
quay_settle_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *producer,
                       QuaySettleChanged changed, gpointer data)
{
  Card *card = new_card (till, changed, data);
  card->id = quay_till_new_id (till);
  card->producer = *producer;
  open_card (anywhere, card);
}

void
quay_settle_card_show (GtkWidget *anywhere, QuayTill *till, const QuayId *settlement,
                       QuaySettleChanged changed, gpointer data)
{
  Card *card = new_card (till, changed, data);
  card->id = *settlement;
  card->posted = TRUE;
  open_card (anywhere, card);
}
