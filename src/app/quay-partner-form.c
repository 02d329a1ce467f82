/* The form of a producer. One table says which control holds which member of QuayPartnerEdit.
 * Main thread. */
#include "quay-partner-form.h"

#include "quay-consign-words.h"
#include "quay-form.h"
#include "quay-suggest-entry.h"
#include "quay-till-catalog.h"
#include "quay-till-partner.h"
#include "quay-ui.h"

typedef enum
{
  FIELD_ENTRY,
  FIELD_CODE,
  FIELD_CHOICE,
  FIELD_SUGGEST,
} FieldKind;

#define AT(member) G_STRUCT_OFFSET (QuayPartnerEdit, member)
static const struct
{
  const char *name; /* a refusal's column */
  const char *text;
  const char *hint;
  gsize at;
  FieldKind kind;
  gboolean identity;
  guint column, row, width; /* in the grid of six columns */
} FIELDS[] = {
  { "name", N_ ("Name"), NULL, AT (name), FIELD_ENTRY, TRUE, 0, 0, 4 },
  { "kind", N_ ("Kind"), NULL, AT (kind), FIELD_CHOICE, TRUE, 4, 0, 2 },
  { "commune", N_ ("Commune"), NULL, AT (commune), FIELD_SUGGEST, TRUE, 0, 1, 2 },
  { "address", N_ ("Address"), NULL, AT (address), FIELD_ENTRY, TRUE, 2, 1, 2 },
  { "tax_code", N_ ("Tax code"), NULL, AT (tax_code), FIELD_CODE, TRUE, 4, 1, 1 },
  { "phone", N_ ("Phone"), NULL, AT (phone), FIELD_CODE, FALSE, 5, 1, 1 },
  { "terms", N_ ("Terms of new goods"), NULL, AT (terms), FIELD_CHOICE, FALSE, 0, 2, 2 },
  { "commission", N_ ("Commission, %"), NULL, AT (commission), FIELD_CODE, FALSE, 2, 2, 1 },
  { "base", N_ ("Taken of"), NULL, AT (base), FIELD_CHOICE, FALSE, 3, 2, 2 },
  { "net", N_ ("VAT"), NULL, AT (net), FIELD_CHOICE, FALSE, 5, 2, 1 },
  { "contract", N_ ("Contract no."), NULL, AT (contract), FIELD_CODE, FALSE, 0, 3, 2 },
  { "contract_day", N_ ("Contract of"), NULL, AT (contract_day), FIELD_CODE, FALSE, 2, 3, 1 },
  { "member", N_ ("Member of the cooperative"), NULL, AT (member), FIELD_CHOICE, FALSE, 3, 3, 3 },
  { "bank", N_ ("Bank"), NULL, AT (bank), FIELD_ENTRY, FALSE, 0, 4, 2 },
  { "account", N_ ("Account no."), NULL, AT (account), FIELD_CODE, FALSE, 2, 4, 2 },
  { "holder", N_ ("Account holder"), NULL, AT (holder), FIELD_ENTRY, FALSE, 4, 4, 2 },
  { "note", N_ ("Note"), NULL, AT (note), FIELD_ENTRY, FALSE, 0, 5, 6 },
};
#undef AT
#define N_FIELDS G_N_ELEMENTS (FIELDS)

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;
  GtkWidget *card;
  GtkWidget *controls[N_FIELDS];
  GtkWidget *rows[N_FIELDS];
  QuayPartnerSaved saved;
  gpointer data;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

/* --- controls --- */

static void
fill_choice (GtkWidget *choice, const char *name)
{
  static const char *const terms[] = { "", "own", "commission", "transfer", NULL };
  const char *term_names[] = { _ ("Nothing agreed"), _ ("Bought outright"),
                               _ ("Consigned, commission"), _ ("Consigned, transfer price"), NULL };
  static const char *const bases[] = { "paid", "shelf", NULL };
  const char *base_names[] = { _ ("what the customer paid"), _ ("the shelf price"), NULL };
  static const char *const flags[] = { "0", "1", NULL };
  const char *net_names[] = { _ ("with VAT"), _ ("without VAT"), NULL };
  static const char *const members[] = { "", "1", "0", NULL };
  const char *member_names[] = { _ ("Not said"), _ ("Member (internal transactions)"),
                                 _ ("Not a member (external)"), NULL };
  const char *kind_names[] = { _ ("Not said"),
                               quay_consign_kind_name ("HTX"),
                               quay_consign_kind_name ("THT"),
                               quay_consign_kind_name ("household"),
                               quay_consign_kind_name ("enterprise"),
                               NULL };
  if (g_str_equal (name, "terms"))
    quay_form_fill_choice (choice, terms, term_names);
  else if (g_str_equal (name, "base"))
    quay_form_fill_choice (choice, bases, base_names);
  else if (g_str_equal (name, "net"))
    quay_form_fill_choice (choice, flags, net_names);
  else if (g_str_equal (name, "member"))
    quay_form_fill_choice (choice, members, member_names);
  else
    quay_form_fill_choice (choice, quay_consign_kinds (), kind_names);
}

