/* The search of the page of stock: whatever was typed before, a search finds the rows whose keys
 * have each of its words, those with a figure among lots and receipts, too. */
#include "quay-shelf.h"

#include <string.h>

#define ROWS 400
#define STEPS 3000

static const char alphabet[] = "ab1 ";

static char *
random_words (guint most)
{
  GString *text = g_string_new (NULL);
  for (guint n = (guint)g_test_rand_int_range (1, (int)most + 1); n > 0; n--)
    g_string_append_c (text, alphabet[g_test_rand_int_range (0, 4)]);
  return g_string_free (text, FALSE);
}

static QuayShelf *
make_shelf (GPtrArray *folds, GPtrArray *numbers)
{
  QuayShelfAsk ask = { .day = 20270101 };
  QuayShelf *shelf = quay_shelf_new (&ask);
  for (guint i = 0; i < ROWS; i++)
    {
      QuayShelfRow *row = quay_shelf_row_new ();
      row->active = TRUE;
      row->no = i;
      g_ptr_array_add (folds, random_words (6));
      g_ptr_array_add (numbers, random_words (6));
      g_string_assign (row->fold, folds->pdata[i]);
      g_string_assign (row->numbers, numbers->pdata[i]);
      g_ptr_array_add (shelf->rows, row);
    }
  g_assert_true (quay_shelf_finish (shelf));
  return shelf;
}

static gboolean
has_words (const char *fold, const char *numbers, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && strstr (fold, words[i]) == NULL &&
        (strchr (words[i], '1') == NULL || strstr (numbers, words[i]) == NULL))
      return FALSE;
  return TRUE;
}

static void
test_typing (void)
{
  guint found = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) folds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayShelf) shelf = make_shelf (folds, numbers);
  for (guint step = 0; step < STEPS; step++)
    {
      if (text->len > 0 && g_test_rand_int_range (0, 4) == 0)
        g_string_truncate (text, (gsize)g_test_rand_int_range (0, (int)text->len));
      else if (text->len < 8)
        g_string_append_c (text, alphabet[g_test_rand_int_range (0, 4)]);
      QuayShelfFilter filter = { .text = text->str, .how = -1 };
      g_autoptr (GPtrArray) rows = quay_shelf_select (shelf, &filter, QUAY_SHELF_BY_NAME, FALSE);
      for (guint i = 0, at = 0; i < ROWS; i++)
        {
          gboolean there = at < rows->len && ((QuayShelfRow *)rows->pdata[at])->no == i;
          g_assert_true (there == has_words (folds->pdata[i], numbers->pdata[i], text->str));
          at += there;
        }
      found += rows->len > 0 && rows->len < ROWS / 4;
    }
  g_assert_cmpuint (found, >, STEPS / 10); /* few rows are left often enough */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shelf/typing", test_typing);
  return g_test_run ();
}
