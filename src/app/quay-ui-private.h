/* What only the window needs of the helpers: handing a scan to whoever takes it. */
#pragma once

#include "quay-ui.h"

G_BEGIN_DECLS

/** Hands a scan to the page or card; FALSE if it takes none. */
gboolean quay_ui_give_scan (GtkWidget *page_or_card, const char *text);
/** Whether the page or card takes scans. */
gboolean quay_ui_takes_scans (GtkWidget *page_or_card);

G_END_DECLS
