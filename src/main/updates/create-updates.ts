import { join } from 'node:path'
import type { Config } from '../config.ts'
import { localSchema } from '../db/open.ts'
import type { UpdatePlatform } from './engine.ts'
import { trustedKeys } from './trusted-keys.ts'
import { UpdateRecord } from './update-record.ts'
import { Updates } from './updates.ts'
import type { UpdatesDeps } from './updates.ts'

/** How this copy of Hudson was installed. */
export interface UpdatesPort {
  /** Null where it was not. */
  readonly platform: UpdatePlatform | null
  readonly record: UpdateRecord
  readonly version: string
}

/** What is remembered of updates in that data folder. */
export function openUpdateRecord({ dataDir }: Pick<Config, 'dataDir'>): UpdateRecord {
  return new UpdateRecord(join(dataDir, 'updates', 'state.json'))
}

type Given = Pick<UpdatesDeps, 'log' | 'clock' | 'fetch'> & { readonly updates?: UpdatesPort }
type Core = Pick<UpdatesDeps, 'db' | 'events' | 'backUp'>

/** Updates of this copy; without a port they can only say that there are none. */
export function createUpdates(config: Config, { log, clock, fetch, updates: port }: Given, core: Core): Updates {
  return new Updates({
    ...core,
    log,
    clock,
    fetch,
    random: Math.random,
    record: port?.record ?? openUpdateRecord(config),
    platform: port?.platform ?? null,
    version: port?.version ?? config.version,
    dbSchema: localSchema,
    feedUrl: config.updatesUrl,
    files: config,
    trusted: trustedKeys(config.updateKeys),
  })
}
