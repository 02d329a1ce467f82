/* The inside of the engine, for its files: what it waits for, what it knows, and the functions by
 * which the files hand over to each other. Answers come in by quay-sync-answers.c; sending up is
 * quay-sync-round.c, divergence quay-sync-search.c, fetching quay-sync-pull.c. */
#pragma once

#include "quay-message.h"
#include "quay-sync-batch.h"
#include "quay-sync-engine.h"

G_BEGIN_DECLS

#define QUAY_SYNC_VERSION 1

/** What the engine waits for, once the caller has its action. */
typedef enum
{
  STEP_REST,       /* nothing to do before @wake */
  STEP_COUNT,      /* chains, only to know how much waits */
  STEP_CHAINS,     /* chains, at the beginning of a round */
  STEP_READ,       /* records to push */
  STEP_PROBE_HASH, /* own hash at a place, to ask the server whether it has the same */
  STEP_PUSH,       /* answer to push or poison */
  STEP_ACK_HASH,   /* own hash where the server says that it is */
  STEP_ACKED,      /* noted */
  STEP_LOWERED,    /* noted that the server lacks what it once had */
  STEP_LIST,       /* answer to chains */
  STEP_KEYS,       /* saved */
  STEP_NEXT_KEPT,  /* saved: the key that is to be the next */
  STEP_ROTATE,     /* answer to keys */
  STEP_ROTATED,    /* saved: the key that is in use from now on */
  STEP_NEW_CHAIN,  /* begun */
  STEP_COMPARE,    /* own hash where the server's version of a chain ends */
  STEP_PULL_HASH,  /* own hash at the place from which is asked */
  STEP_PULL,       /* answer to pull */
  STEP_TAKE,       /* taken */
  STEP_PERSONS,    /* keys of persons: told, taken, read */
  STEP_SHARE,      /* answer to persons */
} QuaySyncAwait;

/** Two versions of a chain: the same up to @lo, different at @hi. */
typedef struct
{
  gboolean on;
  guint64 lo;
  guint64 hi;
  guint probes;
} QuaySyncSearch;

/** The own chain that is being sent. */
typedef struct
{
  guint at;     /* in chains */
  guint64 from; /* of the request under way */
  guint n;
  guint64 sent_to; /* from + n − 1 */
  QuaySyncSearch search;
  gboolean poison;
  guint refused; /* times that one record was refused */
  guint stuck;   /* acknowledgements in a row that brought nothing */
  guint64 hwm;   /* of the acknowledgement that is being checked */
  QuayHash head;
  QuaySig seal;
  gint64 time;
  gint64 took;
  gboolean ok; /* the server has been asked about this chain in this round */
} QuaySyncPush;

/** The chain that is being fetched. */
typedef struct
{
  guint at; /* in the list */
  guint64 from;
  guint n;
  QuayHash prev;    /* own hash at from − 1 */
  gboolean probing; /* only to learn the server's hash at from − 1 */
  QuaySyncSearch search;
  gboolean skipped; /* some chain could not be taken: not all is here */
  QuayEnvelope *page;
} QuaySyncPull;

/** Keys of persons, of this round's exchange. */
typedef struct
{
  gint64 stamp;      /* as the server told it last; 0: it has no such call */
  QuayPersons store; /* what the store is to do, and what it found */
  GArray *lacks;     /* who is to get a box of what is wanted from the store */
  GArray *not_here;  /* QuayId: to be told that they are not here after all */
  guint turns;       /* requests so far */
  guint taking;
  gboolean all;      /* the next request begins to say anew all that is here */
  gboolean told_all; /* that was done */
  gboolean over;     /* only the note is still to be written */
} QuaySyncPersons;

struct _QuaySyncEngine
{
  QuaySyncKeys *keys;
  QuaySyncRandom random;
  gpointer random_data;
  gint64 after_append;
  gint64 between;

