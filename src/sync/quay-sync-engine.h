/* The engine of sync: a state machine without socket, clock and thread. The caller brings time,
 * answers and what the store knows; the engine says what to do next. The protocol is README.md.
 * One thread at a time. */
#pragma once

#include "quay-store-sync.h"
#include "quay-sync-keys.h"

G_BEGIN_DECLS

#define QUAY_SYNC_HELD_KEPT 100 /* reasons of the server that are kept to be shown */

typedef struct _QuaySyncEngine QuaySyncEngine;

/** What the engine wants done next. */
typedef enum
{
  QUAY_SYNC_WAIT,      /* nothing before @until (monotonic ms), unless something happens */
  QUAY_SYNC_SEND,      /* send @path with @body; then quay_sync_engine_answer() or _failed() */
  QUAY_SYNC_CHAINS,    /* quay_store_chains(), then quay_sync_engine_chains() */
  QUAY_SYNC_READ,      /* quay_store_read_run(), then quay_sync_engine_run() */
  QUAY_SYNC_HASH,      /* quay_store_hash_at(), then quay_sync_engine_hash() */
  QUAY_SYNC_ACKED,     /* quay_store_set_acked(), then quay_sync_engine_done() */
  QUAY_SYNC_TAKE,      /* quay_store_take_run(), then … */
  QUAY_SYNC_NEW_CHAIN, /* quay_store_new_chain(), then … */
  QUAY_SYNC_KEYS,      /* save the keys, then … */
  QUAY_SYNC_PERSONS,   /* quay_store_persons(), then quay_sync_engine_persons() */
} QuaySyncDo;

/** The members that the action uses are set; all are borrowed until the next call. */
typedef struct
{
  QuaySyncDo what;
  gint64 until;
  const char *path; /* SEND */
  const char *type; /* SEND: content type */
  GBytes *body;     /* SEND: packed where @packed */
  gboolean packed;
  QuaySigned *headers;    /* SEND */
  QuayId chain;           /* READ, HASH, ACKED; NEW_CHAIN: the own chain that it goes on from */
  guint64 seq;            /* READ: from; HASH, ACKED: where; NEW_CHAIN: from */
  guint max;              /* READ */
  gsize max_bytes;        /* READ */
  const QuaySig *seal;    /* ACKED; NULL: the server has nothing */
  gint64 server_time;     /* ACKED */
  QuayEnvelope *envelope; /* TAKE */
  const char *letter;     /* NEW_CHAIN, NULL: the next free one */
  QuayPersons *persons;   /* PERSONS; written to */
} QuaySyncAction;

/** An answer as the transport got it; borrowed. Header texts may be NULL. */
typedef struct
{
  guint status;
  const char *type;
  gboolean packed;
  GBytes *body;
  QuaySigned headers;
  gint64 retry_after; /* s, 0 if not said */
  gint64 took;        /* ms */
} QuaySyncAnswer;

typedef enum
{
  QUAY_SYNC_LOST_UNREACHED, /* no connection */
  QUAY_SYNC_LOST_TIMEOUT,
  QUAY_SYNC_LOST_TLS, /* a certificate that is not to be trusted, or a clock far off */
  QUAY_SYNC_LOST_CUT,
  QUAY_SYNC_LOST_CLOCK, /* the certificate is not valid at this computer's time */
} QuaySyncLost;

/** What people are told. The words are the window's. */
typedef enum
{
  QUAY_SYNC_OFF,  /* not enrolled */
  QUAY_SYNC_IDLE, /* all sent */
  QUAY_SYNC_WORKING,
  QUAY_SYNC_OFFLINE,  /* the server can't be reached */
  QUAY_SYNC_NOT_OURS, /* something else answers: a login page? */
  QUAY_SYNC_TLS,
  QUAY_SYNC_BUSY,         /* the server asks to wait */
  QUAY_SYNC_UNKNOWN_TILL, /* enrol again */
  QUAY_SYNC_REVOKED,
  QUAY_SYNC_TOO_OLD,
  QUAY_SYNC_TROUBLE, /* @why */
  QUAY_SYNC_CLOCK,   /* as TLS, and this computer's clock may be the cause */
} QuaySyncWhat;

/** Something that people must know until they have seen it. */
typedef enum
{
  QUAY_SYNC_ALARM_NONE,
  QUAY_SYNC_ALARM_WENT_BACK, /* this disk had less than the server */
  QUAY_SYNC_ALARM_FORK,      /* another computer goes on from a copy of this one */
} QuaySyncAlarm;

typedef struct _QuaySyncState
{
  QuaySyncWhat what;
  guint64 waiting; /* own records not acknowledged */
  guint64 sent;    /* in this run of the program */
  guint64 received;
  guint64 persons;    /* keys of persons that came from other tills, in this run */
  guint64 to_receive; /* known to be missing here */
  guint64 held;       /* own records that the server holds */
  guint64 held_told;  /* grows when quay_sync_engine_held() has changed */
  gint64 last_ack;    /* wall ms of the last ack, 0 for none in this run */
  gint64 ahead;    /* of the wall clock to the server's at its last answer, ms; below 0: behind */
  gint64 retry_at; /* monotonic ms */
  gboolean paused; /* by quay_sync_pause() */
  QuaySyncAlarm alarm;
  char alarm_letter[8]; /* of the new chain */
  char why[200];        /* server's or system's words, for support */
} QuaySyncState;

