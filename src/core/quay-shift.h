/* A shift as it is read back: who, when, what was counted, and where the cash in the drawer came
 * from. Values; any thread. Text members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-notes.h"
#include "quay-record.h"

G_BEGIN_DECLS

/** Where cash of a shift came from or went. Each movement is in exactly one line, so that they add
 * up to what should be in the drawer. */
typedef enum
{
  QUAY_CASH_FLOAT,    /* counted at the opening */
  QUAY_CASH_SALES,    /* what cash paid of sales */
  QUAY_CASH_REFUNDS,  /* handed back */
  QUAY_CASH_FIXED,    /* tenders put right */
  QUAY_CASH_DEBTS,    /* debts that customers paid */
  QUAY_CASH_PAYOUTS,  /* to producers and suppliers, and from them */
  QUAY_CASH_DEPOSITS, /* of orders, taken and given back */
  QUAY_CASH_PUT_IN,
  QUAY_CASH_TAKEN,
  QUAY_CASH_BANK, /* takings brought to the bank */
  QUAY_CASH_SAFE, /* takings locked away */
} QuayCashLine;
#define QUAY_N_CASH_LINES 11

/** A line's name in files and commands ("float", "sales", …); NULL out of range. */
const char *quay_cash_line_name (QuayCashLine line);

/**
 * quay_cash_line_of:
 * @kind: of a movement, may be NULL
 * @account: it belongs to an account of a producer or supplier
 *
 * The line that a movement of @amount belongs to.
 */
QuayCashLine quay_cash_line_of (const char *kind, gboolean account, QuayMoney amount);

/** TRUE for what a person may say of cash that goes in or out: NULL, "bank", "safe". */
gboolean quay_cash_kind_is_known (const char *kind);

/** One movement of cash that is no sale and no refund. @amount: into the drawer above 0. */
typedef struct
{
  char *number;
  gint64 ts;
  char *who;
  QuayCashLine line;
  QuayMoney amount;
  char *why;
  char *party;
  char *approver;
} QuayCashRecord;

void quay_cash_record_free (QuayCashRecord *record);

/** A transfer that nobody has seen arrive yet. @amount: what the sale still expects by transfer. */
typedef struct
{
  QuayId sale;
  char *number;
  gint64 ts;
  QuayMoney amount;
  char *ref;
} QuayUnseen;

void quay_unseen_free (QuayUnseen *unseen);

/** A receipt that the server does not have yet. @amount: below 0 for what was handed back. */
typedef struct
{
  char *number;
  gint64 ts;
  QuayMoney amount;
} QuayUnsent;

void quay_unsent_free (QuayUnsent *unsent);

/** So many of them are listed. */
#define QUAY_UNSENT_MAX 50

/**
 * QuayShift:
 * @opening: the float, @opening_notes: how it was counted, NULL if it was not
 * @here: opened on this computer; @current: the one that sells now
 * @closed: when, ms; 0: it is open
 * @counted, @notes, @expected, @verified, @closer, @approver, @why, @note: of the closing
 * @blind: what should be in the drawer, and what tells it, is left out: who asked may not see it
 * @drawer: what should be in it by the movements known by now
 * @lines: by QuayCashLine; they add up to @drawer
 * @figures: sales, refunds, tenders, rates of the shift; NULL in lists
 * @offs: discounts given; @rounding: what cash was rounded by, below 0: up
 * @moves: (element-type QuayCashRecord), @unseen: (element-type QuayUnseen); NULL in lists
 * @n_opened: how often the drawer was opened without a sale; @n_counts: how often cash was counted
 *   without knowing what should be there
 * @n_unsent: sales and refunds of the shift that the server does not have by now, whenever the
 *   shift was closed; @unsent_since: the time of the oldest, 0 if there is none; @unsent:
 *   (element-type QuayUnsent): the oldest QUAY_UNSENT_MAX, oldest first; NULL in lists and in a
 *   blind one
 */
typedef struct
{
  QuayId id;
  char *number;
  QuayDay day;
  gint64 opened;
  char *who;
  QuayMoney opening;
  char *opening_notes;
  gboolean here;
  gboolean current;
  gint64 closed;
  char *closer;
  QuayMoney counted;
  QuayMoney expected;
  char *why;
  char *notes;
  QuayMoney verified;
  char *approver;
  char *note;
  gboolean blind;
  QuayMoney drawer;
  QuayMoney lines[QUAY_N_CASH_LINES];
  QuayReport *figures;
  QuayMoney offs;
  QuayMoney rounding;
  GPtrArray *moves;
  GPtrArray *unseen;
  gint64 n_opened;
  gint64 n_counts;
  gint64 n_unsent;
  gint64 unsent_since;
  GPtrArray *unsent;
} QuayShift;

void quay_shift_free (QuayShift *shift);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayShift, quay_shift_free)

/** What the lines add up to. */
QuayMoney quay_shift_sum (const QuayShift *shift);

/** There is nobody to send to: nothing waits. */
void quay_shift_forget_unsent (QuayShift *shift);

/** Takes out what tells how much should be in the drawer: for who has to count it blindly. */
void quay_shift_hide (QuayShift *shift);

G_END_DECLS
