/* clarity/value/principal.c - Accounts and contracts; see principal.h. */
#include "config.h"

#include "clarity/value/principal.h"

#include "clarity/base/check.h"
#include "clarity/value/c32.h"

int principal_cmp(const struct principal *a, const struct principal *b)
{
	/* Prefix, version and hash lie in the order that decides. */
	int order = memcmp(a, b, PRINCIPAL_STANDARD_LEN);

	return order ? order : span_cmp(principal_name(a), principal_name(b));
}

bool principal_is_mainnet(const struct principal *p)
{
	return p->version == PRINCIPAL_MAINNET_SINGLESIG ||
	       p->version == PRINCIPAL_MAINNET_MULTISIG;
}

bool principal_is_testnet(const struct principal *p)
{
	return p->version == PRINCIPAL_TESTNET_SINGLESIG ||
	       p->version == PRINCIPAL_TESTNET_MULTISIG;
}

const struct principal *principal_init(struct principal_room *room,
                                       uint8_t version,
                                       const uint8_t hash[PRINCIPAL_HASH_LEN])
{
	CHECK(version < PRINCIPAL_VERSIONS);
	room->bytes[0] = PRINCIPAL_STANDARD;
	room->bytes[1] = version;
	memcpy(room->bytes + 2, hash, PRINCIPAL_HASH_LEN);
	return (const struct principal *)room->bytes;
}

enum err principal_init_contract(struct principal_room *room,
                                 const struct principal **ret,
                                 const struct principal *issuer,
                                 struct span name)
{
	if (!name_is_contract(name))
		return ERR_SYNTAX;
	room->bytes[0] = PRINCIPAL_CONTRACT;
	room->bytes[1] = issuer->version;
	memcpy(room->bytes + 2, issuer->hash, PRINCIPAL_HASH_LEN);
	room->bytes[PRINCIPAL_STANDARD_LEN] = (uint8_t)name.len;
	memcpy(room->bytes + PRINCIPAL_STANDARD_LEN + 1, name.p, name.len);
	*ret = (const struct principal *)room->bytes;
	return ERR_OK;
}

const struct principal *
principal_new_standard(struct arena *a, uint8_t version,
                       const uint8_t hash[PRINCIPAL_HASH_LEN])
{
	struct principal_room room;

	return principal_copy(a, principal_init(&room, version, hash));
}

enum err principal_new_contract(struct arena *a, const struct principal **ret,
                                const struct principal *issuer,
                                struct span name)
{
	struct principal_room room;
	const struct principal *p;

	TRY(principal_init_contract(&room, &p, issuer, name));
	p = principal_copy(a, p);
	if (!p)
		return ERR_NO_MEMORY;
	*ret = p;
	return ERR_OK;
}

const struct principal *principal_copy(struct arena *a,
                                       const struct principal *p)
{
	return arena_copy(a, p, principal_len(p));
}

const struct principal *principal_issuer(struct arena *a,
                                         const struct principal *p)
{
	return principal_new_standard(a, p->version, p->hash);
}

/* Reads an account's text into `room`. */
static enum principal_fault principal_read(struct principal_room *room,
                                           struct span text)
{
	uint8_t payload[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t len;

	if (c32_parse(payload, &len, &version, text) != ERR_OK)
		return PRINCIPAL_BAD_C32;
	if (len != PRINCIPAL_HASH_LEN)
		return PRINCIPAL_BAD_LENGTH;
	/* A c32 digit is below 32, so the version cannot be wrong here. */
	(void)principal_init(room, version, payload);
	return PRINCIPAL_OK;
}

static enum principal_fault principal_keep(struct arena *a,
                                           const struct principal **ret,
                                           const struct principal *p)
{
	const struct principal *copy = principal_copy(a, p);

	if (!copy)
		return PRINCIPAL_NO_MEMORY;
	*ret = copy;
	return PRINCIPAL_OK;
}

/* Cuts `text` at its first dot; without one, `rest` is untouched. */
static bool principal_split(struct span text, struct span *head,
                            struct span *rest)
{
	const uint8_t *dot = text.len ? memchr(text.p, '.', text.len) : NULL;

