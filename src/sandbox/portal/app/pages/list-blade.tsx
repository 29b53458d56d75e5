import { Spinner } from '@fluentui/react-components'
import type { ListBlade, Row, Scope } from '../blades/declaration.ts'
import { useHost } from '../host.ts'
import { CellContent } from './cell.tsx'
import { CommandBar } from './command-bar.tsx'
import { useLoaded } from './loaded.ts'

/** A table of what belongs to a resource or a service: its commands above, those of a row at its end. */
export function DeclaredList({ id, blade }: { id: string; blade: ListBlade }) {
  const host = useHost()
  const [rows, reload] = useLoaded(`${id} ${blade.title}`, async signal => {
    await host.delays.wait('list', signal)
    return blade.read(scope)
  })
  const scope: Scope = { id, host, reload }
  const refresh = { name: 'Refresh', icon: 'refresh', onPress: reload } as const
  return (
    <div className="ext-list">
      <CommandBar kind="toolbar" commands={[...(blade.commands?.(scope) ?? []), refresh]} />
      {rows.type === 'failed' && <p role="alert">{rows.error.message}</p>}
      {rows.type === 'loading' && <Spinner className="ext-spinner" label="Loading..." />}
      {rows.type === 'loaded' && <Table {...blade} rows={rows.value} />}
    </div>
  )
}

/** Also for pages that read their rows themselves. */
export function Table({
  title,
  columns,
  empty,
  rows,
}: Pick<ListBlade, 'title' | 'columns' | 'empty'> & { rows: Row[] }) {
  const hasActions = rows.some(({ actions }) => actions)
  return (
    <table role="grid" aria-label={title} className="ext-grid ext-rows">
      <thead>
        <tr>
          {columns.map(column => (
            <th role="columnheader" key={column}>
              {column}
            </th>
          ))}
          {hasActions && <th role="columnheader" aria-label="Actions" />}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells, actions = [] }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td role="gridcell" key={columns[index]}>
                <CellContent cell={cell} />
              </td>
            ))}
            {hasActions && (
              <td role="gridcell" className="ext-row-actions">
                {actions.map(action => (
                  <CellContent key={action.text} cell={action} />
                ))}
              </td>
            )}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td role="gridcell" colSpan={columns.length}>
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
