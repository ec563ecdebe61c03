/*
 * Writes to a null pointer in a function that is inlined. Run stripped, so that
 * the kernel's line has an address only.
 *
 * Truth: set_level writes 4 bytes to address 8 in line 18; inlined into
 * raise_alarm, line 25; called by main, which the kernel does not tell.
 */
struct alarm {
	long id;
	int level;
};

/* Volatile, so that the compiler does not see that it is null. */
static struct alarm *volatile current;

static inline __attribute__((always_inline)) void set_level(struct alarm *alarm, int level)
{
	alarm->level = level;
}

static __attribute__((noinline)) void raise_alarm(int level)
{
	struct alarm *alarm = current;

	set_level(alarm, level + 1);
}

int main(void)
{
	raise_alarm(3);
	return 0;
}
