/* The audit: each thing of note is found once, with both people, by user, kind and day; what can't
 * be right comes first; and what was changed later still shows. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-till-audit.h"
#include "quay-till-refunds.h"
#include "quay-till-sign.h"

#include <string.h>

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (f, TRUE);
  people_add (f, "ql", "ql", "manager", MANAGER, NULL);
  people_add (f, "tn", "tn", "cashier", CASHIER, NULL);
  people_add (f, "ks", "ks", "auditor", "9999", NULL);
  people_sign_in (f, "tn", CASHIER);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_clear (f);
}

static QuayAuditReport *
audit (Fixture *f, QuayAuditAsk ask)
{
  g_autoptr (GError) error = NULL;
  QuayAuditReport *report = quay_till_audit (f->till, &ask, &error);
  g_assert_no_error (error);
  return report;
}

/* The one entry of a kind. */
static const QuayAuditEntry *
only (const QuayAuditReport *report, QuayAuditKind kind)
{
  const QuayAuditEntry *found = NULL;
  for (guint i = 0; i < report->entries->len; i++)
    {
      const QuayAuditEntry *entry = report->entries->pdata[i];
      g_assert_true (found == NULL || entry->kind != kind);
      if (entry->kind == kind)
        found = entry;
    }
  g_assert_nonnull (found);
  return found;
}

static void
assert_user (const QuayAuditReport *report, const char *code)
{
  g_assert_true (g_ptr_array_find_with_equal_func (report->users, code, g_str_equal, NULL));
}

static guint
count (Fixture *f, QuayAuditAsk ask)
{
  g_autoptr (QuayAuditReport) report = audit (f, ask);
  return report->found;
}

static void
move_cash (Fixture *f, gint64 dong)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->till);
  g_autofree char *number = quay_till_move_cash (f->till, &id, QUAY_DONG (dong), "nộp quỹ", &error);
  g_assert_no_error (error);
}

/* A day of a cashier, with a manager's word for one thing. */
static void
work (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  QuayMoney total, difference;
  quay_test_shop_scan (f, GOODS);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  quay_test_shop_scan (f, GOODS);
  g_assert_true (quay_till_cart_remove (f->till, 0, "khách đổi ý", &error));
  g_assert_true (quay_till_open_drawer (f->till, "đổi tiền", &error));
  QuayId id = quay_till_new_id (f->till);
  g_autofree char *refund =
      quay_till_refund (f->till, &id, sale->number, NULL, 0, "hỏng", &total, &error);
  g_assert_no_error (error);
  g_assert_true (
      quay_till_approve (f->till, QUAY_ACT_CASH, 700000, "ql", MANAGER, "nộp ngân hàng", &error));
  move_cash (f, -700000);
  g_assert_true (quay_till_close_shift (f->till, QUAY_DONG (1000), "thiếu", &difference, &error));
  g_assert_no_error (error);
}

static void
test_found (Fixture *f, gconstpointer data)
{
  work (f);
  people_sign_in (f, "ks", "9999");
  g_autoptr (QuayAuditReport) report = audit (f, (QuayAuditAsk){ 0 });
  const QuayAuditEntry *removed = only (report, QUAY_AUDIT_REMOVED);
  g_assert_cmpstr (removed->who, ==, "tn");
  g_assert_cmpstr (removed->why, ==, "khách đổi ý");
  g_assert_cmpint (removed->qty.milli, ==, 1000);
  g_assert_cmpstr (only (report, QUAY_AUDIT_DRAWER)->why, ==, "đổi tiền");
  const QuayAuditEntry *refund = only (report, QUAY_AUDIT_REFUND);
  g_assert_cmpstr (refund->name, ==, "QT1A-000001");
  g_assert_cmpint (refund->amount.dong, >, 0);
  const QuayAuditEntry *word = only (report, QUAY_AUDIT_OVERRIDE);
  g_assert_cmpstr (word->who, ==, "tn");
  g_assert_cmpstr (word->by, ==, "ql");
  g_assert_cmpstr (word->act, ==, "cash");
  g_assert_cmpint (word->amount.dong, ==, 700000);
  g_assert_cmpint (only (report, QUAY_AUDIT_CASH)->amount.dong, ==, -700000);
  g_assert_cmpuint (report->alarms, ==, 0);
  assert_user (report, "tn");
  assert_user (report, "ql");
  assert_user (report, "ks");
  g_assert_cmpint (report->since, >, 0);
  g_assert_cmpuint (report->records, >, report->found);
}

