/* What tests share: a folder that goes away, a clock and chance that repeat, a ready-made sale. */
#pragma once

#include "quay-event.h"

G_BEGIN_DECLS

/** A clock that moves by @step_ms at each look, and seeded chance. Safe from any thread. */
typedef struct
{
  GMutex lock;
  gint64 wall_ms;
  gint64 step_ms;
  guint64 state;
  QuayEnv env; /* points at this struct: don't copy */
} QuayTestEnv;

/** Starts at 2026-11-23 08:00 in Vietnam. */
void quay_test_env_init (QuayTestEnv *test, guint64 seed);

/** Moves the clock that other threads may be looking at; returns what it shows then. */
gint64 quay_test_env_move (QuayTestEnv *test, gint64 by_ms);

/** A new empty folder under the system's temporary one; (transfer full). */
char *quay_test_dir (void);
/** The same where a sync costs nothing, as far as the system has such a place. */
char *quay_test_dir_in_memory (void);
/** Removes a folder with all it holds. */
void quay_test_remove (const char *dir);

/** A place, a product: fixed ids for the number @n. */
QuayId quay_test_id (guint8 kind, guint n);

/**
 * A sale of 1–4 lines of products out of @n_products, paid in cash, ready for quay_txn_add().
 * @id: the event's id, NULL lets the store choose.
 */
QuayEvent *quay_test_sale (GRand *chance, guint n_products, const QuayId *id);

G_END_DECLS
