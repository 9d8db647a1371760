import { AppError } from '#shared/app-error.ts'
import { call } from './api.ts'

const MOST_NOTED = 5
/** Chromium's own remark on a page that lays itself out in two steps; nothing is broken. */
const harmless = /^ResizeObserver loop/

/**
 * Tells the core what breaks in this page: errors that nobody caught, and those that a screen's boundary caught and reported.
 * The core decides what is kept of it; a page that breaks without end tells the first few.
 */
export function noteCrashes(): void {
  const noted = new Set<string>()
  const note = (error: unknown): void => {
    const { name, message, stack = '' } = error instanceof Error ? error : { name: 'Error', message: String(error) }
    // A refused call is an answer, not a fault.
    if (error instanceof AppError || harmless.test(message)) return
    const key = `${name}: ${message}`
    if (noted.has(key) || noted.size >= MOST_NOTED) return
    noted.add(key)
    void tell({ name, message, stack })
  }
  window.addEventListener('error', (event) => note((event.error as unknown) ?? event.message))
  window.addEventListener('unhandledrejection', (event) => note(event.reason))
}

async function tell({ name, message, stack }: { name: string; message: string; stack: string }): Promise<void> {
  const { pathname } = window.location
  const sessionId = /^\/(?:host|overlay)\/([0-9a-f-]{36})/i.exec(pathname)?.[1]
  try {
    await call('crashes.note', {
      name: name.trim().slice(0, 100) || 'Error',
      message: message.slice(0, 2_000),
      stack: stack.slice(0, 16_000),
      path: pathname.slice(0, 300),
      ...(sessionId !== undefined && { sessionId }),
    })
  } catch {
    // The core does not answer, and says so itself; the console has the error.
  }
}
