/*
 * clarity/base/cmd.h - Command lines described by tables.
 *
 * A program is a tree of verbs, each with its options, as constant tables.
 * From the same tables come the parser, --help, the manual page and the
 * shell's completion (cmd_page.h), so none can disagree with another.
 *
 * A command line is seen by every user of the machine, so no option takes a
 * secret: CMD_SECRET_FILE takes the name of a file that holds it, and
 * cmd_check refuses a table where an option's name sounds like a secret
 * and its kind is another.
 *
 * Layer:    clarity/base.
 * Memory:   never allocates; results point into the tables and argv.
 * Threads:  tables are constant; nothing is shared.
 */
#ifndef CLARITY_BASE_CMD_H
#define CLARITY_BASE_CMD_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"

/** Verbs below one another at most, the program's own name included. */
#define CMD_DEPTH_MAX 4

/** Options of one verb at most. */
#define CMD_OPTS_MAX 32

/** Values of options of kind CMD_MANY, of one command line together. */
#define CMD_MANY_MAX 64

/** The exit codes that every program of the tree shares. */
enum cmd_exit {
	CMD_EXIT_OK = 0,     /* done; what was judged was accepted */
	CMD_EXIT_REJECT = 1, /* done; what was judged was rejected */
	CMD_EXIT_USAGE = 2   /* not done: the command line is wrong, or a
	                      * file that it names cannot be used */
};

/** What an option takes. */
enum cmd_kind {
	CMD_FLAG,       /* nothing */
	CMD_TEXT,       /* any text */
	CMD_MANY,       /* any text, and the option may be given again */
	CMD_NUMBER,     /* a decimal number from min to max */
	CMD_CHOICE,     /* one of a list of words */
	CMD_SECRET_FILE /* the name of a file with a secret; - is standard
	                 * input */
};

struct cmd_opt {
	const char *name; /* after the two dashes */
	char letter;      /* after one dash; 0: none */
	enum cmd_kind kind;
	const char *value;          /* what the value is called in help, "N" */
	const char *help;           /* a sentence without its full stop */
	uint64_t min, max;          /* of CMD_NUMBER, both allowed */
	const char *const *choices; /* of CMD_CHOICE, up to a NULL */
};

struct cmd_args;

/** A verb; either `run` or `subs` is set. */
struct cmd {
	const char *name;
	const char *summary;  /* one line without a full stop */
	const char *operands; /* such as "FILE…|DIR"; NULL: none */
	unsigned min_operands;
	unsigned max_operands;
	const char *about;          /* paragraphs, parted by empty lines */
	const char *examples;       /* command lines, one a line; or NULL */
	const char *exits;          /* what exit codes 0 and 1 mean here */
	const struct cmd_opt *opts; /* indexed by the verb's own enum */
	unsigned n_opts;
	const struct cmd *subs;
	unsigned n_subs;
	int (*run)(const struct cmd_args *args, void *ctx);
};

/** A program: its tree of verbs and what --version says. */
struct cmd_program {
	struct cmd root;
	const char *version;
};

/** An option as it was given. */
struct cmd_arg {
	bool is_set;
	const char *text; /* the value as typed */
	uint64_t num;     /* CMD_NUMBER: the value; CMD_CHOICE: its place */
};

struct cmd_args {
	const struct cmd *path[CMD_DEPTH_MAX]; /* program, verb, … */
	unsigned n_path;
	struct cmd_arg opt[CMD_OPTS_MAX]; /* as the last verb's table */
	const char *many[CMD_MANY_MAX];   /* values of CMD_MANY, in order */
	uint8_t many_opt[CMD_MANY_MAX];   /* whose each is */
	unsigned n_many;
	char **operands; /* in argv */
	unsigned n_operands;
};

/** What a command line asks for. */
enum cmd_outcome {
	CMD_RUN,  /* the last verb of the path */
	CMD_SHOW, /* print the text and end well: --help, --version */
	CMD_WRONG /* print the text as an error, exit CMD_EXIT_USAGE */
};

/**
 * Parses a command line.  Options and operands may be mixed; `--` ends the
 * options, and a dash with a digit behind it is a number.  A value follows as
 * the next word, behind `=`, or directly behind the letter.  An option given
 * twice counts once, with its last value, unless it is a CMD_MANY: then `many`
 * has all values.
 *
 * @param program  the tables
 * @param argc     as main's
 * @param argv     as main's; its pointers are reordered
 * @param ret      filled when the outcome is CMD_RUN
 * @param text     what to show, appended, in the other outcomes
 */
enum cmd_outcome cmd_parse(const struct cmd_program *program, int argc,
                           char **argv, struct cmd_args *ret, struct buf *text);

/**
 * Judges a program's tables, for its unit test: names are lower-case words and
 * unique, everything has help, limits hold, and no option takes a secret.
 *
 * @param program  the tables
 * @param why      gets one line for every defect
 * @return whether there is none
 */
bool cmd_check(const struct cmd_program *program, struct buf *why);

#endif /* CLARITY_BASE_CMD_H */
