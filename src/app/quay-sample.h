/* The sample shop: the goods of the Quế Thanh shop, to try everything on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Makes the sample shop in folder @dir; errors as quay_till_make_shop(). */
gboolean quay_sample_make (const char *dir, GError **error);

G_END_DECLS
