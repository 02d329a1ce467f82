/* The open cart as text for the local table of drafts. Not an event: it is no fact yet. Pure. */
#pragma once

#include "quay-cart.h"

G_BEGIN_DECLS

/** The cart as one line of JSON; (transfer full). */
char *quay_draft_encode (const QuayCart *cart);

/** The cart of that text; (transfer full); NULL with QUAY_ERROR_INVALID. */
QuayCart *quay_draft_decode (const char *text, GError **error);

G_END_DECLS
