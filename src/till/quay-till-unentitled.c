/* What was written without a right: every record in the order of its counters, against users and
 * roles as they were by then. Any thread, but for the reader that it opens. */
#include "quay-till-private.h"

#include "quay-reader-people.h"
#include "quay-till-people.h"

#include <stdlib.h>
#include <string.h>

/* An event that matters here. */
typedef struct
{
  gint64 lam;
  QuayUnentitled what;
  QuayId subject;   /* of an override */
  QuayEvent *facts; /* of a user or a role: what it sets */
} Entry;

typedef struct
{
  GPtrArray *entries;  /* Entry */
  GHashTable *allowed; /* "id act" → gint64: up to what somebody gave their word */
  GHashTable *users;   /* code → "1 role", "0 role": not active */
  GHashTable *limits;  /* "role act" → gint64 */
  GHashTable *owners;  /* shift's id → who opened it */
} Scan;

void
quay_unentitled_free (QuayUnentitled *event)
{
  g_free (event->kind);
  g_free (event->who);
  g_free (event);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->what.kind);
  g_free (entry->what.who);
  quay_event_free (entry->facts);
  g_free (entry);
}

static char *
key_of (const QuayId *id, const char *act)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (id, text);
  return g_strconcat (text, " ", act, NULL);
}

/* --- reading --- */

static gboolean
matters (const QuayEvent *event, QuayAct *act)
{
  *act = QUAY_ACT_USERS;
  return event->kind == QUAY_EVENT_OVERRIDE || event->kind == QUAY_EVENT_SHIFT_OPENED ||
         quay_till_right_of (event, act);
}

static void
record_cb (const guint8 *bytes, gsize len, gpointer data)
{
  Scan *scan = data;
  QuayAct act;
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  if (event == NULL || !matters (event, &act))
    return;
  Entry *entry = g_new0 (Entry, 1);
  entry->lam = event->lam;
  entry->what.id = event->id;
  entry->what.day = (QuayDay)event->day;
  entry->what.ts = event->ts;
  entry->what.kind = g_strdup (quay_event_kind_name (event->kind));
  entry->what.who = g_strdup (event->who);
  entry->what.act = act;
  entry->what.amount = quay_till_amount_of (event);
  if (event->kind == QUAY_EVENT_SHIFT_CLOSED)
    entry->subject = ((const QuayShiftClosed *)event->body)->shift;
  if (event->kind == QUAY_EVENT_USER || event->kind == QUAY_EVENT_ROLE ||
      event->kind == QUAY_EVENT_OVERRIDE)
    entry->facts = g_steal_pointer (&event);
  g_ptr_array_add (scan->entries, entry);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const Entry *x = *(const Entry *const *)a;
  const Entry *y = *(const Entry *const *)b;
  if (x->lam != y->lam)
    return x->lam < y->lam ? -1 : 1;
  return memcmp (&x->what.id, &y->what.id, sizeof x->what.id);
}

/* --- users and roles, as they come --- */

static void
take_user (Scan *scan, const QuayFacts *body)
{
  const char *role = g_hash_table_lookup (scan->users, body->code);
  g_auto (GStrv) was = g_strsplit (role != NULL ? role : "0 ", " ", 2);
  g_autofree char *active = g_strdup (was[0]);
  g_autofree char *now = g_strdup (was[1]);
  for (guint i = 0; i < body->facts->len; i++)
    {
      const QuayFact *fact = body->facts->pdata[i];
      if (strcmp (fact->field, "role") == 0)
        {
          g_free (now);
          now = g_strdup (fact->text != NULL ? fact->text : "");
        }
      else if (strcmp (fact->field, "active") == 0)
        {
          g_free (active);
          active = g_strdup (fact->number == 1 ? "1" : "0");
        }
    }
  g_hash_table_insert (scan->users, g_strdup (body->code), g_strconcat (active, " ", now, NULL));
}

static void
take_role (Scan *scan, const QuayFacts *body)
{
  for (guint i = 0; i < body->facts->len; i++)
    {
      QuayAct act;
      const QuayFact *fact = body->facts->pdata[i];
      gint64 limit = fact->number == -1 ? QUAY_NO_LIMIT : fact->number;
      if (fact->text == NULL && !fact->cleared && quay_act_from_name (fact->field, &act) &&
          !quay_role_is_fixed (body->code, act) && quay_limit_is_sound (act, limit))
        g_hash_table_insert (scan->limits, g_strconcat (body->code, " ", fact->field, NULL),
                             g_memdup2 (&limit, sizeof limit));
    }
}

