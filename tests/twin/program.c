/* tests/twin/program.c - Programs from a seed; contract in program.h. */
#include "config.h"

#include "tests/twin/program.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/principal.h"

#define W 1
#define E 2
#define B 4

#define MAX_LOCALS 24u

struct row {
	enum program_type type;
	uint8_t first, last, flags;
	const char *text;
};

static const struct row rows[] = {
#define X(type, first, last, flags, text)                                      \
	{ PROGRAM_##type, first, last, flags, text },
#include "tests/twin/program.def"
#undef X
};

static const char *const type_texts[PROGRAM_TYPES] = {
	"uint",
	"int",
	"bool",
	"principal",
	"(buff 32)",
	"(string-ascii 20)",
	"(string-utf8 20)",
	"(list 4 uint)",
	"{a: uint, b: bool}",
	"(list 3 {a: uint, b: bool})",
	"(optional uint)",
	"(optional (buff 32))",
	"(response uint uint)",
	"(response bool uint)",
	"{m: (optional int), n: (list 4 uint), p: principal}",
};

/* The holes, in the order of the types. */
static const char holes[] = "uibpxswltyoqrgn";

/* A program while it is being written. */
struct writer {
	struct program_text *text;
	struct buf *b;
	struct choice *c;
	enum epoch epoch;
	enum clarity_version version;
	int budget;       /* expressions that may still be made */
	uint32_t names;   /* given so far */
	uint32_t helpers; /* private functions p0, p1, … so far */
	enum program_type helper_types[16];
	struct {
		char name[12];
		enum program_type type;
	} locals[MAX_LOCALS];
	uint32_t n_locals;
	uint8_t allowed; /* flags of rows */
};

uint32_t choice_below(struct choice *c, uint32_t n)
{
	uint64_t z;

	if (c->n > 0) {
		c->n--;
		return *c->bytes++ % n;
	}
	z = c->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % n);
}

static uint32_t below(struct writer *w, uint32_t n)
{
	return choice_below(w->c, n);
}

static void put(struct writer *w, const char *s)
{
	(void)buf_add_str(w->b, s);
}

static const char *one_of(struct writer *w, const char *const *texts,
                          uint32_t n)
{
	return texts[below(w, n)];
}

static void number(struct writer *w, bool is_uint)
{
	static const char *const edges[] = {
		"0",
		"1",
		"2",
		"3",
		"7",
		"10",
		"32",
		"100",
		"127",
		"1000",
		"65536",
		"18446744073709551616",
		"170141183460469231731687303715884105727",
	};

	put(w, is_uint ? "u" : below(w, 4) == 0 ? "-" : "");
	put(w, one_of(w, edges, below(w, 3) ? 6 : COUNT_OF(edges)));
}

static void literal(struct writer *w, enum program_type type);

static void literal_list(struct writer *w, enum program_type item, uint32_t n)
{
	put(w, "(list");
	for (; n > 0; n--) {
		put(w, " ");
		literal(w, item);
	}
	put(w, ")");
}

static void literal_text(struct writer *w, enum program_type type)
{
	static const char *const principals[] = {
		"tx-sender",
		"'ST000000000000000000002AMW42H",
		"'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG",
		"'SP000000000000000000002Q6VF78",
		".lib",
		"'ST000000000000000000002AMW42H.nobody",
	};
	static const char *const buffs[] = {
		"0x",
		"0x01",
		"0x0102030405060708",
		"0xffffffffffffffffffffffffffffffff",
	};
	static const char *const asciis[] = { "\"\"", "\"a\"", "\"42\"",
		                              "\"hello world\"", "\"-7\"" };
	static const char *const utf8s[] = { "u\"\"", "u\"a\"", "u\"12\"",
		                             "u\"\\u{e9}t\\u{e9}\"",
		                             "u\"\\u{1F600}a\"" };

	if (type == PROGRAM_PRINCIPAL)
		put(w, one_of(w, principals, COUNT_OF(principals)));
	else if (type == PROGRAM_BUFF)
		put(w, one_of(w, buffs, COUNT_OF(buffs)));
	else if (type == PROGRAM_ASCII)
		put(w, one_of(w, asciis, COUNT_OF(asciis)));
	else
		put(w, one_of(w, utf8s, COUNT_OF(utf8s)));
}

