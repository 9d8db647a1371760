import { AppError } from '#shared/app-error.ts'
import { ImportReport } from '#shared/library.ts'
import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { ZodError } from 'zod'
import { backUp, restore } from './cli/backup.ts'
import { doctor } from './cli/doctor.ts'
import { describeImport } from './cli/import.ts'
import { usage, UsageError } from './cli/usage.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { noteFailedStart, watchProcess } from './crash-watch.ts'
import { openLog } from './logging/open-log.ts'
import type { OpenLog } from './logging/open-log.ts'
import { checkNativeModules, CorruptedInstallation } from './native-check.ts'
import { openCrashLog } from './open-crashes.ts'
import { dataDirProblem } from './storage-problem.ts'

// The `hudson` command: the same core as the app, without Electron. Standard output carries only what was asked for;
// everything else goes to standard error and to the log file.

const common = { 'data-dir': { type: 'string' }, help: { type: 'boolean' }, version: { type: 'boolean' } } as const

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  switch (command) {
    case 'serve':
      return runServe(rest)
    case 'call':
      return runCall(rest)
    case 'import':
      return runImport(rest)
    case 'migrate':
      return runMigrate(rest)
    case 'backup':
      return runBackup(rest)
    case 'restore':
      return runRestore(rest)
    case 'doctor':
      return runDoctor(rest)
    case '--version':
      return say(__HUDSON_VERSION__)
    case '--help':
    case 'help':
      return say(usage)
    default:
      throw new UsageError(command === undefined ? 'Name a command.' : `There is no command "${command}".`)
  }
}

async function runServe(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { ...common, port: { type: 'string' }, demo: { type: 'boolean' } })
  if (values['help']) return say(usage)
  if (positionals.length > 0) throw new UsageError(`serve takes no "${positionals[0]}".`)
  const port = portOf(values['port'])
  const config = configFor(values['data-dir'])
  using log = openLog({ config, echo: (line) => process.stderr.write(`${line}\n`) })
  const ending = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ending.abort())
  const crashLog = openCrashLog(config, (value) => log.redact(value))
  watchProcess(process, { log, crashLog })
  const rendererDir = config.rendererDir ?? join(import.meta.dirname, '..', 'renderer')
  const demo = values['demo'] === true
  await checkNativeModules(config, log)
  const { serve } = await import('./cli/serve.ts')
  const options = { rendererDir, port, demo, signal: ending.signal, print: say }
  await serve({ config, log, crashLog, ...options }).catch((error: unknown) => {
    noteFailedStart(error, crashLog)
    throw error
  })
  return 0
}

async function runCall(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, common)
  if (values['help']) return say(usage)
  const [name, json, extra] = positionals
  if (name === undefined || extra !== undefined) throw new UsageError('call takes a NAME and, at most, one JSON text.')
  const input = json === undefined ? {} : asJson(json === '-' ? await text(process.stdin) : json)
  const config = configFor(values['data-dir'])
  using log = openLog({ config })
  const reply = await callFrom(config, log)(name, input).catch((error: unknown) => {
    const told = error instanceof AppError ? error : dataDirProblem(error)
    if (!told) throw error
    log.error('the data folder could not be opened', { error })
    return failure(told.code, told.message)
  })
  say(JSON.stringify(reply))
  return reply.ok ? 0 : 1
}

async function runImport(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { ...common, 'dry-run': { type: 'boolean' } })
  if (values['help']) return say(usage)
  const [file, extra] = positionals
  if (file === undefined || extra !== undefined) throw new UsageError('import takes one FILE.csv.')
  const config = configFor(values['data-dir'])
  using log = openLog({ config })
  const input = { path: resolve(file), dryRun: values['dry-run'] === true }
  const reply = await callFrom(config, log)('library.importCsv', input)
  if (reply.ok) return say(describeImport(ImportReport.parse(reply.value)))
  complain(reply.error.message)
  return 1
}

