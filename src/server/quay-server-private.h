/* Shared by the files of the server: the object, its handles, its limits. */
#pragma once

#include "quay-server-files.h"
#include "quay-server.h"

G_BEGIN_DECLS

struct _QuayServer
{
  char *url;
  char *vfs;
  QuayEnv env;
  QuayServerIdentity identity;
  QuayServerLock *lock; /* NULL for PostgreSQL */
  guint rate;
  guint burst;

  GMutex pool_lock;
  GCond pool_given;
  GPtrArray *idle; /* QuayServerDb: handles that nobody uses */
  guint n_open;
  guint max_open;
  gint64 last_use; /* mono ms */

  GMutex limits_lock;
  GHashTable *buckets; /* QuayId → Bucket: requests of tills */
  GHashTable *tries;   /* address → Tries: wrong one-time codes */
};

/** A handle for this thread's use, and back; leaving the scope gives it back. */
typedef struct
{
  QuayServer *server;
  QuayServerDb *db;
} QuayServerUse;

/** Waits for a handle, opens one if need be. FALSE with a storage error. */
gboolean quay_server_take (QuayServerUse *use, QuayServer *server, GError **error);

/** Gives it back; one that failed is closed, since what its disk did is not known. */
void quay_server_give (QuayServerUse *use, const GError *failed);
void quay_server_use_clear (QuayServerUse *use);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayServerUse, quay_server_use_clear)

/** Takes one request from a till's bucket. FALSE: too many; @wait says for how many seconds. */
gboolean quay_server_may_ask (QuayServer *server, const QuayId *till, gint64 *wait);

/** Whether @address may try a one-time code; a wrong one is told by quay_server_was_wrong(). */
gboolean quay_server_may_try (QuayServer *server, const char *address, gint64 *wait);
void quay_server_was_wrong (QuayServer *server, const char *address);

/** Keyed hash of a one-time code as a person may type it: case, blanks and dashes don't count. */
void quay_server_hash_code (QuayServer *server, const char *text, guint8 hash[32]);

/** Tries to book what is held, after an upgrade or by hand. @booked, @left: (out). */
gboolean quay_server_retry_held (QuayServerDb *db, guint64 *booked, guint64 *left, GError **error);

G_END_DECLS
