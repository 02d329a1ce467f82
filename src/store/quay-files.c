/* Small file work with durability: every step that must survive a power cut is synced. */
#include "quay-files.h"

#include "quay-day.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_STEP (256 * 1024)

QuayError
quay_files_code (int number)
{
  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
      return QUAY_ERROR_NOT_FOUND;
    case EEXIST:
      return QUAY_ERROR_EXISTS;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return QUAY_ERROR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
      return QUAY_ERROR_READ_ONLY;
    default:
      return QUAY_ERROR_IO;
    }
}

gboolean
quay_files_fail (const char *what, const char *path, GError **error)
{
  int number = errno;
  g_set_error (error, QUAY_ERROR, (gint)quay_files_code (number), "%s '%s': %s", what, path,
               g_strerror (number));
  return FALSE;
}

gboolean
quay_files_make_dir (const char *dir, GError **error)
{
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return quay_files_fail ("can't make folder", dir, error);
  return TRUE;
}

gboolean
quay_files_sync (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fsync (fd) != 0)
    {
      quay_files_fail ("can't sync", path, error);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
sync_folder_of (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  return quay_files_sync (dir, error);
}

gboolean
quay_files_rename (const char *from, const char *to, GError **error)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
    {
      /* a stick with a simple file system knows no such flag */
      if (errno != EINVAL || g_file_test (to, G_FILE_TEST_EXISTS) || rename (from, to) != 0)
        return quay_files_fail ("can't rename to", to, error);
    }
  return sync_folder_of (to, error);
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize len)
{
  while (len > 0)
    {
      gssize n = write (fd, bytes, len);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      len -= (gsize)n;
    }
  return TRUE;
}

static gboolean
copy_bytes (int in, int out)
{
  g_autofree guint8 *buffer = g_malloc (COPY_STEP);
  gssize n;
  while ((n = read (in, buffer, COPY_STEP)) > 0)
    if (!write_all (out, buffer, (gsize)n))
      return FALSE;
  return n == 0 && fsync (out) == 0;
}

gboolean
quay_files_copy (const char *from, const char *to, GError **error)
{
  int in = open (from, O_RDONLY | O_CLOEXEC);
  if (in < 0)
    return quay_files_fail ("can't read", from, error);
  int out = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok = out >= 0 && copy_bytes (in, out);
  if (!ok)
    quay_files_fail ("can't write", to, error);
  close (in);
  if (out >= 0)
    close (out);
  return ok && sync_folder_of (to, error);
}

gboolean
quay_files_write (const char *path, const guint8 *bytes, gsize len, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  int fd = open (fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean ok = fd >= 0 && write_all (fd, bytes, len) && fdatasync (fd) == 0;
  if (ok)
    ok = rename (fresh, path) == 0;
  if (!ok)
    quay_files_fail ("can't write", path, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

void
quay_files_discard (const char *path)
{
  static const char *const sides[] = { "", "-wal", "-shm", "-journal" };
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *name = g_strconcat (path, sides[i], NULL);
      g_unlink (name);
    }
}

char *
quay_files_stamp (const QuayEnv *env, gboolean seconds)
{
  gint64 now = env->wall_ms (env->data);
  QuayDay day = quay_day_at (now, 0);
  gint64 second = (now - quay_day_start_ms (day, 0)) / 1000;
  int clock = (int)(second / 3600 * 100 + second / 60 % 60);
  if (seconds)
    return g_strdup_printf ("%08d-%04d%02d", day, clock, (int)(second % 60));
  return g_strdup_printf ("%08d-%04d", day, clock);
}

void
quay_files_remove_tree (const char *path)
{
  const char *name;
  g_autoptr (GDir) list =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  while (list != NULL && (name = g_dir_read_name (list)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      quay_files_remove_tree (inside);
    }
  g_remove (path);
}
