/** The set-up operations of `elb` as suites: asked only where `--only` names one. */

import { fixtures, type ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Suite } from '../../../src/check/check.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { setUpSuite } from '../../../src/check/rows/set-up-suite.ts'
import { addMember } from './add-member.recipe.ts'
import {
  createForwardingPolicy,
  createListener,
  createLoadBalancer,
  showStatusTree,
  updateForwardingPolicy,
} from './answers.recipe.ts'
import { createHealthMonitor } from './create-health-monitor.recipe.ts'
import { createPool } from './create-pool.recipe.ts'
import { updateMember } from './update-member.recipe.ts'

const whole = <Arranged>(operation: string, recipe: Recipe<ElbGround, Arranged>): Suite =>
  setUpSuite(fixtures, operation, recipe)
const answersOf = <Arranged>(operation: string, recipe: Recipe<ElbGround, Arranged>): Suite =>
  setUpSuite(fixtures, operation, recipe, 'response')

export const elbSetUpSuites: readonly Suite[] = [
  whole('create-pool', createPool),
  whole('add-member', addMember),
  whole('update-member', updateMember),
  whole('create-health-monitor', createHealthMonitor),
  answersOf('create-listener', createListener),
  answersOf('create-forwarding-policy', createForwardingPolicy),
  answersOf('update-forwarding-policy', updateForwardingPolicy),
  answersOf('create-load-balancer', createLoadBalancer),
  answersOf('show-status-tree', showStatusTree),
]
