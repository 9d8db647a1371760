/** A file that follows every rule. */
export interface Plant {
  readonly path: string
  readonly text: string
}

/** A file that breaks one rule, and the code that the tool must name it with. */
export interface IllegalPlant extends Plant {
  readonly why: string
  readonly code: string
}

const imports = (specifier: string): string => `import { value } from '${specifier}'\n\nexport const used = [value]\n`
const value = 'export const value = 1\n'

/** Their imports of each other are all allowed. */
export const legal: readonly Plant[] = [
  {
    path: 'src/shared/fine.ts',
    text: `import * as z from 'zod'\n\nexport const Value = z.object({ id: z.string() })\n`,
  },
  { path: 'src/shared/value.ts', text: value },
  { path: 'src/shared/also-fine.ts', text: imports('./value.ts') },
  {
    path: 'src/main/db/value.ts',
    text:
      imports('#shared/value.ts').replace('value } from', 'value as shared } from').replace('[value]', '[shared]') +
      value,
  },
  { path: 'src/main/library/value.ts', text: imports('../db/value.ts') },
  { path: 'src/main/sheets/value.ts', text: value },
  { path: 'src/main/library/sheet.ts', text: imports('../sheets/value.ts') },
  { path: 'src/main/clock.ts', text: value },
  { path: 'src/main/live/value.ts', text: `export { value } from '../clock.ts'\n` },
  { path: 'src/main/app.ts', text: `export { value } from './live/value.ts'\n` },
  {
    path: 'src/main/index.ts',
    text: `import { app } from 'electron'\nimport { value } from './app.ts'\n\nexport const used = [app, value, process.argv]\n`,
  },
  { path: 'src/main/config.ts', text: `export const home = process.env['HOME']\n` },
  {
    path: 'src/main/electron/value.ts',
    text: `import { app } from 'electron'\nimport type { value } from '../live/value.ts'\n\nexport const used: [typeof app, typeof value] = [app, 1]\n`,
  },
  {
    path: 'src/preload/index.ts',
    text: `import type { Value } from '#shared/fine.ts'\nimport { ipcRenderer } from 'electron'\n\nexport const used = (one: typeof Value): unknown => ipcRenderer.invoke('x', one)\n`,
  },
  {
    path: 'src/renderer/ui/value.ts',
    text: `import { createElement } from 'react'\n\nexport const value = createElement('p')\n`,
  },
  { path: 'src/renderer/show/value.ts', text: `export { value } from '../ui/value.ts'\n` },
  { path: 'tests/fine.ts', text: imports('../src/main/live/value.ts') },
]

/** What the compiler refuses: the first fence, which no comment can switch off. */
export const typePlants: readonly IllegalPlant[] = [
  {
    why: 'a type of main in the renderer',
    path: 'src/renderer/show/type.ts',
    text: `import type { value } from '../../main/db/value.ts'\n\nexport type Used = typeof value\n`,
    code: 'TS6307',
  },
  {
    why: 'main in the renderer, loaded late',
    path: 'src/renderer/show/late.ts',
    text: `export const late = (): Promise<unknown> => import('../../main/clock.ts')\n`,
    code: 'TS6307',
  },
  { why: 'main in shared', path: 'src/shared/main.ts', text: imports('../main/clock.ts'), code: 'TS6307' },
  {
    why: 'the renderer in main',
    path: 'src/main/renderer.ts',
    text: imports('../renderer/ui/value.ts'),
    code: 'TS6307',
  },
  { why: 'main in the preload', path: 'src/preload/main.ts', text: imports('../main/clock.ts'), code: 'TS6307' },
  { why: 'Node in shared', path: 'src/shared/node.ts', text: `export const home = process.cwd()\n`, code: 'TS2591' },
  { why: 'a page in shared', path: 'src/shared/page.ts', text: `export const page = document.title\n`, code: 'TS2584' },
  { why: 'a page in main', path: 'src/main/page.ts', text: `export const page = document.title\n`, code: 'TS2584' },
  { why: 'an enum', path: 'src/shared/enum.ts', text: `export enum Kind {\n  One,\n}\n`, code: 'TS1294' },
  {
    why: 'a namespace',
    path: 'src/shared/namespace.ts',
    text: `export namespace Kind {\n  export const one = 1\n}\n`,
    code: 'TS1294',
  },
  {
    why: 'a parameter property',
    path: 'src/shared/property.ts',
    text: `export class Kind {\n  constructor(readonly one: string) {}\n}\n`,
    code: 'TS1294',
  },
  {
    why: 'an element that may be missing',
    path: 'src/shared/index-access.ts',
    text: `export const first = (list: string[]): string => list[0]\n`,
    code: 'TS2322',
  },
]

