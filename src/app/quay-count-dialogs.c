/* Cards of counts. Main thread. */
#include "quay-count-dialogs.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-catalog.h"
#include "quay-till-places.h"
#include "quay-ui.h"

/* --- starting --- */

typedef struct
{
  GtkWidget *card;
  GtkWidget *name;
  GtkWidget *name_row;
  GtkWidget *place;
  GtkWidget *scope;
  GtkWidget *blind;
  QuayTill *till; /* owned */
  GPtrArray *places;
  GPtrArray *categories;
  QuayId id;
  QuayCountStarted started;
  gpointer data;
} Start;

static void
free_start (gpointer data)
{
  Start *start = data;
  g_ptr_array_unref (start->places);
  g_ptr_array_unref (start->categories);
  g_object_unref (start->till);
  g_free (start);
}

static void
start_cb (GtkWidget *widget, gpointer data)
{
  Start *start = data;
  g_autoptr (GError) error = NULL;
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (start->place));
  guint scope = gtk_drop_down_get_selected (GTK_DROP_DOWN (start->scope));
  QuayCount ask = { .id = start->id,
                    .name = (char *)quay_form_text (start->name),
                    .blind = gtk_check_button_get_active (GTK_CHECK_BUTTON (start->blind)) };
  if (place < start->places->len)
    ask.loc = ((QuayPlace *)start->places->pdata[place])->id;
  if (scope > 0 && scope <= start->categories->len)
    ask.scope = ((QuayCategory *)start->categories->pdata[scope - 1])->code;
  if (quay_till_count_start (start->till, &ask, &error))
    {
      QuayCountStarted started = start->started;
      gpointer to = start->data;
      QuayId id = start->id;
      quay_ui_close_card (start->card);
      started (&id, to);
      return;
    }
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    {
      quay_ui_form_row_set_fault (start->name_row, _ ("Type a name of at most 60 letters."));
      gtk_widget_grab_focus (start->name);
    }
  else
    quay_ui_show_error (start->card, _ ("The count was not started"), error);
}

static void
close_cb (GtkWidget *widget, gpointer card)
{
  quay_ui_close_card (card);
}

static GtkWidget *
make_place_choice (Start *start, const QuayId *place)
{
  guint selected = 0;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < start->places->len; i++)
    {
      const QuayPlace *one = start->places->pdata[i];
      g_ptr_array_add (names, one->name);
      if (place != NULL ? quay_id_equal (place, &one->id) : one->selling)
        selected = i;
    }
  g_ptr_array_add (names, NULL);
  GtkWidget *choice = quay_ui_choice (_ ("Place"), (const char *const *)names->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  return choice;
}

static GtkWidget *
make_scope_choice (Start *start)
{
  g_autofree char *language = quay_till_get_setting (start->till, "till.language");
  gboolean english = g_strcmp0 (language, "en") == 0;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_ptr_array_add (names, (gpointer)_ ("All goods"));
  for (guint i = 0; i < start->categories->len; i++)
    {
      const QuayCategory *category = start->categories->pdata[i];
      g_ptr_array_add (names, english ? category->name_en : category->name_vi);
    }
  g_ptr_array_add (names, NULL);
  return quay_ui_choice (_ ("What is counted"), (const char *const *)names->pdata);
}

static void
make_fields (Start *start, const QuayId *place)
{
  g_autofree char *today = quay_day_to_vi (quay_till_day (start->till));
  g_autofree char *name = g_strdup_printf (_ ("Count of %s"), today);
  start->name = quay_ui_entry (_ ("Name"));
  gtk_editable_set_text (GTK_EDITABLE (start->name), name);
  gtk_entry_set_max_length (GTK_ENTRY (start->name), 60);
  start->name_row = quay_ui_form_row (_ ("Name"), start->name, NULL);
  start->place = make_place_choice (start, place);
  start->scope = make_scope_choice (start);
  start->blind =
      gtk_check_button_new_with_label (_ ("Blind: who counts does not see what the books say"));
  gtk_box_append (GTK_BOX (start->card), start->name_row);
  gtk_box_append (GTK_BOX (start->card), quay_ui_form_row (_ ("Place"), start->place, NULL));
  gtk_box_append (GTK_BOX (start->card),
                  quay_ui_form_row (_ ("What is counted"), start->scope, NULL));
  gtk_box_append (GTK_BOX (start->card), start->blind);
  g_signal_connect (start->name, "activate", G_CALLBACK (start_cb), start);
}

void
quay_count_ask_start (GtkWidget *anywhere, QuayTill *till, const QuayId *place,
                      QuayCountStarted started, gpointer data)
{
  Start *start = g_new0 (Start, 1);
  start->till = g_object_ref (till);
  start->id = quay_till_new_id (till);
  start->places = quay_till_places (till);
  start->categories = quay_till_categories (till);
  start->started = started;
  start->data = data;
  start->card = quay_ui_card_new (_ ("New count"), NULL);
  g_object_set_data_full (G_OBJECT (start->card), "quay-start", start, free_start);
  make_fields (start, place);
  GtkWidget *ok = quay_ui_card_foot (start->card, _ ("Start counting"), "Enter");
  g_signal_connect (ok, "clicked", G_CALLBACK (start_cb), start);
  quay_ui_show_card (anywhere, start->card, start->name);
}

