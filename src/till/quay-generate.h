/* Shared by the files of the generator: word lists, chance, the work under way. Private. */
#pragma once

#include "quay-store-private.h"
#include "quay-till-private.h"

G_BEGIN_DECLS

#define QUAY_GOODS_PACKS 4
#define QUAY_OPENS_MIN (7 * 60) /* hours of a generated shop, minutes after midnight */
#define QUAY_CLOSES_MIN (18 * 60)
#define QUAY_MINUTE_MS G_GINT64_CONSTANT (60000)

/**
 * QuayGoods: a kind of goods.
 * @packs: sizes for goods sold by the piece, the first word is the unit; NULL-ended
 * @low, @high: price of the first pack in đồng; a later pack costs more
 * @alcohol: percent by volume, 0 for none
 */
typedef struct
{
  const char *name;
  const char *category;
  const char *vat_class;
  const char *group;
  const char *packs[QUAY_GOODS_PACKS + 1];
  gint64 low;
  gint64 high;
  int alcohol;
} QuayGoods;

/** Kinds sold by the piece, and those sold by weight; static. */
const QuayGoods *quay_goods_by_piece (guint *n);
const QuayGoods *quay_goods_by_weight (guint *n);

/** Name of the @i-th product of a kind: no two of the first 100.000 products of a shop are alike.
 * @pack: (out): the pack's index; (transfer full) */
char *quay_generate_goods_name (const QuayGoods *goods, guint i, guint *pack);

/** The @i-th producer's name; (transfer full). @commune: (out): code of its commune. */
char *quay_goods_producer (guint i, const char **commune);

/** A product that was made, as its sales need it. */
typedef struct
{
  QuayId product;
  char *sku;
  char *name;
  const char *unit;
  const QuayGoods *goods;
  gboolean weighed;
  QuayMoney price;
} QuayMadeProduct;

/** A day's rates, asked for once. */
typedef struct
{
  const char *vat_class;
  gint64 rate_bp;
} QuayMadeRate;

/** The work under way. */
typedef struct
{
  const QuayGenerate *ask;
  const char *dir;
  void (*progress) (guint done, guint total, gpointer data);
  gpointer progress_data;
  QuayEnv env;
  gint64 now_ms;    /* of @env, while nothing but setting up runs */
  gint64 moment_ms; /* of the event being made */
  guint64 chance;
  QuayDay first;
  GArray *products; /* QuayMadeProduct */
  guint64 stride;   /* popularity rank → product */
  guint32 *ranks;   /* of each product */
  QuayStore *store;
  QuayReader *reader;
  QuayId floor;
  char *user;
  GArray *rates; /* QuayMadeRate, of the day being made */
  QuayTxn *txn;
  guint in_txn;
  guint in_flight;
  guint done;
  GMainContext *context;
  GError *failed;
} QuayMaker;

/** Says how popular each product will be. */
void quay_maker_rank (QuayMaker *maker);
/** About how many units of the @i-th product all sales will take. */
guint quay_maker_demand (QuayMaker *maker, guint i);
/** Receives the lots that are asked for. */
gboolean quay_maker_receive (QuayMaker *maker, QuayTill *till, GError **error);
/** Makes all sales, through a store of its own. */
gboolean quay_maker_sell (QuayMaker *maker, GError **error);
/** 0 … @n − 1. */
guint quay_maker_pick (QuayMaker *maker, guint n);

/** A number of a seeded row (splitmix64). */
guint64 quay_chance_next (guint64 *state);
/** 0 … @n − 1. */
guint quay_chance_below (guint64 *state, guint n);

G_END_DECLS
