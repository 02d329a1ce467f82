/* What must be equal in the end: the tills of a site table by table, and the server's rows of that
 * site; nothing that was sold is missing anywhere, nothing counts twice, no number is skipped. */
#include "sim.h"

#include "quay-server-office.h"
#include "quay-server-private.h"
#include "quay-server-verify.h"
#include "quay-verify.h"

#include <string.h>

/* --- rows --- */

static void
hash_rows (sqlite3 *handle, const char *sql, const QuayId *site, GChecksum *sum)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL);
  if (result == SQLITE_OK && site != NULL)
    sqlite3_bind_blob (stmt, 1, site->b, sizeof site->b, SQLITE_STATIC);
  while (result == SQLITE_OK && sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        int type = sqlite3_column_type (stmt, i);
        const void *bytes = sqlite3_column_blob (stmt, i);
        int head[2] = { type, sqlite3_column_bytes (stmt, i) };
        g_checksum_update (sum, (const guchar *)head, sizeof head);
        if (head[1] > 0)
          g_checksum_update (sum, bytes, head[1]);
      }
  sqlite3_finalize (stmt);
}

/* What of the server's rows a till of the site ?1 has: the site's and the province's; of two facts
 * under one key the one that counts. */
static void
add_source (GString *sql, const QuayTable *table)
{
  static const char seen[] = "WHERE site = 0 OR site = (SELECT no FROM site WHERE id = ?1)";
  if (table->mode != QUAY_ROW_LATEST)
    {
      g_string_append_printf (sql, " FROM \"%s\" %s", table->name, seen);
      return;
    }
  g_string_append (sql, " FROM (SELECT *, row_number () OVER (PARTITION BY ");
  for (guint i = 0; i < table->n_keys; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  g_string_append_printf (sql, " ORDER BY lam DESC, event DESC) AS place FROM \"%s\" %s)",
                          table->name, seen);
  g_string_append (sql, " WHERE place = 1");
}

/* A table by the order of its key, then of all; @site: of the server's file. */
static char *
sum_table (sqlite3 *handle, const QuayTable *table, const QuayId *site)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *sql = g_string_new ("SELECT ");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, "\"%s\", ", table->columns[i]);
  g_string_append (sql, table->mode == QUAY_ROW_LATEST ? "lam, event" : "1");
  if (site != NULL)
    add_source (sql, table);
  else
    g_string_append_printf (sql, " FROM \"%s\"", table->name);
  g_string_append (sql, " ORDER BY 1");
  for (guint i = 1; i < table->n_columns; i++)
    g_string_append_printf (sql, ", %u", i + 1);
  hash_rows (handle, sql->str, site, sum);
  g_string_free (sql, TRUE);
  return g_strdup (g_checksum_get_string (sum));
}

static void
compare_with_server (SimTill *till, sqlite3 *server)
{
  SimWorld *world = till->world;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, NULL);
  for (guint i = 0; aside != NULL && i < QUAY_N_TABLES; i++)
    {
      g_autofree char *here = sum_table (aside->db->handle, quay_table (i), NULL);
      g_autofree char *there = sum_table (server, quay_table (i), &world->sites[till->site]);
      if (strcmp (here, there) != 0)
        sim_fail (world, "table %s of till %u is not the server's", quay_table (i)->name, till->no);
    }
  if (aside == NULL)
    sim_fail (world, "till %u can't be read", till->no);
}

/* --- tills --- */

