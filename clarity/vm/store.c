/* clarity/vm/store.c - Spelling of keys; contract in store.h. */
#include "config.h"

#include "clarity/vm/store.h"

/* The hash of a principal as an array of decimal numbers. */
static void spell_hash(struct buf *b, const struct principal *p)
{
	(void)buf_addf(b, "[%u,[", p->version);
	for (uint32_t i = 0; i < PRINCIPAL_HASH_LEN; i++)
		(void)buf_addf(b, i == 0 ? "%u" : ",%u", p->hash[i]);
	(void)buf_add_str(b, "]]");
}

/* The form in which owners have stood in keys since the first block. */
static void spell_owner(struct buf *b, const struct principal *p)
{
	if (!principal_is_contract(p)) {
		(void)buf_add_str(b, "{\"Standard\":");
		spell_hash(b, p);
		(void)buf_add_str(b, "}");
		return;
	}

	struct span name = principal_name(p);

	(void)buf_add_str(b, "{\"Contract\":{\"issuer\":");
	spell_hash(b, p);
	(void)buf_add_str(b, ",\"name\":\"");
	(void)buf_add(b, name.p, name.len);
	(void)buf_add_str(b, "\"}}");
}

enum err store_spell(struct buf *b, const struct store_key *key)
{
	const struct principal *p = (const void *)key->tail.p;

	(void)buf_add(b, key->text.p, key->text.len);
	switch (key->form) {
	case STORE_TAIL_HEX:
		(void)buf_add_hex(b, key->tail.p, key->tail.len);
		break;
	case STORE_TAIL_OWNER:
		spell_owner(b, p);
		break;
	case STORE_TAIL_BALANCE:
		(void)principal_format(b, p);
		(void)buf_add_str(b, "::19");
		break;
	case STORE_TAIL_NONCE:
		(void)principal_format(b, p);
		(void)buf_add_str(b, "::18");
		break;
	}
	return buf_err(b);
}