static void literal_tuple(struct writer *w, enum program_type type)
{
	if (type == PROGRAM_TUPLE) {
		put(w, "{a: ");
		literal(w, PROGRAM_UINT);
		put(w, ", b: ");
		literal(w, PROGRAM_BOOL);
	} else {
		put(w, "{m: (some ");
		literal(w, PROGRAM_INT);
		put(w, "), n: ");
		literal(w, PROGRAM_LIST);
		put(w, ", p: ");
		literal(w, PROGRAM_PRINCIPAL);
	}
	put(w, "}");
}

/* Both arms of a response are there, so that its type is known. */
static void literal_wrapped(struct writer *w, enum program_type type)
{
	bool is_maybe = type == PROGRAM_MAYBE || type == PROGRAM_MAYBE_BUFF;

	if (is_maybe) {
		put(w, "(some ");
		literal(w, type == PROGRAM_MAYBE ? PROGRAM_UINT : PROGRAM_BUFF);
		put(w, ")");
		return;
	}
	put(w, below(w, 2) ? "(if true (ok " : "(if false (ok ");
	literal(w, type == PROGRAM_ANSWER ? PROGRAM_UINT : PROGRAM_BOOL);
	put(w, ") (err ");
	literal(w, PROGRAM_UINT);
	put(w, "))");
}

static void literal(struct writer *w, enum program_type type)
{
	switch (type) {
	case PROGRAM_UINT:
	case PROGRAM_INT:
		number(w, type == PROGRAM_UINT);
		break;
	case PROGRAM_BOOL:
		put(w, below(w, 2) ? "true" : "false");
		break;
	case PROGRAM_PRINCIPAL:
	case PROGRAM_BUFF:
	case PROGRAM_ASCII:
	case PROGRAM_UTF8:
		literal_text(w, type);
		break;
	case PROGRAM_LIST:
		literal_list(w, PROGRAM_UINT, 1 + below(w, 4));
		break;
	case PROGRAM_TUPLES:
		literal_list(w, PROGRAM_TUPLE, 1 + below(w, 3));
		break;
	case PROGRAM_TUPLE:
	case PROGRAM_NEST:
		literal_tuple(w, type);
		break;
	case PROGRAM_MAYBE:
	case PROGRAM_MAYBE_BUFF:
	case PROGRAM_ANSWER:
	case PROGRAM_DONE:
		literal_wrapped(w, type);
		break;
	case PROGRAM_TYPES:
		break;
	}
}

static void expr(struct writer *w, enum program_type type);

static void allowance(struct writer *w)
{
	static const char *const old[] = {
		"(with-stx u10)",
		"(with-stx %u)",
		"(with-ft .lib \"f\" u5)",
		"(with-ft current-contract \"f0\" u3)",
		"(with-ft current-contract \"*\" u100)",
		"(with-nft current-contract \"n0\" (list u1 %u))",
		"(with-nft current-contract \"*\" (list u0 u2))",
	};
	const char *text = one_of(w, old, COUNT_OF(old));

	if (below(w, 8) == 0)
		text = w->version < CLARITY_6 ? "(with-stacking u1)"
		                              : "(with-pox)";
	for (const char *s = text; *s; s++) {
		if (s[0] == '%') {
			s++;
			expr(w, PROGRAM_UINT);
		} else {
			(void)buf_add_u8(w->b, (uint8_t)*s);
		}
	}
}

static void small(struct writer *w)
{
	char text[8];

	(void)snprintf(text, sizeof(text), "u%u", below(w, 5));
	put(w, text);
}

static void template(struct writer *w, const struct row *r)
{
	for (const char *s = r->text; *s; s++) {
		const char *hole;

		if (s[0] != '%') {
			(void)buf_add_u8(w->b, (uint8_t)*s);
			continue;
		}
		s++;
		hole = strchr(holes, *s);
		if (*s == 'k')
			small(w);
		else if (*s == 'a')
			allowance(w);
		else if (*s == 'T')
			expr(w, r->type);
		else
			expr(w, (enum program_type)(hole - holes));
	}
}

