/* One past sale: its receipt as printed, its lines and payments, printing it again, keeping it as a
 * file. */
#pragma once

#include "quay-till-sales.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SALE_VIEW (quay_sale_view_get_type ())
G_DECLARE_FINAL_TYPE (QuaySaleView, quay_sale_view, QUAY, SALE_VIEW, GtkBox)

/** @till: kept. Shows nothing at first. */
GtkWidget *quay_sale_view_new (QuayTill *till);

/** Shows the sale of that number; NULL: none. FALSE if there is no such sale. */
gboolean quay_sale_view_show (QuaySaleView *view, const char *number);
/** The number shown; borrowed, NULL for none. */
const char *quay_sale_view_get_number (QuaySaleView *view);
/** Prints the sale shown again, marked as a copy. */
void quay_sale_view_reprint (QuaySaleView *view);
/** Asks what of it comes back. */
void quay_sale_view_give_back (QuaySaleView *view);

/** How a sale was paid, for people; (transfer full). @tenders: as in QuaySaleRecord. */
char *quay_sale_view_tenders (const char *tenders);

G_END_DECLS
