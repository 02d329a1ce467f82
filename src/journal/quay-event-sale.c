/* Rows of the sale family: sale, refund, and the stock and cash that they move. */
#include "quay-event-private.h"

#include "quay-cart.h"

#include <string.h>

void
quay_rows_of_move (QuayRows *rows, const QuayEvent *event, const QuayMove *move)
{
  quay_rows_begin (rows, QUAY_TABLE_STOCK_MOVE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, move->no);
  quay_rows_add_id (rows, move->loc);
  quay_rows_add_id (rows, move->product);
  quay_rows_add_id (rows, move->lot);
  quay_rows_add_int (rows, move->qty.milli);
  quay_rows_add_int (rows, event->ts);
  quay_rows_add_text (rows, quay_event_kind_name (event->kind));
  quay_rows_add_int (rows, move->line);
  quay_rows_add_int (rows, move->amount.dong);
  quay_rows_add_int (rows, move->cost.dong);
  quay_rows_begin (rows, QUAY_TABLE_STOCK_BALANCE);
  quay_rows_add_id (rows, move->loc);
  quay_rows_add_id (rows, move->product);
  quay_rows_add_id (rows, move->lot);
  quay_rows_add_int (rows, move->qty.milli);
}

void
quay_rows_of_lot (QuayRows *rows, const QuayId *lot, const char *what, gint64 n)
{
  if (n == 0 || quay_id_is_nil (lot))
    return;
  quay_rows_begin (rows, QUAY_TABLE_LOT_SUM);
  quay_rows_add_id (rows, lot);
  quay_rows_add_text (rows, what);
  quay_rows_add_int (rows, n);
}

static void
add_running (QuayRows *rows, const char *what, const char *key, gint64 n)
{
  quay_rows_begin (rows, QUAY_TABLE_RUNNING);
  quay_rows_add_text (rows, what);
  quay_rows_add_made_text (rows, key);
  quay_rows_add_int (rows, n);
}

void
quay_rows_of_drawer (QuayRows *rows, const QuayEvent *event, QuayMoney amount)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  if (amount.dong == 0)
    return;
  const QuayId *shift = event->kind == QUAY_EVENT_SHIFT_OPENED ? &event->id : &event->shift;
  quay_id_to_text (shift, key);
  add_running (rows, "drawer", key, amount.dong);
}

void
quay_rows_of_number (QuayRows *rows, const char *number)
{
  const char *dash = strrchr (number, '-');
  gsize len = dash != NULL ? (gsize)(dash - number) + 1 : strlen (number);
  g_autofree char *prefix = g_strndup (number, len);
  add_running (rows, "number", prefix, 1);
}

void
quay_rows_of_payments (QuayRows *rows, const QuayEvent *event, QuayPaid *paid)
{
  for (guint i = 0; i < paid->payments->len; i++)
    {
      const QuayPayment *p = paid->payments->pdata[i];
      quay_rows_begin (rows, QUAY_TABLE_PAYMENT);
      quay_rows_add_id (rows, &event->id);
      quay_rows_add_int (rows, paid->first + i);
      quay_rows_add_text (rows, quay_tender_name (p->tender));
      quay_rows_add_int (rows, paid->sign * p->amount.dong);
      quay_rows_add_int (rows, paid->sign * p->given.dong);
      quay_rows_add_int (rows, paid->sign * p->change.dong);
      quay_rows_add_text (rows, p->ref);
      quay_rows_add_int (rows, p->seen);
      if (p->tender == QUAY_TENDER_CASH)
        paid->cash.dong += paid->sign * p->amount.dong;
      else if (p->tender == QUAY_TENDER_DEBT)
        paid->debt.dong += paid->sign * p->amount.dong;
    }
}

gboolean
quay_payments_sum (GPtrArray *payments, QuayMoney *sum)
{
  *sum = QUAY_DONG (0);
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *p = payments->pdata[i];
      if ((p->amount.dong < 0 && p->tender != QUAY_TENDER_ROUNDING) ||
          !quay_money_add (*sum, p->amount, sum))
        return FALSE;
    }
  return TRUE;
}

/* Sums with overflow caught: the members are each in range, the lists are bounded. */
static gboolean
sums_agree (const QuaySale *sale)
{
  QuayMoney lines = QUAY_DONG (0);
  QuayMoney net = QUAY_DONG (0);
  QuayMoney paid;
  for (guint i = 0; i < sale->lines->len; i++)
    {
      const QuayLine *line = sale->lines->pdata[i];
      if (!quay_money_add (lines, line->amount, &lines) || !quay_money_add (net, line->net, &net))
        return FALSE;
    }
  for (guint i = 0; i < sale->payments->len; i++)
    {
      const QuayPayment *p = sale->payments->pdata[i];
      if (p->given.dong != p->amount.dong + p->change.dong)
        return FALSE;
    }
  return quay_payments_sum (sale->payments, &paid) && lines.dong == sale->total.dong &&
         paid.dong == sale->total.dong && lines.dong - net.dong == sale->vat.dong;
}

