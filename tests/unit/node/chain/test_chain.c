/*
 * tests/unit/node/chain/test_chain.c - Claims about forks, the tip, what is
 * settled, what is paid, and about the same chain in memory and on the disk.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/io/env_os.h"
#include "tests/lib/chain_case.h"
#include "tests/lib/temp_dir.h"

static struct chain_case the_case, the_twin;

#define RANDOM_BLOCKS 2000u

/* A block on `parent` in its tenure, with one transfer of `amount`. */
static void fork_block(struct chain_case *c, const uint8_t *parent,
                       uint64_t nonce, uint64_t amount)
{
	struct tx *tx[1] = { case_transfer(c, CASE_USER, nonce, CASE_USER + 1,
		                           amount) };
	struct case_block b = { .parent = parent, .txs = tx, .n_txs = 1 };

	case_mine(c, &b);
}

static void the_first_of_two_equal_blocks_stays_the_tip(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block one, base;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	base = *chain_tip(c->chain);
	fork_block(c, base.id, 0, 1);
	one = *chain_tip(c->chain);
	fork_block(c, base.id, 0, 2);
	assert_true(c->result.is_new);
	assert_false(c->result.is_tip);
	assert_memory_equal(chain_tip(c->chain)->id, one.id, 32);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH + 1);
	case_fini(c);
}

static void a_longer_branch_becomes_the_tip_with_its_state(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block base, other;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	base = *chain_tip(c->chain);
	fork_block(c, base.id, 0, 1);
	fork_block(c, base.id, 0, 10);
	other = c->result.facts;
	fork_block(c, other.id, 1, 20);
	assert_true(c->result.is_tip);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH + 30);
	assert_int_equal(chain_at(c->chain, 2, &base), ERR_OK);
	assert_memory_equal(base.id, other.id, 32);
	case_fini(c);
}

static void of_two_tenures_the_later_one_is_better(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block base;
	struct case_block b = { .is_start = true, .parent = base.id };
	uint64_t nonce;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	base = *chain_tip(c->chain);
	nonce = c->miner_nonce;
	b.tenure = b.view = case_burn(c, &base, 0);
	case_mine(c, &b);
	assert_true(c->result.is_tip);
	c->miner_nonce = nonce;
	b.tenure = b.view = case_burn(c, &base, 1);
	case_mine(c, &b);
	assert_true(c->result.is_tip);
	c->miner_nonce = nonce;
	b.tenure = b.view = 1;
	assert_false(chain_is_better(&base, chain_tip(c->chain)));
	case_fini(c);
}

/* Bitcoin without the block whose place is in `ctx`. */
static bool stands_without(void *ctx, const struct chain_block *block)
{
	return memcmp(block->burn_view, ctx, 20) != 0;
}

static void bitcoin_takes_the_tip_away_and_gives_it_back(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block base, tip;
	struct chain_stands s = { .stands = stands_without };
	uint8_t nowhere[20] = { 0 };
	bool moved;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	base = *chain_tip(c->chain);
	case_tenure(c, NULL, 0);
	fork_block(c, NULL, 0, 7);
	tip = *chain_tip(c->chain);
	s.ctx = tip.burn_view;
	assert_int_equal(chain_choose(c->chain, &s, &moved), ERR_OK);
	assert_true(moved);
	assert_memory_equal(chain_tip(c->chain)->id, base.id, 32);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH);
	assert_int_equal(chain_choose(c->chain, &s, &moved), ERR_OK);
	assert_false(moved);
	s.ctx = nowhere;
	assert_int_equal(chain_choose(c->chain, &s, &moved), ERR_OK);
	assert_true(moved);
	assert_memory_equal(chain_tip(c->chain)->id, tip.id, 32);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH + 7);
	case_fini(c);
}

