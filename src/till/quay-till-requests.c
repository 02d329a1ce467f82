/* The register of requests about personal data. Thread: main. */
#include "quay-till-requests-private.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-requests.h"
#include "quay-till-customers.h"
#include "quay-till-facts.h"
#include "quay-till-law.h"

/* --- deadlines --- */

static gint64
law_of (const char *what, const char *kind, const char *more, QuayDay day, char **source)
{
  g_autofree char *code = g_strconcat ("request.", what, kind, more, NULL);
  return quay_till_law_on (day, code, source);
}

QuayRequestTerms
quay_till_request_terms (QuayRequestKind kind, gboolean third, QuayDay received, char **source)
{
  const char *name = quay_request_name (kind);
  QuayRequestTerms terms = {
    .acknowledge = law_of ("acknowledge", "", "", received, NULL),
    .days = law_of ("", name, third ? ".third" : "", received, source),
    .more = law_of ("", name, ".more", received, NULL),
  };
  return terms;
}

static void
complete (QuayRequest *request, const GArray *holidays)
{
  QuayRequestTerms terms =
      quay_till_request_terms (request->kind, request->third, request->received, NULL);
  quay_request_reckon (request, &terms, (const QuayDay *)(const void *)holidays->data,
                       holidays->len);
}

gboolean
quay_till_request_due (QuayRequestKind kind, gboolean third, QuayRequest *request, char **source)
{
  QuayRequestTerms terms = quay_till_request_terms (kind, third, request->received, source);
  g_autoptr (GArray) holidays = quay_till_holidays ();
  quay_request_reckon (request, &terms, (const QuayDay *)(void *)holidays->data, holidays->len);
  return terms.days > 0;
}

static void
entitle (QuayTill *till, QuayRequest *request)
{
  g_autoptr (QuayCustomer) customer =
      quay_id_is_nil (&request->customer) ? NULL : quay_till_customer (till, &request->customer);
  request->title = customer != NULL ? quay_customer_title (customer) : NULL;
}

/* --- reading --- */

static int
compare (gconstpointer a, gconstpointer b)
{
  return quay_request_compare (*(const QuayRequest *const *)a, *(const QuayRequest *const *)b);
}

/* Without titles, which take the customers' keys. */
static GPtrArray *
read_requests (QuayTill *till, gboolean ended)
{
  GPtrArray *requests = quay_reader_requests (till->reader);
  g_autoptr (GArray) holidays = requests->len > 0 ? quay_till_holidays () : NULL;
  for (guint i = requests->len; i-- > 0;)
    {
      QuayRequest *request = requests->pdata[i];
      if (!ended && request->ended != 0)
        g_ptr_array_remove_index_fast (requests, i);
      else
        complete (request, holidays);
    }
  return requests;
}

GPtrArray *
quay_till_requests (QuayTill *till, gboolean ended)
{
  GPtrArray *requests = read_requests (till, ended);
  for (guint i = 0; i < requests->len; i++)
    entitle (till, requests->pdata[i]);
  g_ptr_array_sort (requests, compare);
  return requests;
}

QuayRequest *
quay_till_request (QuayTill *till, const QuayId *id)
{
  QuayRequest *request = quay_reader_request (till->reader, id);
  if (request == NULL)
    return NULL;
  g_autoptr (GArray) holidays = quay_till_holidays ();
  complete (request, holidays);
  entitle (till, request);
  return request;
}

QuayRequestCount
quay_till_count_requests (QuayTill *till)
{
  QuayRequestCount count = { 0 };
  QuayDay today = quay_till_day (till);
  g_autoptr (GPtrArray) requests = read_requests (till, FALSE);
  count.open = requests->len;
  for (guint i = 0; i < requests->len; i++)
    {
      const QuayRequest *request = requests->pdata[i];
      QuayRequestState state = quay_request_state (request, today);
      if (state == QUAY_REQUEST_LATE)
        count.late++;
      else if (quay_request_left (request, today) <= QUAY_REQUEST_SOON_DAYS)
        count.soon++;
    }
  return count;
}

gboolean
quay_till_has_request (QuayTill *till, const QuayId *customer, QuayRequestKind kind)
{
  g_autoptr (GPtrArray) requests = quay_reader_requests (till->reader);
  for (guint i = 0; i < requests->len; i++)
    {
      const QuayRequest *request = requests->pdata[i];
      if (request->ended == 0 && request->kind == kind &&
          quay_id_equal (&request->customer, customer))
        return TRUE;
    }
  return FALSE;
}

/* --- writing --- */

