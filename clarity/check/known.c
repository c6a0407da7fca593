/* clarity/check/known.c - Types of built-in words; contract in known.h. */
#include "config.h"

#include "clarity/check/known.h"

#include "clarity/base/check.h"

/* Sizes, as in clarity/value: of a value (V) and of the type itself (S). */
#define V_INT 16u
#define V_BOOL 1u
#define V_PRINCIPAL 148u
#define V_STRING(n) (4u + (n))
#define V_UTF8(n) (4u + 4u * (n))
#define S_ATOM 1u
#define S_STRING 5u

#define STRING(k, n, v)                                                        \
	{                                                                      \
		.kind = (k), .depth = 1, .is_concrete = true, .len = (n),      \
		.size = (v), .type_size = S_STRING                             \
	}
#define BUFF(n) STRING(TYPE_BUFF, n, V_STRING(n))
#define ASCII(n) STRING(TYPE_ASCII, n, V_STRING(n))
#define UTF8(n) STRING(TYPE_UTF8, n, V_UTF8(n))

/* `d`, `v` and `s` are depth, value size and type size of what is inside. */
#define OPTIONAL(t, d, v, s)                                                   \
	{                                                                      \
		.kind = TYPE_OPTIONAL, .depth = (d) + 1, .is_concrete = true,  \
		.size = (v) + TYPE_WRAPPER_SIZE, .type_size = (s) + 1,         \
		.item = (t)                                                    \
	}
#define RESPONSE(o, e, d, v, s)                                                \
	{                                                                      \
		.kind = TYPE_RESPONSE, .depth = (d) + 1, .is_concrete = true,  \
		.size = (v) + TYPE_WRAPPER_SIZE, .type_size = (s) + 1,         \
		.ok = (o), .err = (e)                                          \
	}
/* A response whose error is a uint and whose ok value is string-like. */
#define RESPONSE_UINT(o, v, s)                                                 \
	RESPONSE(o, KNOWN_UINT, 1, (v) > V_INT ? (v) : V_INT, (s) + S_ATOM)

/* `names` is the sum of the names' lengths; v and s sum up the fields. */
#define TUPLE_SIZE(n, names, s) (2u * (n) + (names) + (s))
#define TUPLE(f, n, d, names, v, s)                                            \
	{                                                                      \
		.kind = TYPE_TUPLE, .depth = (d) + 1, .is_concrete = true,     \
		.len = (n),                                                    \
		.size = TUPLE_SIZE(n, names, v) + TUPLE_SIZE(n, names, s),     \
		.type_size = TUPLE_SIZE(n, names, s), .fields = (f)            \
	}
#define NAME(s)                                                                \
	{                                                                      \
		.p = (const uint8_t *)(s), .len = sizeof(s) - 1                \
	}

const struct type known_buff_1 = BUFF(1);
const struct type known_buff_16 = BUFF(16);
const struct type known_buff_20 = BUFF(20);
const struct type known_buff_32 = BUFF(32);
const struct type known_buff_33 = BUFF(33);
const struct type known_buff_34 = BUFF(34);
const struct type known_buff_64 = BUFF(64);
const struct type known_buff_65 = BUFF(65);
const struct type known_buff_1024 = BUFF(1024);
const struct type known_buff_max = BUFF(TYPE_MAX_SIZE);
const struct type known_buff_to_ascii = BUFF(KNOWN_TO_ASCII_MAX);
const struct type known_ascii_1 = ASCII(1);
const struct type known_ascii_5 = ASCII(5);
const struct type known_ascii_40 = ASCII(40);
const struct type known_ascii_128 = ASCII(128);
const struct type known_ascii_170 = ASCII(170);
const struct type known_ascii_max = ASCII(TYPE_MAX_SIZE);
const struct type known_utf8_1 = UTF8(1);
const struct type known_utf8_40 = UTF8(40);
const struct type known_utf8_max = UTF8(TYPE_MAX_UTF8);

