/* The register of requests about personal data. Main thread. */
#include "quay-request-list.h"

#include "quay-idle-card.h"
#include "quay-request-card.h"
#include "quay-request-words.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-till-requests.h"
#include "quay-ui.h"

#define STORY_WIDTH 290

/* Freed with its card. */
typedef struct
{
  QuayTill *till; /* owned */
  QuayRowModel *model;
  QuayId shown;
  GtkWidget *card;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *side;
  GtkWidget *who;
  GtkWidget *what;
  GtkWidget *story;
  GtkWidget *told;
  GtkWidget *more;
  GtkWidget *end;
  gboolean ended; /* those, too */
  gboolean reading;
  gulong sales_changed;
} List;

static void
free_list (List *list)
{
  g_clear_signal_handler (&list->sales_changed, list->till);
  quay_row_model_set (list->model, NULL);
  g_object_unref (list->model);
  g_object_unref (list->till);
  g_free (list);
}

/* --- cells --- */

static const QuayRequest *
request_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_received (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (request_of (row)->received);
  quay_table_set_text (cell, text);
}

static void
bind_what (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, quay_request_kind_words (request_of (row)->kind));
}

static void
bind_who (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_request_who_words (request_of (row));
  quay_table_set_text (cell, text);
}

static void
bind_due (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (request_of (row)->due);
  quay_table_set_text (cell, text);
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  List *list = data;
  QuayDay today = quay_till_day (list->till);
  g_autofree char *text = quay_request_state_words (request_of (row), today);
  quay_table_set_text (cell, text);
  quay_table_set_badge (cell, quay_request_badge (request_of (row), today));
}

/* --- reading --- */

static const QuayRequest *
chosen (List *list)
{
  gpointer row = quay_table_get_selected_item (list->table);
  return row != NULL ? request_of (row) : NULL;
}

static void
show_chosen (List *list)
{
  const QuayRequest *request = chosen (list);
  gboolean open = request != NULL && request->ended == 0;
  gtk_widget_set_visible (list->side, request != NULL);
  gtk_widget_set_sensitive (list->told, open && request->acknowledged == 0);
  gtk_widget_set_sensitive (list->more, open && request->extended == 0 &&
                                            quay_till_day (list->till) <= request->due);
  gtk_widget_set_sensitive (list->end, open);
  if (request == NULL)
    return;
  g_autofree char *who = quay_request_who_words (request);
  g_autofree char *story = quay_request_story (request);
  quay_ui_set_text (list->who, who);
  quay_ui_set_text (list->what, quay_request_kind_words (request->kind));
  quay_ui_set_text (list->story, story);
}

static void
selected_cb (List *list)
{
  const QuayRequest *request = chosen (list);
  if (list->reading)
    return;
  list->shown = request != NULL ? request->id : QUAY_ID_NIL;
  show_chosen (list);
}

static void
refresh (List *list)
{
  list->reading = TRUE;
  gboolean any = quay_table_set_rows (list->table, quay_till_requests (list->till, list->ended),
                                      G_STRUCT_OFFSET (QuayRequest, id), &list->shown);
  list->reading = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (list->stack), any ? "list" : "empty");
  show_chosen (list);
}

static void
sales_changed_cb (QuayTill *till, List *list)
{
  refresh (list);
}

/* --- actions --- */

static void
done_cb (const QuayId *id, gpointer data)
{
  List *list = data;
  list->shown = *id;
  refresh (list);
}

static void
new_cb (List *list)
{
  quay_request_card_open (list->card, list->till, NULL, done_cb, list);
}

static void
told_cb (List *list)
{
  const QuayRequest *request = chosen (list);
  g_autoptr (GError) error = NULL;
  if (request != NULL && !quay_till_acknowledge_request (list->till, &request->id, &error))
    quay_ui_show_error (list->card, _ ("This was not recorded"), error);
}

