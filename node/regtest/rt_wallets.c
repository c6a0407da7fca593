/*
 * node/regtest/rt_wallets.c - Wallets made, kept and loaded; rt_wallet.h.
 *
 * A wallet is kept as lines of text: what it is, its seed in hex, how many
 * addresses were taken, and each label and import with its label in hex.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"
#include "clarity/crypto/secret.h"
#include "node/regtest/rt_wallet.h"

#define ARENA_MAX ((size_t)4 << 30)
#define VALUE_MAX ((size_t)256 << 20)
#define WALLETS_MAX 10000u
#define SCRIPTS_MAX (1u << 24)

/* Satoshi for 1,000 virtual bytes while nothing else is said. */
#define FEE_RATE 10000u

static const uint32_t purposes[RT_WALLET_TYPES] = { 44, 49, 84, 86 };

static struct rt_wallets *wallets_new(void)
{
	return calloc(1, sizeof(struct rt_wallets));
}

static struct rt_wallet *wallet_new(void)
{
	return calloc(1, sizeof(struct rt_wallet));
}

enum err rt_wallets_open(struct rt_wallets **ret, struct rt_node *node)
{
	struct rt_wallets *ws = wallets_new();

	if (!ws)
		return ERR_NO_MEMORY;
	ws->node = node;
	arena_init(&ws->arena, ARENA_MAX);
	hmap_init(&ws->loaded, NULL, WALLETS_MAX, &node->seed);
	hmap_init(&ws->values, NULL, WALLETS_MAX, &node->seed);
	*ret = ws;
	return ERR_OK;
}

static void wallet_free(struct rt_wallet *w)
{
	hmap_fini(&w->scripts);
	hmap_fini(&w->locked);
	arena_fini(&w->arena);
	secret_wipe(w, sizeof(*w));
	free(w);
}

void rt_wallets_close(struct rt_wallets *ws)
{
	const struct hmap_entry *e;
	uint32_t place = 0;

	if (!ws)
		return;
	while ((e = hmap_next(&ws->loaded, &place)) != NULL)
		wallet_free(e->value);
	hmap_fini(&ws->loaded);
	hmap_fini(&ws->values);
	arena_fini(&ws->arena);
	free(ws);
}

struct rt_wallet *rt_wallets_find(const struct rt_wallets *ws, struct span name)
{
	return hmap_get(&ws->loaded, name);
}

void rt_wallets_unload(struct rt_wallets *ws, struct rt_wallet *w)
{
	(void)hmap_del(&ws->loaded, w->name);
	wallet_free(w);
}

/* Derives the keys above all addresses. */
static enum err set_seed(struct rt_wallet *w)
{
	struct bip32_key root;

	TRY(bip32_root(&root, span_of(w->seed, sizeof(w->seed))));
	for (unsigned t = 0; t < RT_WALLET_TYPES; t++) {
		for (uint32_t change = 0; change < 2; change++) {
			uint32_t steps[] = { purposes[t] | BIP32_HARDENED,
				             1 | BIP32_HARDENED, BIP32_HARDENED,
				             change };

			TRY(bip32_path(&w->parents[t][change], &root, steps,
			               4));
		}
	}
	secret_wipe(&root, sizeof(root));
	w->has_seed = true;
	return ERR_OK;
}

static enum err enter(struct rt_wallets *ws, struct span name,
                      struct rt_wallet **ret)
{
	struct rt_wallet *w = wallet_new();
	const void *copy;

	if (!w)
		return ERR_NO_MEMORY;
	arena_init(&w->arena, ARENA_MAX);
	hmap_init(&w->scripts, NULL, SCRIPTS_MAX, &ws->node->seed);
	hmap_init(&w->locked, NULL, SCRIPTS_MAX, &ws->node->seed);
	rt_keys_init(&w->keys, &w->arena);
	w->node = ws->node;
	w->fee_rate = FEE_RATE;
	copy = arena_copy(&w->arena, name.p, name.len);
	w->name = span_of(copy, name.len);
	enum err e = copy ? hmap_put(&ws->loaded, w->name, w) : ERR_NO_MEMORY;

	if (e != ERR_OK)
		wallet_free(w);
	else
		*ret = w;
	return e;
}

/* --- keeping --- */

