/* What the shop knows, for checking products against it, and the events of checked ones. */
#include "quay-editor-private.h"
#include "quay-text.h"

#include <string.h>

#define BATCH 500 /* prices or stock lines in one event: well below its bytes */

static void
producer_free (QuayProducer *producer)
{
  g_free (producer->name);
  g_free (producer->commune);
  g_free (producer);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
set_of_keys (GPtrArray *rows)
{
  GHashTable *set = new_set ();
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (set, g_strdup (((QuayReportRow *)rows->pdata[i])->key));
  g_ptr_array_unref (rows);
  return set;
}

static void
name_commune (QuayEditor *editor, const char *key, const char *code)
{
  gboolean taken = g_hash_table_contains (editor->commune_names, key);
  g_hash_table_insert (editor->commune_names, g_strdup (key), g_strdup (taken ? "" : code));
}

/* Those of today go by their names too, with or without the word for what they are. */
static void
load_commune_names (QuayEditor *editor)
{
  static const char *const kinds[] = { "xa ", "phuong ", "thi tran " };
  g_autoptr (GPtrArray) rows = quay_till_read_communes (editor->reader, editor->today);
  editor->commune_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      g_autofree char *key = quay_text_search_key (row->name);
      name_commune (editor, key, row->key);
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        if (g_str_has_prefix (key, kinds[k]))
          name_commune (editor, key + strlen (kinds[k]), row->key);
    }
}

const char *
quay_editor_commune (QuayEditor *editor, const char *text)
{
  gpointer code = NULL;
  if (g_hash_table_lookup_extended (editor->communes, text, &code, NULL))
    return code;
  g_autofree char *key = quay_text_search_key (text);
  code = g_hash_table_lookup (editor->commune_names, key);
  return code != NULL && *(char *)code != '\0' ? code : NULL;
}

static void
load_producers (QuayEditor *editor)
{
  QuayReader *reader = editor->reader;
  g_autoptr (GHashTable) communes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) places = quay_reader_entities (reader, "producer", "commune");
  g_autoptr (GPtrArray) names = quay_reader_entities (reader, "producer", "name");
  for (guint i = 0; i < places->len; i++)
    {
      const QuayReportRow *row = places->pdata[i];
      g_hash_table_insert (communes, g_strdup (row->key), g_strdup (row->name));
    }
  for (guint i = 0; i < names->len; i++)
    {
      QuayId id;
      const QuayReportRow *row = names->pdata[i];
      if (!quay_id_from_text (row->key, &id))
        continue;
      QuayProducer *producer = g_new0 (QuayProducer, 1);
      producer->id = id;
      producer->name = g_strdup (row->name);
      producer->commune = g_strdup (g_hash_table_lookup (communes, row->key));
      g_ptr_array_add (editor->producers, producer);
      g_hash_table_insert (editor->producer_names, g_utf8_strdown (row->name, -1),
                           GUINT_TO_POINTER (editor->producers->len));
    }
}

QuayAsOf
quay_editor_as_of (QuayEditor *editor)
{
  return (QuayAsOf){ .day = editor->today, .loc = editor->floor };
}

QuayEditor *
quay_editor_prepare (QuayTill *till)
{
  QuayEditor *editor = g_new0 (QuayEditor, 1);
  editor->till = till;
  editor->env = till->env;
  editor->dir = g_strdup (till->dir);
  editor->floor = till->floor;
  editor->today = quay_till_day (till);
  return editor;
}

void
quay_editor_load (QuayEditor *editor, QuayReader *reader)
{
  g_autoptr (GPtrArray) categories = quay_reader_categories (reader);
  editor->reader = reader;
  editor->vat_classes = set_of_keys (quay_till_read_vat_classes (reader, editor->today, NULL));
  editor->communes = set_of_keys (quay_reader_entities (reader, "commune", "name"));
  load_commune_names (editor);
  editor->categories = new_set ();
  for (guint i = 0; i < categories->len; i++)
    g_hash_table_add (editor->categories, g_strdup (((QuayCategory *)categories->pdata[i])->code));
  editor->producers = g_ptr_array_new_with_free_func ((GDestroyNotify)producer_free);
  editor->producer_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  editor->skus = new_set ();
  editor->codes = new_set ();
  load_producers (editor);
}

QuayEditor *
quay_editor_new (QuayTill *till)
{
  QuayEditor *editor = quay_editor_prepare (till);
  quay_editor_load (editor, till->reader);
  return editor;
}

void
quay_editor_free (QuayEditor *editor)
{
  if (editor == NULL)
    return;
  g_clear_pointer (&editor->vat_classes, g_hash_table_unref); /* there once it was loaded */
  g_clear_pointer (&editor->categories, g_hash_table_unref);
  g_clear_pointer (&editor->communes, g_hash_table_unref);
  g_clear_pointer (&editor->commune_names, g_hash_table_unref);
  g_clear_pointer (&editor->producers, g_ptr_array_unref);
  g_clear_pointer (&editor->producer_names, g_hash_table_unref);
  g_clear_pointer (&editor->skus, g_hash_table_unref);
  g_clear_pointer (&editor->codes, g_hash_table_unref);
  g_free (editor->dir);
  g_free (editor);
}

/* --- events --- */

/* Events of one document, in order. */
typedef struct
{
  QuayEditor *editor;
  QuayTxn *txn;
  QuayId document;
  GByteArray *ids;
  QuayEvent *prices;
  QuayEvent *stock;
} Writer;

