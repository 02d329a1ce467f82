/* Cards over the window: each lies on a layer of its own that dims what is below and takes its
 * clicks. What is below cannot be focused, which keeps Tab inside the card. */
#include "quay-overlay.h"

#define TOAST_MS 3000

typedef struct
{
  GtkWidget *card;  /* owned */
  GtkWidget *layer; /* in the overlay */
  GtkWidget *back;  /* weak: who had the keyboard before */
} Layer;

typedef struct
{
  QuayOverlayCancel cancel;
  gpointer data;
} Cancel;

struct _QuayOverlay
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *child;
  GtkWidget *toast;
  GtkWidget *badge;

  GPtrArray *layers;
  guint toast_timer;
};

enum
{
  CARDS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayOverlay, quay_overlay, GTK_TYPE_WIDGET)

static void
free_layer (gpointer data)
{
  Layer *layer = data;
  if (layer->back != NULL)
    g_object_remove_weak_pointer (G_OBJECT (layer->back), (gpointer *)&layer->back);
  g_object_unref (layer->card);
  g_free (layer);
}

static void
quay_overlay_dispose (GObject *object)
{
  QuayOverlay *self = QUAY_OVERLAY (object);
  g_clear_handle_id (&self->toast_timer, g_source_remove);
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (quay_overlay_parent_class)->dispose (object);
}

static void
quay_overlay_class_init (QuayOverlayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = quay_overlay_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CARDS_CHANGED] = g_signal_new ("cards-changed", QUAY_TYPE_OVERLAY, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
quay_overlay_init (QuayOverlay *self)
{
  self->layers = g_ptr_array_new_with_free_func (free_layer);
  self->overlay = gtk_overlay_new ();
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  self->toast = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->toast, "toast");
  gtk_widget_set_halign (self->toast, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->toast, GTK_ALIGN_END);
  gtk_widget_set_can_target (self->toast, FALSE);
  gtk_widget_set_visible (self->toast, FALSE);
  gtk_label_set_wrap (GTK_LABEL (self->toast), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->toast), 70);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->toast);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "waiting");
  gtk_widget_set_halign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_START);
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->badge);
}

GtkWidget *
quay_overlay_new (GtkWidget *child)
{
  QuayOverlay *self = g_object_new (QUAY_TYPE_OVERLAY, NULL);
  self->child = child;
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), child);
  return GTK_WIDGET (self);
}

QuayOverlay *
quay_overlay_of (GtkWidget *widget)
{
  GtkWidget *root = widget != NULL ? GTK_WIDGET (gtk_widget_get_root (widget)) : NULL;
  GtkWidget *child = GTK_IS_WINDOW (root) ? gtk_window_get_child (GTK_WINDOW (root)) : NULL;
  return QUAY_IS_OVERLAY (child) ? QUAY_OVERLAY (child) : NULL;
}

GtkWidget *
quay_overlay_top (QuayOverlay *overlay)
{
  if (overlay->layers == NULL || overlay->layers->len == 0)
    return NULL;
  Layer *layer = g_ptr_array_index (overlay->layers, overlay->layers->len - 1);
  return layer->card;
}

/* Only the topmost layer may have the keyboard, and only it dims. */
static void
update_layers (QuayOverlay *self)
{
  gtk_widget_set_can_focus (self->child, self->layers->len == 0);
  for (guint i = 0; i < self->layers->len; i++)
    {
      Layer *layer = g_ptr_array_index (self->layers, i);
      gboolean top = i + 1 == self->layers->len;
      gtk_widget_set_can_focus (layer->layer, top);
      if (top)
        gtk_widget_remove_css_class (layer->layer, "under");
      else
        gtk_widget_add_css_class (layer->layer, "under");
    }
  g_signal_emit (self, signals[CARDS_CHANGED], 0);
}

