/* The minutes of a count, 05-VT. Thread: main. */
#include "quay-till-forms-count.h"

#include "quay-till-count.h"
#include "quay-till-forms-private.h"
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-format.h"

static const QuayFormColumn columns[] = {
  { "STT", NULL, "A", 4, FALSE },
  { "Tên, nhãn hiệu, quy cách vật tư, dụng cụ…", NULL, "B", 20, FALSE },
  { "Mã số", NULL, "C", 8, FALSE },
  { "Đơn vị tính", NULL, "D", 5, FALSE },
  { "Đơn giá", NULL, "1", 8, TRUE },
  { "Số lượng", "Theo sổ kế toán", "2", 6, TRUE },
  { "Thành tiền", "Theo sổ kế toán", "3", 9, TRUE },
  { "Số lượng", "Theo kiểm kê", "4", 6, TRUE },
  { "Thành tiền", "Theo kiểm kê", "5", 9, TRUE },
  { "Số lượng", "Chênh lệch: Thừa", "6", 6, TRUE },
  { "Thành tiền", "Chênh lệch: Thừa", "7", 8, TRUE },
  { "Số lượng", "Chênh lệch: Thiếu", "8", 6, TRUE },
  { "Thành tiền", "Chênh lệch: Thiếu", "9", 8, TRUE },
  { "Còn tốt 100%", "Phẩm chất", "10", 5, FALSE },
  { "Kém phẩm chất", "Phẩm chất", "11", 5, FALSE },
  { "Mất phẩm chất", "Phẩm chất", "12", 5, FALSE },
};
#define N_COLUMNS G_N_ELEMENTS (columns)
#define COL_SUM 6 /* the first of the columns with amounts, every other one */

/* Sums of the columns 3, 5, 7 and 9. */
typedef struct
{
  QuayMoney amounts[4];
} Sums;

static char *
lot_name (const QuayCountLine *line)
{
  g_autofree char *expires = line->expires != 0 ? quay_day_to_vi (line->expires) : NULL;
  if (line->whole || quay_id_is_nil (&line->lot))
    return g_strdup (line->name);
  return g_strdup_printf ("%s, lô %s%s%s", line->name,
                          line->lot_code != NULL ? line->lot_code : "…",
                          expires != NULL ? ", HSD " : "", expires != NULL ? expires : "");
}

static void
add_row (QuayForm *form, const QuayCountLine *line, Sums *sums)
{
  char *texts[N_COLUMNS + 1] = { NULL };
  QuayQty difference = QUAY_MILLI (line->posted.milli + line->pending.milli);
  const QuayQty qtys[4] = { QUAY_MILLI (line->found.milli - difference.milli), line->found,
                            QUAY_MILLI (MAX (difference.milli, 0)),
                            QUAY_MILLI (MAX (-difference.milli, 0)) };
  texts[0] = g_strdup_printf ("%u", form->rows->len + 1);
  texts[1] = lot_name (line);
  texts[2] = g_strdup (line->sku);
  texts[3] = g_strdup (line->unit);
  texts[4] = quay_format_money (line->price, QUAY_MONEY_BARE);
  for (guint i = 0; i < 4; i++)
    {
      QuayMoney amount;
      if ((i >= 2 && qtys[i].milli == 0) || !quay_money_times_qty (line->price, qtys[i], &amount) ||
          !quay_money_add (sums->amounts[i], amount, &sums->amounts[i]))
        continue;
      texts[COL_SUM - 1 + i * 2] = quay_format_qty (qtys[i], NULL);
      texts[COL_SUM + i * 2] = quay_format_money (amount, QUAY_MONEY_BARE);
    }
  quay_form_add_row (form, (const char *const *)texts, FALSE);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (texts[i]);
}

