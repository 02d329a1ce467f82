/* The minutes of a shift's cash count, 08a-TT. Thread: main. */
#include "quay-till-forms.h"
#include "quay-till-private.h"
#include "quay-till-shift.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-reader-shift.h"

static const QuayFormColumn columns[] = {
  { "STT", NULL, "A", 6, FALSE },
  { "Diễn giải", NULL, "B", 44, FALSE },
  { "Số lượng (tờ)", NULL, "1", 18, TRUE },
  { "Số tiền", NULL, "2", 24, TRUE },
};
#define N_COLUMNS G_N_ELEMENTS (columns)

static void
add_row (QuayForm *form, const char *no, const char *what, const char *count, QuayMoney amount,
         gboolean strong)
{
  g_autofree char *text = quay_format_money (amount, QUAY_MONEY_BARE);
  const char *texts[N_COLUMNS + 1] = { no, what, count, text, NULL };
  quay_form_add_row (form, texts, strong);
}

static void
add_notes (QuayForm *form, const QuayShift *shift)
{
  gint64 counts[QUAY_N_NOTES];
  if (shift->notes == NULL || !quay_notes_from_text (shift->notes, counts))
    return;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    {
      QuayMoney note = QUAY_DONG (quay_note_values[i]);
      g_autofree char *value = quay_format_money (note, QUAY_MONEY_BARE);
      g_autofree char *no = g_strdup_printf ("%u", i + 1);
      g_autofree char *what = g_strdup_printf ("%s- Loại %s", i == 0 ? "Trong đó: " : "", value);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, counts[i]);
      add_row (form, no, what, count, QUAY_DONG (note.dong * counts[i]), FALSE);
    }
}

static void
add_reason (QuayForm *form, const QuayShift *shift)
{
  gint64 off = shift->counted.dong - shift->expected.dong;
  g_autofree char *size = quay_format_money (QUAY_DONG (ABS (off)), QUAY_MONEY_LETTER);
  g_autofree char *text = g_strconcat (size, shift->why != NULL ? ", " : "", shift->why, NULL);
  quay_form_add_field (form, TRUE, "Lý do: + Thừa", off > 0 ? text : NULL);
  quay_form_add_field (form, TRUE, "Lý do: + Thiếu", off < 0 ? text : NULL);
  if (shift->approver != NULL)
    {
      g_autofree char *found = quay_format_money (shift->verified, QUAY_MONEY_LETTER);
      g_autofree char *checked = g_strdup_printf ("%s đếm được %s", shift->approver, found);
      quay_form_add_field (form, TRUE, "Kiểm lại", checked);
    }
  quay_form_add_field (form, TRUE, "Kết luận sau khi kiểm kê quỹ",
                       off == 0 ? "Tiền mặt thực tế khớp với sổ quỹ" : NULL);
}

static void
fill (QuayForm *form, const QuayShift *shift)
{
  g_autofree char *when = quay_time_to_vi (shift->closed); /* dd/mm/yyyy HH:MM */
  g_autofree char *moment =
      g_strdup_printf ("%.2s giờ %.2s ngày %.2s tháng %.2s năm %.4s. Chúng tôi gồm:", when + 11,
                       when + 14, when, when + 3, when + 6);
  g_autofree char *cashier = g_strdup_printf ("%s, đại diện thủ quỹ", shift->closer);
  g_autofree char *second =
      shift->approver != NULL ? g_strdup_printf ("%s, đại diện kế toán", shift->approver) : NULL;
  quay_form_add_field (form, FALSE, "Hôm nay, vào", moment);
  quay_form_add_field (form, FALSE, "Ông/Bà", cashier);
  quay_form_add_field (form, FALSE, "Ông/Bà", second);
  quay_form_add_field (form, FALSE, "Cùng tiến hành kiểm kê quỹ tiền mặt của ca", shift->number);
  add_row (form, "I", "Số dư theo sổ quỹ", "x", shift->expected, TRUE);
  add_row (form, "II", "Số kiểm kê thực tế", "x", shift->counted, TRUE);
  add_notes (form, shift);
  add_row (form, "III", "Chênh lệch (III = I − II)", "x",
           QUAY_DONG (shift->expected.dong - shift->counted.dong), TRUE);
  add_reason (form, shift);
  quay_form_add_signer (form, "Kế toán trưởng", NULL);
  quay_form_add_signer (form, "Thủ quỹ", shift->closer);
  quay_form_add_signer (form, "Người chịu trách nhiệm kiểm kê quỹ", shift->approver);
}

char *
quay_till_print_cash_count (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  g_autoptr (QuayShift) shift = quay_reader_shift_head (till->reader, id);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (shift == NULL || shift->closed == 0)
    {
      g_set_error_literal (
          error, QUAY_ERROR, shift != NULL ? QUAY_ERROR_REFUSED : QUAY_ERROR_NOT_FOUND,
          shift != NULL ? "the shift is open: nothing was counted" : "no such shift");
      return NULL;
    }
  int cutoff = (int)quay_till_get_setting_int (till, QUAY_SETTING_CUTOFF, 0);
  g_autoptr (QuayForm) form =
      quay_till_form_new (till, "08a-TT", "BẢNG KIỂM KÊ QUỸ (Dùng cho VND)",
                          quay_day_at (shift->closed, cutoff), shift->number, columns, N_COLUMNS);
  g_autofree char *where =
      path != NULL ? g_strdup (path) : quay_till_forms_path (till, shift->number);
  fill (form, shift);
  return quay_form_to_pdf (form, where, error) ? g_steal_pointer (&where) : NULL;
}
