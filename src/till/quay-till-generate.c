/* Large shops for tests and benches: products through the checks of the import, sales as real
 * events through the store, some hundreds a transaction. One seed and one last day give one shop.
 * Thread: main. */
#include "quay-generate.h"
#include "quay-item-edit.h"

#include "quay-error.h"

#define ROWS_A_TXN 1000
#define SETUP_MIN (6 * 60)

/* --- time and chance --- */

static gint64
maker_wall_ms (gpointer data)
{
  return ((QuayMaker *)data)->now_ms;
}

static gint64
maker_mono_ms (gpointer data)
{
  return QUAY_MINUTE_MS;
}

/* Asked by this thread, or by the store's while this one waits. */
static void
maker_random (gpointer data, guint8 *bytes, gsize n)
{
  QuayMaker *maker = data;
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8)(quay_chance_next (&maker->chance) >> 56);
}

guint
quay_maker_pick (QuayMaker *maker, guint n)
{
  return quay_chance_below (&maker->chance, n);
}

/* --- products --- */

static QuayMoney
pick_price (QuayMaker *maker, const QuayGoods *goods, guint pack)
{
  gint64 steps = (goods->high - goods->low) / 500 + 1;
  gint64 price = goods->low + 500 * (gint64)quay_maker_pick (maker, (guint)steps);
  return QUAY_DONG (price * (5 + 4 * pack) / 5 / 500 * 500);
}

/* 893, nine digits that no other product has, and the check digit. */
static char *
make_ean (guint64 n)
{
  char digits[14];
  guint sum = 0;
  g_snprintf (digits, sizeof digits, "893%09u", (guint)(n * 387420489 % 1000000000));
  for (guint i = 0; i < 12; i++)
    sum += (guint)(digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  digits[12] = (char)('0' + (10 - sum % 10) % 10);
  digits[13] = '\0';
  return g_strdup (digits);
}

static void
certify (QuayMaker *maker, QuayItemEdit *edit, guint n)
{
  static const char *const stars[] = { "3", "3", "3", "4", "3", "4", "3", "5" };
  QuayDay day = quay_day_add (maker->first, -(int)quay_maker_pick (maker, 1200));
  edit->ocop_stars = g_strdup (stars[quay_maker_pick (maker, G_N_ELEMENTS (stars))]);
  edit->certificate = g_strdup_printf ("QĐ %u/QĐ-UBND", 100 + n % 3900);
  edit->certified_on = quay_day_to_iso (day);
  edit->valid_until = quay_day_to_iso (quay_day_add (day, 3 * 365));
}

static QuayItemEdit *
make_edit (QuayMaker *maker, guint i, guint base, QuayMadeProduct *product)
{
  guint n_kinds;
  guint pack;
  const char *commune;
  product->weighed = i % 20 == 7;
  const QuayGoods *kinds =
      product->weighed ? quay_goods_by_weight (&n_kinds) : quay_goods_by_piece (&n_kinds);
  guint at = product->weighed ? i / 20 : i;
  const QuayGoods *goods = product->goods = &kinds[at % n_kinds];
  QuayItemEdit *edit = quay_item_edit_new ();
  edit->sku = g_strdup_printf ("G%06u", base + i + 1);
  edit->name = quay_generate_goods_name (goods, at / n_kinds, &pack);
  edit->barcodes =
      product->weighed ? g_strdup_printf ("W:%05u", (base + i) / 20 + 1) : make_ean (base + i + 1);
  g_auto (GStrv) words = g_strsplit (goods->packs[pack], " ", 2);
  edit->unit = g_strdup (words[0]);
  edit->sold_by = g_strdup (product->weighed ? "weight" : "piece");
  product->price = pick_price (maker, goods, pack);
  edit->price = g_strdup_printf ("%" G_GINT64_FORMAT, product->price.dong);
  edit->vat_class = g_strdup (goods->vat_class);
  edit->category = g_strdup (goods->category);
  edit->producer =
      quay_goods_producer (quay_maker_pick (maker, MAX (maker->ask->products / 20, 1)), &commune);
  edit->commune = g_strdup (commune);
  edit->ocop_group = g_strdup (goods->group);
  edit->alcohol = goods->alcohol > 0 ? g_strdup_printf ("%d", goods->alcohol) : NULL;
  edit->minimum = g_strdup_printf ("%u", 2 + quay_maker_pick (maker, 20));
  edit->stock = g_strdup_printf ("%u", quay_maker_demand (maker, i) * 11 / 10 + 10 +
                                           quay_maker_pick (maker, 100));
  edit->pack = g_strdup (goods->packs[pack]);
  if (quay_maker_pick (maker, 10) < 3)
    certify (maker, edit, base + i);
  return edit;
}

static gboolean
plan_product (QuayMaker *maker, QuayEditor *editor, guint i, guint base, GPtrArray *plans,
              GError **error)
{
  static const QuayId none = { { 0 } };
  QuayMadeProduct product = { 0 };
  g_autoptr (GPtrArray) refusals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free);
  g_autoptr (QuayItemEdit) edit = make_edit (maker, i, base, &product);
  QuayItemPlan *plan = quay_item_edit_check (editor, edit, &none, i + 1, refusals);
  if (plan == NULL || !plan->added)
    {
      const QuayRefusal *refusal = refusals->len > 0 ? refusals->pdata[0] : NULL;
      g_set_error (error, QUAY_ERROR, plan != NULL ? QUAY_ERROR_EXISTS : QUAY_ERROR_INVALID,
                   "product '%s': %s %s", edit->sku, refusal != NULL ? refusal->column : "",
                   refusal != NULL ? refusal->why : "is there already");
      g_clear_pointer (&plan, quay_item_plan_free);
      return FALSE;
    }
  product.product = plan->product;
  product.sku = g_strdup (edit->sku);
  product.name = g_strdup (edit->name);
  product.unit = g_intern_string (edit->unit);
  g_array_append_val (maker->products, product);
  g_ptr_array_add (plans, plan);
  return TRUE;
}

