/* What the bench programs share: a clock, samples, and the lines in which they give their figures:
 *
 *   figure REPEAT CASE NAME VALUE
 *
 * The programs only measure; bench.py takes the medians and compares. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Nanoseconds of the monotonic clock. */
gint64 bench_now_ns (void);

/** Durations of one case of one repeat. */
typedef struct
{
  GArray *ns; /* gint64 */
  gint64 begun;
} BenchSamples;

BenchSamples *bench_samples_new (guint expected);
void bench_samples_free (BenchSamples *samples);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSamples, bench_samples_free)

/** Around the thing that is timed. */
void bench_samples_begin (BenchSamples *samples);
void bench_samples_end (BenchSamples *samples);

/** The duration that @share (0 … 1) of the samples do not exceed; sorts them. 0 without samples. */
gint64 bench_samples_at (BenchSamples *samples, double share);

/** Writes one figure. */
void bench_say (guint repeat, const char *what, const char *name, double value);

/** Writes p50_us, p99_us, max_us and mean_us. */
void bench_say_samples (guint repeat, const char *what, BenchSamples *samples);

/** Ends the program with 1 and @error's message, if there is one. */
void bench_die_if (const GError *error);

G_END_DECLS
