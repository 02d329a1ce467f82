/* The reading connection, and what is read by facts: settings, categories, VAT, entities. */
#include "quay-reader-private.h"

#include "quay-store-private.h"
#include "quay-text.h"

#include <string.h>

#define SETTING_ENTITY "shop"
#define MATCHES_MAX 20000

static const char sql_facts[] = "SELECT field, value FROM fact "
                                "WHERE kind = :kind AND entity = :entity AND value IS NOT NULL";
enum
{
  FACT_FIELD,
  FACT_VALUE,
};
static const char sql_fact[] =
    "SELECT value FROM fact WHERE kind = :kind AND entity = :entity AND field = :field";
static const char sql_find[] =
    "SELECT entity FROM fact WHERE kind = :kind AND field = :field AND value = :value LIMIT 1";
static const char sql_find_sku[] = "SELECT product FROM item WHERE sku = :value LIMIT 1";
static const char sql_entities[] = "SELECT entity, value FROM fact "
                                   "WHERE kind = :kind AND field = :field AND value IS NOT NULL "
                                   "ORDER BY entity";
static const char sql_categories[] = "SELECT entity, field, value FROM fact "
                                     "WHERE kind = 'category' ORDER BY entity";
enum
{
  CATEGORY_ENTITY,
  CATEGORY_FIELD,
  CATEGORY_VALUE,
};
static const char sql_rate[] =
    "SELECT value FROM fact WHERE kind = 'param' AND entity = CAST('vat.' || :class AS BLOB)"
    " AND field <= :day AND value IS NOT NULL ORDER BY field DESC LIMIT 1";
static const char sql_running[] = "SELECT n FROM running WHERE what = :what AND key = :key";
static const char sql_local[] = "SELECT value FROM local WHERE key = :key";

/* --- the connection --- */

