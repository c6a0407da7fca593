#!/bin/sh
# tests/source/test_includes.sh - Claims about build-aux/check-includes.pl.
. "${srcdir:-.}/tests/source/plant.sh"

accepts includes 'the order of the style guide is accepted'

source_file clarity/value/two.c '#include "clarity/value/two.h"

#include "clarity/base/one.h"

#include <stddef.h>' ''
refuses includes 'stddef.h stands too late' \
	'a system header behind a project header is refused'

source_file clarity/value/two.c '#include "clarity/value/two.h"

#include <string.h>
#include <stddef.h>' ''
refuses includes 'stddef.h is not in sorted order' \
	'an unsorted block is refused'

source_file clarity/value/two.c '#include "clarity/base/one.h"

#include "clarity/value/two.h"' ''
refuses includes 'clarity/value/two.h stands too late' \
	'an own header that is not first is refused'

printf '/* clarity/base/late.c - x. */\n#include <stdio.h>\n' \
	>"$tree/clarity/base/late.c"
refuses includes 'clarity/base/late.c:2: config.h comes first' \
	'a source without config.h is refused'

header clarity/base/one.h '#include "config.h"'
refuses includes 'a header does not include config.h' \
	'a header with config.h is refused'

source_file clarity/base/one.c '#include "one.h"' ''
refuses includes "name \"one.h\" from the tree's root" \
	'an include that is relative to its file is refused'

sed -i 's/CLARITY_BASE_ONE_H/ONE_H/' "$tree/clarity/base/one.h"
refuses includes 'the include guard is CLARITY_BASE_ONE_H' \
	'a guard that is not the path is refused'
planted
