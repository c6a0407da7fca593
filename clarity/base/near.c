/* clarity/base/near.c - Near names; contract in near.h. */
#include "config.h"

#include "clarity/base/near.h"

static struct span near_clip(struct span s)
{
	return span_of(s.p, s.len < NEAR_LEN_MAX ? s.len : NEAR_LEN_MAX);
}

static unsigned min2(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The distance of prefixes, by rows; row[0] is the one above the last two. */
unsigned near_distance(struct span a, struct span b)
{
	unsigned row[3][NEAR_LEN_MAX + 1] = { { 0 } };

	a = near_clip(a);
	b = near_clip(b);
	for (unsigned j = 0; j <= b.len; j++)
		row[1][j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		unsigned *now = row[(i + 1) % 3];
		const unsigned *up = row[i % 3];
		const unsigned *up2 = row[(i + 2) % 3];

		now[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			bool same = a.p[i - 1] == b.p[j - 1];

			now[j] = min2(min2(up[j], now[j - 1]) + 1,
			              up[j - 1] + !same);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				now[j] = min2(now[j], up2[j - 2] + 1);
		}
	}
	return row[(a.len + 1) % 3][b.len];
}

void near_init(struct near *n, struct span want)
{
	/* A third of the letters may be wrong, and always one. */
	*n = (struct near){ .want = want,
		            .distance =
		                (unsigned)(near_clip(want).len / 3) + 2 };
}

void near_offer(struct near *n, struct span candidate)
{
	unsigned distance = near_distance(n->want, candidate);

	/* A replacement of every letter is no slip. */
	if (distance < n->distance && distance < candidate.len) {
		n->distance = distance;
		n->best = candidate;
	}
}
