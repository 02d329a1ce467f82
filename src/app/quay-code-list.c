/* The barcodes of a product. A code of 8, 12, 13 or 14 digits must have the right check digit:
 * a misread code bound to a product would sell the wrong goods for years. Other codes are the
 * shop's own and taken as they are. Main thread. */
#include "quay-code-list.h"

#include "quay-barcode.h"
#include "quay-form.h"
#include "quay-ui.h"

#include <string.h>

#define MAX_CODE 128

struct _QuayCodeList
{
  GtkBox parent;
  GtkWidget *chips;
  GtkWidget *entry;
  GPtrArray *codes; /* char* */
};

G_DEFINE_FINAL_TYPE (QuayCodeList, quay_code_list, GTK_TYPE_BOX)

static void show_chips (QuayCodeList *list);

static void
remove_cb (GtkButton *button, QuayCodeList *list)
{
  const char *code = g_object_get_data (G_OBJECT (button), "quay-code");
  for (guint i = 0; i < list->codes->len; i++)
    if (g_str_equal (list->codes->pdata[i], code))
      {
        g_ptr_array_remove_index (list->codes, i);
        break;
      }
  show_chips (list);
  gtk_widget_grab_focus (list->entry);
}

static GtkWidget *
build_chip (QuayCodeList *list, const char *code)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = quay_ui_label (code, "num");
  g_autofree char *what = g_strdup_printf (_ ("Remove %s"), code);
  GtkWidget *button = quay_ui_icon_button ("x-lg", what, "flat");
  gtk_widget_add_css_class (chip, "code-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  g_object_set_data_full (G_OBJECT (button), "quay-code", g_strdup (code), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), list);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
show_chips (QuayCodeList *list)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (list->chips)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (list->chips), child);
  for (guint i = 0; i < list->codes->len; i++)
    {
      gtk_flow_box_append (GTK_FLOW_BOX (list->chips), build_chip (list, list->codes->pdata[i]));
      GtkFlowBoxChild *last = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (list->chips), (int)i);
      gtk_widget_set_focusable (GTK_WIDGET (last), FALSE);
    }
  gtk_widget_set_visible (list->chips, list->codes->len > 0);
}

static gboolean
has_code (QuayCodeList *list, const char *code)
{
  for (guint i = 0; i < list->codes->len; i++)
    if (g_str_equal (list->codes->pdata[i], code))
      return TRUE;
  return FALSE;
}

/* NULL if @code may be bound; else what is wrong with it. */
static const char *
find_fault (QuayCodeList *list, const char *code)
{
  gsize len = strlen (code);
  gboolean gtin = len == 8 || len == 12 || len == 13 || len == 14;
  if (has_code (list, code))
    return _ ("This code is in the list already.");
  if (len > MAX_CODE || strchr (code, '|') != NULL)
    return _ ("This is not a code that can be kept.");
  if (gtin && strspn (code, "0123456789") == len && !quay_gtin_is_valid (code, len))
    return _ ("The last digit does not fit: the code was misread or mistyped.");
  return NULL;
}

gboolean
quay_code_list_add (QuayCodeList *list, const char *code)
{
  g_return_val_if_fail (QUAY_IS_CODE_LIST (list), FALSE);
  g_autofree char *trimmed = g_strstrip (g_strdup (code));
  if (trimmed[0] == '\0')
    return TRUE;
  const char *fault = find_fault (list, trimmed);
  quay_form_set_fault (GTK_WIDGET (list), fault);
  quay_ui_toggle_class (list->entry, "bad", fault != NULL);
  if (fault != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (list->entry), trimmed);
      return FALSE;
    }
  g_ptr_array_add (list->codes, g_steal_pointer (&trimmed));
  gtk_editable_set_text (GTK_EDITABLE (list->entry), "");
  show_chips (list);
  return TRUE;
}

static void
add_cb (QuayCodeList *list)
{
  g_autofree char *text = g_strdup (quay_form_text (list->entry));
  quay_code_list_add (list, text);
}

static void
quay_code_list_finalize (GObject *object)
{
  g_ptr_array_unref (QUAY_CODE_LIST (object)->codes);
  G_OBJECT_CLASS (quay_code_list_parent_class)->finalize (object);
}

static gboolean
quay_code_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_CODE_LIST (widget)->entry);
}

static void
quay_code_list_class_init (QuayCodeListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_code_list_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_code_list_grab_focus;
}

static void
quay_code_list_init (QuayCodeList *list)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = quay_ui_icon_button ("plus-lg", _ ("Add this barcode"), NULL);
  list->codes = g_ptr_array_new_with_free_func (g_free);
  list->chips = gtk_flow_box_new ();
  list->entry = quay_ui_code_entry (_ ("New barcode"));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (list), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (list), 6);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (list->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (list->chips), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (list->chips), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (list->chips), 6);
  gtk_widget_set_halign (list->chips, GTK_ALIGN_START);
  gtk_widget_set_visible (list->chips, FALSE);
  gtk_widget_set_hexpand (list->entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (list->entry), _ ("Scan or type a barcode"));
  quay_ui_set_id (list->entry, "new-barcode");
  gtk_box_append (GTK_BOX (line), list->entry);
  gtk_box_append (GTK_BOX (line), add);
  gtk_box_append (GTK_BOX (list), list->chips);
  gtk_box_append (GTK_BOX (list), line);
  g_signal_connect_swapped (list->entry, "activate", G_CALLBACK (add_cb), list);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), list);
}

void
quay_code_list_set_text (QuayCodeList *list, const char *codes)
{
  g_return_if_fail (QUAY_IS_CODE_LIST (list));
  g_auto (GStrv) parts = g_strsplit (codes != NULL ? codes : "", "|", -1);
  g_ptr_array_set_size (list->codes, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strstrip (parts[i])[0] != '\0')
      g_ptr_array_add (list->codes, g_strdup (parts[i]));
  gtk_editable_set_text (GTK_EDITABLE (list->entry), "");
  show_chips (list);
}

char *
quay_code_list_dup_text (QuayCodeList *list)
{
  g_return_val_if_fail (QUAY_IS_CODE_LIST (list), NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *typed = g_strstrip (g_strdup (quay_form_text (list->entry)));
  for (guint i = 0; i < list->codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (char *)list->codes->pdata[i]);
  if (typed[0] != '\0' && !has_code (list, typed))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", typed);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
