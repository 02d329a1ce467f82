/* Files beside the till's: names with dates, durable renames, and errno as our codes. */
#pragma once

#include "quay-error.h"
#include "quay-id.h"

G_BEGIN_DECLS

/** Sets @error from errno; @what says what was tried. Returns FALSE. */
gboolean quay_files_fail (const char *what, const char *path, GError **error);

/** The code for an errno value. */
QuayError quay_files_code (int number);

/** Makes a folder (0700) if there is none. */
gboolean quay_files_make_dir (const char *dir, GError **error);

/** Syncs a file's content, or a folder's entries, to the disk. */
gboolean quay_files_sync (const char *path, GError **error);

/** Renames within one folder and syncs the folder. An existing @to is refused. */
gboolean quay_files_rename (const char *from, const char *to, GError **error);

/** Copies a file and syncs it; an existing @to is refused. */
gboolean quay_files_copy (const char *from, const char *to, GError **error);

/** Writes a small file whole: a new one that takes the old one's name. */
gboolean quay_files_write (const char *path, const guint8 *bytes, gsize len, GError **error);

/** Removes a database that is being made, with its side files; absence is fine. */
void quay_files_discard (const char *path);

/** Removes a folder with all in it, or a file; links are removed, not followed. Absence is fine. */
void quay_files_remove_tree (const char *path);

/** "20261123-1024" in Vietnam's time; with seconds for a name that must differ. (transfer full) */
char *quay_files_stamp (const QuayEnv *env, gboolean seconds);

G_END_DECLS
