/* Views: made, known again, removed. */
#include "quay-view.h"

#include "quay-files.h"
#include "quay-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOCAL_VIEW "view"
#define WAL "-wal"
#define MADE ".new"
#define TRIES 5

gboolean
quay_store_is_view (QuayStore *store)
{
  return store->view;
}

gint64
quay_store_last_ms (QuayStore *store)
{
  g_mutex_lock (&store->mutex);
  gint64 ts = store->head.last_ts;
  g_mutex_unlock (&store->mutex);
  return ts;
}

gboolean
quay_view_is_marked (QuayDb *db, gboolean *marked, GError **error)
{
  return quay_training_has_mark (db, LOCAL_VIEW, marked, error);
}

gboolean
quay_view_refuse (GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "this is only looked at");
  return FALSE;
}

/* --- removing --- */

static gboolean
is_view (const char *dir)
{
  gboolean marked = FALSE;
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_READ, NULL, NULL);
  return db != NULL && quay_view_is_marked (db, &marked, NULL) && marked;
}

gboolean
quay_store_drop_view (const char *dir)
{
  if (!quay_lock_is_held (dir) && is_view (dir))
    quay_files_remove_tree (dir);
  return !g_file_test (dir, G_FILE_TEST_EXISTS);
}

/* A copy that was never marked, since whoever made it was killed: a whole shop all the same. */
static gboolean
is_half_made (const char *dir)
{
  return g_str_has_suffix (dir, MADE) && !quay_lock_is_held (dir);
}

/* A view ends with its window; what a power cut left goes with the next one. */
static void
sweep (const char *dir)
{
  g_autofree char *parent = g_path_get_dirname (dir);
  g_autofree char *name = g_path_get_basename (dir);
  const char *dash = strchr (name, '-');
  g_autoptr (GDir) list = dash != NULL ? g_dir_open (parent, 0, NULL) : NULL;
  const char *one;
  while (list != NULL && (one = g_dir_read_name (list)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, one, NULL);
      if (strncmp (one, name, (gsize)(dash + 1 - name)) != 0)
        continue;
      if (is_half_made (path))
        quay_files_remove_tree (path);
      else
        quay_store_drop_view (path);
    }
}

/* --- making --- */

/* How a file is now: equal before and after it was copied, the copy is of one moment. */
typedef struct
{
  gint64 size[2];
  gint64 changed[2]; /* ns */
} Look;

static gboolean
look_at (const char *path, const char *wal, Look *look, GError **error)
{
  const char *const names[] = { path, wal };
  memset (look, 0, sizeof *look);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GStatBuf about;
      if (g_stat (names[i], &about) == 0)
        {
          look->size[i] = about.st_size;
          look->changed[i] =
              about.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + about.st_mtim.tv_nsec;
        }
      else if (i == 0)
        return quay_files_fail ("can't find", path, error);
    }
  return TRUE;
}

/* Its log, if there is one, belongs to it: a power cut leaves sales there. */
static gboolean
copy_at_rest (const char *path, const char *to, GError **error)
{
  g_autofree char *wal = g_strconcat (path, WAL, NULL);
  g_autofree char *to_wal = g_strconcat (to, WAL, NULL);
  for (guint try = 0; try < TRIES; try++)
    {
      Look before, after;
      quay_files_discard (to);
      if (!look_at (path, wal, &before, error) || !quay_files_copy (path, to, error) ||
          (before.size[1] > 0 && !quay_files_copy (wal, to_wal, error)) ||
          !look_at (path, wal, &after, error))
        return FALSE;
      if (memcmp (&before, &after, sizeof before) == 0)
        return TRUE;
    }
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_BUSY, "'%s' changes all the time", path);
  return FALSE;
}

/* The folder of the shop whose file @path means; NULL for a file on its own. */
static char *
find_folder (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);
  return strcmp (name, QUAY_STORE_FILE) == 0 ? g_path_get_dirname (path) : NULL;
}

static gboolean
copy_shop (const char *path, const char *to, GError **error)
{
  g_autofree char *folder = find_folder (path);
  g_autofree char *file =
      folder != NULL ? g_build_filename (folder, QUAY_STORE_FILE, NULL) : g_strdup (path);
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "there is no shop in '%s'", path);
      return FALSE;
    }
  if (folder != NULL && quay_lock_is_held (folder))
    return quay_training_copy (file, NULL, to, error);
  return copy_at_rest (file, to, error);
}

static gboolean
mark (const char *path, GError **error)
{
  gboolean training;
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_WRITE, NULL, error);
  if (db == NULL || !quay_training_is_marked (db, &training, error))
    return FALSE;
  if (training)
    return quay_training_refuse (error);
  return quay_training_mark (db, LOCAL_VIEW, "1", error) &&
         quay_db_close_clean (g_steal_pointer (&db), error);
}

gboolean
quay_store_make_view (const char *path, const char *dir, GError **error)
{
  g_autofree char *made = g_strconcat (dir, MADE, NULL);
  g_autofree char *file = g_build_filename (made, QUAY_STORE_FILE, NULL);
  sweep (dir);
  if (g_file_test (dir, G_FILE_TEST_EXISTS) || quay_lock_is_held (made))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_BUSY, "'%s' is in the way", dir);
      return FALSE;
    }
  quay_files_remove_tree (made);
  QuayLock *lock = quay_files_make_dir (made, error) ? quay_lock_take (made, error) : NULL;
  gboolean ok = lock != NULL && copy_shop (path, file, error) && mark (file, error) &&
                quay_files_rename (made, dir, error);
  quay_lock_free (lock);
  if (!ok)
    quay_files_remove_tree (made);
  return ok;
}
