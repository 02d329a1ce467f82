/* Tables are compared by sums of hashes of their rows, a site at a time: so it does not matter in
 * which order a database gives them, nor which database it is. */
#include "quay-server-verify.h"

#include "quay-server-book.h"
#include "quay-server-private.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#define PAGE 500
#define PAGE_BYTES (1024 * 1024)

typedef struct
{
  QuayServer *server;
  QuayServerDb *db;   /* what is checked */
  QuayServerDb *made; /* the replay */
  QuayServerVerdict *verdict;
} Check;

void
quay_server_verdict_clear (QuayServerVerdict *verdict)
{
  g_clear_pointer (&verdict->why, g_free);
}

/* Notes the first fault; TRUE, since the check itself goes on. */
static gboolean G_GNUC_PRINTF (2, 3) refuse (Check *check, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  if (check->verdict->why == NULL)
    check->verdict->why = g_strdup_vprintf (format, args);
  va_end (args);
  return TRUE;
}

/* --- one chain --- */

static gboolean
seal_is_good (Check *check, const QuayServerChain *chain, gboolean *good, GError **error)
{
  static const QuaySig none;
  const QuayServerIdentity *identity = &check->server->identity;
  *good = memcmp (&chain->seal, &none, sizeof none) == 0; /* none came: nothing to check */
  for (guint i = 0; i < identity->n && quay_id_is_nil (&chain->site); i++)
    *good = *good || quay_seal_check (&chain->seal, identity->keys[i].public, &chain->till,
                                      &chain->id, (guint64)chain->hwm, &chain->head);
  g_autoptr (GArray) keys = check->db->ops->keys (check->db, &chain->till, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    *good = *good || quay_seal_check (&chain->seal, g_array_index (keys, QuayServerKey, i).public,
                                      &chain->till, &chain->id, (guint64)chain->hwm, &chain->head);
  return TRUE;
}

/* Links of a run; @hash moves to its end. */
static gboolean
check_links (const QuayServerChain *chain, gint64 from, GPtrArray *records, GArray *hashes,
             QuayHash *hash)
{
  for (guint i = 0; i < records->len; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (records->pdata[i], &len);
      *hash = quay_chain_hash (&chain->till, &chain->id, (guint64)from + i, bytes, len, hash);
      if (!quay_hash_equal (hash, &g_array_index (hashes, QuayHash, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replay (Check *check, QuayServerBooking *booking, GPtrArray *records, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  return quay_server_scope_begin (&scope, check->made, TRUE, error) &&
         quay_server_book (booking, records, 0, error) && quay_server_scope_commit (&scope, error);
}

static gboolean
check_records (Check *check, const QuayServerChain *chain, GError **error)
{
  QuayHash hash = QUAY_HASH_ZERO;
  QuayServerBooking booking = {
    .db = check->made, .site = &chain->site, .no = chain->no, .first = 1, .as_in = check->db
  };
  for (gint64 from = 1;;)
    {
      g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
      g_autoptr (GPtrArray) records =
          check->db->ops->read (check->db, chain->no, from, PAGE, PAGE_BYTES, hashes, error);
      if (records == NULL)
        return FALSE;
      if (!check_links (chain, from, records, hashes, &hash))
        return refuse (check,
                       "chain %s%s: a record does not match its hash, after %" G_GINT64_FORMAT,
                       chain->code, chain->letter, from - 1);
      if (records->len == 0)
        break;
      if (!replay (check, &booking, records, error))
        return FALSE;
      from += records->len;
      check->verdict->records += records->len;
    }
  check->verdict->held += booking.held;
  if (booking.first != chain->hwm + 1 || !quay_hash_equal (&hash, &chain->head))
    return refuse (check, "chain %s%s: its head is not the end of its journal", chain->code,
                   chain->letter);
  if (booking.lam != chain->lam)
    return refuse (check, "chain %s%s: its Lamport counter is not its records'", chain->code,
                   chain->letter);
  return TRUE;
}

static gboolean
check_chain (Check *check, const QuayServerChain *chain, GError **error)
{
  gboolean good;
  check->verdict->chains++;
  if (!check->made->ops->chain_copy (check->made, chain, error) ||
      !check_records (check, chain, error) || !seal_is_good (check, chain, &good, error))
    return FALSE;
  if (!good)
    refuse (check, "chain %s%s: the seal of its head is not its till's", chain->code,
            chain->letter);
  return TRUE;
}

/* --- tables --- */

/* The sum of the hashes of all rows of a site. */
typedef struct
{
  guint64 n;
  guint64 sum[4];
} Sum;

static void
hash_value (crypto_hash_sha256_state *state, const QuayValue *value)
{
  guint8 head[12];
  guint64 number = value->type == QUAY_VALUE_INT ? (guint64)value->u.number : value->len;
  memset (head, 0, sizeof head);
  head[0] = (guint8)value->type;
  memcpy (head + 4, &number, sizeof number);
  crypto_hash_sha256_update (state, head, sizeof head);
  if (value->type == QUAY_VALUE_TEXT || value->type == QUAY_VALUE_BLOB)
    crypto_hash_sha256_update (state, value->u.blob, value->len);
}

static gboolean
sum_row_cb (const QuayId *site, const QuayValue *values, guint n, gpointer data)
{
  guint64 hash[4];
  crypto_hash_sha256_state state;
  Sum *sum = g_hash_table_lookup (data, site);
  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (data, g_memdup2 (site, sizeof *site), sum);
    }
  crypto_hash_sha256_init (&state);
  for (guint i = 0; i < n; i++)
    hash_value (&state, &values[i]);
  crypto_hash_sha256_final (&state, (guint8 *)hash);
  sum->n++;
  for (guint i = 0; i < G_N_ELEMENTS (hash); i++)
    sum->sum[i] += hash[i];
  return TRUE;
}

static GHashTable *
sum_table (QuayServerDb *db, guint table, GError **error)
{
  g_autoptr (GHashTable) sums =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  return db->ops->scan (db, table, sum_row_cb, sums, error) ? g_steal_pointer (&sums) : NULL;
}

static void
compare_sums (Check *check, const char *table, GHashTable *kept, GHashTable *made)
{
  GHashTableIter iter;
  gpointer site;
  gpointer value;
  char id[QUAY_ID_TEXT_LEN + 1];
  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &site, &value))
    if (!g_hash_table_contains (kept, site))
      {
        quay_id_to_text (site, id);
        refuse (check, "table %s has no row of site %s, the journal has", table, id);
      }
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &site, &value))
    {
      const Sum *a = value;
      const Sum *b = g_hash_table_lookup (made, site);
      quay_id_to_text (site, id);
      if (b == NULL || memcmp (a, b, sizeof *a) != 0)
        refuse (check,
                "table %s differs from the journal at site %s (%" G_GUINT64_FORMAT
                " rows, a replay gives %" G_GUINT64_FORMAT ")",
                table, id, a->n, b != NULL ? b->n : 0);
    }
}

static gboolean
compare_tables (Check *check, GError **error)
{
  for (guint i = 0; i < QUAY_SERVER_N_SCANS; i++)
    {
      const char *name = i < QUAY_N_TABLES ? quay_table (i)->name
                                           : (i == QUAY_SERVER_SCAN_BOOKED ? "booked" : "held");
      g_autoptr (GHashTable) kept = sum_table (check->db, i, error);
      g_autoptr (GHashTable) made = kept != NULL ? sum_table (check->made, i, error) : NULL;
      if (made == NULL)
        return FALSE;
      compare_sums (check, name, kept, made);
    }
  return TRUE;
}

/* Nothing that opens the name of an erased customer waits for anybody. */
static gboolean
check_persons (Check *check, GError **error)
{
  gint64 left = 0;
  if (!check->db->ops->persons_left (check->db, &left, error))
    return FALSE;
  if (left > 0)
    refuse (check, "table person has %" G_GINT64_FORMAT " rows of customers who were erased", left);
  return TRUE;
}

/* --- all --- */

static gboolean
copy_sites (Check *check, GError **error)
{
  g_autoptr (GPtrArray) sites = check->db->ops->sites (check->db, error);
  for (guint i = 0; sites != NULL && i < sites->len; i++)
    if (!check->made->ops->site_add (check->made, sites->pdata[i], error))
      return FALSE;
  return sites != NULL;
}

static gboolean
check_all (Check *check, GError **error)
{
  g_auto (QuayServerScope) view = { NULL };
  if (!quay_server_scope_begin (&view, check->db, FALSE, error) || !copy_sites (check, error))
    return FALSE;
  g_autoptr (GArray) chains = check->db->ops->chains_seen (check->db, NULL, error);
  if (chains == NULL)
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    if (!check_chain (check, &g_array_index (chains, QuayServerChain, i), error))
      return FALSE;
  /* tables of a damaged journal say nothing more */
  return check->verdict->why != NULL ||
         (compare_tables (check, error) && check_persons (check, error));
}

gboolean
quay_server_verify (QuayServer *server, QuayServerVerdict *verdict, GError **error)
{
  const char *file = quay_server_db_file (server->url);
  g_autofree char *name = g_strdup_printf ("quayd-check-%d", (int)getpid ());
  g_autofree char *path = file != NULL ? g_strconcat (file, ".check", NULL)
                                       : g_build_filename (g_get_tmp_dir (), name, NULL);
  memset (verdict, 0, sizeof *verdict);
  Check check = { .server = server, .verdict = verdict };
  check.db = quay_server_db_open (server->url, server->vfs, TRUE, error);
  check.made = check.db != NULL ? quay_server_db_scratch (path, error) : NULL;
  gboolean ok = check.made != NULL && check_all (&check, error);
  g_clear_pointer (&check.made, quay_server_db_free);
  g_clear_pointer (&check.db, quay_server_db_free);
  g_unlink (path);
  verdict->ok = ok && verdict->why == NULL;
  return ok;
}
