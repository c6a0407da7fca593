/* node/regtest/rt_log.c - The chain's log on disk; contract in rt_log.h. */
#include "config.h"

#include "node/regtest/rt_log.h"

#include <stdio.h>
#include <stdlib.h>

#include "clarity/base/buf.h"
#include "clarity/base/num.h"
#include "node/io/kv.h"

enum family {
	FAMILY_LOG,
	FAMILY_WALLET,
	FAMILY_META
};

static const char *const families[] = { "log", "wallet", "meta" };

static const uint8_t format_now[] = { 1 };

struct rt_log {
	struct kv *kv;
	struct kv_batch *batch;
	uint64_t next;
};

static struct rt_log *log_new(void)
{
	return calloc(1, sizeof(struct rt_log));
}

/* An empty database gets the mark; one with another mark is refused. */
static enum err check_format(struct rt_log *log, char *ret_why)
{
	struct span key = span_str("format");
	struct span want = span_of(format_now, sizeof(format_now));
	struct arena a;
	struct span is;
	bool is_found;
	enum err e;

	arena_init(&a, 1 << 20);
	e = kv_get(log->kv, &a, FAMILY_META, key, &is, &is_found);
	if (e == ERR_OK && !is_found) {
		kv_batch_put(log->batch, log->kv, FAMILY_META, key, want);
		e = kv_write(log->kv, log->batch, true);
	} else if (e == ERR_OK && !span_eq(is, want)) {
		(void)snprintf(ret_why, RT_LOG_WHY_MAX,
		               "the folder has another format of the chain");
		e = ERR_STORE_CORRUPT;
	}
	arena_fini(&a);
	return e;
}

/* Numbers are dense and begin with 0: the count is the next one. */
static enum err count_records(struct rt_log *log)
{
	struct kv_iter *it =
	    kv_iter_open(log->kv, FAMILY_LOG, span_of(NULL, 0));
	struct span key;
	struct span value;
	bool is_found = true;
	enum err e = it ? ERR_OK : ERR_NO_MEMORY;

	while (e == ERR_OK && is_found) {
		e = kv_iter_next(it, &key, &value, &is_found);
		if (e != ERR_OK || !is_found)
			break;
		if (key.len != 8 || be64_read(key.p) != log->next)
			e = ERR_STORE_CORRUPT;
		log->next++;
	}
	kv_iter_close(it);
	return e;
}

enum err rt_log_open(struct rt_log **ret, const char *folder, char *ret_why)
{
	struct kv_options options = { .path = folder,
		                      .families = families,
		                      .n_families = 3,
		                      .may_create = true };
	struct rt_log *log = log_new();
	enum err e;

	ret_why[0] = '\0';
	if (!log)
		return ERR_NO_MEMORY;
	e = kv_open(&log->kv, &options, ret_why);
	if (e == ERR_OK) {
		log->batch = kv_batch_new();
		e = log->batch ? check_format(log, ret_why) : ERR_NO_MEMORY;
	}
	if (e == ERR_OK)
		e = count_records(log);
	if (e != ERR_OK) {
		if (!ret_why[0])
			(void)snprintf(ret_why, RT_LOG_WHY_MAX, "%s",
			               err_text(e));
		rt_log_close(log);
		return e;
	}
	*ret = log;
	return ERR_OK;
}

void rt_log_close(struct rt_log *log)
{
	if (!log)
		return;
	kv_batch_free(log->batch);
	kv_close(log->kv);
	free(log);
}

enum err rt_log_add(struct rt_log *log, enum rt_log_kind kind,
                    struct span payload)
{
	uint8_t key[8];
	struct buf value;
	enum err e;

	buf_init(&value, payload.len + 1);
	(void)buf_add_u8(&value, (uint8_t)kind);
	(void)buf_add_span(&value, payload);
	e = buf_err(&value);
	if (e == ERR_OK) {
		be64_write(key, log->next);
		kv_batch_clear(log->batch);
		kv_batch_put(log->batch, log->kv, FAMILY_LOG,
		             span_of(key, sizeof(key)), buf_span(&value));
		e = kv_write(log->kv, log->batch, false);
	}
	buf_fini(&value);
	if (e == ERR_OK)
		log->next++;
	return e;
}

enum err rt_log_replay(struct rt_log *log, rt_log_visit *visit, void *ctx)
{
	struct kv_iter *it =
	    kv_iter_open(log->kv, FAMILY_LOG, span_of(NULL, 0));
	struct span key;
	struct span value;
	bool is_found = true;
	enum err e = it ? ERR_OK : ERR_NO_MEMORY;

	while (e == ERR_OK && is_found) {
		e = kv_iter_next(it, &key, &value, &is_found);
		if (e != ERR_OK || !is_found)
			break;
		if (value.len == 0 || value.p[0] == 0 ||
		    value.p[0] >= RT_LOG_KINDS)
			e = ERR_STORE_CORRUPT;
		else
			e = visit(ctx, (enum rt_log_kind)value.p[0],
			          span_of(value.p + 1, value.len - 1));
	}
	kv_iter_close(it);
	return e;
}

enum err rt_log_put_wallet(struct rt_log *log, struct span name,
                           struct span value)
{
	kv_batch_clear(log->batch);
	kv_batch_put(log->batch, log->kv, FAMILY_WALLET, name, value);
	/* Keys are worth a sync: with them money would be lost. */
	return kv_write(log->kv, log->batch, true);
}

enum err rt_log_get_wallet(struct rt_log *log, struct arena *a,
                           struct span name, struct span *ret, bool *ret_found)
{
	return kv_get(log->kv, a, FAMILY_WALLET, name, ret, ret_found);
}

enum err rt_log_list_wallets(struct rt_log *log,
                             enum err (*visit)(void *ctx, struct span name),
                             void *ctx)
{
	struct kv_iter *it =
	    kv_iter_open(log->kv, FAMILY_WALLET, span_of(NULL, 0));
	struct span key;
	struct span value;
	bool is_found = true;
	enum err e = it ? ERR_OK : ERR_NO_MEMORY;

	while (e == ERR_OK && is_found) {
		e = kv_iter_next(it, &key, &value, &is_found);
		if (e == ERR_OK && is_found)
			e = visit(ctx, key);
	}
	kv_iter_close(it);
	return e;
}
