/* The state of the exchange with the server in plain words: what it is, and what to do. */
#include "quay-link-words.h"

#include "quay-format.h"

#include <glib/gi18n.h>
#include <string.h>

#define WEEK 6

char *
quay_link_count (guint64 n)
{
  return quay_format_money (QUAY_DONG ((gint64)MIN (n, G_MAXINT64)), QUAY_MONEY_BARE);
}

static const char *
name_of_weekday (QuayDay day)
{
  static const char *const names[] = { N_ ("Monday"),   N_ ("Tuesday"), N_ ("Wednesday"),
                                       N_ ("Thursday"), N_ ("Friday"),  N_ ("Saturday"),
                                       N_ ("Sunday") };
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                  (GDateYear)(day / 10000));
  return _ (names[g_date_get_weekday (&date) - G_DATE_MONDAY]);
}

char *
quay_link_when (QuayTill *till, gint64 ms)
{
  QuayDay today = quay_day_at (quay_till_now_ms (till), 0);
  QuayDay day = quay_day_at (ms, 0);
  if (day == today)
    {
      gint64 minutes = (ms - quay_day_start_ms (day, 0)) / 60000;
      return g_strdup_printf ("%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    }
  if (day < today && day >= quay_day_add (today, -WEEK))
    return g_strdup (name_of_weekday (day));
  return quay_day_to_vi (day);
}

/* "42 waiting since Tuesday", or nothing. */
static char *
waiting_words (QuayTill *till, const QuayLinkState *state)
{
  if (state->waiting == 0)
    return g_strdup (_ ("nothing waits"));
  g_autofree char *n = quay_link_count (state->waiting);
  if (state->waiting_since == 0)
    return g_strdup_printf (_ ("%s waiting"), n);
  g_autofree char *since = quay_link_when (till, state->waiting_since);
  return g_strdup_printf (_ ("%s waiting since %s"), n, since);
}

static char *
working_words (const QuayLinkState *state)
{
  if (state->waiting == 0 && state->to_receive > 0)
    {
      g_autofree char *n = quay_link_count (state->to_receive);
      return g_strdup_printf (_ ("Fetching %s"), n);
    }
  g_autofree char *n = quay_link_count (state->waiting);
  return g_strdup_printf (_ ("Sending %s"), n);
}

static char *
sent_words (QuayTill *till, const QuayLinkState *state)
{
  if (state->last_ack == 0)
    return g_strdup (_ ("All sent"));
  g_autofree char *when = quay_link_when (till, state->last_ack);
  return g_strdup_printf (_ ("All sent · %s"), when);
}

char *
quay_link_chip (QuayTill *till, const QuayLinkState *state)
{
  g_autofree char *waiting = waiting_words (till, state);
  switch (state->link)
    {
    case QUAY_LINK_NONE:
      return g_strdup (_ ("Saved on this computer"));
    case QUAY_LINK_SENT:
      return sent_words (till, state);
    case QUAY_LINK_WORKING:
      return working_words (state);
    case QUAY_LINK_WAITING:
      return g_steal_pointer (&waiting);
    case QUAY_LINK_PAUSED:
      return g_strdup_printf (_ ("Paused · %s"), waiting);
    case QUAY_LINK_OFFLINE:
    case QUAY_LINK_BUSY:
      return g_strdup_printf (_ ("Offline · %s"), waiting);
    case QUAY_LINK_NOT_OURS:
      return g_strdup (_ ("The network wants a login"));
    case QUAY_LINK_UNTRUSTED:
      return g_strdup (_ ("Server not trusted"));
    case QUAY_LINK_UNKNOWN:
    case QUAY_LINK_REVOKED:
      return g_strdup (_ ("Refused: enrol again"));
    case QUAY_LINK_TOO_OLD:
      return g_strdup (_ ("Quầy must be updated"));
    case QUAY_LINK_TROUBLE:
      break;
    }
  return g_strdup_printf (_ ("Not sent · %s"), waiting);
}

char *
quay_link_title (QuayTill *till, const QuayLinkState *state)
{
  switch (state->link)
    {
    case QUAY_LINK_NONE:
      return g_strdup (_ ("This till works alone"));
    case QUAY_LINK_BUSY:
      return g_strdup (_ ("The server is busy and asks to wait"));
    case QUAY_LINK_NOT_OURS:
      return g_strdup (_ ("Something else than the server answers"));
    case QUAY_LINK_UNTRUSTED:
      return g_strdup (_ ("The server can't be trusted"));
    case QUAY_LINK_UNKNOWN:
      return g_strdup (_ ("The server does not know this till"));
    case QUAY_LINK_REVOKED:
      return g_strdup (_ ("The office has locked this till out"));
    case QUAY_LINK_SENT:
    case QUAY_LINK_WORKING:
    case QUAY_LINK_WAITING:
    case QUAY_LINK_PAUSED:
    case QUAY_LINK_OFFLINE:
    case QUAY_LINK_TOO_OLD:
    case QUAY_LINK_TROUBLE:
    default:
      return quay_link_chip (till, state);
    }
}

const char *
quay_link_advice (const QuayLinkState *state)
{
  switch (state->link)
    {
    case QUAY_LINK_NONE:
      return _ ("Sales are kept on this computer. With a code from the province's office the till "
                "also sends them there, and a lost computer loses nothing that was sent.");
    case QUAY_LINK_SENT:
      return _ ("Everything that happened at this till is on the server.");
    case QUAY_LINK_WORKING:
    case QUAY_LINK_WAITING:
      return _ ("Nothing need be done. Selling goes on meanwhile.");
    case QUAY_LINK_PAUSED:
      return _ ("Press Go on to send again. Selling goes on, nothing is lost.");
    case QUAY_LINK_OFFLINE:
      return _ ("There is no network, or the server does not answer. Sell on: all is kept here and "
                "sent by itself once the network is back.");
    case QUAY_LINK_BUSY:
      return _ ("The till tries again by itself.");
    case QUAY_LINK_NOT_OURS:
      return _ ("Many networks show a page of their own first: open a web page on this computer "
                "and log in there. Sell on meanwhile: all is kept here.");
    case QUAY_LINK_UNTRUSTED:
      return _ ("Check this computer's date and time first. If they are right, call the office: "
                "somebody may be between this till and the server. Nothing was sent.");
    case QUAY_LINK_UNKNOWN:
    case QUAY_LINK_REVOKED:
      return _ ("Sell on: all is kept here. Ask the office for a new code and enrol again.");
    case QUAY_LINK_TOO_OLD:
      return _ ("The server takes what it can of this version. Install the new one soon.");
    case QUAY_LINK_TROUBLE:
      break;
    }
  return _ ("The till tries again by itself. If this stays, call the office and read this out.");
}

const char *
quay_link_class (const QuayLinkState *state)
{
  switch (state->link)
    {
    case QUAY_LINK_NONE:
    case QUAY_LINK_SENT:
    case QUAY_LINK_WORKING:
    case QUAY_LINK_WAITING:
      return "good";
    case QUAY_LINK_UNTRUSTED:
    case QUAY_LINK_UNKNOWN:
    case QUAY_LINK_REVOKED:
      return "bad";
    case QUAY_LINK_PAUSED:
    case QUAY_LINK_OFFLINE:
    case QUAY_LINK_BUSY:
    case QUAY_LINK_NOT_OURS:
    case QUAY_LINK_TOO_OLD:
    case QUAY_LINK_TROUBLE:
      break;
    }
  return "warn";
}

const char *
quay_link_held_why (const char *why)
{
  static const struct
  {
    const char *says; /* a piece of the reason, which is the same in all languages and versions */
    const char *words;
  } reasons[] = {
    { "unknown kind or version", N_ ("A newer program wrote it: update Quầy") },
    { "Lamport counter leaps", N_ ("Its counter runs far ahead of the others: tell the office") },
    { "total don't agree", N_ ("Its sums do not agree: tell the office") },
    { "no place is named", N_ ("Goods move, but from where is not said: tell the office") },
    { "moves nothing", N_ ("It moves no money: tell the office") },
    { "not a JSON object", N_ ("It can't be read: tell the office") },
    { "not one line", N_ ("It can't be read: tell the office") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strstr (why, reasons[i].says) != NULL)
      return _ (reasons[i].words);
  return why;
}
