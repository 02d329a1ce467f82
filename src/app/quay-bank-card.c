/* Accounts for transfers: the list, what can be done with each, and which one counts at a place.
 * Main thread. */
#include "quay-bank-card.h"

#include "quay-bank-form.h"
#include "quay-form.h"
#include "quay-till-places.h"
#include "quay-ui.h"

struct _QuayBankCard
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *list;
  GtkWidget *places;
  GPtrArray *accounts; /* owned: QuayBankAccount, as shown */
  guint filling;       /* a source: the list is made anew when all else is done */
};

G_DEFINE_FINAL_TYPE (QuayBankCard, quay_bank_card, GTK_TYPE_BOX)

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The account that a button of a row is for. */
static const QuayBankAccount *
account_of (QuayBankCard *card, GtkWidget *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "quay-index"));
  return card->accounts->pdata[index];
}

static void
choose_cb (GtkWidget *button, QuayBankCard *card)
{
  g_autoptr (GError) error = NULL;
  const QuayBankAccount *account = account_of (card, button);
  if (!quay_till_choose_bank_account (card->till, account->code, &error))
    quay_ui_show_error (GTK_WIDGET (card), _ ("The setting was not kept"), error);
}

static void
edit_cb (GtkWidget *button, QuayBankCard *card)
{
  quay_bank_form_open (GTK_WIDGET (card), card->till, account_of (card, button));
}

static void
sign_cb (GtkWidget *button, QuayBankCard *card)
{
  quay_bank_sign_open (GTK_WIDGET (card), card->till, account_of (card, button));
}

typedef struct
{
  QuayBankCard *card; /* owned */
  char *code;
} Removal;

static void
remove_answer_cb (gboolean yes, gpointer data)
{
  Removal *removal = data;
  g_autoptr (GError) error = NULL;
  if (yes && removal->card->till != NULL &&
      !quay_till_remove_bank_account (removal->card->till, removal->code, &error))
    quay_ui_show_error (GTK_WIDGET (removal->card), _ ("The account was not taken out"), error);
  g_object_unref (removal->card);
  g_free (removal->code);
  g_free (removal);
}

static void
remove_cb (GtkWidget *button, QuayBankCard *card)
{
  const QuayBankAccount *account = account_of (card, button);
  g_autofree char *number = quay_bank_number_groups (account->number);
  g_autofree char *text = g_strdup_printf (
      _ ("%s %s: codes on paper still lead to it; take them down."), account->bank, number);
  Removal *removal = g_new0 (Removal, 1);
  removal->card = g_object_ref (card);
  removal->code = g_strdup (account->code);
  quay_ui_confirm (GTK_WIDGET (card), _ ("Take this account out?"), text, _ ("Take out"), NULL,
                   TRUE, remove_answer_cb, removal);
}

/* --- the list --- */

static void
add_button (QuayBankCard *card, GtkWidget *row, guint index, GtkWidget *button, const char *what,
            GCallback clicked)
{
  const QuayBankAccount *account = card->accounts->pdata[index];
  g_autofree char *label = g_strdup_printf ("%s: %s %s", what, account->bank, account->number);
  quay_ui_set_label (button, label);
  gtk_widget_set_tooltip_text (button, what);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "quay-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", clicked, card);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkWidget *
make_words (const QuayBankAccount *account)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = quay_bank_number_groups (account->number);
  g_autofree char *head = g_strdup_printf ("%s · %s", account->bank, number);
  gboolean branched = account->branch != NULL;
  g_autofree char *whose =
      g_strdup_printf ("%s%s%s", account->holder != NULL ? account->holder : "",
                       branched ? " · " : "", branched ? account->branch : "");
  gtk_box_append (GTK_BOX (first), quay_ui_wrapped_label (head, "heading num", 34, 1));
  gtk_box_append (GTK_BOX (words), first);
  gtk_box_append (GTK_BOX (words), quay_ui_wrapped_label (whose, "meta", 44, 1));
  gtk_widget_set_hexpand (words, TRUE);
  return words;
}

static GtkWidget *
make_row (QuayBankCard *card, guint index)
{
  const QuayBankAccount *account = card->accounts->pdata[index];
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (row), make_words (account));
  if (account->chosen)
    {
      GtkWidget *chosen = quay_ui_label (_ ("Default"), "pill good");
      gtk_widget_set_valign (chosen, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), chosen);
    }
  else
    add_button (card, row, index, quay_ui_button (NULL, _ ("Make default"), NULL, "pill"),
                _ ("Make default"), G_CALLBACK (choose_cb));
  add_button (card, row, index, quay_ui_icon_button ("qr-code", "", "flat"), _ ("Print a sign"),
              G_CALLBACK (sign_cb));
  add_button (card, row, index, quay_ui_icon_button ("pencil", "", "flat"), _ ("Edit the account"),
              G_CALLBACK (edit_cb));
  add_button (card, row, index, quay_ui_icon_button ("trash", "", "flat"), _ ("Take out"),
              G_CALLBACK (remove_cb));
  return row;
}

/* --- places with an account of their own --- */

