/* A tmpfs in a mount namespace of this process: it goes with the process, whatever happens. */
#include "small-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define FILLER "filler"

static void
write_map (const char *path, guint id)
{
  g_autofree char *map = g_strdup_printf ("0 %u 1", id);
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write (fd, map, strlen (map)) < 0)
    g_error ("'%s': %s", path, g_strerror (errno));
  close (fd);
}

void
small_disk_init (void)
{
  guint user = getuid ();
  guint group = getgid ();
  if (unshare (CLONE_NEWNS) != 0)
    {
      if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
        g_error ("no small disk can be made here: %s", g_strerror (errno));
      int fd = open ("/proc/self/setgroups", O_WRONLY | O_CLOEXEC);
      if (fd < 0 || write (fd, "deny", 4) < 0)
        g_error ("groups: %s", g_strerror (errno));
      close (fd);
      write_map ("/proc/self/uid_map", user);
      write_map ("/proc/self/gid_map", group);
    }
  if (mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    g_error ("mounts can't be made private: %s", g_strerror (errno));
}

char *
small_disk_new (guint megabytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *size = g_strdup_printf ("size=%um,mode=0700", megabytes);
  char *dir = g_dir_make_tmp ("quay-disk-XXXXXX", &error);
  g_assert_no_error (error);
  if (mount ("none", dir, "tmpfs", 0, size) != 0)
    g_error ("'%s' can't be mounted: %s", dir, g_strerror (errno));
  return dir;
}

void
small_disk_free (char *dir)
{
  g_assert_cmpint (umount2 (dir, MNT_DETACH), ==, 0);
  g_rmdir (dir);
  g_free (dir);
}

void
small_disk_fill (const char *dir, gsize bytes)
{
  static const gsize sizes[] = { 1 << 20, 1 << 12, 1 };
  g_autofree char *noise = g_strnfill (1 << 20, 'x');
  g_autofree char *path = g_build_filename (dir, FILLER, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    while (write (fd, noise, sizes[i]) == (gssize)sizes[i])
      continue;
  g_assert_cmpint (errno, ==, ENOSPC);
  if (bytes > 0)
    g_assert_cmpint (ftruncate (fd, lseek (fd, 0, SEEK_END) - (off_t)bytes), ==, 0);
  close (fd);
}

void
small_disk_make_room (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, FILLER, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
}
