/* The barcodes of a product: each a chip that can be taken away, and an entry to add one. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CODE_LIST (quay_code_list_get_type ())
G_DECLARE_FINAL_TYPE (QuayCodeList, quay_code_list, QUAY, CODE_LIST, GtkBox)

/** Shows codes separated by |, as QuayItemEdit has them; NULL for none. */
void quay_code_list_set_text (QuayCodeList *list, const char *codes);
/** The codes separated by |, also what still stands in the entry; (transfer full). */
char *quay_code_list_dup_text (QuayCodeList *list);
/** Adds one as if it had been typed; FALSE, with the reason shown, if it is no sound code. */
gboolean quay_code_list_add (QuayCodeList *list, const char *code);

G_END_DECLS
