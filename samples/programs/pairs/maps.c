/* maps: memory mapped and never unmapped.
 *
 * Each tick maps 64 KiB of anonymous memory and writes to the first 16 KiB.
 *
 * Leaky: it is never unmapped. `[anonymous]` grows by 65536 bytes of private
 * memory per second, and by 262144 of size. The kernel joins neighbouring
 * maps, so their number does not grow. memcheck and LeakSanitizer look at
 * malloc only and see nothing.
 * Repaired: it is unmapped before the next tick.
 */
#include "tick.h"
#include <stdio.h>
#include <sys/mman.h>

enum { MAPPED = 65536, TOUCHED = 16384 };

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		char *map = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (map == MAP_FAILED) {
			perror("maps");
			return 1;
		}
		touch(map, TOUCHED);
		if (!LEAK)
			munmap(map, MAPPED);
		next_tick();
	}
	return 0;
}
