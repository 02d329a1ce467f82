/* Keys of persons: some events come with one, some customers are erased; in the end every till of a
 * shop has the key of whoever is not erased and known to any of them, and nobody an erased one's.
 * A key's bytes follow from the id, so that a wrong one shows. */
#include "sim.h"

#include <sodium.h>
#include <string.h>

static void
make_key (const QuayId *id, guint8 key[32])
{
  crypto_hash_sha256 (key, id->b, sizeof id->b);
}

void
sim_person_add (SimTill *till, QuayTxn *txn, const QuayId *id)
{
  guint8 key[32];
  SimPerson person = { .id = *id, .site = till->site };
  make_key (id, key);
  quay_txn_keep_key (txn, id, key);
  g_array_append_val (till->world->persons, person);
}

QuayEvent *
sim_person_erase (SimTill *till)
{
  SimWorld *world = till->world;
  if (world->persons->len == 0)
    return NULL;
  SimPerson *person =
      &g_array_index (world->persons, SimPerson, sim_draw (world, world->persons->len));
  if (person->site != till->site)
    return NULL;
  QuayEvent *event = quay_event_new (QUAY_EVENT_CUSTOMER);
  QuayFacts *body = event->body;
  body->id = person->id;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts, quay_fact_new_number ("erased", 1));
  event->who = g_strdup ("ql");
  return event;
}

/* --- the end --- */

static gboolean
is_erased (QuayDb *db, const QuayId *id, GError **error)
{
  static const char sql[] = "SELECT 1 FROM fact WHERE kind = 'customer' AND entity = :id"
                            " AND field = 'erased' AND value <> 0";
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  return quay_db_next (db, stmt, error);
}

/* Whether the till has the key, which must be the right one. */
static gboolean
has_key (SimTill *till, QuayDb *db, const QuayId *id, GError **error)
{
  static const char sql[] = "SELECT key FROM person_key WHERE event = :id";
  guint8 key[32];
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  if (!quay_db_next (db, stmt, error))
    return FALSE;
  make_key (id, key);
  if (sqlite3_column_bytes (stmt, 0) != sizeof key ||
      memcmp (sqlite3_column_blob (stmt, 0), key, sizeof key) != 0)
    sim_fail (till->world, "till %u has a wrong key of a person", till->no);
  return TRUE;
}

static void
look (SimTill *till, const SimPerson *person, guint *have, guint *lack)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, &error);
  gboolean has = aside != NULL && has_key (till, aside->db, &person->id, &error);
  gboolean erased = aside != NULL && error == NULL && is_erased (aside->db, &person->id, &error);
  if (error != NULL)
    sim_fail (till->world, "till %u can't be read: %s", till->no, error->message);
  else if (has && erased)
    sim_fail (till->world, "till %u has the key of an erased customer", till->no);
  if (!erased)
    ++*(has ? have : lack);
}

/* Copies of a computer count as one till: what one of them has the other is never given. */
static gboolean
has_copies (SimWorld *world, guint site)
{
  gboolean found = FALSE;
  g_autoptr (GHashTable) ids = sim_new_ids ();
  for (guint i = 0; i < world->tills->len; i++)
    {
      SimTill *till = world->tills->pdata[i];
      if (till->gone || till->site != site)
        continue;
      QuayId id = quay_store_till_id (till->store);
      found |= !g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return found;
}

void
sim_person_check (SimWorld *world)
{
  for (guint i = 0; i < world->persons->len && world->failure == NULL; i++)
    {
      guint have = 0;
      guint lack = 0;
      const SimPerson *person = &g_array_index (world->persons, SimPerson, i);
      for (guint j = 0; j < world->tills->len; j++)
        {
          SimTill *till = world->tills->pdata[j];
          if (!till->gone && till->site == person->site)
            look (till, person, &have, &lack);
        }
      if (have > 0 && lack > 0 && !has_copies (world, person->site))
        sim_fail (world, "%u tills lack a person's key that %u have", lack, have);
    }
}

void
sim_person_sum (SimTill *till, GChecksum *sum)
{
  static const char sql[] = "SELECT event FROM person_key ORDER BY event";
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, &error);
  g_autoptr (QuayStmt) stmt = aside != NULL ? quay_db_stmt (aside->db, sql, &error) : NULL;
  while (stmt != NULL && quay_db_next (aside->db, stmt, &error))
    {
      QuayId id = quay_column_id (stmt, 0);
      g_checksum_update (sum, id.b, sizeof id.b);
    }
}
