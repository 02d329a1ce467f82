/* The check of everything: each chain's links and seals, and all tables against a replay. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

/** @why: the first thing that is not right, NULL if all is. */
typedef struct
{
  gboolean ok;
  char *why;
  guint64 chains;
  guint64 records;
  guint64 held;
} QuayServerVerdict;

void quay_server_verdict_clear (QuayServerVerdict *verdict);

/**
 * quay_server_verify:
 *
 * From one moment's view, beside the running server. Replays into a database of its own, which
 * takes as much room as the tables do and goes away.
 *
 * Returns: FALSE if the check itself could not be done.
 */
gboolean quay_server_verify (QuayServer *server, QuayServerVerdict *verdict, GError **error);

G_END_DECLS
