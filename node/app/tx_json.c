/* node/app/tx_json.c - Transactions as JSON; contract in tx_json.h. */
#include "config.h"

#include "node/app/tx_json.h"

#include "clarity/base/check.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "node/app/tx_word.h"

/* The longest text of an asset: a principal, two colons and a name. */
#define TEXT_MAX (2u * PRINCIPAL_MAX_TEXT + NAME_MAX_LEN + 4u)

/* The longest text of a value that is worth showing. */
#define REPR_MAX 65536u

static void put_word(struct json_write *w, const char *key,
                     const struct tx_word *table, unsigned value)
{
	json_write_key(w, key);
	json_write_str(w, tx_word_of(table, value));
}

static void put_u64(struct json_write *w, const char *key, uint64_t v)
{
	json_write_key(w, key);
	json_write_u128(w, v);
}

static void put_hex(struct json_write *w, const char *key, const void *bytes,
                    size_t len)
{
	json_write_key(w, key);
	json_write_hex(w, span_of(bytes, len));
}

static void put_text(struct json_write *w, const char *key, struct span text)
{
	json_write_key(w, key);
	json_write_text(w, text);
}

static void put_buf(struct json_write *w, const char *key, struct buf *text)
{
	put_text(w, key, buf_span(text));
	buf_fini(text);
}

static void put_address(struct json_write *w, const char *key,
                        const struct address *a)
{
	char text[C32_MAX_TEXT];

	address_format(text, a);
	json_write_key(w, key);
	json_write_str(w, text);
}

static void put_principal(struct json_write *w, const char *key,
                          const struct principal *p)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	(void)principal_format(&text, p);
	put_buf(w, key, &text);
}

/* address[.contract[::name]] */
static void put_path(struct json_write *w, const char *key,
                     const struct address *a, struct span contract,
                     struct span name)
{
	char address[C32_MAX_TEXT];
	struct buf text;

	address_format(address, a);
	buf_init(&text, TEXT_MAX);
	(void)buf_add_str(&text, address);
	if (contract.len) {
		(void)buf_add_str(&text, ".");
		(void)buf_add(&text, contract.p, contract.len);
	}
	if (name.len) {
		(void)buf_add_str(&text, "::");
		(void)buf_add(&text, name.p, name.len);
	}
	put_buf(w, key, &text);
}

static enum err put_value(struct json_write *w, const struct value *v)
{
	struct buf bytes;
	struct buf text;
	enum err e;

	buf_init(&bytes, WIRE_TX_MAX);
	buf_init(&text, REPR_MAX);
	e = value_codec_write(&bytes, v);
	json_write_key(w, "value");
	json_write_hex(w, buf_span(&bytes));
	buf_fini(&bytes);
	/* A very long value is shown by its bytes alone. */
	if (repr_value(&text, v) == ERR_OK)
		put_text(w, "repr", buf_span(&text));
	buf_fini(&text);
	return e;
}

static void put_field(struct json_write *w, const struct auth_field *f)
{
	bool is_sig = f->kind == AUTH_SIG || f->kind == AUTH_SIG_FULL;

	json_write_object(w);
	put_hex(w, is_sig ? "signature" : "public_key", f->bytes,
	        is_sig ? WIRE_SIG_LEN : ECDSA_PUB_LEN);
	put_word(w, "key_encoding", tx_word_encodings,
	         f->kind == AUTH_SIG || f->kind == AUTH_KEY);
	json_write_close(w);
}

static void put_cond(struct json_write *w, const struct auth_cond *cond,
                     bool is_mainnet)
{
	struct address a = auth_address(cond, is_mainnet);

	json_write_object(w);
	put_word(w, "mode", tx_word_modes, cond->mode);
	put_address(w, "address", &a);
	put_u64(w, "nonce", cond->nonce);
	put_u64(w, "fee", cond->fee);
	if (address_mode_is_multisig(cond->mode)) {
		json_write_key(w, "fields");
		json_write_array(w);
		for (uint32_t i = 0; i < cond->n_fields; i++)
			put_field(w, &cond->fields[i]);
		json_write_close(w);
		json_write_key(w, "required");
		json_write_u64(w, cond->required);
	} else {
		put_word(w, "key_encoding", tx_word_encodings,
		         cond->is_compressed);
		put_hex(w, "signature", cond->sig, sizeof(cond->sig));
	}
	json_write_close(w);
}

static enum err put_postcond(struct json_write *w, const struct postcond *p)
{
	const struct postcond_principal *who = &p->principal;
	bool has_asset = p->kind == POSTCOND_FT || p->kind == POSTCOND_NFT;
	bool has_amount = p->kind != POSTCOND_NFT && p->kind != POSTCOND_POX;
	enum err e = ERR_OK;

	json_write_object(w);
	put_word(w, "type", tx_word_pc_kinds, p->kind);
	if (who->who == POSTCOND_ORIGIN)
		put_text(w, "principal", span_str("origin"));
	else
		put_path(w, "principal", &who->address, who->contract,
		         span_of(NULL, 0));
	if (has_asset)
		put_path(w, "asset", &p->asset.address, p->asset.contract,
		         p->asset.name);
	put_word(w, "code", tx_word_pc_codes, p->code);
	if (has_amount)
		put_u64(w, "amount", p->amount);
	if (p->kind == POSTCOND_NFT)
		e = put_value(w, &p->value);
	json_write_close(w);
	return e;
}

