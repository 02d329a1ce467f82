/* The journal as lines of text, to carry by hand; and back in. A line holds the record's exact
 * bytes as a JSON string, so that its hash can be checked. */
#include "quay-take.h"

#include "quay-files.h"
#include "quay-training.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define BATCH 500 /* records that are checked together before any of them is taken */
#define LINE_MAX_BYTES (4 * QUAY_EVENT_MAX_BYTES)

static const char sql_records[] =
    "SELECT pos, hash, bytes FROM journal WHERE pos BETWEEN :first AND :last ORDER BY pos";
enum
{
  RECORD_POS,
  RECORD_HASH,
  RECORD_BYTES,
};

static const char sql_seal[] = "SELECT acked, seal FROM chain WHERE no = :no";

/* What went through, as the command line reports it. */
typedef struct
{
  guint64 n;
  guint64 first;
  guint64 last;
} Tally;

static void
count_records (Tally *tally, guint64 first, guint64 n)
{
  if (n == 0)
    return;
  tally->first = tally->n == 0 ? first : MIN (tally->first, first);
  tally->last = MAX (tally->last, first + n - 1);
  tally->n += n;
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

/* What stands of a branch, from @since on. */
static gboolean
write_branch (QuayDb *db, const QuayChain *branch, guint64 since, FILE *file, Tally *tally,
              GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_records, error);
  if (stmt == NULL)
    return FALSE;
  gint64 end = branch->superseded > 0 ? QUAY_POS (branch->no, branch->superseded)
                                      : QUAY_POS (branch->no + 1, 0);
  quay_bind_int (stmt, ":first", QUAY_POS (branch->no, since));
  quay_bind_int (stmt, ":last", end - 1);
  while (quay_db_next (db, stmt, &failed))
    {
      guint64 seq = QUAY_POS_SEQ (sqlite3_column_int64 (stmt, RECORD_POS));
      char *line = sqlite3_column_bytes (stmt, RECORD_HASH) == QUAY_HASH_LEN
                       ? make_line (branch, seq, stmt)
                       : NULL;
      gboolean ok = line != NULL && fprintf (file, "%s\n", line) > 0;
      free (line);
      if (!ok)
        return quay_files_fail ("can't write records to", "the file", error);
      count_records (tally, seq, 1);
    }
  return quay_db_settle (failed, error);
}

/* Branch by branch in the order in which they stand. */
static gboolean
write_chain (QuayDb *db, GArray *chains, const QuayChain *chain, guint64 since, FILE *file,
             Tally *tally, GError **error)
{
  const QuayChain *branch = quay_log_branch_at (chains, &chain->id, since);
  while (branch != NULL)
    {
      if (!write_branch (db, branch, since, file, tally, error))
        return FALSE;
      since = branch->superseded;
      branch = since > 0 ? quay_log_branch_at (chains, &chain->id, since) : NULL;
    }
  return TRUE;
}

/* Its last word about the chain; FALSE if there is none in what is written. */
static gboolean
find_seal (QuayDb *db, const QuayChain *chain, guint64 since, guint64 *seq, QuaySig *seal,
           GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_seal, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":no", chain->no);
  if (!quay_db_next (db, stmt, error) || sqlite3_column_bytes (stmt, 1) != QUAY_SIG_LEN)
    return FALSE;
  *seq = (guint64)sqlite3_column_int64 (stmt, 0);
  memcpy (seal->b, sqlite3_column_blob (stmt, 1), QUAY_SIG_LEN);
  return *seq >= since;
}

/* A seal that no key fits is of a server, or of a version of the chain, that is no more. */
static gboolean
write_seal (QuayDb *db, GArray *chains, const QuayChain *chain, guint64 since, GPtrArray *keys,
            FILE *file, GError **error)
{
  guint64 seq;
  QuaySig seal;
  QuayHash hash;
  char id[QUAY_ID_TEXT_LEN + 1];
  char till[QUAY_ID_TEXT_LEN + 1];
  char hex[2 * QUAY_HASH_LEN + 1];
  GError *failed = NULL;
  if (!find_seal (db, chain, since, &seq, &seal, &failed) ||
      !quay_log_standing_hash (db, chains, &chain->id, seq, &hash, &failed))
    return quay_db_settle (failed, error);
  quay_id_to_text (&chain->id, id);
  quay_id_to_text (&chain->till, till);
  quay_hash_to_text (&hash, hex);
  for (guint i = 0; i < keys->len; i++)
    {
      const guint8 *public = g_bytes_get_data (keys->pdata[i], NULL);
      if (!quay_seal_check (&seal, public, &chain->till, &chain->id, seq, &hash))
        continue;
      g_autofree char *seal_text = quay_base64 (seal.b, QUAY_SIG_LEN);
      g_autofree char *key_text = quay_base64 (public, QUAY_KEY_LEN);
      return fprintf (file,
                      "{\"chain\":\"%s\",\"till\":\"%s\",\"seq\":%" G_GUINT64_FORMAT
                      ",\"hash\":\"%s\",\"seal\":\"%s\",\"key\":\"%s\"}\n",
                      id, till, seq, hex, seal_text, key_text) > 0 ||
             quay_files_fail ("can't write a seal to", "the file", error);
    }
  return TRUE;
}

