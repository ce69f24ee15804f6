// Every kind of node has a screen: one that is missing here does not compile.
import type { Node } from '../generated/journey';
import { ask } from './ask/definition';
import { branch } from './branch/definition';
import { consent } from './consent/definition';
import { emitEvent } from './emit_event/definition';
import { goal } from './goal/definition';
import { goTo } from './go_to/definition';
import { leave } from './leave/definition';
import { notify } from './notify/definition';
import { score } from './score/definition';
import { sendEmail } from './send_email/definition';
import { sendFirst } from './send_first/definition';
import { sendPush } from './send_push/definition';
import { sendSms } from './send_sms/definition';
import { split } from './split/definition';
import { startJourney } from './start_journey/definition';
import { stopJourney } from './stop_journey/definition';
import { tag } from './tag/definition';
import { throttle } from './throttle/definition';
import type { Kind, NodeDefinition, Registry } from './types';
import { updateContact } from './update_contact/definition';
import { wait } from './wait/definition';
import { waitFor } from './wait_for/definition';
import { webhook } from './webhook/definition';

export const NODES: Registry = {
  wait,
  wait_for: waitFor,
  branch,
  split,
  send_email: sendEmail,
  send_sms: sendSms,
  send_first: sendFirst,
  send_push: sendPush,
  webhook,
  update_contact: updateContact,
  tag,
  consent,
  score,
  emit_event: emitEvent,
  start_journey: startJourney,
  stop_journey: stopJourney,
  throttle,
  notify,
  ask,
  goal,
  leave,
  go_to: goTo,
};

/** The definition of a node, fitting it. */
export function describeNode(node: Node): { readonly name: string; readonly color: string; readonly icon: NodeDefinition<Kind>['icon']; readonly title: string; readonly more: string } {
  // The table pairs each kind with its own definition, which TypeScript cannot follow through the index.
  const definition = NODES[node.kind] as unknown as NodeDefinition<Kind>;
  const { name, color, icon } = definition;
  return { name, color, icon, title: definition.summary(node), more: definition.more(node) };
}

/** What is known of a kind before there is a node of it. */
export function describeKind<K extends Kind>(kind: K): Pick<NodeDefinition<K>, 'name' | 'color' | 'icon' | 'also' | 'blank'> {
  return NODES[kind];
}
