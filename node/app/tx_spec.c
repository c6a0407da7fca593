/* node/app/tx_spec.c - Transactions from JSON; contract in tx_spec.h. */
#include "config.h"

#include "node/app/tx_spec.h"

#include <string.h>

#include "clarity/value/value_codec.h"
#include "clarity/value/version.h"
#include "node/app/tx_word.h"

#define CHAIN_ID_MAINNET 0x00000001u
#define CHAIN_ID_TESTNET 0x80000000u

/* What reading needs everywhere. */
struct spec {
	struct arena *a;
	struct tx_spec_diag *diag;
	bool is_mainnet;
};

static enum err wrong(struct spec *s, const char *key)
{
	s->diag->key = key;
	return ERR_SYNTAX;
}

/* Each get_ function stores the key's value, or says that it is wrong. */
static enum err get_text(struct spec *s, const struct json *o, const char *key,
                         struct span *ret)
{
	struct span text;

	if (!json_read_text(json_read_get(o, key), &text))
		return wrong(s, key);
	ret->p = arena_copy(s->a, text.p, text.len);
	ret->len = text.len;
	return ret->p ? ERR_OK : ERR_NO_MEMORY;
}

static enum err get_u64(struct spec *s, const struct json *o, const char *key,
                        uint64_t max, uint64_t *ret)
{
	uint64_t v;

	if (!json_read_u64(json_read_get(o, key), &v) || v > max)
		return wrong(s, key);
	*ret = v;
	return ERR_OK;
}

/* Leaves `ret` alone when the key is not there. */
static enum err may_get_u64(struct spec *s, const struct json *o,
                            const char *key, uint64_t max, uint64_t *ret)
{
	return json_read_get(o, key) ? get_u64(s, o, key, max, ret) : ERR_OK;
}

static enum err get_word(struct spec *s, const struct json *o, const char *key,
                         const struct tx_word *table, unsigned *ret)
{
	struct span word;

	if (!json_read_text(json_read_get(o, key), &word) ||
	    !tx_word_find(table, word, ret))
		return wrong(s, key);
	return ERR_OK;
}

static enum err may_get_word(struct spec *s, const struct json *o,
                             const char *key, const struct tx_word *table,
                             unsigned *ret)
{
	return json_read_get(o, key) ? get_word(s, o, key, table, ret) : ERR_OK;
}

static enum err get_hex(struct spec *s, const struct json *o, const char *key,
                        struct span *ret)
{
	struct span text;

	if (!json_read_text(json_read_get(o, key), &text))
		return wrong(s, key);
	enum err e = tx_spec_hex(s->a, ret, text);

	return e == ERR_SYNTAX ? wrong(s, key) : e;
}

static enum err get_bytes(struct spec *s, const struct json *o, const char *key,
                          void *ret, size_t len)
{
	struct span bytes;

	TRY(get_hex(s, o, key, &bytes));
	if (bytes.len != len)
		return wrong(s, key);
	memcpy(ret, bytes.p, len);
	return ERR_OK;
}

static enum err get_principal(struct spec *s, const struct json *o,
                              const char *key, const struct principal **ret)
{
	struct span text;

	TRY(get_text(s, o, key, &text));
	enum principal_fault fault = principal_parse(s->a, ret, text);

	if (fault == PRINCIPAL_NO_MEMORY)
		return ERR_NO_MEMORY;
	return fault == PRINCIPAL_OK ? ERR_OK : wrong(s, key);
}

static enum err get_contract(struct spec *s, const struct json *o,
                             const char *key, struct address *ret,
                             struct span *ret_name)
{
	const struct principal *p;

	TRY(get_principal(s, o, key, &p));
	if (!principal_is_contract(p) ||
	    principal_name(p).len > WIRE_CONTRACT_NAME_MAX)
		return wrong(s, key);
	*ret = address_of_principal(p);
	*ret_name = principal_name(p);
	return ERR_OK;
}

static enum err get_value(struct spec *s, const struct json *o,
                          struct value *ret)
{
	struct span bytes;

	TRY(get_hex(s, o, "value", &bytes));
	return value_codec_read_all(s->a, ret, bytes, NULL);
}

static enum err get_name(struct spec *s, const struct json *o, const char *key,
                         struct span *ret)
{
	TRY(get_text(s, o, key, ret));
	return name_is_clarity(*ret) ? ERR_OK : wrong(s, key);
}

static unsigned count_items(const struct json *list)
{
	unsigned n = 0;

	for (const struct json *i = json_read_first(list); i;
	     i = json_read_next(i))
		n++;
	return n;
}