static gboolean
write_chains (QuayDb *db, FILE *file, guint64 since, GPtrArray *keys, Tally *tally, GError **error)
{
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  for (guint i = 0; chains != NULL && i < chains->len; i++)
    {
      const QuayChain *chain = &g_array_index (chains, QuayChain, i);
      if (quay_log_by_id (chains, &chain->id) == chain &&
          (!write_chain (db, chains, chain, since, file, tally, error) ||
           (keys != NULL && !write_seal (db, chains, chain, since, keys, file, error))))
        return FALSE;
    }
  return chains != NULL;
}

gboolean
quay_store_export_events (QuayStore *store, const char *path, guint64 since, GPtrArray *keys,
                          guint64 *n, guint64 *first, guint64 *last, GError **error)
{
  Tally tally = { 0 };
  if (!quay_store_need_real (store, error))
    return FALSE;
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  g_auto (QuayScope) scope = { NULL }; /* ends before the handle is closed */
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error))
    return FALSE;
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (file == NULL)
    return quay_files_fail ("can't write", part, error);
  gboolean ok = write_chains (db, file, MAX (since, 1), keys, &tally, error);
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

/* Lines that follow one another in one chain, with the hashes that they give. */
typedef struct
{
  QuayEnvelope *envelope;
  GArray *hashes; /* QuayHash */
} Run;

static void
free_run (gpointer data)
{
  Run *run = data;
  quay_envelope_free (run->envelope);
  g_array_unref (run->hashes);
  g_free (run);
}

/* One line. */
typedef struct
{
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  GBytes *bytes;
} Record;

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

static gboolean
read_hash (json_t *line, QuayHash *hash)
{
  const char *text = member (line, "hash");
  return text != NULL && quay_hash_from_text (text, hash);
}

static gboolean
read_line (const char *text, gsize len, Record *record)
{
  json_error_t why;
  json_t *line = json_loadb (text, len, JSON_REJECT_DUPLICATES, &why);
  json_t *bytes = json_object_get (line, "record");
  json_int_t seq = json_integer_value (json_object_get (line, "seq"));
  QuayChain *chain = &record->chain;
  gboolean ok = quay_id_from_text (member (line, "chain"), &chain->id) &&
                quay_id_from_text (member (line, "till"), &chain->till) &&
                take_name (chain->code, sizeof chain->code, member (line, "code")) &&
                take_name (chain->letter, sizeof chain->letter, member (line, "letter")) &&
                read_hash (line, &record->hash) && seq >= 1 && seq < QUAY_POS (1, 0) - BATCH &&
                json_is_string (bytes) && json_string_length (bytes) > 0 &&
                json_string_length (bytes) <= QUAY_EVENT_MAX_BYTES &&
                strchr (json_string_value (bytes), '\n') == NULL;
  if (ok)
    {
      record->seq = (guint64)seq;
      record->bytes = g_bytes_new (json_string_value (bytes), json_string_length (bytes));
    }
  json_decref (line);
  return ok;
}

/* @runs: read, not yet taken */
typedef struct
{
  QuayStore *store;
  GPtrArray *runs; /* Run */
  guint n;         /* records in them */
  Tally tally;
} Import;

/* The run that the record goes on, or a new one. */
static Run *
run_for (Import *import, const Record *record)
{
  Run *run = import->runs->len > 0 ? import->runs->pdata[import->runs->len - 1] : NULL;
  if (run != NULL && quay_id_equal (&run->envelope->chain, &record->chain.id) &&
      quay_id_equal (&run->envelope->till, &record->chain.till) &&
      (guint64)run->envelope->from + run->envelope->records->len == record->seq)
    return run;
  run = g_new0 (Run, 1);
  run->envelope = quay_envelope_new ();
  run->envelope->chain = record->chain.id;
  run->envelope->till = record->chain.till;
  run->envelope->code = g_strdup (record->chain.code);
  run->envelope->letter = g_strdup (record->chain.letter);
  run->envelope->from = (gint64)record->seq;
  run->hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_ptr_array_add (import->runs, run);
  return run;
}

