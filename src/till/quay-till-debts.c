/* Selling on debt within a limit, and what is written into customers' accounts. Thread: main. */
#include "quay-till-debts.h"

#include "quay-refund-private.h"
#include "quay-till-account-private.h"

#include "quay-body-people.h"
#include "quay-error.h"
#include "quay-reader-customers.h"
#include "quay-till-customers.h"
#include "quay-till-people.h"

#include <string.h>

#define WHY_MAX 70

static gboolean
refuse (GError **error, QuayError code, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, code, why);
  return FALSE;
}

QuayMoney
quay_till_debt_room (QuayTill *till, const QuayId *id)
{
  g_autoptr (QuayCustomer) customer = quay_reader_customer (till->reader, id, quay_till_day (till));
  if (customer == NULL || customer->erased)
    return QUAY_DONG (0);
  return QUAY_DONG (MAX (customer->limit.dong - MAX (customer->debt.dong, 0), 0));
}

GPtrArray *
quay_till_customer_lines (QuayTill *till, const QuayId *customer)
{
  return quay_reader_customer_lines (till->reader, customer);
}

/* --- selling --- */

static QuayMoney
paid_by (GPtrArray *payments, QuayTender tender)
{
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      if (payment->tender == (gint64)tender)
        sum.dong += payment->amount.dong;
    }
  return sum;
}

/* A further try of a sale that was done owes nothing more. */
static gboolean
was_sold (QuayTill *till, const QuayId *sale)
{
  QuayId customer;
  QuayCustomerLine *line = quay_reader_customer_line (till->reader, sale, &customer);
  quay_customer_line_free (line);
  return line != NULL;
}

static gboolean
may_owe (QuayTill *till, const QuayCustomer *customer, QuayMoney debt, GError **error)
{
  QuayMoney after;
  if (debt.dong == 0)
    return TRUE;
  if (!quay_money_add (customer->debt, debt, &after))
    return refuse (error, QUAY_ERROR_OVERFLOW, "debt out of range");
  gboolean within = after.dong <= customer->limit.dong;
  return quay_till_require (till, within ? QUAY_ACT_DEBT : QUAY_ACT_DEBT_OVER, 0, error);
}

