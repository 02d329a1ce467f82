/* Promotions, price lists and their prices: facts and dated rows. */
#include "quay-reader-prices.h"

#include "quay-reader-private.h"

#include <string.h>

/* Facts of one entity stand together. */
static const char sql_facts[] =
    "SELECT entity, field, value FROM fact WHERE kind = :kind AND value IS NOT NULL"
    " ORDER BY entity, field";
enum
{
  FACT_ENTITY,
  FACT_FIELD,
  FACT_VALUE,
};
static const char sql_list_price[] =
    "SELECT price FROM list_price WHERE list = :list AND product = :product AND day <= :day"
    " ORDER BY day DESC LIMIT 1";
static const char sql_list_coming[] =
    "SELECT day, price FROM list_price WHERE list = :list AND product = :product AND day > :day"
    " ORDER BY day LIMIT 1";
static const char sql_shelf_price[] =
    "SELECT price FROM price WHERE product = :product AND day <= :day ORDER BY day DESC LIMIT 1";
static const char sql_shelf_coming[] =
    "SELECT day, price FROM price WHERE product = :product AND day > :day ORDER BY day LIMIT 1";

/* --- facts --- */

typedef enum
{
  FACT_TEXT,
  FACT_NUMBER,
  FACT_DAY,
  FACT_FLAG,
  FACT_ID,
  FACT_STEPS,
} FactType;

typedef struct
{
  const char *field;
  FactType type;
  gsize offset;
} FactField;

#define AT(member) G_STRUCT_OFFSET (QuayPromotion, member)
static const FactField promotion_fields[] = {
  { "name", FACT_TEXT, AT (name) },
  { "kind", FACT_NUMBER, AT (kind) },
  { "scope", FACT_NUMBER, AT (scope) },
  { "target", FACT_ID, AT (target) },
  { "category", FACT_TEXT, AT (category) },
  { "value", FACT_NUMBER, AT (value) },
  { "buy", FACT_NUMBER, AT (buy) },
  { "get", FACT_NUMBER, AT (get) },
  { "gift", FACT_ID, AT (gift) },
  { "most", FACT_NUMBER, AT (most) },
  { "steps", FACT_STEPS, AT (steps) },
  { "together", FACT_FLAG, AT (together) },
  { "from", FACT_DAY, AT (from) },
  { "until", FACT_DAY, AT (until) },
  { "weekdays", FACT_NUMBER, AT (weekdays) },
  { "minute_from", FACT_NUMBER, AT (minute_from) },
  { "minute_until", FACT_NUMBER, AT (minute_until) },
  { "lists", FACT_FLAG, AT (lists) },
  { "active", FACT_FLAG, AT (active) },
};
#undef AT
#define AT(member) G_STRUCT_OFFSET (QuayPriceList, member)
static const FactField list_fields[] = {
  { "name", FACT_TEXT, AT (name) },  { "from", FACT_DAY, AT (from) },
  { "until", FACT_DAY, AT (until) }, { "minimum", FACT_NUMBER, AT (minimum.milli) },
  { "place", FACT_ID, AT (place) },  { "active", FACT_FLAG, AT (active) },
};
#undef AT

static void
take_text (gpointer value, const FactField *field, QuayStmt *stmt)
{
  g_autofree char *text = quay_column_dup (stmt, FACT_VALUE);
  gpointer member = (guint8 *)value + field->offset;
  QuayId id;
  if (text == NULL)
    return;
  if (field->type == FACT_STEPS)
    {
      g_clear_pointer ((GArray **)member, g_array_unref);
      *(GArray **)member = quay_promo_steps_parse (text);
    }
  else if (field->type == FACT_ID)
    *(QuayId *)member = quay_id_from_text (text, &id) ? id : QUAY_ID_NIL;
  else
    {
      g_free (*(char **)member);
      *(char **)member = g_steal_pointer (&text);
    }
}

static void
take_fact (gpointer value, const FactField *fields, guint n, QuayStmt *stmt)
{
  const char *name = (const char *)sqlite3_column_text (stmt, FACT_FIELD);
  gint64 number = sqlite3_column_int64 (stmt, FACT_VALUE);
  for (guint i = 0; name != NULL && i < n; i++)
    {
      gpointer member = (guint8 *)value + fields[i].offset;
      if (strcmp (fields[i].field, name) != 0)
        continue;
      if (fields[i].type == FACT_NUMBER)
        *(gint64 *)member = number;
      else if (fields[i].type == FACT_DAY)
        *(QuayDay *)member = (QuayDay)number;
      else if (fields[i].type == FACT_FLAG)
        *(gboolean *)member = number != 0;
      else
        take_text (value, &fields[i], stmt);
    }
}

static QuayStmt *
begin_facts (QuayReader *reader, const char *kind)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql_facts);
  if (stmt != NULL)
    quay_bind_text (stmt, ":kind", kind);
  return stmt;
}

