/* The note of the chain's head. */
#include "quay-head.h"

#include "quay-files.h"

#include <string.h>

#define HEAD_FILE "quay.head"
#define HEAD_LEN 48
#define SEQ_AT 16
#define HASH_AT 24

gboolean
quay_head_is_there (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, HEAD_FILE, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
quay_head_write (const char *dir, const QuayLog *log, GError **error)
{
  guint8 bytes[HEAD_LEN];
  guint64 seq = GUINT64_TO_BE (log->seq);
  g_autofree char *path = g_build_filename (dir, HEAD_FILE, NULL);
  memcpy (bytes, log->chain.id.b, SEQ_AT);
  memcpy (bytes + SEQ_AT, &seq, sizeof seq);
  memcpy (bytes + HASH_AT, log->hash.b, HEAD_LEN - HASH_AT);
  return quay_files_write (path, bytes, sizeof bytes, error);
}

/* Whether the file has the record, standing or not, in any branch of the chain. */
static gboolean
has_record (QuayDb *db, GArray *chains, const guint8 *note, GError **error)
{
  guint64 seq;
  QuayHash hash;
  GError *failed = NULL;
  memcpy (&seq, note + SEQ_AT, sizeof seq);
  seq = GUINT64_FROM_BE (seq);
  for (guint i = 0; i < chains->len && failed == NULL; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      if (memcmp (branch->id.b, note, SEQ_AT) == 0 &&
          quay_log_hash_at (db, QUAY_POS (branch->no, seq), &hash, &failed) &&
          memcmp (hash.b, note + HASH_AT, HEAD_LEN - HASH_AT) == 0)
        return TRUE;
    }
  quay_db_settle (failed, error);
  return FALSE;
}

gboolean
quay_head_check (const char *dir, QuayDb *db, gboolean *behind, GError **error)
{
  g_autofree char *path = g_build_filename (dir, HEAD_FILE, NULL);
  g_autofree char *bytes = NULL;
  GError *failed = NULL;
  gsize len;
  *behind = FALSE;
  if (!g_file_get_contents (path, &bytes, &len, NULL) || len != HEAD_LEN)
    return TRUE;
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  if (chains == NULL)
    return FALSE;
  *behind = !has_record (db, chains, (const guint8 *)bytes, &failed);
  return quay_db_settle (failed, error);
}
