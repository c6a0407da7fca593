/* tests/lib/env_sim.c - Worlds and machines; contract in env_sim.h. */
#include "config.h"

#include "tests/lib/env_sim.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "tests/lib/env_sim_state.h"

/* The time of day when a world begins: 2026-01-01. */
#define EPOCH_MS 1767225600000u

void *env_sim_alloc(size_t bytes)
{
	void *p = calloc(1, bytes ? bytes : 1);

	CHECK(p);
	return p;
}

struct env_sim_world *env_sim_world_new(uint64_t seed)
{
	struct env_sim_world *w = env_sim_alloc(sizeof(*w));

	w->chance = seed;
	w->next_port = 20000;
	return w;
}

void env_sim_world_free(struct env_sim_world *w)
{
	CHECK(!w->listeners);
	free(w);
}

uint64_t env_sim_ms(const struct env_sim_world *w)
{
	return w->now_ns / 1000000u;
}

void env_sim_advance(struct env_sim_world *w, uint64_t ms)
{
	w->now_ns += ms * 1000000u;
}

void env_sim_latency(struct env_sim_world *w, uint64_t ms)
{
	w->latency_ms = ms;
}

/* splitmix64 */
uint64_t env_sim_chance(struct env_sim_world *w)
{
	uint64_t z = w->chance += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

size_t env_sim_part(struct env_sim *s, size_t n)
{
	if (n < 2 || !s->faults.short_io)
		return n;
	return 1 + (size_t)(env_sim_chance(s->world) % n);
}

struct sim_handle *env_sim_handle_new(struct env_sim *s, enum sim_kind kind,
                                      struct env_handle *ret)
{
	for (int i = SIM_STREAMS; i < SIM_HANDLES; i++) {
		if (s->handles[i].kind == SIM_FREE) {
			s->handles[i] = (struct sim_handle){ .kind = kind };
			*ret = (struct env_handle){ i };
			return &s->handles[i];
		}
	}
	return NULL;
}

struct sim_handle *env_sim_handle(struct env_sim *s, struct env_handle h,
                                  enum sim_kind kind)
{
	CHECK(h.n >= SIM_STREAMS && h.n < SIM_HANDLES);
	CHECK(s->handles[h.n].kind == kind);
	return &s->handles[h.n];
}

static uint64_t sim_now_ms(void *self)
{
	struct env_sim *s = self;

	return EPOCH_MS + env_sim_ms(s->world);
}

/* Asking takes a moment, so that no two answers are equal. */
static uint64_t sim_mono_ns(void *self)
{
	struct env_sim *s = self;

	return s->world->now_ns++;
}

static void sim_sleep_ms(void *self, uint64_t ms)
{
	struct env_sim *s = self;

	env_sim_advance(s->world, ms);
}

static enum err sim_random(void *self, void *ret, size_t len)
{
	struct env_sim *s = self;
	uint8_t *p = ret;

	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)(env_sim_chance(s->world) >> 56);
	return ERR_OK;
}

static struct env_handle sim_stream(void *self, enum env_stream which)
{
	(void)self;
	return (struct env_handle){ (int32_t)which };
}

static unsigned sim_terminal(void *self, struct env_handle h)
{
	(void)self;
	(void)h;
	return 0;
}

static uint64_t sim_peak_memory(void *self)
{
	(void)self;
	return 0;
}

static unsigned sim_cpus(void *self)
{
	(void)self;
	return 1;
}

static void handle_close(struct env_sim *s, struct sim_handle *h)
{
	switch (h->kind) {
	case SIM_FREE:
		CHECK(h->kind != SIM_FREE);
		break;
	case SIM_FILE:
		env_sim_file_close(s, h);
		break;
	case SIM_LISTENER:
	case SIM_CONN:
		env_sim_net_close(s, h);
		break;
	case SIM_PROC:
		env_sim_proc_close(s, h);
		break;
	}
	h->kind = SIM_FREE;
}

static void sim_close(void *self, struct env_handle h)
{
	struct env_sim *s = self;

	CHECK(h.n >= SIM_STREAMS && h.n < SIM_HANDLES);
	handle_close(s, &s->handles[h.n]);
}

static void close_all(struct env_sim *s)
{
	for (int i = SIM_STREAMS; i < SIM_HANDLES; i++) {
		if (s->handles[i].kind != SIM_FREE)
			handle_close(s, &s->handles[i]);
	}
}

struct env_sim *env_sim_new(struct env_sim_world *w, struct env *ret)
{
	struct env_sim *s = env_sim_alloc(sizeof(*s));

	s->world = w;
	for (int i = 0; i < SIM_STREAMS; i++)
		buf_init(&s->streams[i], (size_t)1 << 26);
	env_sim_file_init(s);
	*ret = (struct env){ .self = s,
		             .now_ms = sim_now_ms,
		             .mono_ns = sim_mono_ns,
		             .sleep_ms = sim_sleep_ms,
		             .random = sim_random,
		             .stream = sim_stream,
		             .terminal = sim_terminal,
		             .peak_memory = sim_peak_memory,
		             .cpus = sim_cpus,
		             .close = sim_close };
	env_sim_file_fill(ret);
	env_sim_net_fill(ret);
	env_sim_proc_fill(ret);
	return s;
}

void env_sim_free(struct env_sim *s)
{
	close_all(s);
	env_sim_file_fini(s);
	for (int i = 0; i < SIM_STREAMS; i++)
		buf_fini(&s->streams[i]);
	free(s);
}

void env_sim_faults(struct env_sim *s, const struct env_sim_faults *faults)
{
	s->faults = *faults;
	s->file_calls = 0;
}

void env_sim_programs(struct env_sim *s, env_sim_program *run, void *ctx)
{
	s->run = run;
	s->run_ctx = ctx;
}

uint64_t env_sim_file_calls(const struct env_sim *s)
{
	return s->file_calls;
}

const char *env_sim_output(struct env_sim *s, enum env_stream which)
{
	return buf_str(&s->streams[which]);
}

void env_sim_input(struct env_sim *s, const char *text)
{
	CHECK(buf_add_str(&s->streams[ENV_STDIN], text) == ERR_OK);
}

void env_sim_crash(struct env_sim *s)
{
	close_all(s);
	env_sim_file_crash(s);
}
