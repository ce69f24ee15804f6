// Generated from schema/journey.schema.json; do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AbsenceTrigger
         * @description Something happens and something else does not follow: the cart is filled and not bought.
         *
         *     With an entry key each cart is watched by itself; an order that names no cart is about all.
         */
        readonly AbsenceTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "absence";
            readonly after: components["schemas"]["EventMatch"];
            readonly without: components["schemas"]["KeyedEventMatch"];
            readonly within: components["schemas"]["Elapsed"];
            /** @description Tells enrollments of one subject apart, such as properties.cart_id: two carts, two enrollments. */
            readonly entry_key?: components["schemas"]["FieldPath"];
        };
        /**
         * AllOf
         * @description Every one of these holds.
         */
        readonly AllOf: {
            readonly all: readonly components["schemas"]["Condition"][];
        };
        /**
         * AllWhere
         * @description Every one of these holds for the event.
         */
        readonly AllWhere: {
            readonly all: readonly components["schemas"]["Where"][];
        };
        /**
         * AnswerPath
         * @description An answer to choose, and where it leads.
         */
        readonly AnswerPath: {
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly label: components["schemas"]["Label"];
        };
        /**
         * AnyOf
         * @description At least one of these holds.
         */
        readonly AnyOf: {
            readonly any: readonly components["schemas"]["Condition"][];
        };
        /**
         * AnyWhere
         * @description At least one of these holds for the event.
         */
        readonly AnyWhere: {
            readonly any: readonly components["schemas"]["Where"][];
        };
        /**
         * ApiTrigger
         * @description A call to the interface.
         */
        readonly ApiTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "api";
        };
        /**
         * AskNode
         * @description Ask a colleague, and wait for the answer. What the form holds is kept in the context.
         *
         *     It is kept under the node's key: `context.NODE.FIELD`. The time until it is due is mandatory
         *     when publishing.
         */
        readonly AskNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "ask";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description owner, team:NAME, role:NAME or user:NAME. */
            readonly to: components["schemas"]["Name"];
            /** @description Words; {{ name }} stands for a value of data. */
            readonly text: string;
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
            readonly paths?: readonly components["schemas"]["AnswerPath"][];
            readonly form?: readonly components["schemas"]["FormField"][];
            readonly due?: components["schemas"]["Timeout"];
            readonly escalate?: components["schemas"]["Escalation"];
        };
        /**
         * AttributeCondition
         * @description What the contact is: `{"attribute": "plan", "op": "in", "value": ["pro", "team"]}`.
         */
        readonly AttributeCondition: {
            readonly attribute: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
        };
        /**
         * AttributeTrigger
         * @description An attribute changes. Without from and to: whenever it changes.
         */
        readonly AttributeTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "attribute";
            readonly attribute: components["schemas"]["FieldPath"];
            /** @description Absent: from whatever. null: was empty. */
            readonly from?: unknown;
            /** @description Absent: to whatever. null: becomes empty. */
            readonly to?: unknown;
        };
        /**
         * BranchNode
         * @description The first path whose condition is true; `otherwise` must be there when publishing.
         */
        readonly BranchNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "branch";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            readonly paths?: readonly components["schemas"]["ConditionPath"][];
            /** @description {} means: complete here. */
            readonly otherwise?: components["schemas"]["Way"];
        };
        /**
         * Channel
         * @enum {string}
         */
        readonly Channel: "email" | "sms" | "push" | "chat";
        /** Condition */
        readonly Condition: components["schemas"]["AllOf"] | components["schemas"]["AnyOf"] | components["schemas"]["NoneOf"] | components["schemas"]["AttributeCondition"] | components["schemas"]["TriggerCondition"] | components["schemas"]["ContextCondition"] | components["schemas"]["SubjectCondition"] | components["schemas"]["EventDoneCondition"] | components["schemas"]["EventCountCondition"] | components["schemas"]["EventNumberCondition"] | components["schemas"]["EventTimeCondition"] | components["schemas"]["SegmentCondition"] | components["schemas"]["ConsentCondition"] | components["schemas"]["MessageCondition"] | components["schemas"]["TemplateCondition"];
        /**
         * ConditionPath
         * @description A path with a question: taken when its condition is true, or becomes so.
         */
        readonly ConditionPath: {
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly label: components["schemas"]["Label"];
            readonly when: components["schemas"]["Condition"];
        };
        /**
         * ConsentCondition
         * @description The contact's choice for a topic and channel.
         *
         *     `unanswered` is having made none; `not_subscribed` is a no, or none.
         */
        readonly ConsentCondition: {
            readonly consent: components["schemas"]["Name"];
            readonly channel: components["schemas"]["Channel"];
            /** @enum {string} */
            readonly op: "subscribed" | "not_subscribed" | "unsubscribed" | "unanswered";
        };
        /**
         * ConsentNode
         * @description Keep the contact's choice for a topic and channel, with its proof.
         *
         *     A journey may always take consent back. It never turns a no of the contact into a yes, unless
         *     the contact has clicked a letter of this journey since, which `confirmed_by` names.
         */
        readonly ConsentNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "consent";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly topic: components["schemas"]["Name"];
            readonly channel: components["schemas"]["Channel"];
            /** @enum {string} */
            readonly choice: "subscribed" | "unsubscribed";
            /** @description The node that sent the letter asking for a yes. Only who clicked in it is subscribed; a click after a no lifts the no. */
            readonly confirmed_by?: components["schemas"]["NodeKey"];
        };
        /**
         * ContextCondition
         * @description What earlier nodes found out: `{"context": "shop.answer.status", "op": "is", "value": "ok"}`.
         */
        readonly ContextCondition: {
            readonly context: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
        };
        /**
         * DateTrigger
         * @description A date of the contact comes round; entered once per occurrence.
         *
         *     A date that is missing or unreadable, the epoch, and years that only placeholders have let
         *     nobody in.
         */
        readonly DateTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "date";
            readonly attribute: components["schemas"]["FieldPath"];
            /**
             * Format: duration
             * @description ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).
             * @example P1D
             * @example PT24H
             * @example P1M
             * @example PT30M
             */
            readonly offset?: string;
            readonly at?: components["schemas"]["LocalTime"];
            /**
             * @default never
             * @enum {string}
             */
            readonly repeat?: "never" | "yearly" | "monthly";
            /**
             * @default feb_28
             * @enum {string}
             */
            readonly leap_day?: "feb_28" | "mar_1" | "skip";
        };
        /**
         * Elapsed
         * Format: duration
         * @description ISO 8601, exact time; a day is 24 hours. No months or years.
         * @example PT1H
         * @example P7D
         * @example P30D
         */
        readonly Elapsed: string;
        /**
         * EmitEventNode
         * @description An event of the contact, recorded by the product; journeys and segments see it as any other.
         *
         *     It lets nobody into this same journey, unless `entry.allow_own_effects` is set.
         */
        readonly EmitEventNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "emit_event";
            readonly event: components["schemas"]["Name"];
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly properties?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
        };
        /**
         * EnterAgain
         * @description A subject may enter again after it has left.
         */
        readonly EnterAgain: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly mode: "after_exit";
            /** @description Nor sooner than so long after its last entry. */
            readonly not_within?: components["schemas"]["Elapsed"];
        };
        /**
         * EnterOnce
         * @description A subject enters once, ever; with an entry key, once per key.
         */
        readonly EnterOnce: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly mode: "never";
        };
        /**
         * Entry
         * @description Who may enter, and how often.
         */
        readonly Entry: {
            readonly when?: components["schemas"]["Condition"];
            /** @description Where only 'when' is not true at the trigger, it is asked again for so long. */
            readonly grace?: components["schemas"]["Elapsed"];
            readonly reentry?: components["schemas"]["Reentry"];
            /** @description Entries into this journey in all; 0 is none. */
            readonly at_most?: number;
            /**
             * @description What this journey itself causes may let its contact in again; chains of more than 10 are stopped all the same.
             * @default false
             */
            readonly allow_own_effects?: boolean;
        };
        /**
         * Escalation
         * @description Who else is told when nobody has answered for so long.
         */
        readonly Escalation: {
            /**
             * Format: duration
             * @description ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).
             * @example P1D
             * @example PT24H
             * @example P1M
             * @example PT30M
             */
            readonly after: string;
            readonly to: components["schemas"]["Name"];
        };
        /**
         * EventCountCondition
         * @description How often: `{"event": "Order", "measure": "count", "op": "gte", "value": 3}`.
         */
        readonly EventCountCondition: {
            readonly event: components["schemas"]["Name"];
            /** @constant */
            readonly measure: "count";
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
            readonly within?: string | null;
            readonly where?: components["schemas"]["Where"] | null;
        };
        /**
         * EventDoneCondition
         * @description It happened, or did not: `{"event": "Page Viewed", "op": "not_done", "within": "P14D"}`.
         */
        readonly EventDoneCondition: {
            readonly event: components["schemas"]["Name"];
            readonly within?: string | null;
            readonly where?: components["schemas"]["Where"] | null;
            /** @enum {string} */
            readonly op: "done" | "not_done";
        };
        /**
         * EventExit
         * @description This event takes the subject out, wherever it is.
         *
         *     `any` is whatever the contact does itself.
         */
        readonly EventExit: {
            readonly event: components["schemas"]["Name"];
            readonly where?: components["schemas"]["Where"];
            /** @description Where this event carries the entry key. Absent: where entry_key says, if the event carries something there; if not, it is about all of them. */
            readonly match_key?: components["schemas"]["FieldPath"];
            /** @default exit event */
            readonly reason?: string;
        };
        /**
         * EventMatch
         * @description An event, perhaps only with certain properties.
         */
        readonly EventMatch: {
            readonly event: components["schemas"]["Name"];
            readonly where?: components["schemas"]["Where"];
        };
        /**
         * EventNumberCondition
         * @description A property added up: `{"event": "Order", "measure": "sum", "of": "total", "op": "gt", …}`.
         */
        readonly EventNumberCondition: {
            readonly event: components["schemas"]["Name"];
            /** @enum {string} */
            readonly measure: "sum" | "average" | "minimum" | "maximum";
            readonly of: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
            readonly within?: string | null;
            readonly where?: components["schemas"]["Where"] | null;
        };
        /**
         * EventPath
         * @description Taken when an event arrives.
         */
        readonly EventPath: {
            readonly event: components["schemas"]["Name"];
            readonly where?: components["schemas"]["Where"];
            /** @description Where this event carries the entry key. Absent: where entry_key says, if the event carries something there; if not, it is about all of them. */
            readonly match_key?: components["schemas"]["FieldPath"];
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly label: components["schemas"]["Label"];
        };
        /**
         * EventTimeCondition
         * @description When it occurred first or last: `{"event": "Order", "measure": "last", "op": "before", …}`.
         */
        readonly EventTimeCondition: {
            readonly event: components["schemas"]["Name"];
            /** @enum {string} */
            readonly measure: "first" | "last";
            /**
             * @default occurred_at
             * @constant
             */
            readonly of?: "occurred_at";
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
            readonly within?: string | null;
            readonly where?: components["schemas"]["Where"] | null;
        };
        /**
         * EventTrigger
         * @description Something happens.
         */
        readonly EventTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "event";
            readonly event: components["schemas"]["Name"];
            readonly where?: components["schemas"]["Where"];
            /** @description Tells enrollments of one subject apart, such as properties.cart_id: two carts, two enrollments. */
            readonly entry_key?: components["schemas"]["FieldPath"];
        };
        /** Exit */
        readonly Exit: components["schemas"]["EventExit"] | components["schemas"]["StateExit"];
        /**
         * FieldPath
         * @description Names joined by dots, such as properties.cart_id.
         */
        readonly FieldPath: string;
        /**
         * FormField
         * @description Something a colleague fills in.
         */
        readonly FormField: {
            /** @enum {string} */
            readonly kind: "text" | "number" | "yes_no" | "choice" | "date";
            readonly name: string;
            /** @description What people read; else the name. */
            readonly label?: string;
            /** @default false */
            readonly required?: boolean;
            /** @description What one may choose from, of a choice. */
            readonly choices?: readonly string[];
        };
        /**
         * Gates
         * @description What to do when a message may not leave now.
         *
         *     Consent and suppression are not negotiable, so not here.
         */
        readonly Gates: {
            /**
             * @default hold
             * @enum {string}
             */
            readonly quiet_hours?: "hold" | "skip" | "ignore";
            /**
             * @description Marketing over a sending limit; absent: as the limit says. exit: it is skipped, and the enrollment ends.
             * @enum {string}
             */
            readonly on_cap?: "skip" | "hold" | "exit";
            /** @description With on_cap hold: at most so long, up to P7D; then it is skipped. */
            readonly hold_for?: components["schemas"]["Elapsed"];
            /**
             * @description It goes to a contact once: from this node, this template from any node of this journey, or this template from anywhere.
             * @enum {string}
             */
            readonly once_per?: "node" | "journey" | "template";
            /** @description A message held longer is skipped, never sent late. */
            readonly expires_after?: components["schemas"]["Elapsed"];
            /**
             * @description Absent: resend for transactional e-mail and for pushes, which replace themselves, else no_resend.
             * @enum {string}
             */
            readonly unknown_outcome?: "resend" | "no_resend";
        };
        /**
         * GoToNode
         * @description Jump, without a line across the canvas; at most so often, then `otherwise`.
         */
        readonly GoToNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "go_to";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to jump; must be there when publishing. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /** @description Jumps of one enrollment. */
            readonly at_most?: number;
            /** @description Where to go after at_most jumps; absent: complete here. */
            readonly otherwise?: components["schemas"]["Way"];
        };
        /**
         * Goal
         * @description What counts as success. Reaching it does not end the enrollment; an exit would.
         *
         *     Without an event it is reached only by arriving at a goal node.
         */
        readonly Goal: {
            readonly event?: string;
            readonly where?: components["schemas"]["Where"];
            readonly name: string;
            /** @description Where the event carries the entry key; as for an exit. */
            readonly match_key?: components["schemas"]["FieldPath"];
            /** @description What it is worth, in the event: properties.total. */
            readonly value?: components["schemas"]["FieldPath"];
            /** @description So long after entry, also after leaving. */
            readonly within?: components["schemas"]["Elapsed"];
        };
        /**
         * GoalNode
         * @description Mark success: a goal of this journey is reached by arriving here. The enrollment goes on.
         */
        readonly GoalNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "goal";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly goal: components["schemas"]["Name"];
        };
        /**
         * Holidays
         * @description Days on which waits that skip holidays do not end.
         */
        readonly Holidays: {
            /** @description Public holidays of a country or region: DE, or DE-BY (ISO 3166). */
            readonly calendar?: string;
            /** @description Further days. */
            readonly dates?: readonly string[];
        };
        /**
         * InactivityTrigger
         * @description Silence for so long; entered once per silence.
         */
        readonly InactivityTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "inactivity";
            /** @description The events whose absence counts, or any. */
            readonly no: "any" | readonly components["schemas"]["Name"][];
            readonly for: components["schemas"]["Elapsed"];
        };
        /**
         * JourneyTrigger
         * @description A node `start_journey` of another journey; its data stands under `trigger.properties`.
         */
        readonly JourneyTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "journey";
            /** @description Keys of the journeys that may; absent: any. */
            readonly from?: readonly components["schemas"]["Name"][];
            /** @description Tells enrollments of one subject apart, such as properties.cart_id: two carts, two enrollments. */
            readonly entry_key?: components["schemas"]["FieldPath"];
        };
        /**
         * KeyedEventMatch
         * @description An event that is about the same thing as the one that let the subject in.
         */
        readonly KeyedEventMatch: {
            readonly event: components["schemas"]["Name"];
            readonly where?: components["schemas"]["Where"];
            /** @description Where this event carries the entry key. Absent: where entry_key says, if the event carries something there; if not, it is about all of them. */
            readonly match_key?: components["schemas"]["FieldPath"];
        };
        /**
         * Label
         * @description Names a path within its node, on the canvas and in reports. Renaming it makes it a new path.
         */
        readonly Label: string;
        /**
         * LeaveNode
         * @description End here, with a reason that reports show.
         */
        readonly LeaveNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "leave";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            readonly reason: string;
        };
        /**
         * LocalTime
         * @description Local time of day, HH:MM.
         */
        readonly LocalTime: string;
        /**
         * ManualTrigger
         * @description A colleague, by hand.
         */
        readonly ManualTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "manual";
        };
        /**
         * MessageCondition
         * @description What became of the latest message of one node, in this enrollment.
         */
        readonly MessageCondition: {
            readonly message: components["schemas"]["Name"];
            /** @enum {string} */
            readonly op: "sent" | "delivered" | "opened" | "clicked" | "bounced" | "replied" | "not_sent" | "not_delivered" | "not_opened" | "not_clicked" | "not_bounced" | "not_replied";
        };
        /**
         * MessageTrigger
         * @description A contact writes to us: a letter or a text comes in.
         */
        readonly MessageTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "message";
            readonly where?: components["schemas"]["Where"];
            /**
             * @description Absent: by any.
             * @enum {string}
             */
            readonly channel?: "email" | "sms";
        };
        /**
         * Name
         * @description Name or key of something kept elsewhere; empty in a draft: not chosen yet.
         */
        readonly Name: string;
        /** Node */
        readonly Node: components["schemas"]["WaitNode"] | components["schemas"]["WaitForNode"] | components["schemas"]["BranchNode"] | components["schemas"]["SplitNode"] | components["schemas"]["SendEmailNode"] | components["schemas"]["SendSmsNode"] | components["schemas"]["SendFirstNode"] | components["schemas"]["SendPushNode"] | components["schemas"]["WebhookNode"] | components["schemas"]["UpdateContactNode"] | components["schemas"]["TagNode"] | components["schemas"]["ConsentNode"] | components["schemas"]["ScoreNode"] | components["schemas"]["EmitEventNode"] | components["schemas"]["StartJourneyNode"] | components["schemas"]["StopJourneyNode"] | components["schemas"]["ThrottleNode"] | components["schemas"]["NotifyNode"] | components["schemas"]["AskNode"] | components["schemas"]["GoalNode"] | components["schemas"]["LeaveNode"] | components["schemas"]["GoToNode"];
        /**
         * NodeKey
         * @description The key of a node of this journey.
         */
        readonly NodeKey: string;
        /**
         * NoneOf
         * @description None of these holds.
         */
        readonly NoneOf: {
            readonly none: readonly components["schemas"]["Condition"][];
        };
        /**
         * NoneWhere
         * @description None of these holds for the event.
         */
        readonly NoneWhere: {
            readonly none: readonly components["schemas"]["Where"][];
        };
        /**
         * NotifyNode
         * @description Tell a colleague and go on.
         */
        readonly NotifyNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "notify";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /** @description owner, team:NAME, role:NAME, user:NAME, or chat:NAME. */
            readonly to: components["schemas"]["Name"];
            /** @description Words; {{ name }} stands for a value of data. */
            readonly text: string;
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
        };
        /** OnTrouble */
        readonly OnTrouble: ("continue" | "exit") | components["schemas"]["Way"];
        /**
         * Op
         * @description An operator's name in JSON.
         * @enum {string}
         */
        readonly Op: "is" | "is_not" | "in" | "not_in" | "contains" | "not_contains" | "starts_with" | "ends_with" | "matches" | "gt" | "gte" | "lt" | "lte" | "between" | "exists" | "missing" | "is_true" | "is_false" | "before" | "after" | "on" | "within_last" | "within_next" | "anniversary_within" | "has_any" | "has_all";
        /**
         * Position
         * @description Where a node is drawn.
         */
        readonly Position: {
            readonly x: number;
            readonly y: number;
        };
        /**
         * PropertyCondition
         * @description A property of the events counted. It does not move with time: `within` does that.
         */
        readonly PropertyCondition: {
            readonly property: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
        };
        /**
         * QuietHours
         * @description No message leaves in these hours of the contact's zone.
         */
        readonly QuietHours: {
            readonly from: components["schemas"]["LocalTime"];
            readonly to: components["schemas"]["LocalTime"];
            /**
             * @default hold
             * @enum {string}
             */
            readonly policy?: "hold" | "skip";
        };
        /**
         * RecordChanged
         * @description A field of the record changes.
         */
        readonly RecordChanged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "changed";
            /** @description Absent: whatever changes. */
            readonly field?: components["schemas"]["FieldPath"];
        };
        /**
         * RecordClock
         * @description So long has passed for the record: since it was made, or since it came into its state.
         *
         *     Entered once for each such time; what sets the clock back begins another.
         */
        readonly RecordClock: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "clock";
            readonly after: components["schemas"]["Elapsed"];
            /**
             * @description Count from the last change of anything in it.
             * @default false
             */
            readonly without_change?: boolean;
            /** @description Only while it is in one of these, and from when it came there. */
            readonly state?: readonly components["schemas"]["Name"][];
        };
        /**
         * RecordCreated
         * @description The record is made.
         */
        readonly RecordCreated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "created";
        };
        /**
         * RecordStateChanged
         * @description The record comes into another state, also by being made in it.
         */
        readonly RecordStateChanged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "state";
            /** @description Absent: into any. */
            readonly to?: readonly components["schemas"]["Name"][];
            /** @description Absent: from any. */
            readonly from?: readonly components["schemas"]["Name"][];
        };
        /**
         * RecordTrigger
         * @description Something becomes of a ticket, a deal or a cart: each is a subject of its own.
         */
        readonly RecordTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "record";
            /** @description Of the record, such as ticket. */
            readonly type: components["schemas"]["Name"];
            readonly change: components["schemas"]["RecordCreated"] | components["schemas"]["RecordStateChanged"] | components["schemas"]["RecordChanged"] | components["schemas"]["RecordClock"];
        };
        /** Reentry */
        readonly Reentry: components["schemas"]["EnterOnce"] | components["schemas"]["EnterAgain"];
        /**
         * ScheduleTrigger
         * @description The clock: again and again (cron), or once. A broadcast is this with `once` and one send.
         */
        readonly ScheduleTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "schedule";
            /**
             * @description minute hour day month weekday; local times, once per local date.
             * @example 0 9 * * mon
             */
            readonly cron?: string;
            /**
             * Format: date-time
             * @description An instant with its offset from UTC. With timezone contact: this reading of each contact's own clock.
             */
            readonly once?: string;
            /**
             * @description IANA name, or contact: each in their own.
             * @default UTC
             */
            readonly timezone?: string;
            readonly audience: components["schemas"]["Condition"];
        };
        /**
         * ScoreNode
         * @description Add to a score, or set it. Conditions read it as the attribute `scores.NAME`.
         */
        readonly ScoreNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "score";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /** @description Its name; empty in a draft: not chosen yet. */
            readonly score: string;
            /** @description To add; below 0: to take away. */
            readonly by?: number;
            readonly to?: number;
            /** @description It never falls below. */
            readonly floor?: number;
            /** @description It never rises above. */
            readonly ceiling?: number;
        };
        /**
         * SegmentCondition
         * @description Membership as it stands: `{"segment": "vip", "op": "member"}`.
         */
        readonly SegmentCondition: {
            readonly segment: components["schemas"]["Name"];
            /** @enum {string} */
            readonly op: "member" | "not_member";
        };
        /**
         * SegmentTrigger
         * @description A contact enters or leaves a segment; a rebuild that changes nothing lets nobody in.
         */
        readonly SegmentTrigger: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "segment";
            readonly segment: components["schemas"]["Name"];
            /** @enum {string} */
            readonly change: "entered" | "left";
        };
        /**
         * SendEmailNode
         * @description Send an e-mail.
         */
        readonly SendEmailNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "send_email";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly template: components["schemas"]["Name"];
            /** @description The kind of message a contact can refuse: marketing needs one, and what is transactional has none. */
            readonly topic?: components["schemas"]["Name"];
            /**
             * @default marketing
             * @enum {string}
             */
            readonly class?: "marketing" | "transactional";
            /** @description Values for the template, by name. */
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
            readonly gates?: components["schemas"]["Gates"];
            /**
             * @description A gate refused the message. Anything but continue waits for the hand-over.
             * @default continue
             */
            readonly on_skip?: components["schemas"]["OnTrouble"];
            /**
             * @description It could not be made or handed over. A way of its own waits for that.
             * @default exit
             */
            readonly on_error?: components["schemas"]["OnTrouble"];
            /** @description From whom this letter comes, by the key of a registered sender; absent: as the template, the topic or the settings say. */
            readonly sender?: components["schemas"]["Name"];
        };
        /**
         * SendFirstNode
         * @description Send one message by the first of these channels on which the contact can be reached.
         *
         *     The next is tried where there is no address, it is unconfirmed or suppressed, the contact
         *     does not want the topic that way, or no account of the channel took messages until it was too
         *     old for it; never because of an hour, a sending limit or `expires_after`.
         */
        readonly SendFirstNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "send_first";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /** @description In this order; each channel once. */
            readonly tries: readonly components["schemas"]["Try"][];
            /** @description The kind of message a contact can refuse: marketing needs one, and what is transactional has none. */
            readonly topic?: components["schemas"]["Name"];
            /**
             * @default marketing
             * @enum {string}
             */
            readonly class?: "marketing" | "transactional";
            /**
             * @description A provider refused the message for good. next: the next channel is tried; error: that is the node's error.
             * @default next
             * @enum {string}
             */
            readonly on_failure?: "next" | "error";
            readonly gates?: components["schemas"]["Gates"];
            /**
             * @description It could go by none of them, or a gate refused it.
             * @default continue
             */
            readonly on_skip?: components["schemas"]["OnTrouble"];
            /**
             * @description It could not be made or handed over.
             * @default exit
             */
            readonly on_error?: components["schemas"]["OnTrouble"];
        };
        /**
         * SendPushNode
         * @description Send a notification to the contact's browsers (web push).
         */
        readonly SendPushNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "send_push";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly template: components["schemas"]["Name"];
            /** @description The kind of message a contact can refuse: marketing needs one, and what is transactional has none. */
            readonly topic?: components["schemas"]["Name"];
            /**
             * @default marketing
             * @enum {string}
             */
            readonly class?: "marketing" | "transactional";
            /** @description Values for the template, by name. */
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
            readonly gates?: components["schemas"]["Gates"];
            /**
             * @description A gate refused the message. Anything but continue waits for the hand-over.
             * @default continue
             */
            readonly on_skip?: components["schemas"]["OnTrouble"];
            /**
             * @description It could not be made or handed over. A way of its own waits for that.
             * @default exit
             */
            readonly on_error?: components["schemas"]["OnTrouble"];
        };
        /**
         * SendSmsNode
         * @description Send a text message.
         */
        readonly SendSmsNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "send_sms";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly template: components["schemas"]["Name"];
            /** @description The kind of message a contact can refuse: marketing needs one, and what is transactional has none. */
            readonly topic?: components["schemas"]["Name"];
            /**
             * @default marketing
             * @enum {string}
             */
            readonly class?: "marketing" | "transactional";
            /** @description Values for the template, by name. */
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
            readonly gates?: components["schemas"]["Gates"];
            /**
             * @description A gate refused the message. Anything but continue waits for the hand-over.
             * @default continue
             */
            readonly on_skip?: components["schemas"]["OnTrouble"];
            /**
             * @description It could not be made or handed over. A way of its own waits for that.
             * @default exit
             */
            readonly on_error?: components["schemas"]["OnTrouble"];
        };
        /**
         * Settings
         * @description How the whole journey behaves.
         */
        readonly Settings: {
            /**
             * @description contact: each in their own; or an IANA name.
             * @default contact
             */
            readonly timezone?: string;
            readonly quiet_hours?: components["schemas"]["QuietHours"];
            /** @description For waits with skip_holidays, and nothing else. */
            readonly holidays?: components["schemas"]["Holidays"];
            /**
             * @description So many get no marketing from this journey.
             * @default 0
             */
            readonly holdout_percent?: number;
            /**
             * @description Whose message goes first to a contact whom sending limits leave only some.
             * @default normal
             * @enum {string}
             */
            readonly priority?: "high" | "normal" | "low";
            /** @description Campaign parameters on links of letters. */
            readonly utm?: components["schemas"]["Utm"];
            /** @default false */
            readonly exit_on_unsubscribe?: boolean;
            /**
             * @description Visits of one enrollment to one node.
             * @default 100
             */
            readonly visit_limit?: number;
        };
        /**
         * SplitNode
         * @description Divide by chance: hashed, so the same contact takes the same way; kept once taken.
         */
        readonly SplitNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "split";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            readonly paths?: readonly components["schemas"]["SplitPath"][];
            /** @description Absent: journey and node key. Equal salts divide equally. */
            readonly salt?: string;
            /**
             * @description each_run: another draw for each enrollment.
             * @default never
             * @enum {string}
             */
            readonly rerandomize?: "never" | "each_run";
            readonly winner?: components["schemas"]["Winner"];
        };
        /**
         * SplitPath
         * @description One arm.
         */
        readonly SplitPath: {
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly label: components["schemas"]["Label"];
            /** @description Per cent; the arms of a node add up to 100. */
            readonly weight: number;
            /**
             * @description What the other arms are compared with; one arm at most.
             * @default false
             */
            readonly control?: boolean;
        };
        /**
         * StartJourneyNode
         * @description Ask another journey to let this contact in; its trigger is of the kind `journey`.
         *
         *     It has to pass all gates of that journey's entry; this one goes on at once.
         */
        readonly StartJourneyNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "start_journey";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly journey: components["schemas"]["Name"];
            /** @description What that journey finds under trigger.properties. */
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
        };
        /**
         * StateExit
         * @description This becoming true takes the subject out, wherever it is.
         */
        readonly StateExit: {
            readonly when: components["schemas"]["Condition"];
            /** @default exit condition */
            readonly reason?: string;
        };
        /**
         * StopJourneyNode
         * @description End this contact's enrollments in a journey; messages that have not left are stopped.
         *
         *     Of this same journey it ends all others, and never the one that stands here: `leave` does that.
         */
        readonly StopJourneyNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "stop_journey";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly journey: components["schemas"]["Name"];
            /** @description Only the one of this entry key; absent: all of them. */
            readonly entry_key?: components["schemas"]["Structure"];
        };
        /**
         * Structure
         * @description Any JSON; {"$": "trigger.properties.total"} stands for a value known later.
         */
        readonly Structure: unknown;
        /**
         * SubjectCondition
         * @description A field of the ticket, cart or deal: `{"subject": "priority", "op": "is", "value": "urgent"}`.
         */
        readonly SubjectCondition: {
            readonly subject: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
        };
        /**
         * TagNode
         * @description Add and remove tags, which conditions read as the list attribute `tags`.
         */
        readonly TagNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "tag";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly add?: readonly components["schemas"]["Name"][];
            readonly remove?: readonly components["schemas"]["Name"][];
        };
        /**
         * TemplateCondition
         * @description What became of a template's messages, in any journey.
         *
         *     `not_clicked` is also true where nothing was sent.
         */
        readonly TemplateCondition: {
            readonly template: components["schemas"]["Name"];
            /** @enum {string} */
            readonly op: "sent" | "delivered" | "opened" | "clicked" | "bounced" | "replied" | "not_sent" | "not_delivered" | "not_opened" | "not_clicked" | "not_bounced" | "not_replied";
            readonly within?: string | null;
        };
        /**
         * ThrottleNode
         * @description At most so many go through here in any period, evenly spaced, in the order they came.
         *
         *     It counts all enrollments of the journey, whatever their version.
         */
        readonly ThrottleNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "throttle";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /** @description In any period of this length. */
            readonly at_most: number;
            /**
             * @description At least PT1M.
             * @default PT1M
             */
            readonly per?: components["schemas"]["Elapsed"];
        };
        /**
         * Timeout
         * @description The way taken when nothing came in time.
         */
        readonly Timeout: {
            readonly next?: components["schemas"]["NodeKey"] | null;
            /**
             * Format: duration
             * @description ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).
             * @example P1D
             * @example PT24H
             * @example P1M
             * @example PT30M
             */
            readonly after: string;
        };
        /** Trigger */
        readonly Trigger: components["schemas"]["EventTrigger"] | components["schemas"]["AbsenceTrigger"] | components["schemas"]["InactivityTrigger"] | components["schemas"]["SegmentTrigger"] | components["schemas"]["AttributeTrigger"] | components["schemas"]["DateTrigger"] | components["schemas"]["MessageTrigger"] | components["schemas"]["RecordTrigger"] | components["schemas"]["ScheduleTrigger"] | components["schemas"]["JourneyTrigger"] | components["schemas"]["ManualTrigger"] | components["schemas"]["ApiTrigger"];
        /**
         * TriggerCondition
         * @description What started this enrollment: `{"trigger": "properties.total", "op": "gte", "value": 100}`.
         */
        readonly TriggerCondition: {
            readonly trigger: string;
            readonly op: components["schemas"]["Op"];
            readonly value?: unknown;
            /** @default false */
            readonly ignore_case?: boolean;
        };
        /**
         * Try
         * @description The message by one channel.
         */
        readonly Try: {
            /** @enum {string} */
            readonly channel: "email" | "sms" | "push";
            readonly template: components["schemas"]["Name"];
            /** @description Values for the template, by name. */
            readonly data?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
        };
        /** Until */
        readonly Until: components["schemas"]["UntilTime"] | components["schemas"]["UntilWindow"] | components["schemas"]["UntilBestHour"] | components["schemas"]["UntilDate"];
        /**
         * UntilBestHour
         * @description The hour at which the contact mostly reads its letters; at once while that hour lasts.
         *
         *     Found by the letters that humans opened or clicked in the last 90 days, by the contact's clock.
         *     Below five of them everybody's hour is taken, and where few were read at all the fallback.
         */
        readonly UntilBestHour: {
            /**
             * @description Whose: the contact's own, or everybody's.
             * @enum {string}
             */
            readonly best_hour: "contact" | "everybody";
            /** @description Only hours that lie wholly in from and to. */
            readonly from?: components["schemas"]["LocalTime"];
            /** @description Earlier than from: it spans midnight. */
            readonly to?: components["schemas"]["LocalTime"];
            /** @description Only on these; absent: any day. */
            readonly weekdays?: readonly components["schemas"]["Weekday"][];
            /**
             * @description Not on the holidays of the journey's settings.
             * @default false
             */
            readonly skip_holidays?: boolean;
            /**
             * @description The hour that begins then, where nobody knows a better one.
             * @default 10:00
             */
            readonly fallback?: components["schemas"]["LocalTime"];
        };
        /**
         * UntilDate
         * @description Until a date attribute, or so long before or after it. If that is past: at once.
         */
        readonly UntilDate: {
            readonly attribute: components["schemas"]["FieldPath"];
            /**
             * Format: duration
             * @description ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).
             * @example P1D
             * @example PT24H
             * @example P1M
             * @example PT30M
             */
            readonly offset?: string;
            /** @description Absent: the attribute's own time, or the start of the day. */
            readonly at?: components["schemas"]["LocalTime"];
        };
        /**
         * UntilTime
         * @description The next such time of day in the contact's zone; if today's has passed, a later day's.
         *
         *     `days_ahead` counts local dates: 1 means tomorrow at the earliest, at whatever hour the subject
         *     arrives.
         */
        readonly UntilTime: {
            readonly at: components["schemas"]["LocalTime"];
            /** @description Only on these; absent: any day. */
            readonly weekdays?: readonly components["schemas"]["Weekday"][];
            /** @default 0 */
            readonly days_ahead?: number;
            /**
             * @description Not on the holidays of the journey's settings.
             * @default false
             */
            readonly skip_holidays?: boolean;
            /**
             * @description If the time has passed on the day of arrival, and that day fits, go on at once instead.
             * @default false
             */
            readonly same_day_if_late?: boolean;
        };
        /**
         * UntilWindow
         * @description Until the window is open in the contact's zone: at once if it is.
         *
         *     It has its start and lacks its end.
         */
        readonly UntilWindow: {
            readonly from: components["schemas"]["LocalTime"];
            /** @description Earlier than from: it spans midnight. */
            readonly to: components["schemas"]["LocalTime"];
            /** @description The days on which it opens. */
            readonly weekdays?: readonly components["schemas"]["Weekday"][];
            /**
             * @description It does not open on the holidays of the journey's settings.
             * @default false
             */
            readonly skip_holidays?: boolean;
        };
        /**
         * UpdateContactNode
         * @description Change attributes of the contact; others may trigger on the change.
         */
        readonly UpdateContactNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "update_contact";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            readonly set?: {
                readonly [key: string]: components["schemas"]["Structure"];
            };
            readonly unset?: readonly components["schemas"]["FieldPath"][];
            readonly increment?: {
                readonly [key: string]: number;
            };
        };
        /**
         * Utm
         * @description By what the site's own statistics know who came by a letter of this journey.
         *
         *     It stands on followed links that lead to the sender's own sites, beside the key of the node.
         */
        readonly Utm: {
            /** @description utm_source, such as sojourn. */
            readonly source: string;
            /**
             * @description utm_medium.
             * @default email
             */
            readonly medium?: string;
            /** @description utm_campaign; the journey's key without it. */
            readonly campaign?: string;
        };
        /**
         * WaitForNode
         * @description Wait for the first of several events or conditions.
         *
         *     A condition that asks what did not happen is asked when the time is over, not before. The
         *     time-out is mandatory when publishing.
         */
        readonly WaitForNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "wait_for";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            readonly paths?: readonly components["schemas"]["WaitPath"][];
            /**
             * @description From when on events count: the arrival here, the event that let the subject in, or so long before the arrival.
             * @default node
             */
            readonly since?: ("node" | "entry") | components["schemas"]["Elapsed"];
            /**
             * @description A condition that is already true does not count until it becomes true anew.
             * @default false
             */
            readonly ignore_past?: boolean;
            /**
             * @description first: what comes first is taken at once. ranked: the time is waited out, and of all that came the path that stands highest is taken; the highest one at once.
             * @default first
             * @enum {string}
             */
            readonly choose?: "first" | "ranked";
            readonly timeout?: components["schemas"]["Timeout"];
        };
        /**
         * WaitNode
         * @description Wait for a while, until a time of day, a window, the best hour, or until a date.
         */
        readonly WaitNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "wait";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /**
             * Format: duration
             * @description ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).
             * @example P1D
             * @example PT24H
             * @example P1M
             * @example PT30M
             */
            readonly for?: string;
            readonly until?: components["schemas"]["Until"];
            /** @description When the date is missing or unreadable. Must be there for a date, and only then. */
            readonly on_missing?: "exit" | components["schemas"]["Way"];
        };
        /** WaitPath */
        readonly WaitPath: components["schemas"]["EventPath"] | components["schemas"]["ConditionPath"];
        /**
         * Way
         * @description A way out: where to go; nothing means complete here.
         */
        readonly Way: {
            readonly next?: components["schemas"]["NodeKey"] | null;
        };
        /**
         * WebhookNode
         * @description Call another system. Named pieces of its answer are kept in the enrollment's context.
         */
        readonly WebhookNode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly kind: "webhook";
            /** @description For colleagues; never changes meaning. */
            readonly note?: string;
            /** @description Where to go; absent means complete here. */
            readonly next?: components["schemas"]["NodeKey"] | null;
            /**
             * @default POST
             * @enum {string}
             */
            readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description A target kept in the settings, with its secrets. */
            readonly endpoint?: components["schemas"]["Name"];
            readonly url?: string;
            /** @description No secrets: those belong to endpoints. */
            readonly headers?: {
                readonly [key: string]: string;
            };
            readonly body?: components["schemas"]["Structure"];
            /**
             * @description For the whole call; at most PT60S.
             * @default PT10S
             */
            readonly timeout?: components["schemas"]["Elapsed"];
            /** @description Context name: place in the answer, such as {'tier': 'body.customer.tier'} or {'code': 'status'}. An answer that lacks one of them is no good answer. */
            readonly save?: {
                readonly [key: string]: string;
            };
            /**
             * @description No good answer after all tries.
             * @default exit
             */
            readonly on_error?: components["schemas"]["OnTrouble"];
        };
        /**
         * Weekday
         * @enum {string}
         */
        readonly Weekday: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
        /** Where */
        readonly Where: components["schemas"]["AllWhere"] | components["schemas"]["AnyWhere"] | components["schemas"]["NoneWhere"] | components["schemas"]["PropertyCondition"];
        /**
         * Winner
         * @description Which arm all new arrivals take, once a test has shown that it is the better one.
         */
        readonly Winner: {
            /** @description A goal of this journey; the arm that reaches it more wins. */
            readonly goal: components["schemas"]["Name"];
            /** @description So long after the first arm was given it is decided, once. */
            readonly after: components["schemas"]["Elapsed"];
            /**
             * @description People that each arm needs for that.
             * @default 100
             */
            readonly at_least?: number;
            /** @default 0.95 */
            readonly confidence?: number;
            /**
             * @description Too few people, or no arm better for sure: keep_splitting, or an arm's label.
             * @default keep_splitting
             */
            readonly fallback?: string;
        };
        /**
         * Journey
         * @description A plan, being edited or published.
         */
        readonly Journey: {
            /** @description For editors. */
            readonly $schema?: string;
            /** @constant */
            readonly format: 1;
            readonly key: string;
            readonly name: string;
            readonly description?: string;
            /**
             * @description What it is about: contacts; or records, with the trigger record.
             * @default contact
             * @enum {string}
             */
            readonly subject?: "contact" | "record";
            readonly trigger: components["schemas"]["Trigger"];
            readonly entry?: components["schemas"]["Entry"];
            readonly exits?: readonly components["schemas"]["Exit"][];
            readonly goals?: readonly components["schemas"]["Goal"][];
            readonly settings?: components["schemas"]["Settings"];
            /** @description Where everybody begins; must be there when publishing. */
            readonly start?: components["schemas"]["NodeKey"] | null;
            readonly nodes?: {
                readonly [key: string]: components["schemas"]["Node"];
            };
            /** @description For the canvas; never changes meaning. */
            readonly layout?: {
                readonly [key: string]: components["schemas"]["Position"];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AbsenceTrigger = components['schemas']['AbsenceTrigger'];
export type AllOf = components['schemas']['AllOf'];
export type AllWhere = components['schemas']['AllWhere'];
export type AnswerPath = components['schemas']['AnswerPath'];
export type AnyOf = components['schemas']['AnyOf'];
export type AnyWhere = components['schemas']['AnyWhere'];
export type ApiTrigger = components['schemas']['ApiTrigger'];
export type AskNode = components['schemas']['AskNode'];
export type AttributeCondition = components['schemas']['AttributeCondition'];
export type AttributeTrigger = components['schemas']['AttributeTrigger'];
export type BranchNode = components['schemas']['BranchNode'];
export type Channel = components['schemas']['Channel'];
export type Condition = components['schemas']['Condition'];
export type ConditionPath = components['schemas']['ConditionPath'];
export type ConsentCondition = components['schemas']['ConsentCondition'];
export type ConsentNode = components['schemas']['ConsentNode'];
export type ContextCondition = components['schemas']['ContextCondition'];
export type DateTrigger = components['schemas']['DateTrigger'];
export type Elapsed = components['schemas']['Elapsed'];
export type EmitEventNode = components['schemas']['EmitEventNode'];
export type EnterAgain = components['schemas']['EnterAgain'];
export type EnterOnce = components['schemas']['EnterOnce'];
export type Entry = components['schemas']['Entry'];
export type Escalation = components['schemas']['Escalation'];
export type EventCountCondition = components['schemas']['EventCountCondition'];
export type EventDoneCondition = components['schemas']['EventDoneCondition'];
export type EventExit = components['schemas']['EventExit'];
export type EventMatch = components['schemas']['EventMatch'];
export type EventNumberCondition = components['schemas']['EventNumberCondition'];
export type EventPath = components['schemas']['EventPath'];
export type EventTimeCondition = components['schemas']['EventTimeCondition'];
export type EventTrigger = components['schemas']['EventTrigger'];
export type Exit = components['schemas']['Exit'];
export type FieldPath = components['schemas']['FieldPath'];
export type FormField = components['schemas']['FormField'];
export type Gates = components['schemas']['Gates'];
export type GoToNode = components['schemas']['GoToNode'];
export type Goal = components['schemas']['Goal'];
export type GoalNode = components['schemas']['GoalNode'];
export type Holidays = components['schemas']['Holidays'];
export type InactivityTrigger = components['schemas']['InactivityTrigger'];
export type JourneyTrigger = components['schemas']['JourneyTrigger'];
export type KeyedEventMatch = components['schemas']['KeyedEventMatch'];
export type Label = components['schemas']['Label'];
export type LeaveNode = components['schemas']['LeaveNode'];
export type LocalTime = components['schemas']['LocalTime'];
export type ManualTrigger = components['schemas']['ManualTrigger'];
export type MessageCondition = components['schemas']['MessageCondition'];
export type MessageTrigger = components['schemas']['MessageTrigger'];
export type Name = components['schemas']['Name'];
export type Node = components['schemas']['Node'];
export type NodeKey = components['schemas']['NodeKey'];
export type NoneOf = components['schemas']['NoneOf'];
export type NoneWhere = components['schemas']['NoneWhere'];
export type NotifyNode = components['schemas']['NotifyNode'];
export type OnTrouble = components['schemas']['OnTrouble'];
export type Op = components['schemas']['Op'];
export type Position = components['schemas']['Position'];
export type PropertyCondition = components['schemas']['PropertyCondition'];
export type QuietHours = components['schemas']['QuietHours'];
export type RecordChanged = components['schemas']['RecordChanged'];
export type RecordClock = components['schemas']['RecordClock'];
export type RecordCreated = components['schemas']['RecordCreated'];
export type RecordStateChanged = components['schemas']['RecordStateChanged'];
export type RecordTrigger = components['schemas']['RecordTrigger'];
export type Reentry = components['schemas']['Reentry'];
export type ScheduleTrigger = components['schemas']['ScheduleTrigger'];
export type ScoreNode = components['schemas']['ScoreNode'];
export type SegmentCondition = components['schemas']['SegmentCondition'];
export type SegmentTrigger = components['schemas']['SegmentTrigger'];
export type SendEmailNode = components['schemas']['SendEmailNode'];
export type SendFirstNode = components['schemas']['SendFirstNode'];
export type SendPushNode = components['schemas']['SendPushNode'];
export type SendSmsNode = components['schemas']['SendSmsNode'];
export type Settings = components['schemas']['Settings'];
export type SplitNode = components['schemas']['SplitNode'];
export type SplitPath = components['schemas']['SplitPath'];
export type StartJourneyNode = components['schemas']['StartJourneyNode'];
export type StateExit = components['schemas']['StateExit'];
export type StopJourneyNode = components['schemas']['StopJourneyNode'];
export type Structure = components['schemas']['Structure'];
export type SubjectCondition = components['schemas']['SubjectCondition'];
export type TagNode = components['schemas']['TagNode'];
export type TemplateCondition = components['schemas']['TemplateCondition'];
export type ThrottleNode = components['schemas']['ThrottleNode'];
export type Timeout = components['schemas']['Timeout'];
export type Trigger = components['schemas']['Trigger'];
export type TriggerCondition = components['schemas']['TriggerCondition'];
export type Try = components['schemas']['Try'];
export type Until = components['schemas']['Until'];
export type UntilBestHour = components['schemas']['UntilBestHour'];
export type UntilDate = components['schemas']['UntilDate'];
export type UntilTime = components['schemas']['UntilTime'];
export type UntilWindow = components['schemas']['UntilWindow'];
export type UpdateContactNode = components['schemas']['UpdateContactNode'];
export type Utm = components['schemas']['Utm'];
export type WaitForNode = components['schemas']['WaitForNode'];
export type WaitNode = components['schemas']['WaitNode'];
export type WaitPath = components['schemas']['WaitPath'];
export type Way = components['schemas']['Way'];
export type WebhookNode = components['schemas']['WebhookNode'];
export type Weekday = components['schemas']['Weekday'];
export type Where = components['schemas']['Where'];
export type Winner = components['schemas']['Winner'];
export type Journey = components['schemas']['Journey'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
