/* Each call goes on to the real VFS unless the armed fault hits it. */
#include "bad-disk.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  int file; /* -1: neither the shop's file nor its log */
  sqlite3_file *real;
} BadFile;

enum
{
  FILE_SHOP,
  FILE_LOG,
  N_FILES,
};

/* A file as it would be after a power cut: what was written is there once a sync succeeded. After
 * one that failed the system takes the pages for clean, so that no later sync brings them back. */
typedef struct
{
  GByteArray *stable;
  GArray *dirty; /* Range: written since the last sync */
} Platter;

typedef struct
{
  sqlite3_int64 at;
  gsize len;
} Range;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs bad_vfs;
static GMutex lock;
static gboolean armed;
static gboolean lasting;
static BadDisk fault;
static guint countdown;
static guint hits;
static Platter platters[N_FILES];

#define REAL(f) (((BadFile *)(f))->real)
#define FILE_OF(f) (((BadFile *)(f))->file)

/* Whether this operation, @sync or another, fails. */
static gboolean
strikes (sqlite3_file *f, gboolean sync)
{
  gboolean yes = FALSE;
  if (FILE_OF (f) < 0)
    return FALSE;
  g_mutex_lock (&lock);
  if (armed && (fault == BAD_DISK_SYNC) == sync)
    {
      yes = countdown == 1 || (countdown == 0 && lasting);
      countdown -= countdown > 0;
      hits += yes;
    }
  g_mutex_unlock (&lock);
  return yes;
}

static int
code_of_write (void)
{
  switch (fault)
    {
    case BAD_DISK_FULL:
    case BAD_DISK_HALF:
      return SQLITE_FULL;
    case BAD_DISK_READ_ONLY:
      return SQLITE_READONLY;
    default:
      return SQLITE_IOERR_WRITE;
    }
}

/* --- what a power cut leaves --- */

static void
note_write (sqlite3_file *f, gsize len, sqlite3_int64 at)
{
  Range range = { at, len };
  if (FILE_OF (f) < 0 || platters[FILE_OF (f)].dirty == NULL)
    return;
  g_mutex_lock (&lock);
  g_array_append_val (platters[FILE_OF (f)].dirty, range);
  g_mutex_unlock (&lock);
}

static void
settle_range (sqlite3_file *f, GByteArray *stable, const Range *range)
{
  guint end = (guint)range->at + (guint)range->len;
  if (stable->len < end)
    {
      guint old = stable->len;
      g_byte_array_set_size (stable, end);
      memset (stable->data + old, 0, end - old);
    }
  REAL (f)->pMethods->xRead (REAL (f), stable->data + range->at, (int)range->len, range->at);
}

static void
note_sync (sqlite3_file *f, gboolean ok)
{
  if (FILE_OF (f) < 0 || platters[FILE_OF (f)].dirty == NULL)
    return;
  g_mutex_lock (&lock);
  Platter *platter = &platters[FILE_OF (f)];
  for (guint i = 0; ok && i < platter->dirty->len; i++)
    settle_range (f, platter->stable, &g_array_index (platter->dirty, Range, i));
  g_array_set_size (platter->dirty, 0);
  g_mutex_unlock (&lock);
}

static void
note_size (int file, sqlite3_int64 size)
{
  if (file < 0 || platters[file].dirty == NULL)
    return;
  g_mutex_lock (&lock);
  if (size < platters[file].stable->len)
    g_byte_array_set_size (platters[file].stable, (guint)size);
  g_mutex_unlock (&lock);
}

/* --- the VFS --- */

static int
bad_close (sqlite3_file *f)
{
  int rc = REAL (f)->pMethods->xClose (REAL (f));
  g_clear_pointer (&REAL (f), g_free);
  return rc;
}

static int
bad_read (sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
  return REAL (f)->pMethods->xRead (REAL (f), data, n, at);
}

static int
bad_write (sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
  if (!strikes (f, FALSE))
    {
      note_write (f, (gsize)n, at);
      return REAL (f)->pMethods->xWrite (REAL (f), data, n, at);
    }
  if (fault == BAD_DISK_HALF)
    {
      note_write (f, (gsize)n / 2, at);
      REAL (f)->pMethods->xWrite (REAL (f), data, n / 2, at);
    }
  return code_of_write ();
}

static int
bad_truncate (sqlite3_file *f, sqlite3_int64 size)
{
  if (strikes (f, FALSE))
    return fault == BAD_DISK_READ_ONLY ? SQLITE_READONLY : SQLITE_IOERR_TRUNCATE;
  note_size (FILE_OF (f), size);
  return REAL (f)->pMethods->xTruncate (REAL (f), size);
}

static int
bad_sync (sqlite3_file *f, int flags)
{
  gboolean fails = strikes (f, TRUE);
  note_sync (f, !fails);
  return fails ? SQLITE_IOERR_FSYNC : REAL (f)->pMethods->xSync (REAL (f), flags);
}

static int
bad_size (sqlite3_file *f, sqlite3_int64 *size)
{
  return REAL (f)->pMethods->xFileSize (REAL (f), size);
}

static int
bad_lock (sqlite3_file *f, int level)
{
  return REAL (f)->pMethods->xLock (REAL (f), level);
}

