/* About fifteen widgets; texts are set only where they differ, so filling it again is cheap. */
#include "quay-tile.h"
#include "quay-caption.h"
#include "quay-ui.h"

#define ICON_PX 48
#define PICTURE_PX 86

struct _QuayTile
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *band;
  GtkWidget *image;
  GtkWidget *stars; /* the badges are made when first needed */
  GtkWidget *weighed;
  GtkWidget *name;
  GtkWidget *producer;
  GtkWidget *price;
  GtkWidget *stock;

  QuayId product;
  char *band_class;
};

G_DEFINE_FINAL_TYPE (QuayTile, quay_tile, GTK_TYPE_WIDGET)

static void
quay_tile_dispose (GObject *object)
{
  QuayTile *self = QUAY_TILE (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->band_class, g_free);
  G_OBJECT_CLASS (quay_tile_parent_class)->dispose (object);
}

static void
quay_tile_class_init (QuayTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = quay_tile_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_badge (QuayTile *self, const char *icon, const char *classes, GtkAlign align)
{
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, classes);
  gtk_box_append (GTK_BOX (badge), quay_ui_icon (icon, NULL));
  gtk_box_append (GTK_BOX (badge), quay_caption_new (NULL, 0, 0, 0));
  gtk_widget_set_halign (badge, align);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->band), badge);
  return badge;
}

static void
set_badges (QuayTile *self, const QuayItem *item)
{
  if (self->stars == NULL && item->stars > 0)
    self->stars = make_badge (self, "star-fill", "stars", GTK_ALIGN_START);
  if (self->stars != NULL)
    {
      g_autofree char *stars = g_strdup_printf ("%d", (int)item->stars);
      quay_ui_set_text (gtk_widget_get_last_child (self->stars), stars);
      gtk_widget_set_visible (self->stars, item->stars > 0);
    }
  if (self->weighed == NULL && item->weighed)
    {
      self->weighed = make_badge (self, "speedometer2", "weighed", GTK_ALIGN_END);
      quay_ui_set_text (gtk_widget_get_last_child (self->weighed), _ ("by weight"));
    }
  if (self->weighed != NULL)
    gtk_widget_set_visible (self->weighed, item->weighed);
}

static void
make_band (QuayTile *self)
{
  self->band = gtk_overlay_new ();
  gtk_widget_add_css_class (self->band, "band");
  self->image = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), ICON_PX);
  /* An image grows to the room it is given. */
  gtk_widget_set_halign (self->image, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->image, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (self->band), self->image);
}

static void
quay_tile_init (QuayTile *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "tile");
  make_band (self);
  gtk_box_append (GTK_BOX (self->box), self->band);

  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_widget_add_css_class (body, "tile-body");
  gtk_widget_set_vexpand (body, TRUE);
  self->name = quay_caption_new ("tile-name", 12, 18, 2);
  self->producer = quay_caption_new ("tile-producer", 3, 18, 1);
  gtk_box_append (GTK_BOX (body), self->name);
  gtk_box_append (GTK_BOX (body), self->producer);

  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_vexpand (foot, TRUE);
  gtk_widget_set_valign (foot, GTK_ALIGN_END);
  self->price = quay_caption_new ("tile-price num", 0, 0, 0);
  gtk_widget_set_hexpand (self->price, TRUE);
  self->stock = quay_caption_new ("tile-stock num", 3, 0, 1);
  gtk_widget_set_valign (self->price, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->stock, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (foot), self->price);
  gtk_box_append (GTK_BOX (foot), self->stock);
  gtk_box_append (GTK_BOX (body), foot);
  gtk_box_append (GTK_BOX (self->box), body);
  quay_ui_hide_parts (GTK_WIDGET (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
quay_tile_new (void)
{
  return g_object_new (QUAY_TYPE_TILE, NULL);
}

static void
set_image (QuayTile *self, const QuayItem *item, const QuayCategory *category,
           QuayPictures *pictures)
{
  const char *band = category != NULL ? category->band : NULL;
  GdkPaintable *picture = quay_pictures_get (pictures, item->picture);
  if (picture == NULL)
    {
      const char *icon = category != NULL ? category->icon : NULL;
      gtk_image_set_from_paintable (GTK_IMAGE (self->image),
                                    quay_pictures_drawing (pictures, icon));
    }
  else
    gtk_image_set_from_paintable (GTK_IMAGE (self->image), picture);
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), picture != NULL ? PICTURE_PX : ICON_PX);
  if (g_strcmp0 (band, self->band_class) == 0)
    return;
  if (self->band_class != NULL)
    gtk_widget_remove_css_class (self->band, self->band_class);
  g_free (self->band_class);
  self->band_class = g_strdup (band);
  if (band != NULL)
    gtk_widget_add_css_class (self->band, band);
}

static void
set_price (QuayTile *self, const QuayItem *item)
{
  quay_ui_toggle_class (self->box, "no-price", !item->has_price);
  if (!item->has_price)
    {
      quay_ui_set_text (self->price, _ ("no price yet"));
      return;
    }
  g_autofree char *amount = quay_format_money (item->price, QUAY_MONEY_BARE);
  g_autofree char *text = item->weighed ? g_strdup_printf ("%s/%s", amount, item->unit) : NULL;
  quay_ui_set_text (self->price, text != NULL ? text : amount);
}

static void
set_stock (QuayTile *self, const QuayItem *item)
{
  QuayQty left = QUAY_MILLI (item->stock.milli + item->makes * 1000 - item->kept.milli);
  gboolean low = left.milli <= item->minimum.milli;
  g_autofree char *qty = quay_format_qty (left, item->weighed ? item->unit : NULL);
  /* Translators: "free": on hand and not kept for orders; "enough for": so many baskets stand there
   * or can be made of what is there. */
  const char *shape = item->makes > 0        ? _ ("enough for %s")
                      : item->kept.milli > 0 ? _ ("%s free")
                                             : _ ("%s left");
  g_autofree char *text = left.milli > 0         ? g_strdup_printf (shape, qty)
                          : item->kept.milli > 0 ? g_strdup (_ ("all kept"))
                                                 : g_strdup (_ ("none left"));
  quay_ui_set_text (self->stock, text);
  quay_ui_toggle_class (self->stock, "low", low);
}

void
quay_tile_set_item (QuayTile *tile, const QuayItem *item, const QuayCategory *category,
                    QuayPictures *pictures)
{
  g_autofree char *name = quay_ui_keep_units (item->name);
  tile->product = item->product;
  set_image (tile, item, category, pictures);
  set_badges (tile, item);
  quay_ui_set_text (tile->name, name);
  quay_ui_set_text (tile->producer, item->producer_name);
  set_price (tile, item);
  set_stock (tile, item);
  g_autofree char *label =
      g_strdup_printf ("%s, %s", item->name, quay_caption_get (QUAY_CAPTION (tile->price)));
  /* The focus is on what holds the tile. */
  GtkWidget *holder = gtk_widget_get_parent (GTK_WIDGET (tile));
  quay_ui_set_label (holder != NULL ? holder : GTK_WIDGET (tile), label);
}
