/* Forms as other programs read them: letters by pdftotext, paper by pdfinfo, ink by pdftoppm. */
#include "quay-error.h"
#include "quay-form.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static const QuayFormColumn columns[] = {
  { "STT", NULL, "A", 5, FALSE },
  { "Tên, nhãn hiệu, quy cách, phẩm chất", NULL, "B", 28, FALSE },
  { "Mã số", NULL, "C", 11, FALSE },
  { "Theo chứng từ", "Số lượng", "1", 11, TRUE },
  { "Thực nhập", "Số lượng", "2", 11, TRUE },
  { "Thành tiền", NULL, "4", 16, TRUE },
};
#define N_COLUMNS G_N_ELEMENTS (columns)
#define LONG_NAME "Miến dong Côn Minh đóng gói hai lớp, hàng chọn, phơi nắng tự nhiên"

static QuayForm *
make_form (guint n_rows)
{
  QuayForm *form = quay_form_new ();
  form->unit = g_strdup ("Đơn vị: HTX Quế Thanh");
  form->address = g_strdup ("Địa chỉ: xã Na Rì, tỉnh Thái Nguyên");
  form->code = g_strdup ("Mẫu số 01-VT");
  form->circular = g_strdup ("(Kèm theo một thông tư có tên dài hơn một dòng của tờ giấy này)");
  form->title = g_strdup ("PHIẾU NHẬP KHO");
  form->date_line = g_strdup ("Ngày 01 tháng 12 năm 2026");
  form->number = g_strdup ("Số: QT1A-PNK26-0001");
  form->columns = columns;
  form->n_columns = N_COLUMNS;
  quay_form_add_field (form, FALSE, "Họ và tên người giao", "Bà Mai");
  quay_form_add_field (form, FALSE, "Nhập tại kho", NULL);
  for (guint i = 1; i <= n_rows; i++)
    {
      g_autofree char *no = g_strdup_printf ("%u", i);
      g_autofree char *sku = g_strdup_printf ("MA%04u", i);
      const char *row[] = { no, LONG_NAME, sku, "12", "11,5", "1.234.567" };
      quay_form_add_row (form, row, FALSE);
    }
  const char *sum[] = { NULL, "Cộng", "x", "x", "x", "999.999.999.999.999.999" };
  quay_form_add_row (form, sum, TRUE);
  quay_form_add_field (form, TRUE, "Tổng số tiền (viết bằng chữ)", "Chín đồng");
  quay_form_add_field (form, TRUE, "Số chứng từ gốc kèm theo", NULL);
  quay_form_add_signer (form, "Người lập phiếu", "Lường Thị Mẫu");
  quay_form_add_signer (form, "Người giao hàng", NULL);
  quay_form_add_signer (form, "Kế toán trưởng (hoặc bộ phận có nhu cầu nhập)", NULL);
  return form;
}

