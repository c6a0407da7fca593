/*
 * tests/twin/twin_replay.c - The twin does what the network does.
 *
 * Replays the recorded sessions of tests/vectors/vm, whose outcomes the
 * network's own implementation gave, through the machine and the twin at once:
 * both must agree, and the outcome must be the recorded one.
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

static void begin(char *const *parts)
{
	struct pair_setting s = { .epoch = EPOCH_3_0 };

	if (is_open)
		pair_close(&pair);
	assert_true(epoch_parse(&s.epoch, span_str(parts[1])));
	if (strcmp(parts[2], "-") != 0) {
		const char *at = parts[2];

		for (int u = 0; u < COST_UNITS; u++) {
			char *end;

			limit.of[u] = strtoull(at, &end, 10);
			at = end + 1;
		}
		s.limit = &limit;
	}
	if (strcmp(parts[3], "-") != 0)
		s.memory_limit = strtoull(parts[3], NULL, 10);
	pair_open(&pair, &s);
	is_open = true;
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
	assert_string_equal(buf_str(&b), said[0]);
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

static void the_twin_does_what_the_network_and_the_machine_do(void **state)
{
	FILE *f = fopen(VM_VECTORS, "rb");
	char *line = NULL;
	size_t held = 0;

	(void)state;
	assert_non_null(f);
	while (getline(&line, &held, f) >= 0) {
		char *parts[PARTS];

		line_number++;
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
	print_message("# %llu steps\n",
	              (unsigned long long)twin_steps(pair.twin));
	pair_close(&pair);
	free(line);
	(void)fclose(f);
	assert_true(line_number > 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_twin_does_what_the_network_and_the_machine_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
