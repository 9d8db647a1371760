import { holds, printTable } from './support.ts'
import type { Bench, BenchRow } from './support.ts'

const files = import.meta.glob<Bench>(['./*.ts', '!./main.ts', '!./support.ts', '!./catalogue.ts', '!./vite.config.ts'])
const benches = new Map(
  Object.entries(files)
    .map(([path, load]) => [path.replace(/^\.\/|\.ts$/g, ''), load] as const)
    .toSorted(([a], [b]) => a.localeCompare(b)),
)

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benches.has(name))
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(', ')}. There are: ${[...benches.keys()].join(', ')}`)
  process.exitCode = 2
} else {
  const rows: BenchRow[] = []
  for (const [name, load] of benches) {
    if (asked.length > 0 && !asked.includes(name)) continue
    console.log(`\n${name}`)
    const measured = await (await load()).run()
    printTable(measured)
    rows.push(...measured)
  }
  const slow = rows.filter((row) => !holds(row))
  console.log(slow.length === 0 ? '\nAll limits hold.' : `\n${slow.length} of the limits do not hold.`)
  process.exitCode = slow.length === 0 ? 0 : 1
}