/* Any name in scope of that type. @return whether there is one. */
static bool name_of(struct writer *w, enum program_type type)
{
	uint32_t start = w->n_locals ? below(w, w->n_locals) : 0;

	for (uint32_t i = 0; i < w->n_locals; i++) {
		uint32_t k = (start + i) % w->n_locals;

		if (w->locals[k].type == type) {
			put(w, w->locals[k].name);
			return true;
		}
	}
	return false;
}

static void push_local(struct writer *w, enum program_type type)
{
	CHECK(w->n_locals < MAX_LOCALS);
	(void)snprintf(w->locals[w->n_locals].name, sizeof(w->locals[0].name),
	               "x%u", w->names++);
	w->locals[w->n_locals++].type = type;
}

static enum program_type any_type(struct writer *w)
{
	return (enum program_type)below(w, PROGRAM_TYPES);
}

static void let(struct writer *w, enum program_type type)
{
	uint32_t before = w->n_locals;
	enum program_type bound = any_type(w);
	char name[12];

	(void)snprintf(name, sizeof(name), "x%u", w->names);
	put(w, "(let ((");
	put(w, name);
	put(w, " ");
	w->names++;
	expr(w, bound);
	put(w, ")) ");
	w->names++;
	if (w->n_locals < MAX_LOCALS) {
		memcpy(w->locals[w->n_locals].name, name, sizeof(name));
		w->locals[w->n_locals++].type = bound;
	}
	if (below(w, 2)) {
		expr(w, PROGRAM_BOOL);
		put(w, " ");
	}
	expr(w, type);
	put(w, ")");
	w->n_locals = before;
}

static void match(struct writer *w, enum program_type type)
{
	bool is_response = below(w, 2);
	uint32_t before = w->n_locals;

	put(w, "(match ");
	expr(w, is_response ? PROGRAM_ANSWER : PROGRAM_MAYBE);
	for (int arm = 0; arm < 2; arm++) {
		put(w, " ");
		if (arm == 0 || is_response) {
			if (w->n_locals == MAX_LOCALS)
				w->n_locals--;
			push_local(w, PROGRAM_UINT);
			put(w, w->locals[w->n_locals - 1].name);
			put(w, " ");
		}
		expr(w, type);
		if (w->n_locals > before)
			w->n_locals = before;
	}
	put(w, ")");
}

/* The past sees no writes, and there is none of it from 3.4. */
static void at_block(struct writer *w, enum program_type type)
{
	uint8_t allowed = w->allowed;

	put(w, "(at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0"
	       "b0b0b0b0b0b0b0b0b0b0b0b0");
	put(w, below(w, 8) ? "00000001 " : "00000002 ");
	w->allowed &= (uint8_t) ~(W | E);
	expr(w, type);
	w->allowed = allowed;
	put(w, ")");
}

static void helper(struct writer *w, enum program_type type)
{
	for (uint32_t i = 0; i < w->helpers; i++) {
		char head[16];

		if (w->helper_types[i] != type || !(w->allowed & W))
			continue;
		(void)snprintf(head, sizeof(head), "(p%u ", i);
		put(w, head);
		expr(w, PROGRAM_UINT);
		put(w, " ");
		expr(w, PROGRAM_PRINCIPAL);
		put(w, ")");
		return;
	}
	literal(w, type);
}

/* What any type can be made by. */
static void general(struct writer *w, enum program_type type)
{
	bool has_past = (w->allowed & B) && w->version <= CLARITY_4;

	switch (below(w, 8)) {
	case 0:
		put(w, "(if ");
		expr(w, PROGRAM_BOOL);
		put(w, " ");
		expr(w, type);
		put(w, " ");
		expr(w, type);
		put(w, ")");
		break;
	case 1:
	case 2:
		let(w, type);
		break;
	case 3:
		match(w, type);
		break;
	case 4:
		put(w, "(begin ");
		expr(w, PROGRAM_BOOL);
		put(w, " ");
		expr(w, type);
		put(w, ")");
		break;
	case 5:
		put(w, "(print ");
		expr(w, type);
		put(w, ")");
		break;
	case 6:
		if (has_past)
			at_block(w, type);
		else
			helper(w, type);
		break;
	default:
		helper(w, type);
		break;
	}
}

