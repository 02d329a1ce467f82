/* The handlers over HTTP by libmicrohttpd: two threads, bounded bodies, connections and time. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

typedef struct _QuayServerHttp QuayServerHttp;

/**
 * QuayServerHttpOptions:
 * @listen: HOST:PORT; a port of 0 takes a free one
 * @cert, @key: PEM texts, both or neither: plain HTTP is served on loopback alone
 */
typedef struct
{
  const char *listen;
  const char *cert;
  const char *key;
} QuayServerHttpOptions;

/**
 * quay_server_http_start:
 *
 * Serves from threads of its own until quay_server_http_stop().
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_INVALID for an address or keys that are none,
 *   _REFUSED for plain HTTP beyond loopback, _BUSY if the address is taken.
 */
QuayServerHttp *quay_server_http_start (QuayServer *server, const QuayServerHttpOptions *options,
                                        GError **error);

/** Where it listens, "127.0.0.1:8080"; borrowed. */
const char *quay_server_http_address (QuayServerHttp *http);

/** Ends connections that take too long over one request. Each second or so. */
void quay_server_http_rest (QuayServerHttp *http);

/** Takes no new connection, lets requests under way end for some seconds, and goes. */
void quay_server_http_stop (QuayServerHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayServerHttp, quay_server_http_stop)

G_END_DECLS
