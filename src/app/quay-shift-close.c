/* Closing a shift. Main thread. */
#include "quay-shift-close.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-notes-grid.h"
#include "quay-shift-words.h"
#include "quay-till-shift.h"
#include "quay-ui.h"
#include "quay-unseen-list.h"

#define WHY_MAX 70
#define NOTE_MAX 200

/* Freed with its card. */
typedef struct
{
  QuayTill *till;
  QuayId shift; /* nil: the open one */
  QuayShift *result;
  GtkWidget *card;
  GtkWidget *steps;
  GtkWidget *pages[3];
  GtkWidget *grid;
  GtkWidget *lines;
  GtkWidget *difference;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *by;
  GtkWidget *by_row;
  GtkWidget *verified;
  GtkWidget *verified_row;
  GtkWidget *note;
  GtkWidget *unseen;
  GtkWidget *unsent;
  GtkWidget *unsent_list;
  GtkWidget *back;
  GtkWidget *next;
  guint step;
  QuayShiftDone done;
  gpointer data;
} CloseCard;

static void
close_card_free (CloseCard *self)
{
  quay_shift_free (self->result);
  g_object_unref (self->till);
  g_free (self);
}

static QuayMoney
counted (CloseCard *self, char **notes)
{
  gint64 counts[QUAY_N_NOTES];
  QuayMoney sum;
  quay_notes_grid_get (QUAY_NOTES_GRID (self->grid), counts, &sum);
  if (notes != NULL)
    *notes = quay_notes_to_text (counts);
  return sum;
}

static gint64
off_by (CloseCard *self)
{
  return counted (self, NULL).dong - self->result->drawer.dong;
}

/* --- steps --- */

static void
show_step (CloseCard *self, guint step)
{
  static const char *const texts[] = { N_ ("1 of 3 · count the notes"), N_ ("2 of 3 · the result"),
                                       N_ ("3 of 3 · for who comes next") };
  GtkWidget *const focus[] = { quay_notes_grid_first (QUAY_NOTES_GRID (self->grid)),
                               self->result != NULL && off_by (self) != 0 ? self->why : self->next,
                               self->note };
  self->step = step;
  quay_ui_set_text (self->steps, _ (texts[step]));
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    gtk_widget_set_visible (self->pages[i], i == step);
  quay_ui_button_set_text (self->back, step == 0   ? _ ("Cancel")
                                       : step == 1 ? _ ("Count again")
                                                   : _ ("Back"));
  quay_ui_button_set_text (self->next, step == 0   ? _ ("It is counted")
                                       : step == 1 ? _ ("Next")
                                                   : _ ("Close the shift"));
  gtk_widget_grab_focus (focus[step]);
}

/* What the server does not have yet; the oldest, and how many more. */
static void
show_unsent (CloseCard *self)
{
  const QuayShift *shift = self->result;
  guint n = shift->unsent != NULL ? shift->unsent->len : 0;
  g_autofree char *since = quay_time_to_vi (shift->unsent_since);
  g_autofree char *waiting = g_strdup_printf (
      ngettext ("%d receipt waits to be sent, since %s: it will be, whenever there is a network.",
                "%d receipts wait to be sent, since %s: they will be, whenever there is a network.",
                (gulong)shift->n_unsent),
      (int)shift->n_unsent, since);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->unsent_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->unsent_list), child);
  for (guint i = 0; i < n; i++)
    {
      const QuayUnsent *unsent = shift->unsent->pdata[i];
      g_autofree char *time = quay_time_to_vi (unsent->ts);
      g_autofree char *label = g_strdup_printf ("%s · %s", unsent->number, time);
      quay_shift_add_pair (self->unsent_list, label, unsent->amount, "num");
    }
  if (shift->n_unsent > n)
    {
      g_autofree char *text = g_strdup_printf (_ ("and %u more"), (guint)shift->n_unsent - n);
      gtk_box_append (GTK_BOX (self->unsent_list), quay_ui_label (text, "dim num"));
    }
  quay_ui_set_text (self->unsent, waiting);
  gtk_widget_set_visible (self->unsent, shift->n_unsent > 0);
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->unsent_list, GTK_TYPE_SCROLLED_WINDOW),
                          shift->n_unsent > 0);
}

