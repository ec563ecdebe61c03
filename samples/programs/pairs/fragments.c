/* fragments: small blocks that hold whole pages.
 *
 * Each tick takes 4 records of 4080 bytes, 4096 with the header of malloc, and
 * then cuts each with realloc to the 40 bytes that it turned out to need. The
 * free rest of a record is too small for the next one.
 *
 * Leaky: the short records are lost. Each holds a piece of heap of 4096 bytes,
 * but the last of a tick 48 only, since its rest joins the free end of the
 * heap: `[heap]` grows by 12336 bytes per tick, 49344 bytes per second, though
 * memcheck and LeakSanitizer see 160 bytes per tick.
 * Repaired: the last 64 are kept, older ones freed, so that their pieces join
 * and serve again. The heap grows for 16 ticks, by 192 KiB, then settles.
 */
#include "tick.h"

enum { RECORDS = 4, LARGE = 4080, SHORT = 40, KEPT = 64 };

int main(int argc, char **argv)
{
	static char *kept[KEPT];
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		char *record[RECORDS];

		for (int i = 0; i < RECORDS; i++) {
			char **place = &kept[(tick * RECORDS + i) % KEPT];

			if (!LEAK)
				free(*place);
			record[i] = malloc(LARGE);
			touch(record[i], LARGE);
			*place = record[i];
		}
		for (int i = 0; i < RECORDS; i++)
			kept[(tick * RECORDS + i) % KEPT] = realloc(record[i], SHORT);
		next_tick();
	}
	return 0;
}
