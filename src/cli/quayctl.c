/* quayctl: the till without a window. Common options, then one command (quay-cli.h). */
#include "quay-cli.h"
#include "quay-remote.h"

#include "quay-error.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define PIN_MAX 64

typedef struct
{
  char *dir;
  char *user;
  int pin_fd; /* −1: no PIN is given */
  gboolean help;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->dir);
  g_free (options->user);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->dir, "the shop's folder", "DIR" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user, "who works", "CODE" },
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &options->pin_fd, "descriptor to read the PIN from", "N" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, "what can be done", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND …");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  return g_option_context_parse (context, argc, argv, error);
}

/* A PIN comes by a descriptor, its first line: nobody sees it in a list of processes. */
static void
read_pin (int fd, char pin[PIN_MAX + 1])
{
  gsize n = 0;
  while (n < PIN_MAX && read (fd, pin + n, 1) == 1 && pin[n] != '\n')
    n++;
  pin[n] = '\0';
}

/* "--new-pin-fd N" and the like (@option) among the command's own arguments: taken out, since a
 * program that is asked has other descriptors. */
static gboolean
take_pin (char **argv, const char *option, char pin[PIN_MAX + 1])
{
  for (char **arg = argv; *arg != NULL; arg++)
    {
      gint64 fd;
      if (strcmp (*arg, option) != 0 || arg[1] == NULL ||
          !g_ascii_string_to_signed (arg[1], 10, 0, 65535, &fd, NULL))
        continue;
      read_pin ((int)fd, pin);
      do
        arg[0] = arg[2];
      while (*arg++ != NULL);
      return TRUE;
    }
  return FALSE;
}

/* The program that has the file open does it; else this one opens the file itself. */
static int
run (const Options *options, char **argv)
{
  int code = QUAY_EXIT_REFUSED;
  char pin[PIN_MAX + 1];
  char new_pin[PIN_MAX + 1];
  char by_pin[PIN_MAX + 1];
  g_autofree char *cwd = g_get_current_dir ();
  QuayCli cli = { .dir = options->dir,
                  .cwd = cwd,
                  .user = options->user,
                  .in = stdin,
                  .out = stdout,
                  .err = stderr };
  if (options->pin_fd >= 0)
    {
      read_pin (options->pin_fd, pin);
      cli.pin = pin;
    }
  if (take_pin (argv, "--new-pin-fd", new_pin))
    cli.new_pin = new_pin;
  if (take_pin (argv, "--by-pin-fd", by_pin))
    cli.by_pin = by_pin;
  if (!quay_cli_needs_till (argv[0]) || !quay_remote_ask (&cli, argv, &code))
    code = quay_cli_run (&cli, argv);
  explicit_bzero (pin, sizeof pin);
  explicit_bzero (new_pin, sizeof new_pin);
  explicit_bzero (by_pin, sizeof by_pin);
  return code;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Options) options = { .pin_fd = -1 };
  setlocale (LC_CTYPE, "C.UTF-8");
  gboolean understood = parse_options (&argc, &argv, &options, &error);
  if (understood && options.help)
    {
      quay_cli_print_usage (stdout);
      return QUAY_EXIT_DONE;
    }
  if (!understood || argc < 2)
    {
      if (error != NULL)
        fprintf (stderr, "quayctl: %s\n", error->message);
      quay_cli_print_usage (stderr);
      return QUAY_EXIT_WRONG_USE;
    }
  if (options.dir == NULL)
    options.dir = g_build_filename (g_get_user_data_dir (), "quay", NULL);
  int code = run (&options, argv + 1);
  return fflush (stdout) == 0 ? code : QUAY_EXIT_REFUSED;
}
