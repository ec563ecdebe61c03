/* shared-code: a program whose own code and constants are a visible size.
 *
 * It has 256 functions of some 1 KiB of machine code each, called through a
 * table, and a constant table of 256 KiB, read as a whole each second. All of
 * this is file-backed and clean, so two instances share it: Rss stays, Pss of
 * these mappings becomes half. Its private memory is small and steady.
 *
 * By construction: no leak. When a second instance starts, Pss of the first
 * one falls; when one ends, Pss of the other rises although that one did
 * nothing.
 *
 * Usage: shared-code [TICKS]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One step of a mixer with constants of its own, so that the compiler can
 * neither fold the functions together nor roll them up. */
#define STEP(n, k) \
	x ^= x >> (1 + ((n) + (k)) % 13); \
	x *= UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(2654435761) * (n) + 2 * (k); \
	x += UINT64_C(0xD1B54A32D192ED03) * ((n) + 31 * (k) + 1);
#define STEP4(n, k) STEP(n, k) STEP(n, k + 1) STEP(n, k + 2) STEP(n, k + 3)
#define STEP16(n, k) STEP4(n, k) STEP4(n, k + 4) STEP4(n, k + 8) STEP4(n, k + 12)

#define FUNCTION(a, b) \
	static __attribute__((noinline)) uint64_t mix_##a##b(uint64_t x) \
	{ STEP16(0x##a##b, 0) STEP4(0x##a##b, 16) STEP4(0x##a##b, 20) return x; }
#define NAME(a, b) mix_##a##b,

#define ROW(M, a) M(a, 0) M(a, 1) M(a, 2) M(a, 3) M(a, 4) M(a, 5) M(a, 6) \
	M(a, 7) M(a, 8) M(a, 9) M(a, A) M(a, B) M(a, C) M(a, D) M(a, E) M(a, F)
#define ALL(M) ROW(M, 0) ROW(M, 1) ROW(M, 2) ROW(M, 3) ROW(M, 4) ROW(M, 5) \
	ROW(M, 6) ROW(M, 7) ROW(M, 8) ROW(M, 9) ROW(M, A) ROW(M, B) ROW(M, C) \
	ROW(M, D) ROW(M, E) ROW(M, F)

ALL(FUNCTION)

static uint64_t (*const table[])(uint64_t) = { ALL(NAME) };

#define C1(i) (UINT64_C(0xBF58476D1CE4E5B9) * ((i) + 1)),
#define C8(i) C1(i) C1(i + 1) C1(i + 2) C1(i + 3) C1(i + 4) C1(i + 5) \
	C1(i + 6) C1(i + 7)
#define C64(i) C8(i) C8(i + 8) C8(i + 16) C8(i + 24) C8(i + 32) C8(i + 40) \
	C8(i + 48) C8(i + 56)
#define C512(i) C64(i) C64(i + 64) C64(i + 128) C64(i + 192) C64(i + 256) \
	C64(i + 320) C64(i + 384) C64(i + 448)
#define C4096(i) C512(i) C512(i + 512) C512(i + 1024) C512(i + 1536) \
	C512(i + 2048) C512(i + 2560) C512(i + 3072) C512(i + 3584)

static const uint64_t constants[] = {
	C4096(0) C4096(4096) C4096(8192) C4096(12288)
	C4096(16384) C4096(20480) C4096(24576) C4096(28672)
};

int main(int argc, char **argv)
{
	long ticks = argc > 1 ? atol(argv[1]) : -1;
	volatile uint64_t sink = 1;

	for (long tick = 0; tick != ticks; tick++) {
		uint64_t x = sink;
		for (size_t i = 0; i < sizeof table / sizeof *table; i++)
			x = table[i](x);
		for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
			x ^= constants[i];
		sink = x;
		sleep(1);
	}
	return 0;
}
