import * as z from 'zod'
import { UpdateChannel } from '#shared/updates.ts'
import { PackageKind } from './package-kind.ts'
import { valid } from 'semver'

/** What the manifests of other programs are told apart by. */
export const PRODUCT = 'hudson-desktop'
/** No package of ours comes near it. */
export const MAX_ARTIFACT_BYTES = 1024 * 1024 * 1024

const Version = z.string().refine((text) => valid(text) === text, 'is not a version such as 1.2.0')
const Instant = z.iso.datetime()

const ReleaseFile = z.strictObject({
  /** Beside the manifest; a plain name, so that it leads nowhere else on the server or on this disk. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/),
  kind: PackageKind,
  size: z.int().min(1).max(MAX_ARTIFACT_BYTES),
  /** Base64 of the 64 bytes. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
})
export type ReleaseFile = z.infer<typeof ReleaseFile>

/** What a release is, for one channel, platform and architecture. It is believed only once its signature was checked. */
export const Manifest = z.strictObject({
  schema: z.literal(1),
  product: z.string(),
  channel: UpdateChannel,
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.enum(['x64', 'arm64']),
  version: Version,
  /** Rises with every manifest of a channel, so that an old one cannot be shown again. */
  sequence: z.int().min(1),
  issuedAt: Instant,
  /** After that it counts for nothing: who holds back newer ones is found out. */
  expiresAt: Instant,
  /** Older versions than this cannot go to it directly. */
  minFromVersion: Version,
  /** The version of the local database that it brings. */
  dbSchema: z.int().min(1),
  files: z.array(ReleaseFile).min(1).max(8),
  /** Who gets it by itself: what is not a number from 0 to 100 is nobody. */
  rollout: z.strictObject({ seed: z.string().max(100), percent: z.unknown().optional() }),
  /** The versions that this one may be taken back to. */
  rollbackAllowed: z.array(Version).max(50),
  notes: z.string().max(20_000),
})
export type Manifest = z.infer<typeof Manifest>
