/* The figures of a day or a range of days, and the cash drawer: shift, cash in and out. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_REPORT_PAGE (quay_report_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayReportPage, quay_report_page, QUAY, REPORT_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_report_page_new (QuayTill *till);

G_END_DECLS
