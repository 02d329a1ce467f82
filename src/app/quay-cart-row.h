/* One line of the open cart: name, price, note, stepper with a quantity to type, amount. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CART_ROW (quay_cart_row_get_type ())
G_DECLARE_FINAL_TYPE (QuayCartRow, quay_cart_row, QUAY, CART_ROW, GtkListBoxRow)

/*
 * Signals:
 *   step (int by)              −1 or 1 was pressed
 *   qty-typed (gint64 milli)   a quantity was typed and confirmed, in thousandths
 *   weigh ()                   the weight is to be asked for
 */

/** Why the goods of a line must not be sold. */
typedef enum
{
  QUAY_CART_NOT_BARRED,
  QUAY_CART_EXPIRED,
  QUAY_CART_HELD_BACK,
} QuayCartBar;

/** What the catalogue says of a line's product. @serial is the caller's: when it was read. */
typedef struct
{
  int stars;       /* OCOP stars, 0 for none */
  gboolean priced; /* it has a price today, which is @now */
  QuayMoney now;
  guint serial;
  QuayCartBar bar; /* why it must not be sold */
  gboolean over;   /* it takes what orders of others wait for */
} QuayCartRowFacts;

/** An empty row. */
GtkWidget *quay_cart_row_new (void);

/** Shows @line, which is only read, and marks it if @facts has another price. */
void quay_cart_row_set_line (QuayCartRow *row, const QuayLine *line, const QuayCartRowFacts *facts);
/** Whether the line is marked: its price is not today's. */
gboolean quay_cart_row_is_marked (QuayCartRow *row);

/** The product last shown; nil for one without a catalogue entry. */
const QuayId *quay_cart_row_product (QuayCartRow *row);
/** The facts last shown; borrowed. */
const QuayCartRowFacts *quay_cart_row_facts (QuayCartRow *row);

/** Why line @index must not be sold, by what quay_till_cart_barred() said. */
QuayCartBar quay_cart_row_find_bar (QuayTill *till, GArray *barred, guint index);

/** Lets the user type a quantity (or asks for the weight). */
void quay_cart_row_edit (QuayCartRow *row);
/** Stops typing, without taking over what was typed. */
void quay_cart_row_stop_edit (QuayCartRow *row);

G_END_DECLS
