/* Chips over a stack of pages. Main thread. */
#include "quay-section.h"

#include "quay-ui.h"

struct _QuaySection
{
  GtkBox parent_instance;

  GtkWidget *chips;
  GtkWidget *stack;
  QuayTill *till; /* owned */
  const QuaySectionTab *tabs;
  guint n;
};

G_DEFINE_FINAL_TYPE (QuaySection, quay_section, GTK_TYPE_BOX)

static void
quay_section_dispose (GObject *object)
{
  QuaySection *self = QUAY_SECTION (object);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_box_remove (GTK_BOX (self), child);
  g_clear_object (&self->till);
  G_OBJECT_CLASS (quay_section_parent_class)->dispose (object);
}

static gboolean
quay_section_grab_focus (GtkWidget *widget)
{
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (QUAY_SECTION (widget)->stack));
  return page != NULL && gtk_widget_grab_focus (page);
}

static int
find_tab (QuaySection *self, const char *name)
{
  for (guint i = 0; i < self->n; i++)
    if (g_strcmp0 (self->tabs[i].name, name) == 0)
      return (int)i;
  return -1;
}

static GtkWidget *
need_page (QuaySection *self, guint tab)
{
  const char *name = self->tabs[tab].name;
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (self->stack), name);
  if (page == NULL)
    {
      page = self->tabs[tab].make (self->till);
      gtk_stack_add_named (GTK_STACK (self->stack), page, name);
    }
  return page;
}

static GtkWidget *
find_chip (QuaySection *self, guint tab)
{
  GtkWidget *chip = gtk_widget_get_first_child (self->chips);
  for (guint i = 0; i < tab && chip != NULL; i++)
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

GtkWidget *
quay_section_go_to (QuaySection *self, const char *name)
{
  int tab = find_tab (self, name);
  if (tab < 0)
    return NULL;
  GtkWidget *page = need_page (self, (guint)tab);
  quay_ui_stack_show (self->stack, page);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_chip (self, (guint)tab)), TRUE);
  gtk_widget_grab_focus (page);
  return page;
}

GtkWidget *
quay_section_shown (QuaySection *self)
{
  return gtk_stack_get_visible_child (GTK_STACK (self->stack));
}

void
quay_section_set_count (QuaySection *self, const char *name, guint n)
{
  int tab = find_tab (self, name);
  if (tab < 0)
    return;
  GtkWidget *chip = find_chip (self, (guint)tab);
  g_autofree char *text = n > 0 ? g_strdup_printf ("%s (%u)", _ (self->tabs[tab].text), n)
                                : g_strdup (_ (self->tabs[tab].text));
  gtk_button_set_label (GTK_BUTTON (chip), text);
  quay_ui_toggle_class (chip, "warn", n > 0);
}

QuaySection *
quay_section_of (GtkWidget *widget)
{
  GtkWidget *section = gtk_widget_get_ancestor (widget, QUAY_TYPE_SECTION);
  return section != NULL ? QUAY_SECTION (section) : NULL;
}

static void
chip_cb (GtkToggleButton *chip, gpointer data)
{
  QuaySection *self = data;
  const char *name = g_object_get_data (G_OBJECT (chip), "quay-tab");
  if (gtk_toggle_button_get_active (chip) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), name) != 0)
    quay_section_go_to (self, name);
}

static void
step_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuaySection *self = QUAY_SECTION (widget);
  int now = find_tab (self, gtk_stack_get_visible_child_name (GTK_STACK (self->stack)));
  int next = now + g_variant_get_int32 (parameter);
  if (next >= 0 && next < (int)self->n)
    quay_section_go_to (self, self->tabs[next].name);
}

static void
quay_section_class_init (QuaySectionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_section_dispose;
  widget_class->grab_focus = quay_section_grab_focus;
  gtk_widget_class_install_action (widget_class, "section.step", "i", step_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK,
                                       "section.step", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "section.step", "i", 1);
}

static void
quay_section_init (QuaySection *self)
{
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->stack = gtk_stack_new ();
}

static void
add_chips (QuaySection *self)
{
  GtkWidget *group = NULL;
  for (guint i = 0; i < self->n; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_ (self->tabs[i].text));
      g_autofree char *id = g_strdup_printf ("tab-%s", self->tabs[i].name);
      quay_ui_set_id (chip, id);
      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data (G_OBJECT (chip), "quay-tab", (gpointer)self->tabs[i].name);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      group = group != NULL ? group : chip;
      g_signal_connect (chip, "toggled", G_CALLBACK (chip_cb), self);
      gtk_box_append (GTK_BOX (self->chips), chip);
    }
}

GtkWidget *
quay_section_new (QuayTill *till, const char *title, const QuaySectionTab *tabs, guint n)
{
  QuaySection *self = g_object_new (QUAY_TYPE_SECTION, NULL);
  GtkWidget *head = quay_ui_page_header (title);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  self->till = g_object_ref (till);
  self->tabs = tabs;
  self->n = n;
  add_chips (self);
  quay_ui_page_header_add (head, self->chips);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->stack);
  quay_section_go_to (self, tabs[0].name);
  return GTK_WIDGET (self);
}