static void contracts_of_another_branch_are_not_seen(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block base, with;
	struct tx *tx[1];
	struct case_block b = { .parent = base.id, .txs = tx, .n_txs = 1 };
	struct case_source s;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	base = *chain_tip(c->chain);
	tx[0] =
	    case_publish(c, CASE_USER, 0, "a", "(define-public (f) (ok u1))");
	case_mine(c, &b);
	with = *chain_tip(c->chain);
	/* The same name beside it, with another text. */
	tx[0] =
	    case_publish(c, CASE_USER, 0, "a", "(define-public (g) (ok u1))");
	case_mine(c, &b);
	b.parent = c->result.facts.id;
	tx[0] = case_call(c, CASE_USER, 1, CASE_USER, "a", "f");
	assert_int_equal(case_make(c, &b, &s), ERR_OK);
	assert_int_equal(case_append(c), ERR_OK);
	b.parent = with.id;
	tx[0] = case_call(c, CASE_USER, 1, CASE_USER, "a", "f");
	case_mine(c, &b);
	case_fini(c);
}

static void what_is_below_the_horizon_is_settled(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_options o = { .genesis = &c->genesis, .horizon = 2 };
	struct chain_block old;
	uint32_t settled;

	case_init(c);
	o.db.may_create = true;
	assert_int_equal(chain_open(&c->chain, &o, c->why), ERR_OK);
	case_tenure(c, NULL, 0);
	old = *chain_tip(c->chain);
	for (int i = 0; i < 4; i++) {
		case_tenure(c, NULL, 0);
		fork_block(c, NULL, (uint64_t)i, 1);
	}
	settled = chaindb_settled(chain_db(c->chain));
	assert_true(settled != CHAINDB_NONE && settled > 0);
	{
		struct tx *tx[1] = { case_transfer(c, CASE_USER + 2, 0,
			                           CASE_USER, 3) };
		struct case_block b = { .parent = old.id,
			                .txs = tx,
			                .n_txs = 1 };

		assert_int_equal(case_make(c, &b, NULL), ERR_BLOCK_REFUSED);
		assert_int_equal(c->result.verdict.rule, BLOCK_RULE_SETTLED);
	}
	case_fini(c);
}

static void a_block_below_what_is_settled_is_refused(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_options o = { .genesis = &c->genesis, .horizon = 2 };
	struct tx *tx[1];
	struct case_block b = { .txs = tx, .n_txs = 1 };
	struct block late;
	struct burn_view view;
	struct append_block in = { .bytes = span_str("-"),
		                   .block = &late,
		                   .burn = &view };

	case_init(c);
	o.db.may_create = true;
	assert_int_equal(chain_open(&c->chain, &o, c->why), ERR_OK);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER + 2, 0, CASE_USER, 3);
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	late = c->newest;
	view = c->view;
	for (int i = 0; i < 5; i++)
		case_tenure(c, NULL, 0);
	assert_int_equal(append_block(c->chain, &in, &c->result),
	                 ERR_BLOCK_REFUSED);
	assert_int_equal(c->result.verdict.rule, BLOCK_RULE_SETTLED);
	case_fini(c);
}

static void miners_are_paid_when_their_tenure_matures(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	const struct chain_params *p;
	struct tx *tx[1];
	u128 before;

	case_init(c);
	case_open(c);
	p = chain_params(c->chain);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 1);
	case_more(c, tx, 1);
	for (int i = 0; i < 2; i++)
		case_tenure(c, NULL, 0);
	assert_true(case_balance(c, CASE_MINER).unlocked == 0);
	/* Tenure 4 pays tenure 1, which mined on genesis: no fees. */
	case_tenure(c, NULL, 0);
	before = case_balance(c, CASE_MINER).unlocked;
	assert_true(before == chain_params_coinbase(p, EPOCH_3_4, 101));
	/* Tenure 5 pays tenure 2, and tenure 1's fees to its miner. */
	case_tenure(c, NULL, 0);
	assert_true(case_balance(c, CASE_MINER).unlocked == 2 * before + 200);
	case_fini(c);
}

