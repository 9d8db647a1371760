import { join } from 'node:path'
import { flipFuses, FuseState, getCurrentFuseWire } from '@electron/fuses'
import { fusesFor } from './fuses.mjs'

/** Sets the fuses of the packed binary before it is signed, reads them back, and ends the build where one differs. */
export default async function afterPack({ appOutDir, electronPlatformName: platform, packager, arch }) {
  const { productFilename } = packager.appInfo
  const names = { darwin: `${productFilename}.app`, mas: `${productFilename}.app`, win32: `${productFilename}.exe` }
  const binary = join(appOutDir, names[platform] ?? packager.executableName)
  const wanted = fusesFor(platform)
  // On Apple silicon the change makes the linker's signature void; the real one follows.
  await flipFuses(binary, { ...wanted, resetAdHocDarwinSignature: platform === 'darwin' && arch === 3 })
  const wire = await getCurrentFuseWire(binary)
  for (const [fuse, on] of Object.entries(wanted)) {
    if (!/^\d+$/.test(fuse)) continue
    const state = on ? FuseState.ENABLE : FuseState.DISABLE
    if (wire[fuse] !== state) throw new Error(`Fuse ${fuse} is ${wire[fuse]}, and was to be ${state}`)
  }
}
