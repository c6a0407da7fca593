/*
 * tests/twin/twin_replay.c - The twin does what the network does.
 *
 * Replays the recorded sessions of tests/vectors/vm, whose outcomes the
 * network's own implementation gave, through the machine and the twin at once:
 * both must agree, and outcome, cost and memory must be the recorded ones.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/value/value_codec.h"
#include "tests/twin/pair.h"

#define PARTS 10
#define MAX_ARGS 64

static struct pair pair;
static bool is_open;
static bool is_exact;
static size_t line_number;
static struct cost limit;

static void split(char *line, char *parts[PARTS])
{
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at && n < PARTS; n++) {
		parts[n] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
}

static struct span unescape(char *s)
{
	char *to = s;

	for (const char *at = s; *at; at++) {
		if (*at == '\\')
			at++;
		else
			goto plain;
		*to++ = *at == 'n'   ? '\n'
		        : *at == 't' ? '\t'
		        : *at == 'r' ? '\r'
		                     : '\\';
		continue;
	plain:
		*to++ = *at;
	}
	return span_of(s, (size_t)(to - s));
}

static void read_cost(struct cost *ret, const char *text)
{
	for (int u = 0; u < COST_UNITS; u++) {
		char *end;

		ret->of[u] = strtoull(text, &end, 10);
		text = end + 1;
	}
}

static void begin(char *const *parts)
{
	struct pair_setting s = { .epoch = EPOCH_3_0, .is_exact = is_exact };

	if (is_open)
		pair_close(&pair);
	assert_true(epoch_parse(&s.epoch, span_str(parts[1])));
	if (strcmp(parts[2], "-") != 0) {
		read_cost(&limit, parts[2]);
		s.limit = &limit;
	}
	if (strcmp(parts[3], "-") != 0)
		s.memory_limit = strtoull(parts[3], NULL, 10);
	pair_open(&pair, &s);
	is_open = true;
}

/* Whether `text` is the outcome and the cost that were recorded. */
static bool says(const char *text, char *const *said)
{
	size_t len = strlen(said[0]);

	return strncmp(text, said[0], len) == 0 && text[len] == ' ' &&
	       strcmp(text + len + 1, said[1]) == 0;
}

static void compare(bool same, char *const *said, bool is_deploy)
{
	struct buf b;
	struct span bytes;

	if (!same)
		fail_msg("line %zu: %s", line_number, buf_str(&pair.report));
	buf_init(&b, (size_t)64 << 20);
	if (pair.err == ERR_RUN)
		(void)buf_add_str(&b, vm_error_name(pair.result.failure.kind));
	else if (pair.err != ERR_OK)
		(void)buf_add_str(&b, pair.result.diag.rule.name
		                          ? pair.result.diag.rule.name
		                          : err_name(pair.err));
	else if (is_deploy)
		(void)buf_add_str(&b, "ok");
	else if (value_codec_bytes(&pair.arena, &bytes, &pair.result.value) ==
	         ERR_OK)
		(void)buf_add_hex(&b, bytes.p, bytes.len);
	(void)buf_add_str(&b, " ");
	for (int u = 0; u < COST_UNITS; u++)
		(void)buf_addf(&b, "%s%llu", u ? "," : "",
		               (unsigned long long)pair.result.cost.of[u]);
	if (!says(buf_str(&b), said))
		fail_msg("line %zu: %s, not %s %s", line_number, buf_str(&b),
		         said[0], said[1]);
	assert_int_equal(pair.result.memory, strtoull(said[2], NULL, 10));
	buf_fini(&b);
}

static void call(char *const *parts)
{
	struct value args[MAX_ARGS];
	struct vm_call c = {
		.sender = pair_principal(&pair, parts[3]),
		.contract = pair_contract(&pair, parts[1]),
		.function = span_str(parts[2]),
		.args = args,
	};

	for (char *at = parts[4]; at && *at && *at != '-';) {
		char *next = strchr(at, ',');

		if (next)
			*next++ = '\0';
		assert_in_range(c.n_args, 0, MAX_ARGS - 1);
		assert_int_equal(value_codec_read_hex(&pair.arena,
		                                      &args[c.n_args++],
		                                      span_str(at), NULL),
		                 ERR_OK);
		at = next;
	}
	compare(pair_call(&pair, &c), parts + 6, false);
}

static void replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *line = NULL;
	size_t held = 0;

	assert_non_null(f);
	line_number = 0;
	while (getline(&line, &held, f) >= 0) {
		char *parts[PARTS];

		line_number++;
		if (line[0] == '#')
			continue;
		split(line, parts);
		if (strcmp(parts[0], "session") == 0)
			begin(parts);
		else if (strcmp(parts[0], "deploy") == 0)
			compare(pair_deploy(&pair, parts[1],
			                    (enum clarity_version)strtoul(
						parts[2], NULL, 10),
			                    unescape(parts[3])),
			        parts + 5, true);
		else
			call(parts);
	}
	pair_close(&pair);
	is_open = false;
	free(line);
	(void)fclose(f);
	assert_true(line_number > 1000);
}

static void sessions_go_as_on_the_network(void **state)
{
	(void)state;
	replay(VM_VECTORS "/sessions.tsv");
}

static void hostile_contracts_end_as_on_the_network(void **state)
{
	(void)state;
	replay(VM_VECTORS "/hostile.tsv");
}

static void hostile_contracts_end_so_in_exact_code(void **state)
{
	(void)state;
	is_exact = true;
	replay(VM_VECTORS "/hostile.tsv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sessions_go_as_on_the_network),
		cmocka_unit_test(hostile_contracts_end_as_on_the_network),
		cmocka_unit_test(hostile_contracts_end_so_in_exact_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
