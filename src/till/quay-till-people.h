/* People: who works, what they may do, and the word of a second person for one act. */
#pragma once

#include "quay-permission.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * A shop without users is one person's: everything is allowed, as who works. As soon as there is a
 * user, somebody has to sign in, and what a verb writes decides what right it takes
 * (quay-till-leave.c): one that is missing refuses it with QUAY_ERROR_DENIED, before anything is
 * written, and the signal "denied" tells the window. A second person then may allow this one act
 * (quay_till_approve()), after which the verb is tried again; what it writes names both.
 */

/**
 * quay_till_require:
 * @amount: what an act with a limit comes to (quay-permission.h), else 0
 *
 * For verbs whose right depends on an amount, and for what is only looked at: TRUE if who works may
 * do it, or has somebody's word for it, which stays until it is written down.
 *
 * Returns: FALSE with QUAY_ERROR_DENIED.
 */
gboolean quay_till_require (QuayTill *till, QuayAct act, gint64 amount, GError **error);

/** The same without a trace or an error: whether to offer it. */
gboolean quay_till_may (QuayTill *till, QuayAct act, gint64 amount);

/** Up to what who works may do it: 0 not at all, QUAY_NO_LIMIT. */
gint64 quay_till_limit (QuayTill *till, QuayAct act);

/** What was denied last; FALSE if nothing was since the last word. */
gboolean quay_till_denied (QuayTill *till, QuayAct *act, gint64 *amount);

/** Who gave the word that counts for @act, borrowed; NULL: nobody, none is needed. */
const char *quay_till_approver (QuayTill *till, QuayAct act);

G_END_DECLS
