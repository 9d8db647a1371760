import { registerHooks } from 'node:module'

// `node --import …/register.ts out/main/index.js`: the built main process, unchanged, finds this stand-in where it imports
// Electron.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context)
    return { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
  },
})
