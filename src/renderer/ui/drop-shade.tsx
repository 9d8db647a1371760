import { FileDown } from 'lucide-react'
import './drop-shade.css'

/** Says what happens to the files that are held above the window. */
export function DropShade({ over, text }: { readonly over: boolean; readonly text: string }) {
  if (!over) return null
  return (
    <div className="drop-shade" aria-hidden>
      <p>
        <FileDown />
        {text}
      </p>
    </div>
  )
}
