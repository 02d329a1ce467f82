/* The description-driven codec. What comes in was read by quay-json-read and is checked; what goes
 * out was checked and is written at once. */
#include "quay-codec.h"

#include "quay-error.h"
#include "quay-json.h"
#include "quay-sale.h"

#include <string.h>

#define DEFAULT_INT_MAX G_GINT64_CONSTANT (1000000000000000)
#define DEFAULT_TEXT_MAX 500
#define FACT_NAME_MAX 100
#define FACT_TEXT_MAX 2000
#define FIELDS_MAX 64
#define MEMBER(type, data, field) ((type *)(gpointer)((guint8 *)(data) + (field)->offset))
#define MEMBER_CONST(type, data, field)                                                            \
  ((const type *)(gconstpointer)((const guint8 *)(data) + (field)->offset))

QuayFact *
quay_fact_new_text (const char *name, const char *text)
{
  QuayFact *fact = g_new0 (QuayFact, 1);
  fact->field = g_strdup (name);
  fact->text = g_strdup (text);
  return fact;
}

QuayFact *
quay_fact_new_number (const char *name, gint64 number)
{
  QuayFact *fact = g_new0 (QuayFact, 1);
  fact->field = g_strdup (name);
  fact->number = number;
  return fact;
}

QuayFact *
quay_fact_new_cleared (const char *name)
{
  QuayFact *fact = g_new0 (QuayFact, 1);
  fact->field = g_strdup (name);
  fact->cleared = TRUE;
  return fact;
}

void
quay_fact_free (QuayFact *fact)
{
  if (fact == NULL)
    return;
  g_free (fact->field);
  g_free (fact->text);
  g_free (fact);
}

/* --- out --- */

static void
write_list (const QuayField *field, GPtrArray *list, GString *out)
{
  g_string_append_c (out, '[');
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      quay_json_next (out);
      g_string_append_c (out, '{');
      quay_shape_write (field->shape, list->pdata[i], out);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_facts (GPtrArray *facts, GString *out)
{
  g_string_append_c (out, '{');
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const QuayFact *fact = facts->pdata[i];
      quay_json_next (out);
      quay_json_text (out, fact->field);
      g_string_append_c (out, ':');
      if (fact->cleared)
        g_string_append (out, "null");
      else if (fact->text != NULL)
        quay_json_text (out, fact->text);
      else
        quay_json_int (out, fact->number);
    }
  g_string_append_c (out, '}');
}

/* An optional member that is empty is not written; nor is text that JSON can't hold, which no check
 * of an event lets by, but a draft may have. */
static gboolean
is_written (const QuayField *field, gconstpointer data)
{
  GPtrArray *list;
  const char *text;
  switch (field->type)
    {
    case QUAY_FIELD_INT:
      return field->required || *MEMBER_CONST (gint64, data, field) != 0;
    case QUAY_FIELD_TENDER:
      return TRUE;
    case QUAY_FIELD_TEXT:
      text = *MEMBER_CONST (char *, data, field);
      return text != NULL && g_utf8_validate (text, -1, NULL);
    case QUAY_FIELD_ID:
      return field->required || !quay_id_is_nil (MEMBER_CONST (QuayId, data, field));
    case QUAY_FIELD_LIST:
    case QUAY_FIELD_FACTS:
      list = *MEMBER (GPtrArray *, data, field);
      return field->required || (list != NULL && list->len > 0);
    default:
      g_assert_not_reached ();
    }
}

static void
write_member (const QuayField *field, gconstpointer data, GString *out)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  switch (field->type)
    {
    case QUAY_FIELD_INT:
      quay_json_int (out, *MEMBER_CONST (gint64, data, field));
      return;
    case QUAY_FIELD_TENDER:
      quay_json_text (out, quay_tender_name (*MEMBER_CONST (gint64, data, field)));
      return;
    case QUAY_FIELD_TEXT:
      quay_json_text (out, *MEMBER_CONST (char *, data, field));
      return;
    case QUAY_FIELD_ID:
      quay_id_to_text (MEMBER_CONST (QuayId, data, field), id);
      quay_json_text (out, id);
      return;
    case QUAY_FIELD_LIST:
      write_list (field, *MEMBER (GPtrArray *, data, field), out);
      return;
    case QUAY_FIELD_FACTS:
      write_facts (*MEMBER (GPtrArray *, data, field), out);
      return;
    default:
      g_assert_not_reached ();
    }
}