/* Writes the form and gives its path, and what a program of the system prints for it. */
static char *
read_back (const QuayForm *form, const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("quay-form-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (dir, "form.pdf", NULL);
  g_assert_true (quay_form_to_pdf (form, path, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (; *command != NULL; command++)
    g_ptr_array_add (words, (char *)(g_str_equal (*command, "FILE") ? path : *command));
  g_ptr_array_add (words, NULL);
  g_autoptr (GSubprocess) program =
      g_subprocess_newv ((const char *const *)words->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  char *out = NULL;
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0); /* no temporary file is left beside it */
  return out;
}

static guint
count_text (const char *text, const char *part)
{
  guint n = 0;
  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

static const char *const as_text[] = { "pdftotext", "-layout", "FILE", "-", NULL };
static const char *const as_info[] = { "pdfinfo", "FILE", NULL };

static void
assert_has (const char *text, const char *part, guint times)
{
  if (count_text (text, part) != times)
    g_error ("'%s' stands there %u times, not %u, in:\n%s", part, count_text (text, part), times,
             text);
}

static void
test_short (void)
{
  g_autoptr (QuayForm) form = make_form (3);
  g_autofree char *text = read_back (form, as_text);
  assert_has (text, "Đơn vị: HTX Quế Thanh", 1);
  assert_has (text, "Mẫu số 01-VT", 1);
  assert_has (text, "Ngày 01 tháng 12 năm 2026", 1);
  assert_has (text, "- Họ và tên người giao: Bà Mai", 1);
  assert_has (text, "Số lượng", 1);
  assert_has (text, "Thực nhập", 1);
  assert_has (text, "MA0003", 1);
  assert_has (text, "1.234.567", 3);
  assert_has (text, "999.999.999.999.999.999", 1); /* in one piece, smaller */
  assert_has (text, "Người lập phiếu", 1);
  assert_has (text, "(Ký, họ tên)", 3);
  assert_has (text, "Lường Thị Mẫu", 1);
  assert_has (text, "Trang 1/1", 1);
  g_autofree char *info = read_back (form, as_info);
  assert_has (info, "A4", 1);
  form->landscape = TRUE;
  g_autofree char *across = read_back (form, as_info);
  assert_has (across, "841.89 x 595.276", 1);
}

/* Each row once and whole, headings on each page, the places to sign together on the last. */
static void
test_long (void)
{
  g_autoptr (QuayForm) form = make_form (300);
  g_autofree char *text = read_back (form, as_text);
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n_pages = g_strv_length (pages) - 1;
  g_assert_cmpuint (n_pages, >, 5);
  g_assert_cmpuint (n_pages, <, 30);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *page = g_strdup_printf ("Trang %u/%u", i + 1, n_pages);
      assert_has (pages[i], page, 1);
      assert_has (pages[i], "Thực nhập", count_text (pages[i], "MA0") > 0);
      assert_has (pages[i], "Người lập phiếu", i == n_pages - 1);
      assert_has (pages[i], "Lường Thị Mẫu", i == n_pages - 1);
    }
  for (guint i = 1; i <= 300; i++)
    {
      g_autofree char *sku = g_strdup_printf ("MA%04u", i);
      assert_has (text, sku, 1);
    }
  assert_has (text, "1.234.567", 300);
  assert_has (text, "tự nhiên", 300);
}

/* Nothing that is typed breaks a page: no text at all, one of ten thousand letters, bad bytes. */
static void
test_odd_texts (void)
{
  g_autofree char *huge = g_strnfill (10000, 'm');
  const char *row[] = { "1",
                        huge,
                        "\xff\xfe",
                        "\xe2\x80\xae"
                        "12",
                        NULL,
                        huge };
  g_autoptr (QuayForm) form = make_form (0);
  for (guint i = 0; i < 40; i++)
    quay_form_add_row (form, row, FALSE);
  quay_form_add_field (form, TRUE, huge, huge);
  g_autofree char *text = read_back (form, as_text);
  assert_has (text, "Người lập phiếu", 1);
  g_autoptr (QuayForm) empty = quay_form_new ();
  g_autofree char *nothing = read_back (empty, as_text);
  assert_has (nothing, "Trang 1/1", 1);
}

/* Nothing is drawn outside the margins: 40 pixels of 75 dpi are 13,5 mm of 15. */
static void
test_margins (void)
{
  static const char script[] = "pdftoppm -r 75 -gray \"$0\" | python3 -c '\n"
                               "import sys\n"
                               "data = sys.stdin.buffer.read()\n"
                               "n = 0\n"
                               "while data:\n"
                               "    _, size, _, rest = data.split(b\"\\n\", 3)\n"
                               "    w, h = map(int, size.split())\n"
                               "    page, data = rest[:w * h], rest[w * h:]\n"
                               "    for y in range(h):\n"
                               "        row = page[y * w:(y + 1) * w]\n"
                               "        if not 40 <= y < h - 40: assert min(row) > 200, (n, y)\n"
                               "        assert min(row[:40] + row[-40:]) > 200, (n, y)\n"
                               "    n += 1\n"
                               "print(n)'";
  static const char *const command[] = { "bash", "-c", script, "FILE", NULL };
  g_autoptr (QuayForm) form = make_form (30);
  g_autofree char *n = read_back (form, command);
  g_assert_cmpint (g_ascii_strtoll (n, NULL, 10), >, 1);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayForm) form = make_form (1);
  g_assert_false (quay_form_to_pdf (form, "/nonexistent/folder/form.pdf", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-files/short", test_short);
  g_test_add_func ("/form-files/long", test_long);
  g_test_add_func ("/form-files/odd-texts", test_odd_texts);
  g_test_add_func ("/form-files/margins", test_margins);
  g_test_add_func ("/form-files/no-folder", test_no_folder);
  return g_test_run ();
}
