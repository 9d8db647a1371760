/** How many runs a test of faults makes: few in every test run, many by `npm run torture`. */
export function times(normal: number, torture: number): number {
  return process.env['HUDSON_TORTURE'] === '1' ? torture : normal
}
