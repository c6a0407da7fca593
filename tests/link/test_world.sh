#!/bin/sh
# tests/link/test_world.sh - Only the environment's own files touch the world.
#
# Sources could reach the system behind a macro or a library's header; objects
# cannot hide it.  Every object of the build is asked which functions of the
# system it needs; the glue in node/io may need any, node/app's thread pool
# may start threads, a verb may ask for the person's settings, and nothing
# else may need one of these.
build=$(pwd)
. "${srcdir:-.}/tests/source/plant.sh"

# Time, chance, files, sockets, processes, threads and settings.
world='time|clock_gettime|gettimeofday|nanosleep|usleep|sleep|rand|random|
srand|srandom|getrandom|getentropy|arc4random|open|open64|openat|openat64|
creat|fopen|fopen64|opendir|read|pread|pread64|write|pwrite|pwrite64|fsync|
fdatasync|rename|unlink|remove|mkdir|rmdir|socket|connect|accept|accept4|
listen|bind|send|sendto|sendmsg|recv|recvfrom|recvmsg|poll|ppoll|select|
epoll_wait|fork|vfork|execv|execve|execvp|execvpe|posix_spawn|posix_spawnp|
waitpid|kill|pthread_create|getenv|secure_getenv'
world=$(echo "$world" | tr -d '\n')

# touches FOLDER: prints each object of the build in it with what it uses.
touches() {
	find "$1" -name '*.o' ! -path '*/tests/*' ! -path '*/node/io/*' |
		sort | while read -r object; do
		nm -u "$object" 2>/dev/null | awk -v object="${object#"$1"/}" \
			-v world="^($world)\$" '{
				sub(/@.*/, "", $2)
				if ($2 ~ world)
					print object ": " $2
			}'
	done | grep -v -e '^node/app/clar_batch.o: pthread_create$' \
		-e '^node/app/cmd_[a-z_]*.o: getenv$'
}

said=$(touches "$build")
[ -z "$said" ]
claim "$?" 'no object but the glue touches the world'
[ -z "$said" ] || echo "$said" | sed 's/^/# /'

mkdir -p "$tree/clarity/vm"
echo '#include <time.h>
long late(void); long late(void) { return (long)time(0); }' >"$tree/late.c"
${CC:-cc} -c -o "$tree/clarity/vm/late.o" "$tree/late.c"
[ "$(touches "$tree")" = 'clarity/vm/late.o: time' ]
claim "$?" 'an object that asks for the time is found'
clean
planted
