/* What is paid and how: the arithmetic on the screen. What counts is settled by
 * quay_tender_settle() inside the till; nothing here says "paid" before the till has answered. */
#include "quay-approve-card.h"
#include "quay-overlay.h"
#include "quay-pay-private.h"
#include "quay-tender.h"
#include "quay-till-orders.h"
#include "quay-till-sell.h"
#include "quay-till-shift.h"

#define GUARD_US (300 * 1000)

enum
{
  CLOSED,
  BUYER,
  SCANNED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayPayPanel, quay_pay_panel, GTK_TYPE_WIDGET)

static void
quay_pay_panel_dispose (GObject *object)
{
  QuayPayPanel *self = QUAY_PAY_PANEL (object);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->till);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->number, g_free);
  G_OBJECT_CLASS (quay_pay_panel_parent_class)->dispose (object);
}

static void
quay_pay_panel_class_init (QuayPayPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = quay_pay_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CLOSED] = g_signal_new ("closed", QUAY_TYPE_PAY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[BUYER] = g_signal_new ("buyer", QUAY_TYPE_PAY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[SCANNED] = g_signal_new ("scanned", QUAY_TYPE_PAY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
free_payment (gpointer payment)
{
  quay_payment_free (payment);
}

static void
quay_pay_panel_init (QuayPayPanel *self)
{
  self->parts = g_ptr_array_new_with_free_func (free_payment);
}

/* Sums */

/* To the đồng. */
static QuayMoney
exact_due (QuayPayPanel *self)
{
  QuayMoney due = QUAY_DONG (self->total.dong - self->deposit.dong - self->credit.dong);
  for (guint i = 0; i < self->parts->len; i++)
    due.dong -= ((QuayPayment *)g_ptr_array_index (self->parts, i))->given.dong;
  return due;
}

/* Cash is rounded as a whole, with what was given of it before. */
QuayMoney
quay_pay_due (QuayPayPanel *self)
{
  gint64 cash = 0;
  QuayMoney due = exact_due (self);
  if (self->tender != QUAY_TENDER_CASH || due.dong <= 0)
    return due;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const QuayPayment *part = g_ptr_array_index (self->parts, i);
      cash += part->tender == QUAY_TENDER_CASH ? part->given.dong : 0;
    }
  due = quay_tender_round (QUAY_DONG (due.dong + cash), quay_till_cash_step (self->till));
  return QUAY_DONG (MAX (due.dong - cash, 0));
}

/* What the customer gives now; an empty entry means exactly what is due. */
static gboolean
read_given (QuayPayPanel *self, QuayMoney *given)
{
  *given = quay_pay_due (self);
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0')
    return TRUE;
  return quay_ui_money_entry_get (self->entry, given);
}

static void
show_change (QuayPayPanel *self, const char *label, QuayMoney amount, gboolean missing)
{
  quay_ui_set_text (self->change_label, label);
  quay_ui_set_money (self->change, amount, QUAY_MONEY_SIGN);
  quay_ui_set_description (self->change, label);
  quay_ui_toggle_class (self->change, "missing", missing);
}

static void
update_notes (QuayPayPanel *self)
{
  QuayMoney due = quay_pay_due (self);
  guint n = quay_cash_suggestions (due, self->suggested);
  if (self->tender != QUAY_TENDER_CASH)
    n = MIN (n, 1);
  for (guint i = 0; i < QUAY_PAY_NOTES; i++)
    {
      gtk_widget_set_visible (self->notes[i], i < n);
      g_autofree char *amount =
          i < n ? quay_format_money (self->suggested[i], QUAY_MONEY_BARE) : g_strdup ("—");
      g_autofree char *exact = i == 0 && n > 0 ? g_strdup_printf (_ ("Exact %s"), amount) : NULL;
      quay_ui_button_set_text (self->notes[i], exact != NULL ? exact : amount);
    }
}

void
quay_pay_update (QuayPayPanel *self)
{
  QuayMoney due = quay_pay_due (self);
  QuayMoney given = { 0 };
  gboolean known = read_given (self, &given);
  gboolean cash = self->tender == QUAY_TENDER_CASH;
  gboolean enough = known && (cash ? given.dong >= due.dong : given.dong == due.dong);
  gint64 rest = known ? given.dong - due.dong : -due.dong;
  if (rest >= 0 && cash)
    show_change (self, self->rest.dong > 0 ? _ ("To hand back, as it was paid") : _ ("Change"),
                 QUAY_DONG (rest + self->rest.dong), FALSE);
  else if (rest > 0)
    show_change (self, _ ("Too much by"), QUAY_DONG (rest), TRUE);
  else
    show_change (self, rest == 0 ? _ ("Change") : _ ("Still missing"), QUAY_DONG (-rest), rest < 0);
  QuayMoney rounding = QUAY_DONG (due.dong - exact_due (self).dong);
  quay_ui_set_money (self->due, due, QUAY_MONEY_SIGN);
  quay_ui_set_money (self->slip_rounding, rounding, QUAY_MONEY_BARE);
  gtk_widget_set_visible (gtk_widget_get_parent (self->slip_rounding), rounding.dong != 0);
  g_autofree char *exact = quay_format_money (due, QUAY_MONEY_BARE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), exact); /* what Enter alone takes */
  quay_ui_toggle_class (self->entry, "bad", !known);
  gtk_widget_set_sensitive (self->finish, enough && !self->busy);
  quay_pay_show_transfer (self, known && given.dong < due.dong ? given : due);
  quay_ui_set_text (self->fault, NULL);
}

void
quay_pay_set_tender (QuayPayPanel *self, QuayTender tender)
{
  self->tender = tender;
  for (guint i = 0; i < QUAY_N_PAY_TABS; i++)
    if (i == (guint)tender && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tabs[i])))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[i]), TRUE);
  gtk_widget_set_visible (self->ref, tender != QUAY_TENDER_CASH);
  update_notes (self);
  quay_pay_update (self);
  gtk_widget_grab_focus (self->entry);
}

