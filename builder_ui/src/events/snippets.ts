// How a site or a server tells of an event, ready to be copied: pure.
export const WAYS = ['browser', 'node', 'python', 'rudder_node', 'rudder_python', 'curl'] as const;
export type Way = (typeof WAYS)[number];
/** Of which kind the key is that stands in it: a page's is public. */
export type KeySort = 'write' | 'browser';

export function sortOf(way: Way): KeySort {
  return way === 'browser' ? 'browser' : 'write';
}

/** Whether a key looks like one of its sort; nothing is asked of an empty one. */
export function isOfSort(key: string, sort: KeySort): boolean {
  return key === '' || key.startsWith(sort === 'browser' ? 'bk_' : 'wk_');
}

/** The lines that tell `event` to the instance at `host` with a key. */
export function writeSnippet(way: Way, host: string, key: string, event: string): string {
  switch (way) {
    case 'browser':
      return `fetch('${host}/v1/track', {
  method: 'POST',
  keepalive: true,
  headers: { 'Content-Type': 'text/plain' },
  body: JSON.stringify({
    writeKey: '${key}',
    anonymousId: (localStorage.visitor ??= crypto.randomUUID()),
    event: '${event}',
    properties: { test: true },
  }),
});`;
    case 'node':
      return `// npm install @segment/analytics-node
import { Analytics } from '@segment/analytics-node';
const analytics = new Analytics({ writeKey: '${key}', host: '${host}' });
analytics.track({ userId: 'u-1', event: '${event}', properties: { test: true } });
await analytics.closeAndFlush();`;
    case 'python':
      return `# pip install segment-analytics-python
import segment.analytics as analytics
analytics.write_key, analytics.host = "${key}", "${host}"
analytics.track("u-1", "${event}", {"test": True})
analytics.flush()`;
    case 'rudder_node':
      return `// npm install @rudderstack/rudder-sdk-node
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
const analytics = new RudderAnalytics('${key}', { dataPlaneUrl: '${host}' });
analytics.track({ userId: 'u-1', event: '${event}', properties: { test: true } });
analytics.flush();`;
    case 'rudder_python':
      return `# pip install rudder-sdk-python
import rudderstack.analytics as analytics
analytics.write_key, analytics.dataPlaneUrl = "${key}", "${host}"
analytics.track("u-1", "${event}", {"test": True})
analytics.flush()`;
    case 'curl':
      return `curl -u '${key}:' ${host}/v1/track \\
  -H 'Content-Type: application/json' \\
  -d '{"userId": "u-1", "event": "${event}", "properties": {"test": true}}'`;
    default:
      return way satisfies never;
  }
}
