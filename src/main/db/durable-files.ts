import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

// What is renamed or made in a folder survives a power cut only once the folder itself is on the disk.

/** Makes the names in a folder durable: files that were made, renamed or removed there. */
export function syncFolder(folder: string): void {
  // Windows has no such call for folders; NTFS keeps its own log of names.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes a file's content durable. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Renames within one disk; afterwards it is so for good. A file of that name is replaced. */
export function moveDurably(from: string, to: string): void {
  renameSync(from, to)
  syncFolder(dirname(to))
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from))
}

/** Writes a file that is there whole or not at all. */
export function writeDurably(path: string, text: string): void {
  const part = `${path}.part`
  writeFileSync(part, text, { mode: 0o600 })
  syncFile(part)
  moveDurably(part, path)
}

/** Copies a file; the copy is there whole or not at all. */
export function copyDurably(from: string, to: string): void {
  const part = `${to}.part`
  copyFileSync(from, part)
  syncFile(part)
  moveDurably(part, to)
}

/** Removes a file that need not be there. */
export function removeDurably(path: string): void {
  if (!existsSync(path)) return
  rmSync(path)
  syncFolder(dirname(path))
}
