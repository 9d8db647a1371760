import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Limit, Time } from './fields.ts'

/** The kinds of long work. */
export const JobKindName = z.enum(['shopify.sync', 'points.generate'])
export type JobKindName = z.infer<typeof JobKindName>

/**
 * `queued`: waits for its turn or its next try. `partial`: it ended, and some of its items failed. All but `queued` and
 * `running` are ends.
 */
export const JobState = z.enum(['queued', 'running', 'done', 'partial', 'failed', 'cancelled'])
export type JobState = z.infer<typeof JobState>

/** One item that failed. */
export const JobError = z.object({
  /** The product's id, here or at Shopify. */
  item: z.string(),
  label: z.string(),
  /** What happened and what to do, for people. */
  message: z.string(),
})
export type JobError = z.infer<typeof JobError>

/** Long work that goes on by itself, also after a restart. */
export const Job = z.object({
  id: Id,
  kind: JobKindName,
  state: JobState,
  /** Items that are through; `failed` is not among them. */
  done: z.int(),
  failed: z.int(),
  /** 0 while it is not known. */
  total: z.int(),
  /** The items that failed: the first 500. */
  errors: z.array(JobError),
  /** What came of it, by name (`created`, `archived`, `proposed`). */
  counts: z.record(z.string(), z.int()),
  /** What it waits for at this moment ("Shopify asks us to slow down; about 40 s"); null while it works. */
  note: z.string().nullable(),
  /** Why it failed, or is to be tried again; null otherwise. */
  problem: z.string().nullable(),
  createdAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  /** When a queued one is tried again; null where it only waits for its turn. */
  nextTryAt: Time.nullable(),
})
export type Job = z.infer<typeof Job>

/** Work of the whole team that another desktop does right now. */
export const TeamJob = z.object({
  kind: JobKindName,
  device: z.string(),
  done: z.int(),
  total: z.int(),
  note: z.string().nullable(),
})
export type TeamJob = z.infer<typeof TeamJob>

const OneJob = z.strictObject({ id: Id })

export const jobs = {
  /** Newest first. `team`: what others do for all of us, as far as the team's database can be asked. */
  'jobs.list': query(
    z.strictObject({ limit: Limit.optional() }),
    z.object({ items: z.array(Job), team: z.array(TeamJob) }),
  ),
  'jobs.get': query(OneJob, Job),
  /** What is through stays. `conflict` where it has ended already. */
  'jobs.cancel': command(OneJob, Job),
  /** Tries again what failed or was left out. `conflict` where there is nothing to try. */
  'jobs.retry': command(OneJob, Job),
}
