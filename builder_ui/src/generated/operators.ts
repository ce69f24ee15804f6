// Generated from schema/operators.json; do not edit.

export const TABLE = {
  "operators": [
    {
      "op": "is",
      "label": "is",
      "takes": "scalar",
      "asks": null,
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "is_not",
      "label": "is not",
      "takes": "scalar",
      "asks": null,
      "negates": "is",
      "folds": true,
      "moves": false
    },
    {
      "op": "in",
      "label": "is one of",
      "takes": "scalars",
      "asks": null,
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "not_in",
      "label": "is none of",
      "takes": "scalars",
      "asks": null,
      "negates": "in",
      "folds": true,
      "moves": false
    },
    {
      "op": "contains",
      "label": "contains",
      "takes": "text",
      "asks": "text",
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "not_contains",
      "label": "does not contain",
      "takes": "text",
      "asks": "text",
      "negates": "contains",
      "folds": true,
      "moves": false
    },
    {
      "op": "starts_with",
      "label": "starts with",
      "takes": "text",
      "asks": "text",
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "ends_with",
      "label": "ends with",
      "takes": "text",
      "asks": "text",
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "matches",
      "label": "matches the pattern",
      "takes": "pattern",
      "asks": "text",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "gt",
      "label": "is more than",
      "takes": "number",
      "asks": "number",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "gte",
      "label": "is at least",
      "takes": "number",
      "asks": "number",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "lt",
      "label": "is less than",
      "takes": "number",
      "asks": "number",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "lte",
      "label": "is at most",
      "takes": "number",
      "asks": "number",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "between",
      "label": "is between",
      "takes": "numbers",
      "asks": "number",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "exists",
      "label": "is known",
      "takes": "nothing",
      "asks": null,
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "missing",
      "label": "is not known",
      "takes": "nothing",
      "asks": null,
      "negates": "exists",
      "folds": false,
      "moves": false
    },
    {
      "op": "is_true",
      "label": "is yes",
      "takes": "nothing",
      "asks": "boolean",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "is_false",
      "label": "is no",
      "takes": "nothing",
      "asks": "boolean",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "before",
      "label": "is before",
      "takes": "date",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "after",
      "label": "is after",
      "takes": "date",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "on",
      "label": "is on",
      "takes": "date",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": false
    },
    {
      "op": "within_last",
      "label": "was within the last",
      "takes": "duration",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": true
    },
    {
      "op": "within_next",
      "label": "is within the next",
      "takes": "duration",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": true
    },
    {
      "op": "anniversary_within",
      "label": "has its anniversary within",
      "takes": "duration",
      "asks": "date",
      "negates": null,
      "folds": false,
      "moves": true
    },
    {
      "op": "has_any",
      "label": "has any of",
      "takes": "scalars",
      "asks": "list",
      "negates": null,
      "folds": true,
      "moves": false
    },
    {
      "op": "has_all",
      "label": "has all of",
      "takes": "scalars",
      "asks": "list",
      "negates": null,
      "folds": true,
      "moves": false
    }
  ],
  "asked_of": {
    "figure": [
      "is",
      "is_not",
      "gt",
      "gte",
      "lt",
      "lte",
      "between"
    ],
    "instant": [
      "before",
      "after",
      "on",
      "within_last",
      "within_next",
      "anniversary_within"
    ],
    "property": [
      "is",
      "is_not",
      "in",
      "not_in",
      "contains",
      "not_contains",
      "starts_with",
      "ends_with",
      "matches",
      "gt",
      "gte",
      "lt",
      "lte",
      "between",
      "exists",
      "missing",
      "is_true",
      "is_false",
      "before",
      "after",
      "on",
      "has_any",
      "has_all"
    ]
  }
} as const;
