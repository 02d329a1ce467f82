/* words, fold, sort: Vietnamese text by standard input and output. */
#include "quay-cli-private.h"

#include "quay-format.h"
#include "quay-text.h"
#include "quay-words.h"

int
quay_cli_words (QuayCli *cli, int argc, char **argv)
{
  gint64 n;
  if (argc != 2)
    return QUAY_EXIT_WRONG_USE;
  if (!quay_cli_parse_int (argv[1], -QUAY_MONEY_MAX * 1000, QUAY_MONEY_MAX * 1000, &n))
    return quay_cli_misuse (cli, "the amount is a whole number of đồng");
  g_autofree char *words = quay_words (n, NULL);
  fprintf (cli->out, "%s\n", words);
  return QUAY_EXIT_DONE;
}

/* The lines of standard input, without their ends; NULL after telling why not. */
static char **
read_lines (QuayCli *cli)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  size_t n;
  if (cli->in == NULL)
    return NULL;
  while ((n = fread (buffer, 1, sizeof buffer, cli->in)) > 0)
    g_string_append_len (text, buffer, (gssize)n);
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  if (!g_utf8_validate (text->str, (gssize)text->len, NULL))
    {
      fputs ("quayctl: the text is not UTF-8\n", cli->err);
      return NULL;
    }
  return g_strsplit (text->str, "\n", -1);
}

int
quay_cli_fold (QuayCli *cli, int argc, char **argv)
{
  g_auto (GStrv) lines = read_lines (cli);
  if (lines == NULL)
    return QUAY_EXIT_REFUSED;
  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *fold = quay_text_fold (*line);
      fprintf (cli->out, "%s\n", fold);
    }
  return QUAY_EXIT_DONE;
}

typedef struct
{
  GBytes *key;
  const char *line;
} Keyed;

static int
compare_keyed (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (((const Keyed *)a)->key, ((const Keyed *)b)->key);
}

int
quay_cli_sort (QuayCli *cli, int argc, char **argv)
{
  g_auto (GStrv) lines = read_lines (cli);
  if (lines == NULL)
    return QUAY_EXIT_REFUSED;
  g_autoptr (GArray) keyed = g_array_new (FALSE, FALSE, sizeof (Keyed));
  for (char **line = lines; *line != NULL; line++)
    {
      Keyed k = { quay_text_sort_key (*line), *line };
      g_array_append_val (keyed, k);
    }
  g_array_sort (keyed, compare_keyed);
  for (guint i = 0; i < keyed->len; i++)
    {
      Keyed *k = &g_array_index (keyed, Keyed, i);
      fprintf (cli->out, "%s\n", k->line);
      g_bytes_unref (k->key);
    }
  return QUAY_EXIT_DONE;
}
