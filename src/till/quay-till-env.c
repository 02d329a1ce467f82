/* Real time and chance for programs that are not simulators. Any thread. */
#include "quay-till.h"

#include <string.h>
#include <sys/random.h>

static gint64
wall_ms (gpointer data)
{
  return g_get_real_time () / 1000;
}

static gint64
mono_ms (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

static void
fill_random (gpointer data, guint8 *bytes, gsize n)
{
  while (n > 0)
    {
      gssize got = getrandom (bytes, n, 0);
      if (got <= 0)
        continue; /* a signal; the call blocks until there is chance to give */
      bytes += got;
      n -= got;
    }
}

static QuayId
read_boot_id (void)
{
  QuayId boot = QUAY_ID_NIL;
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL) ||
      !quay_id_from_text (g_strstrip (text), &boot))
    return QUAY_ID_NIL;
  return boot;
}

const QuayEnv *
quay_till_system_env (void)
{
  static QuayEnv env;
  static gsize once;
  if (g_once_init_enter (&once))
    {
      env = (QuayEnv){ wall_ms, mono_ms, fill_random, NULL, read_boot_id () };
      g_once_init_leave (&once, 1);
    }
  return &env;
}
