/* restarts: a worker that is restarted again and again.
 *
 * A supervisor starts a worker, waits until it ends after 30 ticks (7.5 s), and
 * starts the next. No worker lives long enough to become large.
 *
 * Leaky: a worker loses 16368 bytes each tick, 16384 with the header of malloc:
 * in each life `[heap]` grows by 65536 bytes per second.
 * Repaired: it takes such blocks in its first 6 ticks only, and keeps them:
 * each life warms up to 96 KiB. The supervisor is flat in both.
 */
#include "tick.h"
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIFE = 30, WARM = 6, BLOCK = 16368 };

static char *block[WARM];

static void work(void)
{
	for (int tick = 0; tick < LIFE; tick++) {
		if (LEAK || tick < WARM) {
			block[tick % WARM] = malloc(BLOCK);
			memset(block[tick % WARM], 1, BLOCK);
		}
		next_tick();
	}
}

int main(int argc, char **argv)
{
	long lives = argc > 1 ? (atol(argv[1]) + LIFE - 1) / LIFE : -1;

	for (long life = 0; life != lives; life++) {
		pid_t worker = fork();

		if (worker == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			work();
			return 0;
		}
		waitpid(worker, NULL, 0);
	}
	return 0;
}
