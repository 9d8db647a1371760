import { describe, expect, test } from 'vitest'
import { Jobs } from '../../src/main/jobs/jobs.ts'
import { TryLater } from '../../src/main/job-kind.ts'
import type { JobRun } from '../../src/main/job-kind.ts'
import { testCore } from '../support/core.ts'

const quiet = (): void => {}

/** A queue whose one kind of job does what the test says. */
function queue(run: (job: JobRun) => Promise<void>) {
  const { db, clock, events } = testCore()
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const open = () => {
    const jobs = new Jobs({ db, events, clock, log, random: () => 0.5, team: async () => [] })
    jobs.register({ name: 'points.generate', run })
    jobs.start()
    return jobs
  }
  const get = (jobs: Jobs, id: string) => jobs.handlers['jobs.get']({ id })
  return { db, clock, open, get }
}

/** Whatever was begun has come as far as it can. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a job', () => {
  test('that fails for now is tried again less and less often, and eight times in all', async () => {
    const tries: string[] = []
    const { clock, open, get } = queue(async (job) => {
      tries.push(clock.now().slice(11, 19))
      // What it knows before it comes any further is no progress.
      job.save({ total: 5 })
      throw new TryLater('Not now.')
    })
    const jobs = open()
    const id = jobs.enqueue('points.generate', {})
    for (let minute = 0; minute < 120; minute += 1) {
      await settled()
      clock.advance(60_000)
    }
    expect(await get(jobs, id)).toMatchObject({ state: 'failed', problem: 'Not now.', total: 5 })
    expect(tries).toHaveLength(8)
    await jobs[Symbol.asyncDispose]()
  })

  test('that came further begins its back-off anew', async () => {
    const run = { tries: 0 }
    const { clock, open, get } = queue(async (job) => {
      run.tries += 1
      if (run.tries < 20) {
        job.save({ checkpoint: run.tries, done: run.tries })
        throw new TryLater('Not now.')
      }
    })
    const jobs = open()
    const id = jobs.enqueue('points.generate', {})
    for (let minute = 0; minute < 30; minute += 1) {
      await settled()
      clock.advance(60_000)
    }
    await settled()
    expect(await get(jobs, id)).toMatchObject({ state: 'done', done: 19 })
    await jobs[Symbol.asyncDispose]()
  })

  test('that was running goes on at the next start, from its checkpoint', async () => {
    const seen: unknown[] = []
    const { db, open, get } = queue(async (job) => {
      seen.push(job.checkpoint)
      if (seen.length > 1) return
      job.save({ checkpoint: { page: 3 }, done: 3, total: 9 })
      await new Promise((resolve) => job.signal.addEventListener('abort', resolve))
    })
    const first = open()
    const id = first.enqueue('points.generate', { any: 1 })
    await settled()
    await first[Symbol.asyncDispose]()
    expect(db.statement('SELECT state FROM jobs').pluck(true).get()).toBe('running')
    const second = open()
    await settled()
    expect(seen).toEqual([null, { page: 3 }])
    expect(await get(second, id)).toMatchObject({ state: 'done', done: 3, total: 9 })
    await second[Symbol.asyncDispose]()
  })

  test('whose items failed is done in part, and tries those alone again', async () => {
    const asked: string[][] = []
    const { open, get } = queue(async (job) => {
      asked.push(job.waiting().map(({ item }) => item))
      for (const item of job.waiting()) job.settle(item, item.item === 'b' && asked.length === 1 ? 'Too long.' : null)
    })
    const jobs = open()
    const items = ['a', 'b', 'c'].map((item) => ({ item, label: item.toUpperCase() }))
    const id = jobs.enqueue('points.generate', {}, items)
    await settled()
    const errors = [{ item: 'b', label: 'B', message: 'Too long.' }]
    expect(await get(jobs, id)).toMatchObject({ state: 'partial', done: 2, failed: 1, total: 3, errors })
    jobs.retry(id)
    await settled()
    expect(await get(jobs, id)).toMatchObject({ state: 'done', done: 3, failed: 0, errors: [] })
    expect(asked).toEqual([['a', 'b', 'c'], ['b']])
    expect(() => jobs.retry(id)).toThrow(/Nothing of this failed/)
    await jobs[Symbol.asyncDispose]()
  })

  test('waits until the one of its kind before it has ended', async () => {
    const order: string[] = []
    const { open } = queue(async (job) => {
      order.push(`begins ${String(job.input)}`)
      await settled()
      order.push(`ends ${String(job.input)}`)
    })
    const jobs = open()
    jobs.enqueue('points.generate', 'one')
    jobs.enqueue('points.generate', 'two')
    for (let n = 0; n < 8; n += 1) await settled()
    expect(order).toEqual(['begins one', 'ends one', 'begins two', 'ends two'])
    await jobs[Symbol.asyncDispose]()
  })

  test('fifty that ended are kept, and every one that has not', async () => {
    const { db, open } = queue(async () => {})
    const jobs = open()
    for (let n = 0; n < 60; n += 1) {
      jobs.enqueue('points.generate', n)
      await settled()
    }
    expect(db.statement('SELECT count(*) FROM jobs').pluck(true).get()).toBeLessThanOrEqual(51)
    await jobs[Symbol.asyncDispose]()
  })
})
