/* Checking a product as typed: every field, and what differs from what the shop has. */
#include "quay-editor-private.h"

#include "quay-barcode.h"
#include "quay-format.h"
#include "quay-item-fields.h"
#include "quay-text.h"

#include <string.h>

#define MAX_CODES 20
#define NAME_BYTES 300 /* as a sale's line keeps it */

/* One row under check. */
typedef struct
{
  QuayEditor *editor;
  const QuayItemEdit *edit;
  QuayItem *item;    /* as it is; NULL for a new one */
  GHashTable *facts; /* of it: field → text */
  QuayItemEdit *was; /* as the form would show it */
  QuayItemPlan *plan;
  GPtrArray *refusals;
  gboolean weighed;
  gboolean failed;
} Check;

static void
check_clear (Check *check)
{
  quay_item_free (check->item);
  g_clear_pointer (&check->facts, g_hash_table_unref);
  quay_item_edit_free (check->was);
  quay_item_plan_free (check->plan);
}

static void
refuse (Check *check, const char *column, const char *code)
{
  check->failed = TRUE;
  g_ptr_array_add (check->refusals, quay_refusal_new (check->plan->row, column, code));
}

static void
item_change_free (QuayItemChange *change)
{
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
add_change (Check *check, const char *column, const char *before, const char *after)
{
  QuayItemChange *change = g_new0 (QuayItemChange, 1);
  change->column = column;
  change->before = g_strdup (before != NULL ? before : "");
  change->after = g_strdup (after != NULL ? after : "");
  g_ptr_array_add (check->plan->changes, change);
}

void
quay_item_plan_free (QuayItemPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->sku);
  g_free (plan->name);
  g_ptr_array_unref (plan->facts);
  g_ptr_array_unref (plan->bound);
  g_ptr_array_unref (plan->unbound);
  g_ptr_array_unref (plan->changes);
  g_free (plan->picture);
  g_free (plan);
}

static QuayItemPlan *
plan_new (guint row)
{
  QuayItemPlan *plan = g_new0 (QuayItemPlan, 1);
  plan->row = row;
  plan->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  plan->bound = g_ptr_array_new_with_free_func (g_free);
  plan->unbound = g_ptr_array_new_with_free_func (g_free);
  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)item_change_free);
  return plan;
}

/* --- facts --- */

static const char *
fact_before (Check *check, const char *field)
{
  return check->facts != NULL ? g_hash_table_lookup (check->facts, field) : NULL;
}

/* Sets a fact to a text, or takes it away with "". */
static void
put_text (Check *check, const char *column, const char *field, const char *before, const char *text)
{
  const char *had = fact_before (check, field);
  if (g_strcmp0 (had != NULL ? had : "", text) == 0)
    return;
  g_ptr_array_add (check->plan->facts, *text != '\0' ? quay_fact_new_text (field, text)
                                                     : quay_fact_new_cleared (field));
  add_change (check, column, before, text);
}

static void
put_number (Check *check, const QuayNumberField *field, const char *before, gint64 number)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  if (g_strcmp0 (fact_before (check, field->fact), plain) == 0)
    return;
  g_autofree char *shown = field->show (number);
  g_ptr_array_add (check->plan->facts, quay_fact_new_number (field->fact, number));
  add_change (check, field->column, before, shown);
}

/* The text of a member without blanks around, in the stored form; NULL: leave it as it is. */
static char *
typed (Check *check, guint offset)
{
  const char *text = *quay_item_edit_at ((QuayItemEdit *)check->edit, offset);
  if (text == NULL)
    return NULL;
  char *form = quay_text_nfc (text);
  return form != NULL ? g_strstrip (form) : g_strdup ("\x7f"); /* refused by the check of texts */
}

static const char *
shown_before (Check *check, guint offset)
{
  return check->was != NULL ? *quay_item_edit_at (check->was, offset) : "";
}

static gboolean
is_in_set (GHashTable *set, const char *text)
{
  return *text == '\0' || g_hash_table_contains (set, text);
}

/* What is more than a bounded text about the named ones; NULL if all is well. */
static const char *
special_fault (Check *check, const QuayTextField *field, const char *text)
{
  QuayEditor *editor = check->editor;
  if (strcmp (field->column, "sku") == 0 && !quay_sku_is_sound (text))
    return "text";
  if (strcmp (field->column, "name") == 0 && strlen (text) > NAME_BYTES)
    return "text";
  if (strcmp (field->column, "vat_class") == 0 && !is_in_set (editor->vat_classes, text))
    return "unknown-class";
  if (strcmp (field->column, "category") == 0 && !is_in_set (editor->categories, text))
    return "unknown-category";
  return NULL;
}

