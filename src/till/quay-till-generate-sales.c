/* The sales of a generated shop: baskets, payments, shifts, day by day.
 * Thread: main; while the store books a transaction the next one is made here. */
#include "quay-generate.h"

#include "quay-cart.h"
#include "quay-format.h"
#include "quay-tax.h"
#include "quay-tender.h"

#define SALES_A_TXN 1000
#define DRAWER QUAY_DONG (500000)

/* --- sales --- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QuayMaker *maker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayResult) done = quay_store_commit_finish (maker->store, result, &error);
  maker->in_flight--;
  if (done == NULL && maker->failed == NULL)
    maker->failed = g_steal_pointer (&error);
}

/* Hands the transaction over; one is booked while the next is made. */
static void
flush_txn (QuayMaker *maker)
{
  if (maker->in_txn == 0)
    return;
  while (maker->in_flight > 1)
    g_main_context_iteration (maker->context, TRUE);
  maker->in_flight++;
  maker->in_txn = 0;
  quay_store_commit_async (maker->store, g_steal_pointer (&maker->txn), QUAY_LANE_BACKGROUND, NULL,
                           committed_cb, maker);
  if (maker->progress != NULL)
    maker->progress (maker->done, maker->ask->sales, maker->progress_data);
}

static gint64
moment_ms (gpointer data)
{
  return ((QuayMaker *)data)->moment_ms;
}

/* An id of that moment, as a till would have made it: ids that grow keep the tables compact. */
static QuayId
make_id (QuayMaker *maker, gint64 ts)
{
  QuayEnv env = maker->env;
  env.wall_ms = moment_ms;
  maker->moment_ms = ts;
  return quay_id_new (&env);
}

static void
add_event (QuayMaker *maker, QuayEvent *event, gint64 ts, const QuayId *shift)
{
  event->ts = ts;
  event->who = g_strdup (maker->user);
  event->shift = *shift;
  if (quay_id_is_nil (&event->id))
    event->id = make_id (maker, ts);
  if (maker->txn == NULL)
    maker->txn = quay_txn_new ();
  quay_txn_add (maker->txn, event);
  if (++maker->in_txn >= SALES_A_TXN)
    flush_txn (maker);
}

/* --- popularity --- */

void
quay_maker_rank (QuayMaker *maker)
{
  guint n = maker->ask->products;
  maker->ranks = g_new (guint32, n);
  /* prime to the number of products, so that every rank is another product */
  for (maker->stride = 104729; n > 0 && n % maker->stride == 0;)
    maker->stride += 2;
  for (guint rank = 0; rank < n; rank++)
    maker->ranks[rank * maker->stride % n] = rank;
}

/* The whole part of the cube root of a number below 2^48. */
static guint64
cube_root (guint64 n)
{
  guint64 root = 0;
  for (guint64 bit = 1 << 15; bit != 0; bit >>= 1)
    if ((root + bit) * (root + bit) * (root + bit) <= n)
      root += bit;
  return root;
}

/* What pick_product() gives a rank, of 2^16; 2.9 lines a sale with 1.75 units each. */
guint
quay_maker_demand (QuayMaker *maker, guint i)
{
  guint64 n = maker->ask->products;
  guint64 rank = maker->ranks[i];
  guint64 one = G_GUINT64_CONSTANT (1) << 48;
  guint64 up_to = rank + 1 == n ? 1 << 16 : cube_root (one / n * (rank + 1));
  guint64 share = up_to - cube_root (one / n * rank);
  return (guint)(maker->ask->sales * G_GUINT64_CONSTANT (203) * share / 40 >> 16);
}

/* The few first ranks are most of what is sold: the cube of an even number in 32 bits. */
static const QuayMadeProduct *
pick_product (QuayMaker *maker)
{
  guint64 u = quay_chance_next (&maker->chance) >> 32;
  guint64 cube = (u * u >> 32) * u >> 32;
  guint64 rank = cube * maker->products->len >> 32;
  return &g_array_index (maker->products, QuayMadeProduct,
                         rank * maker->stride % maker->products->len);
}

