/* What was read of lots and recipes for the cart. A scan asks for all lines of the cart whether
 * they may be sold, and the payment asks once more: only what no scan has read yet is read then.
 * All of it holds until an event is booked. Thread: main. */
#include "quay-till-private.h"

#include "quay-reader-lots.h"

#include <string.h>

struct _QuayLotCache
{
  GHashTable *shelves; /* place and product → GPtrArray of QuayLot */
  GHashTable *recipes; /* product → GPtrArray of QuayPart */
  guint serial;        /* of the store, when they were read */
};

typedef struct
{
  QuayId loc;
  QuayId product;
} ShelfKey;

static guint
hash_shelf (gconstpointer key)
{
  const ShelfKey *shelf = key;
  return quay_id_hash (&shelf->loc) * 31 + quay_id_hash (&shelf->product);
}

static gboolean
equal_shelves (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (ShelfKey)) == 0;
}

void
quay_till_lot_cache_free (QuayTill *till)
{
  if (till->lots == NULL)
    return;
  g_hash_table_unref (till->lots->shelves);
  g_hash_table_unref (till->lots->recipes);
  g_clear_pointer (&till->lots, g_free);
}

/* The serial is taken before anything is read: what is booked meanwhile makes it old. */
void
quay_till_lot_cache_begin (QuayTill *till)
{
  GDestroyNotify unref = (GDestroyNotify)g_ptr_array_unref;
  guint serial = quay_store_booked_serial (till->store);
  if (till->lots != NULL && till->lots->serial == serial)
    return;
  quay_till_lot_cache_free (till);
  till->lots = g_new0 (QuayLotCache, 1);
  till->lots->serial = serial;
  till->lots->shelves = g_hash_table_new_full (hash_shelf, equal_shelves, g_free, unref);
  till->lots->recipes = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, unref);
}

void
quay_till_lot_cache_end (QuayTill *till)
{
  if (quay_reader_has_failed (till->reader))
    quay_till_lot_cache_free (till); /* what seemed to be empty may not be */
}

GPtrArray *
quay_till_lot_cache_shelf (QuayTill *till, const QuayId *loc, const QuayId *product)
{
  ShelfKey key = { *loc, *product };
  GPtrArray *lots = g_hash_table_lookup (till->lots->shelves, &key);
  if (lots == NULL)
    {
      lots = quay_reader_lots (till->reader, loc, product);
      g_hash_table_insert (till->lots->shelves, g_memdup2 (&key, sizeof key), lots);
    }
  return lots;
}

GPtrArray *
quay_till_lot_cache_recipe (QuayTill *till, const QuayId *product)
{
  GPtrArray *recipe = g_hash_table_lookup (till->lots->recipes, product);
  if (recipe == NULL)
    {
      recipe = quay_reader_recipe (till->reader, product);
      g_hash_table_insert (till->lots->recipes, g_memdup2 (product, sizeof *product), recipe);
    }
  return recipe;
}
