/* mapping-kinds: one mapping of each kind that a plain C program can have.
 *
 * By construction, beside its code, its libraries and the main stack:
 *   .bss of 300000 bytes, every page written to;
 *   one thread: an 8 MiB stack with a guard page, and an arena with 64 KiB in use;
 *   a block of 3 MiB of malloc, which glibc maps by itself (unnamed anonymous);
 *   a memfd, POSIX shared memory, a System V segment, shared anonymous memory,
 *   each of 128 KiB, every page written to;
 *   64 KiB that can be written to and executed, as a JIT compiler has them;
 *   16 MiB of reserved address space without access;
 *   a data file (mapping-kinds.dat in its cwd) of 16 KiB, mapped to be read.
 *
 * No leak. Nothing grows.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

enum { KIB = 1024, MIB = 1024 * KIB, SHARED = 128 * KIB };

static char variables[300000];

static void *hold(void *unused)
{
	(void)unused;
	char *block = malloc(64 * KIB);
	memset(block, 1, 64 * KIB);
	pause();
	return block;
}

static void share(int fd)
{
	if (ftruncate(fd, SHARED) != 0)
		perror("ftruncate");
	memset(mmap(NULL, SHARED, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), 1, SHARED);
}

int main(void)
{
	memset(variables, 1, sizeof(variables));
	memset(malloc(3 * MIB), 1, 3 * MIB);

	share(memfd_create("frames", 0));
	int fd = shm_open("/mapping-kinds", O_RDWR | O_CREAT, 0600);
	share(fd);
	shm_unlink("/mapping-kinds");
	int segment = shmget(IPC_PRIVATE, SHARED, IPC_CREAT | 0600);
	memset(shmat(segment, NULL, 0), 1, SHARED);
	shmctl(segment, IPC_RMID, NULL);
	memset(mmap(NULL, SHARED, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), 1, SHARED);

	memset(mmap(NULL, 64 * KIB, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 0xc3, 64 * KIB);
	mmap(NULL, 16 * MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	int data = open("mapping-kinds.dat", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (ftruncate(data, 16 * KIB) != 0)
		perror("ftruncate");
	mmap(NULL, 16 * KIB, PROT_READ, MAP_PRIVATE, data, 0);

	pthread_t thread;
	pthread_create(&thread, NULL, hold, NULL);
	pause();
	return 0;
}
