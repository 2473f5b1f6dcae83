/** What a status tree shows. Pools are in it below their load balancer, below a listener, or below both. */

type Node = Readonly<Record<string, unknown>>

/** The pools of a tree with this id: one for each place at which it is shown. */
export function poolsInTree(tree: string, { id }: { readonly id: string }): readonly Node[] {
  return below(parsed(tree), 'pools').filter((pool) => pool['id'] === id)
}

/** Is a backend server of this id shown in this pool? Its id may be that of another one in another pool. */
export function isMemberInTree(
  tree: string,
  pool: { readonly id: string },
  member: { readonly id: string },
): boolean {
  const members = poolsInTree(tree, pool).flatMap((one) => below(one, 'members'))
  return members.some(({ id }) => id === member.id)
}

/** Nothing for what is not JSON: whoever needs a tree has looked whether there is one. */
function parsed(tree: string): unknown {
  try {
    return JSON.parse(tree)
  } catch {
    return undefined
  }
}

/** The elements of all lists with this key, at whatever depth. */
function below(value: unknown, key: string): Node[] {
  if (Array.isArray(value)) return value.flatMap((one) => below(one, key))
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key && Array.isArray(inner) ? inner.filter((one) => isNode(one)) : []),
    ...below(inner, key),
  ])
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
