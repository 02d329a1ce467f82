/* The table of commands and what they share. */
#include "quay-cli-private.h"

#include "quay-error.h"
#include "quay-permission.h"
#include "quay-till-training.h"

#include <string.h>

/* What a command works on. */
typedef enum
{
  NO_TILL,
  OPEN_TILL, /* of the running program, else opened for it */
  ANY_TILL,  /* of the running program, else the command opens or makes it */
} Needs;

/* Whom a command asks in a shop with users: nobody (what changes and shows nothing of the shop and
 * runs by itself at night), anybody who signs in, or who has a right. */
#define NOBODY (-2)
#define ANYBODY (-1)

typedef struct
{
  const char *name;
  QuayCliFunc run;
  Needs needs;
  const char *usage;
  int who;
} Command;

static const Command commands[] = {
  { "init", quay_cli_init, NO_TILL, "init --shop NAME --till CODE [--sample]", ANYBODY },
  { "import", quay_cli_import, OPEN_TILL, "import FILE.csv [--dry-run]", ANYBODY },
  { "export", quay_cli_export, OPEN_TILL, "export catalogue FILE.csv|FILE.xlsx", QUAY_ACT_REPORT },
  { "find", quay_cli_find, OPEN_TILL, "find TEXT [--limit N]", ANYBODY },
  { "scan", quay_cli_scan, OPEN_TILL, "scan CODE", ANYBODY },
  { "sell", quay_cli_sell, OPEN_TILL,
    "sell ITEM[:QTY]... [--tender cash:AMOUNT]... [--customer WHO] [--hold]", ANYBODY },
  { "receipt", quay_cli_receipt, OPEN_TILL,
    "receipt NUMBER [--format text|png|pdf] [--width 58|80] [-o FILE]", ANYBODY },
  { "refund", quay_cli_refund, OPEN_TILL,
    "refund NUMBER [LINE:QTY]... [--tender cash|card|transfer] [--why TEXT]\n"
    "          | --free SKU:QTY[:AMOUNT]... --why TEXT [--of NUMBER] [--tender ...]\n"
    "          and [--by CODE --by-pin-fd N], who allows it",
    ANYBODY },
  { "tender", quay_cli_tender, OPEN_TILL,
    "tender NUMBER FROM TO [--amount N] [--ref TEXT] --why TEXT [--by CODE --by-pin-fd N]",
    ANYBODY },
  { "customer", quay_cli_customer, OPEN_TILL,
    "customer add NAME [--phone P] [--limit DONG] | list [TEXT] [--owing] |"
    " pay WHO AMOUNT [--tender cash|card|transfer] [--ref R] | statement WHO [-o FILE.pdf] |"
    " erase WHO --yes | notice [-o FILE.pdf]\n"
    "          | request add withdraw|view|correct|delete|other WHO|--ref RECEIPT"
    " [--how counter|phone|letter|message] [--received DAY] [--third] [--done]\n"
    "          | request list [--all] | request ack ID"
    " | request extend ID --why complex|others|identity\n"
    "          | request done ID [--refused law|identity|groundless|withdrawn]",
    QUAY_ACT_CUSTOMER },
  { "receive", quay_cli_receive, OPEN_TILL, "receive FILE.json", ANYBODY },
  { "places", quay_cli_places, OPEN_TILL, "places [--add NAME]", ANYBODY },
  { "move", quay_cli_move, OPEN_TILL, "move FILE.json", ANYBODY },
  { "count", quay_cli_count, OPEN_TILL, "count FILE.json", ANYBODY },
  { "settle", quay_cli_settle, OPEN_TILL, "settle PRODUCER [--to DATE] [--why TEXT]", ANYBODY },
  { "orders", quay_cli_orders, OPEN_TILL, "orders [--all]", ANYBODY },
  { "labels", quay_cli_labels, OPEN_TILL,
    "labels SKU[:COPIES]... [--sheet a4-24] [--start PLACE] -o FILE.pdf", ANYBODY },
  { "stock", quay_cli_stock, OPEN_TILL, "stock [SKU] [--at TIME] [--lots]", QUAY_ACT_REPORT },
  { "report", quay_cli_report, OPEN_TILL,
    "report day|month|producer|product|vat [--from DAY --to DAY]", QUAY_ACT_REPORT },
  { "audit", quay_cli_audit, OPEN_TILL,
    "audit [--from DAY] [--to DAY] [--user CODE] [--kind KIND] [--limit N] [-o FILE.csv|FILE.xlsx]",
    QUAY_ACT_AUDIT },
  { "user", quay_cli_user, OPEN_TILL,
    "user list | add NAME --role ROLE [--code CODE] [--born DAY] --new-pin-fd N | set CODE "
    "[--name NAME] [--role ROLE] [--born DAY] [--active 0|1] [--new-pin-fd N] | reset-pin CODE "
    "--new-pin-fd N",
    NOBODY },
  { "shift", quay_cli_shift, OPEN_TILL,
    "shift open --notes 500000:2,...|AMOUNT\n"
    "          | close --notes ...|AMOUNT [--why TEXT] [--note TEXT] [--by WHO --verified AMOUNT]"
    " [--shift NUMBER]\n"
    "          | report [NUMBER] [--format text|png|pdf|form] [--width 58|80] [-o FILE]\n"
    "          | list [--open] | cash in|out AMOUNT --why TEXT [--kind bank|safe] [--party WHO]\n"
    "          | seen [RECEIPT]",
    ANYBODY },
  { "words", quay_cli_words, NO_TILL, "words AMOUNT", ANYBODY },
  { "fold", quay_cli_fold, NO_TILL, "fold < TEXT", ANYBODY },
  { "sort", quay_cli_sort, NO_TILL, "sort < TEXT", ANYBODY },
  { "vietqr", quay_cli_vietqr, NO_TILL,
    "vietqr --bin B --account A [--card] [--amount N] [--bill T] [--purpose T] | --parse PAYLOAD",
    ANYBODY },
  { "verify", quay_cli_verify, OPEN_TILL, "verify [--rebuild]", NOBODY },
  { "backup", quay_cli_backup, OPEN_TILL, "backup FILE", NOBODY },
  { "restore", quay_cli_restore, NO_TILL, "restore FILE", ANYBODY },
  { "events", quay_cli_events, OPEN_TILL, "events export FILE [--since SEQ] | events import FILE",
    QUAY_ACT_AUDIT },
  { "generate", quay_cli_generate, NO_TILL,
    "generate --products N --sales N --days N --seed S [--lots N]", ANYBODY },
  { "demo", quay_cli_demo, NO_TILL, "demo", ANYBODY },
  { "enrol", quay_cli_enrol, ANY_TILL, "enrol URL CODE [--ca FILE]", NOBODY },
  { "sync", quay_cli_sync, OPEN_TILL, "sync [--once | --rotate-key]", NOBODY },
  { "status", quay_cli_status, OPEN_TILL, "status", NOBODY },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

gboolean
quay_cli_needs_till (const char *name)
{
  const Command *command = find_command (name);
  return command != NULL && command->needs != NO_TILL;
}

void
quay_cli_print_usage (FILE *to)
{
  fputs ("quayctl [--data DIR] [--user CODE --pin-fd N] COMMAND ...\n", to);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (to, "  %s\n", commands[i].usage);
}

static int
tell_unopened (QuayCli *cli, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    fprintf (cli->err, "quayctl: there is no shop in '%s'; 'quayctl init' makes one\n", cli->dir);
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_BUSY))
    fprintf (cli->err, "quayctl: another program has '%s' open and takes no commands\n", cli->dir);
  else
    return quay_cli_refuse (cli, error);
  return QUAY_EXIT_REFUSED;
}

