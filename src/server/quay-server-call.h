/* Shared by the calls: who asks, with what body, and the ways to answer. */
#pragma once

#include "quay-message.h"
#include "quay-server-handle.h"
#include "quay-server-private.h"

G_BEGIN_DECLS

/**
 * QuayServerCall: one request on its way.
 * @body: unpacked
 * @db: a handle for the time of the call
 * @till, @key: who asks, checked; not for calls that are open to all
 */
typedef struct
{
  QuayServer *server;
  const QuayServerRequest *request;
  QuayServerAnswer *answer;
  GBytes *body;
  QuayServerDb *db;
  QuayServerTill till;
  QuayServerKey key;
} QuayServerCall;

/** One of the calls: fills call->answer; FALSE with a storage error. */
typedef gboolean (*QuayServerCallFunc) (QuayServerCall *call, GError **error);

/** "enrol": a till's place, name and key for a one-time code. Checks the signature itself. */
gboolean quay_server_enrol (QuayServerCall *call, GError **error);
/** "keys": a new key for the till, good beside the old one until its first use. */
gboolean quay_server_rotate (QuayServerCall *call, GError **error);
/** "push": a run of records; acknowledged when they are durable. */
gboolean quay_server_push (QuayServerCall *call, GError **error);
/** "poison": one record that would not go by push. */
gboolean quay_server_poison (QuayServerCall *call, GError **error);
/** "chains": all that the till may see, and how far each goes. */
gboolean quay_server_chains (QuayServerCall *call, GError **error);
/** "pull": a run of records of one chain. */
gboolean quay_server_pull (QuayServerCall *call, GError **error);
/** "persons": keys of customers and buyers, from till to till. */
gboolean quay_server_persons (QuayServerCall *call, GError **error);

/** Answers 200 with a message. */
void quay_server_say (QuayServerCall *call, const QuayShape *shape, gconstpointer message);

/** Answers with a problem; TRUE, so that a call may return it. @title is for people. */
gboolean quay_server_problem (QuayServerCall *call, guint status, const char *type,
                              const char *title);
/** The same with the members of @problem that are more than these. */
gboolean quay_server_problem_full (QuayServerCall *call, QuayMsgProblem *problem);

/** The message in the body; FALSE after it was answered 400. Clear @message either way. */
gboolean quay_server_read (QuayServerCall *call, const QuayShape *shape, gpointer message);

/** The server's public keys as messages have them; (transfer full) (element-type QuayMsgKey). */
GPtrArray *quay_server_keys (QuayServer *server);

/** The server's seal of a chain at a place, base64; (transfer full). */
QuaySig quay_server_seal (QuayServer *server, const QuayId *till, const QuayId *chain, gint64 seq,
                          const QuayHash *hash);

/** What changes when anything this till may see grows, but for the chain that it writes, or when
 * its site's keys of persons do; (transfer full), NULL with an error. */
char *quay_server_cur (QuayServerCall *call, GError **error);

G_END_DECLS
