/* Writing a request down, taking more time, ending it. Reasons are chosen, not typed: words of
 * one's own could name somebody in the journal. Main thread. */
#include "quay-request-card.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-request-words.h"
#include "quay-till-catalog.h"
#include "quay-till-customers.h"
#include "quay-till-requests.h"
#include "quay-typed.h"
#include "quay-ui.h"

#include <string.h>

/* --- writing one down --- */

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;      /* of the request, whichever try records it */
  QuayId customer;
  GtkWidget *card;
  GtkWidget *what;
  GtkWidget *who; /* NULL where the customer is given */
  GtkWidget *who_row;
  GtkWidget *ref;
  GtkWidget *ref_row;
  GtkWidget *how;
  GtkWidget *received;
  GtkWidget *received_row;
  GtkWidget *third;
  GtkWidget *due;
  QuayRequestDone done;
  gpointer data;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

/* The one customer that was typed; NULL and what is wrong if it is not one. */
static const char *
find_customer (Form *form, QuayId *customer)
{
  g_autofree char *text = g_strstrip (g_strdup (quay_form_text (form->who)));
  if (*text == '\0')
    return NULL;
  g_autoptr (GPtrArray) found = quay_till_customers (form->till, text);
  if (found->len != 1)
    return found->len == 0 ? _ ("Nobody of this name or number.")
                           : _ ("Several are called so: type more of the name, or the number.");
  *customer = ((const QuayCustomer *)found->pdata[0])->id;
  return NULL;
}

static gboolean
read_who (Form *form, QuayRequestAsk *ask)
{
  ask->customer = form->customer;
  if (form->who == NULL)
    return TRUE;
  const char *fault = find_customer (form, &ask->customer);
  if (!quay_ui_form_row_check (form->who_row, fault == NULL, fault))
    return FALSE;
  if (!quay_id_is_nil (&ask->customer))
    return TRUE;
  ask->ref = quay_form_text (form->ref);
  return quay_ui_form_row_check (form->ref_row, quay_request_ref_is_sound (ask->ref),
                                 _ ("A customer, or the number of a receipt, as QT1A-000042."));
}

static gboolean
read_day (Form *form, QuayDay *day)
{
  gboolean sound =
      quay_typed_day (quay_form_text (form->received), day) && *day <= quay_till_day (form->till);
  return quay_ui_form_row_check (form->received_row, sound,
                                 _ ("Type a day up to today, as 30/11/2026."));
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  const char *field = NULL;
  g_autoptr (GError) error = NULL;
  QuayRequestAsk ask = {
    .kind = MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (form->what)), QUAY_N_REQUESTS - 1),
    .how = quay_form_get_choice (form->how),
    .third = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->third)),
  };
  if (!read_who (form, &ask) || !read_day (form, &ask.received))
    return;
  if (!quay_till_add_request (form->till, &form->id, &ask, &field, &error))
    {
      if (g_strcmp0 (field, "received") == 0)
        quay_ui_form_row_set_fault (form->received_row,
                                    _ ("The law on personal data holds from 1 January 2026."));
      else
        quay_ui_show_error (form->card, _ ("The request was not written down"), error);
      return;
    }
  QuayRequestDone done = form->done;
  gpointer user = form->data;
  QuayId id = form->id;
  quay_ui_toast (form->card, _ ("The request is written down."));
  quay_ui_close_card (form->card);
  if (done != NULL)
    done (&id, user);
}

/* By when, as it is filled in now. */
static void
show_due (Form *form)
{
  QuayRequest request = { 0 };
  g_autofree char *source = NULL;
  QuayRequestKind kind =
      MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (form->what)), QUAY_N_REQUESTS - 1);
  gboolean third = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->third));
  if (!quay_typed_day (quay_form_text (form->received), &request.received))
    return;
  request.received = request.received != 0 ? request.received : quay_till_day (form->till);
  if (!quay_till_request_due (kind, third, &request, &source))
    {
      quay_ui_set_text (form->due, NULL);
      return;
    }
  g_autofree char *told = quay_day_to_vi (request.acknowledge_due);
  g_autofree char *due = quay_day_to_vi (request.due);
  g_autofree char *text = g_strdup_printf (_ ("To be confirmed by %s, done by %s (%s)."), told, due,
                                           source != NULL ? source : "");
  quay_ui_set_text (form->due, text);
}

static void
changed_cb (Form *form)
{
  show_due (form);
}

static GtkWidget *
add_row (Form *form, const char *title, GtkWidget *control, const char *hint)
{
  GtkWidget *row = quay_ui_form_row (title, control, hint);
  gtk_box_append (GTK_BOX (form->card), row);
  if (GTK_IS_ENTRY (control))
    g_signal_connect (control, "activate", G_CALLBACK (save_cb), form);
  return row;
}