static void
check_text_field (Check *check, const QuayTextField *field)
{
  g_autofree char *text = typed (check, field->offset);
  if (field->kept && (text != NULL ? *text == '\0' : check->item == NULL))
    {
      refuse (check, field->column, "empty");
      return;
    }
  if (text == NULL)
    return;
  const char *fault =
      quay_text_check (text, -1, field->max, NULL) ? special_fault (check, field, text) : "text";
  if (fault != NULL)
    refuse (check, field->column, fault);
  else
    put_text (check, field->column, field->fact, shown_before (check, field->offset), text);
}

static gboolean
never_cleared (const QuayNumberField *field)
{
  return strcmp (field->fact, "weighed") == 0 || strcmp (field->fact, "active") == 0;
}

static void
check_number_field (Check *check, const QuayNumberField *field)
{
  gint64 number;
  const char *fault;
  const char *before = shown_before (check, field->offset);
  g_autofree char *text = typed (check, field->offset);
  if (text == NULL || (*text == '\0' && never_cleared (field)))
    return;
  if (*text == '\0')
    {
      if (fact_before (check, field->fact) == NULL)
        return;
      g_ptr_array_add (check->plan->facts, quay_fact_new_cleared (field->fact));
      add_change (check, field->column, before, "");
      return;
    }
  if (!field->parse (text, &number, &fault))
    refuse (check, field->column, fault);
  else
    put_number (check, field, before, number);
}

/* A fact as it will be: from the plan, else as it is. */
static gint64
number_after (Check *check, const char *field)
{
  for (guint i = 0; i < check->plan->facts->len; i++)
    {
      const QuayFact *fact = check->plan->facts->pdata[i];
      if (strcmp (fact->field, field) == 0)
        return fact->cleared ? 0 : fact->number;
    }
  gint64 number = 0;
  const char *had = fact_before (check, field);
  if (had != NULL && !g_ascii_string_to_signed (had, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return 0;
  return number;
}

/* A product has a unit, even if none was typed. */
static void
default_unit (Check *check)
{
  for (guint i = 0; i < check->plan->facts->len; i++)
    if (strcmp (((const QuayFact *)check->plan->facts->pdata[i])->field, "unit") == 0)
      return;
  if (check->item == NULL)
    put_text (check, "unit", "unit", "", check->weighed ? "kg" : "cái");
}

/* --- codes --- */

static gboolean
has_code (GPtrArray *codes, const char *code)
{
  return codes != NULL && g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL);
}

static const char *
code_fault (Check *check, const QuayAsOf *at, const char *code)
{
  gsize len = strlen (code);
  gboolean digits = strspn (code, "0123456789") == len;
  if (!quay_code_is_plain (code))
    return "text";
  if (digits && (len == 8 || len == 12 || len == 13 || len == 14) &&
      !quay_gtin_is_valid (code, len))
    return "check-digit";
  if (g_hash_table_contains (check->editor->codes, code))
    return "twice";
  if (check->item != NULL && has_code (check->item->codes, code))
    return NULL; /* its own already */
  g_autoptr (QuayItem) other = quay_reader_item_by_code (check->editor->reader, at, code);
  if (other != NULL && !quay_id_equal (&other->product, &check->plan->product))
    return "taken";
  return NULL;
}

static void
check_codes (Check *check)
{
  QuayAsOf at = quay_editor_as_of (check->editor);
  if (check->edit->barcodes == NULL)
    return;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_auto (GStrv) codes = g_strsplit (check->edit->barcodes, "|", MAX_CODES + 1);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      char *code = g_strstrip (codes[i]);
      if (*code == '\0' || has_code (wanted, code))
        continue;
      const char *fault = i < MAX_CODES ? code_fault (check, &at, code) : "text";
      if (fault != NULL)
        {
          refuse (check, "barcodes", fault);
          return;
        }
      g_ptr_array_add (wanted, code);
      if (check->item == NULL || !has_code (check->item->codes, code))
        g_ptr_array_add (check->plan->bound, g_strdup (code));
    }
  for (guint i = 0;
       check->item != NULL && check->item->codes != NULL && i < check->item->codes->len; i++)
    if (!has_code (wanted, check->item->codes->pdata[i]) &&
        quay_code_is_plain (check->item->codes->pdata[i]))
      g_ptr_array_add (check->plan->unbound, g_strdup (check->item->codes->pdata[i]));
  if (check->plan->bound->len + check->plan->unbound->len > 0)
    add_change (check, "barcodes", check->was != NULL ? check->was->barcodes : "",
                check->edit->barcodes);
}

