/* Keys of customers and buyers go to the shop's other tills, at the end of a whole round, where the
 * list of chains has told that there is something to give or to get, or a key is here that nobody
 * was told of. A key leaves this till only sealed for another till's key (libsodium's sealed box);
 * what can't be opened is told and left. */
#include "quay-sync-private.h"

#include <sodium.h>
#include <string.h>

#define TURN 30000       /* ms after which it makes room for own records */
#define TURNS_MOST 10000 /* requests of one exchange: one that has no end is none */

G_STATIC_ASSERT (QUAY_MSG_BOX_BYTES == sizeof (QuayPersonKey) + crypto_box_SEALBYTES);
G_STATIC_ASSERT (sizeof (QuayPersonKey) == sizeof (QuayId) + 32);
G_STATIC_ASSERT (2 * QUAY_MSG_BOXES <= QUAY_MSG_PERSONS);

/* A till's place for a box, until its key is read. */
typedef struct
{
  QuayId id;
  QuayId till;
  char key_id[36];
  guint8 public[crypto_box_PUBLICKEYBYTES];
} Lack;

void
quay_sync_person_init (QuaySyncPersons *persons)
{
  quay_persons_init (&persons->store);
  persons->store.max = QUAY_MSG_PERSONS;
  persons->lacks = g_array_new (FALSE, FALSE, sizeof (Lack));
  persons->not_here = g_array_new (FALSE, FALSE, sizeof (QuayId));
}

void
quay_sync_person_clear (QuaySyncPersons *persons)
{
  quay_persons_clear (&persons->store);
  g_array_unref (persons->lacks);
  g_array_unref (persons->not_here);
}

/* --- boxes --- */

static gboolean
seal (const QuayPersonKey *key, const Lack *lack, char **text)
{
  guint8 box[QUAY_MSG_BOX_BYTES];
  if (crypto_box_seal (box, (const guint8 *)key, sizeof *key, lack->public) != 0)
    return FALSE;
  *text = quay_base64 (box, sizeof box);
  return TRUE;
}

/* The box says itself whose key is in it, so that nobody can exchange two. */
static gboolean
open_box (const QuayKey *own, const QuayMsgBox *message, QuayPersonKey *key)
{
  guint8 box[QUAY_MSG_BOX_BYTES];
  guint8 public[crypto_box_PUBLICKEYBYTES];
  guint8 secret[crypto_box_SECRETKEYBYTES];
  gboolean opened = quay_base64_to (message->box, box, sizeof box) &&
                    crypto_sign_ed25519_pk_to_curve25519 (public, own->public) == 0 &&
                    crypto_sign_ed25519_sk_to_curve25519 (secret, own->secret) == 0 &&
                    crypto_box_seal_open ((guint8 *)key, box, sizeof box, public, secret) == 0 &&
                    quay_id_equal (&key->id, &message->id);
  sodium_memzero (secret, sizeof secret);
  return opened;
}

/* --- the note: up to which stamp, by which key --- */

static char *
make_mark (QuaySyncEngine *engine)
{
  g_autofree char *public = quay_base64 (engine->keys->key.public, QUAY_KEY_LEN);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", engine->persons.stamp, public);
}

/* Whether all was exchanged up to the stamp; *same_key: the server was told by this very key. */
static gboolean
mark_is_kept (QuaySyncEngine *engine, gboolean *same_key)
{
  g_autofree char *mark = make_mark (engine);
  const char *kept = engine->persons.store.mark;
  const char *kept_key = kept != NULL ? strchr (kept, ' ') : NULL;
  *same_key = kept_key != NULL && strcmp (kept_key, strchr (mark, ' ')) == 0;
  return g_strcmp0 (kept, mark) == 0;
}

/* --- asking --- */

static void
ask_store (QuaySyncEngine *engine)
{
  quay_sync_action (engine, QUAY_SYNC_PERSONS, STEP_PERSONS)->persons = &engine->persons.store;
}

static GPtrArray *
list_ids (GArray *ids)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (list, g_memdup2 (&g_array_index (ids, QuayId, i), sizeof (QuayMsgPerson)));
  return list;
}

static const QuayPersonKey *
find_key (GArray *keys, const QuayId *id)
{
  for (guint i = 0; i < keys->len; i++)
    if (quay_id_equal (&g_array_index (keys, QuayPersonKey, i).id, id))
      return &g_array_index (keys, QuayPersonKey, i);
  return NULL;
}

/* Boxes for those that lack something; what this till has not, after all, it says. */
static GPtrArray *
make_boxes (QuaySyncPersons *persons)
{
  GPtrArray *boxes = g_ptr_array_new ();
  for (guint i = 0; i < persons->lacks->len; i++)
    {
      const Lack *lack = &g_array_index (persons->lacks, Lack, i);
      const QuayPersonKey *key = find_key (persons->store.keys, &lack->id);
      char *text = NULL;
      if (key == NULL)
        g_array_append_val (persons->not_here, lack->id);
      if (key == NULL || !seal (key, lack, &text))
        continue;
      QuayMsgBox *box = g_new0 (QuayMsgBox, 1);
      *box = (QuayMsgBox){ lack->id, lack->till, g_strdup (lack->key_id), text };
      g_ptr_array_add (boxes, box);
    }
  g_array_set_size (persons->lacks, 0);
  return boxes;
}

