/* Import of a catalogue: tells what a file would change, writes it as one transaction. Thread:
 * main; the writing itself is the store's. */
#include "quay-import-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-till-people.h"

#include <string.h>

static void
keep_list (QuayImport *import, GPtrArray **list)
{
  if (*list != NULL)
    g_ptr_array_add (import->shown, g_steal_pointer (list));
}

void
quay_import_renew_lists (QuayImport *import)
{
  keep_list (import, &import->plans);
  keep_list (import, &import->refused);
  keep_list (import, &import->unknown);
  keep_list (import, &import->changes);
  import->plans = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_plan_free);
  import->refused = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free);
  import->unknown = g_ptr_array_new_with_free_func (g_free);
}

static void
clear_import (gpointer data)
{
  QuayImport *import = data;
  g_clear_pointer (&import->editor, quay_editor_free);
  quay_import_renew_lists (import);
  g_ptr_array_unref (import->plans);
  g_ptr_array_unref (import->refused);
  g_ptr_array_unref (import->unknown);
  g_ptr_array_unref (import->shown);
  g_clear_pointer (&import->bytes, g_bytes_unref);
  g_clear_pointer (&import->name, g_free);
  g_clear_pointer (&import->folder, g_free);
  g_clear_object (&import->till);
}

static void
release_import (gpointer import)
{
  g_rc_box_release_full (import, clear_import);
}

void
quay_import_free (QuayImport *import)
{
  if (import == NULL)
    return;
  import->progress = NULL; /* whoever was told about it may be gone */
  release_import (import);
}

QuayImportSums
quay_import_sums (QuayImport *import)
{
  QuayImportSums sums = { .rows = import->rows,
                          .same = import->same,
                          .refused = import->refused,
                          .unknown = import->unknown };
  for (guint i = 0; i < import->plans->len; i++)
    {
      const QuayItemPlan *plan = import->plans->pdata[i];
      if (plan->added)
        sums.added++;
      else
        sums.changed++;
    }
  return sums;
}

/* --- preview --- */

static void
free_change (gpointer data)
{
  QuayImportChange *change = data;
  g_free (change->what);
  g_free (change->what_vi);
  g_free (change);
}

/* Values that stand for something else: in the file, in English, in Vietnamese. */
static const struct
{
  const char *column;
  const char *value;
  const char *en;
  const char *vi;
} said[] = {
  { "sold_by", "piece", "piece", "cái" },
  { "sold_by", "weight", "weight", "cân" },
  { "active", "1", "yes", "có" },
  { "active", "0", "no", "không" },
};

/* Money and days as people read them; the rest as it stands in the file. */
static char *
show_value (const char *column, const char *text, gboolean vietnamese)
{
  QuayMoney money;
  QuayDay day;
  if (*text == '\0')
    return g_strdup ("—");
  if (strcmp (column, "price") == 0 && quay_parse_money (text, &money, NULL))
    return quay_format_money (money, QUAY_MONEY_BARE);
  if (quay_day_from_text (text, &day))
    return quay_day_to_vi (day);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strcmp (said[i].column, column) == 0 && strcmp (said[i].value, text) == 0)
      return g_strdup (vietnamese ? said[i].vi : said[i].en);
  return g_strdup (text);
}

static void
tell_change (GString *out, const QuayItemChange *change, gboolean vietnamese)
{
  const QuayItemColumn *column = quay_item_column (change->column);
  g_autofree char *before = show_value (change->column, change->before, vietnamese);
  g_autofree char *after = show_value (change->column, change->after, vietnamese);
  g_string_append_printf (out, "%s%s ", out->len > 0 ? "; " : "",
                          vietnamese ? column->vi : column->en);
  if (*change->before != '\0')
    g_string_append_printf (out, "%s → ", before);
  g_string_append (out, after);
}

/* What a row does, in one language. */
static char *
tell_plan (const QuayItemPlan *plan, gboolean vietnamese)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const QuayItemChange *change = plan->changes->pdata[i];
      gboolean beside = strcmp (change->column, "sku") == 0 || strcmp (change->column, "name") == 0;
      if (!plan->added || !beside) /* a new product's name stands beside it */
        tell_change (out, change, vietnamese);
    }
  return g_string_free (out, FALSE);
}

