import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import pkg from './package.json' with { type: 'json' }

// What needs neither a server nor damaged files is fast enough for `npm run check`.
const alone = 'database-url|engine|engine-asked|engine-blocked|engine-failures|flusher|journal|merge|status|wake'
const shared = [
  'tests/{conflicts,recovery,backups}/**/*.test.ts',
  `tests/sync/!(${alone}).test.ts`,
  'tests/sync/engine-connections.test.ts',
]

/** Their maps name sources that are not packed, and Vite would say so for each file. */
const withoutMaps = {
  name: 'without-maps',
  load: async (id: string) =>
    id.includes('/node_modules/@actions/') && id.endsWith('.js')
      ? (await readFile(id, 'utf8')).replace(/\n\/\/# sourceMappingURL=.*$/m, '')
      : undefined,
}

const browsers = {
  globalSetup: ['tests/support/build.ts', 'tests/support/postgres-setup.ts'],
  testTimeout: 180_000,
  hookTimeout: 120_000,
  retry: 1,
  // Its own second is too short for a page on a busy machine.
  expect: { poll: { timeout: 20_000 } },
}

export default defineConfig({
  define: { __HUDSON_VERSION__: JSON.stringify(pkg.version), __HUDSON_CRASH_DSN__: '""' },
  test: {
    // Vitest leaves a core to itself, which of two is half of the machine.
    maxWorkers: availableParallelism(),
    // Tests read English, wherever they run.
    env: { LC_ALL: 'en_US.UTF-8' },
    projects: [
      {
        extends: true,
        plugins: [withoutMaps],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/e2e/**', 'tests/system/**', 'tests/sync/simulation/**', ...shared],
          testTimeout: 20_000,
          // They import JSON as bundlers do.
          server: { deps: { inline: [/@actions\//] } },
        },
      },
      {
        // Several desktops and a real Postgres; files that are damaged or restored.
        extends: true,
        test: {
          name: 'team',
          include: shared,
          globalSetup: ['tests/support/postgres-setup.ts'],
          // The first test that asks for a database waits for the server's start.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Sockets and real time: on a busy machine a moment may be missed.
          retry: 1,
        },
      },
      {
        // Seeded teams under faults; each file on a core of its own.
        extends: true,
        test: {
          name: 'simulation',
          include: ['tests/sync/simulation/*.test.ts'],
          globalSetup: ['tests/support/postgres-setup.ts'],
          testTimeout: 900_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Whole processes: the built command, kill -9, stock clients.
        extends: true,
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts', 'tests/support/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: 1,
        },
      },
      {
        // The built app in a real browser. Much of it waits: for a network that is cut, a server, a page.
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/*.test.ts'],
          ...browsers,
        },
      },
      {
        // The desktop app on the stand-in: windows have the focus or not, so one app at a time.
        extends: true,
        test: {
          name: 'desktop',
          include: ['tests/e2e/electron/*.test.ts'],
          fileParallelism: false,
          ...browsers,
        },
      },
    ],
  },
})
