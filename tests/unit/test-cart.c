/* The open cart: what joins a line, what is refused, and that a refusal changes nothing. */
#include "quay-cart.h"
#include "quay-error.h"

static QuayLine
piece (guint8 product, gint64 price, gint64 n)
{
  QuayLine line = { .name = (char *)"Miến dong", .price = QUAY_DONG (price), .rate_bp = 800 };
  line.product.b[15] = product;
  line.qty = QUAY_UNITS (n);
  return line;
}

static QuayCart *
new_cart (void)
{
  QuayId id = { { 1 } };
  return quay_cart_new (&id, 1000);
}

static guint
add (QuayCart *cart, QuayLine line)
{
  guint index = G_MAXUINT;
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_cart_add (cart, &line, &index, &error));
  g_assert_no_error (error);
  return index;
}

/* --- joining --- */

static void
test_joins (void)
{
  g_autoptr (QuayCart) cart = new_cart ();
  g_assert_true (quay_cart_is_empty (cart));
  g_assert_cmpuint (add (cart, piece (1, 65000, 1)), ==, 0);
  g_assert_cmpuint (add (cart, piece (2, 60000, 1)), ==, 1);
  g_assert_cmpuint (add (cart, piece (1, 65000, 2)), ==, 0);
  const QuayLine *line = cart->lines->pdata[0];
  g_assert_cmpint (line->qty.milli, ==, 3000);
  g_assert_cmpint (line->amount.dong, ==, 195000);
  QuayCartTotals totals = quay_cart_totals (cart);
  g_assert_cmpint (totals.total.dong, ==, 255000);
  g_assert_cmpint (totals.vat.dong, ==, 255000 - 236111);
  g_assert_cmpint (totals.pieces, ==, 4);
  g_assert_cmpuint (totals.n_lines, ==, 2);
}

static void
test_stays_apart (void)
{
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine lot = piece (1, 65000, 1);
  QuayLine trace = piece (1, 65000, 1);
  QuayLine noted = piece (1, 65000, 1);
  QuayLine weighed = piece (1, 65000, 1);
  QuayLine open = piece (0, 65000, 1);
  lot.lot = (char *)"L1";
  trace.trace = (char *)"https://itrace247.com/1";
  noted.note = (char *)"biếu";
  weighed.kind = QUAY_LINE_WEIGHED;
  add (cart, piece (1, 65000, 1));
  g_assert_cmpuint (add (cart, piece (1, 60000, 1)), ==, 1); /* another price */
  g_assert_cmpuint (add (cart, lot), ==, 2);
  g_assert_cmpuint (add (cart, trace), ==, 3);
  g_assert_cmpuint (add (cart, noted), ==, 4);
  g_assert_cmpuint (add (cart, weighed), ==, 5);
  g_assert_cmpuint (add (cart, weighed), ==, 6);
  g_assert_cmpuint (add (cart, open), ==, 7);
  g_assert_cmpuint (add (cart, open), ==, 8);
  g_assert_cmpuint (add (cart, lot), ==, 2); /* the same lot joins */
}

/* --- refusals --- */

typedef struct
{
  const char *name;
  QuayLineKind kind;
  gint64 milli;
  gint64 price;
  QuayError code;
} AddCase;

static const AddCase add_cases[] = {
  { "half-a-piece", QUAY_LINE_PIECE, 1500, 65000, QUAY_ERROR_INVALID },
  { "nothing", QUAY_LINE_PIECE, 0, 65000, QUAY_ERROR_INVALID },
  { "a-scanned-code", QUAY_LINE_PIECE, QUAY_LINE_MAX_QTY + 1000, 1, QUAY_ERROR_INVALID },
  { "negative-price", QUAY_LINE_PIECE, 1000, -1, QUAY_ERROR_INVALID },
  { "overflow", QUAY_LINE_PIECE, 2000, QUAY_MONEY_MAX, QUAY_ERROR_OVERFLOW },
  { "total-overflow", QUAY_LINE_PIECE, 1000, QUAY_MONEY_MAX, QUAY_ERROR_OVERFLOW },
};

static void
test_add_refuses (gconstpointer data)
{
  const AddCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine line = piece (2, c->price, 1);
  line.kind = c->kind;
  line.qty = QUAY_MILLI (c->milli);
  add (cart, piece (1, 65000, 1));
  g_assert_false (quay_cart_add (cart, &line, NULL, &error));
  g_assert_error (error, QUAY_ERROR, c->code);
  g_assert_cmpuint (cart->lines->len, ==, 1);
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, 65000);
}

