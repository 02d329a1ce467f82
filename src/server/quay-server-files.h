/* Files beside the database: the server's keys and identity (0600), and the lock that keeps an
 * SQLite file to one program. */
#pragma once

#include "quay-error.h"
#include "quay-id.h"
#include "quay-wire.h"

G_BEGIN_DECLS

#define QUAY_SERVER_KEYS_MAX 4

/**
 * QuayServerIdentity: who this server is.
 * @node: also the till id of the province's own chain
 * @n: keys; the first signs, all are told to the tills
 * @pepper: what one-time codes are hashed with, made from the oldest key
 */
typedef struct
{
  QuayId node;
  char node_text[QUAY_ID_TEXT_LEN + 1];
  guint n;
  char ids[QUAY_SERVER_KEYS_MAX][36];
  QuayKey keys[QUAY_SERVER_KEYS_MAX];
  guint8 pepper[32];
} QuayServerIdentity;

/**
 * quay_server_identity_load:
 * @path: the key file
 * @node: (nullable): text of the node that the database knows; a file of another is refused
 * @make: a file that is not there is made
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _INVALID for a file that is no key file, _REFUSED for
 *   another node's or one that others can read, or a storage error.
 */
gboolean quay_server_identity_load (QuayServerIdentity *identity, const char *path,
                                    const char *node, gboolean make, const QuayEnv *env,
                                    GError **error);

/** Wipes the keys. */
void quay_server_identity_clear (QuayServerIdentity *identity);

typedef struct _QuayServerLock QuayServerLock;

/** Locks the file @path, made if need be, until freed or the end of the program. NULL with
 * QUAY_ERROR_BUSY if another holder lives, or a storage error. */
QuayServerLock *quay_server_lock_take (const char *path, GError **error);
void quay_server_lock_free (QuayServerLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayServerLock, quay_server_lock_free)

/** Sets @error from errno. Returns FALSE. */
gboolean quay_server_file_fail (const char *what, const char *path, GError **error);

G_END_DECLS
