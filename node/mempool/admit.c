/* node/mempool/admit.c - Admission of transactions; see admit.h. */
#include "config.h"

#include "node/mempool/admit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/principal.h"

struct reason {
	const char *word;
	const char *text;
};

static const struct reason reasons[ADMIT_REASONS] = {
#define X(name, wire, text) { wire, text },
#include "node/mempool/admit_reason.def"
#undef X
};

/** One judgement on its way. */
struct judge {
	struct admit_verdict *ret;
	const struct admit_chain *chain;
	const struct tx *tx;
	uint64_t fee;
	struct address origin;
	struct address payer; /* the origin, or the sponsor */
	struct admit_account origin_has;
	struct admit_account payer_has;
};

/* Each check notes its reason and returns false. */
static bool refuse(struct judge *j, enum admit_reason reason)
{
	j->ret->reason = reason;
	return false;
}

static bool refuse_numbers(struct judge *j, enum admit_reason reason,
                           u128 expected, u128 actual)
{
	j->ret->expected = expected;
	j->ret->actual = actual;
	return refuse(j, reason);
}

static bool refuse_account(struct judge *j, enum admit_reason reason,
                           bool is_origin)
{
	j->ret->who = is_origin ? j->origin : j->payer;
	j->ret->is_origin = is_origin;
	return refuse(j, reason);
}

static bool is_ok(struct judge *j, enum err err)
{
	j->ret->fault = err;
	return err == ERR_OK || refuse(j, ADMIT_FAULT);
}

static bool is_of_network(const struct judge *j, const struct principal *p)
{
	return j->chain->is_mainnet ? principal_is_mainnet(p)
	                            : principal_is_testnet(p);
}

static bool check_transfer(struct judge *j)
{
	const struct payload_transfer *t = &j->tx->payload.transfer;
	struct principal_room room;

	if (principal_eq(t->to, address_principal(&room, &j->origin)))
		return refuse(j, ADMIT_TO_SELF);
	if (t->amount == 0)
		return refuse(j, ADMIT_AMOUNT);
	return is_of_network(j, t->to) || refuse(j, ADMIT_ADDRESS);
}

/* What the transaction shows by itself. */
static bool check_meaning(struct judge *j)
{
	const struct tx *tx = j->tx;

	if (tx->is_mainnet != j->chain->is_mainnet)
		return refuse(j, ADMIT_VERSION);
	if (payload_is_coinbase(&tx->payload))
		return refuse(j, ADMIT_COINBASE);
	if (tx->payload.kind == PAYLOAD_TENURE)
		return refuse(j, ADMIT_TENURE);
	if (tx->payload.kind == PAYLOAD_POISON)
		return refuse(j, ADMIT_POISON);
	return tx->payload.kind != PAYLOAD_TRANSFER || check_transfer(j);
}

static bool check_signatures(struct judge *j)
{
	enum err err = j->tx->chain_id == j->chain->chain_id
	                   ? tx_verify(j->tx, AUTH_LOW_S)
	                   : ERR_TX_CHAIN;

	j->ret->fault = err;
	if (err == ERR_NO_MEMORY)
		return refuse(j, ADMIT_FAULT);
	return err == ERR_OK || refuse(j, ADMIT_SIGNATURE);
}

static bool check_fee(struct judge *j, size_t len)
{
	uint64_t least = (uint64_t)len * ADMIT_FEE_PER_BYTE;

	if (least < ADMIT_FEE_MIN)
		least = ADMIT_FEE_MIN;
	return j->fee >= least || refuse_numbers(j, ADMIT_FEE, least, j->fee);
}

static bool check_epoch(struct judge *j)
{
	return tx_check_epoch(j->tx, j->chain->epoch) == ERR_OK ||
	       refuse(j, ADMIT_EPOCH);
}

static bool check_nonce(struct judge *j, bool is_origin)
{
	const struct auth *auth = &j->tx->auth;
	uint64_t next = is_origin ? j->origin_has.nonce : j->payer_has.nonce;
	uint64_t has = is_origin ? auth->origin.nonce : auth->sponsor.nonce;

	j->ret->expected = next;
	j->ret->actual = has;
	if (has < next)
		return refuse_account(j, ADMIT_NONCE, is_origin);
	j->ret->expected = (u128)next + ADMIT_CHAINING_MAX;
	return has <= j->ret->expected ||
	       refuse_account(j, ADMIT_CHAINING, is_origin);
}

