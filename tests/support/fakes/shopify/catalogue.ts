/** A variant as a shop has it. */
export interface FakeVariant {
  title: string
  sku: string | null
  barcode: string | null
  /** Money as Shopify writes it: "29.00". */
  price: string
  compareAtPrice: string | null
  inventoryQuantity: number | null
  options: readonly { readonly name: string; readonly value: string }[]
}

export interface FakeMedia {
  kind: 'IMAGE' | 'VIDEO'
  status: 'READY' | 'PROCESSING' | 'FAILED'
  alt: string | null
  /** Its file under the fake's own image host; null while it is processed. */
  file: string | null
  /** What stands behind `?v=`. */
  version: number
}

/** What a product is made of; the rest has defaults. */
export interface ProductSeed {
  title: string
  handle?: string
  status?: string
  vendor?: string
  tags?: readonly string[]
  descriptionHtml?: string
  variants?: readonly Partial<FakeVariant>[]
  media?: readonly Partial<FakeMedia>[]
}

export interface FakeProduct extends Required<Omit<ProductSeed, 'variants' | 'media'>> {
  readonly id: string
  readonly number: number
  variants: FakeVariant[]
  media: FakeMedia[]
  readonly createdAt: string
  updatedAt: string
  /** Milliseconds of the last change, and what `updatedAt` was before it; null for a new one. */
  changedAt: number
  before: string | null
}

const FIRST = 9_000_000_000_001

/** The products of one shop, in memory. Times are whole seconds, as Shopify's. */
export class FakeCatalogue {
  readonly #products = new Map<string, FakeProduct>()
  readonly #now: () => number
  #next = FIRST

  constructor(now: () => number) {
    this.#now = now
  }

  add(seed: ProductSeed): FakeProduct {
    const number = this.#next
    this.#next += 1
    const now = this.#now()
    const product: FakeProduct = {
      vendor: 'Acme',
      status: 'ACTIVE',
      tags: [],
      descriptionHtml: '',
      handle: `product-${number}`,
      ...seed,
      id: `gid://shopify/Product/${number}`,
      number,
      variants: (seed.variants ?? [{}]).map((variant) => ({ ...plainVariant, ...variant })),
      media: (seed.media ?? []).map((media, index) => ({ ...plainMedia(number, index), ...media })),
      createdAt: seconds(now),
      updatedAt: seconds(now),
      changedAt: now,
      before: null,
    }
    this.#products.set(product.id, product)
    return product
  }

  update(id: string, patch: Partial<Omit<FakeProduct, 'id' | 'number'>>): void {
    const product = this.get(id)
    const now = this.#now()
    Object.assign(product, { before: product.updatedAt, changedAt: now, updatedAt: seconds(now) }, patch)
  }

  remove(id: string): void {
    if (!this.#products.delete(id)) throw new Error(`no product ${id}`)
  }

  get(id: string): FakeProduct {
    const product = this.#products.get(id)
    if (!product) throw new Error(`no product ${id}`)
    return product
  }

  find(id: string): FakeProduct | undefined {
    return this.#products.get(id)
  }

  all(): readonly FakeProduct[] {
    return [...this.#products.values()]
  }
}

const plainVariant: FakeVariant = {
  title: 'Default Title',
  sku: null,
  barcode: null,
  price: '10.00',
  compareAtPrice: null,
  inventoryQuantity: 5,
  options: [{ name: 'Title', value: 'Default Title' }],
}

function plainMedia(number: number, index: number): FakeMedia {
  return { kind: 'IMAGE', status: 'READY', alt: null, file: `${number}-${index}.png`, version: 1_763_000_000 }
}

function seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

const NAMES = ['Gold hoops', 'Linen shirt', 'Silk scarf', 'Leather tote', 'Wool beanie', 'Pearl studs', 'Denim jacket']
const SIZES = ['Small', 'Medium', 'Large', 'Extra large']

/** So many products, the same each time, every oddity of real shops among the first of them. */
export function makeProducts(count: number): ProductSeed[] {
  return Array.from({ length: count }, (_, n) => odd[n] ?? ordinary(n))
}

function ordinary(n: number): ProductSeed {
  const sizes = (n % 4) + 1
  return {
    title: `${NAMES[n % NAMES.length]} ${n + 1}`,
    handle: `item-${n + 1}`,
    vendor: ['Acme', 'Nordlicht', 'Casa Sol'][n % 3] ?? 'Acme',
    tags: n % 2 === 0 ? ['live', 'new'] : [],
    descriptionHtml: `<p>Piece ${n + 1}, made with care. ${'Soft to the touch. '.repeat(n % 9)}</p>`,
    variants: Array.from({ length: sizes }, (_, size) => ({
      ...(sizes > 1 && { title: SIZES[size] ?? '', options: [{ name: 'Size', value: SIZES[size] ?? '' }] }),
      sku: `SKU-${n + 1}-${size}`,
      price: `${10 + (n % 90)}.${n % 2 === 0 ? '00' : '90'}`,
      compareAtPrice: n % 3 === 0 ? `${20 + (n % 90)}.00` : null,
      inventoryQuantity: n % 30,
    })),
    media: Array.from({ length: (n % 3) + 1 }, () => ({ alt: `Piece ${n + 1}` })),
  }
}

/** What real shops hold, one thing each. */
const odd: readonly ProductSeed[] = [
  { title: 'Video first', handle: 'video-first', media: [{ kind: 'VIDEO', alt: '', file: null }, { alt: 'Still' }] },
  { title: 'Failed picture', handle: 'failed-picture', media: [{ status: 'FAILED', file: null }, { alt: 'Good' }] },
  { title: 'Picture on its way', handle: 'processing', media: [{ status: 'PROCESSING', file: null }] },
  { title: 'No pictures', handle: 'no-pictures', media: [] },
  {
    title: 'Many variants',
    handle: 'many-variants',
    variants: Array.from({ length: 130 }, (_, n) => ({
      title: `Colour ${n + 1}`,
      options: [{ name: 'Colour', value: `Colour ${n + 1}` }],
      sku: `MANY-${n + 1}`,
      price: `${20 + (n % 5)}.00`,
    })),
  },
  { title: 'Unlisted', handle: 'unlisted', status: 'UNLISTED' },
  { title: 'Draft', handle: 'draft', status: 'DRAFT' },
  { title: 'Archived', handle: 'archived', status: 'ARCHIVED' },
  { title: 'Of tomorrow', handle: 'of-tomorrow', status: 'SUSPENDED' },
  {
    title: 'With a script',
    handle: 'script',
    descriptionHtml: '<p>Nice</p><script>alert(1)</script><img src=x onerror=alert(2)>',
  },
  { title: '💎 Diamant, funkelnd', handle: 'emoji', tags: ['✨'] },
  { title: 'أقراط ذهبية', handle: 'rtl', descriptionHtml: '<p dir="rtl">أقراط</p>' },
  { title: 'For nothing', handle: 'for-nothing', variants: [{ price: '0.00' }] },
  { title: 'First of two', handle: 'same-sku-1', variants: [{ sku: 'TWIN' }] },
  { title: 'Second of two', handle: 'same-sku-2', variants: [{ sku: 'TWIN' }] },
  { title: 'No stock known', handle: 'no-stock', variants: [{ inventoryQuantity: null, compareAtPrice: '5.00' }] },
]
