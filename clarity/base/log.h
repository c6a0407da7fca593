/*
 * clarity/base/log.h - Log lines that people read and programs can parse.
 *
 * One event is one line: level, module, a fixed message, then key=value pairs,
 * such as
 *
 *     info chain: block rejected height=812 err=COST_LIMIT
 *
 * The message never contains data, so that a search finds every occurrence;
 * values are quoted and escaped where they need it, so that no input can forge
 * a line.  Libraries never log; a program logs once, where it decides.  Where
 * lines go is the program's choice: the sink is injected, and so is the time.
 *
 * Layer:    clarity/base.
 * Memory:   never allocates; a line is built on the stack.
 * Threads:  a log is read-only once set up; its sink must accept calls from
 *           every thread that logs.
 */
#ifndef CLARITY_BASE_LOG_H
#define CLARITY_BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"

enum log_level {
	LOG_OFF,   /* as a threshold: nothing */
	LOG_ERROR, /* the program gives something up */
	LOG_WARN,  /* an operator should look */
	LOG_INFO,  /* what happened, a few lines for each block */
	LOG_DEBUG, /* why it happened */
	LOG_TRACE, /* everything */
	LOG_LEVELS
};

/** Characters of a line at most, its newline included; longer ones are cut. */
#define LOG_LINE_MAX 4096

/** Modules that may have a level of their own. */
#define LOG_MODULES_MAX 32

/** Characters of a module's name at most. */
#define LOG_MODULE_NAME_MAX 15

struct log {
	void (*write)(void *ctx, struct span line); /* one whole line */
	uint64_t (*now_ms)(void *ctx); /* Unix time; NULL: lines carry none */
	void *ctx;                     /* handed to both */
	enum log_level level;          /* of modules not named below */
	uint32_t n_modules;
	struct log_module {
		char name[LOG_MODULE_NAME_MAX + 1];
		enum log_level level;
	} modules[LOG_MODULES_MAX];
};

enum log_kind {
	LOG_END, /* closes a list of pairs */
	LOG_KIND_TEXT,
	LOG_KIND_BYTES,
	LOG_KIND_UINT,
	LOG_KIND_INT,
	LOG_KIND_BOOL,
	LOG_KIND_ERR
};

/** One key and its value; borrowed until log_write returns. */
struct log_kv {
	enum log_kind kind;
	const char *key;
	union {
		struct span span;
		u128 num;
		int64_t int64;
		enum err err;
	};
};

/**
 * Writes one line if the module's level lets it through.
 *
 * @param lg       the program's log; NULL writes nothing
 * @param level    LOG_ERROR to LOG_TRACE
 * @param module   the part that speaks, such as "chain"
 * @param message  fixed text, no data
 * @param kvs      pairs up to one of kind LOG_END, see LOG_KV; may be NULL
 */
void log_write(const struct log *lg, enum log_level level, const char *module,
               const char *message, const struct log_kv *kvs);

/** The pairs of a line: LOG_KV(log_u64("height", h), log_err("err", e)). */
#define LOG_KV(...)                                                            \
	((const struct log_kv[]){ __VA_ARGS__, { .kind = LOG_END } })

/** @return whether log_write would write; to skip costly values. */
bool log_enabled(const struct log *lg, enum log_level level,
                 const char *module);

/**
 * Sets levels from text such as "info", "warn,net=debug,chain=trace": a bare
 * level is the default, the others belong to modules.
 *
 * @return ERR_OK; ERR_SYNTAX for an unknown level or an empty or overlong
 *         name, ERR_TOO_LARGE past LOG_MODULES_MAX; `lg` is then unchanged.
 */
MUST_USE enum err log_parse_levels(struct log *lg, const char *text);

/** @return "error" to "trace", or "off". */
const char *log_level_name(enum log_level level);

/** Text up to its NUL; quoted if it needs it. */
static inline struct log_kv log_text(const char *key, const char *text)
{
	return (struct log_kv){ .kind = LOG_KIND_TEXT,
		                .key = key,
		                .span = span_str(text) };
}

/** Text of any bytes; quoted if it needs it. */
static inline struct log_kv log_span(const char *key, struct span text)
{
	return (
	    struct log_kv){ .kind = LOG_KIND_TEXT, .key = key, .span = text };
}

/** Bytes as lower-case hex. */
static inline struct log_kv log_hex(const char *key, const void *p, size_t len)
{
	return (struct log_kv){ .kind = LOG_KIND_BYTES,
		                .key = key,
		                .span = span_of(p, len) };
}

/** An unsigned number, decimal. */
static inline struct log_kv log_u64(const char *key, uint64_t v)
{
	return (struct log_kv){ .kind = LOG_KIND_UINT, .key = key, .num = v };
}

/** An unsigned number of up to 128 bits, decimal. */
static inline struct log_kv log_u128(const char *key, u128 v)
{
	return (struct log_kv){ .kind = LOG_KIND_UINT, .key = key, .num = v };
}

/** A signed number, decimal. */
static inline struct log_kv log_i64(const char *key, int64_t v)
{
	return (struct log_kv){ .kind = LOG_KIND_INT, .key = key, .int64 = v };
}

/** true or false. */
static inline struct log_kv log_bool(const char *key, bool v)
{
	return (struct log_kv){ .kind = LOG_KIND_BOOL, .key = key, .num = v };
}

/** An error's name. */
static inline struct log_kv log_err(const char *key, enum err e)
{
	return (struct log_kv){ .kind = LOG_KIND_ERR, .key = key, .err = e };
}

#endif /* CLARITY_BASE_LOG_H */
