/* Training: a copy of the shop's file to practise on. The copy carries a mark of its own, so that
 * whatever opens it knows; it is never sent, exported, copied or put in the place of a real one. */
#pragma once

#include "quay-store.h"

G_BEGIN_DECLS

/** Key in `local` of a training file: who practises. */
#define QUAY_LOCAL_TRAINING "training"

/**
 * quay_store_make_training:
 * @dir: folder to make; what was there before is removed
 * @who: code of who practises
 *
 * Copies the open file as of now. In the caller's thread; the shop's file is only read.
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED if @store is a copy for training itself, or a storage
 *   error; there is no folder then.
 */
gboolean quay_store_make_training (QuayStore *store, const char *dir, const char *who,
                                   GError **error);

/** Removes such a folder; one that holds no file for training is left alone. TRUE if there is none
 * any more. */
gboolean quay_store_drop_training (const char *dir);

/** TRUE if the open file is a copy for training. Any thread. */
gboolean quay_store_is_training (QuayStore *store);

/** FALSE with QUAY_ERROR_REFUSED if it is, or is only looked at: nothing of a copy goes out. Any
 * thread. */
gboolean quay_store_need_real (QuayStore *store, GError **error);

G_END_DECLS
