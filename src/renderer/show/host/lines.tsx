import type { Line } from '../fit/wrap.ts'

/** Lines as they were planned: the browser breaks none of its own. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return lines.map((line, index) => (
    <span key={index} className="host-line">
      {line.map((run, at) => (run.bold ? <b key={at}>{run.text}</b> : <span key={at}>{run.text}</span>))}
    </span>
  ))
}
