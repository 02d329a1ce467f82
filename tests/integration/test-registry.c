/* The registry from a file: rows become events of the province's own chain, which every till pulls
 * like any other. */
#include "quay-server-registry.h"
#include "server-fixture.h"

#include <string.h>

#define HEAD                                                                                       \
  "kind,code,name,type,commune,phone,producer,group,stars,number,authority,from,until,"            \
  "predecessors,value\r\n"
#define COMMUNE "commune,02155,Xã Na Rì,,,,,,,,,2025-07-01,,02155|02158|02161,\r\n"
#define PRODUCER "producer,P001,HTX Tài Hoan,HTX,02185,0209 000 000,,,,,,,,,\r\n"
#define CERTIFICATE                                                                                \
  "certificate,C001,Miến dong Tài Hoan,,,,P001,I.3.b,5,QĐ 2890/QĐ-BNN-VPĐP,Bộ NN&PTNT,"    \
  "2021-06-30,30/06/2024,,\r\n"
#define PARAM "param,vat.A_PROC,,,,,,,,,,2027-01-01,,,1000\r\n"

typedef struct
{
  Office office;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  office_assert_sound (&f->office);
  office_tear_down (&f->office, NULL);
}

static void
import (Fixture *f, const char *text, QuayServerImport *done)
{
  g_autoptr (GError) error = NULL;
  quay_server_import (f->office.server, "registry.csv", text, strlen (text), done, &error);
  g_assert_no_error (error);
}

static void
assert_import (Fixture *f, const char *text, guint added, guint changed, guint same)
{
  g_auto (QuayServerImport) done = { 0 };
  import (f, text, &done);
  for (guint i = 0; i < done.refused->len; i++)
    g_test_message ("%s", ((QuayServerRefusal *)done.refused->pdata[i])->why);
  g_assert_cmpuint (done.refused->len, ==, 0);
  g_assert_cmpuint (done.unknown->len, ==, 0);
  g_assert_cmpuint (done.added, ==, added);
  g_assert_cmpuint (done.changed, ==, changed);
  g_assert_cmpuint (done.same, ==, same);
}

#define ASK(f, sql) office_ask (&(f)->office, sql)

/* --- what is said --- */

static void
test_import (Fixture *f, gconstpointer data)
{
  assert_import (f, HEAD COMMUNE PRODUCER CERTIFICATE PARAM, 4, 0, 0);
  g_assert_cmpint (ASK (f, "SELECT count (*) FROM chain WHERE site = 0"), ==, 1);
  g_assert_cmpint (ASK (f, "SELECT hwm FROM chain"), ==, 6); /* birth, four, the closing event */
  g_assert_cmpint (ASK (f, "SELECT count (*) FROM document WHERE kind = 'registry'"), ==, 1);
  g_assert_cmpint (ASK (f, "SELECT value FROM fact WHERE kind = 'certificate' AND field = 'until'"),
                   ==, 20240630);
  g_assert_cmpint (ASK (f, "SELECT count (*) FROM fact c JOIN fact p ON p.kind = 'producer'"
                           " AND p.field = 'name' AND lower (hex (p.entity)) ="
                           " replace (c.value, '-', '') WHERE c.field = 'producer'"),
                   ==, 1);
  g_assert_cmpint (ASK (f, "SELECT value FROM fact WHERE kind = 'param'"
                           " AND field = '2027-01-01'"),
                   ==, 1000);
}

/* The same file again says nothing new; a change says only what has changed. */
static void
test_again (Fixture *f, gconstpointer data)
{
  static const char more[] =
      HEAD COMMUNE "producer,P001,HTX Tài Hoan,HTX,02185,,,,,,,,,,\r\n" CERTIFICATE PARAM
                   "param,vat.A_PROC,,,,,,,,,,2028-01-01,,,800\r\n";
  assert_import (f, HEAD COMMUNE PRODUCER CERTIFICATE PARAM, 4, 0, 0);
  gint64 head = ASK (f, "SELECT hwm FROM chain");
  assert_import (f, HEAD COMMUNE PRODUCER CERTIFICATE PARAM, 0, 0, 4);
  g_assert_cmpint (ASK (f, "SELECT hwm FROM chain"), ==, head);
  office_close (&f->office);
  office_open (&f->office);
  assert_import (f, more, 0, 2, 2);
  g_assert_cmpint (ASK (f, "SELECT hwm FROM chain"), ==, head + 3);
  g_assert_cmpint (ASK (f, "SELECT value IS NULL FROM fact WHERE field = 'phone'"), ==, 1);
  g_assert_cmpint (ASK (f, "SELECT value FROM fact WHERE field = '2027-01-01'"), ==, 1000);
  assert_import (f, more, 0, 0, 4);
}

/* A commune's code is used again: whatever the order of rows, the latest holds. */
static void
test_communes (Fixture *f, gconstpointer data)
{
  static const char head[] = "kind,code,name,from,until\n";
  static const char now[] = "commune,02143,Xã Văn Lang,2025-07-01,\n";
  static const char old[] = "commune,02143,Xã Lương Thượng,,2025-06-30\n";
  g_autofree char *one = g_strconcat (head, old, now, NULL);
  g_autofree char *two = g_strconcat (head, now, old, NULL);
  assert_import (f, one, 1, 0, 0);
  assert_import (f, two, 0, 0, 1);
  g_assert_cmpint (ASK (f, "SELECT value = 'Xã Văn Lang' FROM fact WHERE kind = 'commune'"
                           " AND field = 'name'"),
                   ==, 1);
}

