/* Documents of goods: reading, taking back, printing. Thread: main. */
#include "quay-till-documents.h"

#include "quay-till-forms.h"
#include "quay-till-goods.h"
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-reader-goods.h"
#include "quay-reader-lots.h"

#include <glib/gstdio.h>

GPtrArray *
quay_till_documents (QuayTill *till, const QuayDocumentFilter *filter)
{
  return quay_reader_documents (till->reader, filter);
}

QuayDocument *
quay_till_document (QuayTill *till, const QuayId *id)
{
  return quay_reader_document (till->reader, id, NULL);
}

QuayDocument *
quay_till_document_by_number (QuayTill *till, const char *number)
{
  return quay_reader_document (till->reader, NULL, number);
}

/* --- taking back --- */

static gboolean
refuse (GError **error, QuayError code, const char *why, const char *what)
{
  g_set_error (error, QUAY_ERROR, code, "%s: %s", why, what);
  return FALSE;
}

static gboolean
may_be_reversed (const QuayDocument *document, const QuayId *id, const char *why, GError **error)
{
  const char *number = document->voucher->number;
  if (why == NULL || *why == '\0')
    return refuse (error, QUAY_ERROR_INVALID, "needs a reason", number);
  if (!quay_id_is_nil (&document->voucher->reverses))
    return refuse (error, QUAY_ERROR_EXISTS, "takes another one back itself", number);
  if (!quay_id_is_nil (&document->reversed_by) && !quay_id_equal (&document->reversed_by, id))
    return refuse (error, QUAY_ERROR_EXISTS, "was taken back before", number);
  if (document->kind == QUAY_GOODS_COUNTED || document->kind == QUAY_GOODS_BUNDLED)
    return refuse (error, QUAY_ERROR_REFUSED, "a count or baskets are not taken back", number);
  return TRUE;
}

/* What is left of a lot at a place. */
static QuayQty
left_of (QuayTill *till, const QuayId *loc, const QuayVoucherLine *line)
{
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, loc, &line->product);
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayLot *lot = lots->pdata[i];
      if (quay_id_equal (&lot->id, &line->lot))
        return lot->qty;
    }
  return QUAY_MILLI (0);
}

/* Of a lot that stands in several lines, all of them go back together. */
static gint64
taken_of_lot (const GPtrArray *lines, const QuayVoucherLine *of)
{
  gint64 milli = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayVoucherLine *line = lines->pdata[i];
      if (quay_id_equal (&line->lot, &of->lot) && quay_id_equal (&line->product, &of->product))
        milli += line->qty.milli;
    }
  return milli;
}

static gboolean
check_left (QuayTill *till, const QuayId *loc, const GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayVoucherLine *line = lines->pdata[i];
      QuayQty left = left_of (till, loc, line);
      if (left.milli >= taken_of_lot (lines, line))
        continue;
      g_autofree char *there = quay_format_qty (left, line->unit);
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "%s%s%s: %s", line->name,
                   line->code != NULL ? ", " : "", line->code != NULL ? line->code : "", there);
      return FALSE;
    }
  return quay_till_check_reads (till, error);
}

static void
turn_round (QuayVoucherLine *line)
{
  line->qty.milli = -line->qty.milli;
  line->other.milli = -line->other.milli;
  line->amount.dong = -line->amount.dong;
  line->cost.dong = -line->cost.dong;
  line->made = line->expires = 0; /* they are the lot's */
  line->producer = QUAY_ID_NIL;
  g_clear_pointer (&line->code, g_free);
  g_clear_pointer (&line->trace, g_free);
}

static void
make_opposite (QuayDocument *document, const char *why, gboolean moved)
{
  QuayVoucher *voucher = document->voucher;
  voucher->reverses = document->id;
  voucher->document = QUAY_ID_NIL;
  voucher->owed.dong = -voucher->owed.dong;
  g_free (voucher->note);
  voucher->note = g_strdup (why);
  for (guint i = 0; i < voucher->lines->len && !moved; i++)
    turn_round (voucher->lines->pdata[i]);
}

char *
quay_till_reverse_document (QuayTill *till, const QuayId *id, const QuayId *of, const char *why,
                            GError **error)
{
  g_autoptr (QuayDocument) document = quay_till_document (till, of);
  if (!quay_till_check_reads (till, error) || !quay_till_check_text (why, 200, error))
    return NULL;
  if (document == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such document");
      return NULL;
    }
  gboolean again = quay_id_equal (&document->reversed_by, id);
  gboolean moved = document->kind == QUAY_GOODS_MOVED;
  QuayId from = moved ? document->voucher->to : document->loc;
  if (!may_be_reversed (document, id, why, error) ||
      (!again && document->kind != QUAY_GOODS_ISSUED &&
       !check_left (till, &from, document->voucher->lines, error)))
    return NULL;
  make_opposite (document, why, moved);
  if (moved)
    document->voucher->to = document->loc;
  return quay_till_post_goods (till, id, document->kind, &from, document->voucher, NULL, error);
}

/* --- paper --- */

gboolean
quay_till_document_has_form (const QuayDocument *document)
{
  return document->kind == QUAY_GOODS_RECEIVED || document->kind == QUAY_GOODS_ISSUED;
}

char *
quay_till_forms_path (QuayTill *till, const char *number)
{
  g_autofree char *dir = g_build_filename (till->dir, "forms", NULL);
  g_autofree char *name = g_strconcat (number, ".pdf", NULL);
  g_mkdir_with_parents (dir, 0700);
  return g_build_filename (dir, name, NULL);
}

char *
quay_till_print_document (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  g_autoptr (QuayDocument) document = quay_till_document (till, id);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (document == NULL || !quay_till_document_has_form (document))
    {
      g_set_error_literal (error, QUAY_ERROR,
                           document == NULL ? QUAY_ERROR_NOT_FOUND : QUAY_ERROR_INVALID,
                           "no such document, or it has no form");
      return NULL;
    }
  g_autoptr (QuayForm) form = quay_till_goods_form (till, document);
  g_autofree char *file =
      path != NULL ? g_strdup (path) : quay_till_forms_path (till, document->voucher->number);
  return quay_form_to_pdf (form, file, error) ? g_steal_pointer (&file) : NULL;
}
