/* Forms of the page Consignment: written as PDF, then shown by whatever shows such files here. Main
 * thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One of quay_till_print_…() of quay-till-settle.h. */
typedef char *(*QuayConsignPrint) (QuayTill *till, const QuayId *id, const char *path,
                                   GError **error);

/** Writes the form into the shop's folder and opens it; says where it is, or why not. */
void quay_consign_print (GtkWidget *anywhere, QuayTill *till, const QuayId *id,
                         QuayConsignPrint print);

G_END_DECLS
