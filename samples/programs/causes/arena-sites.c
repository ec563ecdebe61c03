/* arena-sites: threads that lose blocks, which come from their arenas.
 *
 * Each tick, in each of two threads, decode_packet loses 24 blocks of 504 bytes
 * (512 with malloc's header: 12288) and write_line 8 of them (4096). The arenas
 * grow by 32768 bytes per tick, 131072 bytes per second: 75 % of it from
 * decode_packet, 25 % from write_line.
 */
#include <pthread.h>
#include "tick.h"

static long ticks;

static void decode_packet(void)
{
	char *packet = malloc(504);
	touch(packet, 504);
}

static void write_line(void)
{
	char *line = malloc(504);
	touch(line, 504);
}

static void *work(void *nothing)
{
	for (long tick = 0; tick != ticks; tick++) {
		for (int i = 0; i < 24; i++)
			decode_packet();
		for (int i = 0; i < 8; i++)
			write_line();
		next_tick();
	}
	return nothing;
}

int main(int argc, char **argv)
{
	pthread_t threads[2];

	ticks = ticks_of(argc, argv);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
