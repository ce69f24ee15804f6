// How CodeMirror looks in our pages: its own shades are too faint for WCAG AA on a marked line and beside it.
import { EditorView } from '@codemirror/view';

export const codeLook = EditorView.theme({
  '.cm-gutters': { color: 'var(--mantine-color-dimmed)', backgroundColor: 'var(--ground)', borderRight: '1px solid var(--mantine-color-default-border)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { color: 'var(--mantine-color-text)', backgroundColor: 'transparent' },
});
