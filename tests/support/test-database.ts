import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject, onTestFinished, TestRunner } from 'vitest'
import type { PostgresAnswer } from './postgres-setup.ts'
import { createDatabase, dropDatabase } from './postgres.ts'

/** The superuser's URL of the run's Postgres. Where there can be none, the test that asks is skipped with the reason. */
export async function testServer(): Promise<string> {
  const socket = connect(inject('postgresDesk'))
  await once(socket, 'connect')
  const answer = JSON.parse(await text(socket)) as PostgresAnswer
  if ('url' in answer) return answer.url
  const test = TestRunner.getCurrentTest()
  if (test) test.context.skip(answer.problem)
  throw new Error(answer.problem)
}

/** The URL of a fresh database, empty or a copy of `template`, that is dropped after the test. For use inside a test. */
export async function testDatabase(options: { readonly template?: string } = {}): Promise<string> {
  const url = await createDatabase(await testServer(), options)
  onTestFinished(() => dropDatabase(url))
  return url
}
