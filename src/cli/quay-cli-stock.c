/* receive, orders, labels: goods that come, goods that wait, what is stuck on them. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-goods.h"
#include "quay-till-labels.h"
#include "quay-till-orders.h"

#include <string.h>

/* --- receive --- */

static const char *
text_of (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static gint64
number_of (json_t *object, const char *key)
{
  return json_integer_value (json_object_get (object, key));
}

/* A day or none; FALSE for a text that is no day. */
static gboolean
read_day (json_t *object, const char *key, gint64 *day)
{
  QuayDay read = 0;
  const char *text = text_of (object, key);
  gboolean sound = text == NULL || quay_day_from_text (text, &read);
  *day = read;
  return sound;
}

static gboolean
read_terms (json_t *object, QuayTerms *terms)
{
  const char *kind = text_of (object, "terms");
  terms->kind = g_strcmp0 (kind, "commission") == 0 ? QUAY_TERMS_COMMISSION
                : g_strcmp0 (kind, "transfer") == 0 ? QUAY_TERMS_TRANSFER
                : g_strcmp0 (kind, "own") == 0      ? QUAY_TERMS_OWN
                                                    : QUAY_TERMS_NONE;
  terms->commission_bp = number_of (object, "commission");
  terms->price = QUAY_DONG (terms->kind == QUAY_TERMS_COMMISSION ? 0 : number_of (object, "price"));
  return terms->kind != QUAY_TERMS_NONE && terms->commission_bp >= 0 &&
         terms->commission_bp <= 10000;
}

/* The line of a new lot; NULL, with what is wrong, if it can't be one. */
static QuayVoucherLine *
read_line (QuayTill *till, json_t *object, const QuayId *producer, const char **why)
{
  const char *sku = text_of (object, "sku");
  g_autoptr (QuayItem) item = sku != NULL ? quay_till_item_by_sku (till, sku) : NULL;
  g_autoptr (QuayVoucherLine) line = quay_voucher_line_new ();
  line->qty = QUAY_MILLI (number_of (object, "quantity"));
  line->other = line->qty;
  line->price = QUAY_DONG (number_of (object, "price"));
  *why = item == NULL                                    ? "sku: no such product"
         : line->qty.milli <= 0                          ? "quantity: must be above 0"
         : line->price.dong < 0                          ? "price: must not be below 0"
         : !read_terms (object, &line->terms)            ? "terms: own, commission or transfer"
         : !read_day (object, "made", &line->made)       ? "made: no such day"
         : !read_day (object, "expires", &line->expires) ? "expires: no such day"
         : !quay_money_times_qty (line->price, line->qty, &line->amount) ? "amount out of range"
                                                                         : NULL;
  if (*why != NULL)
    return NULL;
  line->product = item->product;
  line->sku = g_strdup (item->sku);
  line->name = g_strdup (item->name);
  line->unit = g_strdup (item->unit);
  line->lot = quay_till_new_id (till);
  line->producer = *producer;
  line->code = g_strdup (text_of (object, "lot"));
  line->trace = g_strdup (text_of (object, "trace"));
  return g_steal_pointer (&line);
}

static int
receive (QuayCli *cli, json_t *document)
{
  const char *why = NULL;
  const char *party = text_of (document, "producer");
  json_t *lines = json_object_get (document, "lines");
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  if (party != NULL && !quay_cli_find_producer (cli, party, &voucher->party))
    return quay_cli_unknown (cli, "producer", party);
  for (size_t i = 0; i < json_array_size (lines); i++)
    {
      QuayVoucherLine *line =
          read_line (cli->till, json_array_get (lines, i), &voucher->party, &why);
      if (line == NULL)
        {
          fprintf (cli->err, "quayctl: line %u: %s\n", (guint)i + 1, why);
          return QUAY_EXIT_REFUSED;
        }
      g_ptr_array_add (voucher->lines, line);
    }
  voucher->reason = g_strdup (text_of (document, "reason"));
  voucher->ref = g_strdup (text_of (document, "ref"));
  voucher->note = g_strdup (text_of (document, "note"));
  voucher->owed = QUAY_DONG (number_of (document, "owed"));
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number =
      quay_till_post_goods (cli->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  if (number == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s, s:I, s:I}", "document", number, "lines",
                                 (json_int_t)voucher->lines->len, "total",
                                 (json_int_t)voucher->total.dong));
  return QUAY_EXIT_DONE;
}

int
quay_cli_receive (QuayCli *cli, int argc, char **argv)
{
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  json_t *document = quay_cli_load_object (cli, argv[1]);
  if (document == NULL)
    return QUAY_EXIT_REFUSED;
  int code = receive (cli, document);
  json_decref (document);
  return code;
}

/* --- orders --- */

/* Names and telephones stay where they are: a list goes to files and screens of others. */
int
quay_cli_orders (QuayCli *cli, int argc, char **argv)
{
  static const char *const states[] = { "open", "today", "late", "handed", "cancelled" };
  QuayDay today = quay_till_day (cli->till);
  gboolean all = quay_cli_take_option (&argc, argv, "--all", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc > 1)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (GPtrArray) orders = quay_till_orders (cli->till, all ? 0 : QUAY_DAY_MAX, NULL);
  for (guint i = 0; i < orders->len; i++)
    {
      const QuayOrderRecord *order = orders->pdata[i];
      g_autofree char *due = order->due != 0 ? quay_day_to_iso (order->due) : NULL;
      quay_cli_emit (cli, json_pack ("{s:s, s:s, s:o, s:I, s:I, s:I, s:o}", "order", order->number,
                                     "state", states[quay_order_state (order, today)], "due",
                                     quay_cli_text (due), "lines", (json_int_t)order->n_lines,
                                     "total", (json_int_t)order->total.dong, "deposit",
                                     (json_int_t)order->deposit.dong, "sale",
                                     quay_cli_text (order->sale_no)));
    }
  return QUAY_EXIT_DONE;
}

/* --- labels --- */

/* "SKU" or "SKU:COPIES". */
static gboolean
read_ask (QuayTill *till, const char *text, QuayLabelAsk *ask)
{
  gint64 copies = 1;
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (till, parts[0]);
  if (item == NULL || (parts[1] != NULL && !quay_cli_parse_int (parts[1], 1, 500, &copies)))
    return FALSE;
  ask->id = item->product;
  ask->copies = (guint)copies;
  return TRUE;
}

int
quay_cli_labels (QuayCli *cli, int argc, char **argv)
{
  const char *sheet = "a4-24";
  const char *out = NULL;
  const char *start_text = "1";
  gint64 start;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) asks = g_array_new (FALSE, FALSE, sizeof (QuayLabelAsk));
  quay_cli_take_option (&argc, argv, "--sheet", &sheet);
  quay_cli_take_option (&argc, argv, "--start", &start_text);
  quay_cli_take_option (&argc, argv, "-o", &out);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc < 2 || out == NULL ||
      !quay_cli_parse_int (start_text, 1, 1000, &start))
    return QUAY_EXIT_WRONG_USE;
  for (int i = 1; i < argc; i++)
    {
      QuayLabelAsk ask;
      if (!read_ask (cli->till, argv[i], &ask))
        return quay_cli_unknown (cli, "product", argv[i]);
      g_array_append_val (asks, ask);
    }
  g_autofree char *path = quay_cli_path (cli, out);
  if (!quay_till_shelf_labels_pdf (cli->till, (const QuayLabelAsk *)(void *)asks->data, asks->len,
                                   sheet, (guint)start, path, &error))
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s, s:I}", "file", path, "products", (json_int_t)asks->len));
  return QUAY_EXIT_DONE;
}
