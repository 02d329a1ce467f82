/* Receipts as dots, PNG and PDF, by structure: where there is ink and where not, what reads back.
 * Letters are not compared with stored pictures, since each version of a font moves dots.
 */
#include "quay-error.h"
#include "quay-receipt-draw.h"
#include "quay-receipt-render.h"
#include "receipt-samples.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARGIN 8

static const QuayPaper papers[] = { QUAY_PAPER_58, QUAY_PAPER_80 };

static QuayReceipt *
sample_receipt (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].name, name))
      {
        g_autoptr (QuaySaleRecord) sale = make_sample (&samples[i]);
        return quay_receipt_new (&sample_shop, sale, samples[i].copy);
      }
  g_assert_not_reached ();
}

static gboolean
has_ink (const QuayRaster *raster, guint x, guint y)
{
  g_assert_cmpuint (x, <, raster->width);
  g_assert_cmpuint (y, <, raster->height);
  return (raster->bits[y * raster->stride + x / 8] & 0x80 >> x % 8) != 0;
}

static guint
count_ink (const QuayRaster *raster, guint x0, guint y0, guint x1, guint y1)
{
  guint n = 0;
  for (guint y = y0; y < y1; y++)
    for (guint x = x0; x < x1; x++)
      n += has_ink (raster, x, y) ? 1 : 0;
  return n;
}

static void
assert_margins_blank (const QuayRaster *raster)
{
  guint width = raster->width, height = raster->height;
  g_assert_cmpuint (count_ink (raster, 0, 0, MARGIN, height), ==, 0);
  g_assert_cmpuint (count_ink (raster, width - MARGIN, 0, width, height), ==, 0);
  g_assert_cmpuint (count_ink (raster, 0, 0, width, MARGIN), ==, 0);
  g_assert_cmpuint (count_ink (raster, 0, height - MARGIN, width, height), ==, 0);
}

static QuayRaster *
draw (const QuayReceipt *receipt, QuayPaper paper)
{
  g_autoptr (GError) error = NULL;
  QuayRaster *raster = quay_receipt_to_raster (receipt, paper, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raster->width, ==, paper == QUAY_PAPER_58 ? 384 : 576);
  g_assert_cmpuint (raster->stride, ==, raster->width / 8);
  g_assert_cmpuint (raster->height % 8, ==, 0);
  assert_margins_blank (raster);
  return raster;
}

static void
test_raster (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (QuayReceipt) receipt = sample_receipt (sample->name);
  guint rows = quay_receipt_get_n_rows (receipt);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (QuayRaster) raster = draw (receipt, papers[i]);
      g_assert_cmpuint (raster->height, >, rows * 20);
      g_assert_cmpuint (raster->height, <, rows * 50 + 250);
      guint ink = count_ink (raster, 0, 0, raster->width, raster->height);
      g_assert_cmpuint (ink, >, raster->width * raster->height / 50);
      g_assert_cmpuint (ink, <, raster->width * raster->height / 4);
    }
}

/* No more white at the end than a fingertip: metres of blank paper are a known fault. */
static void
test_no_waste (void)
{
  g_autoptr (QuayReceipt) receipt = sample_receipt ("one-line");
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (QuayRaster) raster = draw (receipt, papers[i]);
      guint blank = 0, most = 0;
      for (guint y = 0; y < raster->height; y++)
        {
          blank = count_ink (raster, 0, y, raster->width, y + 1) == 0 ? blank + 1 : 0;
          most = MAX (most, blank);
        }
      g_assert_cmpuint (most, <=, 48); /* 6 mm */
    }
}

/* Sums end at the same dot, on the last column before the margin. */
static void
test_aligned (void)
{
  g_autoptr (QuayReceipt) receipt = sample_receipt ("twelve-lines");
  g_autoptr (QuayDrawing) drawing = quay_drawing_new (receipt, 576, FALSE);
  g_autoptr (QuayRaster) raster = draw (receipt, QUAY_PAPER_80);
  guint sums = 0;
  for (guint i = 1; i < quay_receipt_get_n_rows (receipt); i++)
    {
      if (quay_receipt_get_row (receipt, i)->kind != QUAY_ROW_PAIR)
        continue;
      guint top = quay_drawing_get_bottom (drawing, i - 1);
      guint bottom = quay_drawing_get_bottom (drawing, i);
      g_assert_cmpuint (count_ink (raster, 576 - MARGIN - 6, top, 576 - MARGIN, bottom), >, 0);
      g_assert_cmpuint (count_ink (raster, 330, top, 360, bottom), ==, 0);
      sums++;
    }
  g_assert_cmpuint (sums, >, 14);
}

