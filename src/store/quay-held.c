/* Records that this program can't book: which, and another try after an upgrade. A try walks the
 * chains that have some from their beginning, since what leaps depends on what came before. */
#include "quay-store-private.h"
#include "quay-store-sync.h"

#include <string.h>

#define VERSION_KEY "held.version"

/* Those that stand; what does not is booked wherever it stands now. */
#define STANDING                                                                                   \
  "FROM held h JOIN chain c ON c.no = h.pos >> 40"                                                 \
  " WHERE c.superseded_from IS NULL OR (h.pos & ((1 << 40) - 1)) < c.superseded_from"
static const char sql_count[] = "SELECT count(*) " STANDING;
static const char sql_list[] =
    "SELECT c.id, c.code, c.letter, h.pos, h.reason " STANDING " ORDER BY h.pos LIMIT :max";
enum
{
  HELD_CHAIN,
  HELD_CODE,
  HELD_LETTER,
  HELD_POS,
  HELD_REASON,
};
static const char sql_chains[] =
    "SELECT no FROM chain WHERE id IN (SELECT c.id FROM held h JOIN chain c ON c.no = h.pos >> 40)"
    " ORDER BY no";
static const char sql_walk[] =
    "SELECT j.pos, j.bytes, h.pos FROM journal j LEFT JOIN held h ON h.pos = j.pos"
    " WHERE j.pos BETWEEN :first AND :last ORDER BY j.pos";
enum
{
  WALK_POS,
  WALK_BYTES,
  WALK_HELD,
};
static const char sql_version[] = "SELECT value FROM local WHERE key = '" VERSION_KEY "'";
static const char sql_set_version[] =
    "INSERT INTO local (key, value) VALUES ('" VERSION_KEY "', :version)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/* --- the list --- */

static void
free_held (gpointer data)
{
  QuayHeldRecord *held = data;
  g_free (held->code);
  g_free (held->letter);
  g_free (held->why);
  g_free (held);
}

GPtrArray *
quay_store_held (QuayStore *store, guint max, guint64 *total, GError **error)
{
  gint64 count;
  GError *failed = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_held);
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  if (aside == NULL || !quay_db_get_int (aside->db, sql_count, &count, error))
    return NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (aside->db, sql_list, error);
  if (stmt == NULL)
    return NULL;
  quay_bind_int (stmt, ":max", max);
  while (quay_db_next (aside->db, stmt, &failed))
    {
      QuayHeldRecord *held = g_new0 (QuayHeldRecord, 1);
      held->chain = quay_column_id (stmt, HELD_CHAIN);
      held->code = quay_column_dup (stmt, HELD_CODE);
      held->letter = quay_column_dup (stmt, HELD_LETTER);
      held->seq = QUAY_POS_SEQ (sqlite3_column_int64 (stmt, HELD_POS));
      held->why = quay_column_dup (stmt, HELD_REASON);
      g_ptr_array_add (list, held);
    }
  if (total != NULL)
    *total = (guint64)count;
  return quay_db_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- another try --- */

/* Where the walk is: the next record, in the branch @no; @lam before it. */
typedef struct
{
  GArray *branches; /* gint64: numbers */
  guint at;
  gint64 pos; /* 0: the branch is to be entered */
  gint64 lam;
  guint64 booked;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->branches, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
find_branches (Walk *walk, QuayDb *db, GError **error)
{
  GError *failed = NULL;
  walk->branches = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_chains, error);
  if (stmt == NULL)
    return FALSE;
  while (quay_db_next (db, stmt, &failed))
    {
      gint64 no = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (walk->branches, no);
    }
  return quay_db_settle (failed, error);
}

static gboolean
walk_record (Walk *walk, QuayBook *book, QuayStmt *stmt, GError **error)
{
  gint64 pos = sqlite3_column_int64 (stmt, WALK_POS);
  const guint8 *bytes = sqlite3_column_blob (stmt, WALK_BYTES);
  gsize len = (gsize)sqlite3_column_bytes (stmt, WALK_BYTES);
  walk->pos = pos + 1;
  if (sqlite3_column_type (stmt, WALK_HELD) == SQLITE_NULL)
    {
      g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
      if (event != NULL)
        quay_event_count_lam (event, &walk->lam);
      return TRUE;
    }
  switch (quay_book_retry (book->db, book->apply, pos, bytes, len, &walk->lam, error))
    {
    case QUAY_BOOK_BOOKED:
    case QUAY_BOOK_KNOWN:
      walk->booked++;
      return TRUE;
    case QUAY_BOOK_HELD:
      return TRUE;
    case QUAY_BOOK_FAILED:
    default:
      return FALSE;
    }
}

