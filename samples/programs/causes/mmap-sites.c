/* mmap-sites: two places that lose blocks above malloc's mmap threshold, each
 * of which is a mapping of its own.
 *
 * Every 2nd tick, copy_frame loses a block of 150000 bytes (151552 with the
 * header, in pages); every 4th, make_thumbnail one of 133000 bytes (135168,
 * as 133016 bytes take 33 pages). Anonymous memory grows by 303104 + 135168
 * bytes per second: 69.2 % of it from copy_frame, 30.8 % from make_thumbnail.
 */
#include "tick.h"

static void copy_frame(void)
{
	char *frame = malloc(150000);
	touch(frame, 150000);
}

static void make_thumbnail(void)
{
	char *thumbnail = malloc(133000);
	touch(thumbnail, 133000);
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		if (tick % 2 == 0)
			copy_frame();
		if (tick % 4 == 1)
			make_thumbnail();
		next_tick();
	}
	return 0;
}
