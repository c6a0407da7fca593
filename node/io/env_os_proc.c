/* node/io/env_os_proc.c - Child processes; contract in env_os.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clarity/base/check.h"
#include "node/io/env_os.h"

/* The number of the standard streams. */
#define STREAMS 3

/* A pidfd as waitid takes it; older headers do not have the name. */
#define WAIT_PIDFD ((idtype_t)3)

/* The pipes of a child that is being started: [stream][0 child's, 1 ours]. */
struct pipes {
	int fd[STREAMS][2];
	int status[2]; /* the child reports here why it could not start */
};

static void pipes_close(struct pipes *p)
{
	for (int i = 0; i < STREAMS; i++) {
		for (int side = 0; side < 2; side++) {
			if (p->fd[i][side] >= 0)
				(void)close(p->fd[i][side]);
		}
	}
	for (int side = 0; side < 2; side++) {
		if (p->status[side] >= 0)
			(void)close(p->status[side]);
	}
}

/* Our side never blocks; the child's is an ordinary one. */
static enum err pipe_new(int fd[2], bool child_reads)
{
	int both[2];

	if (pipe2(both, O_CLOEXEC) != 0)
		return env_os_error(errno);
	fd[0] = both[child_reads ? 0 : 1];
	fd[1] = both[child_reads ? 1 : 0];
	if (fcntl(fd[1], F_SETFL, O_NONBLOCK) != 0)
		return ERR_IO;
	return ERR_OK;
}

static enum err pipes_open(struct pipes *p, const struct env_spawn *what)
{
	bool wanted[STREAMS] = { what->pipes_in, what->pipes_out,
		                 what->pipes_err };

	memset(p, 0xff, sizeof(*p));
	for (int i = 0; i < STREAMS; i++) {
		if (wanted[i])
			TRY(pipe_new(p->fd[i], i == STDIN_FILENO));
		else if (i != STDERR_FILENO)
			p->fd[i][0] = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (p->fd[i][0] < 0 && i != STDERR_FILENO)
			return env_os_error(errno);
	}
	if (pipe2(p->status, O_CLOEXEC) != 0)
		return env_os_error(errno);
	return ERR_OK;
}

/* In the child: only calls that are safe between fork and exec.  Descriptors
 * below 3 may be the ones to copy, so all are moved out of the way first. */
_Noreturn static void child_run(const struct pipes *p,
                                const struct env_spawn *what)
{
	int from[STREAMS];
	int error;
	struct sigaction plain = { .sa_handler = SIG_DFL };

	(void)sigaction(SIGPIPE, &plain, NULL);
	for (int i = 0; i < STREAMS; i++)
		from[i] = p->fd[i][0] < 0
		              ? i
		              : fcntl(p->fd[i][0], F_DUPFD_CLOEXEC, STREAMS);
	for (int i = 0; i < STREAMS; i++) {
		if (from[i] != i && dup2(from[i], i) < 0)
			goto out;
	}
	if (what->dir && chdir(what->dir) != 0)
		goto out;
	/* execvp wants pointers to characters that it does not change. */
	execvpe(what->argv[0], (char *const *)(uintptr_t)what->argv,
	        what->envp ? (char *const *)(uintptr_t)what->envp : environ);
out:
	error = errno;
	(void)!write(p->status[1], &error, sizeof(error));
	_exit(127);
}

/* Nothing in the status pipe but its end means that exec went well. */
static enum err child_status(const struct pipes *p)
{
	int error = 0;
	ssize_t n;

	do
		n = read(p->status[0], &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return ERR_OK;
	return n == (ssize_t)sizeof(error) ? env_os_error(error) : ERR_IO;
}

static int pidfd_of(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

static void child_reap(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Gives our ends to the caller, who then closes them. */
static void child_give(struct pipes *p, int pidfd, struct env_child *ret)
{
	*ret = (struct env_child){ .process = { pidfd },
		                   .in = { p->fd[0][1] },
		                   .out = { p->fd[1][1] },
		                   .err = { p->fd[2][1] } };
	for (int i = 0; i < STREAMS; i++)
		p->fd[i][1] = -1;
}

static enum err proc_spawn(void *self, const struct env_spawn *what,
                           struct env_child *ret)
{
	struct pipes p;
	enum err e = pipes_open(&p, what);
	pid_t pid = -1;

	(void)self;
	if (e == ERR_OK) {
		pid = fork();
		if (pid == 0)
			child_run(&p, what);
		if (pid < 0)
			e = env_os_error(errno);
	}
	if (e == ERR_OK) {
		(void)close(p.status[1]);
		p.status[1] = -1;
		e = child_status(&p);

		int pidfd = e == ERR_OK ? pidfd_of(pid) : -1;

		if (e == ERR_OK && pidfd < 0)
			e = env_os_error(errno);
		if (e == ERR_OK)
			child_give(&p, pidfd, ret);
		else
			child_reap(pid);
	}
	pipes_close(&p);
	return e;
}

/* WNOWAIT leaves the status there, so that it can be asked for again. */
static enum err proc_exited(void *self, struct env_handle process,
                            struct env_exit *ret)
{
	siginfo_t info = { .si_pid = 0 };
	int failed;

	(void)self;
	do
		failed = waitid(WAIT_PIDFD, (id_t)process.n, &info,
		                WEXITED | WNOHANG | WNOWAIT);
	while (failed && errno == EINTR);
	if (failed)
		return ERR_IO;
	if (info.si_pid == 0)
		return ERR_AGAIN;
	*ret = (struct env_exit){ .is_killed = info.si_code != CLD_EXITED,
		                  .code = info.si_status };
	return ERR_OK;
}

void env_os_proc_end(int fd)
{
	siginfo_t info = { .si_pid = 0 };

	/* Anything but a process is refused at once. */
	if (waitid(WAIT_PIDFD, (id_t)fd, &info, WEXITED | WNOHANG) != 0 ||
	    info.si_pid != 0)
		return;
	(void)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
	while (waitid(WAIT_PIDFD, (id_t)fd, &info, WEXITED) != 0 &&
	       errno == EINTR)
		;
}

static enum err proc_signal(void *self, struct env_handle process,
                            enum env_signal what)
{
	int number = what == ENV_SIGNAL_KILL ? SIGKILL : SIGTERM;

	(void)self;
	if (syscall(SYS_pidfd_send_signal, process.n, number, NULL, 0) == 0 ||
	    errno == ESRCH)
		return ERR_OK;
	return env_os_error(errno);
}

void env_os_proc_fill(struct env *e)
{
	e->spawn = proc_spawn;
	e->exited = proc_exited;
	e->signal = proc_signal;
}
