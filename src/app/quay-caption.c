/* One PangoLayout a text. Its width is set only where the text does not fit on one line, since
 * every change of it shapes the text again. */
#include "quay-caption.h"

struct _QuayCaption
{
  GtkWidget parent_instance;

  PangoLayout *layout; /* owned */
  char *string;
  int min_chars;
  int max_chars;
  int lines;
  float align;

  guint serial;   /* of the Pango context that the widths below were taken with */
  int char_width; /* px, of a character or figure of usual width */
  int full;       /* px, of the text on one line; −1 unknown */
  int fitted;     /* px, the width that the layout is made for; −1 none */
  int asked;      /* px, what was last asked for; −1 nothing yet */
  gboolean kept;  /* the text changed, and GTK may remember heights of the last one */
  guint again;    /* source that has it measured anew */
};

G_DEFINE_FINAL_TYPE (QuayCaption, quay_caption, GTK_TYPE_WIDGET)

static void
quay_caption_dispose (GObject *object)
{
  QuayCaption *self = QUAY_CAPTION (object);
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->string, g_free);
  G_OBJECT_CLASS (quay_caption_parent_class)->dispose (object);
}

/* The layout */

static void
make_layout (QuayCaption *self)
{
  self->layout = pango_layout_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  pango_layout_set_text (self->layout, self->string, -1);
  if (self->lines < 2)
    pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  if (self->lines > 0)
    {
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (self->layout, -self->lines);
    }
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), "num"))
    return;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (self->layout, attributes);
}

/* Taking a font's measure shapes a sentence, and a page has a hundred captions in a dozen fonts:
 * what was found is kept with the font map. */
static int
find_char_width (PangoContext *context)
{
  GObject *map = G_OBJECT (pango_context_get_font_map (context));
  GHashTable *known = g_object_get_data (map, "quay-char-widths");
  g_autofree char *font =
      pango_font_description_to_string (pango_context_get_font_description (context));
  g_autofree char *key =
      g_strdup_printf ("%s %.2f", font, pango_cairo_context_get_resolution (context));
  if (known == NULL)
    {
      known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (map, "quay-char-widths", known, (GDestroyNotify)g_hash_table_unref);
    }
  int width = GPOINTER_TO_INT (g_hash_table_lookup (known, key));
  if (width > 0)
    return width;
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
               pango_font_metrics_get_approximate_digit_width (metrics));
  pango_font_metrics_unref (metrics);
  width = MAX (PANGO_PIXELS_CEIL (width), 1);
  g_hash_table_insert (known, g_steal_pointer (&key), GINT_TO_POINTER (width));
  return width;
}

/* Brings what is known of the text up to date with the font. */
static void
ensure_layout (QuayCaption *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  guint serial = pango_context_get_serial (context);
  if (self->layout == NULL)
    make_layout (self);
  if (serial != self->serial)
    {
      if (self->min_chars > 0 || self->max_chars > 0)
        self->char_width = find_char_width (context);
      self->full = self->fitted = -1;
    }
  self->serial = serial;
  if (self->full >= 0)
    return;
  pango_layout_set_width (self->layout, -1);
  pango_layout_get_pixel_size (self->layout, &self->full, NULL);
}

/* Makes the layout for a width, in pixels; below 0 for as wide as the text is. */
static void
fit (QuayCaption *self, int width)
{
  ensure_layout (self);
  int wanted = width < 0 || width >= self->full || self->lines == 0 ? -1 : width;
  if (wanted != self->fitted)
    pango_layout_set_width (self->layout, wanted < 0 ? -1 : wanted * PANGO_SCALE);
  self->fitted = wanted;
}

/* What it asks for: changes only with the font, and with a text that is not to be cut. */
static int
get_width (QuayCaption *self, int *minimum)
{
  ensure_layout (self);
  int least = self->min_chars * self->char_width;
  int usual = self->max_chars > 0 ? self->max_chars * self->char_width : self->full;
  if (self->lines == 0)
    least = MAX (least, self->full);
  if (minimum != NULL)
    *minimum = self->max_chars == 0 ? MIN (least, MAX (usual, 1)) : least;
  return MAX (usual, self->max_chars == 0 ? 0 : least);
}

