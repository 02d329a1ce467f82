/* Documents of goods to fill in, by scanner and keyboard: receiving (bought, consigned, from a
 * member at the door) and issuing. What is filled in is kept on disk. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_GOODS_PAGE (quay_goods_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayGoodsPage, quay_goods_page, QUAY, GOODS_PAGE, GtkBox)

/** The tabs of the page Stock. */
GtkWidget *quay_receive_page_new (QuayTill *till);
GtkWidget *quay_issue_page_new (QuayTill *till);

G_END_DECLS
