/* The drawer at a glance. The till starts a shift by itself with the first sale, so that nobody has
 * to remember it; whoever counts the float opens it here. Main thread. */
#include "quay-shift-card.h"

#include "quay-cash-dialog.h"
#include "quay-shift-close.h"
#include "quay-shift-list.h"
#include "quay-till-people.h"
#include "quay-till-sales.h"
#include "quay-till-shift.h"
#include "quay-till-view.h"
#include "quay-ui.h"
#include "quay-unseen-list.h"

struct _QuayShiftCard
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *state;
  GtkWidget *expected;
  GtkWidget *note;
  GtkWidget *open;
  GtkWidget *close;
  GtkWidget *moves;  /* in, out, drawer */
  GtkWidget *unseen; /* transfers */
};

G_DEFINE_FINAL_TYPE (QuayShiftCard, quay_shift_card, GTK_TYPE_BOX)

void
quay_shift_card_refresh (QuayShiftCard *card)
{
  g_return_if_fail (QUAY_IS_SHIFT_CARD (card));
  g_autofree char *number = NULL;
  QuayMoney expected = QUAY_DONG (0);
  gboolean open = quay_till_shift (card->till, &number, &expected);
  g_autofree char *text =
      open ? g_strdup_printf (_ ("Shift %s is open"), number) : g_strdup (_ ("No shift is open"));
  quay_ui_set_text (card->state, text);
  quay_ui_set_money (card->expected, expected, QUAY_MONEY_SIGN);
  /* Who counts blindly is not told before. */
  gboolean told = open && quay_till_may (card->till, QUAY_ACT_EXPECTED, 0);
  gtk_widget_set_visible (card->expected, told);
  gtk_widget_set_visible (card->note, told);
  gboolean works = !quay_till_is_view (card->till);
  gtk_widget_set_visible (card->open, works && !open);
  gtk_widget_set_visible (card->close, works && open);
  gtk_widget_set_visible (card->moves, works);
  gtk_widget_set_sensitive (card->moves, works && open);
  g_autoptr (GPtrArray) unseen = quay_till_unseen (card->till);
  g_autofree char *waiting = g_strdup_printf (
      ngettext ("%u transfer not seen yet", "%u transfers not seen yet", unseen->len), unseen->len);
  quay_ui_button_set_text (card->unseen, waiting);
  gtk_widget_set_visible (card->unseen, unseen->len > 0);
}

static void
done_cb (gpointer data)
{
  quay_shift_card_refresh (QUAY_SHIFT_CARD (data));
}

/* Money moves only within a shift. */
static gboolean
open_task (QuayShiftCard *card, QuayCashTask task)
{
  if (!gtk_widget_get_sensitive (card->moves))
    return FALSE;
  quay_cash_dialog_open (GTK_WIDGET (card), card->till, task, done_cb, card);
  return TRUE;
}

static void
task_cb (GtkButton *button, QuayShiftCard *card)
{
  open_task (card, (QuayCashTask)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "task")));
}

static gboolean
open_or_close (QuayShiftCard *card)
{
  if (gtk_widget_get_visible (card->open))
    quay_shift_open_card (GTK_WIDGET (card), card->till, done_cb, card);
  else
    quay_shift_close_card (GTK_WIDGET (card), card->till, NULL, NULL, done_cb, card);
  return TRUE;
}

static void
open_or_close_cb (GtkButton *button, QuayShiftCard *card)
{
  open_or_close (card);
}

static void
reports_cb (GtkButton *button, QuayShiftCard *card)
{
  quay_shift_list_open (GTK_WIDGET (card), card->till, done_cb, card);
}

static void
unseen_cb (GtkButton *button, QuayShiftCard *card)
{
  quay_unseen_list_open (GTK_WIDGET (card), card->till);
}

gboolean
quay_shift_card_press (QuayShiftCard *card, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_F6:
      return open_task (card, QUAY_CASH_IN);
    case GDK_KEY_F7:
      return open_task (card, QUAY_CASH_OUT);
    case GDK_KEY_F8:
      return open_task (card, QUAY_CASH_OPEN_DRAWER);
    case GDK_KEY_F9:
      return open_or_close (card);
    case GDK_KEY_F3:
      reports_cb (NULL, card);
      return TRUE;
    default:
      return FALSE;
    }
}

static GtkWidget *
add_button (GtkWidget *box, const char *key, const char *text, const char *classes, const char *id)
{
  GtkWidget *button = quay_ui_button (NULL, text, key, classes);
  gtk_widget_set_hexpand (button, TRUE);
  quay_ui_set_id (button, id);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_task (QuayShiftCard *card, GtkWidget *box, const char *key, const char *text, QuayCashTask task,
          const char *id)
{
  GtkWidget *button = add_button (box, key, text, "action small", id);
  g_object_set_data (G_OBJECT (button), "task", GINT_TO_POINTER (task));
  g_signal_connect (button, "clicked", G_CALLBACK (task_cb), card);
}

static void
quay_shift_card_dispose (GObject *object)
{
  g_clear_object (&QUAY_SHIFT_CARD (object)->till);
  G_OBJECT_CLASS (quay_shift_card_parent_class)->dispose (object);
}

static void
quay_shift_card_class_init (QuayShiftCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_shift_card_dispose;
}

static void
quay_shift_card_init (QuayShiftCard *card)
{
  GtkWidget *box = GTK_WIDGET (card);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 8);
  gtk_widget_add_css_class (box, "figure-card");
  card->state = quay_ui_label (NULL, "heading num");
  card->expected = quay_ui_label (NULL, "figure num");
  card->note = quay_ui_label (_ ("should be in the drawer"), "meta");
  card->moves = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  quay_ui_set_id (card->state, "shift-state");
  quay_ui_set_id (card->expected, "shift-expected");
  quay_ui_set_description (card->expected, _ ("Should be in the drawer"));
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_box_append (GTK_BOX (box), card->state);
  gtk_box_append (GTK_BOX (box), card->expected);
  gtk_box_append (GTK_BOX (box), card->note);
  card->open = add_button (box, "F9", _ ("Open a shift"), "main small", "shift-open");
  card->close =
      add_button (box, "F9", _ ("Count and close the shift"), "main small", "shift-close");
  g_signal_connect (card->open, "clicked", G_CALLBACK (open_or_close_cb), card);
  g_signal_connect (card->close, "clicked", G_CALLBACK (open_or_close_cb), card);
  add_task (card, pair, "F6", _ ("Cash in"), QUAY_CASH_IN, "cash-in");
  add_task (card, pair, "F7", _ ("Cash out"), QUAY_CASH_OUT, "cash-out");
  gtk_box_append (GTK_BOX (card->moves), pair);
  add_task (card, card->moves, "F8", _ ("Open the drawer"), QUAY_CASH_OPEN_DRAWER, "open-drawer");
  gtk_box_append (GTK_BOX (box), card->moves);
  GtkWidget *reports =
      add_button (box, "F3", _ ("Reports X and Z"), "action small", "shift-reports");
  g_signal_connect (reports, "clicked", G_CALLBACK (reports_cb), card);
  card->unseen = add_button (box, NULL, "", "pill", "shift-unseen");
  g_signal_connect (card->unseen, "clicked", G_CALLBACK (unseen_cb), card);
}

GtkWidget *
quay_shift_card_new (QuayTill *till)
{
  QuayShiftCard *card = g_object_new (QUAY_TYPE_SHIFT_CARD, NULL);
  card->till = g_object_ref (till);
  quay_shift_card_refresh (card);
  return GTK_WIDGET (card);
}
