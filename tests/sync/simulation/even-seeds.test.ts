import { seedsFrom } from './campaign.ts'
import { regressions } from './regressions.ts'
import { runSeeds } from './run-seeds.ts'

runSeeds([...new Set([...regressions.filter((seed) => seed % 2 === 0), ...seedsFrom(2, 12, 2)])])
