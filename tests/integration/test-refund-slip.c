/* The slip of goods that came back: printed by itself, read back, printed again. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-till-refunds.h"
#include "quay-till-sign.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */

/* Numbers as they were printed. */
static void
printed_cb (QuayTill *till, const char *number, gboolean ok, const char *why, GPtrArray *printed)
{
  g_assert_true (ok);
  g_ptr_array_add (printed, g_strdup (number));
}

static GPtrArray *
watch_printer (Fixture *shop)
{
  GPtrArray *printed = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (shop->till, "printed", G_CALLBACK (printed_cb), printed);
  return printed;
}

static gboolean
late_cb (gpointer data)
{
  g_error ("nothing was printed");
  return G_SOURCE_REMOVE;
}

/* Waits for the next print and fails unless it is @number's. */
static void
assert_printed (GPtrArray *printed, guint n, const char *number)
{
  guint timer = g_timeout_add_seconds (10, late_cb, NULL);
  while (printed->len < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_cmpuint (printed->len, ==, n);
  g_assert_cmpstr (printed->pdata[n - 1], ==, number);
}

/* Three noodles and one tea: 255.000 đ. */
static QuaySaleRecord *
sell (Fixture *shop)
{
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  return quay_test_shop_pay (shop);
}

static char *
give_back (Fixture *shop, const char *number, const QuayRefundAsk *asks, guint n)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  char *made = quay_till_refund (shop->till, &id, number, asks, n, "đổi ý", NULL, &error);
  g_assert_no_error (error);
  return made;
}

static char *
text_of (Fixture *shop, const QuayRefundRecord *refund, const char *name)
{
  g_autoptr (GError) error = NULL;
  const char *folder = g_getenv ("QUAY_SHOTS_DIR");
  for (int mm = 58; folder != NULL && mm <= 80; mm += 22)
    {
      g_autofree char *path = g_strdup_printf ("%s/slip-%s-%d.png", folder, name, mm);
      g_autoptr (GBytes) png =
          quay_till_render_refund (shop->till, refund, "png", mm, FALSE, &error);
      g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png),
                           NULL);
    }
  g_autoptr (GBytes) bytes =
      quay_till_render_refund (shop->till, refund, "text", 80, FALSE, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("'%s' is not in:\n%s", part, text);
}

