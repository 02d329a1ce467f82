/* Walks through the records and keeps what is of note. Threads: main to ask and to be answered; the
 * walk has a reader of its own. */
#include "quay-till-audit.h"

#include "quay-body-people.h"
#include "quay-body-stock.h"
#include "quay-reader-people.h"
#include "quay-till-audit-private.h"
#include "quay-till-private.h"

#include <string.h>

static const char *const names[QUAY_N_AUDIT_KINDS] = {
  [QUAY_AUDIT_EXCESS] = "excess",     [QUAY_AUDIT_UNENTITLED] = "unentitled",
  [QUAY_AUDIT_OVERRIDE] = "override", [QUAY_AUDIT_DISCOUNT] = "discount",
  [QUAY_AUDIT_REMOVED] = "removed",   [QUAY_AUDIT_DRAWER] = "drawer",
  [QUAY_AUDIT_REPRINT] = "reprint",   [QUAY_AUDIT_REFUND] = "refund",
  [QUAY_AUDIT_FIXED] = "fixed",       [QUAY_AUDIT_CASH] = "cash",
  [QUAY_AUDIT_SHIFT] = "shift",       [QUAY_AUDIT_DEBT] = "debt",
  [QUAY_AUDIT_LOGIN] = "login",       [QUAY_AUDIT_LOGIN_FAILED] = "login-failed",
  [QUAY_AUDIT_PEOPLE] = "people",     [QUAY_AUDIT_SETTING] = "setting",
  [QUAY_AUDIT_PRICE] = "price",       [QUAY_AUDIT_CLOCK] = "clock",
  [QUAY_AUDIT_OTHER] = "other",
};

const char *
quay_audit_kind_name (QuayAuditKind kind)
{
  return (guint)kind < QUAY_N_AUDIT_KINDS ? names[kind] : NULL;
}

gboolean
quay_audit_kind_from_name (const char *name, QuayAuditKind *kind)
{
  for (guint i = 0; i < QUAY_N_AUDIT_KINDS; i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *kind = (QuayAuditKind)i;
        return TRUE;
      }
  return FALSE;
}

void
quay_audit_entry_free (QuayAuditEntry *entry)
{
  g_free (entry->event);
  g_free (entry->who);
  g_free (entry->by);
  g_free (entry->act);
  g_free (entry->ref);
  g_free (entry->name);
  g_free (entry->why);
  g_free (entry);
}

void
quay_audit_report_free (QuayAuditReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->entries);
  g_ptr_array_unref (report->users);
  g_free (report);
}

/* --- the walk --- */

typedef struct
{
  QuayAuditAsk ask; /* its user is owned */
  QuayReader *reader;
  GHashTable *users; /* code → itself */
  QuayAuditReport *report;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free ((char *)walk->ask.user);
  g_clear_pointer (&walk->reader, quay_reader_free);
  g_clear_pointer (&walk->users, g_hash_table_unref);
  g_clear_pointer (&walk->report, quay_audit_report_free);
}

static gboolean
is_asked (const QuayAuditAsk *ask, const QuayAuditEntry *entry)
{
  return (ask->from == 0 || entry->day >= ask->from) && (ask->to == 0 || entry->day <= ask->to) &&
         (ask->kinds == 0 || (ask->kinds >> entry->kind & 1) != 0) &&
         (ask->user == NULL || g_strcmp0 (ask->user, entry->who) == 0 ||
          g_strcmp0 (ask->user, entry->by) == 0);
}

/* @entry is stolen. */
static void
keep (Walk *walk, QuayAuditEntry *entry)
{
  const QuayAuditAsk *ask = &walk->ask;
  gboolean then =
      (ask->from == 0 || entry->day >= ask->from) && (ask->to == 0 || entry->day <= ask->to);
  const char *people[] = { entry->who, entry->by };
  for (guint i = 0; then && i < G_N_ELEMENTS (people); i++)
    if (people[i] != NULL && *people[i] != '\0' && !g_hash_table_contains (walk->users, people[i]))
      g_hash_table_add (walk->users, g_strdup (people[i]));
  if (is_asked (ask, entry))
    g_ptr_array_add (walk->report->entries, entry);
  else
    quay_audit_entry_free (entry);
}

/* One product is named; of many it is said how many. */
static void
name_products (Walk *walk, QuayAuditEntry *entry, const GPtrArray *prices)
{
  const QuayPrice *price = prices->len > 0 ? prices->pdata[0] : NULL;
  if (prices->len != 1)
    {
      entry->qty = QUAY_MILLI (1000 * (gint64)prices->len);
      return;
    }
  QuayAsOf at = { .day = (QuayDay)price->day };
  g_autoptr (QuayItem) item = quay_reader_item (walk->reader, &at, &price->product);
  entry->name = item != NULL ? g_strdup (item->name) : NULL;
  entry->amount = price->price;
  entry->counts = price->price.dong >= 0;
}

static void
record_cb (const guint8 *bytes, gsize len, gpointer data)
{
  Walk *walk = data;
  walk->report->records++;
  if (!quay_audit_may_matter (bytes, len))
    return;
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  if (event == NULL)
    return;
  if (event->kind == QUAY_EVENT_BIRTH)
    {
      QuayDay *since = &walk->report->since;
      *since = *since == 0 ? (QuayDay)event->day : MIN (*since, (QuayDay)event->day);
      return;
    }
  QuayAuditEntry *entry = quay_audit_entry_of (event);
  if (entry == NULL)
    return;
  if (is_asked (&walk->ask, entry) && event->kind == QUAY_EVENT_PRICE)
    name_products (walk, entry, ((const QuayPrices *)event->body)->prices);
  else if (is_asked (&walk->ask, entry) && event->kind == QUAY_EVENT_LIST_PRICES)
    name_products (walk, entry, ((const QuayListPrices *)event->body)->prices);
  keep (walk, entry);
}

