/* Labels as others read them: the letters by pdftotext, the barcodes of the rendered page by
 * zbarimg; and a scan of our own label names its lot. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-label.h"
#include "quay-reader-lots.h"
#include "quay-till-goods.h"
#include "quay-till-labels.h"
#include "quay-till-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */
#define NOODLES "2900000000018"
#define TRACE "https://txng.example.vn/t/Ab9?x=1&y=Đ%20"

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

/* What a program of the system prints. */
static char *
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_newv (
      command, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  return out;
}

static char *
letters (const char *pdf)
{
  const char *const command[] = { "pdftotext", "-layout", pdf, "-", NULL };
  return run (command);
}

/* The codes on its first page, one a line with their symbology, at a resolution of office printers.
 */
static char *
codes (const char *pdf)
{
  g_autofree char *root = g_strconcat (pdf, "-page", NULL);
  g_autofree char *png = g_strconcat (root, ".png", NULL);
  const char *const draw[] = { "pdftoppm", "-png", "-singlefile", "-r", "300", pdf, root, NULL };
  const char *const read[] = { "zbarimg", "-q", png, NULL };
  g_autofree char *said = run (draw);
  g_free (g_steal_pointer (&said));
  char *found = run (read);
  const char *keep = g_getenv ("QUAY_LABEL_SHOTS");
  if (keep != NULL)
    {
      g_autofree char *name = g_path_get_basename (png);
      g_autofree char *copy = g_build_filename (keep, name, NULL);
      g_autofree char *bytes = NULL;
      gsize len;
      if (g_file_get_contents (png, &bytes, &len, NULL))
        g_file_set_contents (copy, bytes, (gssize)len, NULL);
    }
  g_remove (png);
  return found;
}

static QuayId
product_of (Fixture *shop, const char *code)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, code);
  g_assert_nonnull (scanned->item);
  return scanned->item->product;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *p = strstr (text, what); p != NULL; p = strstr (p + 1, what))
    n++;
  return n;
}

static void
assert_has (const char *text, const char *what)
{
  if (strstr (text, what) == NULL)
    g_error ("'%s' is not in:\n%s", what, text);
}

/* On every sheet and roll: name, price, price of a kilogram, the barcode. */
static void
test_shelf (Fixture *shop, gconstpointer data)
{
  g_autoptr (GPtrArray) sheets = quay_till_label_sheets (shop->till, "vi");
  QuayLabelAsk asks[] = { { product_of (shop, NOODLES), 2 }, { product_of (shop, TEA), 1 } };
  g_assert_cmpuint (sheets->len, >=, 6);
  for (guint i = 0; i < sheets->len; i++)
    {
      const QuayReportRow *sheet = sheets->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strconcat (sheet->key, ".pdf", NULL);
      g_autofree char *pdf = g_build_filename (shop->dir, name, NULL);
      quay_till_shelf_labels_pdf (shop->till, asks, 2, sheet->key, 1, pdf, &error);
      g_assert_no_error (error);
      g_autofree char *text = letters (pdf);
      g_autofree char *found = codes (pdf);
      g_test_message ("%s: %s", sheet->key, found);
      assert_has (text, "65.000 ₫");
      assert_has (text, "130.000 ₫/kg");
      assert_has (text, "OCOP ★");
      assert_has (text, "Miến dong");
      assert_has (found, "EAN-13:" NOODLES);
      if (sheet->count > 1)
        {
          assert_has (found, "EAN-13:" TEA);
          g_assert_cmpuint (count (text, "65.000 ₫"), ==, 2);
          g_assert_cmpuint (count (text, "60.000 ₫"), ==, 1);
        }
    }
  g_assert_cmpint (quay_till_labels_day (shop->till), ==, quay_till_day (shop->till));
}

