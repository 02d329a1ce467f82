/* A PIN by keyboard, number block or finger: a hidden entry over ten keys. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PIN_PAD (quay_pin_pad_get_type ())
G_DECLARE_FINAL_TYPE (QuayPinPad, quay_pin_pad, QUAY, PIN_PAD, GtkBox)

/*
 * Signals:
 *   entered ()   Enter, or the green key: quay_pin_pad_text() has at least one digit
 */

/** @label: what the entry is called ("PIN of the manager"). */
GtkWidget *quay_pin_pad_new (const char *label);
/** What was typed; borrowed until it is cleared. */
const char *quay_pin_pad_text (QuayPinPad *pad);
/** Empties it and gives it the keyboard. */
void quay_pin_pad_clear (QuayPinPad *pad);
/** Says under it what is wrong; NULL: nothing. */
void quay_pin_pad_set_fault (QuayPinPad *pad, const char *fault);
/** While a PIN is compared, or a wrong one has to be waited for, nothing can be typed. */
void quay_pin_pad_set_busy (QuayPinPad *pad, gboolean busy);

G_END_DECLS
