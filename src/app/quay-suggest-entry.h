/* An entry that proposes known values while one types and takes any other: units, producers, and
 * communes, which have a code beside the name. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SUGGEST_ENTRY (quay_suggest_entry_get_type ())
G_DECLARE_FINAL_TYPE (QuaySuggestEntry, quay_suggest_entry, QUAY, SUGGEST_ENTRY, GtkBox)

/** What is proposed: @values NULL-terminated, copied. Folded search, at most eight at a time. */
void quay_suggest_entry_set_values (QuaySuggestEntry *suggest, const char *const *values);

/** Asked for values each time something is typed: sets them by quay_suggest_entry_set_values(). For
 * what is too long to be given at once. */
typedef void (*QuaySuggestSource) (QuaySuggestEntry *suggest, const char *text, gpointer data);
void quay_suggest_entry_set_source (QuaySuggestEntry *suggest, QuaySuggestSource source,
                                    gpointer data);

/** The same where the value is a code that people know by its name: both NULL-terminated, of one
 * length, copied. */
void quay_suggest_entry_set_coded (QuaySuggestEntry *suggest, const char *const *codes,
                                   const char *const *names);

/** The value: the text, or the code of the name that it is; (transfer full). */
char *quay_suggest_entry_dup_value (QuaySuggestEntry *suggest);
/** Shows a value, by its name if it is a code with one. */
void quay_suggest_entry_set_value (QuaySuggestEntry *suggest, const char *value);

/** The entry inside; borrowed. */
GtkEntry *quay_suggest_entry_get_entry (QuaySuggestEntry *suggest);

G_END_DECLS
