/* Counting while selling goes on, here and on a till whose sales arrive later: whatever the order,
 * the books end as the shelf was. */
#include "quay-test-exchange.h"
#include "quay-test-till.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-count.h"
#include "quay-reader-lots.h"
#include "quay-till-count.h"
#include "quay-till-forms-count.h"
#include "quay-till-goods.h"
#include "quay-till-private.h"

#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */

/* Two tills of one shop that know all of each other at first. */
typedef struct
{
  QuayTestShop a;
  QuayTestShop b;
  QuayId tea;
  QuayId count;
} Fixture;

static void
open_till (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
}

static void
exchange (Fixture *f)
{
  quay_test_pull_all (f->b.till->store, f->a.till->store, 100);
  quay_test_pull_all (f->a.till->store, f->b.till->store, 100);
}

static void
make_second (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh",
                      .address = "Na Rì, Thái Nguyên",
                      .till_code = "QT2",
                      .language = "vi",
                      .width_mm = 80 };
  quay_test_env_init (&shop->env, 2);
  shop->dir = quay_test_dir ();
  quay_till_make_shop (shop->dir, &setup, &shop->env.env, &error);
  g_assert_no_error (error);
  open_till (shop);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (&f->a, TRUE);
  make_second (&f->b);
  exchange (f);
  quay_test_shop_reopen (&f->a);
  quay_test_shop_reopen (&f->b);
  QuayId place_a = quay_till_place (f->a.till);
  QuayId place_b = quay_till_place (f->b.till);
  g_assert_true (quay_id_equal (&place_a, &place_b));
  g_autoptr (QuayScanned) scanned = quay_till_scan (f->a.till, TEA);
  f->tea = scanned->item->product;
}

static void
check_file (QuayTestShop *shop)
{
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_store_verify (shop->till->store, TRUE, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  exchange (f);
  check_file (&f->a);
  check_file (&f->b);
  quay_test_assert_equal (f->a.till->store, f->b.till->store);
  quay_test_shop_clear (&f->a);
  quay_test_shop_clear (&f->b);
}

/* Time passes on both. */
static void
pass (Fixture *f, gint64 ms)
{
  quay_test_env_move (&f->a.env, ms);
  quay_test_env_move (&f->b.env, ms);
}

static QuayId
receive (Fixture *f, gint64 units, QuayDay expires)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (f->a.till);
  line->product = f->tea;
  line->name = g_strdup ("Trà nụ vối");
  line->lot = quay_till_new_id (f->a.till);
  line->qty = QUAY_UNITS (units);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  line->expires = expires;
  g_ptr_array_add (voucher->lines, line);
  QuayId lot = line->lot;
  g_autofree char *number =
      quay_till_post_goods (f->a.till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  pass (f, 60000);
  return lot;
}

/* The sample shop has tea on its shelf that belongs to no lot. */
static gint64
units_of (Fixture *f, const QuayId *lot)
{
  QuayId place = quay_till_place (f->a.till);
  g_autoptr (GPtrArray) lots = quay_reader_lots (f->a.till->reader, &place, &f->tea);
  for (guint i = 0; i < lots->len; i++)
    if (quay_id_equal (&((QuayLot *)lots->pdata[i])->id, lot))
      return ((QuayLot *)lots->pdata[i])->qty.milli / 1000;
  return 0;
}

static void
sell (Fixture *f, QuayTestShop *shop, gint64 units)
{
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (units), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_nonnull (sale);
  pass (f, 60000);
}

static void
start (Fixture *f, gboolean blind)
{
  g_autoptr (GError) error = NULL;
  QuayCount ask = { .id = quay_till_new_id (f->a.till),
                    .name = (char *)"Kiểm kê tháng 11",
                    .blind = blind };
  quay_till_count_start (f->a.till, &ask, &error);
  g_assert_no_error (error);
  f->count = ask.id;
}

static void
saw (Fixture *f, QuayTestShop *shop, const QuayId *lot, gint64 units)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  QuayCountSaw one = { .product = f->tea, .whole = lot == NULL, .qty = QUAY_UNITS (units) };
  if (lot != NULL)
    one.lot = *lot;
  quay_till_count_saw (shop->till, &id, &f->count, &one, 1, &error);
  g_assert_no_error (error);
  pass (f, 60000);
}

/* The count's line of tea, whole or of a lot; borrowed from @lines. */
static const QuayCountLine *
line_of (Fixture *f, GPtrArray *lines, const QuayId *lot)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      if (quay_id_equal (&line->product, &f->tea) && line->whole == (lot == NULL) &&
          (lot == NULL || quay_id_equal (&line->lot, lot)))
        return line;
    }
  g_assert_not_reached ();
}