static void
handle (List *list, gboolean ends)
{
  const QuayRequest *request = chosen (list);
  if (request != NULL && request->ended == 0)
    quay_request_handle_open (list->card, list->till, request, ends, done_cb, list);
}

static void
more_cb (List *list)
{
  handle (list, FALSE);
}

static void
end_cb (List *list)
{
  handle (list, TRUE);
}

static void
ended_cb (GtkToggleButton *chip, List *list)
{
  list->ended = gtk_toggle_button_get_active (chip);
  refresh (list);
}

static void
idle_cb (List *list)
{
  quay_idle_card_open (list->card, list->till);
}

static void
notice_cb (List *list)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = quay_till_print_privacy_notice (list->till, NULL, &error);
  if (path == NULL)
    quay_ui_show_error (list->card, _ ("The form was not written"), error);
  else
    quay_ui_show_file (list->card, path);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, List *list)
{
  if (key != GDK_KEY_n || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  new_cb (list);
  return TRUE;
}

/* --- building --- */

static GtkWidget *
build_bar (List *list)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *ended = gtk_toggle_button_new_with_label (_ ("Ended ones, too"));
  GtkWidget *idle = quay_ui_button ("clock-history", _ ("Not bought for long…"), NULL, "pill");
  GtkWidget *notice = quay_ui_button ("printer", _ ("Notice for the counter"), NULL, "pill");
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (ended, "chip");
  gtk_widget_set_valign (ended, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (bar), ended);
  gtk_box_append (GTK_BOX (bar), space);
  gtk_box_append (GTK_BOX (bar), idle);
  gtk_box_append (GTK_BOX (bar), notice);
  g_signal_connect (ended, "toggled", G_CALLBACK (ended_cb), list);
  g_signal_connect_swapped (idle, "clicked", G_CALLBACK (idle_cb), list);
  g_signal_connect_swapped (notice, "clicked", G_CALLBACK (notice_cb), list);
  return bar;
}

static GtkWidget *
build_list (List *list)
{
  list->model = quay_row_model_new ();
  list->table = quay_table_new (_ ("Requests about personal data"), G_LIST_MODEL (list->model));
  quay_table_add (list->table, _ ("Received on"), QUAY_TABLE_NUMBER, 10, bind_received, list);
  quay_table_add (list->table, _ ("Who asks"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 14, bind_who,
                  list);
  quay_table_add (list->table, _ ("What is asked for"), QUAY_TABLE_TEXT, 17, bind_what, list);
  quay_table_add (list->table, _ ("Done by"), QUAY_TABLE_NUMBER, 10, bind_due, list);
  quay_table_add (list->table, _ ("State"), QUAY_TABLE_BADGE, 17, bind_state, list);
  g_signal_connect_swapped (quay_table_get_selection (list->table), "notify::selected",
                            G_CALLBACK (selected_cb), list);
  list->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (list->stack), quay_ui_table_card (list->table), "list");
  gtk_stack_add_named (
      GTK_STACK (list->stack),
      quay_ui_empty ("check-lg", _ ("No request waits"),
                     _ ("Who asks to see, correct or delete what the shop knows of them gets an "
                        "answer in time: write it down with Ctrl+N.")),
      "empty");
  gtk_widget_set_hexpand (list->stack, TRUE);
  gtk_widget_set_vexpand (list->stack, TRUE);
  return list->stack;
}

static GtkWidget *
build_side (List *list)
{
  list->side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  list->who = quay_ui_wrapped_label (NULL, "heading", 28, 2);
  list->what = quay_ui_wrapped_label (NULL, NULL, 28, 2);
  list->story = quay_ui_wrapped_label (NULL, "dim", 32, 14);
  quay_ui_set_description (list->story, _ ("What became of it"));
  gtk_box_append (GTK_BOX (list->side), list->who);
  gtk_box_append (GTK_BOX (list->side), list->what);
  gtk_box_append (GTK_BOX (list->side), list->story);
  gtk_widget_add_css_class (list->side, "figure-card");
  gtk_widget_set_size_request (list->side, STORY_WIDTH, -1);
  gtk_widget_set_valign (list->side, GTK_ALIGN_START);
  return list->side;
}

