/* reserve: address space, and memory.
 *
 * Each tick reserves 1 MiB of anonymous address space and never gives it back:
 * Size grows by 4 MiB per second in both programs.
 *
 * Leaky: it writes to the first 16 KiB of each: `[anonymous]` grows by 65536
 * bytes of private memory per second. memcheck and LeakSanitizer look at
 * malloc only and see nothing.
 * Repaired: nothing is ever written there: no memory is taken.
 */
#include "tick.h"
#include <stdio.h>
#include <sys/mman.h>

enum { RESERVED = 1 << 20, TOUCHED = 16384 };

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		char *map = mmap(NULL, RESERVED, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		if (map == MAP_FAILED) {
			perror("reserve");
			return 1;
		}
		if (LEAK)
			touch(map, TOUCHED);
		next_tick();
	}
	return 0;
}