static int
bad_unlock (sqlite3_file *f, int level)
{
  return REAL (f)->pMethods->xUnlock (REAL (f), level);
}

static int
bad_check_lock (sqlite3_file *f, int *out)
{
  return REAL (f)->pMethods->xCheckReservedLock (REAL (f), out);
}

static int
bad_control (sqlite3_file *f, int op, void *arg)
{
  return REAL (f)->pMethods->xFileControl (REAL (f), op, arg);
}

static int
bad_sector (sqlite3_file *f)
{
  return REAL (f)->pMethods->xSectorSize (REAL (f));
}

static int
bad_traits (sqlite3_file *f)
{
  return REAL (f)->pMethods->xDeviceCharacteristics (REAL (f));
}

static int
bad_shm_map (sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
  return REAL (f)->pMethods->xShmMap (REAL (f), page, size, extend, out);
}

static int
bad_shm_lock (sqlite3_file *f, int offset, int n, int flags)
{
  return REAL (f)->pMethods->xShmLock (REAL (f), offset, n, flags);
}

static void
bad_shm_barrier (sqlite3_file *f)
{
  REAL (f)->pMethods->xShmBarrier (REAL (f));
}

static int
bad_shm_unmap (sqlite3_file *f, int remove)
{
  return REAL (f)->pMethods->xShmUnmap (REAL (f), remove);
}

static const sqlite3_io_methods bad_methods = {
  .iVersion = 2,
  .xClose = bad_close,
  .xRead = bad_read,
  .xWrite = bad_write,
  .xTruncate = bad_truncate,
  .xSync = bad_sync,
  .xFileSize = bad_size,
  .xLock = bad_lock,
  .xUnlock = bad_unlock,
  .xCheckReservedLock = bad_check_lock,
  .xFileControl = bad_control,
  .xSectorSize = bad_sector,
  .xDeviceCharacteristics = bad_traits,
  .xShmMap = bad_shm_map,
  .xShmLock = bad_shm_lock,
  .xShmBarrier = bad_shm_barrier,
  .xShmUnmap = bad_shm_unmap,
};

static int
file_of_name (const char *name)
{
  if (name == NULL)
    return -1;
  if (g_str_has_suffix (name, "/quay.db"))
    return FILE_SHOP;
  return g_str_has_suffix (name, "/quay.db-wal") ? FILE_LOG : -1;
}

static int
bad_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
  BadFile *file = (BadFile *)f;
  file->real = g_malloc0 ((gsize)real_vfs->szOsFile);
  file->file = file_of_name (name);
  int rc = real_vfs->xOpen (real_vfs, name, file->real, flags, out);
  file->base.pMethods = rc == SQLITE_OK ? &bad_methods : NULL;
  if (rc != SQLITE_OK)
    g_clear_pointer (&file->real, g_free);
  return rc;
}

static int
bad_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  note_size (file_of_name (name), 0);
  return real_vfs->xDelete (real_vfs, name, sync);
}

void
bad_disk_register (gboolean standard)
{
  if (real_vfs != NULL)
    return;
  real_vfs = sqlite3_vfs_find (NULL);
  bad_vfs = *real_vfs;
  bad_vfs.zName = BAD_DISK_VFS;
  bad_vfs.szOsFile = sizeof (BadFile);
  bad_vfs.pNext = NULL;
  bad_vfs.xOpen = bad_open;
  bad_vfs.xDelete = bad_delete;
  g_assert_cmpint (sqlite3_vfs_register (&bad_vfs, standard), ==, SQLITE_OK);
}

void
bad_disk_arm (BadDisk what, guint nth, gboolean for_good)
{
  g_mutex_lock (&lock);
  armed = TRUE;
  fault = what;
  countdown = nth;
  lasting = for_good;
  hits = 0;
  g_mutex_unlock (&lock);
}

guint
bad_disk_disarm (void)
{
  g_mutex_lock (&lock);
  guint n = hits;
  armed = FALSE;
  g_mutex_unlock (&lock);
  return n;
}

static const char *const suffixes[N_FILES] = { "quay.db", "quay.db-wal" };

void
bad_disk_watch (const char *dir)
{
  for (int i = 0; i < N_FILES; i++)
    {
      char *bytes = NULL;
      gsize len = 0;
      g_autofree char *path = g_build_filename (dir, suffixes[i], NULL);
      g_file_get_contents (path, &bytes, &len, NULL);
      g_clear_pointer (&platters[i].stable, g_byte_array_unref);
      g_clear_pointer (&platters[i].dirty, g_array_unref);
      platters[i].stable = g_byte_array_new_take ((guint8 *)bytes, len);
      platters[i].dirty = g_array_new (FALSE, FALSE, sizeof (Range));
    }
}

void
bad_disk_cut_power (const char *dir)
{
  g_mutex_lock (&lock);
  for (int i = 0; i < N_FILES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (dir, suffixes[i], NULL);
      g_file_set_contents (path, (const char *)platters[i].stable->data, platters[i].stable->len,
                           &error);
      g_assert_no_error (error);
    }
  g_mutex_unlock (&lock);
}
