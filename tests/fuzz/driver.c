/* Runs one fuzz target over its stored inputs, without a fuzzer: each input is a test, so that what
 * a fuzzer once found stays found. Takes the folder of the inputs as its last argument; TAP. */
#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* On a copy of exactly that length, so that a sanitizer sees a read beyond the end. */
static void
run_bytes (const char *data, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);
  const guint8 *bytes = copy != NULL ? copy : (const guint8 *)"";

  g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, length), ==, 0);
}

static char *
read_input (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

static void
run_empty (void)
{
  run_bytes (NULL, 0);
}

static void
run_file (gconstpointer user_data)
{
  gsize length = 0;
  g_autofree char *contents = read_input (user_data, &length);

  run_bytes (contents, length);
}

/* Every beginning of an input, as a broken cable would deliver it. */
static void
run_prefixes (gconstpointer user_data)
{
  gsize length = 0;
  g_autofree char *contents = read_input (user_data, &length);

  for (gsize cut = 0; cut < MIN (length, 512); cut++)
    run_bytes (contents, cut);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    g_error ("the folder of the inputs is missing");

  const char *folder = argv[argc - 1];
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  g_test_add_func ("/empty", run_empty);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *whole = g_strdup_printf ("/input/%s", (char *)names->pdata[i]);
      g_autofree char *cut = g_strdup_printf ("/prefixes/%s", (char *)names->pdata[i]);
      char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (whole, path, run_file);
      g_test_add_data_func (cut, path, run_prefixes);
    }
  return g_test_run ();
}
