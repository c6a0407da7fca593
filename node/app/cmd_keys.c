/* node/app/cmd_keys.c - The verbs of `tenure keys`. */
#include "config.h"

#include "node/app/cmd_keys.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"
#include "clarity/crypto/bip32.h"
#include "clarity/crypto/bip39.h"
#include "clarity/crypto/secret.h"
#include "node/app/app_io.h"
#include "node/app/json_text.h"
#include "node/app/key_file.h"
#include "node/io/json_read.h"
#include "node/io/json_write.h"

/* Accounts that are shown at once, and bytes that they take as text. */
#define ACCOUNTS_MAX 1000u
#define OUT_MAX ((size_t)1 << 20)

enum {
	NEW_WORDS,
	NEW_JSON,
	NEW_COUNT
};

enum {
	SHOW_MNEMONIC,
	SHOW_PASSPHRASE,
	SHOW_KEY,
	SHOW_INDEX,
	SHOW_COUNT,
	SHOW_PRIVATE,
	SHOW_JSON,
	SHOW_OPTS
};

static const char *const word_choices[] = {
	"12", "15", "18", "21", "24", NULL
};

static const struct cmd_opt new_opts[NEW_COUNT] = {
	[NEW_WORDS] = { .name = "words",
	                .letter = 'w',
	                .kind = CMD_CHOICE,
	                .value = "N",
	                .help = "how many words, 24 if not given",
	                .choices = word_choices },
	[NEW_JSON] = { .name = "json",
	               .help = "write one JSON object instead of text" },
};

static const struct cmd_opt show_opts[SHOW_OPTS] = {
	[SHOW_MNEMONIC] = { .name = "mnemonic",
	                    .letter = 'm',
	                    .kind = CMD_SECRET_FILE,
	                    .value = "FILE",
	                    .help = "the sentence of the wallet" },
	[SHOW_PASSPHRASE] = { .name = "passphrase",
	                      .letter = 'p',
	                      .kind = CMD_SECRET_FILE,
	                      .value = "FILE",
	                      .help = "a further secret to the sentence" },
	[SHOW_KEY] = { .name = "key",
	               .letter = 'k',
	               .kind = CMD_SECRET_FILE,
	               .value = "FILE",
	               .help = "a private key instead of a sentence" },
	[SHOW_INDEX] = { .name = "index",
	                 .letter = 'i',
	                 .kind = CMD_NUMBER,
	                 .value = "N",
	                 .help = "the first account, 0 if not given",
	                 .max = BIP32_HARDENED - 1 },
	[SHOW_COUNT] = { .name = "count",
	                 .letter = 'n',
	                 .kind = CMD_NUMBER,
	                 .value = "N",
	                 .help = "how many accounts, 1 if not given",
	                 .min = 1,
	                 .max = ACCOUNTS_MAX },
	[SHOW_PRIVATE] = { .name = "reveal",
	                   .help = "show the private keys as well" },
	[SHOW_JSON] = { .name = "json",
	                .help = "write one JSON object instead of text" },
};

/* --- what is shown --- */

/* Starts a text that may hold secrets: with all its room, so that growing
 * leaves no copy behind that nobody wipes. */
static void secret_text_init(struct buf *b)
{
	buf_init(b, OUT_MAX);
	(void)buf_room(b, OUT_MAX);
}

static void put_address(struct json_write *w, const char *key,
                        const uint8_t *hash, bool is_mainnet)
{
	struct address a = { .version =
		                 address_version(ADDRESS_P2PKH, is_mainnet) };
	char text[C32_MAX_TEXT];

	memcpy(a.hash, hash, sizeof(a.hash));
	address_format(text, &a);
	json_write_key(w, key);
	json_write_str(w, text);
}

static void put_public(struct json_write *w, const struct ecdsa_pub *pub,
                       bool is_compressed)
{
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	size_t len = is_compressed ? ECDSA_PUB_LEN : ECDSA_PUB_FULL_LEN;

	if (is_compressed)
		ecdsa_pub_write(bytes, pub);
	else
		ecdsa_pub_write_full(bytes, pub);
	json_write_key(w, "public_key");
	json_write_hex(w, span_of(bytes, len));
}

