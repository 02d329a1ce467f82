/* Items: one row of the derived table with the day's price and VAT rate and the place's stock. */
#include "quay-reader-private.h"

#include <string.h>

#define ITEMS_MAX 1000

/* A price row that holds NULL says that from its day there is none. */
#define SELECT_ITEM                                                                                \
  "SELECT i.no, i.product, i.sku, i.name, i.unit, i.weighed, i.vat_class, i.category,"             \
  " i.producer, i.producer_name, i.stars, i.stars_from, i.stars_until, i.abv, i.minimum,"          \
  " i.picture, i.active,"                                                                          \
  " (SELECT p.price FROM price p WHERE p.product = i.product AND p.day <= :day"                    \
  "  ORDER BY p.day DESC LIMIT 1),"                                                                \
  " (SELECT f.value FROM fact f WHERE f.kind = 'param'"                                            \
  "  AND f.entity = CAST('vat.' || i.vat_class AS BLOB) AND f.field <= :iso"                       \
  "  AND f.value IS NOT NULL ORDER BY f.field DESC LIMIT 1),"                                      \
  " (SELECT sum(b.qty) FROM stock_balance b WHERE b.loc = :loc AND b.product = i.product) "
enum
{
  ITEM_NO,
  ITEM_PRODUCT,
  ITEM_SKU,
  ITEM_NAME,
  ITEM_UNIT,
  ITEM_WEIGHED,
  ITEM_VAT_CLASS,
  ITEM_CATEGORY,
  ITEM_PRODUCER,
  ITEM_PRODUCER_NAME,
  ITEM_STARS,
  ITEM_STARS_FROM,
  ITEM_STARS_UNTIL,
  ITEM_ABV,
  ITEM_MINIMUM,
  ITEM_PICTURE,
  ITEM_ACTIVE,
  ITEM_PRICE,
  ITEM_RATE,
  ITEM_STOCK,
};

static const char sql_by_product[] = SELECT_ITEM "FROM item i WHERE i.product = :key";
static const char sql_by_no[] = SELECT_ITEM "FROM item i WHERE i.no = :key";
static const char sql_by_sku[] =
    SELECT_ITEM "FROM item i WHERE i.sku = :key ORDER BY i.active DESC, i.no LIMIT 1";
static const char sql_by_code[] =
    SELECT_ITEM "FROM code c JOIN item i ON i.product = c.product WHERE c.code = :key";
static const char sql_codes[] = "SELECT code FROM code WHERE product = :product ORDER BY code";

#define PAGE " LIMIT :limit OFFSET :offset"
#define ALL " FROM item i WHERE i.active >= :active "
#define OF_CATEGORY " FROM item i WHERE i.category = :category AND i.active >= :active "
#define BY_RANK "ORDER BY i.rank DESC, i.sort, i.no"
#define BY_NAME "ORDER BY i.sort, i.no"
#define BY_SKU "ORDER BY i.sku, i.no"

/* [of a category][order] */
static const char *const sql_page[2][3] = {
  { SELECT_ITEM ALL BY_RANK PAGE, SELECT_ITEM ALL BY_NAME PAGE, SELECT_ITEM ALL BY_SKU PAGE },
  { SELECT_ITEM OF_CATEGORY BY_RANK PAGE, SELECT_ITEM OF_CATEGORY BY_NAME PAGE,
    SELECT_ITEM OF_CATEGORY BY_SKU PAGE },
};
static const char *const sql_nos[2][3] = {
  { "SELECT i.no" ALL BY_RANK, "SELECT i.no" ALL BY_NAME, "SELECT i.no" ALL BY_SKU },
  { "SELECT i.no" OF_CATEGORY BY_RANK, "SELECT i.no" OF_CATEGORY BY_NAME,
    "SELECT i.no" OF_CATEGORY BY_SKU },
};
static const char sql_negative[] =
    "SELECT i.no FROM (SELECT product FROM stock_balance WHERE loc = :loc GROUP BY product"
    " HAVING sum(qty) < 0) b JOIN item i ON i.product = b.product ORDER BY i.sort, i.no LIMIT "
    ":limit";
