/** The programs that the test of the keychain runs on Linux: GNOME Keyring on a bus of its own. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const programs = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']
const packages = ['dbus', 'gnome-keyring', 'libsecret-1-0', 'libsecret-tools']

/** Installs them where that can be done without asking; their test skips, and says why, where they are missing. */
export function installKeyring() {
  const isDebianRoot = process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get')
  if (!isDebianRoot || isHere()) return
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  for (const [program, ...args] of [install, ['apt-get', 'update'], install]) {
    if (isHere()) return
    console.log(`No keyring found; running: ${[program, ...args].join(' ')}`)
    spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
  }
}

function isHere() {
  return programs.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)
}
