/* Copies of the shop's file: the newest one, making one now, checking the file itself. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_BACKUP_CARD (quay_backup_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayBackupCard, quay_backup_card, QUAY, BACKUP_CARD, GtkBox)

/** @till: kept. */
GtkWidget *quay_backup_card_new (QuayTill *till);

G_END_DECLS
