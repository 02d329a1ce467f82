/* The picture of a product in a form. Pictures are read at the size they are shown: a photograph of
 * twenty megapixels must not take eighty megabytes. Main thread. */
#include "quay-picture-field.h"

#include "quay-form.h"
#include "quay-ui.h"

#define PREVIEW_PX 64
#define ICON_PX 26

struct _QuayPictureField
{
  GtkBox parent;
  GtkWidget *image;
  GtkWidget *remove;
  char *folder;
  char *name;
};

G_DEFINE_FINAL_TYPE (QuayPictureField, quay_picture_field, GTK_TYPE_BOX)

static void
show_preview (QuayPictureField *field)
{
  g_autofree char *path = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gboolean set = field->name[0] != '\0';
  if (set && (g_path_is_absolute (field->name) || field->folder == NULL))
    path = g_strdup (field->name);
  else if (set)
    path = g_build_filename (field->folder, field->name, NULL);
  if (path != NULL)
    pixbuf = gdk_pixbuf_new_from_file_at_scale (path, 2 * PREVIEW_PX, 2 * PREVIEW_PX, TRUE, NULL);
  if (pixbuf != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);
      gtk_image_set_from_paintable (GTK_IMAGE (field->image), GDK_PAINTABLE (texture));
    }
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (field->image),
                                  set ? "quay-exclamation-triangle-symbolic"
                                      : "quay-tags-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (field->image), pixbuf != NULL ? PREVIEW_PX : ICON_PX);
  gtk_widget_set_visible (field->remove, set);
  gboolean broken = set && pixbuf == NULL;
  quay_form_set_fault (GTK_WIDGET (field), broken ? _ ("This is not a picture.") : NULL);
}

static void
chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayPictureField) field = data;
  if (path != NULL)
    quay_picture_field_set_name (field, path);
}

static void
choose_cb (QuayPictureField *field)
{
  quay_ui_choose_file (GTK_WIDGET (field), QUAY_UI_FILE_OPEN, _ ("Picture of the product"), NULL,
                       "*.png|*.jpg|*.jpeg|*.PNG|*.JPG|*.JPEG", chosen_cb, g_object_ref (field));
}

static void
remove_cb (QuayPictureField *field)
{
  quay_picture_field_set_name (field, "");
}

static void
quay_picture_field_finalize (GObject *object)
{
  QuayPictureField *field = QUAY_PICTURE_FIELD (object);
  g_free (field->folder);
  g_free (field->name);
  G_OBJECT_CLASS (quay_picture_field_parent_class)->finalize (object);
}

static void
quay_picture_field_class_init (QuayPictureFieldClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_picture_field_finalize;
}

static void
quay_picture_field_init (QuayPictureField *field)
{
  GtkWidget *choose = quay_ui_button (NULL, _ ("Choose…"), NULL, "plain");
  field->name = g_strdup ("");
  field->image = gtk_image_new ();
  field->remove = quay_ui_button (NULL, _ ("Remove"), NULL, "plain");
  gtk_widget_add_css_class (field->image, "preview");
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (field->remove, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (field->remove, FALSE);
  gtk_box_set_spacing (GTK_BOX (field), 8);
  gtk_box_append (GTK_BOX (field), field->image);
  gtk_box_append (GTK_BOX (field), choose);
  gtk_box_append (GTK_BOX (field), field->remove);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (choose_cb), field);
  g_signal_connect_swapped (field->remove, "clicked", G_CALLBACK (remove_cb), field);
}

void
quay_picture_field_set_folder (QuayPictureField *field, const char *folder)
{
  g_return_if_fail (QUAY_IS_PICTURE_FIELD (field));
  g_free (field->folder);
  field->folder = g_strdup (folder);
}

void
quay_picture_field_set_name (QuayPictureField *field, const char *name)
{
  g_return_if_fail (QUAY_IS_PICTURE_FIELD (field));
  char *copy = g_strdup (name != NULL ? name : "");
  g_free (field->name);
  field->name = copy;
  show_preview (field);
}

const char *
quay_picture_field_get_name (QuayPictureField *field)
{
  g_return_val_if_fail (QUAY_IS_PICTURE_FIELD (field), "");
  return field->name;
}
