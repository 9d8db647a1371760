/** The programs that the test of the keychain runs on Linux: GNOME Keyring on a bus of its own. */
import { spawnSync } from 'node:child_process'
import { installPackages } from './apt.mjs'

const programs = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']
const packages = ['dbus', 'gnome-keyring', 'libsecret-1-0', 'libsecret-tools']

/** Installs them where that can be done; their test skips, and says why, where they are missing. */
export const installKeyring = () => installPackages(packages, isHere)

function isHere() {
  return programs.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)
}
