/* A producer as typed → refusals, or events: who it is goes to the kind producer, what is agreed
 * with it to the kind partner. Thread: main. */
#include "quay-till-partner.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-item-edit.h"
#include "quay-reader-consign.h"
#include "quay-text.h"

#include <string.h>

typedef enum
{
  FIELD_TEXT,
  FIELD_WORD, /* one of the words; stored as it is */
  FIELD_RANK, /* one of the words; stored as its place */
  FIELD_DAY,
  FIELD_PERCENT,
  FIELD_COMMUNE,
  FIELD_TAX_CODE,
  FIELD_DIGITS,
} FieldType;

static const char *const kinds[] = { "HTX", "THT", "household", "enterprise", NULL };
static const char *const terms[] = { "", "own", "commission", "transfer", NULL };
static const char *const bases[] = { "paid", "shelf", NULL };
static const char *const flags[] = { "0", "1", NULL };

#define AT(member) G_STRUCT_OFFSET (QuayPartnerEdit, member)
static const struct
{
  const char *column; /* of the edit, and the fact's field */
  gboolean identity;  /* of the kind producer */
  FieldType type;
  guint max; /* characters */
  const char *const *words;
  gsize offset;
} fields[] = {
  { "name", TRUE, FIELD_TEXT, 90, NULL, AT (name) },
  { "kind", TRUE, FIELD_WORD, 0, kinds, AT (kind) },
  { "commune", TRUE, FIELD_COMMUNE, 0, NULL, AT (commune) },
  { "address", TRUE, FIELD_TEXT, 120, NULL, AT (address) },
  { "tax_code", TRUE, FIELD_TAX_CODE, 14, NULL, AT (tax_code) },
  { "phone", FALSE, FIELD_TEXT, 20, NULL, AT (phone) },
  { "contract", FALSE, FIELD_TEXT, 40, NULL, AT (contract) },
  { "contract_day", FALSE, FIELD_DAY, 0, NULL, AT (contract_day) },
  { "terms", FALSE, FIELD_RANK, 0, terms, AT (terms) },
  { "commission", FALSE, FIELD_PERCENT, 0, NULL, AT (commission) },
  { "base", FALSE, FIELD_RANK, 0, bases, AT (base) },
  { "net", FALSE, FIELD_RANK, 0, flags, AT (net) },
  { "bank", FALSE, FIELD_TEXT, 60, NULL, AT (bank) },
  { "account", FALSE, FIELD_DIGITS, 20, NULL, AT (account) },
  { "holder", FALSE, FIELD_TEXT, 70, NULL, AT (holder) },
  { "member", FALSE, FIELD_RANK, 0, flags, AT (member) },
  { "note", FALSE, FIELD_TEXT, 150, NULL, AT (note) },
};
#define N_FIELDS G_N_ELEMENTS (fields)

static char **
member_of (const QuayPartnerEdit *edit, guint field)
{
  return G_STRUCT_MEMBER_P (edit, fields[field].offset);
}

/* --- lists --- */

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return quay_text_compare ((*(const QuayPartner *const *)a)->name,
                            (*(const QuayPartner *const *)b)->name);
}

GPtrArray *
quay_till_partners (QuayTill *till)
{
  GPtrArray *partners = quay_reader_partners (till->reader, quay_till_day (till));
  g_ptr_array_sort (partners, compare_cb);
  return partners;
}

QuayPartner *
quay_till_partner (QuayTill *till, const QuayId *id)
{
  return quay_reader_partner (till->reader, id);
}

/* --- the edit --- */

QuayPartnerEdit *
quay_partner_edit_new (void)
{
  return g_new0 (QuayPartnerEdit, 1);
}

void
quay_partner_edit_free (QuayPartnerEdit *edit)
{
  if (edit == NULL)
    return;
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (*member_of (edit, i));
  g_free (edit);
}

static char *
show_percent (gint64 bp)
{
  if (bp % 100 == 0)
    return g_strdup_printf ("%d", (int)(bp / 100));
  return g_strdup_printf (bp % 10 == 0 ? "%d,%d" : "%d,%02d", (int)(bp / 100),
                          (int)(bp % 10 == 0 ? bp % 100 / 10 : bp % 100));
}

static char *
show_word (const char *const *words, gint64 rank)
{
  return g_strdup (rank >= 0 && rank < g_strv_length ((char **)words) ? words[rank] : "");
}

