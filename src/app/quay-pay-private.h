/* The parts of the pay panel, for the files that it is made of. */
#pragma once

#include "quay-pay-panel.h"
#include "quay-record.h"
#include "quay-ui.h"

G_BEGIN_DECLS

/** Tenders that a cashier picks; a deposit comes with its order. */
#define QUAY_N_PAY_TABS (QUAY_TENDER_TRANSFER + 1)

#define QUAY_PAY_NOTES 4

/** What is shown while the tender is a transfer. */
typedef struct
{
  GtkWidget *box;
  GtkWidget *qr;
  GtkWidget *amount;
  GtkWidget *whose;
  GtkWidget *purpose;
  GtkWidget *state;
  GtkWidget *see;
  QuayMoney of;   /* what the code shown is for */
  gint64 seen_ms; /* when the money was seen; 0: not yet */
} QuayPayTransfer;

struct _QuayPayPanel
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* "pay" or "done" */
  GtkWidget *body;
  GtkWidget *due_label;
  GtkWidget *due;
  GtkWidget *tabs[QUAY_N_PAY_TABS]; /* by QuayTender */
  GtkWidget *entry;
  GtkWidget *ref;
  GtkWidget *notes[QUAY_PAY_NOTES];
  GtkWidget *change_label;
  GtkWidget *change;
  GtkWidget *slip; /* with its title */
  QuayPayTransfer transfer;
  GtkWidget *slip_lines;
  GtkWidget *slip_vat;
  GtkWidget *slip_total;
  GtkWidget *slip_deposit;
  GtkWidget *slip_credit;
  GtkWidget *slip_rounding;
  GtkWidget *kept; /* what orders of others wait for */
  GtkWidget *parts_box;
  GtkWidget *account; /* of the customer, hidden without one, as the two below */
  GtkWidget *debt;
  GtkWidget *points;
  GtkWidget *buyer;
  GtkWidget *fault;
  GtkWidget *finish;

  GtkWidget *done_title;
  GtkWidget *done_given;
  GtkWidget *done_label;
  GtkWidget *done_change;
  GtkWidget *done_print;
  GtkWidget *done_again;
  GtkWidget *done_next;

  QuayTill *till;       /* owned */
  QuayScanner *scanner; /* borrowed */

  QuayMoney total;
  QuayMoney deposit; /* paid with the order that the cart hands over */
  QuayMoney credit;  /* of goods that come back in exchange */
  QuayMoney rest;    /* of them, to be handed back */
  QuayTender tender;
  GPtrArray *parts; /* owned: QuayPayment, ways of paying added so far */
  QuayMoney suggested[QUAY_PAY_NOTES];
  GtkWidget *hints[2]; /* under the finish button; not beside a code, which needs the room */
  GtkWidget *asked;    /* the button that began what is under way: finish or debt */
  gboolean busy;
  gboolean done;
  gint64 shown_us; /* when this view came up */
  char *number;    /* of the sale just made */
};

/* quay-pay-build.c */

/** Makes the view in which one pays. */
GtkWidget *quay_pay_build (QuayPayPanel *self);
/** Shows the ways of paying added so far. */
void quay_pay_show_parts (QuayPayPanel *self);

/* quay-pay-panel.c */

/** What is still to be paid; cash as it is rounded. */
QuayMoney quay_pay_due (QuayPayPanel *self);
/** Shows the change, what is missing, and what can be pressed. */
void quay_pay_update (QuayPayPanel *self);
/** Chooses how the rest is paid. */
void quay_pay_set_tender (QuayPayPanel *self, QuayTender tender);
/** Takes one way of paying out again. */
void quay_pay_drop_part (QuayPayPanel *self, guint index);
/** Adds what the entry holds as one of several ways of paying. */
void quay_pay_add_part (QuayPayPanel *self);
/** Shows the parts after they were changed, and empties the entry. */
void quay_pay_parts_changed (QuayPayPanel *self);
/** Commits the sale with the parts and one more. */
void quay_pay_commit_part (QuayPayPanel *self, QuayTender tender, QuayMoney given);
/** Commits the sale, after a question where the amount looks like a slip. */
void quay_pay_finish (QuayPayPanel *self);
/** Closes the card. */
void quay_pay_close (QuayPayPanel *self);

/* quay-pay-debt.c */

/** Makes the lines about the customer's account, in @box. */
void quay_pay_build_account (QuayPayPanel *self, GtkWidget *box);
/** Shows them as the cart's customer is. */
void quay_pay_show_account (QuayPayPanel *self);
/** F3: what the entry holds is paid, the rest owed. */
gboolean quay_pay_press_debt (QuayPayPanel *self);
/** F2: what the points are worth is paid. */
gboolean quay_pay_press_points (QuayPayPanel *self);

/* quay-pay-transfer.c */

/** Makes what is shown instead of the slip while the tender is a transfer. */
GtkWidget *quay_pay_build_transfer (QuayPayPanel *self);
/** Shows the code for @amount if the tender is a transfer; another amount is not seen yet. */
void quay_pay_show_transfer (QuayPayPanel *self, QuayMoney amount);
/** Who works has seen the money, or takes that back. */
void quay_pay_see_transfer (QuayPayPanel *self);

/* quay-pay-done.c */

/** Makes the view after the sale. */
GtkWidget *quay_pay_build_done (QuayPayPanel *self);
/** Shows the change of a sale just made. */
void quay_pay_show_done (QuayPayPanel *self, const QuaySaleRecord *record);
/** The till says what became of a receipt. */
void quay_pay_printed (QuayPayPanel *self, const char *number, gboolean ok, const char *why);

G_END_DECLS
