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
add (GPtrArray *payments, gint64 tender, gint64 given)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->given = QUAY_DONG (given);
  g_ptr_array_add (payments, payment);
}

/* @tender −1: of all. */
static gint64
sum_of (GPtrArray *payments, gint64 tender)
{
  gint64 sum = 0;
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      if (tender < 0 || payment->tender == tender)
        sum += payment->amount.dong;
    }
  return sum;
}

static void
test_settle (gconstpointer data)
{
  const SettleCase *c = data;
  QuayMoney change = QUAY_DONG (-7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  for (guint i = 0; i < c->n; i++)
    add (payments, c->pays[i].tender, c->pays[i].given);
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

/* --- rounded cash --- */

typedef struct
{
  const char *name;
  gint64 total;
  gint64 step;
  gint64 given[3]; /* by tender: cash, card, transfer; −1: none */
  gint64 rounding; /* 0: no line of it */
  gint64 cash;
  gint64 change; /* −1: refused */
} RoundCase;

static const RoundCase rounds[] = {
  { "up", 65300, 500, { 65500, -1, -1 }, -200, 65500, 0 },
  { "down", 65200, 500, { 100000, -1, -1 }, 200, 65000, 35000 },
  { "half-up", 65250, 500, { 70000, -1, -1 }, -250, 65500, 4500 },
  { "thousand", 65499, 1000, { 65000, -1, -1 }, 499, 65000, 0 },
  { "thousand-half", 65500, 1000, { 66000, -1, -1 }, -500, 66000, 0 },
  { "even", 65500, 500, { 70000, -1, -1 }, 0, 65500, 4500 },
  { "to-the-dong", 65300, 500, { 65300, -1, -1 }, 0, 65300, 0 },
  { "too-little", 65300, 500, { 65400, -1, -1 }, 0, 0, -1 },
  { "off", 65300, 0, { 70000, -1, -1 }, 0, 65300, 4700 },
  { "card-alone", 65300, 500, { -1, 65300, -1 }, 0, 0, 0 },
  { "rest-in-cash", 65300, 500, { 20000, 50000, -1 }, -200, 15500, 4500 },
  { "rest-of-three", 65300, 1000, { 10000, 30000, 25000 }, 300, 10000, 0 },
  { "rest-of-three-none", 65300, 1000, { 0, 40300, 24800 }, 200, 0, 0 },
};

static void
test_rounded (gconstpointer data)
{
  const RoundCase *c = data;
  QuayMoney change = QUAY_DONG (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  for (guint i = 0; i < G_N_ELEMENTS (c->given); i++)
    if (c->given[i] >= 0)
      add (payments, i, c->given[i]);
  gboolean ok =
      quay_tender_settle_rounded (QUAY_DONG (c->total), c->step, payments, &change, &error);
  g_assert_cmpint (ok, ==, c->change >= 0);
  if (!ok)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
      return;
    }
  g_assert_cmpint (change.dong, ==, c->change);
  g_assert_cmpint (sum_of (payments, QUAY_TENDER_ROUNDING), ==, c->rounding);
  g_assert_cmpint (sum_of (payments, QUAY_TENDER_CASH), ==, c->cash);
  g_assert_cmpint (sum_of (payments, -1), ==, c->total);
}

/* Nobody hands rounding over. */
static void
test_no_rounding_by_hand (void)
{
  QuayMoney change;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  add (payments, QUAY_TENDER_ROUNDING, 300);
  add (payments, QUAY_TENDER_CASH, 65000);
  g_assert_false (quay_tender_settle (QUAY_DONG (65300), payments, &change, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* Any total, any tenders: the payments add up to the total, cash is what can be handed over, and
 * the rounding is at most half a step. */
static void
test_rounding_law (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      QuayMoney change;
      gint64 total = g_test_rand_int_range (1, 2000000);
      gint64 step = quay_tender_steps[g_test_rand_int_range (0, 3)];
      gint64 card = g_test_rand_bit () ? g_test_rand_int_range (1, (int)total + 1) : 0;
      g_autoptr (GPtrArray) payments =
          g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
      QuayMoney due = quay_tender_round (QUAY_DONG (total - card), step);
      if (card > 0)
        add (payments, g_test_rand_bit () ? QUAY_TENDER_CARD : QUAY_TENDER_TRANSFER, card);
      if (card < total)
        add (payments, QUAY_TENDER_CASH,
             due.dong + (due.dong > 0 ? g_test_rand_int_range (0, 4) * 500 : 0));
      g_assert_true (quay_tender_settle_rounded (QUAY_DONG (total), step, payments, &change, NULL));
      gint64 rounding = sum_of (payments, QUAY_TENDER_ROUNDING);
      g_assert_cmpint (sum_of (payments, -1), ==, total);
      g_assert_cmpint (ABS (rounding) * 2, <=, step);
      if (rounding != 0 && step > 0)
        g_assert_cmpint (sum_of (payments, QUAY_TENDER_CASH) % step, ==, 0);
    }
}

/* A sale given back in parts: in the end the drawer is as before, whatever was rounded between. */
static void
test_rounding_back (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      gint64 step = quay_tender_steps[g_test_rand_int_range (0, 3)];
      gint64 total = g_test_rand_int_range (1000, 500000);
      gint64 cash = quay_tender_round (QUAY_DONG (total), step).dong;
      gint64 rounding = total - cash;
      gint64 left = total;
      gint64 back = 0;
      while (left > 0)
        {
          gint64 part = g_test_rand_int_range (1, (int)left + 1);
          gint64 out = quay_tender_round_back (QUAY_DONG (part), step, QUAY_DONG (cash - back),
                                               QUAY_DONG (rounding), part == left)
                           .dong;
          g_assert_cmpint (out, >=, 0);
          g_assert_cmpint (back + out, <=, cash);
          rounding -= part - out;
          back += out;
          left -= part;
        }
      g_assert_cmpint (back, ==, cash);
      g_assert_cmpint (rounding, ==, 0);
    }
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
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_autofree char *path = g_strconcat ("/tender/rounded/", rounds[i].name, NULL);
      g_test_add_data_func (path, &rounds[i], test_rounded);
    }
  g_test_add_func ("/tender/doubtful", test_doubtful);
  g_test_add_func ("/tender/rounded/by-hand", test_no_rounding_by_hand);
  g_test_add_func ("/tender/rounded/law", test_rounding_law);
  g_test_add_func ("/tender/rounded/back", test_rounding_back);
  return g_test_run ();
}
