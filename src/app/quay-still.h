/* A picture in the form that frames are drawn from. A texture is converted pixel by pixel in every
 * frame, whether the frame shows it or not; of this one only what shows is touched. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_STILL (quay_still_get_type ())
G_DECLARE_FINAL_TYPE (QuayStill, quay_still, QUAY, STILL, GObject)

/** Of @pixbuf's present content; (transfer full). NULL gives NULL. */
GdkPaintable *quay_still_new (GdkPixbuf *pixbuf);

G_END_DECLS
