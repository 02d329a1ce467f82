/* A program with the shop open, for the tests of quayctl: says "ready" and serves its socket until
 * standard input ends; with --mute it holds the file and serves nothing. */
#include "quay-remote.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
input_cb (int fd, GIOCondition condition, gpointer loop)
{
  char byte;
  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayRemote) remote = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gboolean mute = argc == 3 && strcmp (argv[2], "--mute") == 0;
  if (argc != 2 && !mute)
    return 2;
  g_autoptr (QuayTill) till = quay_till_open (argv[1], NULL, &error);
  if (till != NULL && !mute)
    remote = quay_remote_serve (till, &error);
  if (error != NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  puts ("ready");
  fflush (stdout);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, loop);
  g_main_loop_run (loop);
  g_clear_pointer (&remote, quay_remote_free);
  quay_till_close (till);
  return 0;
}