QuayPartnerEdit *
quay_partner_edit_of (const QuayPartner *partner)
{
  QuayPartnerEdit *edit = quay_partner_edit_new ();
  g_autoptr (QuayPartner) none = partner == NULL ? quay_partner_new () : NULL;
  const QuayPartner *from = partner != NULL ? partner : none;
  edit->name = g_strdup (from->name);
  edit->kind = g_strdup (from->kind);
  edit->commune = g_strdup (from->commune);
  edit->address = g_strdup (from->address);
  edit->tax_code = g_strdup (from->tax_code);
  edit->phone = g_strdup (from->phone);
  edit->contract = g_strdup (from->contract);
  edit->contract_day = from->contract_day != 0 ? quay_day_to_vi (from->contract_day) : NULL;
  edit->terms = show_word (terms, from->terms.kind);
  if (from->terms.kind == QUAY_TERMS_COMMISSION)
    edit->commission = show_percent (from->terms.commission_bp);
  edit->base = show_word (bases, from->terms.base);
  edit->net = show_word (flags, from->terms.net_of_vat);
  edit->bank = g_strdup (from->bank);
  edit->account = g_strdup (from->account);
  edit->holder = g_strdup (from->holder);
  edit->member = show_word (flags, from->member);
  edit->note = g_strdup (from->note);
  for (guint i = 0; i < N_FIELDS; i++)
    if (*member_of (edit, i) == NULL)
      *member_of (edit, i) = g_strdup ("");
  return edit;
}

/* --- checking --- */

typedef struct
{
  QuayTill *till;
  const QuayPartnerEdit *edit;
  QuayPartnerEdit *shown; /* as it was */
  gboolean registered;
  GPtrArray *refusals;
  GPtrArray *identity; /* QuayFact, as are those below */
  GPtrArray *agreed;
} Check;

static void
put (Check *check, guint field, QuayFact *fact)
{
  g_ptr_array_add (fields[field].identity ? check->identity : check->agreed, fact);
}

static void
put_rank (Check *check, guint field, const char *text)
{
  for (guint i = 0; fields[field].words[i] != NULL; i++)
    if (strcmp (fields[field].words[i], text) == 0)
      put (check, field, quay_fact_new_number (fields[field].column, i));
}

static gboolean
is_commune (QuayTill *till, const char *text)
{
  g_autoptr (GPtrArray) communes = quay_till_communes (till);
  for (guint i = 0; i < communes->len; i++)
    if (strcmp (((const QuayReportRow *)communes->pdata[i])->key, text) == 0)
      return TRUE;
  return FALSE;
}

/* Percent with up to two decimals, 0 … 100. */
static gboolean
read_percent (const char *text, gint64 *bp)
{
  QuayQty thousandths;
  if (!quay_parse_qty (text, &thousandths, NULL) || thousandths.milli % 10 != 0)
    return FALSE;
  *bp = thousandths.milli / 10;
  return *bp <= 10000;
}

static const char *
word_fault (guint field, const char *text)
{
  return g_strv_contains (fields[field].words, text) ? NULL : "range";
}

/* NULL, and the fact put down, or why not. */
static const char *
take_text (Check *check, guint field, const char *text)
{
  QuayDay day;
  gint64 bp;
  const char *column = fields[field].column;
  switch (fields[field].type)
    {
    case FIELD_RANK:
      put_rank (check, field, text);
      return word_fault (field, text);
    case FIELD_DAY:
      if (!quay_day_from_text (text, &day))
        return "day";
      put (check, field, quay_fact_new_number (column, day));
      return NULL;
    case FIELD_PERCENT:
      if (!read_percent (text, &bp))
        return "range";
      put (check, field, quay_fact_new_number (column, bp));
      return NULL;
    case FIELD_WORD:
      if (word_fault (field, text) != NULL)
        return "range";
      break;
    case FIELD_COMMUNE:
      if (!is_commune (check->till, text))
        return "unknown-commune";
      break;
    case FIELD_TAX_CODE:
      if (!quay_tax_code_is_sound (text))
        return "tax-code";
      break;
    case FIELD_DIGITS:
      if (strspn (text, "0123456789") != strlen (text) || strlen (text) > fields[field].max)
        return "number";
      break;
    case FIELD_TEXT:
      if (!quay_text_check (text, -1, fields[field].max, NULL))
        return "text";
      break;
    }
  put (check, field, quay_fact_new_text (column, text));
  return NULL;
}

