/* snapshot: a table that a child keeps a copy of.
 *
 * The program fills a table of 4 MiB, then forks a child that just keeps its
 * copy, as databases do for a backup. Each tick the parent rewrites the next
 * 16 KiB of the table: by copy-on-write these pages become private to both.
 * Private memory of parent and child grows by 65536 bytes per second, until
 * after 64 s the table is all copied; Rss does not grow at all.
 *
 * Leaky: each tick also loses 8176 bytes, 8192 with the header of malloc:
 * `[heap]` of the parent grows by 32768 bytes per second, and so does Rss.
 * Repaired: they are freed. What grows is no leak.
 */
#include "tick.h"
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { TABLE = 4 << 20, STEP = 16384, NOTE = 8176 };

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	char *table = malloc(TABLE);
	pid_t child;

	memset(table, 1, TABLE);
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	for (long tick = 0; tick != ticks; tick++) {
		char *note = malloc(NOTE);

		memset(note, 1, NOTE);
		memset(table + tick * STEP % TABLE, 2, STEP);
		if (!LEAK)
			free(note);
		next_tick();
	}
	kill(child, SIGKILL);
	free(table);
	return 0;
}
