/* teeth: a sawtooth, and its floor.
 *
 * In each period of 10 ticks it takes 10 blocks of 65520 bytes, 65536 with the
 * header of malloc, then frees them all and gives the heap back to the kernel.
 *
 * Leaky: per period half a block is lost: 32752 bytes, 32768 with the header,
 * taken before the others. The floor of `[heap]` rises by 32768 bytes in 2.5 s:
 * 13107 bytes per second.
 * Repaired: it is freed too; the floor stays.
 */
#include "tick.h"
#include <malloc.h>
#include <string.h>

enum { PERIOD = 10, BLOCK = 65520, LOST = 32752 };

int main(int argc, char **argv)
{
	static char *block[PERIOD], *lost;
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		int step = tick % PERIOD;

		if (step == 0) {
			lost = malloc(LOST);
			memset(lost, 1, LOST);
		}
		block[step] = malloc(BLOCK);
		memset(block[step], 1, BLOCK);
		next_tick();
		if (step < PERIOD - 1)
			continue;
		for (int i = 0; i < PERIOD; i++)
			free(block[i]);
		if (!LEAK)
			free(lost);
		malloc_trim(0);
	}
	return 0;
}
