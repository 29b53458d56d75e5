import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Fact } from '../blades/declaration.ts'
import { CellContent } from './cell.tsx'

/** The pairs on top of a resource's overview (portal-facts.md §2). */
export function Essentials({ facts }: { facts: Fact[] }) {
  const [open, setOpen] = useState(true)
  return (
    <section aria-label="Essentials" className="ext-essentials">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDownRegular aria-hidden="true" /> : <ChevronRightRegular aria-hidden="true" />}
        Essentials
      </button>
      {open && (
        <dl>
          {facts.map(({ label, value, change }) => (
            <div key={label}>
              <dt>
                {label} {change && <CellContent cell={change} />}
              </dt>
              <dd>
                <CellContent cell={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
