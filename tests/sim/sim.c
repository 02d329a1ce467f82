/* sim: histories by their seeds. Each is one run of the world in sim.h; a failing one is told with
 * its last steps, and `sim --seed S --verbose` replays it. Options: see README.md. */
#include "sim.h"

#include "quay-rule.h"
#include "quay-test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEEP_EVERY 8 /* histories: then every file is replayed, too */
#define HANG_S 120   /* a history takes some 0.1 s */
#define JOBS_MOST 16
#define MUTATION_SEEDS 1000
#define FRESH_A_DAY G_GINT64_CONSTANT (1000000)

/* Between the parent and its workers. */
typedef struct
{
  gint64 next; /* atomic */
  gint64 last;
  gint64 until;  /* monotonic µs */
  gint64 done;   /* atomic */
  gint64 steps;  /* atomic */
  gint64 failed; /* atomic: the first seed that failed; −1: none */
  gint64 present[JOBS_MOST];
  char why[JOBS_MOST][200];
} Shared;

static char *range;
static char *mutation;
static gboolean mutations;
static gint64 seconds;
static gint64 one_seed = -1;
static gint jobs = 1;
static gboolean verbose;
static gboolean fresh;
static gboolean deep;
static char *folder;

static const GOptionEntry entries[] = {
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &range, "these seeds", "A..B" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &one_seed, "this seed alone", "S" },
  { "seconds", 0, 0, G_OPTION_ARG_INT64, &seconds, "as many as that time holds", "N" },
  { "fresh", 0, 0, G_OPTION_ARG_NONE, &fresh, "after them, seeds that begin anew each day", NULL },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "processes", "N" },
  { "mutation", 0, 0, G_OPTION_ARG_STRING, &mutation, "leave out the rule of that name", "NAME" },
  { "mutations", 0, 0, G_OPTION_ARG_NONE, &mutations, "each rule once; all must fail", NULL },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "print every step", NULL },
  { "deep", 0, 0, G_OPTION_ARG_NONE, &deep, "replay every file at every end", NULL },
  { NULL },
};

/* --- one history --- */

static void
tell_failure (const SimWorld *world, char *why, gsize size)
{
  g_strlcpy (why, world->failure, size);
  if (mutations)
    return;
  g_print ("FAILED seed %" G_GUINT64_FORMAT ": %s\n", world->seed, world->failure);
  if (verbose)
    return;
  for (GList *line = world->lines.head; line != NULL; line = line->next)
    g_print ("  %s\n", (const char *)line->data);
}

static gboolean
run (guint64 seed, guint *steps, char *why, gsize size)
{
  SimWorld *world = sim_world_new (seed, folder, verbose);
  while (world->n_steps < world->plan.steps && world->failure == NULL)
    sim_step (world);
  if (world->failure == NULL)
    sim_settle (world, deep || seed % DEEP_EVERY == 0);
  gboolean ok = world->failure == NULL;
  if (!ok)
    tell_failure (world, why, size);
  g_autoptr (GChecksum) history = g_checksum_copy (world->history);
  if (one_seed >= 0)
    g_print ("seed %" G_GUINT64_FORMAT ": %u steps, history %.16s: %s\n", seed, world->n_steps,
             g_checksum_get_string (history), ok ? "ok" : "FAILED");
  *steps = world->n_steps;
  sim_world_free (world);
  return ok;
}

/* --- many --- */

static void
note_failed (Shared *shared, gint64 seed)
{
  gint64 none = -1;
  __atomic_compare_exchange_n (&shared->failed, &none, seed, FALSE, __ATOMIC_SEQ_CST,
                               __ATOMIC_SEQ_CST);
}

static void
work (Shared *shared, guint job)
{
  guint steps;
  gint64 seed;
  while (__atomic_load_n (&shared->failed, __ATOMIC_SEQ_CST) < 0 &&
         (shared->until == 0 || g_get_monotonic_time () < shared->until) &&
         (seed = __atomic_fetch_add (&shared->next, 1, __ATOMIC_SEQ_CST)) <= shared->last)
    {
      __atomic_store_n (&shared->present[job], seed, __ATOMIC_SEQ_CST);
      alarm (HANG_S);
      if (!run ((guint64)seed, &steps, shared->why[job], sizeof shared->why[job]))
        note_failed (shared, seed);
      alarm (0);
      __atomic_add_fetch (&shared->done, 1, __ATOMIC_SEQ_CST);
      __atomic_add_fetch (&shared->steps, steps, __ATOMIC_SEQ_CST);
    }
}

/* A worker that ended by itself is a failure of the seed that it was at. */
static void
watch (Shared *shared, const pid_t *workers)
{
  for (int left = jobs; left > 0; left--)
    {
      int status = 0;
      pid_t pid = wait (&status);
      for (int i = 0; i < jobs; i++)
        {
          if (workers[i] != pid || (WIFEXITED (status) && WEXITSTATUS (status) == 0))
            continue;
          int signal = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
          g_snprintf (shared->why[i], sizeof shared->why[i], "the program ended by signal %d%s",
                      signal, signal == SIGALRM ? " (it hung)" : "");
          if (!mutations)
            g_print ("FAILED seed %" G_GINT64_FORMAT ": %s\n", shared->present[i], shared->why[i]);
          note_failed (shared, shared->present[i]);
        }
    }
}

