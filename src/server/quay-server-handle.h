/* One request in, one answer out, without sockets: what HTTP carries to here, and simulators too.
 * Any thread; calls may wait for a handle of the database. */
#pragma once

#include "quay-server.h"
#include "quay-wire.h"

G_BEGIN_DECLS

/** The greatest body that any call takes, as sent; more is answered 413 without reading on. */
#define QUAY_SERVER_BODY_MAX (96 * 1024)

/**
 * QuayServerRequest: as it came; everything is borrowed and any header may be NULL.
 * @query: what follows "?", NULL for none
 * @encoding: Content-Encoding
 * @peer: the address, for limits
 * @cut: the body was longer than @body; it was not read on
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  const char *till;
  const char *encoding;
  QuaySigned headers;
  const guint8 *body;
  gsize len;
  const char *peer;
  gboolean cut;
} QuayServerRequest;

/**
 * QuayServerAnswer:
 * @type: Content-Type; static
 * @packed: Content-Encoding is zstd
 * @wait: Retry-After in seconds, 0 for none
 */
typedef struct
{
  guint status;
  const char *type;
  gboolean packed;
  gint64 wait;
  GBytes *body;
  QuaySigned headers;
} QuayServerAnswer;

void quay_server_answer_clear (QuayServerAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayServerAnswer, quay_server_answer_clear)

/** Answers; never fails: what goes wrong is a problem in @answer, signed like all. */
void quay_server_handle (QuayServer *server, const QuayServerRequest *request,
                         QuayServerAnswer *answer);

/** The greatest body that @path takes, as sent. */
gsize quay_server_body_limit (const char *path);

G_END_DECLS
