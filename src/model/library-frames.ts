import type { StackFrame } from './leaks.js';

/**
 * Sources of the standard libraries of C++ and Rust, whose templates and generics are compiled into the program:
 * `/usr/include/c++/14/bits/stl_vector.h`, `basic_string.tcc`, `library/alloc/src/vec/mod.rs`, `/rustc/1a2b/library/…`.
 */
const SOURCES =
  /(?:^|\/)(?:library\/(?:alloc|core|std|proc_macro)\/src\/|rustlib\/src\/rust\/|include\/c\+\+\/)|(?:^|\/)(?:stl_\w+|basic_string|new_allocator|alloc_traits|std_function|std_thread|shared_ptr_base|hashtable_policy|allocated_ptr)\.(?:h|tcc)$|(?:^|\/)(?:vector|deque|list|hashtable)\.tcc$/;

/** Their namespaces and crates; `<T as alloc::…>`: a trait that Rust's library implements for a type. */
const NAMES = /^(?:std|__gnu_cxx|alloc|core|hashbrown)::|^<(?:[^<>]{1,80} as )?(?:std|alloc|core|hashbrown)::/;

/** Whether a frame is of a standard library that was compiled into the program: not where its author would look. */
export function isOfStandardLibrary({ symbol, file }: StackFrame): boolean {
  return (file !== undefined && SOURCES.test(file)) || (symbol !== undefined && NAMES.test(nameOf(symbol)));
}

/** A function's name without the type it returns, which demanglers print of templates: `void std::f<int>(int) const`. */
function nameOf(symbol: string): string {
  const end = symbol.endsWith(' const') ? symbol.length - 6 : symbol.length;
  let depth = 0;
  for (let at = end - 1; at > 0; at--) {
    const character = symbol[at] as string;
    if (CLOSING.includes(character)) depth++;
    else if (OPENING.includes(character)) depth--;
    else if (character === ' ' && depth === 0) return symbol.slice(at + 1);
  }
  return symbol;
}

const OPENING = '<([{';
const CLOSING = '>)]}';
