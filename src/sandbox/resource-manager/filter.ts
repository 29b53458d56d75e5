/**
 * Reads the equalities of a `$filter`, by lower-case name. What else it says is ignored.
 * > resourceGroup eq 'rg1' and resourceType eq 'Microsoft.RecoveryServices/vaults'
 */
export function readFilter(filter: string | undefined): Map<string, string> {
  const equalities = (filter ?? '').matchAll(/(\w+)\s+eq\s+'((?:[^']|'')*)'/gi)
  return new Map([...equalities].map(([, name = '', value = '']) => [name.toLowerCase(), value.replaceAll("''", "'")]))
}
