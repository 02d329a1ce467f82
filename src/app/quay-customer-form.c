/* The form of a customer. Nothing is agreed to until somebody ticks it here. Main thread. */
#include "quay-customer-form.h"

#include "quay-approve-card.h"
#include "quay-form.h"
#include "quay-list-choice.h"
#include "quay-request-card.h"
#include "quay-till-customers.h"
#include "quay-till-people.h"
#include "quay-till-requests.h"
#include "quay-ui.h"

#include <string.h>

#define AT(member) G_STRUCT_OFFSET (QuayCustomerEdit, member)
static const struct
{
  const char *name; /* a refusal's column */
  const char *text;
  const char *hint;
  gsize at;
  gboolean code;            /* no input method */
  guint column, row, width; /* in a grid of four */
} FIELDS[] = {
  { "name", N_ ("Name"), NULL, AT (name), FALSE, 0, 0, 2 },
  { "phone", N_ ("Phone"), NULL, AT (phone), TRUE, 2, 0, 2 },
  { "address", N_ ("Address"), NULL, AT (address), FALSE, 0, 1, 2 },
  { "limit", N_ ("May owe up to"), N_ ("Empty: nothing without a manager"), AT (limit), TRUE, 2, 1,
    2 },
  { "note", N_ ("Note"), NULL, AT (note), FALSE, 0, 2, 4 },
};
#undef AT
#define N_FIELDS G_N_ELEMENTS (FIELDS)

static const char *const CONSENTS[QUAY_N_CONSENTS] = {
  N_ ("The shop keeps what I buy, to give me points"),
  N_ ("The shop may send me messages about its goods"),
  N_ ("The shop may tell producers that I buy from them"),
};
static const char *const WAYS[] = { "read", "signed", "ticked" };

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;
  GtkWidget *anywhere; /* the page, which lives on */
  GtkWidget *card;
  GtkWidget *controls[N_FIELDS];
  GtkWidget *rows[N_FIELDS];
  GtkWidget *consents[QUAY_N_CONSENTS];
  GtkWidget *how;
  GtkWidget *list; /* NULL where the shop has none */
  QuayCustomerSaved saved;
  gpointer data;
  GtkWidget *save;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

/* --- saving --- */

static void
show_refusals (Form *form, GPtrArray *refusals)
{
  GtkWidget *first = NULL;
  for (guint i = 0; i < N_FIELDS; i++)
    if (quay_form_show_refusal (form->rows[i], FIELDS[i].name, refusals) && first == NULL)
      first = form->controls[i];
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static QuayCustomerEdit *
read_edit (Form *form)
{
  QuayCustomerEdit *edit = quay_customer_edit_new ();
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (gtk_widget_get_sensitive (form->controls[i]))
        G_STRUCT_MEMBER (char *, edit, FIELDS[i].at) =
            g_strdup (quay_form_text (form->controls[i]));
    }
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    edit->consents[i] = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->consents[i]));
  if (form->list != NULL)
    {
      const char *code = quay_list_choice_get (form->list);
      edit->list = g_strdup (code != NULL ? code : "");
    }
  edit->how = WAYS[MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (form->how)), 2)];
  return edit;
}

/* A consent is taken back that nobody has written down as asked for. */
static gboolean
takes_back (Form *form, const QuayCustomerEdit *edit)
{
  if (quay_id_is_nil (&form->id) ||
      quay_till_has_request (form->till, &form->id, QUAY_REQUEST_WITHDRAW))
    return FALSE;
  g_autoptr (QuayCustomer) was = quay_till_customer (form->till, &form->id);
  for (guint i = 0; was != NULL && i < QUAY_N_CONSENTS; i++)
    if (was->consents[i].given != 0 && edit->consents[i] == 0)
      return TRUE;
  return FALSE;
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayCustomerEdit) edit = read_edit (form);
  QuayId id = form->id;
  gboolean offers = takes_back (form, edit);
  if (!quay_till_save_customer (form->till, &id, edit, &refusals, &error))
    {
      show_refusals (form, refusals);
      if (refusals == NULL)
        quay_ui_show_error (form->card, _ ("The customer was not saved"), error);
      quay_approve_card_press_again (form->save, error);
      return;
    }
  QuayCustomerSaved saved = form->saved;
  gpointer user = form->data;
  GtkWidget *anywhere = form->anywhere;
  g_autoptr (QuayTill) till = g_object_ref (form->till);
  quay_ui_close_card (form->card);
  if (saved != NULL)
    saved (&id, user);
  if (offers)
    quay_request_offer (anywhere, till, &id, QUAY_REQUEST_WITHDRAW);
}

