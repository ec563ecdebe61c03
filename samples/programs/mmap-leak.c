/* mmap-leak: leaks whole mappings.
 *
 * Each second it maps 128 KiB of private anonymous memory, makes the last
 * page of it a guard page (PROT_NONE), writes to the first 64 KiB and forgets
 * the address. The guard pages keep the kernel from joining the mappings, so
 * the number of mappings grows.
 *
 * By construction: a leak. One tick adds 2 mappings (124 KiB rw-p and 4 KiB
 * ---p), 128 KiB of size and 64 KiB of Rss. The heap does not grow, and
 * memcheck, which looks at malloc only, reports nothing.
 *
 * Usage: mmap-leak [TICKS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, MAPPED = 131072, TOUCHED = MAPPED / 2 };

int main(int argc, char **argv)
{
	long ticks = argc > 1 ? atol(argv[1]) : -1;

	for (long tick = 0; tick != ticks; tick++) {
		char *lost = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (lost == MAP_FAILED
				|| mprotect(lost + MAPPED - PAGE, PAGE, PROT_NONE)) {
			perror("mmap-leak");
			return 1;
		}
		for (size_t at = 0; at < TOUCHED; at += PAGE)
			lost[at] = 1;
		sleep(1);
	}
	return 0;
}
