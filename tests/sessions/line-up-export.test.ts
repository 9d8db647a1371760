import { expect, test } from 'vitest'
import { sessionsCore } from './support.ts'

test('a line-up is exported in order, with what the show says', async () => {
  const { call, later, make, saved } = sessionsCore()
  const product = make.product({
    name: 'Gold "hoop", large',
    sku: '=SUM(A1)',
    pid: '1729384756123456789',
    price_cents: 1_900,
    talking_points_md: '- Gold plated\n- Light',
  })
  const plain = make.product({ name: 'Pin', price_cents: null })
  const { id, items } = call('sessions.create', { name: 'Friday', productIds: [product, plain] })
  const [first, second] = items.map((item) => item.id)
  call('lineup.update', {
    itemId: first ?? '',
    patch: {
      section: 'Rings',
      skip: true,
      notes: '@host',
      overrides: { priceCents: 1_500, compareAtPriceCents: 1_900 },
    },
  })
  const { fileName, base64 } = await later('lineup.export', { sessionId: id, format: 'csv' })
  expect(fileName).toBe('friday-line-up.csv')
  expect(Buffer.from(base64, 'base64').toString()).toBe(
    '\uFEFFItem id,Number,Section,Skip,SKU,TikTok id,Name,Price,Was,Talking points,Notes,Product id\r\n' +
      `${first},1,Rings,yes,'=SUM(A1),1729384756123456789,"Gold ""hoop"", large",15.00,19.00,"'- Gold plated\n- Light",'@host,${product}\r\n` +
      `${second},2,,no,,,Pin,,,,,${plain}\r\n`,
  )
  expect(await later('lineup.saveExport', { sessionId: id, format: 'csv' })).toEqual({ savedAs: fileName })
  expect(saved.get(fileName)).toBe(base64)
  const workbook = await later('lineup.export', { sessionId: id, format: 'xlsx' })
  expect(workbook.fileName).toBe('friday-line-up.xlsx')
  expect(Buffer.from(workbook.base64, 'base64').subarray(0, 2).toString()).toBe('PK')
})