/* One account; `index` is below 0 for a key that is of no wallet. */
static enum err put_account(struct json_write *w, const struct auth_key *key,
                            int64_t index, bool has_private)
{
	struct ecdsa_pub pub;
	uint8_t hash[ADDRESS_HASH_LEN];
	char text[KEY_FILE_TEXT];

	TRY(ecdsa_pub_of(&pub, key->key));
	address_of_key(hash, ADDRESS_P2PKH, &pub, key->is_compressed);
	json_write_object(w);
	if (index >= 0) {
		json_write_key(w, "index");
		json_write_i64(w, index);
	}
	put_address(w, "mainnet", hash, true);
	put_address(w, "testnet", hash, false);
	put_public(w, &pub, key->is_compressed);
	if (has_private) {
		key_file_format(text, key);
		json_write_key(w, "private_key");
		json_write_str(w, text);
		secret_wipe(text, sizeof(text));
	}
	json_write_close(w);
	return ERR_OK;
}

/* Accounts `first` to `first` + n - 1 of a sentence. */
static enum err put_wallet(struct json_write *w, struct span sentence,
                           struct span passphrase, uint64_t first, uint64_t n,
                           bool has_private)
{
	uint8_t seed[BIP39_SEED_LEN];
	struct bip32_key root;
	enum err e = bip39_seed(seed, sentence, passphrase);

	if (e == ERR_OK)
		e = bip32_root(&root, span_of(seed, sizeof(seed)));
	for (uint64_t i = first; i < first + n && e == ERR_OK; i++) {
		struct auth_key key = { .is_compressed = true };

		e = bip32_stacks(key.key, &root, (uint32_t)i);
		if (e == ERR_OK)
			e = put_account(w, &key, (int64_t)i, has_private);
		secret_wipe(&key, sizeof(key));
	}
	secret_wipe(seed, sizeof(seed));
	secret_wipe(&root, sizeof(root));
	return e;
}

/* Writes the document as it is, or as lines for people. */
static int keys_write(const struct env *env, struct buf *doc, bool as_json)
{
	const struct json *json;
	struct buf out;
	int code;

	if (as_json) {
		(void)buf_add_str(doc, "\n");
		return app_io_write(env, doc, CMD_EXIT_OK);
	}
	secret_text_init(&out);
	CHECK(json_read_parse(&json, buf_span(doc), OUT_MAX) == ERR_OK);
	(void)json_text_write(&out, json);
	code = app_io_write(env, &out, CMD_EXIT_OK);
	json_read_free(json);
	if (out.p)
		secret_wipe(out.p, out.cap);
	buf_fini(&out);
	return code;
}

static int keys_finish(const struct env *env, struct buf *doc,
                       struct json_write *w, enum err e, bool as_json)
{
	int code;

	if (e == ERR_OK)
		e = json_write_end(w);
	if (e == ERR_OK)
		code = keys_write(env, doc, as_json);
	else
		code = app_io_wrong(env, "keys", err_text(e));
	if (doc->p)
		secret_wipe(doc->p, doc->cap);
	buf_fini(doc);
	return code;
}

/* --- tenure keys new --- */

static int verb_new(const struct cmd_args *args, void *ctx)
{
	const struct cmd_arg *words = &args->opt[NEW_WORDS];
	const struct env *env = ctx;
	size_t len = words->is_set ? 16 + 4 * words->num : BIP39_ENTROPY_MAX;
	uint8_t entropy[BIP39_ENTROPY_MAX];
	char text[BIP39_TEXT_MAX];
	struct json_write w;
	struct buf doc;
	enum err e = env_random(env, entropy, len);

	secret_text_init(&doc);
	json_write_init(&w, &doc, 0);
	if (e == ERR_OK) {
		size_t n = bip39_write(text, span_of(entropy, len));

		json_write_object(&w);
		json_write_key(&w, "mnemonic");
		json_write_text(&w, span_of(text, n));
		json_write_key(&w, "accounts");
		json_write_array(&w);
		e = put_wallet(&w, span_of(text, n), span_of(NULL, 0), 0, 1,
		               false);
	}
	if (e == ERR_OK) {
		json_write_close(&w);
		json_write_close(&w);
	}
	secret_wipe(entropy, sizeof(entropy));
	secret_wipe(text, sizeof(text));
	return keys_finish(env, &doc, &w, e, args->opt[NEW_JSON].is_set);
}

