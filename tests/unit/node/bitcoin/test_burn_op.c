/*
 * tests/unit/node/bitcoin/test_burn_op.c - Claims about node/bitcoin/burn_op.c.
 *
 * Vectors: tests/vectors/burn, answers of the reference; another file of that
 * form may be given as the argument.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "node/bitcoin/burn_op.h"
#include "tests/lib/hex.h"

#define LINE_MAX 16384

static const uint8_t magic[BURN_OP_MAGIC_LEN] = { 'X', '2' };
static const char *vectors;
static struct arena arena;
static struct buf text;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	buf_init(&text, LINE_MAX);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	buf_fini(&text);
	return 0;
}

static void add_address(struct span script)
{
	static const char *const names[] = { "p2pkh",  "p2sh",  "",    "",
		                             "p2wpkh", "p2wsh", "p2tr" };
	uint8_t version;
	struct span hash;

	assert_true(burn_op_reward(script, &version, &hash));
	(void)buf_addf(&text, " %s:", names[version]);
	(void)buf_add_hex(&text, hash.p, hash.len);
}

static void add_hex(const void *bytes, size_t len)
{
	(void)buf_add_u8(&text, ' ');
	if (len == 0)
		(void)buf_add_u8(&text, '-');
	(void)buf_add_hex(&text, bytes, len);
}

static void add_number(bool is_there, u128 n)
{
	char digits[40];
	char *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do
		*--at = (char)('0' + (int)(n % 10));
	while ((n /= 10) > 0);
	(void)buf_addf(&text, " %s", is_there ? at : "-");
}

static void add_commit(const struct burn_op *op)
{
	const struct burn_op_commit *m = &op->commit;

	add_hex(m->block_id, 32);
	add_hex(m->new_seed, 32);
	(void)buf_addf(&text, " %u %u %u %u %u %u", m->parent_block,
	               m->parent_index, m->key_block, m->key_index, m->modulus,
	               m->marker);
	add_number(true, m->burn_fee);
	for (uint32_t i = 0; i < m->n_outs; i++) {
		size_t at = text.len;

		add_address(m->outs[i]);
		if (i > 0)
			text.p[at] = ',';
	}
	(void)buf_add_str(&text, " spent");
	add_hex(op->spent_txid, 32);
	(void)buf_addf(&text, " %u", op->spent_output);
}

static void add_stack(const struct burn_op_stack *s)
{
	add_address(s->reward);
	add_number(true, s->ustx);
	(void)buf_addf(&text, " %u", s->cycles);
	add_hex(s->key, s->has_key ? sizeof(s->key) : 0);
	add_number(s->has_max, s->max);
	add_number(s->has_auth_id, s->auth_id);
}

static void add_delegate(const struct burn_op_delegate *d)
{
	add_address(d->to);
	add_number(true, d->ustx);
	add_number(d->has_reward, d->reward_output);
	if (d->has_reward)
		add_address(d->reward);
	add_number(d->has_until, d->until);
}

static void add_fields(const struct burn_op *op)
{
	switch (op->kind) {
	case BURN_OP_LEADER_KEY:
		add_hex(op->leader_key.vrf_pub, 32);
		add_hex(op->leader_key.memo.p, op->leader_key.memo.len);
		break;
	case BURN_OP_COMMIT:
		add_commit(op);
		break;
	case BURN_OP_PRE_STX:
		add_address(op->pre_stx);
		break;
	case BURN_OP_STACK:
		add_stack(&op->stack);
		break;
	case BURN_OP_TRANSFER:
		add_address(op->transfer.to);
		add_number(true, op->transfer.ustx);
		add_hex(op->transfer.memo.p, op->transfer.memo.len);
		break;
	case BURN_OP_DELEGATE:
		add_delegate(&op->delegate);
		break;
	case BURN_OP_VOTE_KEY:
		(void)buf_addf(&text, " %u", op->vote_key.signer_index);
		add_hex(op->vote_key.key, BURN_OP_KEY_LEN);
		add_number(true, op->vote_key.round);
		add_number(true, op->vote_key.cycle);
		add_hex(op->vote_key.signer_key, BURN_OP_KEY_LEN);
		break;
	case BURN_OP_KINDS:
		fail();
	}
}

static const char *kind_name(enum burn_op_kind kind)
{
	static const char *const names[] = {
#define X(name, byte, words) #name,
#include "node/bitcoin/burn_op.def"
#undef X
	};

	return names[kind];
}

/* Says as the vectors do what is read. */
static const char *say(const struct burn_op *op, enum err err)
{
	static const char *const verdicts[ERR_COUNT] = {
		[ERR_BURN_NONE] = "NONE",
		[ERR_BURN_DATA] = "DATA",
		[ERR_BURN_INPUT] = "INPUT",
		[ERR_BURN_OUTPUT] = "OUTPUT",
	};

	buf_reset(&text);
	if (err == ERR_OK) {
		(void)buf_add_str(&text, kind_name(op->kind));
		add_fields(op);
	} else {
		assert_non_null(verdicts[err]);
		(void)buf_add_str(&text, verdicts[err]);
	}
	return buf_str(&text);
}

/* An operation that was read is written as the same data. */
static void assert_written(const struct burn_op *op, const struct btc_tx *tx)
{
	struct buf b;
	struct burn_op again;
	struct burn_op_place place = { .magic = { 'X', '2' }, .height = 1000 };
	struct btc_tx copy = *tx;
	struct btc_out *outs =
	    arena_copy(&arena, tx->outs, tx->n_outs * sizeof(*tx->outs));

	buf_init(&b, 128);
	enum err err = burn_op_write(&b, magic, op);

	if (op->kind == BURN_OP_LEADER_KEY && op->leader_key.memo.len > 25)
		assert_int_equal(err, ERR_TOO_LARGE);
	else
		assert_int_equal(err, ERR_OK);
	if (err == ERR_OK) {
		char *first = strdup(say(op, ERR_OK));

		outs[0].script = buf_span(&b);
		copy.outs = outs;
		place.is_prepare =
		    op->kind == BURN_OP_COMMIT && op->commit.n_outs == 1;
		assert_int_equal(burn_op_read(&again, &copy, &place), ERR_OK);
		assert_string_equal(say(&again, ERR_OK), first);
		free(first);
	}
	buf_fini(&b);
}

