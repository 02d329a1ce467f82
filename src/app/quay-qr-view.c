/* A QR code on the screen. The dots are made for the size that the widget has, so that each module
 * is a whole number of the screen's own. */
#include "quay-qr-view.h"

#include "quay-qr.h"
#include "quay-ui.h"

#define RADIUS 10.0

struct _QuayQrView
{
  GtkWidget parent;
  QuayQr *qr;               /* owned; NULL: nothing is shown */
  cairo_surface_t *surface; /* owned; of the size drawn last */
  guint dots;               /* of @surface */
  int side;
};

G_DEFINE_FINAL_TYPE (QuayQrView, quay_qr_view, GTK_TYPE_WIDGET)

static void
drop_surface (QuayQrView *view)
{
  g_clear_pointer (&view->surface, cairo_surface_destroy);
  view->dots = 0;
}

static GtkSizeRequestMode
quay_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
quay_qr_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = QUAY_QR_VIEW (widget)->side;
  *minimum_baseline = *natural_baseline = -1;
}

static void
quay_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QuayQrView *view = QUAY_QR_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int side = MIN (width, height);
  int scale = gtk_widget_get_scale_factor (widget);
  guint dots = (guint)(side * scale);
  if (view->qr == NULL || side <= 0)
    return;
  if (dots != view->dots)
    {
      drop_surface (view);
      view->surface = quay_qr_to_surface (view->qr, dots);
      view->dots = dots;
    }
  graphene_rect_t square = GRAPHENE_RECT_INIT (
      (float)((width - side) / 2), (float)((height - side) / 2), (float)side, (float)side);
  GskRoundedRect corners;
  gsk_rounded_rect_init_from_rect (&corners, &square, (float)RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &corners);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &square);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (view->surface != NULL)
    {
      cairo_translate (cr, square.origin.x, square.origin.y);
      cairo_scale (cr, 1.0 / scale, 1.0 / scale);
      cairo_set_source_surface (cr, view->surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
quay_qr_view_finalize (GObject *object)
{
  QuayQrView *view = QUAY_QR_VIEW (object);
  drop_surface (view);
  g_clear_pointer (&view->qr, quay_qr_free);
  G_OBJECT_CLASS (quay_qr_view_parent_class)->finalize (object);
}

static void
quay_qr_view_class_init (QuayQrViewClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = quay_qr_view_finalize;
  widget->get_request_mode = quay_qr_view_get_request_mode;
  widget->measure = quay_qr_view_measure;
  widget->snapshot = quay_qr_view_snapshot;
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
quay_qr_view_init (QuayQrView *view)
{
}

GtkWidget *
quay_qr_view_new (int side)
{
  QuayQrView *view = g_object_new (QUAY_TYPE_QR_VIEW, NULL);
  view->side = side;
  return GTK_WIDGET (view);
}

void
quay_qr_view_show (QuayQrView *view, const char *payload, const char *label)
{
  g_clear_pointer (&view->qr, quay_qr_free);
  drop_surface (view);
  view->qr = payload != NULL ? quay_qr_new (payload) : NULL;
  quay_ui_set_label (GTK_WIDGET (view), label);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}
