/*
 * tests/unit/node/chain/test_exec.c - Claims about transactions in blocks:
 * receipts, costs and state roots are those that the network computes.
 *
 * The vectors are scripts of blocks; tests/vectors/chain/README.md tells the
 * form.  With a file as argument, that file is replayed instead.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/stx_balance.h"
#include "node/chain/exec.h"
#include "node/store/marf_mem.h"
#include "node/store/vmstore.h"
#include "tests/lib/hex.h"

#define BYTES_MAX ((size_t)1 << 30)
#define LINE_LEN ((size_t)1 << 22)
#define FIELDS_MAX 16

struct replay {
	struct marf_mem *mem;
	struct arena block_arena, tx_arena;
	struct marf marf;
	struct state *state;
	struct vmstore store;
	struct chain_facts facts;
	struct store_view view;
	struct vm *vm;
	struct exec exec;
	struct exec_receipt receipt;
	enum err last;      /* of the newest transaction */
	uint32_t tip;       /* trie number */
	uint8_t tip_id[32]; /* of the block that is open */
	uint32_t n_roots, n_receipts, n_wrong;
	int line;
};

static enum err no_block(void *ctx, struct arena *a, uint32_t height,
                         struct store_block *ret, bool *found)
{
	(void)ctx;
	(void)a;
	(void)height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err no_tenure(void *ctx, uint32_t height, uint32_t *ret,
                          bool *found)
{
	(void)ctx;
	(void)height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err no_burn(void *ctx, struct arena *a, uint32_t height,
                        struct store_burn *ret, bool *found)
{
	(void)ctx;
	(void)a;
	(void)height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err the_view(void *ctx, struct store_view *ret)
{
	*ret = ((struct replay *)ctx)->view;
	return ERR_OK;
}

static void wrong(struct replay *r, const char *what)
{
	r->n_wrong++;
	(void)fprintf(stderr, "line %d: %s\n", r->line, what);
}

static void replay_init(struct replay *r)
{
	memset(r, 0, sizeof(*r));
	r->mem = marf_mem_new(BYTES_MAX);
	r->state = state_new(1 << 20, BYTES_MAX, NULL);
	r->facts = (struct chain_facts){ .ctx = r,
		                         .view = the_view,
		                         .block = no_block,
		                         .tenure = no_tenure,
		                         .burn = no_burn };
	arena_init(&r->block_arena, BYTES_MAX);
	arena_init(&r->tx_arena, BYTES_MAX);
	vmstore_init(&r->store, r->state, &r->facts);
	for (uint32_t i = 0; i < 4; i++)
		r->view.unlock_height[i] = UINT32_MAX;
	r->tip = TRIE_NO_BLOCK;
}

static void replay_fini(struct replay *r)
{
	vm_free(r->vm);
	vmstore_fini(&r->store);
	state_free(r->state);
	marf_mem_free(r->mem);
	arena_fini(&r->block_arena);
	arena_fini(&r->tx_arena);
}

/* Opens a block; a committed one is opened under the miners' placeholder. */
static void open_block(struct replay *r, const uint8_t id[32])
{
	static const uint8_t ones[52] = {
		1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
	};
	uint8_t placeholder[32];

	memcpy(r->tip_id, id, 32);
	hash_sha512_256(placeholder, ones, sizeof(ones));
	arena_reset(&r->block_arena);
	assert_int_equal(marf_begin(&r->marf, &r->block_arena,
	                            marf_mem_backend(r->mem), r->tip,
	                            r->tip == TRIE_NO_BLOCK ? id : placeholder),
	                 ERR_OK);
	vmstore_use_trie(&r->store, &r->marf);
	state_begin(r->state);
}

/* chain EPOCH CHAIN_ID MAINNET ID */
static void do_chain(struct replay *r, char **f)
{
	struct vm_chain chain = {
		.chain_id = (uint32_t)strtoul(f[2], NULL, 10),
		.is_mainnet = strcmp(f[3], "1") == 0,
	};
	uint8_t id[32];

	if (r->state) {
		replay_fini(r);

		uint32_t kept[4] = { r->n_roots, r->n_receipts, r->n_wrong,
			             (uint32_t)r->line };

		replay_init(r);
		r->n_roots = kept[0];
		r->n_receipts = kept[1];
		r->n_wrong = kept[2];
		r->line = (int)kept[3];
	}
	assert_true(epoch_parse(&chain.epoch, span_str(f[1])));
	assert_int_equal(vm_new(&r->vm, &chain, &r->store.store), ERR_OK);
	r->exec = (struct exec){ .vm = r->vm,
		                 .store = &r->store.store,
		                 .chain = chain };
	hex_to(id, sizeof(id), f[4]);
	open_block(r, id);
}

static void put(struct replay *r, const struct store_key *key, struct span v,
                enum store_form form)
{
	assert_int_equal(vmstore_put(&r->store, key, v, form), ERR_OK);
}

/* hex KEY HEX: an entry whose text is hex; text KEY TEXT: as it is. */
static void do_entry(struct replay *r, char **f)
{
	struct store_key key = { .text = span_str(f[1]) };
	uint8_t bytes[128];

	if (strcmp(f[0], "text") == 0)
		put(r, &key, span_str(f[2]), STORE_TEXT);
	else
		put(r, &key, span_of(bytes, hex_to(bytes, 128, f[2])),
		    STORE_HEX);
}

/* balance ADDRESS HEX */
static void do_balance(struct replay *r, char **f)
{
	const struct principal *who;
	uint8_t bytes[STX_BALANCE_MAX_LEN];

	assert_int_equal(principal_parse(&r->tx_arena, &who, span_str(f[1])),
	                 PRINCIPAL_OK);

	struct store_key key = stx_balance_key(who);

	put(r, &key, span_of(bytes, hex_to(bytes, sizeof(bytes), f[2])),
	    STORE_HEX);
}

/* block ID HEIGHT BURN_HEIGHT EPOCH LIMIT0..4 */
static void do_block(struct replay *r, char **f)
{
	uint8_t id[32];
	enum epoch epoch;

	hex_to(id, sizeof(id), f[1]);
	r->view.height = (uint32_t)strtoul(f[2], NULL, 10);
	r->view.burn_height = (uint32_t)strtoul(f[3], NULL, 10);
	assert_true(epoch_parse(&epoch, span_str(f[4])));
	if (epoch != r->exec.chain.epoch) {
		r->exec.chain.epoch = epoch;
		vm_set_epoch(r->vm, epoch);
	}
	for (int u = 0; u < COST_UNITS; u++) {
		r->exec.limit.of[u] = strtoull(f[5 + u], NULL, 10);
		r->exec.spent.of[u] = 0;
	}
	open_block(r, id);
}

/* tx HEX */
static void do_tx(struct replay *r, char **f)
{
	size_t len = strlen(f[1]) / 2;
	uint8_t *bytes;
	struct tx *tx;

	arena_reset(&r->tx_arena);
	bytes = arena_alloc(&r->tx_arena, len);
	tx = arena_new(&r->tx_arena, struct tx);
	hex_to(bytes, len, f[1]);
	assert_int_equal(tx_read_all(&r->tx_arena, tx, span_of(bytes, len)),
	                 ERR_OK);
	r->last = exec_run(&r->exec, tx, false, &r->receipt);
	assert_int_not_equal(err_class(r->last), ERR_CLASS_FAULT);
}

/* invalid: the transaction may not be in a block */
static void do_invalid(struct replay *r)
{
	r->n_receipts++;
	if (r->last == ERR_OK)
		wrong(r, "accepted, but the network refuses it");
}

static void check_events(struct replay *r, const char *digest_hex)
{
	struct buf text;
	uint8_t got[32], want[32];

	buf_init(&text, BYTES_MAX);
	for (uint32_t i = 0; i < r->receipt.n_events; i++) {
		event_format(&text, &r->receipt.events[i], "", i,
		             r->receipt.end != EXEC_ABORTED);
		buf_add_u8(&text, '\n');
	}
	assert_int_equal(buf_err(&text), ERR_OK);
	hash_sha512_256(got, text.p, text.len);
	hex_to(want, sizeof(want), digest_hex);
	if (memcmp(got, want, 32) != 0) {
		wrong(r, "other events");
		(void)fprintf(stderr, "%.*s\n", (int)text.len,
		              (const char *)text.p);
	}
	buf_fini(&text);
}

/* receipt END RESULT_HEX FEE BURNED COST0..4 EVENTS_DIGEST */
static void do_receipt(struct replay *r, char **f)
{
	static const char *const ends[] = { "done", "failed", "aborted" };
	struct span bytes;
	char *hex;

	r->n_receipts++;
	if (r->last != ERR_OK) {
		wrong(r, err_name(r->last));
		return;
	}
	if (strcmp(f[1], ends[r->receipt.end]) != 0)
		wrong(r, ends[r->receipt.end]);
	assert_int_equal(
	    value_codec_bytes(&r->tx_arena, &bytes, &r->receipt.result),
	    ERR_OK);
	hex = arena_zalloc(&r->tx_arena, bytes.len * 2 + 1);
	for (size_t i = 0; i < bytes.len; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", bytes.p[i]);
	if (strcmp(hex, f[2]) != 0)
		wrong(r, hex);
	if (r->receipt.fee != strtoull(f[3], NULL, 10))
		wrong(r, "another fee");
	if ((uint64_t)r->receipt.stx_burned != strtoull(f[4], NULL, 10))
		wrong(r, "another amount burned");
	for (int u = 0; u < COST_UNITS; u++) {
		if (r->receipt.cost.of[u] != strtoull(f[5 + u], NULL, 10)) {
			wrong(r, "another cost");
			(void)fprintf(stderr, "  unit %d: %llu, not %s\n", u,
			              (unsigned long long)r->receipt.cost.of[u],
			              f[5 + u]);
		}
	}
	check_events(r, f[10]);
}

/* root HEX: seals and keeps the block */
static void do_root(struct replay *r, char **f)
{
	struct state_diff *diff;
	uint8_t got[32], want[32];

	r->n_roots++;
	hex_to(want, sizeof(want), f[1]);
	assert_int_equal(marf_seal(&r->marf, got), ERR_OK);
	if (memcmp(got, want, sizeof(got)) != 0)
		wrong(r, "another root");
	assert_int_equal(marf_commit(&r->marf, r->tip_id, &r->tip), ERR_OK);
	assert_int_equal(state_end(r->state, &diff), ERR_OK);
	state_diff_free(r->state, diff);
}

static void do_line(struct replay *r, char *text)
{
	char *f[FIELDS_MAX] = { NULL };
	char *save = NULL;
	size_t n = 0;

	for (char *at = strtok_r(text, " \n", &save); at && n < FIELDS_MAX;
	     at = strtok_r(NULL, " \n", &save))
		f[n++] = at;
	if (n == 0 || f[0][0] == '#')
		return;
	if (strcmp(f[0], "chain") == 0)
		do_chain(r, f);
	else if (strcmp(f[0], "text") == 0 || strcmp(f[0], "hex") == 0)
		do_entry(r, f);
	else if (strcmp(f[0], "balance") == 0)
		do_balance(r, f);
	else if (strcmp(f[0], "block") == 0)
		do_block(r, f);
	else if (strcmp(f[0], "tx") == 0)
		do_tx(r, f);
	else if (strcmp(f[0], "receipt") == 0)
		do_receipt(r, f);
	else if (strcmp(f[0], "invalid") == 0)
		do_invalid(r);
	else if (strcmp(f[0], "root") == 0)
		do_root(r, f);
	else
		fail_msg("line %d: verb %s", r->line, f[0]);
}

static void replay_file(struct replay *r, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = malloc(LINE_LEN);

	assert_non_null(file);
	assert_non_null(text);
	replay_init(r);
	for (r->line = 1; fgets(text, LINE_LEN, file); r->line++)
		do_line(r, text);
	(void)fclose(file);
	free(text);
	replay_fini(r);
}

static void receipts_and_roots_of_blocks_are_the_networks(void **state)
{
	(void)state;
	static struct replay r;

	replay_file(&r, SOURCE_DIR "/tests/vectors/chain/blocks.txt");
	assert_true(r.n_roots >= 50);
	assert_true(r.n_receipts >= 200);
	assert_int_equal(r.n_wrong, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(receipts_and_roots_of_blocks_are_the_networks),
	};

	if (argc > 1) {
		static struct replay r;

		replay_file(&r, argv[1]);
		printf("%u roots, %u receipts, %u wrong\n", r.n_roots,
		       r.n_receipts, r.n_wrong);
		return r.n_wrong != 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
