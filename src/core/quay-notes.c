/* Notes: sums and their text. */
#include "quay-notes.h"

#include <string.h>

#define COUNT_MAX 100000

const gint64 quay_note_values[] = { 500000, 200000, 100000, 50000, 20000, 10000,
                                    5000,   2000,   1000,   500,   0 };

G_STATIC_ASSERT (G_N_ELEMENTS (quay_note_values) == QUAY_N_NOTES + 1);

gboolean
quay_notes_sum (const gint64 *counts, QuayMoney *sum)
{
  sum->dong = 0;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    {
      if (counts[i] < 0 || counts[i] > COUNT_MAX)
        return FALSE;
      sum->dong += counts[i] * quay_note_values[i];
    }
  return TRUE;
}

char *
quay_notes_to_text (const gint64 *counts)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    if (counts[i] > 0)
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                              text->len > 0 ? " " : "", quay_note_values[i], counts[i]);
  return g_string_free (text, FALSE);
}

static gboolean
take_note (const char *word, gint64 *counts)
{
  gint64 n;
  const char *colon = strchr (word, ':');
  g_autofree char *value = colon != NULL ? g_strndup (word, (gsize)(colon - word)) : NULL;
  if (value == NULL || !g_ascii_string_to_signed (colon + 1, 10, 1, COUNT_MAX, &n, NULL))
    return FALSE;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    {
      g_autofree char *known = g_strdup_printf ("%" G_GINT64_FORMAT, quay_note_values[i]);
      if (strcmp (known, value) != 0 || counts[i] != 0)
        continue;
      counts[i] = n;
      return TRUE;
    }
  return FALSE;
}

gboolean
quay_notes_from_text (const char *text, gint64 *counts)
{
  memset (counts, 0, QUAY_N_NOTES * sizeof *counts);
  if (text == NULL || *text == '\0')
    return TRUE;
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!take_note (words[i], counts))
      {
        memset (counts, 0, QUAY_N_NOTES * sizeof *counts);
        return FALSE;
      }
  return TRUE;
}
