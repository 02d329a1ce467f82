/* Reads of shifts (quay-query-shift.c). A document belongs to its shift by the id that it was
 * written with, whenever that was. */
#pragma once

#include "quay-reader.h"
#include "quay-shift.h"

G_BEGIN_DECLS

/** A shift with all its figures; NULL if there is none of that id. (transfer full) */
QuayShift *quay_reader_shift (QuayReader *reader, const QuayId *id);

/** The same without figures, which costs next to nothing. */
QuayShift *quay_reader_shift_head (QuayReader *reader, const QuayId *id);

/** By its number, in any case; FALSE if there is none. */
gboolean quay_reader_find_shift (QuayReader *reader, const char *number, QuayId *id);

/** Newest first, without figures, @open: those that are not closed alone. (element-type QuayShift)
 * (transfer full) */
GPtrArray *quay_reader_shifts (QuayReader *reader, gboolean open, guint limit);

/** What who closed last of this computer's shifts left for the next; NULL if nothing. (transfer
 * full) */
char *quay_reader_hand_over (QuayReader *reader, char **who);

/** Transfers of sales since a day that nobody has seen arrive, newest first. (element-type
 * QuayUnseen) (transfer full) */
GPtrArray *quay_reader_unseen (QuayReader *reader, QuayDay since);

/** What of a shift the server does not have (quay-query-unsent.c); @from: where its documents are
 * looked for. quay_reader_shift() asks. */
void quay_reader_fill_unsent (QuayReader *reader, QuayShift *shift, gint64 from);

/** What a sale still expects by transfer, unseen; 0 if nothing. */
QuayMoney quay_reader_unseen_of (QuayReader *reader, const QuayId *sale);

G_END_DECLS
