/* refund, tender: what follows a sale. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-tender.h"
#include "quay-till-catalog.h"
#include "quay-till-refunds.h"
#include "quay-till-sell.h"
#include "quay-till-sign.h"

#include <string.h>

/* A refund takes two rights at most, a tender one. */
#define WORDS_MAX 2

/* What a command was asked for. */
typedef struct
{
  const char *why;
  const char *by;
  const char *of;
  const char *ref;
  gint64 tender; /* −1: as it was paid */
  guint n_words; /* of a second person, given for it so far */
} Ask;

/* What was denied, allowed by who is named for it: TRUE if it is to be tried again. */
static gboolean
try_again (QuayCli *cli, Ask *ask, GError **error)
{
  QuayAct act;
  gint64 amount;
  if (!g_error_matches (*error, QUAY_ERROR, QUAY_ERROR_DENIED) || ask->by == NULL ||
      ask->n_words++ == WORDS_MAX || !quay_till_denied (cli->till, &act, &amount))
    return FALSE;
  g_clear_error (error);
  return quay_till_approve (cli->till, act, amount, ask->by, cli->by_pin, ask->why, error);
}

/* The options of both; FALSE after telling what is wrong. */
static gboolean
take_ask (QuayCli *cli, int *argc, char **argv, Ask *ask)
{
  const char *tender = NULL;
  *ask = (Ask){ .tender = -1 };
  quay_cli_take_option (argc, argv, "--tender", &tender);
  quay_cli_take_option (argc, argv, "--why", &ask->why);
  quay_cli_take_option (argc, argv, "--by", &ask->by);
  if (tender != NULL)
    ask->tender = quay_tender_from_name (tender);
  if (tender != NULL && ask->tender < 0)
    quay_cli_misuse (cli, "a tender is one of cash, card, transfer");
  else if (ask->by != NULL && cli->by_pin == NULL)
    quay_cli_misuse (cli, "--by needs --by-pin-fd");
  else
    return TRUE;
  return FALSE;
}

static int
emit_refund (QuayCli *cli, const char *number, QuayMoney total, const char *of)
{
  quay_cli_emit (cli, json_pack ("{s:s, s:I, s:o}", "receipt", number, "total",
                                 (json_int_t)total.dong, "of", quay_cli_text (of)));
  return QUAY_EXIT_DONE;
}

/* --- of a receipt --- */

/* "2:0.5" is half a kilogram of the second line. */
static gboolean
parse_line (QuayCli *cli, const char *text, QuayRefundAsk *ask)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  *ask = (QuayRefundAsk){ .restock = TRUE };
  if (g_strv_length (parts) == 2 &&
      quay_cli_parse_int (parts[0], 1, QUAY_CART_MAX_LINES, &ask->line) &&
      quay_parse_qty (parts[1], &ask->qty, NULL))
    return TRUE;
  fprintf (cli->err, "quayctl: '%s' is no LINE:QTY\n", text);
  return FALSE;
}

static int
refund_sale (QuayCli *cli, int argc, char **argv, Ask *ask)
{
  g_autoptr (GError) error = NULL;
  QuayMoney total;
  g_autofree QuayRefundAsk *lines = g_new0 (QuayRefundAsk, (gsize)argc);
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number = NULL;
  guint n = (guint)argc - 2;
  for (int i = 2; i < argc; i++)
    if (!parse_line (cli, argv[i], &lines[i - 2]))
      return QUAY_EXIT_WRONG_USE;
  do
    number = ask->tender < 0
                 ? quay_till_refund (cli->till, &id, argv[1], lines, n, ask->why, &total, &error)
                 : quay_till_refund_by (cli->till, &id, argv[1], ask->tender, lines, n, ask->why,
                                        &total, &error);
  while (number == NULL && try_again (cli, ask, &error));
  return number != NULL ? emit_refund (cli, number, total, argv[1]) : quay_cli_refuse (cli, error);
}

/* --- without one --- */

