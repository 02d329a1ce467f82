/* The two fields by which a till is enrolled, the server's address and the one-time code, with
 * their faults and the sign of waiting: in a card for a till that sells, in the first run for one
 * that joins a shop. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ENROL_FIELDS (quay_enrol_fields_get_type ())
G_DECLARE_FINAL_TYPE (QuayEnrolFields, quay_enrol_fields, QUAY, ENROL_FIELDS, GtkBox)

/*
 * Signals:
 *   submit ()   Enter was pressed in a field
 */

/** @url: (nullable): the address, if it is known. */
GtkWidget *quay_enrol_fields_new (const char *url);

/** The field to type into next; borrowed. */
GtkWidget *quay_enrol_fields_first (QuayEnrolFields *fields);

/** What was typed; FALSE after telling at the field what is missing. (transfer full) */
gboolean quay_enrol_fields_get (QuayEnrolFields *fields, char **url, char **code);

/** Shows that the server is being asked; the fields are left alone meanwhile. */
void quay_enrol_fields_set_busy (QuayEnrolFields *fields, gboolean busy);

/** Tells at the right field why enrolling failed. FALSE if it is a fault of neither, as a full
 * disk: the caller tells it. */
gboolean quay_enrol_fields_show_fault (QuayEnrolFields *fields, const GError *error);

G_END_DECLS
