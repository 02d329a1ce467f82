/* The commands of quayctl as functions, so that a program with an open till can run them for
 * another that asks over its socket. No GTK. Main thread. */
#pragma once

#include "quay-till.h"

#include <stdio.h>

G_BEGIN_DECLS

/** Exit codes of every command. */
enum
{
  QUAY_EXIT_DONE = 0,
  QUAY_EXIT_REFUSED = 1,
  QUAY_EXIT_WRONG_USE = 2,
};

/**
 * QuayCli: what a command runs with.
 * @dir: the shop's folder
 * @cwd: folder that relative file names start from
 * @user, @pin: who asks, in a shop with users; NULL: nobody said
 * @new_pin: the PIN that a command sets; NULL: none
 * @by_pin: of the second person that a command names; NULL: none
 * @till: opened for the command; NULL for those that need none
 * @out: results, one JSON object a line; @err: messages for people
 * @in: standard input; NULL when asked over the socket
 */
typedef struct
{
  const char *dir;
  const char *cwd;
  const char *user;
  const char *pin;
  const char *new_pin;
  const char *by_pin;
  QuayTill *till;
  FILE *in;
  FILE *out;
  FILE *err;
} QuayCli;

/**
 * quay_cli_run:
 * @argv: the command's name and its arguments, without the common options; NULL-terminated
 *
 * Runs one command; opens the till if the command needs one and @cli has none.
 *
 * Returns: an exit code. Every refusal was told on @err.
 */
int quay_cli_run (QuayCli *cli, char **argv);

/** True if the command @name works on an open till, so that a running program can be asked. */
gboolean quay_cli_needs_till (const char *name);

/** The list of commands, for people. */
void quay_cli_print_usage (FILE *to);

G_END_DECLS
