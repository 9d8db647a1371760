import { AppError } from '#shared/app-error.ts'
import { describe, expect, test } from 'vitest'
import { describeTarget, directUrl, parseDatabaseUrl } from '../../src/main/sync/database-url.ts'

const neon = 'postgresql://anna:s3cret@ep-cool-name-123456-pooler.c-2.us-east-1.aws.neon.tech/shop'

function messageOf(text: string): string {
  try {
    parseDatabaseUrl(text)
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-call' && error.cause === undefined) return error.message
    throw error
  }
  return 'accepted'
}

describe('a database URL', () => {
  test('is taken apart; another machine is reached by TLS 1.3 with its certificate checked', () => {
    expect(parseDatabaseUrl(`${neon}?sslmode=require&channel_binding=require`)).toEqual({
      host: 'ep-cool-name-123456-pooler.c-2.us-east-1.aws.neon.tech',
      port: 5432,
      database: 'shop',
      user: 'anna',
      password: 's3cret',
      ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.3' },
      enableChannelBinding: true,
    })
  })

  test.each(['', '?sslmode=require', '?sslmode=verify-ca', '?sslmode=verify-full', '?ssl=true'])(
    'checks the certificate whatever it says about TLS: "%s"',
    (query) => {
      expect(parseDatabaseUrl(`${neon}${query}`).ssl).toEqual({
        rejectUnauthorized: true,
        minVersion: 'TLSv1.3',
      })
    },
  )

  test('has TLS 1.2 and a CA of its own only where they are asked for', () => {
    const ca = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    const { ssl } = parseDatabaseUrl('postgres://u:p@db.example/x', { ca, allowTls12: true })
    expect(ssl).toEqual({ rejectUnauthorized: true, minVersion: 'TLSv1.2', ca })
    expect(() => parseDatabaseUrl(neon, { ca: 'nonsense' })).toThrow('The CA file holds no certificate')
  })

  test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.10', '[::1]'])(
    'may go to this machine as it is: %s',
    (host) => {
      for (const query of ['', '?sslmode=disable', '?sslmode=prefer']) {
        expect(parseDatabaseUrl(`postgres://u@${host}:5433/x${query}`)).toMatchObject({ port: 5433, ssl: false })
      }
      for (const mode of ['require', 'verify-full']) {
        expect(parseDatabaseUrl(`postgres://u@${host}/x?sslmode=${mode}`).ssl).toMatchObject({
          rejectUnauthorized: true,
        })
      }
    },
  )

  test('has encoded characters in every part', () => {
    expect(parseDatabaseUrl('postgres://a%40b:p%2F%23%25@h.example/my%20db')).toMatchObject({
      user: 'a@b',
      password: 'p/#%',
      database: 'my db',
    })
  })

  test.each([
    ['postgres://u:s3cret@db.example/x?sslmode=disable', 'sslmode=disable would send'],
    ['postgres://u:s3cret@db.example/x?sslmode=no-verify', 'sslmode=no-verify would send'],
    ['postgres://u:s3cret@db.example/x?sslmode=allow', 'sslmode=allow would send'],
    ['postgres://u:s3cret@db.example/x?sslmode=prefer', 'sslmode=prefer would send'],
    ['postgres://u:s3cret@db.example/x?ssl=false', 'sslmode=disable would send'],
    ['postgres://u:s3cret@10.0.0.5/x?sslmode=disable', 'sslmode=disable would send'],
    ['postgres://u:s3cret@db.example/x?sslmode=s3cret', 'its "sslmode" is unknown'],
    ['postgres://u:s3cret@db.example/x?sslmode=require&uselibpqcompat=true', 'it sets "uselibpqcompat"'],
    ['postgres://u:s3cret@localhost/x?host=db.example', 'it sets "host"'],
    ['postgres://u:s3cret@localhost/x?options=-csearch_path', 'it sets "options"'],
    ['mysql://u:s3cret@db.example/x', 'it starts with "mysql:"'],
    ['https://u:s3cret@db.example/x', 'it starts with "https:"'],
    ['postgres://u:s3cret@db.example', 'it names no database'],
    ['postgres://u:s3cret@db.example/', 'it names no database'],
    ['postgres://u:s3cret@db.example/x/y', 'it names no database'],
    ['postgres://db.example/x', 'it names no user'],
    ['postgres://u@db.example/x', 'it has no password'],
    ['postgres:u:s3cret@db.example/x', 'it names no host'],
    ['postgres:///x', 'it names no host'],
    ['postgres://u:s3cret@%2Fvar%2Frun/x', 'its host is no name'],
    ['postgres://u:s3cret@a.example,b.example/x', 'its host is no name'],
    ['postgres://u:s3cret@127.1/x', 'its host is no name'],
    ['postgres://u:s3cret@2130706433/x', 'its host is no name'],
    ['postgres://u:s3cret@0x7f.1/x', 'its host is no name'],
    ['postgres://u:s3cret@a:1,b:2/x', 'it cannot be read'],
    ['postgres://u:s3cret/%@db.example/x', 'it cannot be read'],
    ['postgres://u:s3cret%@db.example/x', 'its password has a "%"'],
    ['postgres://u:1#s3cret@db.example/x', 'it contains a "#"'],
    ['s3cret', 'it cannot be read'],
    ['', 'it cannot be read'],
  ])('is refused with what is wrong, and without the password: %s', (text, what) => {
    expect(messageOf(text)).toContain(`The database address cannot be used: ${what}`)
    expect(messageOf(text)).not.toContain('s3cret')
  })
})

describe('the direct URL', () => {
  test('of a pooled Neon host leaves the pooler out, and keeps the rest', () => {
    expect(directUrl(`${neon}?sslmode=require`)).toBe(
      'postgresql://anna:s3cret@ep-cool-name-123456.c-2.us-east-1.aws.neon.tech/shop?sslmode=require',
    )
  })

  test.each([
    'postgresql://u:p@ep-cool-name-123456.us-east-1.aws.neon.tech/x',
    'postgresql://u:p@my-pooler.example.com/x',
    'postgresql://u:p@my-pooler.notneon.tech/x',
    'postgresql://u:p@localhost:5433/x',
  ])('of any other is the URL itself: %s', (text) => {
    expect(directUrl(text)).toBe(text)
  })
})

test('a target is described without its user and password', () => {
  expect(describeTarget('postgres://u:s3cret@DB.example:6543/x?sslmode=require')).toBe('db.example:6543/x')
  for (const odd of ['s3cret', 'postgres:u:s3cret@h/x', 'postgres://h/u:s3cret@h/x', 'postgres://h/s3cret@h']) {
    expect(describeTarget(odd)).toBe('an address that cannot be read')
  }
})
