/* Shared by the files of the till: its members, the one way to commit, building of events.
 * Threads: main only, but for the search index, which is built beside. */
#pragma once

#include "quay-account.h"
#include "quay-attention.h"
#include "quay-item-search.h"
#include "quay-reader.h"
#include "quay-scan-rules.h"
#include "quay-store.h"
#include "quay-till-catalog.h"
#include "quay-till-files.h"
#include "quay-till-people.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"

G_BEGIN_DECLS

/** Settings that the till itself reads. */
#define QUAY_SETTING_FLOOR "shop.floor"
#define QUAY_SETTING_PLACE "till.place" /* this computer sells from there, not from the floor */
#define QUAY_SETTING_TAX_METHOD "shop.tax_method"
#define QUAY_SETTING_ROUNDING "shop.cash_rounding"
#define QUAY_SETTING_CUTOFF "shop.cutoff"
#define QUAY_SETTING_LABELS "shop.scan_prefixes"
#define QUAY_SETTING_HOSTS "shop.trace_hosts"
#define QUAY_SETTING_WIDTH "till.receipt_width"
#define QUAY_LOCAL_SETTLED                                                                         \
  "print.settled" /* the sale about whose receipt nobody is asked again                            \
                   */

/** What was taken off a cart and is not on disk yet. */
typedef struct
{
  QuayId cart;
  char *name;
  QuayQty qty;
  QuayMoney amount;
  char *why;
} QuayRemoval;

/** The open cart on its way to the disk: one save in flight, the latest state after it. */
typedef struct
{
  gboolean saving;
  gboolean dirty;
  QuayId on_disk;      /* the open cart that the disk has or is getting; nil if none */
  GPtrArray *removals; /* QuayRemoval: not handed over yet */
  guint retry;         /* a save that failed is tried again */
} QuayDraftState;

/** The numbers of all products in the order that was asked for last. */
typedef struct
{
  GArray *nos; /* gint64 */
  char *category;
  QuayItemOrder order;
  guint serial;
} QuayItemOrderCache;

/** Lots and recipes as they were read for the cart, private to quay-till-lot-cache.c. */
typedef struct _QuayLotCache QuayLotCache;

/** The printer of receipts, private to quay-till-print.c. */
typedef struct _QuayTillPrinter QuayTillPrinter;

/** Sales of one business day. */
typedef struct
{
  QuayDay day;
  gint64 sales;
  QuayMoney total;
} QuayDayTotal;

/**
 * QuayLeave: a second person's word for one act.
 * @amount: up to which; @asked: what it was given for; @needed: by the verb under way
 * @until: ms of the clock that only goes forward; @to: who was given it
 */
typedef struct
{
  QuayAct act;
  gint64 amount;
  gint64 asked;
  gint64 until;
  gboolean needed;
  char *to;
  char *by;
  char *why;
} QuayLeave;

/** Users and roles as the shop has them, and who works. */
typedef struct
{
  GPtrArray *users;   /* QuayUser, by name */
  GHashTable *limits; /* "role act" → gint64: what the shop changed */
  gboolean signed_in; /* @user of the till is who has given their PIN */
  struct
  {
    gboolean is;
    gboolean signed_in;
    char *user;
  } aside; /* who works when a command that acts as another is done */
} QuayTillPeople;

/** The server: what is known of it without asking. */
typedef struct
{
  struct _QuaySync *sync;      /* owned; NULL: not enrolled, or a program that does one thing */
  struct _QuaySyncState *once; /* owned: of such a program's exchange */
  char *server;
  char *shop;
  QuayId node;
  gint64 last_ack;
  guint64 received; /* records and keys of persons, as taken in */
  guint items_serial;
  int alarm; /* QuaySyncAlarm, as last told */
  gboolean paused;
} QuayTillLink;

struct _QuayTill
{
  GObject parent_instance;

