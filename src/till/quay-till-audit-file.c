/* The audit as a file: Vietnamese headings, typed cells. */
#include "quay-till-audit.h"

#include "quay-table-file.h"

#include "quay-format.h"

static const char *const kinds_vi[QUAY_N_AUDIT_KINDS] = {
  [QUAY_AUDIT_EXCESS] = "Trả lại quá số đã bán",
  [QUAY_AUDIT_UNENTITLED] = "Ghi không có quyền",
  [QUAY_AUDIT_OVERRIDE] = "Cho phép tại chỗ",
  [QUAY_AUDIT_DISCOUNT] = "Giảm giá bằng tay",
  [QUAY_AUDIT_REMOVED] = "Bỏ khỏi giỏ",
  [QUAY_AUDIT_DRAWER] = "Mở ngăn kéo",
  [QUAY_AUDIT_REPRINT] = "In lại phiếu",
  [QUAY_AUDIT_REFUND] = "Trả lại hàng",
  [QUAY_AUDIT_FIXED] = "Sửa cách trả tiền",
  [QUAY_AUDIT_CASH] = "Thu chi tiền mặt",
  [QUAY_AUDIT_SHIFT] = "Ca bán hàng",
  [QUAY_AUDIT_DEBT] = "Công nợ khách",
  [QUAY_AUDIT_LOGIN] = "Đăng nhập",
  [QUAY_AUDIT_LOGIN_FAILED] = "Nhập sai PIN",
  [QUAY_AUDIT_PEOPLE] = "Người dùng và quyền",
  [QUAY_AUDIT_SETTING] = "Thiết lập",
  [QUAY_AUDIT_PRICE] = "Giá và khuyến mại",
  [QUAY_AUDIT_CLOCK] = "Đồng hồ máy",
  [QUAY_AUDIT_OTHER] = "Việc khác",
};

static const QuayFileColumn columns[] = {
  { "Ngày", QUAY_CELL_DAY, 12 },
  { "Lúc", QUAY_CELL_TEXT, 18 },
  { "Loại", QUAY_CELL_TEXT, 24 },
  { "Người làm", QUAY_CELL_TEXT, 16 },
  { "Người cho phép", QUAY_CELL_TEXT, 16 },
  { "Việc", QUAY_CELL_TEXT, 18 },
  { "Số chứng từ", QUAY_CELL_TEXT, 18 },
  { "Nội dung", QUAY_CELL_TEXT, 36 },
  { "Số lượng", QUAY_CELL_QTY, 10 },
  { "Số tiền", QUAY_CELL_MONEY, 14 },
  { "Lý do", QUAY_CELL_TEXT, 40 },
  { "Sự kiện", QUAY_CELL_TEXT, 18 },
  { "Mã sự kiện", QUAY_CELL_TEXT, 38 },
};

static QuayFileCell
text_cell (const char *text)
{
  return (QuayFileCell){ .text = g_strdup (text), .empty = text == NULL };
}

static QuayFileCell
id_cell (const QuayId *id)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (id, text);
  return text_cell (text);
}

static QuayFileCell
made_cell (char *text)
{
  return (QuayFileCell){ .text = text };
}

static QuayFileCell
entry_cell (guint row, guint column, gpointer data)
{
  const QuayAuditEntry *entry = ((GPtrArray *)data)->pdata[row];
  switch (column)
    {
    case 0:
      return (QuayFileCell){ .n = entry->day, .empty = entry->day == 0 };
    case 1:
      return entry->ts != 0 ? made_cell (quay_time_to_vi (entry->ts)) : text_cell (NULL);
    case 2:
      return text_cell (kinds_vi[entry->kind]);
    case 3:
      return text_cell (entry->who);
    case 4:
      return text_cell (entry->by);
    case 5:
      return text_cell (entry->act);
    case 6:
      return text_cell (entry->ref);
    case 7:
      return text_cell (entry->name);
    case 8:
      return (QuayFileCell){ .n = entry->qty.milli, .empty = entry->qty.milli == 0 };
    case 9:
      return (QuayFileCell){ .n = entry->amount.dong, .empty = !entry->counts };
    case 10:
      return text_cell (entry->why);
    case 11:
      return text_cell (entry->event);
    default:
      return id_cell (&entry->id);
    }
}

gboolean
quay_till_export_audit (GPtrArray *entries, const char *path, GError **error)
{
  return quay_table_file_write (path, "Nhật ký kiểm soát", columns, G_N_ELEMENTS (columns),
                                entries->len, entry_cell, entries, error);
}
