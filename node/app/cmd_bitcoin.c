/* node/app/cmd_bitcoin.c - The verb `tenure bitcoin`; see cmd_bitcoin.h. */
#include "config.h"

#include "node/app/cmd_bitcoin.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"
#include "clarity/base/progress.h"
#include "clarity/crypto/secret.h"
#include "node/app/app_io.h"
#include "node/bitcoin/btc_addr.h"
#include "node/regtest/rt_server.h"
#include "node/regtest/rt_wallet.h"

#define PORT_DEFAULT 18443u
#define ADDRESS_MAX 128u

/* The name under which a cookie logs in, and its random bytes. */
#define COOKIE_USER "__cookie__:"
#define COOKIE_BYTES 32u
#define COOKIE_MAX (sizeof(COOKIE_USER) + 2 * COOKIE_BYTES)

/* Time that answers get to leave after `stop`. */
#define STOP_MS 2000u

enum {
	OPT_DATADIR,
	OPT_PORT,
	OPT_AUTH,
	OPT_BLOCK_TIME,
	OPT_MINE_TO,
	OPT_FULL_RBF,
	OPT_QUIET
};

const struct cmd_opt cmd_bitcoin_opts[CMD_BITCOIN_OPTS] = {
	[OPT_DATADIR] = { .name = "datadir",
	                  .letter = 'd',
	                  .kind = CMD_TEXT,
	                  .value = "DIR",
	                  .help = "keep the chain in this folder; in memory if "
	                          "not given" },
	[OPT_PORT] = { .name = "rpc-port",
	               .letter = 'p',
	               .kind = CMD_NUMBER,
	               .value = "N",
	               .help = "where calls are taken, 18443 if not given; 0 "
	                       "lets the system choose",
	               .max = 65535 },
	[OPT_AUTH] = { .name = "rpc-auth",
	               .letter = 'a',
	               .kind = CMD_SECRET_FILE,
	               .value = "FILE",
	               .help = "a file with USER:PASSWORD for calls, besides "
	                       "the cookie" },
	[OPT_BLOCK_TIME] = { .name = "block-time",
	                     .letter = 't',
	                     .kind = CMD_NUMBER,
	                     .value = "SECONDS",
	                     .help = "mine a block so often; on demand only if "
	                             "not given",
	                     .min = 1,
	                     .max = 86400 },
	[OPT_MINE_TO] = { .name = "mine-to",
	                  .letter = 'm',
	                  .kind = CMD_TEXT,
	                  .value = "ADDRESS",
	                  .help = "who gets the rewards of --block-time" },
	[OPT_FULL_RBF] = { .name = "full-rbf",
	                   .help = "let every waiting transaction be replaced, "
	                           "not only those that say so" },
	[OPT_QUIET] = { .name = "quiet",
	                .letter = 'q',
	                .help = "say nothing but errors" },
};

const char cmd_bitcoin_about[] =
    "Runs a Bitcoin node of the regtest kind in this program: blocks are mined "
    "when they are asked for, and every rule of Bitcoin is judged, but there "
    "are no peers. bitcoin-cli and libraries for Bitcoin's node work with it "
    "unchanged.\n\n"
    "With --datadir the cookie for calls is DIR/regtest/.cookie, where "
    "bitcoin-cli -regtest -datadir=DIR looks for it, and the chain survives. "
    "Without, everything is forgotten at the end, and the cookie is printed.";

static volatile sig_atomic_t wants_end;

static void on_end(int number)
{
	(void)number;
	wants_end = 1;
}

static void catch_end(void)
{
	struct sigaction act = { .sa_handler = on_end };

	(void)sigaction(SIGINT, &act, NULL);
	(void)sigaction(SIGTERM, &act, NULL);
}