  /* owned */
  QuayStore *store;
  QuayReader *reader;
  QuayTillPrinter *printer;
  QuayItemSearch *search; /* NULL until @builder is done */
  guint search_due;       /* the builder starts in a quiet moment */
  GThread *builder;
  QuayCart *cart;
  GHashTable *settings; /* key → value, NULL: looked up and unset */
  GHashTable *defaults; /* key → value of data/params/settings.csv */
  QuayItemOrderCache listed;
  GHashTable *items;    /* item number → QuayItem, bounded */
  QuayLotCache *lots;   /* NULL: nothing is kept */
  GHashTable *kept;     /* QuayId → QuayQty that open orders wait for; NULL: to be read */
  GPtrArray *unindexed; /* QuayId: products changed since the index was built */
  char *dir;
  char *user;
  QuayTillPeople people;
  GPtrArray *leaves; /* QuayLeave: not used yet */
  QuayTillLink link;

  /* state */
  QuayEnv env;
  QuayScanRules rules;
  QuayId floor;
  QuayId shift;
  QuayDraftState draft;
  QuayDayTotal today;
  QuayDay items_day; /* of the prices in @items */
  int cutoff;
  guint items_source;
  guint reads_source;   /* a failed read is to be told of, unless a verb refuses because of it */
  GError *read_failed;  /* one that another reader met */
  guint catalog_serial; /* counts changes of products, not of stock */
  gboolean paying;
  gboolean restored;
  gboolean storage_failed; /* and the user was told */
  struct
  {
    QuayDay day;
    gboolean wrong;
    QuayDay noted; /* in this run: the disk may not know of it yet */
  } watched;       /* of the clock, when it was last looked at */
  struct
  {
    QuayId cart; /* of which expired goods may be sold; nil: of none */
    char *why;
  } barred;
  struct
  {
    gboolean is;
    QuayAct act;
    gint64 amount;
  } denied; /* what was asked for last, in vain */
  struct
  {
    GPtrArray *promotions; /* owned; NULL: not read */
    GPtrArray *unsure;     /* owned: of a read that failed */
    QuayDay law_day;       /* of the two below */
    gint64 spirit_abv;
    gint64 licence_abv;
    QuayId allowed; /* the cart whose discounts and prices somebody answered for */
    gint64 allowed_bp;
    gboolean allowed_price;
  } prices;
  gboolean short_of_room; /* the same */
  guint room_source;      /* while it is */
  guint unreadable;       /* carts found at the start that can't be read */

  /* under the lock */
  GMutex check_lock;
  GCond check_done;
  int checks; /* of the file, on threads of their own */
};

/* --- quay-till-leave.c --- */

void quay_leave_free (QuayLeave *leave);
/** The right that an event takes by its kind; FALSE if none. Any thread. */
gboolean quay_till_right_of (const QuayEvent *event, QuayAct *act);
/** What it comes to, for acts with a limit in đồng; else 0. */
gint64 quay_till_amount_of (const QuayEvent *event);
/** Whether who works may write @txn, or has somebody's word for it, whose trace it adds. FALSE with
 * QUAY_ERROR_DENIED. quay_till_commit() asks. */
gboolean quay_till_allow (QuayTill *till, QuayTxn *txn, GError **error);
/** A second person's word; it holds for three minutes. @why: (nullable). */
void quay_till_add_leave (QuayTill *till, QuayAct act, gint64 amount, const char *by,
                          const char *why);
/** The words that the verb under way needed are used up if it was @written. */
void quay_till_use_leaves (QuayTill *till, gboolean written);

/* --- quay-till-people.c --- */

/** Reads users and roles again; who was taken off works no more. */
void quay_till_load_people (QuayTill *till);
void quay_till_free_people (QuayTill *till);
/** A user's limit by their role; 0 for NULL and who is not active. */
gint64 quay_till_limit_for (QuayTill *till, const QuayUser *user, QuayAct act);

/* --- quay-till-clock.c --- */

/** Writes down that the clock is wrong, once a day at most. */
void quay_till_note_clock (QuayTill *till);

/* --- quay-till-training.c --- */

/** FALSE with QUAY_ERROR_REFUSED in a training shop, QUAY_ERROR_DENIED in one that is only looked
 * at: for what leaves the shop. */
gboolean quay_till_need_real (QuayTill *till, GError **error);
/** In a training shop who made it works. */
void quay_till_begin_training (QuayTill *till);

/* --- quay-till-view.c --- */

/** What who looks at a shop may do. */
gint64 quay_till_view_limit (QuayAct act);
/** FALSE with QUAY_ERROR_DENIED, and tells it. */
gboolean quay_till_refuse_view (QuayTill *till, GError **error);

