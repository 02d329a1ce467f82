/* What was given back, newest first, each with its slip. Main thread. */
#include "quay-refund-list.h"

#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define MOST 400
#define FIRST_DAY 19700101
#define PAPER_WIDTH 352

/* Freed with its card. */
typedef struct
{
  QuayTill *till;
  QuayRowModel *model;
  QuayRefundRecord *refund; /* the chosen one, whole */
  GtkWidget *card;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *desk;
  GtkWidget *paper;
  GtkWidget *fault;
  GtkWidget *print;
  GtkWidget *pdf;
} ListCard;

static void
list_card_free (ListCard *self)
{
  quay_row_model_set (self->model, NULL);
  g_object_unref (self->model);
  quay_refund_record_free (self->refund);
  g_object_unref (self->till);
  g_free (self);
}

/* --- cells --- */

static void
bind_number (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, ((QuayRefundRecord *)quay_row_value (row))->number);
}

static void
bind_when (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_time_to_vi (((QuayRefundRecord *)quay_row_value (row))->ts);
  quay_table_set_text (cell, text);
}

static void
bind_of (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayRefundRecord *refund = quay_row_value (row);
  gboolean named = !quay_id_is_nil (&refund->sale);
  quay_table_set_text (cell, named ? refund->of : _ ("no receipt"));
}

static void
bind_total (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, ((QuayRefundRecord *)quay_row_value (row))->total);
}

/* --- the slip --- */

static void
show_paper (ListCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int mm = (int)quay_till_get_setting_int (self->till, "till.receipt_width", 80);
  g_autoptr (GBytes) png =
      quay_till_render_refund (self->till, self->refund, "png", mm, FALSE, &error);
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
show_number (ListCard *self, const char *number)
{
  g_clear_pointer (&self->refund, quay_refund_record_free);
  if (number != NULL)
    self->refund = quay_till_refund_record (self->till, number);
  gtk_widget_set_sensitive (self->print, self->refund != NULL);
  gtk_widget_set_sensitive (self->pdf, self->refund != NULL);
  if (self->refund != NULL)
    show_paper (self);
}

static void
selected_cb (ListCard *self)
{
  gpointer row = quay_table_get_selected_item (self->table);
  if (row != NULL)
    show_number (self, ((QuayRefundRecord *)quay_row_value (row))->number);
}

static void
fill (ListCard *self, const char *number)
{
  g_autoptr (QuayRefundRecord) asked =
      number != NULL ? quay_till_refund_record (self->till, number) : NULL;
  GPtrArray *refunds = quay_till_refunds (self->till, FIRST_DAY, QUAY_DAY_MAX, MOST);
  gboolean any = refunds->len > 0;
  guint at = asked != NULL ? GTK_INVALID_LIST_POSITION : 0;
  for (guint i = 0; asked != NULL && i < refunds->len; i++)
    if (quay_id_equal (&((QuayRefundRecord *)refunds->pdata[i])->id, &asked->id))
      at = i;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "list" : "empty");
  gtk_widget_set_visible (self->desk, any);
  quay_row_model_set (self->model, refunds);
  if (any && at != GTK_INVALID_LIST_POSITION)
    quay_table_select (self->table, at);
  if (asked != NULL)
    show_number (self, asked->number);
  else
    selected_cb (self);
}

/* --- actions --- */

static void
print_cb (ListCard *self)
{
  g_autoptr (GError) error = NULL;
  if (self->refund == NULL)
    return;
  g_autofree char *number = g_strdup (self->refund->number);
  if (!quay_till_reprint (self->till, number, &error))
    {
      quay_ui_show_error (self->card, _ ("The receipt was not printed again"), error);
      return;
    }
  g_autofree char *text =
      g_strdup_printf (_ ("%s goes to the printer again, marked as a copy."), number);
  quay_ui_toast (self->card, text);
  show_number (self, number);
}

/* What a file is being chosen for: the card may be gone by then. */
typedef struct
{
  QuayTill *till;
  GtkWidget *card;
  char *number;
} Keeping;

