/* What somebody asked about their personal data, and by when the shop has to answer (Law
 * 91/2025/QH15 art. 4, Decree 356/2025/ND-CP art. 5). Values and rules; pure. Text members are
 * owned. */
#pragma once

#include "quay-day.h"
#include "quay-id.h"

G_BEGIN_DECLS

/** What is asked for. */
typedef enum
{
  QUAY_REQUEST_WITHDRAW, /* a consent taken back, use restricted, or objected to */
  QUAY_REQUEST_VIEW,     /* to see or get what is kept */
  QUAY_REQUEST_CORRECT,
  QUAY_REQUEST_DELETE,
  QUAY_REQUEST_OTHER,
} QuayRequestKind;
#define QUAY_N_REQUESTS 5

/** How it came: "counter", "phone", "letter", "message". NULL at the end. */
extern const char *const quay_request_ways[];
/** Why more time is needed: "complex", "others" (somebody else has the data, too), "identity" (who
 * asks has to be made sure of). NULL at the end. Words of one's own could name a person. */
extern const char *const quay_request_delays[];
/** Why it is not done: "law" (kept by law, as an invoice for ten years), "identity", "groundless",
 * "withdrawn" (not asked for any more). NULL at the end. */
extern const char *const quay_request_refusals[];

/** The stored name of a kind: "withdraw", "view", "correct", "delete", "other"; NULL out of range.
 */
const char *quay_request_name (QuayRequestKind kind);
/** The kind of that name; FALSE if there is none. */
gboolean quay_request_from_name (const char *name, QuayRequestKind *kind);

/** TRUE if @ref may stand for a request of nobody known: 3 to 30 of A–Z a–z 0–9 . / - with a letter
 * and a digit among them, as a receipt's number; neither a name nor a phone number is. */
gboolean quay_request_ref_is_sound (const char *ref);

/**
 * QuayRequestTerms: what the law gives for a kind on the day on which it was received.
 * @acknowledge: working days to confirm it; @days: days to do it; @more: days that one extension
 *   adds
 */
typedef struct
{
  gint64 acknowledge;
  gint64 days;
  gint64 more;
} QuayRequestTerms;

/**
 * QuayRequest:
 * @customer: who asks, nil: nobody known, then @ref is what it is about (a receipt's number)
 * @title: what the customer is called here, NULL where nobody is known; never stored
 * @third: others have the data, too, and have to be told
 * @by: who wrote it down; @acknowledged, @extended, @ended: days, 0 not yet, each with who
 * @done: of an ended one: it was done, else refused; @ended_why: of quay_request_refusals
 * @acknowledge_due, @due: by quay_request_reckon()
 */
typedef struct
{
  QuayId id;
  QuayRequestKind kind;
  QuayId customer;
  char *title;
  char *ref;
  char *how;
  gboolean third;
  QuayDay received;
  char *by;
  QuayDay acknowledged;
  char *acknowledged_by;
  QuayDay extended;
  char *extended_why;
  char *extended_by;
  QuayDay ended;
  gboolean done;
  char *ended_why;
  char *ended_by;
  QuayDay acknowledge_due;
  QuayDay due;
} QuayRequest;

void quay_request_free (QuayRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayRequest, quay_request_free)

/** Works out the days by which @request is to be acknowledged and done. Days are counted from the
 * one after it was received. */
void quay_request_reckon (QuayRequest *request, const QuayRequestTerms *terms,
                          const QuayDay *holidays, guint n_holidays);

/** Where a request stands; worked out, never stored. */
typedef enum
{
  QUAY_REQUEST_OPEN,         /* to be acknowledged */
  QUAY_REQUEST_ACKNOWLEDGED, /* to be done */
  QUAY_REQUEST_SOON,         /* within QUAY_REQUEST_SOON_DAYS */
  QUAY_REQUEST_LATE,         /* it was not acknowledged or not done in time */
  QUAY_REQUEST_ENDED,
} QuayRequestState;

#define QUAY_REQUEST_SOON_DAYS 3

/** The day of what comes next: acknowledging, else doing; 0 for an ended one. */
QuayDay quay_request_next (const QuayRequest *request);
/** Where it stands on @today. */
QuayRequestState quay_request_state (const QuayRequest *request, QuayDay today);
/** How many days are left for what comes next, below 0 once it is late; 0 for an ended one. */
int quay_request_left (const QuayRequest *request, QuayDay today);

/** Open ones first, by what comes next; then the ended, newest first. */
int quay_request_compare (const QuayRequest *a, const QuayRequest *b);

G_END_DECLS
