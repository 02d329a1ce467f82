/* The server's address and the one-time code. What to do is told in the user's words; the server's
 * own, which are English, go to the tooltip. Main thread. */
#include "quay-enrol-fields.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-ui.h"

#include <string.h>

struct _QuayEnrolFields
{
  GtkBox parent;
  GtkWidget *url;
  GtkWidget *url_row;
  GtkWidget *code;
  GtkWidget *code_row;
  GtkWidget *waiting;
  GtkWidget *spinner;
};

enum
{
  SUBMIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayEnrolFields, quay_enrol_fields, GTK_TYPE_BOX)

static void
set_fault (GtkWidget *row, GtkWidget *entry, const char *fault, const char *why)
{
  quay_ui_form_row_set_fault (row, fault);
  gtk_widget_set_tooltip_text (row, why);
  if (fault != NULL)
    gtk_widget_grab_focus (entry);
}

static void
clear_faults (QuayEnrolFields *fields)
{
  set_fault (fields->url_row, fields->url, NULL, NULL);
  set_fault (fields->code_row, fields->code, NULL, NULL);
}

GtkWidget *
quay_enrol_fields_first (QuayEnrolFields *fields)
{
  gboolean known = quay_form_text (fields->url)[0] != '\0';
  return known ? fields->code : fields->url;
}

/* Plain http goes to a server on this computer alone; what else is wrong the server's name tells.
 */
static gboolean
address_is_sound (const char *address)
{
  static const char *const here[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };
  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    if (g_str_has_prefix (address, here[i]))
      return TRUE;
  return g_str_has_prefix (address, "https://") && !g_str_has_suffix (address, "//");
}

/* As typed, but a bare name is one of https. */
static char *
read_address (QuayEnrolFields *fields)
{
  g_autofree char *text = g_strstrip (g_strdup (quay_form_text (fields->url)));
  if (text[0] == '\0' || strstr (text, "://") != NULL)
    return g_steal_pointer (&text);
  return g_strconcat ("https://", text, NULL);
}

gboolean
quay_enrol_fields_get (QuayEnrolFields *fields, char **url, char **code)
{
  g_autofree char *address = read_address (fields);
  g_autofree char *secret = g_strstrip (g_strdup (quay_form_text (fields->code)));
  clear_faults (fields);
  if (!address_is_sound (address))
    set_fault (fields->url_row, fields->url, _ ("Type the address as https://…"), NULL);
  else if (secret[0] == '\0')
    set_fault (fields->code_row, fields->code, _ ("Type the code from the office."), NULL);
  else
    {
      *url = g_steal_pointer (&address);
      *code = g_steal_pointer (&secret);
      return TRUE;
    }
  return FALSE;
}

void
quay_enrol_fields_set_busy (QuayEnrolFields *fields, gboolean busy)
{
  gtk_widget_set_sensitive (fields->url_row, !busy);
  gtk_widget_set_sensitive (fields->code_row, !busy);
  gtk_widget_set_opacity (fields->waiting, busy ? 1 : 0); /* its place stays: nothing jumps */
  gtk_spinner_set_spinning (GTK_SPINNER (fields->spinner), busy);
}

gboolean
quay_enrol_fields_show_fault (QuayEnrolFields *fields, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_IO))
    set_fault (fields->url_row, fields->url,
               _ ("The server was not reached. Look at the address and the network."),
               error->message);
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    set_fault (fields->url_row, fields->url,
               _ ("This computer's date and time do not fit the server's certificate. Set the "
                  "clock, then try again."),
               error->message);
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    set_fault (fields->code_row, fields->code,
               _ ("The server did not take this code: it is wrong, was used, or has run "
                  "out. Ask the office for a new one."),
               error->message);
  else
    return FALSE;
  return TRUE;
}

static void
submit_cb (QuayEnrolFields *fields)
{
  g_signal_emit (fields, signals[SUBMIT], 0);
}

static gboolean
quay_enrol_fields_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (quay_enrol_fields_first (QUAY_ENROL_FIELDS (widget)));
}

static void
quay_enrol_fields_class_init (QuayEnrolFieldsClass *class)
{
  GTK_WIDGET_CLASS (class)->grab_focus = quay_enrol_fields_grab_focus;
  signals[SUBMIT] = g_signal_new ("submit", QUAY_TYPE_ENROL_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_waiting (QuayEnrolFields *fields)
{
  fields->waiting = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  fields->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (fields->waiting), fields->spinner);
  gtk_box_append (GTK_BOX (fields->waiting), quay_ui_label (_ ("Asking the server…"), "dim"));
  return fields->waiting;
}

static void
quay_enrol_fields_init (QuayEnrolFields *fields)
{
  GtkBox *box = GTK_BOX (fields);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (fields), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 10);
  fields->url = quay_ui_code_entry (_ ("Address of the server"));
  fields->code = quay_ui_code_entry (_ ("One-time code"));
  fields->url_row = quay_ui_form_row (_ ("Address of the server"), fields->url,
                                      _ ("From the office, as https://quay.example.vn"));
  fields->code_row = quay_ui_form_row (_ ("One-time code"), fields->code,
                                       _ ("Good once, for one day. Capital and small letters are "
                                          "the same."));
  gtk_box_append (box, fields->url_row);
  gtk_box_append (box, fields->code_row);
  gtk_box_append (box, build_waiting (fields));
  quay_enrol_fields_set_busy (fields, FALSE);
  g_signal_connect_swapped (fields->url, "activate", G_CALLBACK (submit_cb), fields);
  g_signal_connect_swapped (fields->code, "activate", G_CALLBACK (submit_cb), fields);
}

GtkWidget *
quay_enrol_fields_new (const char *url)
{
  QuayEnrolFields *fields = g_object_new (QUAY_TYPE_ENROL_FIELDS, NULL);
  gtk_editable_set_text (GTK_EDITABLE (fields->url), url != NULL ? url : "");
  return GTK_WIDGET (fields);
}
