/* Search per keystroke: the till's index beside an in-memory scan of folded names and SQL's LIKE,
 * over the products of a shop's file and strings as people type them: each prefix of the first one
 * to three words of some product's name, one string in ten spoilt so that it finds nothing.
 *
 * usage: bench-search SHOP.db PRODUCTS QUERIES REPEATS
 *
 * The scan (the floor) holds " word word word" of each name, folded, best sold first; it looks for
 * the longest typed word with memmem() and checks the others at each hit; every typed word must
 * begin a word; the first 20 end it. The till's index does more with the same strings: it also
 * looks into SKU, barcodes and producer, and puts names with the typed diacritics first. */
#include "bench.h"

#include "quay-item-search.h"
#include "quay-text.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT 20
#define MAX_WORDS 8
#define LIKE_EVERY 16 /* it is slow: a sample of the strings is enough */

typedef struct
{
  GPtrArray *folds; /* all words by which an item is found */
  GPtrArray *names; /* as written */
  GPtrArray *keys;  /* folded names */
} Products;

/* The arena of the scan: " name\n name\n", and where each name begins. */
typedef struct
{
  GString *text;
  GArray *starts; /* gsize */
} Scan;

typedef struct
{
  Scan names;
  Scan folds;
  QuayItemSearch *till;
  sqlite3_stmt *like;
} Engines;

static void
die_if_sql (sqlite3 *db, int result)
{
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
    return;
  g_printerr ("bench-search: %s\n", sqlite3_errmsg (db));
  exit (1);
}

static Products
read_products (sqlite3 *db, guint n)
{
  Products products = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new () };
  sqlite3_stmt *stmt;
  die_if_sql (db, sqlite3_prepare_v2 (db,
                                      "SELECT fold, name FROM item WHERE active"
                                      " ORDER BY rank DESC, sort LIMIT ?",
                                      -1, &stmt, NULL));
  sqlite3_bind_int64 (stmt, 1, n);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (stmt, 1);
      g_ptr_array_add (products.folds, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
      g_ptr_array_add (products.names, g_strdup (name));
      g_ptr_array_add (products.keys, quay_text_search_key (name));
    }
  sqlite3_finalize (stmt);
  return products;
}

/* --- what is typed --- */

/* The first @words words of @name. */
static char *
first_words (const char *name, guint words)
{
  const char *end = name;
  while (*end != '\0' && (*end != ' ' || --words > 0))
    end++;
  return g_strndup (name, (gsize)(end - name));
}

static void
add_prefixes (GPtrArray *typed, const char *text, guint n)
{
  for (const char *end = text; *end != '\0' && typed->len < n;)
    {
      end = g_utf8_next_char (end);
      if (end[-1] != ' ')
        g_ptr_array_add (typed, g_strndup (text, (gsize)(end - text)));
    }
}

/* Every keystroke of looking for random products by @names. */
static GPtrArray *
type_prefixes (GPtrArray *names, guint n)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (2);
  GPtrArray *typed = g_ptr_array_new ();
  while (typed->len < n)
    {
      const char *name = names->pdata[g_rand_int_range (chance, 0, (gint32)names->len)];
      g_autofree char *text = first_words (name, (guint)g_rand_int_range (chance, 1, 4));
      gsize len = strlen (text);
      if (g_rand_int_range (chance, 0, 10) == 0 && len > 4 && (guchar)text[len - 2] < 128)
        text[len - 2] = 'q';
      add_prefixes (typed, text, n);
    }
  return typed;
}

/* --- the floor --- */

static Scan
make_scan (GPtrArray *keys)
{
  Scan scan = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gsize)) };
  for (guint i = 0; i < keys->len; i++)
    {
      gsize at = scan.text->len;
      g_array_append_val (scan.starts, at);
      g_string_append_c (scan.text, ' ');
      g_string_append (scan.text, keys->pdata[i]);
      g_string_append_c (scan.text, '\n');
    }
  gsize end = scan.text->len;
  g_array_append_val (scan.starts, end);
  return scan;
}