/* --- quay-till-tries.c --- */

/** Counts a try for @code before its PIN is looked at. @hash: (out) (transfer full): to compare
 * with. FALSE with QUAY_ERROR_NOT_FOUND, QUAY_ERROR_REFUSED (has to wait) or a storage error. */
gboolean quay_till_begin_try (QuayTill *till, const char *code, char **hash, GError **error);
/** What came of it: a right one is forgotten; a wrong one is QUAY_ERROR_INVALID, and noted. */
gboolean quay_till_end_try (QuayTill *till, const char *code, gboolean right, GError **error);
/** Forgets in @txn what was tried for @code. */
void quay_till_forget_tries (QuayTxn *txn, const char *code);
/** An event that says what somebody did; (transfer full). */
QuayEvent *quay_till_noted (QuayTill *till, const char *who, const char *act, const char *name,
                            const char *why);

/* --- quay-till-sign.c --- */

/** @code works from now on: tells it. */
void quay_till_take_user (QuayTill *till, const char *code);

/* --- quay-till-catalog.c --- */

/** Lists of quay-till-catalog.h by a reader of another thread. */
GPtrArray *quay_till_read_vat_classes (QuayReader *reader, QuayDay today, const char *language);
GPtrArray *quay_till_read_communes (QuayReader *reader, QuayDay today);

/* --- quay-till-lot-cache.c --- */

/** Begins a question about lots, which quay_till_lot_cache_end() ends: between them what is kept
 * is as the tables are, or as they were a moment ago. */
void quay_till_lot_cache_begin (QuayTill *till);
void quay_till_lot_cache_end (QuayTill *till);
/** What lies of a product at a place, as by quay_reader_lots(), borrowed: whoever changes a
 * quantity changes it back before the question ends. */
GPtrArray *quay_till_lot_cache_shelf (QuayTill *till, const QuayId *loc, const QuayId *product);
/** As by quay_reader_recipe(), borrowed. */
GPtrArray *quay_till_lot_cache_recipe (QuayTill *till, const QuayId *product);
void quay_till_lot_cache_free (QuayTill *till);

/* --- quay-till-files.c --- */

/** A thread begins (@by 1) or ends (−1) to use the file on its own; closing waits for it. */
void quay_till_count_check (QuayTill *till, int by);

/** Waits until no check or copy of the file is under way. */
void quay_till_wait_for_checks (QuayTill *till);

/* --- quay-till.c --- */

/** Signals, by the names of quay-till.h. */
void quay_till_emit_cart (QuayTill *till);
void quay_till_emit_drafts (QuayTill *till);
void quay_till_emit_sales (QuayTill *till);
void quay_till_emit_settings (QuayTill *till);
void quay_till_emit_printed (QuayTill *till, const char *number, gboolean ok, const char *why);
void quay_till_emit_link (QuayTill *till);
void quay_till_emit_storage_error (QuayTill *till, const GError *error);
void quay_till_emit_denied (QuayTill *till);
void quay_till_emit_user (QuayTill *till);
void quay_till_emit_room (QuayTill *till, gboolean has_room);
/** Something was written: takes back what storage-error said. */
void quay_till_storage_works (QuayTill *till);
/** Products, prices or stock changed: forgets what was read of them, tells about it when idle. */
void quay_till_items_moved (QuayTill *till);

/** A read failed (@failed is stolen) that the till's own reader does not know of. */
void quay_till_note_failed (QuayTill *till, GError *failed);

/** What reads of items are asked for: today, the shop floor. */
QuayAsOf quay_till_as_of (QuayTill *till);

/** A new event with an id, who and, for @goods, where; the shift is the open one; (transfer full).
 */
QuayEvent *quay_till_event (QuayTill *till, QuayEventKind kind, gboolean goods);

/** Commits and waits. NULL with the store's error, or with that of a read that failed: nothing is
 * written that may rest on it. */
QuayResult *quay_till_commit (QuayTill *till, QuayTxn *txn, GError **error);

/** Commits without waiting for anything; a failure is told by storage-error. */
void quay_till_commit_quietly (QuayTill *till, QuayTxn *txn, QuayLane lane);

/** FALSE with QUAY_ERROR_INVALID unless @text, which may be NULL, is one line of at most @max
 * characters. */
