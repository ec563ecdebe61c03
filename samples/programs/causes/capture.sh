#!/bin/bash
# Builds the programs of this folder in /opt/demo/causes and makes
# samples/causes/ anew. Takes about two minutes. Needs gcc, valgrind, and the
# right to write to /opt/demo.
#
# Usage: samples/programs/causes/capture.sh [STORY...]    (default: all)
#
# Each archive has three devices: `field`, where the program was sampled;
# `bench`, with the logs of two runs under memcheck, of 40 and of 120 ticks; and
# `sanitized`, where a build with AddressSanitizer was sampled, with its own log.
# As in ../capture.sh everything runs in /opt/demo with an empty environment, and
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
to=$(cd "$here/../.." && pwd)/causes
demo=/opt/demo/causes
samples=24
interval_us=750000

stories=("$@")
if [ $# = 0 ]; then
	stories=(heap-sites mmap-sites arena-sites half-seen)
fi

rm -rf "$demo"
mkdir -p "$demo/asan" "$demo/captures" "$to"
cd "$demo"
cp "$here"/*.c "$here/../pairs/tick.h" .
flags=(-g -O0 -Wall -Wextra -pthread)
for story in "${stories[@]}"; do
	gcc "${flags[@]}" -o "$story" "$story.c"
	# Under the same name as the plain build: the log is joined by the name.
	gcc "${flags[@]}" -fsanitize=address -o "asan/$story" "$story.c"
done

# Waits for the given moment in microseconds since 1970.
wait_until() {
	local left=$(( $1 - ${EPOCHREALTIME/./} ))
	if (( left > 0 )); then
		sleep "$(printf '%d.%06d' $(( left / 1000000 )) $(( left % 1000000 )))"
	fi
}

# Samples a process from about 1 s after its start on: DEVICE-FOLDER PID.
sample() {
	local next=$(( ${EPOCHREALTIME/./} + 1125000 )) now at
	for (( i = 0; i < samples; i++ )); do
		wait_until $next
		now=$EPOCHREALTIME
		printf -v at '%(%Y%m%dT%H%M%S)T.%sZ' "${now%.*}" "${now:11:3}"
		at=$1/$at/$2
		mkdir -p "$at"
		for file in smaps stat status cmdline comm; do
			cat "/proc/$2/$file" > "$at/$file"
		done
		next=$(( next + interval_us ))
	done
}

field() {
	"$demo/$1" & local pid=$!
	sample "$demo/captures/$1/field" $pid
	kill $pid
	wait $pid 2> /dev/null || true
}

# 80 ticks are 20 s: the samples end about 1.6 s before the program does.
sanitized() {
	local folder=$demo/captures/$1/sanitized
	mkdir -p "$folder"
	ASAN_OPTIONS=detect_leaks=1:log_path=$folder/asan.log "$demo/asan/$1" 80 & local pid=$!
	sample "$folder" $pid
	wait $pid 2> /dev/null || true
}

bench() {
	local folder=$demo/captures/$1/bench ticks
	mkdir -p "$folder"
	for ticks in 40 120; do
		valgrind --time-stamp=yes --leak-check=full --show-leak-kinds=all \
			--log-file="$folder/valgrind.%p.log" "$demo/$1" $ticks
	done
}

for story in "${stories[@]}"; do
	field "$story" & first=$!
	sanitized "$story" & second=$!
	wait $first $second
	bench "$story"
	tar -C captures/"$story" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu \
		-cf - bench field sanitized | gzip -9n > "$to/$story.tar.gz"
done

# Folders outside of the system and /opt/demo. The brackets keep this line from
# finding itself.
foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
found=$(grep -lraE "$foreign" captures || true)
if [ -n "$found" ]; then
	echo "capture.sh: these name another path of this machine: $found" >&2
	exit 1
fi
echo 'done'