/* What the verb holds. */
struct bitcoin {
	const struct env *env;
	const struct cmd_args *args;
	struct rt_rpc rpc;
	struct rt_node *node;
	struct rt_wallets *wallets;
	struct rt_server *server;
	struct progress progress;
	char folder[ENV_PATH_MAX]; /* DIR/regtest; empty: in memory */
	struct env_handle lock;    /* on the folder */
	char cookie[COOKIE_MAX];
	char cookie_path[ENV_PATH_MAX];
	struct app_secret auth;
	struct btc_script_room script; /* of --mine-to */
	enum err fault;
};

static void print(const struct bitcoin *b, const struct buf *text)
{
	enum err ignored;

	if (b->args->opt[OPT_QUIET].is_set)
		return;
	/* Whoever started it may no longer listen. */
	ignored = env_write_all(b->env, env_stream(b->env, ENV_STDOUT), text->p,
	                        text->len);
	(void)ignored;
}

/* --- beginning --- */

static enum err make_dir(const struct env *e, const char *path)
{
	enum err err = env_make_dir(e, path);

	return err == ERR_EXISTS ? ERR_OK : err;
}

static int make_folders(struct bitcoin *b)
{
	const char *dir = b->args->opt[OPT_DATADIR].text;
	struct buf path;
	enum err e;

	if (!dir)
		return CMD_EXIT_OK;
	buf_init(&path, ENV_PATH_MAX - 32);
	(void)buf_addf(&path, "%s/regtest", dir);
	e = buf_err(&path);
	if (e == ERR_OK)
		e = make_dir(b->env, dir);
	if (e == ERR_OK)
		e = make_dir(b->env, buf_str(&path));
	if (e == ERR_OK)
		memcpy(b->folder, buf_str(&path), path.len + 1);
	buf_fini(&path);
	return e == ERR_OK ? CMD_EXIT_OK
	                   : app_io_wrong(b->env, dir, err_text(e));
}

/* Whoever has the lock owns the folder, its cookie included. */
static int lock_folder(struct bitcoin *b)
{
	struct buf path;
	enum err e;

	if (!b->folder[0])
		return CMD_EXIT_OK;
	buf_init(&path, ENV_PATH_MAX - 1);
	(void)buf_addf(&path, "%s/.lock", b->folder);
	e = buf_err(&path);
	if (e == ERR_OK)
		e = env_open(b->env, buf_str(&path),
		             ENV_READ | ENV_WRITE | ENV_CREATE, &b->lock);
	if (e == ERR_OK)
		e = env_lock(b->env, b->lock);
	buf_fini(&path);
	return e == ERR_OK ? CMD_EXIT_OK
	                   : app_io_wrong(b->env, b->folder, err_text(e));
}

static enum err make_cookie(struct bitcoin *b)
{
	uint8_t random[COOKIE_BYTES];
	struct buf text;

	TRY(env_random(b->env, random, sizeof(random)));
	buf_init(&text, COOKIE_MAX);
	(void)buf_add_str(&text, COOKIE_USER);
	(void)buf_add_hex(&text, random, sizeof(random));
	secret_wipe(random, sizeof(random));
	enum err e = buf_err(&text);

	if (e == ERR_OK)
		memcpy(b->cookie, buf_str(&text), text.len + 1);
	buf_fini(&text);
	return e;
}

static enum err write_cookie(struct bitcoin *b)
{
	struct buf path;
	enum err e;

	if (!b->folder[0])
		return ERR_OK;
	buf_init(&path, ENV_PATH_MAX - 1);
	(void)buf_addf(&path, "%s/.cookie", b->folder);
	e = buf_err(&path);
	if (e == ERR_OK)
		e = env_replace_file(b->env, buf_str(&path),
		                     span_str(b->cookie));
	if (e == ERR_OK)
		memcpy(b->cookie_path, buf_str(&path), path.len + 1);
	buf_fini(&path);
	return e;
}