static void missed_sortitions_are_paid_to_the_next_winner(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct case_block b = { .is_start = true };

	case_init(c);
	case_open(c);
	b.tenure = b.view = case_burn(c, chain_tip(c->chain), 0);
	c->winners[b.tenure].accumulated = 77;
	case_mine(c, &b);
	for (int i = 0; i < 3; i++)
		case_tenure(c, NULL, 0);
	assert_true(
	    case_balance(c, CASE_MINER).unlocked ==
	    chain_params_coinbase(chain_params(c->chain), EPOCH_3_4, 101) + 77);
	case_fini(c);
}

static void programs_see_blocks_and_tenures(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_block first;
	struct vm_result r;
	struct vm *vm;
	struct cost free_of = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
		                  UINT64_MAX, UINT64_MAX } };
	struct principal_room room;
	struct vm_expr e = { .sender = case_account(&room, CASE_USER),
		             .version = CLARITY_3 };

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	first = *chain_tip(c->chain);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_look(c->chain, &vm), ERR_OK);
	vm_begin(vm, &free_of);
	e.text = span_str("(unwrap-panic (get-stacks-block-info? "
	                  "id-header-hash u1))");
	assert_int_equal(vm_eval(vm, &e, &r), ERR_OK);
	assert_memory_equal(r.value.bytes, first.id, 32);
	vm_begin(vm, &free_of);
	e.text = span_str("(list stacks-block-height tenure-height "
	                  "burn-block-height)");
	assert_int_equal(vm_eval(vm, &e, &r), ERR_OK);
	assert_true(r.value.items[0].u == 2);
	assert_true(r.value.items[1].u == 2);
	assert_true(r.value.items[2].u == c->burns[1].height);
	case_fini(c);
}

/* --- the same chain twice --- */

static uint64_t dice(uint64_t *seed, uint64_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (*seed >> 33) % n;
}

#define COUNTER                                                                \
	"(define-map m uint uint) (define-data-var n uint u0) "                \
	"(define-fungible-token t) "                                           \
	"(define-public (f) (begin (map-set m (var-get n) "                    \
	"stacks-block-height) "                                                \
	"(var-set n (+ u1 (var-get n))) (try! (ft-mint? t u5 tx-sender)) "     \
	"(ok (print (var-get n)))))"

/* Hands the block that one chain made to the other. */
static void hand_over(struct chain_case *to, const struct chain_case *from)
{
	struct block *b = arena_zalloc(&to->arena, sizeof(*b));
	struct cursor at = cursor_of(from->bytes);
	struct append_block in = { .bytes = from->bytes,
		                   .block = b,
		                   .burn = &from->view };
	enum err e;

	assert_non_null(b);
	assert_int_equal(block_read(&to->arena, b, &at), ERR_OK);
	e = append_block(to->chain, &in, &to->result);
	if (e != ERR_OK)
		fail_msg("%s %s", err_name(e),
		         block_rule_name(to->result.verdict.rule));
	assert_memory_equal(to->result.facts.state_root,
	                    from->result.facts.state_root, 32);
	assert_memory_equal(chain_tip(to->chain)->id,
	                    chain_tip(from->chain)->id, 32);
}

/* One block more, of random kind, sometimes beside the tip. */
static void random_block(struct chain_case *c, uint64_t *seed, uint64_t *nonce)
{
	struct tx *tx[3];
	struct case_block b = { .txs = tx };
	uint64_t n = 1 + dice(seed, 3);

	for (uint64_t i = 0; i < n; i++) {
		if (dice(seed, 3) == 0)
			tx[b.n_txs++] = case_call(c, CASE_USER, *nonce,
			                          CASE_USER, "a", "f");
		else
			tx[b.n_txs++] =
			    case_transfer(c, CASE_USER, *nonce,
			                  (uint8_t)(30 + dice(seed, 100)),
			                  1 + dice(seed, 99));
		(*nonce)++;
	}
	if (dice(seed, 10) == 0 && c->n_burns < CASE_BURNS - 1) {
		b.is_start = true;
		b.tenure = b.view = case_burn(c, chain_tip(c->chain), 0);
	} else if (dice(seed, 10) == 0) {
		b.extends = PAYLOAD_EXTENDED;
		b.view = case_find_burn(c, chain_tip(c->chain)->burn_view);
	}
	case_mine(c, &b);
}

