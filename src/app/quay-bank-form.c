/* An account as it is typed, or as the code in the bank's own app says. */
#include "quay-bank-form.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-qr-view.h"
#include "quay-suggest-entry.h"
#include "quay-text.h"
#include "quay-ui.h"

#include <string.h>

#define CODE_START "000201" /* what a bank's code begins with */

enum
{
  BANK,
  NUMBER,
  HOLDER,
  BRANCH,
  N_FIELDS
};
static const struct
{
  const char *member;
  const char *title;
  const char *hint;
  const char *fault;
} FIELDS[N_FIELDS] = {
  { "bin", N_ ("Bank"), N_ ("Or scan the code for receiving money that the bank’s app shows."),
    N_ ("Choose a bank of the list, or type its six digits.") },
  { "number", N_ ("Account no."), NULL, N_ ("An account has 1 to 19 letters and digits.") },
  { "holder", N_ ("Account holder"), NULL, N_ ("Type a name of at most 60 letters.") },
  { "branch", N_ ("Branch, if you like"), NULL, N_ ("At most 60 letters.") },
};

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *card;
  GtkWidget *rows[N_FIELDS];
  GtkWidget *controls[N_FIELDS];
  GtkWidget *reach; /* what a code for the chosen bank is good for */
  GPtrArray *banks; /* owned: QuayBank */
  gboolean to_card;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_ptr_array_unref (form->banks);
  g_object_unref (form->till);
  g_free (form);
}

static GtkWidget *
entry_of (Form *form, guint field)
{
  return field == BANK ? GTK_WIDGET (quay_suggest_entry_get_entry (
                             QUAY_SUGGEST_ENTRY (form->controls[field])))
                       : form->controls[field];
}

/* The BIN of what is typed: chosen of the list, a bank's short name, or the BIN itself. */
static char *
dup_bin (Form *form)
{
  g_autofree char *value = quay_suggest_entry_dup_value (QUAY_SUGGEST_ENTRY (form->controls[BANK]));
  g_autofree char *key = quay_text_search_key (value);
  for (guint i = 0; i < form->banks->len; i++)
    {
      const QuayBank *bank = form->banks->pdata[i];
      g_autofree char *name = quay_text_search_key (bank->name);
      if (strcmp (name, key) == 0)
        return g_strdup (bank->bin);
    }
  return g_steal_pointer (&value);
}

static const QuayBank *
find_bank (Form *form, const char *bin)
{
  for (guint i = 0; i < form->banks->len; i++)
    if (g_strcmp0 (((const QuayBank *)form->banks->pdata[i])->bin, bin) == 0)
      return form->banks->pdata[i];
  return NULL;
}

/* What VietQR's list says of a bank; NULL: nothing to be said. */
static const char *
find_reach (Form *form, const char *bin)
{
  const QuayBank *bank = find_bank (form, bin);
  if (bank != NULL)
    return bank->transfers ? NULL
                           : _ ("This bank only receives: customers pay into it with the app of "
                                "another bank.");
  if (bin == NULL || strlen (bin) != 6 || strspn (bin, "0123456789") != 6)
    return NULL;
  return _ ("VietQR’s list has no such bank: try the code with a small sum first.");
}

static void
bank_cb (GtkEditable *entry, gpointer data)
{
  Form *form = data;
  g_autofree char *bin = dup_bin (form);
  const char *reach = find_reach (form, bin);
  gtk_widget_set_visible (form->reach, reach != NULL);
  quay_ui_set_text (form->reach, reach);
}

static void
show_fault (Form *form, const char *member)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gboolean bad = g_strcmp0 (FIELDS[i].member, member) == 0;
      quay_ui_form_row_set_fault (form->rows[i], bad ? _ (FIELDS[i].fault) : NULL);
      if (bad)
        gtk_widget_grab_focus (entry_of (form, i));
    }
}

static void
fill (Form *form, const QuayBankAccount *account)
{
  const char *holder = account->holder;
  quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (form->controls[BANK]), account->bin);
  gtk_editable_set_text (GTK_EDITABLE (form->controls[NUMBER]), account->number);
  if (holder != NULL && *holder != '\0')
    gtk_editable_set_text (GTK_EDITABLE (form->controls[HOLDER]), holder);
  if (account->branch != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->controls[BRANCH]), account->branch);
  form->to_card = account->card;
}

