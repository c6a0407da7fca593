/* node/app/cmd_tx.c - The verbs of `tenure tx`. */
#include "config.h"

#include "node/app/cmd_tx.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"
#include "clarity/crypto/secret.h"
#include "node/app/app_io.h"
#include "node/app/json_text.h"
#include "node/app/key_file.h"
#include "node/app/tx_json.h"
#include "node/app/tx_spec.h"

/* The longest input: a transaction in hex, or its description. */
#define IN_MAX ((size_t)16 * 1024 * 1024)

/* The longest output: a description. */
#define OUT_MAX ((size_t)128 * 1024 * 1024)

/* Fewer hex digits than this are rather the name of a file. */
#define HEX_MIN 100u

/* --json is every verb's first option. */
enum {
	OPT_JSON,
	SIGN_KEY,
	SIGN_SKIP,
	SIGN_SPONSOR,
	SIGN_COUNT
};

#define ROW_JSON                                                               \
	{                                                                      \
		.name = "json", .help = "write JSON instead of text"           \
	}

static const struct cmd_opt plain_opts[] = { [OPT_JSON] = ROW_JSON };

static const struct cmd_opt sign_opts[SIGN_COUNT] = {
	[OPT_JSON] = ROW_JSON,
	[SIGN_KEY] = { .name = "key",
	               .letter = 'k',
	               .kind = CMD_SECRET_FILE,
	               .value = "FILE",
	               .help = "the private key that signs" },
	[SIGN_SKIP] = { .name = "skip",
	                .kind = CMD_TEXT,
	                .value = "PUBKEY",
	                .help = "instead, name the public key of an owner who "
	                        "does not sign" },
	[SIGN_SPONSOR] = { .name = "sponsor",
	                   .letter = 's',
	                   .help = "sign as the sponsor, after the origin" },
};

/* What a verb works with. */
struct work {
	const struct env *env;
	const struct cmd_args *args;
	const char *name; /* of the input, for messages */
	struct arena a;
	struct tx tx;
	struct buf out;
};

static void work_init(struct work *k, const struct cmd_args *args, void *ctx)
{
	*k = (struct work){ .env = ctx, .args = args };
	k->name = args->operands[0];
	arena_init(&k->a, TX_ARENA_MAX + IN_MAX * 4);
	buf_init(&k->out, OUT_MAX);
}

static int work_end(struct work *k, int code)
{
	arena_fini(&k->a);
	buf_fini(&k->out);
	return code;
}

/* A file that cannot be used, or a transaction that is none. */
static int work_wrong(const struct work *k, enum err e)
{
	if (err_class(e) == ERR_CLASS_VERDICT)
		return app_io_reject(k->env, k->name, err_text(e));
	return app_io_wrong(k->env, k->name, err_text(e));
}

static bool is_hex(struct span text)
{
	if (text.len >= 2 && memcmp(text.p, "0x", 2) == 0)
		text = span_of(text.p + 2, text.len - 2);
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.p[i] | 0x20;

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.len > 0;
}

/* The operand's bytes: hex itself, or a file of hex or of raw bytes. */
static enum err read_bytes(struct work *k, struct span *ret)
{
	struct span text = span_str(k->name);

	if (text.len >= HEX_MIN && is_hex(text)) {
		k->name = "transaction";
		return tx_spec_hex(&k->a, ret, text);
	}
	TRY(app_io_read(k->env, &k->a, k->name, IN_MAX, &text));
	if (strcmp(k->name, "-") == 0)
		k->name = "standard input";
	if (is_hex(app_io_trim(text)))
		return tx_spec_hex(&k->a, ret, app_io_trim(text));
	*ret = text;
	return ERR_OK;
}

static enum err read_tx(struct work *k, bool is_draft)
{
	struct span bytes;

	TRY(read_bytes(k, &bytes));
	if (is_draft)
		return tx_read_draft(&k->a, &k->tx, bytes);
	return tx_read_all(&k->a, &k->tx, bytes);
}

static enum err put_id(struct json_write *w, const struct tx *tx)
{
	uint8_t id[WIRE_HASH_LEN];

	TRY(tx_id(id, tx));
	json_write_key(w, "txid");
	json_write_hex(w, span_of(id, sizeof(id)));
	return ERR_OK;
}

/* Writes the transaction's bytes as a line of hex, or with its id as JSON. */
static int write_tx(struct work *k)
{
	struct json_write w;
	struct buf bytes;
	enum err e;

	buf_init(&bytes, WIRE_TX_MAX);
	e = tx_write(&bytes, &k->tx);
	if (e == ERR_OK && k->args->opt[OPT_JSON].is_set) {
		json_write_init(&w, &k->out, 0);
		json_write_object(&w);
		e = put_id(&w, &k->tx);
		json_write_key(&w, "is_complete");
		json_write_bool(&w, tx_verify(&k->tx, AUTH_LOW_S) == ERR_OK);
		json_write_key(&w, "bytes");
		json_write_hex(&w, buf_span(&bytes));
		json_write_close(&w);
	} else if (e == ERR_OK) {
		(void)buf_add_hex(&k->out, bytes.p, bytes.len);
	}
	(void)buf_add_str(&k->out, "\n");
	buf_fini(&bytes);
	return e == ERR_OK ? app_io_write(k->env, &k->out, CMD_EXIT_OK)
	                   : work_wrong(k, e);
}

