import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { given } from './given.ts'
import { isServiceUrl } from './service-url.ts'

/** Everything that is decided from outside, read once at start. Paths are absolute. */
export interface Config {
  readonly version: string
  readonly dataDir: string
  readonly dbPath: string
  readonly mediaDir: string
  readonly uploadsDir: string
  readonly logDir: string
  readonly secretsDir: string
  /** What is kept of crashes. */
  readonly crashDir: string
  /** The second copy of the edits that wait for the team. */
  readonly journalPath: string
  /** The team's database, as it was given: it is read when it is used. */
  readonly databaseUrl?: string
  /** Opens the file of stored secrets, where no keychain is to keep them. */
  readonly secretsPassphrase?: string
  /** Which shop, where the environment says; secrets among it are read when they are used. */
  readonly shopify: {
    readonly shop?: string
    readonly token?: string
    readonly clientId?: string
    readonly clientSecret?: string
    /** In place of the shop's own address. */
    readonly baseUrl?: string
  }
  readonly openai: { readonly apiKey?: string; readonly baseUrl?: string }
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly runtime: 'electron' | 'studio'
  /** Checks every answer against the contract, and serves the page for developers. */
  readonly development: boolean
  /** The built worker for large pulls; without it they are applied in the main thread. */
  readonly bulkWorker?: string
  /** The script of the thread for work with whole database files; without it, that is done in the main thread. */
  readonly diskWorker?: string
  /** The script of the thread that flushes the journal; without it, that is done in the main thread. */
  readonly flushWorker?: string
  /** The built pages, where they are not beside the bundle. */
  readonly rendererDir?: string
  /** Where releases are published; a folder's address, with its slash. */
  readonly updatesUrl: string
  /** Public keys (PEM, one after the other) that sign releases too: in development alone. */
  readonly updateKeys?: string
  /** Where crash reports go once somebody agreed: a DSN of Sentry. Without it, they stay here. */
  readonly crashDsn?: string
  /** The AppImage that runs, where it is one. */
  readonly appImage?: string
}

/** An address without its last slash; what is not https is on this computer. */
const ServiceUrl = z
  .url({ protocol: /^https?$/ })
  .refine(isServiceUrl, 'has to begin with https://; plain http:// works on this computer only')
  .transform((text) => text.replace(/\/+$/, ''))
  .optional()

/** The environment variables that Hudson reads, and what they mean. */
const Env = z.object({
  HUDSON_DATA_DIR: z.string().min(1).optional().describe('Where everything is kept'),
  HUDSON_DATABASE_URL: z.string().min(1).optional().describe("The team's Postgres; without it, nothing is shared"),
  HUDSON_SECRETS_PASSPHRASE: z
    .string()
    .min(8)
    .optional()
    .describe('Keeps stored secrets in a file that this opens, instead of in the keychain'),
  HUDSON_SHOPIFY_SHOP: z.string().min(1).optional().describe('The shop that the catalogue comes from'),
  HUDSON_SHOPIFY_TOKEN: z.string().min(1).optional().describe('An access token of the shop'),
  HUDSON_SHOPIFY_CLIENT_ID: z.string().min(1).optional().describe('Of an app, in place of a token'),
  HUDSON_SHOPIFY_CLIENT_SECRET: z.string().min(1).optional().describe('The secret that belongs to the client id'),
  HUDSON_SHOPIFY_BASE_URL: ServiceUrl.describe("In place of the shop's own address: https, or http on this computer"),
  HUDSON_OPENAI_API_KEY: z.string().min(1).optional().describe('For talking points that a model writes'),
  HUDSON_OPENAI_BASE_URL: ServiceUrl.describe(
    'Any endpoint that speaks as OpenAI does: https, or http on this computer',
  ),
  HUDSON_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('The least level that is logged'),
  HUDSON_DEV: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 = development: answers are checked, the page for developers is served'),
  HUDSON_RENDERER_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('The folder of the built pages, where it is not beside the bundle'),
  HUDSON_UPDATES_URL: z
    .url()
    .default('https://updates.hudson.invalid/')
    .describe('Where releases are published: https, or http on this computer for tests'),
  HUDSON_UPDATE_KEYS: z
    .string()
    .min(1)
    .optional()
    .describe('Public keys (PEM) that sign releases too. Only with HUDSON_DEV=1'),
  HUDSON_CRASH_DSN: z
    .url()
    .optional()
    .describe('Where crash reports go, once people agreed to it: a DSN of Sentry; https, or http on this computer'),
  APPIMAGE: z.string().min(1).optional().describe('Set by the AppImage runtime: the file that runs'),
})

