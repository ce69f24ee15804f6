import { findNode, listNodes, TRIGGER } from '../graph/paths';
import { steps } from '../graph/edit/steps';
import { describeNode } from '../nodes/registry';
import { Chooser } from '../ui/Chooser';
import { type Command, isMac, sayKeys } from './commands';
import { CommentDialog } from './CommentDialog';
import { HistoryView } from './HistoryView';
import { KindPicker } from './KindPicker';
import { LeadPicker } from './LeadPicker';
import { ProblemList } from './ProblemList';
import type { Checked } from './problems';
import { Shortcuts } from './Shortcuts';
import type { Editing } from './useEditing';
import { says } from './words';

/** What a dialog leaves behind has gone by then, in milliseconds. */
const GONE = 60;

/** What is open over the editor, if anything is. */
export function Dialogs({ editing, commands, checked, live }: { readonly editing: Editing; readonly commands: readonly Command[]; readonly checked: Checked; readonly live: number | null }) {
  const { journey, open, setOpen, show, add, edit, doings } = editing;
  const close = () => setOpen(null);
  const leave = (then: () => void) => {
    close();
    setTimeout(then, GONE);
  };
  if (open === null) return null;
  switch (open.what) {
    case 'kind':
      return <KindPicker title={open.label ? says.addOn(open.label) : says.addStep} onPick={(kind) => add(kind, open.target)} onClose={close} />;
    case 'lead':
      return (
        <LeadPicker journey={journey} node={open.node} way={open.way} onClose={close} onWay={(way) => setOpen({ ...open, way })} onLead={(way, target) => {
          edit(target === null ? steps.disconnect(way) : steps.connect(way, target));
          leave(() => show(open.node));
        }} />
      );
    case 'comment': {
      const node = findNode(journey, open.node);
      return node ? (
        <CommentDialog title={describeNode(node).title} note={node.note ?? ''} onClose={() => leave(() => show(open.node))} onKeep={(note) => {
          edit(steps.comment(open.node, note));
          leave(() => show(open.node));
        }} />
      ) : null;
    }
    case 'find':
      return (
        <Chooser title={says.find} onClose={close} onChoose={(id) => leave(() => show(id))}
          choices={listNodes(journey).map(([key, node]) => ({ id: key, label: describeNode(node).title, more: key, icon: describeNode(node).icon, color: describeNode(node).color, alsoKnownAs: `${describeNode(node).name} ${node.note ?? ''}` }))} />
      );
    case 'commands':
      return (
        <Chooser title={says.commands} onClose={close} onChoose={(id) => { close(); commands.find((command) => command.id === id)?.run(); }}
          choices={commands.filter(({ id }) => id !== 'commands').map(({ id, label, keys: [first], shown = first }) => ({ id, label, ...(shown ? { keys: sayKeys(shown, isMac) } : {}) }))} />
      );
    case 'shortcuts':
      return <Shortcuts commands={commands} onClose={close} />;
    case 'problems':
      return <ProblemList journey={journey} checked={checked} onClose={close} onGo={(node) => leave(() => show(node !== null && findNode(journey, node) ? node : TRIGGER))} />;
    case 'history':
      return <HistoryView journey={journey} live={live} mayEdit={doings.mayEdit} edit={edit} onClose={close} />;
    default:
      return open satisfies never;
  }
}
