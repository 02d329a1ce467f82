/* The province's own chain: what the office says becomes events like any till's, signed by the
 * server, seen by all tills. */
#pragma once

#include "quay-server-private.h"

G_BEGIN_DECLS

/**
 * quay_server_say_events:
 * @events: (element-type QuayEvent): completed in place: id if nil, lam, day, ts, who
 * @head: (out): hash of the last record
 *
 * Appends and books them in the open transaction; begins the chain with its birth if there is none.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for an event that can't be written, or a storage error.
 */
gboolean quay_server_say_events (QuayServer *server, QuayServerDb *db, GPtrArray *events,
                                 QuayHash *head, GError **error);

G_END_DECLS
