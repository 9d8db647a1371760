import { v5 } from 'uuid'

/** Never changes: it is what makes the sample data the same on every machine. */
const NAMESPACE = '7f0c2c52-5a0e-4b6e-9d3f-2a8f3c1be6d4'

/** The id of a named thing of the sample data, the same each time and everywhere. */
export function stableId(kind: string, ...names: readonly (string | number)[]): string {
  return v5([kind, ...names].join('/'), NAMESPACE)
}
