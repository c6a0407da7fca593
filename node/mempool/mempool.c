/* node/mempool/mempool.c - Waiting transactions; see mempool.h. */
#include "config.h"

#include "node/mempool/mempool.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "node/mempool/pay_list.h"

/** An account's key in the map. */
#define ADDRESS_KEY_LEN (1u + ADDRESS_HASH_LEN)

struct entry;
struct account;

/** A place in an account's list; the account is NULL outside of one. */
struct link {
	struct entry *entry;
	struct link *next; /* with the next higher nonce */
	struct account *account;
	uint64_t nonce;
};

struct account {
	uint8_t key[ADDRESS_KEY_LEN];
	struct link *first;
	uint32_t n;
	struct account *free; /* the next one that is not in use */
};

struct entry {
	struct mempool_tx tx; /* first: it is handed out as the entry */
	struct buf bytes;
	struct link origin;
	struct link sponsor;
	struct pay_node pay;
	struct entry *free;
};

struct mempool {
	struct mempool_options options;
	struct arena arena; /* accounts and entries, which are used again */
	struct entry *free_entries;
	struct account *free_accounts;
	struct hmap by_id;
	struct hmap by_account;
	struct pay_list by_pay;
	uint64_t bytes;
	uint64_t n_came;
};

enum err mempool_new(struct mempool **ret,
                     const struct mempool_options *options)
{
	struct mempool *m = calloc(1, sizeof(*m));

	if (!m)
		return ERR_NO_MEMORY;
	m->options = *options;
	arena_init(&m->arena, SIZE_MAX / 2);
	hmap_init(&m->by_id, NULL, options->n_max, &options->seed);
	hmap_init(&m->by_account, NULL, 2 * options->n_max, &options->seed);
	pay_list_init(&m->by_pay, options->seed.k[0]);
	*ret = m;
	return ERR_OK;
}

void mempool_free(struct mempool *m)
{
	if (!m)
		return;
	for (struct pay_node *p = m->by_pay.first[0]; p; p = p->next[0])
		buf_fini(&((struct entry *)p->owner)->bytes);
	hmap_fini(&m->by_id);
	hmap_fini(&m->by_account);
	arena_fini(&m->arena);
	free(m);
}

static struct span key_of(uint8_t ret[ADDRESS_KEY_LEN],
                          const struct address *who)
{
	ret[0] = who->version;
	memcpy(ret + 1, who->hash, ADDRESS_HASH_LEN);
	return span_of(ret, ADDRESS_KEY_LEN);
}

static struct account *find_account(const struct mempool *m,
                                    const struct address *who)
{
	uint8_t key[ADDRESS_KEY_LEN];

	return hmap_get(&m->by_account, key_of(key, who));
}

static enum err take_account(struct mempool *m, const struct address *who,
                             struct account **ret)
{
	struct account *a = m->free_accounts;

	*ret = find_account(m, who);
	if (*ret)
		return ERR_OK;
	if (a)
		m->free_accounts = a->free;
	else if (!(a = arena_new(&m->arena, struct account)))
		return ERR_NO_MEMORY;
	memset(a, 0, sizeof(*a));
	enum err err = hmap_put(&m->by_account, key_of(a->key, who), a);

	if (err != ERR_OK) {
		a->free = m->free_accounts;
		m->free_accounts = a;
		return err;
	}
	*ret = a;
	return ERR_OK;
}

static void give_account(struct mempool *m, struct account *a)
{
	if (a->n > 0)
		return;
	(void)hmap_del(&m->by_account, span_of(a->key, sizeof(a->key)));
	a->free = m->free_accounts;
	m->free_accounts = a;
}

static enum err link_in(struct mempool *m, struct link *l, struct entry *e,
                        const struct mempool_nonce *nonce)
{
	struct account *a;

	TRY(take_account(m, &nonce->who, &a));
	if (a->n == MEMPOOL_ACCOUNT_MAX)
		return ERR_POOL_FULL;
	struct link **at = &a->first;

	while (*at && (*at)->nonce < nonce->nonce)
		at = &(*at)->next;
	*l = (struct link){ e, *at, a, nonce->nonce };
	*at = l;
	a->n++;
	return ERR_OK;
}

static void link_out(struct mempool *m, struct link *l)
{
	struct account *a = l->account;

	if (!a)
		return;
	struct link **at = &a->first;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	a->n--;
	l->account = NULL;
	give_account(m, a);
}

/* Takes an entry apart, as far as it was put together. */
static void give_entry(struct mempool *m, struct entry *e)
{
	link_out(m, &e->origin);
	link_out(m, &e->sponsor);
	buf_fini(&e->bytes);
	e->free = m->free_entries;
	m->free_entries = e;
}

