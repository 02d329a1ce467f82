/* Suppliers, their terms, drafts of documents, receiving and issuing. Thread: main. */
#include "quay-till-supply.h"

#include "quay-till-goods.h"
#include "quay-till-private.h"

#include "quay-body-stock.h"
#include "quay-body.h"
#include "quay-error.h"
#include "quay-json-read.h"
#include "quay-reader-goods.h"
#include "quay-reader-lots.h"
#include "quay-text.h"
#include "quay-typed.h"

#define DRAFT_PREFIX "goods.draft."
#define LINE_SUFFIX ".line"

static gboolean
invalid (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

/* --- suppliers --- */

gboolean
quay_till_find_supplier (QuayTill *till, const char *name, QuayId *id)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *wanted = g_utf8_strdown (stripped, -1);
  g_autoptr (GPtrArray) rows = quay_till_producers (till);
  for (guint i = 0; i < rows->len && *wanted != '\0'; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      g_autofree char *known = g_utf8_strdown (row->name != NULL ? row->name : "", -1);
      if (g_str_equal (known, wanted) && quay_id_from_text (row->key, id))
        return TRUE;
    }
  return FALSE;
}

gboolean
quay_till_need_supplier (QuayTill *till, const char *name, QuayId *id, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    return invalid ("needs a supplier", error);
  if (!quay_till_check_text (stripped, 120, error))
    return FALSE;
  gboolean known = quay_till_find_supplier (till, stripped, id);
  if (!quay_till_check_reads (till, error) || known)
    return known;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_PRODUCER, FALSE);
  QuayFacts *body = event->body;
  event->shift = QUAY_ID_NIL; /* the catalogue belongs to no shift */
  *id = body->id = quay_till_new_id (till);
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_autofree char *nfc = quay_text_nfc (stripped);
  g_ptr_array_add (body->facts, quay_fact_new_text ("name", nfc));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

static gint64
fact_number (GHashTable *facts, const char *field, gint64 max)
{
  gint64 number = 0;
  const char *text = g_hash_table_lookup (facts, field);
  return text != NULL && g_ascii_string_to_signed (text, 10, 0, max, &number, NULL) ? number : 0;
}

void
quay_till_usual_terms (QuayTill *till, const QuayId *supplier, const QuayId *product,
                       QuayTerms *terms)
{
  *terms = (QuayTerms){ .kind = QUAY_TERMS_OWN };
  if (quay_id_is_nil (supplier) || quay_reader_last_terms (till->reader, supplier, product, terms))
    return;
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "partner", supplier);
  gint64 kind = fact_number (facts, "terms", QUAY_TERMS_TRANSFER);
  terms->kind = kind != QUAY_TERMS_NONE ? kind : QUAY_TERMS_OWN;
  terms->commission_bp = fact_number (facts, "commission", 10000);
  terms->base = fact_number (facts, "base", QUAY_BASE_SHELF);
  terms->net_of_vat = fact_number (facts, "net", 1);
}

QuayQty
quay_till_pack_of (QuayTill *till, const QuayId *product)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "product", product);
  return quay_typed_pack (g_hash_table_lookup (facts, "pack"));
}

/* --- receiving --- */

gboolean
quay_till_net_weight (QuayQty gross, gint64 deduct_bp, QuayQty *net)
{
  return deduct_bp >= 0 && deduct_bp <= 10000 &&
         quay_muldiv (gross.milli, 10000 - deduct_bp, 10000, &net->milli);
}

/* What stands on the form: the price of own goods, the agreed one of consigned ones. */
static gboolean
fill_received (QuayTill *till, const QuayVoucher *voucher, QuayVoucherLine *line, gboolean own,
               GError **error)
{
  if (line->qty.milli <= 0)
    return invalid ("nothing was received of a line", error);
  if (own ? line->terms.kind != QUAY_TERMS_OWN : !quay_terms_are_consigned (&line->terms))
    return invalid ("terms don't fit the document", error);
  if (line->terms.kind == QUAY_TERMS_COMMISSION)
    line->terms.price = QUAY_DONG (0);
  if (line->terms.kind == QUAY_TERMS_TRANSFER && line->terms.price.dong <= 0)
    return invalid ("consigned goods without a transfer price or a commission", error);
  if (quay_id_is_nil (&line->lot))
    line->lot = quay_till_new_id (till);
  if (!own || quay_id_is_nil (&line->producer))
    line->producer = voucher->party;
  line->price = line->terms.price;
  if (quay_money_times_qty (line->price, line->qty, &line->amount))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "amount out of range: %s", line->name);
  return FALSE;
}

