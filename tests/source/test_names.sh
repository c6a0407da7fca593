#!/bin/sh
# tests/source/test_names.sh - Claims about build-aux/check-names.pl.
. "${srcdir:-.}/tests/source/plant.sh"

accepts names 'functions that carry their stem are accepted'

source_file clarity/base/one.c '' 'int get_one(void)
{
	return 1;
}'
refuses names 'get_one should be one_...' 'a foreign prefix is refused'

source_file clarity/base/one.c '' 'MUST_USE enum err
onerous(int (*call)(int), int b)
{
	return 1;
}'
refuses names 'onerous should be one_...' 'a longer word is not the stem'

source_file clarity/base/one.c '' 'static int get_one(void)
{
	return 1;
}

int one(void)
{
	return get_one();
}

__attribute__((format(printf, 1, 2))) int one_say(const char *s, ...)
{
	return 1;
}'
accepts names 'static functions are free, and the stem alone is a name'
clean

source_file clarity/value/one.c '' ''
refuses names "the stem one is clarity/base/one.c's already" \
	'two files with one stem are refused'

source_file clarity/value/two.c '' 'int one_get(void)
{
	return 1;
}'
refuses names 'one_get is defined in clarity/base/one.c too' \
	'two definitions of one symbol are refused'

source_file pox/reward.c '' 'int pox_reward_set(void)
{
	return 1;
}'
refuses names 'pox_reward_set should be reward_...' \
	"the folder's name needs an umbrella header"

source_file pox/reward.c '' 'int pox_reward_set(void)
{
	return 1;
}'
header pox/pox.h 'int pox_reward_set(void);'
accepts names 'an umbrella header grants the name of its folder'
clean

source_file clarity/base/span.c '' 'int cursor_read(void)
{
	return 1;
}'
accepts names 'names.txt grants a second module'
clean

source_file node/app/main.c '' 'int main(void)
{
	return 0;
}'
source_file sbtc/signer/main.c '' 'int main(void)
{
	return 0;
}'
accepts names 'each program has its main.c'
planted
