/* Folded words in the order of sales, looked through from the front: the best matches come first,
 * so a search mostly ends early. Each item carries a small filter of the letter groups in its
 * words, each block of items a larger one: what can't match is passed over without looking at its
 * text. */
#include "quay-item-search.h"

#include "quay-text.h"

#include <string.h>

#define BLOCK_ITEMS 64
#define FILTER_BITS 8192 /* of a block: groups of two and three */
#define SIGN_BITS 256    /* of an item: groups of three, and how its words begin */
#define MAX_WORDS 12

/* Text of an item in the arenas: " word word word\n". */
typedef struct
{
  gint64 no; /* 0: taken out */
  guint32 at;
  guint32 len;
  guint32 head; /* of @len: the words of its name, which come first */
  guint32 name_at;
  guint32 name_len;
} Entry;

typedef struct
{
  guint64 bits[FILTER_BITS / 64];
} Filter;

typedef struct
{
  guint64 bits[SIGN_BITS / 64];
} Sign;

struct _QuayItemSearch
{
  GArray *entries; /* Entry */
  GArray *signs;   /* Sign of the words of each entry */
  GArray *heads;   /* Sign of those of its name */
  GArray *marks;   /* Sign of its name with diacritics */
  GArray *filters; /* Filter, one for BLOCK_ITEMS entries */
  GString *words;
  GString *names; /* lower case, with diacritics */
};

/* --- building --- */

