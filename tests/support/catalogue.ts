/** Every text of a catalogue, by its key. */
export function textsOf(catalogue: object, above = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${above}${name}`, value]] : textsOf(value as object, `${above}${name}.`),
  )
}
