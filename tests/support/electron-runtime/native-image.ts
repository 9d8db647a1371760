import { readFileSync } from 'node:fs'
import type { NativeImage, Size } from 'electron'
import { imageSize } from 'image-size'
import { notBuilt, strict, strictObject } from './not-built.ts'

/** A picture of the system: its bytes as they came. Nothing is decoded or scaled here. */
export class StandInImage
  extends strictObject('NativeImage')
  implements Pick<NativeImage, 'isEmpty' | 'toPNG' | 'setTemplateImage' | 'isTemplateImage' | 'getSize'>
{
  readonly #bytes: Buffer
  #size: Size | null = null
  #template = false

  constructor(bytes: Buffer, size: Size | null = null) {
    super()
    this.#bytes = bytes
    this.#size = size
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0
  }

  getSize(): Size {
    if (this.isEmpty()) return { width: 0, height: 0 }
    if (!this.#size) {
      const { width, height } = imageSize(this.#bytes)
      this.#size = { width, height }
    }
    return this.#size
  }

  /** The same picture, which answers with the new size. */
  resize({ width, height }: { readonly width?: number; readonly height?: number }): StandInImage {
    const before = this.getSize()
    const ratio = before.width / before.height
    const size = {
      width: width ?? Math.round((height ?? 0) * ratio),
      height: height ?? Math.round((width ?? 0) / ratio),
    }
    return new StandInImage(this.#bytes, size)
  }

  toPNG(): Buffer {
    if (this.#bytes.subarray(1, 4).toString() !== 'PNG') notBuilt('NativeImage.toPNG of another format')
    return Buffer.from(this.#bytes)
  }

  setTemplateImage(option: boolean): void {
    this.#template = option
  }

  isTemplateImage(): boolean {
    return this.#template
  }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => new StandInImage(Buffer.alloc(0)),
  createFromBuffer: (buffer: Buffer, size?: Partial<Size>) =>
    new StandInImage(
      Buffer.from(buffer),
      size?.width && size.height ? { width: size.width, height: size.height } : null,
    ),
  createFromDataURL: (url: string) => new StandInImage(Buffer.from(url.replace(/^data:[^,]*,/, ''), 'base64')),
  /** An empty image where there is no such file (docs/api/native-image.md#nativeimagecreatefrompathpath). */
  createFromPath: (path: string) => {
    try {
      return new StandInImage(readFileSync(path))
    } catch {
      // Electron says nothing either: the image is empty.
      return new StandInImage(Buffer.alloc(0))
    }
  },
})

/** What an icon may be given as. */
export function asImage(image: StandInImage | string): StandInImage {
  return typeof image === 'string' ? nativeImage.createFromPath(image) : image
}