/* FALSE: there are too many. */
static gboolean
add_offs (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayLine *line, gint64 *no)
{
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    {
      const QuayOff *off = line->offs->pdata[i];
      if (*no >= QUAY_MAX_MOVES)
        return FALSE;
      quay_rows_begin (rows, QUAY_TABLE_LINE_OFF);
      quay_rows_add_id (rows, &event->id);
      quay_rows_add_int (rows, ++*no);
      quay_rows_add_int (rows, n);
      quay_rows_add_int (rows, off->kind);
      quay_rows_add_int (rows, off->amount.dong);
      quay_rows_add_known_id (rows, &off->promo);
      quay_rows_add_text (rows, off->name);
    }
  return TRUE;
}

static void
add_sale_line (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayLine *line)
{
  quay_rows_begin (rows, QUAY_TABLE_SALE_LINE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &line->product);
  quay_rows_add_text (rows, line->sku);
  quay_rows_add_text (rows, line->name);
  quay_rows_add_text (rows, line->unit);
  quay_rows_add_int (rows, line->kind);
  quay_rows_add_int (rows, line->qty.milli);
  quay_rows_add_int (rows, line->tare.milli);
  quay_rows_add_int (rows, line->price.dong);
  quay_rows_add_int (rows, line->amount.dong);
  quay_rows_add_int (rows, line->net.dong);
  quay_rows_add_text (rows, line->vat_class);
  quay_rows_add_int (rows, line->rate_bp);
  quay_rows_add_text (rows, line->code);
  quay_rows_add_text (rows, line->lot);
  quay_rows_add_text (rows, line->trace);
  quay_rows_add_text (rows, line->note);
  quay_rows_add_int (rows, line->abv);
}

/* The goods of a line of a document: what lots gave, and the rest, which is unallocated. */
typedef struct
{
  gint64 line;
  const QuayId *product;
  QuayQty qty;
  GPtrArray *parts;
  int sign;      /* −1 they leave, 1 they come back */
  gboolean move; /* FALSE: they stay away (a refund whose goods are spoilt) */
} Goods;

/* Spoilt goods that come back go out at once: the shop bears them, and owes the producer as before.
 */
static void
add_spoilt (QuayRows *rows, const QuayEvent *event, const QuayMove *move, gint64 no)
{
  QuayMove gone = *move;
  gone.no = no;
  gone.qty = QUAY_MILLI (-move->qty.milli);
  gone.amount = QUAY_DONG (0);
  gone.cost = QUAY_DONG (0);
  quay_rows_of_move (rows, event, &gone);
  quay_rows_of_lot (rows, move->lot, "loss", move->qty.milli);
}

static void
add_part (QuayRows *rows, const QuayEvent *event, const Goods *goods, const QuayPart *part,
          gint64 *no)
{
  QuayMove move = {
    .no = ++*no,
    .line = goods->line,
    .loc = quay_id_is_nil (&part->loc) ? &event->loc : &part->loc,
    .product = quay_id_is_nil (&part->product) ? goods->product : &part->product,
    .lot = &part->lot,
    .qty = QUAY_MILLI (goods->sign * part->qty.milli),
    .amount = QUAY_DONG (-goods->sign * part->amount.dong),
    .cost = QUAY_DONG (-goods->sign * part->cost.dong),
  };
  quay_rows_of_move (rows, event, &move);
  if (!goods->move)
    add_spoilt (rows, event, &move, ++*no);
  quay_rows_of_lot (rows, &part->lot, "sold", -goods->sign * part->qty.milli);
  quay_rows_of_lot (rows, &part->lot, "amount", move.amount.dong);
  quay_rows_of_lot (rows, &part->lot, "cost", move.cost.dong);
}

/* FALSE: the parts are more than the line, or too many. What no lot gave has the line's number, as
 * it had before there were lots; @no counts the parts, which come after the lines. */
static gboolean
add_goods (QuayRows *rows, const QuayEvent *event, const Goods *goods, gint64 *no)
{
  static const QuayId unallocated = { { 0 } };
  gint64 own = 0;
  gboolean made_of_others = FALSE;
  for (guint i = 0; goods->parts != NULL && i < goods->parts->len; i++)
    {
      const QuayPart *part = goods->parts->pdata[i];
      if (*no + 2 > QUAY_MAX_MOVES)
        return FALSE;
      add_part (rows, event, goods, part, no);
      if (quay_id_is_nil (&part->product))
        own += part->qty.milli;
      else
        made_of_others = TRUE;
    }
  if (own > goods->qty.milli)
    return FALSE;
  if (own == goods->qty.milli || made_of_others || quay_id_is_nil (goods->product) || !goods->move)
    return TRUE;
  QuayMove rest = { .no = goods->line,
                    .line = goods->line,
                    .loc = &event->loc,
                    .product = goods->product,
                    .lot = &unallocated,
                    .qty = QUAY_MILLI (goods->sign * (goods->qty.milli - own)) };
  quay_rows_of_move (rows, event, &rest);
  return TRUE;
}

