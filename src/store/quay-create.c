/* Making a till's file, and putting one aside. */
#include "quay-store-private.h"

#include "quay-files.h"
#include "quay-head.h"
#include "quay-migrate.h"

#include <string.h>

#define NEW_FILE "quay-new.db"
#define RESTORED_FILE "quay-restored.db"
#define CODE_MAX 6

static const char *const sides[] = { "", "-wal", "-shm" };
#define LETTER_MAX 4

/* A log whose file is gone must not meet the next file of that name. */
static gboolean
put_orphan_aside (const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) failed = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) || !g_file_test (log, G_FILE_TEST_EXISTS))
    return TRUE;
  for (guint i = 1; i < 100; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.orphan%u", log, i);
      g_clear_error (&failed);
      if (quay_files_rename (log, aside, &failed))
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

QuayLock *
quay_store_take_dir (const char *dir, GError **error)
{
  g_autoptr (QuayLock) lock = quay_lock_take (dir, error);
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_autofree char *restored = g_build_filename (dir, RESTORED_FILE, NULL);
  if (lock == NULL || !put_orphan_aside (path, error))
    return NULL;
  /* a restore that was cut short after the old file went aside */
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_file_test (restored, G_FILE_TEST_EXISTS) &&
      !quay_files_rename (restored, path, error))
    return NULL;
  return g_steal_pointer (&lock);
}

gboolean
quay_store_check_not_lost (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS) || !quay_head_is_there (dir))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED,
               "'%s' is gone, though a shop was here: restore a backup", path);
  return FALSE;
}

static gboolean
letter_is_sound (const char *letter)
{
  gsize len = strlen (letter);
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isupper (letter[i]))
      return FALSE;
  return len >= 1 && len <= LETTER_MAX;
}

static gboolean
code_is_sound (const char *code)
{
  gsize len = strlen (code);
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isupper (code[i]) && !g_ascii_isdigit (code[i]))
      return FALSE;
  return len >= 1 && len <= CODE_MAX;
}

/* Schema, chain and birth record; the head of the new chain goes to @log. */
static gboolean
fill_file (const char *path, const char *code, const char *letter, const QuayId *till,
           const QuayEnv *env, QuayLog *log, GError **error)
{
  QuayChain chain = { .id = quay_id_new (env), .till = *till };
  g_strlcpy (chain.code, code, sizeof chain.code);
  g_strlcpy (chain.letter, letter, sizeof chain.letter);
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_WRITE, NULL, error);
  if (db == NULL || !quay_migrate_run (db, error))
    return FALSE;
  g_clear_pointer (&db, quay_db_free);
  g_autoptr (QuayBook) book = quay_book_open_bare (path, NULL, env, error);
  g_auto (QuayScope) scope = { NULL }; /* ends before the handle is closed */
  if (book == NULL || !quay_book_begin (book, &scope, error) ||
      !quay_book_begin_chain (book, &chain, NULL, 0, 0, error) ||
      !quay_book_commit (book, &scope, error))
    return FALSE;
  *log = book->log;
  g_clear_pointer (&book->apply, quay_apply_free);
  return quay_db_close_clean (g_steal_pointer (&book->db), error);
}

gboolean
quay_store_create (const char *dir, const char *code, const QuayEnv *env, GError **error)
{
  QuayId till = quay_id_new (env);
  return quay_store_create_as (dir, code, "A", &till, env, error);
}

gboolean
quay_store_create_as (const char *dir, const char *code, const char *letter, const QuayId *till,
                      const QuayEnv *env, GError **error)
{
  QuayLog log;
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_autofree char *fresh = g_build_filename (dir, NEW_FILE, NULL);
  if (!code_is_sound (code))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "till code '%s' is not 1-6 of A-Z, 0-9",
                   code);
      return FALSE;
    }
  if (!letter_is_sound (letter) || quay_id_is_nil (till))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                   "chain letter '%s' is not 1-4 of A-Z, or there is no till id", letter);
      return FALSE;
    }
  if (!quay_files_make_dir (dir, error))
    return FALSE;
  g_autoptr (QuayLock) lock = quay_store_take_dir (dir, error);
  if (lock == NULL)
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "there is a '%s'", path);
      return FALSE;
    }
  if (!quay_store_check_not_lost (dir, error))
    return FALSE;
  quay_files_discard (fresh); /* left by a creation that was cut short */
  return quay_files_write (fresh, NULL, 0, error) &&
         fill_file (fresh, code, letter, till, env, &log, error) &&
         quay_files_sync (fresh, error) && quay_files_rename (fresh, path, error) &&
         quay_head_write (dir, &log, error);
}

/* A name that neither the file nor its sides have yet: what was put aside in the same second stays.
 */
static char *
choose_name (const char *dir, const char *word, const QuayEnv *env)
{
  g_autofree char *stamp = quay_files_stamp (env, TRUE);
  g_autofree char *first = g_strdup_printf ("quay-%s-%s.db", word, stamp);
  g_autofree char *to = g_build_filename (dir, first, NULL);
  for (guint n = 2;; n++)
    {
      gboolean taken = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (sides) && !taken; i++)
        {
          g_autofree char *side = g_strconcat (to, sides[i], NULL);
          taken = g_file_test (side, G_FILE_TEST_EXISTS);
        }
      if (!taken)
        return g_steal_pointer (&to);
      g_autofree char *next = g_strdup_printf ("quay-%s-%s-%u.db", word, stamp, n);
      g_free (to);
      to = g_build_filename (dir, next, NULL);
    }
}

gboolean
quay_store_put_aside (const char *dir, const char *word, const QuayEnv *env, char **moved,
                      GError **error)
{
  g_autofree char *to = choose_name (dir, word, env);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *old = g_strconcat (dir, G_DIR_SEPARATOR_S, QUAY_STORE_FILE, sides[i], NULL);
      g_autofree char *aside = g_strconcat (to, sides[i], NULL);
      if (i > 0 && !g_file_test (old, G_FILE_TEST_EXISTS))
        continue;
      if (!quay_files_rename (old, aside, error))
        return FALSE;
    }
  if (moved != NULL)
    *moved = g_steal_pointer (&to);
  return TRUE;
}