static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine open = piece (0, 1, 1);
  for (guint i = 0; i < QUAY_CART_MAX_LINES; i++)
    add (cart, open);
  g_assert_false (quay_cart_add (cart, &open, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* --- changing --- */

static void
test_set_qty (void)
{
  g_autoptr (GError) gone = NULL;
  g_autoptr (GError) half = NULL;
  g_autoptr (GError) printed = NULL;
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine label = piece (2, 60000, 1);
  label.kind = QUAY_LINE_PRICED;
  label.amount = QUAY_DONG (48500);
  add (cart, piece (1, 65000, 1));
  add (cart, label);
  g_assert_true (quay_cart_set_qty (cart, 0, QUAY_UNITS (4), NULL));
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, 260000 + 48500);
  g_assert_false (quay_cart_set_qty (cart, 0, QUAY_MILLI (500), &half));
  g_assert_error (half, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_false (quay_cart_set_qty (cart, 1, QUAY_UNITS (1), &printed));
  g_assert_error (printed, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_false (quay_cart_set_qty (cart, 2, QUAY_UNITS (1), &gone));
  g_assert_error (gone, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, 260000 + 48500);
}

static void
test_set_weight (void)
{
  g_autoptr (GError) below = NULL;
  g_autoptr (GError) kind = NULL;
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine mushrooms = piece (1, 60000, 1);
  mushrooms.kind = QUAY_LINE_WEIGHED;
  add (cart, mushrooms);
  add (cart, piece (2, 65000, 1));
  g_assert_true (quay_cart_set_weight (cart, 0, QUAY_MILLI (535), QUAY_MILLI (50), NULL));
  const QuayLine *line = cart->lines->pdata[0];
  g_assert_cmpint (line->qty.milli, ==, 485);
  g_assert_cmpint (line->tare.milli, ==, 50);
  g_assert_cmpint (line->amount.dong, ==, 29100);
  g_assert_false (quay_cart_set_weight (cart, 0, QUAY_MILLI (50), QUAY_MILLI (50), &below));
  g_assert_error (below, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_false (quay_cart_set_weight (cart, 1, QUAY_MILLI (500), QUAY_MILLI (0), &kind));
  g_assert_error (kind, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_remove (void)
{
  g_autoptr (QuayCart) cart = new_cart ();
  add (cart, piece (1, 65000, 1));
  add (cart, piece (2, 60000, 1));
  g_assert_null (quay_cart_remove (cart, 2));
  g_autoptr (QuayLine) line = quay_cart_remove (cart, 0);
  g_assert_cmpint (line->amount.dong, ==, 65000);
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, 60000);
}

static void
test_age (void)
{
  g_autoptr (QuayCart) cart = new_cart ();
  QuayLine spirit = piece (1, 95000, 1);
  spirit.abv = 300;
  add (cart, piece (2, 65000, 1));
  g_assert_false (quay_cart_needs_age (cart));
  add (cart, spirit);
  g_assert_true (quay_cart_needs_age (cart));
  cart->age = QUAY_AGE_CONFIRMED;
  g_assert_false (quay_cart_needs_age (cart));
}

static void
test_copy (void)
{
  g_autoptr (QuayCart) cart = new_cart ();
  add (cart, piece (1, 65000, 1));
  cart->buyer_name = g_strdup ("Công ty Hoa Mai");
  quay_cart_set_note (cart, 0, "biếu");
  g_autoptr (QuayCart) copy = quay_cart_copy (cart);
  g_assert_true (quay_id_equal (&copy->id, &cart->id));
  g_assert_cmpint (copy->opened_ms, ==, 1000);
  g_assert_cmpstr (copy->buyer_name, ==, "Công ty Hoa Mai");
  quay_cart_set_note (copy, 0, "");
  g_assert_null (((QuayLine *)copy->lines->pdata[0])->note);
  g_assert_cmpstr (((QuayLine *)cart->lines->pdata[0])->note, ==, "biếu");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cart/add/joins", test_joins);
  g_test_add_func ("/cart/add/stays-apart", test_stays_apart);
  for (guint i = 0; i < G_N_ELEMENTS (add_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cart/add/refuses/", add_cases[i].name, NULL);
      g_test_add_data_func (path, &add_cases[i], test_add_refuses);
    }
  g_test_add_func ("/cart/add/full", test_full);
  g_test_add_func ("/cart/set-qty", test_set_qty);
  g_test_add_func ("/cart/set-weight", test_set_weight);
  g_test_add_func ("/cart/remove", test_remove);
  g_test_add_func ("/cart/age", test_age);
  g_test_add_func ("/cart/copy", test_copy);
  return g_test_run ();
}
