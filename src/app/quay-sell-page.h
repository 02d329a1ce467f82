/* The sell page: one entry to scan or type into, products to press, the open cart, paying. */
#pragma once

#include "quay-scanner.h"
#include "quay-sound.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SELL_PAGE (quay_sell_page_get_type ())
G_DECLARE_FINAL_TYPE (QuaySellPage, quay_sell_page, QUAY, SELL_PAGE, GtkWidget)

/** How many of the best sold products it shows first. */
#define QUAY_SELL_BEST_ITEMS 24

/** @sounds and @scanner must outlive the page. */
GtkWidget *quay_sell_page_new (QuayTill *till, QuaySounds *sounds, QuayScanner *scanner);

/** A code was scanned: adds a line, asks for a weight, or says why not. */
void quay_sell_page_scan (QuaySellPage *page, const char *text);

/** A key that is no scan, wherever the keyboard is: TRUE if it was one of the page's own. */
gboolean quay_sell_page_press (QuaySellPage *page, guint keyval, GdkModifierType state);

/** A key of a scan or of typing came: the change of the last sale goes, so that the window is drawn
 * while the other keys of the scan come in. */
void quay_sell_page_make_way (QuaySellPage *page);

/** Typing that had no other place: it goes on in the search entry. */
void quay_sell_page_type (QuaySellPage *page, const char *text);

G_END_DECLS
