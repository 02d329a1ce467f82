/* One request a connection: a JSON line in, a JSON line out. A command may take long (verify), so
 * each has a thread. */
#include "quay-server-remote.h"

#include "quay-server-command.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

#define THREADS 4
#define MAX_REQUEST (32 * 1024 * 1024)
#define TIMEOUT_S 30

struct _QuayServerRemote
{
  QuayServer *server;
  GSocketService *service;
  char *path;
  GMutex lock;
  GCond done;
  guint busy;
};

/* --- serving --- */

/* Its end is the line feed; NULL for one that is too long or never ends. */
static char *
read_line (GInputStream *in)
{
  g_autoptr (GByteArray) line = g_byte_array_new ();
  for (;;)
    {
      guint8 part[65536];
      gssize got = g_input_stream_read (in, part, sizeof part, NULL, NULL);
      if (got <= 0 || line->len + (guint)got > MAX_REQUEST)
        return NULL;
      g_byte_array_append (line, part, (guint)got);
      if (line->data[line->len - 1] == '\n')
        break;
    }
  g_byte_array_append (line, (const guint8 *)"", 1);
  return (char *)g_byte_array_free (g_steal_pointer (&line), FALSE);
}

static char **
argv_of (json_t *request)
{
  json_t *array = json_object_get (request, "argv");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      const char *text = json_string_value (json_array_get (array, i));
      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/* The answer's JSON text, to be freed by free(). */
static char *
answer_request (QuayServerRemote *remote, const char *line)
{
  json_error_t why;
  char *out = NULL;
  char *err = NULL;
  size_t out_len;
  size_t err_len;
  json_t *request = json_loads (line, JSON_REJECT_DUPLICATES, &why);
  json_t *input = json_object_get (request, "input");
  const char *name = json_string_value (json_object_get (request, "name"));
  g_auto (GStrv) argv = argv_of (request);
  QuayServerCommand command = { .server = remote->server,
                                .input = json_string_value (input),
                                .len = json_string_length (input),
                                .name = name != NULL ? name : "" };
  command.out = open_memstream (&out, &out_len);
  command.err = open_memstream (&err, &err_len);
  int code = quay_server_command_run (&command, argv);
  fclose (command.out);
  fclose (command.err);
  json_decref (request);
  json_t *answer =
      json_pack ("{s:i, s:s%, s:s%}", "code", code, "out", out, out_len, "err", err, err_len);
  char *text = answer != NULL ? json_dumps (answer, JSON_COMPACT) : NULL;
  json_decref (answer);
  free (out);
  free (err);
  return text;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source,
        gpointer data)
{
  QuayServerRemote *remote = data;
  g_mutex_lock (&remote->lock);
  remote->busy++;
  g_mutex_unlock (&remote->lock);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
  g_autofree char *line = read_line (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  char *answer = line != NULL ? answer_request (remote, line) : NULL;
  if (answer != NULL)
    {
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      g_output_stream_write_all (out, answer, strlen (answer), NULL, NULL, NULL);
      g_output_stream_write_all (out, "\n", 1, NULL, NULL, NULL);
    }
  free (answer);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_mutex_lock (&remote->lock);
  remote->busy--;
  g_cond_signal (&remote->done);
  g_mutex_unlock (&remote->lock);
  return TRUE;
}

QuayServerRemote *
quay_server_remote_serve (QuayServer *server, const char *path, GError **error)
{
  QuayServerRemote *remote = g_new0 (QuayServerRemote, 1);
  remote->server = server;
  remote->path = g_strdup (path);
  remote->service = g_threaded_socket_service_new (THREADS);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_unlink (path); /* whoever has the database's lock may */
  mode_t old = umask (0177);
  gboolean bound = g_socket_listener_add_address (G_SOCKET_LISTENER (remote->service), address,
                                                  G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                  NULL, NULL, error);
  umask (old);
  if (!bound)
    {
      g_object_unref (remote->service);
      g_free (remote->path);
      g_free (remote);
      return NULL;
    }
  g_signal_connect (remote->service, "run", G_CALLBACK (run_cb), remote);
  g_socket_service_start (remote->service);
  return remote;
}

void
quay_server_remote_free (QuayServerRemote *remote)
{
  if (remote == NULL)
    return;
  g_socket_service_stop (remote->service);
  g_socket_listener_close (G_SOCKET_LISTENER (remote->service));
  g_mutex_lock (&remote->lock);
  while (remote->busy > 0)
    g_cond_wait (&remote->done, &remote->lock);
  g_mutex_unlock (&remote->lock);
  g_object_unref (remote->service);
  g_unlink (remote->path);
  g_free (remote->path);
  g_free (remote);
}

/* --- asking --- */

static gboolean
print_answer (const char *line, int *code)
{
  json_error_t why;
  json_t *answer = line != NULL ? json_loads (line, 0, &why) : NULL;
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

static char *
make_request (char **argv, const char *input, gsize len, const char *name)
{
  json_t *request = json_pack ("{s:[]}", "argv");
  for (char **arg = argv; *arg != NULL; arg++)
    if (json_array_append_new (json_object_get (request, "argv"), json_string (*arg)) != 0)
      {
        json_decref (request);
        return NULL; /* no text */
      }
  gboolean ok =
      input == NULL || (json_object_set_new (request, "input", json_stringn (input, len)) == 0 &&
                        json_object_set_new (request, "name", json_string (name)) == 0);
  char *text = ok ? json_dumps (request, JSON_COMPACT) : NULL;
  json_decref (request);
  return text;
}

static int
ask (GSocketConnection *connection, const char *text)
{
  int code;
  GOutputStream *to = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  if (g_output_stream_write_all (to, text, strlen (text), NULL, NULL, NULL) &&
      g_output_stream_write_all (to, "\n", 1, NULL, NULL, NULL))
    {
      g_autofree char *answer = g_data_input_stream_read_line (in, NULL, NULL, NULL);
      if (print_answer (answer, &code))
        return code;
    }
  fputs (
      "quayd: the running server gave no answer; look whether it was done before you repeat it\n",
      stderr);
  return QUAY_SERVER_REFUSED;
}

gboolean
quay_server_remote_ask (const char *path, char **argv, const char *input, gsize len,
                        const char *name, int *code)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (connection == NULL)
    return FALSE;
  char *text = make_request (argv, input, len, name);
  if (text == NULL)
    fputs ("quayd: the words or the file are not UTF-8 text\n", stderr);
  *code = text != NULL ? ask (connection, text) : QUAY_SERVER_WRONG_USE;
  free (text);
  return TRUE;
}
