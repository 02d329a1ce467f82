/* The gathering of log writes, and the log's room on the disk. Gathering begins with the head of a
 * frame and ends with a sync, a read, or a write elsewhere. With psow=0 SQLite syncs within the
 * last, padding frame and writes the rest of it after: such writes begin no frame, so they go
 * straight through, before a reader can look for them.
 *
 * The log keeps its blocks: to write over a block costs the disk about two thirds of adding one,
 * for nothing but the block itself must become durable. So an emptied log only loses its head, and
 * a log that must grow does so by a piece of zeros, which are no frames. The pieces are large and
 * aligned, as the system then holds the file in large folios, which it writes faster. */
#include "quay-wal-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define LOG_HEAD 32
#define FRAME_HEAD 24
#define FRAME (FRAME_HEAD + 4096)
#define PIECE (256 * 1024)
#define ZEROS (64 * 1024) /* of a piece at once */
#define ROOM (31 * FRAME) /* SQLite's own VFS writes at most 2^17 - 1 bytes at once */

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* in the same memory, behind this struct */
  guint8 *bytes;      /* gathered, to be written at @start */
  int len;
  sqlite3_int64 start;
  sqlite3_int64 size; /* of the real file; −1: to be asked */
  gboolean wipe;      /* when it is emptied, nothing of it stays */
} LogFile;

#define LOG(file) ((LogFile *)(file))
#define REAL(file) (LOG (file)->real)

/* Room for a write that ends at @end, behind all that was written before. If there is none, the
 * write itself will tell. */
static void
make_room (LogFile *log, sqlite3_int64 end)
{
  static const guint8 zeros[ZEROS];
  const sqlite3_io_methods *real = log->real->pMethods;
  if (log->size < 0 && real->xFileSize (log->real, &log->size) != SQLITE_OK)
    return;
  if (end <= log->size)
    return;
  sqlite3_int64 until = (end + PIECE - 1) / PIECE * PIECE;
  while (log->size < until)
    {
      int n = ZEROS - (int)(log->size % ZEROS);
      gboolean ok = real->xWrite (log->real, zeros, n, log->size) == SQLITE_OK;
      log->size = ok ? log->size + n : -1;
      if (!ok)
        return;
    }
}

static int
flush (LogFile *log)
{
  int len = log->len;
  log->len = 0; /* what fails is not tried again: the transaction fails */
  if (len == 0)
    return SQLITE_OK;
  make_room (log, log->start + len);
  return log->real->pMethods->xWrite (log->real, log->bytes, len, log->start);
}

static int
close_log (sqlite3_file *file)
{
  flush (LOG (file)); /* never synced, so nothing was promised */
  g_free (LOG (file)->bytes);
  return REAL (file)->pMethods->xClose (REAL (file));
}

static int
read_log (sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
  int result = flush (LOG (file));
  return result != SQLITE_OK ? result : REAL (file)->pMethods->xRead (REAL (file), out, n, at);
}

static gboolean
begins_frame (int n, sqlite3_int64 at)
{
  return n == FRAME_HEAD && at >= LOG_HEAD && (at - LOG_HEAD) % FRAME == 0;
}

static int
write_log (sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
  LogFile *log = LOG (file);
  gboolean goes_on = log->len > 0 && at == log->start + log->len && log->len + n <= ROOM;
  if (!goes_on)
    {
      int result = flush (log);
      if (result != SQLITE_OK)
        return result;
      if (!begins_frame (n, at))
        {
          make_room (log, at + n);
          return log->real->pMethods->xWrite (log->real, bytes, n, at);
        }
      log->start = at;
    }
  if (log->bytes == NULL)
    log->bytes = g_malloc (ROOM);
  memcpy (log->bytes + log->len, bytes, (gsize)n);
  log->len += n;
  return SQLITE_OK;
}

/* Behind the head, which is gone and synced. */
static int
wipe_log (LogFile *log)
{
  static const guint8 zeros[ZEROS];
  const sqlite3_io_methods *real = log->real->pMethods;
  int result = SQLITE_OK;
  for (sqlite3_int64 at = LOG_HEAD; at < log->size && result == SQLITE_OK; at += ZEROS)
    result = real->xWrite (log->real, zeros, (int)MIN (ZEROS, log->size - at), at);
  if (result == SQLITE_OK)
    result = real->xSync (log->real, SQLITE_SYNC_NORMAL);
  log->wipe = log->wipe && result != SQLITE_OK;
  return result;
}

/* A head of zeros is that of no log: SQLite begins a new one over the old frames. Synced before
 * anything else: a head that came back without all of its frames would undo what was brought into
 * the file since. */
static int
empty_log (LogFile *log)
{
  static const guint8 no_head[LOG_HEAD];
  const sqlite3_io_methods *real = log->real->pMethods;
  int result = real->xWrite (log->real, no_head, LOG_HEAD, 0);
  if (result == SQLITE_OK)
    result = real->xSync (log->real, SQLITE_SYNC_NORMAL);
  if (result == SQLITE_OK && log->wipe)
    result = wipe_log (log);
  if (result != SQLITE_OK || log->size <= QUAY_WAL_KEPT)
    return result;
  log->size = -1;
  return real->xTruncate (log->real, QUAY_WAL_KEPT);
}

