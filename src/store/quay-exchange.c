/* The journal as lines of text, to carry by hand; and back in. A line holds the record's exact
 * bytes as a JSON string, so that its hash can be checked. */
#include "quay-store-private.h"

#include "quay-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define BATCH 50 /* records a transaction, so that the counter need not wait long */
#define LINE_MAX_BYTES (4 * QUAY_EVENT_MAX_BYTES)

static const char sql_records[] = "SELECT pos, hash, bytes FROM journal ORDER BY pos";
enum
{
  RECORD_POS,
  RECORD_HASH,
  RECORD_BYTES,
};

/* What went through, as the command line reports it. */
typedef struct
{
  guint64 n;
  guint64 first;
  guint64 last;
} Tally;

static void
count_record (Tally *tally, guint64 seq)
{
  tally->first = tally->n == 0 ? seq : MIN (tally->first, seq);
  tally->last = MAX (tally->last, seq);
  tally->n++;
}

static void
give_tally (const Tally *tally, guint64 *n, guint64 *first, guint64 *last)
{
  if (n != NULL)
    *n = tally->n;
  if (first != NULL)
    *first = tally->first;
  if (last != NULL)
    *last = tally->last;
}

/* --- out --- */

static const QuayChain *
chain_of (GArray *chains, int no)
{
  for (guint i = 0; i < chains->len; i++)
    if (g_array_index (chains, QuayChain, i).no == no)
      return &g_array_index (chains, QuayChain, i);
  return NULL;
}

static char *
make_line (const QuayChain *chain, guint64 seq, QuayStmt *stmt)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  char till[QUAY_ID_TEXT_LEN + 1];
  char hex[2 * QUAY_HASH_LEN + 1];
  QuayHash hash;
  memcpy (hash.b, sqlite3_column_blob (stmt, RECORD_HASH), QUAY_HASH_LEN);
  quay_id_to_text (&chain->id, id);
  quay_id_to_text (&chain->till, till);
  quay_hash_to_text (&hash, hex);
  json_t *record = json_stringn (sqlite3_column_blob (stmt, RECORD_BYTES),
                                 (gsize)sqlite3_column_bytes (stmt, RECORD_BYTES));
  if (record == NULL)
    return NULL;
  json_t *line = json_object ();
  json_object_set_new (line, "chain", json_string (id));
  json_object_set_new (line, "till", json_string (till));
  json_object_set_new (line, "code", json_string (chain->code));
  json_object_set_new (line, "letter", json_string (chain->letter));
  json_object_set_new (line, "seq", json_integer ((json_int_t)seq));
  json_object_set_new (line, "hash", json_string (hex));
  json_object_set_new (line, "record", record);
  char *text = json_dumps (line, JSON_COMPACT);
  json_decref (line);
  return text;
}

static gboolean
write_records (QuayDb *db, FILE *file, guint64 since, Tally *tally, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  g_autoptr (QuayStmt) stmt = chains != NULL ? quay_db_stmt (db, sql_records, error) : NULL;
  if (stmt == NULL)
    return FALSE;
  while (quay_db_next (db, stmt, &failed))
    {
      gint64 pos = sqlite3_column_int64 (stmt, RECORD_POS);
      const QuayChain *chain = chain_of (chains, QUAY_POS_CHAIN (pos));
      if (QUAY_POS_SEQ (pos) < since)
        continue;
      char *line = chain != NULL && sqlite3_column_bytes (stmt, RECORD_HASH) == QUAY_HASH_LEN
                       ? make_line (chain, QUAY_POS_SEQ (pos), stmt)
                       : NULL;
      gboolean ok = line != NULL && fprintf (file, "%s\n", line) > 0;
      free (line);
      if (!ok)
        return quay_files_fail ("can't write records to", "the file", error);
      count_record (tally, QUAY_POS_SEQ (pos));
    }
  return quay_db_settle (failed, error);
}

gboolean
quay_store_export_events (QuayStore *store, const char *path, guint64 since, guint64 *n,
                          guint64 *first, guint64 *last, GError **error)
{
  Tally tally = { 0 };
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  g_auto (QuayScope) scope = { NULL }; /* ends before the handle is closed */
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error))
    return FALSE;
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (file == NULL)
    return quay_files_fail ("can't write", part, error);
  gboolean ok = write_records (db, file, since, &tally, error);
  if (fclose (file) != 0 && ok)
    ok = quay_files_fail ("can't write", part, error);
  if (!ok || !quay_files_sync (part, error) || g_rename (part, path) != 0)
    {
      if (ok && error != NULL && *error == NULL)
        quay_files_fail ("can't write", path, error);
      g_unlink (part);
      return FALSE;
    }
  give_tally (&tally, n, first, last);
  return TRUE;
}

