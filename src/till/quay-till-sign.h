/* Signing in, locking, and a second person's word. */
#pragma once

#include "quay-till-people.h"

G_BEGIN_DECLS

/*
 * Wrong PINs are counted for each user, on the disk, before the PIN is looked at, so that neither a
 * restart nor a pulled plug gives further tries; from the third on the next try has to wait: 5 s,
 * 15 s, 30 s, a minute, five minutes, a quarter of an hour. The right PIN clears the count. The
 * third wrong try and those after it are `noted` as "login.failed".
 */

/** For how many seconds the next try for @code has to wait; 0: not. */
guint quay_till_pin_wait (QuayTill *till, const char *code);

/**
 * quay_till_sign_in:
 *
 * @code works from now on, in place of who did; the cart stays. Waits for the hash.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND (nobody active of that code), QUAY_ERROR_INVALID (wrong
 *   PIN), QUAY_ERROR_REFUSED (has to wait: quay_till_pin_wait(); a sale is being saved), or a
 *   storage error.
 */
gboolean quay_till_sign_in (QuayTill *till, const char *code, const char *pin, GError **error);
void quay_till_sign_in_async (QuayTill *till, const char *code, const char *pin,
                              GAsyncReadyCallback callback, gpointer data);
gboolean quay_till_sign_in_finish (QuayTill *till, GAsyncResult *result, GError **error);

/** Nobody works any more; the cart stays. @idle: because nobody did anything. Does nothing in a
 * shop without users. */
void quay_till_lock (QuayTill *till, gboolean idle);

/**
 * quay_till_act_as:
 *
 * For one command: until quay_till_act_no_more(), which must follow a success, @code works, with
 * rights and words of their own; nothing is told or noted of it. Errors as quay_till_sign_in().
 */
gboolean quay_till_act_as (QuayTill *till, const char *code, const char *pin, GError **error);
void quay_till_act_no_more (QuayTill *till);

/**
 * quay_till_approve:
 * @code: the second person; @why: the reason, one line
 *
 * Their word that who works may do @act up to @amount, once, within three minutes. The act is tried
 * again after that; what it writes holds an `override` that names both.
 *
 * Returns: FALSE as quay_till_sign_in(), with QUAY_ERROR_DENIED if @code may not do it either, or
 *   with QUAY_ERROR_REFUSED if nobody works or it is the same person.
 */
gboolean quay_till_approve (QuayTill *till, QuayAct act, gint64 amount, const char *code,
                            const char *pin, const char *why, GError **error);
void quay_till_approve_async (QuayTill *till, QuayAct act, gint64 amount, const char *code,
                              const char *pin, const char *why, GAsyncReadyCallback callback,
                              gpointer data);
gboolean quay_till_approve_finish (QuayTill *till, GAsyncResult *result, GError **error);

/** Who could give it: active, not who works, and their role allows it. (element-type QuayUser)
 * (transfer full) */
GPtrArray *quay_till_approvers (QuayTill *till, QuayAct act, gint64 amount);

G_END_DECLS