static gboolean
fill_receipt (QuayTill *till, QuayVoucher *voucher, QuayMoney paid, GError **error)
{
  gboolean own =
      g_strcmp0 (voucher->reason, "own") == 0 || g_strcmp0 (voucher->reason, "door") == 0;
  if (quay_id_is_nil (&voucher->party))
    return invalid ("needs a supplier", error);
  if (!own && g_strcmp0 (voucher->reason, "consigned") != 0)
    return invalid ("unknown reason", error);
  for (guint i = 0; i < voucher->lines->len; i++)
    if (!fill_received (till, voucher, voucher->lines->pdata[i], own, error))
      return FALSE;
  if (!quay_voucher_sum (voucher))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "total out of range");
      return FALSE;
    }
  voucher->owed = own ? voucher->total : QUAY_DONG (0);
  if (paid.dong < 0 || paid.dong > voucher->owed.dong)
    return invalid ("more is paid than is owed", error);
  return TRUE;
}

char *
quay_till_receive (QuayTill *till, const QuayId *id, QuayVoucher *voucher, QuayMoney paid,
                   GError **error)
{
  if (!fill_receipt (till, voucher, paid, error))
    return NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_entry_free);
  if (paid.dong > 0)
    {
      QuayEntry *entry = quay_entry_new ();
      entry->producer = voucher->party;
      entry->name = g_strdup (voucher->name);
      entry->kind = g_strdup ("payout");
      entry->amount = QUAY_DONG (-paid.dong);
      entry->tender = QUAY_TENDER_CASH;
      entry->money = 1;
      g_ptr_array_add (entries, entry);
    }
  return quay_till_post_goods (till, id, QUAY_GOODS_RECEIVED, NULL, voucher, entries, error);
}

/* --- issuing --- */

char *
quay_till_issue (QuayTill *till, const QuayId *id, QuayVoucher *voucher, GError **error)
{
  static const char *const reasons[] = { "damaged", "expired",  "sample", "own-use",
                                         "given",   "returned", NULL };
  if (voucher->reason == NULL || !g_strv_contains (reasons, voucher->reason))
    {
      invalid ("unknown reason", error);
      return NULL;
    }
  if (g_str_equal (voucher->reason, "returned") && quay_id_is_nil (&voucher->party))
    {
      invalid ("needs a producer", error);
      return NULL;
    }
  for (guint i = 0; i < voucher->lines->len; i++)
    if (((const QuayVoucherLine *)voucher->lines->pdata[i])->qty.milli <= 0)
      {
        invalid ("nothing is issued of a line", error);
        return NULL;
      }
  return quay_till_post_goods (till, id, QUAY_GOODS_ISSUED, NULL, voucher, NULL, error);
}

/* --- drafts --- */

void
quay_till_save_goods_draft (QuayTill *till, const char *name, const QuayVoucher *voucher,
                            const char *line)
{
  g_autofree char *key = g_strconcat (DRAFT_PREFIX, name, NULL);
  g_autofree char *line_key = g_strconcat (DRAFT_PREFIX, name, LINE_SUFFIX, NULL);
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;
  if (voucher != NULL && !quay_shape_check (&quay_shape_voucher, voucher, &error))
    {
      g_warning ("draft '%s' is not kept: %s", name, error->message);
      return;
    }
  if (voucher != NULL)
    {
      text = g_string_new ("{");
      quay_shape_write (&quay_shape_voucher, voucher, text);
      g_string_append_c (text, '}');
    }
  QuayTxn *txn = quay_txn_new ();
  quay_txn_set_local (txn, key, text != NULL ? text->str : NULL);
  quay_txn_set_local (txn, line_key, text != NULL ? line : NULL);
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
}

QuayVoucher *
quay_till_goods_draft (QuayTill *till, const char *name)
{
  g_auto (QuayJson) json;
  g_autofree char *key = g_strconcat (DRAFT_PREFIX, name, NULL);
  g_autofree char *text = quay_reader_local (till->reader, key);
  const char *found = text != NULL ? text : "";
  const QuayJsonValue *object = quay_json_read (&json, found, strlen (found));
  QuayVoucher *voucher = NULL;
  g_autoptr (GError) error = NULL;
  if (object != NULL)
    {
      voucher = g_new0 (QuayVoucher, 1);
      if (quay_shape_decode (&quay_shape_voucher, object, voucher, &error))
        g_ptr_array_set_free_func (voucher->lines, (GDestroyNotify)quay_voucher_line_free);
      else
        {
          g_warning ("draft '%s' can't be read: %s", name, error->message);
          quay_shape_clear (&quay_shape_voucher, voucher);
          g_clear_pointer (&voucher, g_free);
        }
    }
  return voucher;
}

char *
quay_till_goods_draft_line (QuayTill *till, const char *name)
{
  g_autofree char *key = g_strconcat (DRAFT_PREFIX, name, LINE_SUFFIX, NULL);
  return quay_reader_local (till->reader, key);
}
