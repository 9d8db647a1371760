import { buildSchema } from 'graphql'

/**
 * The part of Shopify's Admin API 2026-10 that Hudson may use, without what is deprecated there: a question that uses such a field
 * fails here. From https://shopify.dev/docs/api/admin-graphql/2026-10.
 */
export const schema = buildSchema(/* GraphQL */ `
  scalar DateTime
  scalar Decimal
  scalar HTML
  scalar Money
  scalar UnsignedInt64
  scalar URL

  type Query {
    shop: Shop!
    product(id: ID!): Product
    products(
      first: Int
      after: String
      query: String
      sortKey: ProductSortKeys = ID
      reverse: Boolean = false
    ): ProductConnection!
    productsCount(query: String, limit: Int = 10000): Count
    nodes(ids: [ID!]!): [Node]!
    currentAppInstallation: AppInstallation!
    publicApiVersions: [ApiVersion!]!
  }

  interface Node {
    id: ID!
  }

  type Shop {
    name: String!
    myshopifyDomain: String!
    currencyCode: String!
  }
  type AppInstallation {
    accessScopes: [AccessScope!]!
  }
  type AccessScope {
    handle: String!
  }
  type ApiVersion {
    handle: String!
    supported: Boolean!
  }
  type Count {
    count: Int!
    precision: CountPrecision!
  }
  enum CountPrecision {
    EXACT
    AT_LEAST
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  enum ProductSortKeys {
    CREATED_AT
    ID
    TITLE
    UPDATED_AT
  }
  enum ProductStatus {
    ACTIVE
    ARCHIVED
    DRAFT
    UNLISTED
    SUSPENDED
  }
  type ProductConnection {
    nodes: [Product!]!
    edges: [ProductEdge!]!
    pageInfo: PageInfo!
  }
  type ProductEdge {
    cursor: String!
    node: Product!
  }
  type MoneyV2 {
    amount: Decimal!
    currencyCode: String!
  }
  type ProductPriceRangeV2 {
    minVariantPrice: MoneyV2!
    maxVariantPrice: MoneyV2!
  }
  type ProductOption {
    name: String!
    values: [String!]!
  }
  type Product implements Node {
    id: ID!
    legacyResourceId: UnsignedInt64!
    title: String!
    handle: String!
    status: ProductStatus!
    vendor: String!
    productType: String!
    tags: [String!]!
    descriptionHtml: HTML!
    createdAt: DateTime!
    updatedAt: DateTime!
    publishedAt: DateTime
    totalInventory: Int!
    tracksInventory: Boolean!
    hasOnlyDefaultVariant: Boolean!
    variantsCount: Count
    priceRangeV2: ProductPriceRangeV2!
    options: [ProductOption!]!
    featuredMedia: Media
    media(first: Int, after: String, sortKey: ProductMediaSortKeys = POSITION): MediaConnection!
    variants(first: Int, after: String): ProductVariantConnection!
  }

  enum ProductMediaSortKeys {
    ID
    POSITION
  }
  enum MediaContentType {
    EXTERNAL_VIDEO
    IMAGE
    MODEL_3D
    VIDEO
  }
  enum MediaStatus {
    FAILED
    PROCESSING
    READY
    UPLOADED
  }
  interface Media {
    id: ID!
    alt: String
    mediaContentType: MediaContentType!
    status: MediaStatus!
  }
  type MediaImage implements Media & Node {
    id: ID!
    alt: String
    mediaContentType: MediaContentType!
    status: MediaStatus!
    mimeType: String
    image: Image
  }
  type Video implements Media & Node {
    id: ID!
    alt: String
    mediaContentType: MediaContentType!
    status: MediaStatus!
  }
  type Image {
    url: URL!
    width: Int
    height: Int
    altText: String
    thumbhash: String
  }
  type MediaConnection {
    nodes: [Media!]!
    pageInfo: PageInfo!
  }

  type SelectedOption {
    name: String!
    value: String!
  }
  enum ProductVariantInventoryPolicy {
    CONTINUE
    DENY
  }
  type ProductVariant implements Node {
    id: ID!
    title: String!
    displayName: String!
    sku: String
    barcode: String
    price: Money!
    compareAtPrice: Money
    position: Int!
    inventoryQuantity: Int
    inventoryPolicy: ProductVariantInventoryPolicy!
    availableForSale: Boolean!
    updatedAt: DateTime!
    selectedOptions: [SelectedOption!]!
    media(first: Int, after: String): MediaConnection!
  }
  type ProductVariantConnection {
    nodes: [ProductVariant!]!
    pageInfo: PageInfo!
  }
`)