/* --- observations --- */

typedef struct
{
  GtkWidget *card;
  QuayTill *till; /* owned */
  QuayId count;
  QuayCountPick pick;
  QuayCountPicked picked;
  gpointer data;
} Choice;

static void
free_choice (gpointer data)
{
  Choice *choice = data;
  g_object_unref (choice->till);
  g_free (choice);
}

static void
pick_cb (GtkWidget *button, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GError) error = NULL;
  const gint64 *seen = g_object_get_data (G_OBJECT (button), "quay-seen");
  choice->pick.seen = seen != NULL ? *seen : 0;
  if (!quay_till_count_pick (choice->till, &choice->count, &choice->pick, &error))
    {
      quay_ui_show_error (choice->card, _ ("This was not recorded"), error);
      return;
    }
  QuayCountPicked picked = choice->picked;
  gpointer to = choice->data;
  quay_ui_close_card (choice->card);
  picked (to);
}

static void
bear_cb (GtkDropDown *bearer, GParamSpec *pspec, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GError) error = NULL;
  gboolean producer = gtk_drop_down_get_selected (bearer) == 1;
  if (!quay_till_count_bear (choice->till, &choice->count, &choice->pick, producer, &error))
    quay_ui_show_error (choice->card, _ ("This was not recorded"), error);
  else
    choice->picked (choice->data);
}

/* As for goods that are issued: a loss is the shop's unless somebody says otherwise. */
static GtkWidget *
make_bearer (Choice *choice, const QuayCountLine *line)
{
  const char *const bearers[] = { _ ("The shop"), _ ("The producer"), NULL };
  GtkWidget *bearer = quay_ui_choice (_ ("Who bears what is missing"), bearers);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (bearer), line->bearer ? 1 : 0);
  g_signal_connect (bearer, "notify::selected", G_CALLBACK (bear_cb), choice);
  return quay_ui_form_row (_ ("Who bears what is missing"), bearer, NULL);
}

static GtkWidget *
make_observation (Choice *choice, const QuayCountLine *line, guint n, gboolean open)
{
  const QuayObservation *one = line->observations->pdata[n];
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *qty = quay_format_qty (one->qty, line->unit);
  g_autofree char *when = quay_time_to_vi (one->seen);
  g_autofree char *text = g_strdup_printf ("%s · %s", when, one->who != NULL ? one->who : "");
  GtkWidget *what = quay_ui_label (text, "dim num");
  gtk_widget_set_hexpand (what, TRUE);
  gtk_widget_add_css_class (row, "check-row");
  GtkWidget *figure = quay_ui_label (qty, "heading num");
  gtk_label_set_width_chars (GTK_LABEL (figure), 10);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (row), what);
  if (line->counts && line->picked == (int)n)
    gtk_box_append (GTK_BOX (row), quay_ui_label (_ ("counts"), "good-text"));
  else if (open)
    {
      g_autofree char *label = g_strdup_printf (_ ("Take %s"), qty);
      GtkWidget *button = quay_ui_button (NULL, label, NULL, "action small");
      g_object_set_data_full (G_OBJECT (button), "quay-seen",
                              g_memdup2 (&one->seen, sizeof one->seen), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (pick_cb), choice);
      gtk_box_append (GTK_BOX (row), button);
    }
  return row;
}

void
quay_count_show_line (GtkWidget *anywhere, QuayTill *till, const QuayCount *count,
                      const QuayCountLine *line, gboolean hide, QuayCountPicked picked,
                      gpointer data)
{
  Choice *choice = g_new0 (Choice, 1);
  *choice = (Choice){ .till = g_object_ref (till),
                      .count = count->id,
                      .pick = { line->product, line->lot, line->whole, 0 },
                      .picked = picked,
                      .data = data };
  choice->card = quay_ui_card_new (line->name, "wide");
  g_object_set_data_full (G_OBJECT (choice->card), "quay-choice", choice, free_choice);
  if (line->clash)
    gtk_box_append (GTK_BOX (choice->card),
                    quay_ui_wrapped_label (_ ("This product was counted as a whole and by lots. "
                                              "One of the two counts; take the one that is right."),
                                           "dim", 70, 3));
  for (guint i = 0; i < line->observations->len; i++)
    gtk_box_append (GTK_BOX (choice->card), make_observation (choice, line, i, count->closed == 0));
  if (count->closed == 0 && !hide && line->counts && line->consigned && line->pending.milli < 0)
    gtk_box_append (GTK_BOX (choice->card), make_bearer (choice, line));
  GtkWidget *buttons = quay_ui_card_buttons (choice->card);
  if (count->closed == 0 && line->counts)
    {
      GtkWidget *out = quay_ui_button (NULL, _ ("Leave out"), NULL, "action");
      g_signal_connect (out, "clicked", G_CALLBACK (pick_cb), choice);
      gtk_box_append (GTK_BOX (buttons), out);
    }
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), choice->card);
  gtk_box_append (GTK_BOX (buttons), close);
  quay_ui_show_card (anywhere, choice->card, close);
}
