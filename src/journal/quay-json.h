/* JSON out: compact, members in the order they are written, text in UTF-8 as it is. Straight into a
 * string, since a sale waits for it; reading is quay-json-read.h. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Writes "key": of the next member; @key is plain ASCII. A comma is set where one is due. */
void quay_json_key (GString *out, const char *key);

/** Sets a comma before the next element of a list, unless it is the first. */
void quay_json_next (GString *out);

/** A whole number. */
void quay_json_int (GString *out, gint64 number);

/** @text, valid UTF-8, in quotes, with what must be escaped escaped. */
void quay_json_text (GString *out, const char *text);

G_END_DECLS
