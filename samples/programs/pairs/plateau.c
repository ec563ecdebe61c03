/* plateau: a warm-up, then a leak.
 *
 * In the first 24 ticks it loads tables of 65520 bytes, 65536 with the header
 * of malloc: 1.5 MiB in 6 s. After that it only works, with a block of 8176
 * bytes per tick, 8192 with the header.
 *
 * Leaky: that block is lost: after the warm-up `[heap]` goes on growing by
 * 32768 bytes per second, an eighth of the rate before.
 * Repaired: it is freed; the heap settles.
 */
#include "tick.h"
#include <string.h>

enum { TABLES = 24, TABLE = 65520, BLOCK = 8176 };

static char *table[TABLES];

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		if (tick < TABLES) {
			table[tick] = malloc(TABLE);
			memset(table[tick], 1, TABLE);
		} else {
			char *block = malloc(BLOCK);

			memset(block, 1, BLOCK);
			if (!LEAK)
				free(block);
		}
		next_tick();
	}
	return 0;
}
