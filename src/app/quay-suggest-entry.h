/* An entry that proposes known values while one types and takes any other: units, producers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SUGGEST_ENTRY (quay_suggest_entry_get_type ())
G_DECLARE_FINAL_TYPE (QuaySuggestEntry, quay_suggest_entry, QUAY, SUGGEST_ENTRY, GtkBox)

/** What is proposed: @values NULL-terminated, copied. Folded search, at most eight at a time. */
void quay_suggest_entry_set_values (QuaySuggestEntry *suggest, const char *const *values);

/** The entry inside; borrowed. Its text is the value. */
GtkEntry *quay_suggest_entry_get_entry (QuaySuggestEntry *suggest);

G_END_DECLS
