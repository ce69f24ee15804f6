// What a template begins with: complete, so that it can be sent as it stands.
import { words } from '../words/language';
import type { Channel } from './asks';

const says = words({
  en: { subject: 'Hello {{ contact.first_name|default("there") }}', lang: 'en', hello: 'Hello {{ contact.first_name|default("there") }},', body: 'Write here what you want to say.', pushTitle: 'Hello {{ contact.first_name|default("there") }}', text: 'Hello {{ contact.first_name|default("there") }}, …' },
  de: { subject: 'Guten Tag', lang: 'de', hello: 'Guten Tag,', body: 'Schreiben Sie hier, was Sie sagen möchten.', pushTitle: 'Guten Tag', text: 'Guten Tag, …' },
});

export const BLANK: Readonly<Record<Channel, string>> = {
  email: `<mjml lang="${says.lang}">
  <mj-head>
    <mj-title>${says.subject}</mj-title>
    <mj-preview>${says.body}</mj-preview>
    {% include "head" %}
  </mj-head>
  <mj-body background-color="#eef2f0" width="600px">
    {% include "top" %}
    <mj-section css-class="card">
      <mj-column>
        <mj-text>${says.hello}</mj-text>
        <mj-text>${says.body}</mj-text>
      </mj-column>
    </mj-section>
    {% include "bottom-marketing" %}
  </mj-body>
</mjml>
`,
  sms: `${says.text}\n`,
  push: `title: ${says.pushTitle}\nbody: ${says.body}\nurl: {{ base_url }}\n`,
};