/* As it is booked, so it is printed: once. */
static void
test_by_itself (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printed = watch_printer (shop);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  assert_printed (printed, 1, sale->number);
  QuayRefundAsk asks[] = { { .line = 1, .qty = QUAY_UNITS (2), .restock = TRUE },
                           { .line = 2, .qty = QUAY_UNITS (1), .restock = FALSE } };
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number =
      quay_till_refund (shop->till, &id, sale->number, asks, 2, "đổi ý", NULL, &error);
  g_assert_no_error (error);
  assert_printed (printed, 2, number);
  g_autofree char *again =
      quay_till_refund (shop->till, &id, sale->number, asks, 2, "đổi ý", NULL, &error);
  g_assert_cmpstr (again, ==, number);
  g_assert_true (quay_till_reprint (shop->till, number, &error)); /* what follows is the third */
  assert_printed (printed, 3, number);
  /* what is queued before it is on disk when it returns */
  g_assert_true (quay_till_open_drawer (shop->till, "đổi tiền lẻ", &error));
  g_autofree char *small = g_ascii_strdown (number, -1);
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (shop->till, small);
  g_assert_nonnull (refund);
  g_assert_cmpint (refund->printed, ==, QUAY_PRINT_SENT);
  g_assert_cmpint (refund->copies, ==, 1);
  g_assert_true (quay_id_equal (&refund->sale, &sale->id));
  g_assert_cmpint (refund->of_ts, ==, sale->ts);
  g_assert_cmpint (refund->total.dong, ==, 190000);
  g_assert_cmpuint (refund->lines->len, ==, 2);
  g_assert_cmpuint (refund->payments->len, ==, 1);
  g_autofree char *text = text_of (shop, refund, "plain");
  static const char *const parts[] = { "PHIẾU TRẢ HÀNG", "Của phiếu QT1A-000001",
                                       "130.000",        "60.000",
                                       "Hàng hỏng",      "Tiền mặt trả khách",
                                       "TRẢ LẠI",        "Lý do: đổi ý" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_has (text, parts[i]);
  assert_has (text, refund->code);
  g_signal_handlers_disconnect_by_data (shop->till, printed);
}

/* A copy is marked, counted and recorded, as a receipt's; the paper itself finds it. */
static void
test_copy (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_autofree char *number = give_back (shop, sale->number, NULL, 0);
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (shop->till, number);
  g_autofree char *code = g_strdup_printf ("QUAY:%s:%s", number, refund->code);
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (GBytes) bytes = quay_till_copy_receipt (shop->till, code, "text", 58, &error);
      g_assert_no_error (error);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autofree char *mark = g_strdup_printf ("BẢN IN LẠI – LẦN %u", i);
      assert_has (text, mark);
      assert_has (text, "PHIẾU TRẢ HÀNG");
    }
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM audit WHERE kind = 'receipt.reprinted'"
                                     " AND ref = 'QT1A-TH26-0001' AND amount = 255000"),
                   ==, 2);
  g_autoptr (QuaySaleRecord) same = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (same->copies, ==, 0);
  g_assert_null (quay_till_copy_receipt (shop->till, "QT1A-TH26-0002", "text", 58, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* What comes back in an exchange has a slip behind the receipt of what was taken instead. */
static void
test_exchange (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printed = watch_printer (shop);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  assert_printed (printed, 1, sale->number);
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_exchange (shop->till, sale->number, &one, 1, &error));
  g_autoptr (QuaySaleRecord) taken = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  assert_printed (printed, 3, "QT1A-TH26-0001");
  g_assert_cmpstr (printed->pdata[1], ==, taken->number);
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (shop->till, "QT1A-TH26-0001");
  g_assert_cmpstr (refund->exchange, ==, taken->number);
  g_autofree char *text = text_of (shop, refund, "exchange");
  g_autofree char *other = g_strdup_printf ("Đổi hàng, phiếu %s", taken->number);
  assert_has (text, other);
  assert_has (text, "Tiền mặt trả khách");
  g_signal_handlers_disconnect_by_data (shop->till, printed);
}

/* Without a receipt, with a second person's word. */
static void
test_allowed (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_autoptr (QuayScanned) tea = quay_till_scan (shop->till, TEA);
  QuayFreeReturn back = { tea->item->product, QUAY_UNITS (2), QUAY_DONG (100000), TRUE };
  g_assert_null (quay_till_refund_free (shop->till, &id, "quên mang", &back, 1, QUAY_TENDER_CASH,
                                        "hộp móp", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (
      quay_till_approve (shop->till, QUAY_ACT_REFUND_FREE, 0, "ql", MANAGER, "khách quen", &error));
  g_assert_no_error (error);
  g_autofree char *number = quay_till_refund_free (shop->till, &id, "quên mang", &back, 1,
                                                   QUAY_TENDER_CASH, "hộp móp", &error);
  g_assert_no_error (error);
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (shop->till, number);
  g_assert_cmpstr (refund->approver, ==, "ql");
  g_assert_true (quay_id_is_nil (&refund->sale));
  g_autofree char *text = text_of (shop, refund, "free");
  assert_has (text, "Không kèm phiếu mua. Khách nói: quên");
  assert_has (text, "Người cho phép: ql");
  assert_has (text, "Lý do: hộp móp");
  g_autoptr (GPtrArray) list = quay_till_refunds (shop->till, 20261123, 20261123, 10);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((QuayRefundRecord *)list->pdata[0])->number, ==, number);
  g_autoptr (GPtrArray) none = quay_till_refunds (shop->till, 20261101, 20261122, 10);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/refund-slip/by-itself", Fixture, NULL, people_set_up_shop, test_by_itself,
              people_tear_down);
  g_test_add ("/refund-slip/copy", Fixture, NULL, people_set_up_shop, test_copy, people_tear_down);
  g_test_add ("/refund-slip/exchange", Fixture, NULL, people_set_up_shop, test_exchange,
              people_tear_down);
  g_test_add ("/refund-slip/allowed", Fixture, NULL, people_set_up, test_allowed, people_tear_down);
  return g_test_run ();
}
