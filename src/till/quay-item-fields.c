/* Fields of a product: text ⇄ number, and the words of a refusal. */
#include "quay-item-fields.h"

#include "quay-barcode.h"
#include "quay-format.h"
#include "quay-item-edit.h"

#include <string.h>

#define AT(member) G_STRUCT_OFFSET (QuayItemEdit, member)
#define MAX_CODE 40
#define MAX_SKU 40

char **
quay_item_edit_at (QuayItemEdit *edit, guint offset)
{
  return (char **)(gpointer)((guint8 *)edit + offset);
}

/* --- numbers --- */

static gboolean
parse_stars (const char *text, gint64 *out, const char **code)
{
  *code = "range";
  return g_ascii_string_to_signed (text, 10, 1, 5, out, NULL);
}

static gboolean
parse_day (const char *text, gint64 *out, const char **code)
{
  QuayDay day;
  *code = "day";
  if (!quay_day_from_text (text, &day))
    return FALSE;
  *out = day;
  return TRUE;
}

/* Percent with one decimal, stored in tenths. */
static gboolean
parse_alcohol (const char *text, gint64 *out, const char **code)
{
  QuayQty percent;
  *code = "number";
  if (!quay_parse_qty (text, &percent, NULL))
    return FALSE;
  *code = "range";
  *out = percent.milli / 100;
  return percent.milli % 100 == 0 && percent.milli <= 100000;
}

static gboolean
parse_minimum (const char *text, gint64 *out, const char **code)
{
  QuayQty qty;
  *code = "number";
  if (!quay_parse_qty (text, &qty, NULL))
    return FALSE;
  *out = qty.milli;
  return TRUE;
}

static gboolean
parse_flag (const char *text, gint64 *out, const char **code)
{
  *code = "flag";
  return g_ascii_string_to_signed (text, 10, 0, 1, out, NULL);
}

static gboolean
parse_sold_by (const char *text, gint64 *out, const char **code)
{
  *code = "sold-by";
  *out = strcmp (text, "weight") == 0;
  return *out || strcmp (text, "piece") == 0;
}

static char *
show_plain (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
show_day (gint64 number)
{
  return number != 0 ? quay_day_to_iso ((QuayDay)number) : g_strdup ("");
}

static char *
show_sold_by (gint64 number)
{
  return g_strdup (number ? "weight" : "piece");
}

char *
quay_show_qty (gint64 milli)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", milli / 1000, (int)(milli % 1000));
  gsize len = strlen (text);
  while (text[len - 1] == '0')
    len--;
  return g_strndup (text, text[len - 1] == '.' ? len - 1 : len);
}

static char *
show_alcohol (gint64 tenths)
{
  return tenths != 0 ? quay_show_qty (tenths * 100) : g_strdup ("");
}

char *
quay_show_money (QuayMoney amount)
{
  return show_plain (amount.dong);
}

const QuayNumberField quay_number_fields[] = {
  { "sold_by", AT (sold_by), "weighed", parse_sold_by, show_sold_by },
  { "ocop_stars", AT (ocop_stars), "stars", parse_stars, show_plain },
  { "certified_on", AT (certified_on), "stars_from", parse_day, show_day },
  { "valid_until", AT (valid_until), "stars_until", parse_day, show_day },
  { "alcohol", AT (alcohol), "abv", parse_alcohol, show_alcohol },
  { "minimum", AT (minimum), "minimum", parse_minimum, quay_show_qty },
  { "active", AT (active), "active", parse_flag, show_plain },
  { NULL, 0, NULL, NULL, NULL },
};

const QuayTextField quay_text_fields[] = {
  { "sku", AT (sku), "sku", MAX_SKU, TRUE },
  { "name", AT (name), "name", 100, TRUE },
  { "unit", AT (unit), "unit", 12, FALSE },
  { "vat_class", AT (vat_class), "vat", 40, TRUE },
  { "category", AT (category), "category", 40, FALSE },
  { "ocop_group", AT (ocop_group), "ocop_group", 20, FALSE },
  { "certificate", AT (certificate), "certificate", 100, FALSE },
  { "pack", AT (pack), "pack", 60, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};

gboolean
quay_sku_is_sound (const char *text)
{
  gsize len = strlen (text);
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-._/", text[i]) == NULL)
      return FALSE;
  return len > 0 && len <= MAX_SKU;
}

gboolean
quay_code_is_plain (const char *text)
{
  gsize len = strlen (text);
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isgraph (text[i]) || text[i] == '|')
      return FALSE;
  return len > 0 && len <= MAX_CODE && strstr (text, "://") == NULL;
}

