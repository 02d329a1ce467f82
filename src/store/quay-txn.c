/* What one verb wants written: events, and marks in the local tables beside them. */
#include "quay-store-private.h"

#include "quay-draft.h"

#include <string.h>

typedef enum
{
  MARK_SAVE_DRAFT,
  MARK_DROP_DRAFT,
  MARK_DRAFT_ASIDE,
  MARK_KEY,
  MARK_PRINT,
  MARK_LOCAL,
} MarkType;

typedef struct
{
  MarkType type;
  QuayId id;
  gint64 number;    /* held, copies */
  const char *word; /* state of a print; static */
  char *name;       /* label, key */
  char *text;       /* cart, value */
  guint8 key[32];
} Mark;

static const char sql_update_draft[] =
    "UPDATE draft SET held = :held, ts = :ts, label = :label, body = :body WHERE id = :id";
static const char sql_insert_draft[] =
    "INSERT INTO draft (id, held, ts, label, body) VALUES (:id, :held, :ts, :label, :body)";
static const char sql_drop_draft[] = "DELETE FROM draft WHERE id = :id";
static const char sql_draft_aside[] = "UPDATE draft SET held = 1 WHERE id = :id";
static const char sql_keep_key[] =
    "INSERT INTO person_key (event, key) VALUES (:id, :key) ON CONFLICT (event) DO NOTHING";
static const char sql_mark_print[] =
    "INSERT INTO print_job (sale, state, ts, copies) VALUES (:id, :state, :ts, :copies) "
    "ON CONFLICT (sale) DO UPDATE SET state = excluded.state, ts = excluded.ts,"
    " copies = copies + excluded.copies";
static const char sql_set_local[] = "INSERT INTO local (key, value) VALUES (:key, :value) "
                                    "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
static const char sql_drop_local[] = "DELETE FROM local WHERE key = :key";

static void
free_mark (gpointer data)
{
  Mark *mark = data;
  g_free (mark->name);
  g_free (mark->text);
  memset (mark->key, 0, sizeof mark->key);
  g_free (mark);
}

QuayTxn *
quay_txn_new (void)
{
  QuayTxn *txn = g_new0 (QuayTxn, 1);
  txn->events = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_event_free);
  txn->marks = g_ptr_array_new_with_free_func (free_mark);
  return txn;
}

void
quay_txn_free (QuayTxn *txn)
{
  if (txn == NULL)
    return;
  g_ptr_array_unref (txn->events);
  g_ptr_array_unref (txn->marks);
  g_free (txn);
}

void
quay_txn_add (QuayTxn *txn, QuayEvent *event)
{
  g_ptr_array_add (txn->events, event);
}

const GPtrArray *
quay_txn_events (QuayTxn *txn)
{
  return txn->events;
}

static Mark *
add_mark (QuayTxn *txn, MarkType type, const QuayId *id)
{
  Mark *mark = g_new0 (Mark, 1);
  mark->type = type;
  if (id != NULL)
    mark->id = *id;
  g_ptr_array_add (txn->marks, mark);
  return mark;
}

void
quay_txn_save_draft (QuayTxn *txn, const QuayCart *cart, gboolean held, const char *label)
{
  Mark *mark = add_mark (txn, MARK_SAVE_DRAFT, &cart->id);
  mark->number = held ? 1 : 0;
  mark->name = g_strdup (label);
  mark->text = quay_draft_encode (cart);
}

void
quay_txn_drop_draft (QuayTxn *txn, const QuayId *cart)
{
  add_mark (txn, MARK_DROP_DRAFT, cart);
}

void
quay_txn_put_draft_aside (QuayTxn *txn, const QuayId *cart)
{
  add_mark (txn, MARK_DRAFT_ASIDE, cart);
}

void
quay_txn_keep_key (QuayTxn *txn, const QuayId *event, const guint8 key[32])
{
  memcpy (add_mark (txn, MARK_KEY, event)->key, key, 32);
}

