/* An engine with chains in memory in place of the store, and answers signed by a server key of the
 * test's own. What the engine does is written to a log that tests compare. */
#pragma once

#include "quay-message.h"
#include "quay-sync-engine.h"

G_BEGIN_DECLS

/** A chain here or on the server: exact bytes and the hash of each; [0] is before the first. */
typedef struct
{
  QuayChainState state;
  GPtrArray *records; /* GBytes */
  GArray *hashes;     /* QuayHash */
} SyncChain;

typedef struct
{
  QuaySyncKeys keys;
  QuayKey server;
  QuayKey stranger;
  QuaySyncEngine *engine;
  GPtrArray *chains; /* SyncChain, here */
  GPtrArray *theirs; /* SyncChain, on the server, of sync_fixture_serve() */
  const char *cur;   /* of honest answers */
  gint64 now;
  gint64 wall;
  guint64 chance; /* what the engine draws */
  GString *log;
} SyncFixture;

/** An enrolled till with one chain QT1A of @n records, none sent. */
SyncFixture *sync_fixture_new (guint n);
void sync_fixture_free (SyncFixture *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncFixture, sync_fixture_free)

/** A chain with the id number @id of the till number @till (1: this one), records "@text N". */
SyncChain *sync_chain_new (guint8 id, guint8 till, const char *letter, const char *text, guint n);
void sync_chain_add (SyncChain *chain, const char *text, guint n);
/** The first @n records as another chain object. */
SyncChain *sync_chain_copy (const SyncChain *chain, guint n);
void sync_chain_free (SyncChain *chain);

/** Does what the engine asks of the store until it sends or waits. */
const QuaySyncAction *sync_fixture_run (SyncFixture *f);

/** Makes ready what the engine would send after the request under way; FALSE if there is nothing.
 */
gboolean sync_fixture_ahead (SyncFixture *f);

/** Answers the request under way. */
typedef struct
{
  guint status;
  const char *type;       /* NULL: application/json */
  const QuayKey *signer;  /* NULL: nobody */
  const char *key_id;     /* NULL: "s1" */
  gboolean other_request; /* signed for another request */
  gint64 retry_after;
  gint64 took;
} SyncHow;

void sync_fixture_answer (SyncFixture *f, const SyncHow *how, GBytes *plain);
/** A 200 that the server signed. */
void sync_fixture_good (SyncFixture *f, GBytes *plain);
/** A problem that the server signed. */
void sync_fixture_problem (SyncFixture *f, guint status, QuayMsgProblem problem);

/** The ack of an honest server that has the first @hwm records of the first chain here. */
void sync_fixture_ack (SyncFixture *f, guint64 hwm);
/** The ack whose members a test may bend: @seal_key seals @hwm and @head. */
GBytes *sync_ack (const SyncChain *chain, guint64 hwm, const QuayHash *head,
                  const QuayKey *seal_key, const char *cur);
/** The list of chains of an honest server with @theirs. */
GBytes *sync_list (SyncFixture *f);

/** Answers as an honest server with @theirs does, until the engine waits; at most @max requests.
 * Returns how many there were. */
guint sync_fixture_serve (SyncFixture *f, guint max);

/** The body of the request under way, not packed, and the envelope that it is. */
GBytes *sync_fixture_sent (SyncFixture *f);
QuayEnvelope *sync_fixture_pushed (SyncFixture *f);

const QuaySyncState *sync_fixture_state (SyncFixture *f);
/** The chain here at that place of the list. */
SyncChain *sync_fixture_here (SyncFixture *f, guint i);
/** Fails unless the engine wants to send to that path next. */
void sync_fixture_assert_sends (SyncFixture *f, const char *path);
/** Whether both have the same records. */
gboolean sync_chain_same (const SyncChain *a, const SyncChain *b);

/** Compares the log with @expected and empties it. */
#define sync_fixture_assert_log(f, expected)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((f)->log->str, ==, expected);                                                 \
    g_string_truncate ((f)->log, 0);                                                               \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