static int
run_command (QuayCli *cli, const Command *command, char **argv)
{
  if (cli->till == NULL || command->who == NOBODY)
    return command->run (cli, (int)g_strv_length (argv), argv);
  int code = quay_cli_sign_in (cli, command->who);
  if (code != QUAY_EXIT_DONE)
    return code;
  code = command->run (cli, (int)g_strv_length (argv), argv);
  quay_cli_sign_out (cli);
  return code;
}

int
quay_cli_run (QuayCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayTill) opened = NULL;
  const Command *command = argv[0] != NULL ? find_command (argv[0]) : NULL;
  if (command == NULL)
    {
      quay_cli_print_usage (cli->err);
      return QUAY_EXIT_WRONG_USE;
    }
  if (command->needs == OPEN_TILL && cli->till == NULL)
    {
      cli->till = opened = quay_till_open (cli->dir, cli->user, &error);
      if (opened == NULL)
        return tell_unopened (cli, error);
    }
  if (cli->till != NULL && quay_till_is_training (cli->till))
    fputs ("quayctl: this is a copy for training: nothing of it is real\n", cli->err);
  int code = run_command (cli, command, argv);
  if (cli->till != NULL && !quay_till_check_reads (cli->till, &error))
    code = quay_cli_refuse (cli, error); /* what was said may lack what could not be read */
  if (code == QUAY_EXIT_WRONG_USE)
    fprintf (cli->err, "usage: quayctl %s\n", command->usage);
  if (opened != NULL)
    {
      quay_till_close (opened);
      cli->till = NULL;
    }
  return code;
}

