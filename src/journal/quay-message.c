/* Which member of which message is which key, with its bounds. Members may be added at the end;
 * none is renamed, since tills of other versions read them for years. */
#include "quay-message.h"

#include "quay-error.h"
#include "quay-event.h"
#include "quay-json.h"

#include <string.h>

#define BIG G_GINT64_CONSTANT (1000000000000000)
#define HASH_LEN 64
#define KEY_LEN 44                                      /* base64 of 32 bytes */
#define SIG_LEN 88                                      /* base64 of 64 bytes */
#define RECORD_LEN ((QUAY_EVENT_MAX_BYTES + 2) / 3 * 4) /* base64 of the longest record */
#define BOX_LEN (QUAY_MSG_BOX_BYTES / 3 * 4)            /* base64 of a box */
#define CHAINS_MAX 10000
#define ASK_MAX (128 * 1024)         /* what anyone may send */
#define ANSWER_MAX (4 * 1024 * 1024) /* what the server signed */

#define INT(S, m, key, max)                                                                        \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (S, m), FALSE, 0, max, NULL                               \
  }
#define SEQ_REQ(S, m, key)                                                                         \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (S, m), TRUE, 1, BIG, NULL                                \
  }
#define TEXT(S, m, key, max)                                                                       \
  {                                                                                                \
    key, QUAY_FIELD_TEXT, G_STRUCT_OFFSET (S, m), FALSE, 0, max, NULL                              \
  }
#define TEXT_REQ(S, m, key, max)                                                                   \
  {                                                                                                \
    key, QUAY_FIELD_TEXT, G_STRUCT_OFFSET (S, m), TRUE, 0, max, NULL                               \
  }
#define ID(S, m, key)                                                                              \
  {                                                                                                \
    key, QUAY_FIELD_ID, G_STRUCT_OFFSET (S, m), FALSE, 0, 0, NULL                                  \
  }
#define ID_REQ(S, m, key)                                                                          \
  {                                                                                                \
    key, QUAY_FIELD_ID, G_STRUCT_OFFSET (S, m), TRUE, 0, 0, NULL                                   \
  }
#define LIST(S, m, key, max, shape)                                                                \
  {                                                                                                \
    key, QUAY_FIELD_LIST, G_STRUCT_OFFSET (S, m), FALSE, 0, max, shape                             \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, 0, FALSE, 0, 0, NULL                                                                  \
  }

static const QuayField enrol_fields[] = {
  TEXT_REQ (QuayMsgEnrol, secret, "secret", 100),
  ID_REQ (QuayMsgEnrol, till, "till"),
  TEXT_REQ (QuayMsgEnrol, key, "key", KEY_LEN),
  TEXT (QuayMsgEnrol, code, "code", 12),
  TEXT (QuayMsgEnrol, letter, "letter", 4),
  TEXT (QuayMsgEnrol, app, "app", 100),
  END,
};
const QuayShape quay_msg_enrol = { sizeof (QuayMsgEnrol), enrol_fields };

static const QuayField key_fields[] = {
  TEXT_REQ (QuayMsgKey, id, "id", 32),
  TEXT_REQ (QuayMsgKey, key, "key", KEY_LEN),
  END,
};
static const QuayShape key_shape = { sizeof (QuayMsgKey), key_fields };

static const QuayField enrolled_fields[] = {
  ID_REQ (QuayMsgEnrolled, till, "till"),
  ID_REQ (QuayMsgEnrolled, site, "site"),
  TEXT (QuayMsgEnrolled, shop, "shop", 300),
  TEXT_REQ (QuayMsgEnrolled, code, "code", 12),
  TEXT_REQ (QuayMsgEnrolled, letter, "letter", 4),
  TEXT_REQ (QuayMsgEnrolled, key, "key", 32),
  TEXT_REQ (QuayMsgEnrolled, node, "node", 100),
  LIST (QuayMsgEnrolled, keys, "keys", 0, &key_shape),
  INT (QuayMsgEnrolled, time, "time", BIG),
  END,
};
const QuayShape quay_msg_enrolled = { sizeof (QuayMsgEnrolled), enrolled_fields };

static const QuayField note_fields[] = {
  ID (QuayMsgNote, chain, "chain"),
  SEQ_REQ (QuayMsgNote, seq, "seq"),
  TEXT (QuayMsgNote, why, "why", 1000),
  END,
};
static const QuayShape note_shape = { sizeof (QuayMsgNote), note_fields };

