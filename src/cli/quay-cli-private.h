/* Shared by the command files: the table's entry, JSON lines, small parsers. */
#pragma once

#include "quay-cli.h"
#include "quay-customer.h"

#include <jansson.h>

G_BEGIN_DECLS

typedef int (*QuayCliFunc) (QuayCli *cli, int argc, char **argv);

/* quay-cli-shop.c */
int quay_cli_init (QuayCli *cli, int argc, char **argv);
int quay_cli_import (QuayCli *cli, int argc, char **argv);
int quay_cli_export (QuayCli *cli, int argc, char **argv);
int quay_cli_verify (QuayCli *cli, int argc, char **argv);
int quay_cli_backup (QuayCli *cli, int argc, char **argv);
int quay_cli_restore (QuayCli *cli, int argc, char **argv);
int quay_cli_events (QuayCli *cli, int argc, char **argv);
int quay_cli_generate (QuayCli *cli, int argc, char **argv);

/* quay-cli-sell.c */
int quay_cli_find (QuayCli *cli, int argc, char **argv);
int quay_cli_scan (QuayCli *cli, int argc, char **argv);
int quay_cli_sell (QuayCli *cli, int argc, char **argv);
int quay_cli_receipt (QuayCli *cli, int argc, char **argv);

/* quay-cli-after.c */
int quay_cli_refund (QuayCli *cli, int argc, char **argv);
int quay_cli_tender (QuayCli *cli, int argc, char **argv);

/* quay-cli-report.c */
int quay_cli_stock (QuayCli *cli, int argc, char **argv);
int quay_cli_report (QuayCli *cli, int argc, char **argv);

/* quay-cli-audit.c */
int quay_cli_audit (QuayCli *cli, int argc, char **argv);

/* quay-cli-shift.c */
int quay_cli_shift (QuayCli *cli, int argc, char **argv);

/* quay-cli-stock.c */
int quay_cli_receive (QuayCli *cli, int argc, char **argv);
int quay_cli_orders (QuayCli *cli, int argc, char **argv);
int quay_cli_labels (QuayCli *cli, int argc, char **argv);

/* quay-cli-goods.c */
int quay_cli_move (QuayCli *cli, int argc, char **argv);
int quay_cli_count (QuayCli *cli, int argc, char **argv);
int quay_cli_places (QuayCli *cli, int argc, char **argv);
int quay_cli_settle (QuayCli *cli, int argc, char **argv);
/** The JSON object of a file; (transfer full), NULL after telling that there is none. */
json_t *quay_cli_load_object (QuayCli *cli, const char *file);
/** The producer of that name or id; FALSE if there is none. */
gboolean quay_cli_find_producer (QuayCli *cli, const char *name, QuayId *id);

/* quay-cli-sync.c */
int quay_cli_enrol (QuayCli *cli, int argc, char **argv);
int quay_cli_sync (QuayCli *cli, int argc, char **argv);
int quay_cli_status (QuayCli *cli, int argc, char **argv);

/* quay-cli-people.c */
int quay_cli_user (QuayCli *cli, int argc, char **argv);
/** Signs @cli->user in for a command that takes it, and asks for @act if it is one (−1: none).
 * QUAY_EXIT_DONE if the command may run; then quay_cli_sign_out() follows. */
int quay_cli_sign_in (QuayCli *cli, int act);
void quay_cli_sign_out (QuayCli *cli);

/* quay-cli-text.c */
int quay_cli_words (QuayCli *cli, int argc, char **argv);
int quay_cli_fold (QuayCli *cli, int argc, char **argv);
int quay_cli_sort (QuayCli *cli, int argc, char **argv);

/* quay-cli-customer.c */
int quay_cli_customer (QuayCli *cli, int argc, char **argv);
/** The one customer that @text, an id, name or phone number, names; NULL, told, for none or
 * several. (transfer full) */
QuayCustomer *quay_cli_find_customer (QuayCli *cli, const char *text);

/* quay-cli-request.c */
int quay_cli_request (QuayCli *cli, int argc, char **argv);

/* quay-cli-vietqr.c */
int quay_cli_vietqr (QuayCli *cli, int argc, char **argv);

/* quay-cli-demo.c */
int quay_cli_demo (QuayCli *cli, int argc, char **argv);

/** Writes @object (stolen) as one line on the output. */
void quay_cli_emit (QuayCli *cli, json_t *object);

/** Tells a refusal and returns QUAY_EXIT_REFUSED. */
int quay_cli_refuse (QuayCli *cli, const GError *error);
/** Tells that there is nothing of that name, unless it could not be read; QUAY_EXIT_REFUSED. */
int quay_cli_unknown (QuayCli *cli, const char *what, const char *name);
/** Tells how a command is used and returns QUAY_EXIT_WRONG_USE. */
int quay_cli_misuse (QuayCli *cli, const char *usage);

/**
 * Takes "--name VALUE" (or, with @value NULL, the flag "--name") out of @argv.
 * Returns: TRUE if it was there; @value borrowed from @argv.
 */
gboolean quay_cli_take_option (int *argc, char **argv, const char *name, const char **value);
/** True, after telling it, if an option is left that the command does not know. */
gboolean quay_cli_has_stray_option (QuayCli *cli, int argc, char **argv);

/** Whole number of a text in [min, max]; FALSE for anything else. */
gboolean quay_cli_parse_int (const char *text, gint64 min, gint64 max, gint64 *out);

/** @path as seen from the caller's folder; (transfer full). */
char *quay_cli_path (QuayCli *cli, const char *path);

/** A JSON string, or null for NULL. */
json_t *quay_cli_text (const char *text);

G_END_DECLS
