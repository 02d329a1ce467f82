/* find, scan, sell, receipt. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-tender.h"
#include "quay-till-catalog.h"
#include "quay-till-discount.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"
#include "quay-till-shift.h"

#include <string.h>

int
quay_cli_find (QuayCli *cli, int argc, char **argv)
{
  const char *limit_text = NULL;
  gint64 limit = 20;
  quay_cli_take_option (&argc, argv, "--limit", &limit_text);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc < 2 ||
      (limit_text != NULL && !quay_cli_parse_int (limit_text, 1, 1000, &limit)))
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *text = g_strjoinv (" ", argv + 1);
  g_autoptr (GPtrArray) items = quay_till_search (cli->till, text, (guint)limit);
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      quay_cli_emit (
          cli, json_pack ("{s:s, s:s, s:o, s:s, s:I, s:I}", "sku", item->sku, "name", item->name,
                          "price", item->has_price ? json_integer (item->price.dong) : json_null (),
                          "unit", item->unit, "stock", (json_int_t)item->stock.milli, "stars",
                          (json_int_t)item->stars));
    }
  return QUAY_EXIT_DONE;
}

/* Sets @key where there is something to say. */
static void
set_text (json_t *object, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_new (object, key, json_string (text));
}

static const char *
scan_kind (const QuayScanned *scanned)
{
  /* A bound trace or own code is a product to the shop whatever its shape. */
  if (scanned->item != NULL && scanned->scan.kind == QUAY_SCAN_UNKNOWN)
    return "product";
  if (scanned->scan.kind == QUAY_SCAN_WEB)
    return "unknown";
  return quay_scan_kind_name (scanned->scan.kind);
}

int
quay_cli_scan (QuayCli *cli, int argc, char **argv)
{
  if (argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayScanned) scanned = quay_till_scan (cli->till, argv[1]);
  const QuayScan *scan = &scanned->scan;
  if (quay_error_is_storage (scanned->refusal))
    return quay_cli_refuse (cli, scanned->refusal);
  json_t *object = json_pack ("{s:s}", "kind", scan_kind (scanned));
  set_text (object, "sku", scanned->item != NULL ? scanned->item->sku : NULL);
  set_text (object, "gtin", scan->gtin);
  set_text (object, "lot", scan->lot);
  if (scan->expires != 0)
    {
      g_autofree char *expires = quay_day_to_iso (scan->expires);
      set_text (object, "expiry", expires);
    }
  if (scan->weight.milli > 0)
    json_object_set_new (object, "grams", json_integer (scan->weight.milli));
  if (scan->has_price)
    json_object_set_new (object, "price", json_integer (scan->price.dong));
  if (scan->kind == QUAY_SCAN_TRACE || scan->kind == QUAY_SCAN_WEB)
    set_text (object, "url", scan->text);
  if (scanned->refusal != NULL)
    set_text (object, "refused", scanned->refusal->message);
  quay_cli_emit (cli, object);
  return QUAY_EXIT_DONE;
}

/* "cash:500000" or "card": a payment; without an amount it takes what is left. NULL: wrong use. */
static QuayPayment *
parse_tender (QuayCli *cli, const char *text, QuayMoney left)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  gint64 tender = parts[0] != NULL ? quay_tender_from_name (parts[0]) : -1;
  QuayMoney given =
      tender == QUAY_TENDER_CASH ? quay_tender_round (left, quay_till_cash_step (cli->till)) : left;
  if (tender < 0)
    fprintf (cli->err, "quayctl: tender '%s' is none of cash, card, transfer\n", text);
  else if (parts[1] != NULL && !quay_parse_money (parts[1], &given, NULL))
    fprintf (cli->err, "quayctl: '%s' is no amount of đồng\n", parts[1]);
  else
    {
      QuayPayment *payment = g_new0 (QuayPayment, 1);
      payment->tender = tender;
      payment->given = given;
      return payment;
    }
  return NULL;
}

/* A colon may be part of a code; it starts a quantity only if one follows and the whole is none. */
static gboolean
is_known_code (QuayCli *cli, const char *text)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (cli->till, text);
  return scanned->item != NULL;
}

static gboolean
add_item (QuayCli *cli, QuayCart *cart, const char *text, GError **error)
{
  QuayQty qty = QUAY_MILLI (0);
  const char *colon = strrchr (text, ':');
  g_autofree char *code = g_strdup (text);
  if (colon != NULL && !is_known_code (cli, text) && quay_parse_qty (colon + 1, &qty, NULL))
    {
      code[colon - text] = '\0';
      if (qty.milli == 0)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity of '%s' is nothing", code);
          return FALSE;
        }
    }
  g_autoptr (QuayLine) line = quay_till_make_line (cli->till, code, qty, error);
  return line != NULL && quay_cart_add (cart, line, NULL, error);
}