static enum err read_field(struct spec *s, const struct json *o,
                           struct auth_field *ret)
{
	bool is_sig = json_read_get(o, "signature");
	const char *key = is_sig ? "signature" : "public_key";
	struct ecdsa_pub pub;
	struct span bytes;
	unsigned is_compressed = 1;

	TRY(may_get_word(s, o, "key_encoding", tx_word_encodings,
	                 &is_compressed));
	TRY(get_hex(s, o, key, &bytes));
	if (bytes.len != (is_sig ? WIRE_SIG_LEN : ECDSA_PUB_LEN))
		return wrong(s, key);
	if (!is_sig)
		TRY(ecdsa_pub_parse(&pub, bytes.p, bytes.len));
	ret->bytes = bytes.p;
	if (is_sig)
		ret->kind = is_compressed ? AUTH_SIG : AUTH_SIG_FULL;
	else
		ret->kind = is_compressed ? AUTH_KEY : AUTH_KEY_FULL;
	return ERR_OK;
}

static enum err read_fields(struct spec *s, const struct json *o,
                            struct auth_cond *ret)
{
	const struct json *list = json_read_get(o, "fields");
	uint32_t n = count_items(list);
	struct auth_field *fields = arena_new_array(s->a, struct auth_field, n);
	uint32_t i = 0;

	if (!fields)
		return ERR_NO_MEMORY;
	for (const struct json *f = json_read_first(list); f;
	     f = json_read_next(f))
		TRY(read_field(s, f, &fields[i++]));
	ret->fields = fields;
	ret->n_fields = n;
	return ERR_OK;
}

/* The next of the listed public keys, and how it is encoded. */
static enum err read_key(struct spec *s, const struct json *item,
                         struct ecdsa_pub *ret, bool *ret_compressed)
{
	struct span text;
	struct span bytes;

	if (!json_read_text(item, &text))
		return wrong(s, "public_keys");
	TRY(tx_spec_hex(s->a, &bytes, text));
	*ret_compressed = bytes.len == ECDSA_PUB_LEN;
	return ecdsa_pub_parse(ret, bytes.p, bytes.len);
}

static enum err hash_keys(struct spec *s, const struct json *list,
                          struct auth_cond *ret)
{
	const struct json *item = json_read_first(list);
	struct address_script script;
	struct ecdsa_pub pub;
	bool is_compressed;

	if (!item)
		return wrong(s, "public_keys");
	if (!address_mode_is_multisig(ret->mode)) {
		TRY(read_key(s, item, &pub, &is_compressed));
		ret->is_compressed = is_compressed;
		address_of_key(ret->signer, ret->mode, &pub, is_compressed);
		return json_read_next(item) ? wrong(s, "public_keys") : ERR_OK;
	}
	address_script_begin(&script, ret->required);
	for (; item; item = json_read_next(item)) {
		TRY(read_key(s, item, &pub, &is_compressed));
		if (!is_compressed && address_mode_is_segwit(ret->mode))
			return ERR_AUTH_ENCODING;
		address_script_add(&script, &pub, is_compressed);
	}
	address_script_end(&script, ret->mode, ret->signer);
	return ERR_OK;
}

static enum err read_signer(struct spec *s, const struct json *o,
                            struct auth_cond *ret)
{
	const struct json *keys = json_read_get(o, "public_keys");
	struct address address;
	struct span text;

	if (keys)
		return hash_keys(s, keys, ret);
	TRY(get_text(s, o, "address", &text));
	if (address_parse(&address, text) != ERR_OK ||
	    address.version != address_version(ret->mode, s->is_mainnet))
		return wrong(s, "address");
	memcpy(ret->signer, address.hash, sizeof(ret->signer));
	return ERR_OK;
}

static enum err read_cond(struct spec *s, const struct json *o,
                          struct auth_cond *ret)
{
	unsigned mode = ADDRESS_P2PKH;
	unsigned is_compressed = 1;
	uint64_t required = 0;

	TRY(may_get_word(s, o, "mode", tx_word_modes, &mode));
	*ret = (struct auth_cond){ .mode = (enum address_mode)mode };
	TRY(may_get_word(s, o, "key_encoding", tx_word_encodings,
	                 &is_compressed));
	ret->is_compressed = is_compressed;
	TRY(may_get_u64(s, o, "nonce", UINT64_MAX, &ret->nonce));
	TRY(may_get_u64(s, o, "fee", UINT64_MAX, &ret->fee));
	if (address_mode_is_multisig(ret->mode)) {
		TRY(get_u64(s, o, "required", UINT16_MAX, &required));
		ret->required = (uint16_t)required;
		TRY(read_fields(s, o, ret));
	} else if (json_read_get(o, "signature")) {
		TRY(get_bytes(s, o, "signature", ret->sig, sizeof(ret->sig)));
	}
	return read_signer(s, o, ret);
}

