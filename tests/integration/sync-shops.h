/* Two shops, enrolled when a test wants it, and the real server over loopback. */
#pragma once

#include "quay-server-http.h"
#include "quay-sync.h"
#include "server-fixture.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/** @address: of the server as it listens now. Both shops call themselves QT1. */
typedef struct
{
  Office office;
  QuayServerHttp *http;
  char *address;
  Shop a;
  Shop b;
} SyncShops;

void sync_shops_set_up (SyncShops *f, gconstpointer data);
/** Checks both files and the server's before they go. */
void sync_shops_tear_down (SyncShops *f, gconstpointer data);

/** Serves, at another port each time; @pem: certificate and key, NULL for plain HTTP. */
void sync_shops_start (SyncShops *f, const char *pem);
void sync_shops_stop (SyncShops *f);

/** A one-time code of the office; (transfer full). */
char *sync_shops_code (SyncShops *f, const QuayId *replaces);
/** Enrols a shop, and begins a new chain if it got another till code. */
void sync_shops_enrol (SyncShops *f, Shop *shop);
/** Writes into the shop's keys where the server is by now, and whom to trust. */
void sync_shops_tell (SyncShops *f, Shop *shop, const char *ca);

/** quay_sync_once() with the keys of the shop's folder. */
gboolean sync_shops_try (Shop *shop, QuaySyncState *state, GError **error);
/** The same; fails the test unless all was exchanged. */
QuaySyncState sync_shops_once (Shop *shop);

/** Fails unless all projected tables are equal. */
void sync_shops_assert_equal (Shop *a, Shop *b);

char *sync_shops_copy (const char *from, const char *to_dir, const char *name);
/** The folder of a closed shop as another computer has it, with chance of its own; not open. */
void sync_shops_clone (Shop *clone, Shop *shop, guint seed);

G_END_DECLS
