import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

import type { Node, NodeKey } from '../generated/journey';

export type Kind = Node['kind'];
/** What the builder knows of every kind; the compiler asks for one that is missing. */
export type Registry = { readonly [K in Kind]: NodeDefinition<K> };
export type OfKind<K extends Kind> = Extract<Node, { readonly kind: K }>;

/** What a form gets: the node, and how to change it. The journey around it is in the `FieldScope`. */
export type FormProps<K extends Kind> = {
  readonly node: OfKind<K>;
  /** Keep the node so; `field` names what is typed in, so that undo takes it back as one. */
  readonly change: (node: OfKind<K>, field?: string) => void;
};

/** One kind of node: what it is called, how it looks, how one begins, what one says in plain words, and how it is edited. */
export type NodeDefinition<K extends Kind> = {
  readonly name: string;
  readonly color: string;
  readonly icon: Icon;
  /** Further words by which it is found. */
  readonly also?: string;
  /** A new node that the server keeps as it is; an empty name is one not chosen yet. */
  readonly blank: (key: NodeKey) => OfKind<K>;
  /** The node in a few words, such as "Wait until 09:00 on a weekday". */
  readonly summary: (node: OfKind<K>) => string;
  /** What else matters, in one line; empty if nothing does. */
  readonly more: (node: OfKind<K>) => string;
  /** All its fields, loaded with the editor. Its ways out, its key and its note are edited around it. */
  readonly Form: ComponentType<FormProps<K>>;
};
