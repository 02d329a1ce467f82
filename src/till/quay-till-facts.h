/* Events of named facts, as the till's verbs write them. Private to this folder. */
#pragma once

#include "quay-till-private.h"

G_BEGIN_DECLS

/** Adds to @txn an event with facts of an entity; they are added to the body that it returns,
 * borrowed. */
QuayFacts *quay_till_begin_facts (QuayTill *till, QuayTxn *txn, QuayEventKind kind,
                                  const QuayId *entity);

/** Adds a text; NULL and "" clear what was there. */
void quay_facts_add_text (QuayFacts *facts, const char *field, const char *text);
void quay_facts_add_number (QuayFacts *facts, const char *field, gint64 number);
void quay_facts_add_id (QuayFacts *facts, const char *field, const QuayId *id);

/** What facts of quay_reader_facts() say; @fallback, or nil, if nothing or no number, no id. */
gint64 quay_facts_get_number (GHashTable *facts, const char *field, gint64 fallback);
QuayId quay_facts_get_id (GHashTable *facts, const char *field);
/** (transfer full); NULL for nothing. */
char *quay_facts_dup_text (GHashTable *facts, const char *field);

G_END_DECLS