/* FALSE if one failed, or none was run. */
static Shared *
run_range (gint64 first, gint64 last, gint64 until)
{
  pid_t workers[JOBS_MOST];
  Shared *shared =
      mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (shared != MAP_FAILED);
  shared->next = first;
  shared->last = last;
  shared->until = until;
  shared->failed = -1;
  for (int i = 0; i < jobs; i++)
    {
      workers[i] = fork ();
      g_assert_cmpint (workers[i], >=, 0);
      if (workers[i] != 0)
        continue;
      work (shared, (guint)i);
      fflush (stdout);
      _exit (0);
    }
  watch (shared, workers);
  return shared;
}

static gboolean
run_many (gint64 first, gint64 last, gint64 until)
{
  gint64 began = g_get_monotonic_time ();
  Shared *shared = run_range (first, last, until);
  gint64 took = MAX (g_get_monotonic_time () - began, 1);
  g_print ("seeds %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT ": %" G_GINT64_FORMAT
           " histories, %" G_GINT64_FORMAT " steps, %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT
           " a second\n",
           first, MIN (shared->next - 1, last), shared->done, shared->steps,
           shared->done * G_USEC_PER_SEC / took, shared->done * 10 * G_USEC_PER_SEC / took % 10);
  if (shared->failed >= 0)
    g_print ("replay: sim --seed %" G_GINT64_FORMAT "%s%s --verbose\n", shared->failed,
             mutation != NULL ? " --mutation " : "", mutation != NULL ? mutation : "");
  gboolean ok = shared->failed < 0 && shared->done > 0;
  munmap (shared, sizeof *shared);
  return ok;
}

/* TRUE if each rule left out was noticed. A row of the table in README.md for each. */
static gboolean
run_mutations (void)
{
  static const char *const rules[] = { "compare",    "gap",           "birth",        "once-server",
                                       "once-till",  "hold-server",   "hold-till",    "hold-alone",
                                       "lamport",    "climb",         "same-bytes",   "move",
                                       "save-own",   "supersede",     "went-back",    "ack-head",
                                       "acked-down", "poison",        "heartbeat",    "old-chains",
                                       "pull-own",   "answer-signed", "answer-bound", "disk-sync" };
  gboolean ok = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (mutation != NULL && strcmp (mutation, rules[i]) != 0)
        continue;
      quay_rule_leave_out (rules[i]);
      Shared *shared = run_range (1, MUTATION_SEEDS, 0);
      const char *why = "NOT NOTICED";
      for (int j = 0; j < jobs; j++)
        if (shared->failed >= 0 && shared->present[j] == shared->failed)
          why = shared->why[j];
      g_print ("| `%s` | %" G_GINT64_FORMAT " | %s |\n", rules[i], shared->failed, why);
      ok = ok && shared->failed >= 0;
      munmap (shared, sizeof *shared);
    }
  quay_rule_leave_out (NULL);
  return ok;
}

static gboolean
read_range (gint64 *first, gint64 *last)
{
  *first = 1;
  *last = G_MAXINT64 - JOBS_MOST;
  g_auto (GStrv) ends = g_strsplit (range != NULL ? range : "", "..", 2);
  return range == NULL ||
         (g_strv_length (ends) == 2 &&
          g_ascii_string_to_signed (ends[0], 10, 0, G_MAXINT64 / 2, first, NULL) &&
          g_ascii_string_to_signed (ends[1], 10, *first, G_MAXINT64 / 2, last, NULL));
}

static GLogWriterOutput
drop_message_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  if ((level & G_LOG_LEVEL_MASK) >= G_LOG_LEVEL_MESSAGE)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n, data);
}

static gboolean
run_all (void)
{
  gint64 first;
  gint64 last;
  guint steps;
  char why[200];
  if (mutations)
    return run_mutations ();
  if (one_seed >= 0)
    return run ((guint64)one_seed, &steps, why, sizeof why);
  if (!read_range (&first, &last))
    {
      g_printerr ("sim: seeds are A..B\n");
      return FALSE;
    }
  gint64 until = seconds > 0 ? g_get_monotonic_time () + seconds * G_USEC_PER_SEC : 0;
  if (!run_many (first, last, until))
    return FALSE;
  gint64 today = g_get_real_time () / G_USEC_PER_SEC / (24 * 3600) * FRESH_A_DAY;
  return !fresh || until == 0 || g_get_monotonic_time () >= until ||
         run_many (today, today + FRESH_A_DAY - 1, until);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || jobs < 1 ||
      jobs > JOBS_MOST)
    {
      g_printerr ("sim: %s\n", error != NULL ? error->message : "wrong use, see --help");
      return 2;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_log_set_writer_func (drop_message_cb, NULL, NULL);
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  folder = g_strdup_printf ("%s/quay-sim-XXXXXX", base);
  if (g_mkdtemp (folder) == NULL)
    g_error ("no room for the histories");
  sim_disk_set_up ();
  sim_template_make (folder);
  quay_rule_leave_out (mutation);
  gboolean ok = run_all ();
  quay_test_remove (folder);
  g_free (folder);
  return ok ? 0 : 1;
}
