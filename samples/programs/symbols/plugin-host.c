/*
 * Calls lost-frames.c, which is built as a library for it (liblost.so, with
 * -Dmain=lost_frames), then waits for the end of its input: time to capture
 * where the library was loaded.
 *
 * Truth: as of lost-frames.c, called from line 16.
 */
#include <stdio.h>

int lost_frames(void);

int main(void)
{
	int failed;

	failed = lost_frames();
	while (getchar() != EOF)
		;
	return failed;
}