/* --- tenure tx make --- */

static int make_run(struct work *k)
{
	struct tx_spec_diag diag = { .key = NULL };
	const struct json *spec;
	struct span text;
	char what[256];
	enum err e = app_io_read(k->env, &k->a, k->name, IN_MAX, &text);

	if (e != ERR_OK)
		return work_wrong(k, e);
	e = json_read_parse(&spec, text, IN_MAX);
	if (e != ERR_OK)
		return app_io_wrong(k->env, k->name, "is not JSON");
	e = tx_spec_read(&k->a, &k->tx, spec, &diag);
	json_read_free(spec);
	if (e == ERR_OK)
		return write_tx(k);
	(void)snprintf(what, sizeof(what), "%s%s%s", diag.key ? diag.key : "",
	               diag.key ? " is missing or wrong" : "",
	               diag.key ? "" : err_text(e));
	return app_io_wrong(k->env, k->name, what);
}

static int verb_make(const struct cmd_args *args, void *ctx)
{
	struct work k;

	work_init(&k, args, ctx);
	return work_end(&k, make_run(&k));
}

/* --- tenure tx sign --- */

static enum auth_role sign_role(const struct work *k)
{
	return k->args->opt[SIGN_SPONSOR].is_set ? AUTH_SPONSOR : AUTH_ORIGIN;
}

static struct auth_cond *sign_cond(struct work *k)
{
	return sign_role(k) == AUTH_SPONSOR ? &k->tx.auth.sponsor
	                                    : &k->tx.auth.origin;
}

static int sign_skip(struct work *k)
{
	const char *text = k->args->opt[SIGN_SKIP].text;
	struct auth_cond *cond = sign_cond(k);
	struct ecdsa_pub pub;
	struct span bytes;
	enum err e = tx_spec_hex(&k->a, &bytes, span_str(text));

	if (e == ERR_OK)
		e = ecdsa_pub_parse(&pub, bytes.p, bytes.len);
	if (e != ERR_OK)
		return app_io_wrong(k->env, text, "is not a public key");
	if (!address_mode_is_multisig(cond->mode))
		return app_io_wrong(k->env, "--skip",
		                    "the account has one owner only");
	e = auth_cond_add_key(&k->a, cond, &pub, bytes.len == ECDSA_PUB_LEN);
	return e == ERR_OK ? write_tx(k) : work_wrong(k, e);
}

/* One owner's signature is judged at once; several come one by one. */
static int sign_check(struct work *k, const uint8_t before[WIRE_HASH_LEN])
{
	struct auth_cond *cond = sign_cond(k);
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, before, sizeof(sighash));
	if (!address_mode_is_multisig(cond->mode) &&
	    auth_cond_verify(sighash, cond, sign_role(k), AUTH_LOW_S) != ERR_OK)
		return app_io_reject(k->env, k->args->opt[SIGN_KEY].text,
		                     "is not the key of the account");
	return write_tx(k);
}

static int sign_key(struct work *k)
{
	const char *path = k->args->opt[SIGN_KEY].text;
	uint8_t sighash[WIRE_HASH_LEN];
	uint8_t before[WIRE_HASH_LEN];
	struct auth_key key;
	enum err e = tx_sighash_next(sighash, &k->tx, sign_role(k));

	if (e != ERR_OK && sign_role(k) == AUTH_SPONSOR)
		return app_io_reject(k->env, k->name,
		                     "the origin has not signed in full");
	if (e != ERR_OK)
		return work_wrong(k, e);
	e = key_file_read(k->env, path, &key);
	if (e != ERR_OK)
		return app_io_wrong(k->env, path,
		                    e == ERR_SYNTAX ? "is not a private key"
		                                    : err_text(e));
	memcpy(before, sighash, sizeof(before));
	if (sign_role(k) == AUTH_SPONSOR)
		e = tx_sign_sponsor(&k->a, &k->tx, sighash, &key);
	else
		e = tx_sign_origin(&k->a, &k->tx, sighash, &key);
	secret_wipe(&key, sizeof(key));
	return e == ERR_OK ? sign_check(k, before) : work_wrong(k, e);
}

static int sign_run(struct work *k)
{
	bool has_key = k->args->opt[SIGN_KEY].is_set;
	enum err e;

	if (has_key == k->args->opt[SIGN_SKIP].is_set)
		return app_io_wrong(k->env, "tx sign",
		                    "give either --key or --skip");
	e = read_tx(k, true);
	if (e != ERR_OK)
		return work_wrong(k, e);
	if (sign_role(k) == AUTH_SPONSOR && !k->tx.auth.is_sponsored)
		return app_io_reject(k->env, k->name, "has no sponsor");
	return has_key ? sign_key(k) : sign_skip(k);
}

static int verb_sign(const struct cmd_args *args, void *ctx)
{
	struct work k;

	work_init(&k, args, ctx);
	return work_end(&k, sign_run(&k));
}

