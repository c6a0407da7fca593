/*
 * tests/unit/node/bitcoin/script_text.h - Scripts as Bitcoin's vectors write
 * them: names of operations, decimal numbers, 'text', and 0x raw bytes.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_NODE_BITCOIN_SCRIPT_TEXT_H
#define TESTS_UNIT_NODE_BITCOIN_SCRIPT_TEXT_H

#include <stdlib.h>

#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_verify.h"
#include "tests/lib/hex.h"

/** @return the operation called `word`, with or without OP_, or -1. */
static inline int script_text_op(const char *word)
{
	if (strncmp(word, "OP_", 3) == 0)
		word += 3;
	for (int op = BTC_OP_NOP; op < BTC_OP_INVALIDOPCODE; op++) {
		const char *name = btc_script_op_name((uint8_t)op);

		if (strcmp(name, "OP_UNKNOWN") != 0 &&
		    strcmp(name + 3, word) == 0)
			return op;
	}
	if (strcmp(word, "NOP2") == 0)
		return BTC_OP_CHECKLOCKTIMEVERIFY;
	if (strcmp(word, "NOP3") == 0)
		return BTC_OP_CHECKSEQUENCEVERIFY;
	return strcmp(word, "RESERVED") == 0 ? BTC_OP_RESERVED : -1;
}

/** Appends one word of a script. */
static inline void script_text_word(struct buf *b, const char *word)
{
	static uint8_t raw[20000];
	size_t len = strlen(word);
	int op;

	if (word[0] == '0' && word[1] == 'x') {
		(void)buf_add(b, raw, hex_to(raw, sizeof(raw), word + 2));
		return;
	}
	if (strspn(word + (word[0] == '-'), "0123456789") ==
	    len - (word[0] == '-')) {
		(void)btc_script_add_number(b, atoll(word));
		return;
	}
	if (word[0] == '\'') {
		(void)btc_script_add_data(b, span_of(word + 1, len - 2));
		return;
	}
	op = script_text_op(word);
	if (op < 0)
		fail_msg("no such word: %s", word);
	(void)buf_add_u8(b, (uint8_t)op);
}

/** @return the script's bytes, in the arena. */
static inline struct span script_text(struct arena *a, struct span text)
{
	char *words = arena_str(a, (const char *)text.p, text.len);
	struct buf b;

	assert_non_null(words);
	buf_init(&b, 1 << 20);
	for (char *at = words; *at;) {
		size_t n = strcspn(at, " \n\t");
		char *next = at + n + (at[n] != '\0');

		at[n] = '\0';
		if (n > 0)
			script_text_word(&b, at);
		at = next;
	}
	assert_int_equal(buf_err(&b), ERR_OK);
	struct span script = span_of(arena_copy(a, b.p, b.len), b.len);

	buf_fini(&b);
	return script;
}

/** @return the flags in a list with commas; fails for an unknown one. */
static inline unsigned script_text_flags(struct span text)
{
	static const struct {
		const char *name;
		unsigned flag;
	} names[] = {
		{ "P2SH", BTC_VERIFY_P2SH },
		{ "STRICTENC", BTC_VERIFY_STRICTENC },
		{ "DERSIG", BTC_VERIFY_DERSIG },
		{ "LOW_S", BTC_VERIFY_LOW_S },
		{ "NULLDUMMY", BTC_VERIFY_NULLDUMMY },
		{ "SIGPUSHONLY", BTC_VERIFY_SIGPUSHONLY },
		{ "MINIMALDATA", BTC_VERIFY_MINIMALDATA },
		{ "DISCOURAGE_UPGRADABLE_NOPS", BTC_VERIFY_UPGRADABLE_NOPS },
		{ "CLEANSTACK", BTC_VERIFY_CLEANSTACK },
		{ "CHECKLOCKTIMEVERIFY", BTC_VERIFY_LOCKTIME },
		{ "CHECKSEQUENCEVERIFY", BTC_VERIFY_SEQUENCE },
		{ "WITNESS", BTC_VERIFY_WITNESS },
		{ "DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM",
		  BTC_VERIFY_UPGRADABLE_WITNESS },
		{ "MINIMALIF", BTC_VERIFY_MINIMALIF },
		{ "NULLFAIL", BTC_VERIFY_NULLFAIL },
		{ "WITNESS_PUBKEYTYPE", BTC_VERIFY_WITNESS_PUBKEYTYPE },
		{ "CONST_SCRIPTCODE", BTC_VERIFY_CONST_SCRIPTCODE },
		{ "TAPROOT", BTC_VERIFY_TAPROOT },
		{ "DISCOURAGE_UPGRADABLE_TAPROOT_VERSION",
		  BTC_VERIFY_UPGRADABLE_TAPROOT },
		{ "DISCOURAGE_OP_SUCCESS", BTC_VERIFY_OP_SUCCESS },
		{ "DISCOURAGE_UPGRADABLE_PUBKEYTYPE",
		  BTC_VERIFY_UPGRADABLE_PUBKEYTYPE },
		{ "NONE", 0 },
	};
	unsigned flags = 0;

	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		bool is_known = false;

		while (end < text.len && text.p[end] != ',')
			end++;
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
			if (strlen(names[i].name) == end - at &&
			    memcmp(names[i].name, text.p + at, end - at) == 0) {
				flags |= names[i].flag;
				is_known = true;
			}
		}
		assert_true(is_known);
		at = end + 1;
	}
	return flags;
}

#endif /* TESTS_UNIT_NODE_BITCOIN_SCRIPT_TEXT_H */
