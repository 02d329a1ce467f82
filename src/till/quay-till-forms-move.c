/* Papers that go with goods to another place, and the report of a fair. Thread: main. */
#include "quay-till-forms-count.h"

#include "quay-till-forms-private.h"
#include "quay-till-places.h"
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-reader-count.h"

#include <string.h>

QuayForm *
quay_till_new_form (QuayTill *till, const char *code, const char *title, QuayDay day,
                    const char *number)
{
  QuayForm *form = quay_form_new ();
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  form->unit = g_strdup_printf ("Đơn vị: %s", shop->name != NULL ? shop->name : "");
  form->address = g_strdup_printf ("Địa chỉ: %s", shop->address != NULL ? shop->address : "");
  form->code = g_strdup (code);
  form->circular = code != NULL ? quay_till_get_setting (till, "shop.form_circular") : NULL;
  form->title = g_strdup (title);
  form->date_line =
      g_strdup_printf ("Ngày %02d tháng %02d năm %d", day % 100, day / 100 % 100, day / 10000);
  form->number = number != NULL ? g_strdup_printf ("Số: %s", number) : NULL;
  return form;
}

static gboolean
not_found (const char *what, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such %s", what);
  return FALSE;
}

/* --- the packing list --- */

static const QuayFormColumn move_columns[] = {
  { "STT", NULL, "A", 4, FALSE },
  { "Tên hàng hóa", NULL, "B", 26, FALSE },
  { "Mã số", NULL, "C", 9, FALSE },
  { "Lô, hạn sử dụng", NULL, "D", 15, FALSE },
  { "Đơn vị tính", NULL, "E", 7, FALSE },
  { "Thực xuất", "Số lượng", "1", 8, TRUE },
  { "Thực nhập", "Số lượng", "2", 8, TRUE },
  { "Đơn giá", NULL, "3", 10, TRUE },
  { "Thành tiền", NULL, "4", 13, TRUE },
};
#define N_MOVE_COLUMNS G_N_ELEMENTS (move_columns)

static void
add_move_row (QuayTill *till, QuayForm *form, const QuayVoucherLine *line)
{
  g_autofree char *no = g_strdup_printf ("%u", form->rows->len + 1);
  g_autofree char *expires = line->expires != 0 ? quay_day_to_vi (line->expires) : NULL;
  g_autofree char *lot = g_strdup_printf ("%s%s%s", line->code != NULL ? line->code : "",
                                          line->code != NULL && expires != NULL ? ", " : "",
                                          expires != NULL ? expires : "");
  g_autofree char *qty = quay_format_qty (line->qty, NULL);
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
  g_autofree char *amount = quay_format_money (line->amount, QUAY_MONEY_BARE);
  const char *texts[] = { no, line->name, line->sku, lot, line->unit, qty, NULL, price, amount };
  quay_form_add_row (form, texts, FALSE);
}

static void
fill_move (QuayTill *till, QuayForm *form, const QuayVoucher *voucher, const QuayId *from)
{
  g_autofree char *from_name = quay_till_place_name (till, from);
  g_autofree char *to_name = quay_till_place_name (till, &voucher->to);
  g_autofree char *total = quay_format_money (voucher->total, QUAY_MONEY_BARE);
  g_autoptr (QuayFair) fair =
      quay_id_is_nil (&voucher->subject) ? NULL : quay_till_fair (till, &voucher->subject);
  const char *sums[] = { NULL, "Cộng", "x", "x", "x", "x", "x", "x", total };
  form->columns = move_columns;
  form->n_columns = N_MOVE_COLUMNS;
  quay_form_add_field (form, FALSE, "Xuất tại kho", from_name);
  quay_form_add_field (form, FALSE, "Nhập tại kho", to_name);
  if (fair != NULL)
    quay_form_add_field (form, FALSE, "Hội chợ, phiên chợ", fair->name);
  quay_form_add_field (form, FALSE, "Họ tên người vận chuyển", voucher->name);
  quay_form_add_field (
      form, FALSE, "Phiếu xuất kho kiêm vận chuyển nội bộ (hóa đơn điện tử): ký hiệu, số", NULL);
  for (guint i = 0; i < voucher->lines->len; i++)
    add_move_row (till, form, voucher->lines->pdata[i]);
  quay_form_add_row (form, sums, TRUE);
  quay_form_add_signer (form, "Người lập bảng kê", NULL);
  quay_form_add_signer (form, "Thủ kho xuất", NULL);
  quay_form_add_signer (form, "Người vận chuyển", voucher->name);
  quay_form_add_signer (form, "Thủ kho nhập", NULL);
}

gboolean
quay_till_packing_list (QuayTill *till, const char *number, const char *path, GError **error)
{
  QuayDay day;
  QuayId from;
  g_autoptr (QuayVoucher) voucher = quay_reader_moved (till->reader, number, &from, &day);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (voucher == NULL)
    return not_found ("move", error);
  g_autoptr (QuayForm) form =
      quay_till_new_form (till, NULL, "BẢNG KÊ HÀNG HÓA CHUYỂN NỘI BỘ", day, number);
  fill_move (till, form, voucher, &from);
  return quay_till_check_reads (till, error) && quay_form_to_pdf (form, path, error);
}

