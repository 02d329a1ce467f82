/* Finding products: the index is built after the window's start by a reader of its own, kept up to
 * date with what is saved, and what it finds is kept in a small cache. Thread: main, and one that
 * builds. */
#include "quay-till-private.h"

#include "quay-text.h"
#include "quay-till-bundle.h"
#include "quay-till-orders.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define CACHE_ITEMS 2000
#define BUILD_AFTER_MS 300
#define MANY 200 /* so many changed products are read faster all at once */

/* --- the index --- */

static void
visit_cb (gint64 no, const char *fold, const char *name, gpointer data)
{
  quay_item_search_add (data, no, fold, name);
}

typedef struct
{
  QuayStore *store;
  QuayItemSearch *search;
  GError *failed;
} Build;

/* The pages that were read were memory of this thread, which nobody else uses: of a large catalogue
 * it is more than 20 MB, and the C library keeps it unless it is asked. */
static void
give_back_memory (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static gpointer
build_thread (gpointer data)
{
  Build *build = data;
  build->search = quay_item_search_new ();
  g_autoptr (QuayReader) reader = quay_reader_new (build->store, &build->failed);
  if (reader != NULL)
    {
      quay_reader_visit_folds (reader, visit_cb, build->search);
      quay_reader_settle (reader, &build->failed);
    }
  g_clear_pointer (&reader, quay_reader_free);
  give_back_memory ();
  return build;
}

/* An index that lacks products is used all the same; it counts as a read that failed. */
static void
take_search (QuayTill *till)
{
  g_autofree Build *build = g_thread_join (g_steal_pointer (&till->builder));
  till->search = build->search;
  if (build->failed != NULL)
    quay_till_note_failed (till, build->failed);
}

static void
begin_search (QuayTill *till)
{
  g_clear_handle_id (&till->search_due, g_source_remove);
  Build *build = g_new0 (Build, 1);
  build->store = till->store;
  till->builder = g_thread_new ("search-index", build_thread, build);
}

static gboolean
begin_search_cb (gpointer data)
{
  QuayTill *till = data;
  till->search_due = 0;
  begin_search (till);
  return G_SOURCE_REMOVE;
}

void
quay_till_stop_search (QuayTill *till)
{
  g_clear_handle_id (&till->search_due, g_source_remove);
  if (till->builder != NULL)
    take_search (till);
  g_clear_pointer (&till->search, quay_item_search_free);
}

void
quay_till_start_search (QuayTill *till)
{
  quay_till_stop_search (till);
  g_ptr_array_set_size (till->unindexed, 0);
  /* After the window's first frame, which would have to share the disk with it; or when needed. */
  till->search_due = g_timeout_add (BUILD_AFTER_MS, begin_search_cb, till);
}

/* As the store folds them: the name's words on a line of their own. */
static char *
words_of (const QuayItem *item)
{
  g_autoptr (GString) others = g_string_new (item->sku);
  for (guint i = 0; item->codes != NULL && i < item->codes->len; i++)
    g_string_append_printf (others, " %s", (const char *)item->codes->pdata[i]);
  if (item->producer_name != NULL)
    g_string_append_printf (others, " %s", item->producer_name);
  g_autofree char *name = quay_text_search_key (item->name);
  g_autofree char *rest = quay_text_search_key (others->str);
  return g_strconcat (name, "\n", rest, NULL);
}

static void
index_product (QuayTill *till, const QuayId *product)
{
  QuayAsOf at = quay_till_as_of (till);
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, product);
  if (item == NULL)
    return;
  g_autofree char *words = item->active ? words_of (item) : NULL;
  quay_item_search_set (till->search, item->no, words, item->name);
}

QuayItemSearch *
quay_till_need_search (QuayTill *till)
{
  if (till->search_due != 0)
    begin_search (till);
  if (till->builder != NULL)
    take_search (till);
  for (guint i = 0; i < till->unindexed->len; i++)
    index_product (till, till->unindexed->pdata[i]);
  g_ptr_array_set_size (till->unindexed, 0);
  return till->search;
}

