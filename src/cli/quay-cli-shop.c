/* init, import, export, verify, backup, restore, events, generate: the shop's file. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-files.h"

#include <string.h>
#include <unistd.h>

int
quay_cli_init (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .language = "vi", .width_mm = 80 };
  quay_cli_take_option (&argc, argv, "--shop", &setup.shop);
  quay_cli_take_option (&argc, argv, "--till", &setup.till_code);
  setup.sample = quay_cli_take_option (&argc, argv, "--sample", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1 || setup.shop == NULL ||
      setup.till_code == NULL)
    return QUAY_EXIT_WRONG_USE;
  if (!quay_till_make_shop (cli->dir, &setup, quay_till_system_env (), &error))
    return quay_cli_refuse (cli, error);
  g_autofree char *file = g_build_filename (cli->dir, "quay.db", NULL);
  quay_cli_emit (cli, json_pack ("{s:s, s:s, s:s}", "shop", setup.shop, "till", setup.till_code,
                                 "file", file));
  return QUAY_EXIT_DONE;
}

static json_t *
refused_rows (GPtrArray *refused)
{
  json_t *rows = json_array ();
  for (guint i = 0; i < refused->len; i++)
    {
      const QuayRefusal *r = refused->pdata[i];
      json_array_append_new (rows,
                             json_pack ("{s:I, s:s, s:s, s:s}", "row", (json_int_t)r->row, "column",
                                        r->column, "why", r->why, "why_vi", r->why_vi));
    }
  return rows;
}

static json_t *
unknown_columns (GPtrArray *unknown)
{
  json_t *names = json_array ();
  for (guint i = 0; i < unknown->len; i++)
    json_array_append_new (names, json_string (unknown->pdata[i]));
  return names;
}

static json_t *
planned_changes (GPtrArray *changes)
{
  json_t *rows = json_array ();
  for (guint i = 0; i < changes->len; i++)
    {
      const QuayImportChange *c = changes->pdata[i];
      json_array_append_new (rows,
                             json_pack ("{s:I, s:s, s:s, s:b, s:s, s:s}", "row", (json_int_t)c->row,
                                        "sku", c->sku, "name", c->name, "added", c->added, "what",
                                        c->what, "what_vi", c->what_vi));
    }
  return rows;
}

int
quay_cli_import (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean dry = quay_cli_take_option (&argc, argv, "--dry-run", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = quay_cli_path (cli, argv[1]);
  g_autoptr (QuayImport) import = quay_import_read (cli->till, path, &error);
  if (import == NULL)
    return quay_cli_refuse (cli, error);
  QuayImportSums sums = quay_import_sums (import);
  if (!dry && !quay_import_apply (import, &error))
    return quay_cli_refuse (cli, error);
  json_t *result =
      json_pack ("{s:I, s:I, s:I, s:o, s:o}", "added", (json_int_t)sums.added, "changed",
                 (json_int_t)sums.changed, "same", (json_int_t)sums.same, "refused",
                 refused_rows (sums.refused), "unknown", unknown_columns (sums.unknown));
  if (dry)
    json_object_set_new (result, "changes", planned_changes (quay_import_changes (import)));
  quay_cli_emit (cli, result);
  return QUAY_EXIT_DONE;
}

int
quay_cli_export (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint rows;
  if (argc != 3 || strcmp (argv[1], "catalogue") != 0)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = quay_cli_path (cli, argv[2]);
  if (!quay_till_export_catalog (cli->till, path, &rows, &error))
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:I}", "rows", (json_int_t)rows));
  return QUAY_EXIT_DONE;
}

/* Numbers missing or given twice are named; without them a counter is gapless. */
static json_t *
numbers_to_json (GPtrArray *list)
{
  json_t *out = json_array ();
  for (guint i = 0; i < list->len; i++)
    {
      const QuayNumbers *numbers = list->pdata[i];
      json_t *object = json_pack ("{s:s, s:I, s:I, s:I, s:b}", "prefix", numbers->prefix, "first",
                                  (json_int_t)numbers->first, "last", (json_int_t)numbers->last,
                                  "count", (json_int_t)numbers->count, "gapless",
                                  numbers->missing == NULL && numbers->twice == NULL);
      if (numbers->missing != NULL)
        json_object_set_new (object, "missing", json_string (numbers->missing));
      if (numbers->twice != NULL)
        json_object_set_new (object, "twice", json_string (numbers->twice));
      json_array_append_new (out, object);
    }
  return out;
}

