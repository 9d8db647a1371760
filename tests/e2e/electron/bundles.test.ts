import { readdirSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metaPolicy } from '../../../src/main/page-policy.ts'
import { builtApp } from '../../support/electron-runtime/run-app.ts'

const preloadDir = join(builtApp, 'preload')
const preload = (): string => readFileSync(join(preloadDir, 'index.cjs'), 'utf8')

describe('the built preload', () => {
  it('is one CommonJS file of at most 15 KB', () => {
    expect(readdirSync(preloadDir)).toEqual(['index.cjs'])
    expect(statSync(join(preloadDir, 'index.cjs')).size).toBeLessThanOrEqual(15 * 1024)
  })

  it('needs nothing but electron, which is all that a sandbox gives', () => {
    const required = [...preload().matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)
    expect(new Set(required)).toEqual(new Set(['"electron"']))
    expect(preload()).not.toMatch(/^\s*(import|export)\b|\bimport\(/m)
  })

  it('passes nothing of Electron on to pages', () => {
    expect(preload()).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/)
  })
})

describe('the built page', () => {
  it('says itself what it may load, before it loads anything', () => {
    const page = readFileSync(join(builtApp, 'renderer', 'index.html'), 'utf8')
    const [, said = ''] =
      /^<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(
        page,
      ) ?? []
    expect(said.replaceAll('&#39;', "'")).toBe(metaPolicy())
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/)
  })
})

describe('the built main process', () => {
  it('finds everything but Electron and the database in its own files', () => {
    const dir = join(builtApp, 'main')
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    const imports = /^import (?:[\w$*{}\s,]+ from )?["']([^"'\n]+)["'];$/gm
    const specifiers = files.flatMap((name) =>
      [...readFileSync(join(dir, name), 'utf8').matchAll(imports)].map(([, from]) => from ?? ''),
    )
    const packages = new Set(specifiers.filter((from) => !from.startsWith('.') && !isBuiltin(from)))
    expect([...packages].toSorted()).toEqual(['better-sqlite3', 'electron'])
  })
})
