/* The recording VFS: every call goes on to the real one; the record is a list under a lock. */
#include "cut-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

typedef enum
{
  OP_WRITE,
  OP_TRUNCATE,
  OP_SYNC,
  OP_DELETE,
} OpKind;

enum
{
  FILE_DB,
  FILE_WAL,
  FILE_JOURNAL,
  N_FILES,
};

typedef struct
{
  int file;
  OpKind kind;
  gint64 at; /* offset; new size of a truncation; 1 for a deletion made durable */
  guint len;
  guint8 *data;
} Op;

typedef struct
{
  sqlite3_file base;
  int file; /* −1: not recorded */
  sqlite3_file *real;
} CutFile;

static const char *const suffixes[N_FILES] = { "", "-wal", "-journal" };
static sqlite3_vfs *real_vfs;
static sqlite3_vfs cut_vfs;
static GMutex lock;
static GArray *record;

static void
free_op (gpointer data)
{
  g_free (((Op *)data)->data);
}

static void
log_op (int file, OpKind kind, gint64 at, const void *data, guint len)
{
  if (file < 0)
    return;
  Op op = { file, kind, at, len, len > 0 ? g_memdup2 (data, len) : NULL };
  g_mutex_lock (&lock);
  g_array_append_val (record, op);
  g_mutex_unlock (&lock);
}

#define REAL(f) (((CutFile *)(f))->real)
#define FILE_OF(f) (((CutFile *)(f))->file)

static int
cut_close (sqlite3_file *f)
{
  int rc = REAL (f)->pMethods->xClose (REAL (f));
  g_clear_pointer (&REAL (f), g_free);
  return rc;
}

static int
cut_read (sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
  return REAL (f)->pMethods->xRead (REAL (f), data, n, at);
}

static int
cut_write (sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
  log_op (FILE_OF (f), OP_WRITE, at, data, (guint)n);
  return REAL (f)->pMethods->xWrite (REAL (f), data, n, at);
}

static int
cut_truncate (sqlite3_file *f, sqlite3_int64 size)
{
  log_op (FILE_OF (f), OP_TRUNCATE, size, NULL, 0);
  return REAL (f)->pMethods->xTruncate (REAL (f), size);
}

static int
cut_sync (sqlite3_file *f, int flags)
{
  log_op (FILE_OF (f), OP_SYNC, 0, NULL, 0);
  return REAL (f)->pMethods->xSync (REAL (f), flags);
}

static int
cut_size (sqlite3_file *f, sqlite3_int64 *size)
{
  return REAL (f)->pMethods->xFileSize (REAL (f), size);
}

static int
cut_lock (sqlite3_file *f, int level)
{
  return REAL (f)->pMethods->xLock (REAL (f), level);
}

static int
cut_unlock (sqlite3_file *f, int level)
{
  return REAL (f)->pMethods->xUnlock (REAL (f), level);
}

static int
cut_check_lock (sqlite3_file *f, int *out)
{
  return REAL (f)->pMethods->xCheckReservedLock (REAL (f), out);
}

static int
cut_control (sqlite3_file *f, int op, void *arg)
{
  return REAL (f)->pMethods->xFileControl (REAL (f), op, arg);
}

static int
cut_sector (sqlite3_file *f)
{
  return REAL (f)->pMethods->xSectorSize (REAL (f));
}

static int
cut_traits (sqlite3_file *f)
{
  return REAL (f)->pMethods->xDeviceCharacteristics (REAL (f));
}

static int
cut_shm_map (sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
  return REAL (f)->pMethods->xShmMap (REAL (f), page, size, extend, out);
}

static int
cut_shm_lock (sqlite3_file *f, int offset, int n, int flags)
{
  return REAL (f)->pMethods->xShmLock (REAL (f), offset, n, flags);
}

static void
cut_shm_barrier (sqlite3_file *f)
{
  REAL (f)->pMethods->xShmBarrier (REAL (f));
}

static int
cut_shm_unmap (sqlite3_file *f, int remove)
{
  return REAL (f)->pMethods->xShmUnmap (REAL (f), remove);
}

static const sqlite3_io_methods cut_methods = {
  .iVersion = 2,
  .xClose = cut_close,
  .xRead = cut_read,
  .xWrite = cut_write,
  .xTruncate = cut_truncate,
  .xSync = cut_sync,
  .xFileSize = cut_size,
  .xLock = cut_lock,
  .xUnlock = cut_unlock,
  .xCheckReservedLock = cut_check_lock,
  .xFileControl = cut_control,
  .xSectorSize = cut_sector,
  .xDeviceCharacteristics = cut_traits,
  .xShmMap = cut_shm_map,
  .xShmLock = cut_shm_lock,
  .xShmBarrier = cut_shm_barrier,
  .xShmUnmap = cut_shm_unmap,
};

/* The shop's own file and its WAL; backups and rebuilt copies are not recorded. */
static int
file_of_name (const char *name)
{
  if (name == NULL)
    return -1;
  if (g_str_has_suffix (name, "/quay.db"))
    return FILE_DB;
  if (g_str_has_suffix (name, "/quay.db-wal"))
    return FILE_WAL;
  return g_str_has_suffix (name, "/quay.db-journal") ? FILE_JOURNAL : -1;
}

static int
cut_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
  CutFile *file = (CutFile *)f;
  file->real = g_malloc0 ((gsize)real_vfs->szOsFile);
  file->file = file_of_name (name);
  int rc = real_vfs->xOpen (real_vfs, name, file->real, flags, out);
  file->base.pMethods = rc == SQLITE_OK ? &cut_methods : NULL;
  if (rc != SQLITE_OK)
    g_clear_pointer (&file->real, g_free);
  return rc;
}

