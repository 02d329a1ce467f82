/* Lays out the report of a shift for the receipt's paper: X while it is open, Z afterwards. Any
 * thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"

#include <string.h>

static const char *const line_texts[QUAY_N_CASH_LINES] = {
  [QUAY_CASH_FLOAT] = "Tiền đầu ca",     [QUAY_CASH_SALES] = "Thu tiền mặt bán hàng",
  [QUAY_CASH_REFUNDS] = "Hoàn tiền mặt", [QUAY_CASH_FIXED] = "Sửa cách trả",
  [QUAY_CASH_DEBTS] = "Khách trả nợ",    [QUAY_CASH_PAYOUTS] = "Nhà cung cấp",
  [QUAY_CASH_DEPOSITS] = "Tiền đặt cọc", [QUAY_CASH_PUT_IN] = "Nộp vào két",
  [QUAY_CASH_TAKEN] = "Chi ra",          [QUAY_CASH_BANK] = "Nộp ngân hàng",
  [QUAY_CASH_SAFE] = "Cất két",
};

static void
add_rule (QuayReceipt *receipt)
{
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
}

static void
add_money (QuayReceipt *receipt, guint style, const char *label, QuayMoney amount)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, style, g_strdup (label), NULL,
                     quay_format_money (amount, QUAY_MONEY_BARE));
}

static void
add_number (QuayReceipt *receipt, const char *label, gint64 n)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_strdup (label), NULL,
                     g_strdup_printf ("%" G_GINT64_FORMAT, n));
}

static void
add_time (QuayReceipt *receipt, const char *label, gint64 ts, const char *who)
{
  g_autofree char *time = quay_time_to_vi (ts);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL, g_strdup (label), NULL,
                     who != NULL && *who != '\0' ? g_strdup_printf ("%s · %s", time, who)
                                                 : g_strdup (time));
}

static void
add_head (QuayReceipt *receipt, const QuayShift *shift, gint64 now)
{
  gboolean open = shift->closed == 0;
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED,
                    open ? "BÁO CÁO X – GIỮA CA" : "BÁO CÁO Z – CUỐI CA", NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_CENTRE,
                     g_strdup_printf ("Ca %s", shift->number), NULL, NULL);
  add_time (receipt, "Mở ca", shift->opened, shift->who);
  if (!open)
    add_time (receipt, "Đóng ca", shift->closed, shift->closer);
  add_time (receipt, "In lúc", now, NULL);
}

static void
add_sales (QuayReceipt *receipt, const QuayShift *shift)
{
  const QuayReport *figures = shift->figures;
  add_rule (receipt);
  add_number (receipt, "Số phiếu bán", figures->sales);
  if (!shift->blind)
    add_money (receipt, 0, "Bán ra", figures->total);
  if (shift->offs.dong > 0)
    add_money (receipt, QUAY_ROW_INDENT, "đã giảm giá", shift->offs);
  if (figures->refunds > 0)
    {
      g_autofree char *label =
          g_strdup_printf ("Hoàn lại (%" G_GINT64_FORMAT " phiếu)", figures->refunds);
      if (shift->blind)
        quay_receipt_add (receipt, QUAY_ROW_TEXT, 0, label, NULL, NULL);
      else
        add_money (receipt, 0, label, QUAY_DONG (-figures->refunded.dong));
    }
  if (!shift->blind)
    add_money (receipt, QUAY_ROW_BOLD, "Thực bán",
               QUAY_DONG (figures->total.dong - figures->refunded.dong));
  quay_receipt_add_tenders (receipt, figures->tenders);
  quay_receipt_add_rates (receipt, figures->rates);
}

/* Each movement below the line that it is in. */
static void
add_moves (QuayReceipt *receipt, const QuayShift *shift, QuayCashLine line)
{
  for (guint i = 0; i < shift->moves->len; i++)
    {
      const QuayCashRecord *move = shift->moves->pdata[i];
      if (move->line != line)
        continue;
      g_autofree char *amount = quay_format_money (move->amount, QUAY_MONEY_BARE);
      g_autofree char *party =
          move->party != NULL ? g_strdup_printf (" (%s)", move->party) : g_strdup ("");
      quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_INDENT | QUAY_ROW_SMALL,
                         g_strdup_printf ("%s: %s%s · %s", move->number, amount, party,
                                          move->why != NULL ? move->why : ""),
                         NULL, NULL);
    }
}

static gboolean
is_shown (const QuayShift *shift, QuayCashLine line)
{
  gboolean told = line == QUAY_CASH_SALES || line == QUAY_CASH_REFUNDS || line == QUAY_CASH_FIXED;
  if (line == QUAY_CASH_FLOAT)
    return TRUE;
  return told ? !shift->blind && (line == QUAY_CASH_SALES || shift->lines[line].dong != 0)
              : shift->lines[line].dong != 0;
}

static void
add_cash (QuayReceipt *receipt, const QuayShift *shift)
{
  add_rule (receipt);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_BOLD, "TIỀN TRONG KÉT", NULL, NULL);
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    if (is_shown (shift, line))
      {
        add_money (receipt, 0, line_texts[line], shift->lines[line]);
        add_moves (receipt, shift, line);
      }
  if (shift->blind)
    return;
  gboolean later = shift->closed != 0 && shift->expected.dong != shift->drawer.dong;
  if (later)
    add_money (receipt, 0, "Đến sau khi đóng ca",
               QUAY_DONG (shift->expected.dong - shift->drawer.dong));
  add_money (receipt, QUAY_ROW_BOLD, "Phải có",
             shift->closed != 0 ? shift->expected : shift->drawer);
}

