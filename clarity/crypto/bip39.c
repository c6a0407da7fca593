/* clarity/crypto/bip39.c - Secrets as sentences; contract in bip39.h. */
#include "config.h"

#include "clarity/crypto/bip39.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/kdf.h"
#include "clarity/crypto/secret.h"

#define WORD_BITS 11u
#define WORD_MAX 8u
#define SENTENCE_MIN 12u
#define SENTENCE_MAX 24u
#define ROUNDS 2048u
#define PASSPHRASE_MAX 256u

static const char *const words[BIP39_WORDS] = {
#define X(word) #word,
#include "clarity/crypto/bip39.def"
#undef X
};

/* The checksum has one bit for each 32 bits of entropy. */
static unsigned words_of(size_t entropy_len)
{
	return (unsigned)(entropy_len * 3 / 4);
}

/* Bits `at` to `at` + 10, the highest first. */
static unsigned bits_at(const uint8_t *bytes, unsigned at)
{
	unsigned v = 0;

	for (unsigned i = at; i < at + WORD_BITS; i++)
		v = v << 1 | ((unsigned)bytes[i / 8] >> (7 - i % 8) & 1u);
	return v;
}

static void put_bits(uint8_t *bytes, unsigned at, unsigned v)
{
	for (unsigned i = 0; i < WORD_BITS; i++) {
		unsigned bit = v >> (WORD_BITS - 1 - i) & 1;

		bytes[(at + i) / 8] |= (uint8_t)(bit << (7 - (at + i) % 8));
	}
}

size_t bip39_write(char ret[BIP39_TEXT_MAX], struct span entropy)
{
	uint8_t bits[BIP39_ENTROPY_MAX + 1];
	uint8_t digest[HASH_256_LEN];
	size_t len = 0;

	CHECK(entropy.len >= BIP39_ENTROPY_MIN &&
	      entropy.len <= BIP39_ENTROPY_MAX && entropy.len % 4 == 0);
	hash_sha256(digest, entropy.p, entropy.len);
	memcpy(bits, entropy.p, entropy.len);
	bits[entropy.len] = digest[0];
	for (unsigned i = 0; i < words_of(entropy.len); i++) {
		const char *word = words[bits_at(bits, i * WORD_BITS)];

		if (i > 0)
			ret[len++] = ' ';
		memcpy(ret + len, word, strlen(word));
		len += strlen(word);
	}
	ret[len] = '\0';
	secret_wipe(bits, sizeof(bits));
	secret_wipe(digest, sizeof(digest));
	return len;
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The list is sorted. @return its place, or BIP39_WORDS if it is not there. */
static unsigned find_word(const char *word)
{
	unsigned low = 0;
	unsigned high = BIP39_WORDS;

	while (low < high) {
		unsigned middle = (low + high) / 2;
		int order = strcmp(word, words[middle]);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return BIP39_WORDS;
}

/* Takes the next word off `text`. @return its place, BIP39_WORDS for an unknown
 * one, or BIP39_WORDS + 1 at the end. */
static unsigned next_word(struct cursor *text)
{
	char word[WORD_MAX + 1] = { 0 };
	size_t len = 0;

	while (text->at < text->end && is_blank(*text->at))
		text->at++;
	if (text->at == text->end)
		return BIP39_WORDS + 1;
	for (; text->at < text->end && !is_blank(*text->at); text->at++) {
		uint8_t c = *text->at;

		if (len == WORD_MAX)
			return BIP39_WORDS;
		word[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	unsigned place = find_word(word);

	secret_wipe(word, sizeof(word));
	return place;
}

/* Reads words into bits. @return how many, or 0 if one is unknown. */
static unsigned read_words(uint8_t bits[BIP39_ENTROPY_MAX + 1],
                           struct span text)
{
	struct cursor c = cursor_of(text);
	unsigned n = 0;

	memset(bits, 0, BIP39_ENTROPY_MAX + 1);
	for (;;) {
		unsigned place = next_word(&c);

		if (place == BIP39_WORDS + 1)
			return n;
		if (place == BIP39_WORDS || n == SENTENCE_MAX)
			return 0;
		put_bits(bits, n * WORD_BITS, place);
		n++;
	}
}

static bool checksum_is_right(const uint8_t *bits, size_t entropy_len)
{
	unsigned n_bits = (unsigned)(entropy_len / 4);
	uint8_t digest[HASH_256_LEN];

	hash_sha256(digest, bits, entropy_len);
	unsigned differs = (unsigned)(digest[0] ^ bits[entropy_len]);

	secret_wipe(digest, sizeof(digest));
	return differs >> (8 - n_bits) == 0;
}

enum err bip39_parse(char ret[BIP39_TEXT_MAX], size_t *ret_len,
                     struct span text)
{
	uint8_t bits[BIP39_ENTROPY_MAX + 1];
	unsigned n = read_words(bits, text);
	size_t entropy_len = (size_t)n * 4 / 3;
	enum err e = ERR_OK;

	if (n < SENTENCE_MIN || n % 3 != 0)
		e = ERR_SYNTAX;
	else if (!checksum_is_right(bits, entropy_len))
		e = ERR_BAD_KEY;
	else
		*ret_len = bip39_write(ret, span_of(bits, entropy_len));
	secret_wipe(bits, sizeof(bits));
	return e;
}

enum err bip39_seed(uint8_t ret[BIP39_SEED_LEN], struct span sentence,
                    struct span passphrase)
{
	static const char prefix[] = "mnemonic";
	uint8_t salt[sizeof(prefix) - 1 + PASSPHRASE_MAX];
	size_t len = sizeof(prefix) - 1;

	if (passphrase.len > PASSPHRASE_MAX)
		return ERR_TOO_LARGE;
	memcpy(salt, prefix, len);
	for (size_t i = 0; i < passphrase.len; i++) {
		if (passphrase.p[i] > 0x7e)
			return ERR_SYNTAX;
		salt[len++] = passphrase.p[i];
	}
	kdf_pbkdf2_sha512(ret, sentence, span_of(salt, len), ROUNDS);
	secret_wipe(salt, sizeof(salt));
	return ERR_OK;
}
