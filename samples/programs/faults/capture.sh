#!/bin/bash
# Builds faults.c in /opt/demo/faults and makes samples/faults/ anew. Takes about
# a minute. Needs gcc, valgrind, the right to read the kernel's log and to write
# to /opt/demo.
#
# Usage: samples/programs/faults/capture.sh [STORY...]    (default: all)
#
# Each story runs three times, each a device of its own: as it is, with the
# kernel's line; with AddressSanitizer; under memcheck. Of each there are two
# samples, the last right before the fault. As in ../capture.sh everything runs
# in /opt/demo with an empty environment, and nothing that a tool printed is
# edited.

if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo TZ=UTC0 \
		/bin/bash "$here/capture.sh" --clean "$here" "$@"
fi
set -eu
umask 022
here=$2
shift 2
to=$(cd "$here/../.." && pwd)/faults
demo=/opt/demo/faults
stories=("$@")
if [ $# = 0 ]; then
	stories=(null-dereference write-to-constant jump-to-data use-after-munmap
		stack-overflow thread-overflow beyond-heap overwritten-pointer)
fi

rm -rf "$demo"
mkdir -p "$demo/asan" "$demo/captures" "$to"
cd "$demo"
cp "$here/faults.c" .
flags=(-g -O0 -Wall -Wextra -Wno-infinite-recursion -pthread)
gcc "${flags[@]}" -o faults faults.c
# Under the same name as the plain build: the log is joined by the name.
gcc "${flags[@]}" -fsanitize=address -o asan/faults faults.c
mkfifo steps

# Waits until the program has said so often that it is ready; not longer than 20 s.
until_ready() {
	for (( waited = 0; waited < 200; waited++ )); do
		[ "$(grep -c ready said || true)" -lt "$1" ] || return 0
		sleep 0.1
	done
	echo "capture.sh: the program was not ready" >&2
	exit 1
}

# One sample: DEVICE-FOLDER PID. The time is that of the moment before.
sample() {
	local now=$EPOCHREALTIME at
	printf -v at '%(%Y%m%dT%H%M%S)T.%sZ' "${now%.*}" "${now:11:3}"
	at=$1/$at/$2
	mkdir -p "$at"
	for file in smaps stat status cmdline comm; do
		cat "/proc/$2/$file" > "$at/$file"
	done
}

# Runs a program to its fault, and samples it twice: DEVICE-FOLDER COMMAND...
story() {
	local folder=$1
	shift
	: > said
	(cd "$folder" && exec env -i PATH=/usr/bin:/bin HOME=/opt/demo "$@" \
		< "$demo/steps" > "$demo/said" 2> /dev/null) & pid=$!
	exec 3> steps
	for step in 1 2; do
		until_ready $step
		sample "$folder" $pid
		echo >&3
	done
	wait $pid 2> /dev/null || true
	exec 3>&-
}

# The kernel names the thread that faulted, not the process.
last_fault() {
	dmesg | grep -E '(^|[] ])faults\[[0-9]+\]: segfault' | tail -n 1
}

for name in "${stories[@]}"; do
	for device in native asan memcheck; do
		mkdir -p "captures/$name/$device"
	done
	before=$(last_fault)
	story "captures/$name/native" "$demo/faults" "$name"
	last_fault > "captures/$name/native/kernel.log"
	if [ "$before" = "$(last_fault)" ]; then
		echo "capture.sh: the kernel logged no fault of $name" >&2
		exit 1
	fi
	story "captures/$name/asan" ASAN_OPTIONS=log_path=asan.log "$demo/asan/faults" "$name"
	story "captures/$name/memcheck" \
		valgrind --log-file=valgrind.%p.log "$demo/faults" "$name"
	tar -C captures --sort=name --owner=0 --group=0 --numeric-owner --format=gnu \
		-cf - "$name" | gzip -9n > "$to/$name.tar.gz"
done

# --- what must not be there ------------------------------------------------

# Folders outside of the system and /opt/demo. The brackets keep this line from
# finding itself.
foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
found=$(grep -lraE "$foreign" captures || true)
if [ -n "$found" ]; then
	echo "capture.sh: these name another path of this machine: $found" >&2
	exit 1
fi
echo 'done'
