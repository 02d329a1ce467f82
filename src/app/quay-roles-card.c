/* The table of rights: an act a line, a role a column. A limit is typed, a yes or no is ticked;
 * each holds at once, for the whole shop. */
#include "quay-roles-card.h"

#include "quay-people-words.h"
#include "quay-till-users.h"
#include "quay-ui.h"

/* One cell: what is changed by it. */
typedef struct
{
  QuayTill *till; /* owned */
  const char *role;
  QuayAct act;
  gboolean filling;
} Cell;

static void
cell_free (gpointer data, GClosure *closure)
{
  Cell *cell = data;
  g_object_unref (cell->till);
  g_free (cell);
}

static Cell *
cell_new (QuayTill *till, const char *role, QuayAct act)
{
  Cell *cell = g_new0 (Cell, 1);
  cell->till = g_object_ref (till);
  cell->role = role;
  cell->act = act;
  return cell;
}

/* FALSE if it was not kept, which is told. */
static gboolean
keep (GtkWidget *widget, Cell *cell, gint64 limit)
{
  g_autoptr (GError) error = NULL;
  if (quay_till_role_limit (cell->till, cell->role, cell->act) == limit ||
      quay_till_set_role_limit (cell->till, cell->role, cell->act, limit, &error))
    return TRUE;
  quay_ui_show_error (widget, _ ("The right was not changed"), error);
  return FALSE;
}

static void
toggled_cb (GtkCheckButton *check, gpointer data)
{
  Cell *cell = data;
  gboolean on = gtk_check_button_get_active (check);
  if (cell->filling || keep (GTK_WIDGET (check), cell, on ? QUAY_NO_LIMIT : 0))
    return;
  cell->filling = TRUE;
  gtk_check_button_set_active (check, !on);
  cell->filling = FALSE;
}

static GtkWidget *
make_check (QuayTill *till, const char *role, QuayAct act, const char *label)
{
  Cell *cell = cell_new (till, role, act);
  GtkWidget *check = gtk_check_button_new ();
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  quay_ui_set_label (check, label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               quay_till_role_limit (till, role, act) > 0);
  g_signal_connect_data (check, "toggled", G_CALLBACK (toggled_cb), cell, cell_free, 0);
  return check;
}

/* Percent with up to two decimals, or đồng; empty: not at all. */
static gboolean
read_limit (QuayAct act, const char *text, gint64 *limit)
{
  QuayMoney money;
  QuayQty percent;
  *limit = 0;
  if (*text == '\0')
    return TRUE;
  if (quay_act_limit_kind (act) == QUAY_LIMIT_DONG)
    {
      gboolean read = quay_parse_money (text, &money, NULL);
      *limit = money.dong;
      return read && quay_limit_is_sound (act, *limit);
    }
  if (!quay_parse_qty (text, &percent, NULL) || percent.milli % 10 != 0)
    return FALSE;
  *limit = percent.milli / 10;
  return quay_limit_is_sound (act, *limit);
}

static void
limit_cb (GtkWidget *entry, gpointer data)
{
  gint64 limit;
  Cell *cell = data;
  gboolean sound = read_limit (cell->act, gtk_editable_get_text (GTK_EDITABLE (entry)), &limit);
  quay_ui_toggle_class (entry, "bad", !sound);
  if (sound)
    keep (entry, cell, limit);
}

static void
leave_cb (GtkEventControllerFocus *focus, gpointer data)
{
  limit_cb (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)), data);
}

static GtkWidget *
make_limit (QuayTill *till, const char *role, QuayAct act, const char *label)
{
  Cell *cell = cell_new (till, role, act);
  gboolean money = quay_act_limit_kind (act) == QUAY_LIMIT_DONG;
  gint64 limit = quay_till_role_limit (till, role, act);
  GtkWidget *entry = money ? quay_ui_money_entry (label) : quay_ui_code_entry (label);
  g_autofree char *percent =
      limit > 0 && !money ? quay_format_qty ((QuayQty){ limit * 10 }, NULL) : NULL;
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 9);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("no"));
  if (money && limit > 0 && limit <= QUAY_MONEY_MAX)
    quay_ui_money_entry_set (entry, QUAY_DONG (limit));
  else if (percent != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), percent);
  g_signal_connect_data (entry, "activate", G_CALLBACK (limit_cb), cell, cell_free, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), cell);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
make_cell (QuayTill *till, const char *role, QuayAct act)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", quay_role_words (role), quay_act_words (act));
  if (quay_role_is_fixed (role, act))
    {
      g_autofree char *words = quay_limit_words (act, quay_till_role_limit (till, role, act));
      GtkWidget *fixed = quay_ui_label (words, "dim");
      gtk_widget_set_halign (fixed, GTK_ALIGN_CENTER);
      return fixed;
    }
  return quay_act_has_limit (act) ? make_limit (till, role, act, label)
                                  : make_check (till, role, act, label);
}

static const char *
unit_of (QuayAct act)
{
  switch (quay_act_limit_kind (act))
    {
    case QUAY_LIMIT_PERCENT:
      return _ ("up to, in %");
    case QUAY_LIMIT_DONG:
      return _ ("up to, in ₫");
    case QUAY_LIMIT_NONE:
    default:
      return NULL;
    }
}

static GtkWidget *
make_act (QuayAct act)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), quay_ui_label (quay_act_words (act), NULL));
  if (unit_of (act) != NULL)
    gtk_box_append (GTK_BOX (box), quay_ui_label (unit_of (act), "meta"));
  return box;
}

static GtkWidget *
make_table (QuayTill *till)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_set_margin_end (grid, 12);
  for (int column = 0; quay_roles[column] != NULL; column++)
    {
      GtkWidget *head = quay_ui_label (quay_role_words (quay_roles[column]), "heading");
      gtk_widget_set_halign (head, GTK_ALIGN_CENTER);
      gtk_grid_attach (GTK_GRID (grid), head, column + 1, 0, 1, 1);
    }
  for (int act = 0; act < QUAY_N_ACTS; act++)
    {
      gtk_grid_attach (GTK_GRID (grid), make_act ((QuayAct)act), 0, act + 1, 1, 1);
      for (int column = 0; quay_roles[column] != NULL; column++)
        gtk_grid_attach (GTK_GRID (grid), make_cell (till, quay_roles[column], (QuayAct)act),
                         column + 1, act + 1, 1, 1);
    }
  return grid;
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

void
quay_roles_card_open (GtkWidget *anywhere, QuayTill *till)
{
  GtkWidget *card = quay_ui_card_new (_ ("What each role may do"), "wide");
  GtkWidget *scrolled = quay_ui_scrolled (make_table (till));
  gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (
                                      _ ("What somebody may not do alone, a manager can allow on "
                                         "the spot, by their PIN. Changes hold at once."),
                                      "dim", 80, 2));
  gtk_widget_set_size_request (scrolled, 860, 480);
  gtk_box_append (GTK_BOX (card), scrolled);
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "main");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card);
  gtk_box_append (GTK_BOX (buttons), close);
  quay_ui_show_card (anywhere, card, close);
}
