/* Promotions: what a shop takes off by itself, on which goods and when. Pure; any thread. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/** What a promotion takes off. The order is frozen: it is stored. */
typedef enum
{
  QUAY_PROMO_PERCENT, /* @value hundredths of a percent */
  QUAY_PROMO_AMOUNT,  /* @value đồng of each piece, of each kilogram */
  QUAY_PROMO_GET,     /* of @buy + @get pieces the cheapest @get are free */
  QUAY_PROMO_STEPS,   /* the more, the more: @steps by quantity */
  QUAY_PROMO_EXPIRY,  /* goods that expire soon: @steps by days left */
  QUAY_PROMO_GIFT,    /* for @buy units of its goods, @get pieces of @gift at @value hundredths of a
                       * percent off; 10000: free */
} QuayPromoKind;
#define QUAY_N_PROMO_KINDS 6

/** On which goods. The order is frozen: it is stored. */
typedef enum
{
  QUAY_PROMO_ALL,
  QUAY_PROMO_PRODUCT,
  QUAY_PROMO_CATEGORY,
  QUAY_PROMO_PRODUCER,
} QuayPromoScope;
#define QUAY_N_PROMO_SCOPES 4

#define QUAY_PROMO_MAX_STEPS 8

/** From @from units on, or up to @from days before the last one: @bp hundredths of a percent. */
typedef struct
{
  gint64 from;
  gint64 bp;
} QuayPromoStep;

/**
 * QuayPromotion: text members are owned.
 * @name: as printed under a line
 * @target: product or producer; @category: its code; by @scope
 * @value, @buy, @get: by @kind; @buy and @get in pieces
 * @gift: another product, which is no goods of the promotion whatever its scope is
 * @most: pieces of @gift for one cart, 0 any number
 * @steps: (element-type QuayPromoStep): by @kind; NULL for none
 * @together: pieces of all goods in scope are counted together, else each product for itself
 * @from, @until: first and last day, 0 open
 * @weekdays: bit 0 Monday … bit 6 Sunday; 0: every day
 * @minute_from, @minute_until: of the clock, @until not included; 0 and 0: all day; from the
 *   greater to the smaller: over midnight
 * @lists: also for carts with prices of a list
 * @active: FALSE: switched off
 */
typedef struct
{
  QuayId id;
  char *name;
  gint64 kind;
  gint64 scope;
  QuayId target;
  char *category;
  gint64 value;
  gint64 buy;
  gint64 get;
  QuayId gift;
  gint64 most;
  GArray *steps;
  gboolean together;
  QuayDay from;
  QuayDay until;
  gint64 weekdays;
  gint64 minute_from;
  gint64 minute_until;
  gboolean lists;
  gboolean active;
} QuayPromotion;

/**
 * QuayPromoMoment: when a cart is priced, and what the law says then.
 * @minute: of the clock in Vietnam, 0–1439; @weekday: of it, 0 Monday … 6 Sunday
 * @list: the cart has the prices of a list
 * @spirit_abv: of what has so much alcohol (tenths of a percent) nothing may be taken off; 0: of
 *   all may
 */
typedef struct
{
  QuayDay day;
  gint64 minute;
  gint64 weekday;
  gboolean list;
  gint64 spirit_abv;
} QuayPromoMoment;

/** What the catalogue and the shelf say of a line's goods. @category is borrowed; @expires: last
 * day of the lot that would be sold, 0 unknown. */
typedef struct
{
  const char *category;
  QuayId producer;
  QuayDay expires;
} QuayPromoGoods;

/** What is best for a line: @promo −1 for none. */
typedef struct
{
  int promo;
  QuayMoney off;
} QuayPromoBest;

/** An empty one, switched on; (transfer full). */
QuayPromotion *quay_promotion_new (void);
QuayPromotion *quay_promotion_copy (const QuayPromotion *promotion);
void quay_promotion_free (QuayPromotion *promotion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPromotion, quay_promotion_free)

/**
 * quay_promo_steps_parse:
 * @text: "3:500 10:1000", as it is stored: by blanks, at most QUAY_PROMO_MAX_STEPS, numbers from 0
 *   that grow, percentages 1–10000
 *
 * Returns: (element-type QuayPromoStep) (transfer full); NULL if it is anything else.
 */
GArray *quay_promo_steps_parse (const char *text);
/** The same as text; (transfer full). */
char *quay_promo_steps_print (GArray *steps);

/** The name of the member that is wrong ("name", "value", "buy", "get", "gift", "most", "steps",
 * "target", "until", "hours", "weekdays"); NULL for a promotion that makes sense. */
const char *quay_promotion_check (const QuayPromotion *promotion);

/** Whether it counts at that moment. */
gboolean quay_promotion_is_on (const QuayPromotion *promotion, const QuayPromoMoment *moment);

/** Whether it is meant for these goods. Open items, which are no product, are never; nor is what
 * the law keeps promotions from. */
gboolean quay_promotion_covers (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                                const QuayLine *line, const QuayPromoGoods *goods);

/**
 * quay_promotion_offs:
 * @lines: (element-type QuayLine); @goods: QuayPromoGoods, one a line
 * @offs: (out): đồng, one a line: what it takes off each, from 0 to its gross
 *
 * What one promotion takes off if it is the only one. What a free piece costs is spread over all
 * lines that were counted with it, in proportion to what they cost, so that a piece that comes back
 * gives back its share. A gift is taken off its own lines alone, from the dearest piece on: it is
 * what costs nothing, and what is bought costs what it costs. The order of lines changes nothing.
 */
void quay_promotion_offs (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                          GPtrArray *lines, GArray *goods, gint64 *offs);

/** How many pieces of its gift a cart has earned, whether they are in it or not; 0 for other kinds.
 */
gint64 quay_promotion_earned (const QuayPromotion *promotion, const QuayPromoMoment *moment,
                              GPtrArray *lines, GArray *goods);

/**
 * quay_promotions_best:
 * @promotions: (element-type QuayPromotion) (nullable)
 * @best: (out): one a line
 *
 * The promotion that takes most off, for each line for itself; of equal ones that with the smallest
 * id, so that all tills agree.
 */
void quay_promotions_best (GPtrArray *promotions, const QuayPromoMoment *moment, GPtrArray *lines,
                           GArray *goods, QuayPromoBest *best);

G_END_DECLS