/* A half-used sheet: the first label lies where there is room. */
static void
test_start (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pdf = g_build_filename (shop->dir, "start.pdf", NULL);
  QuayLabelAsk ask = { product_of (shop, TEA), 3 };
  quay_till_shelf_labels_pdf (shop->till, &ask, 1, "a4-24", 23, pdf, &error);
  g_assert_no_error (error);
  const char *const info[] = { "pdfinfo", pdf, NULL };
  g_autofree char *pages = run (info);
  assert_has (pages, "Pages:           2");
  const char *const corner[] = { "pdftotext", "-f", "1",   "-l", "1",   "-x", "0", "-y",
                                 "0",         "-W", "595", "-H", "690", pdf,  "-", NULL };
  g_autofree char *above = run (corner);
  g_assert_null (strstr (above, "60.000"));
  g_autofree char *all = letters (pdf);
  g_assert_cmpuint (count (all, "60.000"), ==, 3);
  /* what can't be */
  g_assert_false (quay_till_shelf_labels_pdf (shop->till, &ask, 1, "a4-24", 25, pdf, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_till_shelf_labels_pdf (shop->till, &ask, 1, "no-such", 1, pdf, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  ask.copies = 0;
  g_assert_false (quay_till_shelf_labels_pdf (shop->till, &ask, 1, "a4-24", 1, pdf, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static QuayId
receive (Fixture *shop, const char *code, const char *trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  line->product = product_of (shop, TEA);
  line->name = g_strdup ("Trà");
  line->lot = quay_till_new_id (shop->till);
  line->qty = QUAY_UNITS (5);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  line->made = 20261001;
  line->expires = 20271231;
  line->code = g_strdup (code);
  line->trace = g_strdup (trace);
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup ("consigned");
  QuayId lot = line->lot;
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  return lot;
}

/* A scan of what the reader of the label found takes the lot that it was made for. */
static void
assert_names_lot (Fixture *shop, const char *found, const char *lot)
{
  g_auto (GStrv) lines = g_strsplit (found, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *value = strchr (lines[i], ':');
      if (value == NULL || strstr (lines[i], lot) == NULL || strstr (lines[i], "http") != NULL)
        continue;
      g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, value + 1);
      g_assert_no_error (scanned->refusal);
      g_assert_nonnull (scanned->line);
      g_assert_cmpstr (scanned->line->lot, ==, lot);
      g_assert_cmpint (scanned->scan.expires, ==, 20271231);
      return;
    }
  g_error ("no code names lot '%s' in:\n%s", lot, found);
}

static void
test_lots (Fixture *shop, gconstpointer data)
{
  static const char *const sheets[] = { "a4-14", "a4-24", "roll-40x30", "roll-58x40",
                                        "roll-70x50" };
  QuayLabelAsk asks[] = { { receive (shop, "L7-26", TRACE), 1 },
                          { receive (shop, "X2", NULL), 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strconcat ("lot-", sheets[i], ".pdf", NULL);
      g_autofree char *pdf = g_build_filename (shop->dir, name, NULL);
      quay_till_lot_labels_pdf (shop->till, asks, 2, sheets[i], 1, pdf, &error);
      g_assert_no_error (error);
      g_autofree char *text = letters (pdf);
      g_autofree char *found = codes (pdf);
      g_test_message ("%s: %s", sheets[i], found);
      assert_has (text, "L7-26");
      g_assert_cmpuint (count (text, "HSD 31/12/2027"), ==, 2);
      assert_names_lot (shop, found, "L7-26");
      if (g_str_has_prefix (sheets[i], "a4"))
        assert_names_lot (shop, found, "X2");
      if (!g_str_equal (sheets[i], "roll-40x30"))
        assert_has (found, "QR-Code:" TRACE);
    }
}

/* The stars go the day after the certificate ends. */
static void
test_stars (Fixture *shop, gconstpointer data)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, NOODLES);
  QuayDay until = scanned->item->stars_until;
  g_assert_cmpint (scanned->item->stars, >, 0);
  g_assert_true (quay_day_is_valid (until));
  for (int after = 0; after < 2; after++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *pdf = g_build_filename (shop->dir, "stars.pdf", NULL);
      shop->env.wall_ms = quay_day_start_ms (quay_day_add (until, after), 0) + 36000000;
      quay_test_shop_reopen (shop);
      QuayLabelAsk ask = { scanned->item->product, 1 };
      quay_till_shelf_labels_pdf (shop->till, &ask, 1, "a4-24", 1, pdf, &error);
      g_assert_no_error (error);
      g_autofree char *text = letters (pdf);
      g_assert_cmpint (strstr (text, "★") != NULL, ==, after == 0);
    }
}

static void
test_repriced (Fixture *shop, gconstpointer data)
{
  QuayDay today = quay_till_day (shop->till);
  g_autoptr (GPtrArray) all = quay_till_repriced (shop->till, 19700101);
  g_autoptr (GPtrArray) none = quay_till_repriced (shop->till, quay_day_add (today, 1));
  g_assert_cmpuint (all->len, >, 20);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/label/shelf", test_shelf);
  ADD ("/label/start", test_start);
  ADD ("/label/lots", test_lots);
  ADD ("/label/stars", test_stars);
  ADD ("/label/repriced", test_repriced);
  return g_test_run ();
}