/* By user (also who allowed it), kind and day; the newest of many. */
static void
test_filter (Fixture *f, gconstpointer data)
{
  QuayDay day = quay_till_day (f->till);
  work (f);
  people_sign_in (f, "ql", MANAGER);
  g_assert_cmpuint (count (f, (QuayAuditAsk){ .kinds = 1u << QUAY_AUDIT_CASH }), ==, 1);
  g_assert_cmpuint (count (f, (QuayAuditAsk){ .user = "ql", .kinds = 1u << QUAY_AUDIT_OVERRIDE }),
                    ==, 1);
  g_assert_cmpuint (count (f, (QuayAuditAsk){ .user = "ks", .kinds = 1u << QUAY_AUDIT_OVERRIDE }),
                    ==, 0);
  g_assert_cmpuint (count (f, (QuayAuditAsk){ .from = quay_day_add (day, 1) }), ==, 0);
  g_assert_cmpuint (count (f, (QuayAuditAsk){ .to = quay_day_add (day, -1) }), ==, 0);
  guint all = count (f, (QuayAuditAsk){ .from = day, .to = day });
  g_autoptr (QuayAuditReport) some = audit (f, (QuayAuditAsk){ .limit = 3 });
  g_assert_cmpuint (some->found, ==, all);
  g_assert_cmpuint (some->entries->len, ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpint (((QuayAuditEntry *)some->entries->pdata[i - 1])->ts, >=,
                     ((QuayAuditEntry *)some->entries->pdata[i])->ts);
}

/* The first value of a setting is not lost with the second; no hash of a PIN is shown. */
static void
test_changes (Fixture *f, gconstpointer data)
{
  people_sign_in (f, "ql", MANAGER);
  guint before = count (f, (QuayAuditAsk){ .kinds = 1u << QUAY_AUDIT_SETTING });
  g_assert_true (quay_till_set_setting (f->till, "shop.thanks", "Một", NULL));
  g_assert_true (quay_till_set_setting (f->till, "shop.thanks", "Hai", NULL));
  g_autoptr (QuayAuditReport) report =
      audit (f, (QuayAuditAsk){ .kinds = 1u << QUAY_AUDIT_SETTING | 1u << QUAY_AUDIT_PEOPLE });
  guint settings = 0;
  guint first = 0;
  for (guint i = 0; i < report->entries->len; i++)
    {
      const QuayAuditEntry *entry = report->entries->pdata[i];
      settings += entry->kind == QUAY_AUDIT_SETTING;
      first += g_strcmp0 (entry->why, "shop.thanks = Một") == 0;
      g_assert_null (strstr (entry->why, "argon2"));
    }
  g_assert_cmpuint (settings, ==, before + 2);
  g_assert_cmpuint (first, ==, 1);
}

/* Only who may see it. */
static void
test_right (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayAuditAsk ask = { 0 };
  g_assert_null (quay_till_audit (f->till, &ask, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayAuditReport) report = quay_till_audit_finish (QUAY_TILL (source), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->found, >, 0);
  *(gboolean *)data = TRUE;
}

static void
test_async (Fixture *f, gconstpointer data)
{
  gboolean done = FALSE;
  QuayAuditAsk ask = { 0 };
  work (f);
  people_sign_in (f, "ks", "9999");
  quay_till_audit_async (f->till, &ask, done_cb, &done);
  quay_test_wait (&done);
}

static void
test_file (Fixture *f, gconstpointer data)
{
  gsize len;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *csv = g_build_filename (f->dir, "audit.csv", NULL);
  g_autofree char *xlsx = g_build_filename (f->dir, "audit.xlsx", NULL);
  work (f);
  people_sign_in (f, "ks", "9999");
  g_autoptr (QuayAuditReport) report = audit (f, (QuayAuditAsk){ 0 });
  g_assert_true (quay_till_export_audit (report->entries, csv, &error));
  g_assert_no_error (error);
  g_assert_true (quay_till_export_audit (report->entries, xlsx, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (csv, &text, &len, NULL));
  g_assert_nonnull (strstr (text, "Người cho phép"));
  g_assert_nonnull (strstr (text, "nộp ngân hàng"));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, report->found + 1);
}

/* A clock that went back is told, and written down once a day. */
static void
test_clock (Fixture *f, gconstpointer data)
{
  QuayAuditAsk ask = { .kinds = 1u << QUAY_AUDIT_CLOCK };
  people_sign_in (f, "ql", MANAGER);
  g_assert_false (quay_till_clock_is_wrong (f->till));
  quay_till_watch_clock (f->till);
  g_assert_cmpuint (count (f, ask), ==, 0);
  quay_test_env_move (&f->env, -60 * 60 * 1000);
  g_assert_true (quay_till_clock_is_wrong (f->till));
  quay_till_watch_clock (f->till);
  quay_till_watch_clock (f->till);
  g_assert_true (quay_till_set_setting (f->till, "shop.thanks", "Ba", NULL)); /* behind it */
  quay_till_watch_clock (f->till);
  g_assert_true (quay_till_set_setting (f->till, "shop.thanks", "Bốn", NULL));
  g_assert_cmpuint (count (f, ask), ==, 1);
  quay_test_shop_assert_sound (f);
}

#define ADD(path, func) g_test_add ("/audit/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("found", test_found);
  ADD ("filter", test_filter);
  ADD ("changes", test_changes);
  ADD ("right", test_right);
  ADD ("async", test_async);
  ADD ("file", test_file);
  ADD ("clock", test_clock);
  return g_test_run ();
}
