/* Reads about people: facts under codes, who opened a shift, records as they are. As all reads:
 * answers count after quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-reader.h"

G_BEGIN_DECLS

/** @code: the entity's; @value: as text. All borrowed for the call. */
typedef void (*QuayFactVisitor) (const char *code, const char *field, const char *value,
                                 gpointer data);

/** Visits the facts of a kind whose entities have codes (user, role); those of an entity come one
 * after the other, in the order of the codes. */
void quay_reader_visit_facts (QuayReader *reader, const char *kind, QuayFactVisitor visit,
                              gpointer data);

/** Code of who opened a shift; (transfer full), NULL if the shift is not known. */
char *quay_reader_shift_owner (QuayReader *reader, const QuayId *shift);

/** @bytes: of one record, borrowed for the call. */
typedef void (*QuayRecordVisitor) (const guint8 *bytes, gsize len, gpointer data);

/** Visits the records that were booked, whichever chain brought them: each event once. Long: not in
 * the main thread. */
void quay_reader_visit_booked (QuayReader *reader, QuayRecordVisitor visit, gpointer data);

G_END_DECLS
