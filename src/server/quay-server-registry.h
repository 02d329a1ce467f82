/* The registry from a file: producers, OCOP certificates, communes and legal parameters become
 * events of the province's own chain. The columns are described in data/sample/README.md. */
#pragma once

#include "quay-server.h"

G_BEGIN_DECLS

/** A row that was not taken, and why. @column: "" for the row as a whole. */
typedef struct
{
  guint row;
  char *column;
  char *why;
} QuayServerRefusal;

/** What an import did, in entities. @unknown: (element-type utf8): columns that were not read. */
typedef struct
{
  guint added;
  guint changed;
  guint same;
  GPtrArray *refused; /* QuayServerRefusal */
  GPtrArray *unknown;
} QuayServerImport;

void quay_server_import_clear (QuayServerImport *import);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayServerImport, quay_server_import_clear)

/**
 * quay_server_import:
 * @name: of the file, for the closing event
 * @data, @len: the whole file
 *
 * Takes all sound rows in one transaction; refused rows stop nothing. A file that says what is
 * known already writes nothing.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a file without the columns kind and code or that is
 *   not Unicode, or a storage error.
 */
gboolean quay_server_import (QuayServer *server, const char *name, const char *data, gsize len,
                             QuayServerImport *import, GError **error);

/** The id of a registry's entity, made from its kind and code: the same on every server, for ever.
 */
QuayId quay_server_registry_id (const char *kind, const char *code);

G_END_DECLS
