/* What the tests of the store share: a shop in a folder of its own, and verbs as a till would
 * compose them. */
#pragma once

#include "quay-reader.h"
#include "quay-store-private.h"
#include "quay-test.h"

G_BEGIN_DECLS

#define SHOP_PRODUCTS 40
#define SHOP_DAY 20261123

typedef struct
{
  char *dir;
  char *path; /* of the file */
  QuayTestEnv env;
  GRand *chance;
  QuayStore *store; /* NULL while closed */
  const char *vfs;
} Shop;

void shop_set_up (Shop *shop, gconstpointer data);
void shop_tear_down (Shop *shop, gconstpointer data);

/** Another shop than the one of shop_set_up(): its till code, its chance. */
void shop_make (Shop *shop, const char *code, guint seed);

/** Opens the store without work of its own accord. */
void shop_open (Shop *shop);
void shop_close (Shop *shop);

/** Commits one event, or fails the test. */
QuayResult *shop_commit (Shop *shop, QuayEvent *event);

/** A sale of random products; @id may be NULL. */
QuayResult *shop_try_sell (Shop *shop, const QuayId *id, GError **error);
void shop_sell (Shop *shop, guint n);

/** The number of a result's first sale. */
const char *shop_number (QuayResult *result);

/** An event of facts: name, text pairs; a value that begins with '#' is a number, "" clears. */
QuayEvent *shop_facts (QuayEventKind kind, const QuayId *id, const char *code,
                       ...) G_GNUC_NULL_TERMINATED;
QuayEvent *shop_price (const QuayId *product, QuayDay day, gint64 dong);
QuayEvent *shop_code (const char *code, const QuayId *product);
QuayEvent *shop_opening (const QuayId *product, gint64 milli);
QuayEvent *shop_audit (QuayEventKind kind, const char *why);
QuayEvent *shop_cash (gint64 dong);
QuayEvent *shop_shift (gint64 opening);
QuayEvent *shop_shift_close (const QuayId *shift, gint64 counted);

/** Gives back @milli of the first line of a committed sale, whole amount, in cash. */
QuayEvent *shop_refund (const QuayEvent *sale);

/** Products, prices, codes, settings, a shift, sales, a refund: something of everything. */
void shop_fill (Shop *shop, guint sales);

/** The whole check; fails the test with the reason if it is not sound. */
void shop_assert_sound (Shop *shop, gboolean rebuild);

/** Runs SQL on the closed file, as no program of ours would. */
void shop_tamper (Shop *shop, const char *sql);

/** One number of the open or closed file. */
gint64 shop_ask (Shop *shop, const char *sql);

G_END_DECLS
