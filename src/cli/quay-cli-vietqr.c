/* vietqr: the text of a transfer's QR code, made or read. Needs no shop. */
#include "quay-cli-private.h"

#include "quay-till-bank.h"
#include "quay-vietqr.h"

#include <string.h>

static int
refuse (QuayCli *cli, QuayVietqrFault fault)
{
  fprintf (cli->err, "quayctl: %s\n", quay_vietqr_fault_text (fault));
  return QUAY_EXIT_REFUSED;
}

/* Texts that are not there are left out. */
static void
add_text (json_t *object, const char *key, const char *text)
{
  if (*text != '\0')
    json_object_set_new (object, key, json_string (text));
}

static int
parse (QuayCli *cli, const char *payload)
{
  QuayVietqr qr;
  QuayVietqrFault fault = quay_vietqr_parse (payload, -1, &qr);
  if (fault != QUAY_VIETQR_OK)
    return refuse (cli, fault);
  g_autoptr (QuayBank) bank = quay_bank_find (qr.bin);
  json_t *object = json_object ();
  json_object_set_new (object, "use", json_string (qr.once ? "once" : "many"));
  json_object_set_new (object, "bin", json_string (qr.bin));
  json_object_set_new (object, "bank", quay_cli_text (bank != NULL ? bank->name : NULL));
  json_object_set_new (object, "account", json_string (qr.account));
  json_object_set_new (object, "service", json_string (qr.card ? "card" : "account"));
  json_object_set_new (object, "amount", qr.amount > 0 ? json_integer (qr.amount) : json_null ());
  add_text (object, "bill", qr.bill);
  add_text (object, "purpose", qr.purpose);
  add_text (object, "name", qr.name);
  add_text (object, "city", qr.city);
  add_text (object, "category", qr.category);
  add_text (object, "mobile", qr.mobile);
  add_text (object, "store", qr.store);
  add_text (object, "loyalty", qr.loyalty);
  add_text (object, "reference", qr.reference);
  add_text (object, "customer", qr.customer);
  add_text (object, "terminal", qr.terminal);
  quay_cli_emit (cli, object);
  return QUAY_EXIT_DONE;
}

/* Takes an option into a member; FALSE, with its fault, if it is longer than that. */
static gboolean
take (int *argc, char **argv, const char *name, char *to, gsize room)
{
  const char *value = "";
  quay_cli_take_option (argc, argv, name, &value);
  return g_strlcpy (to, value, room) < room;
}

int
quay_cli_vietqr (QuayCli *cli, int argc, char **argv)
{
  QuayVietqr qr = { 0 };
  const char *payload = NULL, *amount = NULL, *bill = NULL, *purpose = NULL;
  g_autofree char *text = NULL;
  if (quay_cli_take_option (&argc, argv, "--parse", &payload))
    return argc == 1 ? parse (cli, payload) : QUAY_EXIT_WRONG_USE;
  if (!take (&argc, argv, "--bin", qr.bin, sizeof qr.bin))
    return refuse (cli, QUAY_VIETQR_BAD_BIN);
  if (!take (&argc, argv, "--account", qr.account, sizeof qr.account))
    return refuse (cli, QUAY_VIETQR_BAD_ACCOUNT);
  qr.card = quay_cli_take_option (&argc, argv, "--card", NULL);
  quay_cli_take_option (&argc, argv, "--amount", &amount);
  quay_cli_take_option (&argc, argv, "--bill", &bill);
  quay_cli_take_option (&argc, argv, "--purpose", &purpose);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1 || *qr.bin == '\0' ||
      *qr.account == '\0')
    return QUAY_EXIT_WRONG_USE;
  if (amount != NULL && !quay_cli_parse_int (amount, 1, QUAY_VIETQR_AMOUNT_MAX, &qr.amount))
    return refuse (cli, QUAY_VIETQR_BAD_AMOUNT);
  qr.once = amount != NULL;
  QUAY_VIETQR_SET (qr.bill, bill);
  QUAY_VIETQR_SET (qr.purpose, purpose);
  QuayVietqrFault fault = quay_vietqr_build (&qr, &text);
  if (fault != QUAY_VIETQR_OK)
    return refuse (cli, fault);
  fprintf (cli->out, "%s\n", text);
  return QUAY_EXIT_DONE;
}
