/* Cards about the cash drawer. Each asks at most an amount, a reason and who; whoever takes money
 * out has to say why, and where takings go. Main thread. */
#include "quay-cash-dialog.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-sales.h"
#include "quay-till-shift.h"
#include "quay-ui.h"

#define TEXT_MAX 70

struct _QuayCashDialog
{
  GtkBox parent;
  QuayTill *till;
  QuayCashTask task;
  QuayCashDone done;
  gpointer data;
  QuayId id;        /* of the movement, whichever try records it */
  const char *kind; /* of a movement: NULL, "bank" or "safe" */
  GtkWidget *amount;
  GtkWidget *amount_row;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *party;
  GtkWidget *ok;
};

G_DEFINE_FINAL_TYPE (QuayCashDialog, quay_cash_dialog, GTK_TYPE_BOX)

static const struct
{
  const char *title;
  const char *amount; /* NULL: none is asked */
  const char *party;  /* NULL: nobody is asked for */
  const char *why;
  const char *ok;
} TASKS[] = {
  [QUAY_CASH_IN] = { N_ ("Put cash in"), N_ ("How much"), N_ ("Who gives it"), N_ ("What for"),
                     N_ ("Put in") },
  [QUAY_CASH_OUT] = { N_ ("Take cash out"), N_ ("How much"), N_ ("Who takes it"), N_ ("What for"),
                      N_ ("Take out") },
  [QUAY_CASH_OPEN_DRAWER] = { N_ ("Open the drawer without a sale"), NULL, NULL, N_ ("Why"),
                              N_ ("Open the drawer") },
};

static void
amount_changed_cb (QuayCashDialog *dialog)
{
  quay_ui_form_row_set_fault (dialog->amount_row, NULL);
}

/* TRUE with @amount and @why, which is not owned, if everything is there. */
static gboolean
read_answers (QuayCashDialog *dialog, QuayMoney *amount, const char **why)
{
  *amount = QUAY_DONG (0);
  *why = quay_form_text (dialog->why);
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
  g_autofree char *reason = g_strstrip (g_strdup (*why));
  if (reason[0] == '\0')
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
  if (dialog->task == QUAY_CASH_OPEN_DRAWER)
    return quay_till_open_drawer (dialog->till, why, error);
  gboolean out = dialog->task == QUAY_CASH_OUT;
  QuayCashAsk ask = { .amount = QUAY_DONG (out ? -amount.dong : amount.dong),
                      .why = why,
                      .kind = dialog->kind,
                      .party = quay_form_text (dialog->party) };
  g_autofree char *number = quay_till_book_cash (dialog->till, &dialog->id, &ask, error);
  return number != NULL;
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
kind_cb (GtkToggleButton *chip, QuayCashDialog *dialog)
{
  if (gtk_toggle_button_get_active (chip))
    dialog->kind = g_object_get_data (G_OBJECT (chip), "quay-kind");
}

/* Where cash goes that is taken out. */
static void
add_kinds (QuayCashDialog *dialog)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } kinds[] = {
    { NULL, N_ ("An expense") },
    { "bank", N_ ("To the bank") },
    { "safe", N_ ("Into the safe") },
  };
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_ (kinds[i].text));
      gtk_widget_add_css_class (chip, "chip");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), i == 0);
      g_object_set_data (G_OBJECT (chip), "quay-kind", (gpointer)kinds[i].kind);
      g_signal_connect (chip, "toggled", G_CALLBACK (kind_cb), dialog);
      gtk_box_append (GTK_BOX (chips), chip);
      group = group != NULL ? group : chip;
    }
  gtk_box_append (GTK_BOX (dialog), chips);
}

static void
typed_cb (GtkWidget *row)
{
  quay_ui_form_row_set_fault (row, NULL);
}

static GtkWidget *
add_text (QuayCashDialog *dialog, const char *title, GtkWidget **row)
{
  GtkWidget *entry = quay_ui_entry (title);
  gtk_entry_set_max_length (GTK_ENTRY (entry), TEXT_MAX);
  *row = quay_ui_form_row (title, entry, NULL);
  gtk_box_append (GTK_BOX (dialog), *row);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (ok_cb), dialog);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), *row);
  return entry;
}

static void
add_fields (QuayCashDialog *dialog)
{
  if (dialog->task == QUAY_CASH_OUT)
    add_kinds (dialog);
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
  dialog->why = add_text (dialog, _ (TASKS[dialog->task].why), &dialog->why_row);
  quay_ui_set_id (dialog->why, "cash-why");
  if (TASKS[dialog->task].party == NULL)
    return;
  GtkWidget *row;
  dialog->party = add_text (dialog, _ (TASKS[dialog->task].party), &row);
  quay_ui_set_id (dialog->party, "cash-party");
}

static void
build (QuayCashDialog *dialog)
{
  const char *title = _ (TASKS[dialog->task].title);
  gtk_box_append (GTK_BOX (dialog), quay_ui_wrapped_label (title, "card-title", 44, 2));
  quay_ui_set_label (GTK_WIDGET (dialog), title);
  add_fields (dialog);
  dialog->ok = quay_ui_card_foot (GTK_WIDGET (dialog), _ (TASKS[dialog->task].ok), "Enter");
  quay_ui_set_id (dialog->ok, "cash-ok");
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
