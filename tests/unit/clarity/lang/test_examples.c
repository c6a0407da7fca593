/*
 * tests/unit/clarity/lang/test_examples.c - The examples of native_doc.def are
 * run, and yield what is written beside them.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>

#include "clarity/lang/native_doc.h"
#include "clarity/value/repr.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/vm.h"
#include "tests/unit/clarity/lang/lang_case.h"

#define TEXT_MAX 4096

/* A machine of the newest epoch in which a version is the newest. */
struct bench {
	struct mem_store store;
	struct vm *vm;
	struct arena arena;
	const struct principal *sender;
	const struct principal *contract;
	enum clarity_version version;
};

static const enum epoch epoch_of[] = { EPOCH_1_0, EPOCH_3_0, EPOCH_3_0,
	                               EPOCH_3_2, EPOCH_3_3, EPOCH_3_4,
	                               EPOCH_4_0 };

/* Stores a number where the chain keeps one. */
static void fixed_put(struct bench *b, const char *name, uint32_t n)
{
	const struct store_key key = { .text = span_str(name) };
	uint8_t bytes[4];

	be32_write(bytes, n);
	assert_int_equal(b->store.store.ops->put(&b->store, &key,
	                                         span_of(bytes, 4), STORE_HEX),
	                 ERR_OK);
}

static void bench_open(struct bench *b, enum clarity_version v)
{
	struct vm_chain chain = { .epoch = epoch_of[v],
		                  .chain_id = 0x80000000u };

	b->version = v;
	mem_store_init(&b->store, (size_t)64 << 20);
	b->store.view.height = 5;
	b->store.view.burn_height = 105;
	fixed_put(b, "_stx-data::tenure_height", 3);
	arena_init(&b->arena, (size_t)64 << 20);
	assert_int_equal(principal_parse_standard(&b->arena, &b->sender,
	                                          span_str(SNIPPET_ISSUER)),
	                 PRINCIPAL_OK);
	assert_int_equal(principal_new_contract(&b->arena, &b->contract,
	                                        b->sender,
	                                        span_str(SNIPPET_NAME)),
	                 ERR_OK);
	assert_int_equal(vm_new(&b->vm, &chain, &b->store.store), ERR_OK);
}

static void bench_close(struct bench *b)
{
	vm_free(b->vm);
	mem_store_fini(&b->store);
	arena_fini(&b->arena);
}

/* Deploys `setup` with a function of which `expr` is the body, and calls it.
 * The value is copied into the bench's arena. */
static struct value run(struct bench *b, struct span setup, struct span expr)
{
	char text[TEXT_MAX];
	struct cost limit;
	struct vm_result r;
	struct vm_source source = { .contract = b->contract,
		                    .version = b->version };
	struct vm_call call = { .sender = b->sender,
		                .contract = b->contract,
		                .function = span_str("it"),
		                .allows_private = true };
	struct value v;

	memset(&limit, 0xff, sizeof(limit));
	(void)snprintf(text, sizeof(text), "%.*s (define-private (it) %.*s)",
	               (int)setup.len, (const char *)setup.p, (int)expr.len,
	               (const char *)expr.p);
	source.text = span_str(text);
	vm_begin(b->vm, &limit);

	enum err e = vm_deploy(b->vm, &source, &r);

	if (e != ERR_OK)
		fail_msg("%s: %s %s", text, err_name(e), r.diag.message);
	e = vm_call(b->vm, &call, &r);
	if (e != ERR_OK)
		fail_msg("%s: %s", text, vm_error_name(r.failure.kind));
	assert_int_equal(value_copy(&b->arena, &v, &r.value), ERR_OK);
	return v;
}

/* Parts a program before its last form as it is written. */
static void split(const char *program, struct span *setup, struct span *expr)
{
	struct snippet p;
	uint32_t last = 0;

	snippet_open(&p, program, EPOCH_LAST);
	assert_int_equal(p.err, ERR_OK);
	for (uint32_t i = 0; i < p.ast.n; i++) {
		if (p.ast.items[i].span.start > last)
			last = p.ast.items[i].span.start;
	}
	*setup = span_of(program, last);
	*expr = span_str(program + last);
	snippet_close(&p);
}

static void is_value(const char *example, const struct value *got,
                     const struct value *want)
{
	struct buf text;

	if (value_eq(got, want))
		return;
	buf_init(&text, 1 << 20);
	(void)repr_value(&text, got);
	(void)buf_add_str(&text, " instead of ");
	(void)repr_value(&text, want);
	fail_msg("%s: %.*s", example, (int)text.len, (const char *)text.p);
}

static void every_example_yields_its_result(void **state)
{
	(void)state;
	for (int i = 0; i < NATIVE_COUNT; i++) {
		const struct native_doc *d = native_doc_of((enum native)i);
		enum clarity_version v =
		    (enum clarity_version)native_table[i].last;
		struct span setup, expr;
		struct bench b;

		if (d->result[0] == '\0')
			continue;
		split(d->example, &setup, &expr);
		bench_open(&b, v);

		struct value got = run(&b, setup, expr);
		struct value want =
		    run(&b, span_of(NULL, 0), span_str(d->result));

		is_value(d->example, &got, &want);
		bench_close(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_yields_its_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
