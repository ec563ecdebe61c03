#!/bin/bash
# Builds page-faults.c in /opt/demo/page-faults and makes samples/page-faults/,
# samples/time/ and samples/rusage/ anew. Takes about half a minute. Needs gcc, GNU time, busybox, python3 and the
# right to write to /opt/demo, which must be on a disk.
#
# Usage: samples/programs/page-faults/capture.sh [STORY...]    (default: all)
#
# The stories run at the same time, each a device of its own. Each runs under
# `time -v`, so that its samples and the totals of its run are of one process. As
# in ../capture.sh everything runs in /opt/demo with an empty environment, and
# nothing that a tool printed is edited.

if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo TZ=UTC0 \
		/bin/bash "$here/capture.sh" --clean "$here" "$@"
fi
set -eu
umask 022
here=$2
shift 2
samples=$(cd "$here/../.." && pwd)
to=$samples/page-faults
demo=/opt/demo/page-faults
stories=("$@")
if [ $# = 0 ]; then
	stories=(growing huge churn thrashing start-up)
fi

rm -rf "$demo"
mkdir -p "$demo/captures" "$to"
cd "$demo"
cp "$here/page-faults.c" .
gcc -g -O0 -Wall -Wextra -o page-faults page-faults.c

# One sample: DEVICE-FOLDER PID. The time is that of the moment before.
sample() {
	local now=$EPOCHREALTIME at
	printf -v at '%(%Y%m%dT%H%M%S)T.%sZ' "${now%.*}" "${now:11:3}"
	at=$1/$at/$2
	mkdir -p "$at"
	for file in smaps_rollup stat status cmdline; do
		cat "/proc/$2/$file" > "$at/$file"
	done
}

# Waits until the clock has passed so many milliseconds since START.
until_ms() {
	local left
	left=$(( start + $1 - ${EPOCHREALTIME/./} / 1000 ))
	if (( left > 0 )); then sleep "$(printf '%d.%03d' $(( left / 1000 )) $(( left % 1000 )))"; fi
}

# Runs a story to its end, sampled 40 times, in the middle of its ticks.
story() {
	local folder=captures/$1/$1 start child i
	mkdir -p "$folder"
	start=$(( ${EPOCHREALTIME/./} / 1000 ))
	/usr/bin/time -v -o "$folder/time.log" "$demo/page-faults" "$1" & timer=$!
	until_ms 250
	# No line feed ends it, which read takes for a failure.
	read -r child < "/proc/$timer/task/$timer/children" || true
	for (( i = 0; i < 40; i++ )); do
		until_ms $(( 250 + i * 500 ))
		sample "$folder" "$child"
	done
	wait $timer
	tar -C captures --sort=name --owner=0 --group=0 --numeric-owner --format=gnu \
		-cf - "$1" | gzip -9n > "$to/$1.tar.gz"
}

running=()
for name in "${stories[@]}"; do
	story "$name" & running+=($!)
done
for pid in "${running[@]}"; do
	wait "$pid"
done

# --- what the other tools print of a run ------------------------------------

mkdir -p "$samples/time" "$samples/rusage"
leak=(/opt/demo/leak-example 4)
/usr/bin/time -v "${leak[@]}" > "$samples/time/time-v.txt" 2>&1
/usr/bin/time "${leak[@]}" > "$samples/time/time.txt" 2>&1
busybox time -v "${leak[@]}" > "$samples/time/busybox-time-v.txt" 2>&1
/usr/bin/time -v sh -c 'kill -SEGV $$' > "$samples/time/time-v-signal.txt" 2>&1 || true
/usr/bin/time -v sh -c 'echo "1 of 2 tests failed"; exit 3' \
	> "$samples/time/time-v-status.txt" 2>&1 || true
python3 -c 'import resource
print(resource.getrusage(resource.RUSAGE_SELF))' > "$samples/rusage/struct-rusage.txt"

# --- what must not be there ------------------------------------------------

# Folders outside of the system and /opt/demo. The brackets keep this line from
# finding itself.
foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
found=$(grep -lraE "$foreign" captures "$samples/time" "$samples/rusage" || true)
if [ -n "$found" ]; then
	echo "capture.sh: these name another path of this machine: $found" >&2
	exit 1
fi
echo 'done'
