/* Events: the header that all share, the registry of kinds, bytes ⇄ struct, event → rows.
 * Pure; any thread. The format is described in README.md of this folder and is frozen. */
#pragma once

#include "quay-body.h"
#include "quay-row.h"

G_BEGIN_DECLS

#define QUAY_EVENT_VERSION 1
#define QUAY_EVENT_MAX_BYTES 65536

/** The kinds of event. The names in quay-event.c are stored; the numbers are not. */
typedef enum
{
  QUAY_EVENT_BIRTH,
  QUAY_EVENT_SETTING,
  QUAY_EVENT_PARAM,
  QUAY_EVENT_CATEGORY,
  QUAY_EVENT_COMMUNE,
  QUAY_EVENT_PRODUCER,
  QUAY_EVENT_CERTIFICATE,
  QUAY_EVENT_LOCATION,
  QUAY_EVENT_PRODUCT,
  QUAY_EVENT_CODE,
  QUAY_EVENT_PRICE,
  QUAY_EVENT_STOCK_OPENING,
  QUAY_EVENT_POSTED,
  QUAY_EVENT_SALE,
  QUAY_EVENT_REFUND,
  QUAY_EVENT_CART_REMOVED,
  QUAY_EVENT_RECEIPT_REPRINTED,
  QUAY_EVENT_DRAWER_OPENED,
  QUAY_EVENT_OVERRIDE,
  QUAY_EVENT_CASH_MOVED,
  QUAY_EVENT_SHIFT_OPENED,
  QUAY_EVENT_SHIFT_CLOSED,
  QUAY_EVENT_LOT,     /* facts that may change: held back */
  QUAY_EVENT_PARTNER, /* the shop's own facts of a producer: contract, terms, account */
  QUAY_EVENT_FAIR,
  QUAY_EVENT_COUNT,
  QUAY_EVENT_RECEIVED,
  QUAY_EVENT_ISSUED,
  QUAY_EVENT_MOVED,
  QUAY_EVENT_COUNTED,
  QUAY_EVENT_BUNDLED,
  QUAY_EVENT_SEEN,
  QUAY_EVENT_ASSIGNED,
  QUAY_EVENT_SETTLED,
  QUAY_EVENT_ENTRY,
  QUAY_EVENT_ORDER,
  QUAY_EVENT_ORDER_ENDED,
  QUAY_EVENT_USER, /* facts: name, role, PIN's hash, born */
  QUAY_EVENT_ROLE, /* facts: what a role may do */
  QUAY_EVENT_PRICE_LIST,
  QUAY_EVENT_PROMOTION,
  QUAY_EVENT_CUSTOMER,
  QUAY_EVENT_LIST_PRICES,
  QUAY_EVENT_NOTED,
  QUAY_EVENT_PAYMENT_FIXED,
  QUAY_EVENT_CUSTOMER_ENTRY,
  QUAY_EVENT_REQUEST, /* facts: what somebody asked about their data, and what became of it */
  QUAY_N_EVENT_KINDS,
} QuayEventKind;

/**
 * QuayEvent:
 * @v: format version of the event, QUAY_EVENT_VERSION
 * @lam: Lamport counter, greater than any that the till had seen; 1 … 2^62
 * @id: the event's identity; booked once, whichever chain brings it
 * @day: business date yyyymmdd, fixed at commit
 * @ts: wall clock, ms since 1970 UTC: an annotation, never a rule for money
 * @mono, @boot: ms since boot and the boot's id: evidence about @ts
 * @sv: the last server time seen, ms, 0 if none
 * @doubt: 1 if the clock looked wrong when the event was made
 * @who: code of the user
 * @shift: id of the open shift's event, nil if none
 * @loc: where goods move, nil where none do
 * @body: the kind's own struct (quay-body.h), owned
 */
typedef struct
{
  QuayEventKind kind;
  gint64 v;
  gint64 lam;
  QuayId id;
  gint64 day;
  gint64 ts;
  gint64 mono;
  QuayId boot;
  gint64 sv;
  gint64 doubt;
  char *who;
  QuayId shift;
  QuayId loc;
  gpointer body;
} QuayEvent;

/** A zeroed event of @kind with an empty body of the kind's type; (transfer full). */
QuayEvent *quay_event_new (QuayEventKind kind);
void quay_event_free (QuayEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayEvent, quay_event_free)

/** The stored name of a kind ("sale"). */
const char *quay_event_kind_name (QuayEventKind kind);

/**
 * quay_event_encode:
 *
 * The event's exact bytes: one line of compact UTF-8 JSON without the line end, header first. They
 * are stored and hashed as they are and never written again from a decoded event.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_INVALID for an event that quay_event_decode()
 * would not take back, or one above QUAY_EVENT_MAX_BYTES.
 */
GBytes *quay_event_encode (const QuayEvent *event, GError **error);

/**
 * quay_event_decode:
 *
 * Reads bytes of any origin, with bounds. What it refuses is *held*: the reason depends on the
 * bytes and this program's version alone.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_INVALID, or QUAY_ERROR_NEWER for an unknown kind
 *   or version.
 */
QuayEvent *quay_event_decode (const guint8 *bytes, gsize len, GError **error);

/**
 * quay_event_rows:
 *
 * The rows that the event yields, appended to @rows, borrowing from @event. A pure function: the
 * same bytes give the same rows on every node.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID if the event breaks a rule that its own bytes can show
 *   (a total that is not the sum of its lines); it is then held and nothing is booked.
 */
gboolean quay_event_rows (const QuayEvent *event, QuayRows *rows, GError **error);

/**
 * quay_event_count_lam:
 * @chain_lam: (inout): greatest Lamport counter of the chain's records before this one that could
 *   be decoded and did not leap; 0 before the first
 *
 * Counters order the changes of several tills, so a chain may not run ahead of all by one record.
 *
 * Returns: FALSE, and changes nothing, if the event's counter is more than 2^32 over @chain_lam; it
 *   is then held.
 */
gboolean quay_event_count_lam (const QuayEvent *event, gint64 *chain_lam);

/** The greatest leap that is no leap. */
#define QUAY_EVENT_LAM_STEP (G_GINT64_CONSTANT (1) << 32)

/**
 * quay_event_number:
 * @slot: (out): where the kind keeps its document number
 *
 * Documents are numbered in the transaction that appends them: prefix + counter (QT1A-000042;
 * others with a kind and year, QT1A-TH26-0001).
 *
 * Returns: FALSE for a kind without numbers.
 */
gboolean quay_event_number (QuayEvent *event, char ***slot);

/** TRUE for an entry of a producer's or a customer's account by which cash moves: it is numbered
 * among the cash vouchers (PC, PT). */
gboolean quay_event_moves_cash (const QuayEvent *event);

/** The counter's prefix for an event of a till (code "QT1", letter "A"), ending in "-";
 * (transfer full). */
char *quay_event_number_prefix (const QuayEvent *event, const char *code, const char *letter);

/** prefix + @n with leading zeros; (transfer full). */
char *quay_event_number_format (const QuayEvent *event, const char *prefix, gint64 n);

G_END_DECLS