GPtrArray *
quay_import_changes (QuayImport *import)
{
  if (import->changes != NULL)
    return import->changes;
  import->changes = g_ptr_array_new_full (import->plans->len, free_change);
  for (guint i = 0; i < import->plans->len; i++)
    {
      const QuayItemPlan *plan = import->plans->pdata[i];
      QuayImportChange *change = g_new0 (QuayImportChange, 1);
      change->row = plan->row;
      change->sku = plan->sku;
      change->name = plan->name;
      change->added = plan->added;
      change->what = tell_plan (plan, FALSE);
      change->what_vi = tell_plan (plan, TRUE);
      g_ptr_array_add (import->changes, change);
    }
  return import->changes;
}

/* --- writing --- */

static gboolean
may_write (QuayImport *import, GError **error)
{
  if (!import->writing)
    return quay_till_need_room (import->till, error) &&
           quay_till_require (import->till, QUAY_ACT_CATALOG, 0, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "the file is being written");
  return FALSE;
}

/* Products changed since the rows were worked out. */
static gboolean
is_stale (QuayImport *import)
{
  return import->serial != import->till->catalog_serial;
}

/* The transaction of all rows; NULL without an error if there is nothing to write. */
static QuayTxn *
make_txn (QuayImport *import, GError **error)
{
  if (import->plans->len == 0)
    return NULL;
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  if (!quay_editor_write (import->editor, import->plans, import->name, txn, error))
    return NULL;
  return g_steal_pointer (&txn);
}

static void
settle (QuayImport *import, gboolean written)
{
  import->writing = FALSE;
  if (written)
    quay_editor_done (import->editor, import->plans);
  else
    quay_import_spoil (import); /* writing used it up */
}

static void
progress_cb (guint done, guint total, gpointer data)
{
  QuayImport *import = data;
  if (import->progress != NULL)
    import->progress (done, total, import->progress_data);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QuayImport *import = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QuayResult) done = quay_store_commit_finish (import->till->store, result, &error);
  settle (import, done != NULL);
  if (done != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_writing (QuayImport *import, GTask *task)
{
  GError *error = NULL;
  QuayTxn *txn = make_txn (import, &error);
  if (txn != NULL)
    {
      quay_txn_set_progress (txn, progress_cb, import);
      quay_store_commit_async (import->till->store, txn, QUAY_LANE_BACKGROUND, NULL, written_cb,
                               g_object_ref (task));
      return;
    }
  import->writing = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QuayImport *import = g_task_get_task_data (task);
  GError *error = NULL;
  if (quay_import_plan_finish (result, &error))
    start_writing (import, task);
  else
    {
      import->writing = FALSE;
      g_task_return_error (task, error);
    }
}

void
quay_import_apply_async (QuayImport *import, QuayImportProgress progress, gpointer progress_data,
                         GAsyncReadyCallback callback, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_task_set_source_tag (task, quay_import_apply_async);
  g_task_set_task_data (task, g_rc_box_acquire (import), release_import);
  if (!may_write (import, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  import->writing = TRUE;
  import->progress = progress;
  import->progress_data = progress_data;
  if (is_stale (import))
    quay_import_plan_async (import, NULL, NULL, planned_cb, g_steal_pointer (&task));
  else
    start_writing (import, task);
}

gboolean
quay_import_apply_finish (QuayImport *import, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
quay_import_apply (QuayImport *import, GError **error)
{
  g_autoptr (GError) unmade = NULL;
  if (!may_write (import, error) || (is_stale (import) && !quay_import_plan (import, error)))
    return FALSE;
  QuayTxn *txn = make_txn (import, &unmade);
  if (unmade != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&unmade));
      return FALSE;
    }
  if (txn == NULL)
    return TRUE;
  g_autoptr (QuayResult) done =
      quay_store_commit (import->till->store, txn, QUAY_LANE_BACKGROUND, error);
  settle (import, done != NULL);
  return done != NULL;
}
