/* Cards about the cash drawer. Each asks at most an amount and a reason; whoever takes money out or
 * finds a difference has to say why. Main thread. */
#include "quay-cash-dialog.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-sales.h"
#include "quay-ui.h"

struct _QuayCashDialog
{
  GtkBox parent;
  QuayTill *till;
  QuayCashTask task;
  QuayCashDone done;
  gpointer data;
  QuayId id;          /* of the movement, whichever try records it */
  QuayMoney expected; /* cash that should be in the drawer; closing only */
  GtkWidget *amount;
  GtkWidget *amount_row;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *difference;
  GtkWidget *ok;
};

G_DEFINE_FINAL_TYPE (QuayCashDialog, quay_cash_dialog, GTK_TYPE_BOX)

static const struct
{
  const char *title;
  const char *amount; /* NULL: none is asked */
  const char *why;    /* NULL: no reason is asked */
  const char *ok;
} TASKS[] = {
  [QUAY_CASH_OPEN_SHIFT] = { N_ ("Open a shift"), N_ ("Cash in the drawer now"), NULL,
                             N_ ("Open the shift") },
  [QUAY_CASH_CLOSE_SHIFT] = { N_ ("Close the shift"), N_ ("Cash counted in the drawer"),
                              N_ ("Reason for the difference"), N_ ("Close the shift") },
  [QUAY_CASH_IN] = { N_ ("Put cash in"), N_ ("How much"), N_ ("What for"), N_ ("Put in") },
  [QUAY_CASH_OUT] = { N_ ("Take cash out"), N_ ("How much"), N_ ("What for"), N_ ("Take out") },
  [QUAY_CASH_OPEN_DRAWER] = { N_ ("Open the drawer without a sale"), NULL, N_ ("Why"),
                              N_ ("Open the drawer") },
};

static QuayMoney
difference_of (QuayCashDialog *dialog, QuayMoney counted)
{
  QuayMoney difference = QUAY_DONG (0);
  if (!quay_money_sub (counted, dialog->expected, &difference))
    return QUAY_DONG (0);
  return difference;
}

static gboolean
asks_why (QuayCashDialog *dialog, QuayMoney amount)
{
  if (TASKS[dialog->task].why == NULL)
    return FALSE;
  return dialog->task != QUAY_CASH_CLOSE_SHIFT || difference_of (dialog, amount).dong != 0;
}

static void
show_difference (QuayCashDialog *dialog)
{
  QuayMoney counted;
  gboolean any = quay_ui_money_entry_get (dialog->amount, &counted);
  QuayMoney difference = difference_of (dialog, counted);
  QuayMoney size = QUAY_DONG (ABS (difference.dong));
  g_autofree char *amount = quay_format_money (size, QUAY_MONEY_SIGN);
  g_autofree char *text = NULL;
  if (!any)
    text = g_strdup ("");
  else if (difference.dong == 0)
    text = g_strdup (_ ("The drawer is right."));
  else if (difference.dong > 0)
    text = g_strdup_printf (_ ("Too much: %s"), amount);
  else
    text = g_strdup_printf (_ ("Missing: %s"), amount);
  quay_ui_set_text (dialog->difference, text);
  quay_ui_toggle_class (dialog->difference, "bad-text", any && difference.dong != 0);
  quay_ui_toggle_class (dialog->difference, "good-text", any && difference.dong == 0);
  gtk_widget_set_visible (dialog->why_row, any && difference.dong != 0);
}

static void
amount_changed_cb (QuayCashDialog *dialog)
{
  quay_ui_form_row_set_fault (dialog->amount_row, NULL);
  if (dialog->task == QUAY_CASH_CLOSE_SHIFT)
    show_difference (dialog);
}

/* TRUE with @amount and @why, which is not owned, if everything is there. */
static gboolean
read_answers (QuayCashDialog *dialog, QuayMoney *amount, const char **why)
{
  *amount = QUAY_DONG (0);
  *why = dialog->why != NULL ? quay_form_text (dialog->why) : NULL;
  if (dialog->amount != NULL && !quay_ui_money_entry_get (dialog->amount, amount))
    {
      quay_ui_form_row_set_fault (dialog->amount_row, _ ("Type an amount, as 500.000 or 500k."));
      gtk_widget_grab_focus (dialog->amount);
      return FALSE;
    }
  gboolean moves = dialog->task == QUAY_CASH_IN || dialog->task == QUAY_CASH_OUT;
  if (moves && amount->dong == 0)
    {
      quay_ui_form_row_set_fault (dialog->amount_row, _ ("The amount must be above 0."));
      gtk_widget_grab_focus (dialog->amount);
      return FALSE;
    }
  g_autofree char *reason = *why != NULL ? g_strstrip (g_strdup (*why)) : NULL;
  if (asks_why (dialog, *amount) && reason[0] == '\0')
    {
      quay_ui_form_row_set_fault (dialog->why_row, _ ("Say why: it is kept with the day."));
      gtk_widget_grab_focus (dialog->why);
      return FALSE;
    }
  return TRUE;
}

static gboolean
do_task (QuayCashDialog *dialog, QuayMoney amount, const char *why, GError **error)
{
  g_autofree char *number = NULL;
  QuayMoney difference;
  switch (dialog->task)
    {
    case QUAY_CASH_OPEN_SHIFT:
      number = quay_till_open_shift (dialog->till, amount, error);
      return number != NULL;
    case QUAY_CASH_CLOSE_SHIFT:
      return quay_till_close_shift (dialog->till, amount, why, &difference, error);
    case QUAY_CASH_IN:
      number = quay_till_move_cash (dialog->till, &dialog->id, amount, why, error);
      return number != NULL;
    case QUAY_CASH_OUT:
      number =
          quay_till_move_cash (dialog->till, &dialog->id, QUAY_DONG (-amount.dong), why, error);
      return number != NULL;
    case QUAY_CASH_OPEN_DRAWER:
      return quay_till_open_drawer (dialog->till, why, error);
    }
  return FALSE;
}

