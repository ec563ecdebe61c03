#!/bin/bash
# Builds the demo programs in /opt/demo and makes all captures below samples/
# anew. Takes about 70 seconds. Needs gcc, valgrind, smem, smemcap and
# pmap, and the right to write to /opt/demo and to make a PID namespace.
#
# Usage: samples/programs/capture.sh
#
# Everything runs in /opt/demo with an empty environment, so that no capture
# names another path of the machine. Nothing that a tool printed is edited;
# the only conversions are smem's columns to CSV and TSV, and packing.

# Start again with an empty environment and with SIGINT as it is by default:
# a shell without job control would start its background programs with SIGINT
# ignored, and then ^C could not be shown.
if [ "$1" != --clean ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	exec env -i PATH=/usr/bin:/bin HOME=/opt/demo \
		/bin/bash "$here/capture.sh" --clean "$here"
fi
set -eu
umask 022
here=$2
samples=$(dirname "$here")
demo=/opt/demo
mkdir -p "$demo"
cd "$demo"

for made in sets smaps maps numa_maps status stat statm smem pmap memcheck \
	memcheck-xml massif dhat valgrind-other asan lsan gz packed kernel-log; do
	rm -rf "${samples:?}/$made"
	mkdir "$samples/$made"
done
rm -rf "$demo"/odd "$demo"/*.log "$demo"/*.log.* "$demo"/*.xml

# --- helpers ---------------------------------------------------------------

# Becomes the given program (with VARIABLE=VALUE before it, if any).
# Use with & to have the program's own PID in $!.
become() {
	exec env -i --default-signal=INT PATH=/usr/bin:/bin HOME=/opt/demo "$@"
}

# Runs a program to its end. Programs that find errors end with a status
# other than 0; this is what they are for.
run() {
	(become "$@") || true
}

stop() {
	for pid in "$@"; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
}

# Waits until the clock shows .NN of a second (the next time it does).
until_fraction() {
	local now ms
	now=$(date +%s%N)
	ms=$(( (now / 1000000) % 1000 ))
	ms=$(( (10#${1}0 - ms + 1000) % 1000 ))
	sleep "$(printf '0.%03d' "$ms")"
}

# smem's table (without header, columns pid user command swap uss pss rss) as
# CSV, or with another separator. The command may have blanks: it is what
# stands between the second and the last four columns.
smem_table() {
	awk -v sep="${1:-,}" 'BEGIN {
		OFS = sep
		print "PID", "User", "Command", "Swap", "USS", "PSS", "RSS"
	}
	{
		rest = $0
		sub(/^ *[^ ]+ +[^ ]+ +/, "", rest)
		sub(/ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ *$/, "", rest)
		if (index(rest, sep) || index(rest, "\"")) {
			gsub(/"/, "\"\"", rest)
			rest = "\"" rest "\""
		}
		print $1, $2, rest, $(NF-3), $(NF-2), $(NF-1), $NF
	}'
}

columns='pid user command swap uss pss rss'

# One sample: SET FILTER KIND PID... ; KIND is plain or gz. With gz the smaps
# are compressed, and maps and smaps_rollup, which repeat them, are left out.
sample() {
	local set=$1 filter=$2 kind=$3 at pid dir
	shift 3
	at=$samples/sets/$set/$(date -u +%Y%m%dT%H%M%SZ)
	for pid in "$@"; do
		dir=$at/$pid
		mkdir -p "$dir"
		if [ "$kind" = gz ]; then
			cat "/proc/$pid/smaps" | gzip -n > "$dir/smaps.gz"
		else
			cat "/proc/$pid/smaps" > "$dir/smaps"
			cat "/proc/$pid/smaps_rollup" > "$dir/smaps_rollup"
			cat "/proc/$pid/maps" > "$dir/maps"
		fi
		for file in status stat cmdline comm; do
			cat "/proc/$pid/$file" > "$dir/$file"
		done
	done
	cat /proc/meminfo > "$at/meminfo"
	smem -P "$filter" -H -c "$columns" | smem_table > "$at/smem.csv"
}

# COUNT samples, one per second, in the middle of the second: the programs
# start at the turn of a second and tick there.
series() {
	local count=$1
	shift
	for (( i = 0; i < count; i++ )); do
		until_fraction 50
		sample "$@"
		sleep 0.1
	done
}

# --- build -----------------------------------------------------------------

cp "$here"/*.c "$demo"
for source in *.c; do
	# The uninitialised value in memory-errors.c is there on purpose.
	gcc -g -O0 -Wall -Wextra -Wno-uninitialized -o "${source%.c}" "$source"
done
# Under the same name as the plain build, as the target runs it: the log is joined by the name.
mkdir -p asan lsan
gcc -g -O0 -fsanitize=address -o asan/leak-example leak-example.c
gcc -g -O0 -fsanitize=address -o asan/use-after-free use-after-free.c
gcc -g -O0 -fsanitize=address -fsanitize-recover=address \
	-o asan/asan-errors asan-errors.c
gcc -g -O0 -fsanitize=address -o asan/leak-list leak-list.c
gcc -g -O0 -fsanitize=leak -o lsan/leak-list leak-list.c

{
	echo "kernel: $(uname -sr)"
	gcc --version | head -n 1
	ldd --version | head -n 1
	valgrind --version
	pmap -V
	dpkg-query -W -f 'smem ${Version}\n' smem
} > "$samples/versions.txt"

# --- whole capture folders, one per story ----------------------------------

story_leak_example() {
	local set=$samples/sets/leak-example pid
	mkdir -p "$set"
	until_fraction 00
	become "$demo/leak-example" & pid=$!
	sleep 0.2
	pmap -x $pid > "$set/pmap-x_leak-example_${pid}_$(date +%s).txt"
	series 26 leak-example '^/opt/demo/leak-example' plain $pid
	pmap -x $pid > "$set/pmap-x_leak-example_${pid}_$(date +%s).txt"
	stop $pid
}

story_sawtooth() {
	local pid
	until_fraction 00
	become "$demo/sawtooth" & pid=$!
	series 40 sawtooth '^/opt/demo/sawtooth' gz $pid
	stop $pid
}

story_warm_up() {
	local pid
	until_fraction 00
	become "$demo/warm-up" & pid=$!
	series 36 warm-up '^/opt/demo/warm-up' gz $pid
	stop $pid
}

story_two_instances() {
	local first second
	until_fraction 00
	become "$demo/shared-code" & first=$!
	series 4 two-instances '^/opt/demo/shared-code' plain $first
	until_fraction 00
	become "$demo/shared-code" & second=$!
	series 8 two-instances '^/opt/demo/shared-code' plain $first $second
	stop $first $second
}

story_mmap_leak() {
	local pid
	until_fraction 00
	become "$demo/mmap-leak" & pid=$!
	series 24 mmap-leak '^/opt/demo/mmap-leak' gz $pid
	stop $pid
}

# The smem texts show the programs of the stories while these run.
smem_texts() {
	local to=$samples/smem all='^/opt/demo' one='^/opt/demo/leak-example'
	sleep 7
	smem -P "$all" > "$to/default.txt"
	smem -P "$all" -k > "$to/kib.txt"
	smem -P "$all" -p > "$to/percent.txt"
	smem -P "$all" -t > "$to/totals.txt"
	smem -P "$all" -c 'pid user command maps swap uss pss rss vss' \
		> "$to/columns.txt"
	smem -P "$all" -H > "$to/no-header.txt"
	smem -P "$all" -H -c "$columns" | smem_table , > "$to/table.csv"
	smem -P "$all" -H -c "$columns" | smem_table $'\t' > "$to/table.tsv"
	for i in 1 2 3 4; do
		until_fraction 30
		date -u >> "$to/loop-dated.txt"
		smem -P "$one" >> "$to/loop-dated.txt"
		smem -P "$one" >> "$to/loop-nodate.txt"
		sleep 0.1
	done
}

story_leak_example & s1=$!
story_sawtooth & s2=$!
story_warm_up & s3=$!
story_two_instances & s4=$!
story_mmap_leak & s5=$!
smem_texts & s6=$!
wait $s1; wait $s2; wait $s3; wait $s4; wait $s5; wait $s6

# The logs that stand at the top of two of the folders.
set=$samples/sets/leak-example
run valgrind --tool=memcheck --leak-check=yes --log-file=valgrind.%p.log \
	"$demo/leak-example" 6 &
logs=$!
become valgrind --tool=memcheck --leak-check=yes "$demo/leak-example" \
	2> interrupted.stderr & pid=$!
run ASAN_OPTIONS=log_path=asan.log "$demo/asan/leak-example" 6 &
asan=$!
sleep 5.5
kill -INT $pid
wait $pid || true
wait $logs; wait $asan
mv interrupted.stderr "$set/valgrind-interrupted.$pid.log"
mv valgrind.*.log asan.log.* "$set"

set=$samples/sets/use-after-free
mkdir -p "$set"
run ASAN_OPTIONS=log_path=asan.log "$demo/asan/use-after-free"
run valgrind --leak-check=yes --log-file=valgrind.%p.log "$demo/use-after-free" \
	> /dev/null
mv valgrind.*.log asan.log.* "$set"

# --- single files per format -----------------------------------------------

become "$demo/leak-example" & p=$!
become "$demo/warm-up" & q=$!
become "$demo/odd-names" > odd-names.out 2>&1 & odd=$!
become "$demo/mapping-kinds" & kinds=$!
become "$demo/odd-comm" brackets > brackets.out & brackets=$!
become "$demo/odd-comm" newline > newline.out & newline=$!
sleep 2.3

to=$samples/smaps
cat /proc/$p/smaps > "$to/leak-example.smaps"
head -n 82 /proc/$p/smaps > "$to/truncated-in-vma.smaps"
head -c 2999 /proc/$p/smaps > "$to/truncated-in-line.smaps"
for i in 1 2 3 4 5; do
	date -u >> "$to/series.log"
	cat /proc/$p/smaps >> "$to/series.log"
	[ $i = 5 ] || cat /proc/$p/smaps >> "$to/series-bare.log"
	sleep 1
done
tail -n +1 /proc/$p/smaps /proc/$q/smaps > "$to/series-banner.log"
grep -H . /proc/$p/smaps /proc/$q/smaps > "$to/grep-h.log"
cat /proc/$odd/smaps > "$to/odd-names.smaps"
cat /proc/$kinds/smaps > "$to/mapping-kinds.smaps"

cat /proc/$p/maps > "$samples/maps/leak-example.maps"
cat /proc/$odd/maps > "$samples/maps/odd-names.maps"
cat /proc/$p/numa_maps > "$samples/numa_maps/leak-example.numa_maps"
cat /proc/$p/statm > "$samples/statm/leak-example.statm"

for file in status stat; do
	cat /proc/$p/$file > "$samples/$file/leak-example.$file"
	cat /proc/$brackets/$file > "$samples/$file/odd-comm-brackets.$file"
	cat /proc/$newline/$file > "$samples/$file/odd-comm-newline.$file"
done

to=$samples/pmap
pmap $p > "$to/plain.txt"
pmap -x $p > "$to/x.txt"
pmap -X $p > "$to/X-capital.txt"
pmap -XX $p > "$to/XX-capital.txt"
pmap -p $p > "$to/p.txt"
pmap -x $p $q > "$to/two-pids.txt"
pmap -q $p > "$to/q.txt"
pmap -x $odd > "$to/odd-names-x.txt"
pmap -X $odd > "$to/odd-names-X-capital.txt"

gzip -nc "$samples/smaps/leak-example.smaps" > "$samples/gz/leak-example.smaps.gz"

to=$samples/packed
xz -c "$samples/smaps/leak-example.smaps" > "$to/leak-example.smaps.xz"
zstd -qc "$samples/smaps/leak-example.smaps" > "$to/leak-example.smaps.zst"
bzip2 -c "$samples/smaps/leak-example.smaps" > "$to/leak-example.smaps.bz2"
both='smaps/leak-example.smaps status/leak-example.status'
for packing in gz xz zst bz2; do
	tar -C "$samples" --owner=0 --group=0 -caf "$to/leak-example.tar.$packing" $both
done
(cd "$samples" && rm -f packed/leak-example.zip && zip -qX packed/leak-example.zip $both)

# What smemcap writes of a PID namespace of its own. The first tar blocks are
# meminfo's four; the next two, the kernel's version, name where it was built.
env -i PATH=/usr/bin:/bin HOME=/opt/demo \
	unshare --fork --pid --mount-proc --kill-child sh -c "
		$demo/leak-example 4 & $demo/sawtooth & sleep 2.5; exec smemcap" > all.tar
(head -c 2048 all.tar && tail -c +3073 all.tar) | gzip -n9 > "$samples/smem/smemcap.tar.gz"
rm all.tar

# A command with commas, quotes and blanks, for the CSV.
(exec -a '/opt/demo/a, "b" c' "$demo/leak-example") & comma=$!
sleep 0.5
smem -P '^/opt/demo/a, ' > "$samples/smem/odd-command.txt"
smem -P '^/opt/demo/a, ' -H -c "$columns" | smem_table \
	> "$samples/smem/odd-command.csv"
stop $p $q $odd $kinds $brackets $newline $comma

# --- memcheck --------------------------------------------------------------

to=$samples/memcheck
check=(valgrind --tool=memcheck --leak-check=yes)
run "${check[@]}" --log-file=leak-example.log "$demo/leak-example" 3 & a=$!
run "${check[@]}" --time-stamp=yes --log-file=time-stamp.log \
	"$demo/leak-example" 3 & b=$!
become "${check[@]}" --log-file=interrupted.log "$demo/leak-example" & c=$!
become "${check[@]}" --log-file=killed.log "$demo/leak-example" & d=$!
sleep 4.5
kill -INT $c
kill -KILL $d
wait $c 2>/dev/null || true
wait $d 2>/dev/null || true
wait $a; wait $b
run valgrind --leak-check=full --show-leak-kinds=all \
	--log-file=memory-errors.log "$demo/memory-errors"
run valgrind --leak-check=full --show-leak-kinds=all --track-origins=yes \
	--log-file=track-origins.log "$demo/memory-errors"
run "${check[@]}" -s --log-file=errors-s.log "$demo/memory-errors"
run "${check[@]}" --log-file=two-processes.log "$demo/two-processes"
run "${check[@]}" --log-file=all-freed.log "$demo/all-freed"
run "${check[@]}" --log-file=mmap-leak.log "$demo/mmap-leak" 2
run valgrind --log-file=summary-only.log "$demo/leak-list"
for log in leak-example time-stamp interrupted killed memory-errors \
	track-origins errors-s two-processes all-freed mmap-leak summary-only; do
	mv $log.log "$to"
done

# --- memcheck as XML, massif, DHAT -----------------------------------------

to=$samples/memcheck-xml
xml=("${check[@]}" --xml=yes)
run "${xml[@]}" --xml-file=leak-example.xml "$demo/leak-example" 3
become "${xml[@]}" --xml-file=killed.xml "$demo/leak-example" & p=$!
sleep 2.5
kill -KILL $p
wait $p 2>/dev/null || true
run valgrind --leak-check=full --show-leak-kinds=all --xml=yes \
	--xml-file=memory-errors.xml "$demo/memory-errors"
run "${xml[@]}" --xml-file=two-processes.xml "$demo/two-processes"
run valgrind --tool=helgrind --xml=yes --xml-file=helgrind.xml "$demo/all-freed"
for log in leak-example killed memory-errors two-processes helgrind; do
	mv $log.xml "$to"
done
run valgrind --tool=massif --massif-out-file=leak-list.massif "$demo/leak-list"
run valgrind --tool=massif --massif-out-file=leak-list-trees.massif \
	--detailed-freq=1 "$demo/leak-list"
run valgrind --tool=massif --massif-out-file=leak-example.massif \
	--detailed-freq=4 "$demo/leak-example" 8
mv leak-list.massif leak-list-trees.massif leak-example.massif "$samples/massif"
run valgrind --tool=dhat --dhat-out-file=leak-list.json "$demo/leak-list"
run valgrind --tool=dhat --dhat-out-file=leak-example.json "$demo/leak-example" 4
# DHAT lets only the user read it.
chmod 644 leak-list.json leak-example.json
mv leak-list.json leak-example.json "$samples/dhat"

# --- valgrind's other tools ------------------------------------------------

to=$samples/valgrind-other
for tool in helgrind drd lackey none massif dhat cachegrind callgrind; do
	run valgrind --tool=$tool --log-file=$tool.log "$demo/all-freed"
	mv $tool.log "$to"
done
for tool in cachegrind callgrind; do
	run valgrind --tool=$tool --$tool-out-file=costs "$demo/leak-list"
	head -n 60 costs > "$to/$tool.out"
done
rm -f costs {massif,dhat,cachegrind,callgrind}.out.*

# --- AddressSanitizer and LeakSanitizer ------------------------------------

to=$samples/asan
run "$demo/asan/use-after-free" 2> "$to/use-after-free.txt"
run "$demo/asan/asan-errors" overflow 2> "$to/heap-buffer-overflow.txt"
run ASAN_OPTIONS=halt_on_error=0 "$demo/asan/asan-errors" two \
	2> "$to/two-reports.txt" > /dev/null
run "$demo/asan/asan-errors" segv 2> "$to/segv.txt"
run ASAN_OPTIONS=color=always "$demo/asan/use-after-free" 2> "$to/colour.txt"

to=$samples/lsan
run "$demo/asan/leak-example" 3 2> "$to/leak-example.txt"
run "$demo/asan/leak-list" 2> "$to/indirect.txt"
run "$demo/lsan/leak-list" 2> "$to/standalone.txt"
echo 'leak:lose_list' > leak-list.supp
run LSAN_OPTIONS=suppressions=leak-list.supp:print_suppressions=1 \
	"$demo/lsan/leak-list" 2> "$to/suppressed.txt"

# --- the kernel's log ------------------------------------------------------

# Needs the right to read it, and kernel.print-fatal-signals or
# debug.exception-trace as they are by default on x86.
for fault in null-write null-read constant-write execute-data wild-read \
	illegal-instruction; do
	run "$demo/segfaults" $fault 2> /dev/null
done
dmesg | tail -n 10 > "$samples/kernel-log/segfaults.txt"
dmesg -T | tail -n 10 > "$samples/kernel-log/segfaults-T.txt"

# --- what must not be there ------------------------------------------------

# Folders outside of the system and /opt/demo. The brackets keep this line from
# finding itself. zgrep reads plain files as well as gzipped ones.
foreign='/[w]ork|bash_[j]ob|/[r]oot|/[h]ome/'
found=$(find "$samples" -type f ! -path "$here/*" ! -name README.md \
	-exec zgrep -laE "$foreign" {} + || true)
if [ -n "$found" ]; then
	echo "capture.sh: these name another path of this machine: $found" >&2
	exit 1
fi
echo done