static enum err read_auth(struct spec *s, const struct json *o,
                          struct auth *ret)
{
	const struct json *origin = json_read_get(o, "origin");
	const struct json *sponsor = json_read_get(o, "sponsor");

	if (!json_read_is_object(origin))
		return wrong(s, "origin");
	TRY(read_cond(s, origin, &ret->origin));
	ret->is_sponsored = sponsor != NULL;
	if (!sponsor)
		return ERR_OK;
	if (!json_read_is_object(sponsor))
		return wrong(s, "sponsor");
	return read_cond(s, sponsor, &ret->sponsor);
}

static enum err read_who(struct spec *s, const struct json *o,
                         struct postcond_principal *ret)
{
	const struct principal *p;
	struct span text;

	TRY(get_text(s, o, "principal", &text));
	if (span_eq(text, span_str("origin"))) {
		ret->who = POSTCOND_ORIGIN;
		return ERR_OK;
	}
	TRY(get_principal(s, o, "principal", &p));
	ret->who =
	    principal_is_contract(p) ? POSTCOND_CONTRACT : POSTCOND_ACCOUNT;
	ret->address = address_of_principal(p);
	ret->contract = principal_name(p);
	return ret->contract.len > WIRE_CONTRACT_NAME_MAX
	           ? wrong(s, "principal")
	           : ERR_OK;
}

/* S….contract::name */
static enum err read_asset(struct spec *s, const struct json *o,
                           struct postcond_asset *ret)
{
	const struct principal *p;
	struct span text;
	const uint8_t *colons;

	TRY(get_text(s, o, "asset", &text));
	colons = memmem(text.p, text.len, "::", 2);
	if (!colons)
		return wrong(s, "asset");
	size_t head = (size_t)(colons - text.p);

	ret->name = span_of(colons + 2, text.len - head - 2);
	if (!name_is_clarity(ret->name) ||
	    principal_parse(s->a, &p, span_of(text.p, head)) != PRINCIPAL_OK ||
	    !principal_is_contract(p) ||
	    principal_name(p).len > WIRE_CONTRACT_NAME_MAX)
		return wrong(s, "asset");
	ret->address = address_of_principal(p);
	ret->contract = principal_name(p);
	return ERR_OK;
}

/* The bounds of postcond_read, which a description could break. */
static bool code_fits(const struct postcond *p)
{
	switch (p->kind) {
	case POSTCOND_STX:
	case POSTCOND_FT:
	case POSTCOND_STAKING:
		return p->code <= POSTCOND_LE;
	case POSTCOND_NFT:
		return p->code >= POSTCOND_SENT &&
		       p->code <= POSTCOND_MAYBE_SENT;
	case POSTCOND_POX:
		return p->code >= POSTCOND_NOT_PERFORMED;
	}
	return false;
}

static enum err read_postcond(struct spec *s, const struct json *o,
                              struct postcond *ret)
{
	unsigned kind = 0;
	unsigned code = 0;

	TRY(get_word(s, o, "type", tx_word_pc_kinds, &kind));
	TRY(get_word(s, o, "code", tx_word_pc_codes, &code));
	*ret = (struct postcond){ .kind = (enum postcond_kind)kind,
		                  .code = (enum postcond_code)code };
	if (!code_fits(ret))
		return wrong(s, "code");
	TRY(read_who(s, o, &ret->principal));
	if (kind == POSTCOND_FT || kind == POSTCOND_NFT)
		TRY(read_asset(s, o, &ret->asset));
	if (kind == POSTCOND_NFT)
		return get_value(s, o, &ret->value);
	if (kind == POSTCOND_POX)
		return ERR_OK;
	return get_u64(s, o, "amount", UINT64_MAX, &ret->amount);
}

static enum err read_postconds(struct spec *s, const struct json *o,
                               struct tx *ret)
{
	const struct json *list = json_read_get(o, "post_conditions");
	uint32_t n = count_items(list);
	struct postcond *all = arena_new_array(s->a, struct postcond, n);
	uint32_t i = 0;

	if (!all)
		return ERR_NO_MEMORY;
	if (list && !json_read_is_array(list))
		return wrong(s, "post_conditions");
	for (const struct json *p = json_read_first(list); p;
	     p = json_read_next(p))
		TRY(read_postcond(s, p, &all[i++]));
	ret->postconds = all;
	ret->n_postconds = n;
	return ERR_OK;
}

