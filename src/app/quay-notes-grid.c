/* Counting notes. Main thread. */
#include "quay-notes-grid.h"

#include "quay-ui.h"

#define COLUMNS 2
#define COUNT_DIGITS 5

struct _QuayNotesGrid
{
  GtkBox parent;
  GtkWidget *counts[QUAY_N_NOTES];
  GtkWidget *sums[QUAY_N_NOTES];
  GtkWidget *total;
};

enum
{
  CHANGED,
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayNotesGrid, quay_notes_grid, GTK_TYPE_BOX)

static gint64
count_of (QuayNotesGrid *grid, guint note)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (grid->counts[note]));
  return g_ascii_strtoll (text, NULL, 10); /* only digits go in */
}

gboolean
quay_notes_grid_get (QuayNotesGrid *grid, gint64 *counts, QuayMoney *sum)
{
  gint64 all[QUAY_N_NOTES];
  QuayMoney total;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    all[i] = count_of (grid, i);
  gboolean ok = quay_notes_sum (all, &total);
  for (guint i = 0; counts != NULL && i < QUAY_N_NOTES; i++)
    counts[i] = all[i];
  if (sum != NULL)
    *sum = total;
  return ok;
}

gboolean
quay_notes_grid_is_touched (QuayNotesGrid *grid)
{
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    if (gtk_editable_get_text (GTK_EDITABLE (grid->counts[i]))[0] != '\0')
      return TRUE;
  return FALSE;
}

void
quay_notes_grid_set_locked (QuayNotesGrid *grid, gboolean locked)
{
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    gtk_widget_set_sensitive (grid->counts[i], !locked);
}

GtkWidget *
quay_notes_grid_first (QuayNotesGrid *grid)
{
  return grid->counts[0];
}

static void
show_sums (QuayNotesGrid *grid)
{
  QuayMoney total = QUAY_DONG (0);
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    {
      gint64 count = count_of (grid, i);
      QuayMoney sum = QUAY_DONG (count * quay_note_values[i]);
      total.dong += sum.dong;
      if (count > 0)
        quay_ui_set_money (grid->sums[i], sum, QUAY_MONEY_BARE);
      else
        quay_ui_set_text (grid->sums[i], "–");
    }
  quay_ui_set_money (grid->total, total, QUAY_MONEY_SIGN);
}

static void
changed_cb (QuayNotesGrid *grid)
{
  show_sums (grid);
  g_signal_emit (grid, signals[CHANGED], 0);
}

static void
activate_cb (GtkWidget *entry, QuayNotesGrid *grid)
{
  for (guint i = 0; i + 1 < QUAY_N_NOTES; i++)
    if (grid->counts[i] == entry)
      {
        gtk_widget_grab_focus (grid->counts[i + 1]);
        return;
      }
  g_signal_emit (grid, signals[DONE], 0);
}

static void
insert_cb (GtkEditable *editable, const char *text, int length, int *position, gpointer data)
{
  for (int i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      {
        g_signal_stop_emission_by_name (editable, "insert-text");
        gtk_widget_error_bell (GTK_WIDGET (editable));
        return;
      }
}

static GtkWidget *
make_count (QuayNotesGrid *grid, guint note)
{
  g_autofree char *value = quay_format_money (QUAY_DONG (quay_note_values[note]), QUAY_MONEY_BARE);
  g_autofree char *label = g_strdup_printf (_ ("Notes of %s"), value);
  GtkWidget *entry = quay_ui_code_entry (label);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_entry_set_max_length (GTK_ENTRY (entry), COUNT_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "0");
  gtk_widget_add_css_class (entry, "slim");
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "insert-text",
                    G_CALLBACK (insert_cb), NULL);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), grid);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), grid);
  return entry;
}

static void
quay_notes_grid_class_init (QuayNotesGridClass *class)
{
  signals[CHANGED] = g_signal_new ("changed", QUAY_TYPE_NOTES_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", QUAY_TYPE_NOTES_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_column (QuayNotesGrid *grid, guint first, guint n)
{
  GtkWidget *column = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (column), 7);
  gtk_grid_set_column_spacing (GTK_GRID (column), 12);
  for (guint i = 0; i < n; i++)
    {
      guint note = first + i;
      GtkWidget *value = quay_ui_number_label ("heading");
      quay_ui_set_money (value, QUAY_DONG (quay_note_values[note]), QUAY_MONEY_BARE);
      grid->counts[note] = make_count (grid, note);
      grid->sums[note] = quay_ui_number_label ("dim");
      gtk_label_set_width_chars (GTK_LABEL (value), 8);
      gtk_label_set_width_chars (GTK_LABEL (grid->sums[note]), 12);
      gtk_widget_set_hexpand (grid->sums[note], TRUE);
      gtk_grid_attach (GTK_GRID (column), value, 0, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (column), quay_ui_label ("×", "dim"), 1, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (column), grid->counts[note], 2, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (column), grid->sums[note], 3, (int)i, 1, 1);
    }
  return column;
}

static void
quay_notes_grid_init (QuayNotesGrid *grid)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 28);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = quay_ui_label (_ ("Counted"), "heading");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (grid), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (grid), 12);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  for (guint i = 0; i < COLUMNS; i++)
    gtk_box_append (GTK_BOX (columns),
                    make_column (grid, i * QUAY_N_NOTES / COLUMNS, QUAY_N_NOTES / COLUMNS));
  grid->total = quay_ui_number_label ("figure");
  quay_ui_set_id (grid->total, "notes-total");
  quay_ui_set_description (grid->total, _ ("Counted"));
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), grid->total);
  gtk_box_append (GTK_BOX (grid), columns);
  gtk_box_append (GTK_BOX (grid), line);
  show_sums (grid);
}

GtkWidget *
quay_notes_grid_new (void)
{
  return g_object_new (QUAY_TYPE_NOTES_GRID, NULL);
}
