/* Import of products: a card with three states, preview, work and result. The rows of the preview
 * belong to the import, which lives as long as the card. Main thread. */
#include "quay-import-dialog.h"

#include "quay-csv.h"
#include "quay-form.h"
#include "quay-language.h"
#include "quay-overlay.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define SHOW_AFTER_MS 200

struct _QuayImportDialog
{
  GtkBox parent;
  QuayTill *till;
  QuayImport *import;
  GtkWidget *stack; /* preview, work, result */
  GtkWidget *tables;
  GtkWidget *bar;
  GtkWidget *progress;
  GtkWidget *apply;
  GtkWidget *close;
  GtkWidget *save_refused;
  GtkWidget *result;
  gboolean working;
};

G_DEFINE_FINAL_TYPE (QuayImportDialog, quay_import_dialog, GTK_TYPE_BOX)

/* Cells */

static void
set_row (GtkWidget *label, guint row)
{
  g_autofree char *text = quay_format_money (QUAY_DONG (row), QUAY_MONEY_BARE);
  quay_table_set_text (label, text);
}

static void
bind_change_row (GtkWidget *label, gpointer row, gpointer data)
{
  set_row (label, ((QuayImportChange *)quay_row_value (row))->row);
}

static void
bind_change_kind (GtkWidget *label, gpointer row, gpointer data)
{
  const QuayImportChange *change = quay_row_value (row);
  quay_table_set_text (label, change->added ? _ ("new") : _ ("changed"));
  quay_table_set_badge (label, change->added ? "good" : "warn");
}

static void
bind_change_name (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_text (label, ((QuayImportChange *)quay_row_value (row))->name);
}

static void
bind_change_what (GtkWidget *label, gpointer row, gpointer data)
{
  const QuayImportChange *change = quay_row_value (row);
  const char *what = quay_language_get ()[0] == 'v' ? change->what_vi : change->what;
  quay_table_set_text (label, what);
  gtk_widget_set_tooltip_text (label, what);
}

static void
bind_refused_row (GtkWidget *label, gpointer row, gpointer data)
{
  set_row (label, ((QuayRefusal *)quay_row_value (row))->row);
}

static void
bind_refused_column (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_text (label, ((QuayRefusal *)quay_row_value (row))->column);
}

static void
bind_refused_why (GtkWidget *label, gpointer row, gpointer data)
{
  g_autofree char *text = quay_form_refusal_text (quay_row_value (row));
  quay_table_set_text (label, text);
  gtk_widget_set_tooltip_text (label, text);
}

/* Borrowed rows: the array neither owns nor frees them. */
static GListModel *
borrow_rows (GPtrArray *rows)
{
  QuayRowModel *model = quay_row_model_new ();
  GPtrArray *copy = g_ptr_array_new ();
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (copy, rows->pdata[i]);
  quay_row_model_set (model, copy);
  return G_LIST_MODEL (model);
}

static GtkWidget *
build_changes (QuayImportDialog *dialog)
{
  g_autoptr (GListModel) model = borrow_rows (quay_import_changes (dialog->import));
  GtkWidget *table = quay_table_new (_ ("Changes"), model);
  quay_table_add (table, _ ("Row"), QUAY_TABLE_NUMBER | QUAY_TABLE_QUIET, 5, bind_change_row, NULL);
  quay_table_add (table, "", QUAY_TABLE_BADGE, 7, bind_change_kind, NULL);
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG, 26, bind_change_name, NULL);
  quay_table_add (table, _ ("What changes"), QUAY_TABLE_EXPAND, 34, bind_change_what, NULL);
  return table;
}

static GtkWidget *
build_refused (QuayImportDialog *dialog)
{
  g_autoptr (GListModel) model = borrow_rows (quay_import_sums (dialog->import).refused);
  GtkWidget *table = quay_table_new (_ ("Refused rows"), model);
  quay_table_add (table, _ ("Row"), QUAY_TABLE_NUMBER | QUAY_TABLE_QUIET, 5, bind_refused_row,
                  NULL);
  quay_table_add (table, _ ("Column"), QUAY_TABLE_STRONG, 16, bind_refused_column, NULL);
  quay_table_add (table, _ ("Why"), QUAY_TABLE_EXPAND, 50, bind_refused_why, NULL);
  return table;
}

/* The report of refused rows */