static void add_owned(struct buf *b, const struct rt_owned *o)
{
	if (o->desc.len > 0) {
		(void)buf_add_str(b, "import ");
		(void)buf_add_hex(b, o->label.p, o->label.len);
		(void)buf_addf(b, " %.*s\n", (int)o->desc.len,
		               (const char *)o->desc.p);
	} else if (o->label.len > 0) {
		(void)buf_add_str(b, "label ");
		(void)buf_add_hex(b, o->script.p, o->script.len);
		(void)buf_add_u8(b, ' ');
		(void)buf_add_hex(b, o->label.p, o->label.len);
		(void)buf_add_u8(b, '\n');
	}
}

static void write_value(struct buf *b, const struct rt_wallet *w)
{
	const struct hmap_entry *e;
	const uint8_t *last = NULL;
	uint32_t place = 0;

	(void)buf_addf(b, "wallet 1 %d %d\n", w->has_seed, w->is_watching);
	(void)buf_add_str(b, "seed ");
	(void)buf_add_hex(b, w->seed, sizeof(w->seed));
	(void)buf_add_str(b, "\nnext");
	for (unsigned t = 0; t < RT_WALLET_TYPES; t++)
		(void)buf_addf(b, " %u %u", w->next[t][0], w->next[t][1]);
	(void)buf_add_u8(b, '\n');
	while ((e = hmap_next(&w->scripts, &place)) != NULL) {
		const struct rt_owned *o = e->value;

		/* A descriptor with several scripts is written once. */
		if (o->desc.len > 0 && o->desc.p == last)
			continue;
		last = o->desc.p;
		add_owned(b, o);
	}
}

static enum err keep_value(struct rt_wallets *ws, struct span name,
                           struct span value)
{
	struct span *kept;
	const void *key;

	if (ws->node->log)
		return rt_log_put_wallet(ws->node->log, name, value);
	kept = hmap_get(&ws->values, name);
	if (!kept) {
		kept = arena_alloc(&ws->arena, sizeof(*kept));
		key = arena_copy(&ws->arena, name.p, name.len);
		if (!kept || !key)
			return ERR_NO_MEMORY;
		TRY(hmap_put(&ws->values, span_of(key, name.len), kept));
	}
	*kept = span_of(arena_copy(&ws->arena, value.p, value.len), value.len);
	return kept->p ? ERR_OK : ERR_NO_MEMORY;
}

enum err rt_wallets_save(struct rt_wallets *ws, const struct rt_wallet *w)
{
	struct buf b;
	enum err e;

	buf_init(&b, VALUE_MAX);
	write_value(&b, w);
	e = buf_err(&b);
	if (e == ERR_OK)
		e = keep_value(ws, w->name, buf_span(&b));
	if (b.p)
		secret_wipe(b.p, b.len);
	buf_fini(&b);
	return e;
}

static enum err find_value(struct rt_wallets *ws, struct arena *a,
                           struct span name, struct span *ret, bool *ret_found)
{
	const struct span *kept;

	if (ws->node->log)
		return rt_log_get_wallet(ws->node->log, a, name, ret,
		                         ret_found);
	kept = hmap_get(&ws->values, name);
	*ret_found = kept != NULL;
	if (kept)
		*ret = *kept;
	return ERR_OK;
}

enum err rt_wallets_create(struct rt_wallets *ws, struct span name,
                           bool has_seed, bool is_watching)
{
	struct arena_mark mark = arena_mark(&ws->node->work);
	struct rt_wallet *w;
	struct span value;
	bool is_found;
	enum err e;

	e = find_value(ws, &ws->node->work, name, &value, &is_found);
	arena_cut(&ws->node->work, mark);
	TRY(e);
	if (is_found || rt_wallets_find(ws, name))
		return ERR_EXISTS;
	TRY(enter(ws, name, &w));
	w->is_watching = is_watching;
	if (has_seed) {
		e = env_random(ws->node->env, w->seed, sizeof(w->seed));
		if (e == ERR_OK)
			e = set_seed(w);
	}
	if (e == ERR_OK)
		e = rt_wallets_save(ws, w);
	if (e != ERR_OK)
		rt_wallets_unload(ws, w);
	return e;
}

/* --- reading --- */

static struct span take_word(struct cursor *c, uint8_t end)
{
	const uint8_t *from = c->at;

