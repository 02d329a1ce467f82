/* The counting VFS: every call goes on to the real one, writes and syncs are counted on the way. */
#include "count-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* The system's file lies behind ours; SQLite sees ours. */
typedef struct
{
  sqlite3_file base;
  gboolean wal;
  sqlite3_file *real;
} CountFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs count_vfs;
static CountVfs counts; /* each member is changed by atomic additions alone */

#define REAL(f) (((CountFile *)(f))->real)
#define PASS(name, args, call)                                                                     \
  static int count_##name args                                                                     \
  {                                                                                                \
    return REAL (f)->pMethods->call;                                                               \
  }

static void
add (gint64 *count, gint64 n)
{
  __atomic_add_fetch (count, n, __ATOMIC_RELAXED);
}

static int
count_close (sqlite3_file *f)
{
  int result = REAL (f)->pMethods->xClose (REAL (f));
  g_clear_pointer (&REAL (f), g_free);
  return result;
}

static int
count_write (sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
  add (((CountFile *)f)->wal ? &counts.wal_bytes : &counts.db_bytes, n);
  return REAL (f)->pMethods->xWrite (REAL (f), data, n, at);
}

static int
count_sync (sqlite3_file *f, int flags)
{
  add (((CountFile *)f)->wal ? &counts.wal_syncs : &counts.db_syncs, 1);
  return REAL (f)->pMethods->xSync (REAL (f), flags);
}

PASS (read, (sqlite3_file * f, void *data, int n, sqlite3_int64 at), xRead (REAL (f), data, n, at))
PASS (truncate, (sqlite3_file * f, sqlite3_int64 size), xTruncate (REAL (f), size))
PASS (size, (sqlite3_file * f, sqlite3_int64 *size), xFileSize (REAL (f), size))
PASS (lock, (sqlite3_file * f, int level), xLock (REAL (f), level))
PASS (unlock, (sqlite3_file * f, int level), xUnlock (REAL (f), level))
PASS (check_lock, (sqlite3_file * f, int *out), xCheckReservedLock (REAL (f), out))
PASS (control, (sqlite3_file * f, int op, void *arg), xFileControl (REAL (f), op, arg))
PASS (sector, (sqlite3_file * f), xSectorSize (REAL (f)))
PASS (traits, (sqlite3_file * f), xDeviceCharacteristics (REAL (f)))
PASS (shm_map, (sqlite3_file * f, int page, int size, int extend, void volatile **out),
      xShmMap (REAL (f), page, size, extend, out))
PASS (shm_lock, (sqlite3_file * f, int offset, int n, int flags),
      xShmLock (REAL (f), offset, n, flags))
PASS (shm_unmap, (sqlite3_file * f, int and_delete), xShmUnmap (REAL (f), and_delete))
PASS (fetch, (sqlite3_file * f, sqlite3_int64 at, int n, void **out), xFetch (REAL (f), at, n, out))
PASS (unfetch, (sqlite3_file * f, sqlite3_int64 at, void *page), xUnfetch (REAL (f), at, page))

static void
count_shm_barrier (sqlite3_file *f)
{
  REAL (f)->pMethods->xShmBarrier (REAL (f));
}

static const sqlite3_io_methods count_methods = {
  .iVersion = 3,
  .xClose = count_close,
  .xRead = count_read,
  .xWrite = count_write,
  .xTruncate = count_truncate,
  .xSync = count_sync,
  .xFileSize = count_size,
  .xLock = count_lock,
  .xUnlock = count_unlock,
  .xCheckReservedLock = count_check_lock,
  .xFileControl = count_control,
  .xSectorSize = count_sector,
  .xDeviceCharacteristics = count_traits,
  .xShmMap = count_shm_map,
  .xShmLock = count_shm_lock,
  .xShmBarrier = count_shm_barrier,
  .xShmUnmap = count_shm_unmap,
  .xFetch = count_fetch,
  .xUnfetch = count_unfetch,
};

static int
count_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
  CountFile *file = (CountFile *)f;
  file->base.pMethods = NULL;
  file->wal = (flags & SQLITE_OPEN_WAL) != 0;
  file->real = g_malloc0 ((gsize)real_vfs->szOsFile);
  int result = real_vfs->xOpen (real_vfs, name, file->real, flags, out);
  if (result == SQLITE_OK)
    file->base.pMethods = &count_methods;
  else
    g_clear_pointer (&file->real, g_free);
  return result;
}

void
count_vfs_register (void)
{
  if (real_vfs != NULL)
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS,
                  0); /* as the till has it: looking for the VFS begins SQLite */
  real_vfs = sqlite3_vfs_find (NULL);
  count_vfs = *real_vfs;
  count_vfs.zName = "count";
  count_vfs.szOsFile = sizeof (CountFile);
  count_vfs.pNext = NULL;
  count_vfs.xOpen = count_open;
  sqlite3_vfs_register (&count_vfs, 1);
}

CountVfs
count_vfs_now (void)
{
  CountVfs now;
  now.wal_syncs = __atomic_load_n (&counts.wal_syncs, __ATOMIC_RELAXED);
  now.wal_bytes = __atomic_load_n (&counts.wal_bytes, __ATOMIC_RELAXED);
  now.db_syncs = __atomic_load_n (&counts.db_syncs, __ATOMIC_RELAXED);
  now.db_bytes = __atomic_load_n (&counts.db_bytes, __ATOMIC_RELAXED);
  return now;
}

CountVfs
count_vfs_between (CountVfs from, CountVfs to)
{
  return (CountVfs){
    .wal_syncs = to.wal_syncs - from.wal_syncs,
    .wal_bytes = to.wal_bytes - from.wal_bytes,
    .db_syncs = to.db_syncs - from.db_syncs,
    .db_bytes = to.db_bytes - from.db_bytes,
  };
}

void
count_vfs_add (CountVfs *sum, CountVfs more)
{
  sum->wal_syncs += more.wal_syncs;
  sum->wal_bytes += more.wal_bytes;
  sum->db_syncs += more.db_syncs;
  sum->db_bytes += more.db_bytes;
}
