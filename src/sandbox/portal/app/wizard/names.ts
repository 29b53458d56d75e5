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

/** The rules that names of network resources have in common (portal-facts.md §5). */
export function checkResourceName(name: string, least: number, most: number): string | undefined {
  if (name.length < least || name.length > most) return `The name must be between ${least} and ${most} characters long.`
  return /^[A-Za-z0-9](?:[\w.-]*\w)?$/.test(name)
    ? undefined
    : 'The name must begin with a letter or number, end with a letter, number or underscore, and may contain only letters, numbers, underscores, periods, or hyphens.'
}

export function checkMachineName(name: string): string | undefined {
  if (name.length > 64) return 'Virtual machine name must be between 1 and 64 characters long.'
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)
    ? undefined
    : "Azure resource names cannot contain special characters \\/\"[]:|<>+=;,?*@&, whitespace, or begin with '_' or end with '.' or '-'"
}

export function checkUserName(name: string): string | undefined {
  if (/^(?:admin|administrator|root|guest|user|test|console)$/i.test(name))
    return 'The specified username is not allowed.'
  return /^[A-Za-z_][\w-]{0,63}$/.test(name)
    ? undefined
    : 'Username must only contain letters, numbers, hyphens, and underscores and may not start with a hyphen or number.'
}

export function checkPassword(password: string): string | undefined {
  if (password.length < 12 || password.length > 72) return 'The password must be between 12 and 72 characters long.'
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(kind => kind.test(password)).length
  return kinds >= 3
    ? undefined
    : 'The password must have 3 of the following: 1 lower case character, 1 upper case character, 1 number, and 1 special character.'
}

/** Where a resource goes, in the template: a region, or an extended zone of it. */
export function placeOf({ location, zone }: { location: string; zone: string | undefined }) {
  return { location, ...(zone === undefined ? {} : { extendedLocation: { type: 'EdgeZone', name: zone } }) }
}
