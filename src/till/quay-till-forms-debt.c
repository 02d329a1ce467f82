/* A customer's statement: on A4, to compare and sign, and on the paper of receipts. Thread: main.
 */
#include "quay-till-debts.h"

#include "quay-till-account-private.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-format.h"
#include "quay-reader-customers.h"
#include "quay-till-customers.h"
#include "quay-till-forms.h"
#include "quay-words.h"

#include <string.h>

static const QuayFormColumn columns[] = {
  { "Ngày", NULL, NULL, 13, FALSE },       { "Số chứng từ", NULL, NULL, 18, FALSE },
  { "Nội dung", NULL, NULL, 31, FALSE },   { "Nợ thêm", NULL, NULL, 13, TRUE },
  { "Đã trả, trừ", NULL, NULL, 13, TRUE }, { "Còn nợ", NULL, NULL, 13, TRUE },
};

static const char *const age_names[QUAY_N_AGES] = { "Nợ đến 30 ngày", "Nợ 31–60 ngày",
                                                    "Nợ 61–90 ngày", "Nợ trên 90 ngày" };

static char *
money (gint64 dong)
{
  return quay_format_money (QUAY_DONG (dong), QUAY_MONEY_BARE);
}

static char *
line_text (const QuayCustomerLine *line)
{
  const char *what = quay_customer_line_name (line->kind);
  const char *beside = line->why != NULL ? line->why : line->doc;
  return beside != NULL ? g_strdup_printf ("%s: %s", what, beside) : g_strdup (what);
}

static void
add_line (QuayForm *form, const QuayCustomerLine *line)
{
  g_autofree char *day = quay_day_to_vi (line->day);
  g_autofree char *size = money (ABS (line->amount.dong));
  g_autofree char *balance = money (line->balance.dong);
  g_autofree char *text = line_text (line);
  const char *row[] = { day,
                        line->number,
                        text,
                        line->amount.dong > 0 ? size : NULL,
                        line->amount.dong < 0 ? size : NULL,
                        balance };
  quay_form_add_row (form, row, FALSE);
}

static void
add_sums (QuayForm *form, const QuayCustomer *customer)
{
  g_autofree char *owed = quay_format_money (customer->debt, QUAY_MONEY_LETTER);
  g_autofree char *words = quay_words_money (QUAY_DONG (MAX (customer->debt.dong, 0)), NULL);
  quay_form_add_field (form, TRUE, "Còn nợ", owed);
  quay_form_add_field (form, TRUE, "Viết bằng chữ", words);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    {
      g_autofree char *age = quay_format_money (customer->ages[i], QUAY_MONEY_LETTER);
      if (customer->ages[i].dong != 0)
        quay_form_add_field (form, TRUE, age_names[i], age);
    }
}

static QuayCustomer *
need (QuayTill *till, const QuayId *id, GError **error)
{
  QuayCustomer *customer = quay_till_customer (till, id);
  if (quay_till_check_reads (till, error) && customer == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such customer");
  return customer;
}

char *
quay_till_print_statement (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (QuayCustomer) customer = need (till, id, error);
  if (customer == NULL)
    return NULL;
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *phone = quay_phone_mask (customer->phone);
  g_autoptr (GPtrArray) lines = quay_reader_customer_lines (till->reader, id);
  g_autoptr (QuayForm) form =
      quay_till_form_new (till, "", "BẢNG ĐỐI CHIẾU CÔNG NỢ VỚI KHÁCH HÀNG", quay_till_day (till),
                          NULL, columns, G_N_ELEMENTS (columns));
  quay_form_add_field (form, FALSE, "Khách hàng", title);
  if (phone != NULL)
    quay_form_add_field (form, FALSE, "Điện thoại", phone);
  for (guint i = lines->len; i-- > 0;)
    if (((const QuayCustomerLine *)lines->pdata[i])->amount.dong != 0)
      add_line (form, lines->pdata[i]);
  add_sums (form, customer);
  quay_form_add_signer (form, "Khách hàng", NULL);
  quay_form_add_signer (form, "Người lập", NULL);
  quay_form_add_signer (form, "Giám đốc", NULL);
  quay_id_to_text (id, text);
  g_autofree char *file = path != NULL ? g_strdup (path) : quay_till_forms_path (till, text);
  if (!quay_till_check_reads (till, error) || !quay_form_to_pdf (form, file, error))
    return NULL;
  return g_steal_pointer (&file);
}

gboolean
quay_till_print_statement_slip (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayCustomer) customer = need (till, id, error);
  if (customer == NULL)
    return FALSE;
  if (!quay_till_has_printer (till))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no printer is set up");
      return FALSE;
    }
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autoptr (GPtrArray) lines = quay_reader_customer_lines (till->reader, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  g_autofree char *title = quay_customer_title (customer);
  quay_till_print_slip (
      till, quay_receipt_new_account (shop, customer, lines, quay_till_now_ms (till)), title);
  return TRUE;
}
