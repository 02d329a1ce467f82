/* What the office does: sales points, one-time codes, revoking; and looking. Each call is one
 * transaction. Any thread. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

#define QUAY_SERVER_CODE_HOURS 24

/**
 * quay_server_add_site:
 * @name: up to 100 letters
 * @commune: five digits
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, _EXISTS for a name that another site has, or a storage
 *   error.
 */
gboolean quay_server_add_site (QuayServer *server, const char *name, const char *commune,
                               QuayId *site, GError **error);

/** The site of that id or name; FALSE with QUAY_ERROR_NOT_FOUND. */
gboolean quay_server_find_site (QuayServer *server, const char *text, QuayId *site, GError **error);

/** All sites: (element-type QuayServerSite); all tills: QuayServerTill. (transfer full) */
GPtrArray *quay_server_sites (QuayServer *server, GError **error);
GArray *quay_server_tills (QuayServer *server, GError **error);

/**
 * quay_server_find_till:
 * @text: an id, or a till code
 * @site: (nullable): where, for a code that several sites have
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, or _REFUSED if several are meant.
 */
gboolean quay_server_find_till (QuayServer *server, const char *text, const QuayId *site,
                                QuayServerTill *till, GError **error);

/**
 * quay_server_make_code:
 * @replaces: (nullable): the till whose place the new one takes
 * @until: (out): ms
 *
 * A one-time code for enrolment, as a person reads it out: ten digits and letters without I, L, O
 * and U. Only its keyed hash is kept.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND or a storage error.
 */
char *quay_server_make_code (QuayServer *server, const QuayId *site, const QuayId *replaces,
                             gint64 *until, GError **error);

/** Revokes a till and its keys: it sells on, and sends no more until it is enrolled again. */
gboolean quay_server_revoke (QuayServer *server, const QuayId *till, GError **error);

/** What the office must look at; (element-type QuayServerAlarm), newest first. */
GPtrArray *quay_server_alarms (QuayServer *server, guint max, GError **error);

/** Held records: (element-type QuayServerHeld), and how many there are in all. */
GPtrArray *quay_server_held (QuayServer *server, guint max, guint64 *total, GError **error);

/** Tries to book what is held. */
gboolean quay_server_retry (QuayServer *server, guint64 *booked, guint64 *left, GError **error);

G_END_DECLS
