/* One document of goods: what it says, its lines, and what can be done with it. Main thread. */
#pragma once

#include "quay-document.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_DOCUMENT_VIEW (quay_document_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayDocumentView, quay_document_view, QUAY, DOCUMENT_VIEW, GtkBox)

/** An empty view. */
GtkWidget *quay_document_view_new (QuayTill *till);

/** Shows a document; nil: none. */
void quay_document_view_show (QuayDocumentView *view, const QuayId *id);
/** The one shown; nil if none is. */
QuayId quay_document_view_get (QuayDocumentView *view);

/** Lays it out on its form, and opens that. */
void quay_document_view_print (QuayDocumentView *view);
/** Of a receipt: opens the lots that it brought, and from there their sales. */
void quay_document_view_lots (QuayDocumentView *view);
/** Asks why, then takes it back. */
void quay_document_view_reverse (QuayDocumentView *view);

/** What a kind of document is called, in the user's language; borrowed. */
const char *quay_document_kind_text (const QuayDocument *document);

G_END_DECLS
