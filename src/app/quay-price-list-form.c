/* A price list: its name, days, least quantity, the one place where it counts. Main thread. */
#include "quay-price-list-form.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-places.h"
#include "quay-typed.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  char *code;     /* owned; NULL: a new one, whose code is made of its name */
  GtkWidget *card;
  GtkWidget *name;
  GtkWidget *name_row;
  GtkWidget *from;
  GtkWidget *from_row;
  GtkWidget *until;
  GtkWidget *until_row;
  GtkWidget *minimum;
  GtkWidget *minimum_row;
  GtkWidget *place;
  GtkWidget *active;
  GPtrArray *places; /* owned: QuayPlace */
  QuayPriceListSaved saved;
  gpointer data;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_clear_pointer (&form->places, g_ptr_array_unref);
  g_object_unref (form->till);
  g_free (form->code);
  g_free (form);
}

static gboolean
read_form (Form *form, QuayPriceList *list)
{
  const char *day = _ ("Type a day, as 30/11/2026.");
  const char *minimum = quay_form_text (form->minimum);
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (form->place));
  list->name = g_strstrip (g_strdup (quay_form_text (form->name)));
  list->code = form->code != NULL ? g_strdup (form->code) : quay_price_list_code_of (list->name);
  list->active = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->active));
  gboolean named = list->name[0] != '\0' && list->code[0] != '\0';
  gboolean from = quay_typed_day (quay_form_text (form->from), &list->from);
  gboolean until = quay_typed_day (quay_form_text (form->until), &list->until);
  gboolean least = minimum[0] == '\0' || quay_parse_qty (minimum, &list->minimum, NULL);
  if (place > 0 && place <= form->places->len)
    list->place = ((const QuayPlace *)form->places->pdata[place - 1])->id;
  quay_ui_form_row_set_fault (form->name_row, named ? NULL : _ ("What is it called?"));
  quay_ui_form_row_set_fault (form->from_row, from ? NULL : day);
  quay_ui_form_row_set_fault (form->until_row, until ? NULL : day);
  quay_ui_form_row_set_fault (form->minimum_row, least ? NULL : _ ("Type a quantity, or nothing."));
  return named && from && until && least;
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPriceList) list = quay_price_list_new ();
  if (!read_form (form, list))
    return;
  if (!quay_till_save_price_list (form->till, list, &error))
    {
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
        quay_ui_form_row_set_fault (form->name_row, _ ("Another list has this name."));
      else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
        quay_ui_form_row_set_fault (form->until_row, _ ("It ends before it begins."));
      else
        quay_ui_show_error (form->card, _ ("The price list was not saved"), error);
      return;
    }
  quay_ui_toast (form->card, _ ("Saved."));
  if (form->saved != NULL)
    form->saved (form->data);
  quay_ui_close_card (form->card);
}

static GtkWidget *
add_entry (Form *form, GtkWidget *grid, const char *title, const char *text, int column, int row)
{
  GtkWidget *entry = row == 0 ? quay_ui_entry (title) : quay_ui_code_entry (title);
  GtkWidget *form_row = quay_ui_form_row (title, entry, NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_grid_attach (GTK_GRID (grid), form_row, column, row, row == 0 ? 3 : 1, 1);
  g_signal_connect (entry, "activate", G_CALLBACK (save_cb), form);
  g_object_set_data (G_OBJECT (entry), "quay-row", form_row);
  return entry;
}

static GtkWidget *
row_of (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), "quay-row");
}

static GtkWidget *
make_place (Form *form, const QuayPriceList *list)
{
  guint chosen = 0;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  form->places = quay_till_places (form->till);
  g_ptr_array_add (names, (gpointer)_ ("Everywhere"));
  for (guint i = 0; i < form->places->len; i++)
    {
      const QuayPlace *place = form->places->pdata[i];
      g_ptr_array_add (names, place->name);
      chosen = quay_id_equal (&place->id, &list->place) ? i + 1 : chosen;
    }
  g_ptr_array_add (names, NULL);
  GtkWidget *choice =
      quay_ui_choice (_ ("Where it counts"), (const char *const *)(gpointer)names->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  return choice;
}

static GtkWidget *
make_grid (Form *form, const QuayPriceList *list)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *from = list->from != 0 ? quay_day_to_vi (list->from) : NULL;
  g_autofree char *until = list->until != 0 ? quay_day_to_vi (list->until) : NULL;
  g_autofree char *minimum = list->minimum.milli > 0 ? quay_format_qty (list->minimum, NULL) : NULL;
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  form->name = add_entry (form, grid, _ ("Name of the list"), list->name, 0, 0);
  form->from = add_entry (form, grid, _ ("From day"), from, 0, 1);
  form->until = add_entry (form, grid, _ ("Until day"), until, 1, 1);
  form->minimum = add_entry (form, grid, _ ("From how many of a product"), minimum, 2, 1);
  form->name_row = row_of (form->name);
  form->from_row = row_of (form->from);
  form->until_row = row_of (form->until);
  form->minimum_row = row_of (form->minimum);
  form->place = make_place (form, list);
  gtk_grid_attach (GTK_GRID (grid),
                   quay_ui_form_row (_ ("Where it counts"), form->place,
                                     _ ("For sales for which it is chosen (Shift+F3), and for "
                                        "customers and fairs that have it.")),
                   0, 2, 3, 1);
  quay_ui_set_id (form->name, "price-list-name");
  gtk_entry_set_max_length (GTK_ENTRY (form->name), 60);
  return grid;
}

void
quay_price_list_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPriceList *list,
                           QuayPriceListSaved saved, gpointer data)
{
  Form *form = g_new0 (Form, 1);
  g_autoptr (QuayPriceList) empty = quay_price_list_new ();
  form->till = g_object_ref (till);
  form->code = list != NULL ? g_strdup (list->code) : NULL;
  form->saved = saved;
  form->data = data;
  form->card = quay_ui_card_new (list != NULL ? _ ("Price list") : _ ("New price list"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  gtk_box_append (GTK_BOX (form->card), make_grid (form, list != NULL ? list : empty));
  form->active = gtk_check_button_new_with_label (_ ("In use"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->active), list == NULL || list->active);
  gtk_box_append (GTK_BOX (form->card), form->active);
  GtkWidget *save = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  quay_ui_set_id (save, "price-list-save");
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->name);
}