static void
refused_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayImportDialog) dialog = data;
  if (path == NULL)
    return;
  g_autoptr (GString) csv = g_string_new (QUAY_CSV_BOM);
  g_autoptr (GError) error = NULL;
  const char *head[] = { _ ("Row"), _ ("Column"), _ ("Why") };
  GPtrArray *refused = quay_import_sums (dialog->import).refused;
  quay_csv_append_row (csv, ',', head, G_N_ELEMENTS (head));
  for (guint i = 0; i < refused->len; i++)
    {
      const QuayRefusal *refusal = refused->pdata[i];
      g_autofree char *row = g_strdup_printf ("%u", refusal->row);
      g_autofree char *why = quay_form_refusal_text (refusal);
      const char *fields[] = { row, refusal->column, why };
      quay_csv_append_row (csv, ',', fields, G_N_ELEMENTS (fields));
    }
  if (!g_file_set_contents (path, csv->str, (gssize)csv->len, &error))
    quay_ui_show_error (GTK_WIDGET (dialog), _ ("The file was not written"), error);
  else
    quay_ui_toast (GTK_WIDGET (dialog), _ ("The list of refused rows was written."));
}

static void
save_refused_cb (QuayImportDialog *dialog)
{
  quay_ui_choose_file (GTK_WIDGET (dialog), QUAY_UI_FILE_SAVE, _ ("Save the refused rows"),
                       _ ("refused-rows.csv"), "*.csv", refused_chosen_cb, g_object_ref (dialog));
}

/* The work */

static void
progress_cb (guint done, guint total, gpointer data)
{
  QuayImportDialog *dialog = data;
  g_autofree char *done_text = quay_format_money (QUAY_DONG (done), QUAY_MONEY_BARE);
  g_autofree char *total_text = quay_format_money (QUAY_DONG (total), QUAY_MONEY_BARE);
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), done_text, total_text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (dialog->bar),
                                 total > 0 ? (double)done / total : 0);
  quay_ui_set_text (dialog->progress, text);
}

/* One row may be refused for several reasons, which follow each other. */
static guint
n_refused (const QuayImportSums *sums)
{
  guint n = 0;
  guint last = 0;
  for (guint i = 0; i < sums->refused->len; i++)
    {
      const QuayRefusal *refusal = sums->refused->pdata[i];
      n += i == 0 || refusal->row != last;
      last = refusal->row;
    }
  return n;
}

static void
show_result (QuayImportDialog *dialog)
{
  QuayImportSums sums = quay_import_sums (dialog->import);
  g_autofree char *added = quay_format_money (QUAY_DONG (sums.added), QUAY_MONEY_BARE);
  g_autofree char *changed = quay_format_money (QUAY_DONG (sums.changed), QUAY_MONEY_BARE);
  g_autofree char *same = quay_format_money (QUAY_DONG (sums.same), QUAY_MONEY_BARE);
  g_autofree char *refused = quay_format_money (QUAY_DONG (n_refused (&sums)), QUAY_MONEY_BARE);
  g_autofree char *text = g_strdup_printf (
      _ ("%s new, %s changed, %s as they were, %s rows refused."), added, changed, same, refused);
  quay_ui_set_text (dialog->result, text);
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->stack), "result");
  gtk_widget_set_visible (dialog->apply, FALSE);
  quay_ui_button_set_text (dialog->close, _ ("Close"));
  gtk_widget_grab_focus (dialog->close);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayImportDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = quay_import_apply_finish (dialog->import, result, &error);
  dialog->working = FALSE;
  gtk_widget_set_sensitive (dialog->close, TRUE);
  gtk_widget_set_sensitive (dialog->save_refused, TRUE);
  if (ok)
    {
      show_result (dialog);
      return;
    }
  gtk_widget_set_sensitive (dialog->apply, TRUE);
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->stack), "preview");
  quay_ui_show_error (GTK_WIDGET (dialog), _ ("Nothing was imported"), error);
}

static void
apply_cb (QuayImportDialog *dialog)
{
  dialog->working = TRUE;
  gtk_widget_set_sensitive (dialog->apply, FALSE);
  gtk_widget_set_sensitive (dialog->close, FALSE);
  gtk_widget_set_sensitive (dialog->save_refused, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->stack), "work");
  progress_cb (0, quay_import_sums (dialog->import).rows, dialog);
  quay_import_apply_async (dialog->import, progress_cb, dialog, applied_cb, g_object_ref (dialog));
}

