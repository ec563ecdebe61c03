/* arenas: threads that leak, each from its own arena of malloc.
 *
 * Two threads work all the time. Each tick each of them takes 32 blocks of 504
 * bytes, 512 with the header of malloc.
 *
 * Leaky: the blocks are lost. The arenas of threads other than the first are
 * anonymous maps of up to 64 MiB, of which malloc opens as much as it needs:
 * `[anonymous]` grows by 16384 bytes per tick and thread, 131072 bytes per
 * second. `[heap]` does not grow.
 * Repaired: they are freed before the next tick.
 */
#include "tick.h"
#include <pthread.h>

enum { THREADS = 2, BLOCKS = 32, SIZE = 504 };

static long ticks;

static void *work(void *unused)
{
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
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS];

	ticks = ticks_of(argc, argv);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
