/* enrol, sync, status: the province's server. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-remote.h"
#include "quay-till-sync.h"

#include <glib-unix.h>

static const char *
word_of (QuayLink link)
{
  static const char *const words[] = {
    [QUAY_LINK_NONE] = "not-enrolled", [QUAY_LINK_SENT] = "sent",
    [QUAY_LINK_WORKING] = "working",   [QUAY_LINK_WAITING] = "waiting",
    [QUAY_LINK_PAUSED] = "paused",     [QUAY_LINK_OFFLINE] = "offline",
    [QUAY_LINK_NOT_OURS] = "not-ours", [QUAY_LINK_UNTRUSTED] = "untrusted",
    [QUAY_LINK_BUSY] = "busy",         [QUAY_LINK_UNKNOWN] = "unknown-till",
    [QUAY_LINK_REVOKED] = "revoked",   [QUAY_LINK_TOO_OLD] = "too-old",
    [QUAY_LINK_TROUBLE] = "trouble",
  };
  return words[link];
}

static json_t *
time_or_null (gint64 ms)
{
  if (ms <= 0)
    return json_null ();
  g_autofree char *text = quay_time_to_iso (ms);
  return json_string (text);
}

static json_t *
list_held (QuayTill *till)
{
  json_t *rows = json_array ();
  g_autoptr (GPtrArray) held = quay_till_link_held (till, 100, NULL);
  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      const QuayLinkHeld *h = held->pdata[i];
      json_array_append_new (rows, json_pack ("{s:s, s:I, s:s, s:s}", "chain", h->label, "seq",
                                              (json_int_t)h->seq, "where",
                                              h->here ? "till" : "server", "why", h->why));
    }
  return rows;
}

static void
emit_status (QuayCli *cli)
{
  QuayLinkState state;
  quay_till_link (cli->till, &state);
  json_t *held = list_held (cli->till);
  quay_cli_emit (cli,
                 json_pack ("{s:I, s:I, s:I, s:I, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "sent",
                            (json_int_t)state.sent, "received", (json_int_t)state.received,
                            "waiting", (json_int_t)state.waiting, "held",
                            (json_int_t)MAX (state.held, json_array_size (held)), "last",
                            time_or_null (state.last_ack), "state", word_of (state.link), "server",
                            quay_cli_text (state.server), "shop", quay_cli_text (state.shop),
                            "since", time_or_null (state.waiting_since), "why",
                            quay_cli_text (state.why), "records_held", held));
  quay_link_state_clear (&state);
}

int
quay_cli_status (QuayCli *cli, int argc, char **argv)
{
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  emit_status (cli);
  return QUAY_EXIT_DONE;
}

static void
emit_enrolled (QuayCli *cli, QuayTill *till)
{
  QuayLinkState state;
  g_autofree char *label = quay_till_label (till);
  quay_till_link (till, &state);
  quay_cli_emit (cli, json_pack ("{s:s, s:o, s:o}", "till", label, "server",
                                 quay_cli_text (state.server), "shop", quay_cli_text (state.shop)));
  quay_link_state_clear (&state);
}

/* A folder without a shop: a new till joins one, or takes a lost till's place. */
static int
join (QuayCli *cli, const char *url, const char *ca, const char *secret)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_join (cli->dir, url, ca, secret, NULL, quay_till_system_env (), &error))
    return quay_cli_refuse (cli, error);
  g_autoptr (QuayTill) till = quay_till_open (cli->dir, cli->user, &error);
  if (till == NULL)
    return quay_cli_refuse (cli, error);
  if (!quay_till_sync_once (till, FALSE, &error))
    fprintf (cli->err, "quayctl: enrolled, but the shop's journals have yet to come: %s\n",
             error->message);
  emit_enrolled (cli, till);
  quay_till_close (till);
  return QUAY_EXIT_DONE;
}

int
quay_cli_enrol (QuayCli *cli, int argc, char **argv)
{
  const char *ca = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayTill) opened = NULL;
  quay_cli_take_option (&argc, argv, "--ca", &ca);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = ca != NULL ? quay_cli_path (cli, ca) : NULL;
  QuayTill *till = cli->till;
  if (till == NULL)
    till = opened = quay_till_open (cli->dir, cli->user, &error);
  if (till == NULL && g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    return join (cli, argv[1], path, argv[2]);
  if (till == NULL || !quay_till_enrol (till, argv[1], path, argv[2], &error))
    return quay_cli_refuse (cli, error);
  emit_enrolled (cli, till);
  if (opened != NULL)
    quay_till_close (opened);
  return QUAY_EXIT_DONE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* A machine without a screen: exchanges until it is told to end, and takes commands meanwhile. */
static int
serve (QuayCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (QuayRemote) remote = quay_remote_serve (cli->till, &error);
  if (remote == NULL || !quay_till_start_sync (cli->till, &error))
    return quay_cli_refuse (cli, error);
  guint term = g_unix_signal_add (SIGTERM, quit_cb, loop);
  guint stop = g_unix_signal_add (SIGINT, quit_cb, loop);
  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (stop);
  emit_status (cli);
  return QUAY_EXIT_DONE;
}

int
quay_cli_sync (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean once = quay_cli_take_option (&argc, argv, "--once", NULL);
  gboolean new_key = quay_cli_take_option (&argc, argv, "--rotate-key", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  if (cli->in == NULL) /* the program that has the file open exchanges by itself */
    {
      if (new_key)
        quay_till_new_key (cli->till);
      quay_till_sync_now (cli->till);
      emit_status (cli);
      return QUAY_EXIT_DONE;
    }
  if (!once && !new_key)
    return serve (cli);
  gboolean done = quay_till_sync_once (cli->till, new_key, &error);
  if (!done)
    quay_cli_refuse (cli, error);
  emit_status (cli);
  return done ? QUAY_EXIT_DONE : QUAY_EXIT_REFUSED;
}
