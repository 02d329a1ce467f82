/* The rule of versions, with an invented next one: its till before this server and beside a till of
 * this version, and a till of this version before its server. */
#include "quay-server-handle.h"
#include "quay-server-private.h"
#include "quay-store-private.h"
#include "sync-shops.h"

#include <string.h>

#define HEAD "\"lam\":5,\"id\":\"6500000%u-0000-7000-8000-000000000001\",\"day\":20261123,\"ts\":1"

/* What the next version's till writes; %u is a number of its own. */
static const char *const later[] = {
  "{\"t\":\"voucher.sold\",\"v\":1," HEAD ",\"who\":\"QL\",\"amount\":5}",
  "{\"t\":\"override\",\"v\":2," HEAD ",\"who\":\"QL\",\"what\":[1]}",
  "{\"t\":\"override\",\"v\":1," HEAD ",\"who\":\"QL\",\"why\":\"nham\",\"mood\":{\"a\":[2]}}",
};

/* --- writing --- */

static gboolean
append_cb (QuayStore *store, gpointer data, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  const char *text = data;
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL || !quay_book_begin (book, &scope, error))
    return FALSE;
  QuayTail tail = quay_book_own_tail (book);
  return quay_book_append (book, &tail, (const guint8 *)text, strlen (text), error) &&
         quay_log_note_lam (book->db, tail.chain.no, tail.lam, error) &&
         quay_book_commit (book, &scope, error);
}

static void
append_later (Shop *shop)
{
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) halves = g_strsplit (later[i], "%u", 2);
      g_autofree char *text = g_strdup_printf ("%s%u%s", halves[0], i + 1, halves[1]);
      quay_store_call (shop->store, QUAY_LANE_BACKGROUND, append_cb, text, &error);
      g_assert_no_error (error);
    }
}

/* --- the next server: this one, behind what it would do otherwise --- */

typedef struct
{
  SyncShops *shops;
  Shop *shop;
  guint version;    /* that the till tries first */
  gboolean no_zstd; /* the server takes packed bodies no more */
  gboolean adds;    /* it adds members to each answer */
  const char *old;  /* a call that needs a newer program than this */
  guint n_packed;
  guint n_next; /* requests by the protocol of the next version */
} Next;

static guint64
no_chance (gpointer data)
{
  return 0;
}

static void
say (QuayServerAnswer *answer, guint status, char *text)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = status;
  answer->packed = FALSE;
  answer->body = g_bytes_new_take (text, strlen (text));
}

static void
add_members (QuayServerAnswer *answer)
{
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autoptr (GBytes) plain =
      answer->packed ? quay_wire_unpack (bytes, len, G_MAXINT32, NULL) : g_bytes_ref (answer->body);
  const char *text = g_bytes_get_data (plain, &len);
  g_assert_cmpint (text[0], ==, '{'); /* an envelope's first line, too, is an object */
  say (answer, answer->status,
       g_strdup_printf ("{\"later\":{\"x\":[1,null]},%.*s", (int)len - 1, text + 1));
}

static void
handle (Next *next, const QuaySyncAction *action, const char *till, QuayServerAnswer *answer)
{
  gsize len;
  QuayServer *server = next->shops->office.server;
  QuayServerRequest request = { .method = "POST",
                                .path = action->path,
                                .till = till,
                                .encoding = action->packed ? "zstd" : NULL,
                                .headers = *action->headers,
                                .peer = "192.0.2.1" };
  request.body = g_bytes_get_data (action->body, &len);
  request.len = len;
  next->n_next += g_str_has_prefix (action->path, "/v2/");
  next->n_packed += action->packed;
  quay_server_handle (server, &request, answer);
  if (next->no_zstd && action->packed)
    say (answer, 415, g_strdup ("{\"type\":\"no-coding\",\"status\":415}"));
  else if (next->old != NULL && g_str_has_suffix (action->path, next->old))
    say (answer, 426, g_strdup ("{\"type\":\"too-old\",\"status\":426}"));
  if (next->adds)
    add_members (answer);
  quay_signed_clear (&answer->headers);
  const void *bytes = g_bytes_get_data (answer->body, &len);
  quay_wire_sign_answer (&answer->headers, &server->identity.keys[0], server->identity.ids[0],
                         answer->status, action->headers->digest, bytes, len);
}

