/* A paintable that draws one cairo surface. */
#include "quay-still.h"

struct _QuayStill
{
  GObject parent_instance;

  cairo_surface_t *surface; /* owned */
  int width;
  int height;
};

static void
quay_still_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  QuayStill *self = QUAY_STILL (paintable);
  if (width <= 0 || height <= 0)
    return;
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  cairo_scale (cr, width / self->width, height / self->height);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, self->width, self->height);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static int
quay_still_get_width (GdkPaintable *paintable)
{
  return QUAY_STILL (paintable)->width;
}

static int
quay_still_get_height (GdkPaintable *paintable)
{
  return QUAY_STILL (paintable)->height;
}

static GdkPaintableFlags
quay_still_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = quay_still_snapshot;
  iface->get_intrinsic_width = quay_still_get_width;
  iface->get_intrinsic_height = quay_still_get_height;
  iface->get_flags = quay_still_get_flags;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (QuayStill, quay_still, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
quay_still_finalize (GObject *object)
{
  QuayStill *self = QUAY_STILL (object);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  G_OBJECT_CLASS (quay_still_parent_class)->finalize (object);
}

static void
quay_still_class_init (QuayStillClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = quay_still_finalize;
}

static void
quay_still_init (QuayStill *self)
{
}

GdkPaintable *
quay_still_new (GdkPixbuf *pixbuf)
{
  if (pixbuf == NULL)
    return NULL;
  QuayStill *self = g_object_new (QUAY_TYPE_STILL, NULL);
  self->width = gdk_pixbuf_get_width (pixbuf);
  self->height = gdk_pixbuf_get_height (pixbuf);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width, self->height);
  cairo_t *cr = cairo_create (self->surface);
  gdk_cairo_set_source_pixbuf (cr, pixbuf, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return GDK_PAINTABLE (self);
}
