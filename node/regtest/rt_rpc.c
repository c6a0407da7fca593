/* node/regtest/rt_rpc.c - Requests and answers; contract in rt_rpc.h. */
#include "config.h"

#include "node/regtest/rt_rpc.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/regtest/rt_rpc_calls.h"

#define REQUEST_MAX ((size_t)0x02000000)
#define ARENA_MAX ((size_t)2 << 30)

#define WALLET_PATH "/wallet/"

/* Every method is a function rt_rpc_<group>_<name>. */
const struct rt_method rt_rpc_methods[] = {
#define X(group, name, args) { #group, #name, args, rt_rpc_##group##_##name },
#include "node/regtest/rt_method.def"
#undef X
};

const unsigned rt_rpc_n_methods = COUNT_OF(rt_rpc_methods);

void rt_rpc_init(struct rt_rpc *rpc, const struct env *env)
{
	*rpc = (struct rt_rpc){ .env = env, .start_ms = env_now_ms(env) };
}

/* One request and what it is answered with. */
struct request {
	struct rt_rpc *rpc;
	struct span path;
	struct buf *out;
	struct buf result; /* the method's, before it is known to be whole */
	struct arena a;
	unsigned status;
};

/* --- answers --- */

static void write_id(struct json_write *w, const struct json *id)
{
	struct span text;
	int64_t n;

	json_write_key(w, "id");
	if (json_read_text(id, &text))
		json_write_text(w, text);
	else if (json_read_i64(id, &n))
		json_write_i64(w, n);
	else
		json_write_null(w);
}

static void write_result(struct request *r, struct json_write *w,
                         const struct json *id)
{
	json_write_object(w);
	json_write_key(w, "result");
	json_write_raw(w, buf_span(&r->result));
	json_write_key(w, "error");
	json_write_null(w);
	write_id(w, id);
	json_write_close(w);
}

static void write_error(struct json_write *w, int code, const char *message,
                        const struct json *id)
{
	json_write_object(w);
	json_write_key(w, "result");
	json_write_null(w);
	json_write_key(w, "error");
	json_write_object(w);
	json_write_key(w, "code");
	json_write_i64(w, code);
	json_write_key(w, "message");
	json_write_str(w, message);
	json_write_close(w);
	write_id(w, id);
	json_write_close(w);
}

static unsigned status_of(int code)
{
	if (code == RT_RPC_INVALID)
		return 400;
	return code == RT_RPC_NO_METHOD ? 404 : 500;
}

/* --- calls --- */

static const struct rt_method *find_method(struct span name)
{
	for (unsigned i = 0; i < rt_rpc_n_methods; i++) {
		if (span_eq(name, span_str(rt_rpc_methods[i].name)))
			return &rt_rpc_methods[i];
	}
	return NULL;
}

/* The most arguments that a method takes, and the least. */
static void count_args(const char *args, unsigned *ret_most,
                       unsigned *ret_least)
{
	*ret_most = 0;
	*ret_least = 0;
	while (*args) {
		size_t len = strcspn(args, " ");

		(*ret_most)++;
		if (args[len - 1] != '?')
			*ret_least = *ret_most;
		args += len;
		args += *args == ' ';
	}
}

static bool is_arg(const char *args, struct span name)
{
	while (*args) {
		size_t len = strcspn(args, " ");
		size_t bare = strcspn(args, " ?");

		if (span_eq(span_of(args, bare), name))
			return true;
		args += len;
		args += *args == ' ';
	}
	return false;
}

/* A wrong number of arguments is answered with how to call it. */
static enum err check_args(struct rt_call *c)
{
	const struct json *v = json_read_first(c->params);
	unsigned most;
	unsigned least;
	unsigned n = 0;

	count_args(c->method->args, &most, &least);
	if (json_read_is_object(c->params)) {
		for (; v; v = json_read_next(v)) {
			struct span key = json_read_key(v);

			if (!is_arg(c->method->args, key))
				return rt_call_fail(
				    c, RT_RPC_PARAMETER,
				    "Unknown named parameter %.*s",
				    (int)(key.len > 99 ? 99 : key.len),
				    (const char *)key.p);
		}
		n = most;
	}
	for (; v; v = json_read_next(v))
		n++;
	bool is_given = n >= least && n <= most;

	for (unsigned i = 0; i < least && is_given; i++)
		is_given = rt_call_arg(c, i) || !json_read_is_object(c->params);
	if (!is_given)
		return rt_call_fail(c, RT_RPC_MISC, "%s %s\n", c->method->name,
		                    c->method->args);
	return ERR_OK;
}

/* "/wallet/NAME"; the name may have %-escapes. */
static enum err read_path(struct rt_call *c, struct span path)
{
	size_t head = strlen(WALLET_PATH);
	struct span name;
	uint8_t *to;
	size_t len = 0;

