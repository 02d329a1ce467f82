/* The state of the exchange with the server in plain words. Main thread. */
#pragma once

#include "quay-till-sync.h"

G_BEGIN_DECLS

/** A few words for the line at the top ("All sent 10:24"); (transfer full). */
char *quay_link_chip (QuayTill *till, const QuayLinkState *state);
/** One sentence; (transfer full). */
char *quay_link_title (QuayTill *till, const QuayLinkState *state);
/** What to do, or that nothing need be done; borrowed. */
const char *quay_link_advice (const QuayLinkState *state);
/** How it is to be coloured: "good", "warn" or "bad"; borrowed. */
const char *quay_link_class (const QuayLinkState *state);
/** Why a record is held, by the words of the journal or the server; borrowed. */
const char *quay_link_held_why (const char *why);
/** When, as people say it: 10:24 today, a weekday within the week, else a day; (transfer full). */
char *quay_link_when (QuayTill *till, gint64 ms);
/** A whole number with groups of three; (transfer full). */
char *quay_link_count (guint64 n);

G_END_DECLS
