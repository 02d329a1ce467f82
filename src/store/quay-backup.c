/* Backups by SQLite's own copying, checked before they get their name; the hourly one runs on a
 * thread of its own with a reading connection and steps back whenever the counter wants the disk.
 */
#include "quay-backup.h"

#include "quay-ballast.h"
#include "quay-day.h"
#include "quay-files.h"
#include "quay-store-private.h"
#include "quay-training.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define STEP_PAGES 256
#define PACE_OPS 20000 /* of SQLite's machine, a millisecond or so */
#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)
#define DAY_MS (24 * HOUR_MS)
#define KEEP_DAYS 30
#define KEEP_MONTHS_DAYS 366
#define PART ".part"
#define YIELD_US 2000
#define RETRY_US (10 * 60 * G_USEC_PER_SEC)

/* --- one copy --- */

static gboolean
copy_pages (QuayDb *source, QuayDb *copy, QuayPace pace, gpointer data, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (copy->handle, "main", source->handle, "main");
  int result = backup != NULL ? SQLITE_OK : SQLITE_ERROR;
  gboolean stopped = FALSE;
  while (result == SQLITE_OK && !stopped)
    {
      result = sqlite3_backup_step (backup, STEP_PAGES);
      stopped = result == SQLITE_OK && pace != NULL && !pace (data);
    }
  if (backup == NULL || (sqlite3_backup_finish (backup) != SQLITE_OK && !stopped))
    return quay_db_fail (copy, "can't copy", error);
  return !stopped;
}

/* Whoever closes the till does not wait for the check of a large copy. */
typedef struct
{
  QuayPace pace;
  gpointer data;
} Pacing;

static int
stop_check_cb (void *data)
{
  const Pacing *pacing = data;
  return !pacing->pace (pacing->data);
}

static gboolean
check_copy (const char *path, QuayDepth depth, Pacing *pacing, QuayVerdict *verdict, GError **error)
{
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_COPY, NULL, error);
  if (db != NULL && pacing->pace != NULL)
    sqlite3_progress_handler (db->handle, PACE_OPS, stop_check_cb, pacing);
  return db != NULL && quay_verify_db (db, depth, verdict, error) && verdict->ok;
}

gboolean
quay_backup_make (QuayDb *source, const char *path, QuayDepth depth, QuayPace pace, gpointer data,
                  QuayVerdict *verdict, GError **error)
{
  g_autofree char *part = g_strconcat (path, PART, NULL);
  Pacing pacing = { pace, data };
  memset (verdict, 0, sizeof *verdict);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "there is a '%s'", path);
      return FALSE;
    }
  quay_files_discard (part);
  if (!quay_files_write (part, NULL, 0, error)) /* made by us, it is for this user alone */
    return FALSE;
  g_autoptr (QuayDb) copy = quay_db_open (part, QUAY_DB_SCRATCH, NULL, error);
  gboolean ok = copy != NULL && copy_pages (source, copy, pace, data, error);
  g_clear_pointer (&copy, quay_db_free);
  ok = ok && quay_files_sync (part, error) && check_copy (part, depth, &pacing, verdict, error) &&
       quay_files_rename (part, path, error);
  if (!ok)
    quay_files_discard (part);
  return ok;
}

gboolean
quay_store_backup (QuayStore *store, const char *path, QuayVerdict *verdict, GError **error)
{
  GError *failed = NULL;
  memset (verdict, 0, sizeof *verdict);
  if (!quay_store_need_real (store, error))
    return FALSE;
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  g_auto (QuayScope) scope = { NULL };
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error))
    return FALSE;
  quay_backup_make (db, path, QUAY_VERIFY_FULL, NULL, NULL, verdict, &failed);
  return quay_db_settle (failed, error);
}

gboolean
quay_backup_before_migration (QuayDb *db, const char *dir, int version, const QuayEnv *env,
                              GError **error)
{
  QuayVerdict verdict;
  GError *failed = NULL;
  g_autofree char *stamp = quay_files_stamp (env, TRUE);
  g_autofree char *name = g_strdup_printf ("quay-before-%d-%s.db", version, stamp);
  g_autofree char *folder = g_build_filename (dir, "backups", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (!quay_files_make_dir (folder, error))
    return FALSE;
  gboolean ok = quay_backup_make (db, path, QUAY_VERIFY_QUICK, NULL, NULL, &verdict, &failed);
  if (!ok && failed == NULL)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "the copy of '%s' is bad: %s", db->path,
                 verdict.why);
  quay_verdict_clear (&verdict);
  return quay_db_settle (failed, error) && ok;
}

/* --- which are kept --- */

GArray *
quay_backup_keep (GArray *stamps, gint64 now)
{
  GArray *keep = g_array_new (FALSE, TRUE, sizeof (gboolean));
  QuayDay last = 0;
  for (guint i = 0; i < stamps->len; i++)
    {
      gint64 stamp = g_array_index (stamps, gint64, i);
      gint64 age = now - stamp;
      QuayDay day = quay_day_at (stamp, 0);
      gboolean kept = age < DAY_MS || (age < KEEP_DAYS * DAY_MS && day != last) ||
                      (age < KEEP_MONTHS_DAYS * DAY_MS && day / 100 != last / 100);
      if (kept)
        last = day;
      g_array_append_val (keep, kept);
    }
  return keep;
}

