#!/bin/sh
# Takes memory captures on a Linux or Android target, to be read by `memreport analyze`.
#
# Made for small targets: a POSIX shell (dash, busybox ash, mksh), /proc, cat, mkdir, sleep and date are enough.
# tar, gzip, getconf, getprop and smem are used where they are. It writes below DIR only, so there are no
# here-documents: mksh keeps them in files of its own in /tmp.
#
#     DIR/DEVICE/20260131T210000Z/captures.json    device, time, time since boot, kernel, boot id, ...
#                                 meminfo
#                                 smem.csv         where smem is installed
#                                 PID/smaps, smaps_rollup, status, stat, cmdline, comm
#                                 PID/maps         in the first sample of a process and in the last one
#     DIR/DEVICE-20260131T210000Z.tar.gz           all of DIR/DEVICE, where tar is installed
set -u
# The words of a pattern like /proc/[0-9]* are looked up in one place only.
set -f
LC_ALL=C
export LC_ALL

usage() {
	echo "usage: sh capture.sh -p PID|NAME[,...] [-i SECONDS] [-n COUNT] [-o DIR] [-d DEVICE]"
	echo "Takes memory captures of running processes, to be read by memreport analyze."
	echo
	echo "  -p PID|NAME   what to sample; may be repeated. A NAME is compared with the process's name and with the"
	echo "                program in its command line, at each sample, so that restarts are followed; it may be a"
	echo "                pattern: 'com.example.*', '*' for every process"
	echo "  -i SECONDS    time from sample to sample; 0.5 where sleep knows fractions (default 30)"
	echo "  -n COUNT      number of samples; 0: until Ctrl-C (default 20)"
	echo "  -o DIR        folder to write to, made where it is missing (default ./captures)"
	echo "  -d DEVICE     what to call this device (default: model and serial number, or the host's name)"
	echo "  -h            this text"
	echo
	echo "smaps of other users' processes is for root. Ctrl-C ends it; what was taken until then is whole."
}

say() {
	echo "capture: $1" >&2
}

# once KEY MESSAGE: says something only the first time.
said='|'
once() {
	case $said in *"|$1|"*) return ;; esac
	said="$said$1|"
	say "$2"
}

fail_usage() {
	say "$1; -h tells more"
	exit 2
}

# line TEXT. echo of some shells changes backslashes; printf may be a program, or missing, where the shell is mksh.
if [ -n "${KSH_VERSION-}" ]; then
	# shellcheck disable=SC3045
	line() { print -r -- "$1"; }
else
	line() { printf '%s\n' "$1"; }
fi

# first_line FILE: its first line in $first, empty where it cannot be read. Starts no process.
first_line() {
	first=
	{ IFS= read -r first <"$1"; } 2>/dev/null
	[ -n "$first" ]
}

# print_file FILE. Ctrl-C reaches all processes of a terminal, but must not cut the file that is being written.
print_file() (
	trap '' INT TERM HUP
	exec cat "$1"
) 2>/dev/null

# copy FROM TO: nothing is left behind where FROM cannot be read, or is empty.
copy() {
	first_line "$1" || return 0
	print_file "$1" >"$2" && return 0
	# A process that ended meanwhile is no trouble; a signal may have come just before it was ignored; a disk may be full.
	first_line "$1" || return 0
	print_file "$1" >"$2" || give_up "$2 cannot be written"
}

# A second time, since a signal may have ended the first mkdir.
make_folder() {
	mkdir "$1" 2>/dev/null || [ -d "$1" ] || mkdir "$1" || give_up "$1 cannot be made"
}

give_up() {
	once "$1" "$1"
	exit_code=1
	stopped=1
}

