/* 01-VT goods received, 06-VT bought at the door, 02-VT goods issued: the headings are official.
 * Thread: main. */
#include "quay-till-forms.h"

#include "quay-till-private.h"

#include "quay-format.h"
#include "quay-reader-goods.h"

#define GOODS "Tên, nhãn hiệu, quy cách, phẩm chất vật tư, dụng cụ, sản phẩm, hàng hóa"
#define QTY "Số lượng"

static const QuayFormColumn received[] = {
  { "STT", NULL, "A", 4, FALSE },         { GOODS, NULL, "B", 28, FALSE },
  { "Mã số", NULL, "C", 10, FALSE },      { "Đơn vị tính", NULL, "D", 7, FALSE },
  { "Theo chứng từ", QTY, "1", 9, TRUE }, { "Thực nhập", QTY, "2", 9, TRUE },
  { "Đơn giá", NULL, "3", 11, TRUE },     { "Thành tiền", NULL, "4", 13, TRUE },
};
static const QuayFormColumn issued[] = {
  { "STT", NULL, "A", 4, FALSE },     { GOODS, NULL, "B", 28, FALSE },
  { "Mã số", NULL, "C", 10, FALSE },  { "Đơn vị tính", NULL, "D", 7, FALSE },
  { "Yêu cầu", QTY, "1", 9, TRUE },   { "Thực xuất", QTY, "2", 9, TRUE },
  { "Đơn giá", NULL, "3", 11, TRUE }, { "Thành tiền", NULL, "4", 13, TRUE },
};
static const QuayFormColumn bought[] = {
  { "STT", NULL, "A", 4, FALSE },
  { "Tên, quy cách, phẩm chất vật tư, công cụ, sản phẩm, hàng hóa", NULL, "B", 30, FALSE },
  { "Địa chỉ mua hàng", NULL, "C", 18, FALSE },
  { "Đơn vị tính", NULL, "D", 7, FALSE },
  { QTY, NULL, "1", 9, TRUE },
  { "Đơn giá", NULL, "2", 11, TRUE },
  { "Thành tiền", NULL, "3", 13, TRUE },
};

static const struct
{
  const char *reason;
  const char *text;
} reasons[] = {
  { "damaged", "Hàng hỏng" }, { "expired", "Hết hạn sử dụng" },
  { "sample", "Hàng mẫu" },   { "own-use", "Dùng nội bộ" },
  { "given", "Cho, tặng" },   { "returned", "Trả lại nhà sản xuất" },
};

/* "Miến dong 500 g, lô L1, HSD 31/12/2027". */
static char *
line_name (const QuayVoucherLine *line)
{
  GString *text = g_string_new (line->name);
  if (line->code != NULL)
    g_string_append_printf (text, ", lô %s", line->code);
  if (line->expires != 0)
    {
      g_autofree char *day = quay_day_to_vi ((QuayDay)line->expires);
      g_string_append_printf (text, ", HSD %s", day);
    }
  if (line->note != NULL)
    g_string_append_printf (text, " (%s)", line->note);
  return g_string_free (text, FALSE);
}

/* Gross weight and deduction of what was bought at the door. */
static char *
bought_name (const QuayVoucherLine *line)
{
  g_autofree char *name = line_name (line);
  if (line->deduct == 0)
    return g_steal_pointer (&name);
  g_autofree char *gross = quay_format_qty (line->other, line->unit);
  g_autofree char *off = quay_format_percent (line->deduct);
  return g_strdup_printf ("%s; cân %s, trừ %s", name, gross, off);
}

/* An issue's amount is what the goods cost the shop. */
static void
value_of (const QuayDocument *document, const QuayVoucherLine *line, QuayMoney *price,
          QuayMoney *amount)
{
  *price = line->price;
  *amount = line->amount;
  if (document->kind != QUAY_GOODS_ISSUED || line->amount.dong != 0 || line->qty.milli == 0)
    return;
  *amount = line->cost;
  if (!quay_muldiv (line->cost.dong, 1000, line->qty.milli, &price->dong))
    *price = QUAY_DONG (0);
}

