/* A card to add an account for transfers, and one that shows its code and makes a sign of it. Main
 * thread. */
#pragma once

#include "quay-till-bank.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks for an account; @account: NULL, or the one whose holder and branch are to be put right. */
void quay_bank_form_open (GtkWidget *anywhere, QuayTill *till, const QuayBankAccount *account);

/** Shows the code of an account, and saves it as a sign. */
void quay_bank_sign_open (GtkWidget *anywhere, QuayTill *till, const QuayBankAccount *account);

G_END_DECLS
