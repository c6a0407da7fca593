/*
 * node/regtest/rt_server.h - Takes connections and answers their calls.
 *
 * One step waits for whatever is ready, reads, answers and writes, and never
 * blocks on a client; so the server can run under a simulated world as well,
 * and can answer "warming up" while the chain is being read.
 *
 * Layer:    node/regtest; through the environment table.
 * Memory:   new/free; bytes of at most one request and its answers for each
 *           connection.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_SERVER_H
#define NODE_REGTEST_RT_SERVER_H

#include "clarity/base/env.h"
#include "node/regtest/rt_rpc.h"

/** Connections at most; more wait to be taken. */
#define RT_SERVER_CLIENTS_MAX 128u

/** Milliseconds after which a silent connection is closed. */
#define RT_SERVER_IDLE_MS 30000u

/** Who may ask, as `user:password`; none of length 0 is allowed in. */
#define RT_SERVER_SECRETS_MAX 2u
#define RT_SERVER_SECRET_MAX 256u

struct rt_server;

struct rt_server_options {
	const struct env *env;
	struct rt_rpc *rpc;
	const char *address; /* "127.0.0.1:18443"; port 0 lets it choose */
	struct span secrets[RT_SERVER_SECRETS_MAX]; /* copied */
	unsigned n_secrets;
};

/** Begins to listen. @return ERR_OK; those of env_listen; ERR_NO_MEMORY;
 * ERR_TOO_LARGE for a secret that is too long. */
MUST_USE enum err rt_server_open(struct rt_server **ret,
                                 const struct rt_server_options *options);

/** Closes all connections and wipes the secrets; NULL is accepted. */
void rt_server_close(struct rt_server *s);

/** Writes where it listens, with a NUL. @return ERR_OK; ERR_TOO_LARGE. */
MUST_USE enum err rt_server_address(const struct rt_server *s, char *ret,
                                    size_t size);

/**
 * Waits at most so long for something to do, and does it.
 *
 * @return ERR_OK; ERR_IO; or the fault of a call, after which the node may
 *         only be closed.
 */
MUST_USE enum err rt_server_step(struct rt_server *s, uint64_t timeout_ms);

/** @return whether answers wait to be sent. */
bool rt_server_has_answers(const struct rt_server *s);

#endif /* NODE_REGTEST_RT_SERVER_H */
