/* The language of the window: the one the shop chose, whatever the system's locale says. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Sets the locale and finds the translations; once, before gtk_init(). */
void quay_language_init (void);

/** "vi" or "en"; texts read from now on are in that language. Vietnamese for anything else. */
void quay_language_set (const char *language);

/** What is set: "vi" or "en". */
const char *quay_language_get (void);

G_END_DECLS