const struct type known_optional_int = OPTIONAL(KNOWN_INT, 1, V_INT, S_ATOM);
const struct type known_optional_uint = OPTIONAL(KNOWN_UINT, 1, V_INT, S_ATOM);
const struct type known_optional_bool = OPTIONAL(KNOWN_BOOL, 1, V_BOOL, S_ATOM);
const struct type known_optional_principal =
    OPTIONAL(KNOWN_PRINCIPAL, 1, V_PRINCIPAL, S_ATOM);
const struct type known_optional_buff_1 =
    OPTIONAL(&known_buff_1, 1, V_STRING(1), S_STRING);
const struct type known_optional_buff_32 =
    OPTIONAL(&known_buff_32, 1, V_STRING(32), S_STRING);
const struct type known_optional_ascii_1 =
    OPTIONAL(&known_ascii_1, 1, V_STRING(1), S_STRING);
const struct type known_optional_utf8_1 =
    OPTIONAL(&known_utf8_1, 1, V_UTF8(1), S_STRING);
const struct type known_optional_ascii_40 =
    OPTIONAL(&known_ascii_40, 1, V_STRING(40), S_STRING);

const struct type known_merkle_path = {
	.kind = TYPE_LIST,
	.depth = 2,
	.is_concrete = true,
	.len = KNOWN_MERKLE_LEVELS,
	.size = KNOWN_MERKLE_LEVELS * V_STRING(32) + S_STRING + 5u,
	.type_size = S_STRING + 5u,
	.item = &known_buff_32,
};

const struct type known_response_bool =
    RESPONSE_UINT(KNOWN_BOOL, V_BOOL, S_ATOM);
const struct type known_response_principal =
    RESPONSE_UINT(KNOWN_PRINCIPAL, V_PRINCIPAL, S_ATOM);
const struct type known_response_buff_32 =
    RESPONSE_UINT(&known_buff_32, V_STRING(32), S_STRING);
const struct type known_response_buff_33 =
    RESPONSE_UINT(&known_buff_33, V_STRING(33), S_STRING);
const struct type known_response_buff_65 =
    RESPONSE_UINT(&known_buff_65, V_STRING(65), S_STRING);
const struct type known_response_ascii_5 =
    RESPONSE_UINT(&known_ascii_5, V_STRING(5), S_STRING);
const struct type known_response_ascii_40 =
    RESPONSE_UINT(&known_ascii_40, V_STRING(40), S_STRING);
const struct type known_response_ascii_170 =
    RESPONSE_UINT(&known_ascii_170, V_STRING(170), S_STRING);

/* Fields stand in the order of their names' bytes. */
static const struct type_field stx_account[] = {
	{ NAME("locked"), KNOWN_UINT },
	{ NAME("unlock-height"), KNOWN_UINT },
	{ NAME("unlocked"), KNOWN_UINT },
};
#define STX_ACCOUNT_NAMES (6u + 13u + 8u)
const struct type known_stx_account =
    TUPLE(stx_account, 3, 1, STX_ACCOUNT_NAMES, 3 * V_INT, 3 * S_ATOM);

static const struct type_field destructed[] = {
	{ NAME("hash-bytes"), &known_buff_20 },
	{ NAME("name"), &known_optional_ascii_40 },
	{ NAME("version"), &known_buff_1 },
};
#define DESTRUCTED_NAMES (10u + 4u + 7u)
#define DESTRUCTED_V (V_STRING(20) + V_STRING(40) + 1u + V_STRING(1))
#define DESTRUCTED_S (3 * S_STRING + 1u)
const struct type known_destructed =
    TUPLE(destructed, 3, 2, DESTRUCTED_NAMES, DESTRUCTED_V, DESTRUCTED_S);
const struct type known_destruct =
    RESPONSE(&known_destructed, &known_destructed, 3,
             TUPLE_SIZE(3, DESTRUCTED_NAMES, DESTRUCTED_V) +
                 TUPLE_SIZE(3, DESTRUCTED_NAMES, DESTRUCTED_S),
             2 * TUPLE_SIZE(3, DESTRUCTED_NAMES, DESTRUCTED_S));

