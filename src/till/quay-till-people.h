/* People: who works, what they may do, and the word of a second person for one act. Saving users
 * and roles is quay-till-users.h, signing in quay-till-sign.h. */
#pragma once

#include "quay-day.h"
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
 * QuayUser: somebody with a PIN.
 * @role: one of quay_roles[], or what another program called it, which may nothing
 * @born: 0 unknown; who is under 18 sells no alcohol
 * @active: FALSE: was taken off; what they did keeps their name
 * @has_pin: FALSE: can't sign in until a PIN is set
 */
typedef struct
{
  char *code;
  char *name;
  char *role;
  QuayDay born;
  gboolean active;
  gboolean has_pin;
} QuayUser;

void quay_user_free (QuayUser *user);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayUser, quay_user_free)

/** TRUE as soon as the shop has a user, active or not: somebody has to sign in. */
gboolean quay_till_has_users (QuayTill *till);

/** All users by their names, the inactive ones too: (element-type QuayUser) (transfer full). */
GPtrArray *quay_till_users (QuayTill *till);

/** A user by code, borrowed until users change; NULL if unknown. */
const QuayUser *quay_till_peek_user (QuayTill *till, const char *code);

/** What people call who has that code: their name, or the code itself; borrowed. */
const char *quay_till_user_name (QuayTill *till, const char *code);

/** Who is signed in, borrowed until users change; NULL: nobody, or the shop has no users. */
const QuayUser *quay_till_who_works (QuayTill *till);

/** TRUE if nobody is signed in although somebody would have to be: nothing can be done. */
gboolean quay_till_is_locked (QuayTill *till);

/** TRUE if who works is known to be under 18 and thus may sell no alcohol of 5.5 % or more (Law
 * 44/2019/QH14, art. 5.4); paying such a cart is QUAY_ERROR_REFUSED. */
gboolean quay_till_is_minor (QuayTill *till);

/** TRUE if @cart holds what who works is too young to sell. */
gboolean quay_till_too_young_for (QuayTill *till, const QuayCart *cart);

/**
 * quay_till_require:
 * @amount: what an act with a limit comes to (quay-permission.h), else 0
 *
 * For verbs whose right depends on an amount, and for what is only looked at: TRUE if who works may
 * do it, or has somebody's word for it, which stays until it is written down: with what the verb
 * commits, or, for what only changes the open cart (discount, price, void, expired), at once.
 *
 * Returns: FALSE with QUAY_ERROR_DENIED, which is `noted` as "denied".
 */
gboolean quay_till_require (QuayTill *till, QuayAct act, gint64 amount, GError **error);

/** The same without a trace or an error: whether to offer it. */
gboolean quay_till_may (QuayTill *till, QuayAct act, gint64 amount);

/** Up to what who works may do it: 0 not at all, QUAY_NO_LIMIT. */
gint64 quay_till_limit (QuayTill *till, QuayAct act);

/** The same of another: of the user @code, whether or not they work now. */
gint64 quay_till_limit_of (QuayTill *till, const char *code, QuayAct act);

/** What was denied last; FALSE if nothing was since the last word. */
gboolean quay_till_denied (QuayTill *till, QuayAct *act, gint64 *amount);

/** Who gave the word that the verb under way needs for @act, borrowed; NULL: nobody, none is
 * needed. To be asked after quay_till_require(). */
const char *quay_till_approver (QuayTill *till, QuayAct act);

/**
 * QuayUnentitled: an event that its author had no right to write, and nobody's word for: made by
 * hand, or by a program that asks nobody. It happened all the same and is booked.
 * @kind: of the event ("refund"); @who, @act: which right was missing
 */
typedef struct
{
  QuayId id;
  QuayDay day;
  gint64 ts;
  char *kind;
  char *who;
  QuayAct act;
  gint64 amount;
} QuayUnentitled;
void quay_unentitled_free (QuayUnentitled *event);

/**
 * quay_till_unentitled:
 *
 * Looks through the whole journal, by the users and roles as they were at each event; in the
 * caller's thread, 20 µs a record. (element-type QuayUnentitled) (transfer full), oldest first.
 * NULL with a storage error.
 */
GPtrArray *quay_till_unentitled (QuayTill *till, GError **error);

G_END_DECLS
