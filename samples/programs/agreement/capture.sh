#!/bin/bash
# Makes samples/agreement/ anew: what several tools tell of the same processes
# at one instant. Takes about five seconds. Needs gcc, smem and pmap, and the
# right to write to /opt/demo.
#
# Usage: samples/programs/agreement/capture.sh
#
# Two instances of ../shared-code.c and one of ../leak-example.c run for a
# while and are then stopped (SIGSTOP), so that nothing moves while smaps,
# smaps_rollup, status, pmap -X and smem are read one after the other. As in
# ../capture.sh everything runs in /opt/demo with an empty environment, and
# nothing that a tool printed is edited.

if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo \
		/bin/bash "$here/capture.sh" --clean "$here"
fi
set -eu
umask 022
here=$2
to=$(cd "$here/../.." && pwd)/agreement
demo=/opt/demo/agreement

rm -rf "$demo"
mkdir -p "$demo" "$to"
cd "$demo"
for program in shared-code leak-example; do
	cp "$here/../$program.c" .
	gcc -g -O0 -Wall -Wextra -o "$program" "$program.c"
done
# Pages of a file that is not yet on the disk count as private dirty.
find . -type f -exec sync {} +

pids=()
for program in shared-code shared-code leak-example; do
	"$demo/$program" > /dev/null &
	pids+=($!)
done
sleep 2
kill -STOP "${pids[@]}"
sleep 0.2

at=$demo/captures/stopped/$(date -u +%Y%m%dT%H%M%SZ)
for pid in "${pids[@]}"; do
	mkdir -p "$at/$pid"
	for file in smaps smaps_rollup status stat cmdline comm; do
		cat "/proc/$pid/$file" > "$at/$pid/$file"
	done
	pmap -X "$pid" > "$at/$pid/pmap-X.txt"
done
cat /proc/meminfo > "$at/meminfo"
smem -P "^$demo/" -c 'pid command swap uss pss rss vss' > "$at/smem.txt"

kill -CONT "${pids[@]}"
kill "${pids[@]}"

tar -C captures --sort=name --owner=0 --group=0 --numeric-owner --format=gnu \
	-cf - stopped | gzip -9n > "$to/stopped.tar.gz"
