/* Words about requests about personal data. Any thread. */
#include "quay-request-words.h"

#include "quay-ui.h"

#include <string.h>

typedef struct
{
  const char *code;
  const char *text;
} Word;

static const Word WAYS[] = {
  { "counter", N_ ("at the counter") },
  { "phone", N_ ("by telephone") },
  { "letter", N_ ("by letter") },
  { "message", N_ ("by message") },
};
static const Word DELAYS[] = {
  { "complex", N_ ("Much has to be looked through") },
  { "others", N_ ("Others have the data and have to be told") },
  { "identity", N_ ("It has to be made sure who asks") },
};
static const Word REFUSALS[] = {
  { "law", N_ ("The law keeps it: invoices and vouchers for 10 years") },
  { "identity", N_ ("Who asks did not show that it is about them") },
  { "groundless", N_ ("Without ground, or asked again and again") },
  { "withdrawn", N_ ("Not asked for any more") },
};

static const char *
find_word (const Word *words, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return _ (words[i].text);
  return code != NULL ? code : "";
}

const char *
quay_request_kind_words (QuayRequestKind kind)
{
  static const char *const texts[QUAY_N_REQUESTS] = {
    N_ ("Take consent back, restrict, object"),
    N_ ("See it, get a copy"),
    N_ ("Correct it"),
    N_ ("Delete it"),
    N_ ("Something else"),
  };
  return _ (texts[kind]);
}

const char *
quay_request_way_words (const char *how)
{
  return find_word (WAYS, G_N_ELEMENTS (WAYS), how);
}

const char *
quay_request_delay_words (const char *why)
{
  return find_word (DELAYS, G_N_ELEMENTS (DELAYS), why);
}

const char *
quay_request_refusal_words (const char *why)
{
  return find_word (REFUSALS, G_N_ELEMENTS (REFUSALS), why);
}

char *
quay_request_who_words (const QuayRequest *request)
{
  if (request->title != NULL)
    return g_strdup (request->title);
  return g_strdup_printf (_ ("Unknown · %s"), request->ref != NULL ? request->ref : "—");
}

char *
quay_request_state_words (const QuayRequest *request, QuayDay today)
{
  int left = quay_request_left (request, today);
  gboolean told = request->acknowledged != 0;
  g_autofree char *day = request->ended != 0 ? quay_day_to_vi (request->ended) : NULL;
  if (day != NULL)
    return g_strdup_printf (request->done ? _ ("done %s") : _ ("refused %s"), day);
  if (left < 0)
    return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong)-left), -left);
  if (left == 0)
    return g_strdup (told ? _ ("due today") : _ ("confirm today"));
  return g_strdup_printf (
      told ? ngettext ("%d day left", "%d days left", (gulong)left)
           : ngettext ("confirm: %d day left", "confirm: %d days left", (gulong)left),
      left);
}

const char *
quay_request_badge (const QuayRequest *request, QuayDay today)
{
  switch (quay_request_state (request, today))
    {
    case QUAY_REQUEST_LATE:
      return "bad";
    case QUAY_REQUEST_OPEN:
    case QUAY_REQUEST_SOON:
      return "warn";
    case QUAY_REQUEST_ENDED:
      return request->done ? "good" : "plain";
    default:
      return "plain";
    }
}

/* --- the story --- */

static void
add_line (GString *story, const char *text, QuayDay day, const char *who, const char *beside)
{
  g_autofree char *vi = quay_day_to_vi (day);
  g_string_append_printf (story, "%s%s: %s", story->len > 0 ? "\n" : "", text, vi);
  if (who != NULL)
    g_string_append_printf (story, " · %s", who);
  if (beside != NULL && *beside != '\0')
    g_string_append_printf (story, "\n    %s", beside);
}

char *
quay_request_story (const QuayRequest *request)
{
  GString *story = g_string_new (NULL);
  add_line (story, _ ("Received on"), request->received, request->by,
            quay_request_way_words (request->how));
  if (request->acknowledged != 0)
    add_line (story, _ ("Confirmed"), request->acknowledged, request->acknowledged_by, NULL);
  else if (request->ended == 0)
    add_line (story, _ ("To be confirmed by"), request->acknowledge_due, NULL, NULL);
  if (request->extended != 0)
    add_line (story, _ ("More time"), request->extended, request->extended_by,
              quay_request_delay_words (request->extended_why));
  if (request->ended == 0)
    add_line (story, _ ("To be done by"), request->due, NULL,
              request->third ? _ ("Others have the data and have to be told") : NULL);
  else
    add_line (story, request->done ? _ ("Done") : _ ("Refused"), request->ended, request->ended_by,
              request->done ? NULL : quay_request_refusal_words (request->ended_why));
  return g_string_free (story, FALSE);
}
