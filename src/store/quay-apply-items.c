/* The derived table of items: a product's facts gathered in one row, as the counter needs them.
 * Written once at the end of a transaction, for the products that it touched. */
#include "quay-apply-private.h"

#include "quay-day.h"
#include "quay-text.h"

#include <string.h>

static const char sql_facts[] =
    "SELECT field, value FROM fact WHERE kind = 'product' AND entity = :product";
static const char sql_producer_name[] =
    "SELECT value FROM fact WHERE kind = 'producer' AND entity = :producer AND field = 'name'";
static const char sql_codes[] = "SELECT code FROM code WHERE product = :product ORDER BY code";
static const char sql_code_product[] = "SELECT product FROM code WHERE code = :code";
static const char sql_producer_products[] = "SELECT product FROM item WHERE producer = :producer";
/* no and rank stay as they are */
static const char sql_write[] =
    "INSERT INTO item (product, sku, name, unit, weighed, vat_class, category, producer,"
    " producer_name, stars, stars_from, stars_until, abv, minimum, picture, active, sort, fold)"
    "VALUES (:product, :sku, :name, :unit, :weighed, :vat_class, :category, :producer,"
    " :producer_name, :stars, :stars_from, :stars_until, :abv, :minimum, :picture, :active, :sort,"
    " :fold) "
    "ON CONFLICT (product) DO UPDATE SET sku = excluded.sku, name = excluded.name,"
    " unit = excluded.unit, weighed = excluded.weighed, vat_class = excluded.vat_class,"
    " category = excluded.category, producer = excluded.producer,"
    " producer_name = excluded.producer_name, stars = excluded.stars,"
    " stars_from = excluded.stars_from, stars_until = excluded.stars_until, abv = excluded.abv,"
    " minimum = excluded.minimum, picture = excluded.picture, active = excluded.active,"
    " sort = excluded.sort, fold = excluded.fold";
static const char sql_forget[] = "DELETE FROM person_key WHERE event = :id";
enum
{
  FACT_FIELD,
  FACT_VALUE,
};

/* --- what was touched --- */

static void
touch (GHashTable *set, const void *id)
{
  if (!g_hash_table_contains (set, id))
    g_hash_table_add (set, g_memdup2 (id, sizeof (QuayId)));
}

static gboolean
is_id (const QuayValue *value)
{
  return value->type == QUAY_VALUE_BLOB && value->len == sizeof (QuayId);
}

/* A code may leave one product for another. */
static gboolean
note_code (QuayApply *apply, const QuayRow *row, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_code_product, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":code", row->values[0].u.text);
  if (quay_db_next (apply->db, stmt, &failed) && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    {
      QuayId before = quay_column_id (stmt, 0);
      touch (apply->products, &before);
    }
  if (is_id (&row->values[1]))
    touch (apply->products, row->values[1].u.blob);
  return quay_db_settle (failed, error);
}

/* An erased customer: the key goes here, too, in the transaction that learns of it; without it the
 * name, wherever its ciphertext lies, says nothing. It never comes back. */
static gboolean
note_customer (QuayApply *apply, const QuayRow *row, GError **error)
{
  const QuayValue *value = &row->values[3];
  if (strcmp (row->values[2].u.text, "erased") != 0 || value->type != QUAY_VALUE_INT ||
      value->u.number == 0)
    return TRUE;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_forget, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_blob (stmt, ":id", row->values[1].u.blob, sizeof (QuayId));
  if (!quay_db_done (apply->db, stmt, error))
    return FALSE;
  apply->forgot |= sqlite3_changes (apply->db->handle) > 0;
  return TRUE;
}

gboolean
quay_apply_has_forgotten (QuayApply *apply)
{
  return apply->forgot;
}

void
quay_apply_settle_forgotten (QuayApply *apply)
{
  apply->forgot = FALSE;
}

