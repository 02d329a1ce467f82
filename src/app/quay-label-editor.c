/* The layouts of labels of the shop's own scale. Saving checks the whole table by the same rules
 * that the scanner uses. Main thread. */
#include "quay-label-editor.h"

#include "quay-form.h"
#include "quay-scan-rules.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

#define N_COLUMNS 5

struct _QuayLabelEditor
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *rows;
  GtkWidget *fault;
  GtkSizeGroup *columns[N_COLUMNS]; /* so that rows stand under each other */
};

G_DEFINE_FINAL_TYPE (QuayLabelEditor, quay_label_editor, GTK_TYPE_BOX)

static const char *const KINDS[] = { "weight", "price", "count", "own", NULL };
static const char *const PREFIXES[] = { "2",  "20", "21", "22", "23", "24",
                                        "25", "26", "27", "28", "29", NULL };
static const char *const DIGITS[] = { "4", "5", "6", NULL };
static const char *const DECIMALS[] = { "-3", "-2", "-1", "0", "1", "2", "3", NULL };

/* The controls of one row, by the columns of the setting's text. */
typedef struct
{
  GtkWidget *prefix;
  GtkWidget *item;
  GtkWidget *value;
  GtkWidget *kind;
  GtkWidget *decimals;
  GtkWidget *inner;
} LabelRow;

static GtkWidget *
add_choice (GtkWidget *row, GtkSizeGroup *column, const char *label, const char *const *codes,
            const char *const *names, const char *chosen)
{
  GtkWidget *choice = quay_ui_choice (label, names);
  quay_form_fill_choice (choice, codes, names);
  quay_form_set_choice (choice, chosen);
  gtk_widget_add_css_class (choice, "slim");
  gtk_size_group_add_widget (column, choice);
  gtk_box_append (GTK_BOX (row), choice);
  return choice;
}

/* An own sequence is ten digits of item and nothing else. */
static void
kind_cb (GtkDropDown *choice, GParamSpec *pspec, LabelRow *row)
{
  gboolean own = g_str_equal (quay_form_get_choice (row->kind), "own");
  gtk_widget_set_sensitive (row->item, !own);
  gtk_widget_set_sensitive (row->value, !own);
  gtk_widget_set_sensitive (row->decimals, !own);
  gtk_widget_set_sensitive (row->inner, !own);
}

static void
remove_cb (GtkButton *button, QuayLabelEditor *editor)
{
  gtk_box_remove (GTK_BOX (editor->rows), gtk_widget_get_parent (GTK_WIDGET (button)));
}

static void
add_row (QuayLabelEditor *editor, const QuayScanLabel *label)
{
  const char *kinds[] = { _ ("weight"), _ ("price"), _ ("pieces"), _ ("own numbers"), NULL };
  const char *decimals[] = { "×1000", "×100", "×10", "1", "0,1", "0,01", "0,001", NULL };
  gboolean own = label->kind == QUAY_SCAN_LABEL_OWN;
  g_autofree char *prefix = g_strdup_printf ("%d", label->prefix);
  g_autofree char *item = g_strdup_printf ("%d", own ? 5 : label->item_digits);
  g_autofree char *value = g_strdup_printf ("%d", own ? 5 : label->value_digits);
  g_autofree char *places = g_strdup_printf ("%d", label->decimals);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  LabelRow *row = g_new0 (LabelRow, 1);
  row->prefix = add_choice (box, editor->columns[0], _ ("Prefix"), PREFIXES, PREFIXES, prefix);
  row->kind = add_choice (box, editor->columns[1], _ ("Holds"), KINDS, kinds, KINDS[label->kind]);
  row->item = add_choice (box, editor->columns[2], _ ("Digits of the item"), DIGITS, DIGITS, item);
  row->value =
      add_choice (box, editor->columns[3], _ ("Digits of the value"), DIGITS, DIGITS, value);
  row->decimals = add_choice (box, editor->columns[4], _ ("Value of the last digit"), DECIMALS,
                              decimals, places);
  row->inner = gtk_check_button_new ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->inner), label->inner != 0);
  quay_ui_set_label (row->inner, _ ("Check digit inside"));
  gtk_widget_set_tooltip_text (row->inner, _ ("Check digit inside"));
  gtk_box_append (GTK_BOX (box), row->inner);
  GtkWidget *remove = quay_ui_icon_button ("trash", _ ("Remove this layout"), "flat");
  gtk_box_append (GTK_BOX (box), remove);
  g_object_set_data_full (G_OBJECT (box), "quay-row", row, g_free);
  g_signal_connect (row->kind, "notify::selected", G_CALLBACK (kind_cb), row);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), editor);
  kind_cb (NULL, NULL, row);
  gtk_box_append (GTK_BOX (editor->rows), box);
}

