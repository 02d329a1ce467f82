/* QR codes of transfers as other programs read them: zbarimg from receipts of both widths, from the
 * screen at every size that a widget may have, and from a sign. */
#include "quay-qr.h"
#include "quay-receipt-render.h"
#include "quay-sign.h"

#include "quay-raster.h"
#include "quay-vietqr.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *dir;

/* What a program prints; it must end well. (transfer full) */
static char *
run (const char *const *command)
{
  char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_newv (
      command, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  return out;
}

static void
assert_reads (const char *png, const char *payload)
{
  const char *const command[] = { "zbarimg",   "-q",          "--nodbus", "--raw",
                                  "-Sdisable", "-Sqr.enable", png,        NULL };
  g_autofree char *out = run (command);
  g_assert_cmpstr (g_strchomp (out), ==, payload);
}

/* The longest that a till makes, and one with all that a code may say. */
static char *
make_payload (gboolean full)
{
  char *payload = NULL;
  QuayVietqr qr = { .once = TRUE,
                    .bin = "970405",
                    .account = "8300205012345",
                    .amount = 1234567000,
                    .purpose = "QT1A7K2M9PQ4" };
  if (full)
    {
      qr.card = TRUE;
      g_strlcpy (qr.account, "9704031101234567890", sizeof qr.account);
      QUAY_VIETQR_SET (qr.name, "Điểm bán hàng OCOP Quế Thanh");
      QUAY_VIETQR_SET (qr.city, "THAI NGUYEN");
      QUAY_VIETQR_SET (qr.bill, "QT1A-DH26-0001");
    }
  g_assert_cmpint (quay_vietqr_build (&qr, &payload), ==, QUAY_VIETQR_OK);
  return payload;
}

static QuayTransfer *
make_transfer (void)
{
  QuayTransfer *transfer = g_new0 (QuayTransfer, 1);
  transfer->account = g_new0 (QuayBankAccount, 1);
  transfer->account->bank = g_strdup ("Agribank");
  transfer->account->number = g_strdup ("8300205012345");
  transfer->account->holder = g_strdup ("HTX OCOP Quế Thanh");
  transfer->account->branch = g_strdup ("Chi nhánh Na Rì");
  transfer->amount = QUAY_DONG (1234567000);
  transfer->code = g_strdup ("QT1A7K2M9PQ4");
  transfer->payload = make_payload (FALSE);
  return transfer;
}

static QuayReceipt *
make_slip (const QuayTransfer *transfer)
{
  const QuayShop shop = { (char *)"HTX OCOP Quế Thanh", (char *)"Xã Na Rì, tỉnh Thái Nguyên", NULL,
                          NULL, (char *)"Cảm ơn quý khách!" };
  QuayLine line = { .name = (char *)"Giỏ quà Tết",
                    .unit = (char *)"giỏ",
                    .qty = QUAY_UNITS (4),
                    .price = QUAY_DONG (308641750),
                    .amount = QUAY_DONG (1234567000) };
  QuayOrderRecord order = { .number = (char *)"QT1A-DH26-0001",
                            .ts = G_GINT64_CONSTANT (1795000000000),
                            .name = (char *)"Khách đặt",
                            .total = QUAY_DONG (1234567000) };
  order.lines = g_ptr_array_new ();
  g_ptr_array_add (order.lines, &line);
  QuayReceipt *slip = quay_receipt_new_order (&shop, &order, transfer);
  g_ptr_array_unref (order.lines);
  return slip;
}

/* Whole dots a module, as many as fit, six at most; every dot of the quiet zone white. */
static void
test_fit (void)
{
  g_autofree char *payload = make_payload (FALSE);
  g_autoptr (QuayQr) qr = quay_qr_new (payload);
  guint side = quay_qr_get_side (qr);
  g_assert_cmpuint (side, ==, qr->n + 8);
  g_assert_cmpuint (side, <=, 57); /* version 8 */
  g_assert_cmpuint (quay_qr_fit (qr, 384, 6), ==, 6);
  g_assert_cmpuint (quay_qr_fit (qr, 576, 6), ==, 6);
  g_assert_cmpuint (quay_qr_fit (qr, side * 5 + 4, 9), ==, 5);
  g_assert_cmpuint (quay_qr_fit (qr, side - 1, 9), ==, 0);
  g_assert_null (quay_qr_to_surface (qr, side - 1));
  g_assert_null (quay_qr_new (""));
  g_autofree char *much = g_strnfill (5000, 'a');
  g_assert_null (quay_qr_new (much));
}

static void
test_receipt (gconstpointer data)
{
  QuayPaper paper = (QuayPaper)GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayTransfer) transfer = make_transfer ();
  g_autoptr (QuayReceipt) slip = make_slip (transfer);
  g_autofree char *png = g_strdup_printf ("%s/slip-%d.png", dir, (int)paper);
  quay_receipt_save (slip, paper, QUAY_RECEIPT_PNG, png, &error);
  g_assert_no_error (error);
  /* the slip's own code names the order, and both are read */
  const char *const command[] = { "zbarimg", "-q", "--nodbus", "--raw", png, NULL };
  g_autofree char *out = run (command);
  g_auto (GStrv) found = g_strsplit (g_strchomp (out), "\n", -1);
  g_assert_cmpuint (g_strv_length (found), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *)found, transfer->payload));
  g_assert_true (g_strv_contains ((const char *const *)found, "QT1A-DH26-0001"));
  g_autofree char *text = quay_receipt_to_text (slip, quay_paper_columns (paper));
  g_assert_nonnull (strstr (text, "8300"
                                  "\xC2\xA0"
                                  "2050"
                                  "\xC2\xA0"
                                  "12345"));
  g_assert_nonnull (strstr (text, "QT1A7K2M9PQ4"));
  g_assert_nonnull (strstr (text, "1.234.567.000"));
  g_assert_null (strstr (text, "A000000727"));
}

