/* Forms made from templates. A row is a vertical box of class "form-row" whose first child is the
 * title and whose second is the control; what is told under it is made when it is first needed.
 * Main thread. */
#include "quay-form.h"

#include "quay-language.h"
#include "quay-suggest-entry.h"
#include "quay-ui.h"

#include <string.h>

/* What a refusal means, by its code. */
static const struct
{
  const char *code;
  const char *text;
} REASONS[] = {
  { "empty", N_ ("This must not be empty.") },
  { "text", N_ ("This is too long, or has signs that cannot be kept.") },
  { "number", N_ ("This is not a number.") },
  { "money", N_ ("This is not an amount in whole đồng.") },
  { "day", N_ ("This is not a day: write it as 31/12/2026.") },
  { "range", N_ ("This is beyond what is allowed.") },
  { "check-digit", N_ ("The last digit does not fit: the code was misread or mistyped.") },
  { "taken", N_ ("Another product has this already.") },
  { "unknown-class", N_ ("There is no such VAT class.") },
  { "unknown-commune", N_ ("There is no such commune today. Type part of its name, then choose.") },
  { "no-producer", N_ ("A commune belongs to a producer: name one first.") },
  { "phone", N_ ("A phone number has 9 to 11 digits and begins with 0.") },
  { "phone-taken", N_ ("Another customer has this number.") },
  { "not-here", N_ ("The name has not come from the other till yet.") },
};

char *
quay_form_refusal_text (const QuayRefusal *refusal)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_strcmp0 (REASONS[i].code, refusal->code) == 0)
      return g_strdup (_ (REASONS[i].text));
  return g_strdup (quay_language_get ()[0] == 'v' && refusal->why_vi != NULL ? refusal->why_vi
                                                                             : refusal->why);
}

gboolean
quay_form_show_refusal (GtkWidget *row, const char *column, GPtrArray *refusals)
{
  g_autofree char *text = NULL;
  for (guint i = 0; refusals != NULL && i < refusals->len && text == NULL; i++)
    {
      const QuayRefusal *refusal = refusals->pdata[i];
      if (g_strcmp0 (refusal->column, column) == 0)
        text = quay_form_refusal_text (refusal);
    }
  quay_ui_form_row_set_fault (row, text);
  return text != NULL;
}

char *
quay_form_tax_code_fault (const char *text)
{
  g_autofree char *code = g_strstrip (g_strdup (text));
  gsize len = strlen (code);
  gsize digits = strspn (code, "0123456789");
  if (len == 0 || (digits == len && (len == 10 || len == 12 || len == 13)))
    return NULL;
  if (len == 14 && digits == 10 && code[10] == '-' && strspn (code + 11, "0123456789") == 3)
    return NULL;
  return g_strdup (_ ("A tax code has 10 digits, 10 and 3, or 12."));
}

static void
prepare_row (GtkWidget *row)
{
  GtkWidget *title = gtk_widget_get_first_child (row);
  GtkWidget *control = title != NULL ? gtk_widget_get_next_sibling (title) : NULL;
  if (!GTK_IS_LABEL (title))
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (row), 3);
  /* As high as its neighbours, whatever is told under the control: Tab goes by their middles. */
  gtk_widget_set_valign (row, GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (row, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "form-title");
  if (QUAY_IS_SUGGEST_ENTRY (control))
    control = GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (control)));
  if (control == NULL)
    return;
  quay_ui_set_label (control, gtk_label_get_text (GTK_LABEL (title)));
  if (GTK_IS_ENTRY (control))
    gtk_editable_set_width_chars (GTK_EDITABLE (control), 6);
}

void
quay_form_prepare (GtkWidget *root)
{
  if (gtk_widget_has_css_class (root, "form-row"))
    prepare_row (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    quay_form_prepare (child);
}

static GtkWidget *
find_row (GtkWidget *control)
{
  while (control != NULL && !gtk_widget_has_css_class (control, "form-row"))
    control = gtk_widget_get_parent (control);
  return control;
}

/* The label under a control; made when it is needed. */
static GtkWidget *
find_foot (GtkWidget *row, gboolean make)
{
  GtkWidget *foot = g_object_get_data (G_OBJECT (row), "quay-foot");
  if (foot == NULL && make)
    {
      foot = quay_ui_wrapped_label (NULL, NULL, 24, 3);
      gtk_box_append (GTK_BOX (row), foot);
      g_object_set_data (G_OBJECT (row), "quay-foot", foot);
    }
  return foot;
}

static void
show_foot (GtkWidget *row, const char *fault)
{
  const char *hint = g_object_get_data (G_OBJECT (row), "quay-hint");
  gboolean any = fault != NULL || hint != NULL;
  GtkWidget *foot = find_foot (row, any);
  if (foot == NULL)
    return;
  g_autofree char *marked = fault != NULL ? g_strconcat ("⚠ ", fault, NULL) : NULL;
  quay_ui_set_text (foot, marked != NULL ? marked : hint);
  quay_ui_toggle_class (foot, "fault", fault != NULL);
  quay_ui_toggle_class (foot, "form-hint", fault == NULL);
  gtk_widget_set_visible (foot, any);
}

void
quay_form_set_fault (GtkWidget *control, const char *fault)
{
  GtkWidget *row = find_row (control);
  g_return_if_fail (row != NULL);
  quay_ui_toggle_class (control, "bad", fault != NULL);
  show_foot (row, fault);
}

void
quay_form_set_hint (GtkWidget *control, const char *hint)
{
  GtkWidget *row = find_row (control);
  g_return_if_fail (row != NULL);
  g_object_set_data_full (G_OBJECT (row), "quay-hint", g_strdup (hint), g_free);
  show_foot (row, NULL);
}

void
quay_form_fill_choice (GtkWidget *choice, const char *const *codes, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (copy, g_strdup (codes[i]));
  g_object_set_data_full (G_OBJECT (choice), "quay-codes", copy, (GDestroyNotify)g_ptr_array_unref);
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (list));
}

const char *
quay_form_get_choice (GtkWidget *choice)
{
  GPtrArray *codes = g_object_get_data (G_OBJECT (choice), "quay-codes");
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return codes != NULL && at < codes->len ? codes->pdata[at] : "";
}

void
quay_form_set_choice (GtkWidget *choice, const char *code)
{
  GPtrArray *codes = g_object_get_data (G_OBJECT (choice), "quay-codes");
  guint at = 0;
  g_return_if_fail (codes != NULL);
  while (at < codes->len && g_strcmp0 (codes->pdata[at], code != NULL ? code : "") != 0)
    at++;
  if (at == codes->len)
    {
      GListModel *list = gtk_drop_down_get_model (GTK_DROP_DOWN (choice));
      if (code == NULL || code[0] == '\0')
        {
          gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), GTK_INVALID_LIST_POSITION);
          return;
        }
      g_ptr_array_add (codes, g_strdup (code));
      gtk_string_list_append (GTK_STRING_LIST (list), code);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), at);
}

const char *
quay_form_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}
