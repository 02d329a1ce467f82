/* Random events of every kind, sound ones, over a small world, so that they touch the same rows. */
#pragma once

#include "quay-event.h"

G_BEGIN_DECLS

/** An event of @kind without header (id, times, number are the store's); QUAY_EVENT_BIRTH is made
 * whole. @sale: a sale's event to refund, or NULL. */
QuayEvent *random_event (GRand *chance, QuayEventKind kind, const QuayEvent *sale);

/** Gives it a header as the store would, for encoding by hand. */
void random_header (GRand *chance, QuayEvent *event);

G_END_DECLS