const restricted = 'eslint(no-restricted-imports)'
const property = 'eslint(no-restricted-properties)'
const lines = (count: number): string => Array.from({ length: count }, (_, n) => `  list.push(${n})`).join('\n')

/** What the linter refuses. */
export const lintPlants: readonly IllegalPlant[] = [
  { why: 'a library in shared', path: 'src/shared/library.ts', text: imports('kysely'), code: restricted },
  { why: 'Node in shared, imported', path: 'src/shared/fs.ts', text: imports('node:fs'), code: restricted },
  { why: 'zod in the preload', path: 'src/preload/zod.ts', text: imports('zod'), code: restricted },
  {
    why: 'a value of shared in the preload',
    path: 'src/preload/value.ts',
    text: imports('#shared/value.ts'),
    code: restricted,
  },
  { why: 'electron in a feature', path: 'src/main/live/electron.ts', text: imports('electron'), code: restricted },
  { why: 'electron in main/db', path: 'src/main/db/electron.ts', text: imports('electron'), code: restricted },
  {
    why: 'electron beside the entry',
    path: 'src/main/electron-too.ts',
    text: imports('electron'),
    code: restricted,
  },
  { why: 'electron in the command', path: 'src/main/headless.ts', text: imports('electron'), code: restricted },
  {
    why: 'a feature in another feature',
    path: 'src/main/live/library.ts',
    text: imports('../library/value.ts'),
    code: restricted,
  },
  {
    why: 'a type of another feature',
    path: 'src/main/live/library-type.ts',
    text: `import type { used } from '../library/value.ts'\n\nexport type Used = typeof used\n`,
    code: restricted,
  },
  {
    why: 'a feature in another feature, loaded late',
    path: 'src/main/live/late.ts',
    text: `export const late = (): Promise<unknown> => import('../library/value.ts')\n`,
    code: restricted,
  },
  { why: 'sync in a feature', path: 'src/main/live/sync.ts', text: imports('../sync/value.ts'), code: restricted },
  {
    why: 'main/electron in a feature',
    path: 'src/main/live/shell.ts',
    text: imports('../electron/value.ts'),
    code: restricted,
  },
  {
    why: 'a feature in main/sheets',
    path: 'src/main/sheets/live.ts',
    text: imports('../live/value.ts'),
    code: restricted,
  },
  { why: 'a feature in main/db', path: 'src/main/db/live.ts', text: imports('../live/value.ts'), code: restricted },
  {
    why: 'a value of a feature in main/electron',
    path: 'src/main/electron/live.ts',
    text: imports('../live/value.ts'),
    code: restricted,
  },
  {
    why: 'the composition root in a feature',
    path: 'src/main/live/app.ts',
    text: imports('../app.ts'),
    code: restricted,
  },
  { why: 'the composition root beside it', path: 'src/main/beside.ts', text: imports('./app.ts'), code: restricted },
  {
    why: 'main in the renderer',
    path: 'src/renderer/show/main.ts',
    text: imports('../../main/clock.ts'),
    code: restricted,
  },
  {
    why: 'Node in the renderer, imported',
    path: 'src/renderer/show/fs.ts',
    text: imports('node:fs'),
    code: restricted,
  },
  { why: 'electron in the renderer', path: 'src/renderer/electron.ts', text: imports('electron'), code: restricted },
  {
    why: 'a feature of the renderer in another',
    path: 'src/renderer/sessions/show.ts',
    text: imports('../show/value.ts'),
    code: restricted,
  },
  {
    why: 'the settings in the setup',
    path: 'src/renderer/wizard/settings.ts',
    text: imports('../settings/value.ts'),
    code: restricted,
  },
  { why: 'a feature in ui', path: 'src/renderer/ui/show.ts', text: imports('../show/value.ts'), code: restricted },
  { why: 'shared words in ui', path: 'src/renderer/ui/shared.ts', text: imports('#shared/value.ts'), code: restricted },
  {
    why: 'the environment outside of config',
    path: 'src/main/live/env.ts',
    text: `export const home = process.env['HOME']\n`,
    code: property,
  },
  {
    why: 'the command line outside of the entries',
    path: 'src/main/db/argv.ts',
    text: `export const args = process.argv\n`,
    code: property,
  },
  {
    why: 'the environment by import',
    path: 'src/main/live/env-import.ts',
    text: `import { env } from 'node:process'\n\nexport const home = env['HOME']\n`,
    code: restricted,
  },
  {
    why: 'Node in the renderer',
    path: 'src/renderer/show/node.ts',
    text: `export const home = process.cwd()\n`,
    code: 'eslint(no-restricted-globals)',
  },
  {
    why: 'a cycle',
    path: 'src/shared/cycle-a.ts',
    text: `import { b } from './cycle-b.ts'\n\nexport const a = (): unknown => b\n`,
    code: 'import(no-cycle)',
  },
  {
    why: 'the other half of a cycle',
    path: 'src/shared/cycle-b.ts',
    text: `import { a } from './cycle-a.ts'\n\nexport const b = (): unknown => a\n`,
    code: 'import(no-cycle)',
  },
  { why: 'a barrel', path: 'src/shared/barrel.ts', text: `export * from './value.ts'\n`, code: 'oxc(no-barrel-file)' },
  {
    why: 'a default export',
    path: 'src/shared/default.ts',
    text: `export default 1\n`,
    code: 'import(no-default-export)',
  },
  {
    why: 'any',
    path: 'src/shared/any.ts',
    text: `export const value = (one: any): unknown => one\n`,
    code: 'typescript(no-explicit-any)',
  },
  {
    why: 'a non-null assertion',
    path: 'src/shared/bang.ts',
    text: `export const first = (list: string[]): string => list[0]!\n`,
    code: 'typescript(no-non-null-assertion)',
  },
  {
    why: 'a promise that nobody waits for',
    path: 'src/main/live/floating.ts',
    text: `export function go(): void {\n  Promise.resolve(1)\n}\n`,
    code: 'typescript(no-floating-promises)',
  },
  {
    why: 'a switch that forgets a case',
    path: 'src/shared/switch.ts',
    text: `export function name(one: 'a' | 'b'): string {\n  switch (one) {\n    case 'a':\n      return 'A'\n  }\n  return ''\n}\n`,
    code: 'typescript(switch-exhaustiveness-check)',
  },
  {
    why: 'console in src',
    path: 'src/main/live/console.ts',
    text: `console.log('here')\n`,
    code: 'eslint(no-console)',
  },
  {
    why: 'four parameters',
    path: 'src/shared/parameters.ts',
    text: `export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d\n`,
    code: 'eslint(max-params)',
  },
  {
    why: 'a long function',
    path: 'src/shared/long-function.ts',
    text: `export function fill(list: number[]): void {\n${lines(60)}\n}\n`,
    code: 'eslint(max-lines-per-function)',
  },
  {
    why: 'a long file',
    path: 'src/shared/long-file.ts',
    text: `export const list: number[] = []\n${lines(301)}\n`,
    code: 'eslint(max-lines)',
  },
  {
    why: 'deep nesting',
    path: 'src/shared/deep.ts',
    text: `export function deep(n: number): number {\n  if (n > 1) {\n    if (n > 2) {\n      if (n > 3) {\n        if (n > 4) return 4\n      }\n    }\n  }\n  return 0\n}\n`,
    code: 'eslint(max-depth)',
  },
  {
    why: 'a check that is switched off for nothing',
    path: 'src/shared/unused-disable.ts',
    text: `// oxlint-disable-next-line no-console -- nothing here\n${value}`,
    code: 'Unused oxlint-disable directive (no problems were reported).',
  },
]
