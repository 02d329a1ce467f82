/* The messages between till and server that are not envelopes, by the codec of the events. The
 * protocol is src/sync/README.md. Pure; any thread. All members are owned by the message. */
#pragma once

#include "quay-codec.h"
#include "quay-id.h"

G_BEGIN_DECLS

/** @secret: the one-time code. @code, @letter: of the till's present chain, empty for a new till.
 */
typedef struct
{
  char *secret;
  QuayId till;
  char *key;
  char *code;
  char *letter;
  char *app;
} QuayMsgEnrol;

typedef struct
{
  char *id;
  char *key;
} QuayMsgKey;

typedef struct
{
  QuayId till;
  QuayId site;
  char *shop;
  char *code;
  char *letter;
  char *key;       /* id of the till's key */
  char *node;      /* which server */
  GPtrArray *keys; /* QuayMsgKey: the server's */
  gint64 time;
} QuayMsgEnrolled;

/** A record that the server holds. @chain is nil in an ack, which names it above. */
typedef struct
{
  QuayId chain;
  gint64 seq;
  char *why;
} QuayMsgNote;

typedef struct
{
  QuayId till;
  QuayId chain;
  gint64 hwm;
  char *head;
  char *seal;
  gint64 time;
  char *node;
  char *cur;
  GPtrArray *notes; /* QuayMsgNote */
} QuayMsgAck;

/** @mine: 1 for the asking till's own. */
typedef struct
{
  QuayId chain;
  QuayId till;
  char *code;
  char *letter;
  gint64 hwm;
  char *head;
  gint64 mine;
} QuayMsgChain;

typedef struct
{
  GPtrArray *chains; /* QuayMsgChain */
  GPtrArray *held;   /* QuayMsgNote, the first 100 */
  GPtrArray *keys;   /* QuayMsgKey */
  char *cur;
  gint64 time;
  gint64 persons; /* changes with what the shop's tills may have of each other's keys; 0: no call */
} QuayMsgChains;

typedef struct
{
  QuayId chain;
  gint64 from;
  gint64 n;
} QuayMsgPull;

typedef struct
{
  char *key;
  char *proof;
} QuayMsgRotate;

typedef struct
{
  QuayId chain;
  gint64 seq;
  char *prev;
  char *hash;
  char *bytes; /* base64, of at most QUAY_EVENT_MAX_BYTES */
} QuayMsgPoison;

#define QUAY_MSG_PERSONS 300  /* ids of one request */
#define QUAY_MSG_BOXES 100    /* boxes of one message, and ids that somebody lacks */
#define QUAY_MSG_BOX_BYTES 96 /* id and key of a person, sealed for one till */

/** The id of what a person's key opens: a customer, or the event of an order or an invoice. */
typedef struct
{
  QuayId id;
} QuayMsgPerson;

/** A key sealed for @till's key named @key. @till and @key are left out where it is the reader's,
 * @key and @box in a list of what tills lack. */
typedef struct
{
  QuayId id;
  QuayId till;
  char *key;
  char *box; /* base64 of QUAY_MSG_BOX_BYTES */
} QuayMsgBox;

/** @id: of the key that boxes for @till are sealed for. */
typedef struct
{
  QuayId till;
  char *id;
  char *key;
} QuayMsgTillKey;

/** @till: who asks, @persons: the number that it was told last, so that no other answer fits; @all:
 * nothing that was said before holds; @more: a further request says the rest; @n: keys that are
 * here. */
typedef struct
{
  QuayId till;
  gint64 persons;
  gint64 all;
  gint64 more;
  gint64 n;
  GPtrArray *has;   /* QuayMsgPerson: newly here */
  GPtrArray *lacks; /* QuayMsgPerson: not here after all */
  GPtrArray *boxes; /* QuayMsgBox: for others */
} QuayMsgPersons;

/** @all: the till is to say anew all that it has. */
typedef struct
{
  gint64 persons; /* as in chains */
  gint64 all;
  GPtrArray *boxes; /* QuayMsgBox: for the one who asks */
  GPtrArray *lacks; /* QuayMsgBox: what others lack of it */
  GPtrArray *tills; /* QuayMsgTillKey: of those */
} QuayMsgShared;

/** application/problem+json. @type is what a program switches on; @at and @letter of a fork; @wait
 * in seconds. */
typedef struct
{
  char *type;
  char *title;
  gint64 status;
  gint64 at;
  char *letter;
  gint64 wait;
  gint64 version; /* 404 no-such-version: the greatest that is spoken */
} QuayMsgProblem;

typedef struct
{
  gint64 time;
  char *node;
  char *nonce;
} QuayMsgTime;

extern const QuayShape quay_msg_enrol;
extern const QuayShape quay_msg_enrolled;
extern const QuayShape quay_msg_ack;
extern const QuayShape quay_msg_chains;
extern const QuayShape quay_msg_pull;
extern const QuayShape quay_msg_rotate;
extern const QuayShape quay_msg_rotated; /* QuayMsgKey: id */
extern const QuayShape quay_msg_poison;
extern const QuayShape quay_msg_persons;
extern const QuayShape quay_msg_shared;
extern const QuayShape quay_msg_problem;
extern const QuayShape quay_msg_time;

/** The message as compact JSON; (transfer full). @data must be sound (texts UTF-8 without control
 * characters, within the bounds of quay-message.c): a programming error else. */
GBytes *quay_message_encode (const QuayShape *shape, gconstpointer data);

/**
 * quay_message_decode:
 *
 * Fills @data, of @shape's size, zeroed here; give it back with quay_shape_clear() either way.
 * Bounded in depth, size and lists. Texts and lists that were left out are empty, never NULL; the
 * forms of keys, hashes and signatures are the reader's to check (quay_base64_to() and others).
 *
 * Returns: FALSE with QUAY_ERROR_INVALID.
 */
gboolean quay_message_decode (const QuayShape *shape, const void *bytes, gsize len, gpointer data,
                              GError **error);

G_END_DECLS
