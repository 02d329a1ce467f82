/* Copies of the shop's file. The till makes copies by itself; here one is made where the user wants
 * it, on a USB stick say, and the file is checked on demand. Main thread. */
#include "quay-backup-card.h"

#include "quay-till-files.h"
#include "quay-ui.h"

struct _QuayBackupCard
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *last;
  GtkWidget *fault;
  GtkWidget *result;
  GtkWidget *buttons;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (QuayBackupCard, quay_backup_card, GTK_TYPE_BOX)

/* The hourly copy fails where nobody sees it. */
static void
show_fault (QuayBackupCard *card)
{
  g_autofree char *why = NULL;
  quay_till_last_backup (card->till, &why);
  gtk_widget_set_visible (card->fault, why != NULL);
  if (why == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("The till could not make its own copy: %s"), why);
  quay_ui_set_text (card->fault, text);
}

static void
show_last (QuayBackupCard *card)
{
  show_fault (card);
  g_autofree char *path = quay_till_newest_backup (quay_till_dir (card->till));
  if (path == NULL)
    {
      quay_ui_set_text (card->last, _ ("There is no copy yet. The till makes one every hour."));
      return;
    }
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, 0, NULL, NULL);
  guint64 seconds =
      info != NULL ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) : 0;
  g_autofree char *when = quay_time_to_vi ((gint64)seconds * 1000);
  g_autofree char *text = g_strdup_printf (_ ("Newest copy: %s"), when);
  quay_ui_set_text (card->last, text);
  gtk_widget_set_tooltip_text (card->last, path);
}

/* What a person can do about numbers is to explain them, so they are named. */
static void
add_numbers (GString *text, GPtrArray *list)
{
  gboolean gapless = TRUE;
  for (guint i = 0; i < list->len; i++)
    {
      const QuayNumbers *numbers = list->pdata[i];
      g_string_append_c (text, '\n');
      if (numbers->missing != NULL)
        g_string_append_printf (text, _ ("Numbers missing of %s: %s."), numbers->prefix,
                                numbers->missing);
      if (numbers->twice != NULL)
        g_string_append_printf (text, _ ("Numbers given twice of %s: %s."), numbers->prefix,
                                numbers->twice);
      if (numbers->missing == NULL && numbers->twice == NULL)
        g_string_truncate (text, text->len - 1);
      else
        gapless = FALSE;
    }
  if (gapless && list->len > 0)
    g_string_append_printf (text, "\n%s", _ ("No number of a receipt or shift is missing."));
}

static void
show_check (QuayBackupCard *card, const QuayCheck *check, const char *good)
{
  g_autofree char *events = quay_format_money (QUAY_DONG ((gint64)check->events), QUAY_MONEY_BARE);
  g_autoptr (GString) text = g_string_new (NULL);
  if (check->ok)
    g_string_append_printf (text, good, events);
  else
    g_string_append_printf (text, _ ("Something is wrong: %s"), check->why);
  if (check->numbers != NULL)
    add_numbers (text, check->numbers);
  quay_ui_set_text (card->result, text->str);
  quay_ui_toggle_class (card->result, "good-text", check->ok);
  quay_ui_toggle_class (card->result, "bad-text", !check->ok);
  gtk_widget_set_visible (card->result, TRUE);
}

static void
set_busy (QuayBackupCard *card, gboolean busy)
{
  gtk_widget_set_sensitive (card->buttons, !busy);
  gtk_widget_set_visible (card->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (card->spinner), busy);
}

/* What the card says when a check or a copy is done. */
static void
finish_check (QuayBackupCard *card, GObject *source, GAsyncResult *result, const char *good,
              const char *bad)
{
  QuayCheck check = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done = quay_till_check_finish (QUAY_TILL (source), result, &check, &error);
  set_busy (card, FALSE);
  gtk_widget_set_visible (card->result, done);
  if (done)
    show_check (card, &check, good);
  else
    quay_ui_show_error (GTK_WIDGET (card), bad, error);
  quay_check_clear (&check);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayBackupCard) card = data;
  finish_check (card, source, result,
                _ ("The shop's file is whole: %s entries, each fits the one before."),
                _ ("The file could not be checked"));
}