static int
cut_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  log_op (file_of_name (name), OP_DELETE, sync, NULL, 0);
  return real_vfs->xDelete (real_vfs, name, sync);
}

void
cut_vfs_register (void)
{
  if (record != NULL)
    return;
  record = g_array_new (FALSE, FALSE, sizeof (Op));
  g_array_set_clear_func (record, free_op);
  real_vfs = sqlite3_vfs_find (NULL);
  cut_vfs = *real_vfs;
  cut_vfs.zName = CUT_VFS_NAME;
  cut_vfs.szOsFile = sizeof (CutFile);
  cut_vfs.pNext = NULL;
  cut_vfs.xOpen = cut_open;
  cut_vfs.xDelete = cut_delete;
  g_assert_cmpint (sqlite3_vfs_register (&cut_vfs, 0), ==, SQLITE_OK);
}

guint
cut_vfs_now (void)
{
  g_mutex_lock (&lock);
  guint n = record->len;
  g_mutex_unlock (&lock);
  return n;
}

guint
cut_vfs_syncs (guint from, guint to)
{
  guint n = 0;
  for (guint i = from; i < to; i++)
    n += g_array_index (record, Op, i).kind == OP_SYNC;
  return n;
}

void
cut_vfs_start (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize len;
  g_assert_true (g_file_get_contents (path, &bytes, &len, &error));
  g_assert_no_error (error);
  g_array_set_size (record, 0);
  log_op (FILE_DB, OP_WRITE, 0, bytes, (guint)len);
}

/* --- the disk after the cut --- */

typedef struct
{
  GByteArray *bytes;
  gboolean exists;
} Image;

/* Every operation below the last sync of its file is certain. */
static gint64
last_certain (int file, guint base, guint moment, CutMode mode)
{
  for (guint i = moment + 1; i > base && mode != CUT_NO_SYNCS; i--)
    {
      const Op *op = &g_array_index (record, Op, i - 1);
      if (op->file == file && op->kind == OP_SYNC)
        return i - 1;
    }
  return (gint64)base - 1;
}

static void
grow (Image *image, gsize size)
{
  gsize old = image->bytes->len;
  if (size <= old)
    return;
  g_byte_array_set_size (image->bytes, (guint)size);
  memset (image->bytes->data + old, 0, size - old);
}

static void
spoil_sector (Image *image, gsize from, gsize to, GRand *chance)
{
  grow (image, to);
  for (gsize i = from; i < to; i++)
    image->bytes->data[i] = (guint8)g_rand_int (chance);
}

/* Lays an unsynced write down sector by sector; @share of 4 of them reach the disk. */
static void
lay_uncertain (Image *image, const Op *op, CutMode mode, guint share, GRand *chance)
{
  gsize end = (gsize)op->at + op->len;
  for (gsize at = (gsize)op->at; at < end;)
    {
      gsize sector = at / CUT_SECTOR * CUT_SECTOR;
      gsize stop = MIN (sector + CUT_SECTOR, end);
      if (mode == CUT_TORN && g_rand_int_range (chance, 0, 4) == 0)
        spoil_sector (image, sector, MAX (stop, MIN (sector + CUT_SECTOR, image->bytes->len)),
                      chance);
      else if ((guint)g_rand_int_range (chance, 0, 4) < share)
        {
          grow (image, stop);
          memcpy (image->bytes->data + at, op->data + (at - (gsize)op->at), stop - at);
        }
      else
        {
          at = stop;
          continue;
        }
      image->exists = TRUE;
      at = stop;
    }
}

static void
apply_op (Image *image, const Op *op, gboolean certain, CutMode mode, guint share, GRand *chance)
{
  gboolean happens = certain || g_rand_boolean (chance);
  switch (op->kind)
    {
    case OP_WRITE:
      if (!certain)
        {
          lay_uncertain (image, op, mode, share, chance);
          return;
        }
      grow (image, (gsize)op->at + op->len);
      memcpy (image->bytes->data + op->at, op->data, op->len);
      image->exists = TRUE;
      return;
    case OP_TRUNCATE:
      if (happens && (gsize)op->at < image->bytes->len)
        g_byte_array_set_size (image->bytes, (guint)op->at);
      return;
    case OP_DELETE:
      if (happens || op->at == 1)
        {
          g_byte_array_set_size (image->bytes, 0);
          image->exists = FALSE;
        }
      return;
    default:
      return;
    }
}

static void
build_file (const char *path, int file, guint base, guint moment, CutMode mode, GRand *chance)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Image image = { bytes, FALSE };
  guint share = (guint)g_rand_int_range (chance, 0, 5);
  gint64 certain = last_certain (file, base, moment, mode);
  for (guint i = 0; i <= moment && i < record->len; i++)
    {
      const Op *op = &g_array_index (record, Op, i);
      if (op->file == file)
        apply_op (&image, op, i < base || (gint64)i <= certain, mode, share, chance);
    }
  g_autofree char *name = g_strconcat (path, suffixes[file], NULL);
  g_unlink (name);
  if (image.exists || file == FILE_DB)
    {
      g_autoptr (GError) error = NULL;
      g_file_set_contents_full (name, (const char *)bytes->data, bytes->len,
                                G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

void
cut_vfs_build (const char *path, guint base, guint moment, CutMode mode, GRand *chance)
{
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_unlink (shm);
  for (int file = 0; file < N_FILES; file++)
    build_file (path, file, base, moment, mode, chance);
}
