#!/bin/bash
# Builds the pairs of programs in /opt/demo/pairs, each leaky and repaired, and
# makes samples/pairs/ anew. Takes about three minutes. Needs gcc, valgrind, and
# the right to write to /opt/demo.
#
# Usage: samples/programs/pairs/capture.sh [PAIR...]    (default: all pairs)
#
# Per program there are a capture of 24 samples, 0.75 s apart, as an archive,
# and the logs of two shorter runs under memcheck and LeakSanitizer. As in
# ../capture.sh everything runs in /opt/demo with an empty environment, and
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
to=$(cd "$here/../.." && pwd)/pairs
demo=/opt/demo/pairs
samples=24
interval_us=750000
ticks=32
at_once=6

pairs=("$@")
if [ $# = 0 ]; then
	for source in "$here"/*.c; do
		pairs+=("$(basename "$source" .c)")
	done
fi

# --- build -----------------------------------------------------------------

rm -rf "$demo"
mkdir -p "$demo/asan" "$demo/captures" "$to"
cd "$demo"
cp "$here"/*.c "$here"/tick.h .
for pair in "${pairs[@]}"; do
	for kind in leaky repaired; do
		leak=$([ $kind = leaky ] && echo 1 || echo 0)
		flags=(-g -O0 -Wall -Wextra -pthread -DLEAK="$leak")
		gcc "${flags[@]}" -o "$pair-$kind" "$pair.c"
		# Under the same name as the plain build: the log is joined by the name.
		gcc "${flags[@]}" -fsanitize=address -o "asan/$pair-$kind" "$pair.c"
	done
done

head -c 65536 /dev/zero > table.bin
for kind in leaky repaired; do
	head -c 16777216 /dev/zero | tee "archive-$kind.bin" > "journal-$kind.bin"
done
# Pages of a file that is not yet on the disk count as private dirty.
find . -type f -exec sync {} +

# --- captures --------------------------------------------------------------

become() {
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo "$@"
}

# Waits for the given moment in microseconds since 1970.
wait_until() {
	local left=$(( $1 - ${EPOCHREALTIME/./} ))
	if (( left > 0 )); then
		sleep "$(printf '%d.%06d' $(( left / 1000000 )) $(( left % 1000000 )))"
	fi
}

# One sample of a process and its children: NAME PID. The time is that of the
# moment before; a process that has just ended leaves nothing.
sample() {
	local now=$EPOCHREALTIME at pid
	printf -v at '%(%Y%m%dT%H%M%S)T.%sZ' "${now%.*}" "${now:11:3}"
	at=captures/$1/$at
	mkdir -p "$at"
	for pid in "$2" $(< "/proc/$2/task/$2/children"); do
		mkdir "$at/$pid"
		for file in smaps stat status cmdline comm; do
			cat "/proc/$pid/$file" > "$at/$pid/$file" 2> /dev/null || true
		done
		if [ ! -s "$at/$pid/smaps" ] || [ ! -s "$at/$pid/status" ]; then
			rm -r "${at:?}/$pid"
		fi
	done
	cat /proc/meminfo > "$at/meminfo"
}

# Samples a program from about 1 s after its start on, and packs the samples.
capture() {
	local name=$1 count=$2 pid next
	become "$demo/$name" & pid=$!
	next=$(( ${EPOCHREALTIME/./} + 1125000 ))
	for (( i = 0; i < count; i++ )); do
		wait_until $next
		sample "$name" $pid
		next=$(( next + interval_us ))
	done
	kill $pid
	wait $pid 2> /dev/null || true
	tar -C captures --sort=name --owner=0 --group=0 --numeric-owner --format=gnu \
		-cf - "$name" | gzip -9n > "$to/$name.tar.gz"
}

# Three lives of 7.5 s, and twelve teeth of 2.5 s, need more samples.
samples_of() {
	case $1 in
	restarts) echo 32 ;;
	teeth) echo 40 ;;
	*) echo "$samples" ;;
	esac
}

# Runs "FUNCTION PAIR KIND" for all programs, some pairs at a time.
for_all() {
	local waiting=()
	for pair in "${pairs[@]}"; do
		for kind in leaky repaired; do
			"$1" "$pair" $kind & waiting+=($!)
		done
		if (( ${#waiting[@]} >= 2 * at_once )); then
			wait "${waiting[@]}"
			waiting=()
		fi
	done
	wait "${waiting[@]}"
}

capture_of() {
	capture "$1-$2" "$(samples_of "$1")"
}

# --- witnesses -------------------------------------------------------------

# LeakSanitizer says nothing where it finds nothing: then there is no log.
witness() {
	local name=$1-$2
	(become valgrind --leak-check=full --log-file="$name.valgrind.log" \
		"$demo/$name" $ticks) || true
	mv "$name.valgrind.log" "$to"
	(become ASAN_OPTIONS=detect_leaks=1 "$demo/asan/$name" $ticks) \
		2> "$name.asan.log" || true
	rm -f "$to/$name.asan.log"
	[ ! -s "$name.asan.log" ] || mv "$name.asan.log" "$to"
}

for_all capture_of
for_all witness

# --- what must not be there ------------------------------------------------

# Folders outside of the system and /opt/demo. The brackets keep this line from
# finding itself.
foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
found=$(grep -lraE "$foreign" captures "$to"/*.log || true)
if [ -n "$found" ]; then
	echo "capture.sh: these name another path of this machine: $found" >&2
	exit 1
fi
echo 'done'