gboolean
quay_till_check_account (QuayTill *till, const QuayCart *cart, GPtrArray *payments, gint64 *points,
                         GError **error)
{
  QuayMoney debt = paid_by (payments, QUAY_TENDER_DEBT);
  QuayMoney spent = paid_by (payments, QUAY_TENDER_POINTS);
  *points = 0;
  if (quay_id_is_nil (&cart->customer))
    return (debt.dong == 0 && spent.dong == 0) ||
           refuse (error, QUAY_ERROR_REFUSED, "nobody is named who owes this");
  g_autoptr (QuayCustomer) customer =
      quay_reader_customer (till->reader, &cart->customer, quay_till_day (till));
  gboolean again = was_sold (till, &cart->id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (customer == NULL)
    return refuse (error, QUAY_ERROR_NOT_FOUND, "no such customer");
  if (customer->erased && !again)
    return refuse (error, QUAY_ERROR_REFUSED, "this customer was erased");
  return again || (may_owe (till, customer, debt, error) &&
                   quay_till_count_points (till, cart, customer, payments, points, error));
}

/* --- entries --- */

static gboolean
needs_why (const QuayDebtEntry *entry)
{
  return strcmp (entry->kind, "adjusted") == 0;
}

static gboolean
is_sound (const QuayDebtEntry *entry, GError **error)
{
  static const char *const kinds[] = { "paid", "opening", "adjusted", NULL };
  gboolean told = entry->why != NULL && entry->why[0] != '\0';
  if (!quay_till_check_text (entry->why, WHY_MAX, error) ||
      !quay_till_check_text (entry->ref, 60, error))
    return FALSE;
  if (entry->kind == NULL || !g_strv_contains (kinds, entry->kind))
    return refuse (error, QUAY_ERROR_INVALID, "no such kind of entry");
  if (entry->amount.dong == 0 || !quay_money_in_range (entry->amount) ||
      (entry->amount.dong < 0 && strcmp (entry->kind, "opening") == 0))
    return refuse (error, QUAY_ERROR_INVALID, "amount out of range");
  if (strcmp (entry->kind, "paid") == 0 &&
      (entry->tender < QUAY_TENDER_CASH || entry->tender > QUAY_TENDER_TRANSFER))
    return refuse (error, QUAY_ERROR_INVALID, "no such tender");
  return told || !needs_why (entry) || refuse (error, QUAY_ERROR_INVALID, "no reason was given");
}

static gboolean
has_opening (QuayTill *till, const QuayId *customer)
{
  g_autoptr (GPtrArray) lines = quay_reader_customer_lines (till->reader, customer);
  for (guint i = 0; i < lines->len; i++)
    if (strcmp (((const QuayCustomerLine *)lines->pdata[i])->kind, "opening") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
may_post (QuayTill *till, const QuayDebtEntry *entry, GError **error)
{
  g_autoptr (QuayCustomer) customer =
      quay_reader_customer (till->reader, &entry->customer, quay_till_day (till));
  gboolean opened = strcmp (entry->kind, "opening") == 0 && has_opening (till, &entry->customer);
  gboolean paid = strcmp (entry->kind, "paid") == 0;
  gint64 amount = entry->amount.dong;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (customer == NULL)
    return refuse (error, QUAY_ERROR_NOT_FOUND, "no such customer");
  if (customer->erased && !paid && !needs_why (entry))
    return refuse (error, QUAY_ERROR_REFUSED, "this customer was erased");
  if (opened)
    return refuse (error, QUAY_ERROR_REFUSED, "what was owed before is written down already");
  if (paid && (amount > 0 ? amount > customer->debt.dong : -amount > -customer->debt.dong))
    return refuse (error, QUAY_ERROR_REFUSED, "more than is owed");
  if (paid && amount < 0 && entry->tender == QUAY_TENDER_CASH &&
      !quay_till_require (till, QUAY_ACT_CASH, -amount, error))
    return FALSE;
  return quay_till_require (till, needs_why (entry) ? QUAY_ACT_ERASE : QUAY_ACT_CUSTOMER, 0, error);
}

/* An earlier try: its number, or NULL with an error if it said something else. */
static char *
find_earlier (QuayTill *till, const QuayId *id, const QuayDebtEntry *entry, QuayMoney amount,
              gboolean *found, GError **error)
{
  QuayId customer;
  QuayCustomerLine *line = quay_reader_customer_line (till->reader, id, &customer);
  char *number = NULL;
  *found = line != NULL;
  if (line == NULL)
    return NULL;
  if (quay_id_equal (&customer, &entry->customer) && strcmp (line->kind, entry->kind) == 0 &&
      line->amount.dong == amount.dong)
    number = g_strdup (line->number);
  else
    refuse (error, QUAY_ERROR_EXISTS, "something else was recorded by an earlier try");
  quay_customer_line_free (line);
  return number;
}

static QuayEvent *
entry_event (QuayTill *till, const QuayId *id, const QuayDebtEntry *entry, QuayMoney amount)
{
  gboolean paid = strcmp (entry->kind, "paid") == 0;
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_CUSTOMER_ENTRY, FALSE);
  QuayCustomerEntry *body = event->body;
  event->id = *id;
  body->customer = entry->customer;
  body->kind = g_strdup (entry->kind);
  body->amount = amount;
  body->money = paid;
  body->tender = paid ? entry->tender : 0;
  body->ref = entry->ref != NULL && entry->ref[0] != '\0' ? g_strdup (entry->ref) : NULL;
  body->why = entry->why != NULL && entry->why[0] != '\0' ? g_strdup (entry->why) : NULL;
  body->by =
      g_strdup (quay_till_approver (till, needs_why (entry) ? QUAY_ACT_ERASE : QUAY_ACT_CUSTOMER));
  return event;
}

char *
quay_till_post_debt (QuayTill *till, const QuayId *id, const QuayDebtEntry *entry, GError **error)
{
  gboolean found;
  if (!is_sound (entry, error) || !quay_till_find_shift (till, error))
    return NULL;
  gboolean paid = strcmp (entry->kind, "paid") == 0;
  QuayMoney amount = paid ? QUAY_DONG (-entry->amount.dong) : entry->amount;
  char *number = find_earlier (till, id, entry, amount, &found, error);
  if (found || !may_post (till, entry, error))
    return number;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = entry_event (till, id, entry, amount);
  quay_txn_add (txn, event);
  if (quay_event_moves_cash (event))
    quay_till_need_shift (till, txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return NULL;
  const QuayEvent *booked = done->events->pdata[0];
  if (booked->kind != QUAY_EVENT_CUSTOMER_ENTRY)
    {
      refuse (error, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_learn_shift (till, done);
  quay_till_emit_sales (till);
  return g_strdup (((const QuayCustomerEntry *)booked->body)->number);
}
