/* A field to try the scanner on: what it read, and how fast its keys came. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SCAN_TEST (quay_scan_test_get_type ())
G_DECLARE_FINAL_TYPE (QuayScanTest, quay_scan_test, QUAY, SCAN_TEST, GtkBox)

/** Watches the keys of its window while it is shown. */
GtkWidget *quay_scan_test_new (void);

/** The window took @text for a scan. */
void quay_scan_test_scanned (QuayScanTest *test, const char *text);

G_END_DECLS