static void
add_notes (QuayReceipt *receipt, const char *notes)
{
  gint64 counts[QUAY_N_NOTES];
  if (notes == NULL || !quay_notes_from_text (notes, counts))
    return;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    if (counts[i] > 0)
      {
        QuayMoney note = QUAY_DONG (quay_note_values[i]);
        g_autofree char *value = quay_format_money (note, QUAY_MONEY_BARE);
        quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_INDENT | QUAY_ROW_SMALL,
                           g_strdup_printf ("%s × %" G_GINT64_FORMAT " tờ", value, counts[i]), NULL,
                           quay_format_money (QUAY_DONG (note.dong * counts[i]), QUAY_MONEY_BARE));
      }
}

static void
add_count (QuayReceipt *receipt, const QuayShift *shift)
{
  gint64 off = shift->counted.dong - shift->expected.dong;
  if (shift->closed == 0)
    return;
  add_money (receipt, QUAY_ROW_BOLD, "Đếm được", shift->counted);
  add_notes (receipt, shift->notes);
  add_money (receipt, QUAY_ROW_BOLD | QUAY_ROW_LARGE,
             off == 0  ? "KHỚP"
             : off > 0 ? "THỪA"
                       : "THIẾU",
             QUAY_DONG (ABS (off)));
  quay_receipt_add_labelled (receipt, 0, "Lý do", shift->why);
  if (shift->n_counts > 1)
    add_number (receipt, "Số lần đếm", shift->n_counts);
  if (shift->approver != NULL)
    {
      g_autofree char *label = g_strdup_printf ("Kiểm lại: %s", shift->approver);
      add_money (receipt, 0, label, shift->verified);
    }
}

static void
add_unseen (QuayReceipt *receipt, const QuayShift *shift)
{
  if (shift->unseen == NULL || shift->unseen->len == 0)
    return;
  add_rule (receipt);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_BOLD, "CHUYỂN KHOẢN CHƯA THẤY TIỀN VỀ", NULL,
                    NULL);
  for (guint i = 0; i < shift->unseen->len; i++)
    {
      const QuayUnseen *unseen = shift->unseen->pdata[i];
      g_autofree char *label = unseen->ref != NULL
                                   ? g_strdup_printf ("%s (%s)", unseen->number, unseen->ref)
                                   : g_strdup (unseen->number);
      add_money (receipt, QUAY_ROW_SMALL, label, unseen->amount);
    }
}

/* "23/11/2026 08:04" without its year, so that a line of it fits on narrow paper. */
static char *
short_time (gint64 ts)
{
  g_autofree char *time = quay_time_to_vi (ts);
  return g_strdup_printf ("%.5s%s", time, time + strcspn (time, " "));
}

/* What waits is what waits when this is printed, which a Z printed again much later says, too. */
static void
add_unsent (QuayReceipt *receipt, const QuayShift *shift)
{
  if (shift->n_unsent == 0)
    return;
  g_autofree char *since = quay_time_to_vi (shift->unsent_since);
  guint n = shift->unsent != NULL ? shift->unsent->len : 0;
  add_rule (receipt);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_BOLD, "PHIẾU CHƯA GỬI MÁY CHỦ", NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_SMALL,
                     g_strdup_printf ("Tính đến lúc in: %" G_GINT64_FORMAT
                                      " phiếu, cũ nhất %s. Có mạng là tự gửi.",
                                      shift->n_unsent, since),
                     NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      const QuayUnsent *unsent = shift->unsent->pdata[i];
      g_autofree char *time = short_time (unsent->ts);
      g_autofree char *label = g_strdup_printf ("%s · %s", unsent->number, time);
      add_money (receipt, QUAY_ROW_SMALL, label, unsent->amount);
    }
  if (n > 0 && shift->n_unsent > n)
    quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_SMALL,
                       g_strdup_printf ("và %" G_GINT64_FORMAT " phiếu nữa", shift->n_unsent - n),
                       NULL, NULL);
}

static void
add_foot (QuayReceipt *receipt, const QuayShift *shift)
{
  add_rule (receipt);
  if (shift->n_opened > 0)
    add_number (receipt, "Mở két không bán hàng", shift->n_opened);
  quay_receipt_add_labelled (receipt, 0, "Bàn giao", shift->note);
  if (shift->closed == 0)
    return;
  quay_receipt_add (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL | QUAY_ROW_SPACED, "Người đóng ca", NULL,
                    "Người kiểm");
  for (guint i = 0; i < 2; i++)
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_SPACED, " ", NULL, NULL);
}

QuayReceipt *
quay_receipt_new_shift (const QuayShop *shop, const QuayShift *shift, gint64 now)
{
  g_return_val_if_fail (shop != NULL && shift != NULL && shift->figures != NULL, NULL);

  g_autofree char *name = g_strdup_printf ("%s-%s", shift->closed != 0 ? "Z" : "X", shift->number);
  QuayReceipt *receipt = quay_receipt_new_empty (name);
  quay_receipt_add_shop (receipt, shop);
  add_head (receipt, shift, now);
  add_sales (receipt, shift);
  add_cash (receipt, shift);
  add_count (receipt, shift);
  add_unseen (receipt, shift);
  add_unsent (receipt, shift);
  add_foot (receipt, shift);
  return receipt;
}
