/* Booking into a producer's account. Main thread. */
#include "quay-entry-dialog.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-sale.h"
#include "quay-till-partner.h"
#include "quay-till-settle.h"
#include "quay-ui.h"

#include <string.h>

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;      /* of the entry, whichever try books it */
  QuayId producer;
  QuayId doc;
  char *kind;
  GtkWidget *card;
  GtkWidget *amount; /* NULL: the sale says it */
  GtkWidget *amount_row;
  GtkWidget *sale;
  GtkWidget *sale_row;
  GtkWidget *way; /* NULL: no money moves, or it is no choice */
  GtkWidget *sign;
  GtkWidget *ref;
  GtkWidget *ref_row;
  GtkWidget *why;
  GtkWidget *why_row;
  QuayEntryDone done;
  gpointer data;
} Dialog;

static const struct
{
  const char *kind;
  const char *title;
  const char *ok;
  gboolean money;
  gboolean needs_why;
} TASKS[] = {
  { "payout", N_ ("Pay out"), N_ ("Pay out"), TRUE, FALSE },
  { "advance", N_ ("Give an advance"), N_ ("Give"), TRUE, FALSE },
  { "goods", N_ ("Goods the producer took"), N_ ("Take off"), FALSE, FALSE },
  { "charge", N_ ("Charge the producer"), N_ ("Charge"), FALSE, TRUE },
  { "correction", N_ ("Correct the account"), N_ ("Correct"), FALSE, TRUE },
};

static guint
task_of (const char *kind)
{
  guint task = 0;
  while (task + 1 < G_N_ELEMENTS (TASKS) && strcmp (TASKS[task].kind, kind) != 0)
    task++;
  return task;
}

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;
  g_object_unref (dialog->till);
  g_free (dialog->kind);
  g_free (dialog);
}

/* --- booking --- */

static gboolean
is_cash (Dialog *dialog)
{
  return dialog->way == NULL || gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->way)) == 0;
}

static char *
book (Dialog *dialog, GError **error)
{
  guint task = task_of (dialog->kind);
  QuayMoney amount = QUAY_DONG (0);
  if (dialog->sale != NULL)
    {
      g_autofree char *number = g_strstrip (g_strdup (quay_form_text (dialog->sale)));
      if (!quay_ui_form_row_check (dialog->sale_row, number[0] != '\0',
                                   _ ("Type the number of the receipt.")))
        return NULL;
      return quay_till_take_off_sale (dialog->till, &dialog->id, &dialog->producer, number, error);
    }
  gboolean typed = quay_ui_money_entry_get (dialog->amount, &amount) && amount.dong > 0;
  if (!quay_ui_form_row_check (dialog->amount_row, typed,
                               _ ("Type an amount, as 500.000 or 500k.")))
    return NULL;
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (dialog->why)));
  if (!quay_ui_form_row_check (dialog->why_row, !TASKS[task].needs_why || why[0] != '\0',
                               _ ("Say why: it is kept in the account.")))
    return NULL;
  gboolean more =
      dialog->sign != NULL && gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->sign)) == 0;
  QuayEntry entry = { .producer = dialog->producer,
                      .kind = dialog->kind,
                      .amount = more ? amount : QUAY_DONG (-amount.dong),
                      .money = TASKS[task].money,
                      .tender = is_cash (dialog) ? QUAY_TENDER_CASH : QUAY_TENDER_TRANSFER,
                      .doc = dialog->doc,
                      .why = why[0] != '\0' ? why : NULL };
  if (dialog->ref != NULL && !is_cash (dialog) && quay_form_text (dialog->ref)[0] != '\0')
    entry.ref = (char *)quay_form_text (dialog->ref);
  if (!entry.money)
    entry.tender = 0;
  return quay_till_post_entry (dialog->till, &dialog->id, &entry, error);
}

