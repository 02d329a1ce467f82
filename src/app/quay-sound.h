/* Short sounds of the counter. A sound is never the only sign of anything. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  QUAY_SOUND_OK,     /* a line was added */
  QUAY_SOUND_BAD,    /* unknown or refused */
  QUAY_SOUND_QUEUED, /* a scan waits */
} QuaySound;

typedef struct _QuaySounds QuaySounds;

/** (transfer full); where there is no sound it stays silent. */
QuaySounds *quay_sounds_new (void);
void quay_sounds_free (QuaySounds *sounds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySounds, quay_sounds_free)

/** Silent while off. */
void quay_sounds_set_on (QuaySounds *sounds, gboolean on);

/** Starts a sound and returns at once. */
void quay_sounds_play (QuaySounds *sounds, QuaySound sound);

G_END_DECLS
