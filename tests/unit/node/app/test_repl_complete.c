/* tests/unit/node/app/test_repl_complete.c - Claims about
 * node/app/repl_complete.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/app/repl_complete.h"

static const struct repl_verb rows[] = {
	{ "help", "", "", NULL },
	{ "set_epoch", "", "", NULL },
	{ "set_tx_sender", "", "", NULL },
};

static const struct repl_verbs tables[] = { { rows, 1 }, { rows + 1, 2 } };

/* Claims what the line could become: words parted by blanks. */
static void completes_to(enum clarity_version v, const char *line,
                         const char *common, const char *words)
{
	static const char *const defined[] = { "balance-of", "map-of-all",
		                               "balance-of" };
	struct span names[COUNT_OF(defined)];
	struct repl_vocab vocab = { .version = v,
		                    .tables = tables,
		                    .table_n = COUNT_OF(tables),
		                    .names = names,
		                    .name_n = COUNT_OF(defined) };
	struct repl_completion c;
	char text[1024] = "";
	struct arena a;

	for (size_t i = 0; i < COUNT_OF(defined); i++)
		names[i] = span_str(defined[i]);
	arena_init(&a, 1 << 20);
	assert_int_equal(
	    repl_complete(&a, &vocab, span_str(line), strlen(line), &c),
	    ERR_OK);
	for (size_t i = 0; i < c.n; i++) {
		if (i)
			strcat(text, " ");
		strncat(text, (const char *)c.words[i].p, c.words[i].len);
	}
	assert_string_equal(text, words);
	assert_int_equal(c.common.len, strlen(common));
	assert_memory_equal(c.common.p, common, c.common.len);
	arena_fini(&a);
}

static void words_of_the_version_are_offered(void **state)
{
	(void)state;
	completes_to(CLARITY_3, "(as-con", "as-contract", "as-contract");
	completes_to(CLARITY_4, "(as-con", "as-contract?", "as-contract?");
	completes_to(CLARITY_6, "(stx-b", "stx-burn?", "stx-burn?");
	completes_to(CLARITY_6, "(unwrap-e", "unwrap-err",
	             "unwrap-err! unwrap-err-panic");
}

static void names_of_the_session_are_offered_once(void **state)
{
	(void)state;
	completes_to(CLARITY_6, "(f bal", "balance-of", "balance-of");
	completes_to(CLARITY_6, "(map-", "map-",
	             "map-delete map-get? map-insert map-of-all map-set");
}

static void keywords_are_not_offered_where_something_is_called(void **state)
{
	(void)state;
	completes_to(CLARITY_6, "(tx", "tx", "");
	completes_to(CLARITY_6, "(f tx", "tx-s", "tx-sender tx-sponsor?");
}

static void verbs_are_offered_at_the_start_of_a_line(void **state)
{
	(void)state;
	completes_to(CLARITY_6,
	             "::", "::", "::help ::set_epoch ::set_tx_sender");
	completes_to(CLARITY_6, "::set_t", "::set_tx_sender",
	             "::set_tx_sender");
	completes_to(CLARITY_6, "::zzz", "::zzz", "");
}

static void types_are_offered_too(void **state)
{
	(void)state;
	completes_to(CLARITY_6, "(define-data-var a (string-as", "string-ascii",
	             "string-ascii");
}

static void a_full_arena_is_a_fault(void **state)
{
	struct repl_vocab vocab = { .version = CLARITY_6 };
	struct repl_completion c;
	struct arena a;

	(void)state;
	arena_init(&a, 0);
	assert_int_equal(repl_complete(&a, &vocab, span_str("ma"), 2, &c),
	                 ERR_NO_MEMORY);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_version_are_offered),
		cmocka_unit_test(names_of_the_session_are_offered_once),
		cmocka_unit_test(
		    keywords_are_not_offered_where_something_is_called),
		cmocka_unit_test(verbs_are_offered_at_the_start_of_a_line),
		cmocka_unit_test(types_are_offered_too),
		cmocka_unit_test(a_full_arena_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
