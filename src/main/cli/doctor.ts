import type { Check } from '#shared/diagnostics.ts'
import { diagnostics } from '#shared/diagnostics.ts'
import type { Reply } from '#shared/reply.ts'
import { unwrap } from '#shared/reply.ts'

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
  const { checks } = diagnostics['diagnostics.run'].output.parse(unwrap(await call('diagnostics.run', {})))
  if (json) print(JSON.stringify({ checks }))
  else for (const { name, state, detail } of checks) print(`${marks[state]} ${name.padEnd(9)} ${detail}`)
  return checks.some(({ state }) => state === 'error') ? 1 : 0
}