static void
add_who (Form *form)
{
  g_autoptr (QuayCustomer) customer =
      quay_id_is_nil (&form->customer) ? NULL : quay_till_customer (form->till, &form->customer);
  if (customer != NULL)
    {
      g_autofree char *title = quay_customer_title (customer);
      gtk_box_append (GTK_BOX (form->card), quay_ui_wrapped_label (title, "heading", 40, 2));
      return;
    }
  form->who = quay_ui_entry (_ ("Customer"));
  form->who_row = add_row (form, _ ("Customer"), form->who, _ ("Name or phone"));
  form->ref = quay_ui_code_entry (_ ("Or a receipt's number"));
  form->ref_row = add_row (form, _ ("Or a receipt's number"), form->ref,
                           _ ("Of who is no customer: their name is not written down."));
  gtk_entry_set_max_length (GTK_ENTRY (form->ref), 30);
  quay_ui_set_id (form->who, "request-who");
}

static void
add_fields (Form *form)
{
  const char *kinds[QUAY_N_REQUESTS + 1] = { NULL };
  const char *ways[5] = { NULL };
  g_autofree char *today = quay_day_to_vi (quay_till_day (form->till));
  for (guint i = 0; i < QUAY_N_REQUESTS; i++)
    kinds[i] = quay_request_kind_words (i);
  for (guint i = 0; i < 4; i++)
    ways[i] = quay_request_way_words (quay_request_ways[i]);
  form->what = quay_ui_choice (_ ("What is asked for"), kinds);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->what), QUAY_REQUEST_VIEW);
  add_row (form, _ ("What is asked for"), form->what, NULL);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  form->how = quay_ui_choice (_ ("How it came"), ways);
  quay_form_fill_choice (form->how, quay_request_ways, ways);
  form->received = quay_ui_code_entry (_ ("Received on"));
  gtk_editable_set_text (GTK_EDITABLE (form->received), today);
  form->received_row = quay_ui_form_row (_ ("Received on"), form->received, NULL);
  gtk_box_append (GTK_BOX (pair), quay_ui_form_row (_ ("How it came"), form->how, NULL));
  gtk_box_append (GTK_BOX (pair), form->received_row);
  gtk_box_append (GTK_BOX (form->card), pair);
  form->third = gtk_check_button_new_with_label (_ ("Others have the data, too (a producer)"));
  quay_ui_set_label (form->third, _ ("Others have the data, too (a producer)"));
  gtk_box_append (GTK_BOX (form->card), form->third);
  form->due = quay_ui_wrapped_label (NULL, "dim", 52, 3);
  gtk_box_append (GTK_BOX (form->card), form->due);
  g_signal_connect (form->received, "activate", G_CALLBACK (save_cb), form);
  g_signal_connect_swapped (form->received, "changed", G_CALLBACK (changed_cb), form);
  g_signal_connect_swapped (form->what, "notify::selected", G_CALLBACK (changed_cb), form);
  g_signal_connect_swapped (form->third, "toggled", G_CALLBACK (changed_cb), form);
}

void
quay_request_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *customer,
                        QuayRequestDone done, gpointer data)
{
  Form *form = g_new0 (Form, 1);
  form->till = g_object_ref (till);
  form->id = quay_till_new_id (till);
  form->customer = customer != NULL ? *customer : QUAY_ID_NIL;
  form->done = done;
  form->data = data;
  form->card = quay_ui_card_new (_ ("A request about personal data"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  add_who (form);
  add_fields (form);
  show_due (form);
  GtkWidget *save = quay_ui_card_foot (form->card, _ ("Write it down"), "Enter");
  quay_ui_set_id (save, "request-save");
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->who != NULL ? form->who : form->what);
}

/* --- more time, the end --- */

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;
  gboolean ends;
  gboolean by_itself; /* erasing the customer ends it: here it can only be refused */
  GtkWidget *card;
  GtkWidget *choice;
  QuayRequestDone done;
  gpointer data;
} Handle;

static void
free_handle (gpointer data)
{
  Handle *handle = data;
  g_object_unref (handle->till);
  g_free (handle);
}

static gboolean
carry_out (Handle *handle, GError **error)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (handle->choice));
  if (!handle->ends)
    return quay_till_extend_request (handle->till, &handle->id,
                                     quay_request_delays[MIN (chosen, 2)], error);
  chosen += handle->by_itself ? 1 : 0;
  return quay_till_end_request (handle->till, &handle->id,
                                chosen == 0 ? NULL : quay_request_refusals[MIN (chosen, 4) - 1],
                                error);
}

static void handle_again (GtkWidget *card);