  gint64 now;
  gint64 wall;
  QuaySyncAwait step;
  QuaySyncAction action;
  QuaySigned headers;
  const char *call;
  GBytes *plain;
  GBytes *body;
  char *path;
  GBytes *ahead_plain; /* the next batch, as far as it is known, and packed */
  GBytes *ahead_packed;

  /* when to begin the next round */
  gint64 wake;
  gint64 count_at; /* to count what waits, while no round can run; 0: no need */
  guint failures;
  gboolean stopped; /* until somebody asks */
  gboolean holding; /* the wait is one that an append does not shorten */
  gboolean told;    /* nor the network's coming back: the server asked for it */
  gboolean dirty;   /* something was appended since the round began */
  gboolean asked;   /* the next round is a whole one */
  gboolean whole;   /* this round greets every own chain and asks for others */
  gint64 next_whole;
  gint64 began; /* this round */

  /* learned from answers */
  guint version;
  gboolean no_pack;
  guint unauthorised; /* 401 in a row */
  gboolean too_old;
  QuaySyncBatch up;
  QuaySyncBatch down;
  gint64 server_time; /* as it last told, ms; 0: not in this run */
  gint64 time_noted;  /* monotonic, when the server's time was last written down */
  char *cur;          /* newest text that an answer had */
  char *seen_cur;     /* the one up to which everything is here */
  GHashTable *held;   /* a set of QuaySyncHeld */

  GArray *chains; /* QuayChainState */
  QuaySyncPush push;
  QuayMsgChains list;
  gboolean want_list;
  guint64 begin_from; /* went back: the new chain takes the records from here on; 0: it did not */
  QuaySyncAlarm begin_alarm;
  char begin_letter[8];
  guint begun; /* chains begun since the server acknowledged one that grows */
  QuaySyncPull pull;
  QuaySyncPersons persons;
  char *trouble; /* what did not fit in this round, though it went on */

  QuaySyncState state;
};

/* engine */
QuaySyncAction *quay_sync_action (QuaySyncEngine *engine, QuaySyncDo what, QuaySyncAwait step);
/** Packs and signs a request and makes it the action; @call must be a literal. */
void quay_sync_post (QuaySyncEngine *engine, QuaySyncAwait step, const char *call, GBytes *plain);
/** The same request again, as the engine writes requests by now. */
void quay_sync_post_again (QuaySyncEngine *engine);
/** The round ends and begins again after a back-off. */
void quay_sync_give_up (QuaySyncEngine *engine, QuaySyncWhat what, const char *why);
/** The round ends and begins again after @wait ms, whatever is appended. */
void quay_sync_hold (QuaySyncEngine *engine, QuaySyncWhat what, const char *why, gint64 wait);
/** The same until somebody asks. */
void quay_sync_stop_until_asked (QuaySyncEngine *engine, QuaySyncWhat what, const char *why);
/** The round ended well. */
void quay_sync_finish (QuaySyncEngine *engine);
/** The round ends here and a whole one follows at once. */
void quay_sync_break (QuaySyncEngine *engine);
/** All over again within this round, because the chains changed. */
void quay_sync_begin_round (QuaySyncEngine *engine);
/** A chain as of the beginning of the round; NULL for one that is not here. */
QuayChainState *quay_sync_chain (QuaySyncEngine *engine, const QuayId *id);

