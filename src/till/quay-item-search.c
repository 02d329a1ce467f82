/* One arena of folded words in the order of sales, scanned from the front: the best matches come
 * first, so a search mostly ends early. Blocks of items carry a filter of the letter groups in
 * them, by which a rare word passes over all that can't have it. */
#include "quay-item-search.h"

#include "quay-text.h"

#include <string.h>

#define BLOCK_ITEMS 64
#define FILTER_BITS 8192
#define MAX_WORDS 12

/* Text of an item in the arenas: " word word word\n". */
typedef struct
{
  gint64 no; /* 0: taken out */
  guint32 at;
  guint32 len;
  guint32 name_at;
  guint32 name_len;
} Entry;

typedef struct
{
  guint64 bits[FILTER_BITS / 64];
} Filter;

struct _QuayItemSearch
{
  GArray *entries; /* Entry */
  GArray *filters; /* Filter, one for BLOCK_ITEMS entries */
  GString *words;
  GString *names; /* lower case, with diacritics */
  guint n_items;
};

/* --- building --- */

QuayItemSearch *
quay_item_search_new (void)
{
  QuayItemSearch *search = g_new0 (QuayItemSearch, 1);
  search->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  search->filters = g_array_new (FALSE, TRUE, sizeof (Filter));
  search->words = g_string_new (NULL);
  search->names = g_string_new (NULL);
  return search;
}

void
quay_item_search_free (QuayItemSearch *search)
{
  if (search == NULL)
    return;
  g_array_unref (search->entries);
  g_array_unref (search->filters);
  g_string_free (search->words, TRUE);
  g_string_free (search->names, TRUE);
  g_free (search);
}

/* Groups of two and of three letters share one filter. */
static inline guint
group_bit (const char *at, guint n)
{
  guint32 key = ((guint32)(guint8)at[0] << 8) | (guint8)at[1];
  key = n == 3 ? (key << 8) | (guint8)at[2] : key | (1u << 24);
  return (key * 2654435761u) >> 19;
}

static void
fill_filter (Filter *filter, const char *text, gsize len)
{
  for (gsize i = 0; i + 1 < len; i++)
    for (guint n = 2; n <= 3 && i + n <= len; n++)
      {
        guint bit = group_bit (text + i, n);
        filter->bits[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
      }
}

static char *
lower_name (const char *name)
{
  g_autofree char *form = quay_text_nfc (name);
  return form != NULL ? g_utf8_strdown (form, -1) : g_strdup ("");
}

/* Blanks, and the ends of lines by which fields may be apart, are all one blank here. */
static void
flatten (char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '\n')
      *text = ' ';
}

static guint32
append_text (GString *arena, const char *text)
{
  guint32 at = (guint32)arena->len;
  g_string_append_c (arena, ' ');
  g_string_append (arena, text);
  flatten (arena->str + at);
  g_string_append_c (arena, '\n');
  return at;
}

static Filter *
filter_of (QuayItemSearch *search, guint index)
{
  if (index / BLOCK_ITEMS >= search->filters->len)
    g_array_set_size (search->filters, index / BLOCK_ITEMS + 1);
  return &g_array_index (search->filters, Filter, index / BLOCK_ITEMS);
}

void
quay_item_search_add (QuayItemSearch *search, gint64 no, const char *fold, const char *name)
{
  g_autofree char *lower = lower_name (name);
  Entry entry = { .no = no };
  entry.at = append_text (search->words, fold);
  entry.len = (guint32)search->words->len - entry.at;
  entry.name_at = append_text (search->names, lower);
  entry.name_len = (guint32)search->names->len - entry.name_at;
  fill_filter (filter_of (search, search->entries->len), search->words->str + entry.at, entry.len);
  g_array_append_val (search->entries, entry);
  search->n_items++;
}

static Entry *
find_entry (QuayItemSearch *search, gint64 no, guint *index)
{
  for (guint i = 0; i < search->entries->len; i++)
    if (g_array_index (search->entries, Entry, i).no == no)
      {
        *index = i;
        return &g_array_index (search->entries, Entry, i);
      }
  return NULL;
}

/* Puts @fold where the entry's words are; FALSE if it is longer. */
static gboolean
overwrite (QuayItemSearch *search, const Entry *entry, const char *fold)
{
  gsize len = strlen (fold);
  char *text = search->words->str + entry->at;
  if (len + 2 > entry->len)
    return FALSE;
  memset (text, ' ', entry->len - 1);
  memcpy (text + 1, fold, len);
  for (gsize i = 1; i <= len; i++)
    if (text[i] == '\n')
      text[i] = ' ';
  return TRUE;
}

void
quay_item_search_set (QuayItemSearch *search, gint64 no, const char *fold, const char *name)
{
  guint index;
  Entry *entry = find_entry (search, no, &index);
  if (entry != NULL && fold != NULL && overwrite (search, entry, fold))
    {
      g_autofree char *lower = lower_name (name);
      fill_filter (filter_of (search, index), search->words->str + entry->at, entry->len);
      entry->name_at = append_text (search->names, lower);
      entry->name_len = (guint32)search->names->len - entry->name_at;
      return;
    }
  if (entry != NULL)
    {
      overwrite (search, entry, "");
      entry->no = 0;
      search->n_items--;
    }
  if (fold != NULL)
    quay_item_search_add (search, no, fold, name);
}

guint
quay_item_search_n_items (const QuayItemSearch *search)
{
  return search->n_items;
}

/* --- finding --- */

/* One typed word: @start has a blank in front, so that it matches only where a word begins. */
typedef struct
{
  char *start;
  gsize len; /* of @start */
  char *exact;
} Word;