/* The sizes of a widget: from the least that shows a code at all. One dot a module is beyond what
 * zbarimg reads, as it is beyond a camera. */
static void
test_screen (void)
{
  for (int full = 0; full <= 1; full++)
    {
      g_autofree char *payload = make_payload (full);
      g_autoptr (QuayQr) qr = quay_qr_new (payload);
      for (guint dots = 3 * quay_qr_get_side (qr); dots <= 460; dots += 37)
        {
          g_autofree char *png = g_strdup_printf ("%s/screen-%u.png", dir, dots);
          cairo_surface_t *surface = quay_qr_to_surface (qr, dots);
          g_assert_nonnull (surface);
          g_assert_cmpint (cairo_surface_write_to_png (surface, png), ==, CAIRO_STATUS_SUCCESS);
          cairo_surface_destroy (surface);
          assert_reads (png, payload);
        }
    }
}

static void
test_sign (gconstpointer data)
{
  QuaySignSize size = (QuaySignSize)GPOINTER_TO_INT (data);
  const char *paper = size == QUAY_SIGN_A4 ? "(A4)" : "(A5)";
  g_autoptr (GError) error = NULL;
  const QuayShop shop = { (char *)"Điểm bán hàng OCOP Quế Thanh – hợp tác xã nông nghiệp Na Rì" };
  g_autoptr (QuayTransfer) transfer = make_transfer ();
  g_autofree char *pdf = g_strdup_printf ("%s/sign-%d.pdf", dir, (int)size);
  g_autofree char *stem = g_strdup_printf ("%s/sign-%d", dir, (int)size);
  g_autofree char *png = g_strconcat (stem, ".png", NULL);
  quay_sign_to_pdf (&shop, transfer, size, pdf, &error);
  g_assert_no_error (error);
  const char *const draw[] = { "pdftoppm", "-r", "100", "-png", "-singlefile", pdf, stem, NULL };
  const char *const info[] = { "pdfinfo", pdf, NULL };
  const char *const words[] = { "pdftotext", pdf, "-", NULL };
  g_autofree char *nothing = run (draw);
  g_autofree char *about = run (info);
  g_autofree char *text = run (words);
  g_assert_nonnull (strstr (about, paper));
  g_assert_nonnull (strstr (about, "Pages:           1\n"));
  g_assert_nonnull (strstr (text, "Quét mã để chuyển khoản"));
  g_assert_nonnull (strstr (text, "Điểm bán hàng OCOP Quế Thanh"));
  g_assert_nonnull (strstr (text, "Agribank"));
  g_assert_nonnull (strstr (text, "HTX OCOP Quế Thanh"));
  assert_reads (png, transfer->payload);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *kept = g_getenv ("QUAY_SHOTS_DIR"); /* to look at what was drawn */
  g_test_init (&argc, &argv, NULL);
  dir = kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("quay-qr-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/fit", test_fit);
  g_test_add_data_func ("/receipt/58", GINT_TO_POINTER (QUAY_PAPER_58), test_receipt);
  g_test_add_data_func ("/receipt/80", GINT_TO_POINTER (QUAY_PAPER_80), test_receipt);
  g_test_add_func ("/screen", test_screen);
  g_test_add_data_func ("/sign/a4", GINT_TO_POINTER (QUAY_SIGN_A4), test_sign);
  g_test_add_data_func ("/sign/a5", GINT_TO_POINTER (QUAY_SIGN_A5), test_sign);
  int code = g_test_run ();
  g_autoptr (GDir) files = kept == NULL ? g_dir_open (dir, 0, NULL) : NULL;
  for (const char *name; files != NULL && (name = g_dir_read_name (files)) != NULL;)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_unlink (path);
    }
  if (kept == NULL)
    g_rmdir (dir);
  g_free (dir);
  return code;
}