static void
keep_cb (const char *path, gpointer data)
{
  Keeping *keeping = data;
  g_autoptr (GError) error = NULL;
  int mm = (int)quay_till_get_setting_int (keeping->till, "till.receipt_width", 80);
  g_autoptr (GBytes) bytes =
      path != NULL ? quay_till_copy_receipt (keeping->till, keeping->number, "pdf", mm, &error)
                   : NULL;
  gsize len = 0;
  const char *content = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;
  if (path != NULL &&
      (content == NULL || !g_file_set_contents (path, content, (gssize)len, &error)))
    quay_ui_show_error (keeping->card, _ ("The file was not written"), error);
  else if (path != NULL)
    {
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
      quay_ui_toast (keeping->card, text);
    }
  g_object_unref (keeping->card);
  g_object_unref (keeping->till);
  g_free (keeping->number);
  g_free (keeping);
}

static void
pdf_cb (ListCard *self)
{
  if (self->refund == NULL)
    return;
  Keeping *keeping = g_new0 (Keeping, 1);
  g_autofree char *name = g_strdup_printf ("%s.pdf", self->refund->number);
  *keeping = (Keeping){ g_object_ref (self->till), g_object_ref (self->card),
                        g_strdup (self->refund->number) };
  quay_ui_choose_file (self->card, QUAY_UI_FILE_SAVE, _ ("Keep the receipt as a file"), name,
                       "*.pdf", keep_cb, keeping);
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
  self->table = quay_table_new (_ ("Given back"), G_LIST_MODEL (self->model));
  quay_table_add (self->table, _ ("Number"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 16, bind_number,
                  NULL);
  quay_table_add (self->table, _ ("Time"), QUAY_TABLE_NUMBER, 17, bind_when, NULL);
  quay_table_add (self->table, _ ("Receipt"), QUAY_TABLE_TEXT, 14, bind_of, NULL);
  quay_table_add (self->table, _ ("Amount"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 11, bind_total,
                  NULL);
  g_signal_connect_swapped (quay_table_get_selection (self->table), "notify::selected",
                            G_CALLBACK (selected_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), quay_ui_table_card (self->table), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       quay_ui_empty ("receipt", _ ("Nothing was given back yet"),
                                      _ ("A slip is made where goods of a receipt come back.")),
                       "empty");
  gtk_widget_set_hexpand (self->stack, TRUE);
  return self->stack;
}

static GtkWidget *
build_desk (ListCard *self)
{
  self->desk = quay_ui_desk (_ ("The slip as printed"), &self->paper, &self->fault);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (self->desk), PAPER_WIDTH + 40);
  return self->desk;
}

static void
build_buttons (ListCard *self)
{
  GtkWidget *buttons = quay_ui_card_buttons (self->card);
  GtkWidget *leave = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  self->pdf = quay_ui_button (NULL, "PDF", NULL, "action");
  self->print = quay_ui_button ("printer", _ ("Print again"), "Ctrl P", "main");
  quay_ui_set_label (self->pdf, _ ("Keep as PDF"));
  g_signal_connect_swapped (leave, "clicked", G_CALLBACK (quay_ui_close_card), self->card);
  g_signal_connect_swapped (self->pdf, "clicked", G_CALLBACK (pdf_cb), self);
  g_signal_connect_swapped (self->print, "clicked", G_CALLBACK (print_cb), self);
  gtk_box_append (GTK_BOX (buttons), leave);
  gtk_box_append (GTK_BOX (buttons), self->pdf);
  gtk_box_append (GTK_BOX (buttons), self->print);
}

void
quay_refund_list_open (GtkWidget *anywhere, QuayTill *till, const char *number)
{
  ListCard *self = g_new0 (ListCard, 1);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  self->till = g_object_ref (till);
  self->card = quay_ui_card_new (_ ("Given back"), "broad");
  gtk_box_append (GTK_BOX (body), build_list (self));
  gtk_box_append (GTK_BOX (body), build_desk (self));
  gtk_box_append (GTK_BOX (self->card), body);
  build_buttons (self);
  g_object_set_data_full (G_OBJECT (self->card), "quay-list", self, (GDestroyNotify)list_card_free);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->card, keys);
  quay_ui_show_card (anywhere, self->card, self->table);
  fill (self, number);
}