/* --- price and stock --- */

static gboolean
check_price_day (Check *check)
{
  const char *text = check->edit->price_from;
  QuayDay day = check->editor->today;
  if (text != NULL && *text != '\0' && !quay_day_from_text (text, &day))
    {
      refuse (check, "price_from", "day");
      return FALSE;
    }
  check->plan->price_day = day;
  return TRUE;
}

static void
check_price (Check *check)
{
  QuayMoney price = QUAY_DONG (-1);
  g_autofree char *text = typed (check, G_STRUCT_OFFSET (QuayItemEdit, price));
  if (text == NULL || !check_price_day (check))
    return;
  if (*text != '\0' && !quay_parse_money (text, &price, NULL))
    {
      refuse (check, "price", "number");
      return;
    }
  QuayAsOf at = { .day = check->plan->price_day, .loc = check->editor->floor };
  g_autoptr (QuayItem) later = NULL;
  const QuayItem *then = check->item; /* as it is today */
  if (then != NULL && at.day != check->editor->today)
    then = later = quay_reader_item (check->editor->reader, &at, &check->plan->product);
  QuayMoney had = then != NULL && then->has_price ? then->price : QUAY_DONG (-1);
  if (had.dong == price.dong)
    return;
  g_autofree char *before = had.dong < 0 ? g_strdup ("") : quay_show_money (had);
  g_autofree char *after = price.dong < 0 ? g_strdup ("") : quay_show_money (price);
  check->plan->has_price = TRUE;
  check->plan->price = price;
  add_change (check, "price", before, after);
}

/* What lay on the shelf when the product was entered; what moves later is not typed here. */
static void
check_stock (Check *check)
{
  QuayQty qty;
  g_autofree char *text = typed (check, G_STRUCT_OFFSET (QuayItemEdit, stock));
  if (check->item != NULL || text == NULL || *text == '\0')
    return;
  if (!quay_parse_qty (text, &qty, NULL))
    refuse (check, "stock", "number");
  else if (!check->weighed && qty.milli % 1000 != 0)
    refuse (check, "stock", "whole");
  else
    check->plan->stock = qty;
}

/* --- producer and picture --- */

static void
check_commune (Check *check, QuayProducer *producer)
{
  g_autofree char *asked = typed (check, G_STRUCT_OFFSET (QuayItemEdit, commune));
  if (asked == NULL || *asked == '\0')
    return;
  g_autofree char *text = g_strdup (quay_editor_commune (check->editor, asked));
  if (text == NULL)
    refuse (check, "commune", "unknown-commune");
  else if (producer == NULL)
    refuse (check, "commune", "no-producer");
  else if (producer->claimed && g_strcmp0 (producer->commune, text) != 0)
    refuse (check, "commune", "differs"); /* else each import would move it to and fro */
  else if (g_strcmp0 (producer->commune, text) != 0)
    {
      add_change (check, "commune", producer->commune, text);
      g_free (producer->commune);
      producer->commune = g_steal_pointer (&text);
      producer->commune_moved = !producer->added;
    }
  if (producer != NULL && !check->failed)
    producer->claimed = TRUE;
}

/* The producer of that name, made in the editor if there is none. */
static guint
find_producer (QuayEditor *editor, const char *name)
{
  g_autofree char *key = g_utf8_strdown (name, -1);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (editor->producer_names, key));
  if (place != 0)
    return place;
  QuayProducer *producer = g_new0 (QuayProducer, 1);
  producer->id = quay_id_new (&editor->env);
  producer->name = g_strdup (name);
  producer->added = TRUE;
  g_ptr_array_add (editor->producers, producer);
  g_hash_table_insert (editor->producer_names, g_steal_pointer (&key),
                       GUINT_TO_POINTER (editor->producers->len));
  return editor->producers->len;
}

static void
check_producer (Check *check)
{
  char id[QUAY_ID_TEXT_LEN + 1] = "";
  QuayProducer *producer = NULL;
  g_autofree char *name = typed (check, G_STRUCT_OFFSET (QuayItemEdit, producer));
  if (name == NULL && check->was != NULL && *check->was->producer != '\0')
    name = g_strdup (check->was->producer);
  if (name != NULL && !quay_text_check (name, -1, 120, NULL))
    {
      refuse (check, "producer", "text");
      return;
    }
  if (name != NULL && *name != '\0')
    {
      check->plan->producer = find_producer (check->editor, name);
      producer = check->editor->producers->pdata[check->plan->producer - 1];
      quay_id_to_text (&producer->id, id);
    }
  if (name != NULL && g_strcmp0 (fact_before (check, "producer"), *id != '\0' ? id : NULL) != 0)
    {
      g_ptr_array_add (check->plan->facts, *id != '\0' ? quay_fact_new_text ("producer", id)
                                                       : quay_fact_new_cleared ("producer"));
      add_change (check, "producer", check->was != NULL ? check->was->producer : "", name);
    }
  check_commune (check, producer);
}

