import type { SecretName } from '#shared/secrets.ts'
import type { SecretBackend } from './backend.ts'

/** Until the process ends. What remains where nothing else protects. */
export class MemoryBackend implements SecretBackend {
  readonly id = 'memory'
  readonly #values = new Map<SecretName, string>()

  async check(): Promise<string | null> {
    return null
  }

  async read(name: SecretName): Promise<string | null> {
    return this.#values.get(name) ?? null
  }

  async write(name: SecretName, value: string): Promise<void> {
    this.#values.set(name, value)
  }

  async remove(name: SecretName): Promise<void> {
    this.#values.delete(name)
  }
}
