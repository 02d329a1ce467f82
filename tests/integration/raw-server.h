/* A server of the test's own: raw bytes over a socket on loopback, with or without TLS, so that it
 * can misbehave in every way; and certificates of every kind. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What a connection does with a request. */
typedef struct
{
  const char *bytes; /* what is answered, headers and all; NULL: nothing */
  gsize flood;       /* then so many more bytes */
  gboolean hang;     /* then nothing, until the other side goes */
  gboolean close;    /* then the connection ends */
  gboolean eager;    /* answers before it is asked, and without TLS */
  gboolean mute;     /* ends before a byte of TLS or of a request is read */
} RawScript;

typedef struct
{
  guint16 port;
  const RawScript *script;
  char *cert; /* file of certificate and key; NULL: no TLS */
  int max_tls;

  /* under the mutex */
  GMutex mutex;
  GCond changed;
  guint connections;
  guint requests;
  guint resumed;  /* TLS sessions taken up again */
  gsize received; /* bytes of requests, after TLS */
  gsize flooded;
  char *last; /* headers of the last request */

  GSocket *listener;
  GThread *thread;
  GCancellable *stop;
} RawServer;

/** Serves one connection at a time; @cert may be NULL. */
RawServer *raw_server_new (const RawScript *script, const char *cert);
/** Waits for its end; the client must have closed its connections. */
void raw_server_stop (RawServer *server);
void raw_server_free (RawServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

/** Waits until so many requests have come in. */
void raw_server_wait (RawServer *server, guint requests);

/**
 * raw_make_ca:
 *
 * A certificate authority in DIR/NAME.pem (certificate) and DIR/NAME.key.
 */
void raw_make_ca (const char *dir, const char *name);

/** A certificate for @host, an IP address or a name, by the authority @ca, good from @from to @to s
 * from now, with its key in one file DIR/NAME.pem; (transfer full). */
char *raw_make_cert (const char *dir, const char *name, const char *ca, const char *host, long from,
                     long to);

G_END_DECLS
