/* The failing VFS: everything else goes on to the system's. */
#include "fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static GMutex lock;
static Fault armed;
static guint countdown; /* 0: not armed */
static gboolean lasts;
static gboolean struck;

#define REAL(file) (((File *)(file))->real)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__)

static gboolean
strikes (gboolean sync)
{
  g_mutex_lock (&lock);
  gboolean hit = FALSE;
  if (countdown > 0 && sync == (armed == FAULT_SYNC))
    {
      hit = countdown == 1;
      if (countdown > 1)
        countdown--;
      else if (!lasts)
        countdown = 0;
    }
  struck |= hit;
  g_mutex_unlock (&lock);
  return hit;
}

void
fault_vfs_arm (Fault fault, guint nth, gboolean lasting)
{
  g_mutex_lock (&lock);
  armed = fault;
  countdown = nth;
  lasts = lasting;
  struck = FALSE;
  g_mutex_unlock (&lock);
}

gboolean
fault_vfs_disarm (void)
{
  g_mutex_lock (&lock);
  countdown = 0;
  gboolean hit = struck;
  g_mutex_unlock (&lock);
  return hit;
}

static int
close_file (sqlite3_file *file)
{
  return CALL (file, xClose);
}

static int
read_file (sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
  return CALL (file, xRead, bytes, n, at);
}

static int
write_file (sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
  if (strikes (FALSE))
    return armed == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  return CALL (file, xWrite, bytes, n, at);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  return CALL (file, xTruncate, size);
}

static int
sync_file (sqlite3_file *file, int flags)
{
  return strikes (TRUE) ? SQLITE_IOERR_FSYNC : CALL (file, xSync, flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

static int
lock_file (sqlite3_file *file, int level)
{
  return CALL (file, xLock, level);
}

static int
unlock_file (sqlite3_file *file, int level)
{
  return CALL (file, xUnlock, level);
}

static int
check_lock (sqlite3_file *file, int *out)
{
  return CALL (file, xCheckReservedLock, out);
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
  return CALL (file, xShmMap, region, size, extend, out);
}

static int
lock_shm (sqlite3_file *file, int offset, int n, int flags)
{
  return CALL (file, xShmLock, offset, n, flags);
}

static void
barrier_shm (sqlite3_file *file)
{
  CALL (file, xShmBarrier);
}

static int
unmap_shm (sqlite3_file *file, int remove)
{
  return CALL (file, xShmUnmap, remove);
}

static const sqlite3_io_methods methods = {
  2,         close_file,  read_file,  write_file,   truncate_file, sync_file,       file_size,
  lock_file, unlock_file, check_lock, control_file, sector_size,   characteristics, map_shm,
  lock_shm,  barrier_shm, unmap_shm,  NULL,         NULL,
};

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
  File *wrapped = (File *)file;
  wrapped->real = (sqlite3_file *)(gpointer)(wrapped + 1);
  int result = real_vfs->xOpen (real_vfs, name, wrapped->real, flags, out);
  wrapped->base.pMethods = wrapped->real->pMethods != NULL ? &methods : NULL;
  return result;
}

void
fault_vfs_register (void)
{
  if (real_vfs != NULL)
    return;
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = FAULT_VFS_NAME;
  fault_vfs.szOsFile = (int)sizeof (File) + real_vfs->szOsFile;
  fault_vfs.pNext = NULL;
  fault_vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 0), ==, SQLITE_OK);
}