export interface ConfigInput {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly runtime: Config['runtime']
  /** From the command line; wins over the environment. */
  readonly dataDir?: string | undefined
  readonly platform?: NodeJS.Platform
  /** The folder of the built entries. */
  readonly entryDir?: string
}

/** Throws a ZodError that names the variable where one does not fit. */
export function readConfig({ env, runtime, dataDir, entryDir, platform = process.platform }: ConfigInput): Config {
  const parsed = Env.parse(env)
  const root = resolve(dataDir ?? parsed.HUDSON_DATA_DIR ?? defaultDataDir(env, platform))
  return {
    version: __HUDSON_VERSION__,
    dataDir: root,
    dbPath: join(root, 'hudson.db'),
    mediaDir: join(root, 'media'),
    uploadsDir: join(root, 'uploads'),
    logDir: join(root, 'logs'),
    secretsDir: join(root, 'secrets'),
    crashDir: join(root, 'crashes'),
    journalPath: join(root, 'hudson.journal'),
    ...(parsed.HUDSON_DATABASE_URL !== undefined && { databaseUrl: parsed.HUDSON_DATABASE_URL }),
    ...(parsed.HUDSON_SECRETS_PASSPHRASE !== undefined && { secretsPassphrase: parsed.HUDSON_SECRETS_PASSPHRASE }),
    shopify: given({
      shop: parsed.HUDSON_SHOPIFY_SHOP,
      token: parsed.HUDSON_SHOPIFY_TOKEN,
      clientId: parsed.HUDSON_SHOPIFY_CLIENT_ID,
      clientSecret: parsed.HUDSON_SHOPIFY_CLIENT_SECRET,
      baseUrl: parsed.HUDSON_SHOPIFY_BASE_URL,
    }),
    openai: given({ apiKey: parsed.HUDSON_OPENAI_API_KEY, baseUrl: parsed.HUDSON_OPENAI_BASE_URL }),
    logLevel: parsed.HUDSON_LOG_LEVEL,
    runtime,
    ...(entryDir !== undefined && {
      bulkWorker: join(entryDir, 'bulk-worker.js'),
      diskWorker: join(entryDir, 'disk-worker.js'),
      flushWorker: join(entryDir, 'flush-worker.js'),
    }),
    development: parsed.HUDSON_DEV === '1',
    updatesUrl: new URL('./', parsed.HUDSON_UPDATES_URL).href,
    ...(parsed.HUDSON_DEV === '1' &&
      parsed.HUDSON_UPDATE_KEYS !== undefined && { updateKeys: parsed.HUDSON_UPDATE_KEYS }),
    ...given({ crashDsn: parsed.HUDSON_CRASH_DSN ?? (__HUDSON_CRASH_DSN__ || undefined) }),
    ...(parsed.APPIMAGE !== undefined && { appImage: parsed.APPIMAGE }),
    ...(parsed.HUDSON_RENDERER_DIR !== undefined && { rendererDir: resolve(parsed.HUDSON_RENDERER_DIR) }),
  }
}

/** Where each system keeps an app's data. */
function defaultDataDir(env: ConfigInput['env'], platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Hudson')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Hudson')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'hudson')
}