static void
quay_caption_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  QuayCaption *self = QUAY_CAPTION (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      self->asked = *natural = get_width (self, minimum);
      return;
    }
  fit (self, for_size >= 0 ? for_size : get_width (self, NULL));
  pango_layout_get_pixel_size (self->layout, NULL, natural);
  *minimum = *natural;
  *minimum_baseline = *natural_baseline =
      PANGO_PIXELS_CEIL (pango_layout_get_baseline (self->layout));
}

static GtkSizeRequestMode
quay_caption_get_request_mode (GtkWidget *widget)
{
  return QUAY_CAPTION (widget)->lines > 1 ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                          : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static gboolean
again_cb (gpointer data)
{
  QUAY_CAPTION (data)->again = 0;
  gtk_widget_queue_resize (data);
  return G_SOURCE_REMOVE;
}

/* Another width, for what stands beside it has changed: the height may be one that GTK remembers of
 * the text before. */
static void
quay_caption_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QuayCaption *self = QUAY_CAPTION (widget);
  int needed = 0;
  fit (self, width);
  if (!self->kept)
    return;
  self->kept = FALSE;
  pango_layout_get_pixel_size (self->layout, NULL, &needed);
  if (needed != height && self->again == 0 && self->lines > 1)
    self->again = g_idle_add (again_cb, self);
}

static void
quay_caption_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QuayCaption *self = QUAY_CAPTION (widget);
  PangoRectangle logical;
  GdkRGBA color;
  int baseline = gtk_widget_get_allocated_baseline (widget);
  if (self->string[0] == '\0')
    return;
  fit (self, gtk_widget_get_width (widget));
  pango_layout_get_pixel_extents (self->layout, NULL, &logical);
  int x = (int)(self->align * (float)(gtk_widget_get_width (widget) - logical.width)) - logical.x;
  int y = baseline >= 0 ? baseline - pango_layout_get_baseline (self->layout) / PANGO_SCALE
                        : (gtk_widget_get_height (widget) - logical.height) / 2;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
quay_caption_class_init (QuayCaptionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = quay_caption_dispose;
  widget_class->measure = quay_caption_measure;
  widget_class->get_request_mode = quay_caption_get_request_mode;
  widget_class->size_allocate = quay_caption_size_allocate;
  widget_class->snapshot = quay_caption_snapshot;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
quay_caption_init (QuayCaption *self)
{
  self->string = g_strdup ("");
  self->full = self->fitted = self->asked = -1;
}

GtkWidget *
quay_caption_new (const char *classes, int min_chars, int max_chars, int lines)
{
  QuayCaption *self = g_object_new (QUAY_TYPE_CAPTION, NULL);
  self->min_chars = min_chars;
  self->max_chars = max_chars;
  self->lines = lines;
  g_auto (GStrv) list = g_strsplit (classes != NULL ? classes : "", " ", -1);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char **)list);
  return GTK_WIDGET (self);
}

void
quay_caption_set_align (QuayCaption *caption, float align)
{
  caption->align = align;
  gtk_widget_queue_draw (GTK_WIDGET (caption));
}

/* Whether the new text asks for other room than the last one. */
static gboolean
needs_room (QuayCaption *self, int old_height)
{
  int height = 0;
  if (self->asked < 0 || gtk_widget_get_width (GTK_WIDGET (self)) <= 0 ||
      get_width (self, NULL) != self->asked)
    return TRUE;
  fit (self, gtk_widget_get_width (GTK_WIDGET (self)));
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return height != old_height;
}

void
quay_caption_set (QuayCaption *caption, const char *string)
{
  int height = 0;
  if (g_strcmp0 (string != NULL ? string : "", caption->string) == 0)
    return;
  g_free (caption->string);
  caption->string = g_strdup (string != NULL ? string : "");
  if (caption->layout != NULL)
    {
      pango_layout_get_pixel_size (caption->layout, NULL, &height);
      pango_layout_set_text (caption->layout, caption->string, -1);
      caption->full = -1;
    }
  caption->fitted = -1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (caption), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption->string, -1);
  if (caption->layout == NULL || needs_room (caption, height))
    gtk_widget_queue_resize (GTK_WIDGET (caption));
  else
    {
      caption->kept = TRUE;
      gtk_widget_queue_draw (GTK_WIDGET (caption));
    }
}

const char *
quay_caption_get (QuayCaption *caption)
{
  return caption->string;
}
