/* quayd: the province's server, or one of its commands. The main thread waits for signals and looks
 * after what is due each second; HTTP and commands have threads of their own. */
#include "quay-server-command.h"
#include "quay-server-http.h"
#include "quay-server-remote.h"

#include "quay-json.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#define DEFAULT_DB "sqlite:/var/lib/quayd/quayd.db"
#define DEFAULT_SOCKET "/run/quayd/quayd.sock"
#define INPUT_MAX (16 * 1024 * 1024) /* what a command is given to read */

typedef struct
{
  char *db;
  char *listen;
  char *cert;
  char *tls_key;
  char *key;
  char *socket;
  int rate;
  gboolean new_key;
  gboolean help;
  gboolean version;
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_STRING, &options->db, "sqlite:FILE or postgresql://…", "URL" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "where to serve", "HOST:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->cert, "certificate chain", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, "its key", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "the server's signing key", "FILE" },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, "for commands", "PATH" },
    { "rate", 0, 0, G_OPTION_ARG_INT, &options->rate, "requests a second of one till", "N" },
    { "new-key", 0, 0, G_OPTION_ARG_NONE, &options->new_key, "the key file was lost", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, "what can be done", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "which this is", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND …");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  return g_option_context_parse (context, argc, argv, error);
}

static void
clear_options (Options *options)
{
  g_free (options->db);
  g_free (options->listen);
  g_free (options->cert);
  g_free (options->tls_key);
  g_free (options->key);
  g_free (options->socket);
}

static int
refuse (const GError *error)
{
  fprintf (stderr, "quayd: %s\n", error->message);
  return QUAY_SERVER_REFUSED;
}

/* One line an event; the journal of the system adds the time. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n && (level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)) == 0; i++)
    if (g_strcmp0 (fields[i].key, "MESSAGE") == 0)
      fprintf (stderr, "quayd: %s\n", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static QuayServer *
open_server (const Options *options, GError **error)
{
  QuayServerOptions open = { .db = options->db,
                             .key = options->key,
                             .rate = (guint)options->rate,
                             .burst = (guint)MIN (options->rate, G_MAXINT / 4) * 4,
                             .new_key = options->new_key };
  return quay_server_open (&open, error);
}

/* --- serving --- */

typedef struct
{
  QuayServer *server;
  QuayServerHttp *http;
} Service;

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
rest_cb (gpointer data)
{
  Service *service = data;
  quay_server_rest (service->server);
  quay_server_http_rest (service->http);
  return G_SOURCE_CONTINUE;
}

/* For scripts: the first line of the output says that it serves, and where. */
static void
tell_ready (Service *service, gboolean tls)
{
  g_autoptr (GString) line = g_string_new ("{");
  quay_json_key (line, "listening");
  quay_json_text (line, quay_server_http_address (service->http));
  quay_json_key (line, "node");
  quay_json_text (line, quay_server_node (service->server));
  quay_json_key (line, "tls");
  g_string_append (line, tls ? "true" : "false");
  g_string_append (line, "}\n");
  fputs (line->str, stdout);
  fflush (stdout);
}

static int
run (Service *service, const Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayServerRemote) remote =
      quay_server_remote_serve (service->server, options->socket, &error);
  if (remote == NULL)
    return refuse (error);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_timeout_add_seconds (1, rest_cb, service);
  tell_ready (service, options->cert != NULL);
  g_message ("serving on %s", quay_server_http_address (service->http));
  g_main_loop_run (loop);
  g_message ("stopping");
  return QUAY_SERVER_DONE;
}

static int
serve (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cert = NULL;
  g_autofree char *key = NULL;
  Service service = { NULL };
  signal (SIGPIPE, SIG_IGN);
  if ((options->cert != NULL) != (options->tls_key != NULL))
    {
      fputs ("quayd: --tls-cert and --tls-key go together\n", stderr);
      return QUAY_SERVER_WRONG_USE;
    }
  if (options->cert != NULL && (!g_file_get_contents (options->cert, &cert, NULL, &error) ||
                                !g_file_get_contents (options->tls_key, &key, NULL, &error)))
    return refuse (error);
  service.server = open_server (options, &error);
  if (service.server == NULL)
    return refuse (error);
  QuayServerHttpOptions http = { options->listen, cert, key };
  service.http = quay_server_http_start (service.server, &http, &error);
  int code = service.http != NULL ? run (&service, options) : refuse (error);
  quay_server_http_stop (service.http);
  quay_server_close (service.server);
  return code;
}

/* --- commands --- */

static int
run_here (const Options *options, char **argv, const char *input, gsize len, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayServer) server = open_server (options, &error);
  if (server == NULL)
    return refuse (error);
  QuayServerCommand command = {
    .server = server, .input = input, .len = len, .name = name, .out = stdout, .err = stderr
  };
  return quay_server_command_run (&command, argv);
}

static int
do_command (const Options *options, char **argv)
{
  int code;
  gsize len = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *input = NULL;
  g_autofree char *name = NULL;
  if (!quay_server_command_is_known (argv))
    {
      quay_server_command_usage (stderr);
      return QUAY_SERVER_WRONG_USE;
    }
  const char *file = quay_server_command_file (argv);
  if (file != NULL && !g_file_get_contents (file, &input, &len, &error))
    return refuse (error);
  if (len > INPUT_MAX)
    {
      fprintf (stderr, "quayd: '%s' is larger than 16 MB: give it in parts\n", file);
      return QUAY_SERVER_REFUSED;
    }
  name = file != NULL ? g_path_get_basename (file) : g_strdup ("");
  if (!quay_server_remote_ask (options->socket, argv, input, len, name, &code))
    code = run_here (options, argv, input, len, name);
  return fflush (stdout) == 0 ? code : QUAY_SERVER_REFUSED;
}

static void
fill_options (Options *options)
{
  if (options->db == NULL)
    options->db = g_strdup (DEFAULT_DB);
  const char *file = quay_server_db_file (options->db);
  if (options->socket == NULL)
    options->socket = file != NULL ? g_strconcat (file, ".sock", NULL) : g_strdup (DEFAULT_SOCKET);
}

static int
do_all (Options *options, int argc, char **argv)
{
  if (options->help)
    {
      quay_server_command_usage (stdout);
      return QUAY_SERVER_DONE;
    }
  if (options->version)
    {
      puts ("quayd " QUAY_VERSION);
      return QUAY_SERVER_DONE;
    }
  fill_options (options);
  if (options->rate >= 0 && argc == 1 && options->listen != NULL)
    return serve (options);
  if (options->rate >= 0 && argc > 1 && options->listen == NULL)
    return do_command (options, argv + 1);
  quay_server_command_usage (stderr);
  return QUAY_SERVER_WRONG_USE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Options options = { .rate = QUAY_SERVER_RATE };
  setlocale (LC_CTYPE, "C.UTF-8");
  umask (077); /* what people buy and owe is nobody else's business */
  g_log_set_writer_func (write_log, NULL, NULL);
  int code = QUAY_SERVER_WRONG_USE;
  if (parse_options (&argc, &argv, &options, &error))
    code = do_all (&options, argc, argv);
  else
    fprintf (stderr, "quayd: %s\n", error->message);
  clear_options (&options);
  return code;
}