static int read_options(struct bitcoin *b)
{
	const struct cmd_arg *auth = &b->args->opt[OPT_AUTH];
	const struct cmd_arg *to = &b->args->opt[OPT_MINE_TO];
	enum err e;

	if (b->args->opt[OPT_BLOCK_TIME].is_set && !to->is_set)
		return app_io_wrong(b->env, "bitcoin",
		                    "--block-time needs --mine-to");
	if (to->is_set && btc_addr_parse(&b->script, BTC_REGTEST,
	                                 span_str(to->text)) != ERR_OK)
		return app_io_wrong(b->env, to->text,
		                    "is no address of regtest");
	if (!auth->is_set)
		return CMD_EXIT_OK;
	e = app_io_secret(b->env, auth->text, &b->auth);
	if (e != ERR_OK)
		return app_io_wrong(b->env, auth->text, err_text(e));
	if (!memchr(b->auth.bytes, ':', b->auth.len))
		return app_io_wrong(b->env, auth->text, "is not USER:PASSWORD");
	return CMD_EXIT_OK;
}

static int listen_for_calls(struct bitcoin *b)
{
	const struct cmd_arg *port = &b->args->opt[OPT_PORT];
	struct rt_server_options o = {
		.env = b->env,
		.rpc = &b->rpc,
		.secrets = { span_str(b->cookie),
		             span_of(b->auth.bytes, b->auth.len) },
		.n_secrets = b->auth.bytes ? 2 : 1,
	};
	struct buf address;
	enum err e;

	buf_init(&address, ADDRESS_MAX);
	(void)buf_addf(
	    &address, "127.0.0.1:%llu",
	    (unsigned long long)(port->is_set ? port->num : PORT_DEFAULT));
	o.address = buf_str(&address);
	rt_rpc_init(&b->rpc, b->env);
	e = rt_server_open(&b->server, &o);
	if (e != ERR_OK)
		(void)app_io_wrong(b->env, o.address, err_text(e));
	buf_fini(&address);
	return e == ERR_OK ? CMD_EXIT_OK : CMD_EXIT_USAGE;
}

/* While the log is read, clients are told so. */
static void on_progress(void *ctx, uint32_t height)
{
	struct bitcoin *b = ctx;
	enum err e = rt_server_step(b->server, 0);

	if (e != ERR_OK)
		b->fault = e;
	progress_set(&b->progress, height);
}

static void progress_write(void *ctx, struct span text)
{
	const struct bitcoin *b = ctx;
	enum err ignored = env_write_all(b->env, env_stream(b->env, ENV_STDERR),
	                                 text.p, text.len);

	(void)ignored;
}

static uint64_t progress_now(void *ctx)
{
	const struct bitcoin *b = ctx;

	return env_mono_ns(b->env) / 1000000;
}

static void begin_progress(struct bitcoin *b)
{
	unsigned width = env_terminal(b->env, env_stream(b->env, ENV_STDERR));

	b->progress = (struct progress){
		.write = b->args->opt[OPT_QUIET].is_set ? NULL : progress_write,
		.now_ms = progress_now,
		.ctx = b,
		.what = "blocks",
		.is_terminal = width > 0,
		.width = width,
	};
	progress_start(&b->progress);
}

static int open_node(struct bitcoin *b)
{
	struct rt_node_options o = {
		.env = b->env,
		.has_full_rbf = b->args->opt[OPT_FULL_RBF].is_set,
		.progress = on_progress,
		.progress_ctx = b,
	};
	char why[RT_LOG_WHY_MAX];
	struct buf chain;
	enum err e;

	buf_init(&chain, ENV_PATH_MAX);
	(void)buf_addf(&chain, "%s/chain", b->folder);
	if (b->folder[0])
		o.folder = buf_str(&chain);
	begin_progress(b);
	e = rt_node_open(&b->node, &o, why);
	if (e == ERR_OK)
		e = rt_wallets_open(&b->wallets, b->node);
	progress_hide(&b->progress);
	buf_fini(&chain);
	if (e != ERR_OK)
		return app_io_wrong(b->env,
		                    b->folder[0] ? b->folder : "bitcoin",
		                    why[0] ? why : err_text(e));
	b->rpc.node = b->node;
	b->rpc.wallets = b->wallets;
	return CMD_EXIT_OK;
}

