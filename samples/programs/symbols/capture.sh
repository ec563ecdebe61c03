#!/bin/bash
# Builds the programs beside this file in /opt/demo/symbols, runs them stripped,
# and makes samples/symbols/ anew: the logs, and the debug files that were taken
# off the programs. Takes a few seconds. Needs gcc, g++, binutils, valgrind, and
# the right to read the kernel's log and to write to /opt/demo.
#
# Usage: samples/programs/symbols/capture.sh
#
# As in ../capture.sh everything runs in /opt/demo with an empty environment, and
# nothing that a tool printed is edited.

if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo TZ=UTC0 \
		/bin/bash "$here/capture.sh" --clean "$here"
fi
set -eu
umask 022
here=$2
to=$(cd "$here/../.." && pwd)/symbols
demo=/opt/demo/symbols

rm -rf "$demo" "$to"
mkdir -p "$demo"/{plain,fixed,asan} "$to/logs" "$to/debug"
cd "$demo"
cp "$here"/*.c "$here"/*.cc .
flags=(-g -Og -Wall -Wextra -fno-omit-frame-pointer -Wl,--build-id)
gcc "${flags[@]}" -o plain/lost-frames lost-frames.c
g++ "${flags[@]}" -o plain/lost-sessions lost-sessions.cc
# Loaded where it is linked, as embedded toolchains do it.
gcc "${flags[@]}" -no-pie -o fixed/lost-frames lost-frames.c
gcc "${flags[@]}" -fsanitize=address -o asan/lost-frames lost-frames.c
g++ "${flags[@]}" -fsanitize=address -o asan/lost-sessions lost-sessions.cc

gcc "${flags[@]}" -fPIC -shared -Dmain=lost_frames -o plain/liblost.so lost-frames.c
gcc "${flags[@]}" -o plain/plugin-host plugin-host.c -Lplain -llost -Wl,-rpath,"$demo/plain"

gcc "${flags[@]}" -o plain/null-level null-level.c

# What a distribution does: the program goes out stripped, its debug file stays.
for program in plain/lost-frames plain/lost-sessions plain/liblost.so \
	plain/plugin-host plain/null-level fixed/lost-frames \
	asan/lost-frames asan/lost-sessions; do
	mkdir -p "$to/debug/$(dirname "$program")"
	objcopy --only-keep-debug "$program" "$to/debug/$program.debug"
	strip "$program"
done
# Programs with errors end with a status other than 0.
clean() {
	(exec env -i PATH=/usr/bin:/bin HOME=/opt/demo "$@") || true
}

for program in lost-frames lost-sessions; do
	clean valgrind --leak-check=full --log-file="$to/logs/valgrind.$program.log" \
		"$demo/plain/$program"
	clean ASAN_OPTIONS=detect_leaks=1:halt_on_error=0 "$demo/asan/$program" \
		2> "$to/logs/asan.$program.log"
done
clean valgrind --leak-check=full --log-file="$to/logs/valgrind.fixed.log" \
	"$demo/fixed/lost-frames"
clean valgrind --leak-check=full --xml=yes --xml-file=valgrind.lost-frames.xml \
	"$demo/plain/lost-frames"

clean valgrind --tool=massif --detailed-freq=1 \
	--massif-out-file=massif.lost-frames.out "$demo/plain/lost-frames" 2> said
# These two tell their own command line: no path of the machine belongs in it.
mv valgrind.lost-frames.xml massif.lost-frames.out "$to/logs"

# The kernel's word on a fault, without a stack.
mkdir "$to/fault"
(clean "$demo/plain/null-level") 2> said
dmesg | grep -E '(^|[] ])null-level\[[0-9]+\]: segfault' | tail -n 1 > "$to/fault/kernel.log"

# With a library, and the VMAs of the process that tell where it was loaded.
mkdir "$to/library"
mkfifo input
(exec env -i PATH=/usr/bin:/bin HOME=/opt/demo valgrind --leak-check=full \
	--log-file="$to/library/valgrind.%p.log" "$demo/plain/plugin-host" < input) &
pid=$!
exec 3> input
until grep -q liblost "/proc/$pid/maps"; do sleep 0.1; done
sleep 2
cat "/proc/$pid/maps" > "$to/library/$pid.maps"
exec 3>&-
wait $pid || true
