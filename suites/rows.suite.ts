/** What follows from the tables of the pages, row by row; the cases are generated from the schemas. */

import { suite as elbSuite } from '../fixtures/elb/ground.ts'
import { suite as slbSuite } from '../fixtures/slb/ground.ts'
import type { Suite } from '../src/check/check.ts'
import { updatePoolRequestRows } from './elb/request-rows.ts'
import { updatePoolResponseRows } from './elb/response-rows.ts'
import {
  removeServersRequestRows,
  removeVServerGroupServersRequestRows,
} from './slb/request-rows.ts'
import {
  removeServersResponseRows,
  removeVServerGroupServersResponseRows,
} from './slb/response-rows.ts'

export const rows: readonly Suite[] = [
  elbSuite('update-pool', [...updatePoolRequestRows, ...updatePoolResponseRows]),
  slbSuite('remove-vserver-group-backend-servers', [
    ...removeVServerGroupServersRequestRows,
    ...removeVServerGroupServersResponseRows,
  ]),
  slbSuite('remove-backend-servers', [...removeServersRequestRows, ...removeServersResponseRows]),
]
