import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import 'grapesjs/dist/css/grapes.min.css';
import './frame.css';

import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';

import { theme, variables } from '../../app/theme';
import { language } from '../../words/language';
import { says } from '../words';
import { Frame } from './Frame';

const root = document.getElementById('root');
if (root === null) throw new Error('visual.html has no #root');
document.documentElement.lang = language;
document.title = says.editor;

createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <Frame />
  </MantineProvider>,
);
