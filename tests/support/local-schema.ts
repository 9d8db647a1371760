import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

/** The version of the local database: the number of its migrations. */
export const localSchema = readdirSync(resolve(import.meta.dirname, '..', '..', 'migrations', 'local')).length
