/* Customers: what may be owed, part payment, ages of a debt, points, and being forgotten on every
 * node. */
#include "quay-test-exchange.h"
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-prices.h"
#include "quay-till-private.h"

#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */
#define PHONE "0912345678"
#define NAME "Người mua thử"
#define KEY "a key that is 32 bytes in a test"
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  QuayTestShop shop;
  QuayId customer;
} Fixture;

static gboolean
save (QuayTestShop *shop, QuayId *id, const QuayCustomerEdit *edit, const char *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  gboolean saved = quay_till_save_customer (shop->till, id, edit, &refusals, &error);
  g_assert_no_error (error);
  if (refused == NULL)
    {
      g_assert_true (saved);
      g_assert_null (refusals);
      return TRUE;
    }
  g_assert_false (saved);
  g_assert_cmpuint (refusals->len, ==, 1);
  const QuayRefusal *refusal = refusals->pdata[0];
  g_autofree char *said = g_strdup_printf ("%s: %s", refusal->column, refusal->code);
  g_assert_cmpstr (said, ==, refused);
  return FALSE;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (&f->shop, TRUE);
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup (NAME);
  edit->phone = g_strdup ("+84 912 345 678");
  edit->address = g_strdup ("Na Rì");
  edit->limit = g_strdup ("150k");
  f->customer = QUAY_ID_NIL;
  save (&f->shop, &f->customer, edit, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_assert_sound (&f->shop);
  quay_test_shop_clear (&f->shop);
}

static void
put_tea (Fixture *f, gint64 n)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (&f->shop, TEA);
  g_assert_true (quay_till_cart_set_qty (f->shop.till, 0, QUAY_UNITS (n), &error));
  g_assert_true (quay_till_cart_set_customer (f->shop.till, &f->customer, &error));
  g_assert_no_error (error);
}

static QuaySaleRecord *
pay (Fixture *f, GPtrArray *payments)
{
  g_autoptr (GError) error = NULL;
  QuaySaleRecord *sale = quay_till_pay (f->shop.till, payments, &error);
  g_assert_no_error (error);
  return sale;
}

static QuaySaleRecord *
sell_on_debt (Fixture *f, gint64 n)
{
  g_autoptr (GPtrArray) debt = quay_test_payment (NULL, QUAY_TENDER_DEBT, n * 60000);
  put_tea (f, n);
  return pay (f, debt);
}

static char *
post (Fixture *f, const char *kind, gint64 amount, gint64 tender, const char *why, GError **error)
{
  QuayId id = quay_till_new_id (f->shop.till);
  QuayDebtEntry entry = { f->customer, kind, QUAY_DONG (amount), tender, NULL, why };
  return quay_till_post_debt (f->shop.till, &id, &entry, error);
}

static void
assert_account (Fixture *f, gint64 debt, gint64 points, gint64 cash)
{
  QuayMoney expected = QUAY_DONG (0);
  g_autoptr (QuayCustomer) customer = quay_till_customer (f->shop.till, &f->customer);
  g_assert_cmpint (customer->debt.dong, ==, debt);
  g_assert_cmpint (customer->points, ==, points);
  quay_till_shift (f->shop.till, NULL, &expected);
  g_assert_cmpint (expected.dong, ==, cash);
}

/* --- who it is --- */

