import type { RestoreChanges, RestoredKind } from '#shared/backups.ts'

const names: Readonly<Record<RestoredKind, readonly [one: string, many: string]>> = {
  brands: ['brand', 'brands'],
  products: ['product', 'products'],
  variants: ['variant', 'variants'],
  pictures: ['picture', 'pictures'],
  sessions: ['session', 'sessions'],
  items: ['line-up item', 'line-up items'],
  points: ['version of talking points', 'versions of talking points'],
  presets: ['message preset', 'message presets'],
}

/** What a restore would do, line by line. */
export function describeRestore(changes: readonly RestoreChanges[]): string[] {
  if (changes.length === 0) return ['Everything in the backup is here as it was. Restoring would change nothing.']
  return changes.flatMap(({ kind, comeBack, change, newer, examples }) => [
    ...line(comeBack, kind, { verbs: ['comes back', 'come back'], examples: examples.comeBack }),
    ...line(change, kind, {
      verbs: ['goes back to what it was', 'go back to what they were'],
      examples: examples.change.map(({ name, fields }) => `${name} (${fields.join(', ')})`),
    }),
    ...line(newer, kind, {
      verbs: ['was made since, and stays', 'were made since, and stay'],
      examples: examples.newer,
    }),
  ])
}

interface Line {
  readonly verbs: readonly [one: string, many: string]
  readonly examples: readonly string[]
}

function line(count: number, kind: RestoredKind, { verbs, examples }: Line): string[] {
  if (count === 0) return []
  const at = count === 1 ? 0 : 1
  const more = count > examples.length ? ', …' : ''
  return [`${count} ${names[kind][at]} ${verbs[at]}: ${examples.join('; ')}${more}`]
}