# number TEXT DIGITS: the number in $number without leading zeros, which would make it an octal one.
number() {
	number=$1
	case $number in '' | *[!0-9]*) return 1 ;; esac
	while :; do
		case $number in 0?*) number=${number#0} ;; *) break ;; esac
	done
	[ ${#number} -le "$2" ]
}

# plain TEXT: in $plain, with only such characters as names of folders and JSON can have.
plain() {
	plain=
	plain_rest=$1
	while [ -n "$plain_rest" ]; do
		plain_part=${plain_rest%%[!A-Za-z0-9._-]*}
		plain=$plain$plain_part
		plain_rest=${plain_rest#"$plain_part"}
		[ -n "$plain_rest" ] || break
		plain=$plain-
		plain_rest=${plain_rest#?}
	done
}

# ---- The clock. All in hundredths of a second since the start, by the clock that runs since boot: it does not jump
# ---- when the time is set. Only differences are reckoned with, since mksh has 32 bits.

# Sets $up_seconds and $up_hundredths, and $uptime where the kernel tells it (an Android app may not read it).
read_clock() {
	first_line /proc/uptime
	uptime=${first%% *}
	case $uptime in
	*.*) clock=$uptime ;;
	*)
		uptime=
		clock=$(date +%s 2>/dev/null).00
		;;
	esac
	up_seconds=${clock%%.*}
	up_hundredths=${clock#*.}
}

# Sets $now.
tick() {
	read_clock
	now=$(((up_seconds - start_seconds) * 100 + 1$up_hundredths - 100 - start_hundredths))
}

# Sets $epoch: seconds since 1970. btime is the time of the boot.
read_epoch() {
	epoch=$(date +%s 2>/dev/null)
	number "$epoch" 10 && return
	epoch=$((${btime:-0} + up_seconds))
}

start_clock() {
	btime=
	{
		while read -r key value _; do
			[ "$key" = btime ] && btime=$value && break
		done </proc/stat
	} 2>/dev/null
	read_clock
	number "$up_seconds" 10 || {
		say 'no clock: neither /proc/uptime can be read nor is there a date +%s'
		exit 1
	}
	start_seconds=$up_seconds
	start_hundredths=$((1$up_hundredths - 100))
	read_epoch
	start_epoch=$epoch
}

# name_time HUNDREDTHS: $stamp as 20260131T210000Z and $taken_at as 2026-01-31T21:00:00.25Z.
# Without date, of which not every target's knows -u and formats. https://howardhinnant.github.io/date_algorithms.html
name_time() {
	time=$((start_epoch + $1 / 100))
	day=$((time / 86400 + 719468))
	time=$((time % 86400))
	era=$((day / 146097))
	day=$((day % 146097))
	year=$(((day - day / 1460 + day / 36524 - day / 146096) / 365))
	day=$((day - (365 * year + year / 4 - year / 100)))
	month=$(((5 * day + 2) / 153))
	day=$((100 + day - (153 * month + 2) / 5 + 1))
	month=$((100 + (month + 2) % 12 + 1))
	year=$((year + era * 400 + (month <= 102)))
	hour=$((100 + time / 3600))
	minute=$((100 + time / 60 % 60))
	second=$((100 + time % 60))
	hundredth=$((100 + $1 % 100))
	stamp=$year${month#1}${day#1}T${hour#1}${minute#1}${second#1}
	taken_at=$year-${month#1}-${day#1}T${hour#1}:${minute#1}:${second#1}.${hundredth#1}Z
	# Seconds are enough for a name, but for samples that come faster, or meet those of another run.
	if [ $((period % 100)) != 0 ] || [ -e "$home/${stamp}Z" ]; then stamp=$stamp.${hundredth#1}; fi
	stamp=${stamp}Z
}

# Not every sleep knows fractions; some take 0.1 for 0 and say nothing.
try_sleep() {
	tick
	before=$now
	sleep 0.1 2>/dev/null
	tick
	sleep_knows_fractions=$((now - before >= 5))
}

# pause HUNDREDTHS. In the background, since a signal ends a wait at once, but no foreground command.
pause() {
	[ "$1" -gt 0 ] || return
	hundredth=$((100 + $1 % 100))
	if [ "$sleep_knows_fractions" = 1 ]; then
		sleep "$(($1 / 100)).${hundredth#1}" &
	else
		sleep $((($1 + 99) / 100)) &
	fi
	sleeper=$!
	wait "$sleeper"
	# It does not hear Ctrl-C in the background.
	[ "$stopped" = 0 ] || kill "$sleeper"
} 2>/dev/null

# ---- The device.

read_device() {
	model=$(getprop ro.product.model 2>/dev/null)
	serial=$(getprop ro.serialno 2>/dev/null)
	first_line /proc/sys/kernel/hostname
	hostname=$first
	if [ -z "$device" ]; then
		device=${model:+$model-}$serial
		[ -n "$serial" ] || device=$hostname
		case $device in '' | localhost | '(none)') device=${model:-device} ;; esac
	fi
	plain "$device"
	device=$plain
	# A folder of digits would be read as a process or a time, one with a dot in front is not read at all.
	case $device in
	[.-]*) device=device$device ;;
	*[A-Za-z]*) ;;
	*) device=device-$device ;;
	esac

	facts=
	plain "$model"
	add_fact model "$plain" '"'
	build=$(getprop ro.build.fingerprint 2>/dev/null)
	[ -n "$build" ] || build=$(os_name)
	# Words and slashes stay; what would end a JSON string does not.
	case $build in *[!A-Za-z0-9._:/+\(\)@,\ -]*)
		plain "$build"
		build=$plain
		;;
	esac
	add_fact build "$build" '"'
	first_line /proc/sys/kernel/osrelease || first=$(uname -r 2>/dev/null)
	plain "$first"
	add_fact kernel "$plain" '"'
	first_line /proc/sys/kernel/random/boot_id
	plain "$first"
	add_fact bootId "$plain" '"'
	number "$btime" 10 && add_fact btime "$number" ''
	number "$(getconf PAGESIZE 2>/dev/null)" 9 && add_fact pageSize "$number" ''
	number "$(getconf CLK_TCK 2>/dev/null)" 9 && add_fact clockTicks "$number" ''
}

# As "Debian GNU/Linux 12 (bookworm)".
os_name() {
	# shellcheck source=/dev/null
	(. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME")
}

# add_fact NAME VALUE QUOTE
add_fact() {
	[ -z "$2" ] || facts="$facts, \"$1\": $3$2$3"
}

# ---- The processes.

# Sets $pids: those of the numbers that still run, and those that have one of the names.
find_processes() {
	pids=
	for pid in $wanted_pids; do
		if [ -d "/proc/$pid" ]; then pids="$pids $pid"; else once "end $pid" "process $pid is not there (any more)"; fi
	done
	[ -n "$wanted_names" ] || return
	set +f
	set -- /proc/[0-9]*
	set -f
	for process; do
		pid=${process#/proc/}
		case " $pids $$ " in *" $pid "*) continue ;; esac
		if has_wanted_name; then pids="$pids $pid"; fi
	done
}

has_wanted_name() {
	first_line "/proc/$pid/comm"
	comm=$first
	first_line "/proc/$pid/cmdline"
	cmdline=$first
	IFS=,
	# shellcheck disable=SC2086 # the names one by one
	set -- $wanted_names
	IFS=$blanks
	# shellcheck disable=SC2254 # they may be patterns
	for name; do
		case $comm in $name) return 0 ;; esac
		# read leaves out the NULs between the words, or what is behind the first; cat -v shows them, but is a process.
		case $cmdline in *$name*) ;; *) continue ;; esac
		program=$(cat -v "/proc/$pid/cmdline" 2>/dev/null) || program=$cmdline
		program=${program%%^@*}
		case $program in $name) return 0 ;; esac
		case ${program##*/} in $name) return 0 ;; esac
	done
	return 1
}

