/* Nothing is repaired, moved or restored here without the user's word; nothing is ever deleted. */
#include "quay-fault-page.h"
#include "quay-error.h"
#include "quay-till-files.h"
#include "quay-ui.h"

struct _QuayFaultPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *again;
  char *dir;
};

enum
{
  AGAIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayFaultPage, quay_fault_page, GTK_TYPE_WIDGET)

static void
quay_fault_page_dispose (GObject *object)
{
  QuayFaultPage *self = QUAY_FAULT_PAGE (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->dir, g_free);
  G_OBJECT_CLASS (quay_fault_page_parent_class)->dispose (object);
}

static gboolean
quay_fault_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_FAULT_PAGE (widget)->again);
}

static void
quay_fault_page_class_init (QuayFaultPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = quay_fault_page_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = quay_fault_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[AGAIN] = g_signal_new ("again", QUAY_TYPE_FAULT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
quay_fault_page_init (QuayFaultPage *self)
{
}

static void
again_cb (GtkButton *button, gpointer data)
{
  g_signal_emit (data, signals[AGAIN], 0);
}

static void
close_cb (GtkButton *button, gpointer data)
{
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))));
}

static void
restore_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayFaultPage) self = data;
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  if (!yes || self->dir == NULL)
    return;
  g_autofree char *backup = quay_till_newest_backup (self->dir);
  if (backup == NULL)
    {
      quay_ui_alert (GTK_WIDGET (self), _ ("There is no backup"),
                     _ ("No verified backup was found in the shop's folder. Nothing was changed."));
      return;
    }
  gboolean ok = quay_till_restore_newest (self->dir, &check, &error);
  quay_check_clear (&check);
  if (ok)
    g_signal_emit (self, signals[AGAIN], 0);
  else
    quay_ui_show_error (GTK_WIDGET (self), _ ("The backup was not restored"), error);
}

static void
restore_cb (GtkButton *button, gpointer data)
{
  QuayFaultPage *self = data;
  g_autofree char *backup = quay_till_newest_backup (self->dir);
  if (backup == NULL)
    {
      restore_answer_cb (TRUE, g_object_ref (self));
      return;
    }
  g_autofree char *name = g_path_get_basename (backup);
  g_autofree char *text = g_strdup_printf (
      _ ("The damaged file is kept under another name, and the newest backup (%s) takes its place. "
         "Sales made after that backup are then only in the damaged file."),
      name);
  quay_ui_confirm (GTK_WIDGET (self), _ ("Put the backup in its place?"), text,
                   _ ("Move aside and restore"), NULL, TRUE, restore_answer_cb,
                   g_object_ref (self));
}

static const char *
title_of (const GError *error)
{
  if (error->domain != QUAY_ERROR)
    return _ ("The shop could not be opened");
  switch ((QuayError)error->code)
    {
    case QUAY_ERROR_BUSY:
      return _ ("The shop is open elsewhere");
    case QUAY_ERROR_DAMAGED:
      return _ ("The shop's file is damaged or gone");
    case QUAY_ERROR_NEWER:
      return _ ("The shop's file is newer than this program");
    case QUAY_ERROR_FULL:
      return _ ("The disk is full");
    case QUAY_ERROR_READ_ONLY:
      return _ ("The shop's folder can't be written to");
    default:
      return _ ("The shop could not be opened");
    }
}

static void
add_button (GtkWidget *buttons, GtkWidget *button, const char *id, GCallback pressed, gpointer data)
{
  quay_ui_set_id (button, id);
  g_signal_connect (button, "clicked", pressed, data);
  gtk_box_append (GTK_BOX (buttons), button);
}

GtkWidget *
quay_fault_page_new (const char *dir, const GError *error)
{
  QuayFaultPage *self = g_object_new (QUAY_TYPE_FAULT_PAGE, NULL);
  g_autofree char *text = quay_ui_error_text (error);
  gboolean damaged = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  self->dir = g_strdup (dir);
  self->box = quay_ui_card_new (NULL, "wide");
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), quay_ui_icon ("exclamation-triangle", "fault-icon"));
  GtkWidget *title = quay_ui_wrapped_label (title_of (error), "title", 50, 2);
  quay_ui_set_id (title, "fault-title");
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_box_append (GTK_BOX (self->box), quay_ui_wrapped_label (text, NULL, 80, 6));
  gtk_box_append (GTK_BOX (self->box), quay_ui_wrapped_label (dir, "meta", 90, 2));
  gtk_box_append (GTK_BOX (self->box), quay_ui_wrapped_label (error->message, "meta", 90, 3));
  GtkWidget *buttons = quay_ui_card_buttons (self->box);
  add_button (buttons, quay_ui_button (NULL, _ ("Close the till"), NULL, "action"), "fault-close",
              G_CALLBACK (close_cb), self);
  if (damaged)
    add_button (buttons, quay_ui_button (NULL, _ ("Restore the newest backup…"), NULL, "action"),
                "fault-restore", G_CALLBACK (restore_cb), self);
  self->again = quay_ui_button (NULL, _ ("Try again"), NULL, "main");
  add_button (buttons, self->again, "fault-again", G_CALLBACK (again_cb), self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