/* --- alarms --- */

static void
add_excess (Walk *walk)
{
  g_autoptr (GPtrArray) list = quay_reader_excess (walk->reader);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayExcess *excess = list->pdata[i];
      QuayAuditEntry *entry = g_new0 (QuayAuditEntry, 1);
      g_autoptr (QuaySaleRecord) sale = quay_reader_sale (walk->reader, excess->number);
      entry->kind = QUAY_AUDIT_EXCESS;
      entry->id = excess->sale;
      entry->day = sale != NULL ? sale->day : 0;
      entry->ts = sale != NULL ? sale->ts : 0;
      entry->event = g_strdup ("refund");
      entry->ref = g_strdup (excess->number);
      entry->name = g_strdup (excess->name);
      entry->why = g_strdup (excess->refunds);
      entry->qty = excess->qty;
      entry->amount = excess->amount;
      entry->counts = TRUE;
      keep (walk, entry);
    }
}

static gboolean
add_unentitled (Walk *walk, QuayTill *till, GError **error)
{
  g_autoptr (GPtrArray) list = quay_till_unentitled (till, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const QuayUnentitled *what = list->pdata[i];
      QuayAuditEntry *entry = g_new0 (QuayAuditEntry, 1);
      entry->kind = QUAY_AUDIT_UNENTITLED;
      entry->id = what->id;
      entry->day = what->day;
      entry->ts = what->ts;
      entry->event = g_strdup (what->kind);
      entry->who = g_strdup (what->who);
      entry->act = g_strdup (quay_act_name (what->act));
      entry->amount = QUAY_DONG (what->amount);
      entry->counts = what->amount != 0;
      keep (walk, entry);
    }
  return list != NULL;
}

/* --- the answer --- */

static gboolean
is_alarm (const QuayAuditEntry *entry)
{
  return entry->kind <= QUAY_AUDIT_UNENTITLED;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const QuayAuditEntry *x = *(const QuayAuditEntry *const *)a;
  const QuayAuditEntry *y = *(const QuayAuditEntry *const *)b;
  int order = is_alarm (y) - is_alarm (x);
  if (order == 0 && x->ts != y->ts)
    order = x->ts < y->ts ? 1 : -1;
  return order != 0 ? order : memcmp (&x->id, &y->id, sizeof x->id);
}

static int
compare_users_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
finish (Walk *walk)
{
  GHashTableIter iter;
  gpointer code;
  QuayAuditReport *report = walk->report;
  g_ptr_array_sort (report->entries, compare_cb);
  report->found = report->entries->len;
  for (guint i = 0; i < report->found && is_alarm (report->entries->pdata[i]); i++)
    report->alarms++;
  if (walk->ask.limit > 0 && report->found > walk->ask.limit)
    g_ptr_array_set_size (report->entries, (int)walk->ask.limit);
  g_hash_table_iter_init (&iter, walk->users);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    g_ptr_array_add (report->users, g_strdup (code));
  g_ptr_array_sort (report->users, compare_users_cb);
}

static Walk *
walk_new (const QuayAuditAsk *ask)
{
  Walk *walk = g_new0 (Walk, 1);
  walk->ask = *ask;
  walk->ask.user = g_strdup (ask->user);
  walk->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->report = g_new0 (QuayAuditReport, 1);
  walk->report->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_audit_entry_free);
  walk->report->users = g_ptr_array_new_with_free_func (g_free);
  return walk;
}

static void
walk_free (gpointer data)
{
  walk_clear (data);
  g_free (data);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

/* Any thread. */
static QuayAuditReport *
run (Walk *walk, QuayTill *till, GError **error)
{
  walk->reader = quay_reader_new (till->store, error);
  if (walk->reader == NULL)
    return NULL;
  quay_reader_visit_booked (walk->reader, record_cb, walk);
  add_excess (walk);
  if (!quay_reader_settle (walk->reader, error) || !add_unentitled (walk, till, error))
    return NULL;
  finish (walk);
  return g_steal_pointer (&walk->report);
}

QuayAuditReport *
quay_till_audit (QuayTill *till, const QuayAuditAsk *ask, GError **error)
{
  if (!quay_till_require (till, QUAY_ACT_AUDIT, 0, error))
    return NULL;
  g_autoptr (Walk) walk = walk_new (ask);
  return run (walk, till, error);
}

static void
audit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  QuayAuditReport *report = run (data, source, &error);
  quay_till_count_check (source, -1);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify)quay_audit_report_free);
  else
    g_task_return_error (task, error);
}

void
quay_till_audit_async (QuayTill *till, const QuayAuditAsk *ask, GAsyncReadyCallback callback,
                       gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  if (!quay_till_require (till, QUAY_ACT_AUDIT, 0, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, walk_new (ask), walk_free);
  quay_till_count_check (till, 1);
  g_task_run_in_thread (task, audit_thread);
}

QuayAuditReport *
quay_till_audit_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