static void
place_cb (GtkWidget *choice, GParamSpec *pspec, QuayBankCard *card)
{
  QuayId place;
  g_autoptr (GError) error = NULL;
  const char *code = quay_form_get_choice (choice);
  if (!quay_id_from_text (g_object_get_data (G_OBJECT (choice), "quay-place"), &place))
    return;
  if (!quay_till_set_place_account (card->till, &place, *code != '\0' ? code : NULL, &error))
    quay_ui_show_error (GTK_WIDGET (card), _ ("The setting was not kept"), error);
}

static GtkWidget *
make_place (QuayBankCard *card, const QuayPlace *place)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  const char *none[] = { NULL };
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *now = quay_till_place_account (card->till, &place->id);
  gboolean known = FALSE;
  g_strv_builder_add (codes, "");
  g_strv_builder_add (names, _ ("The default account"));
  for (guint i = 0; i < card->accounts->len; i++)
    {
      const QuayBankAccount *account = card->accounts->pdata[i];
      g_autofree char *mask = quay_bank_number_mask (account->number);
      g_autofree char *name = g_strdup_printf ("%s %s", account->bank, mask);
      g_strv_builder_add (codes, account->code);
      g_strv_builder_add (names, name);
      known |= g_strcmp0 (account->code, now) == 0;
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  GtkWidget *choice = quay_ui_choice (place->name, none);
  quay_form_fill_choice (choice, (const char *const *)code_list, (const char *const *)name_list);
  quay_form_set_choice (choice, known ? now : "");
  quay_id_to_text (&place->id, id);
  g_object_set_data_full (G_OBJECT (choice), "quay-place", g_strdup (id), g_free);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (place_cb), card);
  return quay_ui_form_row (place->name, choice, NULL);
}

/* Only where there is something to choose. */
static void
fill_places (QuayBankCard *card)
{
  g_autoptr (GPtrArray) places = quay_till_places (card->till);
  clear_box (card->places);
  for (guint i = 0; card->accounts->len > 1 && places->len > 1 && i < places->len; i++)
    {
      const QuayPlace *place = places->pdata[i];
      if (!g_str_equal (place->kind, QUAY_PLACE_STORE))
        gtk_box_append (GTK_BOX (card->places), make_place (card, place));
    }
  gtk_widget_set_visible (card->places, gtk_widget_get_first_child (card->places) != NULL);
}

static void
fill (QuayBankCard *card)
{
  g_clear_pointer (&card->accounts, g_ptr_array_unref);
  card->accounts = quay_till_bank_accounts (card->till);
  clear_box (card->list);
  for (guint i = 0; i < card->accounts->len; i++)
    gtk_box_append (GTK_BOX (card->list), make_row (card, i));
  if (card->accounts->len == 0)
    gtk_box_append (
        GTK_BOX (card->list),
        quay_ui_wrapped_label (_ ("With an account here, customers pay by scanning a code."),
                               "meta", 60, 2));
  fill_places (card);
}

static gboolean
fill_cb (gpointer data)
{
  QuayBankCard *card = data;
  card->filling = 0;
  fill (card);
  return G_SOURCE_REMOVE;
}

/* What changed may be a control of the list that is still speaking. */
static void
changed_cb (QuayTill *till, QuayBankCard *card)
{
  if (card->filling == 0 && gtk_widget_get_mapped (GTK_WIDGET (card)))
    card->filling = g_idle_add (fill_cb, card);
}

static void
add_cb (QuayBankCard *card)
{
  quay_bank_form_open (GTK_WIDGET (card), card->till, NULL);
}

static void
quay_bank_card_map (GtkWidget *widget)
{
  fill (QUAY_BANK_CARD (widget));
  GTK_WIDGET_CLASS (quay_bank_card_parent_class)->map (widget);
}

static void
quay_bank_card_dispose (GObject *object)
{
  QuayBankCard *card = QUAY_BANK_CARD (object);
  g_clear_handle_id (&card->filling, g_source_remove);
  g_clear_pointer (&card->accounts, g_ptr_array_unref);
  g_clear_object (&card->till);
  G_OBJECT_CLASS (quay_bank_card_parent_class)->dispose (object);
}

static void
quay_bank_card_class_init (QuayBankCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_bank_card_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_bank_card_map;
}

static void
quay_bank_card_init (QuayBankCard *card)
{
  GtkWidget *add = quay_ui_button (NULL, _ ("Add an account…"), NULL, "action small");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 10);
  card->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  card->places = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  quay_ui_set_id (add, "bank-add");
  gtk_box_append (GTK_BOX (card), card->list);
  gtk_box_append (GTK_BOX (card), add);
  gtk_box_append (GTK_BOX (card), card->places);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), card);
}

GtkWidget *
quay_bank_card_new (QuayTill *till)
{
  QuayBankCard *card = g_object_new (QUAY_TYPE_BANK_CARD, NULL);
  card->till = g_object_ref (till);
  g_signal_connect_object (till, "settings-changed", G_CALLBACK (changed_cb), card, 0);
  return GTK_WIDGET (card);
}
