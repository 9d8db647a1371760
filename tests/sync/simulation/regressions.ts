/** Seeds that found a fault once. They run with every test. */
export const regressions: readonly number[] = [
  19, 24, 37, 42, 106, 137, 184, 240, 251, 339, 464, 467, 483, 488, 492, 546, 722, 840, 852, 1063, 2015, 2126,
]
