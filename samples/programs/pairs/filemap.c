/* filemap: private maps of a file, changed in memory.
 *
 * Each second tick maps the 64 KiB of table.bin privately and changes half of
 * it: these pages become memory of the process.
 *
 * Leaky: it is never unmapped: `/opt/demo/pairs/table.bin` grows by 65536
 * bytes of private memory per second and by two VMAs. memcheck and
 * LeakSanitizer look at malloc only and see nothing.
 * Repaired: it is unmapped at once.
 */
#include "tick.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LENGTH = 65536, CHANGED = 32768 };

static void change_table(int fd)
{
	char *table = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

	if (table == MAP_FAILED) {
		perror("filemap");
		exit(1);
	}
	touch(table, CHANGED);
	if (!LEAK)
		munmap(table, LENGTH);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);
	int fd = open("/opt/demo/pairs/table.bin", O_RDONLY);

	for (long tick = 0; tick != ticks; tick++) {
		if (tick % 2 == 0)
			change_table(fd);
		next_tick();
	}
	close(fd);
	return 0;
}
