/* node/app/key_file.c - Private keys in files; contract in key_file.h. */
#include "config.h"

#include "node/app/key_file.h"

#include <string.h>

#include "clarity/crypto/secret.h"
#include "node/app/app_io.h"

#define DIGITS (2u * ECDSA_KEY_LEN)

static int digit_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static enum err key_parse(struct auth_key *ret, struct span text)
{
	if (text.len >= 2 && memcmp(text.p, "0x", 2) == 0)
		text = span_of(text.p + 2, text.len - 2);
	ret->is_compressed = text.len == DIGITS + 2;
	if (text.len != DIGITS && !ret->is_compressed)
		return ERR_SYNTAX;
	if (ret->is_compressed && memcmp(text.p + DIGITS, "01", 2) != 0)
		return ERR_SYNTAX;
	for (size_t i = 0; i < ECDSA_KEY_LEN; i++) {
		int high = digit_of(text.p[2 * i]);
		int low = digit_of(text.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return ERR_SYNTAX;
		ret->key[i] = (uint8_t)(high << 4 | low);
	}
	return ecdsa_key_is_valid(ret->key) ? ERR_OK : ERR_BAD_KEY;
}

enum err key_file_read(const struct env *e, const char *path,
                       struct auth_key *ret)
{
	struct app_secret text;

	TRY(app_io_secret(e, path, &text));
	enum err err = key_parse(ret, span_of(text.bytes, text.len));

	app_io_forget(&text);
	if (err != ERR_OK)
		secret_wipe(ret, sizeof(*ret));
	return err;
}

void key_file_format(char ret[KEY_FILE_TEXT], const struct auth_key *key)
{
	static const char digit[] = "0123456789abcdef";
	char *at = ret;

	for (size_t i = 0; i < ECDSA_KEY_LEN; i++) {
		*at++ = digit[key->key[i] >> 4];
		*at++ = digit[key->key[i] & 15];
	}
	if (key->is_compressed) {
		*at++ = '0';
		*at++ = '1';
	}
	*at = '\0';
}
