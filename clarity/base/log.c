/* clarity/base/log.c - Key=value log lines; contract in log.h. */
#include "config.h"

#include "clarity/base/log.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"

/* What the end of a cut line looks like. */
#define LOG_CUT " cut=true"

/* A line under construction; `is_cut` once something did not fit. */
struct line {
	char text[LOG_LINE_MAX];
	size_t len;
	bool is_cut;
};

static const char *const level_names[LOG_LEVELS] = {
	[LOG_OFF] = "off",   [LOG_ERROR] = "error", [LOG_WARN] = "warn",
	[LOG_INFO] = "info", [LOG_DEBUG] = "debug", [LOG_TRACE] = "trace",
};

/* Room for the newline and the mark of a cut line is always kept. */
static void line_add(struct line *l, const char *text, size_t len)
{
	size_t max = sizeof(l->text) - sizeof(LOG_CUT);

	if (l->is_cut || len > max - l->len) {
		l->is_cut = true;
		return;
	}
	memcpy(l->text + l->len, text, len);
	l->len += len;
}

static void line_str(struct line *l, const char *text)
{
	line_add(l, text, strlen(text));
}

static void line_hex(struct line *l, struct span s)
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < s.len; i++) {
		char pair[2] = { digit[s.p[i] >> 4], digit[s.p[i] & 15] };

		line_add(l, pair, 2);
	}
}

static bool is_bare(uint8_t c)
{
	return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

static bool span_is_bare(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_bare(s.p[i]))
			return false;
	}
	return s.len > 0;
}

/* Control characters and bytes above ASCII never reach a terminal raw. */
static void line_escaped(struct line *l, uint8_t c)
{
	char hex[5];

	if (c == '"' || c == '\\')
		(void)snprintf(hex, sizeof(hex), "\\%c", c);
	else if (c == '\n')
		(void)snprintf(hex, sizeof(hex), "\\n");
	else if (c < ' ' || c >= 0x7f)
		(void)snprintf(hex, sizeof(hex), "\\x%02x", c);
	else
		(void)snprintf(hex, sizeof(hex), "%c", c);
	line_str(l, hex);
}

static void line_text(struct line *l, struct span s)
{
	if (span_is_bare(s)) {
		line_add(l, (const char *)s.p, s.len);
		return;
	}
	line_str(l, "\"");
	for (size_t i = 0; i < s.len && !l->is_cut; i++)
		line_escaped(l, s.p[i]);
	line_str(l, "\"");
}

static void line_value(struct line *l, const struct log_kv *kv)
{
	char num[U128_TEXT];

	switch (kv->kind) {
	case LOG_END:
		break;
	case LOG_KIND_TEXT:
		line_text(l, kv->span);
		break;
	case LOG_KIND_BYTES:
		line_hex(l, kv->span);
		break;
	case LOG_KIND_UINT:
		line_add(l, num, u128_format(num, kv->num));
		break;
	case LOG_KIND_INT:
		(void)snprintf(num, sizeof(num), "%lld", (long long)kv->int64);
		line_str(l, num);
		break;
	case LOG_KIND_BOOL:
		line_str(l, kv->num ? "true" : "false");
		break;
	case LOG_KIND_ERR:
		line_str(l, err_name(kv->err));
		break;
	}
}

static void line_time(struct line *l, const struct log *lg)
{
	char text[32];

	if (!lg->now_ms)
		return;

	uint64_t ms = lg->now_ms(lg->ctx);

	(void)snprintf(text, sizeof(text), "%llu.%03u ",
	               (unsigned long long)(ms / 1000), (unsigned)(ms % 1000));
	line_str(l, text);
}

static enum log_level level_of(const struct log *lg, const char *module)
{
	for (uint32_t i = 0; i < lg->n_modules; i++) {
		if (strcmp(lg->modules[i].name, module) == 0)
			return lg->modules[i].level;
	}
	return lg->level;
}

bool log_enabled(const struct log *lg, enum log_level level, const char *module)
{
	return lg && lg->write && level <= level_of(lg, module);
}

void log_write(const struct log *lg, enum log_level level, const char *module,
               const char *message, const struct log_kv *kvs)
{
	struct line l = { .len = 0 };

	CHECK(level > LOG_OFF && level < LOG_LEVELS);
	if (!log_enabled(lg, level, module))
		return;
	line_time(&l, lg);
	line_str(&l, level_names[level]);
	line_str(&l, " ");
	line_str(&l, module);
	line_str(&l, ": ");
	line_str(&l, message);
	for (; kvs && kvs->kind != LOG_END; kvs++) {
		line_str(&l, " ");
		line_str(&l, kvs->key);
		line_str(&l, "=");
		line_value(&l, kvs);
	}
	if (l.is_cut) {
		memcpy(l.text + l.len, LOG_CUT, sizeof(LOG_CUT) - 1);
		l.len += sizeof(LOG_CUT) - 1;
	}
	l.text[l.len++] = '\n';
	lg->write(lg->ctx, span_of(l.text, l.len));
}

static bool level_parse(enum log_level *ret, const char *text, size_t len)
{
	for (enum log_level i = LOG_OFF; i < LOG_LEVELS; i++) {
		if (strlen(level_names[i]) == len &&
		    memcmp(level_names[i], text, len) == 0) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static enum err module_set(struct log *lg, const char *name, size_t len,
                           enum log_level level)
{
	struct log_module *m = lg->modules;

	if (len == 0 || len > LOG_MODULE_NAME_MAX)
		return ERR_SYNTAX;
	for (; m < lg->modules + lg->n_modules; m++) {
		if (strlen(m->name) == len && memcmp(m->name, name, len) == 0)
			break;
	}
	if (m == lg->modules + LOG_MODULES_MAX)
		return ERR_TOO_LARGE;
	if (m == lg->modules + lg->n_modules)
		lg->n_modules++;
	memcpy(m->name, name, len);
	m->name[len] = '\0';
	m->level = level;
	return ERR_OK;
}

enum err log_parse_levels(struct log *lg, const char *text)
{
	struct log copy = *lg;

	for (;;) {
		size_t len = strcspn(text, ",");
		const char *eq = memchr(text, '=', len);
		const char *name = eq ? eq + 1 : text;
		enum log_level level;

		if (!level_parse(&level, name, (size_t)(text + len - name)))
			return ERR_SYNTAX;
		if (eq)
			TRY(module_set(&copy, text, (size_t)(eq - text),
			               level));
		else
			copy.level = level;
		if (text[len] == '\0')
			break;
		text += len + 1;
	}
	*lg = copy;
	return ERR_OK;
}

const char *log_level_name(enum log_level level)
{
	CHECK(level < LOG_LEVELS);
	return level_names[level];
}
