/* Dies by the fault that its argument names; the kernel logs it. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static const char text[] = "constant";

int main(int argc, char **argv)
{
    const char *fault = argc > 1 ? argv[1] : "";
    if (strcmp(fault, "null-write") == 0)
        *(volatile int *)16 = 1;
    if (strcmp(fault, "null-read") == 0)
        return *(volatile int *)8;
    if (strcmp(fault, "constant-write") == 0)
        *(volatile char *)(uintptr_t)text = 'C';
    if (strcmp(fault, "execute-data") == 0) {
        void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        ((void (*)(void))(uintptr_t)data)();
    }
    if (strcmp(fault, "wild-read") == 0)
        return *(volatile int *)0xdead000000000000;
    if (strcmp(fault, "illegal-instruction") == 0)
        __builtin_trap();
    fprintf(stderr, "usage: segfaults null-write|null-read|constant-write|execute-data|wild-read|illegal-instruction\n");
    return 2;
}
