/* node/app/clar_report.c - How a batch ended; contract in clar_report.h. */
#include "config.h"

#include "node/app/clar_report.h"

#include <stdlib.h>
#include <string.h>

#include "node/io/json_write.h"

/* Rules in the table of counts at most; a language has fewer. */
#define RULES_MAX 256

struct rule_count {
	const char *rule;
	uint32_t n;
};

static int rule_cmp(const void *a, const void *b)
{
	const struct rule_count *left = a;
	const struct rule_count *right = b;

	if (left->n != right->n)
		return left->n > right->n ? -1 : 1;
	return strcmp(left->rule, right->rule);
}

static void rule_add(struct rule_count *rules, size_t *n, const char *rule)
{
	size_t i = 0;

	while (i < *n && strcmp(rules[i].rule, rule) != 0)
		i++;
	if (i == RULES_MAX)
		return;
	if (i == *n)
		rules[(*n)++] = (struct rule_count){ .rule = rule };
	rules[i].n++;
}

static void text_rules(struct buf *out, const struct clar_batch *b)
{
	struct rule_count rules[RULES_MAX];
	size_t n = 0;

	for (uint32_t i = 0; i < b->set->n_wanted; i++) {
		const struct clar_item *item = &b->set->items[i];

		if (item->state == CLAR_REJECTED)
			rule_add(rules, &n, item->reason->rule);
	}
	if (n > 0)
		qsort(rules, n, sizeof(rules[0]), rule_cmp);
	for (size_t i = 0; i < n; i++)
		(void)buf_addf(out, "%10u rejected by %s\n", rules[i].n,
		               rules[i].rule);
}

static void text_accepted(struct buf *out, const struct clar_item *item,
                          enum epoch epoch)
{
	(void)buf_addf(out, "%s: accepted (%s, epoch %s)\n", item->path,
	               version_text(item->analysis->version),
	               epoch_text(epoch));
}

static void text_item(struct buf *out, const struct clar_item *item)
{
	const struct clar_reason *r = item->reason;

	if (item->state == CLAR_REJECTED && !r->rendered[0])
		(void)buf_addf(out, "%s: error: %s: %s [%s]\n", item->path,
		               r->message, r->suggestion, r->rule);
	else if (item->state == CLAR_REJECTED)
		(void)buf_add_str(out, r->rendered);
	else if (item->state == CLAR_UNRESOLVED)
		(void)buf_addf(out, "%s: unresolved: it needs %s\n", item->path,
		               r->needs);
}

static void text_totals(struct buf *out, const struct clar_batch *b,
                        const struct clar_report *r)
{
	uint64_t ms = r->ms ? r->ms : 1;

	(void)buf_addf(out,
	               "%u contracts: %u accepted, %u rejected, %u unresolved\n"
	               "%llu.%02u seconds, %llu contracts and %llu KiB a "
	               "second, at most %llu MiB of memory\n",
	               b->set->n_wanted, b->n_accepted, b->n_rejected,
	               b->n_unresolved, (unsigned long long)(r->ms / 1000),
	               (unsigned)(r->ms % 1000 / 10),
	               (unsigned long long)(b->set->n_wanted * 1000ull / ms),
	               (unsigned long long)(b->bytes * 1000 / 1024 / ms),
	               (unsigned long long)(r->peak_bytes >> 20));
}

void clar_report_text(struct buf *out, const struct clar_batch *b,
                      const struct clar_report *r)
{
	const struct clar_item *items = b->set->items;

	bool is_one = b->set->n_wanted == 1;

	for (uint32_t i = 0; i < b->set->n_wanted; i++) {
		text_item(out, &items[i]);
		if (items[i].state == CLAR_ACCEPTED && (is_one || r->has_list))
			text_accepted(out, &items[i], b->epoch);
	}
	if (is_one)
		return;
	text_rules(out, b);
	text_totals(out, b, r);
}

static void json_contract(struct json_write *w, const struct clar_item *item)
{
	struct buf text;

	buf_init(&text, PRINCIPAL_MAX_TEXT);
	(void)principal_format(&text, item->contract);
	json_write_key(w, "file");
	json_write_str(w, item->path);
	json_write_key(w, "contract");
	json_write_text(w, buf_span(&text));
	buf_fini(&text);
}

static void json_rejection(struct json_write *w, const struct clar_item *item)
{
	const struct clar_reason *r = item->reason;

	json_write_object(w);
	json_contract(w, item);
	json_write_key(w, "rule");
	json_write_str(w, r->rule);
	json_write_key(w, "message");
	json_write_str(w, r->message);
	if (r->line) {
		json_write_key(w, "line");
		json_write_u64(w, r->line);
		json_write_key(w, "column");
		json_write_u64(w, r->column);
	}
	if (r->suggestion[0]) {
		json_write_key(w, "suggestion");
		json_write_str(w, r->suggestion);
	}
	if (item->state == CLAR_UNRESOLVED) {
		json_write_key(w, "needs");
		json_write_str(w, r->needs);
	}
	json_write_close(w);
}

static void json_list(struct json_write *w, const struct clar_batch *b,
                      const char *key, enum clar_state state)
{
	json_write_key(w, key);
	json_write_array(w);
	for (uint32_t i = 0; i < b->set->n_wanted; i++) {
		if (b->set->items[i].state == (int)state)
			json_rejection(w, &b->set->items[i]);
	}
	json_write_close(w);
}

static void json_accepted(struct json_write *w, const struct clar_batch *b)
{
	json_write_key(w, "acceptances");
	json_write_array(w);
	for (uint32_t i = 0; i < b->set->n_wanted; i++) {
		const struct clar_item *item = &b->set->items[i];

		if (item->state != CLAR_ACCEPTED)
			continue;
		json_write_object(w);
		json_contract(w, item);
		json_write_key(w, "clarity");
		json_write_u64(w, (uint64_t)item->analysis->version);
		json_write_close(w);
	}
	json_write_close(w);
}

static void json_number(struct json_write *w, const char *key, uint64_t v)
{
	json_write_key(w, key);
	json_write_u64(w, v);
}

enum err clar_report_json(struct buf *out, const struct clar_batch *b,
                          const struct clar_report *r)
{
	struct json_write w;

	json_write_init(&w, out, 2);
	json_write_object(&w);
	json_number(&w, "accepted", b->n_accepted);
	json_number(&w, "rejected", b->n_rejected);
	json_number(&w, "unresolved", b->n_unresolved);
	json_write_key(&w, "seconds");
	json_write_milli(&w, r->ms);
	json_number(&w, "peak_bytes", r->peak_bytes);
	json_number(&w, "source_bytes", b->bytes);
	json_list(&w, b, "rejections", CLAR_REJECTED);
	json_list(&w, b, "missing", CLAR_UNRESOLVED);
	if (r->has_list)
		json_accepted(&w, b);
	json_write_close(&w);
	return json_write_end(&w);
}
