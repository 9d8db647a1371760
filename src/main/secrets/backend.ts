import type { Protection, SecretName } from '#shared/secrets.ts'

/** A place that keeps secrets from others. Every call may be repeated without harm. */
export interface SecretBackend {
  readonly id: Exclude<Protection, 'environment'>
  /** Null where it protects what is given to it, shown by a round trip; else why not, in words. Never rejects. */
  check(): Promise<string | null>
  /** Null where there is none. Rejects where it cannot be read now, which is no reason to think that it is gone. */
  read(name: SecretName): Promise<string | null>
  write(name: SecretName, value: string): Promise<void>
  remove(name: SecretName): Promise<void>
}

/** The places, for people: after "kept in". */
export const placeNames: Readonly<Record<SecretBackend['id'], string>> = {
  'safe-storage': "the desktop app's own store",
  keychain: "this computer's keychain",
  passphrase: 'a file that a passphrase opens',
  memory: 'memory, until Hudson is closed',
}
