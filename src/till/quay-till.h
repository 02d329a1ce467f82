/* The till: everything the counter can do, without a window. Verbs are grouped by topic in the
 * quay-till-….h headers of this folder.
 *
 * Threads: main only. Changes of the open cart never wait. Paying and importing have an _async
 * form, answered on the main loop once it is durable, and a form without suffix that waits, for
 * programs without a window. The other verbs that change the file wait for one transaction. */
#pragma once

#include "quay-cart.h"
#include "quay-item.h"
#include "quay-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define QUAY_TYPE_TILL (quay_till_get_type ())
G_DECLARE_FINAL_TYPE (QuayTill, quay_till, QUAY, TILL, GObject)

/*
 * Signals:
 *   cart-changed ()              the open cart is another or has other lines
 *   drafts-changed ()            carts put aside
 *   items-changed ()             products, prices or stock; coalesced
 *   sales-changed ()             a sale, a refund or a print state
 *   settings-changed ()          a setting of the shop or of this till
 *   printed (char *number, gboolean ok, char *why)
 *   link-changed ()              the state of the exchange with the server
 *   storage-error (int code, char *message)   QuayError: something in the background could not be
 *   clock-changed ()             quay_till_clock_is_wrong() has another answer
 *   denied ()                    quay_till_denied() has something that a second person may allow
 *   user-changed ()              another works, or nobody; or users and roles are others
 *   storage-recovered ()         after a storage-error the disk took a write again
 *   room-changed (gboolean has_room)   the disk became full, so that nothing can be sold, or has
 *                                room again
 *                                written (the open cart, a print state; what is shown stays
 *                                true), or something could not be read (what is shown may lack it)
 */

/** Reading under way before the shop is opened. */
typedef struct _QuayTillAhead QuayTillAhead;

/** Real time and chance, for every program that is not a simulator. */
const QuayEnv *quay_till_system_env (void);

/**
 * quay_till_open:
 * @dir: the shop's folder
 * @user: code of who works; NULL: the shop's one user
 *
 * Returns: (transfer full): NULL with the errors of the store: NOT_FOUND (no shop there yet), BUSY,
 *   NEWER, DAMAGED, READ_ONLY, FULL, IO.
 */
QuayTill *quay_till_open (const char *dir, const char *user, GError **error);

/** The same with another source of time and chance; @env must outlive the till. */
QuayTill *quay_till_open_with (const char *dir, const char *user, const QuayEnv *env,
                               GError **error);

/**
 * quay_till_read_ahead:
 * @dir: as for quay_till_open()
 * @items: how many of the best sold products are shown first
 *
 * Begins to read, in a thread, what opening the shop will read, so that it need not wait for the
 * disk then. To be freed before the shop is opened, which waits for the thread.
 */
QuayTillAhead *quay_till_read_ahead (const char *dir, guint items);
void quay_till_ahead_free (QuayTillAhead *ahead);

/** Finishes what is queued and closes the file; g_object_unref() does it too. */
void quay_till_close (QuayTill *till);

/**
 * quay_till_check_reads:
 *
 * Whether all that was shown or answered since the last call is what the file holds. Verbs that
 * change something ask themselves and refuse; what fails to be read for a list is told by
 * storage-error when the main loop runs. A program without a main loop asks here.
 *
 * Returns: FALSE with the first failure, a storage error, once.
 */
gboolean quay_till_check_reads (QuayTill *till, GError **error);

/** Waits until the open cart is on disk as it is now. */
gboolean quay_till_flush (QuayTill *till, GError **error);

/** The shop's folder; borrowed. */
const char *quay_till_dir (QuayTill *till);
/** Till code and chain letter as printed ("QT1A"); (transfer full). */
char *quay_till_label (QuayTill *till);
/** The business day of now. */
QuayDay quay_till_day (QuayTill *till);
/** True if the computer's clock can't be right (it went back, is years old, or was more than five
 * minutes off the server's at its last answer): the user should be told to set it. Selling goes on,
 * on the last business day. */
gboolean quay_till_clock_is_wrong (QuayTill *till);
/** True if the file had lost what this till wrote before (an older copy was put in its place):
 * sales are missing, and new ones go to a new chain. */
gboolean quay_till_was_rolled_back (QuayTill *till);
/** FALSE while the disk is so full that nothing is sold; all else works as long as it can, on room
 * that was kept for it. */
gboolean quay_till_has_room (QuayTill *till);
/** For programs that stay open, to be called every few seconds: tells clock-changed when the clock
 * went wrong or came right, and items-changed and sales-changed when a business day has begun. */
void quay_till_watch_clock (QuayTill *till);
gint64 quay_till_now_ms (QuayTill *till);
/** An id for a verb that takes one: made before the first try and kept for the next, so that a verb
 * whose answer was lost is done once. */
QuayId quay_till_new_id (QuayTill *till);
/** Code of who works; borrowed. */
const char *quay_till_user (QuayTill *till);

/** Name, address, phone, tax code, thanks of the shop; (transfer full). */
QuayShop *quay_till_shop (QuayTill *till);

/**
 * quay_till_get_setting:
 * @key: "shop.…" belongs to the shop (an event); "till.…" to this computer only
 *
 * The value, or the default of data/params/settings.csv; (transfer full), NULL if there is neither.
 */
char *quay_till_get_setting (QuayTill *till, const char *key);
/** Whole number of a setting, @fallback if unset or no number. */
gint64 quay_till_get_setting_int (QuayTill *till, const char *key, gint64 fallback);

/** @value NULL goes back to the default. FALSE with QUAY_ERROR_INVALID, a storage error, or
 * QUAY_ERROR_DENIED: it takes QUAY_ACT_SETTINGS, for the place that is sold from QUAY_ACT_STOCK,
 * and nothing for how this computer's window looks. */
gboolean quay_till_set_setting (QuayTill *till, const char *key, const char *value, GError **error);

/** Sales of the business day so far, refunds taken off. */
void quay_till_today (QuayTill *till, gint64 *sales, QuayMoney *total);

G_END_DECLS