# Kernel threads, zombies and processes that are just ending have none.
has_memory() {
	while read -r key _; do
		[ "$key" = VmSize: ] && return 0
	done <"/proc/$pid/status"
	return 1
} 2>/dev/null

take_process() {
	source=/proc/$pid
	if first_line "$source/smaps"; then
		files='smaps smaps_rollup'
		case $met in
		*" $pid "*) [ "$is_last" = 0 ] || files="$files maps" ;;
		# What maps says is in smaps too, so it is not taken each time.
		*) files="$files maps" ;;
		esac
	elif has_memory; then
		first_line "$source/comm"
		plain "$first"
		once "smaps $pid" "smaps of $pid ($plain) may not be read by this user, only totals are taken: run it as root"
		files='smaps_rollup statm'
	else
		return
	fi
	case $met in *" $pid "*) ;; *) met="$met$pid " ;; esac
	make_folder "$folder/$pid"
	for file in $files status stat cmdline comm; do
		[ "$exit_code" = 0 ] && copy "$source/$file" "$folder/$pid/$file"
	done
	taken_pids="$taken_pids$pid "
}

# A command as a cell of CSV, in $cell.
quote_cell() {
	cell=
	cell_rest=$1
	while :; do
		case $cell_rest in *\"*) ;; *) break ;; esac
		cell=$cell${cell_rest%%\"*}\"\"
		cell_rest=${cell_rest#*\"}
	done
	cell=\"$cell$cell_rest\"
}

# smem asks all processes of the device, with Python: only where that leaves time, and only the rows that are wanted.
take_smem() {
	[ "$has_smem" = 1 ] || return
	tick
	before=$now
	rows=$(
		trap '' INT TERM HUP
		smem -H -c 'pid user swap uss pss rss command' 2>/dev/null |
			while read -r pid user swap uss pss rss command; do
				case $taken_pids in *" $pid "*) ;; *) continue ;; esac
				quote_cell "$command"
				line "$pid,$user,$cell,$swap,$uss,$pss,$rss"
			done
	)
	[ -z "$rows" ] || {
		line PID,User,Command,Swap,USS,PSS,RSS
		line "$rows"
	} >"$folder/smem.csv"
	tick
	if [ $(((now - before) * 2)) -gt "$period" ]; then
		has_smem=0
		say 'smem takes more than half of the interval: it is left out from here on'
	fi
}

