/* odd-comm: a process whose comm tries to break a reader of stat and status.
 *
 *   odd-comm brackets   comm is: a) S 1 (b
 *   odd-comm newline    comm is: a, newline, VmRSS:, tab, 9 kB
 *
 * By construction: no leak. In stat the comm ends at the last ')' of the
 * file; a newline in it stays a newline in stat and is written as \n in
 * status.
 */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int newline = argc > 1 && !strcmp(argv[1], "newline");
	prctl(PR_SET_NAME, newline ? "a\nVmRSS:\t9 kB" : "a) S 1 (b", 0, 0, 0);
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
