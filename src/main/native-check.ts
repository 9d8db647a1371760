import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** A part of the installed program is missing, or is one of another system. Its message is for people. */
export class CorruptedInstallation extends Error {
  constructor(logDir: string, cause: unknown) {
    super(
      'The installation of Hudson is corrupted: a part of it is missing, or belongs to another system. Your data is safe and ' +
        `was not touched. Install Hudson again; it goes on where it was. The log says more: ${join(logDir, 'hudson.log')}`,
      { cause },
    )
    this.name = 'CorruptedInstallation'
  }
}

/**
 * Loads the native database once, before anything of the data folder is opened: an antivirus program, a copy from another
 * computer or an update that was cut short leaves Hudson without it. Nothing that needs it may be imported statically by
 * the entries, else they fail before this can say so. Throws `CorruptedInstallation`.
 */
export async function checkNativeModules({ logDir }: Config, log: Log): Promise<void> {
  try {
    const { default: Database } = await import('better-sqlite3')
    new Database(':memory:').close()
  } catch (error) {
    log.error('the native database cannot be loaded', {
      error,
      platform: process.platform,
      arch: process.arch,
      node: process.versions.node,
    })
    throw new CorruptedInstallation(logDir, error)
  }
}
