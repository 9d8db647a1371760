/** The fields of a patch that say something else than the row. */
export function differing<Row extends object>(row: Row, patch: Partial<Row>): Partial<Row> {
  return Object.fromEntries(
    Object.entries(patch).filter(([field, value]) => row[field as keyof Row] !== value),
  ) as Partial<Row>
}
