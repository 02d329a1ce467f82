/* The register of what people ask about their personal data, and by when it has to be done. */
#pragma once

#include "quay-request.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * Who asks is a customer's id or nobody known; the journal has no name of them. So the register
 * stays when the customer is erased, as the proof that it was done. Reasons are codes: words of
 * one's own could name somebody.
 */

/** All requests with titles and deadlines, as quay_request_compare() puts them: (element-type
 * QuayRequest) (transfer full). @ended: with those that ended. */
GPtrArray *quay_till_requests (QuayTill *till, gboolean ended);
/** One of them; (transfer full), NULL if unknown. */
QuayRequest *quay_till_request (QuayTill *till, const QuayId *id);

/** How many wait; @late: of them too late, @soon: due within QUAY_REQUEST_SOON_DAYS. */
typedef struct
{
  guint open;
  guint soon;
  guint late;
} QuayRequestCount;
QuayRequestCount quay_till_count_requests (QuayTill *till);

/** How many days the law gives for @kind on @received (@third: where others have to be told); all 0
 * where it gives none. @source: (out) (optional) (transfer full): which law says so, in Vietnamese,
 * NULL for none. */
QuayRequestTerms quay_till_request_terms (QuayRequestKind kind, gboolean third, QuayDay received,
                                          char **source);

/** Works out the two deadlines of @request, of which only the day of receipt counts, for that kind;
 * @source: as above. FALSE where the law gives no days. */
gboolean quay_till_request_due (QuayRequestKind kind, gboolean third, QuayRequest *request,
                                char **source);

/**
 * QuayRequestAsk: a request as it came in. Borrowed texts.
 * @customer: nil for nobody known; @ref: then a receipt's number or the like
 *   (quay_request_ref_is_sound()), else NULL
 * @how: of quay_request_ways
 * @received: up to today, 0: today
 * @done: it was done at once: the record is made acknowledged and ended today
 */
typedef struct
{
  QuayRequestKind kind;
  QuayId customer;
  const char *ref;
  const char *how;
  gboolean third;
  QuayDay received;
  gboolean done;
} QuayRequestAsk;

/**
 * quay_till_add_request:
 * @id: of quay_till_new_id(), the same for each try; the request's from then on
 * @field: (out): what is wrong: "customer", "ref", "how", "received", "kind"; NULL for another
 * error
 *
 * Takes the right QUAY_ACT_CUSTOMER; with @ask->done QUAY_ACT_ERASE as well, as ending one does,
 * but for a customer who was erased, or who asked for what the first right lets one do: to see, to
 * correct, to take back a consent.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID and @field, QUAY_ERROR_NOT_FOUND (no such customer),
 *   _REFUSED (an earlier try said something else), _DENIED or a storage error.
 */
gboolean quay_till_add_request (QuayTill *till, const QuayId *id, const QuayRequestAsk *ask,
                                const char **field, GError **error);

/** Tells that whoever asked was told that it was received. Takes QUAY_ACT_CUSTOMER. FALSE with
 * QUAY_ERROR_NOT_FOUND, _REFUSED (it was, or it ended), _DENIED or a storage error. */
gboolean quay_till_acknowledge_request (QuayTill *till, const QuayId *id, GError **error);

/** Takes more time, once. @why: of quay_request_delays. Takes QUAY_ACT_ERASE. FALSE with
 * QUAY_ERROR_INVALID (@why), _NOT_FOUND, _REFUSED (it was, it ended, or it is too late), _DENIED or
 * a storage error. */
gboolean quay_till_extend_request (QuayTill *till, const QuayId *id, const char *why,
                                   GError **error);

/** Ends it: done with @why NULL, or refused with one of quay_request_refusals. Takes
 * QUAY_ACT_ERASE. FALSE with QUAY_ERROR_INVALID (@why), _NOT_FOUND, _REFUSED (it has ended; done,
 * but who was to be erased is not), _DENIED or a storage error. */
gboolean quay_till_end_request (QuayTill *till, const QuayId *id, const char *why, GError **error);

/** TRUE if @customer has an open request of @kind. */
gboolean quay_till_has_request (QuayTill *till, const QuayId *customer, QuayRequestKind kind);

/**
 * quay_till_print_privacy_notice:
 * @path: where to, NULL: thong-bao-du-lieu.pdf among the shop's forms
 *
 * A page of A4 to hang up at the counter: purpose, scope, time of storage, security, rights.
 *
 * Returns: the file; (transfer full): NULL with QUAY_ERROR_INVALID (a name that leaves no room),
 *   _FULL, _READ_ONLY, _IO or a storage error.
 */
char *quay_till_print_privacy_notice (QuayTill *till, const char *path, GError **error);

G_END_DECLS
