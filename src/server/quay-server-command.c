/* One function a command; a table says what each is called and how many words it takes. */
#include "quay-server-command.h"

#include "quay-day.h"
#include "quay-server-carry.h"
#include "quay-server-office.h"
#include "quay-server-registry.h"
#include "quay-server-verify.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX 1000

typedef int (*CommandFunc) (QuayServerCommand *command, int argc, char **argv);

/* --- saying --- */

static void
emit (QuayServerCommand *command, json_t *object)
{
  char *text = object != NULL ? json_dumps (object, JSON_COMPACT) : NULL;
  if (text != NULL)
    fprintf (command->out, "%s\n", text);
  free (text);
  json_decref (object);
}

static int
refuse (QuayServerCommand *command, const GError *error)
{
  fprintf (command->err, "quayd: %s\n", error->message);
  return QUAY_SERVER_REFUSED;
}

static void
set_id (json_t *object, const char *key, const QuayId *id)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (id, text);
  json_object_set_new (object, key, json_string (text));
}

static void
set_text (json_t *object, const char *key, const char *text)
{
  json_object_set_new (object, key, json_string (text != NULL ? text : ""));
}

static void
set_time (json_t *object, const char *key, gint64 ms)
{
  g_autofree char *iso = quay_time_to_iso (ms);
  set_text (object, key, iso);
}

/* Takes "--name VALUE" out of the words; NULL if it is not there. */
static char *
take_option (int *argc, char **argv, const char *name)
{
  for (int i = 0; i + 1 < *argc; i++)
    if (strcmp (argv[i], name) == 0)
      {
        char *value = argv[i + 1];
        for (int j = i; j + 2 <= *argc; j++)
          argv[j] = argv[j + 2];
        *argc -= 2;
        return value;
      }
  return NULL;
}

/* --- sites --- */

static int
do_site_add (QuayServerCommand *command, int argc, char **argv)
{
  QuayId id;
  g_autoptr (GError) error = NULL;
  const char *commune = take_option (&argc, argv, "--commune");
  if (argc != 1 || commune == NULL)
    return QUAY_SERVER_WRONG_USE;
  if (!quay_server_add_site (command->server, argv[0], commune, &id, &error))
    return refuse (command, error);
  json_t *object = json_object ();
  set_id (object, "site", &id);
  set_text (object, "name", argv[0]);
  set_text (object, "commune", commune);
  emit (command, object);
  return QUAY_SERVER_DONE;
}

static int
do_site_list (QuayServerCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sites = quay_server_sites (command->server, &error);
  if (sites == NULL)
    return refuse (command, error);
  for (guint i = 0; i < sites->len; i++)
    {
      const QuayServerSite *site = sites->pdata[i];
      json_t *object = json_object ();
      set_id (object, "site", &site->id);
      set_text (object, "name", site->name);
      set_text (object, "commune", site->commune);
      json_object_set_new (object, "tills", json_integer (site->tills));
      emit (command, object);
    }
  return QUAY_SERVER_DONE;
}

/* --- tills --- */

static int
do_till_code (QuayServerCommand *command, int argc, char **argv)
{
  QuayId site;
  QuayServerTill old;
  gint64 until;
  g_autoptr (GError) error = NULL;
  const char *replaces = take_option (&argc, argv, "--replace");
  if (argc != 1)
    return QUAY_SERVER_WRONG_USE;
  if (!quay_server_find_site (command->server, argv[0], &site, &error) ||
      (replaces != NULL && !quay_server_find_till (command->server, replaces, &site, &old, &error)))
    return refuse (command, error);
  g_autofree char *code = quay_server_make_code (command->server, &site,
                                                 replaces != NULL ? &old.id : NULL, &until, &error);
  if (code == NULL)
    return refuse (command, error);
  json_t *object = json_object ();
  set_text (object, "code", code);
  set_id (object, "site", &site);
  set_time (object, "until", until);
  if (replaces != NULL)
    set_id (object, "replaces", &old.id);
  emit (command, object);
  return QUAY_SERVER_DONE;
}

static void
emit_till (QuayServerCommand *command, const QuayServerTill *till)
{
  json_t *object = json_object ();
  set_id (object, "till", &till->id);
  set_id (object, "site", &till->site);
  set_text (object, "code", till->code);
  set_text (object, "state", till->state == 0 ? "enrolled" : "revoked");
  set_time (object, "enrolled", till->ts);
  emit (command, object);
}

static int
do_till_list (QuayServerCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tills = quay_server_tills (command->server, &error);
  if (tills == NULL)
    return refuse (command, error);
  for (guint i = 0; i < tills->len; i++)
    emit_till (command, &g_array_index (tills, QuayServerTill, i));
  return QUAY_SERVER_DONE;
}