static bool fits(const struct writer *w, const struct row *r,
                 enum program_type type)
{
	return r->type == type && r->first <= w->version &&
	       w->version <= r->last && (r->flags & ~w->allowed) == 0;
}

static void expr(struct writer *w, enum program_type type)
{
	uint32_t n = 0, k;

	if (w->budget <= 0 || below(w, 7) == 0) {
		if (below(w, 2) || !name_of(w, type))
			literal(w, type);
		return;
	}
	w->budget--;
	if (below(w, 4) == 0 && name_of(w, type))
		return;
	if (below(w, 4) == 0) {
		general(w, type);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		n += fits(w, &rows[i], type);
	k = below(w, n);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (fits(w, &rows[i], type) && k-- == 0) {
			template(w, &rows[i]);
			return;
		}
	}
}

static const char fixed[] =
    "(define-constant k-sig 0x8738487ebe69b93d8e51583be8eee50bb4213fc49c767d"
    "329632730cc193b873554428fc936ca3569afc15f1c9365f6591d6251a89fee9c9ac661"
    "116824d3a1301)\n"
    "(define-constant k-key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e"
    "47308636534ba7786110)\n"
    "(define-data-var v-u uint u3)\n"
    "(define-data-var v-i int -4)\n"
    "(define-data-var v-t {a: uint, b: bool} {a: u1, b: true})\n"
    "(define-data-var v-l (list 4 uint) (list u1))\n"
    "(define-data-var v-s (string-ascii 20) \"s\")\n"
    "(define-data-var v-p principal tx-sender)\n"
    "(define-data-var v-n {m: (optional int), n: (list 4 uint), p: principal}"
    " {m: none, n: (list), p: tx-sender})\n"
    "(define-map m-u uint uint)\n"
    "(define-map m-t {a: uint, b: bool} {m: (optional int), n: (list 4 uint),"
    " p: principal})\n"
    "(define-map m-x (buff 32) (list 3 {a: uint, b: bool}))\n"
    "(define-fungible-token f0)\n(define-fungible-token f1 u1000)\n"
    "(define-non-fungible-token n0 uint)\n"
    "(define-non-fungible-token n1 {a: uint, b: bool})\n"
    "(define-private (f-add (a uint) (b uint)) (+ a b))\n"
    "(define-private (f-inc (a uint)) (+ a u1))\n"
    "(define-private (f-even (a uint)) (is-eq (mod a u2) u0))\n"
    "(define-private (f-mk (a uint)) {a: a, b: (f-even a)})\n"
    "(define-private (f-a (t {a: uint, b: bool})) (get a t))\n"
    "(define-private (f-b (t {a: uint, b: bool})) (get b t))\n"
    "(define-private (f-sum (t {a: uint, b: bool}) (n uint)) (+ n (get a "
    "t)))\n"
    "(define-private (f-byte (x (buff 1)) (n uint)) (if (is-eq x 0x01) n "
    "(+ n u1)))\n"
    "(define-private (f-odd-byte (x (buff 1))) (not (is-eq x 0x02)))\n"
    "(define-private (f-char (x (string-utf8 1)) (n uint)) (+ n (len x)))\n"
    "(define-private (f-not-a (x (string-utf8 1))) (not (is-eq x u\"a\")))\n";

void program_library(struct buf *b, enum clarity_version version)
{
	(void)version;
	(void)buf_add_str(
	    b, "(define-trait tr ((get-or (uint) (response uint uint)) (put "
	       "(uint uint) (response uint uint))))\n"
	       "(define-map m uint uint)\n(define-fungible-token f)\n"
	       "(define-read-only (get-or (k uint)) (match (map-get? m k) v "
	       "(if (> v u2) (ok v) (err u9)) (err k)))\n"
	       "(define-public (put (k uint) (v uint)) (begin (map-set m k v) "
	       "(print {k: k, v: v}) (if (is-eq v u3) (err k) (ok (+ v k)))))\n"
	       "(define-public (pay (n uint) (to principal)) (begin (is-ok "
	       "(ft-mint? f n to)) (match (stx-transfer? n tx-sender to) y (ok "
	       "n) e (err e))))\n");
}

