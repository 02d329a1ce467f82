/* First run after the language. What is wrong is told at its field before the next step; what the
 * disk refuses is told in plain words, and the form stays as it is. Main thread. */
#include "quay-setup-form.h"

#include "quay-form.h"
#include "quay-language.h"
#include "quay-till-files.h"
#include "quay-ui.h"

#define MAX_TILL_CODE 6
#define SAMPLE_SHOP "Điểm bán OCOP Quế Thanh"

struct _QuaySetupForm
{
  GtkBox parent;
  char *dir;
  int width_mm;
  GtkWidget *steps;
  GtkWidget *shop;
  GtkWidget *till_code;
  GtkWidget *address;
  GtkWidget *phone;
  GtkWidget *tax_code;
  GtkWidget *papers;
  GtkWidget *fault;
  GtkWidget *back;
  GtkWidget *sample;
  GtkWidget *join;
  GtkWidget *next;
};

enum
{
  MADE,
  LEFT,
  JOIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuaySetupForm, quay_setup_form, GTK_TYPE_BOX)

static gboolean
on_paper (QuaySetupForm *form)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (form->steps)), "paper");
}

static void
show_step (QuaySetupForm *form, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (form->steps), name);
  gtk_button_set_label (GTK_BUTTON (form->next),
                        on_paper (form) ? _ ("Make the shop") : _ ("Next"));
  gtk_widget_set_visible (form->fault, FALSE);
  gtk_widget_grab_focus (on_paper (form) ? form->next : form->shop);
}

static void
show_fault (QuaySetupForm *form, const char *title, const GError *error)
{
  g_autofree char *why = quay_ui_error_text (error);
  g_autofree char *text = g_strdup_printf ("⚠ %s. %s (%s)", title, why, form->dir);
  quay_ui_set_text (form->fault, text);
  gtk_widget_set_visible (form->fault, TRUE);
}

/* Checking */

static gboolean
till_code_is_sound (const char *code)
{
  gsize len = strlen (code);
  for (const char *p = code; *p != '\0'; p++)
    if (!g_ascii_isupper (*p) && !g_ascii_isdigit (*p))
      return FALSE;
  return len >= 1 && len <= MAX_TILL_CODE;
}

static gboolean
check_shop (QuaySetupForm *form)
{
  g_autofree char *shop = g_strstrip (g_strdup (quay_form_text (form->shop)));
  g_autofree char *tax = quay_form_tax_code_fault (quay_form_text (form->tax_code));
  gboolean code = till_code_is_sound (quay_form_text (form->till_code));
  quay_form_set_fault (form->shop, shop[0] != '\0' ? NULL : _ ("The shop needs a name."));
  quay_form_set_fault (form->till_code, code ? NULL : _ ("1 to 6 letters A–Z and digits."));
  quay_form_set_fault (form->tax_code, tax);
  if (shop[0] == '\0')
    gtk_widget_grab_focus (form->shop);
  else if (!code)
    gtk_widget_grab_focus (form->till_code);
  else if (tax != NULL)
    gtk_widget_grab_focus (form->tax_code);
  return shop[0] != '\0' && code && tax == NULL;
}

/* Capitals as one types: nobody should be told off for a small letter. */
static void
code_changed_cb (GtkEditable *entry, gpointer data)
{
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *upper = g_ascii_strup (text, -1);
  if (g_str_equal (text, upper))
    return;
  int position = gtk_editable_get_position (entry);
  gtk_editable_set_text (entry, upper);
  gtk_editable_set_position (entry, position);
}

/* Making */

static void
make (QuaySetupForm *form, gboolean sample)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shop = g_strstrip (g_strdup (quay_form_text (form->shop)));
  const char *code = quay_form_text (form->till_code);
  const QuaySetup setup = {
    .shop = sample && shop[0] == '\0' ? SAMPLE_SHOP : shop,
    .address = quay_form_text (form->address),
    .phone = quay_form_text (form->phone),
    .tax_code = quay_form_text (form->tax_code),
    .till_code = till_code_is_sound (code) ? code : "QT1",
    .language = quay_language_get (),
    .width_mm = form->width_mm,
    .sample = sample,
  };
  if (quay_till_make_shop (form->dir, &setup, quay_till_system_env (), &error))
    g_signal_emit (form, signals[MADE], 0);
  else
    show_fault (form, _ ("The shop could not be made"), error);
}

static void
next_cb (QuaySetupForm *form)
{
  if (on_paper (form))
    make (form, FALSE);
  else if (check_shop (form))
    show_step (form, "paper");
}

static void
back_cb (QuaySetupForm *form)
{
  if (on_paper (form))
    show_step (form, "shop");
  else
    g_signal_emit (form, signals[LEFT], 0);
}

