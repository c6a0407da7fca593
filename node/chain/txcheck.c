/* node/chain/txcheck.c - Signatures ahead of execution; contract in
 * txcheck.h. */
#include "config.h"

#include "node/chain/txcheck.h"

struct check_job {
	const struct txcheck *how;
	const struct txcheck_list *list;
	enum err *results;
};

static void check_one(void *arg, uint32_t i)
{
	const struct check_job *job = arg;
	const struct txcheck_known *known = job->how->known;

	if (known && known->is_known(known->ctx, job->list->ids[i]))
		job->results[i] = ERR_OK;
	else
		job->results[i] = tx_verify(&job->list->txs[i], job->how->rule);
}

enum err txcheck_all(struct arena *a, const struct txcheck *how,
                     const struct txcheck_list *list, uint32_t *ret_index)
{
	struct check_job job = { .how = how, .list = list };

	if (!list->n)
		return ERR_OK;
	job.results = arena_array(a, list->n, sizeof(*job.results));
	if (!job.results)
		return ERR_NO_MEMORY;
	if (how->pool) {
		how->pool->run(how->pool->ctx, list->n, check_one, &job);
	} else {
		for (uint32_t i = 0; i < list->n; i++)
			check_one(&job, i);
	}
	for (uint32_t i = 0; i < list->n; i++) {
		if (job.results[i] != ERR_OK) {
			*ret_index = i;
			return job.results[i];
		}
	}
	return ERR_OK;
}