static void
build_buttons (List *list)
{
  GtkWidget *buttons = quay_ui_card_buttons (list->card);
  GtkWidget *leave = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New request"), "Ctrl N", "action");
  list->more = quay_ui_button (NULL, _ ("More time…"), NULL, "action");
  list->told = quay_ui_button (NULL, _ ("Confirmed"), NULL, "action");
  list->end = quay_ui_button ("check-lg", _ ("End it…"), NULL, "main");
  gtk_widget_set_tooltip_text (list->told, _ ("Whoever asked was told that it was received"));
  quay_ui_set_id (list->told, "request-told");
  quay_ui_set_id (list->end, "request-end");
  g_signal_connect_swapped (leave, "clicked", G_CALLBACK (quay_ui_close_card), list->card);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (new_cb), list);
  g_signal_connect_swapped (list->more, "clicked", G_CALLBACK (more_cb), list);
  g_signal_connect_swapped (list->told, "clicked", G_CALLBACK (told_cb), list);
  g_signal_connect_swapped (list->end, "clicked", G_CALLBACK (end_cb), list);
  gtk_box_append (GTK_BOX (buttons), leave);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), list->more);
  gtk_box_append (GTK_BOX (buttons), list->told);
  gtk_box_append (GTK_BOX (buttons), list->end);
}

void
quay_request_list_open (GtkWidget *anywhere, QuayTill *till)
{
  List *list = g_new0 (List, 1);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  list->till = g_object_ref (till);
  list->card = quay_ui_card_new (_ ("Requests about personal data"), "broad");
  g_object_set_data_full (G_OBJECT (list->card), "quay-list", list, (GDestroyNotify)free_list);
  gtk_box_append (GTK_BOX (list->card), build_bar (list));
  gtk_box_append (GTK_BOX (body), build_list (list));
  gtk_box_append (GTK_BOX (body), build_side (list));
  gtk_box_append (GTK_BOX (list->card), body);
  build_buttons (list);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), list);
  gtk_widget_add_controller (list->card, keys);
  list->sales_changed =
      g_signal_connect (till, "sales-changed", G_CALLBACK (sales_changed_cb), list);
  quay_ui_show_card (anywhere, list->card, list->table);
  refresh (list);
}

/* --- the button --- */

static void
show_count (GtkWidget *button, QuayTill *till)
{
  QuayRequestCount count = quay_till_count_requests (till);
  g_autofree char *text = count.open > 0 ? g_strdup_printf (_ ("Requests (%u)"), count.open)
                                         : g_strdup (_ ("Requests"));
  quay_ui_button_set_text (button, text);
  quay_ui_toggle_class (button, "bad", count.late > 0);
  quay_ui_toggle_class (button, "warn", count.late == 0 && count.soon > 0);
}

static void
button_sales_cb (QuayTill *till, GtkWidget *button)
{
  if (gtk_widget_get_mapped (button))
    show_count (button, till);
}

static void
button_map_cb (GtkWidget *button, QuayTill *till)
{
  show_count (button, till);
}

static void
button_cb (GtkWidget *button, QuayTill *till)
{
  quay_request_list_open (button, till);
}

GtkWidget *
quay_request_button_new (QuayTill *till)
{
  GtkWidget *button = quay_ui_button (NULL, _ ("Requests"), NULL, "pill");
  quay_ui_set_id (button, "requests");
  gtk_widget_set_tooltip_text (button, _ ("What people ask about their personal data"));
  g_signal_connect_object (button, "map", G_CALLBACK (button_map_cb), till, 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_cb), till, 0);
  g_signal_connect_object (till, "sales-changed", G_CALLBACK (button_sales_cb), button, 0);
  return button;
}
