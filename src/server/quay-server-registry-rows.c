/* From rows of a file to entities with facts: which column of which kind is which fact. */
#include "quay-server-registry-private.h"

#include "quay-csv.h"
#include "quay-text.h"

#include <sodium.h>
#include <string.h>

#define TEXT_CHARS 200
#define CODE_BYTES 60
#define VALUE_MAX G_GINT64_CONSTANT (1000000000000)

typedef enum
{
  COL_TEXT,
  COL_INT,
  COL_DAY,      /* yyyymmdd */
  COL_ISO,      /* yyyy-mm-dd, as text */
  COL_COMMUNE,  /* five digits */
  COL_PRODUCER, /* code of one, as the text of its id */
  COL_TYPE,     /* of a producer */
  COL_GROUP,    /* I.3.b */
  COL_STARS,
} ColumnType;

typedef struct
{
  const char *column;
  const char *field;
  ColumnType type;
  gboolean required;
} Column;

static const Column producer_columns[] = {
  { "code", "code", COL_TEXT, TRUE },      { "name", "name", COL_TEXT, TRUE },
  { "type", "kind", COL_TYPE, FALSE },     { "commune", "commune", COL_COMMUNE, FALSE },
  { "former", "former", COL_TEXT, FALSE }, { "address", "address", COL_TEXT, FALSE },
  { "phone", "phone", COL_TEXT, FALSE },   { "tax_code", "tax_code", COL_TEXT, FALSE },
  { NULL, NULL, COL_TEXT, FALSE },
};

static const Column certificate_columns[] = {
  { "code", "code", COL_TEXT, TRUE },
  { "name", "name", COL_TEXT, TRUE },
  { "producer", "producer", COL_PRODUCER, TRUE },
  { "group", "group", COL_GROUP, FALSE },
  { "stars", "stars", COL_STARS, TRUE },
  { "number", "number", COL_TEXT, FALSE },
  { "authority", "authority", COL_TEXT, FALSE },
  { "from", "from", COL_DAY, TRUE },
  { "until", "until", COL_DAY, TRUE },
  { NULL, NULL, COL_TEXT, FALSE },
};

static const Column commune_columns[] = {
  { "name", "name", COL_TEXT, TRUE },
  { "province", "province_code", COL_TEXT, FALSE },
  { "from", "valid_from", COL_ISO, FALSE },
  { "until", "valid_to", COL_ISO, FALSE },
  { "predecessors", "predecessors", COL_TEXT, FALSE },
  { NULL, NULL, COL_TEXT, FALSE },
};

static const Column param_columns[] = {
  { "name", "name_vi", COL_TEXT, FALSE },
  { NULL, NULL, COL_TEXT, FALSE },
};

/* @by_code: the entity is its code; else an id made from it. */
static const struct
{
  const char *name;
  QuayEventKind kind;
  gboolean by_code;
  const Column *columns;
} kinds[] = {
  { "producer", QUAY_EVENT_PRODUCER, FALSE, producer_columns },
  { "certificate", QUAY_EVENT_CERTIFICATE, FALSE, certificate_columns },
  { "commune", QUAY_EVENT_COMMUNE, TRUE, commune_columns },
  { "param", QUAY_EVENT_PARAM, TRUE, param_columns },
};

static const char *const other_columns[] = { "kind", "code", "value", NULL };

/* A file on its way in. @header: column → its place + 1. */
typedef struct
{
  QuayServerImport *import;
  GHashTable *header;
  const char *const *fields;
  guint n;
  guint row;
  GPtrArray *entities;
  GHashTable *seen; /* "kind:code" → QuayRegistryEntity */
} Reading;

void
quay_registry_entity_free (QuayRegistryEntity *entity)
{
  g_bytes_unref (entity->entity);
  g_ptr_array_unref (entity->facts);
  g_free (entity);
}

gboolean
quay_registry_refuse (QuayServerImport *import, guint row, const char *column, const char *why)
{
  QuayServerRefusal *refusal = g_new0 (QuayServerRefusal, 1);
  refusal->row = row;
  refusal->column = g_strdup (column);
  refusal->why = g_strdup (why);
  g_ptr_array_add (import->refused, refusal);
  return FALSE;
}

