/* First run in a shop that the office knows. Nothing can be chosen but the server and the code: the
 * till's code and letter are the server's to give. Main thread. */
#include "quay-setup-join.h"

#include "quay-enrol-fields.h"
#include "quay-language.h"
#include "quay-till-sync.h"
#include "quay-ui.h"

struct _QuaySetupJoin
{
  GtkBox parent;
  char *dir;
  GtkWidget *fields;
  GtkWidget *fault;
  GtkWidget *back;
  GtkWidget *next;
};

enum
{
  MADE,
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuaySetupJoin, quay_setup_join, GTK_TYPE_BOX)

/* No way back while the server is asked: its answer makes a file in this folder. */
static void
set_busy (QuaySetupJoin *join, gboolean busy)
{
  gtk_widget_set_sensitive (join->next, !busy);
  gtk_widget_set_sensitive (join->back, !busy);
  quay_enrol_fields_set_busy (QUAY_ENROL_FIELDS (join->fields), busy);
}

static void
show_fault (QuaySetupJoin *join, const GError *error)
{
  if (quay_enrol_fields_show_fault (QUAY_ENROL_FIELDS (join->fields), error))
    return;
  g_autofree char *why = quay_ui_error_text (error);
  g_autofree char *text =
      g_strdup_printf ("⚠ %s. %s (%s)", _ ("The shop could not be joined"), why, join->dir);
  quay_ui_set_text (join->fault, text);
  gtk_widget_set_visible (join->fault, TRUE);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuaySetupJoin) join = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = quay_till_join_finish (result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (join)) == NULL)
    return; /* the window was closed; the next start finds the file, or asks again */
  set_busy (join, FALSE);
  if (ok)
    g_signal_emit (join, signals[MADE], 0);
  else
    show_fault (join, error);
}

static void
next_cb (QuaySetupJoin *join)
{
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;
  gtk_widget_set_visible (join->fault, FALSE);
  if (!gtk_widget_get_sensitive (join->next) ||
      !quay_enrol_fields_get (QUAY_ENROL_FIELDS (join->fields), &url, &code))
    return;
  set_busy (join, TRUE);
  quay_till_join_async (join->dir, url, NULL, code, quay_language_get (), joined_cb,
                        g_object_ref (join));
}

static void
back_cb (QuaySetupJoin *join)
{
  g_signal_emit (join, signals[LEFT], 0);
}

static gboolean
quay_setup_join_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SETUP_JOIN (widget)->fields);
}

static void
quay_setup_join_finalize (GObject *object)
{
  g_free (QUAY_SETUP_JOIN (object)->dir);
  G_OBJECT_CLASS (quay_setup_join_parent_class)->finalize (object);
}

static void
quay_setup_join_class_init (QuaySetupJoinClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_setup_join_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_setup_join_grab_focus;
  signals[MADE] = g_signal_new ("made", QUAY_TYPE_SETUP_JOIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", QUAY_TYPE_SETUP_JOIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_buttons (QuaySetupJoin *join)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  join->back = quay_ui_button (NULL, _ ("Back"), NULL, "action small");
  join->next = quay_ui_button (NULL, _ ("Join the shop"), NULL, "main small");
  gtk_widget_set_hexpand (join->next, TRUE);
  gtk_widget_set_halign (join->next, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), join->back);
  gtk_box_append (GTK_BOX (box), join->next);
  return box;
}

static void
quay_setup_join_init (QuaySetupJoin *join)
{
  GtkBox *box = GTK_BOX (join);
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (join), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 14);
  join->fields = quay_enrol_fields_new (NULL);
  join->fault = quay_ui_wrapped_label (NULL, "fault", 60, 4);
  gtk_widget_set_visible (join->fault, FALSE);
  gtk_widget_set_vexpand (room, TRUE);
  gtk_box_append (box, quay_ui_label (_ ("A shop that the office knows"), "setup-title"));
  gtk_box_append (box,
                  quay_ui_wrapped_label (_ ("A further till, or a new computer in place of a lost "
                                            "one. Products, stock and past sales come from the "
                                            "server by themselves; you can sell meanwhile."),
                                         "dim", 60, 3));
  gtk_box_append (box, join->fields);
  gtk_box_append (box, join->fault);
  gtk_box_append (box, room);
  gtk_box_append (box, build_buttons (join));
  g_signal_connect_swapped (join->fields, "submit", G_CALLBACK (next_cb), join);
  g_signal_connect_swapped (join->next, "clicked", G_CALLBACK (next_cb), join);
  g_signal_connect_swapped (join->back, "clicked", G_CALLBACK (back_cb), join);
}

GtkWidget *
quay_setup_join_new (const char *dir)
{
  QuaySetupJoin *join = g_object_new (QUAY_TYPE_SETUP_JOIN, NULL);
  join->dir = g_strdup (dir);
  return GTK_WIDGET (join);
}
