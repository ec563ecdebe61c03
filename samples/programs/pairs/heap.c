/* heap: small blocks lost.
 *
 * Each tick takes 64 blocks of 248 bytes from malloc, which are 256 with its
 * header, and uses them.
 *
 * Leaky: the blocks are lost. `[heap]` grows by 16384 bytes per tick: 65536
 * bytes per second. memcheck and LeakSanitizer see 15872 bytes per tick.
 * Repaired: they are freed before the next tick.
 */
#include "tick.h"

enum { BLOCKS = 64, SIZE = 248 };

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		char *block[BLOCKS];

		for (int i = 0; i < BLOCKS; i++) {
			block[i] = malloc(SIZE);
			touch(block[i], SIZE);
		}
		for (int i = 0; i < BLOCKS && !LEAK; i++)
			free(block[i]);
		next_tick();
	}
	return 0;
}
