import type { Icon } from '@tabler/icons-react';

import type { Node, NodeKey } from '../generated/journey';

export type Kind = Node['kind'];
/** What the builder knows of every kind; the compiler asks for one that is missing. */
export type Registry = { readonly [K in Kind]: NodeDefinition<K> };
export type OfKind<K extends Kind> = Extract<Node, { readonly kind: K }>;

/** One kind of node: what it is called, how it looks, how one begins, and what one says in plain words. */
export type NodeDefinition<K extends Kind> = {
  readonly name: string;
  readonly color: string;
  readonly icon: Icon;
  /** A new node that the server keeps as it is; an empty name is one not chosen yet. */
  readonly blank: (key: NodeKey) => OfKind<K>;
  /** The node in a few words, such as "Wait until 09:00 on a weekday". */
  readonly summary: (node: OfKind<K>) => string;
  /** What else matters, in one line; empty if nothing does. */
  readonly more: (node: OfKind<K>) => string;
};
