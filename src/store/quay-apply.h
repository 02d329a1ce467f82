/* Rows of events into the projected tables, by statements made once from the tables' descriptions;
 * then the derived table of items. One connection, inside its open transaction. */
#pragma once

#include "quay-db.h"
#include "quay-event.h"

G_BEGIN_DECLS

typedef struct _QuayApply QuayApply;

/** @db is borrowed and must outlive it. */
QuayApply *quay_apply_new (QuayDb *db, GError **error);
void quay_apply_free (QuayApply *apply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayApply, quay_apply_free)

/** What became of an event. */
typedef enum
{
  QUAY_APPLY_BOOKED,
  QUAY_APPLY_KNOWN,   /* its id was booked before; nothing was written */
  QUAY_APPLY_REFUSED, /* its rows break a rule; nothing was written, @error is set */
  QUAY_APPLY_FAILED,  /* the file failed, @error is set */
} QuayApplied;

/**
 * quay_apply_event:
 * @pos: the journal record that brings it
 *
 * Books an event's rows once, by its id.
 */
QuayApplied quay_apply_event (QuayApply *apply, const QuayEvent *event, gint64 pos, GError **error);

/** Writes the items of the products touched since the last call; at the end of a transaction. */
gboolean quay_apply_items (QuayApply *apply, GError **error);

/** How many items were written since the last call. */
guint quay_apply_take_written (QuayApply *apply);
/** How many events were booked since the last call, also such as were rolled back. */
guint quay_apply_take_booked (QuayApply *apply);

/** How many items the next quay_apply_items() will write, at least. */
guint quay_apply_pending (QuayApply *apply);

/** Forgets what was touched, after a rollback. */
void quay_apply_reset (QuayApply *apply);

/** Where @event's id was booked; FALSE without an error if nowhere. */
gboolean quay_apply_find (QuayDb *db, const QuayId *event, gint64 *pos, GError **error);

/** A person's key was erased since quay_apply_settle_forgotten(): the log must be wiped, too. */
gboolean quay_apply_has_forgotten (QuayApply *apply);
void quay_apply_settle_forgotten (QuayApply *apply);

G_END_DECLS
