import { AppError } from '#shared/app-error.ts'
import type { Check } from '#shared/diagnostics.ts'
import { diagnostics } from '#shared/diagnostics.ts'
import type { Reply } from '#shared/reply.ts'
import { unwrap } from '#shared/reply.ts'
import { CorruptedInstallation } from '../native-check.ts'
import { dataDirProblem } from '../storage-problem.ts'

export interface DoctorCommand {
  readonly json: boolean
  readonly call: (name: string, input: object) => Promise<Reply>
  readonly print: (line: string) => void
}

const marks: Readonly<Record<Check['state'], string>> = {
  ok: 'ok     ',
  warn: 'warning',
  error: 'ERROR  ',
  skipped: '-      ',
}

/** `hudson doctor`: what the page of diagnostics says. Answers the exit code: 1 where something is wrong. */
export async function doctor({ json, call, print }: DoctorCommand): Promise<number> {
  const checks = await look(call)
  if (json) print(JSON.stringify({ checks }))
  else for (const { name, state, detail } of checks) print(`${marks[state]} ${name.padEnd(9)} ${detail}`)
  return checks.some(({ state }) => state === 'error') ? 1 : 0
}

/** Where Hudson cannot even be opened, why not is all there is to say. */
async function look(call: DoctorCommand['call']): Promise<readonly Check[]> {
  try {
    return diagnostics['diagnostics.run'].output.parse(unwrap(await call('diagnostics.run', {}))).checks
  } catch (error) {
    const told = error instanceof AppError || error instanceof CorruptedInstallation ? error : dataDirProblem(error)
    if (!told) throw error
    const name = error instanceof CorruptedInstallation ? 'version' : 'database'
    return [{ name, state: 'error', detail: told.message, ms: 0 }]
  }
}
