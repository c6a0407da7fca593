/* node/regtest/rt_rpc_misc.c - Calls about the node itself. */
#include "config.h"

#include <string.h>

#include "clarity/crypto/ecdsa.h"
#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_desc.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_policy.h"
#include "node/regtest/rt_rpc_calls.h"

/* Whose calls these are, and who answers. */
#define VERSION_LIKE 270000
#define AGENT "/Satoshi:27.0.0/Tenure:" PACKAGE_VERSION "/"
#define PROTOCOL 70016

enum err rt_rpc_misc_getnetworkinfo(struct rt_call *c)
{
	struct json_write *w = c->out;

	json_write_object(w);
	rt_json_u64(w, "version", VERSION_LIKE);
	rt_json_str(w, "subversion", AGENT);
	rt_json_u64(w, "protocolversion", PROTOCOL);
	rt_json_str(w, "localservices", "0000000000000009");
	json_write_key(w, "localservicesnames");
	json_write_array(w);
	json_write_str(w, "NETWORK");
	json_write_str(w, "WITNESS");
	json_write_close(w);
	rt_json_bool(w, "localrelay", true);
	rt_json_u64(w, "timeoffset", 0);
	rt_json_bool(w, "networkactive", false);
	rt_json_u64(w, "connections", 0);
	rt_json_u64(w, "connections_in", 0);
	rt_json_u64(w, "connections_out", 0);
	rt_json_raw(w, "networks", "[]");
	rt_json_coins(w, "relayfee", RT_POLICY_RELAY_FEE);
	rt_json_coins(w, "incrementalfee", RT_POLICY_REPLACE_FEE);
	rt_json_raw(w, "localaddresses", "[]");
	rt_json_str(w, "warnings", "");
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_misc_getconnectioncount(struct rt_call *c)
{
	json_write_u64(c->out, 0);
	return ERR_OK;
}

static enum err empty_list(struct rt_call *c)
{
	json_write_array(c->out);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_misc_getpeerinfo(struct rt_call *c)
{
	return empty_list(c);
}

enum err rt_rpc_misc_getzmqnotifications(struct rt_call *c)
{
	return empty_list(c);
}

enum err rt_rpc_misc_ping(struct rt_call *c)
{
	json_write_null(c->out);
	return ERR_OK;
}

enum err rt_rpc_misc_getindexinfo(struct rt_call *c)
{
	struct span name = span_str("txindex");

	TRY(rt_call_text(c, 0, &name));
	json_write_object(c->out);
	if (span_eq(name, span_str("txindex"))) {
		json_write_key(c->out, "txindex");
		json_write_object(c->out);
		rt_json_bool(c->out, "synced", true);
		rt_json_u64(c->out, "best_block_height",
		            rt_chain_tip(&c->node->chain)->height);
		json_write_close(c->out);
	}
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_misc_uptime(struct rt_call *c)
{
	uint64_t now = env_now_ms(c->rpc->env);

	json_write_u64(c->out, now > c->rpc->start_ms
	                           ? (now - c->rpc->start_ms) / 1000
	                           : 0);
	return ERR_OK;
}

enum err rt_rpc_misc_stop(struct rt_call *c)
{
	c->rpc->wants_stop = true;
	json_write_str(c->out, "Bitcoin Core stopping");
	return ERR_OK;
}

enum err rt_rpc_misc_setmocktime(struct rt_call *c)
{
	int64_t time = -1;

	TRY(rt_call_i64(c, 0, &time));
	if (time < 0 || time > UINT32_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Mocktime must be in the range [0, %u], "
		                    "not %lld.",
		                    UINT32_MAX, (long long)time);
	c->node->mock_time = (uint32_t)time;
	json_write_null(c->out);
	return ERR_OK;
}

/* --- help --- */

static void add_usage(struct buf *b, const struct rt_method *m)
{
	(void)buf_add_str(b, m->name);
	for (const char *at = m->args; *at;) {
		size_t len = strcspn(at, " ?");
		bool is_optional = at[len] == '?';

		(void)buf_add_str(b, is_optional ? " ( " : " ");
		(void)buf_add(b, at, len);
		(void)buf_add_str(b, is_optional ? " )" : "");
		at += len + is_optional;
		at += *at == ' ';
	}
	(void)buf_add_u8(b, '\n');
}

enum err rt_rpc_misc_help(struct rt_call *c)
{
	struct span name = span_of(NULL, 0);
	const char *group = "";
	bool is_known = false;
	struct buf b;