static gboolean
refuse (const Run *run, guint i, const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
               "record %" G_GUINT64_FORMAT " of chain %s%s: %s", (guint64)run->envelope->from + i,
               run->envelope->code, run->envelope->letter, why);
  return FALSE;
}

/* The hash before the run: from an earlier run of the file, or of what is here. */
static gboolean
find_prev (Import *import, guint at, QuayHash *prev, GError **error)
{
  GError *failed = NULL;
  const Run *run = import->runs->pdata[at];
  guint64 seq = (guint64)run->envelope->from - 1;
  for (guint i = at; i > 0; i--)
    {
      const Run *other = import->runs->pdata[i - 1];
      guint64 from = (guint64)other->envelope->from;
      if (!quay_id_equal (&other->envelope->chain, &run->envelope->chain) || seq < from ||
          seq >= from + other->hashes->len)
        continue;
      *prev = g_array_index (other->hashes, QuayHash, seq - from);
      return TRUE;
    }
  *prev = QUAY_HASH_ZERO;
  if (seq == 0 || quay_store_hash_at (import->store, &run->envelope->chain, seq, prev, &failed))
    return TRUE;
  return quay_db_settle (failed, error) && refuse (run, 0, "the one before it is missing", error);
}

/* The hashes that the lines give must be the records' own. */
static gboolean
check_run (Import *import, guint at, GError **error)
{
  Run *run = import->runs->pdata[at];
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  if (!find_prev (import, at, &run->envelope->prev, error))
    return FALSE;
  run->envelope->head = g_array_index (run->hashes, QuayHash, run->hashes->len - 1);
  quay_envelope_check (run->envelope, hashes);
  for (guint i = 0; i < hashes->len; i++)
    if (!quay_hash_equal (&g_array_index (hashes, QuayHash, i),
                          &g_array_index (run->hashes, QuayHash, i)))
      return refuse (run, i, "does not match its hash", error);
  return TRUE;
}

static gboolean
take_run (Import *import, const Run *run, GError **error)
{
  QuayTake take = { .run = run->envelope, .hashes = run->hashes, .by_hand = TRUE };
  gboolean ok = quay_take_run (import->store, &take, error);
  count_records (&import->tally, (guint64)run->envelope->from + take.at - take.n, take.n);
  return ok;
}

static gboolean
flush_batch (Import *import, GError **error)
{
  for (guint i = 0; i < import->runs->len; i++)
    if (!check_run (import, i, error))
      return FALSE;
  for (guint i = 0; i < import->runs->len; i++)
    if (!take_run (import, import->runs->pdata[i], error))
      return FALSE;
  g_ptr_array_set_size (import->runs, 0);
  import->n = 0;
  return TRUE;
}

/* Seals are for who checks a file without a till; records are checked here by their hashes. */
static gboolean
is_seal (const char *text, gsize len)
{
  json_error_t why;
  json_t *line = json_loadb (text, len, JSON_REJECT_DUPLICATES, &why);
  gboolean is = member (line, "seal") != NULL && json_object_get (line, "record") == NULL;
  json_decref (line);
  return is;
}

static gboolean
add_line (Import *import, const char *line, gsize len)
{
  Record record;
  if (len == 0 || line[len - 1] != '\n')
    return FALSE;
  if (!read_line (line, len - 1, &record))
    return is_seal (line, len - 1);
  Run *run = run_for (import, &record);
  g_ptr_array_add (run->envelope->records, record.bytes);
  g_array_append_val (run->hashes, record.hash);
  import->n++;
  return TRUE;
}

static gboolean
read_file (Import *import, FILE *file, GError **error)
{
  g_autofree char *line = g_malloc (LINE_MAX_BYTES);
  guint64 number = 0;
  while (fgets (line, LINE_MAX_BYTES, file) != NULL)
    {
      number++;
      if (!add_line (import, line, strlen (line)))
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                       "line %" G_GUINT64_FORMAT " is not a record", number);
          return FALSE;
        }
      if (import->n == BATCH && !flush_batch (import, error))
        return FALSE;
    }
  if (ferror (file))
    return quay_files_fail ("can't read records from", "the file", error);
  return flush_batch (import, error);
}

gboolean
quay_store_import_events (QuayStore *store, const char *path, guint64 *n, guint64 *first,
                          guint64 *last, GError **error)
{
  Import import = { .store = store };
  FILE *file = fopen (path, "re");
  if (file == NULL)
    return quay_files_fail ("can't read", path, error);
  import.runs = g_ptr_array_new_with_free_func (free_run);
  gboolean ok = read_file (&import, file, error);
  give_tally (&import.tally, n, first, last);
  g_ptr_array_unref (import.runs);
  fclose (file);
  return ok;
}