static gboolean
is_bought (const QuayDocument *document)
{
  return document->kind == QUAY_GOODS_RECEIVED &&
         g_strcmp0 (document->voucher->reason, "door") == 0;
}

static void
add_line (QuayForm *form, const QuayDocument *document, guint n, const char *address,
          QuayMoney *total)
{
  const QuayVoucherLine *line = document->voucher->lines->pdata[n];
  gboolean bare = is_bought (document);
  QuayMoney price, amount, sum;
  value_of (document, line, &price, &amount);
  if (quay_money_add (*total, amount, &sum))
    *total = sum;
  g_autofree char *no = g_strdup_printf ("%u", n + 1);
  g_autofree char *name = bare ? bought_name (line) : line_name (line);
  g_autofree char *asked = quay_till_form_qty (line->other.milli != 0 ? line->other : line->qty);
  g_autofree char *qty = quay_till_form_qty (line->qty);
  g_autofree char *each = quay_till_form_money (price);
  g_autofree char *all = quay_till_form_money (amount);
  const char *full[] = { no, name, line->sku, line->unit, asked, qty, each, all };
  const char *door[] = { no, name, address, line->unit, qty, each, all };
  quay_form_add_row (form, bare ? door : full, FALSE);
}

static QuayMoney
add_lines (QuayTill *till, QuayForm *form, const QuayDocument *document)
{
  QuayMoney total = QUAY_DONG (0);
  g_autofree char *address = quay_till_form_address (till, &document->voucher->party);
  for (guint i = 0; i < document->voucher->lines->len; i++)
    add_line (form, document, i, address, &total);
  g_autofree char *all = quay_till_form_money (total);
  const char *full[] = { NULL, "Cộng", "x", "x", "x", "x", "x", all };
  const char *door[] = { NULL, "Cộng", "x", "x", "x", "x", all };
  quay_form_add_row (form, is_bought (document) ? door : full, TRUE);
  return total;
}

static void
add_reversed (QuayTill *till, QuayForm *form, const QuayVoucher *voucher)
{
  if (quay_id_is_nil (&voucher->reverses))
    return;
  g_autoptr (QuayDocument) of = quay_reader_document (till->reader, &voucher->reverses, NULL);
  quay_form_add_field (form, FALSE, "Huỷ phiếu số", of != NULL ? of->voucher->number : NULL);
  quay_form_add_field (form, FALSE, "Lý do huỷ", voucher->note);
}

static const char *
party_of (const QuayDocument *document)
{
  return document->party_name != NULL ? document->party_name : document->voucher->name;
}

static QuayForm *
make_received (QuayTill *till, const QuayDocument *document)
{
  const QuayVoucher *voucher = document->voucher;
  QuayForm *form = quay_till_form_new (till, "01-VT", "PHIẾU NHẬP KHO", document->day,
                                       voucher->number, received, G_N_ELEMENTS (received));
  const char *giver = voucher->name != NULL ? voucher->name : party_of (document);
  quay_form_add_field (form, FALSE, "Họ và tên người giao", giver);
  g_autofree char *day = quay_till_form_day ((QuayDay)voucher->ref_day);
  const char *party = party_of (document);
  day[0] = 'n';
  g_autofree char *paper = g_strdup_printf ("- Theo chứng từ số %s %s của %s",
                                            voucher->ref != NULL ? voucher->ref : "……", day,
                                            party != NULL ? party : "………………");
  quay_form_add_field (form, FALSE, NULL, paper);
  quay_form_add_field (form, FALSE, "Nhập tại kho", document->place);
  add_reversed (till, form, voucher);
  QuayMoney total = add_lines (till, form, document);
  quay_till_form_add_words (form, "Tổng số tiền (viết bằng chữ)", total);
  quay_form_add_field (form, TRUE, "Số chứng từ gốc kèm theo", voucher->ref != NULL ? "01" : NULL);
  quay_form_add_signer (form, "Người lập phiếu", NULL);
  quay_form_add_signer (form, "Người giao hàng", NULL);
  quay_form_add_signer (form, "Thủ kho", NULL);
  quay_form_add_signer (form, "Kế toán trưởng (hoặc bộ phận có nhu cầu nhập)", NULL);
  return form;
}