static void
close_cb (QuayImportDialog *dialog)
{
  quay_ui_close_card (GTK_WIDGET (dialog));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        QuayImportDialog *dialog)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  if (!enter || (state & GDK_CONTROL_MASK) == 0 || !gtk_widget_get_visible (dialog->apply) ||
      !gtk_widget_get_sensitive (dialog->apply))
    return FALSE;
  apply_cb (dialog);
  return TRUE;
}

static gboolean
cancel_cb (GtkWidget *card, gpointer data)
{
  return QUAY_IMPORT_DIALOG (card)->working;
}

/* Building */

static void
add_figure (GtkWidget *box, const char *title, guint n, const char *id, const char *class)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figure = quay_ui_label (NULL, "figure num");
  g_autofree char *text = quay_format_money (QUAY_DONG (n), QUAY_MONEY_BARE);
  gtk_widget_add_css_class (card, "figure-card");
  quay_ui_set_text (figure, text);
  quay_ui_set_id (figure, id);
  quay_ui_set_description (figure, title);
  if (class != NULL && n > 0)
    gtk_widget_add_css_class (figure, class);
  gtk_widget_set_hexpand (card, TRUE);
  gtk_box_append (GTK_BOX (card), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (card), figure);
  gtk_box_append (GTK_BOX (box), card);
}

static GtkWidget *
build_figures (const QuayImportSums *sums)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  add_figure (box, _ ("New"), sums->added, "import-added", "good-text");
  add_figure (box, _ ("Changed"), sums->changed, "import-changed", NULL);
  add_figure (box, _ ("As they are"), sums->same, "import-same", NULL);
  add_figure (box, _ ("Refused"), n_refused (sums), "import-refused", "bad-text");
  return box;
}

static void
tab_cb (GtkToggleButton *tab, QuayImportDialog *dialog)
{
  if (gtk_toggle_button_get_active (tab))
    gtk_stack_set_visible_child_name (GTK_STACK (dialog->tables),
                                      gtk_widget_get_name (GTK_WIDGET (tab)));
}

static GtkWidget *
build_tab (QuayImportDialog *dialog, const char *text, const char *name, GtkWidget *group)
{
  GtkWidget *tab = gtk_toggle_button_new_with_label (text);
  gtk_widget_add_css_class (tab, "chip");
  gtk_widget_set_name (tab, name);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), GTK_TOGGLE_BUTTON (group));
  g_signal_connect (tab, "toggled", G_CALLBACK (tab_cb), dialog);
  return tab;
}

static void
add_table (QuayImportDialog *dialog, GtkWidget *table, guint n, const char *none, const char *name)
{
  GtkWidget *page;
  if (n > 0)
    {
      page = quay_ui_table_card (table);
    }
  else
    {
      g_object_ref_sink (table);
      g_object_unref (table);
      page = quay_ui_empty (NULL, none, NULL);
    }
  gtk_stack_add_named (GTK_STACK (dialog->tables), page, name);
}

/* Columns whose name means nothing here: often a misspelt one. */
static GtkWidget *
build_unknown (const QuayImportSums *sums)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; sums->unknown != NULL && i < sums->unknown->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (char *)sums->unknown->pdata[i]);
  g_autofree char *text = g_strdup_printf (_ ("Columns left out: %s"), names->str);
  GtkWidget *label = quay_ui_wrapped_label (text, "meta", 110, 2);
  gtk_widget_set_visible (label, names->len > 0);
  return label;
}

static GtkWidget *
build_preview (QuayImportDialog *dialog)
{
  QuayImportSums sums = quay_import_sums (dialog->import);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *changes = build_tab (dialog, _ ("What changes"), "changes", NULL);
  GtkWidget *refused = build_tab (dialog, _ ("Refused rows"), "refused", changes);
  dialog->tables = gtk_stack_new ();
  gtk_widget_set_size_request (dialog->tables, -1, 280);
  gtk_widget_set_vexpand (dialog->tables, TRUE);
  add_table (dialog, build_changes (dialog), sums.added + sums.changed,
             _ ("This file changes nothing."), "changes");
  add_table (dialog, build_refused (dialog), sums.refused->len, _ ("No row is refused."),
             "refused");
  gtk_box_append (GTK_BOX (tabs), changes);
  gtk_box_append (GTK_BOX (tabs), refused);
  gtk_box_append (GTK_BOX (box), build_figures (&sums));
  gtk_box_append (GTK_BOX (box), build_unknown (&sums));
  gtk_box_append (GTK_BOX (box), tabs);
  gtk_box_append (GTK_BOX (box), dialog->tables);
  gboolean only_refused = sums.added + sums.changed == 0 && sums.refused->len > 0;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (only_refused ? refused : changes), TRUE);
  return box;
}

