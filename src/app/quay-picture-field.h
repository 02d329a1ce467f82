/* The picture of a product in a form: what it looks like, choosing another, taking it away. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PICTURE_FIELD (quay_picture_field_get_type ())
G_DECLARE_FINAL_TYPE (QuayPictureField, quay_picture_field, QUAY, PICTURE_FIELD, GtkBox)

/** Where names without a folder lie: the shop's pictures. */
void quay_picture_field_set_folder (QuayPictureField *field, const char *folder);
/** @name: a path, a name in the folder, or NULL or "" for none. */
void quay_picture_field_set_name (QuayPictureField *field, const char *name);
/** The path or name; borrowed, "" for none. */
const char *quay_picture_field_get_name (QuayPictureField *field);

G_END_DECLS