static gboolean
escape_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
           gpointer data)
{
  QuayOverlay *self = data;
  GtkWidget *card = quay_overlay_top (self);
  if (keyval != GDK_KEY_Escape || card == NULL)
    return FALSE;
  Cancel *cancel = g_object_get_data (G_OBJECT (card), "quay-cancel");
  if (cancel == NULL || !cancel->cancel (card, cancel->data))
    quay_overlay_pop (self, card);
  return TRUE;
}

static GtkWidget *
make_layer (QuayOverlay *self, GtkWidget *card)
{
  GtkWidget *layer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (layer, "scrim");
  gtk_widget_set_hexpand (card, TRUE);
  gtk_widget_set_vexpand (card, TRUE);
  gtk_widget_set_halign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (card, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (layer), card);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (escape_cb), self);
  gtk_widget_add_controller (layer, keys);
  return layer;
}

/* Notices stay above the cards. */
static void
keep_above (QuayOverlay *self, GtkWidget *notice)
{
  g_object_ref (notice);
  gtk_overlay_remove_overlay (GTK_OVERLAY (self->overlay), notice);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), notice);
  g_object_unref (notice);
}

void
quay_overlay_push (QuayOverlay *overlay, GtkWidget *card, GtkWidget *focus)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (overlay));
  Layer *layer = g_new0 (Layer, 1);
  layer->card = g_object_ref_sink (card);
  layer->back = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (layer->back != NULL)
    g_object_add_weak_pointer (G_OBJECT (layer->back), (gpointer *)&layer->back);
  layer->layer = make_layer (overlay, card);
  g_ptr_array_add (overlay->layers, layer);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay->overlay), layer->layer);
  keep_above (overlay, overlay->toast);
  keep_above (overlay, overlay->badge);
  update_layers (overlay);
  if (focus == NULL || !gtk_widget_grab_focus (focus))
    gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
}

static void
drop_top (QuayOverlay *self)
{
  Layer *layer = g_ptr_array_index (self->layers, self->layers->len - 1);
  g_autoptr (GtkWidget) card = g_object_ref (layer->card);
  GtkWidget *back = layer->back;
  gtk_box_remove (GTK_BOX (layer->layer), card);
  gtk_overlay_remove_overlay (GTK_OVERLAY (self->overlay), layer->layer);
  if (back != NULL)
    g_object_ref (back);
  g_ptr_array_remove_index (self->layers, self->layers->len - 1);
  update_layers (self);
  if (back != NULL)
    {
      if (gtk_widget_get_root (back) != NULL && gtk_widget_get_mapped (back))
        gtk_widget_grab_focus (back);
      g_object_unref (back);
    }
}

void
quay_overlay_pop (QuayOverlay *overlay, GtkWidget *card)
{
  guint i = 0;
  for (; i < overlay->layers->len; i++)
    if (((Layer *)g_ptr_array_index (overlay->layers, i))->card == card)
      break;
  if (i == overlay->layers->len)
    return;
  while (overlay->layers->len > i)
    drop_top (overlay);
}

void
quay_overlay_set_cancel (GtkWidget *card, QuayOverlayCancel cancel, gpointer data)
{
  Cancel *value = g_new (Cancel, 1);
  *value = (Cancel){ cancel, data };
  g_object_set_data_full (G_OBJECT (card), "quay-cancel", value, g_free);
}

static gboolean
hide_toast_cb (gpointer data)
{
  QuayOverlay *self = data;
  self->toast_timer = 0;
  gtk_widget_set_visible (self->toast, FALSE);
  return G_SOURCE_REMOVE;
}

void
quay_overlay_toast (QuayOverlay *overlay, const char *text)
{
  g_clear_handle_id (&overlay->toast_timer, g_source_remove);
  gtk_label_set_text (GTK_LABEL (overlay->toast), text);
  gtk_widget_set_visible (overlay->toast, TRUE);
  overlay->toast_timer = g_timeout_add (TOAST_MS, hide_toast_cb, overlay);
}

void
quay_overlay_set_badge (QuayOverlay *overlay, const char *text)
{
  gtk_label_set_text (GTK_LABEL (overlay->badge), text != NULL ? text : "");
  gtk_widget_set_visible (overlay->badge, text != NULL);
}
