/* Rules that the simulator may leave out, one at a time, to show that it would notice (see
 * tests/sim/README.md). A program that is built to be used has no such switch. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QUAY_RULE:
 *
 * TRUE if the rule of that name is to be kept: always, but for the simulator.
 */
#ifdef QUAY_RULES_CAN_FAIL
#define QUAY_RULE(name) quay_rule_holds (name)
#else
#define QUAY_RULE(name) TRUE
#endif

/** Leaves out the rule of that name from now on; NULL: none. Before other threads start. */
void quay_rule_leave_out (const char *name);

/** FALSE for the rule that was left out. Any thread. */
gboolean quay_rule_holds (const char *name);

G_END_DECLS
