/* Documents of goods that were recorded: the list, one with its lines, print it, take it back. Main
 * thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_DOCUMENTS_PAGE (quay_documents_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayDocumentsPage, quay_documents_page, QUAY, DOCUMENTS_PAGE, GtkBox)

GtkWidget *quay_documents_page_new (QuayTill *till);

G_END_DECLS
