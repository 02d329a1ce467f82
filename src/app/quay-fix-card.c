/* A tender put right: the sale stays, what it was paid with is corrected. Main thread. */
#include "quay-refund-card.h"

#include "quay-approve-card.h"
#include "quay-form.h"
#include "quay-ui.h"

#define N_TENDERS 4

static const gint64 TENDERS[N_TENDERS] = { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, QUAY_TENDER_CARD,
                                           QUAY_TENDER_DEBT };

typedef struct
{
  QuayTill *till; /* owned */
  QuaySaleRecord *sale;
  QuayId id;
  GtkWidget *card;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *amount;
  GtkWidget *amount_row;
  GtkWidget *ref;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *ok;
} Fix;

static void
free_fix (gpointer data)
{
  Fix *fix = data;
  quay_sale_record_free (fix->sale);
  g_object_unref (fix->till);
  g_free (fix);
}

static gint64
chosen (GtkWidget *choice)
{
  guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return TENDERS[MIN (i, N_TENDERS - 1)];
}

/* All that it has by the tender is proposed. */
static void
from_cb (Fix *fix)
{
  QuayMoney left = quay_till_paid_by (fix->till, fix->sale, chosen (fix->from));
  g_autofree char *text = quay_format_money (left, QUAY_MONEY_SIGN);
  g_autofree char *hint = g_strdup_printf (_ ("Recorded: %s"), text);
  quay_ui_money_entry_set (fix->amount, left);
  quay_ui_form_row_set_fault (fix->amount_row, NULL);
  quay_ui_set_description (fix->amount, hint);
}

static void
commit (Fix *fix, QuayMoney amount, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number =
      quay_till_fix_payment (fix->till, &fix->id, fix->sale->number, chosen (fix->from),
                             chosen (fix->to), amount, quay_form_text (fix->ref), why, &error);
  if (number == NULL)
    {
      quay_ui_show_error (fix->card, _ ("This was not recorded"), error);
      quay_approve_card_press_again (fix->ok, error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Put right: %s."), number);
  quay_ui_toast (fix->card, text);
  quay_ui_close_card (fix->card);
}

static void
ok_cb (Fix *fix)
{
  QuayMoney amount;
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (fix->why)));
  QuayMoney left = quay_till_paid_by (fix->till, fix->sale, chosen (fix->from));
  quay_ui_form_row_set_fault (fix->amount_row, NULL);
  quay_ui_form_row_set_fault (fix->why_row, NULL);
  if (!quay_ui_money_entry_get (fix->amount, &amount) || amount.dong <= 0 ||
      amount.dong > left.dong)
    {
      g_autofree char *text = quay_format_money (left, QUAY_MONEY_SIGN);
      g_autofree char *fault =
          left.dong > 0 ? g_strdup_printf (_ ("Write an amount, at most %s."), text)
                        : g_strdup (_ ("Nothing was paid in this way: choose another on top."));
      quay_ui_form_row_set_fault (fix->amount_row, fault);
      gtk_widget_grab_focus (fix->amount);
    }
  else if (chosen (fix->from) == chosen (fix->to))
    {
      quay_ui_form_row_set_fault (fix->amount_row, _ ("Choose two different ways of paying."));
      gtk_widget_grab_focus (fix->to);
    }
  else if (why[0] == '\0')
    {
      quay_ui_form_row_set_fault (fix->why_row, _ ("Say why: it is kept with the day."));
      gtk_widget_grab_focus (fix->why);
    }
  else
    commit (fix, amount, why);
}

static void
add_fields (Fix *fix)
{
  gboolean known = !quay_id_is_nil (&fix->sale->customer);
  const char *const ways[] = { _ ("Cash"), _ ("Bank transfer"), _ ("Card"),
                               known ? _ ("On debt") : NULL, NULL };
  fix->from = quay_ui_choice (_ ("Recorded as"), ways);
  fix->to = quay_ui_choice (_ ("Really paid by"), ways);
  fix->amount = quay_ui_money_entry (_ ("How much"));
  fix->amount_row = quay_ui_form_row (_ ("How much"), fix->amount, NULL);
  fix->ref = quay_ui_code_entry (_ ("Reference"));
  fix->why = quay_ui_entry (_ ("Why"));
  fix->why_row = quay_ui_form_row (_ ("Why"), fix->why, NULL);
  gtk_entry_set_max_length (GTK_ENTRY (fix->ref), 60);
  gtk_entry_set_max_length (GTK_ENTRY (fix->why), 70);
  for (guint i = 0; i < N_TENDERS; i++)
    if (quay_till_paid_by (fix->till, fix->sale, TENDERS[i]).dong > 0)
      {
        gtk_drop_down_set_selected (GTK_DROP_DOWN (fix->from), i);
        gtk_drop_down_set_selected (GTK_DROP_DOWN (fix->to), i == 0 ? 1 : 0);
        break;
      }
  gtk_box_append (GTK_BOX (fix->card), quay_ui_form_row (_ ("Recorded as"), fix->from, NULL));
  gtk_box_append (GTK_BOX (fix->card), quay_ui_form_row (_ ("Really paid by"), fix->to, NULL));
  gtk_box_append (GTK_BOX (fix->card), fix->amount_row);
  gtk_box_append (GTK_BOX (fix->card), quay_ui_form_row (_ ("Reference"), fix->ref,
                                                         _ ("Of the bank, if there is one.")));
  gtk_box_append (GTK_BOX (fix->card), fix->why_row);
  g_signal_connect_swapped (fix->from, "notify::selected", G_CALLBACK (from_cb), fix);
  g_signal_connect_swapped (fix->amount, "activate", G_CALLBACK (ok_cb), fix);
  g_signal_connect_swapped (fix->why, "activate", G_CALLBACK (ok_cb), fix);
  from_cb (fix);
}

void
quay_fix_card_open (GtkWidget *anywhere, QuayTill *till, const QuaySaleRecord *sale)
{
  QuaySaleRecord *whole = quay_till_sale (till, sale->number);
  if (whole == NULL)
    return;
  Fix *fix = g_new0 (Fix, 1);
  g_autofree char *title = g_strdup_printf (_ ("How %s was really paid"), whole->number);
  *fix = (Fix){ .till = g_object_ref (till),
                .sale = whole,
                .id = quay_till_new_id (till),
                .card = quay_ui_card_new (title, NULL) };
  g_object_set_data_full (G_OBJECT (fix->card), "quay-fix", fix, free_fix);
  add_fields (fix);
  fix->ok = quay_ui_card_foot (fix->card, _ ("Put it right"), "Enter");
  g_signal_connect_swapped (fix->ok, "clicked", G_CALLBACK (ok_cb), fix);
  quay_ui_show_card (anywhere, fix->card, fix->to);
}
