/* Everything that the shop knows of one person, as a file for them (Law 91/2025/QH15 art. 4).
 * Thread: main. */
#include "quay-till-customers.h"

#include "quay-till-private.h"
#include "quay-till-requests-private.h"

#include "quay-device-file.h"
#include "quay-error.h"
#include "quay-reader-customers.h"
#include "quay-till-people.h"

#include <jansson.h>
#include <string.h>

static void
set_text (json_t *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, key, json_string (text));
}

static void
set_day (json_t *object, const char *key, QuayDay day)
{
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : NULL;
  set_text (object, key, text);
}

static json_t *
consents_of (const QuayCustomer *customer)
{
  json_t *all = json_object ();
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    {
      const QuayConsent *consent = &customer->consents[i];
      json_t *one = json_object ();
      json_object_set_new (one, "given", json_boolean (consent->given));
      set_day (one, "day", consent->day);
      set_text (one, "text", consent->text);
      set_text (one, "how", consent->how);
      set_text (one, "asked_by", consent->who);
      json_object_set_new (all, quay_consent_name (i), one);
    }
  return all;
}

static json_t *
lines_of (QuayTill *till, const QuayId *id)
{
  json_t *all = json_array ();
  g_autoptr (GPtrArray) lines = quay_reader_customer_lines (till->reader, id);
  for (guint i = lines->len; i-- > 0;)
    {
      const QuayCustomerLine *line = lines->pdata[i];
      json_t *one = json_object ();
      set_day (one, "day", line->day);
      set_text (one, "number", line->number);
      set_text (one, "kind", line->kind);
      set_text (one, "document", line->doc);
      set_text (one, "paid_by", line->tender);
      set_text (one, "why", line->why);
      json_object_set_new (one, "amount", json_integer (line->amount.dong));
      json_object_set_new (one, "points", json_integer (line->points));
      json_object_set_new (one, "owed_after", json_integer (line->balance.dong));
      json_array_append_new (all, one);
    }
  return all;
}

static json_t *
requests_of (QuayTill *till, const QuayId *id)
{
  json_t *all = json_array ();
  g_autoptr (GPtrArray) requests = quay_till_requests (till, TRUE);
  for (guint i = 0; i < requests->len; i++)
    {
      const QuayRequest *request = requests->pdata[i];
      if (!quay_id_equal (&request->customer, id))
        continue;
      json_t *one = json_object ();
      set_text (one, "what", quay_request_name (request->kind));
      set_text (one, "how", request->how);
      set_day (one, "received", request->received);
      set_day (one, "acknowledged", request->acknowledged);
      set_day (one, "extended", request->extended);
      set_day (one, "ended", request->ended);
      if (request->ended != 0)
        json_object_set_new (one, "done", json_boolean (request->done));
      set_text (one, "why", request->ended_why);
      json_array_append_new (all, one);
    }
  return all;
}

char *
quay_till_export_customer (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, id);
  if (!quay_till_check_reads (till, error) ||
      !quay_till_require (till, QUAY_ACT_CUSTOMER, 0, error))
    return NULL;
  if (customer == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such customer");
      return NULL;
    }
  json_t *person = json_object ();
  g_autofree char *title = quay_customer_title (customer);
  set_text (person, "customer", title);
  set_text (person, "phone", customer->phone);
  set_text (person, "address", customer->address);
  set_text (person, "note", customer->note);
  set_text (person, "price_list", customer->list);
  json_object_set_new (person, "debt_limit", json_integer (customer->limit.dong));
  json_object_set_new (person, "debt", json_integer (customer->debt.dong));
  json_object_set_new (person, "points", json_integer (customer->points));
  json_object_set_new (person, "consents", consents_of (customer));
  json_object_set_new (person, "account", lines_of (till, id));
  json_object_set_new (person, "requests", requests_of (till, id));
  char *made = json_dumps (person, JSON_INDENT (2));
  char *text = g_strconcat (made, "\n", NULL);
  json_decref (person);
  free (made);
  if (quay_till_check_reads (till, error))
    return text;
  g_free (text);
  return NULL;
}

gboolean
quay_till_write_customer (QuayTill *till, const QuayId *id, const char *path, GError **error)
{
  static const QuayRequestKind asked[] = { QUAY_REQUEST_VIEW };
  g_autofree char *text = quay_till_export_customer (till, id, error);
  if (text == NULL || !quay_device_write (path, (const guint8 *)text, strlen (text), error))
    {
      quay_till_use_leaves (till, FALSE);
      return FALSE;
    }
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  guint answered = quay_till_answer_requests (till, txn, id, asked, G_N_ELEMENTS (asked));
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (answered == 0 && quay_till_approver (till, QUAY_ACT_CUSTOMER) == NULL)
    return TRUE; /* a word that was given for it is written down */
  g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
  if (done != NULL)
    quay_till_emit_sales (till);
  return done != NULL;
}
