/* Who asks, and the users of the shop. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-till-sign.h"
#include "quay-till-training.h"
#include "quay-till-users.h"

#include <string.h>

int
quay_cli_sign_in (QuayCli *cli, int act)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_has_users (cli->till))
    return QUAY_EXIT_DONE;
  if (quay_till_is_training (cli->till)) /* no PIN is asked there */
    return act < 0 || quay_till_require (cli->till, (QuayAct)act, 0, &error)
               ? QUAY_EXIT_DONE
               : quay_cli_refuse (cli, error);
  if (cli->user == NULL || cli->pin == NULL)
    {
      fputs ("quayctl: this shop has users: say --user CODE --pin-fd N before the command\n",
             cli->err);
      return QUAY_EXIT_REFUSED;
    }
  if (!quay_till_act_as (cli->till, cli->user, cli->pin, &error))
    return quay_cli_refuse (cli, error);
  if (act < 0 || quay_till_require (cli->till, (QuayAct)act, 0, &error))
    return QUAY_EXIT_DONE;
  quay_cli_sign_out (cli);
  return quay_cli_refuse (cli, error);
}

void
quay_cli_sign_out (QuayCli *cli)
{
  quay_till_act_no_more (cli->till);
}

static int
list_users (QuayCli *cli)
{
  g_autoptr (GPtrArray) users = quay_till_users (cli->till);
  for (guint i = 0; i < users->len; i++)
    {
      const QuayUser *user = users->pdata[i];
      quay_cli_emit (cli, json_pack ("{s:s, s:s, s:s, s:i, s:b, s:b}", "code", user->code, "name",
                                     user->name, "role", user->role, "born", (int)user->born,
                                     "active", (int)user->active, "pin", (int)user->has_pin));
    }
  return QUAY_EXIT_DONE;
}

static int
save_user (QuayCli *cli, const QuayUserEdit *edit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autofree char *code = NULL;
  gboolean first = !quay_till_has_users (cli->till);
  if (quay_till_save_user (cli->till, edit, &code, &refusals, &error))
    {
      if (first)
        quay_till_lock (cli->till, FALSE); /* the PIN was not typed at the window */
      quay_cli_emit (cli, json_pack ("{s:s}", "code", code));
      return QUAY_EXIT_DONE;
    }
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const QuayRefusal *refusal = refusals->pdata[i];
      fprintf (cli->err, "quayctl: %s %s\n", refusal->column, refusal->why);
    }
  return error != NULL ? quay_cli_refuse (cli, error) : QUAY_EXIT_REFUSED;
}

static int
change_user (QuayCli *cli, int argc, char **argv, gboolean is_new)
{
  QuayUserEdit edit = { .is_new = is_new, .pin = cli->new_pin };
  quay_cli_take_option (&argc, argv, "--role", &edit.role);
  quay_cli_take_option (&argc, argv, "--born", &edit.born);
  quay_cli_take_option (&argc, argv, is_new ? "--code" : "--name",
                        is_new ? &edit.code : &edit.name);
  if (!is_new)
    quay_cli_take_option (&argc, argv, "--active", &edit.active);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  if (is_new)
    edit.name = argv[2];
  else
    edit.code = argv[2];
  return save_user (cli, &edit);
}

static int
reset_pin (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *pin = cli->new_pin != NULL ? cli->new_pin : cli->pin;
  if (argc != 3 || pin == NULL)
    return QUAY_EXIT_WRONG_USE;
  if (!quay_till_reset_pin (cli->till, argv[2], pin, &error))
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s}", "code", argv[2]));
  return QUAY_EXIT_DONE;
}

/* A PIN is reset by who has the computer's folder; all else takes somebody with the right. */
int
quay_cli_user (QuayCli *cli, int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp (what, "reset-pin") == 0)
    return reset_pin (cli, argc, argv);
  if (strcmp (what, "list") != 0 && strcmp (what, "add") != 0 && strcmp (what, "set") != 0)
    return QUAY_EXIT_WRONG_USE;
  int code = quay_cli_sign_in (cli, QUAY_ACT_USERS);
  if (code != QUAY_EXIT_DONE)
    return code;
  code = strcmp (what, "list") == 0 ? list_users (cli)
                                    : change_user (cli, argc, argv, strcmp (what, "add") == 0);
  quay_cli_sign_out (cli);
  return code;
}