static gboolean
make_products (QuayMaker *maker, QuayTill *till, GError **error)
{
  guint base = quay_reader_n_items (till->reader, NULL, TRUE);
  g_autoptr (QuayEditor) editor = quay_editor_new (till);
  for (guint i = 0; i < maker->ask->products;)
    {
      g_autoptr (QuayTxn) txn = quay_txn_new ();
      g_autoptr (GPtrArray) plans =
          g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_plan_free);
      for (guint n = 0; n < ROWS_A_TXN && i < maker->ask->products; n++, i++)
        if (!plan_product (maker, editor, i, base, plans, error))
          return FALSE;
      if (!quay_editor_write (editor, plans, "generate", txn, error))
        return FALSE;
      g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
      if (done == NULL)
        return FALSE;
    }
  return TRUE;
}

/* --- the shop --- */

/* The last day is the last whole one, so that a shop made twice on one day is the same. */
static void
set_days (QuayMaker *maker)
{
  gint64 now = maker->ask->until_ms > 0 ? maker->ask->until_ms : g_get_real_time () / 1000;
  QuayDay last = quay_day_at (now, 0);
  if (now < quay_day_start_ms (last, 0) + (QUAY_CLOSES_MIN + 5) * QUAY_MINUTE_MS)
    last = quay_day_add (last, -1);
  maker->first = quay_day_add (last, 1 - (int)maker->ask->days);
  maker->now_ms = quay_day_start_ms (maker->first, 0) + SETUP_MIN * QUAY_MINUTE_MS;
}

static gboolean
set_up (QuayMaker *maker, GError **error)
{
  const QuaySetup setup = {
    .shop = "Cửa hàng thử nghiệm", .till_code = "QT1", .language = "vi", .width_mm = 80
  };
  g_autoptr (GError) failed = NULL;
  if (!quay_till_make_shop (maker->dir, &setup, &maker->env, &failed) &&
      !g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  g_autoptr (QuayTill) till = quay_till_open_with (maker->dir, NULL, &maker->env, error);
  if (till == NULL)
    return FALSE;
  maker->floor = till->floor;
  maker->user = g_strdup (quay_till_user (till));
  gboolean done = make_products (maker, till, error) && quay_maker_receive (maker, till, error);
  quay_till_close (till);
  return done;
}

static void
clear_product (gpointer data)
{
  QuayMadeProduct *product = data;
  g_free (product->sku);
  g_free (product->name);
}

gboolean
quay_till_generate (const char *dir, const QuayGenerate *ask,
                    void (*progress) (guint done, guint total, gpointer data), gpointer data,
                    GError **error)
{
  QuayMaker maker = { .ask = ask, .dir = dir, .progress = progress, .progress_data = data };
  g_return_val_if_fail (dir != NULL && ask != NULL, FALSE);
  if (ask->days == 0 || ask->days > 36500 || ask->products > 900000)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                           "days are 1 to 36500, products up to 900000");
      return FALSE;
    }
  maker.env = (QuayEnv){ maker_wall_ms, maker_mono_ms, maker_random, &maker, QUAY_ID_NIL };
  maker.chance = ask->seed;
  quay_maker_rank (&maker);
  maker.products = g_array_new (FALSE, FALSE, sizeof (QuayMadeProduct));
  maker.rates = g_array_new (FALSE, FALSE, sizeof (QuayMadeRate));
  g_array_set_clear_func (maker.products, clear_product);
  set_days (&maker);
  gboolean done = set_up (&maker, error) && quay_maker_sell (&maker, error);
  g_clear_pointer (&maker.txn, quay_txn_free);
  g_clear_pointer (&maker.context, g_main_context_unref);
  g_clear_error (&maker.failed);
  g_array_unref (maker.products);
  g_array_unref (maker.rates);
  g_free (maker.ranks);
  g_free (maker.user);
  return done;
}