static gboolean
enter_branch (Walk *walk, QuayDb *db, gint64 no, GError **error)
{
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  const QuayChain *branch = chains != NULL ? quay_log_by_no (chains, (int)no) : NULL;
  walk->pos = QUAY_POS (no, 0);
  return branch != NULL && quay_log_count_lam (db, chains, branch->follows, &walk->lam, error);
}

/* A piece of one branch, inside a transaction. */
static gboolean
walk_some (QuayStore *store, Walk *walk, GError **error)
{
  GError *failed = NULL;
  QuayBook *book = store->book;
  gint64 since = quay_store_mono (store);
  gint64 no = g_array_index (walk->branches, gint64, walk->at);
  gboolean more = TRUE;
  if (walk->pos == 0 && !enter_branch (walk, book->db, no, error))
    return FALSE;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, sql_walk, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":first", walk->pos);
  quay_bind_int (stmt, ":last", QUAY_POS (no + 1, 0) - 1);
  while (!quay_store_must_end (store, since) && (more = quay_db_next (book->db, stmt, &failed)))
    if (!walk_record (walk, book, stmt, error))
      return FALSE;
  if (!quay_db_settle (failed, error))
    return FALSE;
  if (more)
    return TRUE;
  walk->at++;
  walk->pos = 0;
  book->draft.lam = MAX (book->draft.lam, walk->lam);
  if (no == book->draft.chain.no)
    book->draft.own_lam = MAX (book->draft.own_lam, walk->lam);
  return quay_log_note_lam (book->db, (int)no, walk->lam, error);
}

static gboolean
retry_some (QuayStore *store, Walk *walk, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  QuayBook *book = store->book;
  if (walk->branches == NULL && !find_branches (walk, book->db, error))
    return FALSE;
  if (walk->at == walk->branches->len)
    return TRUE;
  if (!quay_book_begin (book, &scope, error) || !walk_some (store, walk, error) ||
      !quay_book_commit (book, &scope, error))
    return FALSE;
  store->dirty = TRUE;
  return TRUE;
}

static gboolean
retry_cb (QuayStore *store, gpointer data, GError **error)
{
  GError *failed = NULL;
  if (quay_store_book (store, error) == NULL)
    return FALSE;
  if (retry_some (store, data, &failed))
    return TRUE;
  quay_store_latch_if_of_disk (store, failed);
  g_propagate_error (error, failed);
  return FALSE;
}

gboolean
quay_store_retry_held (QuayStore *store, guint64 *booked, GError **error)
{
  gboolean ok;
  g_auto (Walk) walk = { .branches = NULL };
  do
    ok = quay_store_call (store, QUAY_LANE_BACKGROUND, retry_cb, &walk, error);
  while (ok && walk.at < walk.branches->len);
  if (booked != NULL)
    *booked = walk.booked;
  return ok;
}

/* --- by itself --- */

static gboolean
version_is_noted (QuayDb *db, gboolean *noted, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_version, error);
  if (stmt == NULL)
    return FALSE;
  *noted = quay_db_next (db, stmt, &failed) &&
           g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), QUAY_VERSION) == 0;
  return quay_db_settle (failed, error);
}

static gboolean
note_version (QuayBook *book, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, sql_set_version, error);
  if (stmt == NULL || !quay_book_begin (book, &scope, error))
    return FALSE;
  quay_bind_text (stmt, ":version", QUAY_VERSION);
  return quay_db_done (book->db, stmt, error) && quay_book_commit (book, &scope, error);
}

static gboolean
retry_all (QuayStore *store, GError **error)
{
  gboolean noted;
  g_auto (Walk) walk = { .branches = NULL };
  if (!find_branches (&walk, store->book->db, error))
    return FALSE;
  if (walk.branches->len == 0)
    return TRUE;
  if (!version_is_noted (store->book->db, &noted, error))
    return FALSE;
  if (noted)
    return TRUE;
  while (walk.at < walk.branches->len)
    if (!retry_some (store, &walk, error))
      return FALSE;
  return note_version (store->book, error);
}

void
quay_store_retry_at_opening (QuayStore *store)
{
  g_autoptr (GError) failed = NULL;
  if (retry_all (store, &failed))
    return;
  /* what is held stays so until the next start; selling goes on */
  g_info ("can't book what is held: %s", failed->message);
  quay_store_latch_if_of_disk (store, failed);
}