static int
emit_sale (QuayCli *cli, const QuaySaleRecord *sale)
{
  gint64 tendered = 0;
  gint64 change = 0;
  for (guint i = 0; i < sale->payments->len; i++)
    {
      const QuayPayment *payment = sale->payments->pdata[i];
      if (payment->tender != QUAY_TENDER_ROUNDING)
        tendered += payment->given.dong;
      change += payment->change.dong;
    }
  quay_cli_emit (cli,
                 json_pack ("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:s, s:s}", "receipt",
                            sale->number, "lines", (json_int_t)sale->lines->len, "total",
                            (json_int_t)sale->total.dong, "vat", (json_int_t)sale->vat.dong,
                            "tendered", (json_int_t)tendered, "change", (json_int_t)change, "seq",
                            (json_int_t)sale->seq, "hash", sale->hash, "code", sale->code));
  return QUAY_EXIT_DONE;
}

int
quay_cli_sell (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = quay_till_make_cart (cli->till);
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  g_autoptr (GPtrArray) tenders = g_ptr_array_new ();
  const char *tender;
  while (quay_cli_take_option (&argc, argv, "--tender", &tender))
    g_ptr_array_add (tenders, (gpointer)tender);
  const char *who = NULL;
  quay_cli_take_option (&argc, argv, "--customer", &who);
  gboolean hold = quay_cli_take_option (&argc, argv, "--hold", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc < 2)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayCustomer) customer = who != NULL ? quay_cli_find_customer (cli, who) : NULL;
  if (customer != NULL)
    cart->customer = customer->id;
  else if (who != NULL)
    return QUAY_EXIT_REFUSED;
  for (int i = 1; i < argc; i++)
    if (!add_item (cli, cart, argv[i], &error))
      return quay_cli_refuse (cli, error);
  if (!quay_till_price_cart (cli->till, cart, &error))
    return quay_cli_refuse (cli, error);
  QuayCartTotals totals = quay_cart_totals (cart);
  if (hold)
    {
      if (!quay_till_hold_cart (cli->till, cart, NULL, &error))
        return quay_cli_refuse (cli, error);
      quay_cli_emit (cli,
                     json_pack ("{s:b, s:I, s:I}", "held", 1, "lines", (json_int_t)totals.n_lines,
                                "total", (json_int_t)totals.total.dong));
      return QUAY_EXIT_DONE;
    }
  cart->age = QUAY_AGE_CONFIRMED; /* who sells by command answers for it */
  gint64 left = totals.total.dong;
  for (guint i = 0; i < tenders->len; i++)
    {
      QuayPayment *payment = parse_tender (cli, tenders->pdata[i], QUAY_DONG (MAX (left, 0)));
      if (payment == NULL)
        return QUAY_EXIT_WRONG_USE;
      left -= payment->given.dong;
      g_ptr_array_add (payments, payment);
    }
  g_autoptr (QuaySaleRecord) sale = quay_till_sell_cart (cli->till, cart, payments, &error);
  return sale != NULL ? emit_sale (cli, sale) : quay_cli_refuse (cli, error);
}

int
quay_cli_receipt (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  static const char *const formats[] = { "text", "png", "pdf", NULL };
  const char *format = "text";
  const char *width_text = "80";
  const char *file = NULL;
  gint64 width;
  quay_cli_take_option (&argc, argv, "--format", &format);
  quay_cli_take_option (&argc, argv, "--width", &width_text);
  quay_cli_take_option (&argc, argv, "-o", &file);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2 ||
      !quay_cli_parse_int (width_text, 58, 80, &width) || (width != 58 && width != 80) ||
      !g_strv_contains (formats, format))
    return QUAY_EXIT_WRONG_USE;
  if (strcmp (format, "text") != 0 && file == NULL)
    return quay_cli_misuse (cli, "a picture or PDF needs -o FILE");
  g_autoptr (GBytes) bytes =
      quay_till_copy_receipt (cli->till, argv[1], format, (int)width, &error);
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    return quay_cli_unknown (cli, "receipt", argv[1]);
  if (bytes == NULL)
    return quay_cli_refuse (cli, error);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (file == NULL)
    fwrite (data, 1, size, cli->out);
  else
    {
      g_autofree char *path = quay_cli_path (cli, file);
      if (!g_file_set_contents (path, data, (gssize)size, &error))
        return quay_cli_refuse (cli, error);
    }
  return QUAY_EXIT_DONE;
}
