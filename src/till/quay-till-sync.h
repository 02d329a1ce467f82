/* The province's server as the till sees it: enrolling, what was sent, what waits, what is held.
 * Sending never delays the counter and needs no attention; these verbs are for telling about it. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/** What to tell people; the words are the window's. */
typedef enum
{
  QUAY_LINK_NONE,      /* not enrolled: all stays on this computer */
  QUAY_LINK_SENT,      /* all sent */
  QUAY_LINK_WORKING,   /* sending or fetching */
  QUAY_LINK_WAITING,   /* something is to be sent in a moment */
  QUAY_LINK_PAUSED,    /* by the user */
  QUAY_LINK_OFFLINE,   /* no network, or the server does not answer */
  QUAY_LINK_NOT_OURS,  /* something else answers: a login page of the network? */
  QUAY_LINK_UNTRUSTED, /* the certificate does not fit, or this computer's clock is wrong */
  QUAY_LINK_BUSY,      /* the server asks to wait */
  QUAY_LINK_UNKNOWN,   /* the server does not know this till: enrol again */
  QUAY_LINK_REVOKED,   /* the office has locked this till out: enrol again */
  QUAY_LINK_TOO_OLD,   /* the program must be updated */
  QUAY_LINK_TROUBLE,   /* anything else; @why */
} QuayLink;

/** Something that a manager must have seen. */
typedef enum
{
  QUAY_LINK_ALARM_NONE,
  QUAY_LINK_ALARM_WENT_BACK, /* this computer had an older copy of its file */
  QUAY_LINK_ALARM_COPIED,    /* another computer goes on from a copy of this one's file */
} QuayLinkAlarm;

/**
 * QuayLinkState:
 * @server: address; NULL if not enrolled
 * @shop: its name on the server
 * @waiting: own records not acknowledged
 * @waiting_since: when the oldest of them was made, ms; 0 if none waits
 * @last_ack: when the server last acknowledged something, ms; 0: never
 * @alarm_label: till code and letter of the chain that was begun for @alarm
 * @why: words of the server or the system, for support; may be NULL
 */
typedef struct
{
  QuayLink link;
  char *server;
  char *shop;
  guint64 waiting;
  gint64 waiting_since;
  gint64 last_ack;
  guint64 sent;
  guint64 received;
  guint64 to_receive;
  guint64 held;
  QuayLinkAlarm alarm;
  char *alarm_label;
  char *why;
} QuayLinkState;

void quay_link_state_clear (QuayLinkState *state);

/** The state of now; fill and clear. */
void quay_till_link (QuayTill *till, QuayLinkState *state);

/** A chain as a page lists it. @kind 0 this till's, 1 another till's of the shop, 2 the province's.
 * @acked: of an own chain: what the server has. */
typedef struct
{
  char *label;
  int kind;
  gboolean present;
  guint64 records;
  guint64 acked;
} QuayLinkChain;

/** All journals of this file; (element-type QuayLinkChain) (transfer full), NULL on error. */
GPtrArray *quay_till_link_chains (QuayTill *till, GError **error);

/** A record that is kept but not in the books. @here: held by this program; else by the server. */
typedef struct
{
  char *label;
  guint64 seq;
  gboolean here;
  char *why;
} QuayLinkHeld;

/** The first @max of them; (element-type QuayLinkHeld) (transfer full), NULL on error. */
GPtrArray *quay_till_link_held (QuayTill *till, guint max, GError **error);

/**
 * quay_till_enrol_async:
 * @url: https://…; plain http on this computer alone
 * @ca: (nullable): file of certificates to trust; NULL: the system's
 * @secret: the one-time code from the office
 *
 * Makes a key, enrols, begins a new chain if the server gave another till code, starts to send.
 *
 * Errors: QUAY_ERROR_INVALID (address or code refused; the message says why), _IO (not reached).
 */
void quay_till_enrol_async (QuayTill *till, const char *url, const char *ca, const char *secret,
                            GAsyncReadyCallback callback, gpointer data);
gboolean quay_till_enrol_finish (QuayTill *till, GAsyncResult *result, GError **error);
/** The same, waiting; for programs without a window. */
gboolean quay_till_enrol (QuayTill *till, const char *url, const char *ca, const char *secret,
                          GError **error);

/**
 * quay_till_join:
 * @dir: a folder without a shop
 * @language: (nullable): "vi" or "en", kept as this till's
 *
 * Enrols a new till in a shop that the server knows, or in a lost till's place, and makes its file
 * with the code and letter that the server gives. The journals come with the first exchange.
 * May be repeated after a failure, with the same code. Waits for the network.
 */
gboolean quay_till_join (const char *dir, const char *url, const char *ca, const char *secret,
                         const char *language, const QuayEnv *env, GError **error);
/** The same on a thread of its own, with the system's time and chance. */
void quay_till_join_async (const char *dir, const char *url, const char *ca, const char *secret,
                           const char *language, GAsyncReadyCallback callback, gpointer data);
gboolean quay_till_join_finish (GAsyncResult *result, GError **error);

/** Starts to exchange with the server by itself, if enrolled; a till of a program that does one
 * thing and ends does not. */
gboolean quay_till_start_sync (QuayTill *till, GError **error);
/** Exchanges all there is, waiting; @new_key: and changes the till's key. FALSE with the reason if
 * it could not be finished. */
gboolean quay_till_sync_once (QuayTill *till, gboolean new_key, GError **error);
/** The till that exchanges by itself changes its key, now. */
void quay_till_new_key (QuayTill *till);

/** Now, whatever was planned; pausing; "the alarm was seen". */
void quay_till_sync_now (QuayTill *till);
void quay_till_sync_pause (QuayTill *till, gboolean pause);
void quay_till_sync_seen (QuayTill *till);

G_END_DECLS
