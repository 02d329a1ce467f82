/* The program: options, one instance per shop folder, opening the shop or saying why not. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_APPLICATION (quay_application_get_type ())
G_DECLARE_FINAL_TYPE (QuayApplication, quay_application, QUAY, APPLICATION, GtkApplication)

/** (transfer full) */
QuayApplication *quay_application_new (void);

G_END_DECLS
