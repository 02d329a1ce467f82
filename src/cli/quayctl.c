/* quayctl: the till without a window. Common options, then one command (quay-cli.h). */
#include "quay-cli.h"
#include "quay-remote.h"

#include "quay-error.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  char *user;
  gboolean help;
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  int pin_fd = -1;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->dir, "the shop's folder", "DIR" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user, "who works", "CODE" },
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &pin_fd, "descriptor to read the PIN from", "N" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, "what can be done", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND …");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Options options = { 0 };
  int code = QUAY_EXIT_WRONG_USE;
  setlocale (LC_CTYPE, "C.UTF-8");
  gboolean understood = parse_options (&argc, &argv, &options, &error);
  if (understood && options.help)
    {
      quay_cli_print_usage (stdout);
      code = QUAY_EXIT_DONE;
    }
  if (!understood || argc < 2 || options.help)
    {
      if (error != NULL)
        fprintf (stderr, "quayctl: %s\n", error->message);
      if (code != QUAY_EXIT_DONE)
        quay_cli_print_usage (stderr);
      g_free (options.dir);
      g_free (options.user);
      return code;
    }
  if (options.dir == NULL)
    options.dir = g_build_filename (g_get_user_data_dir (), "quay", NULL);
  g_autofree char *cwd = g_get_current_dir ();
  QuayCli cli = {
    .dir = options.dir, .cwd = cwd, .user = options.user, .in = stdin, .out = stdout, .err = stderr
  };
  /* The program that has the file open does it; else this one opens the file itself. */
  if (!quay_cli_needs_till (argv[1]) ||
      !quay_remote_ask (options.dir, cwd, options.user, argv + 1, &code))
    code = quay_cli_run (&cli, argv + 1);
  g_free (options.dir);
  g_free (options.user);
  return fflush (stdout) == 0 ? code : QUAY_EXIT_REFUSED;
}
