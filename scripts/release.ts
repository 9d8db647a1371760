import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ZodError } from 'zod'
import { checkManifest } from '../src/main/updates/decide.ts'
import { keyIdOf, openEnvelope, publicKeyFrom, seal } from '../src/main/updates/envelope.ts'
import { Manifest, PRODUCT } from '../src/main/updates/manifest.ts'
import type { ReleaseFile } from '../src/main/updates/manifest.ts'
import type { PackageKind } from '../src/main/updates/package-kind.ts'
import { sha512Of } from '../src/main/updates/package-file.ts'
import { trustedKeys } from '../src/main/updates/trusted-keys.ts'

// The `hudson-release` command: makes keys, signs a folder of packages for one platform, and looks at one as an installed
// Hudson would. Run by Node itself, without a build.

const usage = `hudson-release COMMAND

  keygen FILE
      Makes a key: the private half into FILE (only you can read it), the public half to standard output.

  sign FOLDER --version V --channel stable|beta --platform linux|darwin|win32 --arch x64|arm64 --sequence N
      Writes FOLDER/PLATFORM-ARCH.release for the packages in FOLDER (.AppImage .deb .rpm .exe .zip).
      --key FILE       private key; may be given twice. Or its text in HUDSON_RELEASE_KEY
      --from V         the oldest version that can go to it directly (0.1.0)
      --rollback V     a version that it may be taken back to; may be given several times
      --rollout N      percent of copies that get it by themselves (100); 0 takes it back
      --days N         how long it counts (60)
      --db-schema N    the version of the local database (that of this checkout)
      --notes FILE     what is new, as Markdown

  check FOLDER --channel stable|beta --platform P --arch A [--from V]
      Signature, fields and every file, as an installed Hudson of version V sees them.
      --trust FILE     a public key to believe instead of the built-in ones; may be given several times`

const kinds: readonly (readonly [string, PackageKind])[] = [
  ['.AppImage', 'AppImage'],
  ['.deb', 'deb'],
  ['.rpm', 'rpm'],
  ['.exe', 'nsis'],
  ['.zip', 'zip'],
]
const DAY_MS = 24 * 3600 * 1000
const root = resolve(import.meta.dirname, '..')

/** Said as it is, without a stack. */
class Refusal extends Error {}

const many = { type: 'string', multiple: true } as const
const one = { type: 'string' } as const
const options = {
  version: one,
  channel: one,
  platform: one,
  arch: one,
  sequence: one,
  from: one,
  rollout: one,
  days: one,
  'db-schema': one,
  notes: one,
  key: many,
  rollback: many,
  trust: many,
  help: { type: 'boolean' },
} as const

type Values = ReturnType<typeof read>['values']

function read(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true })
}

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = read(args)
  const [command, target, extra] = positionals
  if (values.help || command === undefined) return usage
  if (target === undefined || extra !== undefined) throw new Refusal(`${command} takes one FILE or FOLDER.\n\n${usage}`)
  if (command === 'keygen') return keygen(target)
  if (command === 'sign') return await signFolder(target, values)
  if (command === 'check') return await checkFolder(target, values)
  throw new Refusal(`There is no command "${command}".\n\n${usage}`)
}

function keygen(file: string): string {
  if (existsSync(file))
    throw new Refusal(`${file} is there already, and a key is never overwritten. Choose another name.`)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return publicKey.export({ type: 'spki', format: 'pem' }).toString().trim()
}

async function signFolder(folder: string, values: Values): Promise<string> {
  const keys = readKeys(values)
  const files = await findFiles(folder)
  if (files.length === 0)
    throw new Refusal(`There is no package in ${folder} (${kinds.map(([end]) => end).join(' ')}).`)
  const now = Date.now()
  const manifest = Manifest.parse({
    schema: 1,
    product: PRODUCT,
    channel: values.channel,
    platform: values.platform,
    arch: values.arch,
    version: values.version,
    sequence: numberOf('sequence', values.sequence),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + numberOf('days', values.days ?? '60') * DAY_MS).toISOString(),
    minFromVersion: values.from ?? '0.1.0',
    dbSchema: numberOf('db-schema', values['db-schema'] ?? String(ownSchema())),
    files,
    rollout: { seed: `${values.version} ${values.channel}`, percent: percentOf(values.rollout) },
    rollbackAllowed: values.rollback ?? [],
    notes: values.notes === undefined ? '' : readFileSync(values.notes, 'utf8'),
  })
  const path = join(folder, `${manifest.platform}-${manifest.arch}.release`)
  writeFileSync(path, seal(manifest, keys))
  const signers = keys.map((pem) => keyIdOf(publicKeyFrom(pem)).slice(0, 12)).join(', ')
  return `${path}: ${manifest.version} for ${manifest.channel}, ${files.length} file(s), signed by ${signers}`
}

