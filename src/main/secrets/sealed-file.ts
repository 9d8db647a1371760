import type { Protection, SecretName } from '#shared/secrets.ts'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { writeDurably } from '../db/durable-files.ts'
import type { SecretBackend } from './backend.ts'

/** Encrypts texts with a key that does not lie beside them. */
export interface Cipher {
  readonly id: Exclude<Protection, 'environment'>
  /** Null where what it seals is protected; else why not, in words. Never rejects. */
  check(header: Header | null): Promise<string | null>
  /** `name` is bound to the text: sealed under one it does not open under another. */
  seal(text: string, name: string, header: Header): Promise<Buffer>
  /** `stale`: it is to be sealed anew, as its key is an old one. Rejects where it cannot be opened now. */
  open(sealed: Buffer, name: string, header: Header): Promise<{ readonly text: string; readonly stale: boolean }>
  /** What a new file says in the clear of how it is sealed. */
  newHeader(): Promise<Header>
}

/** Parameters of a cipher, as texts and numbers. */
export type Header = Readonly<Record<string, string | number>>

const File = z.strictObject({
  version: z.literal(1),
  header: z.record(z.string(), z.union([z.string(), z.number()])),
  values: z.record(z.string(), z.base64()),
})
type File = z.infer<typeof File>

/** Ciphertexts in one file, readable by this user only, whole or not at all. One call at a time: whoever has it sees to that. */
export class SealedFile implements SecretBackend {
  readonly #path: string
  readonly #cipher: Cipher

  constructor(path: string, cipher: Cipher) {
    this.#path = path
    this.#cipher = cipher
  }

  get id(): SecretBackend['id'] {
    return this.#cipher.id
  }

  async check(): Promise<string | null> {
    try {
      return await this.#cipher.check(this.#read()?.header ?? null)
    } catch {
      return `The file of stored secrets (secrets/${this.#path.split(/[\\/]/).at(-1)}) cannot be read. Nothing in it was changed.`
    }
  }

  async read(name: SecretName): Promise<string | null> {
    const file = this.#read()
    const sealed = file?.values[name]
    if (!file || sealed === undefined) return null
    const { text, stale } = await this.#cipher.open(Buffer.from(sealed, 'base64'), name, file.header)
    if (stale) await this.write(name, text)
    return text
  }

  async write(name: SecretName, value: string): Promise<void> {
    const file = this.#read() ?? { version: 1, header: await this.#cipher.newHeader(), values: {} }
    const sealed = (await this.#cipher.seal(value, name, file.header)).toString('base64')
    this.#save({ ...file, values: { ...file.values, [name]: sealed } })
  }

  async remove(name: SecretName): Promise<void> {
    const file = this.#read()
    if (file?.values[name] === undefined) return
    const { [name]: _gone, ...values } = file.values
    this.#save({ ...file, values })
  }

  /** Null where nothing was ever kept. */
  #read(): File | null {
    if (!existsSync(this.#path)) return null
    return File.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
  }

  #save(file: File): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    writeDurably(this.#path, JSON.stringify(file, null, 2))
  }
}
