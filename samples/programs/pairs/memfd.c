/* memfd: shared memory never unmapped.
 *
 * Each second tick needs 64 KiB of shared memory for a frame and writes to all
 * of it.
 *
 * Leaky: a new segment each time, never unmapped: 131072 bytes per second and
 * two VMAs `/memfd:frame (deleted)` per second. memcheck and LeakSanitizer look
 * at malloc only and see nothing.
 * Repaired: one segment, used again and again.
 */
#define _GNU_SOURCE
#include "tick.h"
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FRAME = 65536 };

static char *new_frame(void)
{
	int fd = memfd_create("frame", MFD_CLOEXEC);
	char *frame = MAP_FAILED;

	if (fd >= 0 && ftruncate(fd, FRAME) == 0)
		frame = mmap(NULL, FRAME, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (frame == MAP_FAILED) {
		perror("memfd");
		exit(1);
	}
	close(fd);
	return frame;
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	char *frame = NULL;

	for (long tick = 0; tick != ticks; tick++) {
		if (tick % 2 == 0) {
			if (LEAK || frame == NULL)
				frame = new_frame();
			touch(frame, FRAME);
		}
		next_tick();
	}
	return 0;
}
