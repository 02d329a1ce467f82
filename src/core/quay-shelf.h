/* What is on hand of every product, as the page Stock shows it: figures of a product from its lots,
 * what is wrong with it, filters, orders. Values; pure but for what is kept of the last order. */
#pragma once

#include "quay-lot.h"

G_BEGIN_DECLS

#define QUAY_SHELF_LOT_DAYS 30         /* a lot that expires within these is near its end */
#define QUAY_SHELF_CERTIFICATE_DAYS 90 /* the same of a certificate */
#define QUAY_SHELF_RATE_DAYS 28        /* the rate of sale is that of so many days */

/** What must be seen of a product; bits. */
typedef enum
{
  QUAY_SHELF_SHORT = 1 << 0,       /* less than its minimum */
  QUAY_SHELF_SOON = 1 << 1,        /* a lot on hand is near its end */
  QUAY_SHELF_EXPIRED = 1 << 2,     /* a lot on hand is expired */
  QUAY_SHELF_CERTIFICATE = 1 << 3, /* its OCOP certificate is near its end */
  QUAY_SHELF_NEGATIVE = 1 << 4,    /* more went than came: of the product, or of a lot */
  QUAY_SHELF_BLOCKED = 1 << 5,     /* a lot on hand is held back */
  QUAY_SHELF_ORDER = 1 << 6,       /* should be ordered */
} QuayShelfState;

/** How the shop has what is on hand of a product. */
typedef enum
{
  QUAY_SHELF_UNKNOWN, /* no lot is known */
  QUAY_SHELF_OWN,
  QUAY_SHELF_CONSIGNED,
  QUAY_SHELF_MIXED, /* lots of several terms */
  QUAY_SHELF_BASKET,
} QuayShelfTerms;
#define QUAY_N_SHELF_TERMS 5

/**
 * QuayShelfAsk: what is asked for.
 * @at_ms: a past moment; 0: now. @day: the business day of that
 * @loc: one place; nil: all, with what lies in baskets
 * @lead_days, @cover_days: days until ordered goods come, and for which an order shall last then
 */
typedef struct
{
  gint64 at_ms;
  QuayDay day;
  QuayId loc;
  gint64 lead_days;
  gint64 cover_days;
} QuayShelfAsk;

/** What a product's figures need of a lot; @code borrowed. */
typedef struct
{
  QuayTerms terms;
  QuayDay expires;
  const char *code;
  gboolean blocked;
} QuayShelfLot;

/**
 * QuayShelfRow: a product. Text members are owned; rows are counted: quay_shelf_row_unref().
 * @no: QuayItem's
 * @stock: on hand; @loose: of that, without a lot
 * @value: own lots at their price, consigned ones at what the producer gets at the shelf price;
 *   loose goods at the unit cost of the lot that came last, 0 if none ever did; of a basket: what
 *   lies in the ready ones
 * @consigned: of the value, the producers'
 * @unit_cost: value ÷ stock, or of the lot that came last; −1 unknown
 * @terms: of the lots on hand, or of the lot that came last; @how: the same in one word
 * @expires, @lot: the lot on hand that ends first; 0 and NULL: none that has a day
 * @soon: lots on hand that end within QUAY_SHELF_LOT_DAYS
 * @parts: products in a basket, 0 for other products; @makes: baskets that what is on hand gives
 * @sold: in the QUAY_SHELF_RATE_DAYS before
 * @kept: how much open orders wait for; of the whole shop now, else 0
 * @order: how much should be ordered, 0 none
 * @state: QuayShelfState bits
 * @fold: search key: name, SKU, codes, producer, lots' numbers that have no digit
 * @numbers: search key: lots' numbers and receipts
 * @by_producer: place of the producer's name in Vietnamese order
 */
typedef struct
{
  gint64 no;
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  char *category;
  char *producer;
  gboolean weighed;
  gboolean active;
  QuayQty minimum;
  QuayDay stars_until;
  QuayMoney price;
  gint64 rate_bp;
  QuayQty stock;
  QuayQty loose;
  QuayMoney value;
  QuayMoney consigned;
  QuayMoney unit_cost;
  QuayTerms terms;
  QuayShelfTerms how;
  guint lots;
  QuayDay expires;
  char *lot;
  guint soon;
  guint parts;
  QuayQty makes;
  QuayQty sold;
  QuayQty kept;
  QuayQty order;
  guint state;
  GString *fold;
  GString *numbers;
  guint by_producer;
} QuayShelfRow;

/** The figures on top. */
typedef struct
{
  QuayMoney value;
  QuayMoney consigned;
  guint shorts;       /* products */
  guint soon;         /* lots */
  guint certificates; /* products */
} QuayShelfSums;

