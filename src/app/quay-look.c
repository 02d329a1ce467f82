/* One provider with rules, one with nothing but colours: changing the theme swaps the second. */
#include "quay-look.h"

#define RESOURCES "/vn/quay/Quay/"

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, const GError *error,
                  gpointer data)
{
  g_autofree char *where = gtk_css_section_to_string (section);
  g_warning ("style: %s: %s", where, error->message);
}

static GtkCssProvider *
load (GdkDisplay *display, const char *name, guint priority)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), NULL);
  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), priority);
  return g_steal_pointer (&provider);
}

QuayLookTheme
quay_look_theme_from_name (const char *name)
{
  if (g_strcmp0 (name, "dark") == 0)
    return QUAY_LOOK_DARK;
  if (g_strcmp0 (name, "contrast") == 0)
    return QUAY_LOOK_CONTRAST;
  return QUAY_LOOK_LIGHT;
}

void
quay_look_init (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) rules =
      load (display, "style.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_autoptr (GtkCssProvider) pages =
      load (display, "style-pages.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  /* A blinking caret draws sixty frames a second for ever, a scroll bar that fades for a second;
   * and what is scanned meanwhile waits for the next of those frames. */
  g_object_set (gtk_settings_get_for_display (display), "gtk-cursor-blink", FALSE,
                "gtk-enable-animations", FALSE, NULL);
}

void
quay_look_override (GdkDisplay *display, const char *theme, int percent)
{
  g_object_set_data_full (G_OBJECT (display), "quay-theme", g_strdup (theme), g_free);
  g_object_set_data (G_OBJECT (display), "quay-percent", GINT_TO_POINTER (percent));
}

int
quay_look_percent (GdkDisplay *display, int percent)
{
  int wanted = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (display), "quay-percent"));
  return CLAMP (wanted != 0 ? wanted : percent, 75, 200);
}

static void
set_colors (GdkDisplay *display, QuayLookTheme theme)
{
  static const char *const names[] = { "colors-light.css", "colors-dark.css", "colors-hc.css" };
  GtkCssProvider *old = g_object_get_data (G_OBJECT (display), "quay-colors");
  GtkCssProvider *colors = load (display, names[theme], GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (old != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (old));
  g_object_set_data_full (G_OBJECT (display), "quay-colors", colors, g_object_unref);
}

void
quay_look_apply (GtkWidget *window, const QuayLook *look)
{
  GdkDisplay *display = gtk_widget_get_display (window);
  GtkSettings *settings = gtk_settings_get_for_display (display);
  int percent = quay_look_percent (display, look->percent);
  const char *wanted = g_object_get_data (G_OBJECT (display), "quay-theme");
  QuayLookTheme theme = wanted != NULL ? quay_look_theme_from_name (wanted) : look->theme;
  gboolean dark = theme == QUAY_LOOK_DARK;
  gboolean was_dark = FALSE;
  set_colors (display, theme);
  /* Setting it even to the value it has makes GTK parse its theme again. */
  g_object_get (settings, "gtk-application-prefer-dark-theme", &was_dark, NULL);
  if (was_dark != dark)
    g_object_set (settings, "gtk-application-prefer-dark-theme", dark, NULL);
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
  const struct
  {
    const char *name;
    gboolean on;
  } classes[] = {
    { "quay", TRUE },         { "dark", dark },           { "hc", theme == QUAY_LOOK_CONTRAST },
    { "touch", look->touch }, { "large", percent > 100 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].on)
      gtk_widget_add_css_class (window, classes[i].name);
    else
      gtk_widget_remove_css_class (window, classes[i].name);
}
