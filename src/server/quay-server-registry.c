/* From entities to events: what differs from what is known is said, nothing else. */
#include "quay-server-registry-private.h"

#include "quay-server-own.h"

#include <string.h>

#define FACTS_A_RECORD 200

void
quay_server_import_clear (QuayServerImport *import)
{
  g_clear_pointer (&import->refused, g_ptr_array_unref);
  g_clear_pointer (&import->unknown, g_ptr_array_unref);
}

static void
free_refusal (gpointer data)
{
  QuayServerRefusal *refusal = data;
  g_free (refusal->column);
  g_free (refusal->why);
  g_free (refusal);
}

/* --- what is known --- */

/* The province's facts of one kind: entity → (field → QuayServerFact). */
typedef struct
{
  GPtrArray *facts;
  GHashTable *entities;
} Known;

static void
clear_known (Known *known)
{
  g_clear_pointer (&known->entities, g_hash_table_unref);
  g_clear_pointer (&known->facts, g_ptr_array_unref);
}

static gboolean
load_known (Known *known, QuayServerDb *db, QuayEventKind kind, GError **error)
{
  const QuayId province = QUAY_ID_NIL;
  known->facts = db->ops->facts (db, &province, quay_event_kind_name (kind), error);
  if (known->facts == NULL)
    return FALSE;
  known->entities =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, NULL, (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < known->facts->len; i++)
    {
      QuayServerFact *fact = known->facts->pdata[i];
      GHashTable *fields = g_hash_table_lookup (known->entities, fact->entity);
      if (fields == NULL)
        {
          fields = g_hash_table_new (g_str_hash, g_str_equal);
          g_hash_table_insert (known->entities, fact->entity, fields);
        }
      g_hash_table_insert (fields, fact->field, fact);
    }
  return TRUE;
}

static gboolean
is_same (const QuayFact *fact, const QuayServerFact *known)
{
  if (known == NULL || known->cleared)
    return fact->cleared; /* never said and taken back are the same to a file */
  if (fact->cleared)
    return FALSE;
  return g_strcmp0 (fact->text, known->text) == 0 &&
         (fact->text != NULL || fact->number == known->number);
}

/* --- events --- */

typedef struct
{
  Known known[QUAY_N_EVENT_KINDS];
  QuayServerImport *import;
  GPtrArray *events; /* QuayEvent */
} Plan;

static QuayEvent *
begin_event (const QuayRegistryEntity *entity)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (entity->entity, &len);
  QuayEvent *event = quay_event_new (entity->kind);
  QuayFacts *body = event->body;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  if (entity->kind == QUAY_EVENT_PRODUCER || entity->kind == QUAY_EVENT_CERTIFICATE)
    memcpy (body->id.b, bytes, sizeof body->id.b);
  else
    body->code = g_strndup ((const char *)bytes, len);
  return event;
}

static QuayFact *
copy_fact (const QuayFact *fact)
{
  if (fact->cleared)
    return quay_fact_new_cleared (fact->field);
  return fact->text != NULL ? quay_fact_new_text (fact->field, fact->text)
                            : quay_fact_new_number (fact->field, fact->number);
}

static void
plan_entity (Plan *plan, const QuayRegistryEntity *entity)
{
  QuayEvent *event = NULL;
  GHashTable *fields = g_hash_table_lookup (plan->known[entity->kind].entities, entity->entity);
  gboolean differs = FALSE;
  for (guint i = 0; i < entity->facts->len; i++)
    {
      const QuayFact *fact = entity->facts->pdata[i];
      if (is_same (fact, fields != NULL ? g_hash_table_lookup (fields, fact->field) : NULL))
        continue;
      differs = TRUE;
      if (event == NULL || ((QuayFacts *)event->body)->facts->len == FACTS_A_RECORD)
        {
          event = begin_event (entity);
          g_ptr_array_add (plan->events, event);
        }
      g_ptr_array_add (((QuayFacts *)event->body)->facts, copy_fact (fact));
    }
  plan->import->added += fields == NULL;
  plan->import->changed += fields != NULL && differs;
  plan->import->same += fields != NULL && !differs;
}

/* Whether the producer that a certificate names is known or in the file. */
static gboolean
producer_is_there (Plan *plan, GHashTable *in_file, const QuayRegistryEntity *entity)
{
  if (quay_id_is_nil (&entity->producer))
    return TRUE;
  g_autoptr (GBytes) id = g_bytes_new (entity->producer.b, sizeof entity->producer.b);
  return g_hash_table_contains (in_file, id) ||
         g_hash_table_contains (plan->known[QUAY_EVENT_PRODUCER].entities, id) ||
         quay_registry_refuse (plan->import, entity->row, "producer", "is not known");
}

static void
plan_all (Plan *plan, GPtrArray *entities)
{
  g_autoptr (GHashTable) producers = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  for (guint i = 0; i < entities->len; i++)
    if (((QuayRegistryEntity *)entities->pdata[i])->kind == QUAY_EVENT_PRODUCER)
      g_hash_table_add (producers, ((QuayRegistryEntity *)entities->pdata[i])->entity);
  for (guint i = 0; i < entities->len; i++)
    if (producer_is_there (plan, producers, entities->pdata[i]))
      plan_entity (plan, entities->pdata[i]);
}

/* A long document ends with what it held. */
static void
close_document (Plan *plan, QuayServer *server, const char *name)
{
  g_autoptr (GByteArray) ids = g_byte_array_new ();
  for (guint i = 0; i < plan->events->len; i++)
    {
      QuayEvent *event = plan->events->pdata[i];
      event->id = quay_id_new (&server->env);
      g_byte_array_append (ids, event->id.b, sizeof event->id.b);
    }
  QuayEvent *event = quay_event_new (QUAY_EVENT_POSTED);
  QuayPosted *body = event->body;
  body->document = quay_id_new (&server->env);
  body->kind = g_strdup ("registry");
  body->name = g_utf8_make_valid (name, (gssize)MIN (strlen (name), 100));
  body->count = plan->events->len;
  body->hash = quay_sha256_hex (ids->data, ids->len);
  g_ptr_array_add (plan->events, event);
}

static gboolean
write_plan (Plan *plan, QuayServer *server, QuayServerDb *db, GPtrArray *entities, const char *name,
            GError **error)
{
  static const QuayEventKind used[] = { QUAY_EVENT_PRODUCER, QUAY_EVENT_CERTIFICATE,
                                        QUAY_EVENT_COMMUNE, QUAY_EVENT_PARAM };
  g_auto (QuayServerScope) scope = { NULL };
  QuayHash head;
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (used); i++)
    if (!load_known (&plan->known[used[i]], db, used[i], error))
      return FALSE;
  plan_all (plan, entities);
  if (plan->events->len == 0)
    return TRUE;
  close_document (plan, server, name);
  return quay_server_say_events (server, db, plan->events, &head, error) &&
         quay_server_scope_commit (&scope, error);
}

gboolean
quay_server_import (QuayServer *server, const char *name, const char *data, gsize len,
                    QuayServerImport *import, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  Plan plan = { .import = import };
  memset (import, 0, sizeof *import);
  import->refused = g_ptr_array_new_with_free_func (free_refusal);
  import->unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entities = quay_registry_read (data, len, import, error);
  if (entities == NULL || !quay_server_take (&use, server, error))
    return FALSE;
  plan.events = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_event_free);
  write_plan (&plan, server, use.db, entities, name, &failed);
  quay_server_give (&use, failed);
  for (guint i = 0; i < QUAY_N_EVENT_KINDS; i++)
    clear_known (&plan.known[i]);
  g_ptr_array_unref (plan.events);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}
