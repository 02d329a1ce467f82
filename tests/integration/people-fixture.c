/* The shop of the tests of users. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-store.h"
#include "quay-till-sign.h"
#include "quay-till-users.h"

#include <sqlite3.h>
#include <string.h>

void
people_add (Fixture *f, const char *code, const char *name, const char *role, const char *pin,
            const char *born)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayUserEdit edit = { TRUE, code, name, role, pin, born, NULL };
  quay_till_save_user (f->till, &edit, NULL, &refusals, &error);
  g_assert_no_error (error);
  g_assert_null (refusals);
}

void
people_sign_in (Fixture *f, const char *code, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_sign_in (f->till, code, pin, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (quay_till_user (f->till), ==, code);
  g_assert_false (quay_till_is_locked (f->till));
}

void
people_assert_cant (Fixture *f, const char *code, const char *pin, int why)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (quay_till_sign_in (f->till, code, pin, &error));
  g_assert_error (error, QUAY_ERROR, why);
}

/* The one number that @sql gives, asked of the file itself. */
gint64
people_ask (Fixture *f, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  g_autofree char *path = g_build_filename (f->dir, QUAY_STORE_FILE, NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

void
people_set_up_shop (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (f, TRUE);
}

/* A shop of a manager and a cashier, who works. */
void
people_set_up (Fixture *f, gconstpointer data)
{
  people_set_up_shop (f, data);
  people_add (f, "ql", "Quản lý", "manager", MANAGER, NULL);
  people_add (f, "tn", "Thu ngân", "cashier", CASHIER, NULL);
  people_sign_in (f, "tn", CASHIER);
}

void
people_tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_clear (f);
}

int
people_move_cash (Fixture *f, gint64 dong)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->till);
  g_autofree char *number = quay_till_move_cash (f->till, &id, QUAY_DONG (dong), "tiền lẻ", &error);
  g_assert_true ((number == NULL) == (error != NULL));
  return error != NULL ? error->code : -1;
}

int
people_set_setting (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  return quay_till_set_setting (f->till, "shop.thanks", "Cảm ơn!", &error) ? -1 : error->code;
}

void
people_note_denied_cb (QuayTill *till, gpointer data)
{
  ++*(guint *)data;
}
