import { expect, test } from 'vitest'
import { readShopName } from '#shared/shop-name.ts'

test.each([
  'mystore',
  'MyStore',
  ' mystore.myshopify.com ',
  'mystore.myshopify.com/',
  'https://mystore.myshopify.com/admin/products?x=1#top',
  'http://mystore.myshopify.com:443/collections',
  'admin.shopify.com/store/mystore',
  'https://admin.shopify.com/store/mystore/settings/domains?tab=1',
])('"%s" is the shop', (text) => {
  expect(readShopName(text)).toEqual({ kind: 'shop', host: 'mystore.myshopify.com' })
})

test.each([
  ['', { kind: 'empty' }],
  ['   ', { kind: 'empty' }],
  ['www.mystore.com', { kind: 'domain', host: 'www.mystore.com' }],
  ['https://mystore.com/admin', { kind: 'domain', host: 'mystore.com' }],
  ['https://myshopify.com.evil.example/', { kind: 'domain', host: 'myshopify.com.evil.example' }],
  ['my store', { kind: 'unreadable' }],
  ['-mystore', { kind: 'unreadable' }],
  ['https://admin.shopify.com/', { kind: 'unreadable' }],
  ['a.b.myshopify.com', { kind: 'unreadable' }],
  ['https://anna:secret@mystore.myshopify.com', { kind: 'unreadable' }],
  ['javascript:alert(1)', { kind: 'unreadable' }],
])('"%s" is none', (text, kind) => {
  expect(readShopName(text)).toEqual(kind)
})
