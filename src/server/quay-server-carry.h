/* Records carried by hand: a file that a till has exported, into the server, by the same checks as
 * a push. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

/** What became of one chain of a file. @why: NULL if all of it is here now. */
typedef struct
{
  QuayId chain;
  QuayId till;
  char code[16];
  char letter[8];
  gint64 first;
  gint64 last;
  guint64 fresh; /* that were not here before */
  char *why;
} QuayServerCarried;

void quay_server_carried_free (QuayServerCarried *carried);

/**
 * quay_server_carry_in:
 * @data, @len: the whole file: a JSON object a line, as `quayctl events export` writes them
 *
 * Each run of a chain is taken as if its till had pushed it, but without its seal, which the next
 * contact brings. Chains of tills that are not enrolled are passed over; the province's own is
 * known. What was taken before a fault stays.
 *
 * Returns: (transfer full) (element-type QuayServerCarried): NULL with QUAY_ERROR_INVALID naming
 *   the line, or a storage error.
 */
GPtrArray *quay_server_carry_in (QuayServer *server, const char *data, gsize len, GError **error);

G_END_DECLS
