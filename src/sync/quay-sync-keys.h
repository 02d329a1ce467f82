/* DIR/quay.keys (0600): the server's address, this till's key, the server's keys. Never logged,
 * never in a backup of the journal. */
#pragma once

#include "quay-error.h"
#include "quay-wire.h"

G_BEGIN_DECLS

#define QUAY_SYNC_SERVER_KEYS 4

/**
 * QuaySyncKeys:
 * @url: https://host[:port], without a slash at the end
 * @ca: (nullable): file of certificates to trust; NULL: the system's
 * @enrolled: the server has answered; till, site and the ids below are then set
 * @node: the server's own till id, whose chain is the province's; nil if it gave none
 * @till: nil until it is first enrolled for a folder without a file
 * @has_next, @next: a key that was made and is not in use yet: its enrolment was not answered, or
 * it is to take the place of @key
 * @since: the server's time when @key came in use, ms; 0: not known
 */
typedef struct
{
  char *path;
  char *url;
  char *ca;
  gboolean enrolled;
  QuayId till;
  QuayId site;
  QuayId node; /* of the office, whose chain is the registry; nil if it did not say */
  char *shop;
  char *key_id;
  QuayKey key;
  gint64 since;
  gboolean has_next;
  QuayKey next;
  guint n_server_keys;
  struct
  {
    char id[33];
    guint8 public[QUAY_KEY_LEN];
  } server_keys[QUAY_SYNC_SERVER_KEYS];
} QuaySyncKeys;

/** Reads DIR/quay.keys; an empty one with its path if there is none. NULL with QUAY_ERROR_DAMAGED
 * or a storage error; (transfer full). A file that others may read is made 0600. */
QuaySyncKeys *quay_sync_keys_load (const char *dir, GError **error);
/** Writes it anew, whole or not at all, synced. */
gboolean quay_sync_keys_save (const QuaySyncKeys *keys, GError **error);
void quay_sync_keys_free (QuaySyncKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySyncKeys, quay_sync_keys_free)

/** The server's public key by id; NULL if it is not known. */
const guint8 *quay_sync_keys_server (const QuaySyncKeys *keys, const char *id);

G_END_DECLS