static int
compare_promotions (gconstpointer a, gconstpointer b)
{
  const QuayPromotion *x = *(QuayPromotion *const *)a;
  const QuayPromotion *y = *(QuayPromotion *const *)b;
  if (x->from != y->from)
    return x->from > y->from ? -1 : 1;
  int by = g_strcmp0 (x->name, y->name);
  return by != 0 ? by : memcmp (x->id.b, y->id.b, sizeof x->id.b);
}

GPtrArray *
quay_reader_promotions (QuayReader *reader)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_promotion_free);
  QuayPromotion *promotion = NULL;
  g_autoptr (QuayStmt) stmt = begin_facts (reader, "promotion");
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayId id = quay_reader_need_id (reader, stmt, FACT_ENTITY);
      if (promotion == NULL || !quay_id_equal (&promotion->id, &id))
        {
          promotion = quay_promotion_new ();
          promotion->id = id;
          g_ptr_array_add (all, promotion);
        }
      take_fact (promotion, promotion_fields, G_N_ELEMENTS (promotion_fields), stmt);
    }
  g_ptr_array_sort (all, compare_promotions);
  return all;
}

static int
compare_lists (gconstpointer a, gconstpointer b)
{
  const QuayPriceList *x = *(QuayPriceList *const *)a;
  const QuayPriceList *y = *(QuayPriceList *const *)b;
  int by = g_strcmp0 (x->name, y->name);
  return by != 0 ? by : strcmp (x->code, y->code);
}

GPtrArray *
quay_reader_price_lists (QuayReader *reader)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_price_list_free);
  QuayPriceList *list = NULL;
  g_autoptr (QuayStmt) stmt = begin_facts (reader, "pricelist");
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      const char *bytes = sqlite3_column_blob (stmt, FACT_ENTITY);
      int len = sqlite3_column_bytes (stmt, FACT_ENTITY);
      g_autofree char *code = g_strndup (bytes != NULL ? bytes : "", (gsize)len);
      if (list == NULL || strcmp (list->code, code) != 0)
        {
          list = quay_price_list_new ();
          list->code = g_steal_pointer (&code);
          g_ptr_array_add (all, list);
        }
      take_fact (list, list_fields, G_N_ELEMENTS (list_fields), stmt);
    }
  g_ptr_array_sort (all, compare_lists);
  return all;
}

/* --- prices --- */

static QuayStmt *
begin_price (QuayReader *reader, const char *sql, const char *list, const QuayId *product,
             QuayDay day)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt == NULL)
    return NULL;
  if (list != NULL)
    quay_bind_text (stmt, ":list", list);
  quay_bind_id (stmt, ":product", product);
  quay_bind_int (stmt, ":day", day);
  return stmt;
}

/* A row that holds NULL says that from its day there is none. */
static gboolean
read_price (QuayReader *reader, QuayStmt *stmt, QuayMoney *price)
{
  if (stmt == NULL || !quay_reader_next (reader, stmt) ||
      sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    return FALSE;
  *price = QUAY_DONG (sqlite3_column_int64 (stmt, 0));
  return TRUE;
}

static void
read_coming (QuayReader *reader, QuayStmt *stmt, QuayListPrice *price)
{
  if (stmt == NULL || !quay_reader_next (reader, stmt))
    return;
  price->coming_day = sqlite3_column_int (stmt, 0);
  price->coming_has_price = sqlite3_column_type (stmt, 1) != SQLITE_NULL;
  price->coming = QUAY_DONG (sqlite3_column_int64 (stmt, 1));
}

gboolean
quay_reader_list_price (QuayReader *reader, const char *list, const QuayId *product, QuayDay day,
                        QuayMoney *price)
{
  g_autoptr (QuayStmt) stmt = begin_price (reader, sql_list_price, list, product, day);
  return read_price (reader, stmt, price);
}

QuayListPrice
quay_reader_list_price_at (QuayReader *reader, const char *list, const QuayId *product, QuayDay day)
{
  QuayListPrice price = { 0 };
  g_autoptr (QuayStmt) coming = begin_price (reader, sql_list_coming, list, product, day);
  price.has_price = quay_reader_list_price (reader, list, product, day, &price.price);
  read_coming (reader, coming, &price);
  return price;
}

QuayListPrice
quay_reader_shelf_price_at (QuayReader *reader, const QuayId *product, QuayDay day)
{
  QuayListPrice price = { 0 };
  g_autoptr (QuayStmt) now = begin_price (reader, sql_shelf_price, NULL, product, day);
  g_autoptr (QuayStmt) coming = begin_price (reader, sql_shelf_coming, NULL, product, day);
  price.has_price = read_price (reader, now, &price.price);
  read_coming (reader, coming, &price);
  return price;
}
