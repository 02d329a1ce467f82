/* Paying a debt, what was owed before, what is written off. Main thread. */
#include "quay-debt-dialog.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-ui.h"

#include <string.h>

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;      /* of the entry, whichever try records it */
  QuayId customer;
  char *kind;
  QuayMoney debt;
  GtkWidget *card;
  GtkWidget *amount;
  GtkWidget *amount_row;
  GtkWidget *way;
  GtkWidget *ref;
  GtkWidget *ref_row;
  GtkWidget *sign;
  GtkWidget *why;
  GtkWidget *why_row;
  QuayDebtDone done;
  gpointer data;
  GtkWidget *ok;
} Dialog;

static const struct
{
  const char *kind;
  const char *title;
  const char *ok;
} TASKS[] = {
  { "paid", N_ ("Pay a debt"), N_ ("Take the money") },
  { "opening", N_ ("Owed before"), N_ ("Record") },
  { "adjusted", N_ ("Adjust the account"), N_ ("Adjust") },
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

/* In the order of the choice. */
static gint64
tender_of (Dialog *dialog)
{
  static const gint64 tenders[] = { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, QUAY_TENDER_CARD };
  guint way = dialog->way != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->way)) : 0;
  return tenders[MIN (way, 2)];
}

static char *
record (Dialog *dialog, GError **error)
{
  QuayMoney amount = QUAY_DONG (0);
  gboolean adjusts = dialog->sign != NULL;
  gboolean typed = quay_ui_money_entry_get (dialog->amount, &amount) && amount.dong > 0;
  if (!quay_ui_form_row_check (dialog->amount_row, typed,
                               _ ("Type an amount, as 500.000 or 500k.")))
    return NULL;
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (dialog->why)));
  if (!quay_ui_form_row_check (dialog->why_row, !adjusts || why[0] != '\0',
                               _ ("Say why: it is kept in the account.")))
    return NULL;
  gboolean back = strcmp (dialog->kind, "paid") == 0 && dialog->debt.dong < 0;
  gboolean less = adjusts && gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->sign)) == 0;
  QuayDebtEntry entry = { .customer = dialog->customer,
                          .kind = dialog->kind,
                          .amount = back || less ? QUAY_DONG (-amount.dong) : amount,
                          .tender = tender_of (dialog),
                          .ref = dialog->ref != NULL && tender_of (dialog) != QUAY_TENDER_CASH
                                     ? quay_form_text (dialog->ref)
                                     : NULL,
                          .why = why };
  return quay_till_post_debt (dialog->till, &dialog->id, &entry, error);
}

static void
ok_cb (GtkWidget *widget, gpointer data)
{
  Dialog *dialog = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = record (dialog, &error);
  if (number == NULL && error == NULL)
    return;
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    {
      quay_ui_form_row_set_fault (dialog->amount_row,
                                  strcmp (dialog->kind, "opening") == 0
                                      ? _ ("What was owed before is written down already.")
                                      : _ ("This is more than is owed."));
      return;
    }
  if (number == NULL)
    {
      quay_ui_show_error (dialog->card, _ ("This was not recorded"), error);
      quay_approve_card_press_again (dialog->ok, error);
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
        dialog->id = quay_till_new_id (dialog->till);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Recorded: %s"), number);
  QuayDebtDone done = dialog->done;
  gpointer user = dialog->data;
  quay_ui_toast (dialog->card, text);
  quay_ui_close_card (dialog->card);
  if (done != NULL)
    done (number, user);
}

static void
way_cb (GtkDropDown *way, GParamSpec *pspec, gpointer data)
{
  Dialog *dialog = data;
  gtk_widget_set_visible (dialog->ref_row, tender_of (dialog) != QUAY_TENDER_CASH);
}

/* --- building --- */

static GtkWidget *
add_row (Dialog *dialog, const char *title, GtkWidget *control)
{
  GtkWidget *row = quay_ui_form_row (title, control, NULL);
  gtk_box_append (GTK_BOX (dialog->card), row);
  if (GTK_IS_ENTRY (control))
    g_signal_connect (control, "activate", G_CALLBACK (ok_cb), dialog);
  return row;
}

static void
add_who (Dialog *dialog, const QuayCustomer *customer)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *title = quay_customer_title (customer);
  GtkWidget *name = quay_ui_wrapped_label (title, "dim", 30, 1);
  GtkWidget *figure = quay_ui_number_label ("heading");
  gtk_widget_set_hexpand (name, TRUE);
  quay_ui_set_money (figure, customer->debt, QUAY_MONEY_SIGN);
  quay_ui_set_description (figure, _ ("Still owed"));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (dialog->card), row);
}