/* --- in --- */

typedef struct
{
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  char *bytes;
  gsize len;
} Record;

static void
free_record (gpointer data)
{
  Record *record = data;
  g_free (record->bytes);
  g_free (record);
}

static gboolean
hash_from_text (const char *text, QuayHash *hash)
{
  if (text == NULL || strlen (text) != 2 * QUAY_HASH_LEN)
    return FALSE;
  for (guint i = 0; i < QUAY_HASH_LEN; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      hash->b[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
}

static const char *
member (json_t *line, const char *key)
{
  return json_string_value (json_object_get (line, key));
}

static gboolean
take_name (char *out, gsize size, const char *text)
{
  return text != NULL && *text != '\0' && g_strlcpy (out, text, size) < size;
}

static Record *
read_line (const char *text, gsize len)
{
  json_error_t why;
  json_t *line = json_loadb (text, len, JSON_REJECT_DUPLICATES, &why);
  Record *record = g_new0 (Record, 1);
  json_t *bytes = json_object_get (line, "record");
  json_int_t seq = json_integer_value (json_object_get (line, "seq"));
  gboolean ok =
      quay_id_from_text (member (line, "chain"), &record->chain.id) &&
      quay_id_from_text (member (line, "till"), &record->chain.till) &&
      take_name (record->chain.code, sizeof record->chain.code, member (line, "code")) &&
      take_name (record->chain.letter, sizeof record->chain.letter, member (line, "letter")) &&
      hash_from_text (member (line, "hash"), &record->hash) && seq >= 1 &&
      seq < (G_GINT64_CONSTANT (1) << 40) && json_is_string (bytes) &&
      json_string_length (bytes) <= QUAY_EVENT_MAX_BYTES;
  if (ok)
    {
      record->seq = (guint64)seq;
      record->len = json_string_length (bytes);
      record->bytes = g_memdup2 (json_string_value (bytes), record->len + 1);
    }
  json_decref (line);
  if (ok)
    return record;
  free_record (record);
  return NULL;
}

/* The chain that the last record went to, and its head. */
typedef struct
{
  GPtrArray *batch; /* Record */
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  gint64 lam;
  Tally tally;
} Import;

static gboolean
refuse (const Record *record, const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
               "record %" G_GUINT64_FORMAT " of chain %s%s: %s", record->seq, record->chain.code,
               record->chain.letter, why);
  return FALSE;
}

/* Lamport counter of the chain's last record that can be read. */
static gint64
lamport_of (QuayDb *db, int no, guint64 seq)
{
  QuayHash hash;
  for (; seq > 0; seq--)
    {
      g_autoptr (QuayEvent) event = quay_log_read (db, QUAY_POS (no, seq), &hash, NULL);
      if (event != NULL)
        return event->lam;
    }
  return 0;
}

static gboolean
enter_chain (QuayBook *book, Import *import, const Record *record, GError **error)
{
  if (import->chain.no != 0 && quay_id_equal (&import->chain.id, &record->chain.id))
    return TRUE;
  g_autoptr (GArray) chains = quay_log_chains (book->db, error);
  if (chains == NULL)
    return FALSE;
  import->chain = record->chain;
  import->chain.no = 0;
  for (guint i = 0; i < chains->len; i++)
    if (quay_id_equal (&g_array_index (chains, QuayChain, i).id, &record->chain.id))
      import->chain = g_array_index (chains, QuayChain, i);
  if (!quay_id_equal (&import->chain.till, &record->chain.till))
    return refuse (record, "names another till", error);
  if (import->chain.no == 0 && record->seq != 1)
    return refuse (record, "the chain does not begin here", error);
  if (import->chain.no == 0 && !quay_log_add_chain (book->db, &import->chain, error))
    return FALSE;
  if (!quay_log_head (book->db, import->chain.no, &import->seq, &import->hash, error))
    return FALSE;
  import->lam = lamport_of (book->db, import->chain.no, import->seq);
  return TRUE;
}

/* A record that is here already must be the same one. */
static gboolean
compare_record (QuayBook *book, Import *import, const Record *record, GError **error)
{
  QuayHash stored;
  GError *failed = NULL;
  if (!quay_log_hash_at (book->db, QUAY_POS (import->chain.no, record->seq), &stored, &failed))
    return quay_db_settle (failed, error) && refuse (record, "is missing here", error);
  return quay_hash_equal (&stored, &record->hash) ||
         refuse (record, "is not the one that is here: the chain has forked", error);
}

static gboolean
import_record (QuayBook *book, Import *import, const Record *record, GError **error)
{
  const guint8 *bytes = (const guint8 *)record->bytes;
  if (!enter_chain (book, import, record, error))
    return FALSE;
  if (record->seq <= import->seq)
    return compare_record (book, import, record, error);
  if (record->seq != import->seq + 1)
    return refuse (record, "the one before it is missing", error);
  QuayHash hash = quay_chain_hash (&import->chain.till, &import->chain.id, record->seq, bytes,
                                   record->len, &import->hash);
  if (!quay_hash_equal (&hash, &record->hash))
    return refuse (record, "does not match its hash", error);
  gint64 pos = QUAY_POS (import->chain.no, record->seq);
  if (!quay_log_insert (book->db, pos, &hash, bytes, record->len, error) ||
      quay_book_record (book->db, book->apply, NULL, pos, bytes, record->len, &import->lam,
                        error) == QUAY_BOOK_FAILED)
    return FALSE;
  import->seq = record->seq;
  import->hash = hash;
  count_record (&import->tally, record->seq);
  book->draft.lam = MAX (book->draft.lam, import->lam);
  if (import->chain.no == book->draft.chain.no)
    {
      book->draft.seq = record->seq; /* what this disk had lost of its own chain */
      book->draft.hash = hash;
    }
  return TRUE;
}

static gboolean
import_batch (QuayBook *book, Import *import, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  if (!quay_book_begin (book, &scope, error))
    return FALSE;
  for (guint i = 0; i < import->batch->len; i++)
    if (!import_record (book, import, import->batch->pdata[i], error))
      return FALSE;
  return quay_book_commit (book, &scope, error);
}

static gboolean
import_batch_cb (QuayStore *store, gpointer data, GError **error)
{
  GError *failed = NULL;
  Import *import = data;
  Import before = *import;
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return FALSE;
  if (import_batch (book, import, &failed))
    {
      store->dirty = TRUE;
      return TRUE;
    }
  *import = before;
  quay_store_latch_if_of_disk (store, failed);
  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
flush_batch (QuayStore *store, Import *import, GError **error)
{
  if (import->batch->len == 0)
    return TRUE;
  gboolean ok = quay_store_call (store, QUAY_LANE_BACKGROUND, import_batch_cb, import, error);
  g_ptr_array_set_size (import->batch, 0);
  return ok;
}

static gboolean
read_file (QuayStore *store, FILE *file, Import *import, GError **error)
{
  g_autofree char *line = g_malloc (LINE_MAX_BYTES);
  guint64 number = 0;
  while (fgets (line, LINE_MAX_BYTES, file) != NULL)
    {
      gsize len = strlen (line);
      number++;
      Record *record = len > 0 && line[len - 1] == '\n' ? read_line (line, len - 1) : NULL;
      if (record == NULL)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                       "line %" G_GUINT64_FORMAT " is not a record", number);
          return FALSE;
        }
      g_ptr_array_add (import->batch, record);
      if (import->batch->len == BATCH && !flush_batch (store, import, error))
        return FALSE;
    }
  if (ferror (file))
    return quay_files_fail ("can't read records from", "the file", error);
  return flush_batch (store, import, error);
}

gboolean
quay_store_import_events (QuayStore *store, const char *path, guint64 *n, guint64 *first,
                          guint64 *last, GError **error)
{
  Import import = { 0 };
  FILE *file = fopen (path, "re");
  if (file == NULL)
    return quay_files_fail ("can't read", path, error);
  import.batch = g_ptr_array_new_with_free_func (free_record);
  gboolean ok = read_file (store, file, &import, error);
  give_tally (&import.tally, n, first, last);
  g_ptr_array_unref (import.batch);
  fclose (file);
  return ok;
}