static int
do_till_revoke (QuayServerCommand *command, int argc, char **argv)
{
  QuayId site;
  QuayServerTill till;
  g_autoptr (GError) error = NULL;
  const char *where = take_option (&argc, argv, "--site");
  if (argc != 1)
    return QUAY_SERVER_WRONG_USE;
  if ((where != NULL && !quay_server_find_site (command->server, where, &site, &error)) ||
      !quay_server_find_till (command->server, argv[0], where != NULL ? &site : NULL, &till,
                              &error) ||
      !quay_server_revoke (command->server, &till.id, &error))
    return refuse (command, error);
  till.state = 1;
  emit_till (command, &till);
  return QUAY_SERVER_DONE;
}

/* --- registry --- */

static json_t *
list_refused (const QuayServerImport *import)
{
  json_t *rows = json_array ();
  for (guint i = 0; i < import->refused->len; i++)
    {
      const QuayServerRefusal *one = import->refused->pdata[i];
      json_array_append_new (rows, json_pack ("{s:I, s:s, s:s}", "row", (json_int_t)one->row,
                                              "column", one->column, "why", one->why));
    }
  return rows;
}

static int
do_registry_import (QuayServerCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (QuayServerImport) import = { 0 };
  if (argc != 1 || command->input == NULL)
    return QUAY_SERVER_WRONG_USE;
  if (!quay_server_import (command->server, command->name, command->input, command->len, &import,
                           &error))
    return refuse (command, error);
  json_t *unknown = json_array ();
  for (guint i = 0; i < import.unknown->len; i++)
    json_array_append_new (unknown, json_string (import.unknown->pdata[i]));
  emit (command, json_pack ("{s:I, s:I, s:I, s:o, s:o}", "added", (json_int_t)import.added,
                            "changed", (json_int_t)import.changed, "same", (json_int_t)import.same,
                            "refused", list_refused (&import), "unknown", unknown));
  return QUAY_SERVER_DONE;
}

/* --- by hand --- */

static void
emit_carried (QuayServerCommand *command, const QuayServerCarried *chain)
{
  json_t *object = json_object ();
  set_id (object, "chain", &chain->chain);
  set_id (object, "till", &chain->till);
  set_text (object, "code", chain->code);
  set_text (object, "letter", chain->letter);
  json_object_set_new (object, "first", json_integer (chain->first));
  json_object_set_new (object, "last", json_integer (chain->last));
  json_object_set_new (object, "events", json_integer ((json_int_t)chain->fresh));
  if (chain->why != NULL)
    set_text (object, "why", chain->why);
  emit (command, object);
}

static int
do_events_import (QuayServerCommand *command, int argc, char **argv)
{
  int code = QUAY_SERVER_DONE;
  g_autoptr (GError) error = NULL;
  if (argc != 1 || command->input == NULL)
    return QUAY_SERVER_WRONG_USE;
  g_autoptr (GPtrArray) chains =
      quay_server_carry_in (command->server, command->input, command->len, &error);
  if (chains == NULL)
    return refuse (command, error);
  for (guint i = 0; i < chains->len; i++)
    {
      emit_carried (command, chains->pdata[i]);
      if (((QuayServerCarried *)chains->pdata[i])->why != NULL)
        code = QUAY_SERVER_REFUSED;
    }
  return code;
}

/* --- held, alarms, verify --- */

static int
do_held_list (QuayServerCommand *command, int argc, char **argv)
{
  guint64 total = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = quay_server_held (command->server, LIST_MAX, &total, &error);
  if (held == NULL)
    return refuse (command, error);
  for (guint i = 0; i < held->len; i++)
    {
      const QuayServerHeld *one = held->pdata[i];
      json_t *object = json_object ();
      set_id (object, "chain", &one->chain);
      set_id (object, "site", &one->site);
      set_text (object, "code", one->code);
      set_text (object, "letter", one->letter);
      json_object_set_new (object, "seq", json_integer (one->seq));
      set_text (object, "why", one->why);
      emit (command, object);
    }
  if (total > held->len)
    fprintf (command->err, "quayd: %" G_GUINT64_FORMAT " more are held\n", total - held->len);
  return QUAY_SERVER_DONE;
}

static int
do_held_retry (QuayServerCommand *command, int argc, char **argv)
{
  guint64 booked;
  guint64 left = 0;
  g_autoptr (GError) error = NULL;
  if (!quay_server_retry (command->server, &booked, &left, &error))
    return refuse (command, error);
  emit (command, json_pack ("{s:I, s:I}", "booked", (json_int_t)booked, "left", (json_int_t)left));
  return QUAY_SERVER_DONE;
}

