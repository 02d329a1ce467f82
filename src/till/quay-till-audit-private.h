/* From records to entries of the audit. Any thread. Private to the till. */
#pragma once

#include "quay-event.h"
#include "quay-till-audit.h"

G_BEGIN_DECLS

/** FALSE for records that need not be decoded: most are sales at their price, and goods. */
gboolean quay_audit_may_matter (const guint8 *bytes, gsize len);

/** What an event says that is of note, (transfer full); NULL: nothing. Prices are left to who can
 * read the products' names. */
QuayAuditEntry *quay_audit_entry_of (const QuayEvent *event);

G_END_DECLS