/* --- tenure tx decode --- */

/* The description, and what the signatures are worth. */
static enum err describe(struct work *k, struct buf *doc)
{
	enum err verdict = tx_verify(&k->tx, AUTH_LOW_S);
	struct json_write w;

	if (err_class(verdict) == ERR_CLASS_FAULT)
		return verdict;
	json_write_init(&w, doc, k->args->opt[OPT_JSON].is_set ? 2 : 0);
	json_write_object(&w);
	json_write_key(&w, "signatures");
	json_write_str(&w, verdict == ERR_OK ? "valid" : err_text(verdict));
	json_write_key(&w, "transaction");
	TRY(tx_json_write(&w, &k->tx));
	json_write_close(&w);
	return json_write_end(&w);
}

static int decode_run(struct work *k)
{
	const struct json *json;
	struct buf doc;
	enum err e = read_tx(k, true);

	if (e != ERR_OK)
		return work_wrong(k, e);
	buf_init(&doc, OUT_MAX);
	e = describe(k, &doc);
	if (e == ERR_OK && k->args->opt[OPT_JSON].is_set) {
		e = buf_add(&k->out, doc.p, doc.len);
	} else if (e == ERR_OK) {
		e = json_read_parse(&json, buf_span(&doc), OUT_MAX);
		if (e == ERR_OK) {
			e = json_text_write(&k->out, json);
			json_read_free(json);
		}
	}
	buf_fini(&doc);
	return e == ERR_OK ? app_io_write(k->env, &k->out, CMD_EXIT_OK)
	                   : work_wrong(k, e);
}

static int verb_decode(const struct cmd_args *args, void *ctx)
{
	struct work k;

	work_init(&k, args, ctx);
	return work_end(&k, decode_run(&k));
}

/* --- tenure tx id --- */

static int id_run(struct work *k)
{
	uint8_t id[WIRE_HASH_LEN];
	struct json_write w;
	enum err e = read_tx(k, false);

	if (e == ERR_OK)
		e = tx_id(id, &k->tx);
	if (e != ERR_OK)
		return work_wrong(k, e);
	if (k->args->opt[OPT_JSON].is_set) {
		json_write_init(&w, &k->out, 0);
		json_write_object(&w);
		json_write_key(&w, "txid");
		json_write_hex(&w, span_of(id, sizeof(id)));
		json_write_close(&w);
	} else {
		(void)buf_add_hex(&k->out, id, sizeof(id));
	}
	(void)buf_add_str(&k->out, "\n");
	return app_io_write(k->env, &k->out, CMD_EXIT_OK);
}

static int verb_id(const struct cmd_args *args, void *ctx)
{
	struct work k;

	work_init(&k, args, ctx);
	return work_end(&k, id_run(&k));
}

#define ABOUT_TX                                                               \
	"TX is the name of a file, or - for standard input, with hex or raw "  \
	"bytes in it; or the hex itself."

const struct cmd cmd_tx_verbs[] = {
	{ .name = "make",
	  .summary = "make an unsigned transaction from its description",
	  .operands = "FILE|-",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about =
	      "The description is JSON as `tenure tx decode --json` writes "
	      "it under \"transaction\"; txid, signatures and whatever has "
	      "its usual value may be left out. In place of an address, "
	      "origin and sponsor may list their public_keys. The least is "
	      "{\"network\": \"testnet\", \"origin\": {\"public_keys\": "
	      "[\"02...\"], \"nonce\": 0, \"fee\": 180}, \"payload\": "
	      "{\"type\": \"token_transfer\", \"recipient\": \"ST...\", "
	      "\"amount\": \"1000000\"}}.",
	  .exits = "0: written; 2: the command line or the description cannot "
	           "be used",
	  .opts = plain_opts,
	  .n_opts = COUNT_OF(plain_opts),
	  .run = verb_make },
	{ .name = "sign",
	  .summary = "add one signature to a transaction",
	  .operands = "TX",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = ABOUT_TX
	  " Where an account has several owners, each of them "
	  "either signs or is named with --skip, in the order of the "
	  "account's keys.",
	  .exits = "0: written; 1: the key or the transaction is not the right "
	           "one; 2: the command line or a file cannot be used",
	  .opts = sign_opts,
	  .n_opts = SIGN_COUNT,
	  .run = verb_sign },
	{ .name = "decode",
	  .summary = "show what a transaction says and whether it is signed",
	  .operands = "TX",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = ABOUT_TX,
	  .exits = "0: it is a transaction, signed or not; 1: it is none; 2: "
	           "the command line or a file cannot be used",
	  .opts = plain_opts,
	  .n_opts = COUNT_OF(plain_opts),
	  .run = verb_decode },
	{ .name = "id",
	  .summary = "write a transaction's id",
	  .operands = "TX",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = ABOUT_TX,
	  .exits =
	      "0: written; 1: it is no transaction; 2: the command line or "
	      "a file cannot be used",
	  .opts = plain_opts,
	  .n_opts = COUNT_OF(plain_opts),
	  .run = verb_id },
};

const unsigned cmd_tx_count = COUNT_OF(cmd_tx_verbs);
