import { afterAll, describe, expect, test } from 'vitest'
import { testServer } from '../../support/test-database.ts'
import { Campaign, report } from './campaign.ts'

/** A test for each seed, one after the other in one team database. */
export function runSeeds(seeds: readonly number[]): void {
  const started: { campaign?: Promise<Campaign> } = {}
  afterAll(async () => {
    await (await started.campaign)?.[Symbol.asyncDispose]()
  })
  describe('three desktops, their network and their server', () => {
    test.for(seeds)('end up equal, with nothing lost: seed %i', async (seed) => {
      started.campaign ??= testServer().then((url) => Campaign.start(url))
      const result = await (await started.campaign).run(seed)
      expect(result.problems, report(result)).toEqual([])
    })
  })
}
