import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useState } from 'react'

/** The pairs on top of a resource's overview (portal-facts.md §2). */
export function Essentials({ pairs }: { pairs: [label: string, value: ReactNode, action?: ReactNode][] }) {
  const [open, setOpen] = useState(true)
  return (
    <section aria-label="Essentials" className="ext-essentials">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDownRegular aria-hidden="true" /> : <ChevronRightRegular aria-hidden="true" />}
        Essentials
      </button>
      {open && (
        <dl>
          {pairs.map(([label, value, action]) => (
            <div key={label}>
              <dt>
                {label} {action}
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