void
quay_till_reindex (QuayTill *till, GPtrArray *products)
{
  till->catalog_serial++;
  if (products->len > MANY)
    quay_till_start_search (till);
  else
    for (guint i = 0; i < products->len; i++)
      g_ptr_array_add (till->unindexed, g_memdup2 (products->pdata[i], sizeof (QuayId)));
  quay_till_items_moved (till);
}

/* --- items by number --- */

GArray *
quay_till_item_nos (QuayTill *till, const char *category, QuayItemOrder order)
{
  QuayItemOrderCache *cache = &till->listed;
  if (cache->nos == NULL || cache->serial != till->catalog_serial || cache->order != order ||
      g_strcmp0 (cache->category, category) != 0)
    {
      g_clear_pointer (&cache->nos, g_array_unref);
      g_free (cache->category);
      cache->category = g_strdup (category);
      cache->order = order;
      cache->serial = till->catalog_serial;
      cache->nos = quay_reader_item_nos (till->reader, category, order, TRUE);
      if (quay_reader_has_failed (till->reader))
        cache->serial = ~till->catalog_serial; /* read again next time */
    }
  return cache->nos;
}

/* What the counter must know before it promises a product: what orders wait for, and how many
 * baskets its parts give. */
static void
add_promises (QuayTill *till, QuayItem *item)
{
  if (till->kept == NULL)
    till->kept = quay_till_all_reserved (till);
  const QuayQty *kept = g_hash_table_lookup (till->kept, &item->product);
  item->kept = kept != NULL ? *kept : QUAY_MILLI (0);
  item->makes = MAX (quay_till_baskets_enough (till, &item->product), 0);
}

const QuayItem *
quay_till_peek_item (QuayTill *till, gint64 no)
{
  QuayAsOf at = quay_till_as_of (till);
  if (till->reader == NULL)
    return NULL; /* closed while a list was shown */
  if (till->items_day != at.day || g_hash_table_size (till->items) > CACHE_ITEMS)
    g_hash_table_remove_all (till->items);
  till->items_day = at.day;
  QuayItem *item = g_hash_table_lookup (till->items, &no);
  if (item != NULL)
    return item;
  item = quay_reader_item_by_no (till->reader, &at, no);
  if (item != NULL && quay_reader_has_failed (till->reader))
    g_clear_pointer (&item, quay_item_free);
  if (item != NULL)
    {
      add_promises (till, item);
      g_hash_table_insert (till->items, &item->no, item);
    }
  return item;
}

GPtrArray *
quay_till_search (QuayTill *till, const char *text, guint limit)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_autoptr (GArray) nos = quay_item_search_find (quay_till_need_search (till), text, limit);
  for (guint i = 0; i < nos->len; i++)
    {
      const QuayItem *item = quay_till_peek_item (till, g_array_index (nos, gint64, i));
      if (item != NULL)
        g_ptr_array_add (items, quay_item_copy (item));
    }
  return items;
}

/* --- lists --- */

QuayItem *
quay_till_item (QuayTill *till, const QuayId *product)
{
  QuayAsOf at = quay_till_as_of (till);
  return quay_reader_item (till->reader, &at, product);
}

QuayItem *
quay_till_item_by_sku (QuayTill *till, const char *sku)
{
  QuayAsOf at = quay_till_as_of (till);
  return quay_reader_item_by_sku (till->reader, &at, sku);
}

GPtrArray *
quay_till_best_items (QuayTill *till, const char *category, guint limit)
{
  QuayAsOf at = quay_till_as_of (till);
  GPtrArray *items =
      quay_reader_items (till->reader, &at, category, QUAY_ITEMS_BY_RANK, FALSE, 0, limit);
  for (guint i = 0; i < items->len; i++)
    add_promises (till, items->pdata[i]);
  return items;
}

GPtrArray *
quay_till_all_categories (QuayTill *till)
{
  return quay_reader_categories (till->reader);
}

GPtrArray *
quay_till_categories (QuayTill *till)
{
  GPtrArray *all = quay_reader_categories (till->reader);
  for (guint i = all->len; i-- > 0;)
    if (!quay_reader_has_items (till->reader, ((QuayCategory *)all->pdata[i])->code))
      g_ptr_array_remove_index (all, i);
  return all;
}