async function runMigrate(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    ...common,
    'database-url': { type: 'string' },
    status: { type: 'boolean' },
    'create-login': { type: 'string' },
    'ca-file': { type: 'string' },
    'allow-tls12': { type: 'boolean' },
  })
  if (values['help']) return say(usage)
  if (positionals.length > 0) throw new UsageError(`migrate takes no "${positionals[0]}".`)
  const url = values['database-url'] ?? configFor(values['data-dir']).databaseUrl
  if (typeof url !== 'string') throw new UsageError('migrate needs --database-url URL, or HUDSON_DATABASE_URL.')
  const createLogin = textOf(values['create-login'])
  const status = values['status'] === true
  if (status && createLogin !== undefined) throw new UsageError('--status changes nothing: leave --create-login out.')
  // Loaded only here: nobody else pays for it at the start.
  const { migrate } = await import('./cli/migrate.ts')
  const allowTls12 = values['allow-tls12'] === true
  await migrate({ url, status, createLogin, caFile: textOf(values['ca-file']), allowTls12, print: say, tell: complain })
  return 0
}

async function runBackup(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, common)
  if (values['help']) return say(usage)
  const file = onlyFile(positionals, 'backup takes one FILE to write.')
  const config = configFor(values['data-dir'])
  using log = openLog({ config })
  return await backUp({ file, call: callFrom(config, log), print: say })
}

async function runRestore(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    ...common,
    yes: { type: 'boolean' },
    'remove-newer': { type: 'boolean' },
  })
  if (values['help']) return say(usage)
  const file = onlyFile(positionals, 'restore takes one FILE.')
  const config = configFor(values['data-dir'])
  using log = openLog({ config })
  const call = callFrom(config, log)
  const options = { yes: values['yes'] === true, removeNewer: values['remove-newer'] === true }
  return await restore({ file, call, print: say, ...options })
}

async function runDoctor(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, { ...common, json: { type: 'boolean' } })
  if (values['help']) return say(usage)
  if (positionals.length > 0) throw new UsageError(`doctor takes no "${positionals[0]}".`)
  const config = configFor(values['data-dir'])
  using log = openLog({ config })
  return await doctor({ json: values['json'] === true, call: callFrom(config, log), print: say })
}

/** Calls as `hudson call` does. */
function callFrom(config: Config, log: OpenLog): (name: string, input: unknown) => Promise<Reply> {
  return async (name, input) => {
    await checkNativeModules(config, log)
    // What loads the native database comes after it was looked at.
    const { callOnce } = await import('./cli/call-once.ts')
    return await callOnce({ config, log, name, input })
  }
}

function onlyFile([file, extra]: readonly string[], otherwise: string): string {
  if (file === undefined || extra !== undefined) throw new UsageError(otherwise)
  return file
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

function parse(args: string[], options: Options): Arguments {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    return { values: values as Arguments['values'], positionals }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function configFor(dataDir: string | boolean | undefined): Config {
  if (dataDir === '') throw new UsageError('--data-dir needs a folder.')
  try {
    return readConfig({
      env: process.env,
      runtime: 'studio',
      entryDir: import.meta.dirname,
      dataDir: typeof dataDir === 'string' ? dataDir : undefined,
    })
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    throw new UsageError(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
}

function portOf(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined
  const port = Number(value)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new UsageError('--port needs a number from 1 to 65535.')
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function asJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new UsageError('The input is not valid JSON.')
  }
}

function say(line: string): 0 {
  process.stdout.write(line.endsWith('\n') ? line : `${line}\n`)
  return 0
}

function inWords(error: unknown): string {
  if (error instanceof AppError || error instanceof CorruptedInstallation) return error.message
  const problem = dataDirProblem(error)
  if (problem) return `${problem.message} (${(error as NodeJS.ErrnoException).code})`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`)
}

// Whoever reads our output may go away at any time.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError) complain(`${error.message}\n\n${usage}`)
  else complain(inWords(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