static void
test_form (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *phone;
    const char *limit;
    const char *refused;
  } bad[] = {
    { "", NULL, NULL, "name: empty" },
    { "A\nB", NULL, NULL, "name: text" },
    { "Khác", "12345", NULL, "phone: phone" },
    { "Khác", "0912 345 678", NULL, "phone: phone-taken" },
    { "Khác", NULL, "nhiều", "limit: number" },
    { NULL, "0987654321", NULL, "name: empty" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      QuayId id = QUAY_ID_NIL;
      g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
      edit->name = g_strdup (bad[i].name);
      edit->phone = g_strdup (bad[i].phone);
      edit->limit = g_strdup (bad[i].limit);
      save (&f->shop, &id, edit, bad[i].refused);
    }
  quay_test_shop_reopen (&f->shop);
  static const struct
  {
    const char *text;
    guint n;
  } searches[] = { { "nguoi mua", 1 }, { "thử", 1 }, { "345 678", 1 },
                   { "0913", 0 },      { "ai", 0 },  { "", 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GPtrArray) found = quay_till_customers (f->shop.till, searches[i].text);
      g_assert_cmpuint (found->len, ==, searches[i].n);
    }
  g_autoptr (QuayCustomer) customer = quay_till_customer (f->shop.till, &f->customer);
  g_assert_cmpstr (customer->phone, ==, PHONE);
  g_assert_cmpstr (customer->address, ==, "Na Rì");
  g_autofree char *masked = quay_phone_mask (customer->phone);
  g_assert_cmpstr (masked, ==, "09xx xxx 678");
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    g_assert_false (customer->consents[i].given || customer->consents[i].text != NULL);
}

static void
agree (Fixture *f, int given, const char *how, const char *refused)
{
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->consents[QUAY_CONSENT_LOYALTY] = given;
  edit->how = how;
  save (&f->shop, &f->customer, edit, refused);
}

static void
test_consent (Fixture *f, gconstpointer data)
{
  agree (f, 1, NULL, "loyalty: empty");
  agree (f, 1, "signed", NULL);
  g_autoptr (QuayCustomer) yes = quay_till_customer (f->shop.till, &f->customer);
  const QuayConsent *loyalty = &yes->consents[QUAY_CONSENT_LOYALTY];
  g_assert_cmpint (loyalty->given, ==, 1);
  g_assert_cmpstr (loyalty->text, ==, QUAY_CONSENT_TEXT);
  g_assert_cmpstr (loyalty->how, ==, "signed");
  g_assert_cmpstr (loyalty->who, ==, quay_till_user (f->shop.till));
  g_assert_cmpint (loyalty->day, ==, quay_till_day (f->shop.till));
  g_assert_false (yes->consents[QUAY_CONSENT_MARKETING].given);
  agree (f, 0, NULL, NULL);
  g_autoptr (QuayCustomer) no = quay_till_customer (f->shop.till, &f->customer);
  g_assert_cmpint (no->consents[QUAY_CONSENT_LOYALTY].given, ==, 0);
  g_assert_cmpint (no->consents[QUAY_CONSENT_LOYALTY].day, >, 0);
}

/* --- owing and paying --- */

