import type { Cell } from '../blades/declaration.ts'
import { RouteLink } from './route-link.tsx'

/** What stands in a table or beside a label. */
export function CellContent({ cell }: { cell: Cell }) {
  if (typeof cell === 'string') return cell
  if ('route' in cell) return <RouteLink route={cell.route}>{cell.text}</RouteLink>
  return (
    <button type="button" className="fxs-link" onClick={cell.press}>
      {cell.text}
    </button>
  )
}