static void
post (QuaySyncEngine *engine, GPtrArray *boxes)
{
  QuaySyncPersons *persons = &engine->persons;
  QuayMsgPersons message = { .till = engine->keys->till,
                             .persons = persons->stamp,
                             .all = persons->all,
                             .more = persons->store.more,
                             .n = (gint64)persons->store.n,
                             .has = list_ids (persons->store.untold),
                             .lacks = list_ids (persons->not_here),
                             .boxes = boxes };
  g_autoptr (GBytes) plain = quay_message_encode (&quay_msg_persons, &message);
  quay_shape_clear (&quay_msg_persons, &message);
  g_array_set_size (persons->not_here, 0);
  persons->turns++;
  quay_sync_post (engine, STEP_SHARE, "persons", plain);
}

/* --- the exchange --- */

void
quay_sync_person_begin (QuaySyncEngine *engine)
{
  QuaySyncPersons *persons = &engine->persons;
  if (persons->stamp == 0 || !engine->whole)
    {
      quay_sync_finish (engine); /* a server that knows nothing of it */
      return;
    }
  quay_persons_forget (&persons->store);
  g_array_set_size (persons->lacks, 0);
  g_array_set_size (persons->not_here, 0);
  persons->turns = persons->taking = 0;
  persons->all = persons->told_all = persons->over = FALSE;
  ask_store (engine);
}

/* All that is here is told anew, from the first request on. */
static void
tell_all (QuaySyncEngine *engine)
{
  engine->persons.all = engine->persons.told_all = TRUE;
  engine->persons.store.all = TRUE;
  ask_store (engine);
}

static void
end (QuaySyncEngine *engine)
{
  QuaySyncPersons *persons = &engine->persons;
  gboolean same_key;
  persons->over = TRUE;
  if (mark_is_kept (engine, &same_key))
    {
      quay_sync_finish (engine);
      return;
    }
  persons->store.new_mark = make_mark (engine);
  ask_store (engine);
}

void
quay_sync_on_persons (QuaySyncEngine *engine)
{
  QuaySyncPersons *persons = &engine->persons;
  gboolean same_key;
  gboolean seen = mark_is_kept (engine, &same_key);
  g_array_append_vals (persons->not_here, persons->store.refused->data,
                       persons->store.refused->len);
  engine->state.persons += persons->taking - persons->store.refused->len;
  persons->taking = 0;
  if (persons->over)
    quay_sync_finish (engine);
  else if (persons->turns > 0 && engine->dirty && engine->now - engine->began >= TURN)
    quay_sync_break (engine);
  else if (persons->turns == 0 && !same_key && !persons->told_all)
    tell_all (engine);
  else if (persons->turns == 0 && seen && persons->store.untold->len == 0 && !persons->all)
    quay_sync_finish (engine);
  else if (persons->turns >= TURNS_MOST)
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the keys of persons have no end");
  else
    {
      GPtrArray *boxes = make_boxes (persons);
      if (persons->turns == 0 || persons->all || persons->store.untold->len > 0 ||
          persons->not_here->len > 0 || boxes->len > 0)
        post (engine, boxes);
      else
        {
          g_ptr_array_unref (boxes);
          end (engine);
        }
    }
}

/* --- what came back --- */

static void
take_boxes (QuaySyncEngine *engine, const QuayMsgShared *message)
{
  QuaySyncPersons *persons = &engine->persons;
  for (guint i = 0; i < message->boxes->len; i++)
    {
      QuayPersonKey key;
      const QuayMsgBox *box = message->boxes->pdata[i];
      if (open_box (&engine->keys->key, box, &key))
        g_array_append_val (persons->store.take, key);
      else
        {
          g_info ("a key of a person could not be opened");
          g_array_append_val (persons->not_here, box->id);
        }
      sodium_memzero (&key, sizeof key);
    }
  persons->taking = persons->store.take->len;
}

static void
take_lacks (QuaySyncPersons *persons, const QuayMsgShared *message)
{
  for (guint i = 0; i < message->lacks->len; i++)
    {
      const QuayMsgBox *lack = message->lacks->pdata[i];
      for (guint j = 0; j < message->tills->len; j++)
        {
          guint8 public[QUAY_KEY_LEN];
          const QuayMsgTillKey *till = message->tills->pdata[j];
          Lack entry = { .id = lack->id, .till = lack->till };
          if (!quay_id_equal (&till->till, &lack->till) ||
              !quay_base64_to (till->key, public, sizeof public) ||
              crypto_sign_ed25519_pk_to_curve25519 (entry.public, public) != 0)
            continue;
          g_strlcpy (entry.key_id, till->id, sizeof entry.key_id);
          g_array_append_val (persons->lacks, entry);
          g_array_append_val (persons->store.want, entry.id);
          break;
        }
    }
}

void
quay_sync_on_shared (QuaySyncEngine *engine, const QuayMsgShared *message)
{
  QuaySyncPersons *persons = &engine->persons;
  engine->failures = 0;
  persons->all = FALSE;
  persons->stamp = message->persons;
  g_array_append_vals (persons->store.told, persons->store.untold->data,
                       persons->store.untold->len);
  take_boxes (engine, message);
  take_lacks (persons, message);
  if (message->all && !persons->told_all)
    {
      g_array_set_size (persons->store.told, 0);
      tell_all (engine);
    }
  else
    ask_store (engine);
}

void
quay_sync_person_drop (QuaySyncEngine *engine, guint status, const char *why)
{
  engine->persons.stamp = 0;
  if (status != 404)
    {
      g_free (engine->trouble);
      engine->trouble = g_strdup (why);
    }
  quay_sync_finish (engine);
}
