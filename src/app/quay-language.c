/* gettext looks at LANGUAGE only if the locale of messages is not plain "C", which is what a
 * minimal Debian has. C.UTF-8 comes with the C library itself, so it is there wherever nothing else
 * is. */
#include "quay-language.h"

#include <glib/gi18n.h>
#include <locale.h>

void
quay_language_init (void)
{
  static const char *const fallbacks[] = { "C.UTF-8", "C.utf8", "vi_VN.UTF-8", "en_US.UTF-8" };
  const char *folder = g_getenv ("QUAY_LOCALEDIR");
  setlocale (LC_ALL, "");
  const char *messages = setlocale (LC_MESSAGES, NULL);
  gboolean bare =
      messages == NULL || g_str_equal (messages, "C") || g_str_equal (messages, "POSIX");
  for (guint i = 0; bare && i < G_N_ELEMENTS (fallbacks); i++)
    bare = setlocale (LC_ALL, fallbacks[i]) == NULL;
  /* Numbers are written by quay-format; what reads and writes numbers for machines needs a point.
   */
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
quay_language_set (const char *language)
{
  g_setenv ("LANGUAGE", g_strcmp0 (language, "en") == 0 ? "en" : "vi", TRUE);
  /* Makes gettext forget what it has looked up in another language. */
  textdomain (GETTEXT_PACKAGE);
}

const char *
quay_language_get (void)
{
  return g_strcmp0 (g_getenv ("LANGUAGE"), "en") == 0 ? "en" : "vi";
}