static void
fill_communes (QuayTill *till, GtkWidget *suggest)
{
  g_autoptr (GPtrArray) communes = quay_till_communes (till);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < communes->len; i++)
    {
      const QuayReportRow *row = communes->pdata[i];
      g_strv_builder_add (codes, row->key);
      g_strv_builder_add (names, row->name);
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_suggest_entry_set_coded (QUAY_SUGGEST_ENTRY (suggest), (const char *const *)code_list,
                                (const char *const *)name_list);
}

static GtkWidget *
make_control (Form *form, guint field)
{
  const char *label = _ (FIELDS[field].text);
  const char *none[] = { NULL };
  GtkWidget *control;
  switch (FIELDS[field].kind)
    {
    case FIELD_CHOICE:
      control = quay_ui_choice (label, none);
      fill_choice (control, FIELDS[field].name);
      return control;
    case FIELD_SUGGEST:
      control = g_object_new (QUAY_TYPE_SUGGEST_ENTRY, NULL);
      fill_communes (form->till, control);
      quay_ui_set_label (GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (control))),
                         label);
      return control;
    case FIELD_CODE:
      control = quay_ui_code_entry (label);
      break;
    default:
      control = quay_ui_entry (label);
      break;
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 6);
  return control;
}

static void
show (Form *form, guint field, const char *text)
{
  GtkWidget *control = form->controls[field];
  if (FIELDS[field].kind == FIELD_CHOICE)
    quay_form_set_choice (control, text);
  else if (FIELDS[field].kind == FIELD_SUGGEST)
    quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (control), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (control), text);
}

static char *
read_control (Form *form, guint field)
{
  GtkWidget *control = form->controls[field];
  if (FIELDS[field].kind == FIELD_CHOICE)
    return g_strdup (quay_form_get_choice (control));
  if (FIELDS[field].kind == FIELD_SUGGEST)
    return quay_suggest_entry_dup_value (QUAY_SUGGEST_ENTRY (control));
  return g_strdup (quay_form_text (control));
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

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  for (guint i = 0; i < N_FIELDS; i++)
    {
      char **member = G_STRUCT_MEMBER_P (edit, FIELDS[i].at);
      *member = gtk_widget_get_sensitive (form->controls[i]) ? read_control (form, i) : NULL;
    }
  if (!quay_till_save_partner (form->till, &form->id, edit, &refusals, &error))
    {
      show_refusals (form, refusals);
      if (refusals == NULL)
        quay_ui_show_error (form->card, _ ("The producer was not saved"), error);
      return;
    }
  quay_ui_toast (form->card, _ ("Saved."));
  if (form->saved != NULL)
    form->saved (&form->id, form->data);
  quay_ui_close_card (form->card);
}

static GtkWidget *
make_grid (Form *form, const QuayPartner *partner)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autoptr (QuayPartnerEdit) shown = quay_partner_edit_of (partner);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      form->controls[i] = make_control (form, i);
      form->rows[i] = quay_ui_form_row (_ (FIELDS[i].text), form->controls[i], NULL);
      show (form, i, *(char **)G_STRUCT_MEMBER_P (shown, FIELDS[i].at));
      gtk_widget_set_sensitive (form->controls[i],
                                partner == NULL || partner->code == NULL || !FIELDS[i].identity);
      gtk_grid_attach (GTK_GRID (grid), form->rows[i], (int)FIELDS[i].column, (int)FIELDS[i].row,
                       (int)FIELDS[i].width, 1);
      if (FIELDS[i].kind == FIELD_ENTRY || FIELDS[i].kind == FIELD_CODE)
        g_signal_connect (form->controls[i], "activate", G_CALLBACK (save_cb), form);
    }
  return grid;
}

void
quay_partner_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *id,
                        QuayPartnerSaved saved, gpointer data)
{
  Form *form = g_new0 (Form, 1);
  g_autoptr (QuayPartner) partner = id != NULL ? quay_till_partner (till, id) : NULL;
  form->till = g_object_ref (till);
  form->id = id != NULL ? *id : QUAY_ID_NIL;
  form->saved = saved;
  form->data = data;
  form->card = quay_ui_card_new (id != NULL ? _ ("Producer") : _ ("New producer"), "partner-form");
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  if (partner != NULL && partner->code != NULL)
    gtk_box_append (
        GTK_BOX (form->card),
        quay_ui_label (_ ("Name, kind and place come from the province's registry."), "dim"));
  gtk_box_append (GTK_BOX (form->card), make_grid (form, partner));
  GtkWidget *save = quay_ui_card_foot (form->card, _ ("Save"), NULL);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->controls[0]);
}
