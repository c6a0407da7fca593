/* node/store/witness.c - What was acknowledged; contract in witness.h. */
#include "config.h"

#include "node/store/witness.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"

#define MAGIC "tenurewt"
#define MAGIC_LEN 8u
#define TOLD 40u
#define PLACE_LEN (TOLD + HASH_256_LEN)
#define PLACES 2u
#define PLACE_STEP 4096u

static void witness_spell(uint8_t ret[PLACE_LEN], const struct witness_mark *m)
{
	memcpy(ret, MAGIC, MAGIC_LEN);
	be32_write(ret + 8, m->schema);
	be32_write(ret + 12, m->chain_id);
	be64_write(ret + 16, m->stamp);
	be32_write(ret + 24, m->tip);
	be32_write(ret + 28, m->height);
	be64_write(ret + 32, m->turn);
	hash_sha512_256(ret + TOLD, ret, TOLD);
}

/* Reads a place. ERR_STORE_CORRUPT: it cannot be believed. */
static enum err witness_parse(const uint8_t bytes[PLACE_LEN], uint32_t place,
                              struct witness_mark *ret)
{
	uint8_t sum[HASH_256_LEN];

	hash_sha512_256(sum, bytes, TOLD);
	if (memcmp(sum, bytes + TOLD, sizeof(sum)) != 0 ||
	    memcmp(bytes, MAGIC, MAGIC_LEN) != 0)
		return ERR_STORE_CORRUPT;
	*ret = (struct witness_mark){ .schema = be32_read(bytes + 8),
		                      .chain_id = be32_read(bytes + 12),
		                      .stamp = be64_read(bytes + 16),
		                      .tip = be32_read(bytes + 24),
		                      .height = be32_read(bytes + 28),
		                      .turn = be64_read(bytes + 32) };
	return ret->turn % PLACES == place ? ERR_OK : ERR_STORE_CORRUPT;
}

static enum err witness_read_place(const struct witness *w, uint32_t place,
                                   struct witness_mark *ret)
{
	uint8_t bytes[PLACE_LEN];
	size_t have = 0;

	while (have < PLACE_LEN) {
		size_t n;

		TRY(env_read_at(w->env, w->file, place * PLACE_STEP + have,
		                bytes + have, PLACE_LEN - have, &n));
		if (n == 0)
			return ERR_STORE_CORRUPT;
		have += n;
	}
	return witness_parse(bytes, place, ret);
}

static enum err witness_read(struct witness *w)
{
	struct witness_mark marks[PLACES];
	enum err e[PLACES];

	for (uint32_t i = 0; i < PLACES; i++) {
		e[i] = witness_read_place(w, i, &marks[i]);
		if (e[i] != ERR_OK && e[i] != ERR_STORE_CORRUPT)
			return e[i];
	}
	if (e[0] != ERR_OK && e[1] != ERR_OK)
		return ERR_STORE_CORRUPT;
	if (e[0] == ERR_OK && e[1] == ERR_OK)
		w->last = marks[marks[1].turn > marks[0].turn];
	else
		w->last = marks[e[0] != ERR_OK];
	return ERR_OK;
}

/* A new file is whole before it has its name, with room for both places. */
static enum err witness_make(struct witness *w, const char *path,
                             const struct witness_mark *first)
{
	uint8_t bytes[PLACE_STEP + PLACE_LEN] = { 0 };

	CHECK(first->stamp == 0 && first->turn == 0);
	witness_spell(bytes, first);
	return env_replace_file(w->env, path, span_of(bytes, sizeof(bytes)));
}

static enum err witness_load(struct witness *w, const char *path)
{
	TRY(env_open(w->env, path, ENV_READ | ENV_WRITE, &w->file));

	enum err e = env_lock(w->env, w->file);

	if (e == ERR_OK)
		e = witness_read(w);
	if (e != ERR_OK)
		env_close(w->env, &w->file);
	return e;
}

enum err witness_open(struct witness *w, const struct env *e, const char *path,
                      const struct witness_mark *first)
{
	*w = (struct witness){ .env = e, .file = ENV_NONE };

	enum err got = witness_load(w, path);

	if (got != ERR_ABSENT || !first)
		return got;
	TRY(witness_make(w, path, first));
	return witness_load(w, path);
}

void witness_close(struct witness *w)
{
	if (w->env)
		env_close(w->env, &w->file);
}

enum err witness_write(struct witness *w, const struct witness_mark *mark)
{
	struct witness_mark next = *mark;
	uint8_t bytes[PLACE_LEN];
	uint64_t place;

	CHECK(mark->stamp > w->last.stamp);
	next.turn = w->last.turn + 1;
	place = next.turn % PLACES;
	witness_spell(bytes, &next);
	TRY(env_write_all_at(w->env, w->file, place * PLACE_STEP, bytes,
	                     sizeof(bytes)));
	TRY(env_sync(w->env, w->file));
	w->last = next;
	return ERR_OK;
}
