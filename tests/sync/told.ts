import { expect } from 'vitest'
import type { DatabaseCheck } from '#shared/setup.ts'
import { openDesktop } from '../support/desktop.ts'

/** What setup.testDatabase says of this address, and how each look went: `+` well, `~` nearly, `!` badly, `-` not looked at. */
export async function told(url: string, desk = openDesktop({})) {
  const { ok, detail, checks } = await desk.call('setup.testDatabase', { url })
  return { ok, detail, looks: looksOf(checks) }
}

/** An answer of `told` that names what is wrong. */
export const wrong = (detail: string | RegExp, looks: string) => ({
  ok: false,
  detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
  looks,
})

export function looksOf(checks: readonly DatabaseCheck[]): string {
  const marks = { ok: '+', warn: '~', error: '!', skipped: '-' }
  return checks.map(({ name, state }) => `${marks[state]}${name}`).join(' ')
}

export function changed(url: string, change: (url: URL) => void): string {
  const other = new URL(url)
  change(other)
  return other.href
}

export const targetOf = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) })
