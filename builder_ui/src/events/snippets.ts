// How a site or a server tells of an event, ready to be copied: pure.
export type Way = 'node' | 'python' | 'curl';

/** The lines that tell `event` to the instance at `host` with a key. */
export function writeSnippet(way: Way, host: string, key: string, event: string): string {
  switch (way) {
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
    case 'curl':
      return `curl -u '${key}:' ${host}/v1/track \\
  -H 'Content-Type: application/json' \\
  -d '{"userId": "u-1", "event": "${event}", "properties": {"test": true}}'`;
    default:
      return way satisfies never;
  }
}
