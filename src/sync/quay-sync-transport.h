/* One request at a time over HTTPS, by libcurl. Limits and refusals are here; what an answer means
 * is the engine's. One thread; only quay_sync_transport_cancel() may come from another. */
#pragma once

#include "quay-sync-engine.h"

G_BEGIN_DECLS

typedef struct _QuaySyncTransport QuaySyncTransport;

/**
 * QuaySyncLimits: ms, s and bytes per s; the defaults are those of README.md.
 */
typedef struct
{
  gint64 connect_ms;
  gint64 total_ms;
  gint64 slow_bytes;
  gint64 slow_s;
} QuaySyncLimits;

/**
 * quay_sync_url_clean:
 *
 * The address without a slash at the end; (transfer full). NULL with QUAY_ERROR_INVALID for
 * anything but https://host[:port], or http:// of this computer itself.
 */
char *quay_sync_url_clean (const char *url, GError **error);

/**
 * quay_sync_transport_new:
 * @url: cleaned
 * @ca: (nullable): file of certificates that alone are trusted; NULL: the system's
 *
 * Returns: (transfer full).
 */
QuaySyncTransport *quay_sync_transport_new (const char *url, const char *ca);
void quay_sync_transport_free (QuaySyncTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySyncTransport, quay_sync_transport_free)

/** For tests, which do not wait for 90 s. */
void quay_sync_transport_set_limits (QuaySyncTransport *transport, const QuaySyncLimits *limits);

/** For quay_sync_transport_set_time(): the dates of certificates are not looked at. */
#define QUAY_SYNC_ANY_TIME G_MAXINT64

/**
 * The time at which certificates are judged, s since 1970; 0: the computer's. At QUAY_SYNC_ANY_TIME
 * all else about them is judged, and the connection serves one request: for
 * quay_sync_server_time().
 */
void quay_sync_transport_set_time (QuaySyncTransport *transport, gint64 seconds);

/** Called once in a request, when it is on its way and no answer is there yet. */
typedef void (*QuaySyncIdle) (gpointer data);
void quay_sync_transport_set_idle (QuaySyncTransport *transport, QuaySyncIdle idle, gpointer data);

/** What came of a request. */
typedef enum
{
  QUAY_SYNC_ANSWERED,
  QUAY_SYNC_LOST,
  QUAY_SYNC_CANCELLED,
} QuaySyncOutcome;

/** An answer that owns its members; or how it was lost. */
typedef struct
{
  QuaySyncAnswer answer;
  char *type;
  QuaySyncLost lost;
  char why[200];
} QuaySyncReply;

void quay_sync_reply_clear (QuaySyncReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuaySyncReply, quay_sync_reply_clear)

/**
 * quay_sync_transport_send:
 * @till: text for the header Till
 * @action: path, type, body, packed and headers; without a body it is a GET
 * @reply: filled; clear it
 *
 * Waits for the end.
 */
QuaySyncOutcome quay_sync_transport_send (QuaySyncTransport *transport, const char *till,
                                          const QuaySyncAction *action, QuaySyncReply *reply);

/**
 * quay_sync_server_time:
 * @keys: of a till that is enrolled
 * @seconds: (out): since 1970
 *
 * Asks the server what time it is, whatever this computer's clock makes of its certificate. The
 * answer is believed if it is signed by the server's own key over a fresh nonce.
 *
 * Returns: FALSE if there was no such answer, or one from before this program was made.
 */
gboolean quay_sync_server_time (QuaySyncTransport *transport, const QuaySyncKeys *keys,
                                gint64 *seconds);

/** The request under way ends at once, and each later one, until quay_sync_transport_resume(). Any
 * thread. */
void quay_sync_transport_cancel (QuaySyncTransport *transport);
/** Requests are sent again. Any thread. */
void quay_sync_transport_resume (QuaySyncTransport *transport);

G_END_DECLS