static void drop(struct mempool *m, struct entry *e, enum mempool_drop why,
                 const uint8_t *replacer)
{
	const struct mempool_watch *watch = &m->options.watch;

	(void)hmap_del(&m->by_id, span_of(e->tx.id, WIRE_HASH_LEN));
	pay_list_remove(&m->by_pay, &e->pay);
	m->bytes -= e->tx.bytes.len;
	if (watch->left)
		watch->left(watch->ctx, e->tx.id, why, replacer);
	give_entry(m, e);
}

static bool is_same(const struct address *a, const struct address *b)
{
	return a->version == b->version &&
	       memcmp(a->hash, b->hash, sizeof(a->hash)) == 0;
}

/* An account that sponsors itself has one nonce. */
static bool has_two(const struct mempool_tx *t)
{
	return t->is_sponsored && !is_same(&t->origin.who, &t->sponsor.who);
}

static void describe(struct mempool_tx *ret, const struct tx *tx)
{
	const struct auth_cond *payer = auth_payer(&tx->auth);

	ret->fee = payer->fee;
	ret->is_sponsored = tx->auth.is_sponsored;
	ret->origin.who = auth_address(&tx->auth.origin, tx->is_mainnet);
	ret->origin.nonce = tx->auth.origin.nonce;
	if (!ret->is_sponsored)
		return;
	ret->sponsor.who = auth_address(payer, tx->is_mainnet);
	ret->sponsor.nonce = payer->nonce;
}

static struct entry *find_nonce(const struct mempool *m,
                                const struct mempool_nonce *nonce)
{
	const struct account *a = find_account(m, &nonce->who);

	for (struct link *l = a ? a->first : NULL; l; l = l->next)
		if (l->nonce == nonce->nonce)
			return l->entry;
	return NULL;
}

/* The transactions whose nonces a new one wants. */
static uint32_t find_rivals(const struct mempool *m, const struct entry *e,
                            struct entry *ret[2])
{
	uint32_t n = 0;
	struct entry *rival = find_nonce(m, &e->tx.origin);

	if (rival)
		ret[n++] = rival;
	rival = has_two(&e->tx) ? find_nonce(m, &e->tx.sponsor) : NULL;
	if (rival && (n == 0 || rival != ret[0]))
		ret[n++] = rival;
	return n;
}

static enum err replace(struct mempool *m, const struct entry *e)
{
	struct entry *rivals[2];
	uint32_t n = find_rivals(m, e, rivals);

	for (uint32_t i = 0; i < n; i++)
		if (rivals[i]->tx.fee >= e->tx.fee)
			return ERR_POOL_CONFLICT;
	for (uint32_t i = 0; i < n; i++)
		drop(m, rivals[i], MEMPOOL_REPLACED, e->tx.id);
	return ERR_OK;
}

/* The last of what depends on the worst paid: without it nothing is stuck. */
static struct entry *find_victim(const struct mempool *m)
{
	struct entry *worst = m->by_pay.last->owner;
	struct link *l = worst->origin.account->first;

	while (l->next)
		l = l->next;
	return l->entry;
}

static enum err make_room(struct mempool *m, const struct entry *e, size_t len)
{
	if (len > m->options.bytes_max)
		return ERR_POOL_FULL;
	while (m->by_id.n == m->options.n_max ||
	       m->bytes + len > m->options.bytes_max) {
		if (pay_list_cmp(m->by_pay.last, &e->pay) < 0)
			return ERR_POOL_FULL;
		drop(m, find_victim(m), MEMPOOL_EVICTED, NULL);
	}
	return ERR_OK;
}

static enum err take_entry(struct mempool *m, struct entry **ret)
{
	struct entry *e = m->free_entries;

	if (e)
		m->free_entries = e->free;
	else if (!(e = arena_new(&m->arena, struct entry)))
		return ERR_NO_MEMORY;
	memset(e, 0, sizeof(*e));
	buf_init(&e->bytes, WIRE_TX_MAX);
	*ret = e;
	return ERR_OK;
}

static enum err fill(struct mempool *m, struct entry *e, struct span bytes)
{
	TRY(buf_add_span(&e->bytes, bytes));
	e->tx.bytes = buf_span(&e->bytes);
	TRY(replace(m, e));
	TRY(make_room(m, e, bytes.len));
	TRY(link_in(m, &e->origin, e, &e->tx.origin));
	if (has_two(&e->tx))
		TRY(link_in(m, &e->sponsor, e, &e->tx.sponsor));
	return hmap_put(&m->by_id, span_of(e->tx.id, WIRE_HASH_LEN), e);
}