/* What is drawn in slices is what is drawn at once. */
static void
test_slices (void)
{
  g_autoptr (QuayReceipt) receipt = sample_receipt ("twelve-lines");
  g_autoptr (QuayRaster) raster = draw (receipt, QUAY_PAPER_58);
  g_autoptr (QuayDrawing) drawing = quay_drawing_new (receipt, 384, FALSE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 384, raster->height);
  cairo_t *cr = cairo_create (surface);
  quay_drawing_draw (drawing, cr, 0, raster->height);
  cairo_surface_flush (surface);
  const guint8 *alpha = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_assert_cmpuint (raster->height, >, 1024);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < 384; x++)
      g_assert_cmpint (has_ink (raster, x, y), ==, alpha[y * stride + x] >= 128);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static QuayReceipt *
receipt_of_500_lines (void)
{
  g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
  while (sale->lines->len < 500)
    g_ptr_array_add (sale->lines, quay_line_copy (sale->lines->pdata[0]));
  return quay_receipt_new (&sample_shop, sale, 0);
}

static void
test_500_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayReceipt) receipt = receipt_of_500_lines ();
  g_autoptr (QuayRaster) raster = draw (receipt, QUAY_PAPER_80);
  g_assert_cmpuint (raster->height, >, 32767);
  for (guint y = 0; y + 200 < raster->height; y += 200)
    g_assert_cmpuint (count_ink (raster, 0, y, raster->width, y + 200), >, 0);
  g_autoptr (GBytes) png = quay_raster_to_png (raster, &error);
  g_assert_no_error (error);
  guint32 size[2];
  memcpy (size, (const guint8 *)g_bytes_get_data (png, NULL) + 16, sizeof size);
  g_assert_cmpuint (GUINT32_FROM_BE (size[0]), ==, 576);
  g_assert_cmpuint (GUINT32_FROM_BE (size[1]), ==, raster->height);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "",
    "không phải UTF-8 \xff\xfe\xc3\n\x1b",
    "שלום עולם 123 مرحبا بالعالم",
    "產品名稱非常長的一個東方文字商品名稱用來測試換行產品名稱非常長的一個東方文字商品名稱",
    "e\xcc\x82\xcc\x81\xcc\x80\xcc\x83\xcc\x89\xcc\xa3\xcc\x82\xcc\x81\xcc\x80\xcc\x83",
    "👨‍👩‍👧‍👦👍🏽🇻🇳",
    "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
      {
        char *text = (char *)texts[i];
        const QuayShop shop = { text, text, text, text, text };
        g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
        QuayLine *line = sale->lines->pdata[0];
        g_free (line->name);
        g_free (line->unit);
        line->name = g_strdup (text);
        line->unit = g_strdup (text);
        sale->buyer_name = g_strdup (text);
        g_autoptr (QuayReceipt) receipt = quay_receipt_new (&shop, sale, 3);
        g_autoptr (QuayRaster) raster = draw (receipt, papers[k]);
        g_assert_cmpuint (raster->height, <, 4000);
      }
}

/* The largest sums shrink or move to a line of their own; they never leave the paper. */
static void
test_largest (void)
{
  g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
  sale->total = QUAY_DONG (QUAY_MONEY_MAX);
  QuayLine *line = sale->lines->pdata[0];
  line->amount = line->price = QUAY_DONG (QUAY_MONEY_MAX);
  line->qty = QUAY_MILLI (QUAY_QTY_MAX);
  QuayTaxRow *tax = &g_array_index (sale->taxes, QuayTaxRow, 0);
  tax->net = tax->vat = QUAY_DONG (QUAY_MONEY_MAX);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, 0);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (QuayRaster) raster = draw (receipt, papers[i]);
      g_assert_cmpuint (raster->height, <, 1400);
    }
}

static void
test_png (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("quay-receipt-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (dir, "a.png", NULL);
  g_autoptr (QuayReceipt) receipt = sample_receipt ("reprint");
  g_autoptr (QuayRaster) raster = draw (receipt, QUAY_PAPER_58);
  g_assert_true (quay_receipt_save (receipt, QUAY_PAPER_58, QUAY_RECEIPT_PNG, path, &error));
  g_assert_no_error (error);
  GStatBuf info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  cairo_surface_t *read = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (read), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (read), ==, 384);
  g_assert_cmpint (cairo_image_surface_get_height (read), ==, raster->height);
  cairo_surface_t *grey = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 384, raster->height);
  cairo_t *cr = cairo_create (grey);
  cairo_set_source_surface (cr, read, 0, 0);
  cairo_paint (cr);
  cairo_surface_flush (grey);
  const guint8 *pixels = cairo_image_surface_get_data (grey);
  int stride = cairo_image_surface_get_stride (grey);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < 384; x++)
      g_assert_cmpuint (pixels[y * stride + x * 4], ==, has_ink (raster, x, y) ? 0 : 255);
  cairo_destroy (cr);
  cairo_surface_destroy (grey);
  cairo_surface_destroy (read);
  g_unlink (path);
  g_rmdir (dir);
}

