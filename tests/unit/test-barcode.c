/* What scanned and typed codes mean, and the shop's rules about them. */
#include "quay-barcode.h"
#include "quay-error.h"

#include <string.h>

#define TODAY 20261123

static void
parse (const char *text, QuayScan *out)
{
  QuayScanRules rules = quay_scan_rules_default ();
  /* Not terminated, so that reading past the end is caught. */
  gsize len = strlen (text);
  g_autofree char *bytes = g_memdup2 (text, len);
  quay_scan_parse (bytes, len, &rules, TODAY, out);
}

static void
test_products (void)
{
  static const struct
  {
    const char *input;
    const char *code;
    const char *alt;
    const char *gtin;
    const char *symbology;
  } rows[] = {
    { "8938500000010", "8938500000010", "", "08938500000010", "" },
    { "]E08938500000010", "8938500000010", "", "08938500000010", "]E0" },
    { "8938500000010\r\n", "8938500000010", "", "08938500000010", "" },
    { " 8938500000010 ", "8938500000010", "", "08938500000010", "" },
    { "416000336108", "416000336108", "0416000336108", "00416000336108", "" },
    { "0416000336108", "0416000336108", "416000336108", "00416000336108", "" },
    { "02345673", "02345673", "", "00000002345673", "" },
    { "]E402345673", "02345673", "", "00000002345673", "]E4" },
    { "09520123456788", "09520123456788", "9520123456788", "09520123456788", "" },
    { "19520123456785", "19520123456785", "", "19520123456785", "" },
    { "2900000000018", "2900000000018", "", "02900000000018", "" },
    { "2712345678902", "2712345678902", "", "02712345678902", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_test_message ("%s", rows[i].input);
      parse (rows[i].input, &scan);
      g_assert_cmpstr (quay_scan_kind_name (scan.kind), ==, "product");
      g_assert_cmpint (scan.fault, ==, QUAY_CODE_OK);
      g_assert_cmpstr (scan.code, ==, rows[i].code);
      g_assert_cmpstr (scan.alt, ==, rows[i].alt);
      g_assert_cmpstr (scan.gtin, ==, rows[i].gtin);
      g_assert_cmpstr (scan.symbology, ==, rows[i].symbology);
      g_assert_cmpstr (scan.item, ==, "");
    }
}

static void
test_labels (void)
{
  static const struct
  {
    const char *input;
    const char *kind;
    const char *item;
    gint64 grams;
    gint64 dong;
  } rows[] = {
    { "2100123012503", "weighed", "00123", 1250, 0 },
    { "2200456009000", "priced", "00456", 0, 90000 },
    { "2299999999992", "priced", "99999", 0, 9999900 },
    { "2610001005003", "weighed", "10001", 500, 0 },
    { "2199999999995", "weighed", "99999", 99999, 0 },
    { "2100028000001", "weighed", "00028", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_test_message ("%s", rows[i].input);
      parse (rows[i].input, &scan);
      g_assert_cmpstr (quay_scan_kind_name (scan.kind), ==, rows[i].kind);
      g_assert_cmpstr (scan.code, ==, rows[i].input);
      g_assert_cmpstr (scan.item, ==, rows[i].item);
      g_assert_cmpint (scan.weight.milli, ==, rows[i].grams);
      g_assert_cmpint (scan.price.dong, ==, rows[i].dong);
      g_assert_cmpint (scan.has_price, ==, strcmp (rows[i].kind, "priced") == 0);
      g_assert_cmpstr (scan.gtin, ==, "");
    }
}

/* Every layout that a shop may set, and what it makes of the same kind of code. */
static void
test_layouts (void)
{
  static const struct
  {
    const char *labels;
    const char *input;
    const char *kind;
    const char *item;
    gint64 grams;
    gint64 dong;
    gint64 count;
  } rows[] = {
    { "21:4:6:weight:3:0", "2112340012501", "weighed", "1234", 1250, 0, 0 },
    { "21:6:4:weight:2:0", "2112345601250", "weighed", "123456", 1250, 0, 0 },
    { "21:5:5:weight:0:0", "2100123000012", "weighed", "00123", 1000, 0, 0 },
    { "23:5:4:weight:3:1", "2300123912500", "weighed", "00123", 1250, 0, 0 },
    { "02:5:5:price:0:0", "0200456456004", "priced", "00456", 0, 45600, 0 },
    { "02:5:5:price:0:0", "200456456004", "priced", "00456", 0, 45600, 0 },
    { "20:4:6:price:-1:0", "2045604560008", "priced", "4560", 0, 4560000, 0 },
    { "24:5:5:count:0:0", "2400123000129", "counted", "00123", 0, 0, 12 },
    { "29:10:0:own:0:0", "2100123012503", "product", "", 0, 0, 0 },
    { "", "2100123012503", "product", "", 0, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayScanRules rules = quay_scan_rules_default ();
      g_auto (QuayScan) scan = { 0 };
      g_autoptr (GError) error = NULL;
      g_test_message ("%s %s", rows[i].labels, rows[i].input);
      g_assert_true (quay_scan_rules_set_labels (&rules, rows[i].labels, &error));
      quay_scan_parse (rows[i].input, strlen (rows[i].input), &rules, TODAY, &scan);
      g_assert_cmpstr (quay_scan_kind_name (scan.kind), ==, rows[i].kind);
      g_assert_cmpstr (scan.item, ==, rows[i].item);
      g_assert_cmpint (scan.weight.milli, ==, rows[i].grams);
      g_assert_cmpint (scan.price.dong, ==, rows[i].dong);
      g_assert_cmpint (scan.count, ==, rows[i].count);
    }
}

static void
test_rules_text (void)
{
  static const char *const refused[] = {
    "21",
    "21:5:5:weight:3",
    "21:5:5:weight:3:0:0",
    "21:5:5:weight:3:1",
    "21:5:4:weight:3:0",
    "21:3:7:weight:3:0",
    "21:5:5:mass:3:0",
    "21:5:5:weight:4:0",
    "21:5:5:weight:-1:0",
    "22:5:5:price:2:0",
    "22:5:5:price:-4:0",
    "24:5:5:count:1:0",
    "29:9:1:own:0:0",
    "30:5:5:weight:3:0",
    "19:5:5:weight:3:0",
    "x:5:5:weight:3:0",
    "21:5:5:weight:3:0x",
    "9999999999:5:5:weight:3:0",
    "21:5:5:weight:3:0,",
    "21:5:5:weight:3:0,21:5:5:weight:3:0",
  };
  QuayScanRules rules = quay_scan_rules_default ();
  g_autofree char *text = quay_scan_rules_dup_labels (&rules);
  g_assert_cmpstr (text, ==,
                   "21:5:5:weight:3:0,22:5:5:price:-2:0,26:5:5:weight:3:0,29:10:0:own:0:0");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", refused[i]);
      g_assert_false (quay_scan_rules_set_labels (&rules, refused[i], &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      g_autofree char *kept = quay_scan_rules_dup_labels (&rules);
      g_assert_cmpstr (kept, ==, text);
    }
  g_autoptr (GError) error = NULL;
  g_assert_true (
      quay_scan_rules_set_labels (&rules, " 2:5:5:price:0:0 , 20:4:6:weight:3:0", &error));
  g_autofree char *other = quay_scan_rules_dup_labels (&rules);
  g_assert_cmpstr (other, ==, "02:5:5:price:0:0,20:4:6:weight:3:0");
}

static void
test_hosts (void)
{
  static const struct
  {
    const char *host;
    gboolean known;
  } rows[] = {
    { "itrace247.com", TRUE },
    { "ITRACE247.COM", TRUE },
    { "www.itrace247.com", TRUE },
    { "verigoods.vn", TRUE },
    { "truyxuatnguongoc.gov.vn", TRUE },
    { "checkvn.mae.gov.vn", TRUE },
    { "gov.vn", FALSE },
    { "notitrace247.com", FALSE },
    { "itrace247.com.example.com", FALSE },
    { "xgov.vn", FALSE },
    { "", FALSE },
  };
  QuayScanRules rules = quay_scan_rules_default ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].host);
      g_assert_cmpint (quay_scan_rules_is_trace_host (&rules, rows[i].host, strlen (rows[i].host)),
                       ==, rows[i].known);
    }
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_scan_rules_set_hosts (&rules, " a.vn , *.b.vn,,", &error));
  g_assert_cmpstr (rules.hosts, ==, "a.vn,*.b.vn");
  g_assert_true (quay_scan_rules_is_trace_host (&rules, "x.b.vn", 6));
  g_assert_false (quay_scan_rules_is_trace_host (&rules, "verigoods.vn", 12));
  g_assert_true (quay_scan_rules_set_hosts (&rules, "", &error));
  g_assert_false (quay_scan_rules_is_trace_host (&rules, "a.vn", 4));
  g_assert_no_error (error);
  g_assert_false (quay_scan_rules_set_hosts (&rules, "https://a.vn", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_gs1_data (void)
{
  static const char *const same[] = {
    "]C1010952012345678810LO-7\x1d"
    "21S1\x1d"
    "172702003103000485",
    "]d20109520123456788172702003103000485"
    "10LO-7\x1d"
    "21S1",
    "010952012345678810LO-7\x1d"
    "21S1\x1d"
    "172702003103000485",
    "(01)09520123456788(10)LO-7(21)S1(17)270200(3103)000485",
    "https://htx.example/01/09520123456788/10/LO-7/21/S1?17=270200&3103=000485",
    "]Q1https://itrace247.com/01/09520123456788/10/LO-7/21/S1?17=270200&3103=000485",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_test_message ("%s", same[i]);
      parse (same[i], &scan);
      g_assert_cmpstr (quay_scan_kind_name (scan.kind), ==, "gs1");
      g_assert_cmpstr (scan.code, ==, "9520123456788");
      g_assert_cmpstr (scan.alt, ==, "09520123456788");
      g_assert_cmpstr (scan.gtin, ==, "09520123456788");
      g_assert_cmpstr (scan.lot, ==, "LO-7");
      g_assert_cmpstr (scan.serial, ==, "S1");
      g_assert_cmpint (scan.expires, ==, 20270228);
      g_assert_cmpint (scan.weight.milli, ==, 485);
      g_assert_false (scan.has_price);
      g_assert_cmpint (scan.trace_host, ==, strstr (same[i], "itrace247") != NULL);
    }
}

static void
test_gs1_fields (void)
{
  g_auto (QuayScan) a = { 0 };
  parse ("(01)19520123456785(11)260900(13)260901(15)270131(16)270130(3930)704125000(30)12", &a);
  g_assert_cmpstr (a.code, ==, "19520123456785");
  g_assert_cmpstr (a.alt, ==, "");
  g_assert_cmpint (a.produced, ==, 20260901);
  g_assert_cmpint (a.packed, ==, 20260901);
  g_assert_cmpint (a.best_before, ==, 20270131);
  g_assert_cmpint (a.sell_by, ==, 20270130);
  g_assert_cmpint (a.expires, ==, 0);
  g_assert_true (a.has_price);
  g_assert_cmpint (a.price.dong, ==, 125000);
  g_assert_cmpint (a.count, ==, 12);

  g_auto (QuayScan) b = { 0 };
  parse ("(02)09520123456788(37)25(7003)2702011200", &b);
  g_assert_cmpstr (b.code, ==, "9520123456788");
  g_assert_cmpint (b.count, ==, 25);
  g_assert_cmpint (b.expires, ==, 20270201);

  g_auto (QuayScan) c = { 0 };
  parse ("https://id.gs1.org/00/952012345678912345", &c);
  g_assert_cmpstr (quay_scan_kind_name (c.kind), ==, "gs1");
  g_assert_cmpstr (c.code, ==, "");
}

/* A price that is no whole number of đồng was never meant in đồng. */
static void
test_gs1_price (void)
{
  static const struct
  {
    const char *input;
    gint64 dong;
  } rows[] = {
    { "(01)09520123456788(3920)125000", 125000 },
    { "(01)09520123456788(3922)12500000", 125000 },
    { "(01)09520123456788(3922)0299", -1 },
    { "(01)09520123456788(3930)704125000", 125000 },
    { "(01)09520123456788(3932)840299", -1 },
    { "(01)09520123456788(3930)840299", -1 },
    { "(01)09520123456788(3920)999999999999999", 999999999999999 },
    { "(01)09520123456788", -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_test_message ("%s", rows[i].input);
      parse (rows[i].input, &scan);
      g_assert_cmpint (scan.kind, ==, QUAY_SCAN_GS1);
      g_assert_cmpint (scan.has_price, ==, rows[i].dong >= 0);
      g_assert_cmpint (scan.price.dong, ==, MAX (rows[i].dong, 0));
    }
}

static void
test_weights (void)
{
  static const struct
  {
    const char *input;
    gint64 grams;
  } rows[] = {
    { "(3100)000002", 2000 },      { "(3101)000015", 1500 },
    { "(3102)000125", 1250 },      { "(3103)000195", 195 },
    { "(3104)000195", 20 },        { "(3105)000149", 1 },
    { "(3105)000150", 2 },         { "(3105)000049", 0 },
    { "(3100)999999", 999999000 }, { "(3300)000002", 0 /* gross weight is not what is sold */ },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_test_message ("%s", rows[i].input);
      parse (rows[i].input, &scan);
      g_assert_cmpint (scan.kind, ==, QUAY_SCAN_GS1);
      g_assert_cmpint (scan.weight.milli, ==, rows[i].grams);
    }
}

/* Things that must never become a product, with what they are and why they were refused. */
static void
test_not_products (void)
{
  static const struct
  {
    const char *input;
    const char *kind;
    const char *fault;
  } rows[] = {
    { "8938500000011", "unknown", "check-digit" },
    { "2100123012504", "unknown", "check-digit" },
    { "12345678", "unknown", "check-digit" },
    { "123456789012", "product", "ok" }, /* a right UPC-A, to keep the table honest */
    { "123456789013", "unknown", "check-digit" },
    { "12345678901232", "unknown", "check-digit" },
    { "1234", "unknown", "ok" },
    { "123456789012345", "unknown", "ok" },
    { "", "unknown", "ok" },
    { "   ", "unknown", "ok" },
    { "]", "unknown", "ok" },
    { "]C1", "unknown", "ok" },
    { "OCOP001", "unknown", "ok" },
    { "W:00028", "unknown", "ok" },
    { "Miến dong", "unknown", "ok" },
    { "(giao hàng)", "unknown", "ok" },
    { "mã lạ \xff", "unknown", "escape" },
    { "(01)09520123456787", "unknown", "check-digit" },
    { "]C10109520123456787", "unknown", "check-digit" },
    { "]C1891234", "unknown", "unknown-ai" },
    { "0109520123456787", "unknown", "ok" },
    { "10A\x1d"
      "17269901",
      "unknown", "date" },
    { "https://itrace247.com/p/8938500000010", "trace", "ok" },
    { "HTTPS://WWW.ITRACE247.COM/P/1", "trace", "ok" },
    { "http://u@verigoods.vn:8080/x", "trace", "ok" },
    { "itrace247.com/p/1", "trace", "ok" },
    { "https://truyxuatnguongoc.gov.vn", "trace", "ok" },
    { "https://www.facebook.com/htx", "web", "ok" },
    { "https://example.com/?code=8938500000010", "web", "ok" },
    { "https://example.com/8938500000010", "web", "ok" },
    { "https://example.com/#itrace247.com", "web", "ok" },
    { "https://itrace247.com@example.com/x", "web", "ok" },
    { "www.example.com", "web", "ok" },
    { "http://", "web", "ok" },
    { "https://id.gs1.org/01/09520123456788/10/ABC123?99=XYZ789&10=ABC123", "web", "duplicate-ai" },
    { "https://id.gs1.org/01/09520123456789", "web", "check-digit" },
    { "lan@so.gov.vn", "unknown", "ok" },
    { "WIFI:S:quay;T:WPA;P:secret;;", "unknown", "ok" },
    { "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
      "53037045802VN63049E6F",
      "payment", "ok" },
    { "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
      "53037045802VN63049e6f",
      "payment", "ok" },
    { "]Q100020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
      "53037045802VN63049E6F",
      "payment", "ok" },
    { "00020101021138620010A00000072701320006970454011899MM24011M348750800208QRIBFTTA"
      "53037045802VN62190515MOMOW2W3487508080030466304EBC8",
      "payment", "ok" },
    { "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA"
      "53037045802VN6304F4E5",
      "payment", "ok" }, /* broken inside, but a payment code all the same */
    { "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
      "53037045802VN63049E60",
      "payment", "crc" },
    { "00020163049E6", "unknown", "ok" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      g_autofree char *shown = g_strescape (rows[i].input, NULL);
      g_test_message ("%s", shown);
      parse (rows[i].input, &scan);
      g_assert_cmpstr (quay_scan_kind_name (scan.kind), ==, rows[i].kind);
      g_assert_cmpstr (quay_code_fault_name (scan.fault), ==, rows[i].fault);
      if (strcmp (rows[i].kind, "product") != 0)
        g_assert_cmpstr (scan.code, ==, "");
    }
}

/* A trace code is kept byte for byte: it is what the user binds. */
static void
test_text (void)
{
  static const struct
  {
    const char *input;
    const char *text;
  } rows[] = {
    { "https://itrace247.com/P?a=%C3%A0&b= c ", "https://itrace247.com/P?a=%C3%A0&b= c " },
    { "]Q1https://Example.com/\r\n", "https://Example.com/" },
    { " tem số 17 \n", " tem số 17 " },
    { "8938500000010\r", "8938500000010" },
    { "]C110A\x1d"
      "17261231",
      "10A\x1d"
      "17261231" },
    { "]zebra", "]zebra" },
    { "mã lạ \xff", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (QuayScan) scan = { 0 };
      parse (rows[i].input, &scan);
      g_assert_cmpstr (scan.text, ==, rows[i].text);
    }
}

static void
test_limits (void)
{
  QuayScanRules rules = quay_scan_rules_default ();
  g_autofree char *most = g_strnfill (QUAY_SCAN_MAX_TEXT + 1, 'x');
  g_auto (QuayScan) scan = { 0 };
  quay_scan_parse (most, QUAY_SCAN_MAX_TEXT, &rules, TODAY, &scan);
  g_assert_cmpint (scan.fault, ==, QUAY_CODE_OK);
  g_assert_cmpuint (strlen (scan.text), ==, QUAY_SCAN_MAX_TEXT);
  quay_scan_clear (&scan);
  g_assert_null (scan.text);
  quay_scan_parse (most, QUAY_SCAN_MAX_TEXT + 1, &rules, TODAY, &scan);
  g_assert_cmpint (scan.fault, ==, QUAY_CODE_TOO_MUCH);
  quay_scan_clear (&scan);
  quay_scan_parse ("893850\0"
                   "000010",
                   13, &rules, TODAY, &scan);
  g_assert_cmpint (scan.kind, ==, QUAY_SCAN_UNKNOWN);
  g_assert_cmpint (scan.fault, ==, QUAY_CODE_ESCAPE);
}

static void
test_forms (void)
{
  static const struct
  {
    const char *code;
    const char *forms;
  } rows[] = {
    { "8938500000010", "08938500000010 8938500000010" },
    { "416000336108", "00416000336108 0416000336108 416000336108" },
    { "02345673", "00000002345673 0000002345673 000002345673 02345673" },
    { "19520123456785", "19520123456785" },
    { "00416000336108", "00416000336108 0416000336108 416000336108" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char forms[4][QUAY_GTIN_LEN + 1];
      guint n = quay_gtin_forms (rows[i].code, forms);
      g_autoptr (GString) all = g_string_new (NULL);
      for (guint k = 0; k < n; k++)
        g_string_append_printf (all, "%s%s", k > 0 ? " " : "", forms[k]);
      g_assert_cmpstr (all->str, ==, rows[i].forms);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/barcode/product", test_products);
  g_test_add_func ("/barcode/label/default", test_labels);
  g_test_add_func ("/barcode/label/layouts", test_layouts);
  g_test_add_func ("/barcode/rules/labels", test_rules_text);
  g_test_add_func ("/barcode/rules/hosts", test_hosts);
  g_test_add_func ("/barcode/gs1/forms", test_gs1_data);
  g_test_add_func ("/barcode/gs1/fields", test_gs1_fields);
  g_test_add_func ("/barcode/gs1/price", test_gs1_price);
  g_test_add_func ("/barcode/gs1/weight", test_weights);
  g_test_add_func ("/barcode/never-a-product", test_not_products);
  g_test_add_func ("/barcode/text", test_text);
  g_test_add_func ("/barcode/limits", test_limits);
  g_test_add_func ("/barcode/gtin-forms", test_forms);
  return g_test_run ();
}
