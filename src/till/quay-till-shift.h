/* Shifts: counting the float, cash in and out, closing by counting blindly, and the reports X and
 * Z. The short forms of the same verbs are in quay-till-sales.h. */
#pragma once

#include "quay-shift.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * Rights: QUAY_ACT_SHIFT opens and closes one's own shift, QUAY_ACT_SHIFT_OTHER closes another's,
 * QUAY_ACT_CASH moves cash up to a limit, QUAY_ACT_EXPECTED shows what should be in the drawer
 * before it was counted. Closing reads nothing but the shift and writes one event: it works without
 * a server and whatever else waits.
 */

/**
 * quay_till_open_shift_by_notes:
 * @counts: QUAY_N_NOTES of quay_note_values
 *
 * Opens a shift with what was counted as its float.
 *
 * Returns: its number, (transfer full): NULL with QUAY_ERROR_REFUSED if one is open, _INVALID for a
 *   count out of range, _DENIED or a storage error.
 */
char *quay_till_open_shift_by_notes (QuayTill *till, const gint64 *counts, GError **error);

/** What who closed this computer's last shift left for the next, and @who it was; NULL if nothing;
 * both (transfer full). */
char *quay_till_shift_note (QuayTill *till, char **who);

/**
 * QuayCashAsk: cash that goes in or out.
 * @amount: into the drawer above 0
 * @why: needed, at most 70 characters
 * @kind: NULL, or "bank", "safe": takings that are brought away (@amount below 0)
 * @party: who hands it over or takes it, at most 70 characters; may be NULL
 */
typedef struct
{
  QuayMoney amount;
  const char *why;
  const char *kind;
  const char *party;
} QuayCashAsk;

/**
 * quay_till_book_cash:
 * @id: of quay_till_new_id(), the same for each try
 *
 * Returns: the voucher's number, (transfer full): NULL with QUAY_ERROR_INVALID, _DENIED (more than
 *   who works may move), _EXISTS (another amount was moved under @id) or a storage error.
 */
char *quay_till_book_cash (QuayTill *till, const QuayId *id, const QuayCashAsk *ask,
                           GError **error);

/**
 * quay_till_confirm_count:
 * @counted: what was counted in the drawer of @shift
 * @notes: how, as of quay_notes_to_text(); may be NULL
 *
 * The cashier's count is done: from now on the result may be seen. Who may not see it before leaves
 * a trace of each such count, so that counting again to please the figure shows. The drawer of
 * another takes QUAY_ACT_SHIFT_OTHER; a word given for it serves the close as well.
 *
 * Returns: (transfer full): the shift with its figures: NULL with QUAY_ERROR_NOT_FOUND (no such
 *   shift, or it is closed), _DENIED, _INVALID or a storage error.
 */
QuayShift *quay_till_confirm_count (QuayTill *till, const QuayId *shift, QuayMoney counted,
                                    const char *notes, GError **error);

/**
 * QuayShiftCount: how a shift is closed.
 * @shift: nil: the open one
 * @notes: as of quay_notes_to_text(); NULL: only the sum is known
 * @why: the reason for a difference; @note: for who comes next, at most 200 characters; may be NULL
 * @by: who counted it a second time, and @verified what that one found; NULL: nobody did
 */
typedef struct
{
  QuayId shift;
  QuayMoney counted;
  const char *notes;
  const char *why;
  const char *note;
  const char *by;
  QuayMoney verified;
} QuayShiftCount;

/**
 * quay_till_end_shift:
 * @difference: (out) (optional): counted − expected
 *
 * Closes a shift: one's own, or with QUAY_ACT_SHIFT_OTHER that of another user or of a till that is
 * lost. A difference takes a reason.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND (none is open, or it was closed), _INVALID (an amount or
 *   text; the notes are not the sum; a difference without a reason), _DENIED or a storage error.
 */
gboolean quay_till_end_shift (QuayTill *till, const QuayShiftCount *count, QuayMoney *difference,
                              GError **error);

/**
 * quay_till_shift_report:
 * @number: NULL: of the open shift
 *
 * A shift with its figures: an X report while it is open, its Z report afterwards. Who may not see
 * what should be in the drawer of an open shift gets it blind.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND or a storage error.
 */
QuayShift *quay_till_shift_report (QuayTill *till, const char *number, GError **error);

/** Past and open shifts of all tills, newest first, without figures; @open: only those that are
 * open, but for the current one: a lost till's, or one that was forgotten. Blind ones have no
 * amounts. (element-type QuayShift) (transfer full) */
GPtrArray *quay_till_shifts (QuayTill *till, gboolean open, guint limit);

/** The report on receipts' paper, as the bytes of a file. @format: "text", "png" or "pdf";
 * @width_mm: 58 or 80. (transfer full) */
GBytes *quay_till_render_shift (QuayTill *till, const QuayShift *shift, const char *format,
                                int width_mm, GError **error);

/** Sends it to the printer. FALSE with QUAY_ERROR_NOT_FOUND if none is set up. */
gboolean quay_till_print_shift (QuayTill *till, const QuayShift *shift, GError **error);

/**
 * quay_till_print_cash_count:
 * @path: NULL: forms/NUMBER.pdf in the shop's folder
 *
 * The minutes of the count (Bảng kiểm kê quỹ, 08a-TT) of a closed shift.
 *
 * Returns: the file's path, (transfer full): NULL with QUAY_ERROR_REFUSED (it is open: nothing was
 *   counted), _NOT_FOUND, _IO, _FULL or _READ_ONLY.
 */
char *quay_till_print_cash_count (QuayTill *till, const QuayId *shift, const char *path,
                                  GError **error);

/* --- transfers that somebody has to see arrive --- */

/** Those of the last 31 days that nobody has seen, newest first. (element-type QuayUnseen)
 * (transfer full) */
GPtrArray *quay_till_unseen (QuayTill *till);

/** What a sale still expects by transfer, unseen; 0 if nothing. */
QuayMoney quay_till_unseen_of (QuayTill *till, const QuayId *sale);

/**
 * quay_till_transfer_seen:
 * @number: of a sale
 *
 * Somebody saw the sale's transfer arrive; who and when is recorded. Saying it again changes
 * nothing.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _REFUSED (nothing is expected) or a storage error.
 */
gboolean quay_till_transfer_seen (QuayTill *till, const char *number, GError **error);

/** To which step cash is rounded, đồng; 0: not at all. */
gint64 quay_till_cash_step (QuayTill *till);

G_END_DECLS