static gboolean
refuse (Reading *reading, const char *column, const char *why)
{
  return quay_registry_refuse (reading->import, reading->row, column, why);
}

QuayId
quay_server_registry_id (const char *kind, const char *code)
{
  QuayId id;
  guint8 hash[crypto_hash_sha256_BYTES];
  g_autofree char *text = g_strdup_printf ("quay1-registry\n%s\n%s", kind, code);
  crypto_hash_sha256 (hash, (const guint8 *)text, strlen (text));
  memcpy (id.b, hash, sizeof id.b);
  id.b[6] = (guint8)(0x80 | (id.b[6] & 0x0f)); /* version 8 of RFC 9562: made by own rules */
  id.b[8] = (guint8)(0x80 | (id.b[8] & 0x3f));
  return id;
}

/* --- one cell --- */

/* The text under @column without blanks around, in the stored form; NULL if the file has no such
 * column. */
static char *
get_cell (Reading *reading, const char *column)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (reading->header, column));
  if (place == 0)
    return NULL;
  g_autofree char *text = g_strdup (place <= reading->n ? reading->fields[place - 1] : "");
  return quay_text_nfc (g_strstrip (text));
}

static gboolean
is_digits (const char *text, gsize len)
{
  return strlen (text) == len && strspn (text, "0123456789") == len;
}

/* I … VI, a number, and perhaps a letter: I.3.b, as the decision on the criteria has them. */
static gboolean
is_group (const char *text)
{
  gsize roman = strspn (text, "IV");
  if (roman == 0 || roman > 3 || text[roman] != '.' || !g_ascii_isdigit (text[roman + 1]))
    return FALSE;
  const char *rest = text + roman + 2;
  return *rest == '\0' || (rest[0] == '.' && g_ascii_islower (rest[1]) && rest[2] == '\0');
}

static gboolean
is_type (const char *text)
{
  static const char *const types[] = { "HTX", "THT", "enterprise", "household", NULL };
  return g_strv_contains (types, text);
}

static QuayFact *
refuse_fact (Reading *reading, const char *column, const char *why)
{
  refuse (reading, column, why);
  return NULL;
}

static QuayFact *
read_day (Reading *reading, const Column *column, const char *text)
{
  QuayDay day;
  if (!quay_day_from_text (text, &day))
    return refuse_fact (reading, column->column, "is no date (yyyy-mm-dd)");
  if (column->type == COL_DAY)
    return quay_fact_new_number (column->field, day);
  g_autofree char *iso = quay_day_to_iso (day);
  return quay_fact_new_text (column->field, iso);
}

static QuayFact *
read_producer (const Column *column, const char *text)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  QuayId producer = quay_server_registry_id ("producer", text);
  quay_id_to_text (&producer, id);
  return quay_fact_new_text (column->field, id);
}

/* The fact that a cell says; NULL after a refusal. */
static QuayFact *
read_cell (Reading *reading, const Column *column, const char *text)
{
  gint64 number;
  const char *name = column->column;
  if (*text == '\0')
    return column->required ? refuse_fact (reading, name, "is missing")
                            : quay_fact_new_cleared (column->field);
  if (!quay_text_check (text, -1, TEXT_CHARS, NULL))
    return refuse_fact (reading, name, "is not one line of up to 200 letters");
  switch (column->type)
    {
    case COL_DAY:
    case COL_ISO:
      return read_day (reading, column, text);
    case COL_PRODUCER:
      return read_producer (column, text);
    case COL_INT:
    case COL_STARS:
      if (g_ascii_string_to_signed (text, 10, column->type == COL_STARS ? 1 : -VALUE_MAX,
                                    column->type == COL_STARS ? 5 : VALUE_MAX, &number, NULL))
        return quay_fact_new_number (column->field, number);
      return refuse_fact (reading, name,
                          column->type == COL_STARS ? "is not 1 to 5" : "is no whole number");
    case COL_COMMUNE:
      if (!is_digits (text, 5))
        return refuse_fact (reading, name, "is no commune's code of five digits");
      break;
    case COL_GROUP:
      if (!is_group (text))
        return refuse_fact (reading, name, "is no group such as I.3.b");
      break;
    case COL_TYPE:
      if (!is_type (text))
        return refuse_fact (reading, name, "is not HTX, THT, enterprise or household");
      break;
    case COL_TEXT:
      break;
    }
  return quay_fact_new_text (column->field, text);
}

