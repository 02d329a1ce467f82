/* The card of a promotion. Main thread. */
#pragma once

#include "quay-till-promotions.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called after it was saved. */
typedef void (*QuayPromotionSaved) (const QuayId *id, gpointer data);

/** @promotion: NULL for a new one; copied. */
void quay_promotion_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPromotion *promotion,
                               QuayPromotionSaved saved, gpointer data);

G_END_DECLS
