/* tests/unit/clarity/lang/test_lang_vectors.c - Replays tests/vectors/lang. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/lang/lexer.h"
#include "tests/unit/clarity/lang/lang_case.h"

#define LINE_MAX_LEN 65536

/* One line of the file, its parts decoded in place. */
struct vector {
	enum epoch epoch;
	const char *verdict;
	struct span source;
	struct span tree;
};

/* Replaces \n, \t, \\ and \xHH in place. */
static struct span unescape(char *s)
{
	uint8_t *out = (uint8_t *)s;
	const uint8_t *in = (const uint8_t *)s;

	while (*in) {
		if (*in != '\\') {
			*out++ = *in++;
		} else if (in[1] == 'x') {
			*out++ =
			    (uint8_t)(lexer_hex(in[2]) << 4 | lexer_hex(in[3]));
			in += 4;
		} else {
			*out++ = in[1] == 'n'   ? '\n'
			         : in[1] == 't' ? '\t'
			                        : in[1];
			in += 2;
		}
	}
	return span_of(s, (size_t)(out - (uint8_t *)s));
}

static void vector_read(struct vector *v, char *line)
{
	char *part[4];

	for (int i = 0; i < 4; i++) {
		part[i] = line;
		line = strchr(line, i < 3 ? '\t' : '\n');
		assert_non_null(line);
		*line++ = '\0';
	}
	assert_true(epoch_parse(&v->epoch, span_str(part[0])));
	v->verdict = part[1];
	v->source = unescape(part[2]);
	v->tree = unescape(part[3]);
}

static void vector_replay(const struct vector *v, int line)
{
	struct snippet p;
	char verdict[64];

	snippet_open_span(&p, v->source, v->epoch);
	if (p.err == ERR_OK)
		(void)snprintf(verdict, sizeof(verdict), "ok %u %u",
		               p.ast.node_count, p.ast.edge_count);
	else
		(void)snprintf(verdict, sizeof(verdict), "%s",
		               p.diag.rule.name);
	if (strcmp(verdict, v->verdict) != 0)
		fail_msg("line %d: %s instead of %s", line, verdict,
		         v->verdict);
	if (p.err == ERR_OK) {
		struct span text = span_str(snippet_text(&p));

		if (!span_eq(text, v->tree))
			fail_msg("line %d: another tree: %s", line,
			         (const char *)text.p);
	}
	snippet_close(&p);
}

static void every_program_has_the_verdict_and_tree_on_record(void **state)
{
	static char line[LINE_MAX_LEN];
	FILE *f = fopen(LANG_VECTORS, "rb");
	int n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		struct vector v;

		vector_read(&v, line);
		vector_replay(&v, ++n);
	}
	(void)fclose(f);
	assert_true(n >= 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_program_has_the_verdict_and_tree_on_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
