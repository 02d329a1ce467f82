/* Goods that went back to who delivered them before anybody knew of which lot: what the shop owes
 * follows the lots that gave them after all. The file stays sound: a replay gives the same. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-assign.h"
#include "quay-till-goods.h"
#include "quay-till-private.h"
#include "quay-till-settle.h"
#include "quay-till-supply.h"

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static QuayId
save_product (Fixture *shop)
{
  QuayId product = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  edit->sku = g_strdup ("TRA");
  edit->name = g_strdup ("Trà");
  edit->unit = g_strdup ("gói");
  edit->sold_by = g_strdup ("piece");
  edit->vat_class = g_strdup ("A_PROC");
  edit->category = g_strdup ("tea");
  edit->price = g_strdup ("30000");
  quay_till_save_item (shop->till, &product, edit, &refusals, &error);
  g_assert_no_error (error);
  return product;
}

static QuayId
supplier (Fixture *shop)
{
  QuayId id;
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_need_supplier (shop->till, "HTX Chè", &id, &error));
  g_assert_no_error (error);
  return id;
}

static QuayVoucher *
one_line (const QuayId *party, const char *reason, const QuayId *product, gint64 units)
{
  QuayVoucher *voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  voucher->party = *party;
  voucher->reason = g_strdup (reason);
  line->product = *product;
  line->name = g_strdup ("Trà");
  line->qty = QUAY_UNITS (units);
  g_ptr_array_add (voucher->lines, line);
  return voucher;
}

/* @price: own goods at that, 0: consigned. */
static QuayId
receive (Fixture *shop, const QuayId *party, const QuayId *product, gint64 units, gint64 price)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher =
      one_line (party, price > 0 ? "own" : "consigned", product, units);
  QuayVoucherLine *line = voucher->lines->pdata[0];
  QuayId id = quay_till_new_id (shop->till);
  QuayId lot = line->lot = quay_till_new_id (shop->till);
  line->terms = price > 0 ? (QuayTerms){ .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (price) }
                          : (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1000 };
  line->expires = 20270101;
  g_autofree char *number = quay_till_receive (shop->till, &id, voucher, QUAY_DONG (0), &error);
  g_assert_no_error (error);
  return lot;
}

static QuayId
send_back (Fixture *shop, const QuayId *party, const QuayId *product, gint64 units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = one_line (party, "returned", product, units);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_issue (shop->till, &id, voucher, &error);
  g_assert_no_error (error);
  return id;
}

/* What @from gave to the one document, is given by @to. */
static void
assign (Fixture *shop, const QuayId *product, const QuayId *from, const QuayId *to, gint64 units)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  QuayAttention of = {
    .loc = quay_till_place (shop->till), .product = *product, .lot = *from, .qty = QUAY_UNITS (-9)
  };
  g_autoptr (GPtrArray) lines = quay_till_open_lines (shop->till, &of);
  g_assert_cmpuint (lines->len, ==, 1);
  quay_till_assign (shop->till, &id, lines->pdata[0], to, QUAY_UNITS (units), NULL, &error);
  g_assert_no_error (error);
}

static void
assert_owed (Fixture *shop, const QuayId *party, gint64 dong)
{
  g_assert_cmpint (quay_till_owed (shop->till, party).dong, ==, dong);
}

static void
assert_back (Fixture *shop, const QuayId *lot, gint64 units)
{
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, lot, &sums);
  g_assert_cmpint (sums.back, ==, units * 1000);
}

/* As if the lot had been there: the supplier gets less by what went back. */
static void
test_later (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  g_autoptr (GError) error = NULL;
  QuayId party = supplier (shop);
  QuayId product = save_product (shop);
  send_back (shop, &party, &product, 3);
  assert_owed (shop, &party, 0);
  QuayId lot = receive (shop, &party, &product, 5, 10000);
  assert_owed (shop, &party, 50000);
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &lot, &done, &error));
  g_assert_no_error (error);
  g_assert_cmpint (done.milli, ==, 3000);
  assert_back (shop, &lot, 3);
  assert_owed (shop, &party, 20000);
}

/* The same as with the lot known: part of the goods had one, part none. */
static void
test_partly (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  g_autoptr (GError) error = NULL;
  QuayId party = supplier (shop);
  QuayId product = save_product (shop);
  QuayId first = receive (shop, &party, &product, 2, 10000);
  send_back (shop, &party, &product, 5);
  assert_owed (shop, &party, 0);
  QuayId second = receive (shop, &party, &product, 10, 12000);
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &second, &done, &error));
  g_assert_cmpint (done.milli, ==, 3000);
  assert_back (shop, &first, 2);
  assert_back (shop, &second, 3);
  assert_owed (shop, &party, 120000 - 36000);
}

/* From lot to lot the difference, to consigned goods and to no lot all of it. */
static void
test_moved (Fixture *shop, gconstpointer data)
{
  QuayId party = supplier (shop);
  QuayId product = save_product (shop);
  send_back (shop, &party, &product, 4);
  QuayId cheap = receive (shop, &party, &product, 9, 10000);
  QuayId dear = receive (shop, &party, &product, 9, 12000);
  QuayId lent = receive (shop, &party, &product, 9, 0);
  gint64 owed = 9 * 22000;
  assign (shop, &product, &QUAY_ID_NIL, &cheap, 4);
  assert_owed (shop, &party, owed - 40000);
  assign (shop, &product, &cheap, &dear, 3);
  assert_owed (shop, &party, owed - 10000 - 36000);
  assign (shop, &product, &cheap, &lent, 1);
  assert_owed (shop, &party, owed - 36000);
  assign (shop, &product, &dear, &QUAY_ID_NIL, 2);
  assert_owed (shop, &party, owed - 12000);
  assert_back (shop, &cheap, 0);
  assert_back (shop, &dear, 1);
  assert_back (shop, &lent, 1);
}

/* Nobody is owed less for goods that were spoilt, or that another brought back. */
static void
test_others (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId party = supplier (shop);
  QuayId product = save_product (shop);
  g_autoptr (QuayVoucher) spoilt = one_line (&party, "damaged", &product, 2);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_issue (shop->till, &id, spoilt, &error);
  g_assert_no_error (error);
  QuayId lot = receive (shop, &party, &product, 5, 10000);
  assign (shop, &product, &QUAY_ID_NIL, &lot, 2);
  assert_owed (shop, &party, 50000);
}

/* In the supplier's account the correction stands beside the document that it belongs to. */
static void
test_account (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId party = supplier (shop);
  QuayId product = save_product (shop);
  QuayId doc = send_back (shop, &party, &product, 3);
  QuayId lot = receive (shop, &party, &product, 5, 10000);
  assign (shop, &product, &QUAY_ID_NIL, &lot, 3);
  g_autoptr (GPtrArray) lines = quay_till_entries (shop->till, &party);
  g_assert_cmpuint (lines->len, ==, 2);
  const QuayEntryRecord *last = lines->pdata[0];
  g_assert_cmpint (last->amount.dong, ==, -30000);
  g_assert_cmpstr (last->kind, ==, "goods.issued");
  g_assert_true (quay_id_equal (&last->doc, &doc));
  g_assert_cmpstr (last->doc_number, ==, "QT1A-PXK26-0001");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/returned/later", test_later },     { "/returned/partly", test_partly },
    { "/returned/moved", test_moved },     { "/returned/others", test_others },
    { "/returned/account", test_account },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
