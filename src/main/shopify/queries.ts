/** The version of Shopify's Admin API that Hudson speaks. Shopify serves a version that it retired as its oldest one, without a word. */
export const API_VERSION = '2026-10'

/** One question, with the points that Shopify prices it at until it says so itself. */
export interface Question {
  readonly name: string
  readonly text: string
  readonly cost: number
}

/** How many products a page holds; and ids, where nothing else is asked. Larger pages are cheaper, smaller ones sooner here. */
export const PAGE = 100
export const ID_PAGE = 250

const VARIANT = `title sku barcode price compareAtPrice position inventoryQuantity selectedOptions { name value }`

// Media, and not the deprecated images. What is not a picture, and what is not ready, is left out here.
const PRODUCT = `id handle title descriptionHtml vendor status tags updatedAt
  media(first: 50, sortKey: POSITION) { pageInfo { hasNextPage } nodes { mediaContentType status alt ... on MediaImage { image { url thumbhash } } } }
  variants(first: 100) { pageInfo { hasNextPage endCursor } nodes { ${VARIANT} } }`

/** A page of products, oldest change first. */
export const productsPage: Question = {
  name: 'HudsonProducts',
  text: `query HudsonProducts($first: Int!, $after: String, $query: String) {
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor } nodes { ${PRODUCT} } } }`,
  cost: 700,
}

/** Some products by their ids. */
export const productsById: Question = {
  name: 'HudsonProductsById',
  text: `query HudsonProductsById($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { ${PRODUCT} } } }`,
  cost: 700,
}

/** The variants that did not fit on a product's first page. */
export const moreVariants: Question = {
  name: 'HudsonVariants',
  text: `query HudsonVariants($id: ID!, $after: String) { product(id: $id) {
  variants(first: 250, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${VARIANT} } } } }`,
  cost: 30,
}

/** Which products there are. */
export const productIds: Question = {
  name: 'HudsonProductIds',
  text: `query HudsonProductIds($first: Int!, $after: String, $query: String) {
  products(first: $first, after: $after, query: $query, sortKey: ID) {
  pageInfo { hasNextPage endCursor } nodes { id } } }`,
  cost: 15,
}

/** How many products there are. */
export const productCount: Question = {
  name: 'HudsonCount',
  text: `query HudsonCount { productsCount(limit: null) { count precision } }`,
  cost: 10,
}

/** What the test of a connection asks. */
export const shopProbe: Question = {
  name: 'HudsonProbe',
  text: `query HudsonProbe { shop { name myshopifyDomain currencyCode } productsCount { count precision }
  currentAppInstallation { accessScopes { handle } } publicApiVersions { handle supported } }`,
  cost: 15,
}