static int
do_alarms (QuayServerCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alarms = quay_server_alarms (command->server, LIST_MAX, &error);
  if (alarms == NULL)
    return refuse (command, error);
  for (guint i = 0; i < alarms->len; i++)
    {
      const QuayServerAlarm *alarm = alarms->pdata[i];
      json_t *object = json_object ();
      set_text (object, "kind", alarm->kind);
      set_text (object, "what", alarm->what);
      set_id (object, "site", &alarm->site);
      set_id (object, "till", &alarm->till);
      set_id (object, "chain", &alarm->chain);
      json_object_set_new (object, "seq", json_integer (alarm->seq));
      set_time (object, "first", alarm->first);
      set_time (object, "last", alarm->last);
      json_object_set_new (object, "count", json_integer (alarm->count));
      emit (command, object);
    }
  return QUAY_SERVER_DONE;
}

static int
do_verify (QuayServerCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayServerVerdict verdict;
  gboolean done = quay_server_verify (command->server, &verdict, &error);
  gboolean ok = done && verdict.ok;
  if (done)
    {
      json_t *object =
          json_pack ("{s:I, s:I, s:I, s:b}", "chains", (json_int_t)verdict.chains, "records",
                     (json_int_t)verdict.records, "held", (json_int_t)verdict.held, "ok", ok);
      if (!ok)
        set_text (object, "why", verdict.why);
      emit (command, object);
    }
  quay_server_verdict_clear (&verdict);
  if (!done)
    return refuse (command, error);
  return ok ? QUAY_SERVER_DONE : QUAY_SERVER_REFUSED;
}

/* --- the table --- */

static const struct
{
  const char *first;
  const char *second; /* NULL: of one word */
  CommandFunc func;
  int least; /* words after the name, at least and at most */
  int most;
  gboolean reads; /* the first of them names a file */
  const char *usage;
} commands[] = {
  { "site", "add", do_site_add, 3, 3, FALSE, "site add NAME --commune CODE" },
  { "site", "list", do_site_list, 0, 0, FALSE, "site list" },
  { "till", "code", do_till_code, 1, 3, FALSE, "till code SITE [--replace TILL]" },
  { "till", "list", do_till_list, 0, 0, FALSE, "till list" },
  { "till", "revoke", do_till_revoke, 1, 3, FALSE, "till revoke TILL [--site SITE]" },
  { "registry", "import", do_registry_import, 1, 1, TRUE, "registry import FILE.csv" },
  { "events", "import", do_events_import, 1, 1, TRUE, "events import FILE" },
  { "held", "list", do_held_list, 0, 0, FALSE, "held list" },
  { "held", "retry", do_held_retry, 0, 0, FALSE, "held retry" },
  { "alarms", NULL, do_alarms, 0, 0, FALSE, "alarms" },
  { "verify", NULL, do_verify, 0, 0, FALSE, "verify" },
};

/* Its place in the table, or −1; *skip is the length of its name. */
static int
find_command (char **argv, int *skip)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (argv[0] == NULL || strcmp (argv[0], commands[i].first) != 0 ||
          (commands[i].second != NULL && g_strcmp0 (argv[1], commands[i].second) != 0))
        continue;
      *skip = commands[i].second != NULL ? 2 : 1;
      int n = (int)g_strv_length (argv + *skip);
      return n >= commands[i].least && n <= commands[i].most ? (int)i : -1;
    }
  return -1;
}

gboolean
quay_server_command_is_known (char **argv)
{
  int skip;
  return find_command (argv, &skip) >= 0;
}

const char *
quay_server_command_file (char **argv)
{
  int skip;
  int which = find_command (argv, &skip);
  return which >= 0 && commands[which].reads ? argv[skip] : NULL;
}

int
quay_server_command_run (QuayServerCommand *command, char **argv)
{
  int skip;
  int which = find_command (argv, &skip);
  int code = QUAY_SERVER_WRONG_USE;
  if (which >= 0)
    {
      g_auto (GStrv) owned = g_strdupv (argv + skip);
      int argc = (int)g_strv_length (owned);
      g_autofree char **words = g_memdup2 (owned, sizeof (char *) * ((gsize)argc + 1));
      code = commands[which].func (command, argc, words);
    }
  if (code == QUAY_SERVER_WRONG_USE)
    quay_server_command_usage (command->err);
  return code;
}

void
quay_server_command_usage (FILE *to)
{
  fputs (
      "quayd --db sqlite:FILE|postgresql://… --listen HOST:PORT [--tls-cert FILE --tls-key FILE]\n"
      "quayd [--db …] COMMAND, which asks the running server or opens the database itself:\n",
      to);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (to, "  %s\n", commands[i].usage);
}
