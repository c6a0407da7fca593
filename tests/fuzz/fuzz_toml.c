/*
 * tests/fuzz/fuzz_toml.c - A file's tree says all that the file said.
 *
 * The tree of an accepted file is written as TOML in one fixed form and read
 * back: the second writing must equal the first.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "node/io/toml.h"

#define TEXT_MAX ((size_t)1 << 22)

static void write_text(struct buf *out, struct span s)
{
	(void)buf_add_u8(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.p[i];

		if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
			(void)buf_addf(out, "\\u%04x", c);
		else
			(void)buf_add_u8(out, c);
	}
	(void)buf_add_u8(out, '"');
}

static void write_value(struct buf *out, const struct toml *t);

static void write_children(struct buf *out, const struct toml *t, char end)
{
	for (const struct toml *n = t->first; n; n = n->next) {
		if (t->kind == TOML_TABLE) {
			write_text(out, n->key);
			(void)buf_add_u8(out, '=');
		}
		write_value(out, n);
		if (n->next)
			(void)buf_add_u8(out, ',');
	}
	(void)buf_add_u8(out, (uint8_t)end);
}

/* Headers nest tables deeper than values may nest, so the depth is not the
 * reader's; it is bounded by the size of the input. */
static void write_value(struct buf *out, const struct toml *t)
{
	switch (t->kind) {
	case TOML_TABLE:
		(void)buf_add_u8(out, '{');
		write_children(out, t, '}');
		break;
	case TOML_ARRAY:
		(void)buf_add_u8(out, '[');
		write_children(out, t, ']');
		break;
	case TOML_TEXT:
		write_text(out, t->text);
		break;
	case TOML_INT:
		(void)buf_addf(out, "%lld", (long long)t->number);
		break;
	case TOML_FLOAT:
		(void)buf_add_span(out, t->text);
		break;
	case TOML_BOOL:
		(void)buf_add_str(out, t->number ? "true" : "false");
		break;
	}
}

static unsigned depth_of(const struct toml *t)
{
	unsigned most = 0;

	for (const struct toml *n = t->first; n; n = n->next) {
		unsigned d = 1 + depth_of(n);

		most = d > most ? d : most;
	}
	return most;
}

static void write_file(struct buf *out, const struct toml *root)
{
	for (const struct toml *n = root->first; n; n = n->next) {
		write_text(out, n->key);
		(void)buf_add_u8(out, '=');
		write_value(out, n);
		(void)buf_add_u8(out, '\n');
	}
	CHECK(buf_err(out) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct toml *root;
	struct arena a;
	struct buf once, twice;

	arena_init(&a, (size_t)1 << 26);
	buf_init(&once, TEXT_MAX);
	buf_init(&twice, TEXT_MAX);
	if (len <= 4096 &&
	    toml_parse(&a, span_of(bytes, len), &root, NULL) == ERR_OK &&
	    depth_of(root) <= TOML_DEPTH_MAX) {
		write_file(&once, root);
		CHECK(toml_parse(&a, buf_span(&once), &root, NULL) == ERR_OK);
		write_file(&twice, root);
		CHECK(span_eq(buf_span(&once), buf_span(&twice)));
	}
	buf_fini(&once);
	buf_fini(&twice);
	arena_fini(&a);
	return 0;
}
