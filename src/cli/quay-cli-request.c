/* customer request: what people ask about their data. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-requests.h"

#include <string.h>

static const char *const STATES[] = { "open", "acknowledged", "soon", "late", "ended" };

static json_t *
day_of (QuayDay day)
{
  g_autofree char *text = day != 0 ? quay_day_to_iso (day) : NULL;
  return quay_cli_text (text);
}

static void
emit_request (QuayCli *cli, const QuayRequest *request)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  char customer[QUAY_ID_TEXT_LEN + 1] = "";
  QuayDay today = quay_till_day (cli->till);
  quay_id_to_text (&request->id, id);
  if (!quay_id_is_nil (&request->customer))
    quay_id_to_text (&request->customer, customer);
  json_t *object = json_pack ("{s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:o}", "id", id, "what",
                              quay_request_name (request->kind), "customer",
                              quay_cli_text (*customer ? customer : NULL), "name",
                              quay_cli_text (request->title), "ref", quay_cli_text (request->ref),
                              "how", quay_cli_text (request->how), "third", (int)request->third,
                              "received", day_of (request->received));
  json_object_set_new (object, "acknowledge_by", day_of (request->acknowledge_due));
  json_object_set_new (object, "due", day_of (request->due));
  json_object_set_new (object, "state", json_string (STATES[quay_request_state (request, today)]));
  json_object_set_new (object, "left", json_integer (quay_request_left (request, today)));
  json_object_set_new (object, "acknowledged", day_of (request->acknowledged));
  json_object_set_new (object, "extended", day_of (request->extended));
  json_object_set_new (object, "extended_why", quay_cli_text (request->extended_why));
  json_object_set_new (object, "ended", day_of (request->ended));
  json_object_set_new (object, "done",
                       request->ended != 0 ? json_boolean (request->done) : json_null ());
  json_object_set_new (object, "ended_why", quay_cli_text (request->ended_why));
  quay_cli_emit (cli, object);
}

/* The request as it is now. */
static int
emit_by_id (QuayCli *cli, const QuayId *id)
{
  g_autoptr (QuayRequest) request = quay_till_request (cli->till, id);
  if (request != NULL)
    emit_request (cli, request);
  return QUAY_EXIT_DONE;
}

static int
add (QuayCli *cli, int argc, char **argv)
{
  const char *received = NULL;
  const char *field = NULL;
  QuayRequestAsk ask = { .how = "counter" };
  g_autoptr (GError) error = NULL;
  quay_cli_take_option (&argc, argv, "--ref", &ask.ref);
  quay_cli_take_option (&argc, argv, "--how", &ask.how);
  quay_cli_take_option (&argc, argv, "--received", &received);
  ask.third = quay_cli_take_option (&argc, argv, "--third", NULL);
  ask.done = quay_cli_take_option (&argc, argv, "--done", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != (ask.ref != NULL ? 4 : 5) ||
      !quay_request_from_name (argv[3], &ask.kind))
    return QUAY_EXIT_WRONG_USE;
  if (received != NULL && !quay_day_from_text (received, &ask.received))
    return quay_cli_misuse (cli, "--received is a day, as 2026-12-01");
  if (ask.ref == NULL)
    {
      g_autoptr (QuayCustomer) customer = quay_cli_find_customer (cli, argv[4]);
      if (customer == NULL)
        return QUAY_EXIT_REFUSED;
      ask.customer = customer->id;
    }
  QuayId id = quay_till_new_id (cli->till);
  if (!quay_till_add_request (cli->till, &id, &ask, &field, &error))
    return quay_cli_refuse (cli, error);
  return emit_by_id (cli, &id);
}

static int
list (QuayCli *cli, int argc, char **argv)
{
  gboolean all = quay_cli_take_option (&argc, argv, "--all", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (GPtrArray) requests = quay_till_requests (cli->till, all);
  for (guint i = 0; i < requests->len; i++)
    emit_request (cli, requests->pdata[i]);
  return QUAY_EXIT_DONE;
}

/* ack, extend, done: each takes the id, and why. */
static int
handle (QuayCli *cli, int argc, char **argv)
{
  const char *why = NULL;
  QuayId id;
  gboolean done = FALSE;
  g_autoptr (GError) error = NULL;
  gboolean extends = strcmp (argv[2], "extend") == 0;
  gboolean ends = strcmp (argv[2], "done") == 0;
  if (extends || ends)
    quay_cli_take_option (&argc, argv, extends ? "--why" : "--refused", &why);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 4)
    return QUAY_EXIT_WRONG_USE;
  if (!quay_id_from_text (argv[3], &id))
    return quay_cli_unknown (cli, "request", argv[3]);
  if (extends)
    done = quay_till_extend_request (cli->till, &id, why, &error);
  else if (ends)
    done = quay_till_end_request (cli->till, &id, why, &error);
  else
    done = quay_till_acknowledge_request (cli->till, &id, &error);
  return done ? emit_by_id (cli, &id) : quay_cli_refuse (cli, error);
}

int
quay_cli_request (QuayCli *cli, int argc, char **argv)
{
  static const struct
  {
    const char *name;
    QuayCliFunc run;
  } verbs[] = {
    { "add", add }, { "list", list }, { "ack", handle }, { "extend", handle }, { "done", handle },
  };
  for (guint i = 0; argc > 2 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[2]) == 0)
      return verbs[i].run (cli, argc, argv);
  return QUAY_EXIT_WRONG_USE;
}
