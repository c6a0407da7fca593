/*
 * tests/wire/txpeer.c - Answers questions about transactions, a line each.
 *
 *   decode HEX        `bad NAME`, or an object: bytes, sighash, any_s, low_s
 *                     (the errors of verification), tx (tx_json.h)
 *   make JSON         the bytes of a description (tx_spec.h), or `bad NAME`
 *   sign ROLE HEX KEY...
 *                     the bytes after signing as origin or sponsor; a KEY is
 *                     k: and a private key (32 bytes, 01 if compressed), or
 *                     p: and the public key of somebody who does not sign
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/app/tx_json.h"
#include "node/app/tx_spec.h"

#define LINE_MAX_BYTES (8u * 1024u * 1024u)

static void print_hex(struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		(void)printf("%02x", bytes.p[i]);
	(void)printf("\n");
}

static void print_tx(const struct tx *tx)
{
	struct buf b;

	buf_init(&b, WIRE_TX_MAX);
	CHECK(tx_write(&b, tx) == ERR_OK);
	print_hex(buf_span(&b));
	buf_fini(&b);
}

static void print_bad(enum err e)
{
	(void)printf("bad %s\n", err_name(e));
}

static void put_err(struct json_write *w, const char *key, enum err e)
{
	json_write_key(w, key);
	json_write_str(w, err_name(e));
}

static enum err read_hex_tx(struct arena *a, struct tx *ret, const char *hex)
{
	struct span bytes;

	TRY(tx_spec_hex(a, &bytes, span_str(hex)));
	return tx_read_all(a, ret, bytes);
}

static void describe(const struct tx *tx)
{
	uint8_t sighash[WIRE_HASH_LEN];
	struct json_write w;
	struct buf bytes;
	struct buf out;

	buf_init(&bytes, WIRE_TX_MAX);
	buf_init(&out, 64u * 1024u * 1024u);
	json_write_init(&w, &out, 0);
	CHECK(tx_write(&bytes, tx) == ERR_OK);
	CHECK(tx_sighash(sighash, tx) == ERR_OK);
	json_write_object(&w);
	json_write_key(&w, "bytes");
	json_write_hex(&w, buf_span(&bytes));
	json_write_key(&w, "sighash");
	json_write_hex(&w, span_of(sighash, sizeof(sighash)));
	put_err(&w, "any_s", tx_verify(tx, AUTH_ANY_S));
	put_err(&w, "low_s", tx_verify(tx, AUTH_LOW_S));
	json_write_key(&w, "tx");
	CHECK(tx_json_write(&w, tx) == ERR_OK);
	json_write_close(&w);
	CHECK(json_write_end(&w) == ERR_OK);
	(void)printf("%.*s\n", (int)out.len, (const char *)out.p);
	buf_fini(&out);
	buf_fini(&bytes);
}

static void decode(struct arena *a, const char *hex)
{
	struct tx tx;
	enum err e = read_hex_tx(a, &tx, hex);

	if (e != ERR_OK)
		print_bad(e);
	else
		describe(&tx);
}

static void make(struct arena *a, const char *text)
{
	const struct json *spec;
	struct tx_spec_diag diag;
	struct tx tx;
	enum err e = json_read_parse(&spec, span_str(text), LINE_MAX_BYTES);

	if (e != ERR_OK) {
		print_bad(e);
		return;
	}
	e = tx_spec_read(a, &tx, spec, &diag);
	json_read_free(spec);
	if (e == ERR_OK)
		print_tx(&tx);
	else
		(void)printf("bad %s %s\n", err_name(e),
		             diag.key ? diag.key : "");
}

/* `text` is k: or p: and hex. */
static enum err sign_one(struct arena *a, struct tx *tx, enum auth_role role,
                         uint8_t *sighash, const char *text)
{
	struct auth_cond *cond =
	    role == AUTH_ORIGIN ? &tx->auth.origin : &tx->auth.sponsor;
	struct auth_key key;
	struct ecdsa_pub pub;
	struct span bytes;

	TRY(tx_spec_hex(a, &bytes, span_str(text + 2)));
	if (*text == 'p') {
		TRY(ecdsa_pub_parse(&pub, bytes.p, bytes.len));
		return auth_cond_add_key(a, cond, &pub,
		                         bytes.len == ECDSA_PUB_LEN);
	}
	memcpy(key.key, bytes.p, sizeof(key.key));
	key.is_compressed = bytes.len > ECDSA_KEY_LEN;
	return role == AUTH_ORIGIN ? tx_sign_origin(a, tx, sighash, &key)
	                           : tx_sign_sponsor(a, tx, sighash, &key);
}

static enum err sign_all(struct arena *a, struct tx *tx, enum auth_role role)
{
	uint8_t sighash[WIRE_HASH_LEN];

	if (role == AUTH_ORIGIN)
		TRY(tx_sighash(sighash, tx));
	else
		TRY(tx_verify_origin(sighash, tx, AUTH_LOW_S));
	for (char *key = strtok(NULL, " \n"); key; key = strtok(NULL, " \n"))
		TRY(sign_one(a, tx, role, sighash, key));
	return ERR_OK;
}

static void sign(struct arena *a, char *text)
{
	const char *role = strtok(text, " ");
	const char *hex = strtok(NULL, " \n");
	struct tx tx;

	CHECK(role && hex);
	struct span bytes;
	enum err e = tx_spec_hex(a, &bytes, span_str(hex));

	if (e == ERR_OK)
		e = tx_read_draft(a, &tx, bytes);

	if (e == ERR_OK)
		e = sign_all(a, &tx,
		             strcmp(role, "origin") == 0 ? AUTH_ORIGIN
		                                         : AUTH_SPONSOR);
	if (e == ERR_OK)
		print_tx(&tx);
	else
		print_bad(e);
}

static void answer(struct arena *a, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	if (strncmp(line, "decode ", 7) == 0)
		decode(a, line + 7);
	else if (strncmp(line, "make ", 5) == 0)
		make(a, line + 5);
	else if (strncmp(line, "sign ", 5) == 0)
		sign(a, line + 5);
	else
		(void)printf("bad QUESTION\n");
	(void)fflush(stdout);
}

int main(void)
{
	static char line[LINE_MAX_BYTES];
	struct arena a;

	arena_init(&a, TX_ARENA_MAX);
	while (fgets(line, sizeof(line), stdin)) {
		answer(&a, line);
		arena_reset(&a);
	}
	arena_fini(&a);
	return 0;
}
