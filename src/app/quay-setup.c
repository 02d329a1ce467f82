/* First run, step one: the language, in both languages. The other steps are built afterwards, so
 * that they speak the language chosen. Main thread. */
#include "quay-setup.h"

#include "quay-language.h"
#include "quay-setup-form.h"
#include "quay-setup-join.h"
#include "quay-ui.h"

struct _QuayAssistant
{
  GtkBox parent;
  char *dir;
  GtkWidget *stack;
  GtkWidget *form; /* NULL until the language is chosen */
  GtkWidget *join; /* NULL until it is asked for */
  GtkWidget *first;
};

enum
{
  FINISHED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayAssistant, quay_assistant, GTK_TYPE_BOX)

static void
made_cb (QuayAssistant *setup)
{
  g_signal_emit (setup, signals[FINISHED], 0);
}

static void
back_cb (QuayAssistant *setup)
{
  gtk_stack_set_visible_child_name (GTK_STACK (setup->stack), "language");
  gtk_widget_grab_focus (setup->first);
}

static void
show_step (QuayAssistant *setup, GtkWidget *step)
{
  gtk_stack_set_visible_child (GTK_STACK (setup->stack), step);
  gtk_widget_grab_focus (step);
}

static void
alone_cb (QuayAssistant *setup)
{
  show_step (setup, setup->form);
}

static void
join_cb (QuayAssistant *setup)
{
  if (setup->join == NULL)
    {
      setup->join = quay_setup_join_new (setup->dir);
      g_signal_connect_swapped (setup->join, "made", G_CALLBACK (made_cb), setup);
      g_signal_connect_swapped (setup->join, "left", G_CALLBACK (alone_cb), setup);
      gtk_stack_add_named (GTK_STACK (setup->stack), setup->join, "join");
    }
  show_step (setup, setup->join);
}

/* The steps speak the language in which they are made. */
static void
forget_steps (QuayAssistant *setup)
{
  if (setup->form != NULL)
    gtk_stack_remove (GTK_STACK (setup->stack), setup->form);
  if (setup->join != NULL)
    gtk_stack_remove (GTK_STACK (setup->stack), setup->join);
  setup->form = setup->join = NULL;
}

static void
language_cb (GtkButton *button, QuayAssistant *setup)
{
  quay_language_set (gtk_widget_get_name (GTK_WIDGET (button)));
  forget_steps (setup);
  setup->form = quay_setup_form_new (setup->dir);
  g_signal_connect_swapped (setup->form, "made", G_CALLBACK (made_cb), setup);
  g_signal_connect_swapped (setup->form, "left", G_CALLBACK (back_cb), setup);
  g_signal_connect_swapped (setup->form, "join", G_CALLBACK (join_cb), setup);
  gtk_stack_add_named (GTK_STACK (setup->stack), setup->form, "form");
  show_step (setup, setup->form);
}

static GtkWidget *
add_language (QuayAssistant *setup, GtkWidget *box, const char *text, const char *name)
{
  GtkWidget *button = quay_ui_button (NULL, text, NULL, "action");
  gtk_widget_add_css_class (button, "setup-language");
  gtk_widget_set_name (button, name);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect (button, "clicked", G_CALLBACK (language_cb), setup);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
build_language (QuayAssistant *setup)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *logo = gtk_image_new_from_icon_name ("vn.quay.Quay");
  GtkWidget *title = quay_ui_label ("Quầy", "setup-name");
  GtkWidget *ask = quay_ui_label ("Chọn ngôn ngữ · Choose a language", "dim");
  gtk_image_set_pixel_size (GTK_IMAGE (logo), 72);
  gtk_label_set_xalign (GTK_LABEL (title), 0.5);
  gtk_label_set_xalign (GTK_LABEL (ask), 0.5);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_widget_set_valign (page, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page), logo);
  gtk_box_append (GTK_BOX (page), title);
  gtk_box_append (GTK_BOX (page), ask);
  setup->first = add_language (setup, pair, "Tiếng Việt", "vi");
  add_language (setup, pair, "English", "en");
  gtk_box_append (GTK_BOX (page), pair);
  return page;
}

static gboolean
quay_assistant_grab_focus (GtkWidget *widget)
{
  QuayAssistant *setup = QUAY_ASSISTANT (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  /* Before the first key nothing else shows which language Enter takes. */
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  return gtk_widget_grab_focus (setup->form != NULL ? setup->form : setup->first);
}

static void
quay_assistant_finalize (GObject *object)
{
  g_free (QUAY_ASSISTANT (object)->dir);
  G_OBJECT_CLASS (quay_assistant_parent_class)->finalize (object);
}

static void
quay_assistant_class_init (QuayAssistantClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_assistant_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_assistant_grab_focus;
  signals[FINISHED] = g_signal_new ("finished", QUAY_TYPE_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
quay_assistant_init (QuayAssistant *setup)
{
  setup->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (setup->stack), TRUE);
  gtk_stack_add_named (GTK_STACK (setup->stack), build_language (setup), "language");
  gtk_widget_add_css_class (setup->stack, "setup-card");
  gtk_widget_set_halign (setup->stack, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (setup->stack, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (setup->stack, TRUE);
  gtk_widget_set_vexpand (setup->stack, TRUE);
  gtk_box_append (GTK_BOX (setup), setup->stack);
  gtk_widget_add_css_class (GTK_WIDGET (setup), "setup");
}

GtkWidget *
quay_setup_new (const char *dir)
{
  QuayAssistant *setup = g_object_new (QUAY_TYPE_ASSISTANT, NULL);
  setup->dir = g_strdup (dir);
  return GTK_WIDGET (setup);
}
