/*
 * Takes messages apart and loses some of the parts. Run stripped, so that the
 * tools print addresses only; the names and lines are in the debug file.
 *
 * Truth: keep_header loses 48 bytes in 1 block for each message (line 30,
 * called in line 44), copy_field 100 bytes in 1 block (line 23, inlined into
 * parse_message in line 43, which main calls in line 65). Three messages: 144
 * bytes in 3 blocks and 300 bytes in 3 blocks, all definitely lost.
 */
#include <stdlib.h>
#include <string.h>

struct header {
	int length;
	char name[44];
};

static void *volatile last;

/* Inlined always, so that one address stands for two lines of code. */
static inline __attribute__((always_inline)) char *copy_field(const char *from)
{
	char *field = malloc(100);
	return memcpy(field, from, 8);
}

static __attribute__((noinline)) struct header *keep_header(int length)
{
	/* Whoever calls forgets it. */
	struct header *header = malloc(sizeof *header);
	header->length = length;
	header->name[0] = 0;
	last = header;
	return header;
}

static __attribute__((noinline)) int parse_message(const char *message)
{
	char *field;
	int length;

	length = (int)strlen(message);
	field = copy_field(message);
	length += keep_header(length)->length;
	last = field;
	last = NULL;
	return length;
}

/* Overwrites what the calls before left on the stack and in registers. */
static __attribute__((noinline)) int forget(void)
{
	volatile char traces[1024];

	for (size_t i = 0; i < sizeof traces; i++)
		traces[i] = (char)(i + 1);
	return traces[strlen("to forget")];
}

int main(void)
{
	int parsed = 0;

	for (int i = 0; i < 3; i++)
		parsed += parse_message("a message to take apart");
	return parsed + forget() == 0;
}
