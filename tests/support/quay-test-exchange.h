/* Exchange between stores without a network: one of them stands for the server. */
#pragma once

#include "quay-store-sync.h"

G_BEGIN_DECLS

/** Greatest seq up to which both have the same; 0 if they have nothing in common. */
guint64 quay_test_common (QuayStore *a, QuayStore *b, const QuayId *chain);

/**
 * quay_test_pull:
 * @max: records of a run
 *
 * Gives @to what it lacks of the chain as @from has it, after what both have; returns how many
 * records were new. Fails the test if it is refused.
 */
guint64 quay_test_pull (QuayStore *to, QuayStore *from, const QuayId *chain, guint max);

/** All chains that @to does not append to. */
guint64 quay_test_pull_all (QuayStore *to, QuayStore *from, guint max);

/**
 * quay_test_sync:
 *
 * A round as src/sync/README.md has it: sends the till's own chains; where the server has something
 * else, the till begins a new chain, into which it moves its own; then fetches all the rest.
 * Returns how many chains were begun.
 */
guint quay_test_sync (QuayStore *till, QuayStore *server, guint max);

/** Fails the test unless the projected tables of both are equal, naming the first that is not. */
void quay_test_assert_equal (QuayStore *a, QuayStore *b);

/** The state of a chain in a store; FALSE if it is not there. */
gboolean quay_test_chain (QuayStore *store, const QuayId *chain, QuayChainState *state);
/** The chain that the store appends to. */
QuayChainState quay_test_mine (QuayStore *store);

G_END_DECLS
