/* Cards for a place and for a fair. Main thread. */
#include "quay-fair-form.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-list-choice.h"
#include "quay-suggest-entry.h"
#include "quay-till-catalog.h"
#include "quay-till-prices.h"
#include "quay-ui.h"

#include <string.h>

/* --- a fair --- */

static const struct
{
  const char *member;
  const char *title;
  gboolean code; /* a day or a number: no input method */
  const char *fault;
} FIELDS[] = {
  { "name", N_ ("Name of the fair"), FALSE, N_ ("Type a name of at most 120 letters.") },
  { "organiser", N_ ("Organiser"), FALSE, N_ ("At most 120 letters.") },
  { "where", N_ ("Where in the commune"), FALSE, N_ ("At most 120 letters.") },
  { "from", N_ ("First day"), TRUE, N_ ("Type a day, as 24/11/2026.") },
  { "to", N_ ("Last day"), TRUE, N_ ("Type a day that is not before the first.") },
  { "notice", N_ ("Number of the notice to the commune"), FALSE, N_ ("At most 120 letters.") },
  { "notice_day", N_ ("Day of the notice"), TRUE, N_ ("Type a day, as 24/11/2026, or nothing.") },
  { "cost", N_ ("Cost of the stall"), TRUE, N_ ("This is not an amount in whole đồng.") },
  { "remark", N_ ("Contract, remarks"), FALSE, N_ ("At most 120 letters.") },
  { "back", N_ ("Goods are taken back for (days)"), TRUE, N_ ("Type a number from 0 to 365.") },
};
#define N_FIELDS G_N_ELEMENTS (FIELDS)

typedef struct
{
  GtkWidget *card;
  GtkWidget *rows[N_FIELDS];
  GtkWidget *entries[N_FIELDS];
  GtkWidget *commune;
  GtkWidget *commune_row;
  GtkWidget *list; /* NULL where the shop has none */
  QuayTill *till;  /* owned */
  QuayId id;
  QuayId loc;
  QuayFairSaved saved;
  gpointer data;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

static const char *
text_of (Form *form, const char *member)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strcmp (FIELDS[i].member, member) == 0)
      return quay_form_text (form->entries[i]);
  return "";
}

/* 0 for nothing, a day that can't be for anything else than a day. */
static QuayDay
day_of (Form *form, const char *member)
{
  QuayDay day;
  g_autofree char *text = g_strstrip (g_strdup (text_of (form, member)));
  if (*text == '\0')
    return 0;
  return quay_day_from_text (text, &day) ? day : -1;
}

static void
show_fault (Form *form, const char *member)
{
  quay_ui_form_row_set_fault (form->commune_row, NULL);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gboolean bad = g_strcmp0 (FIELDS[i].member, member) == 0;
      quay_ui_form_row_set_fault (form->rows[i], bad ? _ (FIELDS[i].fault) : NULL);
      if (bad)
        gtk_widget_grab_focus (form->entries[i]);
    }
  if (g_strcmp0 (member, "commune") == 0)
    quay_ui_form_row_set_fault (form->commune_row, _ ("Choose a commune of the list."));
}

/* Below 0 for what is no amount. */
static QuayMoney
cost_of (Form *form)
{
  QuayMoney cost = QUAY_DONG (0);
  g_autofree char *text = g_strstrip (g_strdup (text_of (form, "cost")));
  return *text == '\0' || quay_parse_money (text, &cost, NULL) ? cost : QUAY_DONG (-1);
}

static QuayFair *
read_form (Form *form)
{
  QuayFair *fair = quay_fair_new ();
  fair->id = form->id;
  fair->loc = form->loc;
  fair->name = g_strstrip (g_strdup (text_of (form, "name")));
  fair->organiser = g_strdup (text_of (form, "organiser"));
  fair->where = g_strdup (text_of (form, "where"));
  fair->commune = quay_suggest_entry_dup_value (QUAY_SUGGEST_ENTRY (form->commune));
  fair->from = day_of (form, "from");
  fair->to = day_of (form, "to");
  fair->notice = g_strdup (text_of (form, "notice"));
  fair->notice_day = day_of (form, "notice_day");
  fair->remark = g_strstrip (g_strdup (text_of (form, "remark")));
  fair->cost = cost_of (form);
  if (!g_ascii_string_to_signed (text_of (form, "back"), 10, 0, 365, &fair->back, NULL))
    fair->back = -1;
  return fair;
}

