/* A shop of a manager and a cashier, for the tests of users. */
#pragma once

#include "quay-test-till.h"

G_BEGIN_DECLS

#define MANAGER "1357"
#define CASHIER "2468"
#define GOODS "2900000000018"
#define WINE "2900000000087" /* 12 % */

typedef QuayTestShop Fixture;

/** A sample shop without users; with a manager "ql" and a cashier "tn", who works. */
void people_set_up_shop (Fixture *f, gconstpointer data);
void people_set_up (Fixture *f, gconstpointer data);
void people_tear_down (Fixture *f, gconstpointer data);

void people_add (Fixture *f, const char *code, const char *name, const char *role, const char *pin,
                 const char *born);
void people_sign_in (Fixture *f, const char *code, const char *pin);
/** @why: a QuayError. */
void people_assert_cant (Fixture *f, const char *code, const char *pin, int why);
/** The one number that @sql gives, asked of the file itself. */
gint64 people_ask (Fixture *f, const char *sql);
/** Verbs that take a right: the code of the error, -1 if it was done. */
int people_move_cash (Fixture *f, gint64 dong);
int people_set_setting (Fixture *f);
/** Counts the signal "denied" in a guint. */
void people_note_denied_cb (QuayTill *till, gpointer data);

G_END_DECLS
