/** Ids that count from one: those of members in each pool, so that only the whole path tells them apart. */

import type { DeliveryVariant } from '../../delivery.ts'
import type { RawRequest, RawResponse, Reference } from '../../server.ts'

export const scopedIdVariants: readonly DeliveryVariant[] = [
  {
    id: 'ids-count-from-one',
    allowedBy: 'Ids are typed String; the path names a backend server by its pool and its own id.',
    front: counting,
  },
]

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const kinds = ['loadbalancers', 'listeners', 'pools', 'healthmonitors', 'l7policies']

/** Numbers in place of the ids of the server behind it, as soon as it has shown them. */
function counting(reference: Reference): Reference {
  const numbers = new Numbers()
  return {
    ...reference,
    setProvisioningStatus: (id, status) =>
      reference.setProvisioningStatus(numbers.meant('loadbalancers', id) ?? id, status),
    handle: (request) => numbers.told(request, reference.handle(numbers.asked(request))),
  }
}

/** The first number of anything but a backend server: those of different collections may be the same. */
const first = 1001

class Numbers {
  /** The number of each id of the server. */
  readonly #numbers = new Map<string, string>()
  /** The id of the server by collection, or pool, and number. */
  readonly #ids = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** @param place - A collection, or the path of the members of a pool. */
  meant(place: string, number: string): string | undefined {
    return this.#ids.get(`${place}/${number}`)
  }

  asked(request: RawRequest): RawRequest {
    const url = request.url.replace(
      /\/lbaas\/(\w+)\/([^/?]+)(?:\/members\/([^/?]+))?/,
      (_whole, kind: string, number: string, member?: string) => {
        const id = this.meant(kind, number) ?? number
        const object = `/lbaas/${kind}/${id}`
        return member === undefined
          ? object
          : `${object}/members/${this.meant(id, member) ?? member}`
      },
    )
    const within = url.replace(
      /\?loadbalancer_id=(\w+)/,
      (whole, number: string) =>
        `?loadbalancer_id=${this.meant('loadbalancers', number) ?? whole.slice(17)}`,
    )
    return { ...request, url: within, body: this.#askedIn(request.body) }
  }

  /** Fields of a request that name another object. */
  #askedIn(body: string): string {
    return body.replaceAll(
      /"(loadbalancer|listener|pool|default_pool|redirect_pool)_id":\s*"([^"]+)"/g,
      (whole, field: string, number: string) => {
        const kind = field.endsWith('pool') ? 'pools' : `${field}s`
        const id = this.meant(kind, number)
        return id === undefined ? whole : `"${field}_id":"${id}"`
      },
    )
  }

  told({ method, url }: RawRequest, response: RawResponse): RawResponse {
    if (method === 'POST' && response.status === 201) this.#number(url, response.body)
    const body = response.body.replaceAll(uuid, (id) => this.#numbers.get(id) ?? id)
    return { ...response, body }
  }

  #number(url: string, body: string): void {
    const [, kind = '', number = '', within] =
      /\/v2\.0\/lbaas\/(\w+)(?:\/([^/?]+)\/(\w+))?/.exec(url) ?? []
    const [{ id } = { id: '' }] = Object.values(JSON.parse(body) as Record<string, { id: string }>)
    const place = within === 'members' ? (this.meant(kind, number) ?? '') : kind
    if (within !== 'members' && !kinds.includes(kind)) return
    const count = this.#counts.get(place) ?? (within === 'members' ? 1 : first)
    this.#counts.set(place, count + 1)
    this.#numbers.set(id, String(count))
    this.#ids.set(`${place}/${count}`, id)
  }
}