typedef struct
{
  const QuayItemSearch *search;
  Word words[MAX_WORDS];
  guint n_words;
  guint longest;
  gboolean marked; /* typed with diacritics */
  guint bits[MAX_WORDS * 32];
  guint n_bits;
  guint limit;
  GArray *exact;
  GArray *starts;
  GArray *pieces;
} Query;

static void
add_groups (Query *query, const char *word, gsize len)
{
  guint n = len == 2 ? 2 : 3;
  for (gsize i = 0; i + n <= len && query->n_bits < G_N_ELEMENTS (query->bits); i++)
    query->bits[query->n_bits++] = group_bit (word + i, n);
}

/* Folded words and typed words go side by side: folding keeps blanks where they are. */
static void
split_words (Query *query, const char *text)
{
  g_autofree char *key = quay_text_search_key (text);
  g_autofree char *lower = lower_name (text);
  g_auto (GStrv) folded = g_strsplit (key, " ", MAX_WORDS + 1);
  g_auto (GStrv) typed = g_strsplit_set (g_strstrip (lower), " \t\n", -1);
  guint at = 0;
  for (guint i = 0; folded[i] != NULL && i < MAX_WORDS; i++)
    {
      if (*folded[i] == '\0')
        continue;
      Word *word = &query->words[query->n_words];
      while (typed[at] != NULL && *typed[at] == '\0')
        at++;
      word->exact = g_strconcat (" ", typed[at] != NULL ? typed[at++] : folded[i], NULL);
      word->start = g_strconcat (" ", folded[i], NULL);
      word->len = strlen (word->start);
      query->marked |= strcmp (word->exact, word->start) != 0;
      if (word->len > query->words[query->longest].len)
        query->longest = query->n_words;
      add_groups (query, folded[i], word->len - 1);
      query->n_words++;
    }
}

static gboolean
contains (const char *text, gsize len, const char *piece, gsize n)
{
  return memmem (text, len, piece, n) != NULL;
}

static gboolean
name_is_exact (const Query *query, const Entry *entry)
{
  const char *name = query->search->names->str + entry->name_at;
  for (guint i = 0; i < query->n_words; i++)
    if (!contains (name, entry->name_len, query->words[i].exact, strlen (query->words[i].exact)))
      return FALSE;
  return TRUE;
}

/* Puts an entry that has the longest word where it belongs. */
static void
judge (Query *query, const Entry *entry)
{
  const char *text = query->search->words->str + entry->at;
  gboolean starts = TRUE;
  for (guint i = 0; i < query->n_words; i++)
    {
      const Word *word = &query->words[i];
      if (contains (text, entry->len, word->start, word->len))
        continue;
      starts = FALSE;
      if (!contains (text, entry->len, word->start + 1, word->len - 1))
        return;
    }
  if (query->marked && name_is_exact (query, entry))
    g_array_append_val (query->exact, entry->no);
  else if (starts && query->starts->len < query->limit)
    g_array_append_val (query->starts, entry->no);
  else if (!starts && query->pieces->len < query->limit)
    g_array_append_val (query->pieces, entry->no);
}

static gboolean
is_done (const Query *query)
{
  return (query->marked ? query->exact : query->starts)->len >= query->limit;
}

static gboolean
filter_passes (const Query *query, const Filter *filter)
{
  for (guint i = 0; i < query->n_bits; i++)
    if ((filter->bits[query->bits[i] / 64] >> (query->bits[i] % 64) & 1) == 0)
      return FALSE;
  return TRUE;
}

static void
scan_block (Query *query, guint first, guint end)
{
  const Entry *entries = (const Entry *)query->search->entries->data;
  const Word *word = &query->words[query->longest];
  const char *base = query->search->words->str;
  const char *stop = base + entries[end - 1].at + entries[end - 1].len;
  const char *at = base + entries[first].at;
  guint index = first;
  while (index < end && !is_done (query))
    {
      /* pieces are only wanted until there are enough of them */
      gboolean pieces = query->pieces->len < query->limit;
      const char *hit = pieces ? memmem (at, stop - at, word->start + 1, word->len - 1)
                               : memmem (at, stop - at, word->start, word->len);
      if (hit == NULL)
        return;
      while (index + 1 < end && base + entries[index + 1].at <= hit)
        index++;
      if (entries[index].no != 0)
        judge (query, &entries[index]);
      if (++index < end)
        at = base + entries[index].at;
    }
}

static GArray *
join_results (Query *query)
{
  g_array_append_vals (query->exact, query->starts->data, query->starts->len);
  g_array_append_vals (query->exact, query->pieces->data, query->pieces->len);
  if (query->exact->len > query->limit)
    g_array_set_size (query->exact, query->limit);
  g_array_unref (query->starts);
  g_array_unref (query->pieces);
  return query->exact;
}

GArray *
quay_item_search_find (const QuayItemSearch *search, const char *text, guint limit)
{
  Query query = { .search = search, .limit = limit == 0 ? G_MAXUINT : limit };
  query.exact = g_array_new (FALSE, FALSE, sizeof (gint64));
  query.starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  query.pieces = g_array_new (FALSE, FALSE, sizeof (gint64));
  split_words (&query, text);
  for (guint b = 0; b < search->filters->len && query.n_words > 0 && !is_done (&query); b++)
    if (filter_passes (&query, &g_array_index (search->filters, Filter, b)))
      scan_block (&query, b * BLOCK_ITEMS, MIN ((b + 1) * BLOCK_ITEMS, search->entries->len));
  for (guint i = 0; i < query.n_words; i++)
    {
      g_free (query.words[i].start);
      g_free (query.words[i].exact);
    }
  return join_results (&query);
}
