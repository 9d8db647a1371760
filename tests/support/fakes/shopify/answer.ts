import { execute, GraphQLError, Kind, parse, validate } from 'graphql'
import type { DocumentNode } from 'graphql'
import type { FakeCatalogue, FakeMedia, FakeProduct, FakeVariant } from './catalogue.ts'
import { costOf } from './cost.ts'
import { readFilter } from './filter.ts'
import { schema } from './schema.ts'

/** The shop as questions see it. */
export interface ShopView {
  readonly catalogue: FakeCatalogue
  readonly shop: string
  readonly scopes: readonly string[]
  readonly imageBase: string
  readonly indexLagMs: number
  readonly now: () => number
}

export interface Asking {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** A question that can be run: what it costs at most, and how to run it. */
export interface Prepared {
  readonly requestedCost: number
  run(): Promise<{ body: Record<string, unknown>; actualCost: number; search: readonly object[] }>
}

/** Parses and prices a question; answers the body of the refusal where it cannot be run. */
export function prepare({ query, variables }: Asking, view: ShopView): Prepared | { refused: Record<string, unknown> } {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch (error) {
    return { refused: { errors: [{ message: (error as Error).message, extensions: { code: 'PARSE_ERROR' } }] } }
  }
  const problems = validate(schema, document)
  if (problems.length > 0) return { refused: { errors: problems.map(problemOf) } }
  const requestedCost = costOf(document, variables)
  const counts = new Map<string, number>()
  const search: object[] = []
  return {
    requestedCost,
    run: async () => {
      const rootValue = rootOf(view, counts, search)
      const { data, errors } = await execute({ schema, document, rootValue, variableValues: variables, typeResolver })
      const body: Record<string, unknown> = { ...(errors && { errors: errors.map(plainProblem) }), data: data ?? null }
      return { body, actualCost: costOf(document, variables, counts), search }
    },
  }
}

function typeResolver(value: unknown): string {
  return (value as { __typename: string }).__typename
}

function problemOf(error: GraphQLError): object {
  const match = /Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message)
  if (match) {
    const [, fieldName, typeName] = match
    return {
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      locations: error.locations,
      path: ['query', fieldName],
      extensions: { code: 'undefinedField', typeName, fieldName },
    }
  }
  const node = error.nodes?.[0]
  const code = node?.kind === Kind.FIELD ? 'selectionMismatch' : 'argumentNotAccepted'
  return { message: error.message, locations: error.locations, extensions: { code } }
}

function plainProblem({ message, locations, path, extensions }: GraphQLError): object {
  const isVariable = message.startsWith('Variable')
  return { message, locations, path, extensions: isVariable ? { code: 'INVALID_VARIABLE', problems: [] } : extensions }
}

function rootOf(view: ShopView, counts: Map<string, number>, search: object[]): object {
  const { catalogue, shop, scopes } = view
  const show = (product: FakeProduct): object => productView(product, view, counts)
  return {
    shop: { name: 'Hudson test shop', myshopifyDomain: shop, currencyCode: 'USD' },
    currentAppInstallation: { accessScopes: scopes.map((handle) => ({ handle })) },
    publicApiVersions: ['2026-01', '2026-04', '2026-07', '2026-10'].map((handle) => ({ handle, supported: true })),
    productsCount: ({ limit }: { limit: number | null }) => countOf(catalogue.all().length, limit),
    product: ({ id }: { id: string }) => {
      const found = catalogue.find(id)
      return found ? show(found) : null
    },
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const found = catalogue.find(id)
        return found ? show(found) : null
      }),
    products: (args: PageArgs & { query?: string | null; sortKey: string; reverse: boolean }) => {
      refuseTooMany(args)
      const { list, ignored } = filtered(view, args.query ?? null)
      if (ignored.length > 0) search.push(searchWarning(args.query ?? '', ignored))
      const byTime = args.sortKey === 'UPDATED_AT'
      const valueOf = ({ updatedAt, number }: FakeProduct): string | number =>
        byTime ? updatedAt.replace('T', ' ').replace('Z', '.000000') : number
      const way = args.reverse ? -1 : 1
      const sorted = list.toSorted((a, b) => way * order([valueOf(a), a.number], [valueOf(b), b.number]))
      const cursorOf = (product: FakeProduct): string => encode(product.number, valueOf(product))
      const after = args.after ? decode(args.after) : null
      const rest = after === null ? sorted : sorted.filter((one) => way * order([valueOf(one), one.number], after) > 0)
      const nodes = rest.slice(0, args.first ?? 0)
      counts.set('/products', nodes.length)
      return {
        nodes: nodes.map(show),
        edges: nodes.map((one) => ({ cursor: cursorOf(one), node: show(one) })),
        pageInfo: pageInfo(nodes.map(cursorOf), rest.length > nodes.length, after !== null),
      }
    },
  }
}

