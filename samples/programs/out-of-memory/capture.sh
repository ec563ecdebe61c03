#!/bin/bash
# Builds out-of-memory.c in /opt/demo/out-of-memory and makes samples/out-of-memory/ anew. Takes about fifteen seconds.
# Needs gcc, root, a memory cgroup (of version 1 or 2) and the kernel's log.
#
# Usage: samples/programs/out-of-memory/capture.sh
#
# Two programs run in a cgroup of 40 MiB. One grows until the kernel ends it; it is sampled twice a second meanwhile, and
# the kernel's lines are taken from its log. As in ../capture.sh everything runs in /opt/demo with an empty environment,
# and nothing that a tool printed is edited.

if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo TZ=UTC0 /bin/bash "$here/capture.sh" --clean "$here"
fi
set -eu
umask 022
here=$2
to=$(cd "$here/../.." && pwd)/out-of-memory
demo=/opt/demo/out-of-memory
rm -rf "$demo"
mkdir -p "$demo/captures/board-7" "$to"
cd "$demo"
gcc -O1 -Wall -Wextra -o sensord "$here/out-of-memory.c"
cp sensord logger

if [ -d /sys/fs/cgroup/memory ]; then
	group=/sys/fs/cgroup/memory/demo limit=memory.limit_in_bytes
else
	group=/sys/fs/cgroup/demo limit=memory.max
fi
mkdir -p "$group"
echo 40M > "$group/$limit"

# Starts a command inside of the cgroup.
inside() {
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo GROUP="$group" \
		sh -c 'echo $$ > "$GROUP/cgroup.procs"; unset GROUP; exec "$@"' sh "$@"
}

logged=$(dmesg | wc -l)
inside ./logger hold & logger=$!
inside ./sensord grow & sensord=$!
sleep 0.3
while kill -0 $sensord 2> /dev/null; do
	now=$EPOCHREALTIME
	printf -v at '%(%Y%m%dT%H%M%S)T.%sZ' "${now%.*}" "${now:11:3}"
	for pid in $sensord $logger; do
		mkdir -p "captures/board-7/$at/$pid"
		for file in smaps stat status cmdline comm; do
			cat "/proc/$pid/$file" > "captures/board-7/$at/$pid/$file" 2> /dev/null || true
		done
	done
	# The last sample may have met a process that was just going.
	[ -s "captures/board-7/$at/$sensord/smaps" ] || rm -r "captures/board-7/$at"
	sleep 0.5
done
wait $sensord 2> /dev/null || true
kill $logger
wait $logger 2> /dev/null || true
rmdir "$group"
dmesg | tail -n "+$((logged + 1))" > captures/board-7/kernel.log
grep -q 'Killed process' captures/board-7/kernel.log
dmesg -T | tail -n "+$((logged + 1))" | grep 'Killed process' > "$to/killed-T.txt"

foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
if grep -lraE "$foreign" captures "$to/killed-T.txt"; then
	echo 'capture.sh: these name another path of this machine' >&2
	exit 1
fi
tar -C captures --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -cf - board-7 |
	gzip -9n > "$to/cgroup-limit.tar.gz"
echo 'done'