void
quay_shape_write (const QuayShape *shape, gconstpointer data, GString *out)
{
  for (const QuayField *field = shape->fields; field->key != NULL; field++)
    if (is_written (field, data))
      {
        quay_json_key (out, field->key);
        write_member (field, data, out);
      }
}

/* --- in --- */

static gboolean
refuse (const char *key, const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' %s", key, why);
  return FALSE;
}

static gboolean
number_fits (const QuayField *field, gint64 n)
{
  gboolean open = field->min == 0 && field->max == 0;
  return n >= (open ? -DEFAULT_INT_MAX : field->min) && n <= (open ? DEFAULT_INT_MAX : field->max);
}

static gsize
text_max (const QuayField *field)
{
  return field->max > 0 ? (gsize)field->max : DEFAULT_TEXT_MAX;
}

static gsize
list_max (const QuayField *field)
{
  return field->max > 0 ? (gsize)field->max : QUAY_CODEC_MAX_LIST;
}

static gboolean
text_is_sound (const char *text, gsize len, gsize max)
{
  if (len > max)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (((guchar)text[i] < 0x20 && text[i] != '\n') || text[i] == 0x7f)
      return FALSE;
  return TRUE; /* the reader checked the UTF-8 */
}

static gboolean
is_sound (const QuayJsonValue *value, gsize max)
{
  return value->type == QUAY_JSON_TEXT && text_is_sound (value->u.text, value->n, max);
}

static char *
copy_text (const QuayJsonValue *value)
{
  char *text = g_malloc (value->n + 1u);
  memcpy (text, value->u.text, value->n);
  text[value->n] = '\0';
  return text;
}

static gboolean
decode_int (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  if (value->type != QUAY_JSON_INT)
    return refuse (field->key, "is not a whole number", error);
  if (!number_fits (field, value->u.number))
    return refuse (field->key, "is out of range", error);
  *MEMBER (gint64, data, field) = value->u.number;
  return TRUE;
}

static gboolean
decode_text (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  if (!is_sound (value, text_max (field)))
    return refuse (field->key, "is not a sound text", error);
  *MEMBER (char *, data, field) = copy_text (value);
  return TRUE;
}

static gboolean
decode_id (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  char text[QUAY_ID_TEXT_LEN + 1] = "";
  if (value->type == QUAY_JSON_TEXT && value->n == QUAY_ID_TEXT_LEN)
    memcpy (text, value->u.text, QUAY_ID_TEXT_LEN);
  return quay_id_from_text (text, MEMBER (QuayId, data, field)) ||
         refuse (field->key, "is not an id", error);
}

static gboolean
decode_tender (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  for (gint64 tender = 0; quay_tender_name (tender) != NULL; tender++)
    if (quay_json_is (value, quay_tender_name (tender)))
      {
        *MEMBER (gint64, data, field) = tender;
        return TRUE;
      }
  return refuse (field->key, "is not a tender", error);
}