/* A code of the bank's app, by the scanner or pasted. */
static void
take_code (Form *form, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayBankAccount) account = quay_till_read_bank_code (text, &error);
  show_fault (form, NULL);
  if (account == NULL)
    {
      quay_ui_form_row_set_fault (form->rows[BANK], _ (error->message));
      return;
    }
  fill (form, account);
  gtk_widget_grab_focus (form->controls[HOLDER]);
}

static void
scan_cb (GtkWidget *card, const char *text, gpointer data)
{
  take_code (data, text);
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  const char *member;
  g_autoptr (GError) error = NULL;
  const char *number = quay_form_text (form->controls[NUMBER]);
  if (g_str_has_prefix (number, CODE_START))
    {
      g_autofree char *pasted = g_strstrip (g_strdup (number));
      take_code (form, pasted);
      return;
    }
  g_autofree char *bin = dup_bin (form);
  QuayBankAccount account = { .bin = bin,
                              .number = (char *)number,
                              .holder = (char *)quay_form_text (form->controls[HOLDER]),
                              .branch = (char *)quay_form_text (form->controls[BRANCH]),
                              .card = form->to_card };
  if (quay_till_save_bank_account (form->till, &account, &member, &error))
    {
      quay_ui_toast (form->card, _ ("Saved."));
      quay_ui_close_card (form->card);
      return;
    }
  show_fault (form, member);
  if (member == NULL)
    quay_ui_show_error (form->card, _ ("The account was not saved"), error);
}

/* Another number is another account, of which it is not known that it is a card. */
static void
number_cb (GtkEditable *entry, gpointer data)
{
  ((Form *)data)->to_card = FALSE;
}

static void
close_cb (GtkWidget *button, gpointer card)
{
  quay_ui_close_card (card);
}

static GtkWidget *
make_banks (Form *form)
{
  GtkWidget *suggest = g_object_new (QUAY_TYPE_SUGGEST_ENTRY, NULL);
  g_autoptr (GStrvBuilder) bins = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < form->banks->len; i++)
    {
      const QuayBank *bank = form->banks->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s · %s", bank->name, bank->full);
      g_strv_builder_add (bins, bank->bin);
      g_strv_builder_add (names, name);
    }
  g_auto (GStrv) bin_list = g_strv_builder_end (bins);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_suggest_entry_set_coded (QUAY_SUGGEST_ENTRY (suggest), (const char *const *)bin_list,
                                (const char *const *)name_list);
  return suggest;
}

static void
make_fields (Form *form)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *title = _ (FIELDS[i].title);
      form->controls[i] = i == BANK     ? make_banks (form)
                          : i == NUMBER ? quay_ui_code_entry (title)
                                        : quay_ui_entry (title);
      quay_ui_set_label (entry_of (form, i), title);
      form->rows[i] = quay_ui_form_row (title, form->controls[i],
                                        FIELDS[i].hint != NULL ? _ (FIELDS[i].hint) : NULL);
      g_signal_connect (entry_of (form, i), "activate", G_CALLBACK (save_cb), form);
      gtk_box_append (GTK_BOX (form->card), form->rows[i]);
    }
  form->reach = quay_ui_wrapped_label (NULL, "warn-text", 44, 2);
  gtk_widget_set_visible (form->reach, FALSE);
  gtk_box_insert_child_after (GTK_BOX (form->card), form->reach, form->rows[BANK]);
  g_signal_connect (entry_of (form, BANK), "changed", G_CALLBACK (bank_cb), form);
}