static const char *const sql_count[2] = {
  "SELECT count(*)" ALL,
  "SELECT count(*)" OF_CATEGORY,
};
static const char sql_any[] = "SELECT 1" OF_CATEGORY "LIMIT 1";
static const char sql_folds[] = "SELECT i.no, i.fold, i.name" ALL BY_RANK;

static QuayStmt *
begin_items (QuayReader *reader, const char *sql, const QuayAsOf *at)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt == NULL)
    return NULL;
  reader->at = *at;
  g_snprintf (reader->iso, sizeof reader->iso, "%04d-%02d-%02d", at->day / 10000,
              at->day / 100 % 100, at->day % 100);
  quay_bind_int (stmt, ":day", at->day);
  quay_bind_text (stmt, ":iso", reader->iso);
  quay_bind_id (stmt, ":loc", &reader->at.loc);
  return stmt;
}

/* Stars are the certificate's, and it is valid between its two days; an end that is not known (0)
 * shows none. */
static void
take_stars (QuayItem *item, QuayStmt *stmt, QuayDay day)
{
  item->titled = sqlite3_column_int64 (stmt, ITEM_STARS);
  item->stars_from = sqlite3_column_int (stmt, ITEM_STARS_FROM);
  item->stars_until = sqlite3_column_int (stmt, ITEM_STARS_UNTIL);
  item->stars = item->stars_from <= day && day <= item->stars_until ? item->titled : 0;
}

static QuayItem *
read_item (QuayReader *reader, QuayStmt *stmt, const QuayAsOf *at)
{
  QuayItem *item = g_new0 (QuayItem, 1);
  item->no = sqlite3_column_int64 (stmt, ITEM_NO);
  item->product = quay_reader_need_id (reader, stmt, ITEM_PRODUCT);
  item->sku = quay_reader_need_text (reader, stmt, ITEM_SKU);
  item->name = quay_reader_need_text (reader, stmt, ITEM_NAME);
  item->unit = quay_reader_need_text (reader, stmt, ITEM_UNIT);
  item->weighed = sqlite3_column_int (stmt, ITEM_WEIGHED) != 0;
  item->vat_class = quay_column_dup (stmt, ITEM_VAT_CLASS);
  item->category = quay_column_dup (stmt, ITEM_CATEGORY);
  item->producer = quay_column_id (stmt, ITEM_PRODUCER);
  item->producer_name = quay_column_dup (stmt, ITEM_PRODUCER_NAME);
  take_stars (item, stmt, at->day);
  item->abv = sqlite3_column_int64 (stmt, ITEM_ABV);
  item->minimum = QUAY_MILLI (sqlite3_column_int64 (stmt, ITEM_MINIMUM));
  item->picture = quay_column_dup (stmt, ITEM_PICTURE);
  item->active = sqlite3_column_int (stmt, ITEM_ACTIVE) != 0;
  item->has_price = sqlite3_column_type (stmt, ITEM_PRICE) != SQLITE_NULL;
  item->price = QUAY_DONG (sqlite3_column_int64 (stmt, ITEM_PRICE));
  item->rate_bp = sqlite3_column_type (stmt, ITEM_RATE) == SQLITE_NULL
                      ? QUAY_RATE_NOT_TAXED
                      : sqlite3_column_int64 (stmt, ITEM_RATE);
  item->stock = QUAY_MILLI (sqlite3_column_int64 (stmt, ITEM_STOCK));
  return item;
}

/* --- one item, with its codes --- */

static QuayItem *
finish_item (QuayReader *reader, QuayItem *item)
{
  item->codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_codes);
  if (stmt == NULL)
    return item;
  quay_bind_id (stmt, ":product", &item->product);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (item->codes, quay_reader_need_text (reader, stmt, 0));
  return item;
}

static QuayItem *
one_item (QuayReader *reader, QuayStmt *stmt, const QuayAsOf *at)
{
  QuayItem *item = quay_reader_next (reader, stmt) ? read_item (reader, stmt, at) : NULL;
  return item != NULL ? finish_item (reader, item) : NULL;
}

static QuayItem *
item_by_text (QuayReader *reader, const char *sql, const QuayAsOf *at, const char *key)
{
  g_autoptr (QuayStmt) stmt = begin_items (reader, sql, at);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":key", key);
  return one_item (reader, stmt, at);
}

