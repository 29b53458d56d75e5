import type { Estate } from '../../estate.ts'
import { objectsAt, referencesIn, referrersOf } from '../lifecycle.ts'

/** The ids of the configurations of interfaces that stand in a subnet, or that use an address. */
export function configurationsIn(id: string, estate: Estate): string[] {
  return referrersOf(id, estate).flatMap(resource =>
    objectsAt(resource.properties, 'ipConfigurations')
      .filter(one => referencesIn(one).some(other => other.toLowerCase() === id.toLowerCase()))
      .map(one => String(one['id'])),
  )
}