/* Whether the search key of @name holds each of the words. */
static gboolean
name_matches (const char *name, char **words)
{
  g_autofree char *key = quay_text_search_key (name);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (key, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* matches(name, words), @words being search keys. A shop sells the same names over and over, so an
 * answer is kept as long as the words stay. */
static void
matches_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  QuayReader *reader = sqlite3_user_data (context);
  const char *name = (const char *)sqlite3_value_text (values[0]);
  const char *words = (const char *)sqlite3_value_text (values[1]);
  gpointer known;
  if (name == NULL || words == NULL)
    return;
  if (g_strcmp0 (words, reader->words) != 0 || g_hash_table_size (reader->matches) > MATCHES_MAX)
    {
      g_free (reader->words);
      reader->words = g_strdup (words);
      g_hash_table_remove_all (reader->matches);
    }
  if (!g_hash_table_lookup_extended (reader->matches, name, NULL, &known))
    {
      g_auto (GStrv) each = g_strsplit (words, " ", -1);
      known = GINT_TO_POINTER (name_matches (name, each));
      g_hash_table_insert (reader->matches, g_strdup (name), known);
    }
  sqlite3_result_int (context, GPOINTER_TO_INT (known));
}

QuayReader *
quay_reader_new (QuayStore *store, GError **error)
{
  g_autoptr (QuayReader) reader = g_new0 (QuayReader, 1);
  reader->matches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  if (reader->db == NULL)
    return NULL;
  if (sqlite3_create_function (reader->db->handle, "matches", 2,
                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, reader,
                               matches_cb, NULL, NULL) != SQLITE_OK)
    {
      quay_db_fail (reader->db, "can't add a function", error);
      return NULL;
    }
  return g_steal_pointer (&reader);
}

void
quay_reader_free (QuayReader *reader)
{
  if (reader == NULL)
    return;
  if (reader->failed != NULL)
    g_warning ("a failed read was taken for an answer: %s", reader->failed->message);
  g_clear_error (&reader->failed);
  g_clear_pointer (&reader->db, quay_db_free);
  g_clear_pointer (&reader->matches, g_hash_table_unref);
  g_free (reader->words);
  g_free (reader);
}

/* --- failures --- */

void
quay_reader_note (QuayReader *reader, GError *failed)
{
  if (failed == NULL)
    return;
  if (reader->failed != NULL)
    {
      g_error_free (failed);
      return;
    }
  reader->failed = failed;
  if (reader->watch != NULL)
    reader->watch (reader->watch_data);
}

gboolean
quay_reader_settle (QuayReader *reader, GError **error)
{
  return quay_db_settle (g_steal_pointer (&reader->failed), error);
}

gboolean
quay_reader_has_failed (QuayReader *reader)
{
  return reader->failed != NULL;
}

void
quay_reader_watch (QuayReader *reader, QuayReaderFailed failed, gpointer data)
{
  reader->watch = failed;
  reader->watch_data = data;
}

QuayStmt *
quay_reader_stmt (QuayReader *reader, const char *sql)
{
  GError *failed = NULL;
  QuayStmt *stmt = quay_db_stmt (reader->db, sql, &failed);
  quay_reader_note (reader, failed);
  return stmt;
}

gboolean
quay_reader_next (QuayReader *reader, QuayStmt *stmt)
{
  GError *failed = NULL;
  gboolean row = quay_db_next (reader->db, stmt, &failed);
  quay_reader_note (reader, failed);
  return row;
}

void
quay_reader_note_damage (QuayReader *reader, const char *what)
{
  quay_reader_note (
      reader, g_error_new (QUAY_ERROR, QUAY_ERROR_DAMAGED, "%s in '%s'", what, reader->db->path));
}

char *
quay_reader_need_text (QuayReader *reader, QuayStmt *stmt, int column)
{
  char *text = quay_column_dup (stmt, column);
  if (text != NULL)
    return text;
  quay_reader_note_damage (reader, "a row lacks a text");
  return g_strdup ("");
}

QuayId
quay_reader_need_id (QuayReader *reader, QuayStmt *stmt, int column)
{
  QuayId id = quay_column_id (stmt, column);
  if (sqlite3_column_bytes (stmt, column) != (int)sizeof id.b)
    quay_reader_note_damage (reader, "a row lacks an id");
  return id;
}

/* --- facts --- */

GHashTable *
quay_reader_facts (QuayReader *reader, const char *kind, const QuayId *entity)
{
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_facts);
  if (stmt == NULL)
    return facts;
  quay_bind_text (stmt, ":kind", kind);
  quay_bind_id (stmt, ":entity", entity);
  while (quay_reader_next (reader, stmt))
    g_hash_table_insert (facts, quay_reader_need_text (reader, stmt, FACT_FIELD),
                         quay_reader_need_text (reader, stmt, FACT_VALUE));
  return facts;
}

char *
quay_reader_fact (QuayReader *reader, const char *kind, const char *code, const char *field)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_fact);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":kind", kind);
  quay_bind_blob (stmt, ":entity", code, strlen (code));
  quay_bind_text (stmt, ":field", field);
  return quay_reader_next (reader, stmt) ? quay_column_dup (stmt, 0) : NULL;
}

char *
quay_reader_setting (QuayReader *reader, const char *key)
{
  return quay_reader_fact (reader, "setting", SETTING_ENTITY, key);
}

char *
quay_reader_local (QuayReader *reader, const char *key)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_local);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":key", key);
  return quay_reader_next (reader, stmt) ? quay_column_dup (stmt, 0) : NULL;
}

gint64
quay_reader_running (QuayReader *reader, const char *what, const QuayId *id)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_running);
  if (stmt == NULL)
    return 0;
  quay_id_to_text (id, key);
  quay_bind_text (stmt, ":what", what);
  quay_bind_text (stmt, ":key", key);
  return quay_reader_next (reader, stmt) ? sqlite3_column_int64 (stmt, 0) : 0;
}