	if (!dot)
		return false;
	*head = span_of(text.p, (size_t)(dot - text.p));
	*rest = span_of(dot + 1, text.len - head->len - 1);
	return true;
}

enum principal_fault principal_parse_standard(struct arena *a,
                                              const struct principal **ret,
                                              struct span text)
{
	struct principal_room room;
	enum principal_fault fault = principal_read(&room, text);

	if (fault != PRINCIPAL_OK)
		return fault;
	return principal_keep(a, ret, (const struct principal *)room.bytes);
}

/* Reads issuer and name, which the caller has cut apart. */
static enum principal_fault
principal_parse_contract(struct arena *a, const struct principal **ret,
                         struct span issuer, struct span name)
{
	struct principal_room account;
	struct principal_room room;
	const struct principal *p;
	enum principal_fault fault = principal_read(&account, issuer);

	if (fault != PRINCIPAL_OK)
		return fault;
	if (principal_init_contract(&room, &p,
	                            (const struct principal *)account.bytes,
	                            name) != ERR_OK)
		return PRINCIPAL_BAD_NAME;
	return principal_keep(a, ret, p);
}

enum principal_fault
principal_parse(struct arena *a, const struct principal **ret, struct span text)
{
	struct span issuer;
	struct span name;

	if (text.len && text.p[0] == '\'')
		text = span_of(text.p + 1, text.len - 1);
	if (!principal_split(text, &issuer, &name))
		return principal_parse_standard(a, ret, text);
	return principal_parse_contract(a, ret, issuer, name);
}

enum principal_fault principal_parse_trait(struct arena *a,
                                           const struct trait_id **ret,
                                           struct span text)
{
	const struct principal *contract;
	struct span issuer;
	struct span rest;
	struct span name;
	struct span trait;

	if (!principal_split(text, &issuer, &rest) ||
	    !principal_split(rest, &name, &trait))
		return PRINCIPAL_MISSING_DOT;
	if (issuer.len == 0)
		return PRINCIPAL_EMPTY_ISSUER;

	enum principal_fault fault =
	    principal_parse_contract(a, &contract, issuer, name);

	if (fault != PRINCIPAL_OK)
		return fault;
	if (!name_is_clarity(trait))
		return PRINCIPAL_BAD_NAME;

	struct trait_id id = { .contract = contract, .name = trait };
	const struct trait_id *copy = principal_trait_copy(a, &id);

	if (!copy)
		return PRINCIPAL_NO_MEMORY;
	*ret = copy;
	return PRINCIPAL_OK;
}

enum err principal_format(struct buf *b, const struct principal *p)
{
	char text[C32_MAX_TEXT];
	size_t n =
	    c32_format(text, p->version, span_of(p->hash, PRINCIPAL_HASH_LEN));

	(void)buf_add(b, text, n);
	if (principal_is_contract(p)) {
		struct span name = principal_name(p);

		(void)buf_add_u8(b, '.');
		(void)buf_add(b, name.p, name.len);
	}
	return buf_err(b);
}

enum err principal_format_trait(struct buf *b, const struct trait_id *t)
{
	(void)principal_format(b, t->contract);
	(void)buf_add_u8(b, '.');
	return buf_add(b, t->name.p, t->name.len);
}

bool principal_trait_eq(const struct trait_id *a, const struct trait_id *b)
{
	return a == b || (span_eq(a->name, b->name) &&
	                  principal_eq(a->contract, b->contract));
}

int principal_trait_cmp(const struct trait_id *a, const struct trait_id *b)
{
	int order = span_cmp(a->name, b->name);

	return order ? order : principal_cmp(a->contract, b->contract);
}

const struct trait_id *principal_trait_copy(struct arena *a,
                                            const struct trait_id *t)
{
	struct trait_id *copy = arena_new(a, struct trait_id);

	if (!copy)
		return NULL;
	copy->contract = principal_copy(a, t->contract);
	copy->name.p = arena_copy(a, t->name.p, t->name.len);
	copy->name.len = t->name.len;
	return copy->contract && copy->name.p ? copy : NULL;
}
