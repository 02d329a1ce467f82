/* An open-file-description lock: it ends with the program, also when that is killed, and a second
 * taker in the same program is refused as well. */
#include "quay-lock.h"

#include "quay-files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOCK_FILE "quay.lock"

struct _QuayLock
{
  int fd;
};

QuayLock *
quay_lock_take (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, LOCK_FILE, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      quay_files_fail ("can't open", path, error);
      return NULL;
    }
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  if (fcntl (fd, F_OFD_SETLK, &range) != 0)
    {
      if (errno == EAGAIN || errno == EACCES)
        g_set_error (error, QUAY_ERROR, QUAY_ERROR_BUSY, "'%s' is held by another program", path);
      else
        quay_files_fail ("can't lock", path, error);
      close (fd);
      return NULL;
    }
  QuayLock *lock = g_new0 (QuayLock, 1);
  lock->fd = fd;
  return lock;
}

gboolean
quay_lock_is_held (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, LOCK_FILE, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gboolean held = fd >= 0 && fcntl (fd, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
  if (fd >= 0)
    close (fd);
  return held;
}

void
quay_lock_free (QuayLock *lock)
{
  if (lock == NULL)
    return;
  close (lock->fd);
  g_free (lock);
}