static QuayQty
pick_qty (QuayMaker *maker, const QuayMadeProduct *product)
{
  static const guint8 pieces[] = { 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 5 };
  if (product->weighed)
    return QUAY_MILLI (200 + 5 * (gint64)quay_maker_pick (maker, 520));
  return QUAY_UNITS (pieces[quay_maker_pick (maker, G_N_ELEMENTS (pieces))]);
}

static gint64
rate_of (QuayMaker *maker, const char *vat_class)
{
  for (guint i = 0; i < maker->rates->len; i++)
    if (g_array_index (maker->rates, QuayMadeRate, i).vat_class == vat_class)
      return g_array_index (maker->rates, QuayMadeRate, i).rate_bp;
  return QUAY_RATE_NOT_TAXED;
}

/* Mean 2.9 lines. */
static guint
pick_size (QuayMaker *maker)
{
  static const guint8 up_to[] = { 22, 48, 69, 83, 92, 97, 99, 100 };
  guint dice = quay_maker_pick (maker, 100);
  guint size = 0;
  while (dice >= up_to[size])
    size++;
  return size + 1;
}

static gboolean
fill_cart (QuayMaker *maker, QuayCart *cart, GError **error)
{
  guint size = pick_size (maker);
  for (guint i = 0; i < size; i++)
    {
      const QuayMadeProduct *product = pick_product (maker);
      QuayLine line = { .product = product->product,
                        .kind = product->weighed ? QUAY_LINE_WEIGHED : QUAY_LINE_PIECE,
                        .sku = product->sku,
                        .name = product->name,
                        .unit = (char *)product->unit,
                        .qty = pick_qty (maker, product),
                        .price = product->price,
                        .vat_class = (char *)product->goods->vat_class,
                        .rate_bp = rate_of (maker, product->goods->vat_class),
                        .abv = product->goods->alcohol * 10 };
      if (!quay_cart_add (cart, &line, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* 80 % cash with the notes at hand, 15 % transfer, 5 % card. */
static gboolean
pay_sale (QuayMaker *maker, QuaySale *sale, GError **error)
{
  QuayMoney notes[QUAY_CASH_SUGGESTIONS];
  QuayMoney change;
  guint dice = quay_maker_pick (maker, 100);
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  sale->payments = g_ptr_array_new ();
  g_ptr_array_add (sale->payments, payment);
  payment->given = sale->total;
  payment->tender = dice < 80   ? QUAY_TENDER_CASH
                    : dice < 95 ? QUAY_TENDER_TRANSFER
                                : QUAY_TENDER_CARD;
  guint n = payment->tender == QUAY_TENDER_CASH ? quay_cash_suggestions (sale->total, notes) : 0;
  if (n > 0)
    payment->given = notes[quay_maker_pick (maker, n)];
  return quay_tender_settle (sale->total, sale->payments, &change, error);
}

static gboolean
make_sale (QuayMaker *maker, gint64 ts, const QuayId *shift, QuayMoney *cash, GError **error)
{
  QuayId id = make_id (maker, ts);
  g_autoptr (QuayCart) cart = quay_cart_new (&id, ts);
  if (!fill_cart (maker, cart, error) || !quay_tax_apply (cart->lines, NULL, error))
    return FALSE;
  g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_SALE);
  QuaySale *sale = event->body;
  QuayCartTotals totals = quay_cart_totals (cart);
  sale->total = totals.total;
  sale->vat = totals.vat;
  sale->age = quay_cart_needs_age (cart) ? QUAY_AGE_CONFIRMED : QUAY_AGE_NOT_ASKED;
  g_ptr_array_set_free_func (cart->lines, NULL);
  sale->lines = g_steal_pointer (&cart->lines); /* the event frees them itself */
  cart->lines = g_ptr_array_new ();
  if (!pay_sale (maker, sale, error))
    return FALSE;
  const QuayPayment *payment = sale->payments->pdata[0];
  if (payment->tender == QUAY_TENDER_CASH)
    cash->dong += payment->amount.dong;
  event->id = id;
  event->loc = maker->floor;
  maker->done++;
  add_event (maker, g_steal_pointer (&event), ts, shift);
  return TRUE;
}

/* --- days --- */

static void
learn_rates (QuayMaker *maker, QuayDay day)
{
  g_array_set_size (maker->rates, 0);
  for (guint i = 0; i < maker->products->len; i++)
    {
      const char *vat_class = g_array_index (maker->products, QuayMadeProduct, i).goods->vat_class;
      gboolean known = FALSE;
      for (guint k = 0; k < maker->rates->len && !known; k++)
        known = g_array_index (maker->rates, QuayMadeRate, k).vat_class == vat_class;
      QuayMadeRate rate = { vat_class, QUAY_RATE_NOT_TAXED };
      if (!known && quay_reader_vat_rate (maker->reader, vat_class, day, &rate.rate_bp))
        g_array_append_val (maker->rates, rate);
    }
}

static QuayId
open_shift (QuayMaker *maker, gint64 ts)
{
  QuayId none = QUAY_ID_NIL;
  QuayEvent *event = quay_event_new (QUAY_EVENT_SHIFT_OPENED);
  QuayId id = event->id = make_id (maker, ts);
  ((QuayShiftOpened *)event->body)->opening = DRAWER;
  add_event (maker, event, ts, &none);
  return id;
}

static void
close_shift (QuayMaker *maker, gint64 ts, const QuayId *shift, QuayMoney cash)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SHIFT_CLOSED);
  QuayShiftClosed *body = event->body;
  body->shift = *shift;
  body->expected = QUAY_DONG (DRAWER.dong + cash.dong);
  body->counted = body->expected;
  add_event (maker, event, ts, shift);
}

/* @n sales between opening and closing time, in order. */
static gboolean
make_day (QuayMaker *maker, QuayDay day, guint n, GError **error)
{
  gint64 start = quay_day_start_ms (day, 0);
  gint64 opens = start + QUAY_OPENS_MIN * QUAY_MINUTE_MS;
  gint64 step = (QUAY_CLOSES_MIN - QUAY_OPENS_MIN) * QUAY_MINUTE_MS / (n + 1);
  QuayMoney cash = QUAY_DONG (0);
  if (n == 0)
    return TRUE;
  learn_rates (maker, day);
  if (!quay_reader_settle (maker->reader, error))
    return FALSE;
  QuayId shift = open_shift (maker, opens);
  for (guint i = 0; i < n; i++)
    {
      gint64 ts = opens + step * i + 1 + (gint64)quay_maker_pick (maker, (guint)MAX (step, 1));
      if (!make_sale (maker, ts, &shift, &cash, error))
        return FALSE;
      if (maker->failed != NULL)
        return FALSE;
    }
  close_shift (maker, start + (QUAY_CLOSES_MIN + 5) * QUAY_MINUTE_MS, &shift, cash);
  return TRUE;
}

static gboolean
make_days (QuayMaker *maker, GError **error)
{
  QuayDay day = maker->first;
  guint made = 0;
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < maker->ask->days; i++, day = quay_day_add (day, 1))
    {
      guint until = (guint)((guint64)maker->ask->sales * (i + 1) / maker->ask->days);
      ok = make_day (maker, day, until - made, error);
      made = until;
    }
  if (ok)
    flush_txn (maker);
  while (maker->in_flight > 0)
    g_main_context_iteration (maker->context, TRUE);
  if (maker->failed != NULL)
    g_propagate_error (error, g_steal_pointer (&maker->failed));
  else if (ok && maker->progress != NULL)
    maker->progress (maker->done, maker->ask->sales, maker->progress_data);
  return ok && maker->failed == NULL;
}

gboolean
quay_maker_sell (QuayMaker *maker, GError **error)
{
  gboolean done = FALSE;
  if (maker->ask->sales == 0 || maker->products->len == 0)
    return TRUE;
  maker->store = quay_store_open_full (maker->dir, &maker->env, NULL,
                                       QUAY_STORE_QUIET | QUAY_STORE_STAMPED, error);
  if (maker->store == NULL)
    return FALSE;
  maker->context = g_main_context_new ();
  g_main_context_push_thread_default (maker->context);
  maker->reader = quay_reader_new (maker->store, error);
  if (maker->reader != NULL)
    done = make_days (maker, error);
  g_main_context_pop_thread_default (maker->context);
  g_clear_pointer (&maker->reader, quay_reader_free);
  g_clear_pointer (&maker->store, quay_store_close);
  return done;
}
