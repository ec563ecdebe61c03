/* heap-sites: two places that lose blocks from [heap], beside a cache that is
 * filled once.
 *
 * Each tick, parse_message loses 24 blocks of 504 bytes (512 with malloc's
 * header: 12288) and open_session loses 2 of 2040 bytes (2048: 4096). [heap]
 * grows by 16384 bytes per tick, 65536 bytes per second: 75 % of it from
 * parse_message, 25 % from open_session. The cache of 48 blocks of 8176 bytes
 * is there from the start, still reachable, and does not grow.
 */
#include "tick.h"

static char *cache[48];

static void fill_cache(void)
{
	for (int i = 0; i < 48; i++) {
		cache[i] = malloc(8176);
		touch(cache[i], 8176);
	}
}

static void parse_message(void)
{
	char *message = malloc(504);
	touch(message, 504);
}

static void open_session(void)
{
	char *session = malloc(2040);
	touch(session, 2040);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	fill_cache();
	for (long tick = 0; tick != ticks; tick++) {
		for (int i = 0; i < 24; i++)
			parse_message();
		for (int i = 0; i < 2; i++)
			open_session();
		next_tick();
	}
	return 0;
}
