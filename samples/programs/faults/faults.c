/* faults: dies by a fault that the first argument names.
 *
 *   null-dereference     reads the field at 0x10 of a session that is not there
 *   write-to-constant    writes the first letter of a string literal
 *   jump-to-data         calls a table as if it were a function
 *   use-after-munmap     reads a buffer after its munmap
 *   stack-overflow       recurses without end in the main thread
 *   thread-overflow      recurses without end in another thread
 *   beyond-heap          writes on behind a block until the heap ends
 *   overwritten-pointer  follows a pointer that a long name has overwritten
 *
 * It stops twice, with "ready" on stdout, until it reads a line: when all is
 * prepared, and right before the fault. Between the two only use-after-munmap
 * does something: the munmap.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct session {
	char user[16];
	int score;
};

struct entry {
	char name[8];
	const char *value;
};

static const char *const greeting = "hello";
static unsigned char table[64] = { 0x90, 0x90, 0xc3 };
static struct entry entry;
static const char *volatile long_name = "configurBBBB";
static size_t frame_size = 512;

static void ready(void)
{
	puts("ready");
	fflush(stdout);
	while (getchar() != '\n')
		;
}

static void ready_twice(void)
{
	ready();
	ready();
}

static struct session *find_session(int number)
{
	return number == 1 ? calloc(1, sizeof(struct session)) : NULL;
}

static int session_score(const struct session *session)
{
	return session->score;
}

static void capitalize(char *text)
{
	text[0] = 'H';
}

static void call(void (*function)(void))
{
	function();
}

static int checksum(const volatile unsigned char *buffer, size_t size)
{
	int sum = 0;
	for (size_t i = 0; i < size; i += 64)
		sum += buffer[i];
	return sum;
}

static size_t descend(size_t depth)
{
	volatile char frame[512];
	memset((void *)frame, (int)depth, frame_size);
	return descend(depth + 1) + (size_t)frame[0];
}

static void *descend_in_thread(void *unused)
{
	(void)unused;
	ready_twice();
	return (void *)descend(0);
}

static void fill(volatile int *readings, size_t from, size_t count)
{
	for (size_t i = from; i < count; i++)
		readings[i] = 1;
}

static void rename_entry(struct entry *renamed, const char *name)
{
	char *to = renamed->name;
	while (*name != '\0')
		*to++ = *name++;
}

int main(int argc, char **argv)
{
	const char *fault = argc > 1 ? argv[1] : "";

	if (!strcmp(fault, "null-dereference")) {
		struct session *session = find_session(2);
		ready_twice();
		return session_score(session);
	}
	if (!strcmp(fault, "write-to-constant")) {
		ready_twice();
		capitalize((char *)(uintptr_t)greeting);
	} else if (!strcmp(fault, "jump-to-data")) {
		ready_twice();
		call((void (*)(void))(uintptr_t)table);
	} else if (!strcmp(fault, "use-after-munmap")) {
		size_t size = 256 * 1024;
		void *buffer = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		memset(buffer, 1, size);
		ready();
		munmap(buffer, size);
		ready();
		return checksum((unsigned char *)buffer + 4096, 4096);
	} else if (!strcmp(fault, "stack-overflow")) {
		ready_twice();
		return (int)descend(0);
	} else if (!strcmp(fault, "thread-overflow")) {
		pthread_t thread;
		pthread_create(&thread, NULL, descend_in_thread, NULL);
		pthread_join(thread, NULL);
	} else if (!strcmp(fault, "beyond-heap")) {
		volatile int *readings = malloc(16384 * sizeof *readings);
		fill(readings, 0, 16384);
		ready_twice();
		fill(readings, 16384, SIZE_MAX);
	} else if (!strcmp(fault, "overwritten-pointer")) {
		entry.value = NULL;
		rename_entry(&entry, long_name);
		ready_twice();
		return entry.value[0];
	}
	fprintf(stderr, "usage: faults null-dereference|write-to-constant|jump-to-data|use-after-munmap|\n"
		"stack-overflow|thread-overflow|beyond-heap|overwritten-pointer\n");
	return 2;
}