static const QuayField ack_fields[] = {
  ID_REQ (QuayMsgAck, till, "till"),
  ID_REQ (QuayMsgAck, chain, "chain"),
  INT (QuayMsgAck, hwm, "hwm", BIG),
  TEXT_REQ (QuayMsgAck, head, "head", HASH_LEN),
  TEXT_REQ (QuayMsgAck, seal, "seal", SIG_LEN),
  INT (QuayMsgAck, time, "time", BIG),
  TEXT (QuayMsgAck, node, "node", 100),
  TEXT (QuayMsgAck, cur, "cur", 200),
  LIST (QuayMsgAck, notes, "notes", 0, &note_shape),
  END,
};
const QuayShape quay_msg_ack = { sizeof (QuayMsgAck), ack_fields };

static const QuayField chain_fields[] = {
  ID_REQ (QuayMsgChain, chain, "chain"), ID_REQ (QuayMsgChain, till, "till"),
  TEXT (QuayMsgChain, code, "code", 12), TEXT (QuayMsgChain, letter, "letter", 4),
  INT (QuayMsgChain, hwm, "hwm", BIG),   TEXT_REQ (QuayMsgChain, head, "head", HASH_LEN),
  INT (QuayMsgChain, mine, "mine", 1),   END,
};
static const QuayShape chain_shape = { sizeof (QuayMsgChain), chain_fields };

static const QuayField chains_fields[] = {
  LIST (QuayMsgChains, chains, "chains", CHAINS_MAX, &chain_shape),
  LIST (QuayMsgChains, held, "held", 0, &note_shape),
  LIST (QuayMsgChains, keys, "keys", 0, &key_shape),
  TEXT (QuayMsgChains, cur, "cur", 200),
  INT (QuayMsgChains, time, "time", BIG),
  INT (QuayMsgChains, persons, "persons", BIG),
  END,
};
const QuayShape quay_msg_chains = { sizeof (QuayMsgChains), chains_fields };

static const QuayField pull_fields[] = {
  ID_REQ (QuayMsgPull, chain, "chain"),
  SEQ_REQ (QuayMsgPull, from, "from"),
  INT (QuayMsgPull, n, "n", BIG),
  END,
};
const QuayShape quay_msg_pull = { sizeof (QuayMsgPull), pull_fields };

static const QuayField rotate_fields[] = {
  TEXT_REQ (QuayMsgRotate, key, "key", KEY_LEN),
  TEXT_REQ (QuayMsgRotate, proof, "proof", SIG_LEN),
  END,
};
const QuayShape quay_msg_rotate = { sizeof (QuayMsgRotate), rotate_fields };

static const QuayField rotated_fields[] = {
  TEXT_REQ (QuayMsgKey, id, "key", 32),
  END,
};
const QuayShape quay_msg_rotated = { sizeof (QuayMsgKey), rotated_fields };

static const QuayField poison_fields[] = {
  ID_REQ (QuayMsgPoison, chain, "chain"),
  SEQ_REQ (QuayMsgPoison, seq, "seq"),
  TEXT_REQ (QuayMsgPoison, prev, "prev", HASH_LEN),
  TEXT_REQ (QuayMsgPoison, hash, "hash", HASH_LEN),
  TEXT_REQ (QuayMsgPoison, bytes, "bytes", RECORD_LEN),
  END,
};
const QuayShape quay_msg_poison = { sizeof (QuayMsgPoison), poison_fields };

static const QuayField person_fields[] = {
  ID_REQ (QuayMsgPerson, id, "id"),
  END,
};
static const QuayShape person_shape = { sizeof (QuayMsgPerson), person_fields };

static const QuayField box_fields[] = {
  ID_REQ (QuayMsgBox, id, "id"),
  ID (QuayMsgBox, till, "till"),
  TEXT (QuayMsgBox, key, "key", 32),
  TEXT (QuayMsgBox, box, "box", BOX_LEN),
  END,
};
static const QuayShape box_shape = { sizeof (QuayMsgBox), box_fields };

static const QuayField till_key_fields[] = {
  ID_REQ (QuayMsgTillKey, till, "till"),
  TEXT_REQ (QuayMsgTillKey, id, "id", 32),
  TEXT_REQ (QuayMsgTillKey, key, "key", KEY_LEN),
  END,
};
static const QuayShape till_key_shape = { sizeof (QuayMsgTillKey), till_key_fields };

