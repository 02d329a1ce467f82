/* The head that all papers of goods share. Private to this folder. */
#pragma once

#include "quay-form.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** A form with the shop's head; @code, @number: NULL for none; (transfer full). The circular that
 * the form belongs to is the setting shop.form_circular. */
QuayForm *quay_till_new_form (QuayTill *till, const char *code, const char *title, QuayDay day,
                              const char *number);

G_END_DECLS