/* --- what is refused --- */

static const struct
{
  const char *row;
  const char *column;
} bad_rows[] = {
  { "shop,P2,x", "kind" },
  { "producer,,HTX", "code" },
  { "producer,P2,", "name" },
  { "producer,P2,HTX,GmbH", "type" },
  { "producer,P2,HTX,HTX,2155", "commune" },
  { "producer,P2,HTX\xe2\x80\xa8x", "name" },
  { "certificate,C2,Trà,,,,P999,I.5.a,3,,,2026-01-01,2029-01-01", "producer" },
  { "certificate,C2,Trà,,,,,I.5.a,3,,,2026-01-01,2029-01-01", "producer" },
  { "certificate,C2,Trà,,,,P001,tea,3,,,2026-01-01,2029-01-01", "group" },
  { "certificate,C2,Trà,,,,P001,I.5.a,6,,,2026-01-01,2029-01-01", "stars" },
  { "certificate,C2,Trà,,,,P001,I.5.a,3,,,2026-02-30,2029-01-01", "from" },
  { "certificate,C2,Trà,,,,P001,I.5.a,3,,,2026-01-01,", "until" },
  { "certificate,C2,Trà,,,,P001,I.5.a,3,,,2026-01-01,2025-01-01", "until" },
  { "commune,2155,Na Rì", "code" },
  { "param,vat.X,,,,,,,,,,soon,,,5", "from" },
  { "param,vat.X,,,,,,,,,,2027-01-01,,,5.5", "value" },
  { "producer,P001,again", "code" },
  { "producer,P2,\"HTX", "" },
};

static void
test_refused (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_auto (QuayServerImport) done = { 0 };
      g_autofree char *text = g_strconcat (HEAD, PRODUCER, bad_rows[i].row, "\r\n", NULL);
      import (f, text, &done);
      g_test_message ("%s", bad_rows[i].row);
      g_assert_cmpuint (done.refused->len, ==, 1);
      const QuayServerRefusal *refusal = done.refused->pdata[0];
      g_assert_cmpuint (refusal->row, ==, 3);
      g_assert_cmpstr (refusal->column, ==, bad_rows[i].column);
      g_assert_cmpuint (done.added + done.same, ==, 1); /* the sound row is taken */
    }
  g_assert_cmpint (ASK (f, "SELECT count (DISTINCT entity) FROM fact"), ==, 1);
}

static void
test_no_header (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "\n\n", "code,name\nP1,x\n", "kind,name\nproducer,x\n",
                                       "kind,code\xff\n" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (QuayServerImport) done = { 0 };
      g_assert_false (
          quay_server_import (f->office.server, "x", texts[i], strlen (texts[i]), &done, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
  g_auto (QuayServerImport) done = { 0 };
  import (f, "kind,code,name,colour\nproducer,P1,HTX,red\n", &done);
  g_assert_cmpstr (done.unknown->pdata[0], ==, "colour");
}

/* --- who sees it --- */

/* Its facts win over what shops were born with, since it counts on from all that it has seen. */
static void
test_seen (Fixture *f, gconstpointer data)
{
  Peer till;
  guint status;
  QuayId chain = QUAY_ID_NIL;
  peer_init (&till, &f->office, 1, "QT1");
  peer_enrol (&till);
  chain_add_sales (&till.chain, &till, 60);
  peer_push_all (&till, &till.chain, 50);
  assert_import (f, HEAD COMMUNE PRODUCER CERTIFICATE PARAM, 4, 0, 0);
  g_assert_cmpint (ASK (f, "SELECT min (lam) FROM fact"), >, 60);
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  QuayMsgChains message;
  peer_ask (&till, "/v1/chains", body, &answer);
  gsize len;
  const void *bytes = g_bytes_get_data (answer.body, &len);
  g_assert_true (quay_message_decode (&quay_msg_chains, bytes, len, &message, NULL));
  for (guint i = 0; i < message.chains->len; i++)
    {
      const QuayMsgChain *one = message.chains->pdata[i];
      if (!one->mine)
        chain = one->chain;
    }
  quay_shape_clear (&quay_msg_chains, &message);
  g_autoptr (QuayEnvelope) envelope = peer_pull (&till, &chain, 1, 500, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (envelope->records->len, ==, 6);
  g_assert_cmpstr (envelope->code, ==, "TINH");
  peer_clear (&till);
}

/* Large enough for several pages of booking. */
static void
test_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  for (guint i = 0; i < 1700; i++)
    g_string_append_printf (text, "producer,P%u,HTX số %u,HTX,02155,,,,,,,,,,\n", i, i);
  assert_import (f, text->str, 1700, 0, 0);
  assert_import (f, text->str, 0, 0, 1700);
}

/* The file that comes along. */
static void
test_sample (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "data/sample/registry.csv", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_auto (QuayServerImport) done = { 0 };
  import (f, text, &done);
  g_assert_cmpuint (done.refused->len, ==, 0);
  g_assert_cmpuint (done.unknown->len, ==, 0);
  g_assert_cmpuint (done.added, >, 100);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/registry/import", test_import);
  ADD ("/registry/again", test_again);
  ADD ("/registry/communes", test_communes);
  ADD ("/registry/refused", test_refused);
  ADD ("/registry/no-header", test_no_header);
  ADD ("/registry/seen", test_seen);
  ADD ("/registry/large", test_large);
  ADD ("/registry/sample", test_sample);
  return g_test_run ();
}
