/** Installs packages of Debian, where that can be done without asking. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether this is a Debian whose root we are. */
export const isDebianRoot = process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get')

const install = (packages) => ['install', '-y', '--no-install-recommends', ...packages]

/** Tries until `isHere` says that what was missing is there; the lists may be stale or missing, so once more after an update. */
export async function installPackages(packages, isHere) {
  if (!isDebianRoot) return
  for (const args of [install(packages), ['update'], install(packages)]) {
    if (await isHere()) return
    console.log(`Not found: ${packages.join(', ')}; running: apt-get ${args.join(' ')}`)
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
  }
}
