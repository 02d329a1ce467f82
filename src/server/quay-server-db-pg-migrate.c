/* The schema of PostgreSQL: numbered SQL files from the resources, one transaction each, under a
 * lock so that two servers may start at once. */
#include "quay-server-db-pg.h"

#include "quay-data-resources.h"

#include <gio/gio.h>

#define STEPS_PATH "/vn/quay/data/migrations/server-pg/"
#define LOCK "SELECT pg_advisory_xact_lock (1364542806)" /* 'QUAV' */

static const char *const steps[] = {
  "0001-journal.sql",
  "0002-lots.sql",
  "0003-people.sql",
  "0004-persons.sql",
};

static const char sql_there[] = "SELECT count (*) FROM pg_class c "
                                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                                "WHERE n.nspname = current_schema () AND c.relname = 'schema_step'";
static const char sql_version[] = "SELECT max (step) FROM schema_step";

static gboolean
ask (QuayPg *pg, const char *text, gint64 *out, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (&pg->base, text, error);
  if (stmt == NULL)
    return FALSE;
  *out = quay_sql_next (stmt, &failed) ? quay_sql_get_int (stmt, 0) : 0;
  return quay_sql_settle (failed, error);
}

static gboolean
get_version (QuayPg *pg, gint64 *version, GError **error)
{
  gint64 there;
  *version = 0;
  return ask (pg, sql_there, &there, error) &&
         (there == 0 || ask (pg, sql_version, version, error));
}

static gboolean
run_step (QuayPg *pg, gint64 number, GError **error)
{
  g_autofree char *path = g_strconcat (STEPS_PATH, steps[number - 1], NULL);
  g_autofree char *mark =
      g_strdup_printf ("INSERT INTO schema_step (step) VALUES (%" G_GINT64_FORMAT ")", number);
  g_autoptr (GBytes) text =
      g_resource_lookup_data (quay_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (text == NULL)
    return FALSE;
  g_autofree char *sql = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  return quay_pg_run (pg, sql, error) && quay_pg_run (pg, mark, error);
}

gboolean
quay_pg_migrate (QuayPg *pg, GError **error)
{
  gint64 version;
  g_auto (QuayServerScope) scope = { NULL };
  if (!quay_server_scope_begin (&scope, &pg->base.base, TRUE, error) ||
      !quay_pg_run (pg, LOCK, error) || !get_version (pg, &version, error))
    return FALSE;
  if (version > (gint64)G_N_ELEMENTS (steps))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NEWER,
                   "the database has version %" G_GINT64_FORMAT ", this program knows %d", version,
                   (int)G_N_ELEMENTS (steps));
      return FALSE;
    }
  while (version < (gint64)G_N_ELEMENTS (steps))
    if (!run_step (pg, ++version, error))
      return FALSE;
  return quay_server_scope_commit (&scope, error);
}