gboolean
quay_rows_of_sale (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuaySale *sale = event->body;
  gint64 no = sale->lines->len;
  gint64 offs = 0;
  if (sale->lines->len == 0 || sale->payments->len == 0 || !sums_agree (sale))
    return quay_event_refuse (event, "lines, payments and total don't agree", error);
  if (quay_id_is_nil (&event->loc))
    return quay_event_refuse (event, "goods move but no place is named", error);
  quay_rows_begin (rows, QUAY_TABLE_SALE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, sale->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_id (rows, &event->loc);
  quay_rows_add_int (rows, sale->total.dong);
  quay_rows_add_int (rows, sale->vat.dong);
  quay_rows_add_int (rows, sale->lines->len);
  quay_rows_add_int (rows, sale->age);
  quay_rows_add_text (rows, sale->buyer);
  quay_rows_add_text (rows, sale->note);
  quay_rows_add_known_id (rows, &sale->customer);
  quay_rows_add_text (rows, sale->list);
  for (guint i = 0; i < sale->lines->len; i++)
    {
      const QuayLine *line = sale->lines->pdata[i];
      Goods goods = { i + 1, &line->product, line->qty, line->parts, -1, TRUE };
      add_sale_line (rows, event, i + 1, line);
      if (!add_offs (rows, event, i + 1, line, &offs))
        return quay_event_refuse (event, "too many discounts", error);
      if (!add_goods (rows, event, &goods, &no))
        return quay_event_refuse (event, "a line's lots don't agree with it", error);
    }
  QuayPaid paid = { .payments = sale->payments, .sign = 1, .first = 1 };
  quay_rows_of_payments (rows, event, &paid);
  quay_rows_of_drawer (rows, event, paid.cash);
  quay_rows_of_number (rows, sale->number);
  QuayCustomerMove move = { .customer = &sale->customer,
                            .number = sale->number,
                            .kind = "sale",
                            .amount = paid.debt,
                            .points = sale->points };
  return quay_rows_of_customer (rows, event, &move) ||
         quay_event_refuse (event, "nobody owes what is owed", error);
}

static gboolean
refund_agrees (const QuayRefund *refund)
{
  QuayMoney lines = QUAY_DONG (0);
  QuayMoney paid;
  gboolean known = !quay_id_is_nil (&refund->sale);
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const QuayRefundLine *line = refund->lines->pdata[i];
      if ((line->line > 0) != known || (!known && line->name == NULL) ||
          !quay_money_add (lines, line->amount, &lines))
        return FALSE;
    }
  return quay_payments_sum (refund->payments, &paid) && lines.dong == refund->total.dong &&
         paid.dong == refund->total.dong;
}

static void
add_refund_line (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayRefundLine *line)
{
  const QuayRefund *refund = event->body;
  quay_rows_begin (rows, QUAY_TABLE_REFUND_LINE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &refund->sale);
  quay_rows_add_int (rows, line->line);
  quay_rows_add_int (rows, line->qty.milli);
  quay_rows_add_int (rows, line->amount.dong);
  quay_rows_add_int (rows, line->net.dong);
  quay_rows_add_int (rows, line->restock);
  quay_rows_add_known_id (rows, line->line > 0 ? NULL : &line->product);
  quay_rows_add_text (rows, line->sku);
  quay_rows_add_text (rows, line->name);
  quay_rows_add_text (rows, line->unit);
  quay_rows_add_text (rows, line->vat_class);
  if (line->line > 0)
    quay_rows_add_null (rows);
  else
    quay_rows_add_int (rows, line->rate_bp);
}

gboolean
quay_rows_of_refund (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayRefund *refund = event->body;
  gint64 no = refund->lines->len;
  if (refund->lines->len == 0 || !refund_agrees (refund) || quay_id_is_nil (&event->loc))
    return quay_event_refuse (event, "lines, payments and total don't agree", error);
  quay_rows_begin (rows, QUAY_TABLE_REFUND);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, refund->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_id (rows, &refund->sale);
  quay_rows_add_text (rows, refund->of != NULL ? refund->of : "");
  quay_rows_add_int (rows, refund->total.dong);
  quay_rows_add_text (rows, refund->why);
  quay_rows_add_known_id (rows, &refund->customer);
  quay_rows_add_known_id (rows, &refund->exchange);
  quay_rows_add_text (rows, refund->by);
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const QuayRefundLine *line = refund->lines->pdata[i];
      Goods goods = { i + 1, &line->product, line->qty, line->parts, 1, line->restock != 0 };
      add_refund_line (rows, event, i + 1, line);
      if (!add_goods (rows, event, &goods, &no))
        return quay_event_refuse (event, "a line's lots don't agree with it", error);
    }
  QuayPaid paid = { .payments = refund->payments, .sign = -1, .first = 1 };
  quay_rows_of_payments (rows, event, &paid);
  quay_rows_of_drawer (rows, event, paid.cash);
  quay_rows_of_number (rows, refund->number);
  QuayCustomerMove move = { .customer = &refund->customer,
                            .number = refund->number,
                            .kind = "refund",
                            .amount = paid.debt,
                            .points = refund->points,
                            .doc = &refund->sale };
  return quay_rows_of_customer (rows, event, &move) ||
         quay_event_refuse (event, "nobody owes what is owed", error);
}
