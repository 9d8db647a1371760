import { parentPort, workerData } from 'node:worker_threads'
import { must } from '#shared/must.ts'
import { runDiskJob } from './disk-jobs.ts'
import type { DiskJob } from './disk-jobs.ts'
import type { DiskAnswer } from './disk-work.ts'

// One job, away from the thread that answers people. Ends with its answer.

const port = must(parentPort, 'a worker has a parent')
const say = (answer: DiskAnswer): void => port.postMessage(answer)

try {
  say({ kind: 'done', value: await runDiskJob(workerData as DiskJob) })
} catch (error) {
  const { name, message } = error as Error
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  say({ kind: 'failed', error: { name, message, code } })
}
