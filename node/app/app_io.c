/* node/app/app_io.c - Reading and writing for verbs; contract in app_io.h. */
#include "config.h"

#include "node/app/app_io.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/cmd.h"
#include "clarity/crypto/secret.h"

#define CHUNK 4096u

/* Reads what is there, waiting for it. */
static enum err stream_read(const struct env *e, struct env_handle h,
                            uint8_t *ret, size_t max, size_t *ret_n)
{
	for (;;) {
		struct env_poll poll = { .handle = h, .wants = ENV_CAN_READ };
		size_t ready;
		enum err err = env_read(e, h, ret, max, ret_n);

		if (err != ERR_AGAIN)
			return err;
		TRY(env_wait(e, &poll, 1, ENV_FOREVER, &ready));
	}
}

static enum err stdin_read(const struct env *e, struct arena *a, size_t max,
                           struct span *ret)
{
	struct env_handle h = env_stream(e, ENV_STDIN);
	struct buf b;
	enum err err = ERR_OK;
	size_t n = 1;

	buf_init(&b, max + CHUNK);
	while (err == ERR_OK && n > 0 && b.len <= max) {
		uint8_t *at = buf_room(&b, CHUNK);

		err = at ? stream_read(e, h, at, CHUNK, &n) : buf_err(&b);
		b.len += err == ERR_OK ? n : 0;
	}
	if (err == ERR_OK && b.len > max)
		err = ERR_TOO_LARGE;
	if (err == ERR_OK) {
		ret->p =
		    (const uint8_t *)arena_str(a, (const char *)b.p, b.len);
		ret->len = b.len;
		err = ret->p ? ERR_OK : ERR_NO_MEMORY;
	}
	if (b.p)
		secret_wipe(b.p, b.cap);
	buf_fini(&b);
	return err;
}

enum err app_io_read(const struct env *e, struct arena *a, const char *path,
                     size_t max, struct span *ret)
{
	if (strcmp(path, "-") == 0)
		return stdin_read(e, a, max, ret);
	return env_read_file(e, a, path, max, ret);
}

enum err app_io_secret(const struct env *e, const char *path,
                       struct app_secret *ret)
{
	struct arena a;
	struct span text = span_of(NULL, 0);

	arena_init(&a, 1u << 20);
	enum err err = app_io_read(e, &a, path, APP_IO_SECRET_MAX, &text);
	struct span secret = app_io_trim(text);

	*ret = (struct app_secret){ .bytes = NULL };
	if (err == ERR_OK) {
		ret->bytes = secret_new(secret.len + 1);
		err = ret->bytes ? ERR_OK : ERR_NO_MEMORY;
	}
	if (err == ERR_OK) {
		if (secret.len)
			memcpy(ret->bytes, secret.p, secret.len);
		ret->len = secret.len;
	}
	/* The arena is this function's own, so its text may be wiped. */
	if (text.len)
		secret_wipe((void *)(uintptr_t)text.p, text.len);
	arena_fini(&a);
	return err;
}

void app_io_forget(struct app_secret *s)
{
	secret_free(s->bytes);
	*s = (struct app_secret){ .bytes = NULL };
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct span app_io_trim(struct span text)
{
	while (text.len > 0 && is_blank(text.p[text.len - 1]))
		text.len--;
	while (text.len > 0 && is_blank(text.p[0]))
		text = span_of(text.p + 1, text.len - 1);
	return text;
}

static void say(const struct env *e, const char *about, const char *what)
{
	struct buf text;

	buf_init(&text, 2 * ENV_PATH_MAX);
	(void)buf_addf(&text, "tenure: %s: %s\n", about, what);
	/* There is nobody left to tell when this fails. */
	enum err ignored =
	    env_write_all(e, env_stream(e, ENV_STDERR), text.p, text.len);

	(void)ignored;
	buf_fini(&text);
}

int app_io_wrong(const struct env *e, const char *about, const char *what)
{
	say(e, about, what);
	return CMD_EXIT_USAGE;
}

int app_io_reject(const struct env *e, const char *about, const char *what)
{
	say(e, about, what);
	return CMD_EXIT_REJECT;
}

int app_io_write(const struct env *e, const struct buf *out, int code)
{
	enum err err = buf_err(out);

	if (err == ERR_OK)
		err = env_write_all(e, env_stream(e, ENV_STDOUT), out->p,
		                    out->len);
	return err == ERR_OK
	           ? code
	           : app_io_wrong(e, "standard output", err_text(err));
}
