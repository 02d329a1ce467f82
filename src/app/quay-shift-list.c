/* Shifts and their reports. Main thread. */
#include "quay-shift-list.h"

#include "quay-consign-print.h"
#include "quay-row-model.h"
#include "quay-shift-close.h"
#include "quay-shift-words.h"
#include "quay-table.h"
#include "quay-till-people.h"
#include "quay-till-shift.h"
#include "quay-ui.h"

#define MOST 400
#define PAPER_WIDTH 352
#define PAPER_MM 80

/* Freed with its card. */
typedef struct
{
  QuayTill *till;
  QuayRowModel *model;
  QuayShift *shift; /* the chosen one, with its figures */
  GtkWidget *card;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *desk;
  GtkWidget *paper;
  GtkWidget *fault;
  GtkWidget *print;
  GtkWidget *pdf;
  GtkWidget *form;
  GtkWidget *close;
  QuayShiftDone done;
  gpointer data;
} ListCard;

static void
list_card_free (ListCard *self)
{
  quay_row_model_set (self->model, NULL);
  g_object_unref (self->model);
  quay_shift_free (self->shift);
  g_object_unref (self->till);
  g_free (self);
}

/* --- cells --- */

static void
bind_number (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, ((QuayShift *)quay_row_value (row))->number);
}

static void
bind_opened (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_time_to_vi (((QuayShift *)quay_row_value (row))->opened);
  quay_table_set_text (cell, text);
}

static void
bind_who (GtkWidget *cell, gpointer row, gpointer data)
{
  ListCard *self = data;
  const char *code = ((QuayShift *)quay_row_value (row))->who;
  quay_table_set_text (cell, quay_till_user_name (self->till, code));
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayShift *shift = quay_row_value (row);
  gint64 off = shift->counted.dong - shift->expected.dong;
  g_autofree char *text =
      shift->closed != 0 && off != 0 ? quay_format_money (QUAY_DONG (off), QUAY_MONEY_BARE) : NULL;
  quay_table_set_text (cell, shift->closed == 0 ? _ ("open") : text != NULL ? text : _ ("right"));
  quay_table_set_badge (cell, shift->closed == 0 ? "warn" : off != 0 ? "bad" : "good");
}

/* --- the report --- */

static void
show_paper (ListCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int mm = (int)quay_till_get_setting_int (self->till, "till.receipt_width", PAPER_MM);
  g_autoptr (GBytes) png = quay_till_render_shift (self->till, self->shift, "png", mm, &error);
  if (png != NULL)
    texture = gdk_texture_new_from_bytes (png, &error);
  gtk_picture_set_paintable (GTK_PICTURE (self->paper), GDK_PAINTABLE (texture));
  g_autofree char *why = texture == NULL ? quay_ui_error_text (error) : NULL;
  quay_ui_set_text (self->fault, why);
  gtk_widget_set_visible (self->fault, why != NULL);
  if (texture == NULL)
    return;
  int width = MIN (gdk_texture_get_width (texture), PAPER_WIDTH);
  gtk_widget_set_size_request (self->paper, width,
                               gdk_texture_get_height (texture) * width /
                                   gdk_texture_get_width (texture));
}

static void
selected_cb (ListCard *self)
{
  g_autoptr (GError) error = NULL;
  gpointer row = quay_table_get_selected_item (self->table);
  const QuayShift *chosen = row != NULL ? quay_row_value (row) : NULL;
  g_clear_pointer (&self->shift, quay_shift_free);
  if (chosen != NULL)
    self->shift = quay_till_shift_report (self->till, chosen->number, &error);
  gtk_widget_set_sensitive (self->print, self->shift != NULL);
  gtk_widget_set_sensitive (self->pdf, self->shift != NULL);
  gtk_widget_set_sensitive (self->form, self->shift != NULL && self->shift->closed != 0);
  gtk_widget_set_visible (self->close,
                          self->shift != NULL && self->shift->closed == 0 && !self->shift->current);
  if (error != NULL)
    quay_ui_show_error (self->card, _ ("The report can't be read"), error);
  if (self->shift != NULL)
    show_paper (self);
}

static void
refresh (gpointer data)
{
  ListCard *self = data;
  GPtrArray *shifts = quay_till_shifts (self->till, FALSE, MOST);
  gboolean any = shifts->len > 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "list" : "empty");
  gtk_widget_set_visible (self->desk, any);
  quay_row_model_set (self->model, shifts);
  if (any)
    quay_table_select (self->table, 0);
  selected_cb (self);
}

/* --- actions --- */

static void
print_cb (ListCard *self)
{
  g_autoptr (GError) error = NULL;
  if (self->shift == NULL)
    return;
  if (quay_till_print_shift (self->till, self->shift, &error))
    quay_ui_toast (self->card, _ ("The report goes to the printer."));
  else
    quay_ui_show_error (self->card, _ ("The report was not printed"), error);
}