QuayItem *
quay_reader_item (QuayReader *reader, const QuayAsOf *at, const QuayId *product)
{
  g_autoptr (QuayStmt) stmt = begin_items (reader, sql_by_product, at);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":key", product);
  return one_item (reader, stmt, at);
}

QuayItem *
quay_reader_item_by_no (QuayReader *reader, const QuayAsOf *at, gint64 no)
{
  g_autoptr (QuayStmt) stmt = begin_items (reader, sql_by_no, at);
  if (stmt == NULL)
    return NULL;
  quay_bind_int (stmt, ":key", no);
  return one_item (reader, stmt, at);
}

QuayItem *
quay_reader_item_by_sku (QuayReader *reader, const QuayAsOf *at, const char *sku)
{
  return item_by_text (reader, sql_by_sku, at, sku);
}

QuayItem *
quay_reader_item_by_code (QuayReader *reader, const QuayAsOf *at, const char *code)
{
  return item_by_text (reader, sql_by_code, at, code);
}

/* --- lists --- */

static void
bind_filter (QuayStmt *stmt, const char *category, gboolean inactive)
{
  quay_bind_int (stmt, ":active", inactive ? 0 : 1);
  if (category != NULL)
    quay_bind_text (stmt, ":category", category);
}

GPtrArray *
quay_reader_items (QuayReader *reader, const QuayAsOf *at, const char *category,
                   QuayItemOrder order, gboolean inactive, guint offset, guint limit)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_return_val_if_fail ((guint)order <= QUAY_ITEMS_BY_SKU, items);
  g_autoptr (QuayStmt) stmt = begin_items (reader, sql_page[category != NULL][order], at);
  if (stmt == NULL)
    return items;
  bind_filter (stmt, category, inactive);
  quay_bind_int (stmt, ":limit", MIN (limit, ITEMS_MAX));
  quay_bind_int (stmt, ":offset", offset);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (items, read_item (reader, stmt, at));
  return items;
}

GPtrArray *
quay_reader_negative_items (QuayReader *reader, const QuayAsOf *at, guint limit)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_negative);
  if (stmt == NULL)
    return items;
  quay_bind_id (stmt, ":loc", &at->loc);
  quay_bind_int (stmt, ":limit", limit);
  while (quay_reader_next (reader, stmt))
    {
      QuayItem *item = quay_reader_item_by_no (reader, at, sqlite3_column_int64 (stmt, 0));
      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

guint
quay_reader_n_items (QuayReader *reader, const char *category, gboolean inactive)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_count[category != NULL]);
  if (stmt == NULL)
    return 0;
  bind_filter (stmt, category, inactive);
  return quay_reader_next (reader, stmt) ? (guint)sqlite3_column_int64 (stmt, 0) : 0;
}

gboolean
quay_reader_has_items (QuayReader *reader, const char *category)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_any);
  if (stmt == NULL)
    return FALSE;
  bind_filter (stmt, category, FALSE);
  return quay_reader_next (reader, stmt);
}

GArray *
quay_reader_item_nos (QuayReader *reader, const char *category, QuayItemOrder order,
                      gboolean inactive)
{
  GArray *nos = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_return_val_if_fail ((guint)order <= QUAY_ITEMS_BY_SKU, nos);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_nos[category != NULL][order]);
  if (stmt == NULL)
    return nos;
  bind_filter (stmt, category, inactive);
  while (quay_reader_next (reader, stmt))
    {
      gint64 no = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (nos, no);
    }
  return nos;
}

void
quay_reader_visit_folds (QuayReader *reader, QuayItemVisitor visit, gpointer data)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_folds);
  if (stmt == NULL)
    return;
  bind_filter (stmt, NULL, FALSE);
  while (quay_reader_next (reader, stmt))
    {
      const char *fold = (const char *)sqlite3_column_text (stmt, 1);
      const char *name = (const char *)sqlite3_column_text (stmt, 2);
      if (fold != NULL && name != NULL)
        visit (sqlite3_column_int64 (stmt, 0), fold, name, data);
      else
        quay_reader_note_damage (reader, "a product has no name");
    }
}
