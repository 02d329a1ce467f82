/* The simulator: tills and a server in one process, on virtual time, everything drawn from a seed.
 * The store, the engine, the handlers and the ingest are the real ones; here are only the world
 * around them, and the checks. One thread; a failure is noted and ends the history. */
#pragma once

#include "sim-disk.h"

#include "quay-server-handle.h"
#include "quay-store-private.h"
#include "quay-sync-engine.h"

G_BEGIN_DECLS

#define SIM_START_MS G_GINT64_CONSTANT (1795395600000) /* 2026-11-23 08:00 +07:00 */
#define SIM_URL "https://office.example"
#define SIM_SITES 2

typedef struct SimWorld SimWorld;

/** A computer's clock: the world's time, and how wrong it is; each look takes @pace ms. */
typedef struct
{
  SimWorld *world;
  gint64 skew;
  gint64 looks;
  gint64 pace;
} SimClock;

/** A request as it is on the wire; owns all. */
typedef struct
{
  char *path;
  char *till;
  GBytes *body;
  gboolean packed;
  QuaySigned headers;
} SimRequest;

/** An answer as it is on the wire; owns all. @ours: by the server, to the request with @digest. */
typedef struct
{
  gboolean ours;
  char *digest;
  guint status;
  char *type;
  gboolean packed;
  gint64 wait;
  GBytes *body;
  QuaySigned headers;
} SimAnswer;

/** A copy of a till's folder. */
typedef struct
{
  char *dir;
  GHashTable *alive;
} SimImage;

/** Where the request of a till's engine is. */
typedef enum
{
  SIM_NOT_SENT,
  SIM_ON_ITS_WAY,
  SIM_ANSWERED,
  SIM_LOST,
} SimFlight;

/**
 * SimTill: a computer that runs a till.
 * @alive: QuayId: events whose commit was reported done here, as far as the disk has them
 * @maybe: QuayId: events whose commit failed in an unknown way
 * @noted: QuayId → SimNoted: what of its own chains the world knows
 * @secret: one-time code under way
 */
typedef struct
{
  SimWorld *world;
  guint no;
  char *dir;
  SimDisk *disk;
  SimClock clock;
  QuayEnv env;
  guint site;
  gboolean gone;
  gboolean fresh;  /* nothing is on it yet: it is to be enrolled in the place of @replaces */
  QuayId replaces; /* nil: of none */
  QuayId id;       /* that it will have; from the seed, as enrolment would take the real time */
  gboolean appended;
  QuayStore *store; /* NULL: off */
  QuaySyncKeys *keys;
  QuaySyncEngine *engine;
  GHashTable *alive;
  GHashTable *maybe;
  GHashTable *noted;
  char *secret;
  SimImage *image;
  SimFlight flight;
  SimRequest *request;
  SimAnswer *answer;
  QuaySyncLost lost;
} SimTill;

/** A chain's end, @acked: of a till's, what it believes the server has; @durable: of the server's,
 * what an answer has promised. */
typedef struct
{
  guint64 seq;
  QuayHash head;
  guint64 acked;
  guint64 durable;
} SimNoted;

typedef struct
{
  char *dir;
  char *url;
  SimDisk *disk;
  SimClock clock;
  QuayEnv env;
  QuayServer *server; /* NULL: off */
  GHashTable *noted;  /* QuayId → SimNoted */
  char *image;        /* folder of last night's copy */
} SimServer;

/** What may happen in a history; drawn at its beginning. */
typedef struct
{
  guint network; /* of 1000 requests, how many are disturbed */
  gboolean crashes;
  gboolean full;
  gboolean clocks;
  gboolean server_back; /* the server is restored from last night's copy */
  gboolean tills_back;  /* tills are restored from older copies, or lost */
  gboolean clones;
  gboolean revokes;
  gboolean held;
  gboolean forgers;
  gboolean rush;     /* more records at once than a batch holds */
  gboolean keys;     /* tills get new keys */
  gboolean registry; /* the province says something */
  guint steps;
} SimPlan;

/** Somebody whose key a till of the site has kept. */
typedef struct
{
  QuayId id;
  guint site;
} SimPerson;

struct SimWorld
{
  guint64 seed;
  guint64 state;
  GRand *chance; /* for events */
  char *dir;
  gint64 now; /* ms */
  SimPlan plan;
  gboolean calm; /* no faults any more */
  SimServer server;
  QuayId sites[SIM_SITES];
  GPtrArray *tills;    /* SimTill */
  GArray *persons;     /* SimPerson */
  GPtrArray *late;     /* SimRequest: still on their way */
  GPtrArray *answers;  /* SimAnswer: of before, which may come again */
  GHashTable *written; /* QuayHash: of records that some till wrote */
  GHashTable *had;     /* QuayHash: of records that the server ever had */
  guint n_steps;
  guint n_folders;
  gboolean verbose;
  GChecksum *history;
  GQueue lines; /* the last of the log */
  char *failure;
};

