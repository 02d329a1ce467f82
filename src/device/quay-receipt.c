/* The rows of a receipt and what may stand in them; texts that every layout shares.
 * Any thread; a receipt does not change once its layout has returned it. */
#include "quay-receipt-private.h"

#include "quay-format.h"
#include "quay-text.h"

#include <string.h>

#define CODE_PREFIX "QUAY:"

struct _QuayReceipt
{
  char *name;
  GPtrArray *rows;
};

gboolean
quay_paper_is_valid (gint64 mm)
{
  return mm == QUAY_PAPER_58 || mm == QUAY_PAPER_80;
}

guint
quay_paper_columns (QuayPaper paper)
{
  return paper == QUAY_PAPER_58 ? 32 : 48;
}

guint
quay_paper_dots (QuayPaper paper)
{
  return paper == QUAY_PAPER_58 ? 384 : 576;
}

/* The marks that turn the writing direction can make a price show as another. */
static gboolean
turns_direction (gunichar c)
{
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

/* What is typed or imported was checked, but a receipt also shows what an older program, or another
 * till, has let in: nothing that a row holds may break its line, turn it or fill metres of paper.
 */
char *
quay_receipt_clean_text (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  g_autofree char *valid = quay_text_nfc (text);
  if (valid == NULL)
    valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid) + 1);
  guint n = 0;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (turns_direction (c))
        continue;
      if (n++ == QUAY_ROW_MAX_CHARS - 1)
        {
          g_string_append (out, "…");
          break;
        }
      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        c = ' ';
      g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static void
free_row_cb (gpointer data)
{
  QuayReceiptRow *row = data;
  g_free (row->left);
  g_free (row->middle);
  g_free (row->right);
  g_free (row);
}

QuayReceipt *
quay_receipt_new_empty (const char *name)
{
  QuayReceipt *receipt = g_new0 (QuayReceipt, 1);
  receipt->name = g_strdup (name);
  g_strcanon (receipt->name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '_');
  receipt->rows = g_ptr_array_new_with_free_func (free_row_cb);
  return receipt;
}

void
quay_receipt_free (QuayReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_free (receipt->name);
  g_ptr_array_unref (receipt->rows);
  g_free (receipt);
}

const char *
quay_receipt_get_name (const QuayReceipt *receipt)
{
  return receipt->name;
}

guint
quay_receipt_get_n_rows (const QuayReceipt *receipt)
{
  return receipt->rows->len;
}

const QuayReceiptRow *
quay_receipt_get_row (const QuayReceipt *receipt, guint index)
{
  g_return_val_if_fail (index < receipt->rows->len, NULL);
  return receipt->rows->pdata[index];
}

void
quay_receipt_add (QuayReceipt *receipt, QuayRowKind kind, guint style, const char *left,
                  const char *middle, const char *right)
{
  QuayReceiptRow *row = g_new0 (QuayReceiptRow, 1);
  row->kind = kind;
  row->style = style;
  row->left = quay_receipt_clean_text (left);
  row->middle = quay_receipt_clean_text (middle);
  row->right = quay_receipt_clean_text (right);
  g_ptr_array_add (receipt->rows, row);
}

void
quay_receipt_take (QuayReceipt *receipt, QuayRowKind kind, guint style, char *left, char *middle,
                   char *right)
{
  quay_receipt_add (receipt, kind, style, left, middle, right);
  g_free (left);
  g_free (middle);
  g_free (right);
}

void
quay_receipt_add_labelled (QuayReceipt *receipt, guint style, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *text = g_strdup_printf ("%s: %s", label, value);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, style, text, NULL, NULL);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* A number that is written in groups stays on one line. */
static void
append_whole (GString *out, const char *label, const char *number)
{
  g_autofree char *text = g_strconcat (label, " ", number, NULL);
  g_auto (GStrv) groups = g_strsplit (text, " ", -1);
  g_autofree char *whole = g_strjoinv (QUAY_NBSP, groups);
  g_string_append_printf (out, "%s%s", out->len > 0 ? "  " : "", whole);
}

void
quay_receipt_add_training (QuayReceipt *receipt, const QuayShop *shop)
{
  if (shop->training)
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_BANNER | QUAY_ROW_BOLD,
                      "TẬP DÙNG – KHÔNG PHẢI BÁN THẬT", NULL, NULL);
}

void
quay_receipt_add_shop (QuayReceipt *receipt, const QuayShop *shop)
{
  const guint centre = QUAY_ROW_CENTRE;
  quay_receipt_add_training (receipt, shop);
  if (has_text (shop->name))
    quay_receipt_add (receipt, QUAY_ROW_TEXT, centre | QUAY_ROW_BOLD, shop->name, NULL, NULL);
  if (has_text (shop->address))
    quay_receipt_add (receipt, QUAY_ROW_TEXT, centre | QUAY_ROW_SMALL, shop->address, NULL, NULL);
  g_autoptr (GString) reach = g_string_new (NULL);
  if (has_text (shop->phone))
    append_whole (reach, "ĐT:", shop->phone);
  if (has_text (shop->tax_code))
    append_whole (reach, "MST:", shop->tax_code);
  if (reach->len > 0)
    quay_receipt_add (receipt, QUAY_ROW_TEXT, centre | QUAY_ROW_SMALL, reach->str, NULL, NULL);
}

char *
quay_receipt_rate_text (gint64 rate_bp)
{
  return rate_bp == QUAY_RATE_NOT_TAXED ? g_strdup ("Không chịu thuế")
                                        : quay_format_percent (rate_bp);
}

char *
quay_receipt_vat_text (gint64 rate_bp, QuayMoney vat)
{
  return rate_bp == QUAY_RATE_NOT_TAXED ? g_strdup ("–") : quay_format_money (vat, QUAY_MONEY_BARE);
}

const char *
quay_receipt_tender_text (gint64 tender, const char *name)
{
  switch (tender)
    {
    case QUAY_TENDER_CASH:
      return "Tiền mặt";
    case QUAY_TENDER_CARD:
      return "Thẻ";
    case QUAY_TENDER_TRANSFER:
      return "Chuyển khoản";
    case QUAY_TENDER_DEPOSIT:
      return "Đặt cọc";
    case QUAY_TENDER_DEBT:
      return "Ghi nợ";
    case QUAY_TENDER_EXCHANGE:
      return "Đổi hàng";
    case QUAY_TENDER_ROUNDING:
      return "Làm tròn tiền mặt";
    case QUAY_TENDER_POINTS:
      return "Điểm tích lũy";
    default:
      return has_text (name) ? name : "Khác";
    }
}

char *
quay_receipt_code_text (const char *number, const char *code)
{
  return g_strdup_printf (CODE_PREFIX "%s:%s", number, code);
}

static gboolean
is_code_part (const char *text, gsize len)
{
  if (len == 0 || len > 32)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
quay_receipt_code_parse (const char *text, char **number, char **code)
{
  if (!g_str_has_prefix (text, CODE_PREFIX))
    return FALSE;
  const char *first = text + strlen (CODE_PREFIX);
  const char *colon = strchr (first, ':');
  if (colon == NULL || !is_code_part (first, colon - first) ||
      !is_code_part (colon + 1, strlen (colon + 1)))
    return FALSE;
  *number = g_strndup (first, colon - first);
  *code = g_strdup (colon + 1);
  return TRUE;
}
