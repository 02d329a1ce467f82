/* PINs: their form, and their hash by Argon2id. Any thread. Private to this folder and its tests.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_PIN_MIN 4
#define QUAY_PIN_MAX 12

/** TRUE for 4 to 12 digits. */
gboolean quay_pin_is_sound (const char *pin);

/**
 * quay_pin_hash:
 *
 * Takes 64 MB and 0.17 s of a computer of 2020 (four passes), so that a stolen file gives its PINs
 * up slowly: not for the main thread.
 *
 * Returns: (transfer full): the text that quay_pin_matches() takes; NULL if there is no memory.
 */
char *quay_pin_hash (const char *pin);

/** Whether @pin is what @hash was made of; as long as quay_pin_hash() took. */
gboolean quay_pin_matches (const char *hash, const char *pin);

/** For tests that make many users: hashes made from now on take no time and keep nothing safe. */
void quay_pin_make_cheap (void);

/** (transfer full) of a PIN or anything else that must not stay in memory; NULL does nothing. */
void quay_pin_wipe (char *pin);

G_END_DECLS