static gint64
limit_of (Scan *scan, const char *who, QuayAct act)
{
  const char *user = g_hash_table_lookup (scan->users, who);
  if (user == NULL || user[0] != '1')
    return 0;
  g_autofree char *key = g_strconcat (user + 2, " ", quay_act_name (act), NULL);
  const gint64 *limit = g_hash_table_lookup (scan->limits, key);
  return limit != NULL ? *limit : quay_role_default (user + 2, act);
}

/* --- judging --- */

/* A word counts if who gave it had the right. */
static void
take_override (Scan *scan, const Entry *entry)
{
  QuayAct act;
  const QuayAudit *body = entry->facts->body;
  if (quay_act_from_name (body->act, &act) && body->by != NULL &&
      limit_of (scan, body->by, act) >= MAX (body->amount.dong, 1))
    g_hash_table_insert (scan->allowed, key_of (&body->subject, body->act),
                         g_memdup2 (&body->amount.dong, sizeof body->amount.dong));
}

static gboolean
is_entitled (Scan *scan, Entry *entry)
{
  QuayUnentitled *what = &entry->what;
  if (strcmp (what->kind, "shift.closed") == 0 &&
      g_strcmp0 (g_hash_table_lookup (scan->owners, &entry->subject), what->who) != 0)
    what->act = QUAY_ACT_SHIFT_OTHER;
  gint64 limit = limit_of (scan, what->who, what->act);
  if (limit > 0 && what->amount <= limit)
    return TRUE;
  g_autofree char *key = key_of (&what->id, quay_act_name (what->act));
  const gint64 *allowed = g_hash_table_lookup (scan->allowed, key);
  return allowed != NULL && what->amount <= *allowed;
}

static QuayUnentitled *
copy_of (const QuayUnentitled *what)
{
  QuayUnentitled *copy = g_memdup2 (what, sizeof *copy);
  copy->kind = g_strdup (what->kind);
  copy->who = g_strdup (what->who);
  return copy;
}

/* Overrides follow what they are about, so all are looked at before anything is judged. A PIN that
 * quayctl reset comes without a right: it is found as well. */
static void
take_in (Scan *scan, const Entry *entry)
{
  if (strcmp (entry->what.kind, "user") == 0)
    take_user (scan, entry->facts->body);
  else if (strcmp (entry->what.kind, "role") == 0)
    take_role (scan, entry->facts->body);
  else if (strcmp (entry->what.kind, "shift.opened") == 0)
    g_hash_table_insert (scan->owners, (gpointer)&entry->what.id, entry->what.who);
  else if (strcmp (entry->what.kind, "override") == 0)
    take_override (scan, entry);
}

static gboolean
is_judged (Scan *scan, const Entry *entry)
{
  return g_hash_table_size (scan->users) > 0 && strcmp (entry->what.kind, "override") != 0 &&
         strcmp (entry->what.kind, "shift.opened") != 0;
}

static GPtrArray *
judge (Scan *scan)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_unentitled_free);
  g_ptr_array_sort (scan->entries, compare_cb);
  for (guint i = 0; i < scan->entries->len; i++)
    take_in (scan, scan->entries->pdata[i]);
  g_hash_table_remove_all (scan->users);
  g_hash_table_remove_all (scan->limits);
  for (guint i = 0; i < scan->entries->len; i++)
    {
      Entry *entry = scan->entries->pdata[i];
      if (is_judged (scan, entry) && !is_entitled (scan, entry))
        g_ptr_array_add (found, copy_of (&entry->what));
      if (strcmp (entry->what.kind, "override") != 0)
        take_in (scan, entry);
    }
  return found;
}

static void
scan_clear (Scan *scan)
{
  g_ptr_array_unref (scan->entries);
  g_hash_table_unref (scan->allowed);
  g_hash_table_unref (scan->users);
  g_hash_table_unref (scan->limits);
  g_hash_table_unref (scan->owners);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

GPtrArray *
quay_till_unentitled (QuayTill *till, GError **error)
{
  g_autoptr (QuayReader) reader = quay_reader_new (till->store, error);
  if (reader == NULL)
    return NULL;
  g_auto (Scan) scan = {
    .entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free),
    .allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .owners = g_hash_table_new (quay_id_hash, quay_id_equal_ptr),
  };
  quay_reader_visit_booked (reader, record_cb, &scan);
  if (!quay_reader_settle (reader, error))
    return NULL;
  return judge (&scan);
}