/**
 * QuayShelf: all products, by name.
 * @ask: what it answers
 * @whole: FALSE: the first rows alone, without figures of baskets and sales, @sums not known
 */
typedef struct
{
  QuayShelfAsk ask;
  gboolean whole;
  GPtrArray *rows; /* QuayShelfRow */
  QuayShelfSums sums;
  GString *folds; /* search keys of all rows, one behind the other, and where each begins */
  GArray *fold_at;
  GString *numbers;
  GArray *numbers_at;
  struct
  {
    int column; /* −1: none is kept */
    gboolean descending;
    GPtrArray *rows;
    GArray *indexes; /* guint: their places by name */
  } order;
  struct
  {
    char *key;     /* the search that was made last, NULL: none */
    guint8 *marks; /* 1: the row has all of its words */
    guint n;       /* so many have */
  } found;
} QuayShelf;

/** Columns that rows are put in order by. */
typedef enum
{
  QUAY_SHELF_BY_NAME,
  QUAY_SHELF_BY_PRODUCER,
  QUAY_SHELF_BY_TERMS,
  QUAY_SHELF_BY_STOCK,
  QUAY_SHELF_BY_MINIMUM,
  QUAY_SHELF_BY_COST,
  QUAY_SHELF_BY_VALUE,
  QUAY_SHELF_BY_EXPIRY,
  QUAY_SHELF_BY_STATE,
  QUAY_SHELF_BY_SOLD,
  QUAY_SHELF_BY_ORDER,
  QUAY_SHELF_BY_FREE,
} QuayShelfColumn;

/**
 * QuayShelfFilter: which rows.
 * @text: words, each somewhere in the row's search keys; only one with a digit is looked for in
 *   numbers. NULL for all
 * @category: NULL for all
 * @how: QuayShelfTerms, −1 for all
 * @state: rows with one of these bits, 0 for all; products no longer sold of which nothing is left
 *   are never among them
 */
typedef struct
{
  const char *text;
  const char *category;
  int how;
  guint state;
} QuayShelfFilter;

/** An empty shelf; (transfer full). */
QuayShelf *quay_shelf_new (const QuayShelfAsk *ask);
void quay_shelf_free (QuayShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayShelf, quay_shelf_free)

/** What can still be promised: on hand, and of a basket what can be made, without what orders wait
 * for; below 0 if they wait for more. */
QuayQty quay_shelf_row_free_qty (const QuayShelfRow *row);

/** An empty row; (transfer full). Any thread may hold and drop it. */
QuayShelfRow *quay_shelf_row_new (void);
QuayShelfRow *quay_shelf_row_ref (QuayShelfRow *row);
void quay_shelf_row_unref (QuayShelfRow *row);

/** Books @qty of a lot (NULL: of none) on a row whose price is set. FALSE if a figure leaves its
 * range. */
gboolean quay_shelf_row_add (QuayShelfRow *row, const QuayShelfLot *lot, QuayQty qty,
                             QuayDay day) G_GNUC_WARN_UNUSED_RESULT;
/** Books goods of another product that lie in the row's ready baskets: their value alone. */
gboolean quay_shelf_row_add_inside (QuayShelfRow *row, const QuayShelfRow *inside,
                                    const QuayShelfLot *lot, QuayQty qty) G_GNUC_WARN_UNUSED_RESULT;
/** What is worked out when all lots are booked: @last is the lot that came last, NULL if none. */
gboolean quay_shelf_row_finish (QuayShelfRow *row, const QuayTerms *last,
                                const QuayShelfAsk *ask) G_GNUC_WARN_UNUSED_RESULT;

/** Puts a key of a lot or a receipt where it is searched for. */
void quay_shelf_row_add_key (QuayShelfRow *row, const char *key);

/** What searching needs: when all rows are there, by name. Takes the rows' search keys. */
void quay_shelf_index (QuayShelf *shelf);
/** The same, and sums, places of producers. FALSE if a sum leaves its range. */
gboolean quay_shelf_finish (QuayShelf *shelf) G_GNUC_WARN_UNUSED_RESULT;

/** The rows that pass, in order: (element-type QuayShelfRow) (transfer container): they live as
 * long as the shelf. */
GPtrArray *quay_shelf_select (QuayShelf *shelf, const QuayShelfFilter *filter,
                              QuayShelfColumn column, gboolean descending);

/**
 * quay_shelf_order:
 * @sold: in QUAY_SHELF_RATE_DAYS
 *
 * Nothing as long as what is on hand is no less than the minimum and what is sold until an order
 * comes; else what brings it to the minimum and sales of lead and cover days, in whole units unless
 * @weighed. Never below nothing.
 */
QuayQty quay_shelf_order (QuayQty stock, QuayQty minimum, QuayQty sold, gint64 lead_days,
                          gint64 cover_days, gboolean weighed);

G_END_DECLS
