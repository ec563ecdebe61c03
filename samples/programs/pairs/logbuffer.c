/* logbuffer: a log in memory that only grows.
 *
 * Each tick adds 8192 bytes of text to the log.
 *
 * Leaky: the buffer is made longer by realloc each time, 32768 bytes per
 * second. Up to 128 KiB, in the first 4 s, it lies in `[heap]`; then realloc
 * moves it to a map of its own, and `[anonymous]` grows. What it took in the
 * heap stays there, free. The log is still in use: memcheck reports it as
 * still reachable, LeakSanitizer nothing.
 * Repaired: a ring of 64 KiB; the oldest text is written over.
 */
#include "tick.h"
#include <string.h>

enum { TEXT = 8192, RING = 65536 };

static char *log_text;

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	size_t end = 0, length = 0;

	for (long tick = 0; tick != ticks; tick++) {
		if (LEAK || length < RING) {
			length += TEXT;
			log_text = realloc(log_text, length);
		}
		if (end == length)
			end = 0;
		memset(log_text + end, 'x', TEXT);
		end += TEXT;
		next_tick();
	}
	return 0;
}
