/* What the pairs share: a clock of four ticks a second, and writing to memory.
 *
 * Each source is built twice: with -DLEAK=1 the leaky program, with -DLEAK=0
 * the repaired one. Usage of all: PROGRAM [TICKS]   (without TICKS: until a
 * signal ends it)
 */
#ifndef TICK_H
#define TICK_H

#include <stdlib.h>
#include <time.h>

enum { PAGE = 4096, TICK_NS = 250000000 };

static inline long ticks_of(int argc, char **argv)
{
	return argc > 1 ? atol(argv[1]) : -1;
}

/* Sleeps until the thread's next tick. Ticks are at fixed times, so that the
 * rate does not depend on how long the work between them takes. */
static inline void next_tick(void)
{
	static _Thread_local struct timespec at;

	if (at.tv_sec == 0)
		clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += TICK_NS;
	if (at.tv_nsec >= 1000000000) {
		at.tv_nsec -= 1000000000;
		at.tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

/* Writes to each page. */
static inline void touch(char *memory, size_t size)
{
	for (size_t at = 0; at < size; at += PAGE)
		memory[at] = 1;
	memory[size - 1] = 1;
}

#endif
