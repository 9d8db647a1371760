import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { AppError } from '#shared/app-error.ts'
import { Manifest } from './manifest.ts'

// A manifest travels as one file, so that it and its signatures cannot come from two releases:
//
//   hudson-release 1
//   ed25519 <id of the key> <base64 of the signature>
//   (one such line for each key)
//
//   { the manifest, as JSON }
//
// What is signed are the bytes after the empty line, exactly as they are, behind a prefix that no other signature of ours has.
// They are parsed only once a signature of a trusted key fits.

const FIRST = 'hudson-release 1'
const SIGNED_AS = Buffer.from('hudson-release-manifest-v1\n')
const MAX_SIGNATURES = 8
const line = /^ed25519 ([0-9a-f]{64}) ([A-Za-z0-9+/]{86}==)$/

/** No manifest comes near it. */
export const MAX_MANIFEST_BYTES = 256 * 1024

/** The name of a key: the SHA-256 of its public half, as SPKI. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** A public key of Ed25519 from its PEM text. */
export function publicKeyFrom(pem: string): KeyObject {
  return createPublicKey(pem)
}

/** Writes a manifest with the signatures of these private keys (PEM). */
export function seal(manifest: Manifest, privateKeys: readonly string[]): Buffer {
  const body = Buffer.from(`${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`)
  const signed = Buffer.concat([SIGNED_AS, body])
  const lines = privateKeys.map((pem) => {
    const key = createPrivateKey(pem)
    return `ed25519 ${keyIdOf(createPublicKey(key))} ${sign(null, signed, key).toString('base64')}`
  })
  return Buffer.concat([Buffer.from(`${[FIRST, ...lines].join('\n')}\n\n`), body])
}

/** The manifest in it. Throws `unauthorized` where no key that is trusted has signed these bytes, or where they are no manifest. */
export function openEnvelope(bytes: Buffer, trusted: readonly KeyObject[]): Manifest {
  const end = bytes.indexOf('\n\n')
  if (bytes.length > MAX_MANIFEST_BYTES || end < 0 || end > 4_096) throw refused('It is no manifest of Hudson.')
  const [first, ...signatures] = bytes.subarray(0, end).toString('latin1').split('\n')
  if (first !== FIRST) throw refused('It is no manifest of Hudson.')
  const body = bytes.subarray(end + 2)
  const signed = Buffer.concat([SIGNED_AS, body])
  const keys = new Map(trusted.map((key) => [keyIdOf(key), key]))
  const fits = signatures.slice(0, MAX_SIGNATURES).some((text) => {
    const [, id = '', signature = ''] = line.exec(text) ?? []
    const key = keys.get(id)
    return key !== undefined && verify(null, signed, key, Buffer.from(signature, 'base64'))
  })
  if (!fits) throw refused('It is not signed by Hudson’s makers.')
  const parsed = Manifest.safeParse(asJson(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refused(`Its manifest cannot be read (${issue?.path.join('.')}: ${issue?.message}).`)
}

function asJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

/** Said of an update that is not to be trusted. */
export function refused(why: string): AppError {
  return new AppError('unauthorized', `The update was refused. ${why} Nothing was downloaded or installed.`)
}