/* A private function; the parameters are the first names in its scope. */
static void begin_scope(struct writer *w, int budget, uint8_t allowed)
{
	w->budget = budget;
	w->allowed = allowed;
	if (w->epoch < EPOCH_3_4)
		w->allowed |= B;
	w->n_locals = 0;
}

static void private_fn(struct writer *w)
{
	enum program_type type = any_type(w);
	bool throws = type == PROGRAM_ANSWER || type == PROGRAM_DONE;
	char head[64];

	begin_scope(w, 16, throws ? W | E : W);
	(void)snprintf(head, sizeof(head),
	               "(define-private (p%u (x%u uint) (x%u principal)) ",
	               w->helpers, w->names, w->names + 1);
	push_local(w, PROGRAM_UINT);
	push_local(w, PROGRAM_PRINCIPAL);
	put(w, head);
	expr(w, type);
	put(w, ")\n");
	w->helper_types[w->helpers++] = type;
}

static void params(struct writer *w, struct program_fn *f)
{
	f->n_params = below(w, 4);
	for (uint32_t i = 0; i < f->n_params; i++) {
		f->params[i] = any_type(w);
		push_local(w, f->params[i]);
		put(w, " (");
		put(w, w->locals[w->n_locals - 1].name);
		put(w, " ");
		put(w, type_texts[f->params[i]]);
		put(w, ")");
	}
	put(w, ") ");
}

static void outer_fn(struct writer *w, bool is_public)
{
	struct program_fn *f = &w->text->fns[w->text->n_fns];

	begin_scope(w, 40, is_public ? W | E : 0);
	(void)snprintf(f->name, sizeof(f->name), "%s%u", is_public ? "g" : "r",
	               w->text->n_fns);
	put(w, is_public ? "(define-public (" : "(define-read-only (");
	put(w, f->name);
	params(w, f);
	expr(w, is_public ? below(w, 2) ? PROGRAM_ANSWER : PROGRAM_DONE
	                  : any_type(w));
	put(w, ")\n");
	w->text->n_fns++;
}

/* Calls whatever contract it is given. */
static void trait_fn(struct writer *w)
{
	struct program_fn *f = &w->text->fns[w->text->n_fns++];

	begin_scope(w, 8, W | E);
	(void)snprintf(f->name, sizeof(f->name), "via");
	f->takes_trait = true;
	put(w, "(use-trait tr .lib.tr)\n(define-public (via (t <tr>)");
	params(w, f);
	put(w, below(w, 2) ? "(contract-call? t put "
	                   : "(begin (try! "
	                     "(contract-call? t "
	                     "put u1 ");
	if (w->b->p[w->b->len - 2] == '1') {
		expr(w, PROGRAM_UINT);
		put(w, ")) (contract-call? t get-or ");
		expr(w, PROGRAM_UINT);
		put(w, ")))\n");
		return;
	}
	expr(w, PROGRAM_UINT);
	put(w, " ");
	expr(w, PROGRAM_UINT);
	put(w, "))\n");
}

void program_make(struct program_text *p, struct choice *c, enum epoch epoch,
                  enum clarity_version version)
{
	struct writer w = { .text = p,
		            .b = &p->source,
		            .c = c,
		            .epoch = epoch,
		            .version = version };

	put(&w, fixed);
	if (version >= CLARITY_2)
		put(&w, "(define-private (hash-16 (x (buff 32))) (unwrap-panic "
		        "(as-max-len? (unwrap-panic (slice? (sha256 x) u0 "
		        "u16)) u16)))\n");
	p->n_fns = 0;
	for (uint32_t n = below(&w, 4); n > 0; n--)
		private_fn(&w);
	for (uint32_t n = 1 + below(&w, 4); n > 0; n--)
		outer_fn(&w, true);
	for (uint32_t n = below(&w, 3); n > 0; n--)
		outer_fn(&w, false);
	if (below(&w, 2))
		trait_fn(&w);
	begin_scope(&w, 3, W);
	put(&w, "(define-constant k-any ");
	expr(&w, any_type(&w));
	put(&w, ")\n");
	begin_scope(&w, 10, W);
	if (below(&w, 4) == 0)
		expr(&w, PROGRAM_BOOL);
	put(&w, "\n");
}

