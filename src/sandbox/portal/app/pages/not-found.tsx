import { nameOf, typeOf } from '../resource-manager.ts'
import { typeTitle } from '../catalog.ts'

/** What a resource's page shows when there is no such resource (yet). */
export function NotFound({ id, message }: { id: string; message?: string }) {
  return (
    <div className="ext-empty" role="alert">
      <h3>{typeTitle(typeOf(id))} not found</h3>
      <p>{message ?? `'${nameOf(id)}' was not found. It may have been deleted, or isn't ready yet.`}</p>
    </div>
  )
}
