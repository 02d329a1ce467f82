/* One request a connection: a JSON line in, a JSON line out. */
#include "quay-remote.h"

#include "quay-cli.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <sys/stat.h>

#define MAX_REQUEST 65536

struct _QuayRemote
{
  QuayTill *till; /* owned reference */
  GSocketService *service;
  GCancellable *ending; /* requests that are being read go when we go */
  char *path;
};

static char **
argv_of (json_t *request)
{
  json_t *array = json_object_get (request, "argv");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (json_array_size (array) == 0)
    return NULL;
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      const char *text = json_string_value (json_array_get (array, i));
      if (text == NULL)
        return NULL;
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/* Runs the request with output kept in memory; the answer's JSON text, to be freed by free(). */
static char *
answer_request (QuayRemote *remote, const char *line)
{
  json_error_t why;
  char *out = NULL;
  char *err = NULL;
  size_t out_len;
  size_t err_len;
  int code = QUAY_EXIT_WRONG_USE;
  json_t *request = json_loads (line, JSON_REJECT_DUPLICATES, &why);
  g_auto (GStrv) argv = argv_of (request);
  QuayCli cli = { .dir = quay_till_dir (remote->till),
                  .cwd = json_string_value (json_object_get (request, "cwd")),
                  .user = json_string_value (json_object_get (request, "user")),
                  .pin = json_string_value (json_object_get (request, "pin")),
                  .new_pin = json_string_value (json_object_get (request, "new_pin")),
                  .by_pin = json_string_value (json_object_get (request, "by_pin")),
                  .till = remote->till };
  cli.out = open_memstream (&out, &out_len);
  cli.err = open_memstream (&err, &err_len);
  if (argv != NULL && cli.cwd != NULL && quay_cli_needs_till (argv[0]))
    code = quay_cli_run (&cli, argv);
  else
    fputs ("quayctl: the running till can't do that\n", cli.err);
  fclose (cli.out);
  fclose (cli.err);
  json_decref (request);
  json_t *answer =
      json_pack ("{s:i, s:s%, s:s%}", "code", code, "out", out, out_len, "err", err, err_len);
  char *text = answer != NULL ? json_dumps (answer, JSON_COMPACT) : NULL;
  json_decref (answer);
  free (out);
  free (err);
  return text;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GSocketConnection) connection = data;
  g_autoptr (GError) error = NULL;
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_message ("answer to a command was not taken: %s", error->message);
  g_io_stream_close_async (G_IO_STREAM (connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

typedef struct
{
  QuayRemote *remote;
  GSocketConnection *connection;
} Exchange;

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Exchange *exchange = data;
  g_autoptr (GSocketConnection) connection = exchange->connection;
  gsize len;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &len, NULL);
  if (line == NULL || len > MAX_REQUEST)
    return;
  char *answer = answer_request (exchange->remote, line);
  if (answer == NULL)
    return;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_object_set_data_full (G_OBJECT (connection), "answer", answer, free);
  g_output_stream_write_all_async (out, answer, strlen (answer), G_PRIORITY_DEFAULT, NULL,
                                   written_cb, g_object_ref (connection));
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  exchange->remote = data;
  exchange->connection = g_object_ref (connection);
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_read_line_async (in, G_PRIORITY_DEFAULT, exchange->remote->ending,
                                       line_read_cb, exchange);
  return TRUE;
}

QuayRemote *
quay_remote_serve (QuayTill *till, GError **error)
{
  g_autoptr (QuayRemote) remote = g_new0 (QuayRemote, 1);
  remote->till = g_object_ref (till);
  remote->ending = g_cancellable_new ();
  remote->path = g_build_filename (quay_till_dir (till), QUAY_SOCKET_FILE, NULL);
  remote->service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (remote->path);
  g_unlink (remote->path); /* the lock file says that nobody serves it */
  mode_t old = umask (0177);
  gboolean bound = g_socket_listener_add_address (G_SOCKET_LISTENER (remote->service), address,
                                                  G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                  NULL, NULL, error);
  umask (old);
  if (!bound)
    return NULL;
  g_signal_connect (remote->service, "incoming", G_CALLBACK (incoming_cb), remote);
  g_socket_service_start (remote->service);
  return g_steal_pointer (&remote);
}

void
quay_remote_free (QuayRemote *remote)
{
  if (remote == NULL)
    return;
  g_cancellable_cancel (remote->ending);
  g_object_unref (remote->ending);
  g_socket_service_stop (remote->service);
  g_socket_listener_close (G_SOCKET_LISTENER (remote->service));
  g_object_unref (remote->service);
  g_unlink (remote->path);
  g_free (remote->path);
  g_object_unref (remote->till);
  g_free (remote);
}

/* --- asking --- */

static gboolean
print_answer (const char *line, int *code)
{
  json_error_t why;
  json_t *answer = json_loads (line, 0, &why);
  const char *out = json_string_value (json_object_get (answer, "out"));
  const char *err = json_string_value (json_object_get (answer, "err"));
  gboolean sound = out != NULL && err != NULL;
  if (sound)
    {
      fputs (out, stdout);
      fputs (err, stderr);
      *code = (int)json_integer_value (json_object_get (answer, "code"));
    }
  json_decref (answer);
  return sound;
}

/* Sent but not answered: it may have been done, so it is never done again by itself. */
static gboolean
tell_silence (int *code)
{
  fputs (
      "quayctl: the running till gave no answer; look whether it was done before you repeat it\n",
      stderr);
  *code = QUAY_EXIT_REFUSED;
  return TRUE;
}

/* JSON can't hold other bytes; a command must not go without one of its words. */
static gboolean
is_all_text (char **argv)
{
  for (char **arg = argv; *arg != NULL; arg++)
    if (!g_utf8_validate (*arg, -1, NULL))
      return FALSE;
  return TRUE;
}

static void
add_text (json_t *request, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_new (request, key, json_string (text));
}

/* One line of JSON; to be freed by free(). */
static char *
make_request (const QuayCli *cli, char **argv)
{
  json_t *request = json_pack ("{s:s, s:[]}", "cwd", cli->cwd, "argv");
  for (char **arg = argv; *arg != NULL; arg++)
    json_array_append_new (json_object_get (request, "argv"), json_string (*arg));
  add_text (request, "user", cli->user);
  add_text (request, "pin", cli->pin);
  add_text (request, "new_pin", cli->new_pin);
  add_text (request, "by_pin", cli->by_pin);
  char *text = json_dumps (request, JSON_COMPACT);
  json_decref (request);
  return text;
}

gboolean
quay_remote_ask (const QuayCli *cli, char **argv, int *code)
{
  g_autofree char *path = g_build_filename (cli->dir, QUAY_SOCKET_FILE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (connection == NULL)
    return FALSE;
  if (!is_all_text (argv))
    {
      fputs ("quayctl: an argument is not UTF-8 text\n", stderr);
      *code = QUAY_EXIT_WRONG_USE;
      return TRUE;
    }
  char *dumped = make_request (cli, argv);
  g_autofree char *line = g_strconcat (dumped != NULL ? dumped : "", "\n", NULL);
  free (dumped);
  GOutputStream *to = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (!g_output_stream_write_all (to, line, strlen (line), NULL, NULL, NULL))
    return tell_silence (code);
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autofree char *answer = g_data_input_stream_read_line (in, NULL, NULL, NULL);
  return (answer != NULL && print_answer (answer, code)) || tell_silence (code);
}