/** @keys: (transfer none), must outlive it. @random: uniform 64 bits, for the jitter. */
typedef guint64 (*QuaySyncRandom) (gpointer data);
QuaySyncEngine *quay_sync_engine_new (QuaySyncKeys *keys, QuaySyncRandom random, gpointer data);
void quay_sync_engine_free (QuaySyncEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySyncEngine, quay_sync_engine_free)

/** What to do at @now (monotonic ms). The same until it has been answered. */
const QuaySyncAction *quay_sync_engine_next (QuaySyncEngine *engine, gint64 now);

/**
 * quay_sync_engine_answer:
 * @answer: to the request under way, as it came; nothing in it is believed before its signature
 * @wall: ms since 1970, for what people are told
 */
void quay_sync_engine_answer (QuaySyncEngine *engine, const QuaySyncAnswer *answer, gint64 now,
                              gint64 wall);
/** There was no answer to the request under way; @why: words for support, may be NULL. */
void quay_sync_engine_failed (QuaySyncEngine *engine, QuaySyncLost lost, const char *why,
                              gint64 now);
/** What CHAINS gave: GArray of QuayChainState, copied. */
void quay_sync_engine_chains (QuaySyncEngine *engine, GArray *chains);
/** What READ gave; its seal is set here, the rest is only read. */
void quay_sync_engine_run (QuaySyncEngine *engine, QuayEnvelope *envelope);
/** What HASH gave; @hash may be NULL if there is no such record. */
void quay_sync_engine_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash);
/** What PERSONS gave is in the action's persons. */
void quay_sync_engine_persons (QuaySyncEngine *engine);
/** Any other store command was done; @n: records that a TAKE brought. */
void quay_sync_engine_done (QuaySyncEngine *engine, guint64 n);
/** A store command failed: the round ends and begins again later; a chain that can't be taken is
 * left, and the round goes on. */
void quay_sync_engine_stopped (QuaySyncEngine *engine, const GError *why, gint64 now);

/**
 * quay_sync_engine_ahead:
 * @want: (out): chain, seq, max and max_bytes of the records that are likely to be sent next
 *
 * What can be made ready while the answer to a push is waited for: quay_store_read_run(), then
 * quay_sync_engine_pack_ahead(). Leaving it out changes nothing but the time.
 *
 * Returns: FALSE if there is nothing.
 */
gboolean quay_sync_engine_ahead (QuaySyncEngine *engine, QuaySyncAction *want);
/** Packs them and keeps that until it is known whether they are what is sent; sets the seal. */
void quay_sync_engine_pack_ahead (QuaySyncEngine *engine, QuayEnvelope *envelope);

/** Things that happen: a record was appended here; the network came up; somebody asked for it now.
 */
void quay_sync_engine_appended (QuaySyncEngine *engine, gint64 now);
void quay_sync_engine_link_up (QuaySyncEngine *engine, gint64 now);
void quay_sync_engine_ask (QuaySyncEngine *engine, gint64 now);

/**
 * quay_sync_engine_rotate:
 * @seed: of the new key, from the system's random source; unused if a key waits to be the next
 *
 * A new key for this till, at the next round, which begins now.
 */
void quay_sync_engine_rotate (QuaySyncEngine *engine, const guint8 seed[32], gint64 now);

/** Whether the till's key has been in use for a year, by the server's time: then rotate. */
gboolean quay_sync_engine_key_is_old (QuaySyncEngine *engine);

/** The version of the protocol that is tried first, for tests of the rule of versions. */
void quay_sync_engine_set_version (QuaySyncEngine *engine, guint version);

/** How long after an append the next round begins, and between rounds with nothing to send; ms. */
void quay_sync_engine_set_rhythm (QuaySyncEngine *engine, gint64 after_append, gint64 between);

/** The keys that it was made with. */
QuaySyncKeys *quay_sync_engine_keys (QuaySyncEngine *engine);

/** Borrowed; changes with each call. */
const QuaySyncState *quay_sync_engine_state (QuaySyncEngine *engine);

/** An own record that the server keeps but could not book. */
typedef struct
{
  QuayId chain;
  guint64 seq;
  char *why; /* the server's words; NULL: beyond those that are kept */
} QuaySyncHeld;

/** The first QUAY_SYNC_HELD_KEPT of them, in no order; (element-type QuaySyncHeld) (transfer full).
 */
GPtrArray *quay_sync_engine_held (QuaySyncEngine *engine);

/** The people have seen the alarm. */
void quay_sync_engine_seen (QuaySyncEngine *engine);

/**
 * quay_sync_step:
 * @action: one for the store or the keys
 *
 * Does what the action asks of the store and tells the engine: the one place where the two meet,
 * for the thread and for the simulator.
 */
void quay_sync_step (QuaySyncEngine *engine, QuayStore *store, const QuaySyncAction *action,
                     gint64 now);

/** Makes ready what quay_sync_engine_ahead() says; for whoever waits for an answer. */
void quay_sync_step_ahead (QuaySyncEngine *engine, QuayStore *store);

G_END_DECLS
