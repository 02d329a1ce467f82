/* Forms for the producers: 01-BH, an account's statement, 02-TT. Texts are those of the official
 * forms, which are Vietnamese whatever the user's language. Thread: main. */
#include "quay-till-settle.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-format.h"
#include "quay-reader-consign.h"
#include "quay-till-forms.h"
#include "quay-words.h"

#include <string.h>

static char *
money (gint64 dong)
{
  return quay_format_money (QUAY_DONG (dong), QUAY_MONEY_BARE);
}

static void
add_money (QuayForm *form, const char *label, gint64 dong)
{
  g_autofree char *text = quay_format_money (QUAY_DONG (dong), QUAY_MONEY_LETTER);
  quay_form_add_field (form, TRUE, label, text);
}

static void
add_words (QuayForm *form, gboolean foot, const char *label, gint64 dong)
{
  g_autofree char *text = quay_words_money (QUAY_DONG (dong), NULL);
  quay_form_add_field (form, foot, label, text);
}

/* --- 01-BH --- */

static const QuayFormColumn columns_01bh[] = {
  { "Số TT", NULL, "A", 4, FALSE },
  { "Tên, quy cách, phẩm chất sản phẩm (hàng hóa)", NULL, "B", 27, FALSE },
  { "Đơn vị tính", NULL, "C", 6, FALSE },
  { "Số lượng tồn đầu kỳ", NULL, "1", 9, TRUE },
  { "Số lượng nhận trong kỳ", NULL, "2", 9, TRUE },
  { "Tổng số", NULL, "3 = 1+2", 9, TRUE },
  { "Số lượng", "Số hàng đã bán trong kỳ", "4", 9, TRUE },
  { "Đơn giá", "Số hàng đã bán trong kỳ", "5", 10, TRUE },
  { "Thành tiền", "Số hàng đã bán trong kỳ", "6", 13, TRUE },
  { "Số lượng hàng tồn cuối kỳ", NULL, "7 = 3−4", 9, TRUE },
};

static void
add_lot (QuayForm *form, guint n, const QuaySettledLot *lot)
{
  gint64 each = 0;
  g_autofree char *no = g_strdup_printf ("%u", n);
  g_autofree char *opening = quay_format_qty (lot->opening, NULL);
  g_autofree char *in = quay_format_qty (lot->in, NULL);
  g_autofree char *all = quay_format_qty (QUAY_MILLI (lot->opening.milli + lot->in.milli), NULL);
  g_autofree char *sold = quay_format_qty (lot->sold, NULL);
  g_autofree char *closing = quay_format_qty (quay_settled_lot_closing (lot), NULL);
  g_autofree char *amount = money (lot->amount.dong);
  gboolean priced = lot->sold.milli != 0 &&
                    quay_muldiv (lot->amount.dong, 1000, lot->sold.milli, &each) && each > 0;
  g_autofree char *price = priced ? money (each) : NULL;
  const char *row[] = { no, lot->name, lot->unit, opening, in, all, sold, price, amount, closing };
  quay_form_add_row (form, row, FALSE);
}

static char *
long_day (QuayDay day)
{
  return g_strdup_printf ("ngày %02d tháng %02d năm %d", (int)(day % 100), (int)(day / 100 % 100),
                          (int)(day / 10000));
}

static void
add_parties (QuayTill *till, QuayForm *form, const QuaySettledRecord *record,
             const QuayPartner *partner)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  if (partner != NULL && partner->contract != NULL)
    {
      g_autofree char *day =
          partner->contract_day != 0 ? long_day (partner->contract_day) : g_strdup ("…");
      g_autofree char *text =
          g_strdup_printf ("số %s %s về việc bán hàng đại lý (ký gửi)", partner->contract, day);
      quay_form_add_field (form, FALSE, "Căn cứ Hợp đồng", text);
    }
  quay_form_add_field (form, FALSE, "Bên có hàng đại lý, ký gửi", record->settled->name);
  if (partner != NULL && partner->tax_code != NULL)
    quay_form_add_field (form, FALSE, "Mã số thuế", partner->tax_code);
  quay_form_add_field (form, FALSE, "Bên nhận bán hàng đại lý, ký gửi", shop->name);
  g_autofree char *from = quay_day_to_vi ((QuayDay)record->settled->from);
  g_autofree char *to = quay_day_to_vi ((QuayDay)record->settled->to);
  g_autofree char *period = g_strdup_printf (
      "I. Thanh quyết toán số hàng đại lý từ ngày %s đến ngày %s như sau:", from, to);
  quay_form_add_field (form, FALSE, period, NULL);
}

/* What the form's columns don't show: goods that left without being sold. Returns how much the shop
 * lost. */