static char *
read_rows (QuayLabelEditor *editor)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (GtkWidget *box = gtk_widget_get_first_child (editor->rows); box != NULL;
       box = gtk_widget_get_next_sibling (box))
    {
      const LabelRow *row = g_object_get_data (G_OBJECT (box), "quay-row");
      const char *kind = quay_form_get_choice (row->kind);
      gboolean own = g_str_equal (kind, "own");
      gboolean inner = gtk_check_button_get_active (GTK_CHECK_BUTTON (row->inner));
      g_string_append_printf (text, "%s%s:%s:%s:%s:%s:%d", text->len > 0 ? "," : "",
                              quay_form_get_choice (row->prefix),
                              own ? "10" : quay_form_get_choice (row->item),
                              own ? "0" : quay_form_get_choice (row->value), kind,
                              own ? "0" : quay_form_get_choice (row->decimals), !own && inner);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
save_cb (QuayLabelEditor *editor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_rows (editor);
  QuayScanRules rules = *quay_till_scan_rules (editor->till);
  gboolean sound = quay_scan_rules_set_labels (&rules, text, NULL);
  gtk_widget_set_visible (editor->fault, !sound);
  if (!sound)
    {
      quay_ui_set_text (editor->fault,
                        _ ("⚠ A layout does not fit: prefix, item, value and check digit must make "
                           "13 digits together, and each prefix may be there once."));
      return;
    }
  g_autofree char *kept = quay_scan_rules_dup_labels (&rules); /* each prefix with two digits */
  if (!quay_till_set_setting (editor->till, "shop.scan_prefixes", kept, &error))
    quay_ui_show_error (GTK_WIDGET (editor), _ ("The setting was not kept"), error);
  else
    quay_ui_toast (GTK_WIDGET (editor), _ ("Saved."));
}

static void
add_cb (QuayLabelEditor *editor)
{
  const QuayScanLabel label = { 23, 5, 5, QUAY_SCAN_LABEL_WEIGHT, 3, 0 };
  add_row (editor, &label);
}

static void
quay_label_editor_dispose (GObject *object)
{
  QuayLabelEditor *editor = QUAY_LABEL_EDITOR (object);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&editor->columns[i]);
  g_clear_object (&editor->till);
  G_OBJECT_CLASS (quay_label_editor_parent_class)->dispose (object);
}

static void
quay_label_editor_class_init (QuayLabelEditorClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_label_editor_dispose;
}

static GtkWidget *
build_head (QuayLabelEditor *editor)
{
  const char *titles[N_COLUMNS] = { _ ("Prefix"), _ ("Holds"), _ ("Item digits"),
                                    _ ("Value digits"), _ ("Last digit") };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *title = quay_ui_label (titles[i], "form-title");
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_size_group_add_widget (editor->columns[i], title);
      gtk_box_append (GTK_BOX (head), title);
    }
  GtkWidget *check = quay_ui_label (_ ("Check"), "form-title");
  gtk_label_set_ellipsize (GTK_LABEL (check), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (check, _ ("Check digit inside"));
  gtk_box_append (GTK_BOX (head), check);
  return head;
}

static void
quay_label_editor_init (QuayLabelEditor *editor)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *save = quay_ui_button (NULL, _ ("Save the layouts"), NULL, "action small");
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("Add a layout"), NULL, "plain");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (editor), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (editor), 8);
  for (guint i = 0; i < N_COLUMNS; i++)
    editor->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  editor->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  editor->fault = quay_ui_wrapped_label (NULL, "fault", 60, 4);
  gtk_widget_set_visible (editor->fault, FALSE);
  gtk_box_append (GTK_BOX (editor), build_head (editor));
  gtk_box_append (GTK_BOX (editor), editor->rows);
  gtk_box_append (GTK_BOX (editor), editor->fault);
  gtk_box_append (GTK_BOX (foot), save);
  gtk_box_append (GTK_BOX (foot), add);
  gtk_box_append (GTK_BOX (editor), foot);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), editor);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), editor);
}

GtkWidget *
quay_label_editor_new (QuayTill *till)
{
  QuayLabelEditor *editor = g_object_new (QUAY_TYPE_LABEL_EDITOR, NULL);
  const QuayScanRules *rules = quay_till_scan_rules (till);
  editor->till = g_object_ref (till);
  for (guint i = 0; i < rules->n_labels; i++)
    add_row (editor, &rules->labels[i]);
  return GTK_WIDGET (editor);
}
