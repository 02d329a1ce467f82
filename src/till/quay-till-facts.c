/* Events of named facts. Thread: main. */
#include "quay-till-facts.h"

QuayFacts *
quay_till_begin_facts (QuayTill *till, QuayTxn *txn, QuayEventKind kind, const QuayId *entity)
{
  QuayEvent *event = quay_till_event (till, kind, FALSE);
  QuayFacts *body = event->body;
  body->id = *entity;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  quay_txn_add (txn, event);
  return body;
}

void
quay_facts_add_text (QuayFacts *facts, const char *field, const char *text)
{
  g_ptr_array_add (facts->facts, text != NULL && *text != '\0' ? quay_fact_new_text (field, text)
                                                               : quay_fact_new_cleared (field));
}

void
quay_facts_add_number (QuayFacts *facts, const char *field, gint64 number)
{
  g_ptr_array_add (facts->facts, quay_fact_new_number (field, number));
}

void
quay_facts_add_id (QuayFacts *facts, const char *field, const QuayId *id)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (id, text);
  quay_facts_add_text (facts, field, text);
}

gint64
quay_facts_get_number (GHashTable *facts, const char *field, gint64 fallback)
{
  gint64 number;
  const char *text = g_hash_table_lookup (facts, field);
  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;
  return number;
}

QuayId
quay_facts_get_id (GHashTable *facts, const char *field)
{
  QuayId id;
  const char *text = g_hash_table_lookup (facts, field);
  return text != NULL && quay_id_from_text (text, &id) ? id : QUAY_ID_NIL;
}

char *
quay_facts_dup_text (GHashTable *facts, const char *field)
{
  return g_strdup (g_hash_table_lookup (facts, field));
}
