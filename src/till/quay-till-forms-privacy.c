/* The notice at the counter: how the shop protects what it knows of its customers (Law 19/2023/QH15
 * art. 16). Its text is Vietnamese first and English second, whatever the user's language. Thread:
 * main. */
#include "quay-till-private.h"
#include "quay-till-requests.h"
#include "quay-till-retention.h"

#include "quay-notice.h"
#include "quay-till-forms.h"
#include "quay-till-people.h"

#include <string.h>

enum
{
  PURPOSE,
  SCOPE,
  STORAGE,
  SECURITY,
  RIGHTS,
  CONTACT,
};

/* NULL: written by what the shop has set, who works there, and the law of today */
static const QuayNoticePart PARTS[] = {
  [PURPOSE] = { "1. Mục đích",
                "Bán hàng, giữ đơn đặt hàng, ghi nợ, xuất hoá đơn khi quý khách yêu cầu; và chỉ "
                "khi quý khách đồng ý: tích điểm, nhắn tin về hàng hoá, cho nhà sản xuất biết quý "
                "khách mua hàng của họ.",
                "Purpose: selling, orders, debts, invoices on request; and only with your consent: "
                "points, messages about goods, telling producers that you buy from them." },
  [SCOPE] = { "2. Phạm vi",
              "Họ tên, số điện thoại, địa chỉ (nếu có), hàng đã mua và số tiền. Cửa hàng không "
              "chụp, không lưu căn cước công dân và không thu thập dữ liệu nhạy cảm. Quý khách "
              "được chọn cho biết những gì; không cho biết vẫn mua được hàng.",
              "Scope: name, phone number, address if given, what was bought. No pictures of "
              "identity cards, no sensitive data. You choose what to tell; goods are sold without "
              "it." },
  [STORAGE] = { "3. Thời gian lưu trữ", NULL, NULL },
  [SECURITY] = { "4. Biện pháp bảo vệ", NULL, NULL },
  [RIGHTS] = { "5. Quyền của quý khách", NULL, NULL },
  [CONTACT] = { "6. Liên hệ",
                "Hỏi, khiếu nại hoặc yêu cầu về dữ liệu: tại quầy hoặc theo địa chỉ, số điện thoại "
                "ghi trên đầu thông báo này. Quý khách cũng có quyền khiếu nại, khởi kiện theo "
                "pháp luật.",
                "Contact: at the counter, or by the address and telephone above. You may also "
                "complain to the authorities or go to court." },
};

/* The law of today in days, for the text. */
static int
days_for (QuayTill *till, QuayRequestKind kind)
{
  return (int)quay_till_request_terms (kind, FALSE, quay_till_day (till), NULL).days;
}

static char *
head_of (const QuayShop *shop)
{
  const char *address = shop->address != NULL && *shop->address != '\0' ? shop->address : NULL;
  const char *phone = shop->phone != NULL && *shop->phone != '\0' ? shop->phone : NULL;
  g_autofree char *name = g_strconcat (shop->training ? "TẬP DÙNG – " : "", shop->name, NULL);
  g_autofree char *tel = phone != NULL ? g_strconcat ("Điện thoại: ", phone, NULL) : NULL;
  if (address != NULL && tel != NULL)
    return g_strdup_printf ("%s\n%s · %s", name, address, tel);
  return address != NULL || tel != NULL
             ? g_strdup_printf ("%s\n%s", name, address != NULL ? address : tel)
             : g_steal_pointer (&name);
}

/* What depends on the shop's setting. */
static void
write_storage (QuayTill *till, char **vi, char **en)
{
  int months = quay_till_keep_months (till);
  g_autofree char *vi_months =
      months > 0 ? g_strdup_printf (" hoặc khi quá %d tháng không mua hàng", months)
                 : g_strdup ("");
  g_autofree char *en_months =
      months > 0 ? g_strdup_printf (", or no purchase for %d months", months) : g_strdup ("");
  *vi = g_strdup_printf (
      "Chứng từ, hoá đơn: 10 năm theo Luật Kế toán. Sổ nợ: đến khi trả hết nợ và hết hạn lưu chứng "
      "từ. Tích điểm: đến khi quý khách rút lại sự đồng ý. Nhận tin: đến khi quý khách rút lại%s. "
      "Sau đó tên và số điện thoại bị xoá, chỉ còn số tiền không kèm tên.",
      vi_months);
  *en = g_strdup_printf ("Vouchers and invoices: 10 years, by law. Debts: until paid and the "
                         "vouchers' time is over. Points: until you withdraw consent. Messages: "
                         "until you withdraw it%s. Then name and phone number are erased.",
                         en_months);
}

