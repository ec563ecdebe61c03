/* writer: a journal in a file, written through a map.
 *
 * A file of 16 MiB, its own, is mapped shared and as a whole. Each tick writes
 * the next 64 KiB of it. Until the kernel has written these pages to the disk,
 * which it does after 30 s or when memory is short, they count as private
 * dirty: 262144 bytes per second. They are the file's; this is no leak.
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

static const char *const journal_path = LEAK
	? "/opt/demo/pairs/journal-leaky.bin"
	: "/opt/demo/pairs/journal-repaired.bin";

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	int fd = open(journal_path, O_RDWR);
	char *journal = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED,
			fd, 0);

	if (journal == MAP_FAILED) {
		perror("writer");
		return 1;
	}
	for (long tick = 0; tick != ticks; tick++) {
		char *copy = malloc(COPY);

		memset(copy, 1, COPY);
		if (!LEAK)
			free(copy);
		touch(journal + tick * STEP % LENGTH, STEP);
		next_tick();
	}
	return 0;
}
