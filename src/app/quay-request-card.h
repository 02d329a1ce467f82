/* Cards for requests about personal data: writing one down, taking more time, ending one. */
#pragma once

#include "quay-request.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Something was written; @id: of the request. */
typedef void (*QuayRequestDone) (const QuayId *id, gpointer data);

/** Opens the card to write one down; @customer: who asks, NULL: to be typed. @done (nullable) must
 * stay callable while the card is open. */
void quay_request_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *customer,
                             QuayRequestDone done, gpointer data);

/** Opens the card that takes more time, or with @ends the one that ends it. */
void quay_request_handle_open (GtkWidget *anywhere, QuayTill *till, const QuayRequest *request,
                               gboolean ends, QuayRequestDone done, gpointer data);

/** Asks whether the customer had asked for what was just done, and if so writes it down as done. */
void quay_request_offer (GtkWidget *anywhere, QuayTill *till, const QuayId *customer,
                         QuayRequestKind kind);

G_END_DECLS
