/* The scanner that types: takes the keys of a window before the input method sees them, and says
 * which of them were a scan. What is a scan is decided by quay-scan-keys. */
#pragma once

#include "quay-scan-keys.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SCANNER (quay_scanner_get_type ())
G_DECLARE_FINAL_TYPE (QuayScanner, quay_scanner, QUAY, SCANNER, GObject)

/*
 * Signals:
 *   key ()                       a key that gives a character came, and is not dealt with yet: it
 *                                will go to what has the keyboard afterwards
 *   scanned (const char *text)   a whole code
 *   typed (const char *text)     typing while nothing has the keyboard that could take it, or a
 *                                code without its end, which must not land in a number
 */

/** Listens to the keys of @window as long as both live. (transfer full) */
QuayScanner *quay_scanner_new (GtkWindow *window);

/** How the scanner is set up. */
void quay_scanner_set (QuayScanner *scanner, const QuayScanKeysSettings *settings);

/** Event time of the last key of the last scan, and when the window saw it (monotonic µs). */
guint32 quay_scanner_event_ms (QuayScanner *scanner);
gint64 quay_scanner_seen_us (QuayScanner *scanner);

/** TRUE for 300 ms after a scan: an Enter in that time may be the scanner's. */
gboolean quay_scanner_is_fresh (QuayScanner *scanner);

G_END_DECLS
