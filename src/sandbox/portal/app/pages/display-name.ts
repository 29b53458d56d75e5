import type { Location } from '../resource-manager.ts'

/** `West US` for `westus`. */
export function displayName(locations: Location[], name: string): string {
  return locations.find(location => location.name === name)?.displayName ?? name
}
