/* Booking in three steps: judge each record alone, drop what is known, merge the rows of all and
 * write them table by table. */
#include "quay-server-book.h"

#include "quay-rule.h"

#include <string.h>

#define LAMPORT_LEAP (G_GINT64_CONSTANT (1) << 32)
#define LINES 1023 /* rows of one event in one table, at most */
#define REASON_MAX 300
#define BLOCK (256 * 1024)

/* An event that may be booked, and where its rows are. */
typedef struct
{
  QuayEvent *event;
  gint64 pos;
  guint record;
  guint from;
  guint to;
} Judged;

typedef struct
{
  QuayServerBooking *booking;
  GPtrArray *records;
  GArray *judged;                /* Judged */
  GArray *erased;                /* QuayId: customers */
  QuayRows rows;                 /* of the event at hand; its texts stay */
  GPtrArray *kept;               /* QuayRow of all judged, each no longer than it must be */
  GPtrArray *blocks;             /* where they are */
  gsize used;                    /* of the last block */
  GArray *tables[QUAY_N_TABLES]; /* QuayServerRow */
  GHashTable *merged;            /* QuayRow → its place in the table's array, + 1 */
} Work;

static void
clear_judged (gpointer data)
{
  quay_event_free (((Judged *)data)->event);
}

/* --- one record alone --- */

/* Reasons travel in messages, so they must be sound text whatever the record held. */
static char *
make_reason (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  if (strlen (valid) > REASON_MAX)
    *g_utf8_find_prev_char (valid, valid + REASON_MAX) = '\0';
  return g_steal_pointer (&valid);
}

static gboolean
hold (QuayServerBooking *booking, gint64 seq, const char *message, GError **error)
{
  g_autofree char *why = make_reason (message);
  if (!QUAY_RULE ("hold-server"))
    return TRUE;
  booking->held++;
  return booking->db->ops->hold (booking->db, booking->no, seq, why, error);
}

static gboolean
lines_fit (const QuayRows *rows)
{
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const QuayRow *row = &g_array_index (rows->rows, QuayRow, i);
      const QuayTable *table = quay_table (row->table);
      if (table->mode == QUAY_ROW_ONCE && table->n_keys > 1 &&
          (row->values[1].u.number < 0 || row->values[1].u.number > LINES))
        return FALSE;
    }
  return TRUE;
}

/* A row with room for its own columns alone: a run has thousands. */
static void
keep_row (Work *work, const QuayRow *row)
{
  gsize size = G_STRUCT_OFFSET (QuayRow, values) + row->n * sizeof (QuayValue);
  if (work->blocks->len == 0 || work->used + size > BLOCK)
    {
      g_ptr_array_add (work->blocks, g_malloc (BLOCK));
      work->used = 0;
    }
  guint8 *block = work->blocks->pdata[work->blocks->len - 1];
  g_ptr_array_add (work->kept, memcpy (block + work->used, row, size));
  work->used += size;
}

static gboolean
judge (Work *work, guint i, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize len;
  QuayServerBooking *booking = work->booking;
  const guint8 *bytes = g_bytes_get_data (work->records->pdata[i], &len);
  Judged judged = { .pos = QUAY_SERVER_POS (booking->no, booking->first), .record = i };
  gint64 seq = booking->first++;
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, &why);
  if (event == NULL)
    return hold (booking, seq, why->message, error);
  if (event->lam > booking->lam + LAMPORT_LEAP)
    return hold (booking, seq, "its Lamport counter leaps", error);
  booking->lam = MAX (booking->lam, event->lam);
  g_array_set_size (work->rows.rows, 0);
  if (!quay_event_rows (event, &work->rows, &why) || !lines_fit (&work->rows))
    return hold (booking, seq, why != NULL ? why->message : "too many lines", error);
  judged.from = work->kept->len;
  for (guint row = 0; row < work->rows.rows->len; row++)
    keep_row (work, &g_array_index (work->rows.rows, QuayRow, row));
  judged.to = work->kept->len;
  judged.event = g_steal_pointer (&event);
  g_array_append_val (work->judged, judged);
  return TRUE;
}

/* --- what is known --- */

