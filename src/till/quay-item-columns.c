/* One table of columns; headers are compared folded, so that "Mã hàng", "ma hang" and "MÃ  HÀNG"
 * are one. */
#include "quay-item-columns.h"

#include "quay-text.h"

#include <string.h>

/* clang-format off */
#define COLUMN(member, en, vi, aliases) \
  { #member, G_STRUCT_OFFSET (QuayItemEdit, member), en, vi, aliases }
/* clang-format on */

static const QuayItemColumn columns[] = {
  COLUMN (sku, "SKU", "mã hàng", "ma|ma sp|ma san pham|ma noi bo|ma hang hoa"),
  COLUMN (name, "name", "tên hàng", "ten|ten sp|ten san pham|ten hang hoa|product"),
  COLUMN (barcodes, "barcodes", "mã vạch", "barcode|gtin|ean|ma gtin|cac ma vach"),
  COLUMN (unit, "unit", "đơn vị", "don vi tinh|dvt"),
  COLUMN (sold_by, "sold by", "bán theo", "cach ban|sold by"),
  COLUMN (price, "price", "giá bán", "gia|don gia|gia ban le"),
  COLUMN (vat_class, "VAT class", "nhóm thuế", "loai thue|nhom thue gtgt|vat|vat class"),
  COLUMN (category, "category", "nhóm hàng", "loai hang|danh muc|nganh hang"),
  COLUMN (producer, "producer", "cơ sở sản xuất",
          "nha san xuat|nguoi san xuat|chu the|co so|nha cung cap"),
  COLUMN (commune, "commune", "xã", "ma xa|xa phuong|xa/phuong|dia ban"),
  COLUMN (ocop_stars, "OCOP stars", "sao OCOP", "sao|so sao|hang sao|stars|ocop stars"),
  COLUMN (ocop_group, "OCOP group", "nhóm OCOP", "bo san pham|ocop group"),
  COLUMN (certificate, "certificate", "số quyết định",
          "quyet dinh|giay chung nhan|so giay chung nhan|so chung nhan"),
  COLUMN (certified_on, "certified on", "ngày công nhận",
          "ngay cap|ngay quyet dinh|ngay chung nhan|certified on"),
  COLUMN (valid_until, "valid until", "hiệu lực đến",
          "co hieu luc den|het hieu luc|ngay het hieu luc|valid until"),
  COLUMN (alcohol, "alcohol", "độ cồn", "nong do con|do ruou|abv"),
  COLUMN (minimum, "minimum stock", "tồn tối thiểu", "ton it nhat|muc toi thieu|minimum stock"),
  COLUMN (stock, "stock", "tồn kho", "ton|ton dau|ton dau ky|so luong ton|opening stock"),
  COLUMN (picture, "picture", "ảnh", "hinh|hinh anh|anh san pham"),
  COLUMN (pack, "pack", "quy cách", "dong goi|quy cach dong goi"),
  COLUMN (active, "on sale", "đang bán", "con ban|trang thai ban|on sale"),
  COLUMN (price_from, "price from", "giá từ ngày", "gia ap dung tu|ap dung tu|price from"),
};

const QuayItemColumn *
quay_item_columns (guint *n)
{
  *n = G_N_ELEMENTS (columns);
  return columns;
}

/* Whether one of the words between | is @key. */
static gboolean
has_alias (const char *aliases, const char *key)
{
  gsize len = strlen (key);
  for (const char *p = aliases; p != NULL; p = strchr (p, '|'))
    {
      p += *p == '|';
      if (strncmp (p, key, len) == 0 && (p[len] == '|' || p[len] == '\0'))
        return TRUE;
    }
  return FALSE;
}

const QuayItemColumn *
quay_item_column_find (const char *header)
{
  g_autofree char *key = quay_text_search_key (header);
  if (*key == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *vi = quay_text_search_key (columns[i].vi);
      if (strcmp (key, columns[i].name) == 0 || strcmp (key, vi) == 0 ||
          has_alias (columns[i].aliases, key))
        return &columns[i];
    }
  return NULL;
}

const QuayItemColumn *
quay_item_column (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, name) == 0)
      return &columns[i];
  return NULL;
}
