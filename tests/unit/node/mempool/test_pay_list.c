/* tests/unit/node/mempool/test_pay_list.c - Claims about
 * node/mempool/pay_list.c: it is sorted, whatever comes and goes. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>
#include <stdlib.h>

#include "node/mempool/pay_list.h"

#define N 400

static struct pay_node nodes[N];
static bool is_in[N];
static struct pay_list list;

static void assert_sorted(unsigned n)
{
	struct pay_node *prev = NULL;
	unsigned seen = 0;

	for (struct pay_node *p = list.first[0]; p; p = p->next[0], seen++) {
		assert_ptr_equal(p->prev, prev);
		assert_true(!prev || pay_list_cmp(prev, p) < 0);
		prev = p;
	}
	assert_ptr_equal(list.last, prev);
	assert_int_equal(seen, n);
	for (unsigned i = 1; i < PAY_LIST_LEVELS; i++)
		for (struct pay_node *p = list.first[i]; p; p = p->next[i])
			assert_true(p->n_levels > i);
}

static void it_is_sorted_after_each_step(void **state)
{
	(void)state;
	unsigned n = 0;

	pay_list_init(&list, 7);
	srandom(11);
	for (unsigned step = 0; step < 20000; step++) {
		unsigned i = (unsigned)random() % N;

		if (is_in[i]) {
			pay_list_remove(&list, &nodes[i]);
			n--;
		} else {
			nodes[i].fee = (uint64_t)random() % 40;
			nodes[i].len = 1 + (uint64_t)random() % 20;
			nodes[i].order = step;
			pay_list_add(&list, &nodes[i]);
			n++;
		}
		is_in[i] = !is_in[i];
		if (step % 37 == 0)
			assert_sorted(n);
	}
	assert_sorted(n);
}

static void what_is_paid_for_a_byte_decides(void **state)
{
	(void)state;
	struct pay_node a = { .fee = 300, .len = 100, .order = 2 };
	struct pay_node b = { .fee = 900, .len = 301, .order = 1 };

	assert_true(pay_list_cmp(&a, &b) < 0);
	b.len = 300;
	assert_true(pay_list_cmp(&a, &b) > 0); /* b came first */
	b.len = 299;
	assert_true(pay_list_cmp(&a, &b) > 0);
	assert_int_equal(pay_list_cmp(&a, &a), 0);
	a.fee = UINT64_MAX;
	a.len = UINT64_MAX;
	b.fee = UINT64_MAX;
	b.len = UINT64_MAX - 1;
	assert_true(pay_list_cmp(&a, &b) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_sorted_after_each_step),
		cmocka_unit_test(what_is_paid_for_a_byte_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
