import type { KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { checkManifest, decide } from './decide.ts'
import type { Wanted } from './decide.ts'
import type { Release, UpdatePlatform } from './engine.ts'
import { MAX_MANIFEST_BYTES, openEnvelope } from './envelope.ts'
import { fetchBytes } from './safe-fetch.ts'
import type { Fetch } from './safe-fetch.ts'
import type { UpdateRecord } from './update-record.ts'

interface FindDeps {
  readonly record: UpdateRecord
  readonly platform: UpdatePlatform
  readonly feedUrl: string
  readonly trusted: readonly KeyObject[]
  readonly version: string
  readonly dbSchema: number
  readonly clock: Clock
  readonly fetch: Fetch
  readonly signal: AbortSignal
}

/** What the channel has for this copy; `reason` says, for a person, why nothing comes. Throws where it is not to be believed. */
export async function findRelease(
  { record, platform: about, feedUrl, trusted, version, dbSchema, clock, fetch, signal }: FindDeps,
  asked: Pick<Wanted, 'down' | 'byHand'>,
): Promise<{ readonly release: Release | null; readonly reason: string | undefined }> {
  const { channel, copyId, sequences } = record.state
  const { platform, arch, kind } = about
  const url = new URL(`${channel}/${platform}-${arch}.release`, feedUrl)
  const manifest = openEnvelope(await fetchBytes(url.href, MAX_MANIFEST_BYTES, { fetch, signal }), trusted)
  const installed = { version, platform, arch, kind, dbSchema, copyId }
  const wanted = { channel, sequence: sequences[channel] ?? 0, now: clock.now(), ...asked }
  checkManifest(manifest, installed, wanted)
  record.change({ sequences: { ...sequences, [channel]: manifest.sequence } })
  const decision = decide(manifest, installed, wanted)
  if (decision.kind === 'none') return { release: null, reason: decision.reason }
  const { file, direction } = decision
  const release = { manifest, file, url: new URL(file.name, url).href, isDown: direction === 'down' }
  return { release, reason: undefined }
}
