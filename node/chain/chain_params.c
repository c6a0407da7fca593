/* node/chain/chain_params.c - A chain's numbers; contract in chain_params.h. */
#include "config.h"

#include "node/chain/chain_params.h"

#include <string.h>

#include "clarity/base/check.h"

#define STX 1000000u

/* Bitcoin blocks of four years, as the first schedule counts them. */
#define HALVING (UINT64_C(4) * 52596)

#define MATURITY 100u

/* Runtime, read count, read length, write count, write length. */
static const struct cost limit_2_05 = { .of = { 5000000000, 15000, 100000000,
	                                        15000, 15000000 } };
static const struct cost limit_2_0 = { .of = { 5000000000, 7750, 100000000,
	                                       7750, 15000000 } };
static const struct cost limit_4_0 = { .of = { 5000000000, 30000, 200000000,
	                                       15000, 15000000 } };

static const struct chain_steps coinbase_before_3_1 = {
	.at = { { 0, 1000 * STX },
	        { HALVING, 500 * STX },
	        { 2 * HALVING, 250 * STX },
	        { 3 * HALVING, 125 * STX } },
	.n = 4
};
static const struct chain_steps coinbase_mainnet = {
	.at = { { 0, 1000 * STX },
	        { 278950, 500 * STX },
	        { 294180, 1000 * STX } },
	.n = 3
};
static const struct chain_steps coinbase_testnet = {
	.at = { { 0, 1000 * STX },
	        { 77777, 500 * STX },
	        { UINT64_C(77777) * 7, 250 * STX },
	        { UINT64_C(77777) * 14, 125 * STX },
	        { UINT64_C(77777) * 21, 125 * STX / 2 },
	        { 38000000, 1000 * STX } },
	.n = 6
};
static const struct chain_steps emission_mainnet = {
	.at = { { 907740, 475 * STX },
	        { 960300, 1140 * STX },
	        { 1012860, 1705 * STX },
	        { 1065420, UINT64_C(1305) * STX },
	        { 1117980, UINT64_C(1155) * STX },
	        { 1170540, 0 } },
	.n = 6
};
static const struct chain_steps emission_testnet = {
	.at = { { 71525 + 360, 1000 },
	        { 71525 + 720, 2000 },
	        { 71525 + 1080, 3000 },
	        { 71525 + 1440, 4000 },
	        { 71525 + 1800, 5000 },
	        { 71525 + 2160, 0 } },
	.n = 6
};

void chain_params_init(struct chain_params *p, bool is_mainnet)
{
	*p = (struct chain_params){
		.is_mainnet = is_mainnet,
		.chain_id = is_mainnet ? 1u : 0x80000000u,
		.unlock_height = { UINT32_MAX, UINT32_MAX, UINT32_MAX,
		                   UINT32_MAX },
		.maturity = MATURITY,
		.coinbase = is_mainnet ? coinbase_mainnet : coinbase_testnet,
		.emission = is_mainnet ? emission_mainnet : emission_testnet,
		.grants = span_str("lockup"),
		.emission_to = span_str("sip-031"),
		.stacking = span_str("pox-4"),
		.next_stacking = span_str("pox-5"),
	};
}

bool chain_params_add_epoch(struct chain_params *p, enum epoch epoch,
                            uint32_t burn_height)
{
	const struct chain_epoch *last =
	    p->n_epochs ? &p->epochs[p->n_epochs - 1] : NULL;

	if (p->n_epochs == CHAIN_PARAMS_EPOCHS_MAX)
		return false;
	if (last && (last->epoch >= epoch || last->burn_height > burn_height))
		return false;
	p->epochs[p->n_epochs++] = (struct chain_epoch){
		.epoch = epoch,
		.burn_height = burn_height,
		.limit = epoch >= EPOCH_4_0    ? limit_4_0
		         : epoch >= EPOCH_2_05 ? limit_2_05
		                               : limit_2_0,
	};
	return true;
}

const struct chain_epoch *chain_params_epoch(const struct chain_params *p,
                                             uint32_t burn_height)
{
	uint32_t i = p->n_epochs - 1;

	CHECK(p->n_epochs > 0);
	while (i > 0 && p->epochs[i].burn_height > burn_height)
		i--;
	return &p->epochs[i];
}

const struct chain_epoch *chain_params_find(const struct chain_params *p,
                                            enum epoch epoch)
{
	for (uint32_t i = 0; i < p->n_epochs; i++) {
		if (p->epochs[i].epoch == epoch)
			return &p->epochs[i];
	}
	return NULL;
}

enum epoch chain_params_rules(enum epoch epoch)
{
	return epoch < EPOCH_FIRST ? EPOCH_FIRST : epoch;
}

/* The amount of the last step at or below `at`; 0 before the first. */
static u128 steps_at(const struct chain_steps *s, uint64_t at)
{
	u128 ustx = 0;

	for (uint32_t i = 0; i < s->n && s->at[i].from <= at; i++)
		ustx = s->at[i].ustx;
	return ustx;
}

u128 chain_params_coinbase(const struct chain_params *p, enum epoch epoch,
                           uint32_t burn_height)
{
	uint64_t first = p->cycles.first_height;
	uint64_t since = burn_height > first ? burn_height - first : 0;

	return steps_at(
	    epoch >= EPOCH_3_1 ? &p->coinbase : &coinbase_before_3_1, since);
}

u128 chain_params_emission(const struct chain_params *p, enum epoch epoch,
                           uint32_t burn_height)
{
	return epoch >= EPOCH_3_2 ? steps_at(&p->emission, burn_height) : 0;
}

const struct principal *chain_params_boot(const struct chain_params *p,
                                          struct principal_room *room)
{
	static const uint8_t zero[PRINCIPAL_HASH_LEN];

	return principal_init(room,
	                      p->is_mainnet ? PRINCIPAL_MAINNET_SINGLESIG
	                                    : PRINCIPAL_TESTNET_SINGLESIG,
	                      zero);
}

enum err chain_params_boot_contract(const struct chain_params *p,
                                    struct principal_room *room,
                                    const struct principal **ret,
                                    struct span name)
{
	struct principal_room boot;

	return principal_init_contract(room, ret, chain_params_boot(p, &boot),
	                               name);
}
