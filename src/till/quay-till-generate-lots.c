/* Receipts of goods of a generated shop: lots of each product, some nearly or already expired.
 * Thread: main. */
#include "quay-generate.h"

#include "quay-body-stock.h"

#define LINES_AN_EVENT 80
#define EVENTS_A_TXN 40
#define PAST_DAYS 10
#define SPREAD_DAYS 500

/* Three of five consigned at a percentage, one at a price, one bought. */
static QuayTerms
pick_terms (QuayMaker *maker, const QuayMadeProduct *product)
{
  static const gint64 commissions[] = { 1000, 1200, 1500, 1500, 1800, 2000 };
  QuayTerms terms = { .kind = QUAY_TERMS_COMMISSION };
  guint dice = quay_maker_pick (maker, 5);
  if (dice >= 3)
    {
      terms.kind = dice == 3 ? QUAY_TERMS_OWN : QUAY_TERMS_TRANSFER;
      terms.price = QUAY_DONG (product->price.dong * (60 + quay_maker_pick (maker, 25)) / 100);
    }
  else
    terms.commission_bp = commissions[quay_maker_pick (maker, G_N_ELEMENTS (commissions))];
  return terms;
}

static QuayVoucherLine *
make_line (QuayMaker *maker, QuayTill *till, const QuayMadeProduct *product, guint n)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayDay last = quay_day_add (maker->first, (int)maker->ask->days - 1);
  line->product = product->product;
  line->sku = g_strdup (product->sku);
  line->name = g_strdup (product->name);
  line->unit = g_strdup (product->unit);
  line->lot = quay_till_new_id (till);
  line->qty = QUAY_UNITS (1 + quay_maker_pick (maker, 40));
  line->other = line->qty;
  line->terms = pick_terms (maker, product);
  line->code = g_strdup_printf ("L%06u", n + 1);
  if (quay_maker_pick (maker, 10) > 0)
    line->expires =
        quay_day_add (last, (int)quay_maker_pick (maker, PAST_DAYS + SPREAD_DAYS) - PAST_DAYS);
  return line;
}

static QuayEvent *
make_receipt (QuayMaker *maker, QuayTill *till, guint first, guint n)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_RECEIVED, TRUE);
  QuayVoucher *body = event->body;
  body->reason = g_strdup ("consigned");
  if (body->lines == NULL)
    body->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (
        body->lines,
        make_line (maker, till,
                   &g_array_index (maker->products, QuayMadeProduct, i % maker->products->len), i));
  return event;
}

gboolean
quay_maker_receive (QuayMaker *maker, QuayTill *till, GError **error)
{
  guint n = maker->ask->lots * maker->products->len;
  for (guint i = 0; i < n;)
    {
      g_autoptr (QuayTxn) txn = quay_txn_new ();
      for (guint events = 0; events < EVENTS_A_TXN && i < n; events++)
        {
          guint lines = MIN (LINES_AN_EVENT, n - i);
          quay_txn_add (txn, make_receipt (maker, till, i, lines));
          i += lines;
        }
      g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
      if (done == NULL)
        return FALSE;
    }
  return TRUE;
}