static void
note_clash (QuayServerBooking *booking, const Judged *judged)
{
  QuayServerClash clash = { QUAY_SERVER_POS_SEQ (judged->pos), judged->event->id };
  if (booking->clashes == NULL)
    booking->clashes = g_array_new (FALSE, FALSE, sizeof (QuayServerClash));
  g_array_append_val (booking->clashes, clash);
}

static gboolean
compare_stored (Work *work, const Judged *judged, gint64 pos, GError **error)
{
  QuayServerDb *db = work->booking->db;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_autoptr (GPtrArray) stored =
      db->ops->read (db, QUAY_SERVER_POS_NO (pos), QUAY_SERVER_POS_SEQ (pos), 1, 0, hashes, error);
  if (stored == NULL)
    return FALSE;
  if (stored->len == 1 && !g_bytes_equal (stored->pdata[0], work->records->pdata[judged->record]))
    note_clash (work->booking, judged);
  return TRUE;
}

static GArray *
find_known (Work *work, GError **error)
{
  QuayServerDb *db = work->booking->as_in != NULL ? work->booking->as_in : work->booking->db;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (QuayId));
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < work->judged->len; i++)
    g_array_append_val (ids, g_array_index (work->judged, Judged, i).event->id);
  return db->ops->booked_find (db, work->booking->site, ids, known, error)
             ? g_steal_pointer (&known)
             : NULL;
}

/* Whether the event at index @i of judged is to be booked; @seen has those of this run. */
static gboolean
is_fresh (Work *work, guint i, gint64 known, GHashTable *seen, gboolean *fresh, GError **error)
{
  Judged *judged = &g_array_index (work->judged, Judged, i);
  *fresh = FALSE;
  if (work->booking->as_in != NULL)
    {
      *fresh = known == judged->pos;
      return TRUE;
    }
  if (known != 0 && QUAY_RULE ("once-server"))
    return known == judged->pos || compare_stored (work, judged, known, error);
  const Judged *before = g_hash_table_lookup (seen, &judged->event->id);
  *fresh = before == NULL;
  if (*fresh)
    g_hash_table_insert (seen, &judged->event->id, judged);
  else if (!g_bytes_equal (work->records->pdata[before->record],
                           work->records->pdata[judged->record]))
    note_clash (work->booking, judged);
  return TRUE;
}

/* --- rows of all --- */

/* Rows are the same to LATEST and ADD if table and key are. */
static guint
hash_row (gconstpointer data)
{
  const QuayRow *row = data;
  guint h = row->table;
  for (guint i = 0; i < quay_table (row->table)->n_keys; i++)
    {
      const QuayValue *value = &row->values[i];
      if (value->type == QUAY_VALUE_INT)
        h = h * 31 + (guint)value->u.number;
      else
        for (guint j = 0; value->type != QUAY_VALUE_NULL && j < value->len; j++)
          h = h * 31 + value->u.blob[j];
    }
  return h;
}

static gboolean
values_equal (const QuayValue *a, const QuayValue *b)
{
  if (a->type != b->type)
    return FALSE;
  if (a->type == QUAY_VALUE_INT)
    return a->u.number == b->u.number;
  return a->type == QUAY_VALUE_NULL ||
         (a->len == b->len && memcmp (a->u.blob, b->u.blob, a->len) == 0);
}

static gboolean
rows_equal (gconstpointer a, gconstpointer b)
{
  const QuayRow *x = a;
  const QuayRow *y = b;
  if (x->table != y->table)
    return FALSE;
  for (guint i = 0; i < quay_table (x->table)->n_keys; i++)
    if (!values_equal (&x->values[i], &y->values[i]))
      return FALSE;
  return TRUE;
}

static gint64
clamp_figure (gint64 n)
{
  return CLAMP (n, -QUAY_SERVER_FIGURE_MAX, QUAY_SERVER_FIGURE_MAX);
}

static gboolean
is_later (const QuayServerRow *a, const QuayServerRow *b)
{
  return a->lam != b->lam ? a->lam > b->lam : quay_id_compare (a->event, b->event) > 0;
}

/* A customer is erased, whatever another fact of the same run may say. */
static void
note_erased (Work *work, const QuayRow *row)
{
  const QuayValue *values = row->values;
  if (row->table == QUAY_TABLE_FACT && strcmp (values[0].u.text, "customer") == 0 &&
      values[1].type == QUAY_VALUE_BLOB && values[1].len == sizeof (QuayId) &&
      strcmp (values[2].u.text, "erased") == 0 && values[3].type == QUAY_VALUE_INT &&
      values[3].u.number != 0)
    g_array_append_vals (work->erased, values[1].u.blob, 1);
}

