/* Names, labels and buttons of all pages. */
#include "quay-ui.h"
#include "quay-caption.h"

void
quay_ui_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

void
quay_ui_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

void
quay_ui_set_id (GtkWidget *widget, const char *id)
{
  gtk_widget_set_name (widget, id);
}

void
quay_ui_stack_show (GtkWidget *stack, GtkWidget *page)
{
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (stack), page);
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != page)
      gtk_widget_set_visible (child, FALSE);
}

void
quay_ui_toggle_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
add_classes (GtkWidget *widget, const char *classes)
{
  if (classes == NULL)
    return;
  g_auto (GStrv) list = g_strsplit (classes, " ", -1);
  for (guint i = 0; list[i] != NULL; i++)
    if (list[i][0] != '\0')
      gtk_widget_add_css_class (widget, list[i]);
}

GtkWidget *
quay_ui_label (const char *text, const char *classes)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  add_classes (label, classes);
  return label;
}

GtkWidget *
quay_ui_wrapped_label (const char *text, const char *classes, int width, int lines)
{
  GtkWidget *label = quay_ui_label (text, classes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (width, 12));
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  return label;
}

GtkWidget *
quay_ui_number_label (const char *classes)
{
  GtkWidget *label = quay_ui_label (NULL, classes);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "num");
  return label;
}

void
quay_ui_set_text (GtkWidget *label, const char *text)
{
  if (QUAY_IS_CAPTION (label))
    quay_caption_set (QUAY_CAPTION (label), text);
  else if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

void
quay_ui_set_money (GtkWidget *label, QuayMoney amount, QuayMoneyStyle style)
{
  g_autofree char *text = quay_format_money (amount, style);
  quay_ui_set_text (label, text);
}

void
quay_ui_set_qty (GtkWidget *label, QuayQty qty, const char *unit)
{
  g_autofree char *text = quay_format_qty (qty, unit);
  quay_ui_set_text (label, text);
}

char *
quay_ui_keep_units (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = name; *p != '\0'; p++)
    {
      gboolean unit = *p == ' ' && p > name && g_ascii_isdigit (p[-1]) && g_ascii_isalpha (p[1]);
      if (unit)
        g_string_append (out, QUAY_NBSP);
      else
        g_string_append_c (out, *p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GtkWidget *
quay_ui_key_hint (const char *key)
{
  GtkWidget *label = quay_ui_label (key, "key-hint");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

GtkWidget *
quay_ui_icon (const char *icon, const char *classes)
{
  g_autofree char *name = g_strdup_printf ("quay-%s-symbolic", icon);
  GtkWidget *image = gtk_image_new_from_icon_name (name);
  add_classes (image, classes);
  return image;
}

void
quay_ui_hide_parts (GtkWidget *inside)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_can_target (inside, FALSE);
}

GtkWidget *
quay_ui_button (const char *icon, const char *text, const char *key, const char *classes)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (box), quay_ui_icon (icon, NULL));
  if (text != NULL)
    {
      GtkWidget *label = quay_ui_label (text, NULL);
      gtk_box_append (GTK_BOX (box), label);
      g_object_set_data (G_OBJECT (button), "quay-label", label);
      quay_ui_set_label (button, text);
    }
  if (key != NULL)
    gtk_box_append (GTK_BOX (box), quay_ui_key_hint (key));
  quay_ui_hide_parts (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  add_classes (button, classes);
  return button;
}

GtkWidget *
quay_ui_icon_button (const char *icon, const char *label, const char *classes)
{
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), quay_ui_icon (icon, NULL));
  quay_ui_hide_parts (gtk_button_get_child (GTK_BUTTON (button)));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "icon");
  add_classes (button, classes);
  gtk_widget_set_tooltip_text (button, label);
  quay_ui_set_label (button, label);
  return button;
}

void
quay_ui_button_set_text (GtkWidget *button, const char *text)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (button), "quay-label");
  g_return_if_fail (label != NULL);
  const char *shown = QUAY_IS_CAPTION (label) ? quay_caption_get (QUAY_CAPTION (label))
                                              : gtk_label_get_text (GTK_LABEL (label));
  if (g_strcmp0 (shown, text) == 0)
    return;
  quay_ui_set_text (label, text);
  quay_ui_set_label (button, text);
}

GtkWidget *
quay_ui_page_header (const char *title)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = quay_ui_label (title, "title");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (header, "page-header");
  gtk_box_append (GTK_BOX (header), label);
  return header;
}

void
quay_ui_page_header_add (GtkWidget *header, GtkWidget *child)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (header), child);
}

GtkWidget *
quay_ui_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
quay_ui_desk (const char *label, GtkWidget **paper, GtkWidget **fault)
{
  GtkWidget *desk = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  *paper = gtk_picture_new ();
  *fault = quay_ui_wrapped_label (NULL, "fault", 40, 4);
  gtk_picture_set_can_shrink (GTK_PICTURE (*paper), TRUE);
  gtk_widget_set_halign (*paper, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (*paper, GTK_ALIGN_START);
  gtk_widget_add_css_class (*paper, "paper");
  gtk_widget_add_css_class (desk, "desk");
  quay_ui_set_label (*paper, label);
  gtk_box_append (GTK_BOX (desk), *fault);
  gtk_box_append (GTK_BOX (desk), *paper);
  return quay_ui_scrolled (desk);
}

GtkWidget *
quay_ui_table_card (GtkWidget *table)
{
  GtkWidget *scrolled = quay_ui_scrolled (table);
  gtk_widget_add_css_class (scrolled, "table-card");
  return scrolled;
}

GtkWidget *
quay_ui_empty (const char *icon, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (box, "empty");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (box), quay_ui_icon (icon, NULL));
  GtkWidget *heading = quay_ui_wrapped_label (title, "empty-title", 40, 2);
  gtk_label_set_xalign (GTK_LABEL (heading), 0.5);
  gtk_label_set_justify (GTK_LABEL (heading), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), heading);
  if (text != NULL)
    {
      GtkWidget *label = quay_ui_wrapped_label (text, "dim", 46, 5);
      gtk_label_set_xalign (GTK_LABEL (label), 0.5);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}
