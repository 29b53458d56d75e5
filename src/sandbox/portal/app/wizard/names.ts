/** What is wrong with the name of a resource group, or undefined. */
export function checkGroupName(name: string, existing: string[]): string | undefined {
  if (name === '') return 'The value must not be empty.'
  if (name.length > 90) return 'The value must not be longer than 90 characters.'
  if (!/^[\p{L}\p{N}._()-]*[\p{L}\p{N}_()-]$/u.test(name)) {
    return 'Resource group names only allow alphanumeric characters, periods, underscores, hyphens and parenthesis and cannot end in a period.'
  }
  const taken = existing.some(other => other.toLowerCase() === name.toLowerCase())
  return taken ? `A resource group with the name '${name}' already exists.` : undefined
}

/** The rules of a Recovery Services vault's name (portal-facts.md §6), broken or undefined. */
export function checkVaultName(name: string): string | undefined {
  if (name.length < 2 || name.length > 50) return 'The name must be between 2 and 50 characters long.'
  if (!/^[A-Za-z]/.test(name)) return 'The name must begin with a letter.'
  return /^[A-Za-z0-9-]+$/.test(name) ? undefined : 'The name can contain only letters, digits and hyphens.'
}
