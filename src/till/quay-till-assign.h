/* Goods that left the shelf, and the lots that they came from after all: the attention list and how
 * it is cleared. */
#pragma once

#include "quay-attention.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** What somebody should look at: balances below nothing, and lines that were given to lots beyond
 * what they took. (element-type QuayAttention) (transfer full) */
GPtrArray *quay_till_attention (QuayTill *till);

/** How many balances are below nothing: what a badge shows. */
guint quay_till_n_attention (QuayTill *till);

/** The lines behind a balance, newest first. (element-type QuayOpenLine) (transfer full) */
GPtrArray *quay_till_open_lines (QuayTill *till, const QuayAttention *of);

/** The lots that could have given it: at its place, with something left, first expired first.
 * (element-type QuayLot) (transfer full) */
GPtrArray *quay_till_givers (QuayTill *till, const QuayAttention *of);

/**
 * quay_till_assign:
 * @id: of quay_till_new_id(), the same for each try
 * @to: the lot that the goods came from; nil: none, they are unallocated again
 * @qty: above 0, at most what is open of the line
 * @why: (nullable): one line, up to 70 characters
 *
 * Says that @qty of an open line came from another lot: what it costs follows from that lot's
 * terms, what it was sold for is its share. Goods that only moved come from that lot at both
 * places.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (quantity), _REFUSED (the lot is that of another product,
 *   or the same as before), _OVERFLOW or a storage error. Nothing is half done.
 */
gboolean quay_till_assign (QuayTill *till, const QuayId *id, const QuayOpenLine *open,
                           const QuayId *to, QuayQty qty, const char *why, GError **error);

/**
 * quay_till_clear_balance:
 * @id: of quay_till_new_id(), the same for each try
 * @lot: (nullable): the lot that gave; NULL: those that lie there, first expired first
 * @done: (out) (nullable): how much was given to lots
 *
 * Clears a balance of the attention list as far as the lots have something left: its lines, newest
 * first, are given to @lot, in one transaction.
 *
 * Returns: FALSE with the errors of quay_till_assign(); with QUAY_ERROR_REFUSED if no lot has
 *   anything.
 */
gboolean quay_till_clear_balance (QuayTill *till, const QuayId *id, const QuayAttention *of,
                                  const QuayId *lot, QuayQty *done, GError **error);

/**
 * quay_till_assign_waiting:
 * @lot: a lot that was received after its goods were sold
 *
 * Gives to @lot, as far as it goes, what was sold of @product from nowhere at the places where the
 * lot lies. Nothing to do is no error.
 */
gboolean quay_till_assign_waiting (QuayTill *till, const QuayId *product, const QuayId *lot,
                                   QuayQty *done, GError **error);

G_END_DECLS
