/** Shows rows in the order in which they stood, new ones on top: nothing may move under a pointer. */
export function keepOrder<T extends { readonly id: string }>(
  shown: readonly string[],
  rows: readonly T[],
): readonly T[] {
  const places = new Map(shown.map((id, index) => [id, index]))
  const known = rows.filter(({ id }) => places.has(id))
  const fresh = rows.filter(({ id }) => !places.has(id))
  return [...fresh, ...known.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0))]
}