	while (cursor_left(c) > 0 && *c->at != end)
		c->at++;
	struct span word = span_of(from, (size_t)(c->at - from));

	if (cursor_left(c) > 0)
		c->at++;
	return word;
}

static bool take_number(struct cursor *c, uint64_t *ret)
{
	struct span word = take_word(c, ' ');

	return u64_parse(ret, (const char *)word.p, word.len);
}

static int digit_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Hex into the wallet's arena; NULL for what is none. */
static struct span take_hex(struct rt_wallet *w, struct cursor *c)
{
	struct span word = take_word(c, ' ');
	uint8_t *bytes = arena_alloc(&w->arena, word.len / 2 + 1);

	for (size_t i = 0; bytes && i + 1 < word.len; i += 2) {
		int high = digit_of(word.p[i]);
		int low = digit_of(word.p[i + 1]);

		if (high < 0 || low < 0)
			return span_of(NULL, 0);
		bytes[i / 2] = (uint8_t)(high << 4 | low);
	}
	return span_of(bytes, bytes ? word.len / 2 : 0);
}

static enum err read_next(struct rt_wallet *w, struct cursor *c)
{
	struct rt_owned *ignored;

	for (unsigned t = 0; t < RT_WALLET_TYPES; t++) {
		for (unsigned change = 0; change < 2; change++) {
			uint64_t n;

			if (!take_number(c, &n) || (n > 0 && !w->has_seed))
				return ERR_STORE_CORRUPT;
			for (; n > 0; n--)
				TRY(rt_wallet_take(w, (enum rt_wallet_type)t,
				                   change, span_of(NULL, 0),
				                   &ignored));
		}
	}
	return ERR_OK;
}

static enum err read_line(struct rt_wallet *w, struct span line)
{
	struct cursor c = cursor_of(line);
	struct span word = take_word(&c, ' ');
	struct rt_owned *o;
	struct span bytes;
	const char *why;

	if (span_eq(word, span_str("seed"))) {
		bytes = take_hex(w, &c);
		if (bytes.len != sizeof(w->seed))
			return ERR_STORE_CORRUPT;
		memcpy(w->seed, bytes.p, sizeof(w->seed));
		return w->has_seed ? set_seed(w) : ERR_OK;
	}
	if (span_eq(word, span_str("next")))
		return read_next(w, &c);
	if (span_eq(word, span_str("label"))) {
		o = rt_wallet_find(w, take_hex(w, &c));
		if (!o)
			return ERR_STORE_CORRUPT;
		o->label = take_hex(w, &c);
		return ERR_OK;
	}
	if (!span_eq(word, span_str("import")))
		return ERR_STORE_CORRUPT;
	bytes = take_hex(w, &c);
	return rt_wallet_import(w, span_of(c.at, cursor_left(&c)), bytes, false,
	                        &why);
}

static enum err read_value(struct rt_wallet *w, struct span value)
{
	struct cursor c = cursor_of(value);
	struct cursor head = cursor_of(take_word(&c, '\n'));
	struct span word = take_word(&head, ' ');
	uint64_t version;
	uint64_t has_seed;
	uint64_t is_watching;

	if (!span_eq(word, span_str("wallet")) ||
	    !take_number(&head, &version) || version != 1 ||
	    !take_number(&head, &has_seed) || !take_number(&head, &is_watching))
		return ERR_STORE_CORRUPT;
	w->has_seed = has_seed;
	w->is_watching = is_watching;
	while (cursor_left(&c) > 0)
		TRY(read_line(w, take_word(&c, '\n')));
	return ERR_OK;
}

enum err rt_wallets_load(struct rt_wallets *ws, struct span name)
{
	struct arena_mark mark = arena_mark(&ws->node->work);
	struct rt_wallet *w = NULL;
	struct span value;
	bool is_found;
	enum err e;

	e = find_value(ws, &ws->node->work, name, &value, &is_found);
	if (e == ERR_OK && !is_found)
		e = ERR_ABSENT;
	if (e == ERR_OK)
		e = enter(ws, name, &w);
	if (e == ERR_OK)
		e = read_value(w, value);
	arena_cut(&ws->node->work, mark);
	if (e != ERR_OK && w)
		rt_wallets_unload(ws, w);
	return e == ERR_SYNTAX ? ERR_STORE_CORRUPT : e;
}
