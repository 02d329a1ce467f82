/* After the sale: the change in large, the number, what became of the receipt. The next scan or key
 * takes it away; the next sale is open already. */
#include "quay-pay-private.h"

#include "quay-till-sales.h"
#include "quay-till-training.h"

#define GUARD_US (300 * 1000)

static void
next_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  if (g_get_monotonic_time () - self->shown_us >= GUARD_US)
    quay_pay_close (self);
}

static void
again_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  g_autoptr (GError) error = NULL;
  if (quay_till_reprint (self->till, self->number, &error))
    quay_ui_toast (GTK_WIDGET (self), _ ("The receipt is printed again."));
  else
    quay_ui_show_error (GTK_WIDGET (self), _ ("The receipt was not printed"), error);
}

static void
scanned_cb (GtkWidget *card, const char *text, gpointer data)
{
  QuayPayPanel *self = data;
  g_autofree char *code = g_strdup (text);
  quay_pay_close (self);
  g_signal_emit_by_name (self, "scanned", code);
}

static void
set_print_state (QuayPayPanel *self, const char *text, const char *mark)
{
  quay_ui_set_text (self->done_print, text);
  quay_ui_toggle_class (self->done_print, "bad-text", g_strcmp0 (mark, "bad") == 0);
  quay_ui_toggle_class (self->done_print, "good-text", g_strcmp0 (mark, "good") == 0);
}

void
quay_pay_printed (QuayPayPanel *self, const char *number, gboolean ok, const char *why)
{
  if (!self->done || g_strcmp0 (number, self->number) != 0)
    return;
  if (ok)
    set_print_state (self, _ ("Receipt printed"), "good");
  else
    {
      g_autofree char *text = g_strdup_printf (_ ("Receipt not printed: %s"), why);
      set_print_state (self, text, "bad");
    }
}

/* "Paid 290.000 ₫ · given 200.000 ₫ · on the account 90.000 ₫": what is owed nobody has given. */
static char *
print_sums (QuayMoney total, QuayMoney given, QuayMoney owed)
{
  g_autofree char *total_text = quay_format_money (total, QUAY_MONEY_SIGN);
  g_autofree char *given_text = quay_format_money (given, QUAY_MONEY_SIGN);
  g_autofree char *owed_text = quay_format_money (owed, QUAY_MONEY_SIGN);
  return owed.dong != 0 ? g_strdup_printf (_ ("Paid %s · given %s · on the account %s"), total_text,
                                           given_text, owed_text)
                        : g_strdup_printf (_ ("Paid %s · given %s"), total_text, given_text);
}

void
quay_pay_show_done (QuayPayPanel *self, const QuaySaleRecord *record)
{
  QuayMoney change = { 0 };
  QuayMoney given = { 0 };
  QuayMoney owed = { 0 };
  QuayMoney paid = record->total; /* cash is rounded: what the customer was asked for */
  for (guint i = 0; record->payments != NULL && i < record->payments->len; i++)
    {
      const QuayPayment *payment = g_ptr_array_index (record->payments, i);
      change.dong += payment->change.dong;
      if (payment->tender == QUAY_TENDER_DEBT)
        owed.dong += payment->amount.dong;
      else if (payment->tender == QUAY_TENDER_ROUNDING)
        paid.dong -= payment->amount.dong;
      else if (payment->tender != QUAY_TENDER_EXCHANGE)
        given.dong += payment->given.dong;
    }
  g_autofree char *sums = print_sums (paid, given, owed);
  g_autofree char *title = g_strdup_printf (_ ("Sold · %s · %s"), record->number, record->code);
  self->done = TRUE;
  self->shown_us = g_get_monotonic_time ();
  g_free (self->number);
  self->number = g_strdup (record->number);
  quay_ui_set_text (self->done_title, title);
  quay_ui_set_text (self->done_given, sums);
  quay_ui_set_text (self->done_label,
                    self->rest.dong > 0 ? _ ("To hand back, as it was paid") : _ ("Change"));
  quay_ui_set_money (self->done_change, QUAY_DONG (change.dong + self->rest.dong), QUAY_MONEY_SIGN);
  g_autofree char *printer = quay_till_get_setting (self->till, "till.printer");
  gboolean none =
      printer == NULL || g_str_equal (printer, "none") || quay_till_is_training (self->till);
  gtk_widget_set_sensitive (self->done_again, !none);
  if (quay_till_is_training (self->till))
    set_print_state (self, _ ("Training: no receipt is printed."), NULL);
  else if (none)
    set_print_state (self, _ ("No printer is set up; the receipt is kept under Receipts."), NULL);
  else if (record->printed == QUAY_PRINT_SENT)
    set_print_state (self, _ ("Receipt printed"), "good");
  else
    set_print_state (self, _ ("Printing the receipt…"), NULL);
  quay_ui_take_scans (GTK_WIDGET (self), scanned_cb, self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "done");
  gtk_widget_grab_focus (self->done_next);
}

GtkWidget *
quay_pay_build_done (QuayPayPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (box, "pay-done");
  self->done_title = quay_ui_label (NULL, "title num");
  quay_ui_set_id (self->done_title, "done-title");
  self->done_given = quay_ui_label (NULL, "dim num");
  self->done_label = quay_ui_label (_ ("Change"), "dim");
  self->done_change = quay_ui_label (NULL, "change num");
  quay_ui_set_description (self->done_change, _ ("Change"));
  quay_ui_set_id (self->done_change, "done-change");
  self->done_print = quay_ui_wrapped_label (NULL, NULL, 60, 2);
  gtk_label_set_xalign (GTK_LABEL (self->done_print), 0.5f);
  gtk_label_set_justify (GTK_LABEL (self->done_print), GTK_JUSTIFY_CENTER);
  quay_ui_set_id (self->done_print, "done-print");
  GtkWidget *centred[] = { quay_ui_icon ("check-lg", "done-mark"),
                           self->done_title,
                           self->done_given,
                           self->done_label,
                           self->done_change,
                           self->done_print };
  for (guint i = 0; i < G_N_ELEMENTS (centred); i++)
    {
      gtk_widget_set_halign (centred[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), centred[i]);
    }
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  self->done_again = quay_ui_button ("printer", _ ("Print again"), "Ctrl P", "action");
  quay_ui_set_id (self->done_again, "done-again");
  g_signal_connect (self->done_again, "clicked", G_CALLBACK (again_cb), self);
  self->done_next = quay_ui_button (NULL, _ ("Next sale"), "Enter", "main");
  quay_ui_set_id (self->done_next, "done-next");
  g_signal_connect (self->done_next, "clicked", G_CALLBACK (next_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->done_again);
  gtk_box_append (GTK_BOX (buttons), self->done_next);
  gtk_widget_set_vexpand (buttons, TRUE);
  gtk_widget_set_valign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}