/* The name whose text holds @at, searched from @low on. */
static guint
name_at (const Scan *scan, guint low, gsize at)
{
  guint high = scan->starts->len - 1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (scan->starts, gsize, middle) <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static guint
run_scan (const Scan *scan, const char *text, guint *found)
{
  char typed[256];
  char *words[MAX_WORDS];
  gsize lens[MAX_WORDS];
  guint n = 0;
  guint longest = 0;
  guint hits = 0;
  guint index = 0;
  g_snprintf (typed, sizeof typed, " %s", text);
  for (char *at = typed; at != NULL && n < MAX_WORDS; n++)
    {
      words[n] = at;
      at = strchr (at + 1, ' ');
      lens[n] = at != NULL ? (gsize)(at - words[n]) : strlen (words[n]);
      longest = lens[n] > lens[longest] ? n : longest;
    }
  while (hits < LIMIT && index + 1 < scan->starts->len)
    {
      const char *from = scan->text->str + g_array_index (scan->starts, gsize, index);
      const char *end = scan->text->str + scan->text->len;
      const char *hit = memmem (from, (gsize)(end - from), words[longest], lens[longest]);
      if (hit == NULL)
        break;
      index = name_at (scan, index, (gsize)(hit - scan->text->str));
      from = scan->text->str + g_array_index (scan->starts, gsize, index);
      gsize len = g_array_index (scan->starts, gsize, index + 1) -
                  g_array_index (scan->starts, gsize, index);
      guint i = 0;
      while (i < n && (i == longest || memmem (from, len, words[i], lens[i]) != NULL))
        i++;
      if (i == n)
        found[hits++] = index;
      index++;
    }
  return hits;
}

/* --- the engines --- */

static guint
run_names (Engines *engines, const char *text)
{
  guint found[LIMIT];
  g_autofree char *key = quay_text_search_key (text);
  return run_scan (&engines->names, key, found);
}

static guint
run_folds (Engines *engines, const char *text)
{
  guint found[LIMIT];
  g_autofree char *key = quay_text_search_key (text);
  return run_scan (&engines->folds, key, found);
}

static guint
run_till (Engines *engines, const char *text)
{
  g_autoptr (GArray) found = quay_item_search_find (engines->till, text, LIMIT);
  return found->len;
}

static guint
run_like (Engines *engines, const char *text)
{
  guint hits = 0;
  g_autofree char *key = quay_text_search_key (text);
  g_autofree char *pattern = g_strconcat ("%", key, "%", NULL);
  sqlite3_bind_text (engines->like, 1, pattern, -1, SQLITE_STATIC);
  while (sqlite3_step (engines->like) == SQLITE_ROW)
    hits++;
  sqlite3_reset (engines->like);
  return hits;
}

typedef struct
{
  const char *name;
  guint (*run) (Engines *engines, const char *text);
  guint every;
} Engine;

static const Engine all_engines[] = {
  { "scan", run_names, 1 },
  { "till", run_till, 1 },
  { "scan-all-words", run_folds, 1 },
  { "like", run_like, LIKE_EVERY },
};

static void
run_engine (guint repeat, Engines *engines, const Engine *engine, const char *typing,
            GPtrArray *typed)
{
  g_autoptr (BenchSamples) samples = bench_samples_new (typed->len);
  g_autofree char *what = g_strconcat (engine->name, typing, NULL);
  guint64 hits = 0;
  for (guint i = repeat % engine->every; i < typed->len; i += engine->every)
    {
      bench_samples_begin (samples);
      hits += engine->run (engines, typed->pdata[i]);
      bench_samples_end (samples);
    }
  bench_say_samples (repeat, what, samples);
  bench_say (repeat, what, "hits", (double)hits / MAX (samples->ns->len, 1));
}

static void
make_engines (Engines *engines, sqlite3 *db, const Products *products)
{
  gint64 begun = bench_now_ns ();
  engines->till = quay_item_search_new ();
  for (guint i = 0; i < products->folds->len; i++)
    quay_item_search_add (engines->till, i + 1, products->folds->pdata[i],
                          products->names->pdata[i]);
  bench_say (0, "till", "build_ms", (double)(bench_now_ns () - begun) / 1e6);
  engines->names = make_scan (products->keys);
  engines->folds = make_scan (products->folds);
  bench_say (0, "scan", "bytes", (double)engines->names.text->len);
  bench_say (0, "scan-all-words", "bytes", (double)engines->folds.text->len);
  die_if_sql (db, sqlite3_exec (db, "CREATE TEMP TABLE named (no INTEGER PRIMARY KEY, name TEXT)",
                                NULL, NULL, NULL));
  sqlite3_stmt *add;
  die_if_sql (db, sqlite3_prepare_v2 (db, "INSERT INTO named VALUES (?, ?)", -1, &add, NULL));
  for (guint i = 0; i < products->keys->len; i++)
    {
      sqlite3_bind_int64 (add, 1, i + 1);
      sqlite3_bind_text (add, 2, products->keys->pdata[i], -1, SQLITE_STATIC);
      die_if_sql (db, sqlite3_step (add));
      sqlite3_reset (add);
    }
  sqlite3_finalize (add);
  die_if_sql (db, sqlite3_prepare_v2 (db, "SELECT no FROM named WHERE name LIKE ? LIMIT 20", -1,
                                      &engines->like, NULL));
}

int
main (int argc, char **argv)
{
  Engines engines = { 0 };
  sqlite3 *db;
  g_set_prgname ("bench-search");
  if (argc != 5)
    return 2;
  guint n = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  guint n_typed = (guint)g_ascii_strtoull (argv[3], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[4], NULL, 10);
  die_if_sql (db, sqlite3_open_v2 (argv[1], &db, SQLITE_OPEN_READONLY, NULL));
  die_if_sql (db, sqlite3_exec (db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL));
  Products products = read_products (db, n);
  if (products.names->len == 0)
    return 1;
  make_engines (&engines, db, &products);
  bench_say (0, "products", "n", products.names->len);
  GPtrArray *plain = type_prefixes (products.keys, n_typed);
  GPtrArray *marked = type_prefixes (products.names, n_typed);
  for (guint repeat = 0; repeat < repeats; repeat++)
    for (guint i = 0; i < G_N_ELEMENTS (all_engines); i++)
      {
        const Engine *engine = &all_engines[(i + repeat) % G_N_ELEMENTS (all_engines)];
        run_engine (repeat, &engines, engine, "", plain);
        run_engine (repeat, &engines, engine, "-marked", marked);
      }
  sqlite3_finalize (engines.like);
  sqlite3_close (db);
  return 0;
}
