/* Booking what is held, after an upgrade or by hand: each chain that has such records is judged
 * from its beginning, since the Lamport rule looks at the record before. */
#include "quay-server-book.h"
#include "quay-server-private.h"

#define PAGE 500
#define PAGE_BYTES (1024 * 1024)
#define HELD_MAX 100000

static gboolean
judge_chain (QuayServerDb *db, QuayServerChain *chain, guint64 *booked, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayServerBooking booking = {
    .db = db, .site = &chain->site, .no = chain->no, .first = 1, .again = TRUE
  };
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  for (;;)
    {
      g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
      g_autoptr (GPtrArray) records =
          db->ops->read (db, chain->no, booking.first, PAGE, PAGE_BYTES, hashes, error);
      if (records == NULL || !quay_server_book (&booking, records, 0, error))
        return FALSE;
      if (records->len == 0)
        break;
    }
  g_clear_pointer (&booking.clashes, g_array_unref); /* were told when they came */
  *booked += booking.booked;
  chain->lam = booking.lam;
  return db->ops->chain_head (db, chain, error) && quay_server_scope_commit (&scope, error);
}

static gboolean
has_held (GPtrArray *held, gint64 no)
{
  for (guint i = 0; i < held->len; i++)
    if (((QuayServerHeld *)held->pdata[i])->no == no)
      return TRUE;
  return FALSE;
}

gboolean
quay_server_retry_held (QuayServerDb *db, guint64 *booked, guint64 *left, GError **error)
{
  *booked = 0;
  g_autoptr (GPtrArray) held = db->ops->held (db, NULL, 0, 0, 0, HELD_MAX, NULL, error);
  g_autoptr (GArray) chains = held != NULL ? db->ops->chains_seen (db, NULL, error) : NULL;
  if (chains == NULL)
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    {
      QuayServerChain *chain = &g_array_index (chains, QuayServerChain, i);
      if (has_held (held, chain->no) && !judge_chain (db, chain, booked, error))
        return FALSE;
    }
  g_autoptr (GPtrArray) rest = db->ops->held (db, NULL, 0, 0, 0, 1, left, error);
  return rest != NULL;
}
