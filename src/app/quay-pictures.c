/* Reading a picture takes milliseconds, so it is done one at a time when the window is idle. */
#include "quay-pictures.h"

#include "quay-still.h"

#define TILE_PX 200
#define DRAWING_PX 48
#define MAX_KEPT 400
#define DRAWINGS "/vn/quay/Quay/categories"

struct _QuayPictures
{
  GObject parent_instance;

  char *folder;
  GHashTable *kept;     /* name → GdkPaintable, or NULL for what can't be read */
  GHashTable *drawings; /* icon → GdkPaintable */
  GHashTable *drawn;    /* icon → GdkPixbuf, drawn ahead; NULL: none */
  GQueue *wanted;       /* names */
  guint idle;
};

enum
{
  LOADED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayPictures, quay_pictures, G_TYPE_OBJECT)

static void
unref_paintable (gpointer paintable)
{
  g_clear_object ((GdkPaintable **)&paintable);
}

static void
quay_pictures_finalize (GObject *object)
{
  QuayPictures *self = QUAY_PICTURES (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_free_full (self->wanted, g_free);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->drawings);
  g_clear_pointer (&self->drawn, g_hash_table_unref);
  g_free (self->folder);
  G_OBJECT_CLASS (quay_pictures_parent_class)->finalize (object);
}

static void
quay_pictures_class_init (QuayPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = quay_pictures_finalize;
  signals[LOADED] = g_signal_new ("loaded", QUAY_TYPE_PICTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
quay_pictures_init (QuayPictures *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_paintable);
  self->drawings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_paintable);
  self->wanted = g_queue_new ();
}

QuayPictures *
quay_pictures_new (const char *dir)
{
  QuayPictures *self = g_object_new (QUAY_TYPE_PICTURES, NULL);
  self->folder = g_build_filename (dir, "pictures", NULL);
  return self;
}

static gboolean
read_one_cb (gpointer data)
{
  QuayPictures *self = data;
  g_autofree char *name = g_queue_pop_head (self->wanted);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_file_at_scale (path, TILE_PX, TILE_PX, TRUE, NULL);
  GdkPaintable *paintable = quay_still_new (pixbuf);
  if (g_hash_table_size (self->kept) >= MAX_KEPT)
    g_hash_table_remove_all (self->kept);
  g_hash_table_insert (self->kept, g_steal_pointer (&name), paintable);
  if (!g_queue_is_empty (self->wanted))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  g_signal_emit (self, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

GdkPaintable *
quay_pictures_get (QuayPictures *pictures, const char *name)
{
  gpointer found = NULL;
  if (name == NULL || name[0] == '\0' || strchr (name, '/') != NULL)
    return NULL;
  if (g_hash_table_lookup_extended (pictures->kept, name, NULL, &found))
    return found;
  if (g_queue_find_custom (pictures->wanted, name, (GCompareFunc)g_strcmp0) == NULL)
    g_queue_push_tail (pictures->wanted, g_strdup (name));
  if (pictures->idle == 0)
    pictures->idle = g_idle_add (read_one_cb, pictures);
  return NULL;
}

/* At twice the size, so that it stays sharp on a display of that scale and in large text. */
static GdkPixbuf *
draw (const char *icon)
{
  g_autofree char *path = g_strdup_printf (DRAWINGS "/%s.svg", icon);
  return gdk_pixbuf_new_from_resource_at_scale (path, DRAWING_PX * 2, DRAWING_PX * 2, TRUE, NULL);
}

static gpointer
draw_thread (gpointer data)
{
  GHashTable *drawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_auto (GStrv) files = g_resources_enumerate_children (DRAWINGS, 0, NULL);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *icon = g_strndup (files[i], strcspn (files[i], "."));
      GdkPixbuf *pixbuf = draw (icon);
      if (pixbuf != NULL)
        g_hash_table_replace (drawn, g_steal_pointer (&icon), pixbuf);
    }
  return drawn;
}

/* Of the one start of a program. */
static GThread *drawing;

void
quay_pictures_draw_ahead (void)
{
  if (drawing == NULL)
    drawing = g_thread_new ("drawings", draw_thread, NULL);
}

GdkPaintable *
quay_pictures_drawing (QuayPictures *pictures, const char *icon)
{
  gpointer found = NULL;
  if (icon == NULL)
    return NULL;
  if (g_hash_table_lookup_extended (pictures->drawings, icon, NULL, &found))
    return found;
  if (pictures->drawn == NULL && drawing != NULL)
    pictures->drawn = g_thread_join (g_steal_pointer (&drawing));
  GdkPixbuf *known = pictures->drawn != NULL ? g_hash_table_lookup (pictures->drawn, icon) : NULL;
  g_autoptr (GdkPixbuf) pixbuf = known != NULL ? g_object_ref (known) : draw (icon);
  GdkPaintable *paintable = quay_still_new (pixbuf);
  g_hash_table_insert (pictures->drawings, g_strdup (icon), paintable);
  return paintable;
}