static struct value small_value(struct arena *a, struct choice *c,
                                enum program_type type)
{
	static const u128 numbers[] = { 0,  1,   2,        3,       4,
		                        32, 100, 1u << 20, U128_MAX };
	static const uint8_t bytes[] = "0123456789abcdefghijklmnopqrstuv";
	const struct principal *p;
	struct span s = span_of(bytes, choice_below(c, 21));
	uint8_t hash[20] = { (uint8_t)choice_below(c, 4) };

	if (type == PROGRAM_UINT)
		return value_uint(numbers[choice_below(c, COUNT_OF(numbers))]);
	if (type == PROGRAM_INT)
		return value_int(
		    (i128)numbers[choice_below(c, COUNT_OF(numbers))]);
	if (type == PROGRAM_BOOL)
		return value_bool(choice_below(c, 2));
	if (type == PROGRAM_BUFF)
		return value_buff(span_of(bytes, choice_below(c, 33)));
	if (type == PROGRAM_ASCII)
		return value_ascii(s);
	if (type == PROGRAM_UTF8)
		return value_utf8(s, (uint32_t)s.len);
	p = principal_new_standard(a, choice_below(c, 4) ? 26 : 22, hash);
	CHECK(p);
	return value_principal(p);
}

static struct value list_value(struct arena *a, struct choice *c,
                               enum program_type item, uint32_t n)
{
	struct value *items = arena_new_array(a, struct value, n);
	struct value ret;

	CHECK(items);
	for (uint32_t i = 0; i < n; i++)
		items[i] = program_value(a, c, item);
	CHECK(value_list_raw(a, &ret, items, n, NULL) == ERR_OK);
	return ret;
}

static struct value tuple_value(struct arena *a, struct choice *c,
                                enum program_type type)
{
	struct value m = program_value(a, c, PROGRAM_INT), ret;
	struct value_field flat[] = {
		{ span_str("a"), program_value(a, c, PROGRAM_UINT) },
		{ span_str("b"), program_value(a, c, PROGRAM_BOOL) },
	};

	m.wraps = VALUE_SOME;

	struct value_field nest[] = {
		{ span_str("m"), choice_below(c, 2) ? m : value_none() },
		{ span_str("n"), program_value(a, c, PROGRAM_LIST) },
		{ span_str("p"), program_value(a, c, PROGRAM_PRINCIPAL) },
	};

	CHECK(value_tuple(a, &ret, type == PROGRAM_TUPLE ? flat : nest,
	                  type == PROGRAM_TUPLE ? 2 : 3, NULL) == ERR_OK);
	return ret;
}

struct value program_value(struct arena *a, struct choice *c,
                           enum program_type type)
{
	struct value v;

	switch (type) {
	case PROGRAM_LIST:
		return list_value(a, c, PROGRAM_UINT, choice_below(c, 5));
	case PROGRAM_TUPLES:
		return list_value(a, c, PROGRAM_TUPLE, choice_below(c, 4));
	case PROGRAM_TUPLE:
	case PROGRAM_NEST:
		return tuple_value(a, c, type);
	case PROGRAM_MAYBE:
	case PROGRAM_MAYBE_BUFF:
		v = program_value(
		    a, c, type == PROGRAM_MAYBE ? PROGRAM_UINT : PROGRAM_BUFF);
		v.wraps = VALUE_SOME;
		return choice_below(c, 3) ? v : value_none();
	case PROGRAM_ANSWER:
	case PROGRAM_DONE:
		v = program_value(a, c, PROGRAM_UINT);
		v.wraps = VALUE_ERR;
		if (choice_below(c, 2)) {
			v = program_value(a, c,
			                  type == PROGRAM_ANSWER
			                      ? PROGRAM_UINT
			                      : PROGRAM_BOOL);
			v.wraps = VALUE_OK;
		}
		return v;
	case PROGRAM_UINT:
	case PROGRAM_INT:
	case PROGRAM_BOOL:
	case PROGRAM_PRINCIPAL:
	case PROGRAM_BUFF:
	case PROGRAM_ASCII:
	case PROGRAM_UTF8:
	case PROGRAM_TYPES:
		break;
	}
	return small_value(a, c, type);
}
