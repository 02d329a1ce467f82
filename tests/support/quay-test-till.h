/* A sample shop in a folder that goes away, opened with a clock and chance that repeat. */
#pragma once

#include "quay-test.h"
#include "quay-till-catalog.h"
#include "quay-till-files.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"

G_BEGIN_DECLS

typedef struct
{
  QuayTestEnv env;
  char *dir;
  QuayTill *till;
} QuayTestShop;

/** Makes and opens it; @sample: with the sample catalogue. */
void quay_test_shop_init (QuayTestShop *shop, gboolean sample);
/** Another till of the same shop, QT2, without the sample: it gets what there is from the first. */
void quay_test_shop_init_second (QuayTestShop *shop);
void quay_test_shop_clear (QuayTestShop *shop);

/** Fails the test unless the file is whole, its sums agree, and a replay of the journal gives the
 * same tables. */
void quay_test_shop_assert_sound (QuayTestShop *shop);

/** Closes and opens it again. */
void quay_test_shop_reopen (QuayTestShop *shop);

/** Scans @code and puts it into the cart; fails the test if it can't be sold. */
void quay_test_shop_scan (QuayTestShop *shop, const char *code);

/** One payment as the verbs want them; @more may be NULL or a list to add to. (transfer full) */
GPtrArray *quay_test_payment (GPtrArray *more, QuayTender tender, gint64 given);

/** Pays the open cart exactly in cash; fails the test if it can't. */
QuaySaleRecord *quay_test_shop_pay (QuayTestShop *shop);

/** Runs the main loop until @done; fails the test after ten seconds. */
void quay_test_wait (gboolean *done);

G_END_DECLS
