/* two-processes: forks; parent and child each leak a block of their own.
 *
 * By construction: the child loses 300 bytes in 1 block, the parent 200 bytes
 * in 1 block. A memcheck log without %p in its name gets the reports of both,
 * which differ by the ==PID== at the start of the lines only.
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void child_work(void)
{
	char *lost = malloc(300); /* leak of the child */
	lost[0] = 1;
}

static void parent_work(void)
{
	char *lost = malloc(200); /* leak of the parent */
	lost[0] = 1;
}

int main(void)
{
	pid_t child = fork();
	if (child == 0) {
		child_work();
		return 0;
	}
	parent_work();
	waitpid(child, NULL, 0);
	return 0;
}