/* Says what goes on; selling does too. */
static void
show_busy (QuayBackupCard *card, const char *what)
{
  set_busy (card, TRUE);
  quay_ui_set_text (card->result, what);
  quay_ui_toggle_class (card->result, "good-text", FALSE);
  quay_ui_toggle_class (card->result, "bad-text", FALSE);
  gtk_widget_set_visible (card->result, TRUE);
}

static void
verify_cb (QuayBackupCard *card)
{
  show_busy (card, _ ("Checking every entry: a large shop takes a minute…"));
  quay_till_verify_async (card->till, FALSE, verified_cb, g_object_ref (card));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayBackupCard) card = data;
  finish_check (card, source, result, _ ("The copy is written and checked: %s entries."),
                _ ("The copy was not made"));
  show_last (card);
}

static void
backup_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayBackupCard) card = data;
  if (path == NULL || card->till == NULL)
    return;
  show_busy (card, _ ("Checking every entry: a large shop takes a minute…"));
  quay_till_backup_async (card->till, path, copied_cb, g_object_ref (card));
}

static void
backup_cb (QuayBackupCard *card)
{
  g_autofree char *day = quay_day_to_iso (quay_till_day (card->till));
  g_autofree char *label = quay_till_label (card->till);
  g_autofree char *name = g_strdup_printf ("quay-%s-%s.db", label, day);
  quay_ui_choose_file (GTK_WIDGET (card), QUAY_UI_FILE_SAVE, _ ("Make a copy of the shop"), name,
                       NULL, backup_chosen_cb, g_object_ref (card));
}

static void
quay_backup_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_backup_card_parent_class)->map (widget);
  show_last (QUAY_BACKUP_CARD (widget));
}

static void
quay_backup_card_dispose (GObject *object)
{
  g_clear_object (&QUAY_BACKUP_CARD (object)->till);
  G_OBJECT_CLASS (quay_backup_card_parent_class)->dispose (object);
}

static void
quay_backup_card_class_init (QuayBackupCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_backup_card_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_backup_card_map;
}

static void
quay_backup_card_init (QuayBackupCard *card)
{
  GtkWidget *backup = quay_ui_button (NULL, _ ("Make a copy now…"), NULL, "action small");
  GtkWidget *verify = quay_ui_button (NULL, _ ("Check the shop's file"), NULL, "action small");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 8);
  card->last = quay_ui_wrapped_label (NULL, NULL, 60, 2);
  card->fault = quay_ui_wrapped_label (NULL, "bad-text", 60, 3);
  card->result = quay_ui_wrapped_label (NULL, "num", 60, 8);
  card->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  card->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (card->fault, FALSE);
  gtk_widget_set_visible (card->result, FALSE);
  gtk_widget_set_visible (card->spinner, FALSE);
  quay_ui_set_id (card->result, "backup-result");
  quay_ui_set_description (card->result, _ ("Result"));
  quay_ui_set_id (verify, "verify-now");
  gtk_box_append (GTK_BOX (card->buttons), backup);
  gtk_box_append (GTK_BOX (card->buttons), verify);
  gtk_box_append (GTK_BOX (card), card->last);
  gtk_box_append (GTK_BOX (card), card->fault);
  gtk_box_append (GTK_BOX (card), card->buttons);
  gtk_box_append (GTK_BOX (card), card->spinner);
  gtk_box_append (GTK_BOX (card), card->result);
  g_signal_connect_swapped (backup, "clicked", G_CALLBACK (backup_cb), card);
  g_signal_connect_swapped (verify, "clicked", G_CALLBACK (verify_cb), card);
}

GtkWidget *
quay_backup_card_new (QuayTill *till)
{
  QuayBackupCard *card = g_object_new (QUAY_TYPE_BACKUP_CARD, NULL);
  card->till = g_object_ref (till);
  return GTK_WIDGET (card);
}
