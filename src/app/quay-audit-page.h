/* Who did what: everything of note, by user, kind and day, and the state of the journal. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_AUDIT_PAGE (quay_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayAuditPage, quay_audit_page, QUAY, AUDIT_PAGE, GtkBox)

/** A page as src/app/README.md says. */
GtkWidget *quay_audit_page_new (QuayTill *till);

G_END_DECLS