/* --- building --- */

static void
fill (Form *form, const QuayCustomer *customer)
{
  g_autofree char *limit = customer->limit.dong > 0
                               ? quay_format_money (customer->limit, QUAY_MONEY_BARE)
                               : g_strdup ("");
  gboolean whole = quay_till_may (form->till, QUAY_ACT_CUSTOMER, 0);
  g_autofree char *phone = whole ? g_strdup (customer->phone) : quay_phone_mask (customer->phone);
  const char *texts[N_FIELDS] = { customer->name, phone, customer->address, limit, customer->note };
  gboolean closed = customer->name == NULL;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (form->controls[i]), texts[i] != NULL ? texts[i] : "");
      if (!whole || (closed && strcmp (FIELDS[i].name, "limit") != 0))
        gtk_widget_set_sensitive (form->controls[i], FALSE);
    }
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (form->consents[i]),
                                 customer->consents[i].given != 0);
}

static GtkWidget *
build_fields (Form *form)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      GtkWidget *entry = FIELDS[i].code ? quay_ui_code_entry (_ (FIELDS[i].text))
                                        : quay_ui_entry (_ (FIELDS[i].text));
      g_autofree char *id = g_strdup_printf ("customer-%s", FIELDS[i].name);
      quay_ui_set_id (entry, id);
      form->controls[i] = entry;
      form->rows[i] = quay_ui_form_row (_ (FIELDS[i].text), entry,
                                        FIELDS[i].hint != NULL ? _ (FIELDS[i].hint) : NULL);
      gtk_grid_attach (GTK_GRID (grid), form->rows[i], (int)FIELDS[i].column, (int)FIELDS[i].row,
                       (int)FIELDS[i].width, 1);
      g_signal_connect (entry, "activate", G_CALLBACK (save_cb), form);
    }
  return grid;
}

static GtkWidget *
build_consents (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *ways[] = { _ ("read out to them"), _ ("signed on paper"), _ ("ticked by them"),
                         NULL };
  gtk_box_append (GTK_BOX (box), quay_ui_label (_ ("What the customer agrees to"), "heading"));
  gtk_box_append (GTK_BOX (box),
                  quay_ui_wrapped_label (_ ("Each is free: goods are sold and debts kept without "
                                            "any of them, and each can be taken back here."),
                                         "dim", 60, 2));
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    {
      form->consents[i] = gtk_check_button_new_with_label (_ (CONSENTS[i]));
      quay_ui_set_label (form->consents[i], _ (CONSENTS[i]));
      gtk_box_append (GTK_BOX (box), form->consents[i]);
    }
  form->how = quay_ui_choice (_ ("How they agreed"), ways);
  gtk_box_append (GTK_BOX (box), quay_ui_form_row (_ ("How they agreed"), form->how, NULL));
  return box;
}

void
quay_customer_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *id, const char *name,
                         QuayCustomerSaved saved, gpointer data)
{
  g_autoptr (QuayCustomer) customer = id != NULL ? quay_till_customer (till, id) : NULL;
  Form *form = g_new0 (Form, 1);
  form->till = g_object_ref (till);
  form->id = customer != NULL ? *id : QUAY_ID_NIL;
  form->anywhere = anywhere;
  form->saved = saved;
  form->data = data;
  form->card = quay_ui_card_new (customer != NULL ? _ ("Customer") : _ ("New customer"), "wide");
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  gtk_box_append (GTK_BOX (form->card), build_fields (form));
  form->list = quay_list_choice_new (till, customer != NULL ? customer->list : NULL);
  if (form->list != NULL)
    gtk_box_append (GTK_BOX (form->card), quay_ui_form_row (_ ("Price list"), form->list, NULL));
  gtk_box_append (GTK_BOX (form->card), build_consents (form));
  if (customer != NULL)
    fill (form, customer);
  else if (name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->controls[0]), name);
  form->save = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  quay_ui_set_id (form->save, "customer-save");
  g_signal_connect (form->save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->controls[0]);
}