/* A memo is 0x and hex of at most 34 bytes, or text; zeros fill it up. */
static enum err read_memo(struct spec *s, const struct json *o, uint8_t *ret)
{
	struct span text;
	struct span memo;

	memset(ret, 0, PAYLOAD_MEMO_LEN);
	if (!json_read_get(o, "memo"))
		return ERR_OK;
	TRY(get_text(s, o, "memo", &text));
	memo = text;
	if (text.len >= 2 && memcmp(text.p, "0x", 2) == 0)
		TRY(get_hex(s, o, "memo", &memo));
	if (memo.len > PAYLOAD_MEMO_LEN)
		return wrong(s, "memo");
	memcpy(ret, memo.p, memo.len);
	return ERR_OK;
}

static enum err read_transfer(struct spec *s, const struct json *o,
                              struct payload_transfer *ret)
{
	TRY(get_principal(s, o, "recipient", &ret->to));
	TRY(get_u64(s, o, "amount", UINT64_MAX, &ret->amount));
	return read_memo(s, o, ret->memo);
}

static enum err read_contract(struct spec *s, const struct json *o,
                              struct payload *ret)
{
	struct payload_contract *c = &ret->contract;
	uint64_t version = 0;

	if (ret->kind == PAYLOAD_CONTRACT_VERSIONED) {
		TRY(get_u64(s, o, "clarity_version", CLARITY_LAST, &version));
		if (version < CLARITY_FIRST)
			return wrong(s, "clarity_version");
		c->version = (uint8_t)version;
	}
	TRY(get_text(s, o, "name", &c->name));
	if (!name_is_contract(c->name) || c->name.len > WIRE_CONTRACT_NAME_MAX)
		return wrong(s, "name");
	TRY(get_text(s, o, "code", &c->code));
	return wire_text_is_valid(c->code) ? ERR_OK : wrong(s, "code");
}

static enum err read_call(struct spec *s, const struct json *o,
                          struct payload_call *ret)
{
	const struct json *list = json_read_get(o, "arguments");
	struct value *args;
	uint32_t i = 0;

	TRY(get_contract(s, o, "contract", &ret->address, &ret->contract));
	TRY(get_name(s, o, "function", &ret->function));
	ret->n_args = count_items(list);
	args = arena_new_array(s->a, struct value, ret->n_args);
	if (!args)
		return ERR_NO_MEMORY;
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(get_value(s, v, &args[i++]));
	ret->args = args;
	return ERR_OK;
}

static enum err read_coinbase(struct spec *s, const struct json *o,
                              struct payload *ret)
{
	struct payload_coinbase *c = &ret->coinbase;
	bool has_recipient = json_read_get(o, "recipient");

	TRY(get_bytes(s, o, "bytes", c->bytes, sizeof(c->bytes)));
	if (has_recipient != (ret->kind == PAYLOAD_COINBASE_ALT) &&
	    ret->kind != PAYLOAD_COINBASE_VRF)
		return wrong(s, "recipient");
	if (has_recipient)
		TRY(get_principal(s, o, "recipient", &c->recipient));
	if (ret->kind != PAYLOAD_COINBASE_VRF)
		return ERR_OK;
	TRY(get_bytes(s, o, "vrf_proof", c->proof, sizeof(c->proof)));
	return vrf_proof_parse(c->proof, c->proof);
}

static enum err read_tenure(struct spec *s, const struct json *o,
                            struct payload_tenure *ret)
{
	uint64_t blocks = 0;
	unsigned cause = 0;

	TRY(get_word(s, o, "cause", tx_word_causes, &cause));
	ret->cause = (enum payload_cause)cause;
	TRY(get_bytes(s, o, "tenure", ret->tenure, sizeof(ret->tenure)));
	TRY(get_bytes(s, o, "previous_tenure", ret->prev_tenure,
	              sizeof(ret->prev_tenure)));
	TRY(get_bytes(s, o, "burn_view", ret->burn_view,
	              sizeof(ret->burn_view)));
	TRY(get_bytes(s, o, "previous_end", ret->prev_end,
	              sizeof(ret->prev_end)));
	TRY(get_u64(s, o, "previous_blocks", UINT32_MAX, &blocks));
	ret->prev_blocks = (uint32_t)blocks;
	return get_bytes(s, o, "miner", ret->miner, sizeof(ret->miner));
}

static enum err read_micro(struct spec *s, const struct json *o,
                           struct payload_micro *ret)
{
	uint64_t version = 0;
	uint64_t sequence = 0;