static bool read_account(struct judge *j, const struct address *who,
                         struct admit_account *ret)
{
	struct principal_room room;

	return is_ok(j, j->chain->account(j->chain->ctx,
	                                  address_principal(&room, who), ret));
}

static bool check_accounts(struct judge *j)
{
	bool is_sponsored = j->tx->auth.is_sponsored;

	if (!read_account(j, &j->origin, &j->origin_has) ||
	    !read_account(j, &j->payer, &j->payer_has))
		return false;
	if (!check_nonce(j, true) || (is_sponsored && !check_nonce(j, false)))
		return false;
	if (!address_version_is_of(j->origin.version, j->chain->is_mainnet) ||
	    !address_version_is_of(j->payer.version, j->chain->is_mainnet))
		return refuse(j, ADMIT_ADDRESS);
	return true;
}

static bool check_spends(struct judge *j, u128 amount, bool is_origin)
{
	u128 has = is_origin ? j->origin_has.available : j->payer_has.available;

	j->ret->expected = amount;
	j->ret->actual = has;
	return amount <= has || refuse_account(j, ADMIT_FUNDS, is_origin);
}

/* A sponsor pays the fee, and the origin what is sent. */
static bool check_funds(struct judge *j)
{
	bool is_sponsored = j->tx->auth.is_sponsored;
	u128 sent = 0;

	if (j->tx->payload.kind == PAYLOAD_TRANSFER)
		sent = j->tx->payload.transfer.amount;
	if (!is_sponsored)
		return check_spends(j, sent + j->fee, true);
	return check_spends(j, sent, true) && check_spends(j, j->fee, false);
}

static bool check_call(struct judge *j)
{
	static const enum admit_reason by_call[] = {
		[ADMIT_CALL_FITS] = ADMIT_NONE,
		[ADMIT_CALL_NO_CONTRACT] = ADMIT_NO_CONTRACT,
		[ADMIT_CALL_NO_FUNCTION] = ADMIT_NO_FUNCTION,
		[ADMIT_CALL_BAD_ARGUMENT] = ADMIT_ARGUMENT,
	};
	const struct payload_call *call = &j->tx->payload.call;
	enum admit_call found = ADMIT_CALL_FITS;

	if (!address_version_is_of(call->address.version, j->chain->is_mainnet))
		return refuse(j, ADMIT_ADDRESS);
	if (!is_ok(j, j->chain->call(j->chain->ctx, call, &found)))
		return false;
	return found == ADMIT_CALL_FITS || refuse(j, by_call[found]);
}

static bool check_contract(struct judge *j)
{
	struct principal_room issuer;
	struct principal_room room;
	const struct principal *id;
	bool exists = false;

	if (principal_init_contract(&room, &id,
	                            address_principal(&issuer, &j->origin),
	                            j->tx->payload.contract.name) != ERR_OK)
		return refuse(j, ADMIT_EPOCH);
	if (!is_ok(j, j->chain->has_contract(j->chain->ctx, id, &exists)))
		return false;
	return !exists || refuse(j, ADMIT_DUPLICATE);
}

static bool check_payload(struct judge *j)
{
	enum payload_kind kind = j->tx->payload.kind;

	if (kind == PAYLOAD_CALL)
		return check_call(j);
	if (kind == PAYLOAD_CONTRACT || kind == PAYLOAD_CONTRACT_VERSIONED)
		return check_contract(j);
	return true;
}

void admit_judge(struct admit_verdict *ret, const struct admit_chain *chain,
                 const struct tx *tx, size_t len)
{
	struct judge j = { .ret = ret, .chain = chain, .tx = tx };

	memset(ret, 0, sizeof(*ret));
	j.fee = auth_payer(&tx->auth)->fee;
	j.origin = auth_address(&tx->auth.origin, tx->is_mainnet);
	j.payer = auth_address(auth_payer(&tx->auth), tx->is_mainnet);
	if (check_meaning(&j) && check_signatures(&j) && check_fee(&j, len) &&
	    check_epoch(&j) && check_accounts(&j) && check_funds(&j))
		(void)check_payload(&j);
}

const char *admit_word(enum admit_reason reason)
{
	CHECK(reason < ADMIT_REASONS);
	return reasons[reason].word;
}

const char *admit_text(enum admit_reason reason)
{
	CHECK(reason < ADMIT_REASONS);
	return reasons[reason].text;
}
