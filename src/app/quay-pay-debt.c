/* Paying by a customer's account and points. Both are there only while the cart knows its customer.
 */
#include "quay-pay-private.h"

#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-sell.h"

static void
add_payment (QuayPayPanel *self, QuayTender tender, QuayMoney given)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->given = given;
  g_ptr_array_add (self->parts, payment);
}

/* What the entry holds is paid now, and the rest is owed. */
static void
debt_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  QuayMoney due = quay_pay_due (self);
  QuayMoney given = QUAY_DONG (0);
  gboolean typed = gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0';
  if (self->busy || self->done)
    return;
  if ((typed && !quay_ui_money_entry_get (self->entry, &given)) || given.dong < 0 ||
      given.dong >= due.dong)
    {
      quay_ui_set_text (self->fault, _ ("Type what is paid now, less than what is due; the rest is "
                                        "put on the account."));
      return;
    }
  if (given.dong > 0)
    quay_pay_add_part (self);
  quay_pay_commit_part (self, QUAY_TENDER_DEBT, QUAY_DONG (due.dong - given.dong));
}

static gboolean
has_points (QuayPayPanel *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (((const QuayPayment *)self->parts->pdata[i])->tender == QUAY_TENDER_POINTS)
      return TRUE;
  return FALSE;
}

static void
points_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  QuayMoney usable = quay_till_points_usable (self->till);
  QuayMoney due = quay_pay_due (self);
  if (self->busy || has_points (self) || usable.dong <= 0 || usable.dong > due.dong)
    return;
  add_payment (self, QUAY_TENDER_POINTS, usable);
  quay_pay_parts_changed (self);
  quay_pay_set_tender (self, self->tender);
}

void
quay_pay_build_account (QuayPayPanel *self, GtkWidget *box)
{
  self->account = quay_ui_wrapped_label (NULL, "dim num", 38, 2);
  self->debt = quay_ui_button ("people", _ ("Put on the account"), "F3", "pill");
  self->points = quay_ui_button ("star-fill", _ ("Pay by points"), "F2", "pill");
  quay_ui_set_id (self->debt, "pay-debt");
  quay_ui_set_id (self->points, "pay-points");
  gtk_widget_set_halign (self->debt, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->points, GTK_ALIGN_CENTER);
  g_signal_connect (self->debt, "clicked", G_CALLBACK (debt_cb), self);
  g_signal_connect (self->points, "clicked", G_CALLBACK (points_cb), self);
  gtk_box_append (GTK_BOX (box), self->account);
  gtk_box_append (GTK_BOX (box), self->debt);
  gtk_box_append (GTK_BOX (box), self->points);
}

void
quay_pay_show_account (QuayPayPanel *self)
{
  const QuayId *id = &quay_till_cart (self->till)->customer;
  g_autoptr (QuayCustomer) customer =
      quay_id_is_nil (id) ? NULL : quay_till_customer (self->till, id);
  QuayMoney usable = customer != NULL ? quay_till_points_usable (self->till) : QUAY_DONG (0);
  gtk_widget_set_visible (self->account, customer != NULL);
  gtk_widget_set_visible (self->debt, customer != NULL);
  gtk_widget_set_visible (self->points, usable.dong > 0 && !has_points (self));
  if (customer == NULL)
    return;
  QuayMoney room = quay_till_debt_room (self->till, id);
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *left = quay_format_money (room, QUAY_MONEY_SIGN);
  g_autofree char *text =
      room.dong < quay_pay_due (self).dong
          ? g_strdup_printf (_ ("%s may owe %s more: beyond it a manager decides."), title, left)
          : g_strdup_printf (_ ("%s may owe %s more."), title, left);
  quay_ui_set_text (self->account, text);
  quay_ui_toggle_class (self->account, "warn-text", room.dong < quay_pay_due (self).dong);
  g_autofree char *amount = quay_format_money (usable, QUAY_MONEY_BARE);
  g_autofree char *worth = g_strdup_printf (_ ("Pay %s by points"), amount);
  quay_ui_button_set_text (self->points, worth);
}

gboolean
quay_pay_press_points (QuayPayPanel *self)
{
  if (gtk_widget_get_visible (self->points))
    points_cb (NULL, self);
  return TRUE;
}

gboolean
quay_pay_press_debt (QuayPayPanel *self)
{
  if (gtk_widget_get_visible (self->debt))
    debt_cb (NULL, self);
  return TRUE;
}
