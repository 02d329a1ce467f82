/* Words of shifts. Main thread. */
#include "quay-shift-words.h"

#include "quay-ui.h"

const char *
quay_shift_line_text (QuayCashLine line)
{
  static const char *const texts[QUAY_N_CASH_LINES] = {
    [QUAY_CASH_FLOAT] = N_ ("Float at the opening"),
    [QUAY_CASH_SALES] = N_ ("Sold for cash"),
    [QUAY_CASH_REFUNDS] = N_ ("Given back in cash"),
    [QUAY_CASH_FIXED] = N_ ("Ways of paying put right"),
    [QUAY_CASH_DEBTS] = N_ ("Debts paid in cash"),
    [QUAY_CASH_PAYOUTS] = N_ ("Producers and suppliers"),
    [QUAY_CASH_DEPOSITS] = N_ ("Deposits of orders"),
    [QUAY_CASH_PUT_IN] = N_ ("Put in"),
    [QUAY_CASH_TAKEN] = N_ ("Taken out"),
    [QUAY_CASH_BANK] = N_ ("Brought to the bank"),
    [QUAY_CASH_SAFE] = N_ ("Locked in the safe"),
  };
  return (guint)line < QUAY_N_CASH_LINES ? _ (texts[line]) : "";
}

char *
quay_shift_difference_text (QuayMoney difference)
{
  g_autofree char *size = quay_format_money (QUAY_DONG (ABS (difference.dong)), QUAY_MONEY_SIGN);
  if (difference.dong == 0)
    return g_strdup (_ ("The drawer is right."));
  return difference.dong > 0 ? g_strdup_printf (_ ("Too much: %s"), size)
                             : g_strdup_printf (_ ("Missing: %s"), size);
}

GtkWidget *
quay_shift_add_pair (GtkWidget *box, const char *text, QuayMoney amount, const char *classes)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = quay_ui_label (text, classes);
  GtkWidget *figure = quay_ui_number_label (classes);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (row, "pair");
  quay_ui_set_money (figure, amount, QUAY_MONEY_BARE);
  quay_ui_set_description (figure, text);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (box), row);
  return figure;
}

void
quay_shift_add_lines (GtkWidget *box, const QuayShift *shift)
{
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    if (shift->lines[line].dong != 0 || line <= QUAY_CASH_SALES)
      quay_shift_add_pair (box, quay_shift_line_text (line), shift->lines[line], NULL);
  quay_shift_add_pair (box, _ ("Should be in the drawer"), shift->drawer, "heading");
}
