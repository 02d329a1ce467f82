/* Lines, payments and the arithmetic of a refund. */
#include "quay-error.h"
#include "quay-sale.h"

typedef struct
{
  const char *name;
  QuayLineKind kind;
  gint64 milli;
  gint64 price;
  gint64 amount; /* given for a priced label, else expected */
  gint64 out_milli;
  int error; /* −1: none */
} PriceCase;

static const PriceCase price_cases[] = {
  { "piece", QUAY_LINE_PIECE, 3000, 65000, 195000, 3000, -1 },
  { "free", QUAY_LINE_PIECE, 1000, 0, 0, 1000, -1 },
  { "weighed", QUAY_LINE_WEIGHED, 485, 60000, 29100, 485, -1 },
  { "half-up", QUAY_LINE_WEIGHED, 1, 500, 1, 1, -1 },
  { "half-down", QUAY_LINE_WEIGHED, 1, 499, 0, 1, -1 },
  { "priced", QUAY_LINE_PRICED, 0, 60000, 48500, 808, -1 },
  { "priced-cheap", QUAY_LINE_PRICED, 0, 60000, 1, 1, -1 },
  { "priced-no-price", QUAY_LINE_PRICED, 0, 0, 48500, 1000, -1 },
  { "nothing", QUAY_LINE_PIECE, 0, 65000, 0, 0, QUAY_ERROR_INVALID },
  { "negative", QUAY_LINE_PIECE, -1000, 65000, 0, 0, QUAY_ERROR_INVALID },
  { "negative-price", QUAY_LINE_PIECE, 1000, -1, 0, 0, QUAY_ERROR_INVALID },
  { "overflow", QUAY_LINE_PIECE, QUAY_QTY_MAX, QUAY_MONEY_MAX, 0, 0, QUAY_ERROR_OVERFLOW },
};

static void
test_price (gconstpointer data)
{
  const PriceCase *c = data;
  g_autoptr (GError) error = NULL;
  QuayLine line = { .kind = c->kind,
                    .qty = QUAY_MILLI (c->milli),
                    .price = QUAY_DONG (c->price),
                    .amount = QUAY_DONG (c->kind == QUAY_LINE_PRICED ? c->amount : 0) };
  gboolean ok = quay_line_price (&line, &error);
  g_assert_cmpint (ok, ==, c->error < 0);
  if (!ok)
    {
      g_assert_error (error, QUAY_ERROR, c->error);
      return;
    }
  g_assert_cmpint (line.amount.dong, ==, c->amount);
  g_assert_cmpint (line.qty.milli, ==, c->out_milli);
}

typedef struct
{
  const char *name;
  gint64 paid;
  gint64 sold;
  gint64 refunded;
  gint64 q;
  gint64 already;
  gint64 out; /* −1: refused */
} RefundCase;

static const RefundCase refund_cases[] = {
  { "all", 100, 3000, 0, 3000, 0, 100 },
  { "first-third", 100, 3000, 0, 1000, 0, 33 },
  { "second-third", 100, 3000, 1000, 1000, 33, 34 },
  { "last-third", 100, 3000, 2000, 1000, 67, 33 },
  { "too-much", 100, 3000, 2000, 1001, 67, -1 },
  { "nothing", 100, 3000, 0, 0, 0, -1 },
  { "negative", 100, 3000, 0, -1000, 0, -1 },
  { "largest", QUAY_MONEY_MAX, QUAY_QTY_MAX, 0, QUAY_QTY_MAX, 0, QUAY_MONEY_MAX },
};

static void
test_refund (gconstpointer data)
{
  const RefundCase *c = data;
  QuayMoney out = QUAY_DONG (-7);
  gboolean ok =
      quay_refund_amount (QUAY_DONG (c->paid), QUAY_MILLI (c->sold), QUAY_MILLI (c->refunded),
                          QUAY_MILLI (c->q), QUAY_DONG (c->already), &out);
  g_assert_cmpint (ok, ==, c->out >= 0);
  g_assert_cmpint (out.dong, ==, ok ? c->out : -7);
}

static void
test_tenders (void)
{
  g_assert_cmpstr (quay_tender_name (QUAY_TENDER_CASH), ==, "cash");
  g_assert_cmpstr (quay_tender_name (QUAY_TENDER_CARD), ==, "card");
  g_assert_cmpstr (quay_tender_name (QUAY_TENDER_TRANSFER), ==, "transfer");
  g_assert_null (quay_tender_name (QUAY_N_TENDERS));
  g_assert_null (quay_tender_name (-1));
  for (gint64 tender = 0; tender < QUAY_N_TENDERS; tender++)
    g_assert_cmpint (quay_tender_from_name (quay_tender_name (tender)), ==, tender);
  g_assert_cmpint (quay_tender_from_name ("shells"), ==, -1);
  g_assert_cmpint (quay_tender_from_name (NULL), ==, -1);
}

static void
test_copies (void)
{
  QuayLine line = { .name = (char *)"Miến dong", .note = (char *)"biếu", .qty = QUAY_UNITS (2) };
  QuayPayment payment = { .ref = (char *)"FT26", .given = QUAY_DONG (5) };
  g_autoptr (QuayLine) copy = quay_line_copy (&line);
  QuayPayment *paid = quay_payment_copy (&payment);
  g_assert_cmpstr (copy->name, ==, line.name);
  g_assert_true (copy->name != line.name);
  g_assert_cmpstr (copy->note, ==, "biếu");
  g_assert_null (copy->lot);
  g_assert_cmpstr (paid->ref, ==, "FT26");
  g_assert_true (paid->ref != payment.ref);
  quay_payment_free (paid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (price_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sale/price/", price_cases[i].name, NULL);
      g_test_add_data_func (path, &price_cases[i], test_price);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refund_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sale/refund/", refund_cases[i].name, NULL);
      g_test_add_data_func (path, &refund_cases[i], test_refund);
    }
  g_test_add_func ("/sale/tenders", test_tenders);
  g_test_add_func ("/sale/copies", test_copies);
  return g_test_run ();
}
