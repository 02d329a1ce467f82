/* Words of the page Consignment: kinds of producer, terms, kinds of entry. Main thread. */
#pragma once

#include "quay-partner.h"

#include <glib.h>

G_BEGIN_DECLS

/** Codes of the kinds of producer, "" first, NULL-terminated, and their names; static. */
const char *const *quay_consign_kinds (void);
/** The name of a kind in the user's language, "" for NULL. */
const char *quay_consign_kind_name (const char *kind);
/** What was agreed: "commission 15 % of what is paid"; (transfer full). */
char *quay_consign_terms_text (const QuayTerms *terms);
/** What an entry of an account is, by its kind. */
const char *quay_consign_entry_name (const char *kind);

G_END_DECLS