static QuayForm *
make_bought (QuayTill *till, const QuayDocument *document)
{
  const QuayVoucher *voucher = document->voucher;
  QuayForm *form = quay_till_form_new (till, "06-VT", "BẢNG KÊ MUA HÀNG", document->day,
                                       voucher->number, bought, G_N_ELEMENTS (bought));
  quay_form_add_field (form, FALSE, "Họ và tên người mua", document->who);
  quay_form_add_field (form, FALSE, "Bộ phận (phòng, ban)", document->place);
  quay_form_add_field (form, FALSE, "Người bán", party_of (document));
  add_reversed (till, form, voucher);
  QuayMoney total = add_lines (till, form, document);
  quay_till_form_add_words (form, "Tổng số tiền (viết bằng chữ)", total);
  quay_form_add_field (form, TRUE, "Ghi chú",
                       quay_id_is_nil (&voucher->reverses) ? voucher->note : NULL);
  quay_form_add_signer (form, "Người mua", NULL);
  quay_form_add_signer (form, "Kế toán trưởng", NULL);
  quay_form_add_signer (form, "Người duyệt mua", NULL);
  return form;
}

static char *
reason_text (const QuayVoucher *voucher)
{
  const char *text = voucher->reason;
  gboolean note = voucher->note != NULL && quay_id_is_nil (&voucher->reverses);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].reason, voucher->reason) == 0)
      text = reasons[i].text;
  return g_strconcat (text != NULL ? text : "", note ? ": " : "", note ? voucher->note : "", NULL);
}

static QuayForm *
make_issued (QuayTill *till, const QuayDocument *document)
{
  const QuayVoucher *voucher = document->voucher;
  QuayForm *form = quay_till_form_new (till, "02-VT", "PHIẾU XUẤT KHO", document->day,
                                       voucher->number, issued, G_N_ELEMENTS (issued));
  g_autofree char *address = quay_till_form_address (till, &voucher->party);
  g_autofree char *why = reason_text (voucher);
  const char *taker = voucher->name != NULL ? voucher->name : document->party_name;
  quay_form_add_field (form, FALSE, "Họ và tên người nhận hàng", taker);
  quay_form_add_field (form, FALSE, "Địa chỉ (bộ phận)", address);
  quay_form_add_field (form, FALSE, "Lý do xuất kho", why);
  quay_form_add_field (form, FALSE, "Xuất tại kho (ngăn lô)", document->place);
  add_reversed (till, form, voucher);
  QuayMoney total = add_lines (till, form, document);
  quay_till_form_add_words (form, "Tổng số tiền (viết bằng chữ)", total);
  quay_form_add_field (form, TRUE, "Số chứng từ gốc kèm theo", NULL);
  quay_form_add_signer (form, "Người lập phiếu", NULL);
  quay_form_add_signer (form, "Người nhận hàng", NULL);
  quay_form_add_signer (form, "Thủ kho", NULL);
  quay_form_add_signer (form, "Kế toán trưởng (hoặc bộ phận có nhu cầu nhập)", NULL);
  quay_form_add_signer (form, "Giám đốc", NULL);
  return form;
}

QuayForm *
quay_till_goods_form (QuayTill *till, const QuayDocument *document)
{
  if (document->kind == QUAY_GOODS_ISSUED)
    return make_issued (till, document);
  return is_bought (document) ? make_bought (till, document) : make_received (till, document);
}
