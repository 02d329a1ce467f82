/* A run of records of one chain into the journal and the tables, in one transaction: all of it or
 * nothing. The rules are those of src/sync/README.md, "Push, on the server". */
#pragma once

#include "quay-server-db.h"

G_BEGIN_DECLS

/**
 * QuayIngested:
 * @QUAY_INGEST_TAKEN: the chain is as it says; also after a gap, when nothing was stored
 * @QUAY_INGEST_FORK: the records differ from those here; nothing was stored
 * @QUAY_INGEST_REFUSED: the sender may not, or no till would send this
 */
typedef enum
{
  QUAY_INGEST_TAKEN,
  QUAY_INGEST_FORK,
  QUAY_INGEST_REFUSED,
} QuayIngested;

/**
 * QuayIngest: what was done.
 * @chain: as it is now; hwm 0 for one that is not here
 * @at: of a fork: first seq that differs, 0 for before the run
 * @letter: of a fork: given to the chain that the till will begin; "" if there is none left
 * @type, @why: of a refusal: the problem's type and words; static
 * @fresh: records that were appended
 * @held: (element-type QuayServerHeld): those of the run that are held
 * @alarm: a new alarm was raised
 */
typedef struct
{
  QuayIngested result;
  QuayServerChain chain;
  gint64 at;
  char letter[8];
  const char *type;
  const char *why;
  guint fresh;
  GPtrArray *held;
  gboolean alarm;
} QuayIngest;

void quay_ingest_clear (QuayIngest *ingest);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayIngest, quay_ingest_clear)

/**
 * quay_ingest:
 * @till, @site: whose it is; a chain of another is refused
 * @hashes: (element-type QuayHash): of the records, by quay_envelope_check()
 * @sealed: the envelope's seal was checked and is good
 * @now: ms since 1970
 *
 * Returns: FALSE with a storage error; nothing is stored then, or it is not known.
 */
gboolean quay_ingest (QuayServerDb *db, const QuayId *till, const QuayId *site,
                      const QuayEnvelope *envelope, GArray *hashes, gboolean sealed, gint64 now,
                      QuayIngest *out, GError **error);

/** A letter for a chain of @code at @site, kept for @key: the one given for it before, or the next
 * that nobody has. "" if four letters are not enough. In the open transaction. */
gboolean quay_ingest_letter (QuayServerDb *db, const QuayId *site, const char *code,
                             const char *key, char letter[8], GError **error);

G_END_DECLS
