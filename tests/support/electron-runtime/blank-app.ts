import { app, protocol } from 'electron'
import { parseArgs } from 'node:util'

// An app that does nothing but to serve empty pages: what a test of the runtime wants done it runs in here.

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false })
app.setPath('userData', String(values['data-dir']))
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])

const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'self'" }
app.on('ready', () =>
  protocol.handle(
    'app',
    ({ url }) => new Response(`<!doctype html><title>${new URL(url).pathname}</title>`, { headers }),
  ),
)

const logged: unknown[] = []
Object.assign(globalThis, { logged, log: (...words: readonly unknown[]) => void logged.push(words.join(' ')) })
