/* Promotions on lines. */
#include "quay-promotion.h"

#include "quay-discount.h"

#include <string.h>

QuayPromotion *
quay_promotion_new (void)
{
  QuayPromotion *promotion = g_new0 (QuayPromotion, 1);
  promotion->active = TRUE;
  return promotion;
}

QuayPromotion *
quay_promotion_copy (const QuayPromotion *promotion)
{
  QuayPromotion *copy = g_memdup2 (promotion, sizeof *promotion);
  copy->name = g_strdup (promotion->name);
  copy->category = g_strdup (promotion->category);
  copy->steps = promotion->steps != NULL ? g_array_copy (promotion->steps) : NULL;
  return copy;
}

void
quay_promotion_free (QuayPromotion *promotion)
{
  if (promotion == NULL)
    return;
  g_free (promotion->name);
  g_free (promotion->category);
  g_clear_pointer (&promotion->steps, g_array_unref);
  g_free (promotion);
}

/* --- steps --- */

static gboolean
parse_step (const char *text, gint64 above, QuayPromoStep *step)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_signed (parts[0], 10, above + 1, 100000, &step->from, NULL) &&
         g_ascii_string_to_signed (parts[1], 10, 1, 10000, &step->bp, NULL);
}

GArray *
quay_promo_steps_parse (const char *text)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (QuayPromoStep));
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  gint64 above = -1;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      QuayPromoStep step;
      if (*parts[i] == '\0')
        continue;
      if (steps->len == QUAY_PROMO_MAX_STEPS || !parse_step (parts[i], above, &step))
        return NULL;
      above = step.from;
      g_array_append_val (steps, step);
    }
  return steps->len > 0 ? g_steal_pointer (&steps) : NULL;
}

char *
quay_promo_steps_print (GArray *steps)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const QuayPromoStep *step = &g_array_index (steps, QuayPromoStep, i);
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, i > 0 ? " " : "",
                              step->from, step->bp);
    }
  return g_string_free (text, FALSE);
}

/* --- what makes sense --- */

static gboolean
is_piece_count (gint64 n)
{
  return n >= 1 && n <= 1000;
}

static const char *
check_gift (const QuayPromotion *p)
{
  gboolean itself = p->scope == QUAY_PROMO_PRODUCT && quay_id_equal (&p->gift, &p->target);
  if (!is_piece_count (p->buy))
    return "buy";
  if (!is_piece_count (p->get))
    return "get";
  if (quay_id_is_nil (&p->gift) || itself)
    return "gift";
  if (p->value < 1 || p->value > 10000)
    return "value";
  return p->most >= 0 && p->most <= 1000 ? NULL : "most";
}

static const char *
check_kind (const QuayPromotion *p)
{
  switch (p->kind)
    {
    case QUAY_PROMO_PERCENT:
      return p->value >= 1 && p->value <= 10000 ? NULL : "value";
    case QUAY_PROMO_AMOUNT:
      return p->value >= 1 && p->value <= QUAY_MONEY_MAX ? NULL : "value";
    case QUAY_PROMO_GET:
      if (!is_piece_count (p->buy))
        return "buy";
      return is_piece_count (p->get) ? NULL : "get";
    case QUAY_PROMO_GIFT:
      return check_gift (p);
    case QUAY_PROMO_STEPS:
    case QUAY_PROMO_EXPIRY:
      return p->steps != NULL && p->steps->len > 0 ? NULL : "steps";
    default:
      return "kind";
    }
}

static const char *
check_scope (const QuayPromotion *p)
{
  switch (p->scope)
    {
    case QUAY_PROMO_ALL:
      return NULL;
    case QUAY_PROMO_CATEGORY:
      return p->category != NULL && *p->category != '\0' ? NULL : "target";
    case QUAY_PROMO_PRODUCT:
    case QUAY_PROMO_PRODUCER:
      return quay_id_is_nil (&p->target) ? "target" : NULL;
    default:
      return "target";
    }
}

static gboolean
minute_is_sound (gint64 minute)
{
  return minute >= 0 && minute <= 1440;
}

