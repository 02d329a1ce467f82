/* The ballast (sync.md section 6). It is never written to a disk that is not clearly able to spare
 * it, and what is free is asked of the system each time, so that there is no state to go wrong. */
#include "quay-ballast.h"

#include "quay-files.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define STEP (256 * 1024)
#define SPARE_BYTES (2 * QUAY_BALLAST_BYTES + QUAY_BALLAST_LOW_BYTES)

/* What this user may still take; the greatest number if it can't be told. */
static guint64
count_free (const char *dir)
{
  struct statvfs about;
  if (statvfs (dir, &about) != 0)
    return G_MAXUINT64;
  return (guint64)about.f_bavail * about.f_frsize;
}

static gboolean
is_there (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, QUAY_BALLAST_FILE, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_room (guint64 n_free, gboolean kept)
{
  return n_free >= QUAY_BALLAST_LOW_BYTES + (kept ? 0 : QUAY_BALLAST_BYTES);
}

gboolean
quay_ballast_has_room (const char *dir)
{
  return is_room (count_free (dir), is_there (dir));
}

gboolean
quay_ballast_release (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, QUAY_BALLAST_FILE, NULL);
  if (g_unlink (path) != 0)
    return FALSE;
  quay_files_sync (dir, NULL); /* some file systems free the blocks only then */
  return TRUE;
}

/* Bytes that no file system can make smaller. */
static gboolean
write_noise (int fd)
{
  g_autofree guint32 *noise = g_new (guint32, STEP / sizeof (guint32));
  guint32 state = 2463534242u; /* Marsaglia's xorshift */
  for (gsize at = 0; at < QUAY_BALLAST_BYTES; at += STEP)
    {
      for (gsize i = 0; i < STEP / sizeof *noise; i++)
        {
          state ^= state << 13;
          state ^= state >> 17;
          state ^= state << 5;
          noise[i] = state;
        }
      if (pwrite (fd, noise, STEP, (off_t)at) != STEP)
        return FALSE;
    }
  return fsync (fd) == 0;
}

static gboolean
takes_its_room (int fd)
{
  struct stat about;
  return fstat (fd, &about) == 0 && (guint64)about.st_blocks * 512 >= QUAY_BALLAST_BYTES;
}

/* Reserving is a matter of microseconds where the file system knows how; elsewhere it is written.
 */
static gboolean
fill (int fd)
{
  gboolean reserved = posix_fallocate (fd, 0, QUAY_BALLAST_BYTES) == 0 && fsync (fd) == 0;
  return (reserved && takes_its_room (fd)) || (write_noise (fd) && takes_its_room (fd));
}

static void
keep (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, QUAY_BALLAST_FILE, NULL);
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  int fd = open (fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  gboolean whole = fill (fd);
  close (fd);
  if (!whole || g_rename (fresh, path) != 0)
    g_unlink (fresh);
}

void
quay_ballast_tend (const char *dir)
{
  guint64 n_free = count_free (dir);
  gboolean kept = is_there (dir);
  if (kept && !is_room (n_free, TRUE))
    quay_ballast_release (dir);
  else if (!kept && n_free != G_MAXUINT64 && n_free >= SPARE_BYTES)
    keep (dir);
}
