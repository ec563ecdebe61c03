/*
 * Takes memory until the kernel ends it, or holds some and waits:
 *
 *     sensord grow      64 KiB every 20 ms, each page written to, never freed
 *     logger hold       4 MiB, written to once
 *
 * Both are this program under two names.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, HELD = 4 * 1024 * 1024, TICK = 20 * 1000 };

static char *touched(size_t size)
{
	char *block = malloc(size);
	if (!block)
		exit(1);
	return memset(block, 1, size);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "hold") == 0) {
		touched(HELD);
		pause();
	}
	for (;;) {
		touched(BLOCK);
		usleep(TICK);
	}
}
