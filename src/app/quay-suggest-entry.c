/* An entry that proposes known values while one types. The list is a popover that never takes the
 * keyboard: Down and Up choose, Enter or Tab takes, Escape closes it and nothing else.
 * GTK's own completion is on its way out and compares letters with their marks. */
#include "quay-suggest-entry.h"

#include "quay-text.h"

#define MAX_SHOWN 8

struct _QuaySuggestEntry
{
  GtkBox parent;
  GtkWidget *entry;
  GtkWidget *popover;
  GtkWidget *list;
  GPtrArray *values;        /* char* */
  GPtrArray *keys;          /* char*: their search keys */
  GStrv codes;              /* what they stand for; NULL: themselves */
  QuaySuggestSource source; /* NULL: the values are fixed */
  gpointer source_data;
  gboolean taking; /* the text changes because a proposal was taken */
};

G_DEFINE_FINAL_TYPE (QuaySuggestEntry, quay_suggest_entry, GTK_TYPE_BOX)

static void
clear_list (QuaySuggestEntry *suggest)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (suggest->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (suggest->list), row);
}

static void
add_row (QuaySuggestEntry *suggest, const char *value)
{
  GtkWidget *label = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_append (GTK_LIST_BOX (suggest->list), label);
}

/* Fills the list with what has all the words typed; FALSE if there is nothing to choose. */
static gboolean
fill_list (QuaySuggestEntry *suggest)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (suggest->entry));
  g_autofree char *key = quay_text_search_key (text);
  g_auto (GStrv) words = g_strsplit (key, " ", -1);
  guint shown = 0;
  if (suggest->source != NULL)
    suggest->source (suggest, text, suggest->source_data);
  clear_list (suggest);
  for (guint i = 0; i < suggest->values->len && shown < MAX_SHOWN; i++)
    {
      gboolean all = TRUE;
      for (guint w = 0; words[w] != NULL && all; w++)
        all = strstr (suggest->keys->pdata[i], words[w]) != NULL;
      if (!all)
        continue;
      if (g_str_equal (suggest->values->pdata[i], text))
        return FALSE;
      add_row (suggest, suggest->values->pdata[i]);
      shown++;
    }
  return shown > 0;
}

static void
show_list (QuaySuggestEntry *suggest)
{
  if (!gtk_widget_get_mapped (suggest->entry) || !fill_list (suggest))
    {
      gtk_popover_popdown (GTK_POPOVER (suggest->popover));
      return;
    }
  int width = gtk_widget_get_width (suggest->entry);
  gtk_widget_set_size_request (suggest->list, MAX (width - 20, 120), -1);
  /* A popover that is open keeps its size unless it is opened anew. */
  if (gtk_widget_get_visible (suggest->popover))
    gtk_popover_popdown (GTK_POPOVER (suggest->popover));
  gtk_popover_popup (GTK_POPOVER (suggest->popover));
}

static void
take_row (QuaySuggestEntry *suggest, GtkListBoxRow *row)
{
  g_autofree char *value =
      g_strdup (gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row))));
  suggest->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (suggest->entry), value);
  gtk_editable_set_position (GTK_EDITABLE (suggest->entry), -1);
  suggest->taking = FALSE;
  gtk_popover_popdown (GTK_POPOVER (suggest->popover));
}

static void
changed_cb (GtkEditable *editable, QuaySuggestEntry *suggest)
{
  if (!suggest->taking && gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (editable))))
    show_list (suggest);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, QuaySuggestEntry *suggest)
{
  take_row (suggest, row);
}

static void
leave_cb (GtkEventControllerFocus *focus, QuaySuggestEntry *suggest)
{
  gtk_popover_popdown (GTK_POPOVER (suggest->popover));
}

static void
move_selection (QuaySuggestEntry *suggest, int step)
{
  GtkListBox *list = GTK_LIST_BOX (suggest->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) + step : (step > 0 ? 0 : -1);
  GtkListBoxRow *next = at >= 0 ? gtk_list_box_get_row_at_index (list, at) : NULL;
  if (next != NULL)
    gtk_list_box_select_row (list, next);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        QuaySuggestEntry *suggest)
{
  gboolean open = gtk_widget_get_visible (suggest->popover);
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    {
      if (open)
        move_selection (suggest, key == GDK_KEY_Down ? 1 : -1);
      else
        show_list (suggest);
      return TRUE;
    }
  if (!open)
    return FALSE;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (suggest->list));
  if (key == GDK_KEY_Escape)
    {
      gtk_popover_popdown (GTK_POPOVER (suggest->popover));
      return TRUE;
    }
  if (row == NULL || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_Tab))
    return FALSE;
  take_row (suggest, row);
  return key != GDK_KEY_Tab;
}

