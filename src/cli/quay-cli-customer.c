/* customer: who owes what. Phone numbers are shown with their last digits alone. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-requests.h"

#include <string.h>

QuayCustomer *
quay_cli_find_customer (QuayCli *cli, const char *text)
{
  QuayId id;
  if (quay_id_from_text (text, &id))
    {
      QuayCustomer *customer = quay_till_customer (cli->till, &id);
      if (customer == NULL)
        quay_cli_unknown (cli, "customer", text);
      return customer;
    }
  g_autoptr (GPtrArray) found = quay_till_customers (cli->till, text);
  if (found->len == 1)
    return g_ptr_array_steal_index (found, 0);
  if (found->len == 0)
    quay_cli_unknown (cli, "customer", text);
  else
    fprintf (cli->err, "quayctl: %u customers are called '%s'; give the id\n", found->len, text);
  return NULL;
}

static void
emit_customer (QuayCli *cli, const QuayCustomer *customer)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  json_t *ages = json_array ();
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *phone = quay_phone_mask (customer->phone);
  quay_id_to_text (&customer->id, id);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    json_array_append_new (ages, json_integer (customer->ages[i].dong));
  quay_cli_emit (
      cli, json_pack ("{s:s, s:s, s:o, s:I, s:I, s:I, s:o, s:b}", "id", id, "name", title, "phone",
                      quay_cli_text (phone), "debt", (json_int_t)customer->debt.dong, "limit",
                      (json_int_t)customer->limit.dong, "points", (json_int_t)customer->points,
                      "ages", ages, "erased", (int)customer->erased));
}

static int
add (QuayCli *cli, int argc, char **argv)
{
  const char *phone = NULL;
  const char *limit = NULL;
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  quay_cli_take_option (&argc, argv, "--phone", &phone);
  quay_cli_take_option (&argc, argv, "--limit", &limit);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  edit->name = g_strdup (argv[2]);
  edit->phone = g_strdup (phone);
  edit->limit = g_strdup (limit);
  if (!quay_till_save_customer (cli->till, &id, edit, &refusals, &error))
    {
      if (refusals == NULL)
        return quay_cli_refuse (cli, error);
      for (guint i = 0; i < refusals->len; i++)
        fprintf (cli->err, "quayctl: %s %s\n", ((QuayRefusal *)refusals->pdata[i])->column,
                 ((QuayRefusal *)refusals->pdata[i])->why);
      return QUAY_EXIT_REFUSED;
    }
  g_autoptr (QuayCustomer) customer = quay_till_customer (cli->till, &id);
  if (customer != NULL)
    emit_customer (cli, customer);
  return QUAY_EXIT_DONE;
}

static int
list (QuayCli *cli, int argc, char **argv)
{
  gboolean owing = quay_cli_take_option (&argc, argv, "--owing", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc > 3)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (GPtrArray) all = quay_till_customers (cli->till, argc == 3 ? argv[2] : NULL);
  for (guint i = 0; i < all->len; i++)
    if (!owing || ((const QuayCustomer *)all->pdata[i])->debt.dong > 0)
      emit_customer (cli, all->pdata[i]);
  return QUAY_EXIT_DONE;
}

static int
pay (QuayCli *cli, int argc, char **argv)
{
  const char *tender = "cash";
  const char *ref = NULL;
  QuayMoney amount;
  g_autoptr (GError) error = NULL;
  quay_cli_take_option (&argc, argv, "--tender", &tender);
  quay_cli_take_option (&argc, argv, "--ref", &ref);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 4 ||
      !quay_cli_parse_int (argv[3], 1, QUAY_MONEY_MAX, &amount.dong))
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayCustomer) customer = quay_cli_find_customer (cli, argv[2]);
  if (customer == NULL)
    return QUAY_EXIT_REFUSED;
  QuayId id = quay_till_new_id (cli->till);
  QuayDebtEntry entry = { customer->id, "paid", amount, quay_tender_from_name (tender), ref, NULL };
  g_autofree char *number = quay_till_post_debt (cli->till, &id, &entry, &error);
  if (number == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli,
                 json_pack ("{s:s, s:I, s:I}", "number", number, "paid", (json_int_t)amount.dong,
                            "debt", (json_int_t)(customer->debt.dong - amount.dong)));
  return QUAY_EXIT_DONE;
}

static int
statement (QuayCli *cli, int argc, char **argv)
{
  const char *out = NULL;
  g_autoptr (GError) error = NULL;
  quay_cli_take_option (&argc, argv, "-o", &out);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayCustomer) customer = quay_cli_find_customer (cli, argv[2]);
  if (customer == NULL)
    return QUAY_EXIT_REFUSED;
  g_autofree char *path = out != NULL ? quay_cli_path (cli, out) : NULL;
  g_autofree char *file = quay_till_print_statement (cli->till, &customer->id, path, &error);
  if (file == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s}", "file", file));
  return QUAY_EXIT_DONE;
}

static int
notice (QuayCli *cli, int argc, char **argv)
{
  const char *out = NULL;
  g_autoptr (GError) error = NULL;
  quay_cli_take_option (&argc, argv, "-o", &out);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *path = out != NULL ? quay_cli_path (cli, out) : NULL;
  g_autofree char *file = quay_till_print_privacy_notice (cli->till, path, &error);
  if (file == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s}", "file", file));
  return QUAY_EXIT_DONE;
}

static int
erase (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean sure = quay_cli_take_option (&argc, argv, "--yes", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 3)
    return QUAY_EXIT_WRONG_USE;
  if (!sure)
    return quay_cli_misuse (cli, "nobody can undo this: say --yes");
  g_autoptr (QuayCustomer) customer = quay_cli_find_customer (cli, argv[2]);
  if (customer == NULL)
    return QUAY_EXIT_REFUSED;
  if (!quay_till_erase_customer (cli->till, &customer->id, &error))
    return quay_cli_refuse (cli, error);
  g_autoptr (QuayCustomer) gone = quay_till_customer (cli->till, &customer->id);
  if (gone != NULL)
    emit_customer (cli, gone);
  return QUAY_EXIT_DONE;
}

int
quay_cli_customer (QuayCli *cli, int argc, char **argv)
{
  static const struct
  {
    const char *name;
    QuayCliFunc run;
  } verbs[] = {
    { "add", add },
    { "list", list },
    { "pay", pay },
    { "erase", erase },
    { "notice", notice },
    { "statement", statement },
    { "request", quay_cli_request },
  };
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[1]) == 0)
      return verbs[i].run (cli, argc, argv);
  return QUAY_EXIT_WRONG_USE;
}
