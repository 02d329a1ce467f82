/* Who has not bought for long and agreed to messages alone. Thread: main. */
#include "quay-till-retention.h"

#include "quay-till-private.h"

#include "quay-reader-requests.h"
#include "quay-till-customers.h"
#include "quay-till-orders.h"

#include <string.h>

#define MONTHS_MAX 600

void
quay_idle_free (QuayIdle *idle)
{
  if (idle == NULL)
    return;
  g_free (idle->title);
  g_free (idle->phone);
  g_free (idle);
}

/* @n months before; need not exist, since days compare as they sort. */
static QuayDay
months_before (QuayDay day, int n)
{
  int months = day / 10000 * 12 + day / 100 % 100 - 1 - n;
  return months / 12 * 10000 + (months % 12 + 1) * 100 + day % 100;
}

static gboolean
for_messages_alone (const QuayCustomer *customer)
{
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    if ((customer->consents[i].given != 0) != (i == QUAY_CONSENT_MARKETING))
      return FALSE;
  return !customer->erased;
}

static gboolean
is_theirs (const QuayOrderRecord *order, const QuayCustomer *customer)
{
  g_autofree char *phone = order->phone != NULL ? quay_phone_normal (order->phone) : NULL;
  return (phone != NULL && g_strcmp0 (phone, customer->phone) == 0) ||
         (order->name != NULL && g_strcmp0 (order->name, customer->name) == 0);
}

static gboolean
has_order (const QuayCustomer *customer, const GPtrArray *orders)
{
  for (guint i = 0; i < orders->len; i++)
    {
      const QuayOrderRecord *order = orders->pdata[i];
      if (quay_id_is_nil (&order->end) && is_theirs (order, customer))
        return TRUE;
    }
  return FALSE;
}

static const QuayCustomerSales *
sales_of (const GArray *sales, const QuayId *customer)
{
  for (guint i = 0; i < sales->len; i++)
    if (quay_id_equal (&g_array_index (sales, QuayCustomerSales, i).customer, customer))
      return &g_array_index (sales, QuayCustomerSales, i);
  return NULL;
}

static QuayKept
why_kept (const QuayCustomer *customer, const QuayCustomerSales *sold, const GPtrArray *orders)
{
  if (customer->debt.dong != 0)
    return QUAY_KEPT_DEBT;
  if (has_order (customer, orders))
    return QUAY_KEPT_ORDER;
  if (sold != NULL && sold->invoice)
    return QUAY_KEPT_INVOICE;
  return customer->limit.dong > 0 || customer->list != NULL ? QUAY_KEPT_TERMS : QUAY_KEPT_NOT;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const QuayIdle *x = *(const QuayIdle *const *)a;
  const QuayIdle *y = *(const QuayIdle *const *)b;
  if ((x->kept == QUAY_KEPT_NOT) != (y->kept == QUAY_KEPT_NOT))
    return x->kept == QUAY_KEPT_NOT ? -1 : 1;
  if (x->last != y->last)
    return x->last < y->last ? -1 : 1;
  return memcmp (&x->id, &y->id, sizeof (QuayId));
}

int
quay_till_keep_months (QuayTill *till)
{
  gint64 months = quay_till_get_setting_int (till, QUAY_SETTING_KEEP_MONTHS, 0);
  return months > 0 && months <= MONTHS_MAX ? (int)months : 0;
}

GPtrArray *
quay_till_idle_customers (QuayTill *till)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_idle_free);
  int months = quay_till_keep_months (till);
  if (months == 0)
    return list;
  QuayDay before = months_before (quay_till_day (till), months);
  g_autoptr (GPtrArray) customers = quay_till_customers (till, NULL);
  g_autoptr (GPtrArray) orders = quay_till_orders (till, quay_till_day (till), NULL);
  g_autoptr (GArray) sales = quay_reader_customer_sales (till->reader);
  for (guint i = 0; i < customers->len; i++)
    {
      const QuayCustomer *customer = customers->pdata[i];
      if (!for_messages_alone (customer))
        continue;
      const QuayCustomerSales *sold = sales_of (sales, &customer->id);
      QuayDay bought = sold != NULL ? sold->last : 0;
      QuayDay last = MAX (bought, customer->last);
      last = last != 0 ? last : customer->consents[QUAY_CONSENT_MARKETING].day;
      if (last > before)
        continue;
      QuayIdle *idle = g_new0 (QuayIdle, 1);
      *idle =
          (QuayIdle){ customer->id, quay_customer_title (customer),
                      quay_phone_mask (customer->phone), last, why_kept (customer, sold, orders) };
      g_ptr_array_add (list, idle);
    }
  g_ptr_array_sort (list, compare);
  return list;
}
