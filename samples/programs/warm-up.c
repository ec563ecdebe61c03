/* warm-up: fills a cache, then is steady.
 *
 * In each of the first 8 seconds it adds 24 entries of 32 KiB to a cache;
 * then the cache is full (192 entries, 6 MiB). From then on it only rewrites
 * entries and takes and frees small blocks.
 *
 * By construction: no leak. The growth at the start ends by itself.
 *
 * Usage: warm-up [TICKS]
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTRY = 32768, PER_TICK = 24, ENTRIES = 192, SMALL = 64 };

int main(int argc, char **argv)
{
	static char *cache[ENTRIES];
	long ticks = argc > 1 ? atol(argv[1]) : -1;
	int filled = 0;

	for (long tick = 0; tick != ticks; tick++) {
		for (int i = 0; i < PER_TICK && filled < ENTRIES; i++) {
			cache[filled] = malloc(ENTRY);
			memset(cache[filled], 1, ENTRY);
			filled++;
		}
		for (int i = 0; i < filled; i += 7)
			memset(cache[i], (int)tick, ENTRY);
		for (int i = 0; i < SMALL; i++) {
			char *small = malloc(16 + 37 * (size_t)i);
			small[0] = 1;
			free(small);
		}
		sleep(1);
	}
	return 0;
}
