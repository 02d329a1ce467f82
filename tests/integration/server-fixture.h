/* What the tests of the server share: a server in a folder, and tills that know only the protocol:
 * each has a key, a chain of records that it makes itself, and asks the handlers in-process. */
#pragma once

#include "quay-message.h"
#include "quay-server-handle.h"
#include "quay-server-office.h"
#include "quay-server-verify.h"
#include "quay-test.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;
  char *url;
  QuayTestEnv env;
  GRand *chance;
  QuayServer *server;
  QuayId site;
  guint rate; /* of the next open */
} Office;

void office_set_up (Office *office, gconstpointer data);
void office_tear_down (Office *office, gconstpointer data);
void office_open (Office *office);
void office_close (Office *office);

/** One number of the closed or open file. */
gint64 office_ask (Office *office, const char *sql);
/** Runs SQL on the file as no program of ours would. */
void office_tamper (Office *office, const char *sql);
/** The whole check; fails the test with the reason. */
void office_assert_sound (Office *office);

/** A chain as its writer has it. */
typedef struct
{
  QuayId id;
  char code[16];
  char letter[8];
  GPtrArray *records; /* GBytes */
  GArray *hashes;     /* QuayHash */
  gint64 lam;
} PeerChain;

/** A till of the test. */
typedef struct
{
  Office *office;
  QuayId id;
  QuayId site;
  QuayKey key;
  char key_id[36];
  QuayKey server_key; /* public part: who is believed */
  char *server_key_id;
  PeerChain chain;
} Peer;

/** A till with a key, a chain and its birth record; not enrolled. */
void peer_init (Peer *peer, Office *office, guint n, const char *code);
void peer_clear (Peer *peer);

/** Enrols with a fresh one-time code; sets the chain's code if another was given. */
void peer_enrol (Peer *peer);

void chain_init (PeerChain *chain, Peer *peer, const char *code, const char *letter);
void chain_clear (PeerChain *chain);
/** As much of @from as its first @n records. */
void chain_copy (PeerChain *chain, const PeerChain *from, guint n);
void chain_add (PeerChain *chain, Peer *peer, const char *bytes);
/** An event made whole: lam, stamps. @event is freed. Its bytes stay with the chain. */
GBytes *chain_add_event (PeerChain *chain, Peer *peer, QuayEvent *event);
void chain_add_sales (PeerChain *chain, Peer *peer, guint n);

/** A signed request; the answer's signature is checked. @path: "/v1/push". */
void peer_ask (Peer *peer, const char *path, GBytes *body, QuayServerAnswer *answer);

/** The run of @n records from @from as an envelope, sealed. */
QuayEnvelope *peer_envelope (Peer *peer, const PeerChain *chain, gint64 from, guint n);

/** Pushes; 200: the acknowledgement is checked and its hwm given, else −status. */
gint64 peer_push (Peer *peer, const PeerChain *chain, gint64 from, guint n);
/** Pushes all, in batches of @n from what the server has. */
void peer_push_all (Peer *peer, const PeerChain *chain, guint n);

/** The same, with what the answer says; clear both by quay_shape_clear(). */
guint peer_push_envelope (Peer *peer, const QuayEnvelope *envelope, QuayMsgAck *ack,
                          QuayMsgProblem *problem);

/** Pulls one envelope and checks it; NULL with the status. */
QuayEnvelope *peer_pull (Peer *peer, const QuayId *chain, gint64 from, gint64 n, guint *status);

/** The status and type of any call's answer; (transfer full) "404 no-such-chain", or "200". */
char *peer_call (Peer *peer, const char *path, const char *body);

G_END_DECLS
