/* Asking the running server: commands over a 0600 unix socket, so that exactly one program has the
 * database open. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

typedef struct _QuayServerRemote QuayServerRemote;

/** Serves commands at @path from threads of its own until freed; a socket file left by a crash is
 * replaced. (transfer full), NULL with an error. */
QuayServerRemote *quay_server_remote_serve (QuayServer *server, const char *path, GError **error);

/** Waits for commands under way. */
void quay_server_remote_free (QuayServerRemote *remote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayServerRemote, quay_server_remote_free)

/**
 * quay_server_remote_ask:
 * @input: (nullable): content of the file that the command reads; @name: its name
 *
 * Asks whoever serves at @path; what it says goes to standard output and error.
 *
 * Returns: FALSE if nobody does; else @code is the command's exit code.
 */
gboolean quay_server_remote_ask (const char *path, char **argv, const char *input, gsize len,
                                 const char *name, int *code);

G_END_DECLS
