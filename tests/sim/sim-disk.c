/* The VFS: every call goes on to the system's; what it undoes after a power cut is a list for each
 * file. Used by one thread at a time: the store's works while the simulator waits for it. */
#include "sim-disk.h"

#include "quay-rule.h"
#include "sim-locks.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* What a write or a truncation changed: @old bytes at @at, of a file that was @size long. */
typedef struct
{
  gint64 at;
  gint64 size;
  gint64 end; /* of the write; the new size of a truncation */
  gboolean truncation;
  guint n_old;
  guint8 *old;
  guint8 *fresh; /* filled when it is taken back */
} Change;

typedef struct
{
  sqlite3_file base;
  SimDisk *disk; /* NULL: not a simulated one */
  GArray *changes;
  SimHold hold;
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs sim_vfs;
static GHashTable *disks; /* folder → SimDisk */

#define REAL(file) (((File *)(file))->real)
#define HOLD(file) (&((File *)(file))->hold)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__)

static void
clear_change (gpointer data)
{
  g_free (((Change *)data)->old);
  g_free (((Change *)data)->fresh);
}

/* Whether the disk does this operation. */
static gboolean
works (SimDisk *disk)
{
  if (disk == NULL)
    return TRUE;
  disk->writes++;
  disk->dead = disk->dead || (disk->cut_at != 0 && disk->writes >= disk->cut_at);
  return !disk->dead;
}

/* --- files --- */

static int
close_file (sqlite3_file *file)
{
  sim_hold_close (HOLD (file));
  return CALL (file, xClose);
}

static int
read_file (sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
  return CALL (file, xRead, bytes, n, at);
}

static void
remember (sqlite3_file *file, sqlite3_int64 from, sqlite3_int64 to, gboolean truncation)
{
  Change change = { .at = from, .end = to, .truncation = truncation };
  GArray *changes = ((File *)file)->changes;
  sqlite3_int64 size = 0;
  CALL (file, xFileSize, &size);
  change.size = size;
  gint64 end = truncation ? size : MIN (to, size);
  if (end > from)
    {
      change.n_old = (guint)(end - from);
      change.old = g_malloc (change.n_old);
      CALL (file, xRead, change.old, (int)change.n_old, from);
    }
  g_array_append_val (changes, change);
}

static int
write_file (sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
  SimDisk *disk = ((File *)file)->disk;
  if (!works (disk))
    return SQLITE_IOERR_WRITE;
  if (disk == NULL)
    return CALL (file, xWrite, bytes, n, at);
  if (disk->full)
    return SQLITE_FULL;
  remember (file, at, at + n, FALSE);
  return CALL (file, xWrite, bytes, n, at);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  SimDisk *disk = ((File *)file)->disk;
  if (!works (disk))
    return SQLITE_IOERR_TRUNCATE;
  if (disk != NULL)
    remember (file, size, size, TRUE);
  return CALL (file, xTruncate, size);
}

static int
sync_file (sqlite3_file *file, int flags)
{
  if (!works (((File *)file)->disk))
    return SQLITE_IOERR_FSYNC;
  if (((File *)file)->changes != NULL && QUAY_RULE ("disk-sync"))
    g_array_set_size (((File *)file)->changes, 0);
  return SQLITE_OK; /* nothing here outlives the machine */
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

static int
lock_file (sqlite3_file *file, int level)
{
  return sim_hold_lock (HOLD (file), level);
}

static int
unlock_file (sqlite3_file *file, int level)
{
  return sim_hold_unlock (HOLD (file), level);
}

static int
check_lock (sqlite3_file *file, int *out)
{
  return sim_hold_reserved (HOLD (file), out);
}

static int
control_file (sqlite3_file *file, int op, void *data)
{
  return CALL (file, xFileControl, op, data);
}

static int
sector_size (sqlite3_file *file)
{
  return CALL (file, xSectorSize);
}

static int
characteristics (sqlite3_file *file)
{
  return CALL (file, xDeviceCharacteristics);
}

static int
map_shm (sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
  return sim_hold_map (HOLD (file), region, size, extend, out);
}

static int
lock_shm (sqlite3_file *file, int offset, int n, int flags)
{
  return sim_hold_slots (HOLD (file), offset, n, flags);
}

static void
barrier_shm (sqlite3_file *file)
{
  g_atomic_int_get (&HOLD (file)->level); /* a full one, between the threads */
}

static int
unmap_shm (sqlite3_file *file, int remove)
{
  return sim_hold_unmap (HOLD (file));
}

static const sqlite3_io_methods methods = {
  2,         close_file,  read_file,  write_file,   truncate_file, sync_file,       file_size,
  lock_file, unlock_file, check_lock, control_file, sector_size,   characteristics, map_shm,
  lock_shm,  barrier_shm, unmap_shm,  NULL,         NULL,
};

static SimDisk *
disk_of (const char *name)
{
  if (name == NULL)
    return NULL;
  g_autofree char *dir = g_path_get_dirname (name);
  return g_hash_table_lookup (disks, dir);
}

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
  File *wrapped = (File *)file;
  wrapped->real = (sqlite3_file *)(gpointer)(wrapped + 1);
  wrapped->disk = disk_of (name);
  wrapped->changes = NULL;
  if (wrapped->disk != NULL)
    {
      wrapped->changes = g_hash_table_lookup (wrapped->disk->files, name);
      if (wrapped->changes == NULL)
        {
          wrapped->changes = g_array_new (FALSE, FALSE, sizeof (Change));
          g_array_set_clear_func (wrapped->changes, clear_change);
          g_hash_table_insert (wrapped->disk->files, g_strdup (name), wrapped->changes);
        }
    }
  int result = real_vfs->xOpen (real_vfs, name, wrapped->real, flags, out);
  wrapped->base.pMethods = wrapped->real->pMethods != NULL ? &methods : NULL;
  if (wrapped->base.pMethods != NULL)
    sim_hold_open (&wrapped->hold, name != NULL ? name : "");
  return result;
}

static int
delete_file (sqlite3_vfs *vfs, const char *name, int sync)
{
  SimDisk *disk = disk_of (name);
  if (!works (disk))
    return SQLITE_IOERR_DELETE;
  GArray *changes = disk != NULL ? g_hash_table_lookup (disk->files, name) : NULL;
  if (changes != NULL)
    g_array_set_size (changes, 0);
  return real_vfs->xDelete (real_vfs, name, sync);
}

void
sim_disk_set_up (void)
{
  if (real_vfs != NULL)
    return;
  disks = g_hash_table_new (g_str_hash, g_str_equal);
  real_vfs = sqlite3_vfs_find (NULL);
  sim_vfs = *real_vfs;
  sim_vfs.zName = SIM_VFS_NAME;
  sim_vfs.szOsFile = (int)sizeof (File) + real_vfs->szOsFile;
  sim_vfs.pNext = NULL;
  sim_vfs.xOpen = open_file;
  sim_vfs.xDelete = delete_file;
  g_assert_cmpint (sqlite3_vfs_register (&sim_vfs, 0), ==, SQLITE_OK);
}

/* --- disks --- */

SimDisk *
sim_disk_new (const char *dir)
{
  SimDisk *disk = g_new0 (SimDisk, 1);
  disk->dir = g_strdup (dir);
  disk->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  g_assert_true (g_hash_table_insert (disks, disk->dir, disk));
  return disk;
}

void
sim_disk_free (SimDisk *disk)
{
  if (disk == NULL)
    return;
  g_hash_table_remove (disks, disk->dir);
  g_hash_table_unref (disk->files);
  g_free (disk->dir);
  g_free (disk);
}

/* --- the power comes back --- */

static void
take_back (int fd, Change *change)
{
  guint n = change->truncation ? 0 : (guint)(change->end - change->at);
  change->fresh = g_malloc (n + 1);
  if (n > 0 && pread (fd, change->fresh, n, change->at) != (gssize)n)
    memset (change->fresh, 0, n);
  if (change->n_old > 0 && pwrite (fd, change->old, change->n_old, change->at) < 0)
    g_error ("the simulator's folder is full");
  if (ftruncate (fd, change->size) != 0)
    g_error ("the simulator's folder can't be written");
}

/* Sectors reach the disk one by one, @share of 4 of them. */
static void
lay_down (int fd, const Change *change, guint share, SimDraw draw, gpointer data)
{
  if (change->truncation)
    {
      if (draw (data, 4) < share && ftruncate (fd, change->end) != 0)
        g_error ("the simulator's folder can't be written");
      return;
    }
  for (gint64 at = change->at; at < change->end;)
    {
      gint64 stop = MIN (at / SIM_SECTOR * SIM_SECTOR + SIM_SECTOR, change->end);
      if (draw (data, 4) < share &&
          pwrite (fd, change->fresh + (at - change->at), (gsize)(stop - at), at) < 0)
        g_error ("the simulator's folder is full");
      at = stop;
    }
}

static void
cut_file (const char *path, GArray *changes, SimDraw draw, gpointer data)
{
  guint share = (guint)draw (data, 5);
  int fd = changes->len > 0 ? open (path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0)
    return;
  for (guint i = changes->len; i > 0; i--)
    take_back (fd, &g_array_index (changes, Change, i - 1));
  for (guint i = 0; i < changes->len; i++)
    lay_down (fd, &g_array_index (changes, Change, i), share, draw, data);
  close (fd);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

void
sim_disk_restart (SimDisk *disk, gboolean power, SimDraw draw, gpointer data)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (disk->files), compare_names);
  for (GList *name = names; name != NULL; name = name->next)
    {
      GArray *changes = g_hash_table_lookup (disk->files, name->data);
      if (power)
        cut_file (name->data, changes, draw, data);
      g_array_set_size (changes, 0);
    }
  disk->dead = FALSE;
  disk->cut_at = 0;
}
