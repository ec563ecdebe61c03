/* threads: started for one job each, and never joined.
 *
 * Each second tick starts a thread that writes to 16 KiB of its stack and ends.
 *
 * Leaky: nobody joins it, so that glibc keeps its stack for the result: per
 * thread 2 VMAs, a stack (8 MiB by default) and its guard page. Written are 6
 * pages of it: the 16 KiB with the frames around them are 5, glibc's own data
 * of the thread at the top the 6th. (Of a thread that has ended, glibc 2.36
 * gives back to the kernel only what lies more than 16 KiB below its last
 * frame.) `[anonymous: thread stack]` grows by 24576 bytes per thread, 49152
 * bytes per second; `[heap]` by 288, the thread's table of modules. memcheck
 * sees that table, possibly lost; LeakSanitizer sees nothing.
 * Repaired: it is joined; glibc uses its stack again.
 */
#include "tick.h"
#include <pthread.h>
#include <stdio.h>

enum { USED = 16384 };

static void *job(void *unused)
{
	char scratch[USED];

	touch(scratch, USED);
	return unused;
}

static void start_job(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, job, NULL)) {
		fputs("threads: no thread\n", stderr);
		exit(1);
	}
	if (!LEAK)
		pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		if (tick % 2 == 0)
			start_job();
		next_tick();
	}
	return 0;
}