/* Several ways of paying */

static QuayPayment *
make_payment (QuayPayPanel *self, QuayMoney given)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  const char *ref = gtk_editable_get_text (GTK_EDITABLE (self->ref));
  payment->tender = self->tender;
  payment->given = given;
  if (self->tender != QUAY_TENDER_CASH && ref[0] != '\0')
    payment->ref = g_strdup (ref);
  if (self->tender == QUAY_TENDER_TRANSFER)
    payment->seen = self->transfer.seen_ms;
  return payment;
}

void
quay_pay_parts_changed (QuayPayPanel *self)
{
  gboolean split = self->parts->len > 0 || self->deposit.dong > 0 || self->credit.dong > 0;
  quay_ui_set_money (self->due, quay_pay_due (self), QUAY_MONEY_SIGN);
  quay_ui_set_text (self->due_label, split ? _ ("Still to pay") : _ ("The customer pays"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->ref), "");
  quay_pay_show_parts (self);
  quay_pay_show_account (self);
}

void
quay_pay_add_part (QuayPayPanel *self)
{
  QuayMoney due = quay_pay_due (self);
  QuayMoney given = { 0 };
  if (self->busy)
    return;
  if (!read_given (self, &given) || given.dong <= 0 ||
      given.dong >= MIN (due.dong, exact_due (self).dong))
    {
      quay_ui_set_text (self->fault,
                        _ ("To pay in several ways, first give an amount below what is due."));
      return;
    }
  g_ptr_array_add (self->parts, make_payment (self, given));
  quay_pay_parts_changed (self);
  /* Cash gives change, so there is no use in a second handful of it. */
  quay_pay_set_tender (self,
                       self->tender == QUAY_TENDER_CASH ? QUAY_TENDER_TRANSFER : QUAY_TENDER_CASH);
}

void
quay_pay_drop_part (QuayPayPanel *self, guint index)
{
  if (self->busy || index >= self->parts->len)
    return;
  g_ptr_array_remove_index (self->parts, index);
  quay_pay_parts_changed (self);
  quay_pay_set_tender (self, self->tender);
}

/* Finishing */

static void
set_busy (QuayPayPanel *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->body, !busy);
  quay_ui_button_set_text (self->finish, busy ? _ ("Writing…") : _ ("Finish"));
}

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayPayPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) record = quay_till_pay_finish (QUAY_TILL (source), result, &error);
  if (self->stack == NULL)
    return;
  set_busy (self, FALSE);
  if (record != NULL)
    {
      quay_pay_show_done (self, record);
      return;
    }
  g_autofree char *why = quay_ui_error_text (error);
  g_autofree char *text = g_strdup_printf (_ ("Not sold. %s The sale is kept as it is."), why);
  quay_pay_update (self);
  quay_ui_set_text (self->fault, text);
  gtk_widget_grab_focus (self->entry);
  quay_approve_card_press_again (self->asked, error);
}

