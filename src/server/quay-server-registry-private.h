/* Shared by the two halves of the import: rows to entities, entities to events. */
#pragma once

#include "quay-day.h"
#include "quay-event.h"
#include "quay-server-registry.h"

G_BEGIN_DECLS

/** One entity as a file says it is. @entity: as rows have it: 16 bytes of an id, or a code.
 * @producer: id of the producer that it names, nil for none. @since: for communes, whose codes are
 * used again: the day from which the row holds. */
typedef struct
{
  QuayEventKind kind;
  GBytes *entity;
  GPtrArray *facts; /* QuayFact */
  QuayId producer;
  guint row;
  QuayDay since;
} QuayRegistryEntity;

void quay_registry_entity_free (QuayRegistryEntity *entity);

/** Reads the sound rows of a file: (element-type QuayRegistryEntity), none twice; the others to
 * @import. (transfer full), NULL with an error. */
GPtrArray *quay_registry_read (const char *data, gsize len, QuayServerImport *import,
                               GError **error);

/** Notes a refused row. Returns FALSE. */
gboolean quay_registry_refuse (QuayServerImport *import, guint row, const char *column,
                               const char *why);

G_END_DECLS
