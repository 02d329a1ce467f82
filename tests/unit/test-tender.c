/* What payments cover a total, and what change is due. */
#include "quay-error.h"
#include "quay-tender.h"

#define CASH QUAY_TENDER_CASH
#define CARD QUAY_TENDER_CARD
#define BANK QUAY_TENDER_TRANSFER

typedef struct
{
  const char *name;
  gint64 total;
  struct
  {
    gint64 tender;
    gint64 given;
    gint64 amount;
    gint64 change;
  } pays[3];
  guint n;
  gboolean ok;
  gint64 change;
} SettleCase;

static const SettleCase cases[] = {
  { "exact", 65000, { { CASH, 65000, 65000, 0 } }, 1, TRUE, 0 },
  { "change", 65000, { { CASH, 100000, 65000, 35000 } }, 1, TRUE, 35000 },
  { "under", 65000, { { CASH, 64999, 0, 0 } }, 1, FALSE, 0 },
  { "none", 65000, { { 0, 0, 0, 0 } }, 0, FALSE, 0 },
  { "free", 0, { { CASH, 0, 0, 0 } }, 1, TRUE, 0 },
  { "free-with-cash", 0, { { CASH, 1000, 0, 0 } }, 1, FALSE, 0 },
  { "card", 65000, { { CARD, 65000, 65000, 0 } }, 1, TRUE, 0 },
  { "card-change", 65000, { { CARD, 65001, 0, 0 } }, 1, FALSE, 0 },
  { "split", 65000, { { CASH, 50000, 45000, 5000 }, { BANK, 20000, 20000, 0 } }, 2, TRUE, 5000 },
  { "split-order",
    65000,
    { { BANK, 20000, 20000, 0 }, { CASH, 50000, 45000, 5000 } },
    2,
    TRUE,
    5000 },
  { "card-and-bank", 65000, { { CARD, 60000, 60000, 0 }, { BANK, 5000, 5000, 0 } }, 2, TRUE, 0 },
  { "cards-too-much", 65000, { { CARD, 60000, 0, 0 }, { BANK, 5001, 0, 0 } }, 2, FALSE, 0 },
  { "useless-cash", 65000, { { CARD, 65000, 0, 0 }, { CASH, 1000, 0, 0 } }, 2, FALSE, 0 },
  { "negative", 65000, { { CASH, -1, 0, 0 } }, 1, FALSE, 0 },
  { "no-tender", 65000, { { 9, 65000, 0, 0 } }, 1, FALSE, 0 },
  { "huge", 65000, { { CASH, QUAY_MONEY_MAX + 1, 0, 0 } }, 1, FALSE, 0 },
  { "negative-total", -1, { { CASH, 0, 0, 0 } }, 1, FALSE, 0 },
};

static void
test_settle (gconstpointer data)
{
  const SettleCase *c = data;
  QuayMoney change = QUAY_DONG (-7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  for (guint i = 0; i < c->n; i++)
    {
      QuayPayment *payment = g_new0 (QuayPayment, 1);
      payment->tender = c->pays[i].tender;
      payment->given = QUAY_DONG (c->pays[i].given);
      g_ptr_array_add (payments, payment);
    }
  gboolean ok = quay_tender_settle (QUAY_DONG (c->total), payments, &change, &error);
  g_assert_cmpint (ok, ==, c->ok);
  if (!ok)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
      g_assert_cmpint (change.dong, ==, -7);
      return;
    }
  g_assert_cmpint (change.dong, ==, c->change);
  for (guint i = 0; i < c->n; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      g_assert_cmpint (payment->amount.dong, ==, c->pays[i].amount);
      g_assert_cmpint (payment->change.dong, ==, c->pays[i].change);
    }
}

typedef struct
{
  gint64 total;
  gint64 given;
  gboolean doubtful;
} DoubtCase;

static const DoubtCase doubts[] = {
  { 65000, 100000, FALSE },  { 65000, 1300000, FALSE },  { 65000, 1300020, TRUE },
  { 10000, 1000000, FALSE }, /* not above a million */
  { 10000, 1000001, TRUE },  { 100000, 2000000, FALSE }, { 0, 1000001, TRUE },
};

static void
test_doubtful (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    g_assert_cmpint (
        quay_tender_is_doubtful (QUAY_DONG (doubts[i].total), QUAY_DONG (doubts[i].given)), ==,
        doubts[i].doubtful);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tender/settle/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_settle);
    }
  g_test_add_func ("/tender/doubtful", test_doubtful);
  return g_test_run ();
}
