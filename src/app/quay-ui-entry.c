/* Entries and form rows. Entries for codes and numbers have no input method: under Telex "aa" would
 * become "â", and a scan must never be touched. */
#include "quay-ui.h"

#include <string.h>

GtkWidget *
quay_ui_entry (const char *label)
{
  GtkWidget *entry = gtk_entry_new ();
  quay_ui_set_label (entry, label);
  return entry;
}

GtkWidget *
quay_ui_search_entry (const char *label, const char *placeholder)
{
  GtkWidget *entry = quay_ui_entry (label);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_PRIMARY,
                                     "quay-search-symbolic");
  return entry;
}

GtkWidget *
quay_ui_code_entry (const char *label)
{
  GtkWidget *entry = quay_ui_entry (label);
  g_object_set (entry, "im-module", "gtk-im-context-simple", NULL);
  gtk_widget_add_css_class (entry, "num");
  return entry;
}

/* The digits of a text with dots between groups of three; NULL if there is anything but digits and
 * separators: the user is writing "35k". */
static char *
group_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (*p != '.' && *p != ' ' && *p != ',')
        return NULL;
    }
  while (digits->len > 1 && digits->str[0] == '0')
    g_string_erase (digits, 0, 1);
  for (gssize at = (gssize)digits->len - 3; at > 0; at -= 3)
    g_string_insert_c (digits, at, '.');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static gboolean
group_cb (gpointer data)
{
  GtkEditable *entry = data;
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *grouped = group_digits (text);
  g_object_set_data (G_OBJECT (entry), "quay-grouping", NULL);
  if (grouped == NULL || g_str_equal (grouped, text))
    return G_SOURCE_REMOVE;
  int after = (int)g_utf8_strlen (text, -1) - gtk_editable_get_position (entry);
  gtk_editable_set_text (entry, grouped);
  gtk_editable_set_position (entry, MAX ((int)strlen (grouped) - after, 0));
  return G_SOURCE_REMOVE;
}

/* The caret is moved only after the text was told to have changed, so the dots wait for that. */
static void
money_changed_cb (GtkEditable *entry, gpointer data)
{
  if (g_object_get_data (G_OBJECT (entry), "quay-grouping") != NULL)
    return;
  g_object_set_data (G_OBJECT (entry), "quay-grouping", entry);
  g_idle_add_full (G_PRIORITY_HIGH, group_cb, g_object_ref (entry), g_object_unref);
}

GtkWidget *
quay_ui_money_entry (const char *label)
{
  GtkWidget *entry = quay_ui_code_entry (label);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 24);
  g_signal_connect (entry, "changed", G_CALLBACK (money_changed_cb), NULL);
  return entry;
}

gboolean
quay_ui_money_entry_get (GtkWidget *entry, QuayMoney *out)
{
  *out = QUAY_DONG (0);
  return quay_parse_money (gtk_editable_get_text (GTK_EDITABLE (entry)), out, NULL);
}

void
quay_ui_money_entry_set (GtkWidget *entry, QuayMoney amount)
{
  g_autofree char *text = quay_format_money (amount, QUAY_MONEY_BARE);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

GtkWidget *
quay_ui_choice (const char *label, const char *const *labels)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (labels);
  quay_ui_set_label (choice, label);
  return choice;
}

GtkWidget *
quay_ui_form_row (const char *title, GtkWidget *control, const char *hint)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *foot = quay_ui_wrapped_label (hint, "form-hint", 60, 3);
  gtk_box_append (GTK_BOX (row), quay_ui_label (title, "form-title"));
  gtk_box_append (GTK_BOX (row), control);
  gtk_box_append (GTK_BOX (row), foot);
  gtk_widget_set_visible (foot, hint != NULL);
  g_object_set_data (G_OBJECT (row), "quay-foot", foot);
  g_object_set_data (G_OBJECT (row), "quay-control", control);
  g_object_set_data_full (G_OBJECT (row), "quay-hint", g_strdup (hint), g_free);
  return row;
}

void
quay_ui_form_row_set_fault (GtkWidget *row, const char *fault)
{
  GtkWidget *foot = g_object_get_data (G_OBJECT (row), "quay-foot");
  GtkWidget *control = g_object_get_data (G_OBJECT (row), "quay-control");
  const char *hint = g_object_get_data (G_OBJECT (row), "quay-hint");
  g_autofree char *marked = fault != NULL ? g_strconcat ("⚠ ", fault, NULL) : NULL;
  quay_ui_set_text (foot, marked != NULL ? marked : hint);
  quay_ui_toggle_class (foot, "fault", fault != NULL);
  quay_ui_toggle_class (foot, "form-hint", fault == NULL);
  quay_ui_toggle_class (control, "bad", fault != NULL);
  gtk_widget_set_visible (foot, fault != NULL || hint != NULL);
}

gboolean
quay_ui_form_row_check (GtkWidget *row, gboolean sound, const char *fault)
{
  quay_ui_form_row_set_fault (row, sound ? NULL : fault);
  if (!sound)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (row), "quay-control"));
  return sound;
}
