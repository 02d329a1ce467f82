/* Shared by the files of the editor. */
#pragma once

#include "quay-item-edit.h"
#include "quay-till-private.h"

G_BEGIN_DECLS

/** A producer that the shop knows, or will once a plan that needs it is written. */
typedef struct
{
  QuayId id;
  char *name;
  char *commune;
  gboolean added;         /* not on disk */
  gboolean commune_moved; /* on disk with another commune */
  gboolean claimed;       /* an earlier row named its commune */
} QuayProducer;

/** @reader and what follows it are all that checking uses, so that it may run beside the counter;
 * @till is for writing. */
struct _QuayEditor
{
  QuayTill *till;
  QuayReader *reader; /* borrowed */
  QuayEnv env;
  char *dir;
  QuayId floor;
  QuayDay today;
  GHashTable *vat_classes; /* sets of codes */
  GHashTable *categories;
  GHashTable *communes;
  GHashTable *commune_names;  /* search key of a name → code, "" if two have it */
  GPtrArray *producers;       /* QuayProducer */
  GHashTable *producer_names; /* lower-case name → index + 1 */
  GHashTable *skus;           /* taken by earlier rows */
  GHashTable *codes;
};

/** Code of the commune that @text names, by its code or its name, whatever the marks; borrowed,
 * NULL if there is none or more than one. */
const char *quay_editor_commune (QuayEditor *editor, const char *text);

/** Of today, at the counter. */
QuayAsOf quay_editor_as_of (QuayEditor *editor);

/** Checks a picture: a name that is in pictures/ already, or a file to take in. Returns its name
 * there, (transfer full); NULL with the refusal's code. @dir: the shop's; @take: the file must be
 * copied. */
char *quay_picture_check (const char *dir, const char *value, gboolean *take, const char **code);

/** Copies a picture to its name in pictures/. */
gboolean quay_picture_take (const char *dir, const char *path, GError **error);

G_END_DECLS
