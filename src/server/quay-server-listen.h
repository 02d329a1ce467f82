/* Addresses as people write them. */
#pragma once

#include <glib.h>
#include <sys/socket.h>

G_BEGIN_DECLS

/**
 * quay_server_listen:
 * @text: HOST:PORT, [IPV6]:PORT, or :PORT for all addresses
 * @loopback: (out): only this machine can reach it
 * @address: (out) (transfer full): where it listens, with the port taken
 *
 * Returns: a listening socket; −1 with QUAY_ERROR_INVALID, or _BUSY if the address is taken.
 */
int quay_server_listen (const char *text, gboolean *loopback, char **address, GError **error);

/** The address without its port, for limits; (transfer full), "" for none. */
char *quay_server_peer_text (const struct sockaddr *address);

G_END_DECLS
