/* reader: a large file, read through a map.
 *
 * A file of 16 MiB, its own, is mapped as a whole. Each tick reads the next
 * 64 KiB of it, so that Rss, Pss and USS grow by 262144 bytes per second: clean
 * pages of the file, which the kernel can drop at any time. This is no leak.
 *
 * Leaky: each tick also takes a copy of 4080 bytes, 4096 with the header of
 * malloc, and loses it: `[heap]` grows by 16384 bytes per second.
 * Repaired: the copy is freed.
 */
#include "tick.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { LENGTH = 16 << 20, STEP = 65536, COPY = 4080 };

static const char *const archive_path = LEAK
	? "/opt/demo/pairs/archive-leaky.bin"
	: "/opt/demo/pairs/archive-repaired.bin";

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	int fd = open(archive_path, O_RDONLY);
	const volatile char *archive =
		mmap(NULL, LENGTH, PROT_READ, MAP_SHARED, fd, 0);

	if (archive == MAP_FAILED) {
		perror("reader");
		return 1;
	}
	for (long tick = 0; tick != ticks; tick++) {
		const volatile char *part = archive + tick * STEP % LENGTH;
		char *copy = malloc(COPY);
		long sum = 0;

		for (int at = 0; at < STEP; at += PAGE)
			sum += part[at];
		memset(copy, (int)sum, COPY);
		if (!LEAK)
			free(copy);
		next_tick();
	}
	return 0;
}
