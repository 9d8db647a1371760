import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfNeeded, outDir } from '../scripts/build-if-needed.mjs'

// Runs the command in this process, from a build that is not older than its sources.
try {
  buildIfNeeded()
  void import(pathToFileURL(join(outDir, 'main', 'headless.js')).href)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
