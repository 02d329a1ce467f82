/* A hidden entry over a pad of digits. */
#include "quay-pin-pad.h"

#include "quay-ui.h"

#define PIN_MAX 12

struct _QuayPinPad
{
  GtkBox parent;
  GtkWidget *entry;
  GtkWidget *keys;
  GtkWidget *fault;
};

enum
{
  ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayPinPad, quay_pin_pad, GTK_TYPE_BOX)

/* "<" takes the last digit away, "=" is Enter. */
static const char *const KEYS[4][3] = {
  { "7", "8", "9" },
  { "4", "5", "6" },
  { "1", "2", "3" },
  { "<", "0", "=" },
};

static void
enter (QuayPinPad *pad)
{
  if (gtk_editable_get_editable (GTK_EDITABLE (pad->entry)) && *quay_pin_pad_text (pad) != '\0')
    g_signal_emit (pad, signals[ENTERED], 0);
}

static void
key_cb (GtkButton *button, gpointer data)
{
  QuayPinPad *pad = data;
  const char *key = g_object_get_data (G_OBJECT (button), "quay-key");
  GtkEditable *entry = GTK_EDITABLE (pad->entry);
  int end = (int)g_utf8_strlen (gtk_editable_get_text (entry), -1);
  quay_pin_pad_set_fault (pad, NULL);
  if (*key == '=')
    enter (pad);
  else if (*key == '<')
    gtk_editable_delete_text (entry, MAX (end - 1, 0), end);
  else
    gtk_editable_insert_text (entry, key, 1, &end);
  gtk_editable_set_position (entry, -1);
}

static GtkWidget *
make_key (QuayPinPad *pad, const char *key)
{
  GtkWidget *button = *key == '<'   ? quay_ui_button ("backspace", NULL, NULL, "pad")
                      : *key == '=' ? quay_ui_button ("check-lg", NULL, NULL, "pad main")
                                    : quay_ui_button (NULL, key, NULL, "pad");
  quay_ui_set_label (button, *key == '<' ? _ ("Erase") : *key == '=' ? _ ("Enter the PIN") : key);
  gtk_widget_set_focusable (button, FALSE); /* the keyboard has its own keys for these */
  g_object_set_data (G_OBJECT (button), "quay-key", (gpointer)key);
  g_signal_connect (button, "clicked", G_CALLBACK (key_cb), pad);
  return button;
}

static void
changed_cb (QuayPinPad *pad)
{
  if (*quay_pin_pad_text (pad) != '\0')
    quay_pin_pad_set_fault (pad, NULL);
}

static gboolean
quay_pin_pad_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_PIN_PAD (widget)->entry);
}

static void
quay_pin_pad_class_init (QuayPinPadClass *class)
{
  GTK_WIDGET_CLASS (class)->grab_focus = quay_pin_pad_grab_focus;
  signals[ENTERED] = g_signal_new ("entered", QUAY_TYPE_PIN_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
quay_pin_pad_init (QuayPinPad *pad)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (pad), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (pad), 8);
  gtk_widget_add_css_class (GTK_WIDGET (pad), "pin-pad");
}

GtkWidget *
quay_pin_pad_new (const char *label)
{
  QuayPinPad *pad = g_object_new (QUAY_TYPE_PIN_PAD, NULL);
  pad->entry = quay_ui_code_entry (label);
  gtk_entry_set_visibility (GTK_ENTRY (pad->entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (pad->entry), GTK_INPUT_PURPOSE_PIN);
  gtk_entry_set_max_length (GTK_ENTRY (pad->entry), PIN_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (pad->entry), "PIN");
  gtk_entry_set_alignment (GTK_ENTRY (pad->entry), 0.5f);
  gtk_editable_set_width_chars (GTK_EDITABLE (pad->entry), 6);
  gtk_widget_add_css_class (pad->entry, "pin");
  quay_ui_set_id (pad->entry, "pin");
  g_signal_connect_swapped (pad->entry, "activate", G_CALLBACK (enter), pad);
  g_signal_connect_swapped (pad->entry, "changed", G_CALLBACK (changed_cb), pad);
  pad->fault = quay_ui_wrapped_label (NULL, "fault", 26, 3);
  gtk_widget_set_visible (pad->fault, FALSE);
  pad->keys = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (pad->keys), 6);
  gtk_grid_set_column_spacing (GTK_GRID (pad->keys), 6);
  gtk_grid_set_column_homogeneous (GTK_GRID (pad->keys), TRUE);
  for (int row = 0; row < 4; row++)
    for (int column = 0; column < 3; column++)
      gtk_grid_attach (GTK_GRID (pad->keys), make_key (pad, KEYS[row][column]), column, row, 1, 1);
  gtk_box_append (GTK_BOX (pad), pad->entry);
  gtk_box_append (GTK_BOX (pad), pad->fault);
  gtk_box_append (GTK_BOX (pad), pad->keys);
  return GTK_WIDGET (pad);
}

const char *
quay_pin_pad_text (QuayPinPad *pad)
{
  return gtk_editable_get_text (GTK_EDITABLE (pad->entry));
}

void
quay_pin_pad_clear (QuayPinPad *pad)
{
  gtk_editable_set_text (GTK_EDITABLE (pad->entry), "");
  gtk_widget_grab_focus (pad->entry);
}

void
quay_pin_pad_set_fault (QuayPinPad *pad, const char *fault)
{
  quay_ui_toggle_class (pad->entry, "bad", fault != NULL);
  quay_ui_set_text (pad->fault, fault != NULL ? fault : "");
  gtk_widget_set_visible (pad->fault, fault != NULL);
}

void
quay_pin_pad_set_busy (QuayPinPad *pad, gboolean busy)
{
  /* it keeps the keyboard, so that Escape is still heard */
  gtk_editable_set_editable (GTK_EDITABLE (pad->entry), !busy);
  gtk_widget_set_sensitive (pad->keys, !busy);
}