static void
add_row (Work *work, const Judged *judged, QuayRow *row)
{
  const QuayTable *table = quay_table (row->table);
  GArray *list = work->tables[row->table];
  QuayServerRow entry = { .row = row, .lam = judged->event->lam, .event = &judged->event->id };
  QuayValue *figure = &row->values[table->n_columns - 1];
  note_erased (work, row);
  if (table->mode == QUAY_ROW_ONCE)
    {
      gint64 line = table->n_keys > 1 ? row->values[1].u.number : 0;
      entry.no = judged->pos << 10 | line;
      g_array_append_val (list, entry);
      return;
    }
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (work->merged, row));
  if (table->mode == QUAY_ROW_ADD)
    figure->u.number = clamp_figure (figure->u.number);
  if (place == 0)
    {
      g_array_append_val (list, entry);
      g_hash_table_insert (work->merged, row, GUINT_TO_POINTER (list->len));
      return;
    }
  QuayServerRow *there = &g_array_index (list, QuayServerRow, place - 1);
  if (table->mode == QUAY_ROW_ADD)
    {
      QuayValue *sum = &((QuayRow *)there->row)->values[table->n_columns - 1];
      sum->u.number = clamp_figure (sum->u.number + figure->u.number);
    }
  else if (is_later (&entry, there))
    *there = entry;
}

static gboolean
write_all (Work *work, GArray *ids, GArray *pos, GError **error)
{
  QuayServerBooking *booking = work->booking;
  QuayServerDb *db = booking->db;
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    if (work->tables[i]->len > 0 && !db->ops->rows (db, booking->site, i, work->tables[i], error))
      return FALSE;
  booking->booked += ids->len;
  if (ids->len > 0 && !db->ops->booked_add (db, booking->site, ids, pos, error))
    return FALSE;
  for (guint i = 0; i < work->erased->len; i++)
    if (!db->ops->person_forget (db, booking->site, &g_array_index (work->erased, QuayId, i),
                                 error))
      return FALSE;
  return TRUE;
}

static gboolean
book_judged (Work *work, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (QuayId));
  g_autoptr (GArray) pos = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) known = find_known (work, error);
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < work->judged->len; i++)
    {
      gboolean fresh;
      QuayServerBooking *booking = work->booking;
      const Judged *judged = &g_array_index (work->judged, Judged, i);
      if (booking->again && !booking->db->ops->release (booking->db, booking->no,
                                                        QUAY_SERVER_POS_SEQ (judged->pos), error))
        return FALSE;
      if (!is_fresh (work, i, g_array_index (known, gint64, i), seen, &fresh, error))
        return FALSE;
      if (!fresh)
        continue;
      g_array_append_val (ids, judged->event->id);
      g_array_append_val (pos, judged->pos);
      for (guint j = judged->from; j < judged->to; j++)
        add_row (work, judged, work->kept->pdata[j]);
    }
  return write_all (work, ids, pos, error);
}

gboolean
quay_server_book (QuayServerBooking *booking, GPtrArray *records, guint skip, GError **error)
{
  Work work = { .booking = booking, .records = records };
  gboolean ok = TRUE;
  work.judged = g_array_new (FALSE, FALSE, sizeof (Judged));
  g_array_set_clear_func (work.judged, clear_judged);
  work.erased = g_array_new (FALSE, FALSE, sizeof (QuayId));
  work.merged = g_hash_table_new (hash_row, rows_equal);
  work.kept = g_ptr_array_new ();
  work.blocks = g_ptr_array_new_with_free_func (g_free);
  quay_rows_init (&work.rows);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    work.tables[i] = g_array_new (FALSE, FALSE, sizeof (QuayServerRow));
  for (guint i = skip; i < records->len && ok; i++)
    ok = judge (&work, i, error);
  ok = ok && book_judged (&work, error);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    g_array_unref (work.tables[i]);
  quay_rows_clear (&work.rows);
  g_hash_table_unref (work.merged);
  g_ptr_array_unref (work.kept);
  g_ptr_array_unref (work.blocks);
  g_array_unref (work.erased);
  g_array_unref (work.judged);
  return ok;
}