static const struct type_field not_constructed[] = {
	{ NAME("error_code"), KNOWN_UINT },
	{ NAME("value"), &known_optional_principal },
};
#define NOT_CONSTRUCTED_NAMES (10u + 5u)
#define NOT_CONSTRUCTED_V (V_INT + V_PRINCIPAL + 1u)
#define NOT_CONSTRUCTED_S (2 * S_ATOM + 1u)
static const struct type known_not_constructed =
    TUPLE(not_constructed, 2, 2, NOT_CONSTRUCTED_NAMES, NOT_CONSTRUCTED_V,
          NOT_CONSTRUCTED_S);
const struct type known_construct =
    RESPONSE(KNOWN_PRINCIPAL, &known_not_constructed, 3,
             TUPLE_SIZE(2, NOT_CONSTRUCTED_NAMES, NOT_CONSTRUCTED_V) +
                 TUPLE_SIZE(2, NOT_CONSTRUCTED_NAMES, NOT_CONSTRUCTED_S),
             S_ATOM + TUPLE_SIZE(2, NOT_CONSTRUCTED_NAMES, NOT_CONSTRUCTED_S));

static const struct type_field bitcoin_output[] = {
	{ NAME("amount"), KNOWN_UINT },
	{ NAME("script"), &known_buff_1024 },
	{ NAME("txid"), &known_buff_32 },
};
#define OUTPUT_NAMES (6u + 6u + 4u)
#define OUTPUT_V (V_INT + V_STRING(1024) + V_STRING(32))
#define OUTPUT_S (S_ATOM + 2 * S_STRING)
static const struct type known_output =
    TUPLE(bitcoin_output, 3, 1, OUTPUT_NAMES, OUTPUT_V, OUTPUT_S);
const struct type known_bitcoin_output =
    RESPONSE(&known_output, KNOWN_UINT, 2,
             TUPLE_SIZE(3, OUTPUT_NAMES, OUTPUT_V) +
                 TUPLE_SIZE(3, OUTPUT_NAMES, OUTPUT_S),
             TUPLE_SIZE(3, OUTPUT_NAMES, OUTPUT_S) + S_ATOM);

static const struct type_field pox_addr[] = {
	{ NAME("hashbytes"), &known_buff_32 },
	{ NAME("version"), &known_buff_1 },
};
#define POX_ADDR_NAMES (9u + 7u)
#define POX_ADDR_V (V_STRING(32) + V_STRING(1))
#define POX_ADDR_S (2 * S_STRING)
static const struct type known_pox_addr =
    TUPLE(pox_addr, 2, 1, POX_ADDR_NAMES, POX_ADDR_V, POX_ADDR_S);
#define ADDRS_S (TUPLE_SIZE(2, POX_ADDR_NAMES, POX_ADDR_S) + 5u)
#define ADDRS_V                                                                \
	(2u * (TUPLE_SIZE(2, POX_ADDR_NAMES, POX_ADDR_V) +                     \
	       TUPLE_SIZE(2, POX_ADDR_NAMES, POX_ADDR_S)) +                    \
	 ADDRS_S)
static const struct type known_pox_addr_list = {
	.kind = TYPE_LIST,
	.depth = 3,
	.is_concrete = true,
	.len = 2,
	.size = ADDRS_V,
	.type_size = ADDRS_S,
	.item = &known_pox_addr,
};
static const struct type_field pox_addrs[] = {
	{ NAME("addrs"), &known_pox_addr_list },
	{ NAME("payout"), KNOWN_UINT },
};
#define POX_ADDRS_NAMES (5u + 6u)
#define POX_ADDRS_S TUPLE_SIZE(2, POX_ADDRS_NAMES, ADDRS_S + S_ATOM)
#define POX_ADDRS_V                                                            \
	(TUPLE_SIZE(2, POX_ADDRS_NAMES, ADDRS_V + V_INT) + POX_ADDRS_S)
const struct type known_pox_addrs =
    TUPLE(pox_addrs, 2, 3, POX_ADDRS_NAMES, ADDRS_V + V_INT, ADDRS_S + S_ATOM);
const struct type known_optional_pox_addrs =
    OPTIONAL(&known_pox_addrs, 4, POX_ADDRS_V, POX_ADDRS_S);
