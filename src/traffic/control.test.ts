import { expect, test } from 'vitest'
import { startBackend } from './backend.ts'
import { controlAt } from './control.ts'

test('where no control port answers, it is said what to check', async () => {
  const { port, close } = await startBackend('127.0.0.1')
  await close()
  const asked = controlAt('127.0.0.1', port, 'a secret of this test').identity()
  await expect(asked).rejects.toThrow(
    /does not answer \(ECONNREFUSED\)\. Check that poolproof backend runs there/,
  )
})