/* quay-YYYYMMDD-HHMM.db → ms; 0 for another name. */
static gint64
stamp_of (const char *name)
{
  unsigned day;
  unsigned clock;
  int end = 0;
  if (sscanf (name, "quay-%8u-%4u.db%n", &day, &clock, &end) != 2 || end != 21 ||
      name[end] != '\0' || !quay_day_is_valid ((QuayDay)day))
    return 0;
  return quay_day_start_ms ((QuayDay)day, (int)(clock / 100 * 60 + clock % 100));
}

static int
newest_first_cb (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;
  return x < y ? 1 : x > y ? -1 : 0;
}

static GArray *
list_stamps (const char *folder)
{
  GArray *stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      gint64 stamp = stamp_of (name);
      if (stamp != 0)
        g_array_append_val (stamps, stamp);
    }
  g_array_sort (stamps, newest_first_cb);
  return stamps;
}

static char *
name_of (gint64 stamp)
{
  QuayDay day = quay_day_at (stamp, 0);
  int minute = (int)((stamp - quay_day_start_ms (day, 0)) / 60000);
  return g_strdup_printf ("quay-%08d-%02d%02d.db", day, minute / 60, minute % 60);
}

/* Copies that were cut short by the program's end. */
static void
remove_parts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      gsize len = strlen (name);
      g_autofree char *whole =
          g_str_has_suffix (name, PART) ? g_strndup (name, len - strlen (PART)) : g_strdup ("");
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (stamp_of (whole) != 0)
        g_unlink (path);
    }
}

static void
prune (const char *folder, gint64 now)
{
  g_autoptr (GArray) stamps = list_stamps (folder);
  g_autoptr (GArray) keep = quay_backup_keep (stamps, now);
  for (guint i = 0; i < stamps->len; i++)
    {
      g_autofree char *name = name_of (g_array_index (stamps, gint64, i));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (!g_array_index (keep, gboolean, i))
        g_unlink (path);
    }
}

/* --- the hourly one --- */

static gboolean
give_way_cb (gpointer data)
{
  QuayStore *store = data;
  gboolean go_on = TRUE;
  for (gboolean busy = TRUE; busy && go_on;)
    {
      g_mutex_lock (&store->mutex);
      busy = store->busy;
      go_on = !store->closing;
      g_mutex_unlock (&store->mutex);
      if (busy && go_on)
        g_usleep (YIELD_US);
    }
  return go_on;
}

static gboolean
make_hourly (QuayStore *store, gint64 now, QuayVerdict *verdict, GError **error)
{
  g_autofree char *folder = g_build_filename (store->dir, "backups", NULL);
  g_autofree char *name = name_of (now);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (!quay_files_make_dir (folder, error))
    return FALSE;
  remove_parts (folder);
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  g_auto (QuayScope) scope = { NULL };
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error) ||
      !quay_backup_make (db, path, QUAY_VERIFY_QUICK, give_way_cb, store, verdict, error))
    return FALSE;
  prune (folder, now);
  return TRUE;
}

static gpointer
run_copier (gpointer data)
{
  QuayStore *store = data;
  QuayVerdict verdict = { 0 };
  g_autoptr (GError) failed = NULL;
  gint64 now = store->env.wall_ms (store->env.data);
  gboolean ok = make_hourly (store, now, &verdict, &failed);
  g_mutex_lock (&store->mutex);
  g_clear_pointer (&store->backup_why, g_free);
  if (ok)
    {
      store->backup_ts = now;
      store->copy_again = 0;
    }
  else if (!store->closing)
    store->backup_why = g_strdup (failed != NULL ? failed->message : verdict.why);
  store->copied = TRUE;
  g_mutex_unlock (&store->mutex);
  quay_verdict_clear (&verdict);
  return NULL;
}

void
quay_store_backup_join (QuayStore *store)
{
  if (store->copier != NULL)
    g_thread_join (g_steal_pointer (&store->copier));
}

/* The newest copy's time; one in the future was made under a wrong clock and does not count. */
static gint64
newest_at (const char *folder, gint64 now)
{
  g_autoptr (GArray) stamps = list_stamps (folder);
  for (guint i = 0; i < stamps->len; i++)
    if (g_array_index (stamps, gint64, i) <= now)
      return g_array_index (stamps, gint64, i);
  return 0;
}

void
quay_store_backup_when_due (QuayStore *store)
{
  gint64 now = store->env.wall_ms (store->env.data);
  g_mutex_lock (&store->mutex);
  gboolean running = store->copier != NULL && !store->copied;
  g_mutex_unlock (&store->mutex);
  if (running)
    return;
  quay_store_backup_join (store);
  gint64 tick = g_get_monotonic_time ();
  g_autofree char *folder = g_build_filename (store->dir, "backups", NULL);
  if (newest_at (folder, now) > now - HOUR_MS || tick < store->copy_again ||
      !quay_ballast_has_room (store->dir)) /* what is left is for the counter */
    return;
  store->copy_again = tick + RETRY_US;
  store->copied = FALSE;
  store->copier = g_thread_new ("backup", run_copier, store);
}

gint64
quay_store_last_backup (QuayStore *store, char **why)
{
  g_mutex_lock (&store->mutex);
  gint64 ts = store->backup_ts;
  if (why != NULL)
    *why = g_strdup (store->backup_why);
  g_mutex_unlock (&store->mutex);
  return ts;
}