static void
pdf_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  ListCard *self = g_object_get_data (G_OBJECT (card), "quay-list");
  g_autoptr (GError) error = NULL;
  gsize len = 0;
  if (path == NULL || self->shift == NULL)
    return;
  g_autoptr (GBytes) bytes =
      quay_till_render_shift (self->till, self->shift, "pdf", PAPER_MM, &error);
  const char *content = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;
  if (content == NULL || !g_file_set_contents (path, content, (gssize)len, &error))
    {
      quay_ui_show_error (card, _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  quay_ui_toast (card, text);
}

static void
pdf_cb (ListCard *self)
{
  if (self->shift == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("%s.pdf", self->shift->number);
  quay_ui_choose_file (self->card, QUAY_UI_FILE_SAVE, _ ("Keep the report as a file"), name,
                       "*.pdf", pdf_chosen_cb, g_object_ref (self->card));
}

static void
form_cb (ListCard *self)
{
  quay_consign_print (self->card, self->till, &self->shift->id, quay_till_print_cash_count);
}

static void
closed_cb (gpointer data)
{
  ListCard *self = data;
  refresh (self);
  if (self->done != NULL)
    self->done (self->data);
}

static void
close_cb (ListCard *self)
{
  quay_shift_close_card (self->card, self->till, &self->shift->id, self->shift->number, closed_cb,
                         self);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        ListCard *self)
{
  if (key != GDK_KEY_p || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  print_cb (self);
  return TRUE;
}

/* --- building --- */

static GtkWidget *
build_list (ListCard *self)
{
  self->model = quay_row_model_new ();
  self->table = quay_table_new (_ ("Shifts"), G_LIST_MODEL (self->model));
  quay_table_add (self->table, _ ("Shift"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 16, bind_number,
                  self);
  quay_table_add (self->table, _ ("Opened"), QUAY_TABLE_NUMBER, 18, bind_opened, self);
  quay_table_add (self->table, _ ("By"), QUAY_TABLE_TEXT, 12, bind_who, self);
  quay_table_add (self->table, _ ("Difference"), QUAY_TABLE_BADGE, 12, bind_state, self);
  g_signal_connect_swapped (quay_table_get_selection (self->table), "notify::selected",
                            G_CALLBACK (selected_cb), self);
  GtkWidget *scrolled = quay_ui_table_card (self->table);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       quay_ui_empty ("bar-chart-line", _ ("No shift yet"),
                                      _ ("The first sale opens one, or whoever counts the float.")),
                       "empty");
  gtk_widget_set_hexpand (self->stack, TRUE);
  return self->stack;
}

static GtkWidget *
build_desk (ListCard *self)
{
  self->desk = quay_ui_desk (_ ("The report as printed"), &self->paper, &self->fault);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (self->desk), PAPER_WIDTH + 40);
  return self->desk;
}

static void
build_buttons (ListCard *self)
{
  GtkWidget *buttons = quay_ui_card_buttons (self->card);
  GtkWidget *leave = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  self->close = quay_ui_button (NULL, _ ("Count and close the shift"), NULL, "action");
  self->form = quay_ui_button (NULL, _ ("Count on paper (08a-TT)"), NULL, "action");
  self->pdf = quay_ui_button (NULL, "PDF", NULL, "action");
  self->print = quay_ui_button ("printer", _ ("Print"), "Ctrl P", "main");
  g_signal_connect_swapped (leave, "clicked", G_CALLBACK (quay_ui_close_card), self->card);
  g_signal_connect_swapped (self->close, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->form, "clicked", G_CALLBACK (form_cb), self);
  g_signal_connect_swapped (self->pdf, "clicked", G_CALLBACK (pdf_cb), self);
  g_signal_connect_swapped (self->print, "clicked", G_CALLBACK (print_cb), self);
  gtk_box_append (GTK_BOX (buttons), leave);
  gtk_box_append (GTK_BOX (buttons), self->close);
  gtk_box_append (GTK_BOX (buttons), self->form);
  gtk_box_append (GTK_BOX (buttons), self->pdf);
  gtk_box_append (GTK_BOX (buttons), self->print);
}

void
quay_shift_list_open (GtkWidget *anywhere, QuayTill *till, QuayShiftDone done, gpointer data)
{
  ListCard *self = g_new0 (ListCard, 1);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  self->till = g_object_ref (till);
  self->done = done;
  self->data = data;
  self->card = quay_ui_card_new (_ ("Reports of shifts, X and Z"), "broad");
  gtk_box_append (GTK_BOX (body), build_list (self));
  gtk_box_append (GTK_BOX (body), build_desk (self));
  gtk_box_append (GTK_BOX (self->card), body);
  build_buttons (self);
  g_object_set_data_full (G_OBJECT (self->card), "quay-list", self, (GDestroyNotify)list_card_free);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->card, keys);
  quay_ui_show_card (anywhere, self->card, self->table);
  refresh (self);
}
