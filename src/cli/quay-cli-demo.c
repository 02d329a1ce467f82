/* demo: the main job in a terminal, on a sample shop of its own: sells a few baskets, prints a
 * receipt, ends with the day's report. The folder stays for a look and is made anew each time. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-till-files.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"

#include <glib/gstdio.h>

#define DEMO_LINES 4

typedef struct
{
  const char *what;
  const char *items[DEMO_LINES]; /* SKU or code, then :quantity */
  gint64 tender;
  gint64 given; /* 0: exact */
} Basket;

static const Basket baskets[] = {
  { "Miến dong, trà và mộc nhĩ; khách đưa 500.000 ₫",
    { "OCOP001:2", "OCOP004:1", "OCOP029:1" },
    QUAY_TENDER_CASH,
    500000 },
  { "Nấm sò cân 1,25 kg, hồng không hạt 2,4 kg; trả vừa đủ",
    { "OCOP028:1.25", "OCOP050:2.4" },
    QUAY_TENDER_CASH,
    0 },
  { "Rượu men lá (khách đã đủ 18 tuổi) và lạp sườn; chuyển khoản",
    { "OCOP012:2", "OCOP022:1" },
    QUAY_TENDER_TRANSFER,
    0 },
};

static gboolean
add_lines (QuayTill *till, QuayCart *cart, const Basket *basket, GError **error)
{
  for (guint i = 0; i < DEMO_LINES && basket->items[i] != NULL; i++)
    {
      QuayQty qty;
      g_auto (GStrv) parts = g_strsplit (basket->items[i], ":", 2);
      if (!quay_parse_qty (parts[1], &qty, error))
        return FALSE;
      g_autoptr (QuayLine) line = quay_till_make_line (till, parts[0], qty, error);
      if (line == NULL || !quay_cart_add (cart, line, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static QuaySaleRecord *
sell_basket (QuayTill *till, const Basket *basket, GError **error)
{
  g_autoptr (QuayCart) cart = quay_till_make_cart (till);
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  cart->age = QUAY_AGE_CONFIRMED;
  if (!add_lines (till, cart, basket, error))
    return NULL;
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = basket->tender;
  payment->given = basket->given > 0 ? QUAY_DONG (basket->given) : quay_cart_totals (cart).total;
  g_ptr_array_add (payments, payment);
  return quay_till_sell_cart (till, cart, payments, error);
}

static gboolean
print_text (QuayCli *cli, GBytes *text)
{
  if (text == NULL)
    return FALSE;
  fprintf (cli->out, "\n%.*s\n", (int)g_bytes_get_size (text),
           (const char *)g_bytes_get_data (text, NULL));
  g_bytes_unref (text);
  return TRUE;
}

static gboolean
print_report (QuayCli *cli, QuayTill *till, GError **error)
{
  QuayDay today = quay_till_day (till);
  g_autoptr (QuayReport) report = quay_till_report (till, "product", today, today, error);
  return report != NULL &&
         print_text (cli, quay_till_render_report (till, report, "text", 80, error));
}

static gboolean
run_demo (QuayCli *cli, const char *dir, GError **error)
{
  QuaySetup setup = { .shop = "Điểm bán hàng OCOP Quế Thanh",
                      .address = "Xã Na Rì, tỉnh Thái Nguyên",
                      .till_code = "QT1",
                      .language = "vi",
                      .width_mm = 80,
                      .sample = TRUE };
  if (!quay_till_make_shop (dir, &setup, quay_till_system_env (), error))
    return FALSE;
  g_autoptr (QuayTill) till = quay_till_open (dir, NULL, error);
  if (till == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
    {
      g_autoptr (QuaySaleRecord) sale = sell_basket (till, &baskets[i], error);
      if (sale == NULL)
        return FALSE;
      g_autofree char *total = quay_format_money (sale->total, QUAY_MONEY_SIGN);
      fprintf (cli->out, "%s  %s  %s\n", sale->number, total, baskets[i].what);
      if (i == 0 &&
          !print_text (cli, quay_till_render_receipt (till, sale, "text", 80, FALSE, error)))
        return FALSE;
    }
  gboolean printed = print_report (cli, till, error);
  quay_till_close (till);
  return printed;
}

int
quay_cli_demo (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 1)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *dir = g_dir_make_tmp ("quay-demo-XXXXXX", &error);
  if (dir == NULL || !run_demo (cli, dir, &error))
    return quay_cli_refuse (cli, error);
  fprintf (cli->err, "\nquayctl: the demo shop is in %s\n", dir);
  return QUAY_EXIT_DONE;
}