gboolean
quay_apply_note_row (QuayApply *apply, const QuayRow *row, GError **error)
{
  if (row->table == QUAY_TABLE_CODE)
    return note_code (apply, row, error);
  if (row->table != QUAY_TABLE_FACT || !is_id (&row->values[1]))
    return TRUE;
  if (strcmp (row->values[0].u.text, "product") == 0)
    touch (apply->products, row->values[1].u.blob);
  else if (strcmp (row->values[0].u.text, "producer") == 0)
    touch (apply->producers, row->values[1].u.blob);
  else if (strcmp (row->values[0].u.text, "customer") == 0)
    return note_customer (apply, row, error);
  return TRUE;
}

/* --- gathering --- */

typedef struct
{
  const char *field;
  const char *parameter;
  char *text;
} TextField;

typedef struct
{
  const char *field;
  const char *parameter;
  gint64 number;
} NumberField;

enum
{
  SKU,
  NAME,
  UNIT,
  VAT,
  CATEGORY,
  PICTURE,
  PRODUCER, /* an id as text; not bound as it is */
  N_TEXTS,
};

enum
{
  WEIGHED,
  STARS,
  STARS_FROM,
  STARS_UNTIL,
  ABV,
  MINIMUM,
  ACTIVE,
  N_NUMBERS,
};

typedef struct
{
  gboolean any;
  TextField texts[N_TEXTS];
  NumberField numbers[N_NUMBERS];
  QuayId producer;
  char *producer_name;
  GString *codes;
} Item;

static void
item_init (Item *item)
{
  *item = (Item){
    .texts = { [SKU] = { "sku", ":sku" },
               [NAME] = { "name", ":name" },
               [UNIT] = { "unit", ":unit" },
               [VAT] = { "vat", ":vat_class" },
               [CATEGORY] = { "category", ":category" },
               [PICTURE] = { "picture", ":picture" },
               [PRODUCER] = { "producer", NULL } },
    .numbers = { [WEIGHED] = { "weighed", ":weighed" },
                 [STARS] = { "stars", ":stars" },
                 [STARS_FROM] = { "stars_from", ":stars_from" },
                 [STARS_UNTIL] = { "stars_until", ":stars_until" },
                 [ABV] = { "abv", ":abv" },
                 [MINIMUM] = { "minimum", ":minimum" },
                 [ACTIVE] = { "active", ":active", 1 } },
    .codes = g_string_new (NULL),
  };
}

static void
item_clear (Item *item)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (item->texts[i].text);
  g_free (item->producer_name);
  g_string_free (item->codes, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

/* A number, or a day written as text. */
static gint64
read_number (QuayStmt *stmt, int column)
{
  QuayDay day;
  if (sqlite3_column_type (stmt, column) == SQLITE_TEXT &&
      quay_day_from_text ((const char *)sqlite3_column_text (stmt, column), &day))
    return day;
  return sqlite3_column_int64 (stmt, column);
}

static void
take_fact (Item *item, const char *field, QuayStmt *stmt)
{
  item->any = TRUE;
  if (sqlite3_column_type (stmt, FACT_VALUE) == SQLITE_NULL)
    return;
  for (guint i = 0; i < N_TEXTS; i++)
    if (strcmp (item->texts[i].field, field) == 0)
      item->texts[i].text = quay_column_dup (stmt, FACT_VALUE);
  for (guint i = 0; i < N_NUMBERS; i++)
    if (strcmp (item->numbers[i].field, field) == 0)
      item->numbers[i].number = read_number (stmt, FACT_VALUE);
}

static gboolean
gather_facts (QuayApply *apply, const QuayId *product, Item *item, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_facts, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":product", product);
  while (quay_db_next (apply->db, stmt, &failed))
    take_fact (item, (const char *)sqlite3_column_text (stmt, FACT_FIELD), stmt);
  return quay_db_settle (failed, error);
}