/* --- one row --- */

static gboolean
read_columns (Reading *reading, const Column *columns, GPtrArray *facts)
{
  for (; columns->column != NULL; columns++)
    {
      g_autofree char *text = get_cell (reading, columns->column);
      if (text == NULL && !columns->required)
        continue;
      QuayFact *fact = read_cell (reading, columns, text != NULL ? text : "");
      if (fact == NULL)
        return FALSE;
      g_ptr_array_add (facts, fact);
    }
  return TRUE;
}

/* A parameter's fields are the days from which a value holds. */
static gboolean
read_param (Reading *reading, GPtrArray *facts)
{
  const Column value_column = { "value", NULL, COL_INT, TRUE };
  QuayDay day;
  g_autofree char *from = get_cell (reading, "from");
  g_autofree char *value = get_cell (reading, "value");
  if (from == NULL || !quay_day_from_text (from, &day))
    return refuse (reading, "from", "is no date (yyyy-mm-dd)");
  g_autofree char *iso = quay_day_to_iso (day);
  Column column = value_column;
  column.field = iso;
  QuayFact *fact = read_cell (reading, &column, value != NULL ? value : "");
  if (fact != NULL)
    g_ptr_array_add (facts, fact);
  return fact != NULL;
}

static const QuayFact *
find_fact (GPtrArray *facts, const char *field)
{
  for (guint i = 0; i < facts->len; i++)
    if (strcmp (((QuayFact *)facts->pdata[i])->field, field) == 0)
      return facts->pdata[i];
  return NULL;
}

static gboolean
check_certificate (Reading *reading, QuayRegistryEntity *entity)
{
  const QuayFact *from = find_fact (entity->facts, "from");
  const QuayFact *until = find_fact (entity->facts, "until");
  if (until->number < from->number)
    return refuse (reading, "until", "is before from");
  return quay_id_from_text (find_fact (entity->facts, "producer")->text, &entity->producer);
}

static gboolean
check_code (Reading *reading, QuayEventKind kind, const char *code)
{
  if (code == NULL || *code == '\0')
    return refuse (reading, "code", "is missing");
  if (strlen (code) > CODE_BYTES || !quay_text_check (code, -1, CODE_BYTES, NULL))
    return refuse (reading, "code", "is too long, or no plain text");
  if (kind == QUAY_EVENT_COMMUNE && !is_digits (code, 5))
    return refuse (reading, "code", "is no commune's code of five digits");
  return TRUE;
}

static QuayRegistryEntity *
make_entity (guint k, const char *code, guint row)
{
  QuayRegistryEntity *entity = g_new0 (QuayRegistryEntity, 1);
  QuayId id = quay_server_registry_id (kinds[k].name, code);
  entity->kind = kinds[k].kind;
  entity->entity =
      kinds[k].by_code ? g_bytes_new (code, strlen (code)) : g_bytes_new (id.b, sizeof id.b);
  entity->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  entity->row = row;
  return entity;
}

static gboolean
fill_entity (Reading *reading, guint k, QuayRegistryEntity *entity)
{
  if (!read_columns (reading, kinds[k].columns, entity->facts))
    return FALSE;
  if (entity->kind == QUAY_EVENT_CERTIFICATE)
    return check_certificate (reading, entity);
  if (entity->kind == QUAY_EVENT_PARAM)
    return read_param (reading, entity->facts);
  if (entity->kind == QUAY_EVENT_COMMUNE)
    {
      const QuayFact *from = find_fact (entity->facts, "valid_from");
      if (from != NULL && from->text != NULL && !quay_day_from_text (from->text, &entity->since))
        return FALSE;
    }
  return TRUE;
}

static void
replace_facts (GPtrArray *facts, GPtrArray *by)
{
  for (guint i = 0; i < by->len; i++)
    {
      QuayFact *fact = by->pdata[i];
      for (guint j = facts->len; j > 0; j--)
        if (strcmp (((QuayFact *)facts->pdata[j - 1])->field, fact->field) == 0)
          g_ptr_array_remove_index (facts, j - 1);
      by->pdata[i] = NULL;
      g_ptr_array_add (facts, fact);
    }
  g_ptr_array_set_free_func (by, NULL);
  g_ptr_array_set_size (by, 0);
}

