/* Numbered SQL files from the resources, one transaction each. */
#include "quay-server-db-sqlite.h"

#include "quay-data-resources.h"

#include <gio/gio.h>

#define STEPS_PATH "/vn/quay/data/migrations/server-sqlite/"
#define APPLICATION_ID 0x51554156 /* 'QUAV' */

static const char *const steps[] = {
  "0001-journal.sql",
  "0002-lots.sql",
  "0003-people.sql",
  "0004-persons.sql",
};

static gboolean
run_all (QuayLite *lite, const char *sql, GError **error)
{
  if (sqlite3_exec (lite->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return quay_lite_fail (lite, "can't migrate", error);
  return TRUE;
}

static gboolean
run_step (QuayLite *lite, int number, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  g_autofree char *path = g_strconcat (STEPS_PATH, steps[number - 1], NULL);
  g_autoptr (GBytes) text =
      g_resource_lookup_data (quay_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (text == NULL || !quay_server_scope_begin (&scope, &lite->base.base, TRUE, error))
    return FALSE;
  g_autofree char *sql = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            APPLICATION_ID, number);
  return run_all (lite, sql, error) && run_all (lite, marks, error) &&
         quay_server_scope_commit (&scope, error);
}

gboolean
quay_lite_migrate (QuayLite *lite, GError **error)
{
  GError *failed = NULL;
  int version = 0;
  {
    g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (&lite->base, "PRAGMA user_version", error);
    if (stmt == NULL)
      return FALSE;
    if (quay_sql_next (stmt, &failed))
      version = (int)quay_sql_get_int (stmt, 0);
  }
  if (!quay_sql_settle (failed, error))
    return FALSE;
  if (version < 0 || version > (int)G_N_ELEMENTS (steps))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NEWER,
                   "'%s' has version %d, this program knows %d", lite->path, version,
                   (int)G_N_ELEMENTS (steps));
      return FALSE;
    }
  while (version < (int)G_N_ELEMENTS (steps))
    if (!run_step (lite, ++version, error))
      return FALSE;
  return TRUE;
}