gboolean quay_till_check_text (const char *text, guint max, GError **error);

/** The same for a reason that has to be given: at most QUAY_WHY_MAX characters, an event keeps 300
 * bytes. */
#define QUAY_WHY_MAX 70
gboolean quay_till_check_reason (const char *why, GError **error);

/** Something came from other tills: reads again what is kept in memory, and tells. */
void quay_till_take_in (QuayTill *till);

/* --- quay-till-sync.c --- */

void quay_till_stop_sync (QuayTill *till);
/** TRUE if there is a server to send to, whether or not this program exchanges with it. */
gboolean quay_till_is_enrolled (QuayTill *till);

/* --- quay-till-settings.c --- */

/** Reads the defaults that the program carries. */
gboolean quay_till_load_defaults (QuayTill *till, GError **error);
/** Takes the settings that shape other verbs: cut-off, labels, floor. */
void quay_till_load_settings (QuayTill *till);
/** Sells from the place that this computer was taken to, a fair's stall, if it was. Where that
 * can't be read it is told, and the shop's own place counts: selling goes on. */
void quay_till_take_place (QuayTill *till);
/** The event that sets @key; (transfer full). */
QuayEvent *quay_till_setting_event (const char *who, const char *key, const char *value);

/* --- quay-till-cart.c --- */

QuayCart *quay_till_new_cart (QuayTill *till);
void quay_removal_free (QuayRemoval *removal);
/** Reads the carts on disk: the open one comes back. */
gboolean quay_till_restore_cart (QuayTill *till, GError **error);
/** The cart changed: tells, and queues it for the disk. */
void quay_till_cart_touched (QuayTill *till);
/** Adds to @txn what was taken off carts and is not on disk yet; (transfer full): keep it until the
 * answer and give it to quay_till_settle_removals(). */
GPtrArray *quay_till_add_removals (QuayTill *till, QuayTxn *txn);
/** The transaction with @removals (stolen) was answered: if it failed they wait for the next. */
void quay_till_settle_removals (QuayTill *till, GPtrArray *removals, gboolean committed);
/** FALSE with QUAY_ERROR_REFUSED if the sale of @cart would not fit into one event. */
gboolean quay_till_cart_fits (const QuayCart *cart, GError **error);
/** Sets VAT rates of a cart that waited to those of today. FALSE if they can't be read. */
gboolean quay_till_refresh_rates (QuayTill *till, QuayCart *cart, GError **error);
/** Puts @cart (stolen) on the counter, @saved: as the disk has it. */
void quay_till_take_cart (QuayTill *till, QuayCart *cart, gboolean saved);
/** FALSE with QUAY_ERROR_REFUSED while a sale is being saved. */
gboolean quay_till_cart_is_free (QuayTill *till, GError **error);
/** Writes what is queued of the open cart and waits. */
gboolean quay_till_flush_cart (QuayTill *till, GError **error);

/* --- quay-till-price.c --- */

/** How many lines of @cart have another price today. */
guint quay_till_n_changed_prices (QuayTill *till, const QuayCart *cart);

/* --- quay-till-pay.c --- */

/** Adds to the figures of today and tells about it. */
void quay_till_count_today (QuayTill *till, QuayDay day, gint64 sales, QuayMoney amount);
/** Takes over the open shift of the file if the till knows of none: a try whose answer was lost may
 * have opened it. FALSE if that can't be read. */
gboolean quay_till_find_shift (QuayTill *till, GError **error);
/** Starts a shift in @txn if none is open, which must hold @event already; sets its shift. */
void quay_till_need_shift (QuayTill *till, QuayTxn *txn, QuayEvent *event);
/** Takes over the shift that a committed transaction may have opened. */
void quay_till_learn_shift (QuayTill *till, const QuayResult *result);

/* --- quay-till-lots.c --- */

/** Lets lots give to the lines of a sale: sets their parts. @override: also expired goods and such
 * as are held back. QUAY_ERROR_REFUSED without it if only those are there. */
gboolean quay_till_give_lots (QuayTill *till, GPtrArray *lines, gboolean override, GError **error);
/** Whether somebody has answered for the expired goods of @cart; adds the trace of it to @txn. */
gboolean quay_till_barred_allowed (QuayTill *till, const QuayCart *cart);
void quay_till_note_barred (QuayTill *till, QuayTxn *txn, const QuayCart *cart);

