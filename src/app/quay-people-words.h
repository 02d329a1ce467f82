/* Roles and rights in the user's language. Main thread. */
#pragma once

#include "quay-till-people.h"

G_BEGIN_DECLS

/** "Cashier"; what is no role of ours is shown as it is. Borrowed. */
const char *quay_role_words (const char *role);
/** What an act is, for a table of rights ("Take something off"); borrowed. */
const char *quay_act_words (QuayAct act);
/** "no", "yes", "up to 5 %", "up to 500.000 ₫"; (transfer full). */
char *quay_limit_words (QuayAct act, gint64 limit);
/** What somebody wants to do and how far they may by themselves: "Discount 12 % – you may up to
 * 5 %"; (transfer full). */
char *quay_denied_words (QuayTill *till, QuayAct act, gint64 amount);
/** Why a PIN was not taken, in words; (transfer full). */
char *quay_pin_fault_words (QuayTill *till, const char *code, const GError *error);
/** First letters of the first and the last word of a name; (transfer full). */
char *quay_initials (const char *name);

G_END_DECLS