void
quay_txn_mark_print (QuayTxn *txn, const QuayId *sale, QuayPrintState state, gint64 copies)
{
  static const char *const words[] = {
    [QUAY_PRINT_NONE] = "unknown",
    [QUAY_PRINT_SENT] = "sent",
    [QUAY_PRINT_FAILED] = "failed",
  };
  g_return_if_fail ((guint)state < G_N_ELEMENTS (words));
  Mark *mark = add_mark (txn, MARK_PRINT, sale);
  mark->word = words[state];
  mark->number = copies;
}

void
quay_txn_set_local (QuayTxn *txn, const char *key, const char *value)
{
  Mark *mark = add_mark (txn, MARK_LOCAL, NULL);
  mark->name = g_strdup (key);
  mark->text = g_strdup (value);
}

void
quay_txn_set_progress (QuayTxn *txn, QuayProgress progress, gpointer data)
{
  txn->progress = progress;
  txn->progress_data = data;
}

/* --- writing --- */

static gboolean
write_draft (QuayDb *db, const char *sql, const Mark *mark, gint64 now, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &mark->id);
  quay_bind_int (stmt, ":held", mark->number);
  quay_bind_int (stmt, ":ts", now);
  quay_bind_text (stmt, ":label", mark->name);
  quay_bind_text (stmt, ":body", mark->text);
  return quay_db_done (db, stmt, error);
}

static gboolean
save_draft (QuayDb *db, const Mark *mark, gint64 now, GError **error)
{
  if (!write_draft (db, sql_update_draft, mark, now, error))
    return FALSE;
  return sqlite3_changes (db->handle) > 0 || write_draft (db, sql_insert_draft, mark, now, error);
}

static gboolean
write_print (QuayDb *db, const Mark *mark, gint64 now, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_mark_print, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &mark->id);
  quay_bind_text (stmt, ":state", mark->word);
  quay_bind_int (stmt, ":ts", now);
  quay_bind_int (stmt, ":copies", mark->number);
  return quay_db_done (db, stmt, error);
}

static gboolean
write_local (QuayDb *db, const Mark *mark, GError **error)
{
  g_autoptr (QuayStmt) stmt =
      quay_db_stmt (db, mark->text != NULL ? sql_set_local : sql_drop_local, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":key", mark->name);
  if (mark->text != NULL)
    quay_bind_text (stmt, ":value", mark->text);
  return quay_db_done (db, stmt, error);
}

static gboolean
write_key (QuayDb *db, const Mark *mark, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_keep_key, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &mark->id);
  quay_bind_blob (stmt, ":key", mark->key, sizeof mark->key);
  return quay_db_done (db, stmt, error);
}

static gboolean
write_by_id (QuayDb *db, const char *sql, const Mark *mark, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &mark->id);
  return quay_db_done (db, stmt, error);
}

static gboolean
write_mark (QuayDb *db, const Mark *mark, gint64 now, GError **error)
{
  switch (mark->type)
    {
    case MARK_SAVE_DRAFT:
      return save_draft (db, mark, now, error);
    case MARK_DROP_DRAFT:
      return write_by_id (db, sql_drop_draft, mark, error);
    case MARK_DRAFT_ASIDE:
      return write_by_id (db, sql_draft_aside, mark, error);
    case MARK_KEY:
      return write_key (db, mark, error);
    case MARK_PRINT:
      return write_print (db, mark, now, error);
    case MARK_LOCAL:
      return write_local (db, mark, error);
    default:
      g_assert_not_reached ();
    }
}

gboolean
quay_txn_write_marks (QuayTxn *txn, QuayDb *db, gint64 now, GError **error)
{
  for (guint i = 0; i < txn->marks->len; i++)
    if (!write_mark (db, txn->marks->pdata[i], now, error))
      return FALSE;
  return TRUE;
}
