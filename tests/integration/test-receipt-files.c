/* Receipts as other programs read them: the letters of a PDF by pdftotext, its paper by pdfinfo,
 * the code of a picture by zbarimg. */
#include "quay-receipt-render.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_LINES 500

static const QuayPaper papers[] = { QUAY_PAPER_58, QUAY_PAPER_80 };

static QuayReceipt *
make_receipt (guint n_lines)
{
  const QuayShop shop = { (char *)"HTX OCOP Quế Thanh", (char *)"Xã Na Rì, tỉnh Thái Nguyên", NULL,
                          NULL, (char *)"Cảm ơn quý khách!" };
  QuayLine line = { .name = (char *)"Rượu men lá Bằng Phúc",
                    .unit = (char *)"chai",
                    .qty = QUAY_UNITS (1),
                    .price = QUAY_DONG (90000),
                    .rate_bp = 1000 };
  g_autoptr (GError) error = NULL;
  quay_line_price (&line, &error);
  g_assert_no_error (error);
  QuaySaleRecord sale = { .number = (char *)"QT1A-000042",
                          .code = "7K2M9P",
                          .total = QUAY_DONG (90000 * (gint64)n_lines) };
  sale.lines = g_ptr_array_new ();
  for (guint i = 0; i < n_lines; i++)
    g_ptr_array_add (sale.lines, &line);
  quay_tax_apply (sale.lines, &sale.taxes, &error);
  g_assert_no_error (error);
  QuayReceipt *receipt = quay_receipt_new (&shop, &sale, 1);
  g_ptr_array_unref (sale.lines);
  g_array_unref (sale.taxes);
  return receipt;
}

/* What a program of the system prints for a file made of the receipt. */
static char *
read_back (const QuayReceipt *receipt, QuayPaper paper, QuayReceiptFormat format,
           const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("quay-receipt-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  quay_receipt_save (receipt, paper, format, path, &error);
  g_assert_no_error (error);

  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (; *command != NULL; command++)
    g_ptr_array_add (words, (char *)(g_str_equal (*command, "FILE") ? path : *command));
  g_ptr_array_add (words, NULL);
  g_autoptr (GSubprocess) program = g_subprocess_newv (
      (const char *const *)words->pdata,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  char *out = NULL;
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  g_unlink (path);
  return out;
}

/* Spaces and line ends are where a reader guesses them: they do not count. */
static char *
without_space (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '\f')
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static guint
count_text (const char *text, const char *part)
{
  guint n = 0;
  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

static void
test_pdf_text (void)
{
  static const char *const command[] = { "pdftotext", "-layout", "FILE", "-", NULL };
  static const struct
  {
    const char *text;
    guint times;
  } parts[] = {
    { "HTXOCOPQuếThanh", 1 }, { "PHIẾUBÁNHÀNG", 1 },
    { "BẢNINLẠI–LẦN1", 2 },   { "RượumenláBằngPhúc", 3 },
    { "1chai×90.000", 3 },    { "TỔNGCỘNG", 1 },
    { "270.000đ", 1 },        { "Haitrămbảymươinghìnđồng", 1 },
    { "24.545", 1 },
  };
  g_autoptr (QuayReceipt) receipt = make_receipt (3);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *read = read_back (receipt, papers[i], QUAY_RECEIPT_PDF, command);
      g_autofree char *text = without_space (read);
      for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
        g_assert_cmpuint (count_text (text, parts[k].text), ==, parts[k].times);
    }
}

/* One page, as wide as the paper, as high as the receipt; two where one would be too high. */
static void
test_pdf_pages (void)
{
  static const char *const info[] = { "pdfinfo", "FILE", NULL };
  static const char *const text[] = { "pdftotext", "FILE", "-", NULL };
  g_autoptr (QuayReceipt) small = make_receipt (3);
  g_autofree char *narrow = read_back (small, QUAY_PAPER_58, QUAY_RECEIPT_PDF, info);
  g_assert_nonnull (strstr (narrow, "Page size:       164.409 x "));
  g_assert_nonnull (strstr (narrow, "Pages:           1\n"));
  g_autofree char *wide = read_back (small, QUAY_PAPER_80, QUAY_RECEIPT_PDF, info);
  g_assert_nonnull (strstr (wide, "Page size:       226.772 x "));

  g_autoptr (QuayReceipt) large = make_receipt (2 * N_LINES);
  g_autofree char *pages = read_back (large, QUAY_PAPER_80, QUAY_RECEIPT_PDF, info);
  g_assert_nonnull (strstr (pages, "Pages:           2\n"));
  g_autofree char *read = read_back (large, QUAY_PAPER_80, QUAY_RECEIPT_PDF, text);
  g_autofree char *letters = without_space (read);
  g_assert_cmpuint (count_text (letters, "RượumenláBằngPhúc"), ==, 2 * N_LINES);
  g_assert_cmpuint (count_text (letters, "TỔNGCỘNG"), ==, 1);
}

static void
test_code (void)
{
  static const char *const command[] = { "zbarimg", "-q", "--nodbus", "--raw", "FILE", NULL };
  g_autoptr (QuayReceipt) receipt = make_receipt (3);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *read = read_back (receipt, papers[i], QUAY_RECEIPT_PNG, command);
      g_assert_cmpstr (g_strchomp (read), ==, "QUAY:QT1A-000042:7K2M9P");
    }
}

/* Reads a PNG chunk by chunk: sums, sizes, and how many bytes its rows unpack to. */
static const char png_reader[] =
    "import struct, sys, zlib\n"
    "png, at, rows = open(sys.argv[1], 'rb').read(), 8, b''\n"
    "while at < len(png):\n"
    "    n, kind = struct.unpack('>I4s', png[at:at + 8])\n"
    "    data = png[at + 8:at + 8 + n]\n"
    "    assert zlib.crc32(kind + data) == struct.unpack('>I', png[at + 8 + n:at + 12 + n])[0]\n"
    "    if kind == b'IHDR': print(*struct.unpack('>IIBBBBB', data), end=' ')\n"
    "    if kind == b'IDAT': rows += data\n"
    "    at += 12 + n\n"
    "print(kind.decode(), len(zlib.decompress(rows)))\n";

/* A picture too high for cairo is whole all the same. */
static void
test_tall_png (void)
{
  static const char *const command[] = { "/usr/bin/python3", "-c", png_reader, "FILE", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayReceipt) receipt = make_receipt (N_LINES);
  g_autoptr (QuayRaster) raster = quay_receipt_to_raster (receipt, QUAY_PAPER_80, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raster->height, >, 32767);
  g_autofree char *read = read_back (receipt, QUAY_PAPER_80, QUAY_RECEIPT_PNG, command);
  g_autofree char *expected = g_strdup_printf ("576 %u 1 0 0 0 0 IEND %u\n", raster->height,
                                               (raster->stride + 1) * raster->height);
  g_assert_cmpstr (read, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt-files/pdf-text", test_pdf_text);
  g_test_add_func ("/receipt-files/pdf-pages", test_pdf_pages);
  g_test_add_func ("/receipt-files/code", test_code);
  g_test_add_func ("/receipt-files/tall-png", test_tall_png);
  return g_test_run ();
}
