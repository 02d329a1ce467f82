/* Copies for training: made, known again, removed. */
#include "quay-training.h"

#include "quay-backup.h"
#include "quay-files.h"
#include "quay-store-private.h"

static const char sql_mark[] = "INSERT OR REPLACE INTO local (key, value) VALUES (:key, :value)";
static const char sql_marked[] = "SELECT 1 FROM local WHERE key = :key";

gboolean
quay_training_has_mark (QuayDb *db, const char *key, gboolean *marked, GError **error)
{
  GError *failed = NULL;
  *marked = FALSE;
  QuayStmt *stmt = quay_db_stmt (db, sql_marked, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":key", key);
  *marked = quay_db_next (db, stmt, &failed);
  sqlite3_reset (stmt);
  return quay_db_settle (failed, error);
}

gboolean
quay_training_is_marked (QuayDb *db, gboolean *marked, GError **error)
{
  return quay_training_has_mark (db, QUAY_LOCAL_TRAINING, marked, error);
}

gboolean
quay_training_refuse (GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                       "this is a copy for training: nothing of it is real");
  return FALSE;
}

gboolean
quay_store_is_training (QuayStore *store)
{
  return store->training;
}

gboolean
quay_store_need_real (QuayStore *store, GError **error)
{
  if (store->view)
    return quay_view_refuse (error);
  return !store->training || quay_training_refuse (error);
}

/* --- removing --- */

static gboolean
is_training (const char *dir)
{
  gboolean marked = FALSE;
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_READ, NULL, NULL);
  return db != NULL && quay_training_is_marked (db, &marked, NULL) && marked;
}

gboolean
quay_store_drop_training (const char *dir)
{
  if (is_training (dir))
    quay_files_remove_tree (dir);
  return !g_file_test (dir, G_FILE_TEST_EXISTS);
}

/* --- making --- */

gboolean
quay_training_copy (const char *from, const char *vfs, const char *path, GError **error)
{
  GError *failed = NULL;
  QuayVerdict verdict = { 0 };
  g_autoptr (QuayDb) db = quay_db_open (from, QUAY_DB_READ, vfs, error);
  g_auto (QuayScope) scope = { NULL };
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error))
    return FALSE;
  gboolean ok = quay_backup_make (db, path, QUAY_VERIFY_QUICK, NULL, NULL, &verdict, &failed);
  if (!ok && failed == NULL)
    g_set_error (&failed, QUAY_ERROR, QUAY_ERROR_DAMAGED, "the copy is bad: %s", verdict.why);
  quay_verdict_clear (&verdict);
  return quay_db_settle (failed, error) && ok;
}

gboolean
quay_training_mark (QuayDb *db, const char *key, const char *value, GError **error)
{
  QuayStmt *stmt = quay_db_stmt (db, sql_mark, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":key", key);
  quay_bind_text (stmt, ":value", value);
  return quay_db_done (db, stmt, error);
}

static gboolean
mark_file (const char *path, const char *who, GError **error)
{
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_WRITE, NULL, error);
  return db != NULL && quay_training_mark (db, QUAY_LOCAL_TRAINING, who, error) &&
         quay_db_close_clean (g_steal_pointer (&db), error);
}

/* Prepared under another name: a folder called @dir always holds a marked file. */
gboolean
quay_store_make_training (QuayStore *store, const char *dir, const char *who, GError **error)
{
  g_autofree char *made = g_strconcat (dir, ".new", NULL);
  g_autofree char *path = g_build_filename (made, QUAY_STORE_FILE, NULL);
  if (!quay_store_need_real (store, error))
    return FALSE;
  if (!quay_store_drop_training (dir))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "'%s' is in the way", dir);
      return FALSE;
    }
  quay_files_remove_tree (made);
  gboolean ok = quay_files_make_dir (made, error) &&
                quay_training_copy (store->path, store->vfs, path, error) &&
                mark_file (path, who != NULL ? who : "", error) &&
                quay_files_rename (made, dir, error);
  if (!ok)
    quay_files_remove_tree (made);
  return ok;
}