/* Rows of one parameter add up; of one commune's code the latest holds; of all else there is one.
 */
static void
take_entity (Reading *reading, QuayRegistryEntity *entity, const char *key)
{
  QuayRegistryEntity *before = g_hash_table_lookup (reading->seen, key);
  if (before == NULL)
    {
      g_hash_table_insert (reading->seen, g_strdup (key), entity);
      g_ptr_array_add (reading->entities, entity);
      return;
    }
  if (entity->kind == QUAY_EVENT_PARAM ||
      (entity->kind == QUAY_EVENT_COMMUNE && entity->since >= before->since))
    {
      replace_facts (before->facts, entity->facts);
      before->since = entity->since;
    }
  else if (entity->kind != QUAY_EVENT_COMMUNE)
    refuse (reading, "code", "is in this file twice");
  quay_registry_entity_free (entity);
}

static void
read_row (Reading *reading)
{
  g_autofree char *kind = get_cell (reading, "kind");
  g_autofree char *code = get_cell (reading, "code");
  guint k = 0;
  while (k < G_N_ELEMENTS (kinds) && g_strcmp0 (kind, kinds[k].name) != 0)
    k++;
  if (k == G_N_ELEMENTS (kinds))
    {
      refuse (reading, "kind", "is not producer, certificate, commune or param");
      return;
    }
  if (!check_code (reading, kinds[k].kind, code))
    return;
  QuayRegistryEntity *entity = make_entity (k, code, reading->row);
  g_autofree char *key = g_strconcat (kind, ":", code, NULL);
  if (fill_entity (reading, k, entity))
    take_entity (reading, entity, key);
  else
    quay_registry_entity_free (entity);
}

/* --- the file --- */

static gboolean
is_known_column (const char *name)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (const Column *column = kinds[k].columns; column->column != NULL; column++)
      if (strcmp (column->column, name) == 0)
        return TRUE;
  return g_strv_contains (other_columns, name);
}

static gboolean
read_header (Reading *reading, GError **error)
{
  for (guint i = 0; i < reading->n; i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (reading->fields[i]));
      if (is_known_column (name))
        g_hash_table_insert (reading->header, g_steal_pointer (&name), GUINT_TO_POINTER (i + 1));
      else
        g_ptr_array_add (reading->import->unknown, g_steal_pointer (&name));
    }
  if (g_hash_table_contains (reading->header, "kind") &&
      g_hash_table_contains (reading->header, "code"))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                       "the file needs a first row with the columns kind and code");
  return FALSE;
}

static gboolean
read_rows (Reading *reading, QuayCsv *csv, GError **error)
{
  gboolean header = FALSE;
  for (;;)
    {
      g_autoptr (GError) why = NULL;
      QuayCsvResult result = quay_csv_next (csv, &reading->fields, &reading->n, &why);
      reading->row = quay_csv_row (csv);
      if (result == QUAY_CSV_END && !header)
        reading->n = 0;
      if (!header && (result != QUAY_CSV_ERROR))
        {
          if (!read_header (reading, error))
            return FALSE;
          header = TRUE;
        }
      else if (result == QUAY_CSV_ROW)
        read_row (reading);
      if (result == QUAY_CSV_ERROR)
        refuse (reading, "", why->message);
      if (result == QUAY_CSV_END)
        return TRUE;
    }
}

GPtrArray *
quay_registry_read (const char *data, gsize len, QuayServerImport *import, GError **error)
{
  Reading reading = { .import = import };
  if (!quay_text_check_import (data, len, error))
    return NULL;
  reading.header = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.entities = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_registry_entity_free);
  g_autoptr (QuayCsv) csv = quay_csv_new (data, len, NULL);
  gboolean ok = read_rows (&reading, csv, error);
  g_hash_table_unref (reading.header);
  g_hash_table_unref (reading.seen);
  if (!ok)
    g_clear_pointer (&reading.entities, g_ptr_array_unref);
  return reading.entities;
}
