// Generated from schema/reasons.json; do not edit.

export const REASONS = {
  "Refusal": [
    "no_entry_key",
    "own_effect",
    "chain_too_long",
    "part_gone",
    "filter",
    "entered_before",
    "inside",
    "too_soon",
    "full",
    "not_yet",
    "exit_before_entry"
  ],
  "Disregard": [
    "where",
    "history",
    "too_old",
    "not_live"
  ],
  "ExitReason": [
    "unsubscribed",
    "message_skipped",
    "message_failed",
    "call_failed",
    "date_missing",
    "anchor_changed",
    "loop_limit",
    "missed_while_paused",
    "stopped_by_journey",
    "journey_edited",
    "journey_stopped",
    "ejected",
    "merged",
    "contact_deleted"
  ],
  "SkipReason": [
    "journey_ended",
    "contact_deleted",
    "expired",
    "no_address",
    "unconfirmed",
    "unsubscribed",
    "no_consent",
    "paused",
    "opted_out",
    "suppressed",
    "holdout",
    "already_sent",
    "quiet_hours",
    "legal_hours",
    "capped",
    "repeated"
  ],
  "CancelReason": [
    "left"
  ],
  "FailReason": [
    "no_template",
    "render",
    "refused",
    "account",
    "too_often",
    "crashed",
    "no_endpoint"
  ],
  "DoubtReason": [
    "worker_died",
    "no_answer",
    "contact_deleted"
  ]
} as const;
