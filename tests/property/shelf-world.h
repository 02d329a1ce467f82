/* Three tills of a shop, and beside them what is true: what lies where, what each producer is owed.
 * Each step does a thing to the goods and writes it down on one till. */
#pragma once

#include "quay-attention.h"
#include "quay-store.h"
#include "quay-test-till.h"

#define TILLS 3
#define PLACES 2
#define PRODUCTS 5 /* the basket comes after them */
#define BASKET PRODUCTS

/* @due: what the producer gets for a unit, in whatever way it leaves at the shop's cost. All prices
 * and rates are such that no share is ever rounded: the law is exact. */
typedef struct
{
  const char *name;
  gboolean weighed;
  gint64 price;
  gint64 due;
  QuayTerms terms;
  gint64 in_basket; /* thousandths */
} Kind;

extern const Kind shelf_kinds[PRODUCTS];

typedef struct
{
  QuayTestEnv env;
  char *dir;
  QuayTill *till;
  guint place;
} Node;

/* Something sold, of which part may come back. */
typedef struct
{
  char *number;
  gint64 line;
  guint product;
  gint64 left;
  gboolean ready; /* a basket that had been made ahead */
} Sold;

/* Goods that lie there and of which no receipt was written yet. */
typedef struct
{
  guint place;
  guint product;
  gint64 qty;
} Late;

typedef struct
{
  GRand *chance;
  QuayStore *server;
  char *server_dir;
  QuayTestEnv server_env;
  Node tills[TILLS];
  QuayId places[PLACES];
  QuayId products[PRODUCTS + 1];
  QuayId producers[PRODUCTS];
  GPtrArray *sold; /* Sold */
  GArray *late;    /* Late */
  /* what is true */
  gint64 shelf[PLACES][PRODUCTS];
  gint64 baskets; /* made ahead, at the first place */
  gint64 owed[PRODUCTS];
  gint64 paid[PRODUCTS];
} World;

void shelf_make (World *world, GRand *chance);
void shelf_clear (World *world);
/** One thing happens to goods, on one till, or a till exchanges its journal. */
void shelf_step (World *world);
void shelf_exchange_all (World *world);
/** Writes the receipt that waits longest. */
void shelf_late_receipt (World *world, Node *node);
int shelf_pick (World *world, int from, int to);
/** Clears one entry of the attention list as far as it goes; TRUE if something was done. */
gboolean shelf_settle (QuayTill *till, const QuayAttention *of);