/* --- quay-till-goods.c --- */

/** What the shop bears if it loses @qty of a lot: their price, or what the producer would have got
 * at today's shelf price. FALSE if out of range. */
gboolean quay_till_cost_of_loss (QuayTill *till, const QuayLot *lot, QuayQty qty, QuayMoney *cost);
/** The event of an entry in a producer's account; (transfer full). */
QuayEvent *quay_till_entry_event (QuayTill *till, const QuayEntry *entry);

/* --- quay-till-assign.c --- */

/** Adds to @txn what says that @qty (above 0) of @open came from @lot (NULL: from none). @id: of
 * the first event, NULL for a new one; @cost: of this quantity, NULL: by the terms of @lot. */
gboolean quay_till_add_assign (QuayTill *till, QuayTxn *txn, const QuayId *id,
                               const QuayOpenLine *open, const QuayLot *lot, QuayQty qty,
                               const QuayMoney *cost, const char *why, GError **error);
/** Commits such a transaction (transfer full). */
gboolean quay_till_commit_assigns (QuayTill *till, QuayTxn *txn, GError **error);
/* --- quay-till-hold.c --- */

/** Puts @cart (stolen) on the counter, as quay_till_recall() does: the open one, unless empty, is
 * put aside. */
gboolean quay_till_put_on_counter (QuayTill *till, QuayCart *cart, GError **error);

/* --- quay-till-orders.c --- */

/** FALSE with QUAY_ERROR_REFUSED if the order has ended, unless by the event or the sale @by: that
 * is a further try. */
gboolean quay_till_order_may_end (QuayTill *till, const QuayId *order, const QuayId *by,
                                  GError **error);
/** The order of @cart, if it has one, is handed over by the sale in @txn, whose shift is @shift:
 * adds its end, and what is left of the deposit as cash that goes out. */
void quay_till_end_order (QuayTill *till, QuayTxn *txn, const QuayCart *cart, const QuayId *shift);

/* --- quay-till-refund-lots.c --- */

/** Sets the parts of a refund's line: the lots to which its goods go back. @refunded: of the line
 * before; @lines: those of the refund so far, with @line last. */
gboolean quay_till_find_returned (QuayTill *till, const QuaySaleRecord *sale, QuayRefundLine *line,
                                  QuayQty refunded, GPtrArray *lines, GError **error);

/* --- quay-till-room.c --- */

/** FALSE with QUAY_ERROR_FULL while nothing may be sold or brought in. */
gboolean quay_till_need_room (QuayTill *till, GError **error);

/* --- quay-till-print.c --- */

void quay_till_open_printer (QuayTill *till);
void quay_till_close_printer (QuayTill *till);
/** True if receipts go anywhere. */
gboolean quay_till_has_printer (QuayTill *till);
/** Sends a receipt to the printer, @copy: 0 or which reprint; notes and tells the outcome. */
void quay_till_print (QuayTill *till, const QuaySaleRecord *sale, guint copy);
/** TRUE if @text is what the QR code of a receipt holds; @number is (transfer full). */
gboolean quay_till_find_receipt (const char *text, char **number);
/** The same of what was given back. */
void quay_till_print_refund (QuayTill *till, const QuayRefundRecord *refund, guint copy);

/* --- quay-till-find.c --- */

/** Starts to build the index beside; the old one, if any, goes. */
void quay_till_start_search (QuayTill *till);
void quay_till_stop_search (QuayTill *till);
/** The index, complete; waits for it if it is being built. */
QuayItemSearch *quay_till_need_search (QuayTill *till);
/** These products (QuayId) are new or have other words; many at once rebuild the index. */
void quay_till_reindex (QuayTill *till, GPtrArray *products);
/** Numbers of products of a category (NULL: of all), also those no longer sold; kept for the next
 * call. Borrowed. */
GArray *quay_till_item_nos (QuayTill *till, const char *category, QuayItemOrder order);
/** A product by its number, kept for the next call; NULL if unknown. Borrowed until the next call
 * of the till. */
const QuayItem *quay_till_peek_item (QuayTill *till, gint64 no);

G_END_DECLS
