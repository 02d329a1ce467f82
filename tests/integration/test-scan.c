/* What scanned and typed codes mean in the sample shop, and what may never become a line. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-gs1.h"

#include <string.h>

#define VIETQR                                                                                     \
  "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"

typedef enum
{
  LINE,
  NEEDS_WEIGHT,
  REFUSED,
  UNKNOWN,
} Outcome;

typedef struct
{
  const char *name;
  const char *text; /* '?' at the end stands for the check digit */
  QuayScanKind kind;
  Outcome outcome;
  const char *sku;
  gint64 milli;
  gint64 amount;
} ScanCase;

static const ScanCase scan_cases[] = {
  { "ean13", "2900000000018", QUAY_SCAN_PRODUCT, LINE, "OCOP001", 1000, 65000 },
  { "gtin14", "02900000000018", QUAY_SCAN_PRODUCT, LINE, "OCOP001", 1000, 65000 },
  { "blanks", "  2900000000018\r\n", QUAY_SCAN_PRODUCT, LINE, "OCOP001", 1000, 65000 },
  { "sku", "OCOP001", QUAY_SCAN_UNKNOWN, LINE, "OCOP001", 1000, 65000 },
  { "sku-small", "ocop001", QUAY_SCAN_UNKNOWN, LINE, "OCOP001", 1000, 65000 },
  { "weighed", "210002800485?", QUAY_SCAN_WEIGHED, LINE, "OCOP028", 485, 29100 },
  { "weighed-nothing", "210002800000?", QUAY_SCAN_WEIGHED, NEEDS_WEIGHT, "OCOP028", 0, 0 },
  { "priced", "220002800485?", QUAY_SCAN_PRICED, LINE, "OCOP028", 808, 48500 },
  { "weighed-unknown", "219999900485?", QUAY_SCAN_WEIGHED, UNKNOWN, NULL, 0, 0 },
  { "plain-of-weighed", "2900000000285", QUAY_SCAN_PRODUCT, NEEDS_WEIGHT, "OCOP028", 0, 0 },
  { "gs1-lot",
    "]C1010290000000001817261124"
    "10LOT1",
    QUAY_SCAN_GS1, LINE, "OCOP001", 1000, 65000 },
  { "gs1-expired",
    "]C1010290000000001817261122"
    "10LOT1",
    QUAY_SCAN_GS1, REFUSED, "OCOP001", 0, 0 },
  { "gs1-weight", "]C101029000000002853103000250", QUAY_SCAN_GS1, LINE, "OCOP028", 250, 15000 },
  { "unknown-ean", "8938500000010", QUAY_SCAN_PRODUCT, UNKNOWN, NULL, 0, 0 },
  { "misread", "2900000000017", QUAY_SCAN_UNKNOWN, UNKNOWN, NULL, 0, 0 },
  { "vietqr", VIETQR, QUAY_SCAN_PAYMENT, REFUSED, NULL, 0, 0 },
  { "web", "https://example.com/OCOP001", QUAY_SCAN_WEB, REFUSED, NULL, 0, 0 },
  { "trace", "https://itrace247.com/tem/123", QUAY_SCAN_TRACE, UNKNOWN, NULL, 0, 0 },
  { "empty", "", QUAY_SCAN_UNKNOWN, UNKNOWN, NULL, 0, 0 },
};

static QuayTestShop shop;

static char *
complete (const char *text)
{
  char *code = g_strdup (text);
  gsize len = strlen (code);
  if (len > 0 && code[len - 1] == '?')
    code[len - 1] = quay_gs1_check_digit (code, len - 1);
  return code;
}

static void
test_scan (gconstpointer data)
{
  const ScanCase *c = data;
  g_autofree char *code = complete (c->text);
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop.till, code);
  g_assert_cmpstr (quay_scan_kind_name (scanned->scan.kind), ==, quay_scan_kind_name (c->kind));
  if (c->sku != NULL)
    g_assert_cmpstr (scanned->item->sku, ==, c->sku);
  else
    g_assert_null (scanned->item);
  g_assert_cmpint (scanned->needs_weight, ==, c->outcome == NEEDS_WEIGHT);
  if (c->outcome != LINE)
    {
      g_assert_null (scanned->line);
      QuayError fault = c->outcome == UNKNOWN ? QUAY_ERROR_NOT_FOUND : QUAY_ERROR_REFUSED;
      g_assert_error (scanned->refusal, QUAY_ERROR, fault);
      return;
    }
  g_assert_no_error (scanned->refusal);
  g_assert_cmpint (scanned->line->qty.milli, ==, c->milli);
  g_assert_cmpint (scanned->line->amount.dong, ==, c->amount);
}

