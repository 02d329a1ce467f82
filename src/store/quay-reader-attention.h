/* Reads for the attention list. As all reads: answers count after quay_reader_settle(). */
#pragma once

#include "quay-attention.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/**
 * quay_reader_attention:
 *
 * Balances that can't be, by place and product: lots and unallocated goods below nothing; and above
 * nothing where lines were given to lots beyond what they took. (element-type QuayAttention)
 * (transfer full)
 */
GPtrArray *quay_reader_attention (QuayReader *reader);

/** How many balances are below nothing. */
guint quay_reader_n_short (QuayReader *reader);

/**
 * quay_reader_open_lines:
 *
 * The lines that made a balance what it is, newest first, what only went to another place last;
 * below nothing: as many as make up for it. (element-type QuayOpenLine) (transfer full)
 */
GPtrArray *quay_reader_open_lines (QuayReader *reader, const QuayAttention *of);

/** What other lots gave to the line of @open, of the same fate, one entry a lot for all places
 * together. (element-type QuayOpenLine) (transfer full) */
GPtrArray *quay_reader_line_lots (QuayReader *reader, const QuayOpenLine *open);

G_END_DECLS