/* --- tenure keys show --- */

static enum err show_key(const struct env *env, const struct cmd_args *args,
                         struct json_write *w)
{
	struct auth_key key;

	TRY(key_file_read(env, args->opt[SHOW_KEY].text, &key));
	enum err e = put_account(w, &key, -1, args->opt[SHOW_PRIVATE].is_set);

	secret_wipe(&key, sizeof(key));
	return e;
}

static enum err show_wallet(const struct env *env, const struct cmd_args *args,
                            struct json_write *w)
{
	const struct cmd_arg *count = &args->opt[SHOW_COUNT];
	const struct cmd_arg *pass = &args->opt[SHOW_PASSPHRASE];
	struct app_secret text = { .bytes = NULL };
	struct app_secret more = { .bytes = NULL };
	char sentence[BIP39_TEXT_MAX];
	size_t len = 0;
	enum err e = app_io_secret(env, args->opt[SHOW_MNEMONIC].text, &text);

	if (e == ERR_OK && pass->is_set)
		e = app_io_secret(env, pass->text, &more);
	if (e == ERR_OK)
		e = bip39_parse(sentence, &len, span_of(text.bytes, text.len));
	if (e == ERR_OK)
		e = put_wallet(
		    w, span_of(sentence, len), span_of(more.bytes, more.len),
		    args->opt[SHOW_INDEX].num, count->is_set ? count->num : 1,
		    args->opt[SHOW_PRIVATE].is_set);
	secret_wipe(sentence, sizeof(sentence));
	app_io_forget(&text);
	app_io_forget(&more);
	return e;
}

static const char *show_wrong(enum err e, bool has_key)
{
	if (e == ERR_SYNTAX)
		return has_key
		           ? "is not 64 hex digits, or those and 01"
		           : "is not 12 to 24 of the wallets' words, or the "
		             "passphrase is not ASCII";
	if (e == ERR_BAD_KEY && !has_key)
		return "has a wrong checksum: a word is wrong or misplaced";
	return err_text(e);
}

static int verb_show(const struct cmd_args *args, void *ctx)
{
	const struct env *env = ctx;
	bool has_key = args->opt[SHOW_KEY].is_set;
	struct json_write w;
	struct buf doc;
	enum err e;

	if (has_key == args->opt[SHOW_MNEMONIC].is_set)
		return app_io_wrong(env, "keys show",
		                    "give either --mnemonic or --key");
	if (args->opt[SHOW_INDEX].num + args->opt[SHOW_COUNT].num >
	    BIP32_HARDENED)
		return app_io_wrong(env, "keys show",
		                    "accounts end at 2147483647");
	secret_text_init(&doc);
	json_write_init(&w, &doc, 0);
	json_write_object(&w);
	json_write_key(&w, "accounts");
	json_write_array(&w);
	e = has_key ? show_key(env, args, &w) : show_wallet(env, args, &w);
	if (e != ERR_OK) {
		const char *path =
		    args->opt[has_key ? SHOW_KEY : SHOW_MNEMONIC].text;

		buf_fini(&doc);
		return app_io_wrong(env, path, show_wrong(e, has_key));
	}
	json_write_close(&w);
	json_write_close(&w);
	return keys_finish(env, &doc, &w, e, args->opt[SHOW_JSON].is_set);
}

const struct cmd cmd_keys_verbs[] = {
	{ .name = "new",
	  .summary = "make a new wallet and write its sentence",
	  .about =
	      "The sentence is all that is needed to spend from the "
	      "wallet's accounts, and nobody can restore it: write it down "
	      "and keep it from others.",
	  .exits = "0: written; 2: the command line is wrong or there is no "
	           "randomness",
	  .opts = new_opts,
	  .n_opts = NEW_COUNT,
	  .run = verb_new },
	{ .name = "show",
	  .summary = "show the accounts of a wallet or of a key",
	  .about = "Accounts are derived as Stacks wallets do, at "
	           "m/44'/5757'/0'/0/N. Secrets are read from files, or from "
	           "standard input for -, and never from the command line.",
	  .exits = "0: written; 2: the command line or a file cannot be used",
	  .opts = show_opts,
	  .n_opts = SHOW_OPTS,
	  .run = verb_show },
};

const unsigned cmd_keys_count = COUNT_OF(cmd_keys_verbs);
