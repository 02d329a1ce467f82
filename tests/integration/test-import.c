/* Import of a catalogue: files that are refused as a whole, rows that are refused while the others
 * go on. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-catalog.h"

#include <string.h>
#include <sys/stat.h>

static void
set_up (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, FALSE);
}

static void
tear_down (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

static QuayImport *
read_text (QuayTestShop *shop, const char *text, gssize len, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, len < 0 ? strlen (text) : (gsize)len);
  return quay_import_read_bytes (shop->till, bytes, "thử.csv", error);
}

static QuayImport *
read_sound (QuayTestShop *shop, const char *text)
{
  g_autoptr (GError) error = NULL;
  QuayImport *import = read_text (shop, text, -1, &error);
  g_assert_no_error (error);
  return import;
}

static void
apply (QuayImport *import)
{
  g_autoptr (GError) error = NULL;
  quay_import_apply (import, &error);
  g_assert_no_error (error);
}

#define assert_sums(import, n_added, n_changed, n_same, n_refused)                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    QuayImportSums got = quay_import_sums (import);                                                \
    g_assert_cmpuint (got.added, ==, n_added);                                                     \
    g_assert_cmpuint (got.changed, ==, n_changed);                                                 \
    g_assert_cmpuint (got.same, ==, n_same);                                                       \
    g_assert_cmpuint (got.refused->len, ==, n_refused);                                            \
  }                                                                                                \
  G_STMT_END

/* --- files that are refused as a whole --- */

typedef struct
{
  const char *name;
  const char *bytes;
  gssize len; /* −1: a string */
  const char *says;
} BrokenFile;

static const BrokenFile broken_files[] = {
  { "empty", "", 0, "empty" },
  { "blank", "\r\n\r\n", -1, "empty" },
  { "no-header", "M1,Miến dong,58000\nM2,Trà,60000\n", -1, "names no column" },
  { "header-without-sku", "name,price\nTrà,1000\n", -1, "names no column" },
  { "column-twice", "sku,name,Giá bán,price\nM1,Trà,1,2\n", -1, "twice" },
  { "broken-header", "sku,\"name\"x,price\nM1,Trà,1\n", -1, "" },
  { "utf-16-le", "\xff\xfes\0k\0u\0,\0n\0a\0m\0e\0\n\0", 20, "" },
  { "utf-16-be", "\xfe\xff\0s\0k\0u\0,\0n\0a\0m\0e\0\n", 20, "" },
  { "tcvn3", "sku,name,price\nM1,Mi\xd5n dong,58000\n", -1, "line 2" },
  { "windows-1258", "sku,name,price\nM1,Ch\xe8 b\xfap,58000\n", -1, "line 2" },
  { "nul", "sku,name,price\nM1,Tr\0,58000\n", 28, "line 2" },
  { "misread", "sku,name,price\nM1,MiÕn dong B¾c K¹n ®Æc s¶n,58000\nM2,R­îu ngô chÌ bóp,1\n", -1,
    "" },
};

static void
test_broken_files (QuayTestShop *shop, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken_files); i++)
    {
      const BrokenFile *file = &broken_files[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayImport) import = read_text (shop, file->bytes, file->len, &error);
      if (import != NULL)
        g_error ("'%s' was taken", file->name);
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      if (strstr (error->message, file->says) == NULL)
        g_error ("'%s' says: %s", file->name, error->message);
    }
}