static void
show_result (CloseCard *self)
{
  QuayMoney difference = QUAY_DONG (off_by (self));
  g_autofree char *text = quay_shift_difference_text (difference);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), child);
  quay_shift_add_lines (self->lines, self->result);
  quay_shift_add_pair (self->lines, _ ("Counted"), counted (self, NULL), "heading");
  quay_ui_set_text (self->difference, text);
  quay_ui_toggle_class (self->difference, "bad-text", difference.dong != 0);
  quay_ui_toggle_class (self->difference, "good-text", difference.dong == 0);
  gtk_widget_set_visible (self->why_row, difference.dong != 0);
  quay_unseen_list_show (QUAY_UNSEEN_LIST (self->unseen), self->result->unseen);
  show_unsent (self);
}

static void next_cb (CloseCard *self);

static void
again (GtkWidget *card)
{
  next_cb (g_object_get_data (G_OBJECT (card), "quay-close"));
}

static void
refuse (CloseCard *self, const char *title, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
    quay_approve_card_retry (self->card, again);
  quay_ui_show_error (self->card, title, error);
}

/* From here on the result may be seen, and the count is known. */
static void
confirm_count (CloseCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notes = NULL;
  QuayMoney sum = counted (self, &notes);
  QuayShift *result = quay_till_confirm_count (self->till, &self->shift, sum, notes, &error);
  if (result == NULL)
    {
      refuse (self, _ ("The count was not taken"), error);
      return;
    }
  g_clear_pointer (&self->result, quay_shift_free);
  self->result = result;
  if (quay_id_is_nil (&self->shift))
    self->shift = result->id; /* no other one in the next steps */
  show_result (self);
  show_step (self, 1);
}

static const char *
needed_text (GtkWidget *entry)
{
  const char *text = quay_form_text (entry);
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

/* FALSE with the fault told at its field. */
static gboolean
check_result (CloseCard *self)
{
  QuayMoney found;
  gboolean second = *needed_text (self->by) != '\0';
  const char *found_text = gtk_editable_get_text (GTK_EDITABLE (self->verified));
  gboolean why = off_by (self) == 0 || *needed_text (self->why) != '\0';
  gboolean named = second || *found_text == '\0';
  gboolean sum = !second || quay_ui_money_entry_get (self->verified, &found);
  quay_ui_form_row_set_fault (self->why_row, why ? NULL : _ ("Say why: it is kept with the day."));
  quay_ui_form_row_set_fault (self->by_row, named ? NULL : _ ("Say who counted it."));
  quay_ui_form_row_set_fault (self->verified_row,
                              sum ? NULL : _ ("Type an amount, as 500.000 or 500k."));
  if (!why || !named || !sum)
    gtk_widget_grab_focus (!why ? self->why : !named ? self->by : self->verified);
  return why && named && sum;
}

static void
print_report (CloseCard *self, const char *number)
{
  g_autoptr (QuayShift) closed = quay_till_shift_report (self->till, number, NULL);
  g_autofree char *printer = quay_till_get_setting (self->till, "till.printer");
  if (closed != NULL && g_strcmp0 (printer, "none") != 0)
    quay_till_print_shift (self->till, closed, NULL);
}

static void
finish (CloseCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *number = g_strdup (self->result->number);
  const char *by = needed_text (self->by);
  QuayShiftCount count = { .shift = self->shift,
                           .why = off_by (self) != 0 ? needed_text (self->why) : NULL,
                           .note = quay_form_text (self->note),
                           .by = *by != '\0' ? by : NULL };
  count.counted = counted (self, &notes);
  count.notes = notes;
  if (count.by != NULL)
    quay_ui_money_entry_get (self->verified, &count.verified);
  if (!quay_till_end_shift (self->till, &count, NULL, &error))
    {
      refuse (self, _ ("The shift was not closed"), error);
      return;
    }
  print_report (self, number);
  g_autofree char *text = g_strdup_printf (_ ("Shift %s is closed"), number);
  QuayShiftDone done = self->done;
  gpointer data = self->data;
  quay_ui_toast (self->card, text);
  quay_ui_close_card (self->card);
  if (done != NULL)
    done (data);
}

static void
next_cb (CloseCard *self)
{
  if (self->step == 0)
    confirm_count (self);
  else if (self->step == 2)
    finish (self);
  else if (check_result (self))
    show_step (self, 2);
}

static void
back_cb (CloseCard *self)
{
  if (self->step == 0)
    quay_ui_close_card (self->card);
  else
    show_step (self, self->step - 1);
}

/* --- building --- */

static void
typed_cb (GtkWidget *row)
{
  quay_ui_form_row_set_fault (row, NULL);
}

static GtkWidget *
make_entry (CloseCard *self, GtkWidget *box, const char *title, const char *hint, int max,
            GtkWidget **row)
{
  GtkWidget *entry = max > 0 ? quay_ui_entry (title) : quay_ui_money_entry (title);
  if (max > 0)
    gtk_entry_set_max_length (GTK_ENTRY (entry), max);
  GtkWidget *made = quay_ui_form_row (title, entry, hint);
  gtk_widget_set_hexpand (made, TRUE);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), made);
  gtk_box_append (GTK_BOX (box), made);
  if (row != NULL)
    *row = made;
  return entry;
}

