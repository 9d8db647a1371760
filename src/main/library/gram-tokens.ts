/**
 * Answers every single letter of a text and every pair that stands side by side, each once, as tokens of letters and digits
 * only. It is asked for each of a hundred thousand products in a row, and their letters are nearly all plain: of those, the
 * tokens are written into one buffer, where a set and a string for each token cost several times as much.
 */
export class GramTokens {
  /** In which text a pair was met last; a single letter stands as the pair of NUL and it, as NUL is never part of a pair. */
  readonly #met = new Uint32Array(ASCII * ASCII)
  /** The token of each pair, once it was met, and a space behind it. */
  readonly #spelled = new Uint8Array(ASCII * ASCII * WIDTH)
  readonly #out = Buffer.alloc(LONGEST * 2 * WIDTH)
  #text = 0
  #end = 0

  of(text: string): string {
    if (text.length > LONGEST) return tokensOfAny(text)
    this.#text += 1
    this.#end = 0
    let previous = 0
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      if (code >= ASCII || code === 0) return tokensOfAny(text)
      if (code === SPACE || (code >= TAB && code <= RETURN)) {
        previous = 0
        continue
      }
      this.#add(code)
      if (previous !== 0) this.#add(previous * ASCII + code)
      previous = code
    }
    return this.#out.toString('latin1', 0, this.#end)
  }

  #add(pair: number): void {
    if (this.#met[pair] === this.#text) return
    this.#met[pair] = this.#text
    const from = pair * WIDTH
    if (this.#spelled[from] === 0) this.#spelled.set(Buffer.from(spell(pair)), from)
    for (let at = from; ; at += 1) {
      const byte = this.#spelled[at] ?? SPACE
      this.#out[this.#end++] = byte
      if (byte === SPACE) return
    }
  }
}

function spell(pair: number): string {
  const [first, second] = [Math.floor(pair / ASCII), pair % ASCII]
  return first === 0 ? `${second.toString(16)} ` : `${first.toString(16)}x${second.toString(16)} `
}

function tokensOfAny(text: string): string {
  const grams = new Set<string>()
  let previous = ''
  for (const letter of text) {
    if (letter.trim() === '') {
      previous = ''
      continue
    }
    const one = (letter.codePointAt(0) ?? 0).toString(16)
    grams.add(one)
    if (previous !== '') grams.add(`${previous}x${one}`)
    previous = one
  }
  return [...grams].join(' ')
}

const TAB = 9
const RETURN = 13
const SPACE = 32
const ASCII = 128
/** Letters of a text beyond which the buffer ends. */
const LONGEST = 4_000
/** Bytes of the longest token, such as `7ax7a`, and the space behind it, and what makes it a round number. */
const WIDTH = 8
