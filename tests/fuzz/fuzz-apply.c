/* Each line of any bytes as the next record of another till's chain: whether it is booked or held
 * is decided by its bytes, never by an error of the file; then the tables are those of a replay. */
#include "quay-book.h"
#include "quay-migrate.h"
#include "quay-verify.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static QuayDb *
open_empty (const char *name)
{
  g_autoptr (GError) error = NULL;
  QuayDb *db = quay_db_open (name, QUAY_DB_SCRATCH, "memdb", &error);
  g_assert_no_error (error);
  quay_migrate_run (db, &error);
  g_assert_no_error (error);
  return db;
}

static void
add_records (QuayDb *db, QuayApply *apply, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  QuayChain chain = { .code = "QT2", .letter = "A", .first = 1 };
  QuayHash hash = QUAY_HASH_ZERO;
  gint64 lam = 0;
  chain.id.b[0] = 1;
  quay_log_add_chain (db, &chain, &error);
  g_assert_no_error (error);
  const guint8 *end = data + size;
  for (guint64 seq = 1; data < end; seq++)
    {
      const guint8 *next = memchr (data, '\n', (gsize)(end - data));
      gsize len = (gsize)((next != NULL ? next : end) - data);
      gint64 pos = QUAY_POS (chain.no, seq);
      hash = quay_chain_hash (&chain.till, &chain.id, seq, data, len, &hash);
      quay_log_insert (db, pos, &hash, data, len, &error);
      g_assert_no_error (error);
      QuayBooked booked = quay_book_record (db, apply, NULL, pos, data, len, &lam, &error);
      g_assert_no_error (error);
      g_assert_cmpint (booked, !=, QUAY_BOOK_FAILED);
      data += len + 1;
    }
  quay_apply_items (apply, &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static QuayDb *db;
  static QuayApply *apply;
  g_autoptr (GError) error = NULL;
  g_auto (QuayScope) scope = { NULL };
  if (db == NULL)
    {
      db = open_empty ("/quay-fuzz-apply");
      apply = quay_apply_new (db, &error);
      g_assert_no_error (error);
    }
  quay_apply_reset (apply);
  quay_scope_begin (&scope, db, TRUE, &error);
  g_assert_no_error (error);
  add_records (db, apply, data, size);
  return 0;
}
