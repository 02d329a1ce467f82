/* The look: style sheets, light, dark and high contrast, text size. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  QUAY_LOOK_LIGHT,
  QUAY_LOOK_DARK,
  QUAY_LOOK_CONTRAST,
} QuayLookTheme;

/**
 * QuayLook:
 * @percent: size of text: 100, 125 or 150
 * @touch: larger things to press
 */
typedef struct
{
  QuayLookTheme theme;
  int percent;
  gboolean touch;
} QuayLook;

/** "light", "dark" or "contrast"; light for anything else. */
QuayLookTheme quay_look_theme_from_name (const char *name);

/** Loads the style sheets that every look shares; once, after gtk_init(). */
void quay_look_init (GdkDisplay *display);

/** For this run, whatever the settings say: @theme NULL and @percent 0 leave it to them. */
void quay_look_override (GdkDisplay *display, const char *theme, int percent);

/** The text size that is in force where the settings say @percent. */
int quay_look_percent (GdkDisplay *display, int percent);

/** Makes @window and all of the display look so; may be called again. */
void quay_look_apply (GtkWidget *window, const QuayLook *look);

G_END_DECLS
