/* The parts of a promotion's card, for the files that it is made of. */
#pragma once

#include "quay-promotion-form.h"

G_BEGIN_DECLS

enum
{
  ROW_NAME,
  ROW_KIND,
  ROW_VALUE,
  ROW_GET,
  ROW_SCOPE,
  ROW_PRODUCT,
  ROW_CATEGORY,
  ROW_PRODUCER,
  ROW_GIFT,
  ROW_GIFT_OFF,
  ROW_MOST,
  ROW_FROM,
  ROW_UNTIL,
  ROW_HOURS_FROM,
  ROW_HOURS_UNTIL,
  N_ROWS,
};

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;
  GtkWidget *card;
  GtkWidget *controls[N_ROWS];
  GtkWidget *rows[N_ROWS];
  GtkWidget *days[7];
  GtkWidget *together;
  GtkWidget *lists;
  GtkWidget *active;
  GtkWidget *cheaper;
  gboolean told; /* that it gives away more than is lawful */
  QuayPromotionSaved saved;
  gpointer data;
} QuayPromotionForm;

/* --- quay-promotion-read.c --- */

/** Tells at a row what is wrong with it, NULL: nothing; the first that is told has the keyboard. */
void quay_promotion_form_fault (QuayPromotionForm *form, guint row, const char *text);
/** What the card says; (transfer full), NULL after telling what is wrong. */
QuayPromotion *quay_promotion_form_read (QuayPromotionForm *form);
/** Steps as people write them, "3: 5; 10: 7,5"; (transfer full). */
char *quay_promotion_print_steps (GArray *steps);

G_END_DECLS
