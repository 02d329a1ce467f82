/* The projected tables as one hash, in the order of their keys: what two tills that have exchanged
 * all have in common. Where rows lie, and in which file a record came first, does not count. */
#include "quay-store-private.h"
#include "quay-store-sync.h"
#include "quay-verify.h"

#include <string.h>

/* An item's number and rank depend on the order of arrival and are left out. */
const char quay_sql_items[] =
    "SELECT product, sku, name, unit, weighed, vat_class, category, producer, producer_name, stars,"
    " stars_from, stars_until, abv, minimum, picture, active, sort, fold FROM item ORDER BY "
    "product";
static const char sql_booked[] = "SELECT event FROM booked ORDER BY event";

char *
quay_projected_query (const QuayTable *table, gboolean by_place)
{
  GString *sql = g_string_new ("SELECT ");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  if (table->mode == QUAY_ROW_LATEST)
    g_string_append (sql, ", lam, event");
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY ", table->name);
  gboolean places = by_place && table->mode == QUAY_ROW_ONCE;
  for (guint i = 0; i < table->n_keys && !places; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  if (places)
    g_string_append (sql, "no");
  return g_string_free (sql, FALSE);
}

/* Type, length and bytes of each column, so that no two rows run into one another. */
static void
hash_row (GChecksum *sum, sqlite3_stmt *stmt)
{
  for (int i = 0; i < sqlite3_column_count (stmt); i++)
    {
      int type = sqlite3_column_type (stmt, i);
      gint64 number = type == SQLITE_INTEGER ? sqlite3_column_int64 (stmt, i) : 0;
      const void *bytes = type == SQLITE_INTEGER ? &number : sqlite3_column_blob (stmt, i);
      gint32 head[2] = { type, type == SQLITE_INTEGER ? (int)sizeof number
                                                      : sqlite3_column_bytes (stmt, i) };
      g_checksum_update (sum, (const guchar *)head, sizeof head);
      if (head[1] > 0)
        g_checksum_update (sum, bytes, head[1]);
    }
}

static gboolean
hash_query (QuayDb *db, const char *sql, const char *name, GChecksum *all, GString *tables,
            GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  if (result == SQLITE_OK)
    while ((result = sqlite3_step (stmt)) == SQLITE_ROW)
      hash_row (sum, stmt);
  if (result != SQLITE_DONE)
    quay_db_fail (db, name, error);
  sqlite3_finalize (stmt);
  g_string_append_printf (tables, "%s %s\n", g_checksum_get_string (sum), name);
  g_checksum_update (all, (const guchar *)g_checksum_get_string (sum), -1);
  return result == SQLITE_DONE;
}

static gboolean
hash_tables (QuayDb *db, GChecksum *all, GString *tables, GError **error)
{
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      g_autofree char *sql = quay_projected_query (quay_table (i), FALSE);
      if (!hash_query (db, sql, quay_table (i)->name, all, tables, error))
        return FALSE;
    }
  return hash_query (db, quay_sql_items, "item", all, tables, error) &&
         hash_query (db, sql_booked, "booked", all, tables, error);
}

gboolean
quay_store_digest (QuayStore *store, QuayHash *digest, char **tables, GError **error)
{
  gsize len = QUAY_HASH_LEN;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GChecksum) all = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  if (aside == NULL || !hash_tables (aside->db, all, lines, error))
    return FALSE;
  g_checksum_get_digest (all, digest->b, &len);
  if (tables != NULL)
    *tables = g_strdup (lines->str);
  return TRUE;
}