static gboolean
decode_list (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  if (value->type != QUAY_JSON_LIST || value->n > list_max (field))
    return refuse (field->key, "is not a list within bounds", error);
  GPtrArray *list = g_ptr_array_sized_new (value->n);
  *MEMBER (GPtrArray *, data, field) = list;
  const QuayJsonValue *object = value + 1;
  for (guint i = 0; i < value->n; i++, object += object->size)
    {
      gpointer item = g_malloc0 (field->shape->size);
      g_ptr_array_add (list, item);
      if (object->type != QUAY_JSON_OBJECT)
        return refuse (field->key, "holds something else than objects", error);
      if (!quay_shape_decode (field->shape, object, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
decode_fact (const QuayJsonValue *value, QuayFact *fact)
{
  if (value->type == QUAY_JSON_NULL)
    fact->cleared = TRUE;
  else if (value->type == QUAY_JSON_INT && value->u.number <= DEFAULT_INT_MAX &&
           value->u.number >= -DEFAULT_INT_MAX)
    fact->number = value->u.number;
  else if (is_sound (value, FACT_TEXT_MAX))
    fact->text = copy_text (value);
  else
    return FALSE;
  return TRUE;
}

static gboolean
decode_facts (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  if (value->type != QUAY_JSON_OBJECT || value->n > QUAY_CODEC_MAX_LIST)
    return refuse (field->key, "is not an object within bounds", error);
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  *MEMBER (GPtrArray *, data, field) = facts;
  const QuayJsonValue *key = value + 1;
  for (guint i = 0; i < value->n; i++, key += 1 + key[1].size)
    {
      if (key->n == 0 || !is_sound (key, FACT_NAME_MAX))
        return refuse (field->key, "has an unsound name", error);
      QuayFact *fact = g_new0 (QuayFact, 1);
      fact->field = copy_text (key);
      g_ptr_array_add (facts, fact);
      if (!decode_fact (key + 1, fact))
        return refuse (fact->field, "is neither a sound text nor a number", error);
    }
  return TRUE;
}

static gboolean
decode_member (const QuayField *field, const QuayJsonValue *value, gpointer data, GError **error)
{
  switch (field->type)
    {
    case QUAY_FIELD_INT:
      return decode_int (field, value, data, error);
    case QUAY_FIELD_TEXT:
      return decode_text (field, value, data, error);
    case QUAY_FIELD_ID:
      return decode_id (field, value, data, error);
    case QUAY_FIELD_TENDER:
      return decode_tender (field, value, data, error);
    case QUAY_FIELD_LIST:
      return decode_list (field, value, data, error);
    case QUAY_FIELD_FACTS:
      return decode_facts (field, value, data, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_key (const QuayField *field, const QuayJsonValue *key)
{
  return key->n > 0 && *key->u.text == *field->key && quay_json_is (key, field->key);
}

/* The field of that key; what we wrote has its keys in the order of the fields, so the next one is
 * looked for from @from on. NULL for a key that the shape does not know. */
static const QuayField *
find_field (const QuayShape *shape, const QuayField *from, const QuayJsonValue *key)
{
  for (const QuayField *field = from; field->key != NULL; field++)
    if (is_key (field, key))
      return field;
  for (const QuayField *field = shape->fields; field < from; field++)
    if (is_key (field, key))
      return field;
  return NULL;
}

static void
find_members (const QuayShape *shape, const QuayJsonValue *object, const QuayJsonValue **members)
{
  const QuayField *next = shape->fields;
  const QuayJsonValue *key = object + 1;
  for (guint i = 0; i < object->n; i++, key += 1 + key[1].size)
    {
      const QuayField *field = find_field (shape, next, key);
      if (field == NULL)
        continue;
      g_assert (field - shape->fields < FIELDS_MAX);
      members[field - shape->fields] = key + 1;
      next = field + 1;
    }
}

gboolean
quay_shape_decode (const QuayShape *shape, const QuayJsonValue *object, gpointer data,
                   GError **error)
{
  const QuayJsonValue *members[FIELDS_MAX] = { NULL };
  find_members (shape, object, members);
  for (guint i = 0; shape->fields[i].key != NULL; i++)
    {
      const QuayField *field = &shape->fields[i];
      if (members[i] == NULL && field->required)
        return refuse (field->key, "is missing", error);
      if (members[i] != NULL && !decode_member (field, members[i], data, error))
        return FALSE;
    }
  return TRUE;
}

/* --- what may go out --- */

static gboolean
check_text (const char *key, const char *text, gsize max, GError **error)
{
  if (!text_is_sound (text, strlen (text), max) || !g_utf8_validate (text, -1, NULL))
    return refuse (key, "is not a sound text", error);
  return TRUE;
}

static gboolean
check_list (const QuayField *field, GPtrArray *list, GError **error)
{
  if (list->len > list_max (field))
    return refuse (field->key, "is not a list within bounds", error);
  for (guint i = 0; i < list->len; i++)
    if (!quay_shape_check (field->shape, list->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_fact (const QuayFact *fact, GError **error)
{
  if (*fact->field == '\0')
    return refuse ("set", "has an unsound name", error);
  if (!check_text (fact->field, fact->field, FACT_NAME_MAX, error))
    return FALSE;
  if (fact->text != NULL)
    return check_text (fact->field, fact->text, FACT_TEXT_MAX, error);
  if (!fact->cleared && ABS (fact->number) > DEFAULT_INT_MAX)
    return refuse (fact->field, "is out of range", error);
  return TRUE;
}

static gboolean
check_facts (const QuayField *field, GPtrArray *facts, GError **error)
{
  if (facts->len > QUAY_CODEC_MAX_LIST)
    return refuse (field->key, "is not an object within bounds", error);
  for (guint i = 0; i < facts->len; i++)
    {
      const QuayFact *fact = facts->pdata[i];
      if (!check_fact (fact, error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (strcmp (((const QuayFact *)facts->pdata[j])->field, fact->field) == 0)
          return refuse (fact->field, "is named twice", error);
    }
  return TRUE;
}

static gboolean
check_member (const QuayField *field, gconstpointer data, GError **error)
{
  gint64 n;
  const char *text;
  GPtrArray *list;
  switch (field->type)
    {
    case QUAY_FIELD_INT:
      n = *MEMBER_CONST (gint64, data, field);
      return (n == 0 && !field->required) || number_fits (field, n) ||
             refuse (field->key, "is out of range", error);
    case QUAY_FIELD_TENDER:
      return quay_tender_name (*MEMBER_CONST (gint64, data, field)) != NULL ||
             refuse (field->key, "is not a tender", error);
    case QUAY_FIELD_TEXT:
      text = *MEMBER_CONST (char *, data, field);
      if (text == NULL)
        return !field->required || refuse (field->key, "is missing", error);
      return check_text (field->key, text, text_max (field), error);
    case QUAY_FIELD_LIST:
    case QUAY_FIELD_FACTS:
      list = *MEMBER (GPtrArray *, data, field);
      if (list == NULL)
        return !field->required || refuse (field->key, "is missing", error);
      return field->type == QUAY_FIELD_LIST ? check_list (field, list, error)
                                            : check_facts (field, list, error);
    default:
      return TRUE;
    }
}

gboolean
quay_shape_check (const QuayShape *shape, gconstpointer data, GError **error)
{
  for (const QuayField *field = shape->fields; field->key != NULL; field++)
    if (!check_member (field, data, error))
      return FALSE;
  return TRUE;
}

static void
clear_list (const QuayField *field, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      quay_shape_clear (field->shape, list->pdata[i]);
      g_free (list->pdata[i]);
    }
  g_ptr_array_set_free_func (list, NULL);
  g_ptr_array_unref (list);
}

void
quay_shape_clear (const QuayShape *shape, gpointer data)
{
  for (const QuayField *field = shape->fields; field->key != NULL; field++)
    {
      GPtrArray **list = MEMBER (GPtrArray *, data, field);
      if (field->type == QUAY_FIELD_TEXT)
        g_clear_pointer (MEMBER (char *, data, field), g_free);
      else if (field->type == QUAY_FIELD_LIST && *list != NULL)
        clear_list (field, g_steal_pointer (list));
      else if (field->type == QUAY_FIELD_FACTS)
        g_clear_pointer (list, g_ptr_array_unref);
    }
  memset (data, 0, shape->size);
}