	TRY(get_u64(s, o, "version", UINT8_MAX, &version));
	TRY(get_u64(s, o, "sequence", UINT16_MAX, &sequence));
	ret->version = (uint8_t)version;
	ret->sequence = (uint16_t)sequence;
	TRY(get_bytes(s, o, "previous_block", ret->prev_block,
	              sizeof(ret->prev_block)));
	TRY(get_bytes(s, o, "tx_root", ret->tx_root, sizeof(ret->tx_root)));
	return get_bytes(s, o, "signature", ret->sig, sizeof(ret->sig));
}

static enum err read_poison(struct spec *s, const struct json *o,
                            struct payload_micro ret[2])
{
	const struct json *list = json_read_get(o, "headers");
	const struct json *item = json_read_first(list);

	if (count_items(list) != 2)
		return wrong(s, "headers");
	TRY(read_micro(s, item, &ret[0]));
	return read_micro(s, json_read_next(item), &ret[1]);
}

static enum err read_payload(struct spec *s, const struct json *o,
                             struct payload *ret)
{
	unsigned kind = 0;

	memset(ret, 0, sizeof(*ret));
	TRY(get_word(s, o, "type", tx_word_payloads, &kind));
	ret->kind = (enum payload_kind)kind;
	switch (ret->kind) {
	case PAYLOAD_TRANSFER:
		return read_transfer(s, o, &ret->transfer);
	case PAYLOAD_CONTRACT:
	case PAYLOAD_CONTRACT_VERSIONED:
		return read_contract(s, o, ret);
	case PAYLOAD_CALL:
		return read_call(s, o, &ret->call);
	case PAYLOAD_POISON:
		return read_poison(s, o, ret->poison);
	case PAYLOAD_COINBASE:
	case PAYLOAD_COINBASE_ALT:
	case PAYLOAD_COINBASE_VRF:
		return read_coinbase(s, o, ret);
	case PAYLOAD_TENURE:
		return read_tenure(s, o, &ret->tenure);
	}
	return wrong(s, "type");
}

/* A coinbase and a poison microblock go on chain only. */
static unsigned default_anchor(const struct payload *p)
{
	return payload_is_coinbase(p) || p->kind == PAYLOAD_POISON
	           ? TX_ANCHOR_ONCHAIN
	           : TX_ANCHOR_ANY;
}

enum err tx_spec_read(struct arena *a, struct tx *ret, const struct json *spec,
                      struct tx_spec_diag *diag)
{
	struct spec s = { .a = a, .diag = diag };
	struct tx tx = { .is_mainnet = false };
	uint64_t chain_id;
	unsigned mode = TX_MODE_DENY;
	unsigned is_mainnet = 0;

	diag->key = NULL;
	TRY(get_word(&s, spec, "network", tx_word_networks, &is_mainnet));
	s.is_mainnet = tx.is_mainnet = is_mainnet;
	chain_id = is_mainnet ? CHAIN_ID_MAINNET : CHAIN_ID_TESTNET;
	TRY(may_get_u64(&s, spec, "chain_id", UINT32_MAX, &chain_id));
	tx.chain_id = (uint32_t)chain_id;
	TRY(read_auth(&s, spec, &tx.auth));
	TRY(may_get_word(&s, spec, "post_condition_mode", tx_word_pc_modes,
	                 &mode));
	tx.mode = (enum tx_mode)mode;
	TRY(read_postconds(&s, spec, &tx));
	if (!json_read_is_object(json_read_get(spec, "payload")))
		return wrong(&s, "payload");
	TRY(read_payload(&s, json_read_get(spec, "payload"), &tx.payload));
	unsigned anchor = default_anchor(&tx.payload);

	TRY(may_get_word(&s, spec, "anchor_mode", tx_word_anchors, &anchor));
	tx.anchor = (enum tx_anchor)anchor;
	*ret = tx;
	return ERR_OK;
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum err tx_spec_hex(struct arena *a, struct span *ret, struct span text)
{
	uint8_t *bytes;

	if (text.len >= 2 && memcmp(text.p, "0x", 2) == 0)
		text = span_of(text.p + 2, text.len - 2);
	if (text.len % 2 != 0)
		return ERR_SYNTAX;
	bytes = arena_alloc(a, text.len / 2);
	if (!bytes)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < text.len / 2; i++) {
		int high = hex_digit(text.p[2 * i]);
		int low = hex_digit(text.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return ERR_SYNTAX;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	*ret = span_of(bytes, text.len / 2);
	return ERR_OK;
}
