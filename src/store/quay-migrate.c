/* Numbered SQL files from the resources, one transaction each. */
#include "quay-migrate.h"

#include "quay-data-resources.h"

#define STEPS_PATH "/vn/quay/data/migrations/till/"

static const char *const steps[] = {
  "0001-journal.sql", "0002-branches.sql", "0003-lots.sql", "0004-people.sql", "0005-told.sql",
};

int
quay_migrate_newest (void)
{
  return G_N_ELEMENTS (steps);
}

gboolean
quay_migrate_check (QuayDb *db, int *version, GError **error)
{
  gint64 found;
  if (!quay_db_get_int (db, "PRAGMA user_version", &found, error))
    return FALSE;
  if (found < 0 || found > quay_migrate_newest ())
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NEWER,
                   "'%s' has version %d, this program knows %d", db->path, (int)found,
                   quay_migrate_newest ());
      return FALSE;
    }
  *version = (int)found;
  return TRUE;
}

static gboolean
run_step (QuayDb *db, int number, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  g_autofree char *path = g_strconcat (STEPS_PATH, steps[number - 1], NULL);
  g_autoptr (GBytes) text =
      g_resource_lookup_data (quay_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (text == NULL || !quay_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  g_autofree char *sql = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            QUAY_DB_APPLICATION_ID, number);
  return quay_db_run (db, sql, error) && quay_db_run (db, marks, error) &&
         quay_scope_commit (&scope, error);
}

gboolean
quay_migrate_run (QuayDb *db, GError **error)
{
  int version;
  if (!quay_migrate_check (db, &version, error))
    return FALSE;
  while (version < quay_migrate_newest ())
    if (!run_step (db, ++version, error))
      return FALSE;
  return TRUE;
}