take_sample() {
	tick
	find_processes
	if [ -z "$pids" ]; then
		if [ -z "$wanted_names" ]; then
			stopped=1
		else
			once waiting "no process is called $wanted_names now: waiting for one"
		fi
		return
	fi
	name_time "$now"
	folder=$home/$stamp
	taken_pids=' '
	make_folder "$folder"
	[ "$exit_code" = 0 ] || return
	line "{\"device\": \"$device\", \"takenAt\": \"$taken_at\"${uptime:+, \"uptime\": $uptime}$facts}" \
		>"$folder/captures.json" || give_up "$folder/captures.json cannot be written"
	copy /proc/meminfo "$folder/meminfo"
	for pid in $pids; do
		[ "$exit_code" = 0 ] && take_process
	done
	[ "$taken_pids" = ' ' ] || {
		taken=$((taken + 1))
		take_smem
	}
}

# Packs all samples of the device. tar itself runs gzip, if at all.
pack() {
	command -v tar >/dev/null 2>&1 || return
	for archive in "$home-$first_stamp.tar.gz" "$home-$first_stamp.tar"; do
		case $archive in
		*.gz) gzip </dev/null >/dev/null && tar -czf "$archive" -C "$out" "$device" ;;
		*) tar -cf "$archive" -C "$out" "$device" ;;
		esac 2>/dev/null && say "packed as $archive" && return
	done
	say 'tar could not pack them'
}

# ---- The command line.

blanks=$IFS
wanted=
interval=30
samples=20
out=./captures
device=
while getopts p:i:n:o:d:h option; do
	case $option in
	p) wanted=$wanted,$OPTARG ;;
	i) interval=$OPTARG ;;
	n) samples=$OPTARG ;;
	o) out=$OPTARG ;;
	d) device=$OPTARG ;;
	h)
		usage
		exit 0
		;;
	*) fail_usage 'an option is wrong' ;;
	esac
done
shift $((OPTIND - 1))
[ $# = 0 ] || fail_usage "expected options only, found $1"

wanted_pids=
wanted_names=
IFS=,
for each in $wanted; do
	if number "$each" 9; then
		wanted_pids="$wanted_pids $number"
	elif [ -n "$each" ]; then
		wanted_names=$wanted_names${wanted_names:+,}$each
	fi
done
IFS=$blanks
[ -n "$wanted_pids$wanted_names" ] || fail_usage 'expected -p with a process number or name'

number "$samples" 9 || fail_usage "expected a whole number with -n, found $samples"
samples=$number
case $interval in
*[!0-9.]* | *.*.* | '' | .) fail_usage "expected seconds with -i, found $interval" ;;
*.*) fraction=${interval#*.}00 ;;
*) fraction=00 ;;
esac
whole=${interval%%.*}
number "${whole:-0}" 7 || fail_usage "expected at most 9999999 seconds with -i, found $interval"
period=$((number * 100))
number "${fraction%"${fraction#??}"}" 2
period=$((period + number))
[ "$period" -gt 0 ] || fail_usage "expected at least 0.01 seconds with -i, found $interval"
[ -n "$out" ] || fail_usage 'expected a folder with -o'

# ---- The run.

exit_code=0
stopped=0
trap 'stopped=1' INT TERM HUP
start_clock
read_device
home=$out/$device
mkdir -p "$home" || exit 1
has_smem=0
if command -v smem >/dev/null 2>&1; then has_smem=1; fi
try_sleep
if [ "$sleep_knows_fractions" = 0 ] && [ $((period % 100)) != 0 ]; then
	interval=$(((period + 99) / 100))
	period=$((interval * 100))
	say 'sleep of this device knows no fractions of seconds'
fi

met=' '
due=0
count=0
taken=0
late=0
# The first sample is at 0.
start_clock
if [ "$start_epoch" -lt 1577836800 ]; then
	say "the clock of this device stands before 2020: the captures' times are right among each other only"
fi
name_time 0
first_stamp=$stamp
say "a sample each $interval s into $home; Ctrl-C ends it"
while [ "$stopped" = 0 ]; do
	count=$((count + 1))
	is_last=0
	[ "$count" != "$samples" ] || is_last=1
	take_sample
	[ "$is_last" = 0 ] || break
	due=$((due + period))
	tick
	if [ "$now" -gt "$due" ]; then
		# Never two at once to make up for it: the grid stays.
		late=$((late + 1))
		due=$((now / period * period + period))
	fi
	[ "$stopped" = 1 ] || pause $((due - now))
done
trap '' INT TERM HUP

[ "$late" = 0 ] || say "$late times a sample took longer than the interval"
tick
read_epoch
drift=$((epoch - start_epoch - now / 100))
if [ "$drift" -gt 2 ] || [ "$drift" -lt -2 ]; then
	say "the clock was set by $drift s meanwhile: the captures' times go by the clock of the start"
fi
if [ "$taken" = 0 ]; then
	say 'nothing was taken'
	exit 1
fi
say "samples taken: $taken, in $home"
pack
exit "$exit_code"
