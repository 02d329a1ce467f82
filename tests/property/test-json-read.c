/* The own reader of JSON takes what jansson takes, with the same values: over texts put together
 * from pieces, sound ones and odd ones, and over records of the journal with a few bytes changed.
 * The comparison is the fuzzer's. */
#include <glib.h>
#include <string.h>

#define ROUNDS 60000
#define PIECES_MOST 40

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char *const pieces[] = {
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "\"",
  "\\",
  "\"a\"",
  "\"b\"",
  "\"\"",
  "\"a\":",
  "\"b\":1,",
  "{\"a\":1}",
  "[1,2]",
  " ",
  "\n",
  "\t",
  "\r",
  "0",
  "-0",
  "01",
  "-",
  "1.5",
  "1e400",
  "1E-400",
  "1.",
  ".5",
  "1e+",
  "true",
  "false",
  "null",
  "nul",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "\"\\u0000\"",
  "\"\\u0041\"",
  "\"\\ud83d\\ude00\"",
  "\"\\ud83d\"",
  "\"\\ude00\"",
  "\"\\ud83d\\u0041\"",
  "\"\\n\\/\\\"\"",
  "\"\\x\"",
  "\"\x01\"",
  "\"Đường\"",
  "\"\xc0\x80\"",
  "\"\xed\xa0\x80\"",
  "\"\xf4\x90\x80\x80\"",
  "\"\xe1\xba\"",
  "\xef\xbb\xbf",
  "\x7f",
  "\\u",
  "\"\\u00e1x\":",
};

static guint
pick (guint n)
{
  return (guint)g_test_rand_int_range (0, (gint32)n);
}

/* On a copy of exactly that length, so that a sanitizer sees a read beyond the end. */
static void
compare (const GString *text)
{
  g_autofree guint8 *copy = g_memdup2 (text->str, text->len);
  LLVMFuzzerTestOneInput (copy != NULL ? copy : (const guint8 *)"", text->len);
}

static void
test_pieces (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint n = pick (PIECES_MOST);
      g_autoptr (GString) text = g_string_new (pick (4) > 0 ? "{\"k\":" : "");
      for (guint i = 0; i < n % 8; i++)
        g_string_append (text, pieces[pick (G_N_ELEMENTS (pieces))]);
      if (pick (2) > 0)
        g_string_append_c (text, '}');
      compare (text);
    }
}

/* A number of any form as the one member, so that many are sound. */
static void
test_numbers (void)
{
  static const char letters[] = "0123456789012345678990-+.eE";
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint n = pick (24);
      g_autoptr (GString) text = g_string_new ("{\"k\":");
      for (guint i = 0; i < n; i++)
        g_string_append_c (text, letters[pick (pick (3) > 0 ? 21 : sizeof letters - 1)]);
      g_string_append_c (text, '}');
      compare (text);
    }
}

static void
change (GString *text)
{
  guint at = pick ((guint)text->len);
  switch (pick (4))
    {
    case 0:
      text->str[at] = (char)pick (256);
      break;
    case 1:
      g_string_erase (text, at, 1 + pick (3) < text->len - at ? 1 : -1);
      break;
    case 2:
      g_string_insert (text, at, pieces[pick (G_N_ELEMENTS (pieces))]);
      break;
    default:
      g_string_insert_len (text, at, text->str, pick ((guint)text->len));
    }
}

static void
test_records (void)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests/data/events", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      gsize len;
      g_autofree char *bytes = NULL;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
      for (guint round = 0; round < 500; round++)
        {
          g_autoptr (GString) text = g_string_new_len (bytes, (gssize)len);
          for (guint i = round > 0 ? 1 + pick (3) : 0; i > 0 && text->len > 0; i--)
            change (text);
          compare (text);
        }
    }
}

/* Objects large enough that their keys are sorted to find one that is there twice. */
static void
test_many_keys (void)
{
  for (guint round = 0; round < 200; round++)
    {
      guint n = 1 + pick (300);
      g_autoptr (GString) text = g_string_new ("{");
      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s\"k%u\":{\"a\":[%u,{}]}", i > 0 ? "," : "",
                                pick (40) > 0 ? i : pick (n), i);
      g_string_append_c (text, '}');
      compare (text);
    }
}

static void
test_depth (void)
{
  for (guint depth = 2040; depth < 2056; depth++)
    for (guint inside = 0; inside < 2; inside++)
      {
        g_autoptr (GString) text = g_string_new ("{\"a\":");
        for (guint i = 0; i < depth; i++)
          g_string_append_c (text, '[');
        g_string_append (text, inside > 0 ? "1" : "");
        for (guint i = 0; i < depth; i++)
          g_string_append_c (text, ']');
        g_string_append_c (text, '}');
        compare (text);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-read/pieces", test_pieces);
  g_test_add_func ("/json-read/numbers", test_numbers);
  g_test_add_func ("/json-read/records", test_records);
  g_test_add_func ("/json-read/many-keys", test_many_keys);
  g_test_add_func ("/json-read/depth", test_depth);
  return g_test_run ();
}
