/* What is of note, in the user's language. Main thread. */
#pragma once

#include "quay-till-audit.h"

G_BEGIN_DECLS

/** What a kind is called ("Taken off by hand"); borrowed. */
const char *quay_audit_kind_words (QuayAuditKind kind);
/** "warn", "bad" or "plain": how much it asks to be looked at. */
const char *quay_audit_kind_class (QuayAuditKind kind);
/** What happened, in one line: act, goods, document; (transfer full). */
char *quay_audit_what_words (const QuayAuditEntry *entry);
/** The reason; (transfer full). */
char *quay_audit_why_words (const QuayAuditEntry *entry);

G_END_DECLS