/* What the rights ask for is the act that the gate names, whoever is at work. */
static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) nobody = NULL;
  g_autoptr (GPtrArray) debt = quay_test_payment (NULL, QUAY_TENDER_DEBT, 60000);
  quay_test_shop_scan (&f->shop, TEA);
  g_assert_null (quay_till_pay (f->shop.till, debt, &nobody));
  g_assert_error (nobody, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_cmpint (quay_till_debt_room (f->shop.till, &f->customer).dong, ==, 150000);
  g_assert_true (quay_till_cart_set_customer (f->shop.till, &f->customer, NULL));
  quay_test_shop_reopen (&f->shop); /* the cart on disk knows its customer */
  g_autoptr (QuaySaleRecord) one = pay (f, debt);
  g_assert_cmpint (one->owed.dong, ==, 60000);
  g_assert_cmpstr (one->customer_name, ==, NAME " · 09xx xxx 678");
  assert_account (f, 60000, 0, 0);
  g_assert_cmpint (quay_till_debt_room (f->shop.till, &f->customer).dong, ==, 90000);
  /* half in cash */
  g_autoptr (GPtrArray) both = quay_test_payment (NULL, QUAY_TENDER_DEBT, 40000);
  quay_test_payment (both, QUAY_TENDER_CASH, 100000);
  put_tea (f, 2);
  g_autoptr (QuaySaleRecord) two = pay (f, both);
  assert_account (f, 100000, 0, 80000);
  g_autoptr (GBytes) paper = quay_till_render_receipt (f->shop.till, two, "text", 80, FALSE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (paper, NULL), g_bytes_get_size (paper));
  g_assert_nonnull (strstr (text, "Còn nợ"));
  g_assert_nonnull (strstr (text, "100.000"));
  g_assert_null (strstr (text, PHONE));
  /* what an earlier receipt said is what its copy says */
  g_autoptr (QuaySaleRecord) again = quay_till_sale (f->shop.till, one->number);
  g_assert_cmpint (again->owed.dong, ==, 60000);
  /* too much without cash, and nothing that would need change */
  g_autoptr (GError) change = NULL;
  g_autoptr (GPtrArray) over = quay_test_payment (NULL, QUAY_TENDER_DEBT, 60001);
  put_tea (f, 1);
  g_assert_null (quay_till_pay (f->shop.till, over, &change));
  g_assert_error (change, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

static void
test_pay (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    gint64 amount;
    gint64 tender;
    const char *why;
    QuayError code;
  } bad[] = {
    { "paid", 120001, QUAY_TENDER_CASH, NULL, QUAY_ERROR_REFUSED },
    { "paid", -1, QUAY_TENDER_CASH, NULL, QUAY_ERROR_REFUSED },
    { "paid", 0, QUAY_TENDER_CASH, NULL, QUAY_ERROR_INVALID },
    { "paid", 1000, QUAY_TENDER_DEBT, NULL, QUAY_ERROR_INVALID },
    { "adjusted", -1000, 0, NULL, QUAY_ERROR_INVALID },
    { "opening", -1000, 0, NULL, QUAY_ERROR_INVALID },
    { "gift", 1000, 0, NULL, QUAY_ERROR_INVALID },
    { "paid", 1000, QUAY_TENDER_CASH, "a\nb", QUAY_ERROR_INVALID },
  };
  g_autoptr (QuaySaleRecord) sale = sell_on_debt (f, 2);
  g_autoptr (GPtrArray) theirs =
      quay_till_sales (f->shop.till, 20260101, QUAY_DAY_MAX, "+84 912 345 678", NULL, 10);
  g_autoptr (GPtrArray) others =
      quay_till_sales (f->shop.till, 20260101, QUAY_DAY_MAX, "0912 345 679", NULL, 10);
  g_assert_cmpuint (theirs->len, ==, 1);
  g_assert_cmpuint (others->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (post (f, bad[i].kind, bad[i].amount, bad[i].tender, bad[i].why, &error));
      g_assert_error (error, QUAY_ERROR, (int)bad[i].code);
    }
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  QuayDebtEntry part = { f->customer, "paid", QUAY_DONG (50000), QUAY_TENDER_CASH, NULL, NULL };
  g_autofree char *first = quay_till_post_debt (f->shop.till, &id, &part, &error);
  g_autofree char *again = quay_till_post_debt (f->shop.till, &id, &part, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, again);
  g_assert_nonnull (strstr (first, "-PT")); /* a cash voucher of the drawer */
  assert_account (f, 70000, 0, 50000);
  g_autofree char *bank = post (f, "paid", 30000, QUAY_TENDER_TRANSFER, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (bank, "-CN"));
  assert_account (f, 40000, 0, 50000);
  g_autofree char *off = post (f, "adjusted", -15000, 0, "khách quá khó khăn", &error);
  assert_account (f, 25000, 0, 50000);
  g_autofree char *opening = post (f, "opening", 5000, 0, NULL, &error);
  g_assert_no_error (error);
  assert_account (f, 30000, 0, 50000);
  g_autoptr (GError) twice = NULL;
  g_assert_null (post (f, "opening", 5000, 0, NULL, &twice));
  g_assert_error (twice, QUAY_ERROR, QUAY_ERROR_REFUSED);
  /* goods of the debt come back: less is owed, no cash moves; what is too much was paid ahead */
  QuayId back = quay_till_new_id (f->shop.till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_autofree char *refund =
      quay_till_refund (f->shop.till, &back, sale->number, &ask, 1, "hỏng", NULL, &error);
  g_assert_no_error (error);
  assert_account (f, -30000, 0, 50000);
  g_autofree char *out = post (f, "paid", -30000, QUAY_TENDER_CASH, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (out, "-PC"));
  assert_account (f, 0, 0, 20000);
  g_autoptr (GPtrArray) lines = quay_till_customer_lines (f->shop.till, &f->customer);
  g_assert_cmpuint (lines->len, ==, 7);
  g_assert_cmpint (((const QuayCustomerLine *)lines->pdata[0])->balance.dong, ==, 0);
}

/* By hand, on the day 200 days after the first: sold 60 on day 0, 120 on day 120, 60 on day 145,
 * 60 on day 180; paid 90 on day 185. The oldest 60 and 30 of the second are paid: 90 are 80 days
 * old, 60 are 55, 60 are 20. */
static void
test_ages (Fixture *f, gconstpointer data)
{
  static const struct
  {
    int day;
    gint64 n;
  } sales[] = { { 0, 1 }, { 120, 2 }, { 145, 1 }, { 180, 1 } };
  int today = 0;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sales); i++)
    {
      f->shop.env.wall_ms += (sales[i].day - today) * DAY_MS;
      today = sales[i].day;
      g_autoptr (QuaySaleRecord) sale = sell_on_debt (f, sales[i].n);
    }
  f->shop.env.wall_ms += 5 * DAY_MS;
  g_autofree char *paid = post (f, "paid", 90000, QUAY_TENDER_CARD, NULL, &error);
  g_assert_no_error (error);
  f->shop.env.wall_ms += 15 * DAY_MS;
  static const gint64 expected[QUAY_N_AGES] = { 60000, 60000, 90000, 0 };
  g_autoptr (QuayCustomer) customer = quay_till_customer (f->shop.till, &f->customer);
  g_autoptr (GPtrArray) list = quay_till_customers (f->shop.till, NULL);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    {
      g_assert_cmpint (customer->ages[i].dong, ==, expected[i]);
      g_assert_cmpint (((const QuayCustomer *)list->pdata[0])->ages[i].dong, ==, expected[i]);
    }
  g_autofree char *pdf = quay_till_print_statement (f->shop.till, &f->customer, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (pdf, G_FILE_TEST_IS_REGULAR));
  g_assert_true (quay_till_print_statement_slip (f->shop.till, &f->customer, &error));
  g_assert_no_error (error);
}

