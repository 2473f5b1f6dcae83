import { describe, expect, test } from 'vitest'
import { UsageError } from '../model.ts'
import { proxyFor, proxySecrets } from './proxy.ts'

const proxy = 'http://proxy.test:3128'
const [http, https] = ['http://elb.staging.test:8080', 'https://elb.staging.test']

describe('a proxy', () => {
  test.each([
    [https, { HTTPS_PROXY: proxy }],
    [https, { https_proxy: proxy }],
    [https, { https_proxy: proxy, HTTPS_PROXY: 'http://other.test' }],
    [https, { ALL_PROXY: proxy }],
    [https, { https_proxy: 'proxy.test:3128' }],
    [http, { HTTP_PROXY: proxy }],
    [http, { all_proxy: proxy, NO_PROXY: '' }],
    [http, { http_proxy: proxy, no_proxy: 'other.test' }],
    ['http://127.0.0.1:80', { http_proxy: proxy }],
  ])('is used for %s by %j', (address, environment) => {
    expect(proxyFor(address, environment)?.href).toBe(`${proxy}/`)
  })

  test.each([
    [https, {}],
    [https, { HTTP_PROXY: proxy }],
    [http, { HTTPS_PROXY: proxy }],
    [https, { HTTPS_PROXY: '' }],
    [https, { HTTPS_PROXY: '', https_proxy: '' }],
  ])('is not used for %s by %j', (address, environment) => {
    expect(proxyFor(address, environment)).toBeUndefined()
  })

  test.each([
    ['*', http],
    ['elb.staging.test', http],
    ['staging.test', http],
    ['.staging.test', http],
    ['*.staging.test', http],
    ['ELB.Staging.TEST', http],
    ['a.test, elb.staging.test:8080', http],
    ['a.test elb.staging.test:443', https],
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['127.0.0.0/8', 'http://127.9.9.9:8080'],
    ['10.0.0.0/8,192.168.0.0/16', 'https://192.168.7.1'],
    ['::1', 'http://[::1]:8080'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['fd00::/8', 'https://[fd12::1]'],
  ])('is not used where no_proxy has %s for %s', (no_proxy, address) => {
    expect(proxyFor(address, { all_proxy: proxy, no_proxy })).toBeUndefined()
  })

  test.each([
    ['elb.staging.test:8081', http],
    ['lb.staging.test', http],
    ['staging.test.other', http],
    ['elb.staging.test.', 'https://elb.staging.testing'],
    ['10.0.0.0/8', 'http://11.0.0.1'],
    ['10.0.0.0/99', 'http://10.0.0.1'],
    ['0.1', 'http://10.0.0.1'],
    ['::/0', 'http://10.0.0.1'],
  ])('is used where no_proxy has %s for %s', (no_proxy, address) => {
    expect(proxyFor(address, { all_proxy: proxy, no_proxy })).toBeDefined()
  })

  test.each(['socks5://proxy.test', 'ftp://proxy.test', 'http://', 'not an address'])(
    'is reported as not valid: %s',
    (value) => {
      const look = () => proxyFor(https, { HTTPS_PROXY: value })
      expect(look).toThrow(UsageError)
      expect(look).toThrow('HTTPS_PROXY does not name an HTTP proxy')
    },
  )
})

test('the passwords of proxies are secrets, and so is the form in which they are sent', () => {
  const environment = { HTTPS_PROXY: 'http://ops:canary%40pw@proxy.test', http_proxy: proxy }
  const sent = Buffer.from('ops:canary@pw').toString('base64')
  expect(proxySecrets(environment)).toEqual(['canary@pw', sent])
})
