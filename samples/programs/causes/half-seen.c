/* half-seen: growth of which malloc, and so a leak checker, sees only a part.
 *
 * Each tick, read_config loses 24 blocks of 504 bytes (512 with malloc's header:
 * 12288) from [heap], and map_page maps 8192 bytes, which it writes to and
 * forgets. Private memory grows by 20480 bytes per tick, 81920 bytes per second:
 * 60 % of it from read_config; of the rest no leak checker knows.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include "tick.h"

static void read_config(void)
{
	char *config = malloc(504);
	touch(config, 504);
}

static void map_page(void)
{
	char *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	touch(page, 2 * PAGE);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		for (int i = 0; i < 24; i++)
			read_config();
		map_page();
		next_tick();
	}
	return 0;
}
