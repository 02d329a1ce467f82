/* The transport against a server that misbehaves: what comes back whole is handed on, all else is
 * lost in time and in bounds, and without a good certificate no byte of a request leaves. */
#include "quay-sync-transport.h"

#include "quay-error.h"
#include "quay-test.h"
#include "raw-server.h"

#include <string.h>

#define BODY "the records of a day"
#define DAY (3600L * 24)

typedef struct
{
  char *dir;
  QuaySyncTransport *transport;
  QuaySyncReply reply;
  GBytes *body;
  QuaySigned headers;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = quay_test_dir ();
  f->body = g_bytes_new_static (BODY, strlen (BODY));
  f->headers.digest = g_strdup ("sha-256=:AA==:");
  f->headers.input = g_strdup ("s=();keyid=\"k1\"");
  f->headers.sig = g_strdup ("s=:AA==:");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_sync_reply_clear (&f->reply);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
  g_bytes_unref (f->body);
  quay_signed_clear (&f->headers);
  quay_test_remove (f->dir);
  g_free (f->dir);
}

static void
connect_to (Fixture *f, const RawServer *server, const char *ca)
{
  g_autofree char *url =
      g_strdup_printf ("%s://127.0.0.1:%u", server->cert != NULL ? "https" : "http", server->port);
  f->transport = quay_sync_transport_new (url, ca);
}

static QuaySyncOutcome
send_one (Fixture *f)
{
  QuaySyncAction action = { .what = QUAY_SYNC_SEND,
                            .path = "/v1/push",
                            .type = "application/x-ndjson",
                            .body = f->body,
                            .packed = TRUE,
                            .headers = &f->headers };
  quay_sync_reply_clear (&f->reply);
  return quay_sync_transport_send (f->transport, "a till", &action, &f->reply);
}

/* --- what comes back whole --- */

static const RawScript good = {
  .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-type: application/json\r\n"
           "CONTENT-DIGEST:  sha-256=:BB==: \r\nSignature-Input: i\r\nsignature: s\r\n"
           "Content-Encoding: zstd\r\nRetry-After: 30\r\n\r\nhello",
};