QuayItemSearch *
quay_item_search_new (void)
{
  QuayItemSearch *search = g_new0 (QuayItemSearch, 1);
  search->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  search->signs = g_array_new (FALSE, TRUE, sizeof (Sign));
  search->heads = g_array_new (FALSE, TRUE, sizeof (Sign));
  search->marks = g_array_new (FALSE, TRUE, sizeof (Sign));
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
  g_array_unref (search->signs);
  g_array_unref (search->heads);
  g_array_unref (search->marks);
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

static inline void
set_bit (guint64 *bits, guint bit)
{
  bits[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
}

static inline gboolean
goes_into_sign (const char *group, guint n)
{
  return n == 3 || group[0] == ' ';
}

/* Every group of two and three letters of a text goes into @filter, which may be NULL, most into
 * @sign. */
static void
fill_filters (Filter *filter, Sign *sign, const char *text, gsize len)
{
  for (gsize i = 0; i + 1 < len; i++)
    for (guint n = 2; n <= 3 && i + n <= len; n++)
      {
        guint bit = group_bit (text + i, n);
        if (filter != NULL)
          set_bit (filter->bits, bit);
        if (goes_into_sign (text + i, n))
          set_bit (sign->bits, bit % SIGN_BITS);
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

/* Makes the filters of an entry know its text. */
static void
index_entry (QuayItemSearch *search, guint index)
{
  const Entry *entry = &g_array_index (search->entries, Entry, index);
  if (index / BLOCK_ITEMS >= search->filters->len)
    g_array_set_size (search->filters, index / BLOCK_ITEMS + 1);
  if (index >= search->signs->len)
    {
      g_array_set_size (search->signs, index + 1);
      g_array_set_size (search->heads, index + 1);
      g_array_set_size (search->marks, index + 1);
    }
  Sign sign = { 0 };
  Sign head = { 0 };
  Sign mark = { 0 };
  fill_filters (&g_array_index (search->filters, Filter, index / BLOCK_ITEMS), &sign,
                search->words->str + entry->at, entry->len);
  fill_filters (NULL, &head, search->words->str + entry->at, entry->head);
  fill_filters (NULL, &mark, search->names->str + entry->name_at, entry->name_len);
  g_array_index (search->signs, Sign, index) = sign;
  g_array_index (search->heads, Sign, index) = head;
  g_array_index (search->marks, Sign, index) = mark;
}

/* The length of the first line of a fold, with the blank before it. */
static guint32
head_of (const char *fold)
{
  return (guint32)strcspn (fold, "\n") + 1;
}

void
quay_item_search_add (QuayItemSearch *search, gint64 no, const char *fold, const char *name)
{
  g_autofree char *lower = lower_name (name);
  Entry entry = { .no = no, .head = head_of (fold) };
  entry.at = append_text (search->words, fold);
  entry.len = (guint32)search->words->len - entry.at;
  entry.name_at = append_text (search->names, lower);
  entry.name_len = (guint32)search->names->len - entry.name_at;
  g_array_append_val (search->entries, entry);
  index_entry (search, search->entries->len - 1);
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
      entry->head = head_of (fold);
      entry->name_at = append_text (search->names, lower);
      entry->name_len = (guint32)search->names->len - entry->name_at;
      index_entry (search, index);
      return;
    }
  if (entry != NULL)
    {
      overwrite (search, entry, "");
      entry->no = 0;
    }
  if (fold != NULL)
    quay_item_search_add (search, no, fold, name);
}

/* --- finding --- */

/* One typed word: @start has a blank in front, so that it matches only where a word begins. */
typedef struct
{
  char *start;
  gsize len; /* of @start */
  char *exact;
  gsize exact_len;
} Word;

typedef struct
{
  const QuayItemSearch *search;
  Word words[MAX_WORDS];
  guint n_words;
  gboolean marked; /* typed with diacritics */
  guint limit;
  GArray *exact; /* gint64 */
  GArray *names;
  GArray *starts;
  GArray *pieces;
} Query;

/* What a text that matches must have. */
typedef struct
{
  Sign sign;
  guint bits[MAX_WORDS * 24];
  guint n_bits;
} Need;

static void
need_groups (Need *need, const char *word, gsize len)
{
  for (gsize i = 0; i + 1 < len; i++)
    for (guint n = 2; n <= 3 && i + n <= len; n++)
      {
        guint bit = group_bit (word + i, n);
        if (goes_into_sign (word + i, n))
          set_bit (need->sign.bits, bit % SIGN_BITS);
        if ((n == 3 || len == 2) && need->n_bits < G_N_ELEMENTS (need->bits))
          need->bits[need->n_bits++] = bit;
      }
}

/* Folded words and typed words go side by side: folding keeps blanks where they are. */
static void
split_words (Query *query, const char *text)
{
  guint at = 0;
  g_autofree char *key = quay_text_search_key (text);
  g_autofree char *lower = lower_name (text);
  g_auto (GStrv) folded = g_strsplit (key, " ", MAX_WORDS + 1);
  g_auto (GStrv) typed = g_strsplit_set (lower, " \t\n\r", -1);
  for (guint i = 0; folded[i] != NULL && i < MAX_WORDS; i++)
    {
      if (*folded[i] == '\0')
        continue;
      Word *word = &query->words[query->n_words++];
      while (typed[at] != NULL && *typed[at] == '\0')
        at++;
      word->exact = g_strconcat (" ", typed[at] != NULL ? typed[at++] : folded[i], NULL);
      word->exact_len = strlen (word->exact);
      word->start = g_strconcat (" ", folded[i], NULL);
      word->len = strlen (word->start);
      query->marked |= strcmp (word->exact, word->start) != 0;
    }
}

static void
clear_words (Query *query)
{
  for (guint i = 0; i < query->n_words; i++)
    {
      g_free (query->words[i].start);
      g_free (query->words[i].exact);
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
    if (!contains (name, entry->name_len, query->words[i].exact, query->words[i].exact_len))
      return FALSE;
  return TRUE;
}

/* Every word begins a word within the first @len bytes of the entry's text. */
static gboolean
all_start (const Query *query, const Entry *entry, gsize len)
{
  const char *text = query->search->words->str + entry->at;
  for (guint i = 0; i < query->n_words; i++)
    if (!contains (text, len, query->words[i].start, query->words[i].len))
      return FALSE;
  return TRUE;
}

static gboolean
was_exact (const Query *query, const Entry *entry)
{
  return query->marked && name_is_exact (query, entry);
}

/* A single letter counts only where a word begins: inside, it is everywhere. */
static gboolean
all_within (const Query *query, const Entry *entry)
{
  const char *text = query->search->words->str + entry->at;
  for (guint i = 0; i < query->n_words; i++)
    {
      guint skip = query->words[i].len > 2 ? 1 : 0;
      if (!contains (text, entry->len, query->words[i].start + skip, query->words[i].len - skip))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_full (const Query *query)
{
  return query->exact->len + query->names->len + query->starts->len + query->pieces->len >=
         query->limit;
}

/* First look, where diacritics were typed: the name has them. TRUE if there is enough. */
static gboolean
judge_exact (Query *query, const Entry *entry)
{
  if (name_is_exact (query, entry))
    g_array_append_val (query->exact, entry->no);
  return is_full (query);
}

/* Second look: every word begins a word of the name. */
static gboolean
judge_names (Query *query, const Entry *entry)
{
  if (all_start (query, entry, entry->head) && !was_exact (query, entry))
    g_array_append_val (query->names, entry->no);
  return is_full (query);
}

/* Third look: every word begins a word, of the producer's name too. */
static gboolean
judge_starts (Query *query, const Entry *entry)
{
  if (all_start (query, entry, entry->len) && !all_start (query, entry, entry->head) &&
      !was_exact (query, entry))
    g_array_append_val (query->starts, entry->no);
  return is_full (query);
}

/* Last look: words anywhere. */
static gboolean
judge_pieces (Query *query, const Entry *entry)
{
  if (all_within (query, entry) && !all_start (query, entry, entry->len))
    g_array_append_val (query->pieces, entry->no);
  return is_full (query);
}

static gboolean
filter_passes (const Need *need, const Filter *filter)
{
  for (guint i = 0; i < need->n_bits; i++)
    if ((filter->bits[need->bits[i] / 64] >> (need->bits[i] % 64) & 1) == 0)
      return FALSE;
  return TRUE;
}

static inline gboolean
sign_passes (const Sign *need, const Sign *sign)
{
  guint64 missing = 0;
  for (guint i = 0; i < G_N_ELEMENTS (need->bits); i++)
    missing |= need->bits[i] & ~sign->bits[i];
  return missing == 0;
}

/* Shows to @judge the items that may have what is needed, until it says that there is enough. */
static void
look_through (Query *query, const Need *need, const Sign *sign, GArray *signs,
              gboolean (*judge) (Query *, const Entry *))
{
  const QuayItemSearch *search = query->search;
  const Entry *entries = (const Entry *)(gpointer)search->entries->data;
  const Sign *each = (const Sign *)(gpointer)signs->data;
  for (guint block = 0; block < search->filters->len; block++)
    {
      guint end = MIN ((block + 1) * BLOCK_ITEMS, search->entries->len);
      if (!filter_passes (need, &g_array_index (search->filters, Filter, block)))
        continue;
      for (guint i = block * BLOCK_ITEMS; i < end; i++)
        if (sign_passes (sign, &each[i]) && entries[i].no != 0 && judge (query, &entries[i]))
          return;
    }
}

static void
look (Query *query)
{
  const QuayItemSearch *search = query->search;
  Need starts = { 0 };
  Need pieces = { 0 };
  Need exact = { 0 };
  for (guint i = 0; i < query->n_words; i++)
    {
      const Word *word = &query->words[i];
      guint skip = word->len > 2 ? 1 : 0;
      need_groups (&starts, word->start, word->len);
      need_groups (&pieces, word->start + skip, word->len - skip);
      need_groups (&exact, word->exact, word->exact_len);
    }
  if (query->marked) /* a name that has them also has the folded words */
    look_through (query, &starts, &exact.sign, search->marks, judge_exact);
  if (!is_full (query))
    look_through (query, &starts, &starts.sign, search->heads, judge_names);
  if (!is_full (query))
    look_through (query, &starts, &starts.sign, search->signs, judge_starts);
  if (!is_full (query))
    look_through (query, &pieces, &pieces.sign, search->signs, judge_pieces);
}

GArray *
quay_item_search_find (const QuayItemSearch *search, const char *text, guint limit)
{
  Query query = { .search = search, .limit = limit == 0 ? G_MAXUINT : limit };
  query.exact = g_array_new (FALSE, FALSE, sizeof (gint64));
  query.names = g_array_new (FALSE, FALSE, sizeof (gint64));
  query.starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  query.pieces = g_array_new (FALSE, FALSE, sizeof (gint64));
  split_words (&query, text);
  if (query.n_words > 0)
    look (&query);
  clear_words (&query);
  g_array_append_vals (query.exact, query.names->data, query.names->len);
  g_array_append_vals (query.exact, query.starts->data, query.starts->len);
  g_array_append_vals (query.exact, query.pieces->data, query.pieces->len);
  g_array_unref (query.names);
  g_array_unref (query.starts);
  g_array_unref (query.pieces);
  return query.exact;
}
