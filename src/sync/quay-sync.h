/* Sync as the till uses it: enrolment, and the thread that runs the engine over HTTPS. */
#pragma once

#include "quay-sync-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** What enrolment gave. */
typedef struct
{
  char *shop;
  char *code;
  char *letter;
  gboolean present_chain; /* the code and letter are those of the present chain: nothing to begin */
} QuayEnrolled;

void quay_enrolled_clear (QuayEnrolled *enrolled);

/**
 * quay_sync_enrol:
 * @dir: the shop's folder; may be new
 * @till, @code, @letter: of the present chain; a nil id, NULL and NULL for a folder without a file
 * @secret: the one-time code from the office
 * @ca: (nullable): file of certificates
 *
 * Makes a key, sends it with the code, keeps what comes back in quay.keys. The key is on disk
 * before it is sent, and a try whose answer was lost may be repeated. Waits for the network.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (address, code refused: the message says why),
 *   QUAY_ERROR_REFUSED (the clock does not fit the server's certificate) or QUAY_ERROR_IO (not
 *   reached).
 */
gboolean quay_sync_enrol (const char *dir, const char *url, const char *ca, const QuayId *till,
                          const char *code, const char *letter, const char *secret,
                          QuayEnrolled *enrolled, GError **error);

typedef struct _QuaySync QuaySync;

/** Called in the main context when the state has changed. */
typedef void (*QuaySyncChanged) (gpointer data);

/** Starts the thread; NULL if @keys is not enrolled is a programming error. @keys: (transfer full).
 * @store must outlive it. */
QuaySync *quay_sync_start (QuayStore *store, QuaySyncKeys *keys, const QuayEnv *env,
                           QuaySyncChanged changed, gpointer data);
/** Ends a request under way and the thread. */
void quay_sync_stop (QuaySync *sync);

/** The newest state; any thread. */
void quay_sync_get (QuaySync *sync, QuaySyncState *state);
/** Own records that the server holds, as it last told; (element-type QuaySyncHeld) (transfer full),
 * not to be changed; any thread. */
GPtrArray *quay_sync_held (QuaySync *sync);
/** Now, whatever the back-off says; any thread. */
void quay_sync_ask (QuaySync *sync);
void quay_sync_link_up (QuaySync *sync);
void quay_sync_seen (QuaySync *sync);
/** A new key for this till, now; any thread. By itself it does so once a year. */
void quay_sync_rotate (QuaySync *sync);
/** Stops for now (TRUE), or goes on: cancelling a long exchange; nothing is lost. */
void quay_sync_pause (QuaySync *sync, gboolean pause);

/** Runs rounds in the caller's thread until one ended with nothing left or a failure: for
 * `quayctl sync --once`. @new_key: and gives the till a new key. FALSE with the reason if it could
 * not finish. */
gboolean quay_sync_once (QuayStore *store, QuaySyncKeys *keys, const QuayEnv *env, gboolean new_key,
                         QuaySyncState *state, GError **error);

G_END_DECLS
