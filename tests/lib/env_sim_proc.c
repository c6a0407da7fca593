/* tests/lib/env_sim_proc.c - Scripted programs; contract in env_sim.h. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/env_sim_state.h"

/* The program's ends of its pipes are gone once it has ended. */
static void proc_end(struct env_sim *s, struct sim_proc *p, struct env_exit how)
{
	if (p->has_ended)
		return;
	p->has_ended = true;
	p->exit = how;
	env_sim_net_end(s->world, p->in, false);
	env_sim_net_end(s->world, p->out, true);
	p->in = NULL;
	p->out = NULL;
}

static void proc_echo(struct env_sim *s, struct sim_proc *p)
{
	uint64_t now = env_sim_ms(s->world);

	while (p->in && p->in->first && p->in->first->when_ms <= now) {
		struct sim_chunk *c = p->in->first;
		size_t len = c->len - c->from;
		size_t n = p->out ? env_sim_net_put(s->world, p->out,
		                                    c->bytes + c->from, len)
		                  : len;

		if (n == 0)
			return;
		c->from += n;
		p->in->held -= n;
		if (c->from == c->len) {
			p->in->first = c->next;
			p->in->last = c->next ? p->in->last : NULL;
			free(c);
		}
	}
	if (!p->in || (p->in->writer_gone && !p->in->first))
		proc_end(s, p, (struct env_exit){ .code = p->what.code });
}

void env_sim_proc_step(struct env_sim *s, struct sim_proc *p)
{
	if (p->has_ended)
		return;
	if (p->what.echoes)
		proc_echo(s, p);
	else if (p->end_ms <= env_sim_ms(s->world))
		proc_end(s, p, (struct env_exit){ .code = p->what.code });
}

/* A pipe from the program to us, already with all that it will write. */
static enum err pipe_out(struct env_sim *s, const char *text, bool stays_open,
                         struct env_handle *ret, struct sim_pipe **ret_pipe)
{
	struct sim_handle *h = env_sim_handle_new(s, SIM_CONN, ret);
	struct sim_pipe *p;

	if (!h)
		return ERR_NO_HANDLES;
	p = env_sim_net_pipe();
	h->conn = env_sim_net_conn(p, NULL);
	if (text)
		CHECK(env_sim_net_put(s->world, p, text, strlen(text)) ==
		      strlen(text));
	if (!stays_open)
		env_sim_net_end(s->world, p, true);
	*ret_pipe = stays_open ? p : NULL;
	return ERR_OK;
}

static enum err pipe_in(struct env_sim *s, struct env_handle *ret,
                        struct sim_pipe **ret_pipe)
{
	struct sim_handle *h = env_sim_handle_new(s, SIM_CONN, ret);

	if (!h)
		return ERR_NO_HANDLES;
	*ret_pipe = env_sim_net_pipe();
	h->conn = env_sim_net_conn(NULL, *ret_pipe);
	return ERR_OK;
}

static enum err sim_spawn(void *self, const struct env_spawn *what,
                          struct env_child *ret)
{
	struct env_sim *s = self;
	struct sim_proc *p;
	struct sim_pipe *unused;
	struct env_sim_child child = { .out = NULL };
	struct env_child mine = { ENV_NONE, ENV_NONE, ENV_NONE, ENV_NONE };

	if (!s->run)
		return ERR_ABSENT;
	TRY(s->run(s->run_ctx, what, &child));

	struct sim_handle *h = env_sim_handle_new(s, SIM_PROC, &mine.process);

	if (!h)
		return ERR_NO_HANDLES;
	p = env_sim_alloc(sizeof(*p));
	p->what = child;
	p->end_ms =
	    child.echoes ? UINT64_MAX : env_sim_ms(s->world) + child.runs_ms;
	h->proc = p;
	if (what->pipes_in)
		TRY(pipe_in(s, &mine.in, &p->in));
	if (what->pipes_out)
		TRY(pipe_out(s, child.out, true, &mine.out, &p->out));
	if (what->pipes_err)
		TRY(pipe_out(s, child.err, false, &mine.err, &unused));
	*ret = mine;
	return ERR_OK;
}

static enum err sim_exited(void *self, struct env_handle process,
                           struct env_exit *ret)
{
	struct env_sim *s = self;
	struct sim_proc *p = env_sim_handle(s, process, SIM_PROC)->proc;

	env_sim_proc_step(s, p);
	if (!p->has_ended)
		return ERR_AGAIN;
	*ret = p->exit;
	return ERR_OK;
}

static enum err sim_signal(void *self, struct env_handle process,
                           enum env_signal what)
{
	struct env_sim *s = self;
	struct sim_proc *p = env_sim_handle(s, process, SIM_PROC)->proc;
	int number = what == ENV_SIGNAL_KILL ? SIGKILL : SIGTERM;

	env_sim_proc_step(s, p);
	proc_end(s, p, (struct env_exit){ .is_killed = true, .code = number });
	return ERR_OK;
}

void env_sim_proc_close(struct env_sim *s, struct sim_handle *h)
{
	proc_end(s, h->proc, (struct env_exit){ .is_killed = true });
	free(h->proc);
}

void env_sim_proc_fill(struct env *e)
{
	e->spawn = sim_spawn;
	e->exited = sim_exited;
	e->signal = sim_signal;
}
