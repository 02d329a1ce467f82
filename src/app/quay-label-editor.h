/* The layouts of labels that the shop's own scale prints: a table by prefix. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_LABEL_EDITOR (quay_label_editor_get_type ())
G_DECLARE_FINAL_TYPE (QuayLabelEditor, quay_label_editor, QUAY, LABEL_EDITOR, GtkBox)

/** @till: kept. Shows what is set now. */
GtkWidget *quay_label_editor_new (QuayTill *till);

G_END_DECLS
