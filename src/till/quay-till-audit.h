/* What somebody who answers for the shop looks at: who took something off, opened the drawer, gave
 * money back, changed a price or a right, and what can't be right. Read from the records
 * themselves, so that what was changed later still shows. Main thread, but for what says otherwise.
 */
#pragma once

#include "quay-till-people.h"

G_BEGIN_DECLS

/** What kind of thing an entry is. The first two are alarms. The order is that of the lists. */
typedef enum
{
  QUAY_AUDIT_EXCESS,     /* more was given back than was sold */
  QUAY_AUDIT_UNENTITLED, /* written without a right */
  QUAY_AUDIT_OVERRIDE,   /* allowed by a second person */
  QUAY_AUDIT_DISCOUNT,   /* taken off by hand */
  QUAY_AUDIT_REMOVED,    /* lines taken off a cart, carts thrown away */
  QUAY_AUDIT_DRAWER,     /* opened without a sale */
  QUAY_AUDIT_REPRINT,
  QUAY_AUDIT_REFUND,
  QUAY_AUDIT_FIXED, /* a tender put right */
  QUAY_AUDIT_CASH,  /* into and out of the drawer */
  QUAY_AUDIT_SHIFT, /* opened, closed; the difference is the amount */
  QUAY_AUDIT_DEBT,  /* customers' accounts */
  QUAY_AUDIT_LOGIN,
  QUAY_AUDIT_LOGIN_FAILED,
  QUAY_AUDIT_PEOPLE, /* users and roles */
  QUAY_AUDIT_SETTING,
  QUAY_AUDIT_PRICE, /* prices, price lists, promotions */
  QUAY_AUDIT_CLOCK,
  QUAY_AUDIT_OTHER,
  QUAY_N_AUDIT_KINDS,
} QuayAuditKind;

/** The name of a kind, as quayctl has it ("login-failed"); NULL out of range. */
const char *quay_audit_kind_name (QuayAuditKind kind);
/** The kind of that name; FALSE if there is none. */
gboolean quay_audit_kind_from_name (const char *name, QuayAuditKind *kind);

/**
 * QuayAuditEntry:
 * @event: kind of the event ("refund"); @id: its id
 * @who: code of who did it; @by: of the second person; NULL: nobody
 * @act: what was allowed or done, the name of a right for an override; NULL: nothing more
 * @ref: number of a document; @name: of goods, a user, a setting; @why: as written; any may be NULL
 * @amount: what it comes to, đồng; of a shift: counted less expected
 * @counts: whether @amount says anything
 * @doubt: the clock looked wrong
 */
typedef struct
{
  QuayAuditKind kind;
  QuayId id;
  QuayDay day;
  gint64 ts;
  char *event;
  char *who;
  char *by;
  char *act;
  char *ref;
  char *name;
  char *why;
  QuayQty qty;
  QuayMoney amount;
  gboolean counts;
  gboolean doubt;
} QuayAuditEntry;
void quay_audit_entry_free (QuayAuditEntry *entry);

/**
 * QuayAuditAsk:
 * @from, @to: business days, 0 for no bound
 * @user: code of who did or allowed it; NULL: everybody
 * @kinds: bits of QuayAuditKind; 0: all
 * @limit: at most so many, the newest; 0: all
 */
typedef struct
{
  QuayDay from;
  QuayDay to;
  const char *user;
  guint kinds;
  guint limit;
} QuayAuditAsk;

/**
 * QuayAuditReport:
 * @entries: (element-type QuayAuditEntry): alarms first, then the newest first
 * @found: how many there were, also beyond the limit
 * @alarms: how many of them are alarms
 * @users: (element-type utf8): everybody who wrote anything in the days asked for, sorted
 * @records: of the whole journal; @since: the day of the first
 */
typedef struct
{
  GPtrArray *entries;
  guint found;
  guint alarms;
  GPtrArray *users;
  guint64 records;
  QuayDay since;
} QuayAuditReport;
void quay_audit_report_free (QuayAuditReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayAuditReport, quay_audit_report_free)

/**
 * quay_till_audit:
 *
 * Takes the right QUAY_ACT_AUDIT. Looks through all records, in the caller's thread.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_DENIED or a storage error.
 */
QuayAuditReport *quay_till_audit (QuayTill *till, const QuayAuditAsk *ask, GError **error);

/** The same on a thread of its own; selling goes on. */
void quay_till_audit_async (QuayTill *till, const QuayAuditAsk *ask, GAsyncReadyCallback callback,
                            gpointer data);
QuayAuditReport *quay_till_audit_finish (QuayTill *till, GAsyncResult *result, GError **error);

/** Writes entries to a file, by its name CSV or XLSX, with Vietnamese headings. Errors as
 * quay_till_export_shelf(). */
gboolean quay_till_export_audit (GPtrArray *entries, const char *path, GError **error);

G_END_DECLS
