/* Paying by transfer: the code that the customer scans, and whether somebody at the counter has
 * seen the money. A sale may be finished before that; its payment then waits to be seen. */
#include "quay-pay-private.h"

#include "quay-qr-view.h"
#include "quay-till-bank.h"
#include "quay-till-people.h"
#include "quay-till-sell.h"

#include <string.h>

#define SIDE 228 /* four dots a module of version 8, the largest that a till's code needs */

/* The time alone; (transfer full). */
static char *
time_of_day (gint64 ms)
{
  g_autofree char *text = quay_time_to_vi (ms);
  const char *space = strrchr (text, ' ');
  return g_strdup (space != NULL ? space + 1 : text);
}

static void
show_state (QuayPayPanel *self)
{
  gboolean seen = self->transfer.seen_ms != 0;
  g_autofree char *when = time_of_day (self->transfer.seen_ms);
  const char *name = quay_till_user_name (self->till, quay_till_user (self->till));
  g_autofree char *text = g_strdup_printf (_ ("%s saw the money at %s"), name, when);
  quay_ui_set_text (self->transfer.state, seen ? text : _ ("Waiting for the money"));
  quay_ui_toggle_class (self->transfer.state, "good", seen);
  quay_ui_toggle_class (self->transfer.state, "warn", !seen);
  quay_ui_button_set_text (self->transfer.see,
                           seen ? _ ("Not seen after all") : _ ("I have seen the money"));
}

void
quay_pay_see_transfer (QuayPayPanel *self)
{
  if (self->busy || !gtk_widget_get_visible (self->transfer.box) ||
      !gtk_widget_get_visible (self->transfer.qr))
    return;
  self->transfer.seen_ms = self->transfer.seen_ms == 0 ? quay_till_now_ms (self->till) : 0;
  show_state (self);
}

static void
see_cb (GtkButton *button, gpointer data)
{
  quay_pay_see_transfer (data);
}

static void
show_code (QuayPayPanel *self, const QuayTransfer *transfer)
{
  g_autofree char *amount = quay_format_money (transfer->amount, QUAY_MONEY_SIGN);
  g_autofree char *mask = quay_bank_number_mask (transfer->account->number);
  g_autofree char *label = g_strdup_printf (_ ("Code for a transfer of %s to %s %s, %s"), amount,
                                            transfer->account->bank, mask, transfer->code);
  g_autofree char *whose =
      g_strdup_printf ("%s · %s %s", transfer->account->holder, transfer->account->bank, mask);
  g_autofree char *purpose = g_strdup_printf (_ ("Purpose: %s"), transfer->code);
  quay_qr_view_show (QUAY_QR_VIEW (self->transfer.qr), transfer->payload, label);
  quay_ui_set_money (self->transfer.amount, transfer->amount, QUAY_MONEY_SIGN);
  quay_ui_set_text (self->transfer.whose, whose);
  quay_ui_set_text (self->transfer.purpose, purpose);
}

/* A code for @amount; what to do where there can be none. */
static void
make_code (QuayPayPanel *self, QuayMoney amount)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = quay_till_bank_accounts (self->till);
  const char *code = accounts->len > 0 ? quay_till_order_code (self->till) : NULL;
  g_autoptr (QuayTransfer) transfer = quay_till_transfer (self->till, amount, code, &error);
  gboolean there = transfer != NULL;
  gtk_widget_set_visible (self->transfer.qr, there);
  gtk_widget_set_visible (self->transfer.amount, there);
  gtk_widget_set_visible (self->transfer.purpose, there);
  self->transfer.of = amount;
  self->transfer.seen_ms = 0;
  show_state (self);
  if (there)
    show_code (self, transfer);
  else
    quay_ui_set_text (self->transfer.whose,
                      accounts->len == 0
                          ? _ ("Add the shop’s account on the page Settings, and customers scan a "
                               "code here.")
                          : _ ("There is no code for this amount."));
}

void
quay_pay_show_transfer (QuayPayPanel *self, QuayMoney amount)
{
  gboolean wanted = self->tender == QUAY_TENDER_TRANSFER && amount.dong > 0;
  gboolean was = gtk_widget_get_visible (self->transfer.box);
  gtk_widget_set_visible (self->transfer.box, wanted);
  gtk_widget_set_visible (self->slip, !wanted);
  for (guint i = 0; i < G_N_ELEMENTS (self->hints); i++)
    gtk_widget_set_visible (self->hints[i], !wanted);
  if (wanted && (!was || self->transfer.of.dong != amount.dong))
    make_code (self, amount);
}

static void
add_centred (GtkWidget *box, GtkWidget *child)
{
  gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  if (GTK_IS_LABEL (child))
    {
      gtk_label_set_xalign (GTK_LABEL (child), 0.5f);
      gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
    }
  gtk_box_append (GTK_BOX (box), child);
}

GtkWidget *
quay_pay_build_transfer (QuayPayPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);
  self->transfer.box = box;
  self->transfer.qr = quay_qr_view_new (SIDE);
  self->transfer.amount = quay_ui_label (NULL, "heading num");
  self->transfer.whose = quay_ui_wrapped_label (NULL, "dim", 36, 3);
  self->transfer.purpose = quay_ui_label (NULL, "heading num");
  self->transfer.state = quay_ui_label (NULL, "pill");
  self->transfer.see = quay_ui_button ("check-lg", _ ("I have seen the money"), "F4", "pill");
  quay_ui_set_id (self->transfer.state, "transfer-state");
  quay_ui_set_id (self->transfer.see, "transfer-see");
  add_centred (box, quay_ui_label (_ ("Transfer by VietQR"), "heading"));
  add_centred (box, self->transfer.qr);
  add_centred (box, self->transfer.amount);
  add_centred (box, self->transfer.whose);
  add_centred (box, self->transfer.purpose);
  add_centred (box, self->transfer.state);
  add_centred (box, self->transfer.see);
  gtk_widget_set_visible (box, FALSE);
  g_signal_connect (self->transfer.see, "clicked", G_CALLBACK (see_cb), self);
  return box;
}
