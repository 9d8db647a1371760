import { AppError, ErrorCode } from '#shared/app-error.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { runDiskJob } from './disk-jobs.ts'
import type { DiskJob, RunDiskJob } from './disk-jobs.ts'

/** A workbook of a stranger may ask for any amount; the thread ends then, and nothing else does. */
const MAX_HEAP_MB = 1_024

/** What the worker says, once. */
export type DiskAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'failed'
      readonly error: { readonly name: string; readonly message: string; readonly code: string | undefined }
    }

/** Jobs in a worker thread each (`script`: the built `disk-worker.ts`); without a script, in this thread, in a turn of their own. */
export function diskWork(script: string | undefined): RunDiskJob {
  return (async (kind: DiskJob['kind'], input: DiskJob['input'], signal: AbortSignal) => {
    const job = { kind, input } as DiskJob
    if (script !== undefined) return await inWorker(script, job, signal)
    await turn()
    signal.throwIfAborted()
    return await runDiskJob(job)
  }) as RunDiskJob
}

async function inWorker(script: string, job: DiskJob, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const worker = new Worker(script, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } })
  worker.once('message', (answer: DiskAnswer) => {
    if (answer.kind === 'done') resolve(answer.value)
    else reject(revived(answer.error))
  })
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`the disk worker ended with code ${code}`)))
  const giveUp = (): void => {
    reject(signal.reason as Error)
    worker.terminate().catch(reject)
  }
  signal.addEventListener('abort', giveUp, { once: true })
  return await promise.finally(() => signal.removeEventListener('abort', giveUp))
}

/** As it was thrown, for whoever tells errors apart. */
function revived({ name, message, code }: { name: string; message: string; code: string | undefined }): Error {
  const known = ErrorCode.safeParse(code)
  if (name === 'AppError' && known.success) return new AppError(known.data, message)
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) })
}
