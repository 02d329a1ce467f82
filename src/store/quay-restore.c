/* Putting a backup in the file's place: all is prepared under another name, so that a power cut
 * leaves the old file, or the new one, or both and no doubt about which is which. */
#include "quay-backup.h"
#include "quay-files.h"
#include "quay-head.h"
#include "quay-migrate.h"
#include "quay-store-private.h"

#include <string.h>

#define RESTORED_FILE "quay-restored.db"

static gboolean
is_sound (QuayDb *db, const char *path, QuayVerdict *verdict, GError **error)
{
  if (!quay_verify_db (db, QUAY_VERIFY_FULL, verdict, error))
    return FALSE;
  if (!verdict->ok)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "backup '%s': %s", path, verdict->why);
  return verdict->ok;
}

/* Brings the copy to this program's version: only then all that an older one holds can be checked.
 */
static gboolean
migrate_copy (const char *path, QuayVerdict *verdict, GError **error)
{
  int version;
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_WRITE, NULL, error);
  if (db == NULL || !quay_migrate_check (db, &version, error))
    return FALSE;
  if (version == quay_migrate_newest ())
    return TRUE;
  quay_verdict_clear (verdict);
  return quay_migrate_run (db, error) && is_sound (db, path, verdict, error);
}

/* Begins the copy's new chain. */
static gboolean
prepare_copy (const char *path, const QuayEnv *env, QuayVerdict *verdict, QuayLog *log,
              GError **error)
{
  const QuayNewChain wish = { NULL };
  if (!migrate_copy (path, verdict, error))
    return FALSE;
  g_autoptr (QuayBook) book = quay_book_open (path, NULL, env, error);
  if (book == NULL || !quay_book_follow (book, &wish, error))
    return FALSE;
  *log = book->log;
  g_clear_pointer (&book->apply, quay_apply_free);
  return quay_db_close_clean (g_steal_pointer (&book->db), error) && quay_files_sync (path, error);
}

/* A whole file gives up its log first, so that it goes aside as one file. A damaged one goes as it
 * is. */
static void
settle_present (const char *path)
{
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_WRITE, NULL, NULL);
  if (db != NULL)
    quay_db_close_clean (g_steal_pointer (&db), NULL);
}

static gboolean
check_backup (const char *path, QuayVerdict *verdict, GError **error)
{
  int version;
  gboolean training;
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_COPY, NULL, error);
  if (db == NULL || !quay_migrate_check (db, &version, error) ||
      !quay_training_is_marked (db, &training, error))
    return FALSE;
  return training ? quay_training_refuse (error) : is_sound (db, path, verdict, error);
}

static gboolean
swap (const char *dir, const char *restored, const QuayEnv *env, GError **error)
{
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      settle_present (path);
      if (!quay_store_put_aside (dir, "replaced", env, NULL, error))
        return FALSE;
    }
  return quay_files_rename (restored, path, error);
}

gboolean
quay_store_restore (const char *dir, const char *path, const QuayEnv *env, QuayVerdict *verdict,
                    GError **error)
{
  QuayLog log;
  memset (verdict, 0, sizeof *verdict);
  g_autofree char *restored = g_build_filename (dir, RESTORED_FILE, NULL);
  if (!quay_files_make_dir (dir, error))
    return FALSE;
  g_autoptr (QuayLock) lock = quay_store_take_dir (dir, error);
  if (lock == NULL || !check_backup (path, verdict, error))
    return FALSE;
  quay_files_discard (restored);
  return quay_files_copy (path, restored, error) &&
         prepare_copy (restored, env, verdict, &log, error) && swap (dir, restored, env, error) &&
         quay_head_write (dir, &log, error);
}