static int
emit_check (QuayCli *cli, QuayCheck *check)
{
  int code = check->ok ? QUAY_EXIT_DONE : QUAY_EXIT_REFUSED;
  json_t *object = json_pack ("{s:I, s:o, s:b}", "events", (json_int_t)check->events, "head",
                              quay_cli_text (check->head), "ok", check->ok);
  if (check->why != NULL)
    json_object_set_new (object, "why", json_string (check->why));
  if (check->numbers != NULL)
    json_object_set_new (object, "numbers", numbers_to_json (check->numbers));
  quay_cli_emit (cli, object);
  quay_check_clear (check);
  return code;
}

int
quay_cli_verify (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  gboolean rebuild = quay_cli_take_option (&argc, argv, "--rebuild", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  if (!quay_till_verify (cli->till, rebuild, &check, &error))
    return quay_cli_refuse (cli, error);
  return emit_check (cli, &check);
}

int
quay_cli_backup (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  if (argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = quay_cli_path (cli, argv[1]);
  if (!quay_till_backup (cli->till, path, &check, &error))
    return quay_cli_refuse (cli, error);
  return emit_check (cli, &check);
}

int
quay_cli_restore (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  if (argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = quay_cli_path (cli, argv[1]);
  if (!quay_till_restore (cli->dir, path, &check, &error))
    return quay_cli_refuse (cli, error);
  return emit_check (cli, &check);
}

int
quay_cli_events (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *since_text = "1";
  gint64 since;
  guint64 n = 0;
  guint64 first = 0;
  guint64 last = 0;
  gboolean done = FALSE;
  quay_cli_take_option (&argc, argv, "--since", &since_text);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3 ||
      !quay_cli_parse_int (since_text, 0, G_MAXINT64, &since))
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = quay_cli_path (cli, argv[2]);
  if (strcmp (argv[1], "export") == 0)
    done = quay_till_export_events (cli->till, path, (guint64)since, &n, &first, &last, &error);
  else if (strcmp (argv[1], "import") == 0)
    done = quay_till_import_events (cli->till, path, &n, &first, &last, &error);
  else
    return QUAY_EXIT_WRONG_USE;
  if (!done)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:I, s:I, s:I}", "events", (json_int_t)n, "first",
                                 (json_int_t)first, "last", (json_int_t)last));
  return QUAY_EXIT_DONE;
}

static void
show_progress_cb (guint done, guint total, gpointer data)
{
  QuayCli *cli = data;
  if (!isatty (STDERR_FILENO))
    return;
  fprintf (cli->err, "\r%u / %u", done, total);
  if (done >= total)
    fputc ('\n', cli->err);
  fflush (cli->err);
}

int
quay_cli_generate (QuayCli *cli, int argc, char **argv)
{
  static const char *const names[] = { "--products", "--sales", "--days", "--seed", "--lots" };
  g_autoptr (GError) error = NULL;
  gint64 n[] = { 1000, 10000, 365, 1, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text;
      if (quay_cli_take_option (&argc, argv, names[i], &text) &&
          !quay_cli_parse_int (text, i < 2 || i == 4 ? 0 : 1, i == 4 ? 1000 : 100000000, &n[i]))
        return QUAY_EXIT_WRONG_USE;
    }
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  QuayGenerate ask = { (guint)n[0], (guint)n[1], (guint)n[2], (guint64)n[3], 0, (guint)n[4] };
  if (!quay_till_generate (cli->dir, &ask, show_progress_cb, cli, &error))
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:I, s:I, s:I, s:I, s:I}", "products", (json_int_t)n[0], "sales",
                                 (json_int_t)n[1], "days", (json_int_t)n[2], "seed",
                                 (json_int_t)n[3], "lots", (json_int_t)n[4]));
  return QUAY_EXIT_DONE;
}