static GtkWidget *
build_count (CloseCard *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (page),
                  quay_ui_wrapped_label (
                      _ ("Count the notes in the drawer. What should be there is told afterwards."),
                      "dim", 80, 2));
  self->grid = quay_notes_grid_new ();
  g_signal_connect_swapped (self->grid, "done", G_CALLBACK (next_cb), self);
  gtk_box_append (GTK_BOX (page), self->grid);
  return page;
}

static GtkWidget *
build_result (CloseCard *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->difference = quay_ui_label (NULL, "figure num");
  quay_ui_set_id (self->difference, "close-difference");
  gtk_box_append (GTK_BOX (page), self->lines);
  gtk_box_append (GTK_BOX (page), self->difference);
  self->why =
      make_entry (self, page, _ ("Reason for the difference"), NULL, WHY_MAX, &self->why_row);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  self->by = make_entry (self, pair, _ ("Counted again by"), _ ("Only if somebody did"), WHY_MAX,
                         &self->by_row);
  self->verified = make_entry (self, pair, _ ("Who found"), NULL, 0, &self->verified_row);
  gtk_box_append (GTK_BOX (page), pair);
  return page;
}

static GtkWidget *
build_note (CloseCard *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled;
  GtkWidget *waiting;
  self->note = make_entry (self, page, _ ("Note for who comes next"),
                           _ ("It is shown when the next shift is opened"), NOTE_MAX, NULL);
  self->unseen = quay_unseen_list_new (self->till);
  scrolled = quay_ui_scrolled (self->unseen);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 150);
  self->unsent = quay_ui_wrapped_label (NULL, "warn-text num", 80, 2);
  self->unsent_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  quay_ui_set_id (self->unsent_list, "close-unsent");
  waiting = quay_ui_scrolled (self->unsent_list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (waiting), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (waiting), 130);
  gtk_box_append (GTK_BOX (page),
                  quay_ui_label (_ ("Transfers that nobody has seen arrive"), "heading"));
  gtk_box_append (GTK_BOX (page), scrolled);
  gtk_box_append (GTK_BOX (page), self->unsent);
  gtk_box_append (GTK_BOX (page), waiting);
  return page;
}

static void
build (CloseCard *self, const char *name)
{
  g_autofree char *other = name != NULL ? g_strdup_printf (_ ("Close shift %s"), name) : NULL;
  self->card = quay_ui_card_new (other != NULL ? other : _ ("Count and close the shift"), "wide");
  g_object_set_data_full (G_OBJECT (self->card), "quay-close", self,
                          (GDestroyNotify)close_card_free);
  self->steps = quay_ui_label (NULL, "meta num");
  gtk_box_append (GTK_BOX (self->card), self->steps);
  self->pages[0] = build_count (self);
  self->pages[1] = build_result (self);
  self->pages[2] = build_note (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    gtk_box_append (GTK_BOX (self->card), self->pages[i]);
  GtkWidget *buttons = quay_ui_card_buttons (self->card);
  self->back = quay_ui_button (NULL, _ ("Cancel"), NULL, "action");
  self->next = quay_ui_button (NULL, _ ("Next"), "Enter", "main");
  quay_ui_set_id (self->next, "close-next");
  gtk_box_append (GTK_BOX (buttons), self->back);
  gtk_box_append (GTK_BOX (buttons), self->next);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->next, "clicked", G_CALLBACK (next_cb), self);
}

void
quay_shift_close_card (GtkWidget *anywhere, QuayTill *till, const QuayId *shift, const char *name,
                       QuayShiftDone done, gpointer data)
{
  CloseCard *self = g_new0 (CloseCard, 1);
  self->till = g_object_ref (till);
  self->shift = shift != NULL ? *shift : QUAY_ID_NIL;
  self->done = done;
  self->data = data;
  build (self, name);
  quay_ui_show_card (anywhere, self->card, quay_notes_grid_first (QUAY_NOTES_GRID (self->grid)));
  show_step (self, 0);
}
