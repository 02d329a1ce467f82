/* A page of several pages: chips on top choose which is shown; each is built when it is first
 * opened. Ctrl+Page Up and Ctrl+Page Down go to the neighbours. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One of the pages. @name also names its chip ("tab-NAME"); @text is translated when shown. */
typedef struct
{
  const char *name;
  const char *text;
  GtkWidget *(*make) (QuayTill *till);
} QuaySectionTab;

#define QUAY_TYPE_SECTION (quay_section_get_type ())
G_DECLARE_FINAL_TYPE (QuaySection, quay_section, QUAY, SECTION, GtkBox)

/** @tabs: static, @n of them, the first is shown. */
GtkWidget *quay_section_new (QuayTill *till, const char *title, const QuaySectionTab *tabs,
                             guint n);

/** Shows the page of that name, and gives it the keyboard; (transfer none), NULL if there is none.
 */
GtkWidget *quay_section_go_to (QuaySection *section, const char *name);

/** The page that is shown; borrowed. */
GtkWidget *quay_section_shown (QuaySection *section);
/** Shows on the chip of that page how many things wait there; 0: nothing. */
void quay_section_set_count (QuaySection *section, const char *name, guint n);

/** The section that holds @widget; NULL if none does. */
QuaySection *quay_section_of (GtkWidget *widget);

G_END_DECLS
