import { Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

type Props = { readonly fallback: string; readonly children: ReactNode };

/** Shows what is in it, or says so if that fails: a draft written as JSON may say things that no form expects. */
export class Careful extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.hasFailed && before.children !== this.props.children) this.setState({ hasFailed: false });
  }

  override render() {
    return this.state.hasFailed ? <Text size="sm" c="dimmed">{this.props.fallback}</Text> : this.props.children;
  }
}