static void assert_line(char *line)
{
	static uint8_t bytes[LINE_MAX];
	struct burn_op_place place = { .magic = { 'X', '2' }, .index = 3 };
	struct burn_op op;
	struct btc_tx tx;
	char *save;
	size_t len = hex_to(bytes, sizeof(bytes), strtok_r(line, " ", &save));
	struct cursor c = cursor_of(span_of(bytes, len));

	place.height = strtoull(strtok_r(NULL, " ", &save), NULL, 10);
	place.is_prepare = strtok_r(NULL, " ", &save)[0] == '1';
	save[strcspn(save, "\n")] = '\0';
	assert_int_equal(btc_tx_read(&arena, &tx, &c), ERR_OK);
	enum err err = burn_op_read(&op, &tx, &place);

	assert_string_equal(say(&op, err), save);
	if (err == ERR_OK)
		assert_written(&op, &tx);
}

static void the_reference_reads_the_same(void **state)
{
	(void)state;
	static char line[LINE_MAX];
	FILE *f = fopen(vectors, "r");
	unsigned n = 0;

	assert_non_null(f);
	for (; fgets(line, sizeof(line), f); n++) {
		assert_line(line);
		arena_reset(&arena);
	}
	(void)fclose(f);
	assert_true(n >= 400);
}

static void operations_on_stx_say_something_sensible(void **state)
{
	(void)state;
	struct burn_op op = { .kind = BURN_OP_STACK };

	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
	op.stack.ustx = 1;
	assert_int_equal(burn_op_check(&op), ERR_OK);
	op.stack.has_key = true;
	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
	hex_to(op.stack.key, sizeof(op.stack.key),
	       "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8"
	       "1798");
	assert_int_equal(burn_op_check(&op), ERR_OK);

	op = (struct burn_op){ .kind = BURN_OP_TRANSFER };
	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
	op.transfer.ustx = 1;
	assert_int_equal(burn_op_check(&op), ERR_OK);

	op = (struct burn_op){ .kind = BURN_OP_DELEGATE };
	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
	op.delegate.ustx = 1;
	op.delegate.has_until = true;
	op.delegate.until = INT64_MAX;
	assert_int_equal(burn_op_check(&op), ERR_OK);
	op.delegate.until++;
	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
}

static void a_vote_s_key_and_cycle_exist(void **state)
{
	(void)state;
	struct burn_op op = { .kind = BURN_OP_VOTE_KEY };

	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
	hex_to(op.vote_key.key, sizeof(op.vote_key.key),
	       "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8"
	       "1798");
	op.vote_key.cycle = INT64_MAX;
	assert_int_equal(burn_op_check(&op), ERR_OK);
	op.vote_key.cycle++;
	assert_int_equal(burn_op_check(&op), ERR_BURN_DATA);
}

static void the_waterfall_pays_one_output(void **state)
{
	(void)state;
	uint8_t tr[34] = { 0x51, 32 };
	struct btc_in in = { .sequence = 0 };
	struct btc_out outs[2] = { { .value = 0 },
		                   { .value = 7, .script = span_of(tr, 34) } };
	struct btc_tx tx = {
		.ins = &in, .n_ins = 1, .outs = outs, .n_outs = 2
	};
	struct burn_op op = { .kind = BURN_OP_COMMIT };
	struct burn_op_place place = { .magic = { 'X', '2' },
		                       .height = 9,
		                       .is_prepare = true,
		                       .is_waterfall = true };
	struct buf b;

	op.commit.key_block = 1;
	buf_init(&b, 128);
	assert_int_equal(burn_op_write(&b, magic, &op), ERR_OK);
	outs[0].script = buf_span(&b);
	assert_int_equal(burn_op_read(&op, &tx, &place), ERR_OK);
	assert_true(op.commit.burn_fee == 7);
	assert_int_equal(op.commit.n_outs, 1);
	outs[1].value = 0;
	assert_int_equal(burn_op_read(&op, &tx, &place), ERR_BURN_INPUT);
	place.is_waterfall = false;
	assert_int_equal(burn_op_read(&op, &tx, &place), ERR_BURN_OUTPUT);
	outs[1].script = burn_op_burn_script();
	assert_int_equal(burn_op_read(&op, &tx, &place), ERR_OK);
	buf_fini(&b);
}

static void memos_have_61_bytes_at_most(void **state)
{
	(void)state;
	uint8_t memo[62] = { 0 };
	struct burn_op op = { .kind = BURN_OP_TRANSFER };
	struct buf b;

	for (size_t len = 60; len <= 62; len++) {
		buf_init(&b, 128);
		op.transfer.memo = span_of(memo, len);
		assert_int_equal(burn_op_write(&b, magic, &op),
		                 len <= 61 ? ERR_OK : ERR_TOO_LARGE);
		buf_fini(&b);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(the_reference_reads_the_same),
		T(operations_on_stx_say_something_sensible),
		T(a_vote_s_key_and_cycle_exist),
		T(the_waterfall_pays_one_output),
		T(memos_have_61_bytes_at_most),
	};

	vectors = argc > 1 ? argv[1] : SOURCE_DIR "/tests/vectors/burn/ops.txt";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
