#!/bin/sh
# tests/source/test_layers.sh - Claims about build-aux/check-layers.pl.
. "${srcdir:-.}/tests/source/plant.sh"

accepts layers 'includes that point down are accepted'

header clarity/base/one.h '#include "clarity/value/two.h"'
refuses layers 'clarity/base may not include "clarity/value/two.h"' \
	'an upward include is refused'

source_file clarity/vm/up.c '#include "pox/cycle.h"' ''
refuses layers 'clarity/vm may not include "pox/cycle.h"' \
	'a higher top-level folder is refused'

source_file sbtc/peg/peek.c '#include "node/chain/tip.h"' ''
refuses layers 'sbtc/peg may not include "node/chain/tip.h"' \
	'a peg that looks into the node is refused'

source_file sbtc/signer/x.c '#include "sbtc/peg/sweep.h"' ''
accepts layers 'a star grants every row of the folder'
clean

source_file clarity/extra/x.c '' ''
refuses layers 'clarity/extra has no row' 'an unknown folder is refused'

printf 'clarity/base clarity/vm\nclarity/vm clarity/base\n' \
	>"$tree/build-aux/layers.txt"
refuses layers 'clarity/base grants clarity/vm, which is not above it' \
	'a table with a cycle is refused'

source_file clarity/vm/h.c '#include <openssl/evp.h>' ''
refuses layers '<openssl/evp.h> belongs to clarity/crypto' \
	'a foreign library outside its home is refused'

source_file tests/unit/x.c '#include "node/chain/tip.h"' ''
accepts layers 'tests may include anything'
planted