/* Its stall sells by a list of its own. */
static gboolean
keep_list (Form *form, const QuayId *loc, GError **error)
{
  const char *code = quay_list_choice_get (form->list);
  g_autofree char *before = quay_till_list_of_place (form->till, loc);
  return g_strcmp0 (code, before) == 0 || quay_till_set_place_list (form->till, loc, code, error);
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  const char *member;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayFair) fair = read_form (form);
  if (quay_till_save_fair (form->till, fair, &member, &error) &&
      keep_list (form, &fair->loc, &error))
    {
      QuayFairSaved saved = form->saved;
      gpointer to = form->data;
      QuayId id = form->id;
      quay_ui_close_card (form->card);
      saved (&id, to);
      return;
    }
  show_fault (form, member);
  if (member == NULL)
    quay_ui_show_error (form->card, _ ("The fair was not saved"), error);
}

static char *
shown (const QuayFair *fair, const char *member)
{
  QuayDay day = strcmp (member, "from") == 0         ? fair->from
                : strcmp (member, "to") == 0         ? fair->to
                : strcmp (member, "notice_day") == 0 ? fair->notice_day
                                                     : 0;
  if (strcmp (member, "name") == 0)
    return g_strdup (fair->name);
  if (strcmp (member, "organiser") == 0)
    return g_strdup (fair->organiser);
  if (strcmp (member, "where") == 0)
    return g_strdup (fair->where);
  if (strcmp (member, "notice") == 0)
    return g_strdup (fair->notice);
  if (strcmp (member, "remark") == 0)
    return g_strdup (fair->remark);
  if (strcmp (member, "cost") == 0)
    return fair->cost.dong != 0 ? quay_format_money (fair->cost, QUAY_MONEY_BARE) : NULL;
  if (strcmp (member, "back") == 0)
    return g_strdup_printf ("%d", (int)fair->back);
  return day != 0 ? quay_day_to_vi (day) : NULL;
}

static void
make_commune (Form *form, const QuayFair *fair)
{
  g_autoptr (GPtrArray) communes = quay_till_communes (form->till);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < communes->len; i++)
    {
      g_ptr_array_add (codes, ((QuayReportRow *)communes->pdata[i])->key);
      g_ptr_array_add (names, ((QuayReportRow *)communes->pdata[i])->name);
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  form->commune = g_object_new (QUAY_TYPE_SUGGEST_ENTRY, NULL);
  quay_ui_set_label (GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (form->commune))),
                     _ ("Commune"));
  quay_suggest_entry_set_coded (QUAY_SUGGEST_ENTRY (form->commune),
                                (const char *const *)codes->pdata,
                                (const char *const *)names->pdata);
  quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (form->commune),
                                fair->commune != NULL ? fair->commune : "");
  form->commune_row = quay_ui_form_row (_ ("Commune"), form->commune, NULL);
}

static void
make_fields (Form *form, const QuayFair *fair)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  make_commune (form, fair);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *title = _ (FIELDS[i].title);
      g_autofree char *text = shown (fair, FIELDS[i].member);
      form->entries[i] = FIELDS[i].code ? quay_ui_code_entry (title) : quay_ui_entry (title);
      gtk_editable_set_text (GTK_EDITABLE (form->entries[i]), text != NULL ? text : "");
      form->rows[i] = quay_ui_form_row (title, form->entries[i], NULL);
      gtk_widget_set_hexpand (form->rows[i], TRUE);
      g_signal_connect (form->entries[i], "activate", G_CALLBACK (save_cb), form);
      /* the commune stands before "where" */
      guint cell = i < 2 ? i : i + 1;
      gtk_grid_attach (GTK_GRID (grid), form->rows[i], (int)(cell % 2), (int)(cell / 2), 1, 1);
    }
  gtk_grid_attach (GTK_GRID (grid), form->commune_row, 0, 1, 1, 1);
  gtk_box_append (GTK_BOX (form->card), grid);
  g_autofree char *list = quay_till_list_of_place (form->till, &form->loc);
  form->list = quay_list_choice_new (form->till, list);
  if (form->list != NULL)
    gtk_box_append (GTK_BOX (form->card),
                    quay_ui_form_row (_ ("Price list"), form->list,
                                      _ ("What its stall sells by from the start.")));
}