const char *
quay_promotion_check (const QuayPromotion *promotion)
{
  const QuayPromotion *p = promotion;
  const char *wrong;
  if (p->name == NULL || *p->name == '\0')
    return "name";
  if ((wrong = check_scope (p)) != NULL || (wrong = check_kind (p)) != NULL)
    return wrong;
  if (p->until != 0 && p->until < p->from)
    return "until";
  if (!minute_is_sound (p->minute_from) || !minute_is_sound (p->minute_until) ||
      (p->minute_from == p->minute_until && p->minute_from != 0))
    return "hours";
  return p->weekdays >= 0 && p->weekdays < 128 ? NULL : "weekdays";
}

/* --- when and on what --- */

gboolean
quay_promotion_is_on (const QuayPromotion *promotion, const QuayPromoMoment *moment)
{
  const QuayPromotion *p = promotion;
  gint64 from = p->minute_from;
  gint64 until = p->minute_until;
  if (!p->active || (moment->list && !p->lists) || moment->day < p->from ||
      (p->until != 0 && moment->day > p->until))
    return FALSE;
  if (p->weekdays != 0 && (p->weekdays & (1 << moment->weekday)) == 0)
    return FALSE;
  if (from == 0 && until == 0)
    return TRUE;
  return from < until ? moment->minute >= from && moment->minute < until
                      : moment->minute >= from || moment->minute < until;
}

gboolean
quay_promotion_covers (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                       const QuayLine *line, const QuayPromoGoods *goods)
{
  if (quay_id_is_nil (&line->product) || quay_discount_is_barred (line, moment->spirit_abv))
    return FALSE;
  switch (promotion->scope)
    {
    case QUAY_PROMO_PRODUCT:
      return quay_id_equal (&promotion->target, &line->product);
    case QUAY_PROMO_CATEGORY:
      return g_strcmp0 (promotion->category, goods->category) == 0;
    case QUAY_PROMO_PRODUCER:
      return !quay_id_is_nil (&goods->producer) &&
             quay_id_equal (&promotion->target, &goods->producer);
    default:
      return TRUE;
    }
}

/* --- what it takes off --- */

typedef struct
{
  const QuayPromotion *promotion;
  const QuayPromoMoment *moment;
  GPtrArray *lines;
  GArray *goods;
  gboolean *covered;
  gint64 *offs;
} Run;

static gint64
percent_of (const QuayLine *line, gint64 bp)
{
  gint64 off;
  return quay_muldiv (quay_line_gross (line).dong, bp, 10000, &off) ? off : 0;
}

static gint64
amount_of (const QuayLine *line, gint64 dong)
{
  QuayMoney off;
  gint64 gross = quay_line_gross (line).dong;
  return quay_money_times_qty (QUAY_DONG (dong), line->qty, &off) ? MIN (off.dong, gross) : gross;
}

/* Lines that are counted with line @i: of its product, or all. */
static gboolean
counts_with (const Run *run, guint i, guint k)
{
  const QuayLine *a = run->lines->pdata[i];
  const QuayLine *b = run->lines->pdata[k];
  return run->covered[k] && (run->promotion->together || quay_id_equal (&a->product, &b->product));
}

/* Thousandths of all that is counted with line @index. */
static gint64
count_milli (const Run *run, guint index)
{
  gint64 milli = 0;
  for (guint k = 0; k < run->lines->len; k++)
    if (counts_with (run, index, k))
      milli += ((const QuayLine *)run->lines->pdata[k])->qty.milli;
  return milli;
}

static gint64
find_step_off (const Run *run, guint index)
{
  gint64 milli = count_milli (run, index);
  gint64 bp = 0;
  for (guint s = 0; s < run->promotion->steps->len; s++)
    {
      const QuayPromoStep *step = &g_array_index (run->promotion->steps, QuayPromoStep, s);
      if (milli >= step->from * 1000)
        bp = MAX (bp, step->bp);
    }
  return bp;
}