/* The line of a priced label is its printed price, whatever the weight comes to. */
static void
test_priced_in_cart (void)
{
  g_autofree char *code = complete ("220002800485?");
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (&shop, code);
  const QuayCart *cart = quay_till_cart (shop.till);
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, 48500);
  g_assert_false (quay_till_cart_set_qty (shop.till, 0, QUAY_UNITS (2), &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_true (quay_till_cart_clear (shop.till, NULL, NULL));
}

static void
test_weight_in_cart (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = complete ("210002800485?");
  quay_test_shop_scan (&shop, code);
  quay_test_shop_scan (&shop, code);
  g_assert_cmpuint (quay_till_cart (shop.till)->lines->len, ==, 2);
  g_assert_true (
      quay_till_cart_set_weight (shop.till, 1, QUAY_MILLI (1000), QUAY_MILLI (50), &error));
  const QuayLine *line = quay_till_cart (shop.till)->lines->pdata[1];
  g_assert_cmpint (line->qty.milli, ==, 950);
  g_assert_cmpint (line->amount.dong, ==, 57000);
  g_assert_true (quay_till_cart_clear (shop.till, NULL, NULL));
}

static void
test_lot_and_code (void)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop.till, "]C1010290000000001810LOT1");
  g_assert_cmpstr (scanned->line->lot, ==, "LOT1");
  g_assert_cmpstr (scanned->line->code, ==, "2900000000018");
}

/* A trace code, or another address, is a product once the user has said which. */
static void
test_bind (void)
{
  static const char *const codes[] = { "https://itrace247.com/tem/123", "https://example.com/x?y=1",
                                       "8938500000010", "KH-77" };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP002");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_true (quay_till_bind_code (shop.till, codes[i], &item->product, &error));
      g_autoptr (QuayScanned) scanned = quay_till_scan (shop.till, codes[i]);
      g_assert_no_error (scanned->refusal);
      g_assert_cmpstr (scanned->item->sku, ==, "OCOP002");
      g_assert_cmpstr (scanned->line->trace, ==, i < 2 ? codes[i] : NULL);
    }
  g_assert_false (quay_till_bind_code (shop.till, VIETQR, &item->product, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

static void
test_make_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) half = NULL;
  g_autoptr (QuayLine) two = quay_till_make_line (shop.till, "OCOP001", QUAY_UNITS (2), &error);
  g_assert_no_error (error);
  g_assert_cmpint (two->amount.dong, ==, 130000);
  g_autoptr (QuayLine) weight =
      quay_till_make_line (shop.till, "OCOP028", QUAY_MILLI (485), &error);
  g_assert_no_error (error);
  g_assert_cmpint (weight->amount.dong, ==, 29100);
  g_assert_null (quay_till_make_line (shop.till, "OCOP028", QUAY_UNITS (0), &half));
  g_assert_error (half, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_null (quay_till_make_line (shop.till, "NOTHING", QUAY_UNITS (1), &none));
  g_assert_error (none, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* The label's layout is the shop's own setting. */
static void
test_setting (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autofree char *code = complete ("230002800485?");
  g_assert_false (
      quay_till_set_setting (shop.till, "shop.scan_prefixes", "23:5:5:rubbish", &wrong));
  g_assert_error (wrong, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (
      quay_till_set_setting (shop.till, "shop.scan_prefixes", "23:5:5:weight:3:0", &error));
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop.till, code);
  g_assert_cmpint (scanned->scan.kind, ==, QUAY_SCAN_WEIGHED);
  g_assert_cmpstr (scanned->item->sku, ==, "OCOP028");
  g_assert_true (quay_till_set_setting (shop.till, "shop.scan_prefixes", NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  quay_test_shop_init (&shop, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (scan_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scan/", scan_cases[i].name, NULL);
      g_test_add_data_func (path, &scan_cases[i], test_scan);
    }
  g_test_add_func ("/scan/cart/priced", test_priced_in_cart);
  g_test_add_func ("/scan/cart/weight", test_weight_in_cart);
  g_test_add_func ("/scan/lot-and-code", test_lot_and_code);
  g_test_add_func ("/scan/bind", test_bind);
  g_test_add_func ("/scan/make-line", test_make_line);
  g_test_add_func ("/scan/setting", test_setting);
  int result = g_test_run ();
  quay_test_shop_clear (&shop);
  return result;
}