static gint64
add_other_ways (QuayForm *form, const QuaySettled *settled)
{
  gint64 back = 0, loss = 0, waste = 0;
  for (guint i = 0; i < settled->lots->len; i++)
    {
      const QuaySettledLot *lot = settled->lots->pdata[i];
      back += lot->back.milli;
      loss += lot->loss.milli;
      waste += lot->waste.milli;
    }
  const struct
  {
    const char *label;
    gint64 milli;
  } ways[] = {
    { "Cột 7 đã trừ hàng trả lại bên giao hàng, số lượng", back },
    { "Cột 7 đã trừ hàng hỏng, thiếu bên nhận bán chịu, số lượng", loss },
    { "Cột 7 đã trừ hàng hỏng, thiếu bên giao hàng chịu, số lượng", waste },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *text = quay_format_qty (QUAY_MILLI (ways[i].milli), NULL);
      if (ways[i].milli != 0)
        quay_form_add_field (form, TRUE, ways[i].label, text);
    }
  return loss;
}

static void
add_sums_01bh (QuayForm *form, const QuaySettledRecord *record)
{
  const QuaySettled *settled = record->settled;
  gint64 owed = settled->cost.dong - settled->tax.dong;
  gint64 due = record->before.dong + owed;
  /* the shop pays for what it lost: that comes off its commission */
  gboolean lost = add_other_ways (form, settled) != 0;
  add_money (form,
             lost ? "II. Số tiền hoa hồng đại lý được hưởng (đã trừ tiền hàng hỏng, thiếu)"
                  : "II. Số tiền hoa hồng đại lý được hưởng",
             settled->amount.dong - settled->cost.dong);
  add_money (form, "III. Số tiền thuế khấu trừ (nếu có)", settled->tax.dong);
  add_money (form, "IV. Số tiền còn lại phải thanh toán cho bên giao hàng (IV = 6 − II − III)",
             owed);
  add_words (form, TRUE, "Viết bằng chữ", owed);
  add_money (form, "Số tiền còn nợ của các kỳ trước", record->before.dong);
  add_money (form, "Số tiền phải thanh toán đến kỳ này", due);
  add_money (form, "Số tiền đã thanh toán", record->paid.dong);
  add_money (form, "Số tiền nợ lại", due - record->paid.dong);
  if (settled->note != NULL)
    quay_form_add_field (form, TRUE, "Ghi chú", settled->note);
}

static QuayForm *
make_01bh (QuayTill *till, const QuaySettledRecord *record, const QuayPartner *partner)
{
  const QuaySettled *settled = record->settled;
  QuayForm *form =
      quay_till_form_new (till, "01-BH", "BẢNG THANH TOÁN HÀNG ĐẠI LÝ, KÝ GỬI", record->day,
                          settled->number, columns_01bh, G_N_ELEMENTS (columns_01bh));
  g_autofree char *amount = money (settled->amount.dong);
  form->landscape = TRUE;
  add_parties (till, form, record, partner);
  for (guint i = 0; i < settled->lots->len; i++)
    add_lot (form, i + 1, settled->lots->pdata[i]);
  const char *sum[] = { NULL, "Cộng", "x", "x", "x", "x", "x", "x", amount, "x" };
  quay_form_add_row (form, sum, TRUE);
  add_sums_01bh (form, record);
  quay_form_add_signer (form, "Giám đốc bên gửi hàng đại lý", NULL);
  quay_form_add_signer (form, "Người lập bảng thanh toán", NULL);
  quay_form_add_signer (form, "Kế toán trưởng bên nhận hàng đại lý", NULL);
  quay_form_add_signer (form, "Giám đốc bên nhận hàng đại lý", NULL);
  return form;
}

/* Takes over the form. @name: of the file, if nobody says where it goes. */
static char *
write_form (QuayTill *till, QuayForm *form, const char *name, const char *path, GError **error)
{
  g_autoptr (QuayForm) whole = form;
  g_autofree char *file = path != NULL ? g_strdup (path) : quay_till_forms_path (till, name);
  if (!quay_till_check_reads (till, error) || !quay_form_to_pdf (whole, file, error))
    return NULL;
  return g_steal_pointer (&file);
}

static char *
not_found (QuayTill *till, const char *what, GError **error)
{
  if (quay_till_check_reads (till, error))
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, what);
  return NULL;
}

char *
quay_till_print_settlement (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  g_autoptr (QuaySettledRecord) record = quay_reader_settlement (till->reader, id);
  if (record == NULL)
    return not_found (till, "no such settlement", error);
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, &record->settled->producer);
  return write_form (till, make_01bh (till, record, partner), record->settled->number, path, error);
}

/* --- the account --- */

static const QuayFormColumn columns_account[] = {
  { "Ngày", NULL, NULL, 13, FALSE },       { "Số chứng từ", NULL, NULL, 18, FALSE },
  { "Nội dung", NULL, NULL, 31, FALSE },   { "Phải trả thêm", NULL, NULL, 13, TRUE },
  { "Đã trả, trừ", NULL, NULL, 13, TRUE }, { "Còn phải trả", NULL, NULL, 13, TRUE },
};

static const char *
entry_name (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } names[] = {
    { "consign.settled", "Thanh toán hàng ký gửi" },
    { "goods.received", "Nhập hàng" },
    { "goods.issued", "Xuất hàng" },
    { "payout", "Chi trả" },
    { "advance", "Tạm ứng" },
    { "goods", "Lấy hàng tại quầy" },
    { "charge", "Khoản thu" },
    { "correction", "Điều chỉnh" },
    { "opening", "Số dư đầu kỳ" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].kind, kind) == 0)
      return names[i].text;
  return kind;
}