static gint64
find_expiry_off (const Run *run, guint index)
{
  QuayDay expires = g_array_index (run->goods, QuayPromoGoods, index).expires;
  gint64 bp = 0;
  if (expires == 0 || expires < run->moment->day)
    return 0;
  for (guint s = 0; s < run->promotion->steps->len; s++)
    {
      const QuayPromoStep *step = &g_array_index (run->promotion->steps, QuayPromoStep, s);
      if (expires <= quay_day_add (run->moment->day, (int)step->from))
        bp = MAX (bp, step->bp);
    }
  return bp;
}

/* --- buy some, get some --- */

static int
compare_prices (gconstpointer a, gconstpointer b, gpointer data)
{
  GPtrArray *lines = data;
  const QuayLine *x = lines->pdata[*(const guint *)a];
  const QuayLine *y = lines->pdata[*(const guint *)b];
  if (x->price.dong != y->price.dong)
    return x->price.dong < y->price.dong ? -1 : 1;
  return quay_discount_compare (x, y);
}

/* What the cheapest pieces of @group cost. */
static gint64
cost_of_free (const Run *run, GArray *group)
{
  gint64 pieces = 0;
  gint64 cost = 0;
  gint64 set = run->promotion->buy + run->promotion->get;
  for (guint i = 0; i < group->len; i++)
    {
      const QuayLine *line = run->lines->pdata[g_array_index (group, guint, i)];
      pieces += line->qty.milli / 1000;
    }
  gint64 left = pieces / set * run->promotion->get + MAX (pieces % set - run->promotion->buy, 0);
  for (guint i = 0; i < group->len && left > 0; i++)
    {
      const QuayLine *line = run->lines->pdata[g_array_index (group, guint, i)];
      gint64 n = MIN (left, line->qty.milli / 1000);
      cost += n * line->price.dong; /* at most the gross of the line */
      left -= n;
    }
  return cost;
}

/* Lines of a promotion of pieces that are counted with line @index, from the cheapest on; empty
 * unless @index is the first of them. */
static GArray *
find_group (const Run *run, guint index)
{
  GArray *group = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint k = 0; k < run->lines->len; k++)
    if (((const QuayLine *)run->lines->pdata[k])->kind == QUAY_LINE_PIECE &&
        counts_with (run, index, k))
      g_array_append_val (group, k);
  if (group->len > 0 && g_array_index (group, guint, 0) != index)
    g_array_set_size (group, 0);
  g_array_sort_with_data (group, compare_prices, run->lines);
  return group;
}

static void
give_free (const Run *run, guint index)
{
  g_autoptr (GArray) group = find_group (run, index);
  g_autofree gint64 *weights = g_new0 (gint64, group->len + 1);
  g_autofree gint64 *shares = g_new0 (gint64, group->len + 1);
  gint64 cost = cost_of_free (run, group);
  for (guint i = 0; i < group->len; i++)
    weights[i] = quay_line_gross (run->lines->pdata[g_array_index (group, guint, i)]).dong;
  quay_discount_spread (cost, weights, group->len, shares);
  for (guint i = 0; i < group->len; i++)
    run->offs[g_array_index (group, guint, i)] = shares[i];
}

/* --- buy some of this, get some of that --- */

static gboolean
is_gift (const Run *run, guint i)
{
  const QuayLine *line = run->lines->pdata[i];
  return line->kind == QUAY_LINE_PIECE && quay_id_equal (&line->product, &run->promotion->gift) &&
         !quay_discount_is_barred (line, run->moment->spirit_abv);
}

/* Pieces of the gift that the covered lines earn. */
static gint64
count_earned (const Run *run)
{
  const QuayPromotion *p = run->promotion;
  gint64 sets = 0;
  for (guint i = 0; i < run->lines->len; i++)
    {
      gboolean first = run->covered[i];
      for (guint k = 0; k < i && first; k++)
        first = !counts_with (run, i, k);
      if (first)
        sets += count_milli (run, i) / (p->buy * 1000);
    }
  return p->most > 0 ? MIN (sets * p->get, p->most) : sets * p->get;
}

