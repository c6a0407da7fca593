/* tests/unit/node/app/test_repl_line.c - Claims about node/app/repl_line.c,
 * at a terminal that the test itself types on. */
#include "config.h"

#include "tests/lib/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "node/app/repl_line.h"

/* A terminal: what is written to `keys` is typed. */
struct desk {
	int keys;
	FILE *in;
	FILE *out;
	struct repl_line *line;
};

static void desk_open(struct desk *d, const char *history,
                      const struct repl_line_completer *completer)
{
	static const struct repl_line_completer none;
	const char *name;

	d->keys = posix_openpt(O_RDWR | O_NOCTTY);
	if (d->keys < 0) {
		print_message("skipped: no pseudo terminals here\n");
		skip();
	}
	assert_int_equal(grantpt(d->keys), 0);
	assert_int_equal(unlockpt(d->keys), 0);
	name = ptsname(d->keys);
	assert_non_null(name);
	d->in = fopen(name, "r");
	d->out = fopen(name, "w");
	assert_non_null(d->in);
	assert_non_null(d->out);
	assert_int_equal(repl_line_new(&d->line, d->in, d->out, history,
	                               completer ? completer : &none),
	                 ERR_OK);
}

static void desk_close(struct desk *d)
{
	repl_line_free(d->line);
	(void)fclose(d->in);
	(void)fclose(d->out);
	(void)close(d->keys);
}

/* Claims what is read when these keys are typed. */
static void typing_reads(struct desk *d, const char *keys, const char *want)
{
	struct repl_source source = repl_line_source(d->line);
	struct buf line;

	assert_int_equal(write(d->keys, keys, strlen(keys)), strlen(keys));
	buf_init(&line, 4096);
	assert_int_equal(source.read(source.ctx, ">> ", &line),
	                 want ? REPL_READ_LINE : REPL_READ_END);
	if (want) {
		assert_int_equal(line.len, strlen(want));
		assert_memory_equal(line.p, want, line.len);
	}
	buf_fini(&line);
}

static void a_line_can_be_edited(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, NULL, NULL);
	typing_reads(&d, "(len 1)\n", "(len 1)");
	typing_reads(&d, "ab\001x\005y\n", "xaby");
	typing_reads(&d, "\n", "");
	desk_close(&d);
}

static void the_history_comes_back_in_the_next_session(void **state)
{
	char path[] = "/tmp/test_repl_line.XXXXXX";
	int fd = mkstemp(path);
	struct desk d;

	(void)state;
	assert_true(fd >= 0);
	(void)close(fd);
	desk_open(&d, path, NULL);

	struct repl_source source = repl_line_source(d.line);

	source.remember(source.ctx, span_str("(first\n one)"));
	source.remember(source.ctx, span_str("(second)"));
	desk_close(&d);
	desk_open(&d, path, NULL);
	typing_reads(&d, "\020\n", "(second)");
	typing_reads(&d, "\020\020\n", "(first  one)");
	desk_close(&d);
	assert_int_equal(unlink(path), 0);
}

static enum err complete(void *ctx, struct arena *a, struct span line,
                         size_t cursor, struct repl_completion *ret)
{
	static struct span words[2];

	(void)ctx;
	(void)a;
	words[0] = span_str("map-get?");
	words[1] = span_str("map-set");
	*ret = (struct repl_completion){ .start = cursor > 5 ? cursor - 5 : 1,
		                         .words = words,
		                         .n = line.len > 4 ? 1 : 2 };
	ret->common = ret->n == 1 ? words[0] : span_str("map-");
	return ERR_OK;
}

static void tab_types_what_is_common(void **state)
{
	const struct repl_line_completer c = { complete, NULL };
	struct desk d;

	(void)state;
	desk_open(&d, NULL, &c);
	typing_reads(&d, "(m\t)\n", "(map-)");
	typing_reads(&d, "(map-g\tx)\n", "(map-get? x)");
	desk_close(&d);
}

static void a_pipe_is_read_without_prompts(void **state)
{
	static const struct repl_line_completer none;
	struct repl_line *l;
	FILE *in = tmpfile();
	FILE *out = tmpfile();
	static const char *const want[] = { "one", "", "last" };
	struct buf line;

	(void)state;
	assert_non_null(in);
	assert_non_null(out);
	assert_true(fputs("one\n\nlast", in) >= 0);
	rewind(in);
	assert_int_equal(repl_line_new(&l, in, out, "/nowhere", &none), ERR_OK);

	struct repl_source source = repl_line_source(l);

	buf_init(&line, 4096);
	for (int i = 0; i < 3; i++) {
		buf_reset(&line);
		assert_int_equal(source.read(source.ctx, ">> ", &line),
		                 REPL_READ_LINE);
		assert_int_equal(line.len, strlen(want[i]));
		assert_memory_equal(line.p ? line.p : (uint8_t *)&line, want[i],
		                    line.len);
	}
	buf_reset(&line);
	assert_int_equal(source.read(source.ctx, ">> ", &line), REPL_READ_END);
	source.remember(source.ctx, span_str("x"));
	assert_int_equal(ftell(out), 0);
	buf_fini(&line);
	repl_line_free(l);
	(void)fclose(in);
	(void)fclose(out);
}

static void nothing_is_closed_without_harm(void **state)
{
	(void)state;
	repl_line_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_can_be_edited),
		cmocka_unit_test(the_history_comes_back_in_the_next_session),
		cmocka_unit_test(tab_types_what_is_common),
		cmocka_unit_test(a_pipe_is_read_without_prompts),
		cmocka_unit_test(nothing_is_closed_without_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