enum err mempool_put(struct mempool *m, const struct tx *tx,
                     const uint8_t id[WIRE_HASH_LEN], struct span bytes,
                     uint64_t now)
{
	const struct mempool_watch *watch = &m->options.watch;
	struct entry *e = NULL;

	if (mempool_get(m, id))
		return ERR_OK;
	TRY(take_entry(m, &e));
	memcpy(e->tx.id, id, WIRE_HASH_LEN);
	describe(&e->tx, tx);
	e->tx.received = now;
	e->pay = (struct pay_node){ .fee = e->tx.fee,
		                    .len = bytes.len,
		                    .order = m->n_came++,
		                    .owner = e };
	enum err err = fill(m, e, bytes);

	if (err != ERR_OK) {
		give_entry(m, e);
		return err;
	}
	pay_list_add(&m->by_pay, &e->pay);
	m->bytes += bytes.len;
	if (watch->came)
		watch->came(watch->ctx, e->tx.id, e->tx.bytes);
	return ERR_OK;
}

const struct mempool_tx *mempool_get(const struct mempool *m,
                                     const uint8_t id[WIRE_HASH_LEN])
{
	const struct entry *e = hmap_get(&m->by_id, span_of(id, WIRE_HASH_LEN));

	return e ? &e->tx : NULL;
}

uint32_t mempool_count(const struct mempool *m)
{
	return m->by_id.n;
}

uint64_t mempool_bytes(const struct mempool *m)
{
	return m->bytes;
}

void mempool_drop(struct mempool *m, const uint8_t id[WIRE_HASH_LEN],
                  enum mempool_drop why)
{
	struct entry *e = hmap_get(&m->by_id, span_of(id, WIRE_HASH_LEN));

	if (e)
		drop(m, e, why, NULL);
}

void mempool_settle(struct mempool *m, const struct address *who, uint64_t next)
{
	for (;;) {
		const struct account *a = find_account(m, who);

		if (!a || a->first->nonce >= next)
			return;
		drop(m, a->first->entry, MEMPOOL_STALE, NULL);
	}
}

void mempool_expire(struct mempool *m, uint64_t now)
{
	struct pay_node *next;

	for (struct pay_node *p = m->by_pay.first[0]; p; p = next) {
		struct entry *e = p->owner;

		next = p->next[0];
		if (now > e->tx.received &&
		    now - e->tx.received > MEMPOOL_AGE_MAX_MS)
			drop(m, e, MEMPOOL_STALE, NULL);
	}
}

/* Notes the nonces from `from` to below `to`, as many as fit. */
static void note_missing(struct mempool_nonces *ret, uint64_t from, uint64_t to)
{
	for (; from < to && ret->n_missing < MEMPOOL_ACCOUNT_MAX; from++)
		ret->missing[ret->n_missing++] = from;
}

void mempool_nonces(const struct mempool *m, const struct address *who,
                    uint64_t next, struct mempool_nonces *ret)
{
	const struct account *a = find_account(m, who);

	memset(ret, 0, sizeof(*ret));
	ret->next = next;
	for (const struct link *l = a ? a->first : NULL; l; l = l->next) {
		if (l->nonce < next)
			continue;
		note_missing(ret, ret->has_last ? ret->last + 1 : next,
		             l->nonce);
		if (l->nonce == ret->next)
			ret->next++;
		ret->has_last = true;
		ret->last = l->nonce;
		ret->used[ret->n_used++] = l->nonce;
	}
}

const struct mempool_tx *mempool_of(const struct mempool *m,
                                    const struct address *who,
                                    const struct mempool_tx *after)
{
	const struct entry *e = (const struct entry *)after;
	const struct link *l;

	if (!e) {
		const struct account *a = find_account(m, who);

		l = a ? a->first : NULL;
	} else {
		l = is_same(&after->origin.who, who) ? e->origin.next
		                                     : e->sponsor.next;
	}
	return l ? &l->entry->tx : NULL;
}

const struct mempool_tx *mempool_best(const struct mempool *m,
                                      const struct mempool_tx *after)
{
	const struct entry *e = (const struct entry *)after;
	const struct pay_node *p = e ? e->pay.next[0] : m->by_pay.first[0];

	return p ? &((const struct entry *)p->owner)->tx : NULL;
}

int mempool_compare(const struct mempool_tx *a, const struct mempool_tx *b)
{
	return pay_list_cmp(&((const struct entry *)a)->pay,
	                    &((const struct entry *)b)->pay);
}

const char *mempool_drop_word(enum mempool_drop why)
{
	static const char *const words[] = {
		[MEMPOOL_REPLACED] = "ReplaceByFee",
		[MEMPOOL_EXPENSIVE] = "TooExpensive",
		[MEMPOOL_STALE] = "StaleGarbageCollect",
		[MEMPOOL_PROBLEM] = "Problematic",
		[MEMPOOL_EVICTED] = "StaleGarbageCollect",
		[MEMPOOL_MINED] = NULL,
	};

	CHECK(why < COUNT_OF(words));
	return words[why];
}
