import type { Icon } from '@tabler/icons-react';

import type { Node } from '../generated/journey';

export type Kind = Node['kind'];
export type OfKind<K extends Kind> = Extract<Node, { readonly kind: K }>;

/** How one kind of node is shown: what it is called, how it looks, and what a node of it says in plain words. */
export type NodeDefinition<K extends Kind> = {
  readonly name: string;
  readonly color: string;
  readonly icon: Icon;
  /** The node in a few words, such as "Wait until 09:00 on a weekday". */
  readonly title: (node: OfKind<K>) => string;
  /** What else matters, in one line; empty if nothing does. */
  readonly more: (node: OfKind<K>) => string;
};