	TRY(rt_call_text(c, 0, &name));
	buf_init(&b, (size_t)1 << 16);
	for (unsigned i = 0; i < rt_rpc_n_methods; i++) {
		const struct rt_method *m = &rt_rpc_methods[i];

		if (name.len > 0 && !span_eq(name, span_str(m->name)))
			continue;
		if (name.len == 0 && strcmp(group, m->group) != 0)
			(void)buf_addf(&b, "%s== %s ==\n", *group ? "\n" : "",
			               m->group);
		group = m->group;
		is_known = true;
		add_usage(&b, m);
	}
	if (!is_known)
		(void)buf_addf(&b, "help: unknown command: %.*s\n",
		               (int)(name.len > 99 ? 99 : name.len),
		               (const char *)name.p);
	if (b.len > 0)
		b.len--; /* the last newline */
	json_write_text(c->out, buf_span(&b));
	buf_fini(&b);
	return ERR_OK;
}

/* --- addresses and descriptors --- */

enum err rt_rpc_misc_validateaddress(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct btc_script_shape shape;
	struct btc_script_room room;
	struct json_write *w = c->out;
	struct span program;
	uint8_t version;

	TRY(rt_call_text(c, 0, &text));
	json_write_object(w);
	if (btc_addr_parse(&room, BTC_REGTEST, text) != ERR_OK) {
		rt_json_bool(w, "isvalid", false);
		rt_json_raw(w, "error_locations", "[]");
		rt_json_str(w, "error",
		            "Invalid or unsupported Segwit (Bech32) or Base58 "
		            "encoding.");
		json_write_close(w);
		return ERR_OK;
	}
	struct span script = span_of(room.bytes, room.len);
	bool is_witness = btc_script_is_witness(script, &version, &program);

	btc_script_shape(&shape, script);
	rt_json_bool(w, "isvalid", true);
	json_write_key(w, "address");
	json_write_text(w, text);
	rt_json_hex(w, "scriptPubKey", script);
	rt_json_bool(w, "isscript",
	             shape.kind == BTC_SCRIPT_SCRIPTHASH ||
	                 shape.kind == BTC_SCRIPT_WITNESS_SCRIPTHASH ||
	                 shape.kind == BTC_SCRIPT_WITNESS_TAPROOT);
	rt_json_bool(w, "iswitness", is_witness);
	if (is_witness) {
		rt_json_u64(w, "witness_version", version);
		rt_json_hex(w, "witness_program", program);
	}
	json_write_close(w);
	return ERR_OK;
}

static bool has_private_keys(const struct rt_desc *d)
{
	for (unsigned i = 0; i < d->n_keys; i++) {
		if (d->keys[i].has_key)
			return true;
	}
	return false;
}

/* Seals a descriptor in which private keys are shown as their public ones. */
static enum err seal_public(struct arena *a, struct buf *ret, struct span text)
{
	struct buf shown;
	size_t at = 0;

	buf_init(&shown, (size_t)1 << 20);
	while (at < text.len) {
		size_t end = at;
		struct ecdsa_pub pub;
		uint8_t bytes[ECDSA_PUB_FULL_LEN];
		uint8_t key[32];
		bool is_short;

		while (end < text.len && !strchr("(),]", text.p[end]))
			end++;
		if (rt_desc_wif(span_of(text.p + at, end - at), key,
		                &is_short) &&
		    ecdsa_pub_of(&pub, key) == ERR_OK) {
			ecdsa_pub_write_full(bytes, &pub);
			if (is_short)
				ecdsa_pub_write(bytes, &pub);
			(void)buf_add_hex(&shown, bytes,
			                  is_short ? ECDSA_PUB_LEN
			                           : ECDSA_PUB_FULL_LEN);
		} else {
			(void)buf_add(&shown, text.p + at, end - at);
		}
		if (end < text.len)
			(void)buf_add_u8(&shown, text.p[end]);
		at = end + 1;
	}
	const void *copy = arena_copy(a, shown.p, shown.len);

	(void)rt_desc_seal(ret, span_of(copy, copy ? shown.len : 0));
	buf_fini(&shown);
	return copy ? ERR_OK : ERR_NO_MEMORY;
}

enum err rt_rpc_misc_getdescriptorinfo(struct rt_call *c)
{
	struct rt_desc *desc = arena_alloc(c->a, sizeof(*desc));
	char sum[RT_DESC_CHECKSUM_LEN] = { 0 };
	struct span text = span_of(NULL, 0);
	const uint8_t *mark;
	const char *why;
	struct buf sealed;
	enum err e;

	if (!desc)
		return ERR_NO_MEMORY;
	TRY(rt_call_text(c, 0, &text));
	e = rt_desc_parse(c->a, desc, text, false, &why);
	if (e == ERR_SYNTAX)
		return rt_call_fail(c, RT_RPC_ADDRESS, "%s", why);
	TRY(e);
	mark = memchr(text.p, '#', text.len);
	if (mark)
		text.len = (size_t)(mark - text.p);
	(void)rt_desc_checksum(sum, text);
	buf_init(&sealed, (size_t)1 << 20);
	e = seal_public(c->a, &sealed, text);
	if (e != ERR_OK) {
		buf_fini(&sealed);
		return e;
	}
	json_write_object(c->out);
	json_write_key(c->out, "descriptor");
	json_write_text(c->out, buf_span(&sealed));
	json_write_key(c->out, "checksum");
	json_write_text(c->out, span_of(sum, sizeof(sum)));
	rt_json_bool(c->out, "isrange", false);
	rt_json_bool(c->out, "issolvable", desc->is_solvable);
	rt_json_bool(c->out, "hasprivatekeys", has_private_keys(desc));
	json_write_close(c->out);
	buf_fini(&sealed);
	return ERR_OK;
}