/* "OCOP001:2:100000"; without an amount at today's price. */
static int
parse_free (QuayCli *cli, const char *text, QuayFreeReturn *back)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  guint n = g_strv_length (parts);
  *back = (QuayFreeReturn){ .restock = TRUE };
  if (n < 2 || !quay_parse_qty (parts[1], &back->qty, NULL) ||
      (n == 3 && !quay_parse_money (parts[2], &back->amount, NULL)))
    {
      fprintf (cli->err, "quayctl: '%s' is no SKU:QTY[:AMOUNT]\n", text);
      return QUAY_EXIT_WRONG_USE;
    }
  g_autoptr (QuayScanned) scanned = quay_till_scan (cli->till, parts[0]);
  g_autoptr (QuayItem) item = g_steal_pointer (&scanned->item);
  if (item == NULL)
    item = quay_till_item_by_sku (cli->till, parts[0]);
  if (item == NULL)
    return quay_cli_unknown (cli, "product", parts[0]);
  back->product = item->product;
  if (n == 3 || (item->has_price && quay_money_times_qty (item->price, back->qty, &back->amount)))
    return QUAY_EXIT_DONE;
  fprintf (cli->err, "quayctl: '%s' has no price: say SKU:QTY:AMOUNT\n", parts[0]);
  return QUAY_EXIT_REFUSED;
}

static int
refund_free (QuayCli *cli, int argc, char **argv, Ask *ask)
{
  g_autoptr (GError) error = NULL;
  QuayMoney total = QUAY_DONG (0);
  g_autofree QuayFreeReturn *lines = g_new0 (QuayFreeReturn, (gsize)argc);
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number = NULL;
  guint n = (guint)argc - 1;
  for (guint i = 0; i < n; i++)
    {
      int code = parse_free (cli, argv[i + 1], &lines[i]);
      if (code != QUAY_EXIT_DONE)
        return code;
      total.dong += lines[i].amount.dong; /* the verb looks at its range */
    }
  do
    number = quay_till_refund_free (cli->till, &id, ask->of, lines, n,
                                    MAX (ask->tender, QUAY_TENDER_CASH), ask->why, &error);
  while (number == NULL && try_again (cli, ask, &error));
  return number != NULL ? emit_refund (cli, number, total, ask->of) : quay_cli_refuse (cli, error);
}

int
quay_cli_refund (QuayCli *cli, int argc, char **argv)
{
  Ask ask;
  gboolean is_free = quay_cli_take_option (&argc, argv, "--free", NULL);
  if (!take_ask (cli, &argc, argv, &ask))
    return QUAY_EXIT_WRONG_USE;
  if (is_free)
    quay_cli_take_option (&argc, argv, "--of", &ask.of);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc < 2)
    return QUAY_EXIT_WRONG_USE;
  return is_free ? refund_free (cli, argc, argv, &ask) : refund_sale (cli, argc, argv, &ask);
}

/* --- a tender put right --- */

static int
fix (QuayCli *cli, const char *number, gint64 from, gint64 to, QuayMoney amount, Ask *ask)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;
  QuayId id = quay_till_new_id (cli->till);
  do
    made = quay_till_fix_payment (cli->till, &id, number, from, to, amount, ask->ref, ask->why,
                                  &error);
  while (made == NULL && try_again (cli, ask, &error));
  if (made == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s, s:s, s:s, s:s, s:I}", "correction", made, "of", number,
                                 "from", quay_tender_name (from), "to", quay_tender_name (to),
                                 "amount", (json_int_t)amount.dong));
  return QUAY_EXIT_DONE;
}

int
quay_cli_tender (QuayCli *cli, int argc, char **argv)
{
  Ask ask;
  const char *text = NULL;
  QuayMoney amount;
  if (!take_ask (cli, &argc, argv, &ask))
    return QUAY_EXIT_WRONG_USE;
  quay_cli_take_option (&argc, argv, "--amount", &text);
  quay_cli_take_option (&argc, argv, "--ref", &ask.ref);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 4 || ask.tender >= 0 ||
      (text != NULL && !quay_parse_money (text, &amount, NULL)))
    return QUAY_EXIT_WRONG_USE;
  gint64 from = quay_tender_from_name (argv[2]);
  gint64 to = quay_tender_from_name (argv[3]);
  if (from < 0 || to < 0)
    return quay_cli_misuse (cli, "a tender is one of cash, card, transfer, debt");
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (cli->till, argv[1]);
  if (sale == NULL)
    return quay_cli_unknown (cli, "sale", argv[1]);
  if (text == NULL)
    amount = quay_till_paid_by (cli->till, sale, from);
  return fix (cli, sale->number, from, to, amount, &ask);
}