static void
test_good (Fixture *f, gconstpointer data)
{
  static const char *const lines[] = {
    "POST /v1/push HTTP/1.1\r\n",
    "\r\nTill: a till\r\n",
    "\r\nContent-Type: application/x-",
    "\r\nContent-Encoding: zstd\r\n",
    "\r\nAccept-Encoding: zstd\r\n",
    "\r\nContent-Digest: sha-256=:AA==:\r\n",
    "\r\nSignature-Input: s=();keyid=",
    "\r\nSignature: s=:AA==:",
    "\r\nUser-Agent: quay/",
  };
  g_autoptr (RawServer) server = raw_server_new (&good, NULL);
  connect_to (f, server, NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (send_one (f), ==, QUAY_SYNC_ANSWERED);
      g_assert_cmpuint (f->reply.answer.status, ==, 200);
      g_assert_cmpstr (f->reply.answer.type, ==, "application/json");
      g_assert_true (f->reply.answer.packed);
      g_assert_cmpint (f->reply.answer.retry_after, ==, 30);
      g_assert_cmpstr (f->reply.answer.headers.digest, ==, "sha-256=:BB==:");
      g_assert_cmpstr (f->reply.answer.headers.input, ==, "i");
      g_assert_cmpstr (f->reply.answer.headers.sig, ==, "s");
      g_assert_cmpmem (g_bytes_get_data (f->reply.answer.body, NULL),
                       g_bytes_get_size (f->reply.answer.body), "hello", 5);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_nonnull (strstr (server->last, lines[i]));
  g_assert_null (strstr (server->last, "Expect"));
  g_assert_cmpuint (server->connections, ==, 1);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

static const struct
{
  const char *name;
  RawScript script;
  guint status;
  const char *type;
  gsize len;
} whole[] = {
  { "redirect",
    { .bytes = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\n"
               "Content-Length: 0\r\n\r\n" },
    302,
    NULL,
    0 },
  { "moved",
    { .bytes = "HTTP/1.1 308 Moved\r\nLocation: /v1/pull\r\nContent-Length: 0\r\n\r\n" },
    308,
    NULL,
    0 },
  { "html",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>" },
    200,
    "text/html",
    6 },
  { "longer-than-told",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhello and more", .close = TRUE },
    200,
    NULL,
    3 },
  { "no-length",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nhello", .close = TRUE },
    200,
    "a/b",
    5 },
  { "chunked",
    { .bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n" },
    200,
    NULL,
    5 },
  { "interim",
    { .bytes = "HTTP/1.1 103 Early\r\nContent-Type: x/y\r\nRetry-After: 9\r\n\r\n"
               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhe" },
    200,
    NULL,
    2 },
  { "retry-not-a-number",
    { .bytes = "HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 2027 23:59:59 GMT\r\n"
               "Content-Length: 0\r\n\r\n" },
    503,
    NULL,
    0 },
};

static void
test_whole (Fixture *f, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (RawServer) server = raw_server_new (&whole[row].script, NULL);
  connect_to (f, server, NULL);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_ANSWERED);
  g_assert_cmpuint (f->reply.answer.status, ==, whole[row].status);
  g_assert_cmpstr (f->reply.answer.type, ==, whole[row].type);
  g_assert_cmpuint (g_bytes_get_size (f->reply.answer.body), ==, whole[row].len);
  g_assert_cmpint (f->reply.answer.retry_after, ==, 0);
  g_assert_cmpuint (server->requests, ==, 1);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

/* --- what is lost --- */

static const struct
{
  const char *name;
  RawScript script;
  QuaySyncLost lost;
} lost[] = {
  { "silent", { .bytes = NULL, .close = TRUE }, QUAY_SYNC_LOST_CUT },
  { "closed-at-once", { .mute = TRUE }, QUAY_SYNC_LOST_CUT },
  { "cut-in-headers", { .bytes = "HTTP/1.1 200 OK\r\nConte", .close = TRUE }, QUAY_SYNC_LOST_CUT },
  { "cut-in-body",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello", .close = TRUE },
    QUAY_SYNC_LOST_CUT },
  { "cut-in-chunk",
    { .bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhe", .close = TRUE },
    QUAY_SYNC_LOST_CUT },
  { "bad-chunk",
    { .bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhe", .close = TRUE },
    QUAY_SYNC_LOST_CUT },
  { "not-http", { .bytes = "220 mail.example ESMTP\r\n", .close = TRUE }, QUAY_SYNC_LOST_CUT },
  { "hangs", { .hang = TRUE }, QUAY_SYNC_LOST_TIMEOUT },
  { "hangs-in-body",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello", .hang = TRUE },
    QUAY_SYNC_LOST_TIMEOUT },
};

static void
test_lost (Fixture *f, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  const QuaySyncLimits limits = { 5000, 500, 50, 90 };
  g_autoptr (RawServer) server = raw_server_new (&lost[row].script, NULL);
  connect_to (f, server, NULL);
  quay_sync_transport_set_limits (f->transport, &limits);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
  g_assert_cmpint (f->reply.lost, ==, lost[row].lost);
  g_assert_cmpint (f->reply.why[0], !=, '\0');
  g_assert_null (f->reply.answer.body);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

/* A trickle is as good as nothing. */
static void
test_slow (Fixture *f, gconstpointer data)
{
  static const RawScript script = { .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhe",
                                    .hang = TRUE };
  const QuaySyncLimits limits = { 5000, 60000, 50, 1 };
  g_autoptr (RawServer) server = raw_server_new (&script, NULL);
  connect_to (f, server, NULL);
  quay_sync_transport_set_limits (f->transport, &limits);
  gint64 began = g_get_monotonic_time ();
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
  g_assert_cmpint (f->reply.lost, ==, QUAY_SYNC_LOST_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

static const struct
{
  const char *name;
  RawScript script;
  gsize most;
} floods[] = {
  { "plain",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n",
      .flood = 900000000,
      .close = TRUE },
    QUAY_WIRE_DOWN_PLAIN },
  { "packed",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n",
      .flood = 900000000,
      .close = TRUE },
    QUAY_WIRE_DOWN_PACKED },
  { "headers", { .bytes = "HTTP/1.1 200 OK\r\nA: ", .flood = 900000000, .close = TRUE }, 1 << 20 },
};

/* What does not end is not kept. The socket's buffers hold some megabytes of what was not read. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (RawServer) server = raw_server_new (&floods[row].script, NULL);
  connect_to (f, server, NULL);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
  g_assert_cmpint (f->reply.lost, ==, QUAY_SYNC_LOST_CUT);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
  raw_server_stop (server);
  g_assert_cmpuint (server->flooded, <, floods[row].most + 12 * 1024 * 1024);
}

static void
test_unreached (Fixture *f, gconstpointer data)
{
  RawServer *server = raw_server_new (&good, NULL);
  connect_to (f, server, NULL);
  raw_server_free (server); /* nobody listens there any more */
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
  g_assert_cmpint (f->reply.lost, ==, QUAY_SYNC_LOST_UNREACHED);
}

static gpointer
cancel_thread (gpointer data)
{
  gpointer *both = data;
  raw_server_wait (both[0], 1);
  quay_sync_transport_cancel (both[1]);
  return NULL;
}

/* Ending does not wait for a server that says nothing. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  static const RawScript script = { .hang = TRUE };
  g_autoptr (RawServer) server = raw_server_new (&script, NULL);
  connect_to (f, server, NULL);
  gpointer both[] = { server, f->transport };
  GThread *thread = g_thread_new ("cancel", cancel_thread, both);
  gint64 began = g_get_monotonic_time ();
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_CANCELLED); /* and so does the next */
  g_assert_cmpuint (server->requests, ==, 1);
  server->script = &good;
  quay_sync_transport_resume (f->transport);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_ANSWERED);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

/* --- TLS --- */

typedef enum
{
  TRUST_CA,
  TRUST_OTHER,
  TRUST_SYSTEM,
} Trust;

static const struct
{
  const char *name;
  const char *host;
  long from;
  long to;
  Trust trust;
  QuaySyncOutcome outcome;
  QuaySyncLost lost;
} certs[] = {
  { "good", "127.0.0.1", -DAY, DAY, TRUST_CA, QUAY_SYNC_ANSWERED, 0 },
  { "wrong-host", "other.example", -DAY, DAY, TRUST_CA, QUAY_SYNC_LOST, QUAY_SYNC_LOST_TLS },
  { "unknown-ca", "127.0.0.1", -DAY, DAY, TRUST_OTHER, QUAY_SYNC_LOST, QUAY_SYNC_LOST_TLS },
  { "not-public", "127.0.0.1", -DAY, DAY, TRUST_SYSTEM, QUAY_SYNC_LOST, QUAY_SYNC_LOST_TLS },
  { "expired", "127.0.0.1", -2 * DAY, -DAY, TRUST_CA, QUAY_SYNC_LOST, QUAY_SYNC_LOST_CLOCK },
  { "not-yet", "127.0.0.1", DAY, 2 * DAY, TRUST_CA, QUAY_SYNC_LOST, QUAY_SYNC_LOST_CLOCK },
};

static char *
make_trust (Fixture *f, Trust trust)
{
  raw_make_ca (f->dir, "ca");
  raw_make_ca (f->dir, "other");
  return trust == TRUST_SYSTEM
             ? NULL
             : g_build_filename (f->dir, trust == TRUST_CA ? "ca.pem" : "other.pem", NULL);
}

static void
test_cert (Fixture *f, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree char *ca = make_trust (f, certs[row].trust);
  g_autofree char *cert =
      raw_make_cert (f->dir, "server", "ca", certs[row].host, certs[row].from, certs[row].to);
  g_autoptr (RawServer) server = raw_server_new (&good, cert);
  connect_to (f, server, ca);
  g_assert_cmpint (send_one (f), ==, certs[row].outcome);
  g_assert_cmpint (f->reply.lost, ==, certs[row].lost);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
  g_mutex_lock (&server->mutex);
  g_assert_cmpuint (server->connections, ==, 1);
  g_assert_cmpint (server->received > 0, ==, certs[row].outcome == QUAY_SYNC_ANSWERED);
  g_mutex_unlock (&server->mutex);
}

/* Judged at a time that is known to be better than the clock's. */
static void
test_cert_time (Fixture *f, gconstpointer data)
{
  g_autofree char *ca = make_trust (f, TRUST_CA);
  g_autofree char *cert = raw_make_cert (f->dir, "server", "ca", "127.0.0.1", -20 * DAY, -10 * DAY);
  g_autoptr (RawServer) server = raw_server_new (&good, cert);
  connect_to (f, server, ca);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
  quay_sync_transport_set_time (f->transport, g_get_real_time () / G_USEC_PER_SEC - 15 * DAY);
  g_assert_cmpint (send_one (f), ==, QUAY_SYNC_ANSWERED);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
}

/* The second connection takes up the session of the first. */
static void
test_resumed (Fixture *f, gconstpointer data)
{
  RawScript script = good;
  g_autofree char *ca = make_trust (f, TRUST_CA);
  g_autofree char *cert = raw_make_cert (f->dir, "server", "ca", "127.0.0.1", -DAY, DAY);
  script.close = TRUE;
  g_autoptr (RawServer) server = raw_server_new (&script, cert);
  connect_to (f, server, ca);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (send_one (f), ==, QUAY_SYNC_ANSWERED);
  g_clear_pointer (&f->transport, quay_sync_transport_free);
  g_assert_cmpuint (server->connections, ==, 3);
  g_assert_cmpuint (server->resumed, ==, 2);
}

/* Something that speaks no TLS, or hangs up before it does, where a server should be. */
static void
test_no_tls (Fixture *f, gconstpointer data)
{
  static const RawScript scripts[] = { { .bytes = "HTTP/1.1 400 Bad\r\n\r\n", .eager = TRUE },
                                       { .mute = TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      const QuaySyncLimits limits = { 2000, 2000, 50, 90 };
      g_autoptr (RawServer) server = raw_server_new (&scripts[i], NULL);
      g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", server->port);
      f->transport = quay_sync_transport_new (url, NULL);
      quay_sync_transport_set_limits (f->transport, &limits);
      g_assert_cmpint (send_one (f), ==, QUAY_SYNC_LOST);
      g_assert_cmpint (f->reply.lost, ==, QUAY_SYNC_LOST_CUT);
      g_clear_pointer (&f->transport, quay_sync_transport_free);
      g_assert_cmpuint (server->requests, ==, 0);
    }
}

/* --- addresses --- */

static const struct
{
  const char *url;
  const char *clean; /* NULL: refused */
} urls[] = {
  { "https://server.example", "https://server.example" },
  { "https://server.example/", "https://server.example" },
  { "https://server.example:8443/", "https://server.example:8443" },
  { "HTTPS://Server.example", "https://Server.example" },
  { "https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
  { "http://127.8.9.1", "http://127.8.9.1" },
  { "http://[::1]:80/", "http://[::1]:80" },
  { "http://localhost:8080", "http://localhost:8080" },
  { "http://server.example", NULL },
  { "http://127.0.0.1.server.example", NULL },
  { "http://localhost.example", NULL },
  { "http://127.0.0.1@server.example", NULL },
  { "http://10.0.0.1", NULL },
  { "http://0.0.0.0", NULL },
  { "https://user:word@server.example", NULL },
  { "https://server.example/path", NULL },
  { "https://server.example?a=b", NULL },
  { "https://server.example#a", NULL },
  { "https://", NULL },
  { "https:///", NULL },
  { "server.example", NULL },
  { "ftp://server.example", NULL },
  { "file:///etc/passwd", NULL },
  { "https://server.example:99999", NULL },
  { "https://ser ver", NULL },
  { "", NULL },
};

static void
test_urls (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *clean = quay_sync_url_clean (urls[i].url, &error);
      g_assert_cmpstr (clean, ==, urls[i].clean);
      if (clean == NULL)
        g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
}

static void
add (const char *path, guint row, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (row), set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync-transport/good", 0, test_good);
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-transport/whole/", whole[i].name, NULL);
      add (path, i, test_whole);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-transport/lost/", lost[i].name, NULL);
      add (path, i, test_lost);
    }
  for (guint i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-transport/flood/", floods[i].name, NULL);
      add (path, i, test_flood);
    }
  add ("/sync-transport/lost/slow", 0, test_slow);
  add ("/sync-transport/lost/unreached", 0, test_unreached);
  add ("/sync-transport/cancel", 0, test_cancel);
  for (guint i = 0; i < G_N_ELEMENTS (certs); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-transport/certificate/", certs[i].name, NULL);
      add (path, i, test_cert);
    }
  add ("/sync-transport/certificate/at-known-time", 0, test_cert_time);
  add ("/sync-transport/tls/resumed", 0, test_resumed);
  add ("/sync-transport/tls/none", 0, test_no_tls);
  g_test_add_func ("/sync-transport/urls", test_urls);
  return g_test_run ();
}
