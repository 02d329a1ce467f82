/* Asking the program that has the shop open: commands over a 0600 unix socket beside the file, so
 * that exactly one connection in the world writes. */
#pragma once

#include "quay-cli.h"

G_BEGIN_DECLS

/** The socket's name in the shop's folder. */
#define QUAY_SOCKET_FILE "quay.sock"

typedef struct _QuayRemote QuayRemote;

/**
 * Serves commands on the till's folder from the main loop until freed. A socket file left by a
 * crash is replaced. (transfer full), NULL with a G_IO_ERROR; the till works without it.
 */
QuayRemote *quay_remote_serve (QuayTill *till, GError **error);
void quay_remote_free (QuayRemote *remote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayRemote, quay_remote_free)

/**
 * Asks the running program of @cli->dir to run @argv (relative files from @cli->cwd) for
 * @cli->user; what it prints goes to standard output and error.
 *
 * Returns: FALSE if no program listens there; else @code is the command's exit code. A request that
 *   was sent and not answered is refused, since it may have been done.
 */
gboolean quay_remote_ask (const QuayCli *cli, char **argv, int *code);

G_END_DECLS
