/**
 * `npm start [-- --demo] [-- --data-dir DIR]`: builds if needed and opens Hudson. With an Electron runtime and a display,
 * the desktop app; otherwise the studio server, and the browser where there is a display. One line says which.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { buildIfNeeded, outDir, projectNode, root } from './build-if-needed.mjs'
import { findElectron, findOrDownloadElectron } from './electron.mjs'

/** An Electron that ends with an error this soon could not start here (as root, without a sandbox, a missing library). */
const START_MS = 5_000

const { values } = parseArgs({
  options: { demo: { type: 'boolean' }, 'data-dir': { type: 'string' }, port: { type: 'string' } },
})
const common = [...(values.demo ? ['--demo'] : []), ...(values['data-dir'] ? ['--data-dir', values['data-dir']] : [])]

buildIfNeeded()
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const electron = hasDisplay ? findOrDownloadElectron() : null
const ran = electron ? await openDesktop(electron) : false
if (!ran) serve()

/** Resolves when the app ends: true where it had started. */
function openDesktop(path) {
  const started = performance.now()
  const child = spawn(path, [root, ...common], { stdio: 'inherit' })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => {
      const hadStarted = code === 0 || performance.now() - started > START_MS
      if (hadStarted) process.exitCode = code ?? 1
      resolve(hadStarted)
    })
  })
}

/** Runs the studio server until Ctrl+C. What it logs is in its log file; it is shown only where it does not start. */
function serve() {
  const port = values.port ? ['--port', values.port] : []
  const command = [join(outDir, 'main', 'headless.js'), 'serve', ...common, ...port]
  const child = spawn(projectNode(), command, { stdio: ['ignore', 'pipe', 'pipe'] })
  const state = { ready: false, said: '' }
  child.stderr.on('data', (chunk) => {
    if (!state.ready) state.said = `${state.said}${chunk}`.slice(-8_000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (state.ready) return
    state.ready = true
    announce(JSON.parse(line).url)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => {
    if (!state.ready) console.error(state.said.trim())
    process.exitCode = code ?? 1
  })
}

function announce(url) {
  if (hasDisplay) openBrowser(url)
  const how = hasDisplay ? 'and opens in your browser ' : ''
  console.log(`Hudson is running at ${url} ${how}(${whyNoDesktop()}; press Ctrl+C to stop)`)
}

function whyNoDesktop() {
  if (!findElectron()) return 'no Electron runtime here'
  return hasDisplay ? 'the Electron runtime did not start' : 'no display here'
}

function openBrowser(url) {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  const opener = spawn(program, args, { stdio: 'ignore', detached: true })
  // Without an opener the line with the address is there.
  opener.once('error', () => {})
  opener.unref()
}