static char *
approve (Fixture *f)
{
  char *number;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->a.till);
  quay_till_count_approve (f->a.till, &id, &f->count, &number, &error);
  g_assert_no_error (error);
  g_autofree char *again = NULL;
  quay_till_count_approve (f->a.till, &id, &f->count, &again, &error); /* the answer was lost */
  if (number != NULL)
    g_assert_no_error (error);
  g_assert_cmpstr (again, ==, number);
  pass (f, 60000);
  return number;
}

/* The letters of a PDF, as another program reads them. */
static char *
read_pdf (const char *path)
{
  char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                      "pdftotext", "-layout", path, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  return out;
}

/* --- tests --- */

/* Two are sold between the look at the shelf and the approval; three were missing before it. */
static void
test_sale_between (Fixture *f, gconstpointer data)
{
  QuayId lot = receive (f, 10, 20270601);
  gint64 loose = units_of (f, &QUAY_ID_NIL);
  QuayLotSums sums;
  gboolean provisional;
  start (f, FALSE);
  sell (f, &f->a, 1);
  saw (f, &f->a, NULL, loose + 6);
  sell (f, &f->a, 2);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, NULL);
  const QuayCountLine *line = line_of (f, lines, NULL);
  g_assert_cmpint (line->book.milli, ==, (loose + 9) * 1000);
  g_assert_cmpint (line->pending.milli, ==, -3000);
  g_assert_cmpint (line->amount.dong, ==, -180000);
  g_assert_cmpint (line->cost.dong, ==, 153000); /* 85 % of 180.000 is owed to the producer */
  g_autofree char *number = approve (f);
  g_assert_true (g_str_has_prefix (number, "QT1A-KK"));
  g_assert_cmpint (units_of (f, &lot), ==, 4);
  quay_reader_lot_sums (f->a.till->reader, &lot, &sums);
  g_assert_cmpint (sums.loss, ==, 3000);
  g_assert_cmpint (sums.sold, ==, 3000);
  g_autofree char *same = quay_till_count_number (f->a.till, &f->count, &provisional);
  g_assert_cmpstr (same, ==, number);
  g_assert_false (provisional); /* no other till has ever sold there */
  g_autoptr (GPtrArray) after = quay_till_count_lines (f->a.till, &f->count, NULL);
  line = line_of (f, after, NULL);
  g_assert_cmpint (line->posted.milli, ==, -3000);
  g_assert_cmpint (line->pending.milli, ==, 0);
  g_assert_cmpint (line->cost.dong, ==, 153000);
}

/* Three are missing, and somebody says that they are the producer's loss: the shop owes nothing for
 * them, but keeps what nobody chose otherwise. */