static void
assert_pdf (QuayReceipt *receipt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = quay_receipt_to_bytes (receipt, QUAY_PAPER_80, QUAY_RECEIPT_PDF, &error);
  g_assert_no_error (error);
  gsize n;
  const char *data = g_bytes_get_data (pdf, &n);
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpint (memcmp (data, "%PDF-1.", 7), ==, 0);
  g_assert_nonnull (g_strstr_len (data + n - 16, 16, "%%EOF"));
}

static void
test_pdf (void)
{
  g_autoptr (QuayReceipt) one = sample_receipt ("buyer");
  g_autoptr (QuayReceipt) many = receipt_of_500_lines ();
  assert_pdf (one);
  assert_pdf (many);
}

static void
test_save_fails (void)
{
  static const struct
  {
    const char *path;
    int code;
  } rows[] = {
    { "/nonexistent/folder/a.png", QUAY_ERROR_IO },
    { "/proc/a.png", QUAY_ERROR_IO },
  };
  g_autoptr (QuayReceipt) receipt = sample_receipt ("one-line");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (
          quay_receipt_save (receipt, QUAY_PAPER_58, QUAY_RECEIPT_PNG, rows[i].path, &error));
      g_assert_error (error, QUAY_ERROR, rows[i].code);
    }
}

/* Every letter of Vietnamese is in the font, and its marks stay off the lines above and below. */
static void
test_letters (void)
{
  static const char letters[] =
      "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴĐàáảãạằắẳẵặầấẩẫậ"
      "èéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵđ₫×–…−·";
  g_autoptr (GError) error = NULL;
  quay_receipt_check_font (&error);
  g_assert_no_error (error);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  for (int size = 18; size <= 32; size += 2)
    {
      g_autoptr (PangoLayout) layout = pango_layout_new (context);
      g_autoptr (PangoFontDescription) font =
          pango_font_description_from_string (QUAY_RECEIPT_FAMILY " Bold");
      pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
      pango_layout_set_font_description (layout, font);
      pango_layout_set_text (layout, letters, -1);
      g_assert_cmpint (pango_layout_get_unknown_glyphs_count (layout), ==, 0);
      PangoRectangle ink, line;
      pango_layout_get_pixel_extents (layout, &ink, &line);
      g_assert_cmpint (ink.y, >=, line.y - 1);
      g_assert_cmpint (ink.y + ink.height, <=, line.y + line.height);
    }
  g_object_unref (context);
}

static gpointer
draw_thread (gpointer data)
{
  return draw (data, QUAY_PAPER_58);
}

/* The printer's thread and a page may draw at the same time. */
static void
test_threads (void)
{
  g_autoptr (QuayReceipt) receipt = sample_receipt ("twelve-lines");
  g_autoptr (QuayRaster) mine = draw (receipt, QUAY_PAPER_58);
  GThread *threads[3];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_thread, receipt);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (QuayRaster) other = g_thread_join (threads[i]);
      g_assert_cmpmem (other->bits, (gsize)other->stride * other->height, mine->bits,
                       (gsize)mine->stride * mine->height);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strdup_printf ("/receipt-render/raster/%s", samples[i].name);
      g_test_add_data_func (path, &samples[i], test_raster);
    }
  g_test_add_func ("/receipt-render/no-waste", test_no_waste);
  g_test_add_func ("/receipt-render/aligned", test_aligned);
  g_test_add_func ("/receipt-render/slices", test_slices);
  g_test_add_func ("/receipt-render/500-lines", test_500_lines);
  g_test_add_func ("/receipt-render/hostile", test_hostile);
  g_test_add_func ("/receipt-render/largest", test_largest);
  g_test_add_func ("/receipt-render/png", test_png);
  g_test_add_func ("/receipt-render/pdf", test_pdf);
  g_test_add_func ("/receipt-render/save-fails", test_save_fails);
  g_test_add_func ("/receipt-render/letters", test_letters);
  g_test_add_func ("/receipt-render/threads", test_threads);
  return g_test_run ();
}