static void
add_done (QuayTill *till, QuayFacts *facts, const char *why)
{
  quay_facts_add_number (facts, "ended", quay_till_day (till));
  quay_facts_add_text (facts, "outcome", why == NULL ? "done" : "refused");
  quay_facts_add_text (facts, "ended_why", why);
  quay_facts_add_text (facts, "ended_by", quay_till_user (till));
}

static void
add_acknowledged (QuayTill *till, QuayFacts *facts)
{
  quay_facts_add_number (facts, "acknowledged", quay_till_day (till));
  quay_facts_add_text (facts, "acknowledged_by", quay_till_user (till));
}

guint
quay_till_answer_requests (QuayTill *till, QuayTxn *txn, const QuayId *customer,
                           const QuayRequestKind *kinds, guint n)
{
  guint answered = 0;
  g_autoptr (GPtrArray) requests = quay_reader_requests (till->reader);
  for (guint i = 0; i < requests->len; i++)
    {
      const QuayRequest *request = requests->pdata[i];
      gboolean wanted = FALSE;
      for (guint k = 0; k < n; k++)
        wanted = wanted || request->kind == kinds[k];
      if (!wanted || request->ended != 0 || !quay_id_equal (&request->customer, customer))
        continue;
      QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_REQUEST, &request->id);
      if (request->acknowledged == 0)
        add_acknowledged (till, facts);
      add_done (till, facts, NULL);
      answered++;
    }
  return answered;
}

static gboolean
commit (QuayTill *till, QuayTxn *txn, GError **error)
{
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_emit_sales (till);
  return done != NULL;
}

static gboolean
cant (GError **error, QuayError code, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, (int)code, why);
  return FALSE;
}

static gboolean
refuse (const char *member, const char *why, const char **field, GError **error)
{
  *field = member;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "%s: %s", member, why);
  return FALSE;
}

static gboolean
ask_is_sound (QuayTill *till, const QuayRequestAsk *ask, QuayDay received, const char **field,
              GError **error)
{
  gboolean named = !quay_id_is_nil (&ask->customer);
  gboolean ref = ask->ref != NULL && ask->ref[0] != '\0';
  if (quay_request_name (ask->kind) == NULL)
    return refuse ("kind", "nothing that is known", field, error);
  if (ask->how == NULL || !g_strv_contains (quay_request_ways, ask->how))
    return refuse ("how", "no way that is known", field, error);
  if (!quay_day_is_valid (received) || received > quay_till_day (till) ||
      quay_till_request_terms (ask->kind, ask->third, received, NULL).days == 0)
    return refuse ("received", "no day, not yet, or before the law", field, error);
  if (!named && !ref)
    return refuse ("ref", "a customer or a reference is needed", field, error);
  if (ref && (named || !quay_request_ref_is_sound (ask->ref)))
    return refuse ("ref", "no number of a receipt, or beside a customer", field, error);
  g_autoptr (QuayCustomer) customer = named ? quay_till_customer (till, &ask->customer) : NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (!named || customer != NULL)
    return TRUE;
  *field = "customer";
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such customer");
  return FALSE;
}

/* What was done at once takes the right to do it: that a customer was erased shows by itself, all
 * else that ends a request without a verb of its own is for who may end it. */
static QuayAct
act_of (QuayTill *till, const QuayRequestAsk *ask)
{
  if (!ask->done)
    return QUAY_ACT_CUSTOMER;
  if (quay_id_is_nil (&ask->customer) || ask->kind == QUAY_REQUEST_OTHER)
    return QUAY_ACT_ERASE;
  if (ask->kind != QUAY_REQUEST_DELETE)
    return QUAY_ACT_CUSTOMER;
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, &ask->customer);
  return customer != NULL && customer->erased ? QUAY_ACT_CUSTOMER : QUAY_ACT_ERASE;
}

/* Whether an earlier try wrote down the same. */
static gboolean
says_the_same (const QuayRequest *was, const QuayRequestAsk *ask)
{
  const char *ref = ask->ref != NULL && ask->ref[0] != '\0' ? ask->ref : NULL;
  return was->kind == ask->kind && quay_id_equal (&was->customer, &ask->customer) &&
         g_strcmp0 (was->ref, ref) == 0 && g_strcmp0 (was->how, ask->how) == 0 &&
         was->third == (ask->third != FALSE) &&
         (ask->received == 0 || was->received == ask->received) && (!ask->done || was->ended != 0);
}