void
quay_fair_form_open (GtkWidget *anywhere, QuayTill *till, const QuayFair *fair, QuayFairSaved saved,
                     gpointer data)
{
  Form *form = g_new0 (Form, 1);
  g_autoptr (QuayFair) empty = quay_fair_new ();
  form->till = g_object_ref (till);
  form->id = fair != NULL ? fair->id : quay_till_new_id (till);
  form->loc = fair != NULL ? fair->loc : QUAY_ID_NIL;
  form->saved = saved;
  form->data = data;
  form->card = quay_ui_card_new (fair != NULL ? fair->name : _ ("New fair"), "wide");
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  make_fields (form, fair != NULL ? fair : empty);
  GtkWidget *ok = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  g_signal_connect (ok, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->entries[0]);
}

/* --- a place --- */

typedef struct
{
  GtkWidget *card;
  GtkWidget *name;
  GtkWidget *row;
  GtkWidget *kind;
  QuayTill *till; /* owned */
  QuayId id;
  QuayFairSaved saved;
  gpointer data;
} Place;

static const char *const KINDS[] = { QUAY_PLACE_STORE, QUAY_PLACE_STALL, QUAY_PLACE_FLOOR };

static void
free_place (gpointer data)
{
  Place *place = data;
  g_object_unref (place->till);
  g_free (place);
}

static void
save_place_cb (GtkWidget *widget, gpointer data)
{
  Place *place = data;
  g_autoptr (GError) error = NULL;
  guint kind = MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (place->kind)), 2);
  if (quay_till_save_place (place->till, &place->id, quay_form_text (place->name), KINDS[kind],
                            &error))
    {
      QuayFairSaved saved = place->saved;
      gpointer to = place->data;
      QuayId id = place->id;
      quay_ui_close_card (place->card);
      saved (&id, to);
    }
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
    quay_ui_form_row_set_fault (place->row, _ ("Another place has this name."));
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    quay_ui_form_row_set_fault (place->row, _ ("Type a name of at most 60 letters."));
  else
    quay_ui_show_error (place->card, _ ("The place was not saved"), error);
}

void
quay_place_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPlace *known,
                      QuayFairSaved saved, gpointer data)
{
  const char *const kinds[] = { _ ("Storeroom"), _ ("Fair stall"), _ ("Shop floor"), NULL };
  Place *place = g_new0 (Place, 1);
  *place = (Place){ .till = g_object_ref (till), .saved = saved, .data = data };
  place->id = known != NULL ? known->id : quay_till_new_id (till);
  place->card = quay_ui_card_new (known != NULL ? known->name : _ ("New place"), NULL);
  g_object_set_data_full (G_OBJECT (place->card), "quay-place", place, free_place);
  place->name = quay_ui_entry (_ ("Name of the place"));
  gtk_entry_set_max_length (GTK_ENTRY (place->name), 60);
  gtk_editable_set_text (GTK_EDITABLE (place->name), known != NULL ? known->name : "");
  place->row = quay_ui_form_row (_ ("Name of the place"), place->name, NULL);
  place->kind = quay_ui_choice (_ ("Kind"), kinds);
  for (guint i = 0; known != NULL && i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i], known->kind) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (place->kind), i);
  gtk_box_append (GTK_BOX (place->card), place->row);
  gtk_box_append (GTK_BOX (place->card), quay_ui_form_row (_ ("Kind"), place->kind, NULL));
  GtkWidget *ok = quay_ui_card_foot (place->card, _ ("Save"), "Enter");
  g_signal_connect (place->name, "activate", G_CALLBACK (save_place_cb), place);
  g_signal_connect (ok, "clicked", G_CALLBACK (save_place_cb), place);
  quay_ui_show_card (anywhere, place->card, place->name);
}