static void
test_too_large (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize len = 64 * 1024 * 1024 + 1;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (len), len);
  g_assert_null (quay_import_read_bytes (shop->till, bytes, "x", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_not_a_file (QuayTestShop *shop, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (shop->dir, "pipe.csv", NULL);
  g_autofree char *none = g_build_filename (shop->dir, "none.csv", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  const struct
  {
    const char *path;
    int code;
  } rows[] = { { pipe, QUAY_ERROR_INVALID },
               { shop->dir, QUAY_ERROR_INVALID },
               { none, QUAY_ERROR_NOT_FOUND } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (quay_import_read (shop->till, rows[i].path, &error));
      g_assert_error (error, QUAY_ERROR, rows[i].code);
    }
}

/* --- rows that are refused, between two that are taken --- */

#define HEADER                                                                                     \
  "sku,name,barcodes,sold_by,price,vat_class,category,producer,commune,ocop_stars,certified_on,"   \
  "valid_until,alcohol,stock,active,price_from,picture\n"
#define FIRST "A1,Trước,2900000000018,piece,1000,A_PROC,,HTX Cũ,02155,,,,,5,1,,\n"
#define LAST "A9,Sau,,piece,1000,A_PROC,,,,,,,,5,1,,\n"

typedef struct
{
  const char *row;
  const char *column;
  const char *code;
} RefusedRow;

static const RefusedRow refused_rows[] = {
  { "A1,Trùng mã,,piece,1000,A_PROC,,,,,,,,5,1,,", "sku", "twice" },
  { ",Không mã,,piece,1000,A_PROC,,,,,,,,5,1,,", "sku", "empty" },
  { "A 2,Mã có dấu cách,,piece,1000,A_PROC,,,,,,,,5,1,,", "sku", "text" },
  { "MÃ2,Mã có dấu,,piece,1000,A_PROC,,,,,,,,5,1,,", "sku", "text" },
  { "A2,,,piece,1000,A_PROC,,,,,,,,5,1,,", "name", "empty" },
  { "A2,\"hai\ndòng\",,piece,1000,A_PROC,,,,,,,,5,1,,", "name", "text" },
  { "A2,đảo\xE2\x80\xAE"
    "chiều,,piece,1000,A_PROC,,,,,,,,5,1,,",
    "name", "text" },
  { "A2,Trùng vạch,2900000000018,piece,1000,A_PROC,,,,,,,,5,1,,", "barcodes", "twice" },
  { "A2,Sai số kiểm tra,2900000000019,piece,1000,A_PROC,,,,,,,,5,1,,", "barcodes", "check-digit" },
  { "A2,Vạch của hàng khác,2900000000094,piece,1000,A_PROC,,,,,,,,5,1,,", "barcodes", "taken" },
  { "A2,Bán theo,,dozen,1000,A_PROC,,,,,,,,5,1,,", "sold_by", "sold-by" },
  { "A2,Không giá,,piece,,A_PROC,,,,,,,,5,1,,", "price", "empty" },
  { "A2,Giá âm,,piece,-1000,A_PROC,,,,,,,,5,1,,", "price", "number" },
  { "A2,Giá mũ,,piece,1e99,A_PROC,,,,,,,,5,1,,", "price", "number" },
  { "A2,Giá lẻ,,piece,1.50,A_PROC,,,,,,,,5,1,,", "price", "number" },
  { "A2,Giá quá lớn,,piece,9999999999999999,A_PROC,,,,,,,,5,1,,", "price", "number" },
  { "A2,Giá là công thức,,piece,=1+1,A_PROC,,,,,,,,5,1,,", "price", "number" },
  { "A2,Không thuế,,piece,1000,,,,,,,,,5,1,,", "vat_class", "empty" },
  { "A2,Thuế lạ,,piece,1000,VAT8,,,,,,,,5,1,,", "vat_class", "unknown-class" },
  { "A2,Nhóm lạ,,piece,1000,A_PROC,shoes,,,,,,,5,1,,", "category", "unknown-category" },
  { "A2,Xã lạ,,piece,1000,A_PROC,,HTX Thử,99999,,,,,5,1,,", "commune", "unknown-commune" },
  { "A2,Xã không cơ sở,,piece,1000,A_PROC,,,02155,,,,,5,1,,", "commune", "no-producer" },
  { "A2,Xã khác dòng trước,,piece,1000,A_PROC,,HTX Cũ,02185,,,,,5,1,,", "commune", "differs" },
  { "A2,Sáu sao,,piece,1000,A_PROC,,,,6,,,,5,1,,", "ocop_stars", "range" },
  { "A2,Hết trước khi có,,piece,1000,A_PROC,,,,3,2026-05-01,2026-04-30,,5,1,,", "valid_until",
    "range" },
  { "A2,Ngày 30 tháng 2,,piece,1000,A_PROC,,,,3,2026-02-30,,,5,1,,", "certified_on", "day" },
  { "A2,Cồn quá 100,,piece,1000,A_ALC,,,,,,,101,5,1,,", "alcohol", "range" },
  { "A2,Tồn âm,,piece,1000,A_PROC,,,,,,,,-5,1,,", "stock", "number" },
  { "A2,Nửa cái,,piece,1000,A_PROC,,,,,,,,0.5,1,,", "stock", "whole" },
  { "A2,Tồn quá lớn,,piece,1000,A_PROC,,,,,,,,99999999999999,1,,", "stock", "number" },
  { "A2,Đang bán,,piece,1000,A_PROC,,,,,,,,5,maybe,,", "active", "flag" },
  { "A2,Giá từ,,piece,1000,A_PROC,,,,,,,,5,1,mai,", "price_from", "day" },
  { "A2,Không có ảnh,,piece,1000,A_PROC,,,,,,,,5,1,,none.png", "picture", "missing" },
  { "A2,Thiếu ô,,piece,1000", "", "fields" },
  { "A2,Thừa ô,,piece,1000,A_PROC,,,,,,,,5,1,,,ô thừa", "", "fields" },
  { "A2,dấu \" giữa ô,,piece,1000,A_PROC,,,,,,,,5,1,,", "", "csv" },
  { "A2,\"sau\"dấu đóng,,piece,1000,A_PROC,,,,,,,,5,1,,", "", "csv" },
};

static void
check_one_refusal (QuayTestShop *shop, const RefusedRow *row)
{
  g_autofree char *text = g_strconcat (HEADER FIRST, row->row, "\n" LAST, NULL);
  g_autoptr (QuayImport) import = read_sound (shop, text);
  QuayImportSums sums = quay_import_sums (import);
  if (sums.added != 2 || sums.refused->len != 1 || sums.rows != 3)
    g_error ("'%s': %u added, %u refused of %u", row->row, sums.added, sums.refused->len,
             sums.rows);
  const QuayRefusal *refusal = sums.refused->pdata[0];
  g_assert_cmpuint (refusal->row, ==, 3);
  if (strcmp (refusal->column, row->column) != 0 || strcmp (refusal->code, row->code) != 0)
    g_error ("'%s': refused for %s %s", row->row, refusal->column, refusal->code);
  g_assert_cmpuint (strlen (refusal->why), >, 5);
  g_assert_cmpuint (strlen (refusal->why_vi), >, 5);
}

static void
test_refused_rows (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (QuayImport) before =
      read_sound (shop, "sku,name,barcodes,price,vat_class\nZ1,Cũ,2900000000094,1000,A_PROC\n");
  assert_sums (before, 1, 0, 0, 0);
  apply (before);
  for (guint i = 0; i < G_N_ELEMENTS (refused_rows); i++)
    check_one_refusal (shop, &refused_rows[i]);
}

/* Ten megabytes without a line end are one refused row. */
static void
test_long_line (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (HEADER FIRST "A2,");
  gsize start = text->len;
  g_string_set_size (text, start + 10 * 1024 * 1024);
  memset (text->str + start, 'x', 10 * 1024 * 1024);
  g_string_append (text, "\n" LAST);
  g_string_append (text, "A4,Cuối,,piece,1000,A_PROC,,,,,,,,5,1,,\n");
  g_autoptr (QuayImport) import = read_text (shop, text->str, (gssize)text->len, &error);
  g_assert_no_error (error);
  assert_sums (import, 3, 0, 0, 1);
  g_assert_cmpuint (((QuayRefusal *)quay_import_sums (import).refused->pdata[0])->row, ==, 3);
}

/* A quote that is never closed takes the rest of the file, and only that. */
static void
test_unclosed_quote (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (QuayImport) import = read_sound (shop, HEADER FIRST "A2,\"chưa đóng,,\n" LAST);
  assert_sums (import, 1, 0, 0, 1);
  apply (import);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "A1");
  g_assert_nonnull (item);
}

#define ADD(path, func) g_test_add (path, QuayTestShop, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/import/file/broken", test_broken_files);
  ADD ("/import/file/too-large", test_too_large);
  ADD ("/import/file/not-a-file", test_not_a_file);
  ADD ("/import/row/refused", test_refused_rows);
  ADD ("/import/row/long-line", test_long_line);
  ADD ("/import/row/unclosed-quote", test_unclosed_quote);
  return g_test_run ();
}