static QuayEvent *
add_event (Writer *writer, QuayEventKind kind, gboolean goods)
{
  QuayEvent *event = quay_till_event (writer->editor->till, kind, goods);
  event->shift = QUAY_ID_NIL; /* the catalogue belongs to no shift */
  event->id = quay_id_new (&writer->editor->till->env);
  g_byte_array_append (writer->ids, event->id.b, sizeof event->id.b);
  quay_txn_add (writer->txn, event);
  return event;
}

static void
write_producer (Writer *writer, QuayProducer *producer)
{
  if (!producer->added && !producer->commune_moved)
    return;
  QuayFacts *body = add_event (writer, QUAY_EVENT_PRODUCER, FALSE)->body;
  body->id = producer->id;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  if (producer->added)
    g_ptr_array_add (body->facts, quay_fact_new_text ("name", producer->name));
  if (producer->commune != NULL)
    g_ptr_array_add (body->facts, quay_fact_new_text ("commune", producer->commune));
  producer->added = FALSE;
  producer->commune_moved = FALSE;
}

static gpointer
copy_fact (gconstpointer data, gpointer unused)
{
  const QuayFact *fact = data;
  if (fact->cleared)
    return quay_fact_new_cleared (fact->field);
  return fact->text != NULL ? quay_fact_new_text (fact->field, fact->text)
                            : quay_fact_new_number (fact->field, fact->number);
}

static void
write_facts (Writer *writer, const QuayItemPlan *plan)
{
  if (plan->facts->len == 0)
    return;
  QuayFacts *body = add_event (writer, QUAY_EVENT_PRODUCT, FALSE)->body;
  body->id = plan->product;
  body->facts = g_ptr_array_copy (plan->facts, copy_fact, NULL);
  g_ptr_array_set_free_func (body->facts, (GDestroyNotify)quay_fact_free);
}

static void
write_codes (Writer *writer, const QuayItemPlan *plan)
{
  for (guint i = 0; i < plan->unbound->len; i++)
    {
      QuayCode *body = add_event (writer, QUAY_EVENT_CODE, FALSE)->body;
      body->code = g_strdup (plan->unbound->pdata[i]);
    }
  for (guint i = 0; i < plan->bound->len; i++)
    {
      QuayCode *body = add_event (writer, QUAY_EVENT_CODE, FALSE)->body;
      body->code = g_strdup (plan->bound->pdata[i]);
      body->product = plan->product;
    }
}

static void
write_price (Writer *writer, const QuayItemPlan *plan)
{
  if (!plan->has_price)
    return;
  QuayPrices *body = writer->prices != NULL ? writer->prices->body : NULL;
  if (body == NULL || body->prices->len >= BATCH)
    {
      writer->prices = add_event (writer, QUAY_EVENT_PRICE, FALSE);
      body = writer->prices->body;
      body->prices = g_ptr_array_new ();
    }
  QuayPrice *price = g_new0 (QuayPrice, 1);
  price->product = plan->product;
  price->day = plan->price_day;
  price->price = plan->price;
  g_ptr_array_add (body->prices, price);
}

static void
write_stock (Writer *writer, const QuayItemPlan *plan)
{
  if (plan->stock.milli == 0)
    return;
  QuayStockOpening *body = writer->stock != NULL ? writer->stock->body : NULL;
  if (body == NULL || body->lines->len >= BATCH)
    {
      writer->stock = add_event (writer, QUAY_EVENT_STOCK_OPENING, TRUE);
      body = writer->stock->body;
      body->document = writer->document;
      body->lines = g_ptr_array_new ();
    }
  QuayStockLine *line = g_new0 (QuayStockLine, 1);
  line->product = plan->product;
  line->qty = plan->stock;
  g_ptr_array_add (body->lines, line);
}

/* A long document ends with what it held. */
static void
write_posted (Writer *writer, const char *name)
{
  guint count = writer->ids->len / sizeof (QuayId);
  char *hash = quay_sha256_hex (writer->ids->data, writer->ids->len);
  QuayPosted *body = add_event (writer, QUAY_EVENT_POSTED, FALSE)->body;
  body->document = writer->document;
  body->kind = g_strdup ("catalogue");
  body->name = g_strdup (name);
  body->count = count;
  body->hash = hash;
}

gboolean
quay_editor_write (QuayEditor *editor, GPtrArray *plans, const char *document, QuayTxn *txn,
                   GError **error)
{
  Writer writer = { .editor = editor, .txn = txn };
  for (guint i = 0; i < plans->len; i++)
    {
      const QuayItemPlan *plan = plans->pdata[i];
      if (plan->picture != NULL && !quay_picture_take (editor->dir, plan->picture, error))
        return FALSE;
    }
  writer.document = quay_id_new (&editor->till->env);
  writer.ids = g_byte_array_new ();
  for (guint i = 0; i < plans->len; i++)
    {
      const QuayItemPlan *plan = plans->pdata[i];
      if (plan->producer != 0)
        write_producer (&writer, editor->producers->pdata[plan->producer - 1]);
      write_facts (&writer, plan);
      write_codes (&writer, plan);
      write_price (&writer, plan);
      write_stock (&writer, plan);
    }
  if (plans->len > 1 && writer.ids->len > 0)
    write_posted (&writer, document);
  g_byte_array_unref (writer.ids);
  return TRUE;
}

void
quay_editor_done (QuayEditor *editor, GPtrArray *plans)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new ();
  for (guint i = 0; i < plans->len; i++)
    g_ptr_array_add (products, &((QuayItemPlan *)plans->pdata[i])->product);
  quay_till_reindex (editor->till, products);
}
