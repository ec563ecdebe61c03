/* forks: a server that forks for each request.
 *
 * Each tick it takes 8176 bytes for a request, 8192 with the header of malloc,
 * and forks. The child works on its copy and ends at once; the server waits
 * for it.
 *
 * Leaky: the server forgets the request: `[heap]` grows by 32768 bytes per
 * second. That the child has freed its copy changes nothing.
 * Repaired: the server frees it too.
 */
#include "tick.h"
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST = 8176 };

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		char *request = malloc(REQUEST);
		pid_t child;

		memset(request, 1, REQUEST);
		child = fork();
		if (child == 0) {
			memset(request, 2, REQUEST);
			free(request);
			_exit(0);
		}
		waitpid(child, NULL, 0);
		if (!LEAK)
			free(request);
		next_tick();
	}
	return 0;
}
