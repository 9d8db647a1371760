import type { LineupField, LineupMapping } from '#shared/sessions.ts'

/** What files call our columns, in small letters and digits alone. The first of them are what we write ourselves. */
const titles: readonly (readonly [LineupField, readonly string[]])[] = [
  ['itemId', ['itemid', 'hudsonid', 'hudsonitemid']],
  ['number', ['number', 'no', 'nr', 'num', 'pos', 'position', 'liveno', 'livenumber', 'itemnumber', 'order']],
  ['section', ['section', 'heading', 'segment', 'block', 'group', 'category']],
  ['skip', ['skip', 'skipped']],
  ['sku', ['sku', 'sellersku', 'variantsku', 'productsku', 'articlenumber', 'article', 'itemsku']],
  ['pid', ['tiktokid', 'tiktokproductid', 'tiktokpid', 'pid']],
  ['name', ['name', 'productname', 'title', 'product', 'producttitle', 'item', 'itemname']],
  ['price', ['price', 'liveprice', 'saleprice', 'showprice', 'pricenow', 'now', 'offer', 'offerprice', 'variantprice']],
  [
    'was',
    [
      'was',
      'wasprice',
      'compareatprice',
      'variantcompareatprice',
      'rrp',
      'msrp',
      'uvp',
      'listprice',
      'originalprice',
      'retailprice',
      'regularprice',
    ],
  ],
  ['points', ['talkingpoints', 'points', 'bullets', 'bulletpoints', 'sellingpoints', 'keypoints', 'description']],
  ['notes', ['notes', 'note', 'comment', 'comments', 'remark', 'remarks', 'producernotes']],
]

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the columns of a file seem to be, by their titles; `rows` tells whose ids "Product id" are. */
export function suggestMapping(columns: readonly string[], rows: readonly (readonly string[])[]): LineupMapping {
  const plain = columns.map((title) => (title.trim() === '#' ? 'number' : plainOf(title)))
  const mapping: LineupMapping = {}
  for (const [field, names] of titles) {
    const at = names.map((name) => plain.indexOf(name)).find((index) => index >= 0)
    if (at !== undefined) mapping[field] = at
  }
  const ids = plain.indexOf('productid')
  if (ids < 0) return mapping
  const sample = rows.map((row) => row[ids]?.trim() ?? '').find((text) => text !== '') ?? ''
  if (guid.test(sample)) mapping.productId = ids
  else mapping.pid ??= ids
  return mapping
}

function plainOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
