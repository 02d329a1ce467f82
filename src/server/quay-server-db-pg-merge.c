/* Running figures and facts: one statement takes the rows of a run as arrays, a parameter a column,
 * and merges them. (A temporary table instead cost more than the merge: its files are made anew and
 * truncated with each transaction.) */
#include "quay-server-db-pg.h"

#include <string.h>

#define MORE 2 /* lam, event */
#define PARAMS (QUAY_ROW_MAX_COLUMNS + MORE)

typedef struct
{
  const QuayTable *table;
  GArray *list;
  GString *columns; /* to insert into, and to select */
  GString *arrays;  /* $1::bigint[], … */
  GString *names;   /* of what the arrays yield */
  GByteArray *values[PARAMS];
  guint n;
} Merge;

typedef struct
{
  const char *name;
  guint32 oid;
} Type;

static const Type types[] = {
  [QUAY_VALUE_INT] = { "bigint", QUAY_PG_INT8 },
  [QUAY_VALUE_TEXT] = { "text", QUAY_PG_TEXT },
  [QUAY_VALUE_BLOB] = { "bytea", QUAY_PG_BYTEA },
};
static const Type any = { "jsonb", QUAY_PG_JSONB };

static const QuayServerRow *
row_at (const Merge *merge, guint i)
{
  return &g_array_index (merge->list, QuayServerRow, i);
}

/* What a column holds; NULL if it is empty in all rows. */
static const Type *
type_of (const Merge *merge, guint column)
{
  if (quay_pg_is_any (merge->table, column))
    return &any;
  for (guint i = 0; i < merge->list->len; i++)
    {
      const QuayValue *value = &row_at (merge, i)->row->values[column];
      if (value->type != QUAY_VALUE_NULL)
        return &types[value->type];
    }
  return NULL;
}

/* Begins the array of one column more. */
static GByteArray *
add_array (Merge *merge, const char *name, const Type *type)
{
  const char *comma = merge->n > 0 ? ", " : "";
  GByteArray *array = g_byte_array_sized_new (merge->list->len * 24 + 64);
  merge->values[merge->n++] = array;
  quay_pg_add_array (array, type->oid, merge->list->len);
  g_string_append_printf (merge->columns, ", \"%s\"", name);
  g_string_append_printf (merge->arrays, "%s$%u::%s[]", comma, merge->n, type->name);
  g_string_append_printf (merge->names, "%s\"%s\"", comma, name);
  return array;
}

static void
add_column (Merge *merge, guint column)
{
  const Type *type = type_of (merge, column);
  if (type == NULL)
    return; /* nothing is inserted: NULL */
  GByteArray *array = add_array (merge, merge->table->columns[column], type);
  for (guint i = 0; i < merge->list->len; i++)
    if (type == &any)
      quay_pg_add_any (array, &row_at (merge, i)->row->values[column]);
    else
      quay_pg_add_value (array, &row_at (merge, i)->row->values[column]);
}

static void
add_all (Merge *merge)
{
  for (guint i = 0; i < merge->table->n_columns; i++)
    add_column (merge, i);
  if (merge->table->mode != QUAY_ROW_LATEST)
    return;
  GByteArray *lam = add_array (merge, "lam", &types[QUAY_VALUE_INT]);
  GByteArray *event = add_array (merge, "event", &types[QUAY_VALUE_BLOB]);
  for (guint i = 0; i < merge->list->len; i++)
    {
      quay_pg_add_int (lam, row_at (merge, i)->lam);
      quay_pg_add_bytes (event, row_at (merge, i)->event->b, sizeof row_at (merge, i)->event->b);
    }
}

static void
append_keys (GString *sql, const QuayTable *table)
{
  for (guint i = 0; i < table->n_keys; i++)
    g_string_append_printf (sql, ", \"%s\"", table->columns[i]);
}

static void
append_update (GString *sql, const QuayTable *table)
{
  const char *figure = table->columns[table->n_columns - 1];
  if (table->mode == QUAY_ROW_ADD)
    {
      g_string_append_printf (sql,
                              "\"%s\" = greatest (%" G_GINT64_FORMAT ", least (%" G_GINT64_FORMAT
                              ", t.\"%s\" + excluded.\"%s\"))",
                              figure, -QUAY_SERVER_FIGURE_MAX, QUAY_SERVER_FIGURE_MAX, figure,
                              figure);
      return;
    }
  for (guint i = table->n_keys; i < table->n_columns; i++)
    g_string_append_printf (sql, "\"%s\" = excluded.\"%s\", ", table->columns[i],
                            table->columns[i]);
  g_string_append (sql, "lam = excluded.lam, event = excluded.event "
                        "WHERE (excluded.lam, excluded.event) > (t.lam, t.event)");
}

static char *
make_statement (const Merge *merge, gint64 site)
{
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql,
                          "INSERT INTO \"%s\" AS t (site%s) SELECT %" G_GINT64_FORMAT
                          "%s FROM unnest (%s) AS s (%s) ORDER BY 1",
                          merge->table->name, merge->columns->str, site, merge->columns->str,
                          merge->arrays->str, merge->names->str);
  append_keys (sql, merge->table);
  g_string_append (sql, " ON CONFLICT (site");
  append_keys (sql, merge->table);
  g_string_append (sql, ") DO UPDATE SET ");
  append_update (sql, merge->table);
  return g_string_free (sql, FALSE);
}

static gboolean
run (QuayPg *pg, const Merge *merge, const char *sql, GError **error)
{
  const char *values[PARAMS];
  int lengths[PARAMS];
  int formats[PARAMS];
  for (guint i = 0; i < merge->n; i++)
    {
      values[i] = (const char *)merge->values[i]->data;
      lengths[i] = (int)merge->values[i]->len;
      formats[i] = 1;
    }
  if (!quay_pg_settle (pg, error))
    return FALSE;
  PGresult *result = PQexecParams (pg->conn, sql, (int)merge->n, NULL, values, lengths, formats, 0);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    return quay_pg_fail (pg, result, "can't merge rows", error);
  PQclear (result);
  return TRUE;
}

gboolean
quay_pg_merge (QuayPg *pg, gint64 site, const QuayTable *table, GArray *list, GError **error)
{
  Merge merge = { .table = table, .list = list };
  merge.columns = g_string_new (NULL);
  merge.arrays = g_string_new (NULL);
  merge.names = g_string_new (NULL);
  add_all (&merge);
  g_autofree char *sql = make_statement (&merge, site);
  gboolean good = run (pg, &merge, sql, error);
  for (guint i = 0; i < merge.n; i++)
    g_byte_array_unref (merge.values[i]);
  g_string_free (merge.columns, TRUE);
  g_string_free (merge.arrays, TRUE);
  g_string_free (merge.names, TRUE);
  return good;
}