/* round */
/** Leaves this chain as it is for this round. */
void quay_sync_push_skip (QuaySyncEngine *engine);
/** From the present own chain on: what is to be sent, or asked, or else the chains of others. */
void quay_sync_push_next (QuaySyncEngine *engine);
/** Asks the store for up to @max records from @from on; they are then pushed. */
void quay_sync_push_read (QuaySyncEngine *engine, guint64 from, guint max);
/** Asks the server whether it has the same records up to @at. */
void quay_sync_push_probe (QuaySyncEngine *engine, guint64 at);
void quay_sync_push_run (QuaySyncEngine *engine, QuayEnvelope *envelope);
/** Bytes of records that a push may have. */
gsize quay_sync_push_room (QuaySyncEngine *engine);
/** Seals the envelope at its last record; its bytes; (transfer full). */
GBytes *quay_sync_push_encode (QuaySyncEngine *engine, QuayEnvelope *envelope);
void quay_sync_push_empty (QuaySyncEngine *engine, const QuayHash *hash);
void quay_sync_push_again_unpacked (QuaySyncEngine *engine);
void quay_sync_on_ack (QuaySyncEngine *engine, const QuayMsgAck *ack, gint64 took);
void quay_sync_on_ack_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash);
void quay_sync_on_acked (QuaySyncEngine *engine);
void quay_sync_on_push_refused (QuaySyncEngine *engine, const char *why);

/* ahead */
/** @plain packed, by now or ahead; (transfer full). What was packed ahead is forgotten. */
GBytes *quay_sync_pack (QuaySyncEngine *engine, GBytes *plain);
void quay_sync_ahead_clear (QuaySyncEngine *engine);

/* held */
GHashTable *quay_sync_held_new (void);
/** One more record that the server holds; a later word about it takes the place of the earlier. */
void quay_sync_held_add (QuaySyncEngine *engine, const QuayId *chain, guint64 seq, const char *why);
/** The list is about to come anew. */
void quay_sync_held_clear (QuaySyncEngine *engine);

/* search */
/** Keeps the narrower bounds; FALSE if they contradict each other or it takes too long. */
gboolean quay_sync_search_narrow (QuaySyncSearch *search, guint64 lo, guint64 hi);
/** The own chain being pushed is the server's up to @lo, and differs, or ends here, at @hi. */
void quay_sync_search (QuaySyncEngine *engine, guint64 lo, guint64 hi);
void quay_sync_on_fork (QuaySyncEngine *engine, const QuayMsgProblem *problem);
void quay_sync_on_lowered (QuaySyncEngine *engine);
/** The server goes on from @from − 1, where this disk ends. */
void quay_sync_went_back (QuaySyncEngine *engine, guint64 from);
/** The list is here: begin the chain, with a letter that the server has not seen either. */
void quay_sync_begin_after_list (QuaySyncEngine *engine);

/* rotate */
/** The next key: to the disk, to the server, in use; or given up, after a refusal. */
void quay_sync_rotate_begin (QuaySyncEngine *engine);
void quay_sync_rotate_send (QuaySyncEngine *engine);
void quay_sync_on_rotated (QuaySyncEngine *engine, const QuayMsgKey *message);
void quay_sync_rotate_drop (QuaySyncEngine *engine, const char *why);

/* person */
void quay_sync_person_init (QuaySyncPersons *persons);
void quay_sync_person_clear (QuaySyncPersons *persons);
/** All else is done: gives and gets keys of persons if there may be any, then finishes. */
void quay_sync_person_begin (QuaySyncEngine *engine);
void quay_sync_on_persons (QuaySyncEngine *engine);
void quay_sync_on_shared (QuaySyncEngine *engine, const QuayMsgShared *message);
/** The server does not want to, in this round. */
void quay_sync_person_drop (QuaySyncEngine *engine, guint status, const char *why);

/* pull */
/** Asks which chains there are. */
void quay_sync_list (QuaySyncEngine *engine);
/** The list came, signed by the key @key_id. */
void quay_sync_on_list (QuaySyncEngine *engine, const char *key_id);
void quay_sync_pull_begin (QuaySyncEngine *engine);
void quay_sync_on_compare (QuaySyncEngine *engine, gboolean there, const QuayHash *hash);
void quay_sync_on_pull_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash);
void quay_sync_on_page (QuaySyncEngine *engine, GBytes *plain, gint64 took);
void quay_sync_on_taken (QuaySyncEngine *engine, guint64 n);
/** Leaves a chain that can't be taken, and goes on with the next. */
void quay_sync_pull_skip (QuaySyncEngine *engine, const char *why);

G_END_DECLS
