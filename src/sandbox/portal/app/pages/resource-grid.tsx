import { MoreVerticalRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { typeTitle } from '../catalog.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { useHost } from '../host.ts'
import { DropMenu } from './drop-menu.tsx'
import { RouteLink } from './route-link.tsx'
import { useRowsInSight } from './rows-in-sight.ts'

/** What a row of a list shows, by column. */
export interface Row {
  id: string
  type: string
  name: string
  cells: Record<string, string>
}

interface GridProps {
  rows: Row[]
  columns: string[]
  selected: ReadonlySet<string>
  onSelect(selected: ReadonlySet<string>): void
  /** What the menu of a row offers beside opening it. */
  onDelete?: ((row: Row) => void) | undefined
}

/**
 * The grid of a list: the names of a row's cells make up its name, buttons that resize columns have none, and only the rows that
 * are in sight, and a few more, are in the document (portal-facts.md §4, §17.18).
 */
export function ResourceGrid({ rows, columns, selected, onSelect, onDelete }: GridProps) {
  const [sorted, setSorted] = useState<'ascending' | 'descending'>('ascending')
  const order = [...rows].sort((one, other) => one.name.localeCompare(other.name) * (sorted === 'ascending' ? 1 : -1))
  const body = useRef<HTMLTableSectionElement>(null)
  const { first, last } = useRowsInSight(body, order.length, rowHeight)
  const width = columns.length + 3
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  return (
    <table role="grid" className="ext-grid" aria-rowcount={rows.length + 1}>
      <thead>
        <tr>
          <th role="columnheader" className="ext-grid-narrow" aria-label="Selection" />
          {['Name', ...columns].map(column => (
            <th role="columnheader" key={column} aria-sort={column === 'Name' ? sorted : undefined}>
              <button type="button" onClick={() => setSorted(sorted === 'ascending' ? 'descending' : 'ascending')}>
                {column}
                {column === 'Name' && <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : ' ↓'}</span>}
              </button>
              <button type="button" className="ext-grid-resize" tabIndex={-1} />
            </th>
          ))}
          <th role="columnheader" className="ext-grid-narrow" aria-label="Actions" />
        </tr>
      </thead>
      <tbody ref={body}>
        <Gap rows={first} width={width} />
        {order.slice(first, last).map((row, index) => (
          <tr key={row.id} aria-rowindex={first + index + 2} aria-selected={selected.has(row.id)}>
            <td role="gridcell">
              <input
                type="checkbox"
                aria-label="Select row"
                checked={selected.has(row.id)}
                onChange={() => toggle(row.id)}
              />
            </td>
            <td role="gridcell">
              <NameCell row={row} />
            </td>
            {columns.map(column => (
              <td role="gridcell" key={column}>
                {row.cells[column] ?? ''}
              </td>
            ))}
            <td role="gridcell">
              <RowMenu row={row} onDelete={onDelete} />
            </td>
          </tr>
        ))}
        <Gap rows={order.length - last} width={width} />
      </tbody>
    </table>
  )
}

function RowMenu({ row, onDelete }: { row: Row; onDelete: GridProps['onDelete'] }) {
  const { navigate } = useHost()
  const [open, setOpen] = useState(false)
  const entries = [
    { name: 'Open', onPress: () => navigate({ page: 'resource', id: row.id, item: 'overview' }) },
    ...(onDelete ? [{ name: 'Delete', onPress: () => onDelete(row) }] : []),
  ]
  return (
    <div className="ext-row-menu">
      <button
        type="button"
        className="ext-grid-menu"
        aria-label="Open context menu"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <MoreVerticalRegular />
      </button>
      {open && (
        <DropMenu name={`Actions of ${row.name}`} onClose={() => setOpen(false)}>
          {entries.map(({ name, onPress }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              className="ext-command"
              onClick={() => {
                setOpen(false)
                onPress()
              }}
            >
              {name}
            </button>
          ))}
        </DropMenu>
      )}
    </div>
  )
}

/** Pixels; portal.css has the same. */
const rowHeight = 36

/** Takes the place of rows that are out of sight. */
function Gap({ rows, width }: { rows: number; width: number }) {
  if (rows <= 0) return null
  return (
    <tr role="presentation" aria-hidden="true" className="ext-grid-gap" style={{ height: rows * rowHeight }}>
      <td role="presentation" colSpan={width} />
    </tr>
  )
}

function NameCell({ row }: { row: Row }): ReactElement {
  const label = typeTitle(row.type)
  return (
    <>
      <span role="img" aria-label={label}>
        <EntryIcon title={label} />
      </span>
      <RouteLink route={{ page: 'resource', id: row.id, item: 'overview' }}>{row.name}</RouteLink>
    </>
  )
}
