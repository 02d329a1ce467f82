/* Clock, samples and output of the bench programs. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

gint64
bench_now_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

BenchSamples *
bench_samples_new (guint expected)
{
  BenchSamples *samples = g_new0 (BenchSamples, 1);
  samples->ns = g_array_sized_new (FALSE, FALSE, sizeof (gint64), expected);
  return samples;
}

void
bench_samples_free (BenchSamples *samples)
{
  g_array_unref (samples->ns);
  g_free (samples);
}

void
bench_samples_begin (BenchSamples *samples)
{
  samples->begun = bench_now_ns ();
}

void
bench_samples_end (BenchSamples *samples)
{
  gint64 took = bench_now_ns () - samples->begun;
  g_array_append_val (samples->ns, took);
}

static int
compare_ns (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

gint64
bench_samples_at (BenchSamples *samples, double share)
{
  if (samples->ns->len == 0)
    return 0;
  g_array_sort (samples->ns, compare_ns);
  guint at = (guint)(share * samples->ns->len);
  return g_array_index (samples->ns, gint64, MIN (at, samples->ns->len - 1));
}

void
bench_say (guint repeat, const char *what, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  printf ("figure %u %s %s %s\n", repeat, what, name,
          g_ascii_formatd (text, sizeof text, "%.4f", value));
  fflush (stdout);
}

void
bench_say_samples (guint repeat, const char *what, BenchSamples *samples)
{
  double sum = 0;
  for (guint i = 0; i < samples->ns->len; i++)
    sum += (double)g_array_index (samples->ns, gint64, i);
  bench_say (repeat, what, "p50_us", (double)bench_samples_at (samples, 0.5) / 1e3);
  bench_say (repeat, what, "p99_us", (double)bench_samples_at (samples, 0.99) / 1e3);
  bench_say (repeat, what, "max_us", (double)bench_samples_at (samples, 1) / 1e3);
  bench_say (repeat, what, "mean_us", sum / MAX (samples->ns->len, 1) / 1e3);
}

void
bench_die_if (const GError *error)
{
  if (error == NULL)
    return;
  fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);
  exit (1);
}
