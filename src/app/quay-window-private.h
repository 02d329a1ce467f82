/* The parts of the window, for the files that it is made of. */
#pragma once

#include "quay-scanner.h"
#include "quay-sell-page.h"
#include "quay-sound.h"
#include "quay-ui-private.h"
#include "quay-window.h"

G_BEGIN_DECLS

struct _QuayWindow
{
  GtkApplicationWindow parent_instance;

  GtkWidget *overlay;
  GtkWidget *stack;
  GtkWidget *rail;
  GtkWidget *notices;
  GtkWidget *sell;
  GtkWidget *shop_label;
  GtkWidget *where_label;
  GtkWidget *today;
  GtkWidget *status;
  GtkWidget *printer;
  GtkWidget *storage_notice; /* NULL unless the disk takes no writes */
  GtkWidget *room_notice;    /* NULL unless the disk is full */
  gboolean damage_told;      /* and the notice is still there */
  GtkWidget *user;           /* the button with who works */
  GtkWidget *sign_card;      /* weak: while it is open */
  GtkWidget *reset_notice;   /* NULL unless a PIN was reset and no manager has seen it */
  GtkWidget *clock_notice;   /* NULL unless the clock is wrong and nobody has closed it */
  GtkWidget *request_notice; /* NULL unless requests about data are due and nobody has closed it */
  guint requests_told;       /* how many late and due ones were told of */
  QuayDay requests_day;      /* when they were counted */

  QuayTill *till;       /* owned */
  QuayTrace *trace;     /* borrowed */
  QuayScanner *scanner; /* owned */
  QuaySounds *sounds;   /* owned */
  guint clock_timer;
  guint approve_source; /* the card of approvals opens when the verb has returned */
  guint focus_source;   /* the keyboard goes to the page when the card of signing in is gone */
  gint64 last_input_us;
  GQueue scans; /* char *: scans that wait */
  guint drain;
};

/* quay-window-bar.c */

/** The line at the top. */
GtkWidget *quay_window_make_bar (QuayWindow *self);
/** Reads again what the bar shows. */
void quay_window_update_bar (QuayWindow *self);
/** Says how far the server has what happened here, or that the disk takes nothing. */
void quay_window_update_status (QuayWindow *self);
/** The till says what became of a receipt. */
void quay_window_set_printed (QuayWindow *self, gboolean ok);

/* quay-window-people.c */

/** Follows who works: the card of signing in, approvals, locking when nobody does anything. */
void quay_window_follow_people (QuayWindow *self);
void quay_window_stop_people (QuayWindow *self);
/** When the window is idle: the keyboard to the page shown, if it is elsewhere and no card is open.
 */
void quay_window_find_focus (QuayWindow *self);
/** Whether who works may see a page; nobody signed in: none. */
gboolean quay_window_may_open (QuayWindow *self, const char *page);
/** Locks if nobody has done anything for as long as the shop's setting says. */
void quay_window_lock_when_idle (QuayWindow *self);
void quay_window_add_people_actions (GtkWidgetClass *class);
/** The button with who works, for the bar. */
GtkWidget *quay_window_make_user (QuayWindow *self);

/* quay-window-notice.c */

/** What a button of a notice does. */
typedef void (*QuayNoticeDone) (QuayWindow *window, const char *data);
/**
 * quay_window_add_notice:
 * @kind: "info", "warn" or "bad"
 * @yes: (nullable): text of a button that calls @done and closes the notice
 * @no: text of the button that only closes it and calls @dropped (nullable)
 *
 * Shows a line under the bar until it is closed. Returns the line.
 */
GtkWidget *quay_window_add_notice (QuayWindow *self, const char *kind, const char *text,
                                   const char *yes, QuayNoticeDone done, const char *no,
                                   QuayNoticeDone dropped, const char *data);
/** Says in red that the disk does not take what is written, until something is written again. */
void quay_window_set_storage_fault (QuayWindow *self, const char *text);
/** Something was written. */
void quay_window_clear_storage_fault (QuayWindow *self);
/** Says, as long as it is so, that nothing can be sold on a full disk. */
void quay_window_set_room (QuayWindow *self, gboolean has_room);
/** Says that the clock is wrong, until it is right again or the line is closed. */
void quay_window_set_clock (QuayWindow *self, gboolean wrong);
/** Says to who may handle them that requests about personal data are late or due, once a day and
 * when there are more. */
void quay_window_tell_requests (QuayWindow *self);
/** Says once, until it is closed, that a part of the file can't be read. */
void quay_window_tell_damage (QuayWindow *self);
/** What has to be said after a start: a cart found, a receipt that may not be printed. */
void quay_window_add_start_notices (QuayWindow *self);

G_END_DECLS