static void
add_sums (QuayForm *form, const Sums *sums)
{
  const char *texts[N_COLUMNS + 1] = { NULL };
  char *amounts[4];
  texts[1] = "Cộng";
  for (guint i = 2; i <= 4; i++)
    texts[i] = "x";
  for (guint i = 0; i < 4; i++)
    {
      amounts[i] = quay_format_money (sums->amounts[i], QUAY_MONEY_BARE);
      texts[COL_SUM - 1 + i * 2] = "x";
      texts[COL_SUM + i * 2] = amounts[i];
    }
  quay_form_add_row (form, texts, TRUE);
  for (guint i = 0; i < 4; i++)
    g_free (amounts[i]);
}

/* Who looked at the goods; their offices are filled in by hand. */
static void
add_committee (QuayForm *form, GPtrArray *lines)
{
  guint n = 0;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  quay_form_add_field (form, FALSE, "Ban kiểm kê gồm", NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      for (guint k = 0; k < line->observations->len; k++)
        {
          const char *who = ((QuayObservation *)line->observations->pdata[k])->who;
          if (who == NULL || *who == '\0' || !g_hash_table_add (known, (gpointer)who))
            continue;
          g_autofree char *text = g_strdup_printf ("%s, chức vụ ……………………, đại diện ……………………, %s",
                                                   who, n++ == 0 ? "Trưởng ban" : "Ủy viên");
          quay_form_add_field (form, FALSE, "Ông/Bà", text);
        }
    }
}

static gint64
last_seen (GPtrArray *lines)
{
  gint64 last = 0;
  for (guint i = 0; i < lines->len; i++)
    if (((QuayCountLine *)lines->pdata[i])->counts)
      last = MAX (last, quay_count_line_seen (lines->pdata[i]));
  return last;
}

static void
fill (QuayTill *till, QuayForm *form, const QuayCount *count, GPtrArray *lines)
{
  Sums sums = { 0 };
  gint64 last = last_seen (lines);
  g_autofree char *when = last != 0 ? quay_time_to_vi (last) : NULL; /* dd/mm/yyyy HH:MM */
  g_autofree char *moment =
      when != NULL ? g_strdup_printf ("%.2s giờ %.2s ngày %.10s", when + 11, when + 14, when)
                   : NULL;
  form->columns = columns;
  form->n_columns = N_COLUMNS;
  form->landscape = TRUE;
  quay_form_add_field (form, FALSE, "Thời điểm kiểm kê", moment);
  add_committee (form, lines);
  g_autofree char *what = g_strdup_printf ("%s (%s)", count->loc_name, count->name);
  quay_form_add_field (form, FALSE, "Đã kiểm kê kho có những mặt hàng dưới đây", what);
  for (guint i = 0; i < lines->len; i++)
    if (((QuayCountLine *)lines->pdata[i])->counts)
      add_row (form, lines->pdata[i], &sums);
  add_sums (form, &sums);
  quay_form_add_signer (form, "Giám đốc", NULL);
  QuayFormSigner *first = form->signers->pdata[0];
  g_free (first->hint);
  first->hint = g_strdup ("(Ý kiến giải quyết số chênh lệch)");
  quay_form_add_signer (form, "Kế toán trưởng", NULL);
  quay_form_add_signer (form, "Thủ kho", NULL);
  quay_form_add_signer (form, "Trưởng ban kiểm kê", NULL);
}

gboolean
quay_till_print_count (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  gboolean provisional;
  QuayCount *count = quay_till_count (till, id);
  if (count == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such count");
      return FALSE;
    }
  g_autoptr (GPtrArray) lines = quay_till_count_lines (till, id, NULL);
  g_autofree char *number = quay_till_count_number (till, id, &provisional);
  QuayDay day = count->closed != 0 ? count->closed : quay_till_day (till);
  g_autoptr (QuayForm) form = quay_till_new_form (
      till, "Mẫu số 05-VT", "BIÊN BẢN KIỂM KÊ VẬT TƯ, CÔNG CỤ, SẢN PHẨM, HÀNG HÓA", day, number);
  fill (till, form, count, lines);
  if (provisional)
    quay_form_add_field (form, TRUE, "Ghi chú",
                         "Số liệu tạm thời: khi lập biên bản chưa đủ số bán của các máy khác.");
  quay_count_free (count);
  return quay_till_check_reads (till, error) && quay_form_to_pdf (form, path, error);
}
