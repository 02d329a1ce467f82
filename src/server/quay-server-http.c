/* Nothing is held for a client without a bound: head and body in bytes, a request in seconds, and
 * connections in number. What is too much is answered without reading on, or cut. */
#include "quay-server-http.h"

#include "quay-server-handle.h"
#include "quay-server-listen.h"

#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define THREADS 2
#define CONNECTIONS 1000
#define CONNECTIONS_A_PEER 50
#define IDLE_S 60            /* without a byte */
#define HEAD_MS (60 * 1000)  /* from the connection, or the last answer, to the end of the head */
#define BODY_MS (300 * 1000) /* for the body: 64 KiB at 220 bytes a second */
#define MEMORY (16 * 1024)   /* of one connection: its head must fit */
#define STOP_MS 5000
#define SPILL (1024 * 1024) /* read and thrown away after a body that is too large */

/* A connection, so that the slow ones can be cut. */
typedef struct
{
  int fd;
  gint64 since; /* monotonic µs */
  gboolean in_body;
} Connection;

struct _QuayServerHttp
{
  QuayServer *server;
  struct MHD_Daemon *daemon;
  char *address;
  GMutex lock;
  GHashTable *connections; /* Connection set */
  gint active;             /* requests under way; atomic */
};

typedef struct
{
  QuayServerHttp *http;
  GByteArray *body;
  gsize limit;
  gsize spilt;
  gboolean cut;
} Request;

/* --- connections --- */

static void
connection_cb (void *data, struct MHD_Connection *mhd, void **context,
               enum MHD_ConnectionNotificationCode what)
{
  QuayServerHttp *http = data;
  g_mutex_lock (&http->lock);
  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      const union MHD_ConnectionInfo *info =
          MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
      Connection *connection = g_new0 (Connection, 1);
      connection->fd = info != NULL ? info->connect_fd : -1;
      connection->since = g_get_monotonic_time ();
      *context = connection;
      g_hash_table_add (http->connections, connection);
    }
  else if (*context != NULL)
    {
      g_hash_table_remove (http->connections, *context); /* frees it; its socket closes later */
      *context = NULL;
    }
  g_mutex_unlock (&http->lock);
}

static void
touch (QuayServerHttp *http, struct MHD_Connection *mhd, gboolean in_body)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  Connection *connection = info != NULL ? info->socket_context : NULL;
  if (connection == NULL)
    return;
  g_mutex_lock (&http->lock);
  connection->since = g_get_monotonic_time ();
  connection->in_body = in_body;
  g_mutex_unlock (&http->lock);
}

void
quay_server_http_rest (QuayServerHttp *http)
{
  GHashTableIter iter;
  gpointer key;
  gint64 now = g_get_monotonic_time ();
  g_mutex_lock (&http->lock);
  g_hash_table_iter_init (&iter, http->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Connection *connection = key;
      gint64 limit = connection->in_body ? BODY_MS : HEAD_MS;
      if ((now - connection->since) / 1000 > limit && connection->fd >= 0)
        shutdown (connection->fd, SHUT_RDWR);
    }
  g_mutex_unlock (&http->lock);
}

/* --- answering --- */

static void
add_header (struct MHD_Response *response, const char *name, const char *value)
{
  if (value != NULL)
    MHD_add_response_header (response, name, value);
}

static enum MHD_Result
send_answer (struct MHD_Connection *mhd, const QuayServerAnswer *answer, gboolean last)
{
  gsize len;
  const void *body = g_bytes_get_data (answer->body, &len);
  struct MHD_Response *response =
      MHD_create_response_from_buffer (len, (void *)body, MHD_RESPMEM_MUST_COPY);
  if (response == NULL)
    return MHD_NO;
  add_header (response, "Content-Type", answer->type);
  add_header (response, "Content-Encoding", answer->packed ? "zstd" : NULL);
  add_header (response, "Content-Digest", answer->headers.digest);
  add_header (response, "Signature-Input", answer->headers.input);
  add_header (response, "Signature", answer->headers.sig);
  add_header (response, "Cache-Control", "no-store");
  add_header (response, "Connection", last ? "close" : NULL);
  if (answer->wait > 0)
    {
      g_autofree char *wait = g_strdup_printf ("%" G_GINT64_FORMAT, answer->wait);
      add_header (response, "Retry-After", wait);
    }
  enum MHD_Result result = MHD_queue_response (mhd, answer->status, response);
  MHD_destroy_response (response);
  return result;
}

static char *
find_query (struct MHD_Connection *mhd)
{
  const char *nonce = MHD_lookup_connection_value (mhd, MHD_GET_ARGUMENT_KIND, "nonce");
  return nonce != NULL ? g_strconcat ("nonce=", nonce, NULL) : NULL;
}

static enum MHD_Result
answer_request (QuayServerHttp *http, struct MHD_Connection *mhd, const char *path,
                const char *method, const Request *made)
{
  g_auto (QuayServerAnswer) answer = { 0 };
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  g_autofree char *peer = quay_server_peer_text (info != NULL ? info->client_addr : NULL);
  g_autofree char *query = find_query (mhd);
  QuayServerRequest request = { .method = method, .path = path, .query = query, .peer = peer };
  request.till = MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Till");
  request.encoding = MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Content-Encoding");
  request.headers.digest =
      (char *)MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Content-Digest");
  request.headers.input =
      (char *)MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Signature-Input");
  request.headers.sig = (char *)MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Signature");
  request.body = made->body->data;
  request.len = made->body->len;
  request.cut = made->cut;
  g_atomic_int_inc (&http->active);
  quay_server_handle (http->server, &request, &answer);
  enum MHD_Result result = send_answer (mhd, &answer, made->cut);
  g_atomic_int_add (&http->active, -1);
  return result;
}