static void
sample_cb (QuaySetupForm *form)
{
  make (form, TRUE);
}

static void
join_cb (QuaySetupForm *form)
{
  g_signal_emit (form, signals[JOIN], 0);
}

/* The papers */

static void
draw_line (cairo_t *cr, double x, double y, double width)
{
  cairo_rectangle (cr, x, y, width, 4);
  cairo_fill (cr);
}

/* A receipt as one would see it from afar: a title, lines with amounts, a total. */
static void
draw_paper_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  double edge = 12;
  double inner = width - 2 * edge;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.25, 0.27, 0.3);
  draw_line (cr, edge + inner * 0.2, 18, inner * 0.6);
  draw_line (cr, edge + inner * 0.3, 28, inner * 0.4);
  for (int i = 0; i < 5; i++)
    {
      double y = 52 + i * 16;
      draw_line (cr, edge, y, inner * (0.35 + 0.07 * (i % 3)));
      draw_line (cr, edge + inner * 0.78, y, inner * 0.22);
    }
  draw_line (cr, edge, 140, inner);
  cairo_rectangle (cr, edge + inner * 0.5, 152, inner * 0.5, 9);
  cairo_fill (cr);
  cairo_rectangle (cr, width / 2.0 - 18, 176, 36, 36);
  cairo_fill (cr);
}

static void
paper_cb (GtkToggleButton *button, QuaySetupForm *form)
{
  if (gtk_toggle_button_get_active (button))
    form->width_mm = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "quay-mm"));
}

static GtkWidget *
add_paper (QuaySetupForm *form, int mm, const char *text, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *area = gtk_drawing_area_new ();
  GtkWidget *label = quay_ui_label (text, "heading");
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), mm * 2);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 224);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_paper_cb, NULL, NULL);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (area, "paper");
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_box_append (GTK_BOX (box), area);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "paper-choice");
  gtk_widget_set_hexpand (button, TRUE);
  quay_ui_set_label (button, text);
  g_object_set_data (G_OBJECT (button), "quay-mm", GINT_TO_POINTER (mm));
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  g_signal_connect (button, "toggled", G_CALLBACK (paper_cb), form);
  gtk_box_append (GTK_BOX (form->papers), button);
  return button;
}

static gboolean
quay_setup_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SETUP_FORM (widget)->shop);
}

static void
quay_setup_form_finalize (GObject *object)
{
  g_free (QUAY_SETUP_FORM (object)->dir);
  G_OBJECT_CLASS (quay_setup_form_parent_class)->finalize (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget, QuaySetupForm, member)

static void
quay_setup_form_class_init (QuaySetupFormClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = quay_setup_form_finalize;
  widget->grab_focus = quay_setup_form_grab_focus;
  gtk_widget_class_set_template_from_resource (widget, "/vn/quay/Quay/quay-setup-form.ui");
  BIND (steps);
  BIND (shop);
  BIND (till_code);
  BIND (address);
  BIND (phone);
  BIND (tax_code);
  BIND (papers);
  BIND (fault);
  BIND (back);
  BIND (sample);
  BIND (join);
  BIND (next);
  signals[MADE] = g_signal_new ("made", QUAY_TYPE_SETUP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", QUAY_TYPE_SETUP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[JOIN] = g_signal_new ("join", QUAY_TYPE_SETUP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}
#undef BIND

static void
quay_setup_form_init (QuaySetupForm *form)
{
  gtk_widget_init_template (GTK_WIDGET (form));
  quay_form_prepare (GTK_WIDGET (form));
  form->width_mm = 80;
  quay_form_set_hint (form->till_code, _ ("It begins every receipt number"));
  GtkWidget *wide = add_paper (form, 80, _ ("80 mm"), NULL);
  add_paper (form, 58, _ ("58 mm"), wide);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (wide), TRUE);
  g_signal_connect (form->till_code, "changed", G_CALLBACK (code_changed_cb), NULL);
  g_signal_connect_swapped (form->next, "clicked", G_CALLBACK (next_cb), form);
  g_signal_connect_swapped (form->back, "clicked", G_CALLBACK (back_cb), form);
  g_signal_connect_swapped (form->sample, "clicked", G_CALLBACK (sample_cb), form);
  g_signal_connect_swapped (form->join, "clicked", G_CALLBACK (join_cb), form);
  GtkWidget *const entries[] = { form->shop, form->till_code, form->address, form->phone,
                                 form->tax_code };
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_swapped (entries[i], "activate", G_CALLBACK (next_cb), form);
}

GtkWidget *
quay_setup_form_new (const char *dir)
{
  QuaySetupForm *form = g_object_new (QUAY_TYPE_SETUP_FORM, NULL);
  form->dir = g_strdup (dir);
  return GTK_WIDGET (form);
}
