/* Users and roles as the manager keeps them. */
#pragma once

#include "quay-till-catalog.h"
#include "quay-till-people.h"

G_BEGIN_DECLS

/**
 * QuayUserEdit: a user as a form gives it. Text, as typed; NULL leaves as it is, empty clears.
 * @code: of whom; empty or NULL of a new one: made of the name
 * @is_new: FALSE: the user @code is changed
 * @pin: 4 to 12 digits; empty leaves as it is
 * @born: a day ("21/03/2009")
 * @active: "1" or "0"
 */
typedef struct
{
  gboolean is_new;
  const char *code;
  const char *name;
  const char *role;
  const char *pin;
  const char *born;
  const char *active;
} QuayUserEdit;

/**
 * quay_till_save_user:
 * @code: (out) (optional) (transfer full): the user's code
 * @refusals: (out) (element-type QuayRefusal) (transfer full): NULL unless something typed is
 * wrong: code "text" "taken" "unknown", name "text" "empty", role "range" "first-manager"
 *   "last-manager", active "last-manager", pin "pin" "empty", born "day"
 *
 * The first user is a manager and then works; the last active manager stays one. Waits for the hash
 * of a PIN.
 *
 * Returns: FALSE with @refusals, or with QUAY_ERROR_DENIED or a storage error.
 */
gboolean quay_till_save_user (QuayTill *till, const QuayUserEdit *edit, char **code,
                              GPtrArray **refusals, GError **error);

/** The same, with the hash on a thread. */
void quay_till_save_user_async (QuayTill *till, const QuayUserEdit *edit,
                                GAsyncReadyCallback callback, gpointer data);
gboolean quay_till_save_user_finish (QuayTill *till, GAsyncResult *result, char **code,
                                     GPtrArray **refusals, GError **error);

/**
 * quay_till_reset_pin:
 *
 * The way back when no manager knows their PIN, for who has the computer's folder (quayctl): asks
 * nobody, sets the PIN of @code and forgets wrong tries. If no active manager is left, @code
 * becomes one. Writes a `noted` event "pin.reset" and is told at each start until a manager has
 * seen it.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, QUAY_ERROR_INVALID (the PIN) or a storage error.
 */
gboolean quay_till_reset_pin (QuayTill *till, const char *code, const char *pin, GError **error);

/** Code of whose PIN was reset so and when, until a manager has seen it; (transfer full), NULL. */
char *quay_till_reset_notice (QuayTill *till, gint64 *ts);
/** Who may manage users has seen it; QUAY_ERROR_DENIED for others. */
gboolean quay_till_reset_seen (QuayTill *till, GError **error);

/** Up to what @role may do it: 0 not at all, QUAY_NO_LIMIT. */
gint64 quay_till_role_limit (QuayTill *till, const char *role, QuayAct act);

/** Changes that for the shop. QUAY_ERROR_REFUSED for what is fixed (quay_role_is_fixed()),
 * QUAY_ERROR_INVALID for a limit out of range. */
gboolean quay_till_set_role_limit (QuayTill *till, const char *role, QuayAct act, gint64 limit,
                                   GError **error);

G_END_DECLS
