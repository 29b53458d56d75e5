/** The built-in roles that matter to articles, each at the whole subscription. */
export type Role = 'Owner' | 'Contributor' | 'Reader'

/** Whether a role may do something: `Microsoft.Authorization/locks/write`. Contributors may not hand out rights, nor lock. */
export function allows(role: Role, action: string): boolean {
  const asked = action.toLowerCase()
  if (role === 'Owner' || asked.endsWith('/read')) return true
  return role === 'Contributor' && !/^microsoft\.authorization\/.*\/(?:write|delete|action)$/.test(asked)
}