/* Rounds until the engine rests; returns what is told then. */
static QuaySyncState
exchange (Next *next)
{
  const QuaySyncAction *action;
  char till[QUAY_ID_TEXT_LEN + 1];
  gint64 now = 0;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (next->shop->dir, NULL);
  g_autoptr (QuaySyncEngine) engine = quay_sync_engine_new (keys, no_chance, NULL);
  quay_id_to_text (&keys->till, till);
  if (next->version != 0)
    quay_sync_engine_set_version (engine, next->version);
  while ((action = quay_sync_engine_next (engine, now))->what != QUAY_SYNC_WAIT)
    {
      g_auto (QuayServerAnswer) answer = { 0 };
      g_assert_cmpint (++now, <, 1000);
      if (action->what != QUAY_SYNC_SEND)
        {
          quay_sync_step (engine, next->shop->store, action, now);
          continue;
        }
      handle (next, action, till, &answer);
      QuaySyncAnswer reply = {
        answer.status, answer.type, answer.packed, answer.body, answer.headers, answer.wait, 1
      };
      quay_sync_engine_answer (engine, &reply, now, 1);
    }
  return *quay_sync_engine_state (engine);
}

/* --- tests --- */

/* The next version's till begins with its own protocol and falls back; what only it can read is
 * kept, held by all others for the same reason, and delays nothing. */
static void
test_next_till (SyncShops *f, gconstpointer data)
{
  guint64 total;
  g_autoptr (GError) error = NULL;
  Next next = { .shops = f, .shop = &f->a, .version = 2 };
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
  shop_fill (&f->a, 5);
  append_later (&f->a);
  shop_sell (&f->a, 2);
  QuaySyncState state = exchange (&next);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (state.waiting, ==, 0);
  g_assert_cmpuint (next.n_next, ==, 1);
  g_assert_cmpuint (state.held, ==, 2);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM held"), ==, 2);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM audit WHERE why = 'nham'"), ==,
                   1);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==,
                   shop_ask (&f->a, "SELECT count (*) FROM sale"));
  sync_shops_once (&f->b);
  sync_shops_once (&f->a);
  sync_shops_assert_equal (&f->a, &f->b);
  g_autoptr (GPtrArray) held = quay_store_held (f->b.store, 10, &total, &error);
  g_assert_cmpuint (total, ==, 2);
  for (guint i = 0; i < held->len; i++)
    g_assert_cmpstr (((QuayHeldRecord *)held->pdata[i])->why, ==,
                     "event of an unknown kind or version");
  /* byte for byte, with the member that nobody here knows */
  g_assert_cmpint (shop_ask (&f->b, "SELECT count (*) FROM journal"
                                    " WHERE instr (CAST (bytes AS TEXT), '\"mood\"') > 0"),
                   ==, 1);
}

/* A server of the next version that speaks this one, too. */
static void
test_next_server (SyncShops *f, gconstpointer data)
{
  Next next = { .shops = f, .shop = &f->a, .no_zstd = TRUE, .adds = TRUE };
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
  shop_fill (&f->b, 20);
  sync_shops_once (&f->b);
  shop_fill (&f->a, 20);
  QuaySyncState state = exchange (&next);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (state.received, >, 20);
  g_assert_cmpuint (next.n_packed, ==, 1); /* it was told once */
  sync_shops_once (&f->b);
  sync_shops_assert_equal (&f->a, &f->b);
}

/* One that gives what others wrote to newer programs alone: what is pushed it still takes. */
static void
test_too_old (SyncShops *f, gconstpointer data)
{
  Next next = { .shops = f, .shop = &f->a, .old = "/pull" };
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
  shop_fill (&f->b, 20);
  sync_shops_once (&f->b);
  shop_fill (&f->a, 20);
  QuaySyncState state = exchange (&next);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_TOO_OLD);
  g_assert_cmpuint (state.waiting, ==, 0);
  shop_sell (&f->a, 3);
  state = exchange (&next);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_TOO_OLD);
  g_assert_cmpuint (state.waiting, ==, 0);
  next.old = NULL; /* updated */
  state = exchange (&next);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_IDLE);
  sync_shops_once (&f->b);
  sync_shops_assert_equal (&f->a, &f->b);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, SyncShops, NULL, sync_shops_set_up, func, sync_shops_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/versions/next-till", test_next_till);
  ADD ("/versions/next-server", test_next_server);
  ADD ("/versions/too-old", test_too_old);
  return g_test_run ();
}
