import { createHash } from 'node:crypto'
import { compare, prerelease } from 'semver'
import type { UpdateChannel } from '#shared/updates.ts'
import { refused } from './envelope.ts'
import { PRODUCT } from './manifest.ts'
import type { Manifest, ReleaseFile } from './manifest.ts'
import type { PackageKind } from './package-kind.ts'

/** This copy of Hudson, as far as an update must fit it. */
export interface Installed {
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly kind: PackageKind
  /** The version of the local database. */
  readonly dbSchema: number
  /** Tells this copy from others, for the rollout; random. */
  readonly copyId: string
}

/** What is asked for. */
export interface Wanted {
  readonly channel: UpdateChannel
  /** The highest sequence that was seen on the channel. */
  readonly sequence: number
  readonly now: string
  /** Whether an older version may come: only where a person asked for it. */
  readonly down: boolean
  /** A person asks: the rollout is for what comes by itself, but 0 means that it was taken back. */
  readonly byHand: boolean
}

export type Decision =
  | { readonly kind: 'offer'; readonly direction: 'up' | 'down'; readonly file: ReleaseFile }
  /** `reason` is for a person; without one all is as it should be. */
  | { readonly kind: 'none'; readonly reason?: string }

/** Throws `unauthorized` where the manifest, though signed, is not one for this copy of Hudson, or not one for today. */
export function checkManifest(manifest: Manifest, installed: Installed, wanted: Wanted): void {
  const { product, channel, platform, arch, sequence, expiresAt, issuedAt } = manifest
  if (product !== PRODUCT) throw refused('It is for another program.')
  if (channel !== wanted.channel) throw refused(`It is for the channel “${channel}”.`)
  if (platform !== installed.platform || arch !== installed.arch) throw refused('It is for another kind of computer.')
  if (Date.parse(expiresAt) <= Date.parse(wanted.now)) {
    throw refused('It is out of date. If this goes on, check the clock of this computer.')
  }
  if (Date.parse(issuedAt) > Date.parse(wanted.now) + DAY_MS)
    throw refused('It is from the future. Check the clock of this computer.')
  if (sequence < wanted.sequence) throw refused('It is older than one that was seen before.')
}

const DAY_MS = 24 * 3600 * 1000

/** What to do with a manifest that was checked. */
export function decide(manifest: Manifest, installed: Installed, { down, byHand }: Wanted): Decision {
  const { version, minFromVersion, files, dbSchema } = manifest
  const file = files.find(({ kind }) => kind === installed.kind)
  if (!file)
    return { kind: 'none', reason: `Version ${version} does not come as the kind of package that is installed here.` }
  const order = compare(version, installed.version)
  if (order === 0) return { kind: 'none' }
  if (order < 0) {
    if (!down) return { kind: 'none', ...stay(manifest, installed) }
    if (dbSchema < installed.dbSchema) {
      return {
        kind: 'none',
        reason: `Version ${version} cannot read the data of ${installed.version}. You stay on ${installed.version} until a newer one is there.`,
      }
    }
    return { kind: 'offer', direction: 'down', file }
  }
  if (compare(installed.version, minFromVersion) < 0) {
    return {
      kind: 'none',
      reason: `Version ${version} cannot be installed over ${installed.version}. Install ${minFromVersion} first, from the website.`,
    }
  }
  const percent = percentOf(manifest)
  if (percent === 0 || (!byHand && bucketOf(manifest, installed.copyId) >= percent)) return { kind: 'none' }
  return { kind: 'offer', direction: 'up', file }
}

/** A beta that is newer than what is stable stays: going down is never done by itself. */
function stay({ version, channel }: Manifest, installed: Installed): { reason?: string } {
  if (channel !== 'stable' || prerelease(installed.version) === null) return {}
  const until = installed.version.replace(/-.*$/, '')
  return {
    reason: `You stay on ${installed.version} until ${until} is there. The newest stable version is ${version}.`,
  }
}

/** What is no number from 0 to 100 is nobody, never everybody. */
function percentOf({ rollout: { percent } }: Manifest): number {
  return typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : 0
}

/** From 0 to 100, another for each version: so nobody is always among the first. */
function bucketOf({ rollout: { seed }, version }: Manifest, copyId: string): number {
  const hash = createHash('sha256').update(`${seed}\n${version}\n${copyId}`).digest()
  return (hash.readUInt32BE(0) / 2 ** 32) * 100
}