static void
compare_tills (SimTill *a, SimTill *b)
{
  QuayHash x;
  QuayHash y;
  g_autofree char *rows_a = NULL;
  g_autofree char *rows_b = NULL;
  g_autoptr (GError) error = NULL;
  if (!quay_store_digest (a->store, &x, &rows_a, &error) ||
      !quay_store_digest (b->store, &y, &rows_b, &error))
    sim_fail (a->world, "a till can't be read: %s", error->message);
  else if (!quay_hash_equal (&x, &y))
    {
      g_auto (GStrv) lines_a = g_strsplit (rows_a, "\n", -1);
      g_auto (GStrv) lines_b = g_strsplit (rows_b, "\n", -1);
      for (guint i = 0; lines_a[i] != NULL && lines_b[i] != NULL; i++)
        if (strcmp (lines_a[i], lines_b[i]) != 0)
          sim_fail (a->world, "tills %u and %u differ in table%s", a->no, b->no,
                    strrchr (lines_a[i], ' '));
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
list_held (SimTill *till)
{
  g_autoptr (GPtrArray) held = quay_store_held (till->store, 10000, NULL, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      const QuayHeldRecord *record = held->pdata[i];
      char id[QUAY_ID_TEXT_LEN + 1];
      quay_id_to_text (&record->chain, id);
      g_ptr_array_add (lines, g_strdup_printf ("%s %" G_GUINT64_FORMAT, id, record->seq));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static char *
list_server_held (SimWorld *world, guint site)
{
  g_autoptr (GPtrArray) held = quay_server_held (world->server.server, 10000, NULL, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      const QuayServerHeld *record = held->pdata[i];
      char id[QUAY_ID_TEXT_LEN + 1];
      quay_id_to_text (&record->chain, id);
      if (quay_id_equal (&record->site, &world->sites[site]))
        g_ptr_array_add (lines, g_strdup_printf ("%s %" G_GINT64_FORMAT, id, record->seq));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

/* --- what was sold --- */

static void
check_booked_here (SimTill *till, GArray *ids)
{
  gint64 pos;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, &error);
  for (guint i = 0; aside != NULL && i < ids->len && error == NULL; i++)
    if (!quay_apply_find (aside->db, &g_array_index (ids, QuayId, i), &pos, &error) &&
        error == NULL)
      sim_fail (till->world, "till %u has lost an event that was committed", till->no);
  if (error != NULL)
    sim_fail (till->world, "till %u can't be read: %s", till->no, error->message);
}

static void
check_booked_there (SimTill *till, GArray *ids)
{
  SimWorld *world = till->world;
  QuayServerUse use;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pos = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ok = quay_server_take (&use, world->server.server, &error);
  if (ok)
    {
      ok = use.db->ops->booked_find (use.db, &world->sites[till->site], ids, pos, &error);
      quay_server_give (&use, error);
    }
  if (!ok)
    sim_fail (world, "the server can't be read: %s", error->message);
  for (guint i = 0; i < pos->len; i++)
    if (g_array_index (pos, gint64, i) == 0)
      sim_fail (world, "the server lacks an event that till %u has", till->no);
}

static void
check_alive (SimTill *till)
{
  GHashTableIter iter;
  gpointer id;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (QuayId));
  g_hash_table_iter_init (&iter, till->alive);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  check_booked_here (till, ids);
  check_booked_there (till, ids);
}

static gint64
ask_number (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 n = -1;
  if (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static void
check_once (SimTill *till)
{
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, NULL);
  if (aside == NULL ||
      ask_number (aside->db->handle, "SELECT count (*) - count (DISTINCT id) FROM sale") != 0)
    sim_fail (till->world, "till %u counts a sale twice", till->no);
}

/* The quick check asks for numbers too late: they are read here. */
static void
check_sound (SimTill *till, gboolean rebuild)
{
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  if (!quay_store_verify (till->store, rebuild, &verdict, &error))
    sim_fail (till->world, "till %u can't be checked: %s", till->no, error->message);
  else if (!verdict.ok)
    sim_fail (till->world, "till %u is not sound: %s", till->no, verdict.why);
  for (guint i = 0; verdict.numbers != NULL && i < verdict.numbers->len; i++)
    {
      const QuayNumbers *numbers = verdict.numbers->pdata[i];
      if (numbers->missing != NULL)
        sim_fail (till->world, "till %u lacks number %s%s", till->no, numbers->prefix,
                  numbers->missing);
    }
  quay_verdict_clear (&verdict);
}

/* --- all --- */

/* The first till of a site that is there; NULL: it is this one. */
static SimTill *
first_of_site (SimWorld *world, const SimTill *till)
{
  for (guint i = 0; i < world->tills->len; i++)
    {
      SimTill *other = world->tills->pdata[i];
      if (!other->gone && other->site == till->site)
        return other != till ? other : NULL;
    }
  return NULL;
}

static void
check_equal (SimTill *till, sqlite3 *server)
{
  SimWorld *world = till->world;
  SimTill *first = first_of_site (world, till);
  g_autofree char *held = list_held (till);
  if (first == NULL)
    {
      g_autofree char *there = list_server_held (world, till->site);
      compare_with_server (till, server);
      if (strcmp (held, there) != 0)
        sim_fail (world, "till %u holds other records than the server", till->no);
      return;
    }
  g_autofree char *other = list_held (first);
  compare_tills (first, till);
  if (strcmp (held, other) != 0)
    sim_fail (world, "till %u holds other records than till %u", till->no, first->no);
}

static void
check_server_sound (SimWorld *world)
{
  QuayServerVerdict verdict;
  g_autoptr (GError) error = NULL;
  if (!quay_server_verify (world->server.server, &verdict, &error))
    sim_fail (world, "the server can't be checked: %s", error->message);
  else if (!verdict.ok)
    sim_fail (world, "the server is not sound: %s", verdict.why);
  quay_server_verdict_clear (&verdict);
}

/* What only others have of a till that went back, or of the province, they can't give to a server
 * that did. */
static gboolean
is_weak (const SimWorld *world)
{
  return world->plan.server_back && (world->plan.tills_back || world->plan.registry);
}

void
sim_check_tills_equal (SimWorld *world)
{
  for (guint i = 0; i < world->tills->len && !is_weak (world); i++)
    {
      SimTill *till = world->tills->pdata[i];
      SimTill *first = till->gone ? NULL : first_of_site (world, till);
      if (first != NULL)
        compare_tills (first, till);
    }
}

static void
check_all (SimWorld *world, sqlite3 *server, gboolean deep)
{
  guint chosen = (guint)sim_draw (world, world->tills->len);
  for (guint i = 0; i < world->tills->len && world->failure == NULL; i++)
    {
      SimTill *till = world->tills->pdata[i];
      if (till->gone)
        continue;
      check_alive (till);
      check_once (till);
      if (!is_weak (world))
        check_equal (till, server);
      if (deep || i == chosen)
        check_sound (till, deep);
    }
}

void
sim_check_end (SimWorld *world, gboolean deep)
{
  sqlite3 *server = NULL;
  g_autofree char *path = g_build_filename (world->server.dir, "province.db", NULL);
  sim_log (world, "all is exchanged");
  if (sqlite3_open_v2 (path, &server, SQLITE_OPEN_READONLY, SIM_VFS_NAME) == SQLITE_OK)
    {
      check_all (world, server, deep);
      sim_person_check (world);
    }
  else
    sim_fail (world, "the server can't be read");
  sqlite3_close (server);
  if (deep && world->failure == NULL)
    check_server_sound (world);
}