static int
truncate_log (sqlite3_file *file, sqlite3_int64 size)
{
  LogFile *log = LOG (file);
  int result = flush (log);
  if (result == SQLITE_OK)
    result = log->real->pMethods->xFileSize (log->real, &log->size);
  if (result != SQLITE_OK)
    return result;
  if (size == 0 && log->size > LOG_HEAD)
    return empty_log (log);
  log->size = -1;
  return log->real->pMethods->xTruncate (log->real, size);
}

static int
sync_log (sqlite3_file *file, int flags)
{
  int result = flush (LOG (file));
  return result != SQLITE_OK ? result : REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
size_log (sqlite3_file *file, sqlite3_int64 *size)
{
  int result = flush (LOG (file));
  return result != SQLITE_OK ? result : REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
lock_log (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
unlock_log (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
check_lock_log (sqlite3_file *file, int *out)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), out);
}

static int
control_log (sqlite3_file *file, int what, void *data)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), what, data);
}

static int
sector_log (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
traits_log (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static const sqlite3_io_methods log_methods = {
  .iVersion = 1,
  .xClose = close_log,
  .xRead = read_log,
  .xWrite = write_log,
  .xTruncate = truncate_log,
  .xSync = sync_log,
  .xFileSize = size_log,
  .xLock = lock_log,
  .xUnlock = unlock_log,
  .xCheckReservedLock = check_lock_log,
  .xFileControl = control_log,
  .xSectorSize = sector_log,
  .xDeviceCharacteristics = traits_log,
};

void
quay_wal_vfs_wipe (sqlite3 *handle)
{
  sqlite3_file *log = NULL;
  if (sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
      log != NULL && log->pMethods == &log_methods)
    LOG (log)->wipe = TRUE;
}

/* --- the VFS: opens logs wrapped and all else as they are --- */

#define BASE(vfs) ((sqlite3_vfs *)(vfs)->pAppData)

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
  sqlite3_vfs *base = BASE (vfs);
  if (!(flags & SQLITE_OPEN_WAL))
    return base->xOpen (base, name, file, flags, out);
  LogFile *log = LOG (file);
  memset (log, 0, sizeof *log);
  log->size = -1;
  log->real = (sqlite3_file *)(gpointer)(log + 1);
  int result = base->xOpen (base, name, log->real, flags, out);
  if (log->real->pMethods != NULL)
    log->base.pMethods = &log_methods;
  return result;
}

static int
delete_file (sqlite3_vfs *vfs, const char *name, int sync)
{
  return BASE (vfs)->xDelete (BASE (vfs), name, sync);
}

static int
access_file (sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
  return BASE (vfs)->xAccess (BASE (vfs), name, flags, out);
}

static int
full_name (sqlite3_vfs *vfs, const char *name, int n, char *out)
{
  return BASE (vfs)->xFullPathname (BASE (vfs), name, n, out);
}

static int
fill_random (sqlite3_vfs *vfs, int n, char *out)
{
  return BASE (vfs)->xRandomness (BASE (vfs), n, out);
}

static int
sleep_a_while (sqlite3_vfs *vfs, int us)
{
  return BASE (vfs)->xSleep (BASE (vfs), us);
}

static int
last_error (sqlite3_vfs *vfs, int n, char *out)
{
  return BASE (vfs)->xGetLastError (BASE (vfs), n, out);
}

static int
current_time (sqlite3_vfs *vfs, sqlite3_int64 *out)
{
  return BASE (vfs)->xCurrentTimeInt64 (BASE (vfs), out);
}

static sqlite3_vfs *
make_vfs (sqlite3_vfs *base, const char *name)
{
  sqlite3_vfs *vfs = g_new0 (sqlite3_vfs, 1);
  vfs->iVersion = 2;
  vfs->szOsFile = (int)sizeof (LogFile) + base->szOsFile;
  vfs->mxPathname = base->mxPathname;
  vfs->zName = g_strdup (name);
  vfs->pAppData = base;
  vfs->xOpen = open_file;
  vfs->xDelete = delete_file;
  vfs->xAccess = access_file;
  vfs->xFullPathname = full_name;
  vfs->xRandomness = fill_random;
  vfs->xSleep = sleep_a_while;
  vfs->xGetLastError = last_error;
  vfs->xCurrentTimeInt64 = current_time;
  return vfs;
}

const char *
quay_wal_vfs_over (const char *base_name)
{
  static GMutex lock; /* SQLite's list of VFS is the program's, and keeps what is made here */
  sqlite3_vfs *base = sqlite3_vfs_find (base_name);
  if (base == NULL)
    return NULL;
  g_autofree char *name = g_strconcat ("quay+", base->zName, NULL);
  g_mutex_lock (&lock);
  sqlite3_vfs *vfs = sqlite3_vfs_find (name);
  if (vfs == NULL)
    {
      vfs = make_vfs (base, name);
      sqlite3_vfs_register (vfs, FALSE);
    }
  g_mutex_unlock (&lock);
  return vfs->zName;
}
