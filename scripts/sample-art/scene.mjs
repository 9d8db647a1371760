/** The size of every sample picture. */
export const WIDTH = 1000
export const HEIGHT = 1250

/** A picture: a quiet wall with an arch, a table, and what stands or hangs there. */
export function scene({ wall, arch, table }, content, { table: hasTable = true, arch: hasArch = true } = {}) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 1000 1250">
    <defs>
      <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${shade(wall, 6)}"/><stop offset="1" stop-color="${shade(wall, -5)}"/></linearGradient>
      <linearGradient id="light" x1="0" y1="0" x2="1" y2="0.4"><stop offset="0" stop-color="#fff" stop-opacity=".28"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/></linearGradient>
      <radialGradient id="drop"><stop offset="0" stop-color="#2a1d14" stop-opacity=".34"/><stop offset="1" stop-color="#2a1d14" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="1000" height="1250" fill="url(#wall)"/>
    ${hasArch ? `<path d="M150 1250 V520 A350 350 0 0 1 850 520 V1250 Z" fill="${arch}"/>` : ''}
    ${hasTable ? `<rect y="1010" width="1000" height="240" fill="${table}"/><rect y="1010" width="1000" height="8" fill="#fff" opacity=".22"/>` : ''}
    ${content}
    <rect width="1000" height="1250" fill="url(#light)"/>
  </svg>`
}

/** The soft shadow of something that stands at `y`. */
export function shadow(x, y, rx) {
  const ry = rx / 7
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="url(#drop)"/>`
}

/** Draws the content again, larger, around a point of it. */
export function closeUp(content, { x, y, zoom, turn = 0 }) {
  return `<g transform="translate(500 620) rotate(${turn}) scale(${zoom}) translate(${-x} ${-y})">${content}</g>`
}

/** The colour made lighter (or darker, below 0) by that many hundredths. */
export function shade(colour, by) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const towards = by > 0 ? 255 : 0
  const mixed = parts.map((part) => Math.round(part + ((towards - part) * Math.abs(by)) / 100))
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
