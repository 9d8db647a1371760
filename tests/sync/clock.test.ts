import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { addBrand, addProduct } from './desk.ts'
import { brandIn, clockIn, productsIn, team } from './team.ts'

describe('the clock', () => {
  test('[S1] one transaction takes one rev and one token, whoever writes and however much', async () => {
    const { a, sql } = await team()
    const before = await clockIn(sql)
    await sql('BEGIN')
    const brand = await brandIn(sql)
    await productsIn(sql, brand, 3)
    await sql('UPDATE products SET sku = name')
    await sql('COMMIT')
    const between = await clockIn(sql)
    expect(between.rev).toBe(before.rev + 1)
    expect(between.token).not.toBe(before.token)
    expect(await sql('SELECT DISTINCT rev::int FROM sync_index')).toEqual([{ rev: between.rev }])

    addProduct(a, addBrand(a))
    await a.exchange.greet()
    await a.exchange.push()
    const after = await clockIn(sql)
    expect(after.rev).toBe(between.rev + 1)
    expect(after.token).not.toBe(between.token)
  })

  test('[S1] a transaction that is rolled back takes none; one whose savepoint is rolled back still takes one', async () => {
    const { sql } = await team()
    const before = await clockIn(sql)
    await sql('BEGIN')
    await brandIn(sql)
    await sql('ROLLBACK')
    expect(await clockIn(sql)).toEqual(before)
    await sql('BEGIN')
    await sql('SAVEPOINT s')
    await brandIn(sql, 'Undone')
    await sql('ROLLBACK TO s')
    await brandIn(sql, 'Kept')
    await sql('COMMIT')
    const after = await clockIn(sql)
    expect(after.rev).toBe(before.rev + 1)
    expect(await sql('SELECT rev::int FROM sync_index')).toEqual([{ rev: after.rev }])
    expect(await sql('SELECT token FROM sync_revs WHERE rev = $1', [after.rev])).toEqual([{ token: after.token }])
  })

  test('[S1] transactions that touch the same rows in opposite order wait for each other, and do not deadlock', async () => {
    const { sql, connection } = await team()
    const [first, second] = await productsIn(sql, await brandIn(sql), 2)
    const one = await connection()
    const two = await connection()
    await one('BEGIN')
    await one(`UPDATE products SET name = 'one' WHERE id = $1`, [first])
    await two('BEGIN')
    const order: string[] = []
    const waiting = two(`UPDATE products SET name = 'two' WHERE id = $1`, [second]).then(() => order.push('two'))
    await one(`UPDATE products SET name = 'one' WHERE id = $1`, [second])
    order.push('one')
    await one('COMMIT')
    await waiting
    await two(`UPDATE products SET name = 'two' WHERE id = $1`, [first])
    await two('COMMIT')
    expect(order).toEqual(['one', 'two'])
    expect(await sql('SELECT DISTINCT name FROM products')).toEqual([{ name: 'two' }])
  })

  test('[S1] [L1] what commits later has the later rev: a pull between two commits misses neither', async () => {
    const { a, sql, connection } = await team()
    const brand = await brandIn(sql)
    const one = await connection()
    const two = await connection()
    await one('BEGIN')
    const [early] = await productsIn(one, brand, 1)
    const later = productsIn(two, brand, 1)
    // The second writer waits for the first: it cannot commit with an earlier rev behind it.
    expect(await Promise.race([later, sleep(150, 'waits')])).toBe('waits')
    await a.sync()
    expect(a.all('products')).toEqual([])
    await one('COMMIT')
    const [late] = await later
    await a.sync()
    expect(a.all('products').map(({ id }) => id)).toEqual(
      [early, late].toSorted((x, y) => String(x).localeCompare(String(y))),
    )
  })

  test('[S1] [L1] a transaction that began earlier and commits later is not skipped', async () => {
    const { a, sql, connection } = await team()
    const brand = await brandIn(sql)
    const slow = await connection()
    await slow('BEGIN')
    // It has its snapshot and its time long before it writes.
    await slow('SELECT now(), count(*) FROM products')
    const [quick] = await productsIn(sql, brand, 1)
    await a.sync()
    expect(a.all('products').map(({ id }) => id)).toEqual([quick])
    const [late] = await productsIn(slow, brand, 1)
    await slow('COMMIT')
    await a.sync()
    expect(a.row('products', String(late))).toBeDefined()
  })

  test('[S6] a transaction notifies once, with its rev and nothing else; one that is rolled back does not', async () => {
    const { url, sql } = await team()
    const listener = new pg.Client({ connectionString: url })
    await listener.connect()
    onTestFinished(() => listener.end())
    const heard: unknown[] = []
    listener.on('notification', ({ channel, payload }) => heard.push([channel, payload]))
    await listener.query('LISTEN hudson')
    await sql('BEGIN')
    await brandIn(sql)
    await sql('ROLLBACK')
    await sql('BEGIN')
    await productsIn(sql, await brandIn(sql), 2)
    await sql('UPDATE products SET sku = name')
    await sql('COMMIT')
    const { rev } = await clockIn(sql)
    await listener.query('SELECT 1')
    expect(heard).toEqual([['hudson', String(rev)]])
  })

  test('[S6] a desktop that listens hears the rev of every commit', async () => {
    const { a, sql } = await team()
    const heard = Promise.withResolvers<number>()
    const stop = await a.remote.listen(heard.resolve, heard.reject)
    await brandIn(sql)
    expect(await heard.promise).toBe(Number((await sql('SELECT rev FROM sync_clock'))[0]?.['rev']))
    stop()
  })
})
