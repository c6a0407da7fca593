/*
 * node/app/clar_report.h - Tells a person or a program how a batch ended.
 *
 * Layer:    node/app.
 * Memory:   appends to the caller's buf.
 * Threads:  after the batch, one.
 * Format:   JSON: {"accepted", "rejected", "unresolved", "seconds",
 *           "peak_bytes", "source_bytes", "rejections": [{"file",
 *           "contract", "rule", "message", "line", "column",
 *           "suggestion"}], "missing": [{"file", "contract", "needs",
 *           "rule", "message"}]}, and with a list of the accepted
 *           "acceptances": [{"file", "contract", "clarity"}]
 */
#ifndef NODE_APP_CLAR_REPORT_H
#define NODE_APP_CLAR_REPORT_H

#include "clarity/base/buf.h"
#include "node/app/clar_batch.h"

/** What a report says besides the verdicts. */
struct clar_report {
	uint64_t ms;         /* how long it took */
	uint64_t peak_bytes; /* the most memory that the program held */
	bool has_list;       /* the accepted ones are told as well */
};

/** Appends the verdicts as text for people: every refusal, then the counts.
 * A single accepted contract is one line. */
void clar_report_text(struct buf *out, const struct clar_batch *b,
                      const struct clar_report *r);

/** Appends the verdicts as one JSON object. @return buf_err. */
MUST_USE enum err clar_report_json(struct buf *out, const struct clar_batch *b,
                                   const struct clar_report *r);

#endif /* NODE_APP_CLAR_REPORT_H */