/* --- the world --- */

/** Makes what all histories begin with, in the folder @dir; once. */
void sim_template_make (const char *dir);
/** A history's beginning; (transfer full). Frees all with its folder. */
SimWorld *sim_world_new (guint64 seed, const char *dir, gboolean verbose);
void sim_world_free (SimWorld *world);

guint64 sim_draw (SimWorld *world, guint64 below);
/** SimDraw. */
guint64 sim_draw_cb (gpointer world, guint64 below);
/** TRUE @n times of 1000. */
gboolean sim_chance (SimWorld *world, guint n);

/** A line of the history. */
void sim_log (SimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** What must not be: the first is kept. */
void sim_fail (SimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

void sim_env_init (QuayEnv *env, SimClock *clock);
/** Copies the files of a folder, which nobody has open. */
void sim_copy_dir (const char *from, const char *to);
char *sim_new_dir (SimWorld *world, const char *word);

/* --- tills --- */

/** A computer with a copy of the folder @from; NULL: an empty one. Off. */
SimTill *sim_till_new (SimWorld *world, const char *from, guint site);
void sim_till_free (SimTill *till);
/** FALSE if it can't start now; a reason that there should not be is a failure. */
gboolean sim_till_start (SimTill *till);
/** Orderly. */
void sim_till_stop (SimTill *till);
/** The program ends where it is; @power: and the power with it. */
void sim_till_crash (SimTill *till, gboolean power);
/** After anything that writes: crashes if the power failed meanwhile. TRUE if it is on. */
gboolean sim_till_lives (SimTill *till);
/** Enrols it (again), by a code of the office. @replaces: NULL or a till whose place it takes. */
gboolean sim_till_enrol (SimTill *till, const QuayId *replaces);
/** Anew with what quay.keys has. */
void sim_till_make_engine (SimTill *till);
/** One action of the engine, or one step of its request. FALSE if it rests. */
gboolean sim_till_act (SimTill *till);
void sim_till_drop_flight (SimTill *till);
/** Commits @n events of random kinds. */
void sim_till_sell (SimTill *till, guint n);
/** Commits more than one batch takes. */
void sim_till_rush (SimTill *till);
/** Appends a record that this program can't book, or one that is a burden otherwise. */
void sim_till_append_strange (SimTill *till);

SimImage *sim_image_new (SimTill *till);
void sim_image_free (SimImage *image);
GHashTable *sim_copy_ids (GHashTable *ids);
GHashTable *sim_new_ids (void);

/* --- the server --- */

gboolean sim_server_start (SimWorld *world);
void sim_server_stop (SimWorld *world);
void sim_server_crash (SimWorld *world, gboolean power);
/** The office imports a file into the province's chain. */
void sim_server_import (SimWorld *world);
/** Answers, unless it is off or dies of it; (transfer full). */
SimAnswer *sim_server_handle (SimWorld *world, const SimRequest *request);

/* --- the network --- */

SimRequest *sim_request_copy (const SimRequest *request);
void sim_request_free (SimRequest *request);
SimAnswer *sim_answer_copy (const SimAnswer *answer);
void sim_answer_free (SimAnswer *answer);
/** Carries the till's request, or loses it, or worse. */
void sim_carry (SimTill *till);
/** Something that was thought lost reaches the server. */
void sim_carry_late (SimWorld *world);
/** Somebody has the till's key, and sends with it what no till would. */
void sim_forge (SimTill *till);
/** The world that quay_sync_transport_send() is in; NULL: none. */
void sim_net_set_world (SimWorld *world);

/* --- persons --- */

/** Keeps a key for the event @id in the same transaction. */
void sim_person_add (SimTill *till, QuayTxn *txn, const QuayId *id);
/** An event that erases somebody of the till's site, or NULL; (transfer full). */
QuayEvent *sim_person_erase (SimTill *till);
/** Who must have which key in the end. */
void sim_person_check (SimWorld *world);
/** Which keys a till has. */
void sim_person_sum (SimTill *till, GChecksum *sum);

/* --- steps and checks --- */

void sim_step (SimWorld *world);
/** Faults are over: all is exchanged, and compared. @deep: replay every file, too. */
void sim_settle (SimWorld *world, gboolean deep);

/** Notes what the till has written, and checks what it believes of the server. */
void sim_check_till (SimTill *till);
/** Notes what the server has, and checks it. @answered: an answer has promised it. */
void sim_check_server (SimWorld *world, gboolean answered);
/** After a crash: what was promised is there. */
void sim_check_server_kept (SimWorld *world);
void sim_check_server_restored (SimWorld *world);
/** The tills of a shop, table by table. */
void sim_check_tills_equal (SimWorld *world);
/** All that must be equal in the end. */
void sim_check_end (SimWorld *world, gboolean deep);

G_END_DECLS