/* --- points --- */

/* A point for 10.000 đ, worth 500. Three packets of tea and a strong drink of 100.000: 18 points,
 * not 28. Then 18 points pay 9.000 of a packet, which earns 5. Giving it back in two halves leaves
 * what there was. */
static void
test_points (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_assert_true (quay_till_set_setting (f->shop.till, "shop.points", "10000", &error));
  g_assert_true (quay_till_set_setting (f->shop.till, "shop.point_worth", "500", &error));
  g_autoptr (GPtrArray) none = NULL;
  put_tea (f, 3);
  g_autoptr (QuaySaleRecord) before = pay (f, none); /* nobody agreed: no points */
  assert_account (f, 0, 0, 180000);
  agree (f, 1, "read", NULL);
  put_tea (f, 3);
  QuayLine drink = { .kind = QUAY_LINE_PIECE,
                     .name = (char *)"Rượu",
                     .price = QUAY_DONG (100000),
                     .qty = QUAY_UNITS (1),
                     .vat_class = (char *)"A_CRAFT",
                     .rate_bp = 800,
                     .abv = 290 };
  g_assert_true (quay_till_cart_add (f->shop.till, &drink, NULL, &error));
  quay_till_cart_confirm_age (f->shop.till);
  g_autoptr (QuaySaleRecord) earned = pay (f, none);
  g_assert_cmpint (earned->points, ==, 18);
  assert_account (f, 0, 18, 460000);
  put_tea (f, 1);
  g_assert_cmpint (quay_till_points_usable (f->shop.till).dong, ==, 9000);
  g_autoptr (GPtrArray) many = quay_test_payment (NULL, QUAY_TENDER_POINTS, 9500);
  quay_test_payment (many, QUAY_TENDER_CASH, 50500);
  g_assert_null (quay_till_pay (f->shop.till, many, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_autoptr (GPtrArray) all = quay_test_payment (NULL, QUAY_TENDER_POINTS, 9000);
  quay_test_payment (all, QUAY_TENDER_CASH, 51000);
  g_autoptr (QuaySaleRecord) spent = pay (f, all);
  g_assert_cmpint (spent->points, ==, 5 - 18);
  assert_account (f, 0, 5, 511000);
  /* a third of the tea of the first: 6 of its 18 points go */
  QuayRefundAsk third = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayId id = quay_till_new_id (f->shop.till);
  g_autofree char *one =
      quay_till_refund (f->shop.till, &id, earned->number, &third, 1, "hỏng", NULL, &error);
  assert_account (f, 0, 5 - 6, 451000);
  /* the strong drink earned none, so that it takes none */
  QuayRefundAsk strong = { .line = 2, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayId id2 = quay_till_new_id (f->shop.till);
  g_autofree char *two =
      quay_till_refund (f->shop.till, &id2, earned->number, &strong, 1, "hỏng", NULL, &error);
  assert_account (f, 0, -1, 351000);
  QuayId id3 = quay_till_new_id (f->shop.till);
  g_autofree char *three =
      quay_till_refund (f->shop.till, &id3, spent->number, NULL, 0, "hỏng", NULL, &error);
  g_assert_no_error (error);
  assert_account (f, 0, -1 + 18 - 5, 300000);
}

/* --- being forgotten --- */

static gboolean
file_has (const char *path, const char *text)
{
  gsize len;
  g_autofree char *bytes = NULL;
  return g_file_get_contents (path, &bytes, &len, NULL) &&
         memmem (bytes, len, text, strlen (text)) != NULL;
}

/* Every file of the shop's folder, the log of the file among them. */
static void
assert_nowhere (const char *dir, const char *text)
{
  const char *name;
  g_autoptr (GDir) files = g_dir_open (dir, 0, NULL);
  guint n = 0;
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_nowhere (path, text);
      else if (file_has (path, text))
        g_error ("'%s' is in %s", text, path);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* The other till knows the customer by a code alone, and takes the debt's payment; the key that it
 * was given by hand for the test goes when it learns of the erasing. */
static void
test_erase (Fixture *f, gconstpointer data)
{
  Fixture b = { .customer = f->customer };
  guint8 key[32];
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) owes = NULL;
  memcpy (key, KEY, sizeof key);
  quay_test_shop_init_second (&b.shop);
  g_autoptr (QuaySaleRecord) sale = sell_on_debt (f, 2);
  g_assert_false (quay_till_erase_customer (f->shop.till, &f->customer, &owes));
  g_assert_error (owes, QUAY_ERROR, QUAY_ERROR_REFUSED);
  quay_test_pull_all (b.shop.till->store, f->shop.till->store, 100);
  quay_test_shop_reopen (&b.shop);
  g_autoptr (QuayCustomer) there = quay_till_customer (b.shop.till, &f->customer);
  g_autofree char *title = quay_customer_title (there);
  g_assert_null (there->name);
  g_assert_true (g_str_has_prefix (title, "Khách "));
  g_assert_cmpint (there->debt.dong, ==, 120000);
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup ("Tên khác");
  save (&b.shop, &b.customer, edit, "name: not-here");
  QuayTxn *txn = quay_txn_new ();
  quay_txn_keep_key (txn, &f->customer, key);
  g_autoptr (QuayResult) kept = quay_till_commit (b.shop.till, txn, &error);
  g_assert_no_error (error);
  g_assert_true (quay_reader_person_key (b.shop.till->reader, &f->customer, key));
  g_autofree char *paid = post (&b, "paid", 120000, QUAY_TENDER_CASH, NULL, &error);
  g_assert_no_error (error);
  quay_test_pull_all (f->shop.till->store, b.shop.till->store, 100);
  quay_test_shop_reopen (&f->shop);
  g_autofree char *file = quay_till_export_customer (f->shop.till, &f->customer, &error);
  g_assert_nonnull (strstr (file, PHONE));
  put_tea (f, 1);
  g_assert_true (quay_till_erase_customer (f->shop.till, &f->customer, &error));
  g_assert_no_error (error);
  g_assert_true (quay_id_is_nil (&quay_till_cart (f->shop.till)->customer));
  g_assert_false (quay_till_cart_set_customer (f->shop.till, &f->customer, NULL));
  quay_test_pull_all (b.shop.till->store, f->shop.till->store, 100);
  QuayTestShop *shops[] = { &f->shop, &b.shop };
  for (guint i = 0; i < 2; i++)
    {
      quay_test_shop_reopen (shops[i]);
      g_assert_false (quay_reader_person_key (shops[i]->till->reader, &f->customer, key));
      g_autoptr (QuayCustomer) gone = quay_till_customer (shops[i]->till, &f->customer);
      g_assert_true (gone->erased);
      g_assert_null (gone->name);
      g_assert_null (gone->sealed);
      g_autoptr (GPtrArray) lines = quay_till_customer_lines (shops[i]->till, &f->customer);
      g_assert_cmpuint (lines->len, ==, 2);
      gint64 amounts = 0;
      for (guint k = 0; k < lines->len; k++)
        amounts += ABS (((const QuayCustomerLine *)lines->pdata[k])->amount.dong);
      g_assert_cmpint (amounts, ==, 2 * 120000);
      quay_till_close (shops[i]->till);
      assert_nowhere (shops[i]->dir, PHONE);
      assert_nowhere (shops[i]->dir, "345678");
      assert_nowhere (shops[i]->dir, NAME);
      assert_nowhere (shops[i]->dir, KEY);
      quay_test_shop_reopen (shops[i]);
    }
  quay_test_assert_equal (f->shop.till->store, b.shop.till->store);
  quay_test_shop_assert_sound (&b.shop);
  quay_test_shop_clear (&b.shop);
}

/* Whose own list counts as long as they are the cart's customer; what it does not know costs what
 * it does on the shelf. */
static void
test_list (Fixture *f, gconstpointer data)
{
  QuayTill *till = f->shop.till;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPriceList) list = quay_price_list_new ();
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  g_autoptr (QuayScanned) tea = quay_till_scan (till, TEA);
  QuayPriceAsk ask = { tea->item->product, QUAY_DONG (52000) };
  list->code = g_strdup ("thanh-vien");
  list->name = g_strdup ("Giá thành viên");
  g_assert_true (quay_till_save_price_list (till, list, &error));
  g_assert_true (
      quay_till_set_prices (till, "thanh-vien", &ask, 1, quay_till_day (till), NULL, &error));
  g_assert_no_error (error);
  edit->list = g_strdup ("thanh-vien");
  save (&f->shop, &f->customer, edit, NULL);
  put_tea (f, 2);
  g_assert_cmpstr (quay_till_cart (till)->list, ==, "thanh-vien");
  g_assert_cmpint (quay_cart_totals (quay_till_cart (till)).total.dong, ==, 104000);
  g_assert_true (quay_till_cart_set_customer (till, &QUAY_ID_NIL, &error));
  g_assert_null (quay_till_cart (till)->list);
  g_assert_cmpint (quay_cart_totals (quay_till_cart (till)).total.dong, ==, 120000);
  g_assert_true (quay_till_cart_set_customer (till, &f->customer, &error));
  g_autoptr (QuaySaleRecord) sale = pay (f, NULL);
  g_assert_cmpint (sale->total.dong, ==, 104000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/customers/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("form", test_form);
  ADD ("consent", test_consent);
  ADD ("limit", test_limit);
  ADD ("pay", test_pay);
  ADD ("ages", test_ages);
  ADD ("points", test_points);
  ADD ("list", test_list);
  ADD ("erase", test_erase);
  return g_test_run ();
}