/* A shop without users has no PINs to speak of. */
static void
write_security (QuayTill *till, char **vi, char **en)
{
  gboolean pins = quay_till_has_users (till);
  *vi = g_strdup_printf (
      "Tên và số điện thoại được mã hoá; danh sách và phiếu in chỉ hiện các số cuối;%s mọi lần "
      "sửa, xoá được ghi lại; bản sao lưu do cửa hàng giữ. Không bán, không chuyển dữ liệu cho bên "
      "khác nếu quý khách không đồng ý hoặc luật không yêu cầu.",
      pins ? " mỗi nhân viên có mã PIN và quyền riêng;" : "");
  *en = g_strdup_printf (
      "Security: names and numbers are encrypted, lists and papers show the last digits alone,%s "
      "changes are logged. Nothing is sold or passed on without your consent or a legal duty.",
      pins ? " staff have PINs and rights," : "");
}

static void
write_rights (QuayTill *till, char **vi, char **en)
{
  int withdraw = days_for (till, QUAY_REQUEST_WITHDRAW);
  int view = days_for (till, QUAY_REQUEST_VIEW);
  int erase = days_for (till, QUAY_REQUEST_DELETE);
  int told = (int)quay_till_request_terms (QUAY_REQUEST_VIEW, FALSE, quay_till_day (till), NULL)
                 .acknowledge;
  *vi = g_strdup_printf (
      "Quý khách có quyền xem, nhận bản sao, sửa, xoá, rút lại sự đồng ý, hạn chế hoặc phản đối "
      "việc dùng dữ liệu của mình. Hãy nói tại quầy: cửa hàng xác nhận trong %d ngày làm việc; xem "
      "hoặc sửa trong %d ngày, rút lại sự đồng ý trong %d ngày, xoá trong %d ngày. Hoá đơn phải "
      "lưu theo luật thì không xoá được.",
      told, view, withdraw, erase);
  *en = g_strdup_printf (
      "You may see, copy, correct or delete your data, withdraw consent, restrict or object. Ask "
      "at the counter: confirmed in %d working days; shown or corrected in %d days, consent "
      "withdrawn in %d, deleted in %d. Invoices kept by law can't be deleted.",
      told, view, withdraw, erase);
}

char *
quay_till_print_privacy_notice (QuayTill *till, const char *path, GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autofree char *head = head_of (shop);
  g_autofree char *day = quay_day_to_vi (quay_till_day (till));
  g_autofree char *storage = NULL;
  g_autofree char *storage_en = NULL;
  g_autofree char *security = NULL;
  g_autofree char *security_en = NULL;
  g_autofree char *rights = NULL;
  g_autofree char *rights_en = NULL;
  write_storage (till, &storage, &storage_en);
  write_security (till, &security, &security_en);
  write_rights (till, &rights, &rights_en);
  QuayNoticePart parts[G_N_ELEMENTS (PARTS)];
  memcpy (parts, PARTS, sizeof parts);
  parts[STORAGE].text = storage;
  parts[STORAGE].english = storage_en;
  parts[SECURITY].text = security;
  parts[SECURITY].english = security_en;
  parts[RIGHTS].text = rights;
  parts[RIGHTS].english = rights_en;
  g_autofree char *foot =
      g_strdup_printf ("Lập ngày %s theo Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15 (Điều "
                       "16), Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 và Nghị định 356/2025/NĐ-CP.",
                       day);
  const QuayNotice notice = { head,
                              "QUY TẮC BẢO VỆ THÔNG TIN KHÁCH HÀNG",
                              "How we protect what we know of our customers",
                              parts,
                              G_N_ELEMENTS (parts),
                              foot };
  g_autofree char *file =
      path != NULL ? g_strdup (path) : quay_till_forms_path (till, "thong-bao-du-lieu");
  if (!quay_till_check_reads (till, error) || !quay_notice_to_pdf (&notice, file, error))
    return NULL;
  return g_steal_pointer (&file);
}