static void
test_producer_bears (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  QuayLotSums sums;
  QuayCountPick pick = { .product = f->tea, .lot = lot };
  start (f, FALSE);
  saw (f, &f->a, &lot, 7);
  g_autoptr (GPtrArray) before = quay_till_count_lines (f->a.till, &f->count, NULL);
  g_assert_true (line_of (f, before, &lot)->consigned);
  g_assert_false (line_of (f, before, &lot)->bearer);
  g_assert_cmpint (line_of (f, before, &lot)->cost.dong, ==, 153000);
  g_assert_true (quay_till_count_bear (f->a.till, &f->count, &pick, TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, NULL);
  g_assert_true (line_of (f, lines, &lot)->bearer);
  g_assert_cmpint (line_of (f, lines, &lot)->cost.dong, ==, 0);
  g_autofree char *number = approve (f);
  g_assert_nonnull (number);
  quay_reader_lot_sums (f->a.till->reader, &lot, &sums);
  g_assert_cmpint (sums.loss, ==, 0);
  g_assert_cmpint (sums.waste, ==, 3000);
  g_assert_cmpint (sums.cost, ==, 0);
  g_assert_false (quay_till_count_bear (f->a.till, &f->count, &pick, FALSE, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED); /* it is closed */
}

/* The minutes of a count say what the books say: 05-VT. */
static void
test_minutes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  g_autofree char *path = g_build_filename (f->a.dir, "05-vt.pdf", NULL);
  start (f, FALSE);
  saw (f, &f->a, &lot, 7);
  g_autofree char *number = approve (f);
  g_assert_true (quay_till_print_count (f->a.till, &f->count, path, &error));
  g_assert_no_error (error);
  g_autofree char *text = read_pdf (path);
  const char *const parts[] = {
    "Mẫu số 05-VT", "BIÊN BẢN KIỂM KÊ VẬT TƯ, CÔNG CỤ, SẢN PHẨM, HÀNG HÓA",
    number,         "Ban kiểm kê gồm",
    "Phẩm chất",    "Ý kiến giải quyết số chênh lệch",
    "01/06/2027",   "Thông tư số 99/2025",
    "600.000",      "420.000",
    "180.000"
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("'%s' is not in:\n%s", parts[i], text);
  QuayId none = quay_till_new_id (f->a.till);
  g_assert_false (quay_till_print_count (f->a.till, &none, path, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* The other till sold two before the look, but its sales arrive after the approval. */
static void
test_late_sale (Fixture *f, gconstpointer data)
{
  QuayLotSums sums;
  gboolean provisional;
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  gint64 loose = units_of (f, &QUAY_ID_NIL);
  exchange (f);
  sell (f, &f->b, 1);
  exchange (f); /* known: it sells there */
  start (f, FALSE);
  sell (f, &f->b, 2);
  saw (f, &f->a, NULL, loose + 7);
  sell (f, &f->b, 1);
  g_autoptr (GPtrArray) behind = quay_till_count_behind (f->a.till, &f->count);
  g_assert_cmpuint (behind->len, ==, 1);
  g_assert_cmpstr (behind->pdata[0], ==, "QT2A");
  g_autofree char *number = approve (f);
  g_free (quay_till_count_number (f->a.till, &f->count, &provisional));
  g_assert_true (provisional);
  g_assert_cmpint (units_of (f, &lot), ==, 7); /* two are taken for lost */
  exchange (f);
  g_assert_cmpint (units_of (f, &lot), ==, 4);
  g_autoptr (GPtrArray) heard = quay_till_count_behind (f->a.till, &f->count);
  g_assert_cmpuint (heard->len, ==, 0);
  g_autoptr (GPtrArray) counts = quay_till_counts (f->a.till);
  g_assert_cmpint (((QuayCount *)counts->pdata[0])->late, ==, 1);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, NULL);
  const QuayCountLine *line = line_of (f, lines, NULL);
  g_assert_cmpint (line->book.milli, ==, (loose + 7) * 1000);
  g_assert_cmpint (line->posted.milli, ==, -2000);
  g_assert_cmpint (line->pending.milli, ==, 2000);
  QuayId id = quay_till_new_id (f->a.till);
  g_autofree char *correction = NULL;
  quay_till_count_correct (f->a.till, &id, &f->count, &correction, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (correction, !=, number);
  g_autofree char *again = NULL;
  quay_till_count_correct (f->a.till, &id, &f->count, &again, &error);
  g_assert_cmpstr (again, ==, correction);
  g_autoptr (GPtrArray) after = quay_till_counts (f->a.till);
  g_assert_cmpint (((QuayCount *)after->pdata[0])->late, ==, 0);
  /* a surplus has no lot: paper and shelf agree over the product */
  quay_reader_lot_sums (f->a.till->reader, &lot, &sums);
  g_assert_cmpint (units_of (f, &lot) + units_of (f, &QUAY_ID_NIL), ==, loose + 6);
}

/* Two people looked at the same lot: the later is taken, unless the first is chosen. */
static void
test_two_observations (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  exchange (f);
  start (f, TRUE);
  exchange (f);
  saw (f, &f->a, &lot, 9);
  saw (f, &f->b, &lot, 8);
  exchange (f);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, NULL);
  const QuayCountLine *line = line_of (f, lines, &lot);
  g_assert_cmpuint (line->observations->len, ==, 2);
  g_assert_cmpint (line->found.milli, ==, 8000);
  g_assert_cmpint (line->pending.milli, ==, -2000);
  QuayCountPick pick = { .product = f->tea, .lot = lot };
  pick.seen = ((QuayObservation *)line->observations->pdata[0])->seen;
  quay_till_count_pick (f->a.till, &f->count, &pick, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) picked = quay_till_count_lines (f->a.till, &f->count, NULL);
  g_assert_cmpint (line_of (f, picked, &lot)->found.milli, ==, 9000);
  g_autofree char *number = approve (f);
  g_assert_nonnull (number);
  g_assert_cmpint (units_of (f, &lot), ==, 9);
  /* what is seen on the other till, which has not heard of the end, changes nothing */
  saw (f, &f->b, &lot, 1);
  exchange (f);
  g_autoptr (GPtrArray) after = quay_till_count_lines (f->a.till, &f->count, NULL);
  g_assert_cmpint (line_of (f, after, &lot)->pending.milli, ==, 0);
  g_assert_cmpint (line_of (f, after, &lot)->found.milli, ==, 9000);
}

/* Counted by a lot and as a whole: one way counts, and both can't be chosen. */
static void
test_whole_and_lot (Fixture *f, gconstpointer data)
{
  gboolean sound;
  char *number;
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  QuayId young = receive (f, 4, 20280601);
  gint64 loose = units_of (f, &QUAY_ID_NIL);
  start (f, FALSE);
  saw (f, &f->a, &lot, 7);
  saw (f, &f->a, NULL, loose + 3);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, &sound);
  g_assert_true (sound);
  g_assert_true (line_of (f, lines, NULL)->counts);
  g_assert_true (line_of (f, lines, NULL)->clash);
  g_assert_false (line_of (f, lines, &lot)->counts);
  QuayCountPick whole = { .product = f->tea, .whole = TRUE };
  QuayCountPick one = { .product = f->tea, .lot = lot };
  whole.seen = quay_count_line_seen (line_of (f, lines, NULL));
  one.seen = quay_count_line_seen (line_of (f, lines, &lot));
  g_assert_true (quay_till_count_pick (f->a.till, &f->count, &whole, NULL));
  g_assert_true (quay_till_count_pick (f->a.till, &f->count, &one, NULL));
  QuayId id = quay_till_new_id (f->a.till);
  g_assert_false (quay_till_count_approve (f->a.till, &id, &f->count, &number, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  one.seen = 0;
  g_assert_true (quay_till_count_pick (f->a.till, &f->count, &one, NULL));
  /* eleven are missing: what expires first goes first */
  g_autofree char *done = approve (f);
  g_assert_nonnull (done);
  g_assert_cmpint (units_of (f, &lot), ==, 0);
  g_assert_cmpint (units_of (f, &young), ==, 3);
  g_assert_cmpint (units_of (f, &QUAY_ID_NIL), ==, loose);
}

/* Books that are right give no document; bad input changes nothing. */
static void
test_nothing_differs (Fixture *f, gconstpointer data)
{
  char *number;
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (f, 10, 20270601);
  QuayId id = quay_till_new_id (f->a.till);
  QuayCountSaw bad = { .product = f->tea, .whole = TRUE, .qty = QUAY_MILLI (1500) };
  start (f, FALSE);
  g_assert_false (quay_till_count_saw (f->a.till, &id, &f->count, &bad, 1, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  bad = (QuayCountSaw){ .product = f->tea, .lot = id, .qty = QUAY_UNITS (1) };
  g_assert_false (quay_till_count_saw (f->a.till, &id, &f->count, &bad, 1, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  saw (f, &f->a, &lot, 10);
  g_assert_false (quay_till_count_correct (f->a.till, &id, &f->count, &number, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (quay_till_count_approve (f->a.till, &id, &f->count, &number, &error));
  g_assert_null (number);
  bad = (QuayCountSaw){ .product = f->tea, .whole = TRUE, .qty = QUAY_UNITS (1) };
  g_assert_false (quay_till_count_saw (f->a.till, &id, &f->count, &bad, 1, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* What was sold from no lot before the look, and assigned to the lot after the approval, was on the
 * lot's books too long: the count proposes to put it back. */
static void
test_assigned_later (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 loose = units_of (f, &QUAY_ID_NIL);
  quay_test_shop_scan (&f->a, TEA);
  g_assert_true (quay_till_cart_set_qty (f->a.till, 0, QUAY_UNITS (2), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->a);
  pass (f, 60000);
  QuayId lot = receive (f, 10, 20270601); /* its paper came late */
  start (f, FALSE);
  saw (f, &f->a, &lot, 8);
  g_autofree char *number = approve (f);
  g_assert_cmpint (units_of (f, &lot), ==, 8);
  QuayEvent *event = quay_till_event (f->a.till, QUAY_EVENT_ASSIGNED, TRUE);
  QuayAssign *body = event->body;
  body->doc = sale->id;
  body->line = 1;
  body->product = f->tea;
  body->to = lot;
  body->qty = QUAY_UNITS (2);
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (f->a.till, txn, &error);
  g_assert_no_error (error);
  g_assert_cmpint (units_of (f, &lot), ==, 6);
  g_assert_cmpint (units_of (f, &QUAY_ID_NIL), ==, loose);
  g_autoptr (GPtrArray) lines = quay_till_count_lines (f->a.till, &f->count, NULL);
  g_assert_cmpint (line_of (f, lines, &lot)->pending.milli, ==, 2000);
  QuayId id = quay_till_new_id (f->a.till);
  g_autofree char *correction = NULL;
  g_assert_true (quay_till_count_correct (f->a.till, &id, &f->count, &correction, &error));
  g_assert_cmpint (units_of (f, &lot), ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/count/sale-between", test_sale_between);
  ADD ("/count/producer-bears", test_producer_bears);
  ADD ("/count/minutes", test_minutes);
  ADD ("/count/late-sale", test_late_sale);
  ADD ("/count/two-observations", test_two_observations);
  ADD ("/count/whole-and-lot", test_whole_and_lot);
  ADD ("/count/nothing-differs", test_nothing_differs);
  ADD ("/count/assigned-later", test_assigned_later);
  return g_test_run ();
}
