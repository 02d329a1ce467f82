/* The province's server as an object: the database's handles, its keys, limits. No sockets, no
 * thread of its own; all calls from any thread. */
#pragma once

#include "quay-server-db.h"

G_BEGIN_DECLS

typedef struct _QuayServer QuayServer;

/**
 * QuayServerOptions:
 * @db: sqlite:FILE or postgresql://…
 * @key: the key file; NULL: FILE with ".key", for SQLite alone
 * @env: copied; NULL: the system's clock and chance
 * @vfs: SQLite's VFS, NULL for the system's
 * @rate: requests a second that one till may make in the long run; 0: as many as it likes
 * @burst: and at once
 * @new_key: the key file was lost: make one for the node that the database knows
 */
typedef struct
{
  const char *db;
  const char *key;
  const QuayEnv *env;
  const char *vfs;
  guint rate;
  guint burst;
  gboolean new_key;
} QuayServerOptions;

#define QUAY_SERVER_RATE 50
#define QUAY_SERVER_BURST 200

/**
 * quay_server_open:
 *
 * Opens the database, checks that each chain's head is its journal's end, and makes the key file of
 * a new server. Records that another version held are tried again.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_BUSY if another program has it open, _REFUSED for
 *   a key file that does not fit, _DAMAGED, _NEWER, or a storage error.
 */
QuayServer *quay_server_open (const QuayServerOptions *options, GError **error);

/** Waits for nobody: no call may be under way. */
void quay_server_close (QuayServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayServer, quay_server_close)

/** Work for quiet moments: checkpoints, forgetting old limits. Each second or so. */
void quay_server_rest (QuayServer *server);

/** The server's clock, ms since 1970. */
gint64 quay_server_now (QuayServer *server);

/** Which server: text of its node's id; borrowed. */
const char *quay_server_node (QuayServer *server);

G_END_DECLS
