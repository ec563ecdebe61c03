/* noise: a slow leak below a busy heap.
 *
 * A table has 96 blocks of random size, 16 to 4096 bytes. Each tick frees 48
 * random ones of them, gives free pages back to the kernel, and takes new
 * blocks. What the table holds wanders around 193 KiB. 2000 such turns before
 * the first tick let the heap settle. The random numbers are the same in each
 * run.
 *
 * Leaky: each tick also loses one block of 2032 bytes, 2048 with the header of
 * malloc. `[heap]` grows by 8192 bytes per second below the noise.
 * Repaired: that block is freed.
 */
#include "tick.h"
#include <malloc.h>
#include <string.h>

enum { BLOCKS = 96, TURNS = 48, LARGEST = 4096, LOST = 2032, SETTLING = 2000 };

static char *block[BLOCKS];

static void renew(int place)
{
	size_t size = 16 + (size_t)rand() % (LARGEST - 15);

	free(block[place]);
	block[place] = malloc(size);
	memset(block[place], 1, size);
}

/* Frees some blocks, gives free pages back to the kernel, and takes others. */
static void turn(void)
{
	int place[TURNS];

	for (int i = 0; i < TURNS; i++) {
		place[i] = rand() % BLOCKS;
		free(block[place[i]]);
		block[place[i]] = NULL;
	}
	malloc_trim(0);
	for (int i = 0; i < TURNS; i++)
		renew(place[i]);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	srand(1);
	for (int i = 0; i < SETTLING; i++)
		turn();
	for (long tick = 0; tick != ticks; tick++) {
		char *lost = malloc(LOST);

		memset(lost, 1, LOST);
		if (!LEAK)
			free(lost);
		turn();
		next_tick();
	}
	return 0;
}
