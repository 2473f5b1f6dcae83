/** Whether two addresses are those of one endpoint: an address can be written in more than one way. */

/** `HTTP://Host:80/v2/` and `http://host/v2` are one. */
export function isSameEndpoint(one: string, other: string): boolean {
  return normal(one) === normal(other)
}

function normal(address: string): string {
  if (!URL.canParse(address)) return address
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}${pathname.replace(/(?<!\/)\/+$/, '')}`
}
