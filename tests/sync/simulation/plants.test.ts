import { describe, expect, test } from 'vitest'
import { testServer } from '../../support/test-database.ts'
import { Campaign, seedsFrom } from './campaign.ts'
import { plants } from './plants.ts'

describe('the simulation proves itself', () => {
  test.for(Object.keys(plants))('a planted fault is caught: %s', async (name) => {
    await using campaign = await Campaign.start(await testServer(), plants[name])
    expect(await campaign.firstCaught(seedsFrom(1, 200))).toBeDefined()
  })

  test('a seed runs the same way each time', async () => {
    await using campaign = await Campaign.start(await testServer())
    const [first, second] = [await campaign.run(2), await campaign.run(2)]
    expect(first.trace.length).toBeGreaterThan(300)
    expect(second.trace).toEqual(first.trace)
  })
})
