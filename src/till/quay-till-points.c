/* Points, if the shop gives any, and what a receipt says about its customer. Thread: main. */
#include "quay-till-account-private.h"

#include "quay-error.h"
#include "quay-reader-customers.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-refunds.h"

#include <string.h>

#define SETTING_STEP "shop.points"       /* đồng for a point, 0: none are given */
#define SETTING_WORTH "shop.point_worth" /* đồng that a point pays */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, why);
  return FALSE;
}

/* --- selling --- */

/* How many points the payments take; each says so in its reference, since what a point is worth may
 * change. */
static gboolean
spend (GPtrArray *payments, gint64 worth, gint64 *spent, QuayMoney *amount, GError **error)
{
  for (guint i = 0; i < payments->len; i++)
    {
      QuayPayment *payment = payments->pdata[i];
      if (payment->tender != QUAY_TENDER_POINTS)
        continue;
      if (worth <= 0)
        return refuse (error, "the shop takes no points");
      if (payment->amount.dong % worth != 0)
        return refuse (error, "points are taken whole");
      gint64 taken = payment->amount.dong / worth;
      g_free (payment->ref);
      payment->ref = g_strdup_printf ("%" G_GINT64_FORMAT, taken);
      *spent += taken;
      amount->dong += payment->amount.dong;
    }
  return TRUE;
}

gboolean
quay_till_count_points (QuayTill *till, const QuayCart *cart, const QuayCustomer *customer,
                        GPtrArray *payments, gint64 *points, GError **error)
{
  gint64 spent = 0;
  QuayMoney amount = QUAY_DONG (0);
  gint64 step = quay_till_get_setting_int (till, SETTING_STEP, 0);
  gint64 worth = step > 0 ? quay_till_get_setting_int (till, SETTING_WORTH, 0) : 0;
  if (!spend (payments, worth, &spent, &amount, error))
    return FALSE;
  if (spent > customer->points)
    return refuse (error, "the customer has fewer points");
  if (amount.dong > quay_points_payable (cart->lines).dong)
    return refuse (error, "drinks from 15 % on can't be paid by points");
  gboolean agreed = customer->consents[QUAY_CONSENT_LOYALTY].given != 0;
  *points = (agreed ? quay_points_earned (cart->lines, amount, step) : 0) - spent;
  return TRUE;
}

QuayMoney
quay_till_points_usable (QuayTill *till)
{
  const QuayCart *cart = till->cart;
  gint64 step = quay_till_get_setting_int (till, SETTING_STEP, 0);
  gint64 worth = quay_till_get_setting_int (till, SETTING_WORTH, 0);
  if (quay_id_is_nil (&cart->customer) || step <= 0 || worth <= 0)
    return QUAY_DONG (0);
  QuayCartTotals totals = quay_cart_totals (cart);
  gint64 room =
      MIN (quay_points_payable (cart->lines).dong,
           totals.total.dong - quay_cart_deposit (cart).dong - quay_cart_credit (cart).dong);
  gint64 points = MIN (quay_reader_points (till->reader, &cart->customer), room / worth);
  return QUAY_DONG (MAX (points, 0) * worth);
}

/* --- giving back --- */

static gint64
spent_on (const QuaySaleRecord *sale, QuayMoney *amount)
{
  gint64 spent = 0;
  *amount = QUAY_DONG (0);
  for (guint i = 0; i < sale->payments->len; i++)
    {
      const QuayPayment *payment = sale->payments->pdata[i];
      if (payment->tender != QUAY_TENDER_POINTS)
        continue;
      spent += payment->ref != NULL ? g_ascii_strtoll (payment->ref, NULL, 10) : 0;
      amount->dong += payment->amount.dong;
    }
  return spent;
}

/* Of what earns points: given back before, and by @refund. */
static void
sum_earning (const QuayRefundPlan *refund, QuayMoney *before, QuayMoney *now)
{
  const QuaySaleRecord *sale = refund->sale;
  g_autoptr (GPtrArray) back = g_ptr_array_new_with_free_func (g_free);
  *before = QUAY_DONG (0);
  for (guint i = 0; i < sale->lines->len; i++)
    {
      QuayQty qty;
      QuayLine *line = g_new0 (QuayLine, 1);
      line->abv = ((const QuayLine *)sale->lines->pdata[i])->abv;
      g_ptr_array_add (back, line);
      quay_reader_refunded (refund->till->reader, &sale->id, i + 1, &qty, &line->amount);
    }
  *before = quay_points_payable (back);
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const QuayRefundLine *line = refund->lines->pdata[i];
      ((QuayLine *)back->pdata[line->line - 1])->amount.dong += line->amount.dong;
    }
  now->dong = quay_points_payable (back).dong - before->dong;
}

gint64
quay_till_refund_points (const QuayRefundPlan *refund, GPtrArray *payments)
{
  QuayId customer;
  QuayMoney before, now, paid;
  const QuaySaleRecord *sale = refund->sale;
  QuayTill *till = refund->till;
  QuayCustomerLine *line = quay_reader_customer_line (till->reader, &sale->id, &customer);
  gint64 net = line != NULL ? line->points : 0;
  gint64 spent = spent_on (sale, &paid);
  gint64 back = 0;
  quay_customer_line_free (line);
  if (net == 0 && spent == 0)
    return 0;
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      back += payment->tender == QUAY_TENDER_POINTS ? payment->amount.dong : 0;
    }
  gint64 was = paid.dong - quay_till_paid_by (till, sale, QUAY_TENDER_POINTS).dong;
  gint64 given = quay_points_share (spent, QUAY_DONG (was + back), paid) -
                 quay_points_share (spent, QUAY_DONG (was), paid);
  QuayMoney whole = quay_points_payable (sale->lines);
  sum_earning (refund, &before, &now);
  gint64 taken = quay_points_share (net + spent, QUAY_DONG (before.dong + now.dong), whole) -
                 quay_points_share (net + spent, before, whole);
  return given - taken;
}

/* --- on paper --- */

void
quay_till_fill_account (QuayTill *till, QuaySaleRecord *sale)
{
  QuayId whose;
  if (sale == NULL || quay_id_is_nil (&sale->customer))
    return;
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, &sale->customer);
  QuayCustomerLine *line = quay_reader_customer_line (till->reader, &sale->id, &whose);
  if (customer != NULL)
    {
      g_autofree char *title = quay_customer_title (customer);
      g_autofree char *phone = quay_phone_mask (customer->phone);
      g_free (sale->customer_name);
      sale->customer_name =
          phone != NULL ? g_strdup_printf ("%s · %s", title, phone) : g_strdup (title);
      sale->owed = quay_reader_debt_at (till->reader, &sale->customer, sale->ts);
      sale->points = line != NULL ? line->points : 0;
      sale->points_left = customer->points;
    }
  quay_customer_line_free (line);
}
