/* Words about requests about personal data. Any thread. */
#pragma once

#include "quay-request.h"

G_BEGIN_DECLS

/** What is asked for; static. */
const char *quay_request_kind_words (QuayRequestKind kind);
/** How it came, as in quay_request_ways; static, the name itself for another. */
const char *quay_request_way_words (const char *how);
/** Why more time is needed, or why it was not done; static, the same. */
const char *quay_request_delay_words (const char *why);
const char *quay_request_refusal_words (const char *why);

/** Who asks: the customer's name, or the reference; (transfer full). */
char *quay_request_who_words (const QuayRequest *request);
/** Where it stands on @today: "3 days left", "done 05/12/2026"; (transfer full). */
char *quay_request_state_words (const QuayRequest *request, QuayDay today);
/** The badge for that (quay_table_set_badge()); static. */
const char *quay_request_badge (const QuayRequest *request, QuayDay today);
/** What was done until now, and what comes next, a line each; (transfer full). */
char *quay_request_story (const QuayRequest *request);

G_END_DECLS
