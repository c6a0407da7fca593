/*
 * node/app/clar_job.h - What the verbs that run contracts have in common.
 *
 * Layer:    node/app.
 * Memory:   open/close.
 * Threads:  one verb at a time.
 */
#ifndef NODE_APP_CLAR_JOB_H
#define NODE_APP_CLAR_JOB_H

#include "clarity/base/cmd.h"
#include "node/app/clar_sim.h"

/** The options that each of these verbs has first, in this order. */
enum clar_job_opt {
	CLAR_JOB_EPOCH,
	CLAR_JOB_CLARITY,
	CLAR_JOB_WITH,
	CLAR_JOB_JSON,
	CLAR_JOB_SENDER,
	CLAR_JOB_BALANCE,
	CLAR_JOB_OPTS
};

extern const char *const clar_job_epochs[];
extern const char *const clar_job_versions[];

/** Their rows. */
#define CLAR_JOB_ROWS                                                          \
	[CLAR_JOB_EPOCH] = { .name = "epoch",                                  \
		             .letter = 'e',                                    \
		             .kind = CMD_CHOICE,                               \
		             .value = "EPOCH",                                 \
		             .help = "run by the rules of this epoch, 3.4 "    \
		                     "if not given",                           \
		             .choices = clar_job_epochs },                     \
	[CLAR_JOB_CLARITY] = { .name = "clarity",                              \
		               .letter = 'c',                                  \
		               .kind = CMD_CHOICE,                             \
		               .value = "VERSION",                             \
		               .help = "the version of the language; if not "  \
		                       "given, what a project says, else the " \
		                       "epoch's newest",                       \
		               .choices = clar_job_versions },                 \
	[CLAR_JOB_WITH] = { .name = "with",                                    \
		            .letter = 'w',                                     \
		            .kind = CMD_MANY,                                  \
		            .value = "NAME=FILE|FILE|DIR",                     \
		            .help = "deploy this as well" },                   \
	[CLAR_JOB_JSON] = { .name = "json",                                    \
		            .help = "write one JSON object instead of text" }, \
	[CLAR_JOB_SENDER] = { .name = "sender",                                \
		              .letter = 's',                                   \
		              .kind = CMD_TEXT,                                \
		              .value = "ACCOUNT",                              \
		              .help = "who calls: an address, deployer, or "   \
		                      "wallet_1 to wallet_8; deployer if not " \
		                      "given" },                               \
	[CLAR_JOB_BALANCE] = { .name = "balance",                              \
		               .letter = 'b',                                  \
		               .kind = CMD_MANY,                               \
		               .value = "ACCOUNT=USTX",                        \
		               .help = "give an account microSTX before" }

struct clar_job {
	const struct env *env;
	const struct cmd_args *args;
	struct clar_sim sim;
	struct buf out;
	struct json_write json;
};

/** Starts the chain, with what --with and --balance say. @return CMD_EXIT_OK,
 * or the code to exit with, after telling why. */
int clar_job_open(struct clar_job *j, const struct cmd_args *args, void *ctx);

/** Frees everything. */
void clar_job_close(struct clar_job *j);

/** Deploys the first operand (unless NULL) and the rest. @return as
 * clar_job_open. */
int clar_job_deploy(struct clar_job *j, const char *operand);

/** Finds the function of operand 1, and its arguments behind it. @return as
 * clar_job_open. */
int clar_job_target(struct clar_job *j, struct clar_sim_target *ret);

/** @return whether --json was given. */
bool clar_job_is_json(const struct clar_job *j);

/** Tells of an error that is no verdict. @return CMD_EXIT_USAGE. */
int clar_job_wrong(const struct clar_job *j, enum err e);

/** Writes a report of something refused or failed to standard error.
 * @return CMD_EXIT_REJECT. */
int clar_job_reject(const struct clar_job *j, struct span report);

/** Writes `out` to standard output. @return `code`, or CMD_EXIT_USAGE. */
int clar_job_write(struct clar_job *j, int code);

/** Ends the JSON document and writes it. @return as clar_job_write. */
int clar_job_write_json(struct clar_job *j, int code);

#endif /* NODE_APP_CLAR_JOB_H */