static void
give_gifts (const Run *run)
{
  gint64 left = count_earned (run);
  g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint k = 0; k < run->lines->len; k++)
    if (is_gift (run, k))
      g_array_append_val (group, k);
  g_array_sort_with_data (group, compare_prices, run->lines);
  for (guint i = group->len; i-- > 0 && left > 0;)
    {
      guint at = g_array_index (group, guint, i);
      const QuayLine *line = run->lines->pdata[at];
      gint64 n = MIN (left, line->qty.milli / 1000);
      gint64 off;
      if (quay_muldiv (n * line->price.dong, run->promotion->value, 10000, &off))
        run->offs[at] = off;
      left -= n;
    }
}

static void
take_off (const Run *run, guint i)
{
  const QuayLine *line = run->lines->pdata[i];
  switch (run->promotion->kind)
    {
    case QUAY_PROMO_PERCENT:
      run->offs[i] = percent_of (line, run->promotion->value);
      break;
    case QUAY_PROMO_AMOUNT:
      run->offs[i] = amount_of (line, run->promotion->value);
      break;
    case QUAY_PROMO_GET:
      give_free (run, i);
      break;
    case QUAY_PROMO_STEPS:
      run->offs[i] = percent_of (line, find_step_off (run, i));
      break;
    case QUAY_PROMO_EXPIRY:
      run->offs[i] = percent_of (line, find_expiry_off (run, i));
      break;
    default:
      break;
    }
}

/* FALSE if the promotion does nothing at all. Its gift is no goods of it. */
static gboolean
find_covered (const Run *run)
{
  const QuayPromotion *p = run->promotion;
  if (quay_promotion_check (p) != NULL || !quay_promotion_is_on (p, run->moment))
    return FALSE;
  for (guint i = 0; i < run->lines->len; i++)
    {
      const QuayLine *line = run->lines->pdata[i];
      run->covered[i] = quay_promotion_covers (p, run->moment, line,
                                               &g_array_index (run->goods, QuayPromoGoods, i)) &&
                        (p->kind != QUAY_PROMO_GIFT || !quay_id_equal (&line->product, &p->gift));
    }
  return TRUE;
}

void
quay_promotion_offs (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                     GPtrArray *lines, GArray *goods, gint64 *offs)
{
  g_return_if_fail (goods->len == lines->len);
  g_autofree gboolean *covered = g_new0 (gboolean, lines->len + 1);
  Run run = { promotion, moment, lines, goods, covered, offs };
  memset (offs, 0, lines->len * sizeof *offs);
  if (!find_covered (&run))
    return;
  if (promotion->kind == QUAY_PROMO_GIFT)
    give_gifts (&run);
  for (guint i = 0; i < lines->len; i++)
    if (covered[i])
      take_off (&run, i);
}

gint64
quay_promotion_earned (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                       GPtrArray *lines, GArray *goods)
{
  g_return_val_if_fail (goods->len == lines->len, 0);
  g_autofree gboolean *covered = g_new0 (gboolean, lines->len + 1);
  Run run = { promotion, moment, lines, goods, covered, NULL };
  return promotion->kind == QUAY_PROMO_GIFT && find_covered (&run) ? count_earned (&run) : 0;
}

static gboolean
is_better (GPtrArray *promotions, guint p, gint64 off, const QuayPromoBest *best)
{
  if (off <= 0 || off != best->off.dong || best->promo < 0)
    return off > best->off.dong;
  const QuayPromotion *a = promotions->pdata[p];
  const QuayPromotion *b = promotions->pdata[best->promo];
  return memcmp (a->id.b, b->id.b, sizeof a->id.b) < 0;
}

void
quay_promotions_best (GPtrArray *promotions, const QuayPromoMoment *moment, GPtrArray *lines,
                      GArray *goods, QuayPromoBest *best)
{
  g_autofree gint64 *offs = g_new0 (gint64, lines->len + 1);
  for (guint i = 0; i < lines->len; i++)
    best[i] = (QuayPromoBest){ .promo = -1 };
  for (guint p = 0; promotions != NULL && p < promotions->len; p++)
    {
      quay_promotion_offs (promotions->pdata[p], moment, lines, goods, offs);
      for (guint i = 0; i < lines->len; i++)
        if (is_better (promotions, p, offs[i], &best[i]))
          best[i] = (QuayPromoBest){ (int)p, QUAY_DONG (offs[i]) };
    }
}