static const QuayField persons_fields[] = {
  ID_REQ (QuayMsgPersons, till, "till"),
  INT (QuayMsgPersons, persons, "persons", BIG),
  INT (QuayMsgPersons, all, "all", 1),
  INT (QuayMsgPersons, more, "more", 1),
  INT (QuayMsgPersons, n, "n", BIG),
  LIST (QuayMsgPersons, has, "has", QUAY_MSG_PERSONS, &person_shape),
  LIST (QuayMsgPersons, lacks, "lacks", QUAY_MSG_PERSONS, &person_shape),
  LIST (QuayMsgPersons, boxes, "boxes", QUAY_MSG_BOXES, &box_shape),
  END,
};
const QuayShape quay_msg_persons = { sizeof (QuayMsgPersons), persons_fields };

static const QuayField shared_fields[] = {
  INT (QuayMsgShared, persons, "persons", BIG),
  INT (QuayMsgShared, all, "all", 1),
  LIST (QuayMsgShared, boxes, "boxes", QUAY_MSG_BOXES, &box_shape),
  LIST (QuayMsgShared, lacks, "lacks", QUAY_MSG_BOXES, &box_shape),
  LIST (QuayMsgShared, tills, "tills", QUAY_MSG_BOXES, &till_key_shape),
  END,
};
const QuayShape quay_msg_shared = { sizeof (QuayMsgShared), shared_fields };

static const QuayField problem_fields[] = {
  TEXT_REQ (QuayMsgProblem, type, "type", 100),  TEXT (QuayMsgProblem, title, "title", 1000),
  INT (QuayMsgProblem, status, "status", 999),   INT (QuayMsgProblem, at, "at", BIG),
  TEXT (QuayMsgProblem, letter, "letter", 4),    INT (QuayMsgProblem, wait, "wait", BIG),
  INT (QuayMsgProblem, version, "version", BIG), END,
};
const QuayShape quay_msg_problem = { sizeof (QuayMsgProblem), problem_fields };

static const QuayField time_fields[] = {
  INT (QuayMsgTime, time, "time", BIG),
  TEXT (QuayMsgTime, node, "node", 100),
  TEXT (QuayMsgTime, nonce, "nonce", 200),
  END,
};
const QuayShape quay_msg_time = { sizeof (QuayMsgTime), time_fields };

GBytes *
quay_message_encode (const QuayShape *shape, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!quay_shape_check (shape, data, &error))
    g_error ("unsound message: %s", error->message);
  g_autoptr (GString) out = g_string_sized_new (512);
  g_string_append_c (out, '{');
  quay_shape_write (shape, data, out);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* What was left out is empty, not NULL, so that no reader has to ask. */
static void
fill_empty (const QuayShape *shape, gpointer data)
{
  for (const QuayField *field = shape->fields; field->key != NULL; field++)
    {
      gpointer *member = (gpointer *)(gpointer)((guint8 *)data + field->offset);
      if (field->type == QUAY_FIELD_TEXT && *member == NULL)
        *member = g_strdup ("");
      if (field->type != QUAY_FIELD_LIST)
        continue;
      if (*member == NULL)
        *member = g_ptr_array_new ();
      GPtrArray *list = *member;
      for (guint i = 0; i < list->len; i++)
        fill_empty (field->shape, list->pdata[i]);
    }
}

static gsize
longest (const QuayShape *shape)
{
  gboolean asked = shape == &quay_msg_enrol || shape == &quay_msg_pull ||
                   shape == &quay_msg_rotate || shape == &quay_msg_poison ||
                   shape == &quay_msg_persons;
  return asked ? ASK_MAX : ANSWER_MAX;
}

gboolean
quay_message_decode (const QuayShape *shape, const void *bytes, gsize len, gpointer data,
                     GError **error)
{
  g_auto (QuayJson) json;
  const QuayJsonValue *object = quay_json_read (&json, bytes, len <= longest (shape) ? len : 0);
  memset (data, 0, shape->size);
  if (object == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                           "message is not a JSON object within bounds");
      return FALSE;
    }
  if (!quay_shape_decode (shape, object, data, error))
    return FALSE;
  fill_empty (shape, data);
  return TRUE;
}