/* A block beside the tip, which both chains then hold as a branch. */
static void random_branch(struct chain_case *c)
{
	struct chain_block tip = *chain_tip(c->chain);
	struct chain_block base;

	if (tip.tenure_blocks < 2)
		return;
	assert_int_equal(chain_at(c->chain, tip.height - 1, &base), ERR_OK);
	{
		struct tx *tx[1] = { case_transfer(c, CASE_USER + 1, 0,
			                           CASE_USER + 2, 1) };
		struct case_block b = { .parent = base.id,
			                .txs = tx,
			                .n_txs = 1 };

		case_mine(c, &b);
	}
}

static void memory_and_disk_give_the_same_roots(void **state)
{
	(void)state;
	struct chain_case *m = &the_case, *d = &the_twin;
	static struct env env;
	char path[TEMP_DIR_MAX];
	uint64_t seed = 7, nonce = 1;
	struct tx *tx[1];
	uint8_t tip[32];

	temp_dir_make(path);
	env_os_init(&env);
	case_init(m);
	case_init(d);
	m->genesis.params.maturity = d->genesis.params.maturity = 10;
	case_open(m);
	case_open_at(d, &env, path);
	assert_memory_equal(chain_tip(m->chain)->state_root,
	                    chain_tip(d->chain)->state_root, 32);
	tx[0] = case_publish(m, CASE_USER, 0, "a", COUNTER);
	case_tenure(m, tx, 1);
	hand_over(d, m);
	for (uint32_t i = 0; i < RANDOM_BLOCKS; i++) {
		random_block(m, &seed, &nonce);
		hand_over(d, m);
		if (dice(&seed, 25) == 0) {
			random_branch(m);
			hand_over(d, m);
		}
		arena_reset(&d->arena);
		/* Also over a restart. */
		if (i % 500 == 499) {
			chain_close(d->chain);
			case_open_at(d, &env, path);
		}
	}
	assert_true(chain_tip(m->chain)->height > RANDOM_BLOCKS);
	memcpy(tip, chain_tip(m->chain)->state_root, 32);
	assert_memory_equal(chain_tip(d->chain)->state_root, tip, 32);
	case_fini(m);
	case_fini(d);
	temp_dir_remove(path);
}

static void a_store_belongs_to_one_genesis(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct chain_options o = { .genesis = &c->genesis };
	static struct env env;
	char path[TEMP_DIR_MAX];

	temp_dir_make(path);
	env_os_init(&env);
	case_init(c);
	case_open_at(c, &env, path);
	case_tenure(c, NULL, 0);
	chain_close(c->chain);
	c->chain = NULL;
	c->balances[2].ustx++;
	o.db.env = &env;
	o.db.path = path;
	assert_int_equal(chain_open(&c->chain, &o, c->why), ERR_STORE_CHAIN);
	assert_non_null(strstr(c->why, "another genesis"));
	c->balances[2].ustx--;
	assert_int_equal(chain_open(&c->chain, &o, c->why), ERR_OK);
	assert_int_equal(chain_tip(c->chain)->height, 1);
	case_fini(c);
	temp_dir_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_of_two_equal_blocks_stays_the_tip),
		cmocka_unit_test(
		    a_longer_branch_becomes_the_tip_with_its_state),
		cmocka_unit_test(of_two_tenures_the_later_one_is_better),
		cmocka_unit_test(bitcoin_takes_the_tip_away_and_gives_it_back),
		cmocka_unit_test(contracts_of_another_branch_are_not_seen),
		cmocka_unit_test(what_is_below_the_horizon_is_settled),
		cmocka_unit_test(a_block_below_what_is_settled_is_refused),
		cmocka_unit_test(miners_are_paid_when_their_tenure_matures),
		cmocka_unit_test(missed_sortitions_are_paid_to_the_next_winner),
		cmocka_unit_test(programs_see_blocks_and_tenures),
		cmocka_unit_test(a_store_belongs_to_one_genesis),
		cmocka_unit_test(memory_and_disk_give_the_same_roots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
