/**
 * `npm run dev [-- --data-dir DIR] [-- --demo]`: pages from Vite with hot reload, and a studio server in development mode
 * behind them that starts anew when main or shared change. It keeps its data in a folder of its own, out-dev/data.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer as createNetServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { build, createServer } from 'vite'
import { projectNode, root } from './build-if-needed.mjs'

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, demo: { type: 'boolean' }, port: { type: 'string' } },
})
const out = join(root, 'out-dev')
const entry = join(out, 'main', 'headless.js')
const dataDir = resolve(values['data-dir'] ?? process.env.HUDSON_DATA_DIR ?? join(out, 'data'))
// One port for all restarts, so that the proxy's target stays.
const studioPort = await freePort()
const studioUrl = `http://127.0.0.1:${studioPort}`

const studio = { process: null, stopping: false }

const { default: config } = await import('../electron.vite.config.ts')
const { root: rendererRoot, define, plugins } = config.renderer
const watcher = await build(mainInDevelopment(config.main))
const vite = await createServer({
  configFile: false,
  root: rendererRoot,
  define,
  plugins: [plugins, tokenForPages()],
  server: { host: '127.0.0.1', port: Number(values.port ?? 5173), proxy: proxyToStudio() },
})
await vite.listen()
watcher.on('event', ({ code, error }) => {
  if (code === 'ERROR') console.error(error.message)
  if (code === 'END') restart()
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop())

/** The built command, made anew when a source of it changes. */
function mainInDevelopment({ define: constants, build: { target, sourcemap, rollupOptions } }) {
  return {
    configFile: false,
    root,
    logLevel: 'error',
    define: constants,
    ssr: { noExternal: true, external: rollupOptions.external },
    build: {
      ssr: true,
      target,
      sourcemap,
      minify: false,
      outDir: join(out, 'main'),
      watch: {},
      rollupOptions: { ...rollupOptions, input: { headless: rollupOptions.input.headless } },
    },
  }
}

function restart() {
  // Its end starts the new one.
  if (studio.process) studio.process.kill('SIGTERM')
  else if (!studio.stopping) serve()
}

function serve() {
  const demo = values.demo ? ['--demo'] : []
  const args = [entry, 'serve', '--data-dir', dataDir, '--port', String(studioPort), ...demo]
  const child = spawn(projectNode(), args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HUDSON_DEV: '1' },
  })
  studio.process = child
  createInterface({ input: child.stdout }).on('line', () => {
    const [url] = vite.resolvedUrls?.local ?? []
    console.log(`Hudson in development is running at ${url} (endpoints: ${url}dev; press Ctrl+C to stop)`)
    // The token is a new one.
    vite.ws.send({ type: 'full-reload' })
  })
  child.once('exit', (code) => {
    studio.process = null
    // Ended for a newer build; after a crash the next build brings it back.
    if (!studio.stopping && code === 0) serve()
  })
}

async function stop() {
  studio.stopping = true
  await watcher.close()
  studio.process?.kill('SIGTERM')
  await vite.close()
  process.exit(0)
}

function token() {
  const handshake = join(dataDir, 'studio.json')
  return existsSync(handshake) ? JSON.parse(readFileSync(handshake, 'utf8')).token : ''
}

/** What the studio server does for its own pages: puts the token where their scripts look for it. */
function tokenForPages() {
  return {
    name: 'hudson-token',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { name: 'hudson-token', content: token() }, injectTo: 'head-prepend' },
    ],
  }
}

/** The studio server refuses what does not come from its own address, so requests get that, and the owner's token. */
function proxyToStudio() {
  const proxied = {
    target: studioUrl,
    changeOrigin: true,
    configure: (proxy) => {
      const introduce = (request) => {
        if (request.hasHeader('origin')) request.setHeader('origin', studioUrl)
        request.setHeader('authorization', `Bearer ${token()}`)
      }
      proxy.on('proxyReq', introduce)
      proxy.on('proxyReqWs', introduce)
    },
  }
  const plain = Object.fromEntries(['/call', '/media', '/upload', '/healthz'].map((path) => [path, proxied]))
  return { ...plain, '/socket': { ...proxied, ws: true } }
}

function freePort() {
  const server = createNetServer()
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