static enum err say_ready(struct bitcoin *b)
{
	char address[ADDRESS_MAX];
	struct buf text;

	TRY(rt_server_address(b->server, address, sizeof(address)));
	buf_init(&text, 2 * ENV_PATH_MAX);
	(void)buf_addf(&text,
	               "bitcoin: regtest, height %u, calls at http://%s\n",
	               rt_chain_tip(&b->node->chain)->height, address);
	if (b->cookie_path[0])
		(void)buf_addf(&text, "bitcoin: cookie in %s\n",
		               b->cookie_path);
	else
		(void)buf_addf(&text, "bitcoin: cookie %s\n", b->cookie);
	print(b, &text);
	buf_fini(&text);
	return ERR_OK;
}

/* --- running --- */

/* Mines when it is time. @return milliseconds until the next time. */
static enum err mine_in_time(struct bitcoin *b, uint64_t *next_ms,
                             uint64_t *ret_wait)
{
	uint64_t every = b->args->opt[OPT_BLOCK_TIME].num * 1000;
	uint64_t now = progress_now(b);
	struct rt_submitted ignored;

	*ret_wait = ENV_FOREVER;
	if (every == 0)
		return ERR_OK;
	if (*next_ms == 0)
		*next_ms = now + every;
	if (now >= *next_ms) {
		*next_ms = now + every;
		TRY(rt_node_mine(b->node,
		                 span_of(b->script.bytes, b->script.len),
		                 &ignored));
	}
	*ret_wait = *next_ms - now;
	return ERR_OK;
}

static enum err serve(struct bitcoin *b)
{
	uint64_t next_ms = 0;
	uint64_t end_ms;
	uint64_t wait;

	while (!wants_end && !b->rpc.wants_stop) {
		TRY(mine_in_time(b, &next_ms, &wait));
		TRY(rt_server_step(b->server, wait));
	}
	end_ms = progress_now(b) + STOP_MS;
	while (rt_server_has_answers(b->server) && progress_now(b) < end_ms)
		TRY(rt_server_step(b->server, 100));
	return ERR_OK;
}

static int run(struct bitcoin *b)
{
	int code = make_folders(b);
	enum err e;

	if (code == CMD_EXIT_OK)
		code = lock_folder(b);
	if (code == CMD_EXIT_OK)
		code = read_options(b);
	if (code != CMD_EXIT_OK)
		return code;
	e = make_cookie(b);
	if (e != ERR_OK)
		return app_io_wrong(b->env, "bitcoin", err_text(e));
	code = listen_for_calls(b);
	if (code != CMD_EXIT_OK)
		return code;
	e = write_cookie(b);
	if (e != ERR_OK)
		return app_io_wrong(b->env, b->folder, err_text(e));
	code = open_node(b);
	if (code != CMD_EXIT_OK)
		return code;
	catch_end();
	e = b->fault;
	if (e == ERR_OK)
		e = say_ready(b);
	if (e == ERR_OK)
		e = serve(b);
	return e == ERR_OK ? CMD_EXIT_OK
	                   : app_io_reject(b->env, "bitcoin", err_text(e));
}

int cmd_bitcoin_run(const struct cmd_args *args, void *ctx)
{
	struct bitcoin b = { .env = ctx, .args = args, .lock = ENV_NONE };
	int code;

	/* What is written is the owner's alone: cookie and keys. */
	(void)umask(S_IRWXG | S_IRWXO);
	code = run(&b);
	rt_server_close(b.server);
	if (b.cookie_path[0]) {
		enum err ignored = env_remove(b.env, b.cookie_path);

		(void)ignored;
	}
	rt_wallets_close(b.wallets);
	rt_node_close(b.node);
	env_close(b.env, &b.lock);
	app_io_forget(&b.auth);
	secret_wipe(b.cookie, sizeof(b.cookie));
	return code;
}
