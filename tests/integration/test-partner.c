/* A producer as typed: what is refused at which field, what is kept. */
#include "quay-test-till.h"

#include "quay-till-partner.h"

#include <string.h>

typedef QuayTestShop Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (f, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_clear (f);
}

static void
assert_partner_refused (Fixture *f, const QuayPartnerEdit *edit, const char *column,
                        const char *code)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_assert_false (quay_till_save_partner (f->till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refusals->len, ==, 1);
  g_assert_cmpstr (((QuayRefusal *)refusals->pdata[0])->column, ==, column);
  g_assert_cmpstr (((QuayRefusal *)refusals->pdata[0])->code, ==, code);
  g_assert_true (quay_id_is_nil (&id));
}

static void
test_partner (Fixture *f, gconstpointer data)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  assert_partner_refused (f, edit, "name", "empty");
  edit->name = g_strdup ("HTX Tài Hoan");
  assert_partner_refused (f, edit, "name", "taken");
  g_free (edit->name);
  edit->name = g_strdup ("Hộ Nà Lẹng");
#define WRONG(member, text, code)                                                                  \
  edit->member = g_strdup (text);                                                                  \
  assert_partner_refused (f, edit, #member, code);                                                 \
  g_clear_pointer (&edit->member, g_free)
  WRONG (tax_code, "12345", "tax-code");
  WRONG (commune, "99999", "unknown-commune");
  WRONG (kind, "cty", "range");
  WRONG (contract_day, "31/02/2026", "day");
  WRONG (commission, "100,5", "range");
  WRONG (account, "12a4", "number");
#undef WRONG
  edit->kind = g_strdup ("household");
  edit->commune = g_strdup ("02155");
  edit->tax_code = g_strdup ("036085001234");
  edit->terms = g_strdup ("commission");
  assert_partner_refused (f, edit, "commission", "empty");
  edit->commission = g_strdup ("12,5");
  edit->base = g_strdup ("shelf");
  edit->member = g_strdup ("1");
  edit->contract = g_strdup ("07/HĐKG");
  edit->contract_day = g_strdup ("02/01/2026");
  g_assert_true (quay_till_save_partner (f->till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  g_autoptr (QuayPartner) partner = quay_till_partner (f->till, &id);
  g_assert_cmpstr (partner->kind, ==, "household");
  g_assert_cmpint (partner->terms.commission_bp, ==, 1250);
  g_assert_cmpint (partner->terms.base, ==, QUAY_BASE_SHELF);
  g_assert_cmpint (partner->contract_day, ==, 20260102);
  g_assert_cmpint (partner->member, ==, 1);
  g_autoptr (QuayPartnerEdit) shown = quay_partner_edit_of (partner);
  g_assert_cmpstr (shown->commission, ==, "12,5");
  g_free (shown->account);
  shown->account = g_strdup ("1234567890");
  g_assert_true (quay_till_save_partner (f->till, &id, shown, &refusals, &error));
  g_autoptr (GPtrArray) all = quay_till_partners (f->till);
  g_assert_cmpuint (all->len, >, 2);
}

/* Changing only what differs: the same again writes nothing, "" clears. */
static void
test_clear (Fixture *f, gconstpointer data)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  edit->name = g_strdup ("  Hộ Nà Lẹng ");
  edit->phone = g_strdup ("0209 3 888 000");
  g_assert_true (quay_till_save_partner (f->till, &id, edit, &refusals, &error));
  g_clear_pointer (&edit->name, g_free);
  g_free (edit->phone);
  edit->phone = g_strdup ("");
  g_assert_true (quay_till_save_partner (f->till, &id, edit, &refusals, &error));
  g_autoptr (QuayPartner) partner = quay_till_partner (f->till, &id);
  g_assert_cmpstr (partner->name, ==, "Hộ Nà Lẹng");
  g_assert_null (partner->phone);
  g_assert_cmpint (partner->member, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/partner/fields", test_partner);
  ADD ("/partner/clear", test_clear);
  return g_test_run ();
}