static void
add_entry (QuayForm *form, const QuayEntryRecord *entry)
{
  g_autofree char *day = quay_day_to_vi (entry->day);
  g_autofree char *size = money (ABS (entry->amount.dong));
  g_autofree char *balance = money (entry->balance.dong);
  const char *beside = entry->why != NULL ? entry->why : entry->doc_number;
  g_autofree char *what = beside != NULL
                              ? g_strdup_printf ("%s: %s", entry_name (entry->kind), beside)
                              : g_strdup (entry_name (entry->kind));
  const char *row[] = { day,
                        entry->number,
                        what,
                        entry->amount.dong > 0 ? size : NULL,
                        entry->amount.dong < 0 ? size : NULL,
                        balance };
  quay_form_add_row (form, row, FALSE);
}

char *
quay_till_print_account (QuayTill *till, const QuayId *producer, const char *path, GError **error)
{
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, producer);
  g_autoptr (GPtrArray) entries = quay_reader_entries (till->reader, producer);
  if (partner == NULL)
    return not_found (till, "no such producer", error);
  QuayForm *form =
      quay_till_form_new (till, "", "BẢNG ĐỐI CHIẾU CÔNG NỢ VỚI CƠ SỞ", quay_till_day (till), NULL,
                          columns_account, G_N_ELEMENTS (columns_account));
  quay_form_add_field (form, FALSE, "Cơ sở", partner->name);
  for (guint i = entries->len; i > 0; i--)
    add_entry (form, entries->pdata[i - 1]);
  add_money (form, "Còn phải trả cơ sở", partner->owed.dong);
  add_words (form, TRUE, "Viết bằng chữ", partner->owed.dong);
  quay_form_add_signer (form, "Đại diện cơ sở", NULL);
  quay_form_add_signer (form, "Người lập", NULL);
  quay_form_add_signer (form, "Giám đốc", NULL);
  char id[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (producer, id);
  return write_form (till, form, id, path, error);
}

/* --- 01-TT, 02-TT --- */

/* Both cash vouchers say the same of money that comes in and of money that goes out. */
static const struct
{
  const char *mark; /* in the voucher's number */
  const char *code;
  const char *title;
  const char *who;
  const char *why;
  const char *signer;
} vouchers[] = {
  { "-PC", "02-TT", "PHIẾU CHI", "Họ và tên người nhận tiền", "Lý do chi", "Người nhận tiền" },
  { "-PT", "01-TT", "PHIẾU THU", "Họ và tên người nộp tiền", "Lý do nộp", "Người nộp tiền" },
};

gboolean
quay_till_entry_has_voucher (const char *number)
{
  for (guint i = 0; i < G_N_ELEMENTS (vouchers) && number != NULL; i++)
    if (strstr (number, vouchers[i].mark) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_signers (QuayForm *form, gboolean out, const char *payer)
{
  quay_form_add_signer (form, "Giám đốc", NULL);
  quay_form_add_signer (form, "Kế toán trưởng", NULL);
  quay_form_add_signer (form, out ? "Thủ quỹ" : payer, NULL);
  quay_form_add_signer (form, "Người lập phiếu", NULL);
  quay_form_add_signer (form, out ? payer : "Thủ quỹ", NULL);
}

char *
quay_till_print_payout (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  QuayId producer;
  g_autoptr (QuayEntryRecord) entry = quay_reader_entry (till->reader, id, &producer);
  /* other numbers: no cash went through the drawer */
  if (entry == NULL || !quay_till_entry_has_voucher (entry->number))
    return not_found (till, "no such cash voucher", error);
  guint kind = strstr (entry->number, vouchers[0].mark) != NULL ? 0 : 1;
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, &producer);
  gint64 amount = ABS (entry->amount.dong);
  g_autofree char *figure = quay_format_money (QUAY_DONG (amount), QUAY_MONEY_LETTER);
  g_autofree char *why =
      entry->why != NULL ? g_strdup (entry->why)
      : entry->doc_number != NULL
          ? g_strdup_printf ("%s theo %s", entry_name (entry->kind), entry->doc_number)
          : g_strdup (entry_name (entry->kind));
  QuayForm *form = quay_till_form_new (till, vouchers[kind].code, vouchers[kind].title, entry->day,
                                       entry->number, NULL, 0);
  quay_form_add_field (form, FALSE, vouchers[kind].who, partner != NULL ? partner->name : NULL);
  g_autofree char *address = quay_till_form_address (till, &producer);
  quay_form_add_field (form, FALSE, "Địa chỉ", address);
  quay_form_add_field (form, FALSE, vouchers[kind].why, why);
  quay_form_add_field (form, FALSE, "Số tiền", figure);
  add_words (form, FALSE, "Viết bằng chữ", amount);
  quay_form_add_field (form, FALSE, "Kèm theo", entry->doc_number);
  add_words (form, TRUE, "Đã nhận đủ số tiền (viết bằng chữ)", amount);
  add_signers (form, kind == 0, vouchers[kind].signer);
  return write_form (till, form, entry->number, path, error);
}
