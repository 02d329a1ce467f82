/* Requests about personal data: names, deadlines, where one stands. Pure. */
#include "quay-request.h"

#include <string.h>

#define REF_MIN 3
#define REF_MAX 30
#define PHONE_MIN 9 /* digits, the first is 0 */

const char *const quay_request_ways[] = { "counter", "phone", "letter", "message", NULL };
const char *const quay_request_delays[] = { "complex", "others", "identity", NULL };
const char *const quay_request_refusals[] = { "law", "identity", "groundless", "withdrawn", NULL };

static const char *const names[QUAY_N_REQUESTS] = { "withdraw", "view", "correct", "delete",
                                                    "other" };

const char *
quay_request_name (QuayRequestKind kind)
{
  return (guint)kind < QUAY_N_REQUESTS ? names[kind] : NULL;
}

gboolean
quay_request_from_name (const char *name, QuayRequestKind *kind)
{
  for (guint i = 0; i < QUAY_N_REQUESTS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* Digits from @text on, whatever stands between them that is no letter. */
static gsize
count_digits (const char *text)
{
  gsize n = 0;
  for (; *text != '\0' && !g_ascii_isalpha (*text); text++)
    n += g_ascii_isdigit (*text) ? 1 : 0;
  return n;
}

gboolean
quay_request_ref_is_sound (const char *ref)
{
  gsize len = strlen (ref);
  gboolean letter = FALSE;
  gboolean digit = FALSE;
  if (len < REF_MIN || len > REF_MAX)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    {
      gboolean first = g_ascii_isdigit (ref[i]) && (i == 0 || !g_ascii_isdigit (ref[i - 1]));
      letter = letter || g_ascii_isalpha (ref[i]);
      digit = digit || first;
      if (!g_ascii_isalnum (ref[i]) && strchr ("./-", ref[i]) == NULL)
        return FALSE;
      if (first && ref[i] == '0' && count_digits (ref + i) >= PHONE_MIN)
        return FALSE;
    }
  return letter && digit;
}

void
quay_request_free (QuayRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->title);
  g_free (request->ref);
  g_free (request->how);
  g_free (request->by);
  g_free (request->acknowledged_by);
  g_free (request->extended_why);
  g_free (request->extended_by);
  g_free (request->ended_why);
  g_free (request->ended_by);
  g_free (request);
}

/* --- deadlines --- */

void
quay_request_reckon (QuayRequest *request, const QuayRequestTerms *terms, const QuayDay *holidays,
                     guint n_holidays)
{
  gint64 days = terms->days + (request->extended != 0 ? terms->more : 0);
  request->acknowledge_due =
      quay_day_add_working (request->received, (int)terms->acknowledge, holidays, n_holidays);
  request->due = quay_day_add (request->received, (int)days);
}

QuayDay
quay_request_next (const QuayRequest *request)
{
  if (request->ended != 0)
    return 0;
  return request->acknowledged == 0 ? MIN (request->acknowledge_due, request->due) : request->due;
}

QuayRequestState
quay_request_state (const QuayRequest *request, QuayDay today)
{
  QuayDay next = quay_request_next (request);
  if (next == 0)
    return QUAY_REQUEST_ENDED;
  if (today > next)
    return QUAY_REQUEST_LATE;
  if (request->acknowledged == 0)
    return QUAY_REQUEST_OPEN;
  return quay_day_add (today, QUAY_REQUEST_SOON_DAYS) >= next ? QUAY_REQUEST_SOON
                                                              : QUAY_REQUEST_ACKNOWLEDGED;
}

int
quay_request_left (const QuayRequest *request, QuayDay today)
{
  gint64 day_ms = G_GINT64_CONSTANT (24) * 3600 * 1000;
  QuayDay next = quay_request_next (request);
  if (next == 0)
    return 0;
  return (int)((quay_day_start_ms (next, 0) - quay_day_start_ms (today, 0)) / day_ms);
}

int
quay_request_compare (const QuayRequest *a, const QuayRequest *b)
{
  QuayDay x = quay_request_next (a);
  QuayDay y = quay_request_next (b);
  if ((x == 0) != (y == 0))
    return x == 0 ? 1 : -1;
  if (x != y)
    return x < y ? -1 : 1;
  if (a->ended != b->ended)
    return a->ended > b->ended ? -1 : 1;
  return memcmp (&a->id, &b->id, sizeof (QuayId));
}