	c->has_wallet =
	    path.len >= head && memcmp(path.p, WALLET_PATH, head) == 0;
	if (!c->has_wallet)
		return ERR_OK;
	name = span_of(path.p + head, path.len - head);
	to = arena_alloc(c->a, name.len);
	if (!to)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < name.len; i++) {
		struct span one = span_of(name.p + i + 1, 2);
		struct span byte;

		to[len++] = name.p[i];
		if (name.p[i] == '%' && i + 2 < name.len &&
		    rt_call_hex(c, one, &byte)) {
			to[len - 1] = byte.p[0];
			i += 2;
		}
	}
	c->wallet = span_of(to, len);
	return ERR_OK;
}

static enum err run(struct request *r, struct rt_call *c)
{
	struct json_write w;
	enum err e;

	TRY(check_args(c));
	TRY(read_path(c, r->path));
	json_write_init(&w, &r->result, 0);
	c->out = &w;
	e = c->method->run(c);
	return e == ERR_OK ? json_write_end(&w) : e;
}

/* What is wrong with a call that is not run. */
static enum err prepare(struct request *r, struct rt_call *c,
                        const struct json *call)
{
	const struct json *method = json_read_get(call, "method");
	struct span name;

	c->params = json_read_get(call, "params");
	if (!json_read_is_object(call))
		return rt_call_fail(c, RT_RPC_INVALID,
		                    "Invalid Request object");
	if (!method || json_read_is_null(method))
		return rt_call_fail(c, RT_RPC_INVALID, "Missing method");
	if (!json_read_text(method, &name))
		return rt_call_fail(c, RT_RPC_INVALID,
		                    "Method must be a string");
	if (c->params && !json_read_is_null(c->params) &&
	    !json_read_is_array(c->params) && !json_read_is_object(c->params))
		return rt_call_fail(c, RT_RPC_INVALID,
		                    "Params must be an array or object");
	if (!r->rpc->node)
		return rt_call_fail(c, RT_RPC_WARMUP, "Loading block index…");
	c->method = find_method(name);
	if (!c->method)
		return rt_call_fail(c, RT_RPC_NO_METHOD, "Method not found");
	return ERR_OK;
}

static void answer(struct request *r, struct json_write *w,
                   const struct json *call)
{
	struct rt_call c = { .rpc = r->rpc, .node = r->rpc->node, .a = &r->a };
	const struct json *id = json_read_get(call, "id");
	enum err e;

	arena_reset(&r->a);
	buf_reset(&r->result);
	e = prepare(r, &c, call);
	if (e == ERR_OK)
		e = run(r, &c);
	if (e == ERR_TOO_LARGE)
		e = rt_call_fail(&c, RT_RPC_MISC, "the answer is too large");
	r->status = 200;
	if (e == ERR_OK) {
		write_result(r, w, id);
	} else if (e == ERR_BTC_RULE) {
		r->status = status_of(c.code);
		write_error(w, c.code, c.message, id);
	} else {
		r->rpc->fault = e;
		json_write_null(w);
	}
}

static void answer_all(struct request *r, const struct json *doc)
{
	const struct json *call = json_read_first(doc);
	struct json_write w;

	json_write_init(&w, r->out, 0);
	if (!json_read_is_array(doc)) {
		if (json_read_is_object(doc))
			answer(r, &w, doc);
		else
			write_error(&w, RT_RPC_PARSE,
			            "Top-level object parse error", NULL);
		if (!json_read_is_object(doc))
			r->status = 500;
		return;
	}
	json_write_array(&w);
	for (; call && r->rpc->fault == ERR_OK; call = json_read_next(call))
		answer(r, &w, call);
	json_write_close(&w);
	r->status = 200;
}

unsigned rt_rpc_handle(struct rt_rpc *rpc, struct span path, struct span body,
                       struct buf *out)
{
	struct request r = { .rpc = rpc, .path = path, .out = out };
	const struct json *doc = NULL;
	struct json_write w;

	arena_init(&r.a, ARENA_MAX);
	buf_init(&r.result, RT_RPC_ANSWER_MAX);
	if (json_read_parse(&doc, body, REQUEST_MAX) != ERR_OK) {
		json_write_init(&w, out, 0);
		write_error(&w, RT_RPC_PARSE, "Parse error", NULL);
		r.status = 500;
	} else {
		answer_all(&r, doc);
	}
	json_read_free(doc);
	arena_fini(&r.a);
	buf_fini(&r.result);
	(void)buf_add_u8(out, '\n');
	if (rpc->fault == ERR_OK)
		return r.status;
	buf_reset(out);
	return 500;
}
