/* odd-names: mappings whose names try to break a reader of maps and smaps.
 *
 * It makes files with hostile names in the folder odd/ below its cwd, maps
 * two pages of each (one is written to), and adds memory without a usual name: memfds, shared
 * anonymous memory, a SYSV segment, a device, and a private anonymous mapping
 * named by prctl (the last one only where the kernel has
 * CONFIG_ANON_VMA_NAME; elsewhere it says so and goes on).
 *
 * By construction: no leak. Nothing grows. No line of a name may be taken for
 * a header or a field: the kernel writes a newline in a name as \012, and
 * leaves all other bytes as they are, the backslash too. So \012 in maps can
 * be a newline or the four characters \012; the text does not tell which.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

enum { PAGE = 4096 };

static const char *const names[] = {
	"plain",
	"with blanks  and two",
	" leading blank",
	"trailing blank ",
	"<script>alert(1)<!-- &amp; \"'",
	"</script><img src=x onerror=alert(1)>",
	"not gone (deleted)",
	"new\nline",
	"header\n55d0c0de0000-55d0c0de9000 rw-p 00000000 00:00 0   [heap]",
	"field\nRss:              999999 kB",
	"55d0c0de0000-55d0c0de9000 rw-p 00000000 00:00 0 [heap]",
	"Rss:              999999 kB",
	"[heap]",
	"tab\there",
	"carriage\rreturn",
	"escape\033[31mred\033[0m",
	"bell\a and delete\177",
	"invalid \377\376 utf-8 \303(",
	"utf-8 \303\244\342\202\254 \342\200\256rtl",
	"=cmd|' /C calc'!A0",
	"@SUM(1+1)*cmd",
	"comma, \"quote\"; semicolon",
	"back\\slash \\012 and \\x41",
	"$(touch owned) `touch owned` %s %n",
	"==1234== Invalid read of size 4",
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void touch_pages(char *p, size_t size)
{
	for (size_t at = 0; at < size; at += PAGE)
		p[at] = 1;
}

static void map_file(const char *name, int gone)
{
	char path[512];
	snprintf(path, sizeof path, "odd/%s", name);
	for (char *slash = path + 4; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0'; /* a name with a slash is a folder and a file */
		mkdir(path, 0700);
		*slash = '/';
	}
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || ftruncate(fd, 2 * PAGE))
		die(path);
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		die("mmap");
	touch_pages(p, PAGE);
	close(fd);
	if (gone)
		unlink(path);
}

static void map_memfd(const char *name)
{
	int fd = memfd_create(name, 0);
	if (fd < 0 || ftruncate(fd, 2 * PAGE))
		die("memfd_create");
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		die("mmap");
	touch_pages(p, PAGE);
	close(fd);
}

int main(void)
{
	mkdir("odd", 0700);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		map_file(names[i], 0);
	map_file("gone", 1);
	map_file("twice (deleted)", 1);

	char longest[256];
	memset(longest, 'n', 255);
	longest[255] = '\0';
	map_file(longest, 0);

	map_memfd("named");
	map_memfd("");
	map_memfd("with ] and\nnewline");

	char *shared = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	touch_pages(shared, PAGE);

	int segment = shmget(IPC_PRIVATE, 4 * PAGE, IPC_CREAT | 0600);
	if (segment < 0)
		die("shmget");
	char *sysv = shmat(segment, NULL, 0);
	shmctl(segment, IPC_RMID, NULL); /* goes when the program ends */
	touch_pages(sysv, PAGE);

	int zero = open("/dev/zero", O_RDWR);
	char *device = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE,
			zero, 0);
	if (device == MAP_FAILED)
		die("/dev/zero");
	touch_pages(device, PAGE);
	close(zero);

	/* Between two pages without access, so that it stays one mapping. */
	char *named = mmap(NULL, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
			-1, 0);
	mprotect(named + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	touch_pages(named + PAGE, PAGE);
	if (prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, named + PAGE, 2 * PAGE,
			"demo arena"))
		fprintf(stderr, "odd-names: PR_SET_VMA_ANON_NAME: %s\n",
				strerror(errno));

	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