static void
add_fields (Dialog *dialog)
{
  gboolean paid = strcmp (dialog->kind, "paid") == 0;
  gboolean back = paid && dialog->debt.dong < 0;
  const char *ways[] = { back ? _ ("Cash from the drawer") : _ ("Cash into the drawer"),
                         _ ("Bank transfer"), _ ("Card"), NULL };
  const char *signs[] = { _ ("The customer owes less"), _ ("The customer owes more"), NULL };
  if (strcmp (dialog->kind, "adjusted") == 0)
    {
      dialog->sign = quay_ui_choice (_ ("Which way"), signs);
      add_row (dialog, _ ("Which way"), dialog->sign);
    }
  dialog->amount = quay_ui_money_entry (_ ("How much"));
  quay_ui_set_id (dialog->amount, "debt-amount");
  if (paid)
    quay_ui_money_entry_set (dialog->amount, QUAY_DONG (ABS (dialog->debt.dong)));
  dialog->amount_row = add_row (dialog, _ ("How much"), dialog->amount);
  if (paid)
    {
      dialog->way = quay_ui_choice (_ ("How"), ways);
      add_row (dialog, _ ("How"), dialog->way);
      dialog->ref = quay_ui_code_entry (_ ("Reference"));
      dialog->ref_row = add_row (dialog, _ ("Reference"), dialog->ref);
      gtk_widget_set_visible (dialog->ref_row, FALSE);
      g_signal_connect (dialog->way, "notify::selected", G_CALLBACK (way_cb), dialog);
    }
  dialog->why = quay_ui_entry (_ ("What for"));
  gtk_entry_set_max_length (GTK_ENTRY (dialog->why), 70);
  dialog->why_row = add_row (dialog, _ ("What for"), dialog->why);
}

void
quay_debt_dialog_open (GtkWidget *anywhere, QuayTill *till, const QuayId *id, const char *kind,
                       QuayDebtDone done, gpointer data)
{
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, id);
  guint task = task_of (kind);
  if (customer == NULL)
    return;
  gboolean back = strcmp (kind, "paid") == 0 && customer->debt.dong < 0;
  Dialog *dialog = g_new0 (Dialog, 1);
  *dialog = (Dialog){ .till = g_object_ref (till),
                      .id = quay_till_new_id (till),
                      .customer = *id,
                      .kind = g_strdup (TASKS[task].kind),
                      .debt = customer->debt,
                      .done = done,
                      .data = data };
  dialog->card =
      quay_ui_card_new (back ? _ ("Give back what was paid ahead") : _ (TASKS[task].title), NULL);
  g_object_set_data_full (G_OBJECT (dialog->card), "quay-dialog", dialog, free_dialog);
  add_who (dialog, customer);
  add_fields (dialog);
  dialog->ok =
      quay_ui_card_foot (dialog->card, back ? _ ("Give back") : _ (TASKS[task].ok), "Enter");
  quay_ui_set_id (dialog->ok, "debt-ok");
  g_signal_connect (dialog->ok, "clicked", G_CALLBACK (ok_cb), dialog);
  quay_ui_show_card (anywhere, dialog->card, dialog->amount);
}
