/* tests/lib/temp_dir.c - Folders of tests; contract in temp_dir.h. */
#include "config.h"

#include "tests/lib/temp_dir.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clarity/base/check.h"

#define OPEN_FOLDERS 16

void temp_dir_make(char ret[TEMP_DIR_MAX])
{
	const char *root = getenv("TMPDIR");
	int n = snprintf(ret, TEMP_DIR_MAX, "%s/tenure-test-XXXXXX",
	                 root && *root ? root : "/tmp");

	CHECK(n > 0 && n < TEMP_DIR_MAX);
	CHECK(mkdtemp(ret));
}

static int temp_dir_drop(const char *path, const struct stat *st, int type,
                         struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void temp_dir_remove(const char *path)
{
	(void)nftw(path, temp_dir_drop, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