void
quay_bank_form_open (GtkWidget *anywhere, QuayTill *till, const QuayBankAccount *account)
{
  Form *form = g_new0 (Form, 1);
  form->till = g_object_ref (till);
  form->banks = quay_banks ();
  form->card =
      quay_ui_card_new (account != NULL ? _ ("Account for transfers") : _ ("New account"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  make_fields (form);
  if (account != NULL)
    fill (form, account);
  gtk_widget_set_sensitive (form->controls[BANK], account == NULL);
  gtk_widget_set_sensitive (form->controls[NUMBER], account == NULL);
  if (account == NULL)
    g_signal_connect (form->controls[NUMBER], "changed", G_CALLBACK (number_cb), form);
  GtkWidget *ok = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  quay_ui_set_id (ok, "bank-save");
  g_signal_connect (ok, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, entry_of (form, account == NULL ? BANK : HOLDER));
  if (account == NULL)
    quay_ui_take_scans (form->card, scan_cb, form);
}

/* --- the sign --- */

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *card;
  GtkWidget *size;
  char *code;
  char *name; /* of the file */
} Sign;

static void
free_sign (gpointer data)
{
  Sign *sign = data;
  g_object_unref (sign->till);
  g_free (sign->code);
  g_free (sign->name);
  g_free (sign);
}

static void
chosen_cb (const char *path, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  g_autoptr (GError) error = NULL;
  Sign *sign = g_object_get_data (G_OBJECT (card), "quay-sign");
  if (path == NULL)
    return;
  if (!quay_till_print_bank_sign (sign->till, sign->code, quay_form_get_choice (sign->size), path,
                                  &error))
    {
      quay_ui_show_error (card, _ ("The sign was not made"), error);
      return;
    }
  quay_ui_toast (card, _ ("The sign is saved."));
  quay_ui_close_card (card);
}

static void
save_sign_cb (GtkWidget *button, gpointer data)
{
  Sign *sign = data;
  quay_ui_choose_file (sign->card, QUAY_UI_FILE_SAVE, _ ("Save the sign"), sign->name, "*.pdf",
                       chosen_cb, g_object_ref (sign->card));
}

static GtkWidget *
make_size (void)
{
  static const char *const codes[] = { "a5", "a4", NULL };
  const char *names[] = { _ ("A5, for a table"), _ ("A4, for a wall"), NULL };
  const char *none[] = { NULL };
  GtkWidget *size = quay_ui_choice (_ ("Size of the paper"), none);
  quay_form_fill_choice (size, codes, names);
  return size;
}

static void
add_line (GtkWidget *card, const char *text, const char *classes)
{
  GtkWidget *label = quay_ui_wrapped_label (text, classes, 40, 2);
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (card), label);
}

static void
show_code (Sign *sign, const QuayBankAccount *account)
{
  g_autofree char *number = quay_bank_number_groups (account->number);
  g_autofree char *payload = quay_till_bank_code (sign->till, sign->code, NULL);
  g_autofree char *label =
      g_strdup_printf (_ ("Code for transfers to %s, %s"), account->bank, number);
  GtkWidget *view = quay_qr_view_new (240);
  gtk_widget_set_halign (view, GTK_ALIGN_CENTER);
  quay_qr_view_show (QUAY_QR_VIEW (view), payload, label);
  gtk_box_append (GTK_BOX (sign->card), view);
  add_line (sign->card, account->bank, "heading");
  add_line (sign->card, number, "heading num");
  add_line (sign->card, account->holder, "dim");
}

void
quay_bank_sign_open (GtkWidget *anywhere, QuayTill *till, const QuayBankAccount *account)
{
  Sign *sign = g_new0 (Sign, 1);
  g_autofree char *bank = quay_text_search_key (account->bank);
  sign->till = g_object_ref (till);
  sign->code = g_strdup (account->code);
  sign->name =
      g_strdup_printf ("vietqr-%s-%s.pdf", g_strdelimit (bank, " /", '-'), account->number);
  sign->card = quay_ui_card_new (_ ("Sign for a stall"), NULL);
  g_object_set_data_full (G_OBJECT (sign->card), "quay-sign", sign, free_sign);
  show_code (sign, account);
  sign->size = make_size ();
  gtk_box_append (GTK_BOX (sign->card),
                  quay_ui_form_row (_ ("Size of the paper"), sign->size, NULL));
  GtkWidget *buttons = quay_ui_card_buttons (sign->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *ok = quay_ui_button ("printer", _ ("Save as PDF…"), NULL, "main");
  quay_ui_set_id (ok, "sign-save");
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), sign->card);
  g_signal_connect (ok, "clicked", G_CALLBACK (save_sign_cb), sign);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), ok);
  quay_ui_show_card (anywhere, sign->card, ok);
}