async function checkFolder(folder: string, values: Values): Promise<string> {
  const path = join(folder, `${values.platform}-${values.arch}.release`)
  if (!existsSync(path))
    throw new Refusal(`${path} is not there. Sign the folder first, or check --platform and --arch.`)
  const trusted = values.trust?.map((file) => publicKeyFrom(readFileSync(file, 'utf8'))) ?? trustedKeys()
  const manifest = openEnvelope(readFileSync(path), trusted)
  const { platform, arch, channel } = manifest
  if (channel !== values.channel) throw new Refusal(`It is for the channel “${channel}”, not “${values.channel}”.`)
  const installed = {
    version: values.from ?? '0.1.0',
    platform,
    arch,
    dbSchema: 1,
    copyId: '',
    kind: 'AppImage' as const,
  }
  const now = new Date().toISOString()
  checkManifest(manifest, installed, { channel, sequence: 0, now, down: false, byHand: true })
  if (`${platform}-${arch}` !== `${values.platform}-${values.arch}`) throw new Refusal(`It is for ${platform}-${arch}.`)
  for (const { name, size, sha512 } of manifest.files) {
    const file = join(folder, name)
    if (!existsSync(file)) throw new Refusal(`${name} is not there.`)
    if (statSync(file).size !== size)
      throw new Refusal(`${name} has ${statSync(file).size} bytes, and ${size} were signed.`)
    if ((await sha512Of(file)) !== sha512) throw new Refusal(`${name} is not the file that was signed.`)
  }
  const { version, sequence, expiresAt, files } = manifest
  return `${path}: good. ${version} for ${channel}, sequence ${sequence}, until ${expiresAt}, ${files.map(({ name }) => name).join(', ')}`
}

async function findFiles(folder: string): Promise<ReleaseFile[]> {
  if (!existsSync(folder)) throw new Refusal(`${folder} is not there.`)
  const found = readdirSync(folder).flatMap((name) => {
    const kind = kinds.find(([end]) => name.endsWith(end))?.[1]
    return kind ? [{ name, kind }] : []
  })
  const twice = found.find(({ kind }, index) => found.findIndex((other) => other.kind === kind) !== index)
  if (twice)
    throw new Refusal(
      `There are two packages of the kind ${twice.kind} in ${folder}. Sign each platform from a folder of its own.`,
    )
  return await Promise.all(
    found.map(async ({ name, kind }) => {
      const file = join(folder, name)
      return { name, kind, size: statSync(file).size, sha512: await sha512Of(file) }
    }),
  )
}

function readKeys({ key = [] }: Values): string[] {
  const given = process.env['HUDSON_RELEASE_KEY']
  const texts = [...key.map((file) => readFileSync(file, 'utf8')), ...(given === undefined ? [] : [given])]
  if (texts.length === 0)
    throw new Refusal('No key was given. Name its file with --key, or put its text into HUDSON_RELEASE_KEY.')
  for (const text of texts) {
    try {
      if (createPrivateKey(text).asymmetricKeyType === 'ed25519') continue
    } catch {
      // Said below, without what the text was.
    }
    throw new Refusal(
      'A key that was given is no private key of Ed25519 (PEM). Make one with: hudson-release keygen FILE',
    )
  }
  return texts
}

/** The version of the local database is the number of its migrations. */
function ownSchema(): number {
  return readdirSync(join(root, 'migrations', 'local')).filter((name) => name.endsWith('.sql')).length
}

function percentOf(text: string | undefined): number {
  const percent = numberOf('rollout', text ?? '100')
  if (percent >= 0 && percent <= 100) return percent
  throw new Refusal('--rollout is a number from 0 to 100.')
}

function numberOf(name: string, text: string | undefined): number {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value)) return value
  throw new Refusal(`--${name} needs a number.`)
}

function explain(error: unknown): string {
  if (error instanceof ZodError)
    return error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n')
  return error instanceof Error ? error.message : String(error)
}

main(process.argv.slice(2)).then(
  (text) => process.stdout.write(`${text}\n`),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  },
)