static void
check_picture (Check *check)
{
  const char *fault = NULL;
  gboolean take = FALSE;
  const char *value = check->edit->picture;
  if (value == NULL)
    return;
  g_autofree char *name = *value != '\0'
                              ? quay_picture_check (check->editor->dir, value, &take, &fault)
                              : g_strdup ("");
  if (name == NULL)
    {
      refuse (check, "picture", fault);
      return;
    }
  put_text (check, "picture", "picture", check->was != NULL ? check->was->picture : "", name);
  if (take)
    check->plan->picture = g_strdup (value);
}

/* --- the whole --- */

/* Which product it is about: the one given, the one of that SKU, or a new one. */
static void
identify (Check *check, const QuayId *product)
{
  QuayEditor *editor = check->editor;
  QuayAsOf at = quay_editor_as_of (editor);
  g_autofree char *sku = typed (check, G_STRUCT_OFFSET (QuayItemEdit, sku));
  QuayItem *same =
      sku != NULL && *sku != '\0' ? quay_reader_item_by_sku (editor->reader, &at, sku) : NULL;
  if (!quay_id_is_nil (product))
    {
      check->item = quay_reader_item (editor->reader, &at, product);
      if (same != NULL && !quay_id_equal (&same->product, product))
        refuse (check, "sku", "taken");
      quay_item_free (same);
    }
  else if (check->plan->row == 0 && same != NULL)
    {
      refuse (check, "sku", "taken"); /* a form for a new product */
      quay_item_free (same);
    }
  else
    check->item = same;
  check->plan->added = check->item == NULL;
  check->plan->product = check->item != NULL        ? check->item->product
                         : quay_id_is_nil (product) ? quay_id_new (&editor->env)
                                                    : *product;
  if (sku != NULL && g_hash_table_contains (check->editor->skus, sku))
    refuse (check, "sku", "twice");
  if (check->item != NULL)
    {
      check->facts = quay_reader_facts (editor->reader, "product", &check->plan->product);
      check->was = quay_item_edit_show (check->item, check->facts);
    }
}

/* Later rows of the file may not use what this one has. */
static void
claim (Check *check)
{
  QuayItemPlan *plan = check->plan;
  g_autofree char *sku = typed (check, G_STRUCT_OFFSET (QuayItemEdit, sku));
  g_autofree char *name = typed (check, G_STRUCT_OFFSET (QuayItemEdit, name));
  plan->sku = g_strdup (sku != NULL ? sku : check->was->sku);
  plan->name = g_strdup (name != NULL ? name : check->was->name);
  g_hash_table_add (check->editor->skus, g_strdup (plan->sku));
  for (guint i = 0; i < plan->bound->len; i++)
    g_hash_table_add (check->editor->codes, g_strdup (plan->bound->pdata[i]));
}

QuayItemPlan *
quay_item_edit_check (QuayEditor *editor, const QuayItemEdit *edit, const QuayId *product,
                      guint row, GPtrArray *refusals)
{
  Check check = { .editor = editor, .edit = edit, .refusals = refusals };
  check.plan = plan_new (row);
  identify (&check, product);
  for (const QuayTextField *field = quay_text_fields; field->column != NULL; field++)
    check_text_field (&check, field);
  for (const QuayNumberField *field = quay_number_fields; field->column != NULL; field++)
    check_number_field (&check, field);
  check.weighed = number_after (&check, "weighed") != 0;
  default_unit (&check);
  check_codes (&check);
  check_price (&check);
  check_stock (&check);
  check_picture (&check);
  gint64 from = number_after (&check, "stars_from");
  gint64 until = number_after (&check, "stars_until");
  if (from != 0 && until != 0 && until < from)
    refuse (&check, "valid_until", "range");
  if (!check.failed)
    check_producer (&check); /* last: it may change the editor's own list */
  if (!check.failed)
    claim (&check);
  QuayItemPlan *plan = check.failed ? NULL : g_steal_pointer (&check.plan);
  check_clear (&check);
  return plan;
}