static void put_transfer(struct json_write *w, const struct payload_transfer *p)
{
	put_principal(w, "recipient", p->to);
	put_u64(w, "amount", p->amount);
	put_hex(w, "memo", p->memo, sizeof(p->memo));
}

static enum err put_call(struct json_write *w, const struct payload_call *p)
{
	enum err e = ERR_OK;

	put_path(w, "contract", &p->address, p->contract, span_of(NULL, 0));
	put_text(w, "function", p->function);
	json_write_key(w, "arguments");
	json_write_array(w);
	for (uint32_t i = 0; i < p->n_args && e == ERR_OK; i++) {
		json_write_object(w);
		e = put_value(w, &p->args[i]);
		json_write_close(w);
	}
	json_write_close(w);
	return e;
}

static void put_contract(struct json_write *w, const struct payload *p)
{
	if (p->kind == PAYLOAD_CONTRACT_VERSIONED) {
		json_write_key(w, "clarity_version");
		json_write_u64(w, p->contract.version);
	}
	put_text(w, "name", p->contract.name);
	put_text(w, "code", p->contract.code);
}

static void put_coinbase(struct json_write *w, const struct payload *p)
{
	put_hex(w, "bytes", p->coinbase.bytes, sizeof(p->coinbase.bytes));
	if (p->coinbase.recipient)
		put_principal(w, "recipient", p->coinbase.recipient);
	if (p->kind == PAYLOAD_COINBASE_VRF)
		put_hex(w, "vrf_proof", p->coinbase.proof,
		        sizeof(p->coinbase.proof));
}

static void put_tenure(struct json_write *w, const struct payload_tenure *p)
{
	put_word(w, "cause", tx_word_causes, p->cause);
	put_hex(w, "tenure", p->tenure, sizeof(p->tenure));
	put_hex(w, "previous_tenure", p->prev_tenure, sizeof(p->prev_tenure));
	put_hex(w, "burn_view", p->burn_view, sizeof(p->burn_view));
	put_hex(w, "previous_end", p->prev_end, sizeof(p->prev_end));
	json_write_key(w, "previous_blocks");
	json_write_u64(w, p->prev_blocks);
	put_hex(w, "miner", p->miner, sizeof(p->miner));
}

static void put_micro(struct json_write *w, const struct payload_micro *p)
{
	json_write_object(w);
	json_write_key(w, "version");
	json_write_u64(w, p->version);
	json_write_key(w, "sequence");
	json_write_u64(w, p->sequence);
	put_hex(w, "previous_block", p->prev_block, sizeof(p->prev_block));
	put_hex(w, "tx_root", p->tx_root, sizeof(p->tx_root));
	put_hex(w, "signature", p->sig, sizeof(p->sig));
	json_write_close(w);
}

static enum err put_payload(struct json_write *w, const struct payload *p)
{
	enum err e = ERR_OK;

	json_write_object(w);
	put_word(w, "type", tx_word_payloads, p->kind);
	switch (p->kind) {
	case PAYLOAD_TRANSFER:
		put_transfer(w, &p->transfer);
		break;
	case PAYLOAD_CONTRACT:
	case PAYLOAD_CONTRACT_VERSIONED:
		put_contract(w, p);
		break;
	case PAYLOAD_CALL:
		e = put_call(w, &p->call);
		break;
	case PAYLOAD_POISON:
		json_write_key(w, "headers");
		json_write_array(w);
		put_micro(w, &p->poison[0]);
		put_micro(w, &p->poison[1]);
		json_write_close(w);
		break;
	case PAYLOAD_COINBASE:
	case PAYLOAD_COINBASE_ALT:
	case PAYLOAD_COINBASE_VRF:
		put_coinbase(w, p);
		break;
	case PAYLOAD_TENURE:
		put_tenure(w, &p->tenure);
		break;
	}
	json_write_close(w);
	return e;
}

static enum err put_postconds(struct json_write *w, const struct tx *tx)
{
	enum err e = ERR_OK;

	json_write_key(w, "post_conditions");
	json_write_array(w);
	for (uint32_t i = 0; i < tx->n_postconds && e == ERR_OK; i++)
		e = put_postcond(w, &tx->postconds[i]);
	json_write_close(w);
	return e;
}

enum err tx_json_write(struct json_write *w, const struct tx *tx)
{
	uint8_t id[WIRE_HASH_LEN];

	TRY(tx_id(id, tx));
	json_write_object(w);
	put_hex(w, "txid", id, sizeof(id));
	put_word(w, "network", tx_word_networks, tx->is_mainnet);
	json_write_key(w, "chain_id");
	json_write_u64(w, tx->chain_id);
	json_write_key(w, "origin");
	put_cond(w, &tx->auth.origin, tx->is_mainnet);
	if (tx->auth.is_sponsored) {
		json_write_key(w, "sponsor");
		put_cond(w, &tx->auth.sponsor, tx->is_mainnet);
	}
	put_word(w, "anchor_mode", tx_word_anchors, tx->anchor);
	put_word(w, "post_condition_mode", tx_word_pc_modes, tx->mode);
	TRY(put_postconds(w, tx));
	json_write_key(w, "payload");
	TRY(put_payload(w, &tx->payload));
	json_write_close(w);
	return ERR_OK;
}
