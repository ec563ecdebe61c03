/* steps: large blocks, now and then.
 *
 * A block of 256 KiB is above the threshold (128 KiB) from which on malloc
 * takes a map of its own for it, of one page more for the header.
 *
 * Leaky: each 6th tick takes one and loses the one before: `[anonymous]` grows
 * by 266240 bytes in 1.5 s, 177493 bytes per second, in steps.
 * Repaired: only the 24th tick takes one and keeps it; one step, no leak.
 */
#include "tick.h"

enum { BLOCK = 262144, EACH = 6, ONCE = 24 };

static char *block;

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 1; ticks < 0 || tick <= ticks; tick++) {
		if (LEAK ? tick % EACH == 0 : tick == ONCE) {
			block = malloc(BLOCK);
			touch(block, BLOCK);
		}
		next_tick();
	}
	return 0;
}