/* --- refusals --- */

static const struct
{
  const char *code;
  const char *en;
  const char *vi;
} reasons[] = {
  { "empty", "must not be empty", "không được để trống" },
  { "text", "is too long or holds signs that are not allowed",
    "quá dài hoặc có ký tự không hợp lệ" },
  { "number", "is no number", "không phải là số" },
  { "whole", "goods sold by the piece need a whole number", "hàng bán theo cái phải là số nguyên" },
  { "range", "is out of range", "ngoài khoảng cho phép" },
  { "day", "is no date", "không phải là ngày" },
  { "flag", "must be 1 or 0", "phải là 1 hoặc 0" },
  { "sold-by", "must be piece or weight", "phải là piece (cái) hoặc weight (cân)" },
  { "unknown-class", "is no VAT class", "không có nhóm thuế GTGT này" },
  { "unknown-category", "is no category", "không có nhóm hàng này" },
  { "unknown-commune", "is no commune's name or code", "không có xã này" },
  { "unknown-product", "is no product's code", "không có mã hàng này" },
  { "row", "is no row of a table", "dòng này không đọc được" },
  { "no-producer", "needs a producer", "cần có nhà sản xuất" },
  { "differs", "differs from an earlier row of the same producer",
    "khác với dòng trước của cùng cơ sở" },
  { "check-digit", "has a wrong check digit", "sai số kiểm tra" },
  { "taken", "belongs to another product", "đã dùng cho sản phẩm khác" },
  { "twice", "is in the file twice", "có hai lần trong tệp" },
  { "missing", "there is no such file", "không tìm thấy tệp" },
  { "picture-format", "is no PNG, JPEG or WebP picture", "không phải ảnh PNG, JPEG hay WebP" },
  { "picture-large", "is larger than 2 MB", "lớn hơn 2 MB" },
  { "tax-code", "is no tax code: 10 digits, 10 and 3, or 12",
    "không phải mã số thuế: 10 số, 10 và 3 số, hoặc 12 số" },
  { "phone", "is no phone number: 9 to 11 digits, beginning with 0",
    "không phải số điện thoại: 9 đến 11 số, bắt đầu bằng 0" },
  { "phone-taken", "belongs to another customer", "đã là số của khách khác" },
  { "not-here", "has not come from the other till yet", "chưa về từ máy kia" },
  { "pin", "must be 4 to 12 digits", "phải có từ 4 đến 12 chữ số" },
  { "unknown-user", "there is no such user", "không có người dùng này" },
  { "taken-user", "belongs to another user", "đã dùng cho người dùng khác" },
  { "first-manager", "the first user must be a manager", "người dùng đầu tiên phải là quản lý" },
  { "last-manager", "is the last manager", "là quản lý cuối cùng" },
  { "registry", "is kept by the province's registry", "do sổ đăng ký của tỉnh quản lý" },
};

QuayRefusal *
quay_refusal_new (guint row, const char *column, const char *code)
{
  QuayRefusal *refusal = g_new0 (QuayRefusal, 1);
  refusal->row = row;
  refusal->column = column;
  refusal->code = code;
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].code, code) == 0)
      {
        refusal->why = g_strdup (reasons[i].en);
        refusal->why_vi = g_strdup (reasons[i].vi);
      }
  g_assert (refusal->why != NULL);
  return refusal;
}

void
quay_refusal_free (QuayRefusal *refusal)
{
  if (refusal == NULL)
    return;
  g_free (refusal->why);
  g_free (refusal->why_vi);
  g_free (refusal);
}

/* --- the edit itself --- */

QuayItemEdit *
quay_item_edit_new (void)
{
  return g_new0 (QuayItemEdit, 1);
}

void
quay_item_edit_free (QuayItemEdit *edit)
{
  if (edit == NULL)
    return;
  for (guint i = 0; i < sizeof *edit / sizeof (char *); i++)
    g_free (((char **)edit)[i]);
  g_free (edit);
}