function countOf(all: number, limit: number | null): object {
  return limit === null || all <= limit ? { count: all, precision: 'EXACT' } : { count: limit, precision: 'AT_LEAST' }
}

interface PageArgs {
  readonly first?: number | null
  readonly after?: string | null
}

function filtered(
  { catalogue, indexLagMs, now }: ShopView,
  query: string | null,
): { list: readonly FakeProduct[]; ignored: readonly string[] } {
  const all = catalogue.all()
  if (query === null || query === '') return { list: all, ignored: [] }
  const filter = readFilter(query)
  // The search knows what changed a moment ago as it was before, and nothing of what is new.
  const list = all.filter((product) => {
    const isNews = now() - product.changedAt < indexLagMs
    const known = isNews ? product.before : product.updatedAt
    return known !== null && filter.fits(product, known)
  })
  return { list, ignored: filter.ignored }
}

function searchWarning(query: string, fields: readonly string[]): object {
  const warnings = fields.map((field) => ({
    field,
    message: 'Invalid search field for this query.',
    code: 'invalid_field',
  }))
  return { path: ['products'], query, parsed: {}, warnings }
}

function productView(product: FakeProduct, view: ShopView, counts: Map<string, number>): object {
  const media = product.media.map((one, index) => mediaView(one, `${product.number}${index}`, view))
  return {
    ...product,
    __typename: 'Product',
    legacyResourceId: String(product.number),
    productType: '',
    publishedAt: product.createdAt,
    totalInventory: product.variants.reduce((sum, one) => sum + (one.inventoryQuantity ?? 0), 0),
    tracksInventory: true,
    hasOnlyDefaultVariant: product.variants.length === 1,
    variantsCount: { count: product.variants.length, precision: 'EXACT' },
    priceRangeV2: priceRange(product.variants),
    options: [],
    featuredMedia: media[0] ?? null,
    media: (args: PageArgs) => page(media, args, (length) => counts.set('/products/media', length)),
    variants: (args: PageArgs) =>
      page(
        product.variants.map((variant, index) => variantView(variant, { product, index })),
        args,
        (length) => counts.set('/products/variants', length),
      ),
  }
}

function variantView(variant: FakeVariant, { product, index }: { product: FakeProduct; index: number }): object {
  return {
    ...variant,
    id: `gid://shopify/ProductVariant/${product.number}${index}`,
    displayName: `${product.title} - ${variant.title}`,
    position: index + 1,
    inventoryPolicy: 'DENY',
    availableForSale: (variant.inventoryQuantity ?? 1) > 0,
    updatedAt: product.updatedAt,
    selectedOptions: variant.options,
    media: (args: PageArgs) => page([], args, () => {}),
  }
}

function mediaView({ kind, status, alt, file, version }: FakeMedia, number: string, { imageBase }: ShopView): object {
  const image =
    file === null
      ? null
      : {
          url: `${imageBase}/${file}?v=${version}`,
          width: 800,
          height: 800,
          altText: alt,
          thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
        }
  return {
    __typename: kind === 'IMAGE' ? 'MediaImage' : 'Video',
    id: `gid://shopify/${kind === 'IMAGE' ? 'MediaImage' : 'Video'}/${number}`,
    alt,
    mediaContentType: kind,
    status,
    mimeType: 'image/png',
    image,
  }
}

function priceRange(variants: readonly FakeVariant[]): object {
  const amounts = variants.map(({ price }) => Number(price)).toSorted((a, b) => a - b)
  const money = (amount = 0): object => ({ amount: amount.toFixed(1), currencyCode: 'USD' })
  return { minVariantPrice: money(amounts[0]), maxVariantPrice: money(amounts.at(-1)) }
}

function page(list: readonly object[], args: PageArgs, count: (length: number) => void): object {
  refuseTooMany(args)
  const start = args.after ? decode(args.after)[1] : 0
  const nodes = list.slice(start, start + (args.first ?? 0))
  count(nodes.length)
  const cursors = nodes.map((_, index) => encode(start + index + 1, start + index + 1))
  return { nodes, pageInfo: pageInfo(cursors, start + nodes.length < list.length, start > 0) }
}

function pageInfo(cursors: readonly string[], hasNextPage: boolean, hasPreviousPage: boolean): object {
  return { hasNextPage, hasPreviousPage, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null }
}

function refuseTooMany({ first }: PageArgs): void {
  if ((first ?? 0) <= 250) return
  throw new GraphQLError(`first cannot exceed 250`, { extensions: { code: 'BAD_REQUEST' } })
}

type Place = readonly [string | number, number]

function encode(id: number, value: string | number): string {
  return Buffer.from(JSON.stringify({ last_id: id, last_value: value })).toString('base64')
}

function decode(cursor: string): Place {
  const { last_id, last_value } = JSON.parse(Buffer.from(cursor, 'base64').toString()) as {
    last_id: number
    last_value: string | number
  }
  return [last_value, last_id]
}

function order(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return a[1] - b[1]
}