static void
quay_suggest_entry_dispose (GObject *object)
{
  QuaySuggestEntry *suggest = QUAY_SUGGEST_ENTRY (object);
  g_clear_pointer (&suggest->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (quay_suggest_entry_parent_class)->dispose (object);
}

static void
quay_suggest_entry_finalize (GObject *object)
{
  QuaySuggestEntry *suggest = QUAY_SUGGEST_ENTRY (object);
  g_ptr_array_unref (suggest->values);
  g_ptr_array_unref (suggest->keys);
  g_strfreev (suggest->codes);
  G_OBJECT_CLASS (quay_suggest_entry_parent_class)->finalize (object);
}

static gboolean
quay_suggest_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SUGGEST_ENTRY (widget)->entry);
}

static void
quay_suggest_entry_class_init (QuaySuggestEntryClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_suggest_entry_dispose;
  G_OBJECT_CLASS (class)->finalize = quay_suggest_entry_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_suggest_entry_grab_focus;
}

static void
add_popover (QuaySuggestEntry *suggest)
{
  suggest->popover = gtk_popover_new ();
  suggest->list = gtk_list_box_new ();
  gtk_popover_set_autohide (GTK_POPOVER (suggest->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (suggest->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (suggest->popover), GTK_POS_BOTTOM);
  gtk_widget_add_css_class (suggest->popover, "suggest");
  gtk_widget_set_can_focus (suggest->popover, FALSE);
  gtk_popover_set_child (GTK_POPOVER (suggest->popover), suggest->list);
  gtk_widget_set_parent (suggest->popover, suggest->entry);
  g_signal_connect (suggest->list, "row-activated", G_CALLBACK (row_activated_cb), suggest);
}

static void
quay_suggest_entry_init (QuaySuggestEntry *suggest)
{
  suggest->values = g_ptr_array_new_with_free_func (g_free);
  suggest->keys = g_ptr_array_new_with_free_func (g_free);
  suggest->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (suggest->entry, TRUE);
  gtk_box_append (GTK_BOX (suggest), suggest->entry);
  add_popover (suggest);
  g_signal_connect (suggest->entry, "changed", G_CALLBACK (changed_cb), suggest);

  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), suggest);
  gtk_widget_add_controller (suggest->entry, keys);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), suggest);
  gtk_widget_add_controller (suggest->entry, focus);
}

void
quay_suggest_entry_set_values (QuaySuggestEntry *suggest, const char *const *values)
{
  g_return_if_fail (QUAY_IS_SUGGEST_ENTRY (suggest));
  g_ptr_array_set_size (suggest->values, 0);
  g_ptr_array_set_size (suggest->keys, 0);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_ptr_array_add (suggest->values, g_strdup (values[i]));
      g_ptr_array_add (suggest->keys, quay_text_search_key (values[i]));
    }
}

void
quay_suggest_entry_set_source (QuaySuggestEntry *suggest, QuaySuggestSource source, gpointer data)
{
  g_return_if_fail (QUAY_IS_SUGGEST_ENTRY (suggest));
  suggest->source = source;
  suggest->source_data = data;
}

void
quay_suggest_entry_set_coded (QuaySuggestEntry *suggest, const char *const *codes,
                              const char *const *names)
{
  quay_suggest_entry_set_values (suggest, names);
  g_strfreev (suggest->codes);
  suggest->codes = g_strdupv ((GStrv)codes);
}

char *
quay_suggest_entry_dup_value (QuaySuggestEntry *suggest)
{
  g_return_val_if_fail (QUAY_IS_SUGGEST_ENTRY (suggest), NULL);
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (suggest->entry))));
  g_autofree char *key = quay_text_search_key (text);
  for (guint i = 0; suggest->codes != NULL && i < suggest->values->len; i++)
    if (g_str_equal (suggest->keys->pdata[i], key))
      return g_strdup (suggest->codes[i]);
  return g_steal_pointer (&text);
}

void
quay_suggest_entry_set_value (QuaySuggestEntry *suggest, const char *value)
{
  g_return_if_fail (QUAY_IS_SUGGEST_ENTRY (suggest));
  const char *text = value;
  for (guint i = 0; suggest->codes != NULL && i < suggest->values->len; i++)
    if (g_strcmp0 (suggest->codes[i], value) == 0)
      text = suggest->values->pdata[i];
  gtk_editable_set_text (GTK_EDITABLE (suggest->entry), text != NULL ? text : "");
}

GtkEntry *
quay_suggest_entry_get_entry (QuaySuggestEntry *suggest)
{
  g_return_val_if_fail (QUAY_IS_SUGGEST_ENTRY (suggest), NULL);
  return GTK_ENTRY (suggest->entry);
}
