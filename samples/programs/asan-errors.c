/* asan-errors: errors for AddressSanitizer, chosen by the first argument.
 *
 *   overflow   read of 4 bytes, 4 bytes after a block of 40 bytes
 *   two        the same read, then a write of 1 byte, 0 bytes after a block
 *              of 10 bytes: two reports when ASan does not stop at the first
 *   segv       write to the address 0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int *volatile nowhere;

static int sum(const int *numbers, int from, int count)
{
	int total = 0;
	for (int i = 0; i < count; i++)
		total += numbers[from + i];
	return total;
}

static void overflow(void)
{
	int *numbers = calloc(10, sizeof *numbers);
	printf("sum: %d\n", sum(numbers, 11, 1)); /* the read */
	free(numbers);
}

static void terminate(char *text, volatile int length)
{
	text[length] = '\0'; /* the write */
}

static void overwrite(void)
{
	char *text = malloc(10);
	memset(text, 'x', 10);
	terminate(text, 10);
	free(text);
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (!strcmp(mode, "overflow"))
		overflow();
	else if (!strcmp(mode, "two")) {
		overflow();
		overwrite();
	} else if (!strcmp(mode, "segv"))
		*nowhere = 1;
	else {
		fprintf(stderr, "usage: asan-errors overflow|two|segv\n");
		return 2;
	}
	return 0;
}