/* --- the report of a fair --- */

static const QuayFormColumn fair_columns[] = {
  { "Nhà sản xuất, tên hàng hóa", NULL, "A", 28, FALSE },
  { "Mã số", NULL, "B", 9, FALSE },
  { "Đơn vị tính", NULL, "C", 7, FALSE },
  { "Mang đi", "Số lượng", "1", 7, TRUE },
  { "Đã bán", "Số lượng", "2", 7, TRUE },
  { "Khách trả lại", "Số lượng", "3", 7, TRUE },
  { "Mang về", "Số lượng", "4", 7, TRUE },
  { "Chênh lệch", "Số lượng", "5", 7, TRUE },
  { "Còn tại gian hàng", "Số lượng", "6", 8, TRUE },
  { "Doanh thu", "Số tiền", "7", 11, TRUE },
  { "Trả lại khách", "Số tiền", "8", 10, TRUE },
  { "Giá trị hao hụt", "Số tiền", "9", 10, TRUE },
};
#define N_FAIR_COLUMNS G_N_ELEMENTS (fair_columns)

/* Amounts of a producer, or of all. */
typedef struct
{
  QuayMoney amount;
  QuayMoney returned;
  QuayMoney lost;
} FairSums;

static void
add_fair_sums (QuayForm *form, const char *title, const FairSums *sums)
{
  g_autofree char *amount = quay_format_money (sums->amount, QUAY_MONEY_BARE);
  g_autofree char *returned = quay_format_money (sums->returned, QUAY_MONEY_BARE);
  g_autofree char *lost = quay_format_money (sums->lost, QUAY_MONEY_BARE);
  const char *texts[] = { title, NULL, NULL, NULL,   NULL,     NULL,
                          NULL,  NULL, NULL, amount, returned, lost };
  quay_form_add_row (form, texts, TRUE);
}

static void
add_fair_row (QuayForm *form, const QuayFairRow *row)
{
  const QuayQty qtys[] = {
    row->out, row->sold, row->refunded, row->back, row->difference, row->left
  };
  const QuayMoney amounts[] = { row->amount, row->returned, row->lost };
  char *texts[N_FAIR_COLUMNS] = { NULL };
  texts[0] = g_strdup (row->name);
  texts[1] = g_strdup (row->sku);
  texts[2] = g_strdup (row->unit);
  for (guint i = 0; i < G_N_ELEMENTS (qtys); i++)
    texts[3 + i] = quay_format_qty (qtys[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    texts[9 + i] = quay_format_money (amounts[i], QUAY_MONEY_BARE);
  quay_form_add_row (form, (const char *const *)texts, FALSE);
  for (guint i = 0; i < N_FAIR_COLUMNS; i++)
    g_free (texts[i]);
}

static void
sum_row (FairSums *sums, const QuayFairRow *row)
{
  sums->amount.dong += row->amount.dong;
  sums->returned.dong += row->returned.dong;
  sums->lost.dong += row->lost.dong;
}

/* Rows come by producers: each has a heading with its sums above its goods. */
static void
add_fair_rows (QuayForm *form, GPtrArray *rows)
{
  FairSums all = { 0 };
  for (guint i = 0; i < rows->len;)
    {
      guint end = i;
      FairSums sums = { 0 };
      const QuayFairRow *first = rows->pdata[i];
      const char *name = first->producer_name;
      while (end < rows->len &&
             strcmp (((QuayFairRow *)rows->pdata[end])->producer_name, name) == 0)
        sum_row (&sums, rows->pdata[end++]);
      add_fair_sums (form, *name != '\0' ? name : "Không rõ nhà sản xuất", &sums);
      for (; i < end; i++)
        {
          sum_row (&all, rows->pdata[i]);
          add_fair_row (form, rows->pdata[i]);
        }
    }
  add_fair_sums (form, "Cộng", &all);
}

gboolean
quay_till_print_fair (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  g_autoptr (QuayFair) fair = quay_till_fair (till, id);
  g_autoptr (GPtrArray) rows = quay_till_fair_rows (till, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (fair == NULL)
    return not_found ("fair", error);
  g_autofree char *from = quay_day_to_vi (fair->from);
  g_autofree char *to = quay_day_to_vi (fair->to);
  g_autofree char *days = g_strdup_printf ("từ ngày %s đến ngày %s", from, to);
  g_autoptr (QuayForm) form =
      quay_till_new_form (till, NULL, "BÁO CÁO BÁN HÀNG TẠI HỘI CHỢ", quay_till_day (till), NULL);
  form->columns = fair_columns;
  form->n_columns = N_FAIR_COLUMNS;
  form->landscape = TRUE;
  quay_form_add_field (form, FALSE, "Hội chợ", fair->name);
  quay_form_add_field (form, FALSE, "Thời gian", days);
  quay_form_add_field (form, FALSE, "Địa điểm", fair->where);
  quay_form_add_field (form, FALSE, "Thông báo gửi UBND cấp xã số", fair->notice);
  add_fair_rows (form, rows);
  quay_form_add_signer (form, "Người lập báo cáo", NULL);
  quay_form_add_signer (form, "Giám đốc", NULL);
  return quay_form_to_pdf (form, path, error);
}
