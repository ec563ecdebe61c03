/**
 * Where valgrind loads executables that may be loaded anywhere, on all its platforms: coregrind/m_ume/elf.c,
 * `if (ebase < 0x108000) ebase = 0x108000`, which holds since the client's memory begins at 0.
 */
export const VALGRIND_LOAD_ADDRESS = 0x108000n;
