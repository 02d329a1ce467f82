/* What was given back, read again, and its slip as it is printed by itself. Thread: main. */
#include "quay-till-account-private.h"

#include "quay-reader-customers.h"
#include "quay-reader-refunds.h"
#include "quay-till-customers.h"
#include "quay-till-refunds.h"

/* What the slip says about the customer's account. */
static QuayRefundRecord *
with_account (QuayTill *till, QuayRefundRecord *refund)
{
  if (refund == NULL || quay_id_is_nil (&refund->customer))
    return refund;
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, &refund->customer);
  if (customer == NULL)
    return refund;
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *phone = quay_phone_mask (customer->phone);
  refund->customer_name =
      phone != NULL ? g_strdup_printf ("%s · %s", title, phone) : g_strdup (title);
  refund->owed = quay_reader_debt_at (till->reader, &refund->customer, refund->ts);
  return refund;
}

QuayRefundRecord *
quay_till_refund_record (QuayTill *till, const char *number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (number));
  g_autofree char *printed = NULL;
  const char *wanted = quay_till_find_receipt (stripped, &printed) ? printed : stripped;
  return with_account (till, quay_reader_refund_record (till->reader, wanted));
}

GPtrArray *
quay_till_refunds (QuayTill *till, QuayDay from, QuayDay to, guint limit)
{
  return quay_reader_refunds (till->reader, from, to, limit);
}

void
quay_till_give_slip (QuayTill *till, const QuayId *id)
{
  if (!quay_till_has_printer (till))
    return;
  g_autoptr (QuayRefundRecord) refund =
      with_account (till, quay_reader_refund_by_id (till->reader, id));
  if (refund != NULL && refund->printed != QUAY_PRINT_SENT &&
      !quay_reader_has_failed (till->reader))
    quay_till_print_refund (till, refund, 0);
}