/* --- reading --- */

/* TRUE if the head itself says that the body is too large. */
static gboolean
claims_too_much (struct MHD_Connection *mhd, gsize limit)
{
  guint64 len;
  const char *text = MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, "Content-Length");
  return text != NULL &&
         (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &len, NULL) || len > limit);
}

static enum MHD_Result
begin_request (QuayServerHttp *http, struct MHD_Connection *mhd, const char *path,
               const char *method, void **context)
{
  Request *request = g_new0 (Request, 1);
  request->http = http;
  request->body = g_byte_array_new ();
  request->limit = quay_server_body_limit (path);
  *context = request;
  touch (http, mhd, TRUE);
  request->cut = claims_too_much (mhd, request->limit);
  return request->cut ? answer_request (http, mhd, path, method, request) : MHD_YES;
}

static enum MHD_Result
take_body (Request *request, const char *data, size_t *size)
{
  gsize n = *size;
  *size = 0;
  if (request->body->len + n > request->limit)
    request->cut = TRUE;
  if (request->cut)
    {
      request->spilt += n;
      return request->spilt <= SPILL ? MHD_YES : MHD_NO; /* NO ends the connection */
    }
  g_byte_array_append (request->body, (const guint8 *)data, (guint)n);
  return MHD_YES;
}

static enum MHD_Result
access_cb (void *data, struct MHD_Connection *mhd, const char *path, const char *method,
           const char *version, const char *upload, size_t *size, void **context)
{
  QuayServerHttp *http = data;
  Request *request = *context;
  if (request == NULL)
    return begin_request (http, mhd, path, method, context);
  if (*size > 0)
    return take_body (request, upload, size);
  return answer_request (http, mhd, path, method, request);
}

static void
completed_cb (void *data, struct MHD_Connection *mhd, void **context,
              enum MHD_RequestTerminationCode why)
{
  Request *request = *context;
  touch (data, mhd, FALSE);
  if (request == NULL)
    return;
  g_byte_array_unref (request->body);
  g_free (request);
  *context = NULL;
}

static void
log_cb (void *data, const char *format, va_list args)
{
  /* what clients do wrong is no news */
}

/* --- start and stop --- */

static struct MHD_Daemon *
start_daemon (QuayServerHttp *http, const QuayServerHttpOptions *options, int fd, gboolean loopback)
{
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->key },
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->cert },
    { MHD_OPTION_HTTPS_PRIORITIES, 0,
      (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE" },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
  if (options->cert != NULL)
    flags |= MHD_USE_TLS;
  /* behind a proxy on this machine all peers have one address */
  guint a_peer = loopback ? CONNECTIONS : CONNECTIONS_A_PEER;
  return MHD_start_daemon (
      flags, 0, NULL, NULL, access_cb, http, MHD_OPTION_EXTERNAL_LOGGER, log_cb, NULL,
      MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
      (unsigned)a_peer, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_NOTIFY_COMPLETED, completed_cb, http,
      MHD_OPTION_NOTIFY_CONNECTION, connection_cb, http, MHD_OPTION_ARRAY,
      options->cert != NULL ? tls : none, MHD_OPTION_END);
}

QuayServerHttp *
quay_server_http_start (QuayServer *server, const QuayServerHttpOptions *options, GError **error)
{
  gboolean loopback;
  g_autofree char *address = NULL;
  int fd = quay_server_listen (options->listen, &loopback, &address, error);
  if (fd < 0)
    return NULL;
  if (!loopback && options->cert == NULL)
    {
      close (fd);
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                   "plain HTTP is served on loopback alone: '%s' needs a certificate and its key",
                   options->listen);
      return NULL;
    }
  QuayServerHttp *http = g_new0 (QuayServerHttp, 1);
  http->server = server;
  http->address = g_steal_pointer (&address);
  http->connections = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_free, NULL);
  http->daemon = start_daemon (http, options, fd, loopback);
  if (http->daemon != NULL)
    return http;
  close (fd);
  quay_server_http_stop (http);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "can't serve on '%s'%s", options->listen,
               options->cert != NULL ? ": the certificate or its key may be none" : "");
  return NULL;
}

const char *
quay_server_http_address (QuayServerHttp *http)
{
  return http->address;
}

void
quay_server_http_stop (QuayServerHttp *http)
{
  if (http == NULL)
    return;
  if (http->daemon != NULL)
    {
      int fd = MHD_quiesce_daemon (http->daemon);
      if (fd != MHD_INVALID_SOCKET)
        close (fd);
      for (guint i = 0; i < STOP_MS / 10 && g_atomic_int_get (&http->active) > 0; i++)
        g_usleep (10 * 1000);
      MHD_stop_daemon (http->daemon);
    }
  g_hash_table_unref (http->connections);
  g_free (http->address);
  g_free (http);
}