static void ok_cb (QuayCashDialog *dialog);

static void
ok_again (GtkWidget *dialog)
{
  ok_cb (QUAY_CASH_DIALOG (dialog));
}

static void
ok_cb (QuayCashDialog *dialog)
{
  QuayMoney amount;
  const char *why;
  g_autoptr (GError) error = NULL;
  if (!read_answers (dialog, &amount, &why))
    return;
  if (!do_task (dialog, amount, why, &error))
    {
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
        quay_approve_card_retry (GTK_WIDGET (dialog), ok_again);
      quay_ui_show_error (GTK_WIDGET (dialog), _ ("This was not recorded"), error);
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
        dialog->id = quay_till_new_id (dialog->till); /* what is typed now is another one */
      return;
    }
  quay_ui_toast (GTK_WIDGET (dialog), _ ("Recorded."));
  QuayCashDone done = dialog->done;
  gpointer data = dialog->data;
  quay_ui_close_card (GTK_WIDGET (dialog));
  if (done != NULL)
    done (data);
}

static void
cancel_cb (QuayCashDialog *dialog)
{
  quay_ui_close_card (GTK_WIDGET (dialog));
}

static void
add_expected (QuayCashDialog *dialog)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = quay_ui_label (_ ("Should be in the drawer"), "dim");
  GtkWidget *figure = quay_ui_number_label ("heading");
  g_autofree char *number = NULL;
  quay_till_shift (dialog->till, &number, &dialog->expected);
  gtk_widget_set_hexpand (title, TRUE);
  quay_ui_set_money (figure, dialog->expected, QUAY_MONEY_SIGN);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (dialog), row);
}

static void
add_fields (QuayCashDialog *dialog)
{
  if (dialog->task == QUAY_CASH_CLOSE_SHIFT)
    add_expected (dialog);
  if (TASKS[dialog->task].amount != NULL)
    {
      const char *title = _ (TASKS[dialog->task].amount);
      dialog->amount = quay_ui_money_entry (title);
      quay_ui_set_id (dialog->amount, "cash-amount");
      dialog->amount_row = quay_ui_form_row (title, dialog->amount, NULL);
      gtk_box_append (GTK_BOX (dialog), dialog->amount_row);
      g_signal_connect_swapped (dialog->amount, "changed", G_CALLBACK (amount_changed_cb), dialog);
      g_signal_connect_swapped (dialog->amount, "activate", G_CALLBACK (ok_cb), dialog);
    }
  dialog->difference = quay_ui_label (NULL, "heading num");
  gtk_widget_set_visible (dialog->difference, dialog->task == QUAY_CASH_CLOSE_SHIFT);
  gtk_box_append (GTK_BOX (dialog), dialog->difference);
  if (TASKS[dialog->task].why == NULL)
    return;
  const char *title = _ (TASKS[dialog->task].why);
  dialog->why = quay_ui_entry (title);
  gtk_entry_set_max_length (GTK_ENTRY (dialog->why), 200);
  quay_ui_set_id (dialog->why, "cash-why");
  dialog->why_row = quay_ui_form_row (title, dialog->why, NULL);
  gtk_widget_set_visible (dialog->why_row, dialog->task != QUAY_CASH_CLOSE_SHIFT);
  gtk_box_append (GTK_BOX (dialog), dialog->why_row);
  g_signal_connect_swapped (dialog->why, "activate", G_CALLBACK (ok_cb), dialog);
}

static void
build (QuayCashDialog *dialog)
{
  const char *title = _ (TASKS[dialog->task].title);
  gtk_box_append (GTK_BOX (dialog), quay_ui_wrapped_label (title, "card-title", 44, 2));
  quay_ui_set_label (GTK_WIDGET (dialog), title);
  add_fields (dialog);
  GtkWidget *buttons = quay_ui_card_buttons (GTK_WIDGET (dialog));
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  dialog->ok = quay_ui_button (NULL, _ (TASKS[dialog->task].ok), "Enter", "main");
  quay_ui_set_id (dialog->ok, "cash-ok");
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), dialog->ok);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), dialog);
  g_signal_connect_swapped (dialog->ok, "clicked", G_CALLBACK (ok_cb), dialog);
}

static void
quay_cash_dialog_dispose (GObject *object)
{
  g_clear_object (&QUAY_CASH_DIALOG (object)->till);
  G_OBJECT_CLASS (quay_cash_dialog_parent_class)->dispose (object);
}

static void
quay_cash_dialog_class_init (QuayCashDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_cash_dialog_dispose;
}

static void
quay_cash_dialog_init (QuayCashDialog *dialog)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (dialog), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (dialog), 14);
  gtk_widget_add_css_class (GTK_WIDGET (dialog), "card");
}

void
quay_cash_dialog_open (GtkWidget *anywhere, QuayTill *till, QuayCashTask task, QuayCashDone done,
                       gpointer data)
{
  QuayCashDialog *dialog = g_object_new (QUAY_TYPE_CASH_DIALOG, NULL);
  dialog->till = g_object_ref (till);
  dialog->id = quay_till_new_id (till);
  dialog->task = task;
  dialog->done = done;
  dialog->data = data;
  build (dialog);
  quay_ui_show_card (anywhere, GTK_WIDGET (dialog),
                     dialog->amount != NULL ? dialog->amount : dialog->why);
}
