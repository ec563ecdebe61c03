/* page-faults: takes page faults of one kind, in 40 ticks of half a second.
 *
 * growing    a block of 300 KiB more per tick, written to once and kept
 * huge       2 MiB more per tick, in huge pages: one fault for each
 * churn      4 times per tick 1 MiB is mapped, written to and unmapped again
 * thrashing  a mapped file of 8 MiB is read whole in each tick, page by page in
 *            no order; then more and more of it is paged out, as a kernel short
 *            of memory does
 * start-up   a mapped file of 4 MiB that is not in the page cache is read once,
 *            in the second tick; nothing after that
 *
 * By construction: growing and huge leak, the others do not. The files are made
 * beside the program, on a disk.
 *
 * Usage: page-faults STORY
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { TICKS = 40, KIB = 1024, MIB = 1024 * KIB, PAGE = 4096 };

static volatile char sink;

/* By the clock, so that work does not shift the ticks against the samples. */
static void tick(void)
{
	static struct timespec next;

	if (next.tv_sec == 0)
		clock_gettime(CLOCK_MONOTONIC, &next);
	next.tv_nsec += 500000000;
	if (next.tv_nsec >= 1000000000) {
		next.tv_nsec -= 1000000000;
		next.tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
}

static char *mapped(size_t size)
{
	char *area = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	return area;
}

/* A file of this size, written out and no longer in the page cache. */
static char *cold_file(const char *name, size_t size)
{
	static char block[64 * KIB];
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	memset(block, 'x', sizeof block);
	for (size_t done = 0; fd >= 0 && done < size; done += sizeof block)
		if (write(fd, block, sizeof block) < 0)
			break;
	if (fd < 0 || fsync(fd) != 0 || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) != 0) {
		perror(name);
		exit(1);
	}
	char *area = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (area == MAP_FAILED || madvise(area, size, MADV_RANDOM) != 0) {
		perror(name);
		exit(1);
	}
	return area;
}

static void growing(void)
{
	for (int i = 0; i < TICKS; i++, tick())
		memset(malloc(300 * KIB), i, 300 * KIB);
}

static void huge(void)
{
	size_t size = (size_t)(TICKS + 1) * 2 * MIB;
	char *area = mapped(size);

	area += 2 * MIB - (size_t)area % (2 * MIB);
	madvise(area, size - 2 * MIB, MADV_HUGEPAGE);
	for (int i = 0; i < TICKS; i++, tick())
		memset(area + (size_t)i * 2 * MIB, i, 2 * MIB);
}

static void churn(void)
{
	for (int i = 0; i < TICKS; i++, tick())
		for (int turn = 0; turn < 4; turn++) {
			char *area = mapped(MIB);
			memset(area, turn, MIB);
			munmap(area, MIB);
		}
}

static void thrashing(void)
{
	size_t pages = 8 * MIB / PAGE;
	char *area = cold_file("table.bin", pages * PAGE);

	for (int i = 0; i < TICKS; i++, tick()) {
		/* 1201 and the number of pages have no common divisor: each page once. */
		for (size_t n = 0; n < pages; n++)
			sink = area[n * 1201 % pages * PAGE];
		madvise(area, (pages / 4 + (size_t)i * pages / 2 / TICKS) * PAGE, MADV_PAGEOUT);
	}
}

static void start_up(void)
{
	size_t size = 4 * MIB;
	char *area = cold_file("start.bin", size);

	for (int i = 0; i < TICKS; i++, tick())
		for (size_t at = 0; i == 1 && at < size; at += PAGE)
			sink = area[at];
}

int main(int argc, char **argv)
{
	const char *story = argc > 1 ? argv[1] : "";

	tick();
	if (strcmp(story, "growing") == 0)
		growing();
	else if (strcmp(story, "huge") == 0)
		huge();
	else if (strcmp(story, "churn") == 0)
		churn();
	else if (strcmp(story, "thrashing") == 0)
		thrashing();
	else if (strcmp(story, "start-up") == 0)
		start_up();
	else
		return 2;
	return 0;
}
