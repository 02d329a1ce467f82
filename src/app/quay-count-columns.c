/* Columns of a count's lines. Main thread. */
#include "quay-count-columns.h"

#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

static const QuayCountLine *
line_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, line_of (row)->name);
}

static void
bind_lot (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  g_autofree char *expires = line->expires != 0 ? quay_day_to_vi (line->expires) : NULL;
  g_autofree char *text = NULL;
  if (line->whole)
    text = g_strdup (_ ("all lots"));
  else if (quay_id_is_nil (&line->lot))
    text = g_strdup (_ ("no lot"));
  else if (expires == NULL)
    text = g_strdup (line->lot_code != NULL ? line->lot_code : _ ("Lot"));
  else
    text =
        g_strdup_printf ("%s · %s", line->lot_code != NULL ? line->lot_code : _ ("Lot"), expires);
  quay_table_set_text (cell, text);
}

static void
bind_found (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  if (line->picked >= 0)
    quay_table_set_qty (cell, line->found, line->weighed ? line->unit : NULL);
  else
    quay_table_set_text (cell, "");
}

static void
bind_book (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  if (((const QuayCountLook *)data)->hide)
    quay_table_set_text (cell, "•");
  else
    quay_table_set_qty (cell, line->book, line->weighed ? line->unit : NULL);
}

QuayQty
quay_count_difference (const QuayCountLine *line)
{
  return QUAY_MILLI (line->counts ? line->posted.milli + line->pending.milli : 0);
}

static void
bind_difference (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  QuayQty difference = quay_count_difference (line);
  g_autofree char *text = quay_format_qty (difference, line->weighed ? line->unit : NULL);
  g_autofree char *plus = g_strdup_printf ("+%s", text);
  gboolean shown = line->counts && !((const QuayCountLook *)data)->hide;
  quay_table_set_text (cell, !shown                 ? (line->counts ? "•" : "")
                             : difference.milli > 0 ? plus
                                                    : text);
  quay_ui_toggle_class (cell, "bad-text", shown && difference.milli < 0);
  quay_ui_toggle_class (cell, "good-text", shown && difference.milli > 0);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  if (line->counts && !((const QuayCountLook *)data)->hide &&
      quay_count_difference (line).milli != 0)
    quay_table_set_money (cell, line->amount);
  else
    quay_table_set_text (cell, "");
}

static void
bind_cost (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLine *line = line_of (row);
  if (line->counts && !((const QuayCountLook *)data)->hide && line->cost.dong != 0)
    quay_table_set_money (cell, line->cost);
  else
    quay_table_set_text (cell, "");
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCountLook *look = data;
  const QuayCountLine *line = line_of (row);
  g_autofree char *text = NULL;
  const char *class = "plain";
  if (line->picked < 0)
    text = g_strdup (_ ("not counted"));
  else if (line->counts && look->closed && line->pending.milli != 0)
    {
      g_autofree char *qty = quay_format_qty (line->pending, NULL);
      text = g_strdup_printf (_ ("to correct: %s%s"), line->pending.milli > 0 ? "+" : "", qty);
      class = "bad";
    }
  else if (line->clash)
    {
      text =
          g_strdup (line->counts ? _ ("counts, whole and lots") : _ ("left out, whole and lots"));
      class = "warn";
    }
  else if (!line->counts)
    text = g_strdup (_ ("left out"));
  else if (line->bearer && !look->hide && quay_count_difference (line).milli < 0)
    text = g_strdup (_ ("the producer bears it"));
  else if (line->observations->len > 1)
    {
      text =
          g_strdup_printf (ngettext ("%u observation", "%u observations", line->observations->len),
                           line->observations->len);
      class = "warn";
    }
  quay_table_set_text (cell, text != NULL ? text : "");
  quay_table_set_badge (cell, class);
}

void
quay_count_add_columns (GtkWidget *table, const QuayCountLook *look)
{
  gpointer data = (gpointer)look;
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 26, bind_name, data);
  quay_table_add (table, _ ("Lot"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 17, bind_lot, data);
  quay_table_add (table, _ ("Counted"), QUAY_TABLE_NUMBER, 8, bind_found, data);
  quay_table_add (table, _ ("Books"), QUAY_TABLE_NUMBER, 8, bind_book, data);
  quay_table_add (table, _ ("Difference"), QUAY_TABLE_NUMBER, 9, bind_difference, data);
  quay_table_add (table, _ ("At shelf price"), QUAY_TABLE_NUMBER, 11, bind_amount, data);
  quay_table_add (table, _ ("Costs the shop"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 11, bind_cost,
                  data);
  quay_table_add (table, "", QUAY_TABLE_BADGE, 20, bind_state, data);
}