static const char *
refused_text (Dialog *dialog, const GError *error)
{
  if (dialog->sale != NULL && g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    return _ ("There is no such sale.");
  if (dialog->sale != NULL && g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    return _ ("This sale was taken off before, or was not paid in one way.");
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    return _ ("This is more than is owed. What goes beyond it is an advance.");
  return NULL;
}

static void
ok_cb (GtkWidget *widget, gpointer data)
{
  Dialog *dialog = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = book (dialog, &error);
  if (number == NULL && error == NULL)
    return;
  const char *refused = number == NULL ? refused_text (dialog, error) : NULL;
  if (refused != NULL)
    {
      quay_ui_form_row_set_fault (dialog->sale != NULL ? dialog->sale_row : dialog->amount_row,
                                  refused);
      return;
    }
  if (number == NULL)
    {
      quay_ui_show_error (dialog->card, _ ("This was not recorded"), error);
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
        dialog->id = quay_till_new_id (dialog->till);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Recorded: %s"), number);
  quay_ui_toast (dialog->card, text);
  if (dialog->done != NULL)
    dialog->done (&dialog->id, dialog->data);
  quay_ui_close_card (dialog->card);
}

static void
way_cb (GtkDropDown *way, GParamSpec *pspec, gpointer data)
{
  Dialog *dialog = data;
  gtk_widget_set_visible (dialog->ref_row, !is_cash (dialog));
}

/* --- building --- */

static GtkWidget *
add_row (Dialog *dialog, const char *title, GtkWidget *control, const char *hint)
{
  GtkWidget *row = quay_ui_form_row (title, control, hint);
  gtk_box_append (GTK_BOX (dialog->card), row);
  if (GTK_IS_ENTRY (control))
    g_signal_connect (control, "activate", G_CALLBACK (ok_cb), dialog);
  return row;
}

static void
add_way (Dialog *dialog, const QuayPartner *partner)
{
  const char *ways[] = { _ ("Cash from the drawer"), _ ("Bank transfer"), NULL };
  g_autofree char *hint =
      partner->account != NULL
          ? g_strdup_printf ("%s · %s · %s", partner->bank != NULL ? partner->bank : "",
                             partner->account, partner->holder != NULL ? partner->holder : "")
          : NULL;
  dialog->way = quay_ui_choice (_ ("How"), ways);
  add_row (dialog, _ ("How"), dialog->way, NULL);
  dialog->ref = quay_ui_code_entry (_ ("Reference of the transfer"));
  dialog->ref_row = add_row (dialog, _ ("Reference of the transfer"), dialog->ref, hint);
  gtk_widget_set_visible (dialog->ref_row, FALSE);
  g_signal_connect (dialog->way, "notify::selected", G_CALLBACK (way_cb), dialog);
}

static void
add_fields (Dialog *dialog, const QuayPartner *partner)
{
  guint task = task_of (dialog->kind);
  if (strcmp (dialog->kind, "goods") == 0)
    {
      dialog->sale = quay_ui_code_entry (_ ("Receipt number"));
      dialog->sale_row = add_row (
          dialog, _ ("Receipt number"), dialog->sale,
          _ ("Sell the goods at the counter as any other, then take the receipt off here."));
      return;
    }
  if (strcmp (dialog->kind, "correction") == 0)
    {
      const char *signs[] = { _ ("The shop owes more"), _ ("The shop owes less"), NULL };
      dialog->sign = quay_ui_choice (_ ("Which way"), signs);
      add_row (dialog, _ ("Which way"), dialog->sign, NULL);
    }
  dialog->amount = quay_ui_money_entry (_ ("How much"));
  if (strcmp (dialog->kind, "payout") == 0 && partner->owed.dong > 0)
    quay_ui_money_entry_set (dialog->amount, partner->owed);
  dialog->amount_row = add_row (dialog, _ ("How much"), dialog->amount, NULL);
  if (TASKS[task].money)
    add_way (dialog, partner);
  dialog->why = quay_ui_entry (_ ("What for"));
  gtk_entry_set_max_length (GTK_ENTRY (dialog->why), 70);
  dialog->why_row = add_row (dialog, _ ("What for"), dialog->why, NULL);
}

static void
add_owed (Dialog *dialog, const QuayPartner *partner)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *name = quay_ui_wrapped_label (partner->name, "dim", 30, 1);
  GtkWidget *figure = quay_ui_number_label ("heading");
  g_autofree char *amount = quay_format_money (partner->owed, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("owed %s"), amount);
  gtk_widget_set_hexpand (name, TRUE);
  quay_ui_set_text (figure, text);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (dialog->card), row);
}

void
quay_entry_dialog_open (GtkWidget *anywhere, QuayTill *till, const QuayId *producer,
                        const char *kind, const QuayId *doc, QuayEntryDone done, gpointer data)
{
  g_autoptr (QuayPartner) partner = quay_till_partner (till, producer);
  guint task = task_of (kind);
  if (partner == NULL)
    return;
  Dialog *dialog = g_new0 (Dialog, 1);
  *dialog = (Dialog){ .till = g_object_ref (till),
                      .id = quay_till_new_id (till),
                      .producer = *producer,
                      .doc = doc != NULL ? *doc : QUAY_ID_NIL,
                      .kind = g_strdup (TASKS[task].kind),
                      .done = done,
                      .data = data };
  dialog->card = quay_ui_card_new (_ (TASKS[task].title), NULL);
  g_object_set_data_full (G_OBJECT (dialog->card), "quay-dialog", dialog, free_dialog);
  add_owed (dialog, partner);
  add_fields (dialog, partner);
  GtkWidget *ok = quay_ui_card_foot (dialog->card, _ (TASKS[task].ok), NULL);
  quay_ui_set_id (ok, "entry-ok");
  g_signal_connect (ok, "clicked", G_CALLBACK (ok_cb), dialog);
  quay_ui_show_card (anywhere, dialog->card, dialog->sale != NULL ? dialog->sale : dialog->amount);
}