static GtkWidget *
build_work (QuayImportDialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  dialog->bar = gtk_progress_bar_new ();
  dialog->progress = quay_ui_label (NULL, "dim num");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (dialog->progress), 0.5);
  gtk_box_append (GTK_BOX (box), quay_ui_label (_ ("Writing the products…"), "heading"));
  gtk_box_append (GTK_BOX (box), dialog->bar);
  gtk_box_append (GTK_BOX (box), dialog->progress);
  return box;
}

static GtkWidget *
build_result (QuayImportDialog *dialog)
{
  GtkWidget *box = quay_ui_empty ("check-lg", _ ("The products are in the shop"), NULL);
  dialog->result = quay_ui_label (NULL, "dim num");
  quay_ui_set_id (dialog->result, "import-result");
  quay_ui_set_description (dialog->result, _ ("Result"));
  gtk_box_append (GTK_BOX (box), dialog->result);
  return box;
}

static void
add_buttons (QuayImportDialog *dialog)
{
  QuayImportSums sums = quay_import_sums (dialog->import);
  GtkWidget *buttons = quay_ui_card_buttons (GTK_WIDGET (dialog));
  guint n = sums.added + sums.changed;
  g_autofree char *number = quay_format_money (QUAY_DONG (n), QUAY_MONEY_BARE);
  g_autofree char *text =
      n > 0 ? g_strdup_printf (ngettext ("Import %s product", "Import %s products", n), number)
            : g_strdup (_ ("Nothing to import"));
  dialog->save_refused = quay_ui_button (NULL, _ ("Save the refused rows…"), NULL, "action");
  dialog->close = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  dialog->apply = quay_ui_button (NULL, text, "Ctrl Enter", "main");
  quay_ui_set_id (dialog->apply, "import-apply");
  quay_ui_set_id (dialog->close, "import-close");
  gtk_widget_set_visible (dialog->save_refused, sums.refused->len > 0);
  gtk_widget_set_sensitive (dialog->apply, n > 0);
  gtk_box_append (GTK_BOX (buttons), dialog->save_refused);
  gtk_box_append (GTK_BOX (buttons), dialog->close);
  gtk_box_append (GTK_BOX (buttons), dialog->apply);
  g_signal_connect_swapped (dialog->save_refused, "clicked", G_CALLBACK (save_refused_cb), dialog);
  g_signal_connect_swapped (dialog->close, "clicked", G_CALLBACK (close_cb), dialog);
  g_signal_connect_swapped (dialog->apply, "clicked", G_CALLBACK (apply_cb), dialog);
}

static void
build (QuayImportDialog *dialog, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *title = g_strdup_printf (_ ("Import from %s"), name);
  GtkWidget *label = quay_ui_label (title, "card-title");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  quay_ui_set_label (GTK_WIDGET (dialog), title);
  gtk_box_append (GTK_BOX (dialog), label);
  dialog->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (dialog->stack), build_preview (dialog), "preview");
  gtk_stack_add_named (GTK_STACK (dialog->stack), build_work (dialog), "work");
  gtk_stack_add_named (GTK_STACK (dialog->stack), build_result (dialog), "result");
  gtk_box_append (GTK_BOX (dialog), dialog->stack);
  add_buttons (dialog);
}

static void
quay_import_dialog_finalize (GObject *object)
{
  QuayImportDialog *dialog = QUAY_IMPORT_DIALOG (object);
  g_clear_pointer (&dialog->import, quay_import_free);
  g_clear_object (&dialog->till);
  G_OBJECT_CLASS (quay_import_dialog_parent_class)->finalize (object);
}

static void
quay_import_dialog_class_init (QuayImportDialogClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_import_dialog_finalize;
}

static void
quay_import_dialog_init (QuayImportDialog *dialog)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (dialog), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (dialog), 14);
  gtk_widget_add_css_class (GTK_WIDGET (dialog), "card");
  gtk_widget_add_css_class (GTK_WIDGET (dialog), "import");
  quay_overlay_set_cancel (GTK_WIDGET (dialog), cancel_cb, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), dialog);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

