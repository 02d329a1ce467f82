/* The parts of the sell page, for the files that it is made of. */
#pragma once

#include "quay-cart-pane.h"
#include "quay-lot.h"
#include "quay-pay-panel.h"
#include "quay-pictures.h"
#include "quay-sell-page.h"
#include "quay-tiles.h"
#include "quay-till-catalog.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

G_BEGIN_DECLS

struct _QuaySellPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *chips;
  GtkWidget *stack; /* "tiles" or "message" */
  GtkWidget *tiles;
  GtkWidget *bind_bar;
  GtkWidget *bind_label;
  GtkWidget *message_icon;
  GtkWidget *message_title;
  GtkWidget *message_text;
  GtkWidget *message_code;
  GtkWidget *message_bind;
  GtkWidget *message_open;
  GtkWidget *message_edit;
  GtkWidget *cart;
  GtkWidget *pay; /* owned: the pay panel, shown as a card */

  QuayTill *till;         /* owned */
  QuayPictures *pictures; /* owned */
  GPtrArray *categories;  /* owned: QuayCategory */
  QuaySounds *sounds;     /* borrowed */
  QuayScanner *scanner;   /* borrowed */

  char *shown;     /* category shown; "" for the best sold of all, "*" for all products */
  char *searched;  /* text whose results are shown, NULL for none */
  char *bind_code; /* code that waits for its product, NULL for none */
  char *unknown;   /* code of the message */
  guint search_timer;
};

/* quay-sell-search.c */

/** The entry, the chips and the tiles under them. */
GtkWidget *quay_sell_make_left (QuaySellPage *self);
/** Reads again what the tiles show. */
void quay_sell_refresh (QuaySellPage *self);
/** Fills the chips again: categories came or went. */
void quay_sell_refresh_chips (QuaySellPage *self);
/** Empties the entry, takes messages away, gives the entry the keyboard. */
void quay_sell_reset (QuaySellPage *self);
/** Searches for what the entry holds now. */
void quay_sell_search_now (QuaySellPage *self);

/* quay-sell-scan.c */

/** A product was chosen: sold, weighed, or bound to the code that waits. */
void quay_sell_choose (QuaySellPage *self, const QuayItem *item);
/** The place where it is said why a code could not be sold. */
GtkWidget *quay_sell_make_message (QuaySellPage *self);
/** The line over the tiles while a code waits for its product. */
GtkWidget *quay_sell_make_bind_bar (QuaySellPage *self);
/** Says that nothing is known under @code. */
void quay_sell_show_unknown (QuaySellPage *self, const char *code);
/** No code waits any more. */
void quay_sell_stop_binding (QuaySellPage *self);
/** Selects the line that was added, with a sound; the entry is emptied. */
void quay_sell_added (QuaySellPage *self, guint index);
/** Says why a line was not added. */
void quay_sell_not_added (QuaySellPage *self, const GError *error);

/* quay-sell-weight.c */

/** Asks for the weight of a product that is not in the cart yet. */
void quay_sell_ask_weight (QuaySellPage *self, const QuayItem *item);
/** Asks for the weight of a line. */
void quay_sell_edit_weight (QuaySellPage *self, guint index);

/* quay-sell-dialogs.c */

/** Asks for name and price of something that is not in the catalogue. */
void quay_sell_ask_open (QuaySellPage *self);
/** Asks for the note of a line. */
void quay_sell_ask_note (QuaySellPage *self, guint index);
/** Asks who the buyer is, for an invoice. */
void quay_sell_ask_buyer (QuaySellPage *self);

/* quay-sell-discount.c */

/** Asks what to take off a line, or with −1 off the whole sale. */
void quay_sell_ask_discount (QuaySellPage *self, int index);

/* quay-sell-barred.c */

/** If goods of the cart must not be sold: says which and why, asks for somebody's word, and goes on
 * with it. FALSE if nothing is in the way. */
gboolean quay_sell_ask_barred (QuaySellPage *self);
/** Why a lot must not be sold, for the user; (transfer full). */
char *quay_sell_barred_text (const QuayLot *lot);

/* quay-sell-page.c */

/** Goes on to payment, after what is to be asked before. */
void quay_sell_start_pay (QuaySellPage *self);

/* quay-sell-held.c */

/** Puts the open cart aside. */
void quay_sell_hold (QuaySellPage *self);
/** Shows the carts put aside. */
void quay_sell_show_held (QuaySellPage *self);

G_END_DECLS