static void
commit (QuayPayPanel *self)
{
  QuayMoney given = { 0 };
  if (self->busy || !read_given (self, &given))
    return;
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func (free_payment);
  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (payments, quay_payment_copy (g_ptr_array_index (self->parts, i)));
  if (exact_due (self).dong > 0 || payments->len == 0)
    g_ptr_array_add (payments, make_payment (self, given));
  self->asked = self->finish;
  set_busy (self, TRUE);
  quay_till_pay_async (self->till, payments, paid_cb, g_object_ref (self));
}

void
quay_pay_commit_part (QuayPayPanel *self, QuayTender tender, QuayMoney given)
{
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func (free_payment);
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->given = given;
  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (payments, quay_payment_copy (g_ptr_array_index (self->parts, i)));
  g_ptr_array_add (payments, payment);
  self->asked = self->debt;
  set_busy (self, TRUE);
  quay_till_pay_async (self->till, payments, paid_cb, g_object_ref (self));
}

static void
doubt_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayPayPanel) self = data;
  if (yes && self->stack != NULL)
    commit (self);
}

void
quay_pay_finish (QuayPayPanel *self)
{
  QuayMoney due = quay_pay_due (self);
  QuayMoney given = { 0 };
  if (self->busy || self->done || quay_scanner_is_fresh (self->scanner) ||
      g_get_monotonic_time () - self->shown_us < GUARD_US)
    return;
  gboolean known = read_given (self, &given);
  if (!known || given.dong < due.dong)
    {
      quay_ui_set_text (self->fault, known ? _ ("It is not enough. F8 adds another way of paying.")
                                           : _ ("This is no amount. Write 500000 or 500k."));
      return;
    }
  if (self->tender != QUAY_TENDER_CASH && given.dong != due.dong)
    {
      quay_ui_set_text (self->fault, _ ("Only cash gives change: take exactly what is due."));
      return;
    }
  if (!quay_tender_is_doubtful (due, given))
    {
      commit (self);
      return;
    }
  g_autofree char *amount = quay_format_money (given, QUAY_MONEY_SIGN);
  g_autofree char *text =
      g_strdup_printf (_ ("The customer gives %s? That is much more than the sale."), amount);
  quay_ui_confirm (GTK_WIDGET (self), _ ("Is the amount right?"), text, _ ("It is right"), NULL,
                   TRUE, doubt_answer_cb, g_object_ref (self));
}

/* Opening and closing */

static gboolean
cancel_cb (GtkWidget *card, gpointer data)
{
  QuayPayPanel *self = data;
  if (!self->busy)
    quay_pay_close (self);
  return TRUE;
}

