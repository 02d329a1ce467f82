/* The server's computer. */
#include "sim.h"

#include "quay-server-registry.h"

#include <string.h>

#define ENTITIES 5 /* of a kind, in the registry */

gboolean
sim_server_start (SimWorld *world)
{
  SimServer *server = &world->server;
  g_autoptr (GError) error = NULL;
  QuayServerOptions options = { .db = server->url, .env = &server->env, .vfs = SIM_VFS_NAME };
  server->server = quay_server_open (&options, &error);
  sim_log (world, "server starts: %s", server->server != NULL ? "done" : error->message);
  if (server->server != NULL && !server->disk->dead)
    {
      sim_check_server_kept (world);
      return TRUE;
    }
  if (server->disk->dead)
    sim_server_crash (world, TRUE);
  else if (!server->disk->full)
    sim_fail (world, "the server does not start: %s", error->message);
  return FALSE;
}

void
sim_server_stop (SimWorld *world)
{
  SimServer *server = &world->server;
  g_clear_pointer (&server->server, quay_server_close);
  gboolean dead = server->disk->dead;
  sim_log (world, "server stops%s", dead ? ", cut short" : "");
  sim_disk_restart (server->disk, dead, sim_draw_cb, world);
}

void
sim_server_crash (SimWorld *world, gboolean power)
{
  SimServer *server = &world->server;
  power = power || server->disk->dead;
  server->disk->dead = TRUE;
  g_clear_pointer (&server->server, quay_server_close);
  sim_disk_restart (server->disk, power, sim_draw_cb, world);
  sim_log (world, "server crashes%s", power ? ", power cut" : "");
}

SimAnswer *
sim_server_handle (SimWorld *world, const SimRequest *request)
{
  SimServer *server = &world->server;
  g_auto (QuayServerAnswer) answer = { 0 };
  gsize len;
  if (server->server == NULL)
    return NULL;
  QuayServerRequest ask = { .method = "POST",
                            .path = request->path,
                            .till = request->till,
                            .encoding = request->packed ? "zstd" : NULL,
                            .headers = request->headers,
                            .peer = request->till };
  ask.body = g_bytes_get_data (request->body, &len);
  ask.len = len;
  quay_server_handle (server->server, &ask, &answer);
  sim_log (world, "server answers %s of %.8s with %u", request->path, request->till, answer.status);
  if (server->disk->dead)
    {
      sim_server_crash (world, TRUE);
      return NULL;
    }
  sim_check_server (world, answer.status == 200);
  SimAnswer *out = g_new0 (SimAnswer, 1);
  out->ours = TRUE;
  out->digest = g_strdup (request->headers.digest);
  out->status = answer.status;
  out->type = g_strdup (answer.type);
  out->packed = answer.packed;
  out->wait = answer.wait;
  out->body = g_bytes_ref (answer.body);
  out->headers = answer.headers;
  memset (&answer.headers, 0, sizeof answer.headers);
  return out;
}

/* --- the province --- */

static char *
make_file (SimWorld *world)
{
  GString *text = g_string_new ("kind,code,name,phone,from,value\n");
  for (guint n = (guint)sim_draw (world, 6) + 1; n > 0; n--)
    {
      guint code = (guint)sim_draw (world, ENTITIES);
      guint value = (guint)sim_draw (world, 1000);
      if (sim_chance (world, 700))
        g_string_append_printf (text, "producer,P%u,HTX %u,0209%u,,\n", code, value, value);
      else
        g_string_append_printf (text, "param,vat.S%u,,,2027-01-%02u,%u\n", code, value % 28 + 1,
                                value);
    }
  return g_string_free (text, FALSE);
}

void
sim_server_import (SimWorld *world)
{
  SimServer *server = &world->server;
  g_auto (QuayServerImport) done = { 0 };
  g_autoptr (GError) error = NULL;
  if (server->server == NULL)
    return;
  g_autofree char *text = make_file (world);
  gboolean ok =
      quay_server_import (server->server, "registry.csv", text, strlen (text), &done, &error);
  sim_log (world, "the province imports: %u new, %u changed, %s", done.added, done.changed,
           ok ? "done" : error->message);
  if (server->disk->dead)
    sim_server_crash (world, TRUE);
  else if (ok)
    sim_check_server (world, TRUE);
  else if (!server->disk->full)
    sim_fail (world, "the province can't import: %s", error->message);
}
