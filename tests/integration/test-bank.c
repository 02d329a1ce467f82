/* The shop's accounts and its transfers: several accounts, one chosen, another at a stall; the code
 * of a cart stays what it was and goes into the sale. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader.h"
#include "quay-till-bank.h"
#include "quay-till-orders.h"
#include "quay-till-places.h"
#include "quay-till-private.h"
#include "quay-vietqr.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */
#define AGRIBANK "970405"
#define COOP "970446"

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

static void
save (Fixture *shop, const char *bin, const char *number, const char *holder)
{
  const char *member = "";
  g_autoptr (GError) error = NULL;
  QuayBankAccount account = { .bin = (char *)bin,
                              .number = (char *)number,
                              .holder = (char *)holder,
                              .branch = (char *)" Na Rì " };
  quay_till_save_bank_account (shop->till, &account, &member, &error);
  g_assert_no_error (error);
  g_assert_null (member);
}

static void
check_refused (Fixture *shop, const char *bin, const char *number, const char *holder,
               const char *branch, const char *expected)
{
  const char *member = NULL;
  g_autoptr (GError) error = NULL;
  QuayBankAccount account = { .bin = (char *)bin,
                              .number = (char *)number,
                              .holder = (char *)holder,
                              .branch = (char *)branch,
                              .card = strchr (number, 'C') != NULL };
  g_assert_false (quay_till_save_bank_account (shop->till, &account, &member, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpstr (member, ==, expected);
}

/* The accounts as "Agribank 8300205012345*, …", where * is the chosen one; (transfer full). */
static char *
listed (Fixture *shop)
{
  g_autoptr (GPtrArray) accounts = quay_till_bank_accounts (shop->till);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < accounts->len; i++)
    {
      const QuayBankAccount *account = accounts->pdata[i];
      g_string_append_printf (text, "%s%s %s%s", i > 0 ? ", " : "", account->bank, account->number,
                              account->chosen ? "*" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_listed (Fixture *shop, const char *expected)
{
  g_autofree char *text = listed (shop);
  g_assert_cmpstr (text, ==, expected);
}

/* What the customer's app reads. */
static QuayVietqr
scanned (Fixture *shop, gint64 amount, const char *code)
{
  QuayVietqr qr = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayTransfer) transfer =
      quay_till_transfer (shop->till, QUAY_DONG (amount), code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (quay_vietqr_parse (transfer->payload, -1, &qr), ==, QUAY_VIETQR_OK);
  g_assert_cmpstr (qr.account, ==, transfer->account->number);
  return qr;
}

static void
test_banks (void)
{
  g_autoptr (GPtrArray) banks = quay_banks ();
  g_autoptr (QuayBank) agribank = quay_bank_find (AGRIBANK);
  g_autoptr (QuayBank) hsbc = quay_bank_find ("458761");
  guint transfers = 0;
  g_assert_cmpuint (banks->len, ==, 58);
  for (guint i = 0; i < banks->len; i++)
    {
      const QuayBank *bank = banks->pdata[i];
      g_assert_true (quay_vietqr_bin_is_sound (bank->bin));
      g_assert_cmpstr (bank->name, !=, "");
      g_assert_cmpstr (bank->full, !=, "");
      transfers += bank->transfers ? 1 : 0;
    }
  g_assert_cmpuint (transfers, ==, 41);
  g_assert_cmpstr (agribank->name, ==, "Agribank");
  g_assert_true (agribank->transfers && agribank->listed);
  g_assert_true (!hsbc->transfers && !hsbc->listed);
  g_assert_null (quay_bank_find ("000000"));
}

static void
test_accounts (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  assert_listed (shop, "");
  save (shop, AGRIBANK, " 8300 2050 12345 ", "HTX OCOP Quế Thanh");
  assert_listed (shop, "Agribank 8300205012345*");
  save (shop, COOP, "0011AB22", "HTX OCOP Quế Thanh");
  save (shop, "123456", "77", "HTX OCOP Quế Thanh"); /* a bank that the table lacks */
  assert_listed (shop, "123456 77*, Agribank 8300205012345, Co-op Bank 0011AB22");
  g_assert_true (
      quay_till_choose_bank_account (shop->till, "account.970405.8300205012345", &error));
  assert_listed (shop, "Agribank 8300205012345*, 123456 77, Co-op Bank 0011AB22");
  save (shop, AGRIBANK, "8300205012345", "Another holder"); /* no second one */
  g_assert_true (quay_till_remove_bank_account (shop->till, "account.123456.77", &error));
  quay_test_shop_reopen (shop);
  assert_listed (shop, "Agribank 8300205012345*, Co-op Bank 0011AB22");
  g_autoptr (GPtrArray) accounts = quay_till_bank_accounts (shop->till);
  const QuayBankAccount *first = accounts->pdata[0];
  g_assert_cmpstr (first->holder, ==, "Another holder");
  g_assert_cmpstr (first->branch, ==, "Na Rì");
  /* the chosen one is taken out: the next is it */
  g_assert_true (quay_till_remove_bank_account (shop->till, first->code, &error));
  assert_listed (shop, "Co-op Bank 0011AB22*");
  g_assert_false (quay_till_remove_bank_account (shop->till, "account.123456.77", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (quay_till_choose_bank_account (shop->till, "account.123456.77", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

static void
test_refused (Fixture *shop, gconstpointer data)
{
  g_autofree char *much = g_strnfill (61, 'a');
  g_autoptr (GError) error = NULL;
  check_refused (shop, "", "77", "HTX", NULL, "bin");
  check_refused (shop, "97040", "77", "HTX", NULL, "bin");
  check_refused (shop, AGRIBANK, " ", "HTX", NULL, "number");
  check_refused (shop, AGRIBANK, "12-34", "HTX", NULL, "number");
  check_refused (shop, AGRIBANK, "Số 12", "HTX", NULL, "number");
  check_refused (shop, AGRIBANK, "12345678901234567890", "HTX", NULL, "number");
  check_refused (shop, AGRIBANK, "9704C31101234567", "HTX", NULL, "number");
  check_refused (shop, AGRIBANK, "77", " ", NULL, "holder");
  check_refused (shop, AGRIBANK, "77", much, NULL, "holder");
  check_refused (shop, AGRIBANK, "77", "HTX", much, "branch");
  assert_listed (shop, "");
  g_assert_null (quay_till_transfer (shop->till, QUAY_DONG (1), NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

static void
test_transfer (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  save (shop, AGRIBANK, "8300205012345", "HTX OCOP Quế Thanh");
  QuayVietqr qr = scanned (shop, 125000, "QT1A7K2M9P");
  g_assert_true (qr.once && !qr.card);
  g_assert_cmpint (qr.amount, ==, 125000);
  g_assert_cmpstr (qr.bin, ==, AGRIBANK);
  g_assert_cmpstr (qr.purpose, ==, "QT1A7K2M9P");
  qr = scanned (shop, 0, NULL);
  g_assert_false (qr.once);
  g_assert_cmpint (qr.amount, ==, 0);
  g_assert_null (
      quay_till_transfer (shop->till, QUAY_DONG (QUAY_VIETQR_AMOUNT_MAX + 1), NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* A stall with an account of its own; when that is taken out the shop's counts again. */
static void
test_place (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId stall = quay_till_new_id (shop->till);
  save (shop, AGRIBANK, "8300205012345", "HTX OCOP Quế Thanh");
  save (shop, COOP, "0011AB22", "HTX OCOP Quế Thanh");
  g_assert_true (quay_till_save_place (shop->till, &stall, "Quầy hội chợ", "stall", &error));
  g_assert_false (quay_till_set_place_account (shop->till, &stall, "account.1.2", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  QuayId nowhere = quay_till_new_id (shop->till);
  g_assert_false (
      quay_till_set_place_account (shop->till, &nowhere, "account.970446.0011AB22", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (
      quay_till_set_place_account (shop->till, &stall, "account.970446.0011AB22", &error));
  g_autofree char *own = quay_till_place_account (shop->till, &stall);
  g_assert_cmpstr (own, ==, "account.970446.0011AB22");
  g_assert_cmpstr (scanned (shop, 1, NULL).bin, ==, AGRIBANK);
  g_assert_true (quay_till_sell_from (shop->till, &stall, &error));
  g_assert_cmpstr (scanned (shop, 1, NULL).bin, ==, COOP);
  g_assert_true (quay_till_remove_bank_account (shop->till, own, &error));
  g_assert_cmpstr (scanned (shop, 1, NULL).bin, ==, AGRIBANK);
  g_assert_true (quay_till_set_place_account (shop->till, &stall, NULL, &error));
  g_assert_no_error (error);
}

static void
test_code (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  quay_test_shop_scan (shop, TEA);
  g_autofree char *code = g_strdup (quay_till_order_code (shop->till));
  g_autofree char *label = quay_till_label (shop->till);
  g_assert_true (g_str_has_prefix (code, label));
  g_assert_cmpuint (strlen (code), ==, 12);
  g_assert_true (quay_vietqr_account_is_sound (code)); /* letters and digits alone */
  /* lines change, the till is closed, the cart lies aside: it stays what it was */
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_reopen (shop);
  g_assert_cmpstr (quay_till_cart (shop->till)->pay_code, ==, code);
  QuayId id = quay_till_cart (shop->till)->id;
  g_assert_true (quay_till_hold (shop->till, NULL, &error));
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpstr (quay_till_order_code (shop->till), !=, code);
  g_assert_true (quay_till_recall (shop->till, &id, &error));
  g_assert_cmpstr (quay_till_order_code (shop->till), ==, code);
  for (guint i = 0; i < 500; i++)
    {
      g_assert_true (quay_till_cart_clear (shop->till, "test", &error));
      g_assert_true (g_hash_table_add (seen, g_strdup (quay_till_order_code (shop->till))));
    }
}

/* What the sale says of each payment; (transfer full) */
static char *
paid_refs (Fixture *shop, const char *number)
{
  g_autoptr (QuaySaleRecord) sale = quay_reader_sale (shop->till->reader, number);
  GString *text = g_string_new (NULL);
  g_assert_nonnull (sale);
  for (guint i = 0; i < sale->payments->len; i++)
    {
      const QuayPayment *payment = sale->payments->pdata[i];
      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", quay_tender_name (payment->tender),
                              payment->ref != NULL ? payment->ref : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_sale (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, TEA);
  g_autofree char *code = g_strdup (quay_till_order_code (shop->till));
  g_autoptr (GPtrArray) payments = quay_test_payment (NULL, QUAY_TENDER_TRANSFER, 50000);
  quay_test_payment (payments, QUAY_TENDER_TRANSFER, 30000);
  ((QuayPayment *)payments->pdata[1])->ref = g_strdup ("FT2611");
  quay_test_payment (payments, QUAY_TENDER_CASH, 40000);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (shop->till, payments, &error);
  g_assert_no_error (error);
  g_autofree char *refs = paid_refs (shop, sale->number);
  g_autofree char *expected = g_strdup_printf ("transfer:%s transfer:%s FT2611 cash:", code, code);
  g_assert_cmpstr (refs, ==, expected);
  g_assert_cmpstr (sale->who, !=, NULL); /* who saw it */
  /* the next cart has none until it is asked for, and a transfer without a code says nothing */
  g_assert_null (quay_till_cart (shop->till)->pay_code);
  quay_test_shop_scan (shop, TEA);
  g_autoptr (GPtrArray) plain = quay_test_payment (NULL, QUAY_TENDER_TRANSFER, 60000);
  g_autoptr (QuaySaleRecord) second = quay_till_pay (shop->till, plain, &error);
  g_assert_no_error (error);
  g_autofree char *none = paid_refs (shop, second->number);
  g_assert_cmpstr (none, ==, "transfer:");
}

/* The slip of an order names the rest, the account and the order; the cart that hands it over asks
 * for a transfer under the same code. */
static void
test_order (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayScanned) found = quay_till_scan (shop->till, TEA);
  QuayId product = found->item->product;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  g_ptr_array_add (lines, quay_till_order_line (shop->till, &product, QUAY_UNITS (4),
                                                QUAY_DONG (58000), &error));
  QuayId id = quay_till_new_id (shop->till);
  QuayOrderAsk ask = { .name = "Khách đặt", .lines = lines, .deposit = QUAY_DONG (100000) };
  g_autofree char *number = quay_till_place_order (shop->till, &id, &ask, &error);
  g_assert_no_error (error);
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, &id);
  g_autoptr (GBytes) bare = quay_till_render_order (shop->till, order, "text", 58, &error);
  g_assert_null (strstr (g_bytes_get_data (bare, NULL), "chuyển khoản"));
  save (shop, AGRIBANK, "8300205012345", "HTX OCOP Quế Thanh");
  g_autofree char *code = quay_till_code_of_order (number);
  g_autoptr (GBytes) slip = quay_till_render_order (shop->till, order, "text", 58, &error);
  const char *text = g_bytes_get_data (slip, NULL);
  g_assert_nonnull (strstr (text, code));
  g_assert_nonnull (strstr (text, "132.000"));
  g_assert_nonnull (strstr (text, "Agribank"));
  g_assert_true (quay_till_hand_over (shop->till, &id, &error));
  g_assert_cmpstr (quay_till_order_code (shop->till), ==, code);
}

static void
test_read_code (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  save (shop, AGRIBANK, "8300205012345", "HTX OCOP Quế Thanh");
  g_autoptr (QuayTransfer) transfer = quay_till_transfer (shop->till, QUAY_DONG (0), NULL, &error);
  g_autoptr (QuayBankAccount) account = quay_till_read_bank_code (transfer->payload, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->bin, ==, AGRIBANK);
  g_assert_cmpstr (account->bank, ==, "Agribank");
  g_assert_cmpstr (account->number, ==, "8300205012345");
  g_assert_false (account->card);
  g_assert_null (quay_till_read_bank_code ("8938505974192", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_sign (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (shop->dir, "sign.pdf", NULL);
  save (shop, AGRIBANK, "8300205012345", "HTX OCOP Quế Thanh");
  const char *code = "account.970405.8300205012345";
  g_assert_true (quay_till_print_bank_sign (shop->till, code, "a5", path, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_false (quay_till_print_bank_sign (shop->till, code, "a3", path, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_till_print_bank_sign (shop->till, "account.1.2", "a4", path, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_unlink (path);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/table", test_banks);
  ADD ("/bank/accounts", test_accounts);
  ADD ("/bank/refused", test_refused);
  ADD ("/bank/transfer", test_transfer);
  ADD ("/bank/place", test_place);
  ADD ("/bank/code", test_code);
  ADD ("/bank/sale", test_sale);
  ADD ("/bank/order", test_order);
  ADD ("/bank/read-code", test_read_code);
  ADD ("/bank/sign", test_sign);
  return g_test_run ();
}