void
quay_cli_emit (QuayCli *cli, json_t *object)
{
  char *text = json_dumps (object, JSON_COMPACT);
  fprintf (cli->out, "%s\n", text);
  free (text);
  json_decref (object);
}

int
quay_cli_refuse (QuayCli *cli, const GError *error)
{
  fprintf (cli->err, "quayctl: %s\n", error != NULL ? error->message : "refused");
  return QUAY_EXIT_REFUSED;
}

int
quay_cli_unknown (QuayCli *cli, const char *what, const char *name)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_check_reads (cli->till, &error))
    return quay_cli_refuse (cli, error);
  fprintf (cli->err, "quayctl: no %s '%s'\n", what, name);
  return QUAY_EXIT_REFUSED;
}

int
quay_cli_misuse (QuayCli *cli, const char *why)
{
  fprintf (cli->err, "quayctl: %s\n", why);
  return QUAY_EXIT_WRONG_USE;
}

/* Moves argv[at + n…] down over argv[at…], the NULL at the end included. */
static void
cut_arguments (int *argc, char **argv, int at, int n)
{
  memmove (argv + at, argv + at + n, sizeof *argv * (size_t)(*argc - at - n + 1));
  *argc -= n;
}

gboolean
quay_cli_take_option (int *argc, char **argv, const char *name, const char **value)
{
  for (int i = 1; i < *argc; i++)
    {
      if (strcmp (argv[i], name) != 0)
        continue;
      if (value == NULL)
        {
          cut_arguments (argc, argv, i, 1);
          return TRUE;
        }
      if (i + 1 >= *argc)
        return FALSE; /* left in argv, so that it is told as a stray option */
      *value = argv[i + 1];
      cut_arguments (argc, argv, i, 2);
      return TRUE;
    }
  return FALSE;
}

gboolean
quay_cli_has_stray_option (QuayCli *cli, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (argv[i][0] == '-' && argv[i][1] != '\0')
      {
        fprintf (cli->err, "quayctl: option '%s' is unknown or lacks its value\n", argv[i]);
        return TRUE;
      }
  return FALSE;
}

gboolean
quay_cli_parse_int (const char *text, gint64 min, gint64 max, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, min, max, out, NULL);
}

char *
quay_cli_path (QuayCli *cli, const char *path)
{
  return g_canonicalize_filename (path, cli->cwd);
}

json_t *
quay_cli_text (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}