/* The file as a whole: what it has to be, and what the reader stumbled over. */
static void
show_unreadable (GtkWidget *anywhere, const GError *error)
{
  g_autofree char *why = quay_ui_error_text (error);
  g_autofree char *text =
      g_strdup_printf (_ ("It has to be a CSV file in UTF-8 whose first row names the columns, as "
                          "the export writes it. Found: %s"),
                       why);
  quay_ui_alert (anywhere, _ ("This file can't be read"), text);
}

static void
open_preview (GtkWidget *anywhere, QuayTill *till, QuayImport *import, const char *path)
{
  QuayImportDialog *dialog = g_object_new (QUAY_TYPE_IMPORT_DIALOG, NULL);
  dialog->till = g_object_ref (till);
  dialog->import = import;
  build (dialog, path);
  gboolean any = gtk_widget_get_sensitive (dialog->apply);
  quay_ui_show_card (anywhere, GTK_WIDGET (dialog), any ? dialog->apply : dialog->close);
}

/* A file on its way in; a card about it only if it takes long. */
typedef struct
{
  GtkWidget *anywhere; /* owned */
  QuayTill *till;      /* owned */
  GCancellable *cancellable;
  char *path;
  GtkWidget *card; /* owned; NULL before it is shown */
  GtkWidget *bar;  /* in it */
  guint due;
} Reading;

static gboolean
cancel_reading_cb (GtkWidget *card, gpointer data)
{
  g_cancellable_cancel (((Reading *)data)->cancellable);
  return FALSE; /* and the card closes */
}

static void
stop_reading_cb (GtkButton *button, gpointer data)
{
  Reading *reading = data;
  g_cancellable_cancel (reading->cancellable);
  quay_ui_close_card (reading->card);
}

static gboolean
show_reading_cb (gpointer data)
{
  Reading *reading = data;
  reading->due = 0;
  reading->card = g_object_ref_sink (quay_ui_card_new (_ ("Reading the file"), NULL));
  reading->bar = gtk_progress_bar_new ();
  quay_ui_set_label (reading->bar, _ ("Reading the file"));
  gtk_box_append (GTK_BOX (reading->card), reading->bar);
  GtkWidget *buttons = quay_ui_card_buttons (reading->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  g_signal_connect (cancel, "clicked", G_CALLBACK (stop_reading_cb), reading);
  gtk_box_append (GTK_BOX (buttons), cancel);
  quay_overlay_set_cancel (reading->card, cancel_reading_cb, reading);
  quay_ui_show_card (reading->anywhere, reading->card, cancel);
  return G_SOURCE_REMOVE;
}

static void
reading_progress_cb (guint done, guint total, gpointer data)
{
  Reading *reading = data;
  if (reading->bar != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (reading->bar),
                                   total > 0 ? (double)done / total : 0);
}

static void
free_reading (Reading *reading)
{
  g_clear_handle_id (&reading->due, g_source_remove);
  if (reading->card != NULL)
    quay_ui_close_card (reading->card);
  g_clear_object (&reading->card);
  g_object_unref (reading->cancellable);
  g_object_unref (reading->anywhere);
  g_object_unref (reading->till);
  g_free (reading->path);
  g_free (reading);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  QuayImport *import = quay_import_read_finish (result, &error);
  g_autoptr (GtkWidget) anywhere = g_object_ref (reading->anywhere);
  g_autoptr (QuayTill) till = g_object_ref (reading->till);
  g_autofree char *path = g_strdup (reading->path);
  gboolean wanted =
      gtk_widget_get_root (anywhere) != NULL && !g_cancellable_is_cancelled (reading->cancellable);
  free_reading (reading);
  if (wanted && import != NULL)
    open_preview (anywhere, till, g_steal_pointer (&import), path);
  else if (wanted)
    show_unreadable (anywhere, error);
  quay_import_free (import);
}

void
quay_import_dialog_open (GtkWidget *anywhere, QuayTill *till, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);
  reading->anywhere = g_object_ref (anywhere);
  reading->till = g_object_ref (till);
  reading->cancellable = g_cancellable_new ();
  reading->path = g_strdup (path);
  reading->due = g_timeout_add (SHOW_AFTER_MS, show_reading_cb, reading);
  quay_import_read_async (till, path, reading->cancellable, reading_progress_cb, reading, read_cb,
                          reading);
}
