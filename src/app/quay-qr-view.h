/* A QR code that a customer scans from the screen: black on white in all colours, sharp at any
 * size. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_QR_VIEW (quay_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayQrView, quay_qr_view, QUAY, QR_VIEW, GtkWidget)

/** @side: how wide and high it wants to be, in pixels; it is never smaller, and a square in the
 * middle of more. It shows nothing at first. */
GtkWidget *quay_qr_view_new (int side);

/** Shows @payload, NULL for nothing; @label says to a screen reader what the code is for. */
void quay_qr_view_show (QuayQrView *view, const char *payload, const char *label);

G_END_DECLS