gboolean
quay_reader_find_entity (QuayReader *reader, const char *kind, const char *field, const char *value,
                         QuayId *entity)
{
  gboolean by_sku = strcmp (kind, "product") == 0 && strcmp (field, "sku") == 0;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, by_sku ? sql_find_sku : sql_find);
  if (stmt == NULL)
    return FALSE;
  if (!by_sku)
    {
      quay_bind_text (stmt, ":kind", kind);
      quay_bind_text (stmt, ":field", field);
    }
  quay_bind_text (stmt, ":value", value);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *entity = quay_reader_need_id (reader, stmt, 0);
  return TRUE;
}

/* An entity is an id or the bytes of a code. An id shows by its variant bits (RFC 9562), which no
 * code in ASCII has. */
static char *
entity_to_text (QuayStmt *stmt, int column)
{
  const guint8 *bytes = sqlite3_column_blob (stmt, column);
  int len = sqlite3_column_bytes (stmt, column);
  if (len == (int)sizeof (QuayId) && (bytes[8] & 0xc0) == 0x80)
    {
      char text[QUAY_ID_TEXT_LEN + 1];
      QuayId id = quay_column_id (stmt, column);
      quay_id_to_text (&id, text);
      return g_strdup (text);
    }
  return g_strndup ((const char *)bytes, (gsize)len);
}

GPtrArray *
quay_reader_entities (QuayReader *reader, const char *kind, const char *field)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_entities);
  if (stmt == NULL)
    return rows;
  quay_bind_text (stmt, ":kind", kind);
  quay_bind_text (stmt, ":field", field);
  while (quay_reader_next (reader, stmt))
    {
      QuayReportRow *row = g_new0 (QuayReportRow, 1);
      row->key = entity_to_text (stmt, 0);
      row->name = quay_reader_need_text (reader, stmt, 1);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

gboolean
quay_reader_vat_rate (QuayReader *reader, const char *vat_class, QuayDay day, gint64 *rate_bp)
{
  g_autofree char *iso = quay_day_to_iso (day);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_rate);
  if (stmt == NULL || vat_class == NULL)
    return FALSE;
  quay_bind_text (stmt, ":class", vat_class);
  quay_bind_text (stmt, ":day", iso);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *rate_bp = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* --- categories --- */

static void
take_category_fact (QuayReader *reader, QuayCategory *category, QuayStmt *stmt)
{
  const struct
  {
    const char *field;
    char **slot;
  } texts[] = {
    { "name_vi", &category->name_vi },
    { "name_en", &category->name_en },
    { "icon", &category->icon },
    { "band", &category->band },
  };
  g_autofree char *field = quay_reader_need_text (reader, stmt, CATEGORY_FIELD);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (field, texts[i].field) == 0)
      *texts[i].slot = quay_column_dup (stmt, CATEGORY_VALUE);
  if (strcmp (field, "sort") == 0)
    category->sort = sqlite3_column_int64 (stmt, CATEGORY_VALUE);
}

static int
compare_categories_cb (gconstpointer a, gconstpointer b)
{
  const QuayCategory *x = *(QuayCategory *const *)a;
  const QuayCategory *y = *(QuayCategory *const *)b;
  if (x->sort != y->sort)
    return x->sort < y->sort ? -1 : 1;
  return strcmp (x->code, y->code);
}

GPtrArray *
quay_reader_categories (QuayReader *reader)
{
  GPtrArray *categories = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_category_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_categories);
  QuayCategory *category = NULL;
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      g_autofree char *code = entity_to_text (stmt, CATEGORY_ENTITY);
      if (category == NULL || strcmp (category->code, code) != 0)
        {
          category = g_new0 (QuayCategory, 1);
          category->code = g_steal_pointer (&code);
          g_ptr_array_add (categories, category);
        }
      take_category_fact (reader, category, stmt);
    }
  g_ptr_array_sort (categories, compare_categories_cb);
  return categories;
}
