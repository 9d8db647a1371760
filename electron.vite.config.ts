import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import pkg from './package.json' with { type: 'json' }
import { metaPolicy } from './src/main/page-policy.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)
/** Where the build goes; another folder lets two builds of one checkout live side by side. */
const out = process.env['HUDSON_OUT'] ?? 'out'
const define = {
  __HUDSON_VERSION__: JSON.stringify(pkg.version),
  __HUDSON_CRASH_DSN__: JSON.stringify(process.env['HUDSON_CRASH_DSN'] ?? ''),
}

// Main is bundled into one file per entry: unbundled, kysely alone costs 111 ms of start-up. Only what holds a native
// binary stays outside.
const external = ['electron', 'better-sqlite3', 'keytar']

/**
 * Pages lie deep (/host/ID), so what they load is named from the root, over HTTP and in the app: scheme alike. A plugin,
 * because electron-vite sets `base` to './' whatever the configuration says.
 */
const rootBase = { name: 'root-base', enforce: 'post' as const, config: () => ({ base: '/' }) }

/** The built page says itself what it may load. Not in development: there Vite brings scripts of its own into it. */
const ownPolicy = {
  name: 'own-policy',
  apply: 'build' as const,
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() },
      injectTo: 'head-prepend' as const,
    },
  ],
}

export default defineConfig({
  main: {
    define,
    resolve: {
      // Its ES module declares a `require`, and so does electron-vite for every module that uses one: two of them do not parse.
      alias: [{ find: /^fflate$/, replacement: at('node_modules/fflate/lib/node.cjs') }],
    },
    build: {
      outDir: `${out}/main`,
      target: 'node24',
      minify: false,
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        external,
        input: {
          index: at('src/main/index.ts'),
          headless: at('src/main/headless.ts'),
          'bulk-worker': at('src/main/bulk-worker.ts'),
          'disk-worker': at('src/main/disk-worker.ts'),
          'flush-worker': at('src/main/flush-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      // A sandboxed preload loads neither ES modules nor a second file.
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    define,
    plugins: [react(), rootBase, ownPolicy],
    build: {
      outDir: at(`${out}/renderer`),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      // data: URLs would need a wider CSP.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: at('src/renderer/index.html') },
        // The page's policy forbids making code of text. Told so, zod does not try; the try alone would be reported.
        output: { banner: 'globalThis.__zod_globalConfig ??= { jitless: true };' },
      },
    },
  },
})
