/** Yields the Authorization header for Resource Manager from the portal's session; when that has ended, leaves for the sign-in page. */
export function createAuthorization(): (renew: boolean) => Promise<string> {
  let current: Promise<{ authHeader: string; until: number }> | undefined

  return async renew => {
    const known = await current?.catch(() => undefined)
    if (renew || !known || known.until < Date.now()) current = fetchToken(renew)
    return (await (current ?? fetchToken(renew))).authHeader
  }
}

/** `refused`: Resource Manager didn't take the last one. */
async function fetchToken(refused: boolean) {
  const response = await fetch(`/api/DelegationToken${refused ? '?refused=true' : ''}`, { method: 'POST' })
  if (response.status === 401) return leaveForSignIn()
  const { authHeader, expiresInMs } = (await response.json()) as { authHeader: string; expiresInMs: number }
  return { authHeader, until: Date.now() + Math.min(expiresInMs, 5 * 60 * 1000) - 1000 }
}

/** The window is about to be replaced, so nothing that waits for a token needs an answer. */
function leaveForSignIn(): Promise<never> {
  location.assign(`/auth/login/${location.search}${location.hash}`)
  return new Promise(() => undefined)
}
