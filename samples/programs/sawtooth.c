/* sawtooth: memory that rises and falls, again and again.
 *
 * In each period of 8 ticks (8 seconds) it takes 96 blocks, 12 per tick. The
 * blocks grow from 32 KiB to about 64 KiB. After the 8th tick it frees all of
 * them and gives the free heap back to the kernel with malloc_trim(0), so that
 * Rss comes back to where it was. Blocks of this size come from the heap, as
 * they stay below the mmap threshold of malloc (128 KiB).
 *
 * By construction: no leak. A judge that looks at one tooth only sees growth.
 *
 * Usage: sawtooth [PERIODS]
 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TICKS = 8, PER_TICK = 12, BLOCKS = TICKS * PER_TICK };

int main(int argc, char **argv)
{
	static char *block[BLOCKS];
	long periods = argc > 1 ? atol(argv[1]) : -1;

	for (long period = 0; period != periods; period++) {
		for (int i = 0; i < BLOCKS; i++) {
			size_t size = 32768 + (size_t)i * 32768 / BLOCKS;
			block[i] = malloc(size);
			memset(block[i], i, size);
			if ((i + 1) % PER_TICK == 0)
				sleep(1);
		}
		for (int i = 0; i < BLOCKS; i++)
			free(block[i]);
		malloc_trim(0);
	}
	return 0;
}
