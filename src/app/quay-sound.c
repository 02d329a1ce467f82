/* Sounds by libcanberra where it is there, from two tones of our own: made here, since a tone is a
 * formula and not a file. */
#include "quay-sound.h"

#ifdef HAVE_CANBERRA
#include <canberra.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#endif

struct _QuaySounds
{
  gboolean on;
#ifdef HAVE_CANBERRA
  ca_context *context;
  char *files[QUAY_SOUND_QUEUED + 1];
  guint failures;
#endif
};

#ifdef HAVE_CANBERRA

#define RATE 22050
#define MAX_FAILURES 3

typedef struct
{
  guint hertz;
  guint ms;
} Tone;

static const Tone tones[][2] = {
  [QUAY_SOUND_OK] = { { 1760, 70 }, { 0, 0 } },
  [QUAY_SOUND_BAD] = { { 330, 140 }, { 247, 200 } },
  [QUAY_SOUND_QUEUED] = { { 880, 60 }, { 1175, 90 } },
};

static void
put_le (GByteArray *bytes, guint32 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = value >> (8 * i);
      g_byte_array_append (bytes, &byte, 1);
    }
}

static GByteArray *
make_samples (QuaySound sound)
{
  GByteArray *samples = g_byte_array_new ();
  for (guint part = 0; part < 2 && tones[sound][part].ms > 0; part++)
    {
      guint n = RATE * tones[sound][part].ms / 1000;
      for (guint i = 0; i < n; i++)
        {
          double fade = MIN (1.0, MIN (i, n - i) / 200.0);
          double wave = sin (2 * G_PI * tones[sound][part].hertz * i / RATE);
          put_le (samples, (guint16)(gint16)(wave * fade * 9000), 2);
        }
    }
  return samples;
}

/* Without a card or a sound server each call fails, and ALSA says so at length on stderr. */
static gboolean
has_sound (void)
{
  static const char *const servers[] = { "pulse/native", "pipewire-0" };
  if (g_getenv ("PULSE_SERVER") != NULL || g_file_test ("/proc/asound/card0", G_FILE_TEST_EXISTS))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), servers[i], NULL);
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/* A WAV file of the sound in the user's runtime folder; NULL if it can't be written. */
static char *
write_wav (QuaySound sound)
{
  g_autoptr (GByteArray) samples = make_samples (sound);
  g_autoptr (GByteArray) wav = g_byte_array_new ();
  g_byte_array_append (wav, (const guint8 *)"RIFF", 4);
  put_le (wav, 36 + samples->len, 4);
  g_byte_array_append (wav, (const guint8 *)"WAVEfmt ", 8);
  put_le (wav, 16, 4);
  put_le (wav, 1, 2);
  put_le (wav, 1, 2);
  put_le (wav, RATE, 4);
  put_le (wav, RATE * 2, 4);
  put_le (wav, 2, 2);
  put_le (wav, 16, 2);
  g_byte_array_append (wav, (const guint8 *)"data", 4);
  put_le (wav, samples->len, 4);
  g_byte_array_append (wav, samples->data, samples->len);
  g_autofree char *path =
      g_strdup_printf ("%s/quay-%d-%d.wav", g_get_user_runtime_dir (), (int)getpid (), (int)sound);
  if (!g_file_set_contents_full (path, (const char *)wav->data, wav->len, G_FILE_SET_CONTENTS_NONE,
                                 0600, NULL))
    return NULL;
  return g_steal_pointer (&path);
}

#endif

QuaySounds *
quay_sounds_new (void)
{
  QuaySounds *sounds = g_new0 (QuaySounds, 1);
  sounds->on = TRUE;
#ifdef HAVE_CANBERRA
  sounds->failures = has_sound () ? 0 : MAX_FAILURES;
#endif
  return sounds;
}

void
quay_sounds_free (QuaySounds *sounds)
{
  if (sounds == NULL)
    return;
#ifdef HAVE_CANBERRA
  g_clear_pointer (&sounds->context, ca_context_destroy);
  for (guint i = 0; i < G_N_ELEMENTS (sounds->files); i++)
    if (sounds->files[i] != NULL)
      {
        unlink (sounds->files[i]);
        g_free (sounds->files[i]);
      }
#endif
  g_free (sounds);
}

void
quay_sounds_set_on (QuaySounds *sounds, gboolean on)
{
  sounds->on = on;
}

void
quay_sounds_play (QuaySounds *sounds, QuaySound sound)
{
  if (!sounds->on)
    return;
#ifdef HAVE_CANBERRA
  if (sounds->failures >= MAX_FAILURES)
    return;
  if (sounds->context == NULL && ca_context_create (&sounds->context) != CA_SUCCESS)
    {
      sounds->failures = MAX_FAILURES;
      return;
    }
  if (sounds->files[sound] == NULL)
    sounds->files[sound] = write_wav (sound);
  if (sounds->files[sound] == NULL ||
      ca_context_play (sounds->context, sound, CA_PROP_MEDIA_FILENAME, sounds->files[sound],
                       CA_PROP_EVENT_DESCRIPTION, "scan", NULL) != CA_SUCCESS)
    sounds->failures++;
#endif
}