void
quay_pay_close (QuayPayPanel *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  quay_ui_close_card (GTK_WIDGET (self));
  quay_ui_take_scans (GTK_WIDGET (self), NULL, NULL);
  self->done = FALSE;
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
show_slip (QuayPayPanel *self, const QuayCart *cart)
{
  QuayCartTotals totals = quay_cart_totals (cart);
  g_autofree char *lines = g_strdup_printf ("%u", totals.n_lines);
  gboolean named = cart->buyer_name != NULL && cart->buyer_name[0] != '\0';
  gboolean coded = cart->buyer_tax != NULL && cart->buyer_tax[0] != '\0';
  self->total = totals.total;
  self->deposit = quay_cart_deposit (cart);
  gtk_widget_set_visible (gtk_widget_get_parent (self->slip_deposit), self->deposit.dong > 0);
  quay_ui_set_money (self->slip_deposit, QUAY_DONG (-self->deposit.dong), QUAY_MONEY_BARE);
  self->credit = quay_cart_credit (cart);
  self->rest = QUAY_DONG (cart->credit.dong - self->credit.dong);
  gtk_widget_set_visible (gtk_widget_get_parent (self->slip_credit), self->credit.dong > 0);
  quay_ui_set_money (self->slip_credit, QUAY_DONG (-self->credit.dong), QUAY_MONEY_BARE);
  quay_ui_set_text (self->slip_lines, lines);
  quay_ui_set_money (self->slip_vat, totals.vat, QUAY_MONEY_BARE);
  quay_ui_set_money (self->slip_total, totals.total, QUAY_MONEY_BARE);
  quay_ui_button_set_text (self->buyer, named   ? cart->buyer_name
                                        : coded ? cart->buyer_tax
                                                : _ ("Buyer, tax code"));
}

/* Goods that orders of others wait for: said, not forbidden. */
static void
show_kept (QuayPayPanel *self)
{
  const QuayCart *cart = quay_till_cart (self->till);
  g_autoptr (GArray) over = quay_till_cart_over_reserved (self->till);
  gtk_widget_set_visible (self->kept, over->len > 0);
  if (over->len == 0)
    return;
  const QuayLine *line = cart->lines->pdata[g_array_index (over, guint, 0)];
  g_autofree char *text = g_strdup_printf (
      _ ("Orders wait for %s: selling it now leaves too little for them."), line->name);
  quay_ui_set_text (self->kept, text);
}

void
quay_pay_panel_open (QuayPayPanel *panel, GtkWidget *anywhere)
{
  g_ptr_array_set_size (panel->parts, 0);
  panel->done = FALSE;
  set_busy (panel, FALSE);
  show_slip (panel, quay_till_cart (panel->till));
  show_kept (panel);
  quay_pay_show_account (panel);
  gtk_stack_set_visible_child_name (GTK_STACK (panel->stack), "pay");
  quay_ui_show_card (anywhere, GTK_WIDGET (panel), NULL);
  quay_pay_parts_changed (panel);
  quay_pay_set_tender (panel, QUAY_TENDER_CASH);
  /* At the end: a slow opening must not use up the time in which Enter is ignored. */
  panel->shown_us = g_get_monotonic_time ();
}

void
quay_pay_panel_dismiss (QuayPayPanel *panel)
{
  if (panel->done)
    quay_pay_close (panel);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, gpointer data)
{
  QuayPayPanel *self = data;
  if (self->done)
    {
      /* At once: a button pressed by Enter waits a quarter of a second before it acts. */
      if (keyval == GDK_KEY_p && (state & GDK_CONTROL_MASK) != 0)
        {
          gtk_widget_activate (self->done_again);
          return TRUE;
        }
      gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
      gboolean function = keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F12;
      gboolean next = gtk_widget_is_focus (self->done_next);
      if (!function && !(enter && next))
        return FALSE;
      if (g_get_monotonic_time () - self->shown_us >= GUARD_US)
        quay_pay_close (self);
      return TRUE;
    }
  switch (keyval)
    {
    case GDK_KEY_F2:
      return quay_pay_press_points (self);
    case GDK_KEY_F3:
      return quay_pay_press_debt (self);
    case GDK_KEY_F4:
      quay_pay_see_transfer (self);
      return TRUE;
    case GDK_KEY_F5:
      quay_pay_set_tender (self, QUAY_TENDER_CASH);
      return TRUE;
    case GDK_KEY_F6:
      quay_pay_set_tender (self, QUAY_TENDER_TRANSFER);
      return TRUE;
    case GDK_KEY_F7:
      quay_pay_set_tender (self, QUAY_TENDER_CARD);
      return TRUE;
    case GDK_KEY_F8:
      quay_pay_add_part (self);
      return TRUE;
    case GDK_KEY_F9:
      quay_pay_finish (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
printed_cb (QuayTill *till, const char *number, gboolean ok, const char *why, gpointer data)
{
  quay_pay_printed (data, number, ok, why);
}

static void
cart_changed_cb (QuayTill *till, gpointer data)
{
  QuayPayPanel *self = data;
  if (!self->done && gtk_widget_get_root (GTK_WIDGET (self)) != NULL &&
      !quay_cart_is_empty (quay_till_cart (till)))
    show_slip (self, quay_till_cart (till));
}

GtkWidget *
quay_pay_panel_new (QuayTill *till, QuayScanner *scanner)
{
  QuayPayPanel *self = g_object_new (QUAY_TYPE_PAY_PANEL, NULL);
  self->till = g_object_ref (till);
  self->scanner = scanner;
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "pay");
  quay_ui_set_label (GTK_WIDGET (self), _ ("Pay"));
  quay_ui_set_id (GTK_WIDGET (self), "pay-panel");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), quay_pay_build (self), "pay");
  gtk_stack_add_named (GTK_STACK (self->stack), quay_pay_build_done (self), "done");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  quay_overlay_set_cancel (GTK_WIDGET (self), cancel_cb, self);
  g_signal_connect_object (till, "printed", G_CALLBACK (printed_cb), self, 0);
  g_signal_connect_object (till, "cart-changed", G_CALLBACK (cart_changed_cb), self, 0);
  return GTK_WIDGET (self);
}