gboolean
quay_till_add_request (QuayTill *till, const QuayId *id, const QuayRequestAsk *ask,
                       const char **field, GError **error)
{
  QuayDay received = ask->received != 0 ? ask->received : quay_till_day (till);
  *field = NULL;
  if (!quay_till_require (till, QUAY_ACT_CUSTOMER, 0, error) ||
      !ask_is_sound (till, ask, received, field, error) ||
      !quay_till_require (till, act_of (till, ask), 0, error))
    return FALSE;
  g_autoptr (QuayRequest) was = quay_reader_request (till->reader, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (was != NULL && !says_the_same (was, ask))
    return cant (error, QUAY_ERROR_REFUSED, "it was written down, and said something else");
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_REQUEST, id);
  const GPtrArray *events = quay_txn_events (txn);
  ((QuayEvent *)events->pdata[0])->id = *id; /* known to the store at another try */
  quay_facts_add_text (facts, "what", quay_request_name (ask->kind));
  if (quay_id_is_nil (&ask->customer))
    quay_facts_add_text (facts, "ref", ask->ref);
  else
    quay_facts_add_id (facts, "customer", &ask->customer);
  quay_facts_add_text (facts, "how", ask->how);
  quay_facts_add_number (facts, "received", received);
  quay_facts_add_text (facts, "by", quay_till_user (till));
  if (ask->third)
    quay_facts_add_number (facts, "third", 1);
  if (ask->done)
    {
      add_acknowledged (till, facts);
      add_done (till, facts, NULL);
    }
  return commit (till, txn, error);
}

/* --- handling --- */

static QuayRequest *
need_open (QuayTill *till, const QuayId *id, QuayAct act, GError **error)
{
  g_autoptr (QuayRequest) request = quay_till_request (till, id);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (request == NULL)
    cant (error, QUAY_ERROR_NOT_FOUND, "no such request");
  else if (request->ended != 0)
    cant (error, QUAY_ERROR_REFUSED, "this request has ended");
  else if (quay_till_require (till, act, 0, error))
    return g_steal_pointer (&request);
  return NULL;
}

gboolean
quay_till_acknowledge_request (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayRequest) request = need_open (till, id, QUAY_ACT_CUSTOMER, error);
  if (request == NULL)
    return FALSE;
  if (request->acknowledged != 0)
    return cant (error, QUAY_ERROR_REFUSED, "it was acknowledged");
  QuayTxn *txn = quay_txn_new ();
  add_acknowledged (till, quay_till_begin_facts (till, txn, QUAY_EVENT_REQUEST, id));
  return commit (till, txn, error);
}

gboolean
quay_till_extend_request (QuayTill *till, const QuayId *id, const char *why, GError **error)
{
  if (why == NULL || !g_strv_contains (quay_request_delays, why))
    return cant (error, QUAY_ERROR_INVALID, "no reason that is known");
  g_autoptr (QuayRequest) request = need_open (till, id, QUAY_ACT_ERASE, error);
  if (request == NULL)
    return FALSE;
  if (request->extended != 0 || quay_till_day (till) > request->due)
    return cant (error, QUAY_ERROR_REFUSED, "it was extended, or it is too late for that");
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_REQUEST, id);
  quay_facts_add_number (facts, "extended", quay_till_day (till));
  quay_facts_add_text (facts, "extended_why", why);
  quay_facts_add_text (facts, "extended_by", quay_till_user (till));
  if (request->acknowledged == 0) /* whoever asked is told of it */
    add_acknowledged (till, facts);
  return commit (till, txn, error);
}

/* Who was asked to erase somebody has erased them: that ends the request by itself. */
static gboolean
is_still_here (QuayTill *till, const QuayRequest *request)
{
  if (request->kind != QUAY_REQUEST_DELETE || quay_id_is_nil (&request->customer))
    return FALSE;
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, &request->customer);
  return customer != NULL && !customer->erased;
}

gboolean
quay_till_end_request (QuayTill *till, const QuayId *id, const char *why, GError **error)
{
  if (why != NULL && !g_strv_contains (quay_request_refusals, why))
    return cant (error, QUAY_ERROR_INVALID, "no reason that is known");
  g_autoptr (QuayRequest) request = need_open (till, id, QUAY_ACT_ERASE, error);
  if (request == NULL)
    return FALSE;
  if (why == NULL && is_still_here (till, request))
    return cant (error, QUAY_ERROR_REFUSED, "the customer is not erased yet");
  if (!quay_till_check_reads (till, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_REQUEST, id);
  if (request->acknowledged == 0)
    add_acknowledged (till, facts);
  add_done (till, facts, why);
  return commit (till, txn, error);
}
