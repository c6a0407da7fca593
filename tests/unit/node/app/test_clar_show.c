/* tests/unit/node/app/test_clar_show.c - Claims about node/app/clar_show.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/app/clar_show.h"

#define A "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define B "ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG"

struct sheet {
	struct arena arena;
	const struct principal *a, *b, *token;
	struct buf out;
};

static void open_sheet(struct sheet *s)
{
	arena_init(&s->arena, 1 << 20);
	buf_init(&s->out, 1 << 16);
	assert_int_equal(principal_parse(&s->arena, &s->a, span_str(A)),
	                 PRINCIPAL_OK);
	assert_int_equal(principal_parse(&s->arena, &s->b, span_str(B)),
	                 PRINCIPAL_OK);
	assert_int_equal(
	    principal_parse(&s->arena, &s->token, span_str(A ".token")),
	    PRINCIPAL_OK);
}

static void close_sheet(struct sheet *s)
{
	buf_fini(&s->out);
	arena_fini(&s->arena);
}

static void shows_event(struct sheet *s, const struct event *e,
                        const char *want)
{
	struct vm_result r = { .events = e, .n_events = 1 };

	buf_reset(&s->out);
	clar_show_events(&s->out, &r);
	assert_string_equal(buf_str(&s->out), want);
}

static void movements_say_what_from_whom_to_whom(void **state)
{
	struct sheet s;

	(void)state;
	open_sheet(&s);

	struct event stx = { .kind = EVENT_STX_TRANSFER,
		             .sender = s.a,
		             .recipient = s.b,
		             .amount = 5 };
	struct event ft = { .kind = EVENT_FT_BURN,
		            .contract = s.token,
		            .asset = span_str("coin"),
		            .sender = s.a,
		            .amount = 7 };
	struct event nft = { .kind = EVENT_NFT_MINT,
		             .contract = s.token,
		             .asset = span_str("art"),
		             .recipient = s.b,
		             .value = value_uint(3) };
	struct event print = { .kind = EVENT_PRINT, .value = value_int(-1) };

	shows_event(&s, &stx, "transfer: 5 microSTX from " A " to " B "\n");
	shows_event(&s, &ft, "burn: 7 " A ".token::coin from " A "\n");
	shows_event(&s, &nft, "mint: " A ".token::art u3 to " B "\n");
	shows_event(&s, &print, "print: -1\n");
	close_sheet(&s);
}

/* All sources: one line that was typed behind 10 bytes of something else. */
static bool find_line(const void *ctx, const struct vm_place *place,
                      struct clar_source *ret)
{
	const char *text = ctx;

	*ret = (struct clar_source){ .text = span_str(text),
		                     .shift = 10,
		                     .is_line = place->function.len > 0 };
	return true;
}

static void places_are_moved_into_their_text(void **state)
{
	struct clar_sources sources = { "(+ 1\n (foo))", find_line, false };
	struct clar_source source;
	struct diag_span span;
	struct vm_place p = { .function = span_str("it"), .span = { 16, 21 } };

	(void)state;
	assert_true(clar_show_find(&sources, &p, &source, &span));
	assert_int_equal(span.start, 6);
	assert_int_equal(span.end, 11);
	p.span = (struct diag_span){ 5, 9 };
	assert_false(clar_show_find(&sources, &p, &source, &span));
	p.span = (struct diag_span){ 16, 100 };
	assert_true(clar_show_find(&sources, &p, &source, &span));
	assert_int_equal(span.end, source.text.len);
	p.span = (struct diag_span){ 0, 0 };
	assert_false(clar_show_find(&sources, &p, &source, &span));
}

static bool find_nothing(const void *ctx, const struct vm_place *place,
                         struct clar_source *ret)
{
	(void)ctx;
	(void)place;
	(void)ret;
	return false;
}

static void an_unknown_text_is_named_by_its_contract(void **state)
{
	struct clar_sources sources = { NULL, find_nothing, false };
	struct sheet s;

	(void)state;
	open_sheet(&s);

	struct vm_place places[] = {
		{ .contract = s.token, .function = span_str("mint") },
		{ .contract = s.token, .function = span_str("") },
	};
	struct vm_failure f = { .kind = VM_ERROR_UNDERFLOW,
		                .text = "too little",
		                .places = places,
		                .n_places = 2 };

	clar_show_failure(&s.out, &f, &sources);
	assert_string_equal(buf_str(&s.out),
	                    "Runtime error: ArithmeticUnderflow: too little\n"
	                    "  at mint of " A ".token\n"
	                    "  called by " A ".token\n");
	close_sheet(&s);
}

static void a_thrown_value_is_shown(void **state)
{
	struct clar_sources sources = { NULL, find_nothing, false };
	struct vm_failure f = { .kind = VM_ERROR_ASSERTION_FAILED,
		                .text = "",
		                .value = value_uint(4) };
	struct buf out;

	(void)state;
	buf_init(&out, 1 << 12);
	clar_show_failure(&out, &f, &sources);
	assert_string_equal(buf_str(&out),
	                    "EarlyReturn error: AssertionFailed\n"
	                    "thrown: u4\n");
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(movements_say_what_from_whom_to_whom),
		cmocka_unit_test(places_are_moved_into_their_text),
		cmocka_unit_test(an_unknown_text_is_named_by_its_contract),
		cmocka_unit_test(a_thrown_value_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