static gboolean
gather_codes (QuayApply *apply, const QuayId *product, Item *item, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_codes, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":product", product);
  while (quay_db_next (apply->db, stmt, &failed))
    g_string_append_printf (item->codes, "\n%s", (const char *)sqlite3_column_text (stmt, 0));
  return quay_db_settle (failed, error);
}

static gboolean
gather_producer (QuayApply *apply, Item *item, GError **error)
{
  GError *failed = NULL;
  if (!quay_id_from_text (item->texts[PRODUCER].text, &item->producer))
    return TRUE;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_producer_name, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":producer", &item->producer);
  if (quay_db_next (apply->db, stmt, &failed))
    item->producer_name = quay_column_dup (stmt, 0);
  return quay_db_settle (failed, error);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Search keys, one a line: name, SKU, codes, producer. */
static char *
make_fold (const Item *item)
{
  g_autofree char *all = g_strjoin (
      "\n", or_empty (item->texts[NAME].text), or_empty (item->texts[SKU].text),
      item->codes->len > 0 ? item->codes->str + 1 : "", or_empty (item->producer_name), NULL);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  g_autoptr (GString) fold = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *key = quay_text_search_key (lines[i]);
      if (*key != '\0')
        g_string_append_printf (fold, "%s%s", fold->len > 0 ? "\n" : "", key);
    }
  return g_string_free (g_steal_pointer (&fold), FALSE);
}

/* --- writing --- */

static gboolean
write_item (QuayApply *apply, const QuayId *product, const Item *item, GError **error)
{
  g_autofree char *fold = make_fold (item);
  g_autoptr (GBytes) sort = quay_text_sort_key (or_empty (item->texts[NAME].text));
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_write, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":product", product);
  for (guint i = 0; i < N_TEXTS; i++)
    if (item->texts[i].parameter != NULL)
      quay_bind_text (stmt, item->texts[i].parameter, or_empty (item->texts[i].text));
  for (guint i = 0; i < N_NUMBERS; i++)
    quay_bind_int (stmt, item->numbers[i].parameter, item->numbers[i].number);
  if (!quay_id_is_nil (&item->producer))
    quay_bind_id (stmt, ":producer", &item->producer);
  quay_bind_text (stmt, ":producer_name", or_empty (item->producer_name));
  gsize len;
  gconstpointer key = g_bytes_get_data (sort, &len);
  quay_bind_blob (stmt, ":sort", key != NULL ? key : "", len);
  quay_bind_text (stmt, ":fold", fold);
  return quay_db_done (apply->db, stmt, error);
}

static gboolean
refresh (QuayApply *apply, const QuayId *product, GError **error)
{
  g_auto (Item) item = { 0 };
  item_init (&item);
  if (!gather_facts (apply, product, &item, error))
    return FALSE;
  if (!item.any) /* a code or a price may arrive before its product */
    return TRUE;
  return gather_codes (apply, product, &item, error) && gather_producer (apply, &item, error) &&
         write_item (apply, product, &item, error);
}

static gboolean
touch_products_of (QuayApply *apply, const QuayId *producer, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_producer_products, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":producer", producer);
  while (quay_db_next (apply->db, stmt, &failed))
    {
      QuayId product = quay_column_id (stmt, 0);
      touch (apply->products, &product);
    }
  return quay_db_settle (failed, error);
}

gboolean
quay_apply_items (QuayApply *apply, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, apply->producers);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!touch_products_of (apply, id, error))
      return FALSE;
  g_hash_table_iter_init (&iter, apply->products);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!refresh (apply, id, error))
      return FALSE;
  apply->written += g_hash_table_size (apply->products);
  quay_apply_reset (apply);
  return TRUE;
}

guint
quay_apply_take_booked (QuayApply *apply)
{
  guint n = apply->booked;
  apply->booked = 0;
  return n;
}

guint
quay_apply_take_written (QuayApply *apply)
{
  guint n = apply->written;
  apply->written = 0;
  return n;
}