static void
handle_cb (Handle *handle)
{
  g_autoptr (GError) error = NULL;
  if (!carry_out (handle, &error))
    {
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
        quay_approve_card_retry (handle->card, handle_again);
      quay_ui_show_error (handle->card, _ ("This was not recorded"), error);
      return;
    }
  QuayRequestDone done = handle->done;
  gpointer user = handle->data;
  QuayId id = handle->id;
  quay_ui_close_card (handle->card);
  if (done != NULL)
    done (&id, user);
}

static void
handle_again (GtkWidget *card)
{
  handle_cb (g_object_get_data (G_OBJECT (card), "quay-handle"));
}

static void
add_choice (Handle *handle)
{
  const char *texts[6] = { NULL };
  guint n = 0;
  const char *title = handle->ends ? _ ("What became of it") : _ ("Why more time is needed");
  if (handle->ends && !handle->by_itself)
    texts[n++] = _ ("It was done");
  for (guint i = 0; handle->ends && quay_request_refusals[i] != NULL; i++)
    texts[n++] = quay_request_refusal_words (quay_request_refusals[i]);
  for (guint i = 0; !handle->ends && quay_request_delays[i] != NULL; i++)
    texts[n++] = quay_request_delay_words (quay_request_delays[i]);
  handle->choice = quay_ui_choice (title, texts);
  gtk_box_append (GTK_BOX (handle->card), quay_ui_form_row (title, handle->choice, NULL));
}

void
quay_request_handle_open (GtkWidget *anywhere, QuayTill *till, const QuayRequest *request,
                          gboolean ends, QuayRequestDone done, gpointer data)
{
  Handle *handle = g_new0 (Handle, 1);
  g_autofree char *who = quay_request_who_words (request);
  g_autofree char *text = g_strdup_printf ("%s · %s", who, quay_request_kind_words (request->kind));
  *handle = (Handle){
    .till = g_object_ref (till), .id = request->id, .ends = ends, .done = done, .data = data
  };
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, &request->customer);
  handle->by_itself = request->kind == QUAY_REQUEST_DELETE && customer != NULL && !customer->erased;
  handle->card = quay_ui_card_new (ends ? _ ("End the request") : _ ("Take more time"), NULL);
  g_object_set_data_full (G_OBJECT (handle->card), "quay-handle", handle, free_handle);
  gtk_box_append (GTK_BOX (handle->card), quay_ui_wrapped_label (text, "heading", 44, 2));
  add_choice (handle);
  const char *note =
      !ends ? _ ("Once only, within the time there is. Tell whoever asked why, and until when.")
      : handle->by_itself
          ? _ ("Erasing the customer in the list of customers ends this request by itself.")
          : _ ("Refused: tell whoever asked why. The record has no name and stays as a proof.");
  gtk_box_append (GTK_BOX (handle->card), quay_ui_wrapped_label (note, "dim", 52, 3));
  GtkWidget *ok =
      quay_ui_card_foot (handle->card, ends ? _ ("End it") : _ ("Take more time"), "Enter");
  quay_ui_set_id (ok, "request-handle");
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (handle_cb), handle);
  quay_ui_show_card (anywhere, handle->card, ok);
}

/* --- it was done already --- */

typedef struct
{
  GtkWidget *anywhere; /* owned */
  QuayTill *till;      /* owned */
  QuayId id;
  QuayId customer;
  QuayRequestKind kind;
} Offer;

static void
offer_cb (gboolean yes, gpointer data)
{
  Offer *offer = data;
  const char *field = NULL;
  g_autoptr (GError) error = NULL;
  QuayRequestAsk ask = {
    .kind = offer->kind, .customer = offer->customer, .how = "counter", .done = TRUE
  };
  if (yes && quay_till_add_request (offer->till, &offer->id, &ask, &field, &error))
    quay_ui_toast (offer->anywhere, _ ("Written down: asked for and done today."));
  else if (yes)
    quay_ui_show_error (offer->anywhere, _ ("The request was not written down"), error);
  g_object_unref (offer->anywhere);
  g_object_unref (offer->till);
  g_free (offer);
}

void
quay_request_offer (GtkWidget *anywhere, QuayTill *till, const QuayId *customer,
                    QuayRequestKind kind)
{
  Offer *offer = g_new0 (Offer, 1);
  g_autofree char *title =
      g_strdup_printf (_ ("Had the customer asked for this: %s?"), quay_request_kind_words (kind));
  *offer = (Offer){ g_object_ref (anywhere), g_object_ref (till), quay_till_new_id (till),
                    *customer, kind };
  quay_ui_confirm (anywhere, title,
                   _ ("Then it goes into the register of requests, as received and done today: the "
                      "proof that the shop did it in time. The register has no name."),
                   _ ("The customer asked"), _ ("Not asked for"), FALSE, offer_cb, offer);
}
