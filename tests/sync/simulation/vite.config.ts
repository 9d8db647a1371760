import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import pkg from '../../../package.json' with { type: 'json' }

// The simulation runs on the sources as they would be bundled, in plain Node: thousands of seeds, without a test runner.
export default defineConfig({
  define: { __HUDSON_VERSION__: JSON.stringify(pkg.version), __HUDSON_CRASH_DSN__: '""' },
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['better-sqlite3', 'pg'] },
  build: {
    ssr: true,
    outDir: process.env['HUDSON_SIMULATION_OUT'] ?? resolve(import.meta.dirname, '../../../out-simulation'),
    target: 'node24',
    minify: false,
    rollupOptions: { input: { main: resolve(import.meta.dirname, 'main.ts') } },
  },
})