static void
check_field (Check *check, guint field)
{
  const char *typed = *member_of (check->edit, field);
  const char *fault = NULL;
  if (typed == NULL)
    return;
  g_autofree char *text = g_strstrip (g_strdup (typed));
  if (strcmp (text, *member_of (check->shown, field)) == 0)
    return;
  if (check->registered && fields[field].identity)
    fault = "registry";
  else if (*text != '\0')
    fault = take_text (check, field, text);
  else if (field == 0)
    fault = "empty";
  else
    put (check, field, quay_fact_new_cleared (fields[field].column));
  if (fault != NULL)
    g_ptr_array_add (check->refusals, quay_refusal_new (0, fields[field].column, fault));
}

/* A text of the edit, or of what is kept if the edit leaves it. */
static const char *
will_be (Check *check, const char *edited, const char *kept)
{
  return edited != NULL ? edited : kept;
}

static void
check_whole (Check *check)
{
  const QuayPartnerEdit *edit = check->edit;
  const char *name = will_be (check, edit->name, check->shown->name);
  const char *agreed = will_be (check, edit->terms, check->shown->terms);
  const char *percent = will_be (check, edit->commission, check->shown->commission);
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0' && *check->shown->name == '\0')
    g_ptr_array_add (check->refusals, quay_refusal_new (0, "name", "empty"));
  if (strcmp (agreed, "commission") == 0 && *percent == '\0')
    g_ptr_array_add (check->refusals, quay_refusal_new (0, "commission", "empty"));
}

/* Two producers of one name can't be told apart in a list. */
static void
check_name (Check *check, const QuayId *id)
{
  QuayId other;
  if (check->edit->name == NULL || check->refusals->len > 0)
    return;
  g_autofree char *name = g_strstrip (g_strdup (check->edit->name));
  if (strcmp (name, check->shown->name) != 0 &&
      quay_reader_find_entity (check->till->reader, "producer", "name", name, &other) &&
      !quay_id_equal (&other, id))
    g_ptr_array_add (check->refusals, quay_refusal_new (0, "name", "taken"));
}

/* --- events --- */

static void
add_facts (QuayTill *till, QuayTxn *txn, QuayEventKind kind, const QuayId *id, GPtrArray **facts)
{
  if ((*facts)->len == 0)
    return;
  QuayEvent *event = quay_till_event (till, kind, FALSE);
  QuayFacts *body = event->body;
  event->shift = QUAY_ID_NIL; /* who delivers belongs to no shift */
  body->id = *id;
  body->facts = g_steal_pointer (facts);
  quay_txn_add (txn, event);
}

static gboolean
write_facts (Check *check, QuayId *id, GError **error)
{
  QuayId known = quay_id_is_nil (id) ? quay_till_new_id (check->till) : *id;
  gboolean any = check->identity->len + check->agreed->len > 0;
  if (any)
    {
      QuayTxn *txn = quay_txn_new ();
      add_facts (check->till, txn, QUAY_EVENT_PRODUCER, &known, &check->identity);
      add_facts (check->till, txn, QUAY_EVENT_PARTNER, &known, &check->agreed);
      g_autoptr (QuayResult) done = quay_till_commit (check->till, txn, error);
      if (done == NULL)
        return FALSE;
      quay_till_items_moved (check->till);
    }
  *id = known;
  return TRUE;
}

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->refusals, g_ptr_array_unref);
  g_clear_pointer (&check->identity, g_ptr_array_unref);
  g_clear_pointer (&check->agreed, g_ptr_array_unref);
  g_clear_pointer (&check->shown, quay_partner_edit_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

gboolean
quay_till_save_partner (QuayTill *till, QuayId *id, const QuayPartnerEdit *edit,
                        GPtrArray **refusals, GError **error)
{
  g_autoptr (QuayPartner) was = quay_id_is_nil (id) ? NULL : quay_reader_partner (till->reader, id);
  *refusals = NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (was == NULL && !quay_id_is_nil (id))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such producer");
      return FALSE;
    }
  g_auto (Check) check = {
    .till = till,
    .edit = edit,
    .shown = quay_partner_edit_of (was),
    .registered = was != NULL && was->code != NULL,
    .refusals = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free),
    .identity = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free),
    .agreed = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free),
  };
  for (guint i = 0; i < N_FIELDS; i++)
    check_field (&check, i);
  check_whole (&check);
  check_name (&check, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (check.refusals->len > 0)
    {
      *refusals = g_steal_pointer (&check.refusals);
      return FALSE;
    }
  return write_facts (&check, id, error);
}
