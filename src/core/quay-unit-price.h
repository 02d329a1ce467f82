/* The price of a kilogram or litre, which shelf labels tell beside that of the pack. Pure; any
 * thread. */
#pragma once

#include "quay-money.h"

G_BEGIN_DECLS

/**
 * quay_pack_size:
 * @name: of a product, as "Miến dong Tài Hoan 500 g", "Mật ong rừng 500ml", "Rượu 1,5 lít"
 * @size: (out): grams or millilitres, thousandths of the unit that is told
 * @unit: (out): "kg" or "lít"; static
 *
 * Finds the last amount with a unit of weight or volume in a name. "2 x 500 g" is not understood:
 * nothing is told where a number with × or x stands before it.
 *
 * Returns: FALSE if there is none.
 */
gboolean quay_pack_size (const char *name, QuayQty *size, const char **unit);

/** The price of a whole kilogram or litre, rounded half away from zero; FALSE if the size is not
 * known or the figure out of range. */
gboolean quay_unit_price (const char *name, QuayMoney price, QuayMoney *per, const char **unit);

G_END_DECLS
