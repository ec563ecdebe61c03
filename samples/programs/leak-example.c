/* leak-example: leaks 12 KiB each second.
 *
 * Each second it takes 12288 bytes from malloc, writes to each of the pages
 * and loses the pointer. It also takes 1024 bytes and frees them, which a
 * judge of memory must not count.
 *
 * By construction: a leak. One tick loses 12288 bytes in 1 block; in the
 * heap this is 12304 bytes (16 of them are the header of malloc).
 *
 * Usage: leak-example [TICKS]     (without TICKS: until a signal ends it)
 */
#include <stdlib.h>
#include <unistd.h>

enum { PAGE = 4096, LOST = PAGE * 3, KEPT = 1024 };

static void touch(char *block, size_t size)
{
	for (size_t at = 0; at < size; at += PAGE)
		block[at] = 1;
	block[size - 1] = 1;
}

int main(int argc, char **argv)
{
	long ticks = argc > 1 ? atol(argv[1]) : -1;

	for (long tick = 0; tick != ticks; tick++) {
		char *lost = malloc(LOST); /* the leak */
		touch(lost, LOST);
		char *kept = malloc(KEPT);
		touch(kept, KEPT);
		free(kept);
		sleep(1);
	}
	return 0;
}
