/* The office's commands as functions, so that a running server can do them for a program that asks
 * over its socket. Any thread. */
#pragma once

#include "quay-server.h"

#include <stdio.h>

G_BEGIN_DECLS

/** Exit codes of every command. */
enum
{
  QUAY_SERVER_DONE = 0,
  QUAY_SERVER_REFUSED = 1,
  QUAY_SERVER_WRONG_USE = 2,
};

/**
 * QuayServerCommand: what a command runs with.
 * @input, @len, @name: content and name of the file that it is given; NULL for none: read by who
 *   asks, since a server in a sandbox can't
 * @out: results, one JSON object a line; @err: messages for people
 */
typedef struct
{
  QuayServer *server;
  const char *input;
  gsize len;
  const char *name;
  FILE *out;
  FILE *err;
} QuayServerCommand;

/** Runs one command; @argv is its words, NULL-terminated. An exit code. */
int quay_server_command_run (QuayServerCommand *command, char **argv);

/** The argument of @argv that names a file to read; NULL if the command reads none. */
const char *quay_server_command_file (char **argv);

/** True if there is such a command with so many words. */
gboolean quay_server_command_is_known (char **argv);

/** The list of commands, for people. */
void quay_server_command_usage (FILE *to);

G_END_DECLS
