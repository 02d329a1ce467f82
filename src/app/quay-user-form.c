/* The form of a user. */
#include "quay-user-form.h"

#include "quay-form.h"
#include "quay-people-words.h"
#include "quay-till-users.h"
#include "quay-ui.h"

/* Parts of the card; freed with it. */
typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *card;
  char *code; /* NULL: a new one */
  GtkWidget *name;
  GtkWidget *role;
  GtkWidget *born;
  GtkWidget *pin;
  GtkWidget *active; /* NULL of a new one */
  GtkWidget *save;
} Form;

static void
form_free (Form *form)
{
  g_object_unref (form->till);
  g_free (form->code);
  g_free (form);
}

/* Each field's row, by the column of a refusal. */
static GtkWidget *
row_of (Form *form, const char *column)
{
  GtkWidget *control = g_str_equal (column, "role")     ? form->role
                       : g_str_equal (column, "born")   ? form->born
                       : g_str_equal (column, "pin")    ? form->pin
                       : g_str_equal (column, "active") ? form->active
                                                        : form->name;
  return g_object_get_data (G_OBJECT (control), "quay-row");
}

static void
show_refusals (Form *form, GPtrArray *refusals)
{
  static const char *const columns[] = { "name", "role", "born", "pin", "active" };
  for (guint i = 0; i < G_N_ELEMENTS (columns) - (form->active == NULL ? 1 : 0); i++)
    quay_ui_form_row_set_fault (row_of (form, columns[i]), NULL);
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const QuayRefusal *refusal = refusals->pdata[i];
      g_autofree char *text = quay_form_refusal_text (refusal);
      quay_ui_form_row_set_fault (row_of (form, refusal->column), text);
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  Form *form = g_object_get_data (G_OBJECT (card), "quay-form");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  gboolean saved = quay_till_save_user_finish (QUAY_TILL (source), result, NULL, &refusals, &error);
  gtk_widget_set_sensitive (form->save, TRUE);
  show_refusals (form, refusals);
  if (error != NULL)
    quay_ui_show_error (card, _ ("The user was not saved"), error);
  if (!saved)
    return;
  quay_ui_toast (card, _ ("Saved."));
  quay_ui_close_card (card);
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  static const char *const active[] = { "0", "1" };
  Form *form = data;
  if (!gtk_widget_get_sensitive (form->save))
    return; /* under way */
  QuayUserEdit edit = {
    .is_new = form->code == NULL,
    .code = form->code,
    .name = quay_form_text (form->name),
    .role = quay_form_get_choice (form->role),
    .born = quay_form_text (form->born),
    .pin = quay_form_text (form->pin),
    .active = form->active != NULL
                  ? active[gtk_check_button_get_active (GTK_CHECK_BUTTON (form->active))]
                  : NULL,
  };
  gtk_widget_set_sensitive (form->save, FALSE);
  quay_till_save_user_async (form->till, &edit, saved_cb, g_object_ref (form->card));
}

static void
add_row (Form *form, const char *title, GtkWidget *control, const char *hint)
{
  GtkWidget *row = quay_ui_form_row (title, control, hint);
  if (GTK_IS_ENTRY (control))
    g_signal_connect (control, "activate", G_CALLBACK (save_cb), form);
  g_object_set_data (G_OBJECT (control), "quay-row", row);
  gtk_box_append (GTK_BOX (form->card), row);
}

static void
add_fields (Form *form, const QuayUser *user)
{
  const char *names[] = { quay_role_words ("manager"), quay_role_words ("cashier"),
                          quay_role_words ("keeper"), quay_role_words ("auditor"), NULL };
  const char *const none[] = { NULL };
  g_autofree char *born = user != NULL && user->born > 0 ? quay_day_to_vi (user->born) : NULL;
  form->name = quay_ui_entry (_ ("Name"));
  form->role = quay_ui_choice (_ ("Role"), none);
  form->born = quay_ui_code_entry (_ ("Born on"));
  form->pin = quay_ui_code_entry (_ ("PIN"));
  quay_form_fill_choice (form->role, quay_roles, names);
  gtk_entry_set_visibility (GTK_ENTRY (form->pin), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (form->pin), GTK_INPUT_PURPOSE_PIN);
  gtk_editable_set_text (GTK_EDITABLE (form->name), user != NULL ? user->name : "");
  gtk_editable_set_text (GTK_EDITABLE (form->born), born != NULL ? born : "");
  quay_form_set_choice (form->role, user != NULL                       ? user->role
                                    : quay_till_has_users (form->till) ? "cashier"
                                                                       : "manager");
  add_row (form, _ ("Name"), form->name, NULL);
  add_row (form, _ ("Role"), form->role, NULL);
  add_row (form, _ ("PIN"), form->pin,
           user != NULL ? _ ("4 to 12 digits; empty: stays as it is") : _ ("4 to 12 digits"));
  add_row (form, _ ("Born on"), form->born,
           _ ("31/12/2009; who is under 18 sells no alcohol. May be empty."));
  if (user == NULL)
    return;
  form->active = gtk_check_button_new_with_label (_ ("Works here"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->active), user->active);
  quay_ui_set_label (form->active, _ ("Works here"));
  add_row (form, "", form->active, NULL);
}

void
quay_user_form_open (GtkWidget *anywhere, QuayTill *till, const QuayUser *user)
{
  Form *form = g_new0 (Form, 1);
  form->till = g_object_ref (till);
  form->code = user != NULL ? g_strdup (user->code) : NULL;
  form->card = quay_ui_card_new (user != NULL ? user->name : _ ("A new user"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, (GDestroyNotify)form_free);
  add_fields (form, user);
  form->save = quay_ui_card_foot (form->card, _ ("Save the user"), "Enter");
  g_signal_connect (form->save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->name);
}
