// Generated from schema/openapi.json; do not edit.

export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show who carries letters and texts, and how each account stands. */
        get: operations["accounts_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{channel}/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See whether an account's mail server takes connections. */
        post: operations["accounts_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{channel}/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an account carry nothing until somebody resumes it; the others take over. */
        post: operations["accounts_pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{channel}/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an account carry again: somebody has mended what was wrong with it. */
        post: operations["accounts_resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the files for letters, the newest first. */
        get: operations["assets_show_all_get"];
        put?: never;
        /** Keep a file; one of the same content is kept once. */
        post: operations["assets_add_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a file away that nothing uses; letters that have left show it no more. */
        delete: operations["assets_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{digest}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the templates that show a file, or send it along. */
        get: operations["assets_show_uses_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was done by hand, the newest first. */
        get: operations["audit_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the broadcasts, with what became of their messages. */
        get: operations["broadcasts_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one broadcast. */
        get: operations["broadcasts_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{key}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a broadcast leave, at its time or at once. One that has left never leaves again (409). */
        post: operations["broadcasts_send_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count whom a message would reach now, and why it would not reach the others. */
        post: operations["broadcasts_reach_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all catalogs. */
        get: operations["catalogs_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a catalog: its fields, and the templates that name it. */
        get: operations["catalogs_show_get"];
        /** Make a catalog, or change what is said of it; its items stay. */
        put: operations["catalogs_save_put"];
        post?: never;
        /** Take a catalog away with everything in it, unless a template names it. */
        delete: operations["catalogs_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogs/{name}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List items by their keys. */
        get: operations["catalog_items_show_items_get"];
        /** Put the items of a file, CSV or JSON lines, in the place of all; at once, at its end. */
        put: operations["catalog_items_replace_items_put"];
        /** Put items in, each in the place of one with its key; what cannot be kept is listed. */
        post: operations["catalog_items_put_items_post"];
        /** Take items out by their keys. */
        delete: operations["catalog_items_delete_items_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogs/{name}/items/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one item. */
        get: operations["catalog_items_show_item_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogs/{name}/recommended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what letters would recommend of it now, to somebody or to a stranger, and why. */
        get: operations["catalogs_show_recommended_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell the time. */
        get: operations["clock_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let time pass: move a virtual clock ahead, and look at everything that is due by then. */
        post: operations["clock_advance_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conditions/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count the contacts for whom a condition is true now, and show a few of them. */
        post: operations["conditions_count_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts, the newest first. */
        get: operations["contacts_show_all_get"];
        put?: never;
        /** Make a contact of whom nobody has spoken yet (409 if somebody has). */
        post: operations["contact_edits_create_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show everything known of one contact. */
        get: operations["contacts_show_get"];
        put?: never;
        post?: never;
        /** Forget a person for good: seconds from now, behind all that was accepted before. */
        delete: operations["contact_edits_erase_delete"];
        options?: never;
        head?: never;
        /** Change attributes and tags. Journeys and segments hear of it as of any other change. */
        patch: operations["contact_edits_change_patch"];
        trace?: never;
    };
    "/api/v1/contacts/{uid}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a contact's consent: how it stands, what waits, and the proof of every choice. */
        get: operations["consents_show_get"];
        /** Keep a choice that a contact made by word of mouth, with how that is known. */
        put: operations["contact_edits_choose_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{uid}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give a copy of everything held on a contact, as JSON; that it was given is on record. */
        get: operations["timeline_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{uid}/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Never write to this address of a contact again. */
        post: operations["contact_edits_suppress_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{uid}/suppressions/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let this address of a contact be written to again. */
        post: operations["contact_edits_lift_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{uid}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what happened to a contact: events, messages, journeys, choices, segments. */
        get: operations["timeline_show_timeline_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List the contacts for whom a condition is true now, the newest first. */
        post: operations["contacts_search_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all pools of coupons, with what is left of each. */
        get: operations["coupons_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-pools/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a pool. */
        get: operations["coupons_show_get"];
        /** Change a pool. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["coupons_change_put"];
        /** Make a pool, without codes at first. */
        post: operations["coupons_make_post"];
        /** Take a pool away with all of its codes; not one that a template names (409). */
        delete: operations["coupons_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-pools/{name}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List codes of a pool, the newest first, with who got them. */
        get: operations["coupons_show_codes_get"];
        put?: never;
        /** Bring codes into a pool; those that it has already are counted as doubles. */
        post: operations["coupons_bring_in_post"];
        /** Take back all codes that nobody has drawn. */
        delete: operations["coupons_withdraw_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-pools/{name}/codes/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring codes in from a text or CSV file: a code a line, of several columns the first. */
        post: operations["coupons_bring_in_file_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-pools/{name}/codes/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make up random codes by a pattern; refused where they could be guessed. */
        post: operations["coupons_generate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliverability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what became of the letters of the last days, and what hinders them. */
        get: operations["deliverability_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliverability/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look up the records of every domain that letters come from, and keep what they say. */
        post: operations["deliverability_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliverability/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let marketing over e-mail go on, which a brake held back. */
        post: operations["deliverability_resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all endpoints, each with the journeys that call it. */
        get: operations["endpoints_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change an endpoint. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["endpoints_change_put"];
        /** Make an endpoint, and show the secret with which its calls are signed, once. */
        post: operations["endpoints_make_post"];
        /** Take an endpoint away that no journey calls. */
        delete: operations["endpoints_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tries of an endpoint's calls, the newest first. They are kept for 30 days. */
        get: operations["calls_show_calls_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/calls/{id_}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one try with what was sent and what was answered. */
        get: operations["calls_show_call_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let calls go to an endpoint again that was disabled, or that rests for its failures. */
        post: operations["endpoints_enable_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/end-old-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign calls with the present secret alone from now on. */
        post: operations["endpoints_end_old_secret_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make calls again that failed: one, or up to 500 of all since a time. */
        post: operations["calls_replay_calls_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign calls with another secret from now on, and show it, once. */
        post: operations["endpoints_rotate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/endpoints/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call an endpoint, signed as a journey's call would be, and tell what it answered. */
        post: operations["endpoints_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrollments/{enrollment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show where an enrollment went, step by step, what each step read, and what it sent. */
        get: operations["enrollments_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrollments/{enrollment_id}/eject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody out of a journey; what has not begun to leave does not leave any more. */
        post: operations["enrollments_eject_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrollments/{enrollment_id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a wait as if its time were over: whoever waits goes on now. */
        post: operations["enrollments_skip_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the events of each name, and show which properties they come with. */
        get: operations["events_show_names_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/recent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what came in last. */
        get: operations["events_show_recent_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the tracking calls that were refused last, each with the reason. */
        get: operations["events_show_refused_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fetch-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all sources of fetched content, each with the letters that show it. */
        get: operations["fetch_sources_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fetch-sources/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a source and forget what it answered. A change made meanwhile is kept (409). */
        put: operations["fetch_sources_change_put"];
        /** Make a source. Its server is fixed; values of letters only fill places behind the host. */
        post: operations["fetch_sources_make_post"];
        /** Take a source away; not one that a template names (409). */
        delete: operations["fetch_sources_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fetch-sources/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fetch as a letter would, and tell what it would show, how long it took and how old it is. */
        post: operations["fetch_sources_try_out_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the journeys to start from, each with its document. */
        get: operations["gallery_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gallery/{key}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft of one, and the templates, topics, segments and endpoints that it lacks. */
        post: operations["gallery_use_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the latest imports. */
        get: operations["imports_show_all_get"];
        put?: never;
        /** Send a CSV file, as the body; nothing is brought in yet. */
        post: operations["imports_upload_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an import: how far it has come, and the first rows that are refused. */
        get: operations["imports_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an import between two rows; what is in stays. What had not begun is forgotten. */
        post: operations["imports_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what the columns are, and have all rows checked; nothing is brought in. */
        put: operations["imports_plan_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/refused.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Write the rows that were refused as CSV, each with its line and why. */
        get: operations["imports_show_refused_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring in what was checked. Rows that were refused are left out. */
        post: operations["imports_start_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how the instance is set up. */
        get: operations["instance_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all journeys with their figures; those that are put away, too. */
        get: operations["journeys_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a journey; its draft's revision is the ETag. */
        get: operations["journeys_show_get"];
        /** Keep a draft, whether it can be published or not. `If-Match` says which one was edited. */
        put: operations["journeys_save_put"];
        post?: never;
        /** Take a stopped journey away; its messages, consent and statistics stay. */
        delete: operations["lifecycle_delete_delete"];
        options?: never;
        head?: never;
        /** Put a journey into a folder, or away; its document stays as it is. */
        patch: operations["journeys_arrange_patch"];
        trace?: never;
    };
    "/api/v1/journeys/{key}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a journey's last backfill, under way or done. */
        get: operations["backfills_get_backfill_get"];
        put?: never;
        post?: never;
        /** Let nobody in any more by a backfill under way; who has entered stays. */
        delete: operations["backfills_cancel_backfill_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show entries, ends and goals day by day. */
        get: operations["reports_show_days_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin another journey with the draft of this one. A key that is taken is refused (409). */
        post: operations["journeys_duplicate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let contacts into a journey with the trigger manual or api, through all of its gates. */
        post: operations["journeys_let_in_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what speaks for how many would enter if the draft were published. */
        post: operations["lifecycle_estimate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let nobody in, move nobody on, hand nothing over; or entries alone, or messages alone. */
        post: operations["lifecycle_pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who is where and until when, left for a reason, reached a goal, or got no message. */
        get: operations["reports_show_people_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what publishing the draft would change, and where it would leave those inside. */
        post: operations["lifecycle_plan_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the draft the live version; those inside stay on theirs, or all move to it. */
        post: operations["lifecycle_publish_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what happened: people at each node, ways taken, goals, messages, groups compared. */
        get: operations["reports_show_report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on after a pause; `waits` says what it did to the waits that it covered. */
        post: operations["lifecycle_resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a journey would do: nothing is written, and nothing leaves. */
        post: operations["simulations_simulate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let nobody in any more, and end those inside now if asked to. */
        post: operations["lifecycle_stop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a document without keeping it: everything to mend, each with its node. */
        post: operations["journeys_validate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was published of a journey, the newest first. */
        get: operations["versions_show_versions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a version with its document, as it was published. */
        get: operations["versions_show_version_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/{key}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say why a contact got what it got of a journey, or did not: every decision, its inputs. */
        get: operations["why_show_why_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the keys, revoked ones too. */
        get: operations["keys_show_all_get"];
        put?: never;
        /** Make a key. A server key may do nothing that its maker may not. */
        post: operations["keys_create_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id_}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Refuse this key from now on. */
        delete: operations["keys_revoke_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letter-starters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the letters to begin with, each with its words in every language. */
        get: operations["starters_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in. A wrong password and an unknown user are answered alike, and in the same time. */
        post: operations["session_log_in_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log out. */
        post: operations["session_log_out_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was kept, the newest first. */
        get: operations["mailbox_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/{id_}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one, word for word. */
        get: operations["mailbox_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/{id_}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a letter as its reader sees it, in a page that may do nothing. */
        get: operations["mailbox_show_html_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/tests/{id_}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a test, word for word. */
        get: operations["mailbox_show_test_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/tests/{id_}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a test as its reader sees it, in a page that may do nothing. */
        get: operations["mailbox_show_test_html_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find messages, the newest first. */
        get: operations["messages_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one message: what it said, its gates, what became of it, and what caused it. */
        get: operations["messages_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{uid}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a letter as its reader sees it, in a page that may do nothing. */
        get: operations["messages_show_html_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/inbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a letter or text that came in; journeys may start, wait for or end by it. */
        post: operations["inbound_report_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the names that journeys and segments may use: what was seen lately, and what is kept. */
        get: operations["names_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List notices, the newest first. Those of journeys are shown to who may see contacts. */
        get: operations["notices_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/by-mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether notices reach an administrator by e-mail. It is her own affair, and on at first. */
        get: operations["notices_show_by_mail_get"];
        /** Let notices reach the caller by e-mail, or not: in the language of this call. */
        put: operations["notices_want_by_mail_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notices as read, for everybody. */
        post: operations["notices_mark_read_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what happened lately, and what waits for somebody. */
        get: operations["overview_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all partials, each with what includes it. */
        get: operations["partials_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partials/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a partial: what stands in it, its versions, and what includes it. */
        get: operations["partials_show_get"];
        /** Put a partial into use, in every template that includes it. */
        put: operations["partials_save_put"];
        post?: never;
        /** Take a partial of one's own away; the product's, if there is one, is back in use. */
        delete: operations["partials_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partials/{name}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a partial in a letter, without keeping it; findings are those of the partial alone. */
        post: operations["partials_show_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partials/{name}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a partial as it once stood. */
        get: operations["partials_show_version_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how the public pages look. */
        get: operations["public_pages_show_get"];
        /** Let the public pages look so, from the next one that is opened. */
        put: operations["public_pages_save_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List questions, the newest first. */
        get: operations["questions_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a question. */
        get: operations["questions_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question; its journey goes on with that. */
        post: operations["questions_answer_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how much every lane has to do, who works, and what is set aside. */
        get: operations["queues_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put things that were set aside back to where they are worked on. */
        post: operations["queues_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records, the newest first: all, or a contact's, or of one type. */
        get: operations["records_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{type}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one record. */
        get: operations["records_show_get"];
        /** Make a record, or bring it up to date; what changed becomes an event of its contact. */
        put: operations["records_keep_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all segments, each with its size and who uses it. */
        get: operations["segments_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a segment. */
        get: operations["segments_show_get"];
        /** Keep a segment. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["segments_save_put"];
        post?: never;
        /** Take a segment away that no journey and no other segment asks about. */
        delete: operations["segments_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{key}/growth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how a segment grew, day by day. */
        get: operations["segments_show_growth_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{key}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who is in a segment, and since when. */
        get: operations["segments_show_members_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List from whom letters may come. */
        get: operations["letter_senders_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/senders/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Register a sender, or change one. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["letter_senders_save_put"];
        post?: never;
        /** Take a sender away that no template, no topic and no journey names. */
        delete: operations["letter_senders_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sending-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all sending limits. */
        get: operations["sending_limits_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sending-limits/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a sending limit. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["sending_limits_save_put"];
        post?: never;
        /** Take a sending limit away; what it holds is looked at again at once. */
        delete: operations["sending_limits_delete_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell who is logged in, and whether the instance still needs its first owner. */
        get: operations["session_show_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first owner, and log her in. */
        post: operations["session_set_up_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Send the live version's figures as `report` events, whenever they have changed. */
        get: operations["stream_show_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all templates, each with the journeys that send it. */
        get: operations["templates_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a template: its words, its versions, and who sends it. */
        get: operations["templates_show_get"];
        /** Put words into use: live journeys send them from now on. */
        put: operations["templates_save_put"];
        post?: never;
        /** Take a template away that no journey names. */
        delete: operations["templates_delete_delete"];
        options?: never;
        head?: never;
        /** Give a template another name; its key, by which journeys call it, stays. */
        patch: operations["templates_rename_patch"];
        trace?: never;
    };
    "/api/v1/templates/{key}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the words of a template as they once stood. */
        get: operations["templates_show_version_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show words as somebody would get them, without keeping or sending them. */
        post: operations["previews_show_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/previews/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a letter that was looked at a moment ago, in a page that may do nothing. */
        get: operations["previews_show_page_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send words as somebody would get them, marked as a test, to oneself or to a colleague. */
        post: operations["template_tests_send_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/texts/costs/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say what the texts of a journey have cost so far, billed and estimated. */
        get: operations["texts_show_costs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/texts/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how many parts a text takes with the people whom it is for, before it is sent. */
        post: operations["texts_show_parts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/texts/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how STOP, START and HELP are answered. */
        get: operations["texts_show_words_get"];
        /** Answer like this from now on. */
        put: operations["texts_save_words_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all topics, those too that are put away, each with the journeys that name it. */
        get: operations["topics_show_all_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a topic. If somebody else changed it meanwhile, nothing is saved (409). */
        put: operations["topics_save_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the users, those too who are let in no more. */
        get: operations["users_show_all_get"];
        put?: never;
        /** Add a user. Owners are made by owners alone. */
        post: operations["users_add_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a user's role or password, or let her in no more; her sessions end. */
        patch: operations["users_change_patch"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * About
         * @description The journey.
         */
        About: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** State */
            state: string;
            /** Version */
            version: number | null;
            /** Published At */
            published_at: string | null;
            /** Paused At */
            paused_at: string | null;
            /** Paused For */
            paused_for: string | null;
            /** Trigger */
            trigger: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * AccountShown
         * @description An account, without its address and secrets.
         *
         *     `state`: `paused` until somebody resumes it; `away`: it failed too often, and is tried now and
         *     then; `resting`: it asked for time; `recovering`: it gets more by and by; `warmed_up_today`: it
         *     carried what it may on this day of its warm-up. `until`: when that ends by itself.
         */
        AccountShown: {
            /** Channel */
            channel: string;
            /** Name */
            name: string;
            /**
             * Provider
             * @description mailbox keeps messages; nothing leaves.
             */
            provider: string;
            /**
             * Host
             * @description Of a mail server.
             */
            host: string | null;
            /**
             * Setting
             * @description The variable that names it.
             */
            setting: string;
            /** Weight */
            weight: number;
            /**
             * Rate
             * @description Messages a second; null: as many as come.
             */
            rate: number | null;
            /** Serves */
            serves: string[];
            /**
             * Left Today
             * @description Of its warm-up; null: it is warm.
             */
            left_today: number | null;
            /**
             * Carried Today
             * @description While it is warmed up.
             */
            carried_today: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "well" | "paused" | "away" | "resting" | "recovering" | "warmed_up_today";
            /** Until */
            until: string | null;
            /**
             * Reason
             * @description Why it is paused.
             */
            reason: string | null;
        };
        /**
         * Accounts
         * @description All of them, in the order of the settings.
         */
        Accounts: {
            /** Items */
            items: components["schemas"]["AccountShown"][];
        };
        /**
         * ActionShown
         * @description A button of a notification.
         */
        ActionShown: {
            /** Label */
            label: string;
            /** Url */
            url: string;
        };
        /**
         * AddAsset
         * @description A file, in base64, of at most 5 MB; what it is says its content, and not its name.
         */
        AddAsset: {
            /** Name */
            name: string;
            /** Content */
            content: string;
        };
        /**
         * Advance
         * @description How far to move it.
         */
        Advance: {
            /**
             * By
             * Format: duration
             * @description An ISO 8601 duration, such as PT1H or P2D.
             */
            by: string;
        };
        /**
         * AllDone
         * @description A page of it, the newest first.
         */
        AllDone: {
            /** Items */
            items: components["schemas"]["Done"][];
            /** Next */
            next: number | null;
        };
        /**
         * Answers
         * @description What is answered in one language; `{brand}` stands for the brand.
         */
        Answers: {
            /** Stop */
            stop: string;
            /** Start */
            start: string;
            /** Help */
            help: string;
        };
        /**
         * Arm
         * @description An arm of an experiment.
         */
        Arm: {
            /** People */
            people: number;
            /** Goals */
            goals: {
                [key: string]: number;
            };
            /** Control */
            control: boolean;
        };
        /**
         * Arrange
         * @description Where a journey is kept; what is left out stays as it is.
         */
        Arrange: {
            /** Folder */
            folder?: string | null;
            /** Archived */
            archived?: boolean | null;
        };
        /**
         * Ask
         * @description A condition, as docs/journeys.md says.
         */
        Ask: {
            /** Condition */
            condition: {
                [key: string]: unknown;
            };
        };
        /**
         * AskItems
         * @description Which page; `search` is a text that stands anywhere in an item.
         */
        AskItems: {
            /**
             * After
             * @default
             */
            after?: string;
            /**
             * Search
             * @default
             */
            search?: string;
        };
        /**
         * AskPartialPreview
         * @description What is to be shown, in which template; null: in a letter of its own.
         */
        AskPartialPreview: {
            /** Contact */
            contact?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            };
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /** Trigger */
            trigger?: {
                [key: string]: unknown;
            };
            /** Context */
            context?: {
                [key: string]: unknown;
            };
            /** Source */
            source: string;
            /** Template */
            template?: string | null;
        };
        /**
         * AskParts
         * @description A text that stands in an editor, or one that is in use; for everybody, or an audience.
         */
        AskParts: {
            /** Source */
            source?: string | null;
            /** Template */
            template?: string | null;
            /** Audience */
            audience?: {
                [key: string]: unknown;
            } | null;
            /** Data */
            data?: {
                [key: string]: unknown;
            };
        };
        /**
         * AskPreview
         * @description What is to be shown, and to whom; with a registered sender and the digests of what goes along.
         *
         *     `language`: the tag of the variant that it is, by which dates and amounts are written.
         */
        AskPreview: {
            /** Contact */
            contact?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            };
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /** Trigger */
            trigger?: {
                [key: string]: unknown;
            };
            /** Context */
            context?: {
                [key: string]: unknown;
            };
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Source */
            source: string;
            /** Sender */
            sender?: string | null;
            /** Files */
            files?: string[];
            /** Language */
            language?: string | null;
        };
        /**
         * AskReach
         * @description To whom, by which channel, of which topic and class.
         */
        AskReach: {
            /** Audience */
            audience: {
                [key: string]: unknown;
            };
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Topic */
            topic: string;
            /**
             * Message Class
             * @default marketing
             * @enum {string}
             */
            message_class?: "marketing" | "transactional";
        };
        /**
         * AssetPage
         * @description Which page: what comes behind the file of this digest.
         */
        AssetPage: {
            /** Behind */
            behind?: string | null;
        };
        /**
         * AssetShown
         * @description A file. `url` is where letters find it; `in_template` is the same as a template writes it.
         */
        AssetShown: {
            /** Digest */
            digest: string;
            /** Name */
            name: string;
            /** Media Type */
            media_type: string;
            /** Is Picture */
            is_picture: boolean;
            /** Size */
            size: number;
            /** Width */
            width: number | null;
            /** Height */
            height: number | null;
            /** Url */
            url: string;
            /** In Template */
            in_template: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
        };
        /**
         * AssetUses
         * @description Where a file is used; `is_logo`: it stands above the public pages.
         */
        AssetUses: {
            /** Items */
            items: components["schemas"]["TemplateUse"][];
            /** Is Logo */
            is_logo: boolean;
        };
        /**
         * AssetsShown
         * @description Files, the newest first; `next` is what to ask for `behind`; `octets` is what all of them take.
         */
        AssetsShown: {
            /** Items */
            items: components["schemas"]["AssetShown"][];
            /** Next */
            next: string | null;
            /** Octets */
            octets: number;
        };
        /**
         * AssumedChoice
         * @description What a colleague answers to a node's questions, and how long after being asked.
         */
        AssumedChoice: {
            chooses: components["schemas"]["Label"];
            /**
             * Form
             * @default {}
             */
            form?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * After
             * @description Absent: ten minutes.
             */
            after?: components["schemas"]["Elapsed"];
        };
        /**
         * AssumedFate
         * @description What becomes of a node's messages or calls, and how long after the hand-over.
         */
        AssumedFate: {
            /** @default sent */
            fate?: components["schemas"]["Fate"];
            /**
             * After
             * @description Absent: ten minutes for messages, at once for calls.
             */
            after?: components["schemas"]["Elapsed"];
            /**
             * Answer
             * @description Of a call: {"status": 200, "body": {"tier": "gold"}}.
             */
            answer?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        Assumption: components["schemas"]["Fate"] | components["schemas"]["AssumedFate"] | components["schemas"]["AssumedChoice"];
        /**
         * AuditPage
         * @description Which page, and of what.
         *
         *     `sort` is the part of an action before the dot, such as journey; `actor` as entries name it.
         */
        AuditPage: {
            /** Before */
            before?: number | null;
            /** Sort */
            sort?: string | null;
            /** Actor */
            actor?: string | null;
        };
        /**
         * BackfillAnswer
         * @description A backfill: how it lets people in, how far it is, and why it ended early.
         *
         *     Of `contacts` so many were `seen`; those of them who qualified were `asked` at the gates.
         */
        BackfillAnswer: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "now" | "by_age";
            /** Per Minute */
            per_minute: number | null;
            /** Since */
            since: string | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Started By */
            started_by: string;
            /** Contacts */
            contacts: number;
            /** Seen */
            seen: number;
            /** Asked */
            asked: number;
            /** Entered */
            entered: number;
            /** Done At */
            done_at: string | null;
            /** Cancelled By */
            cancelled_by: string | null;
        };
        /**
         * BackfillGiven
         * @description That those enter as well who qualified before: `now` at the start, or where they would be.
         */
        BackfillGiven: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "now" | "by_age";
            /** Per Minute */
            per_minute?: number | null;
            /** Since */
            since?: string | null;
        };
        /**
         * BringCodes
         * @description Codes, a few of them; more at once as a file.
         */
        BringCodes: {
            /** Codes */
            codes: string[];
        };
        /**
         * BroadcastShown
         * @description A broadcast. `key` is its journey's, `revision` its draft's.
         *
         *     With `timezone` contact, `once` is what each reads on their own clock. `told` is null where
         *     there are too many messages to count.
         */
        BroadcastShown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Revision */
            revision: number;
            state: components["schemas"]["BroadcastState"];
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Template */
            template: string;
            /** Topic */
            topic: string;
            /**
             * Message Class
             * @enum {string}
             */
            message_class: "marketing" | "transactional";
            /** Once */
            once: string;
            /** Timezone */
            timezone: string;
            /** Audience */
            audience: {
                [key: string]: unknown;
            };
            /** Entered */
            entered: number;
            /** Queued */
            queued: number;
            /** Sent */
            sent: number;
            /** Skipped */
            skipped: number;
            /** Cancelled */
            cancelled: number;
            /** Failed */
            failed: number;
            /** Uncertain */
            uncertain: number;
            told: components["schemas"]["Told"] | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * BroadcastState
         * @description Where a broadcast stands.
         * @enum {string}
         */
        BroadcastState: "draft" | "scheduled" | "sending" | "sent" | "cancelled" | "paused" | "missed";
        /**
         * BroadcastsShown
         * @description Those of which something was done last, at most 200, the last changed first.
         */
        BroadcastsShown: {
            /** Items */
            items: components["schemas"]["BroadcastShown"][];
        };
        /**
         * ByMail
         * @description Whether the product's notices reach the caller by e-mail, too.
         */
        ByMail: {
            /** Wanted */
            wanted: boolean;
            /** To */
            to: string;
            /**
             * Leaves
             * @description Letters leave; else the mailbox keeps them all.
             */
            leaves: boolean;
        };
        /**
         * CallItem
         * @description One try of a call.
         *
         *     `attempt` counts from 1 to `of`; tries that only see whether a failing endpoint is back do not
         *     count. `next_at` is when it was to be tried again; null: never. `took_ms` is in milliseconds.
         */
        CallItem: {
            /** Id */
            id: number;
            /**
             * Message
             * Format: uuid
             */
            message: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Took Ms */
            took_ms: number | null;
            /** Attempt */
            attempt: number;
            /** Of */
            of: number;
            verdict: components["schemas"]["Verdict"];
            /** Status */
            status: number | null;
            /** Words */
            words: string;
            /** Next At */
            next_at: string | null;
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /** Can Replay */
            can_replay: boolean;
        };
        /**
         * CallItems
         * @description A page of them, the newest first.
         */
        CallItems: {
            /** Items */
            items: components["schemas"]["CallItem"][];
            /** Next */
            next: number | null;
        };
        /**
         * CallPage
         * @description Which page, and of which fate.
         */
        CallPage: {
            /** Before */
            before?: number | null;
            /** Fate */
            fate?: ("succeeded" | "failed") | null;
        };
        /**
         * CallShown
         * @description A try with what left and what came back, each cut where it is long.
         *
         *     Of headers that the endpoint adds the values are hidden.
         */
        CallShown: {
            /** Id */
            id: number;
            /**
             * Message
             * Format: uuid
             */
            message: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Took Ms */
            took_ms: number | null;
            /** Attempt */
            attempt: number;
            /** Of */
            of: number;
            verdict: components["schemas"]["Verdict"];
            /** Status */
            status: number | null;
            /** Words */
            words: string;
            /** Next At */
            next_at: string | null;
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /** Can Replay */
            can_replay: boolean;
            /** Method */
            method: string;
            /** Url */
            url: string | null;
            /** Headers */
            headers: [
                string,
                string
            ][];
            /** Body */
            body: string;
            /** Answer */
            answer: string;
        };
        /**
         * CallsReplayed
         * @description How many were put back; `is_more`: others are left, ask again.
         */
        CallsReplayed: {
            /** Replayed */
            replayed: number;
            /** Is More */
            is_more: boolean;
        };
        /**
         * Cancelled
         * @description Whether something had begun, so that a report stays.
         */
        Cancelled: {
            /** Had Begun */
            had_begun: boolean;
        };
        /**
         * CaseContact
         * @description The contact of a case, as it is known before anything happens. Its addresses are confirmed.
         */
        CaseContact: {
            /**
             * Id
             * Format: uuid
             * @description Which splits and holdouts hash; absent: made of the case's name.
             */
            id?: string;
            /**
             * Attributes
             * @description email and phone among them, for what is sent there.
             * @default {}
             */
            attributes?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Timezone
             * @description IANA name.
             */
            timezone?: string;
            /**
             * Takes Pushes
             * @description It has a browser that may be pushed to, for what send_push sends.
             * @default false
             */
            takes_pushes?: boolean;
            /** @default {} */
            consents?: components["schemas"]["engine__journeys__definition__case_file__Consents__2"];
            /**
             * Arms
             * @description Arms of splits that the contact holds already, by node.
             * @default {}
             */
            arms?: {
                [key: string]: components["schemas"]["Label"];
            };
        };
        /**
         * CatalogItemOf
         * @description A catalog in a list.
         */
        CatalogItemOf: {
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Items */
            items: number;
            /** Key Field */
            key_field: string;
            /** Category Field */
            category_field: string | null;
            interest: components["schemas"]["HappeningShown"] | null;
            owned: components["schemas"]["HappeningShown"] | null;
            upload: components["schemas"]["UploadShown"] | null;
            /** Fields */
            fields: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * CatalogShown
         * @description A catalog with its fields, and what names it in its words.
         */
        CatalogShown: {
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Items */
            items: number;
            /** Key Field */
            key_field: string;
            /** Category Field */
            category_field: string | null;
            interest: components["schemas"]["HappeningShown"] | null;
            owned: components["schemas"]["HappeningShown"] | null;
            upload: components["schemas"]["UploadShown"] | null;
            /** Fields */
            fields: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Described */
            described: components["schemas"]["FieldShown"][];
            /** Templates */
            templates: components["schemas"]["TemplateUser"][];
            /** Partials */
            partials: string[];
        };
        /**
         * Catalogs
         * @description All of them, by name; `most_items` may be in one.
         */
        Catalogs: {
            /** Items */
            items: components["schemas"]["CatalogItemOf"][];
            /** Most Items */
            most_items: number;
        };
        /**
         * CauseShown
         * @description The event behind it.
         */
        CauseShown: {
            /** Id */
            id: number;
            /** Name */
            name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
        };
        /**
         * ChangeContact
         * @description What is to change; what is not named stays.
         *
         *     With `seen`, the values that were there before, nothing is changed if somebody else changed one
         *     of the same attributes meanwhile (409); an attribute that is not in it is taken to have been
         *     none.
         */
        ChangeContact: {
            /** Set */
            set?: {
                [key: string]: unknown;
            };
            /**
             * Unset
             * @default []
             */
            unset?: string[];
            /**
             * Add Tags
             * @default []
             */
            add_tags?: string[];
            /**
             * Remove Tags
             * @default []
             */
            remove_tags?: string[];
            /** Seen */
            seen?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ChangeEndpoint
         * @description What is to be changed; `revision` is the one that was edited.
         */
        ChangeEndpoint: {
            /** Url */
            url?: string | null;
            /**
             * Headers
             * @description By name; null keeps the value there.
             */
            headers?: {
                [key: string]: string | null;
            };
            /** Revision */
            revision: number;
        };
        /**
         * ChangePool
         * @description What is to be changed; `revision` is the one that was edited.
         */
        ChangePool: {
            /**
             * Low Water
             * @default 0
             */
            low_water?: number;
            /** Expires At */
            expires_at?: string | null;
            /** Common Code */
            common_code?: string | null;
            /**
             * Per Contact
             * @default false
             */
            per_contact?: boolean;
            /** Revision */
            revision: number;
        };
        /**
         * ChangeSource
         * @description What is to be changed; `revision` is the one that was edited.
         */
        ChangeSource: {
            /** Url */
            url: string;
            /**
             * Headers
             * @description By name; null keeps the value there.
             */
            headers?: {
                [key: string]: string | null;
            };
            /**
             * Answers
             * @default json
             * @enum {string}
             */
            answers?: "json" | "text";
            /**
             * Timeout Ms
             * @default 3000
             */
            timeout_ms?: number;
            /**
             * Fresh Seconds
             * @default 600
             */
            fresh_seconds?: number;
            /**
             * Stale Hours
             * @default 6
             */
            stale_hours?: number;
            /** Revision */
            revision: number;
        };
        /**
         * ChangeUser
         * @description What is to change; what is left out stays.
         */
        ChangeUser: {
            role?: components["schemas"]["Role"] | null;
            /** Disabled */
            disabled?: boolean | null;
            /** Password */
            password?: string | null;
        };
        /**
         * Changed
         * @description Which attributes are others now.
         */
        Changed: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Changed */
            changed: string[];
        };
        /**
         * Changes
         * @description What an edit changed: keys of nodes, and parts of the document.
         */
        Changes: {
            /** Added */
            added: string[];
            /** Removed */
            removed: string[];
            /** Changed */
            changed: string[];
            /** Parts */
            parts: string[];
        };
        /**
         * ChannelFigures
         * @description What became of a node's messages by one channel.
         */
        ChannelFigures: {
            /** Sent */
            sent: number;
            /** Skipped */
            skipped: number;
            /** Failed */
            failed: number;
        };
        /**
         * CheckKind
         * @description Which record.
         * @enum {string}
         */
        CheckKind: "spf" | "dkim" | "dmarc";
        /**
         * CheckShown
         * @description One record of a sender's domain; `wanted` is empty where only the carrier knows it.
         */
        CheckShown: {
            kind: components["schemas"]["CheckKind"];
            state: components["schemas"]["CheckState"];
            /** Name */
            name: string;
            /** Found */
            found: string[];
            /** Wanted */
            wanted: string;
        };
        /**
         * CheckState
         * @description How it stands with a record.
         * @enum {string}
         */
        CheckState: "good" | "missing" | "wrong" | "unknown";
        /**
         * Checked
         * @description Whether the server takes connections; it is not logged in to, and nothing is sent.
         */
        Checked: {
            /** Reached */
            reached: boolean;
            /** Trouble */
            trouble: string;
        };
        /**
         * Choice
         * @description What a contact chose for a topic.
         */
        Choice: {
            /** Topic */
            topic: string;
            /** Topic Name */
            topic_name: string;
            /** Channel */
            channel: string;
            /** Choice */
            choice: string;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
        };
        /**
         * Choose
         * @description What a contact chose, and how that is known: it is kept as the proof.
         */
        Choose: {
            /** Topic */
            topic: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /**
             * Choice
             * @enum {string}
             */
            choice: "subscribed" | "unsubscribed";
            /** Note */
            note: string;
        };
        /**
         * Chosen
         * @description The label of an answer, and what is filled in, by the names of the form's fields.
         */
        Chosen: {
            /** Label */
            label: string;
            /** Values */
            values?: {
                [key: string]: unknown;
            };
        };
        /**
         * Clock
         * @description What time it is for contacts and journeys.
         */
        Clock: {
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Is Virtual */
            is_virtual: boolean;
            /**
             * Timezone
             * @description Of contacts that have none.
             */
            timezone: string;
        };
        /**
         * CodeShown
         * @description A code; `contact` and `message` are null once nobody is to know any more who got it.
         */
        CodeShown: {
            /** Id */
            id: number;
            /** Code */
            code: string;
            /**
             * State
             * @description left, drawn or redeemed.
             */
            state: string;
            /** Is Common */
            is_common: boolean;
            /** Drawn At */
            drawn_at: string | null;
            /** Redeemed At */
            redeemed_at: string | null;
            /** Contact */
            contact: string | null;
            /** Contact Name */
            contact_name: string;
            /** Message */
            message: string | null;
        };
        /**
         * CodesAdded
         * @description What came of codes that were brought in; of doubles and flaws the first hundred are named.
         */
        CodesAdded: {
            /** Added */
            added: number;
            /**
             * Doubled
             * @description Codes that were there already, or came twice.
             */
            doubled: number;
            /** Refused */
            refused: number;
            /** Doubles */
            doubles: string[];
            /** Flaws */
            flaws: components["schemas"]["Flaw"][];
            /**
             * Is Cut
             * @description More than 100,000 came: the rest was not looked at.
             */
            is_cut: boolean;
        };
        /**
         * CodesShown
         * @description Some codes, the newest first; `next` goes on as `before`.
         */
        CodesShown: {
            /** Items */
            items: components["schemas"]["CodeShown"][];
            /** Next */
            next: number | null;
        };
        /**
         * ColumnGiven
         * @description What a column is; `name` and `kind` of an attribute, `topic` and `channel` of a consent.
         *
         *     Of a consent without a channel both e-mail and text messages are meant.
         */
        ColumnGiven: {
            /**
             * What
             * @enum {string}
             */
            what: "email" | "phone" | "user_id" | "attribute" | "consent" | "chosen_at" | "proof" | "ignored";
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Kind
             * @default text
             * @enum {string}
             */
            kind?: "text" | "number" | "comma" | "boolean" | "date";
            /**
             * Topic
             * @default
             */
            topic?: string;
            /** Channel */
            channel?: ("email" | "sms") | null;
        };
        /**
         * CountsShown
         * @description What the check found, row by row; of a list, address by address.
         *
         *     `repeated` are rows about somebody of an earlier row; `kept_no` consents that are left aside, since
         *     those people said no; `aside` rows that could not be processed, and wait on the queues page.
         */
        CountsShown: {
            /** New */
            new: number;
            /** Changed */
            changed: number;
            /** Same */
            same: number;
            /** Repeated */
            repeated: number;
            /** Refused */
            refused: number;
            /** Yes */
            yes: number;
            /** No */
            no: number;
            /** Kept No */
            kept_no: number;
            /** Aside */
            aside: number;
        };
        /**
         * Course
         * @description How something went: on each day (UTC) of the span, today last; and in all in the one before.
         */
        Course: {
            /** Days */
            days: number[];
            /** Before */
            before: number;
        };
        /**
         * Day
         * @description What one day (UTC) added.
         */
        Day: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Entered */
            entered: number;
            /** Completed */
            completed: number;
            /** Exited */
            exited: number;
            /** Goals */
            goals: {
                [key: string]: number;
            };
        };
        /**
         * DayOfMessages
         * @description What left one node on one day, by fate and reason.
         */
        DayOfMessages: {
            /** Day */
            day: string;
            /** Node */
            node: string;
            /** Fates */
            fates: {
                [key: string]: number;
            };
        };
        /**
         * DeleteItems
         * @description Whose items go.
         */
        DeleteItems: {
            /** Keys */
            keys: string[];
        };
        /**
         * Deleted
         * @description Under which key the statistics stay; none for a draft that was never live.
         */
        Deleted: {
            /** Kept As */
            kept_as: string | null;
        };
        /**
         * Deliverability
         * @description All of it.
         */
        Deliverability: {
            /** Days */
            days: number;
            total: components["schemas"]["DomainShown"];
            /** Domains */
            domains: components["schemas"]["DomainShown"][];
            marketing: components["schemas"]["MarketingShown"];
            /** Refusals */
            refusals: components["schemas"]["RefusalShown"][];
            /** Sources */
            sources: components["schemas"]["server__api__deliverability__SourceShown"][];
            /** Senders */
            senders: components["schemas"]["server__api__deliverability__SenderShown"][];
            /**
             * Hook
             * @description Where providers tell of letters, without the account.
             */
            hook: string;
            /** Bounce Address */
            bounce_address: string;
        };
        /**
         * Described
         * @description A contact, and what happens to it.
         */
        Described: {
            /**
             * @default {
             *       "id": null,
             *       "attributes": {},
             *       "timezone": null,
             *       "takes_pushes": false,
             *       "consents": {},
             *       "arms": {}
             *     }
             */
            contact?: components["schemas"]["CaseContact"];
            /**
             * Before
             * @description What was before the journey was live.
             * @default []
             */
            before?: components["schemas"]["EarlierThing"][];
            /**
             * Given
             * @description The first of them begins the case.
             */
            given: components["schemas"]["GivenThing"][];
            /**
             * Assume
             * @description By node; else everything is handed over and answered well, and no colleague answers.
             * @default {}
             */
            assume?: {
                [key: string]: components["schemas"]["Assumption"];
            };
            /** @default +P90D */
            until?: components["schemas"]["TimeText"];
        };
        /**
         * Device
         * @description A browser that takes pushes; `is_confirmed`: the site's server vouches for who is at it.
         */
        Device: {
            /** Browser */
            browser: string;
            /** Is Confirmed */
            is_confirmed: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Worked At
             * @description When it last took a push.
             */
            worked_at: string | null;
        };
        /**
         * DomainShown
         * @description What became of the letters to one domain; "" stands for all of them together.
         */
        DomainShown: {
            /** Domain */
            domain: string;
            /** Sent */
            sent: number;
            /** Delivered */
            delivered: number;
            /** Hard */
            hard: number;
            /** Soft */
            soft: number;
            /** Policy */
            policy: number;
            /** Complained */
            complained: number;
        };
        /**
         * Done
         * @description One thing that was done.
         *
         *     `actor` is `user:ID`, `key:ID` or `console`; `name` is a user's.
         */
        Done: {
            /** Id */
            id: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Actor */
            actor: string;
            /** Name */
            name: string | null;
            /** Action */
            action: string;
            /** Target */
            target: string;
            /** Details */
            details: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * Draft
         * @description A journey's document, as docs/journeys.md says.
         */
        Draft: {
            /** Document */
            document: {
                [key: string]: unknown;
            };
        };
        /**
         * Duplicate
         * @description What the copy is called.
         */
        Duplicate: {
            /** Key */
            key: string;
            /** Name */
            name: string;
        };
        EarlierThing: components["schemas"]["GivenEvent"] | components["schemas"]["GivenRecord"];
        /**
         * Format: duration
         * @description ISO 8601, exact time; a day is 24 hours. No months or years.
         * @example PT1H
         * @example P7D
         * @example P30D
         */
        Elapsed: string;
        /**
         * EndpointShown
         * @description An endpoint, without its secret. Without a `url` its calls are kept in the mailbox.
         *
         *     Of secrets the last four characters are shown. While `old_secret_until` has not passed, calls
         *     are signed with the one before as well. `state`: `resting` are those that fail and are called
         *     but for a probe now and then (since `failing_since`), `disabled` those whose calls are held,
         *     since `disabled_at`, as they answered 410 (`gone`) or took nothing for 14 days (`failing`).
         */
        EndpointShown: {
            /** Key */
            key: string;
            /** Url */
            url: string | null;
            /**
             * Headers
             * @description Their names; values are never shown.
             */
            headers: string[];
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
            /** Secret Ends */
            secret_ends: string;
            /**
             * Secret At
             * Format: date-time
             */
            secret_at: string;
            /** Old Secret Ends */
            old_secret_ends: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "working" | "resting" | "disabled";
            /** Disabled At */
            disabled_at: string | null;
            /** Disabled For */
            disabled_for: ("gone" | "failing") | null;
            /** Failing Since */
            failing_since: string | null;
            /**
             * Waiting
             * @description Calls that wait, for now or for their next try.
             */
            waiting: number;
            /**
             * Failed
             * @description Calls that failed in the end.
             */
            failed: number;
        };
        /**
         * EndpointWithSecret
         * @description An endpoint whose secret is new; the only time it is shown.
         */
        EndpointWithSecret: {
            /** Key */
            key: string;
            /** Url */
            url: string | null;
            /**
             * Headers
             * @description Their names; values are never shown.
             */
            headers: string[];
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
            /** Secret Ends */
            secret_ends: string;
            /**
             * Secret At
             * Format: date-time
             */
            secret_at: string;
            /** Old Secret Ends */
            old_secret_ends: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "working" | "resting" | "disabled";
            /** Disabled At */
            disabled_at: string | null;
            /** Disabled For */
            disabled_for: ("gone" | "failing") | null;
            /** Failing Since */
            failing_since: string | null;
            /**
             * Waiting
             * @description Calls that wait, for now or for their next try.
             */
            waiting: number;
            /**
             * Failed
             * @description Calls that failed in the end.
             */
            failed: number;
            /** Secret */
            secret: string;
        };
        /**
         * EndpointsShown
         * @description All of them, by key.
         */
        EndpointsShown: {
            /** Items */
            items: components["schemas"]["EndpointShown"][];
        };
        /**
         * Enrollments
         * @description How late the enrollments are that are due, in seconds, and how many are stuck, by ailment.
         */
        Enrollments: {
            /** Due */
            due: number;
            /** Lag P50 */
            lag_p50: number;
            /** Lag P95 */
            lag_p95: number;
            /** Lag Max */
            lag_max: number;
            /** Stuck */
            stuck: {
                [key: string]: number;
            };
        };
        /**
         * Enter
         * @description Who is to enter, by our id or your own, and what the journey sees under trigger.
         */
        Enter: {
            /** Contacts */
            contacts: string[];
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /**
             * Entry Keys
             * @description By contact as given: what tells this enrollment from others of it.
             */
            entry_keys?: {
                [key: string]: string;
            };
        };
        /**
         * Entered
         * @description What became of each: entered, unknown, or the reason of the gate that said no.
         */
        Entered: {
            /** Contacts */
            contacts: {
                [key: string]: string;
            };
        };
        /**
         * Entry
         * @description One thing that happened.
         *
         *     `what` says what the rest is about: an event, a message, an enrollment that was entered or
         *     ended, a choice (consent), a segment that was joined.
         */
        Entry: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "event" | "message" | "journey" | "consent" | "segment" | "change" | "erasure";
            /**
             * What
             * @enum {string}
             */
            what: "event" | "message" | "entered" | "ended" | "consent" | "segment";
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string;
            /** Key */
            key: string | null;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Channel */
            channel: string | null;
            /** State */
            state: string | null;
            /** Reason */
            reason: string | null;
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /** Enrollment */
            enrollment: number | null;
            /** By */
            by: string | null;
            /** Letter */
            letter: number | null;
            /** Message */
            message: string | null;
            /** Subject */
            subject: string | null;
            /** Marks */
            marks: {
                [key: string]: string;
            };
            /** Received At */
            received_at: string | null;
            /** Message Id */
            message_id: string | null;
            /** Notes */
            notes: {
                [key: string]: unknown;
            };
        };
        /**
         * EnvelopeGiven
         * @description From whom letters come, by the key of a registered sender, and by their digests what goes along.
         */
        EnvelopeGiven: {
            /** Sender */
            sender?: string | null;
            /** Files */
            files?: string[];
        };
        /**
         * Erase
         * @description Whether its addresses are never to be written to again, whoever imports them.
         */
        Erase: {
            /**
             * Suppress
             * @default true
             */
            suppress?: boolean;
        };
        /**
         * Erasing
         * @description Who is being forgotten.
         */
        Erasing: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * Estimated
         * @description What was, of which the draft would have let people in.
         *
         *     By `basis`: `events` of the last `days`, before the conditions of trigger and entry, and of the
         *     last 7 of them alone; who is in the `segment`, or of a schedule's `audience`, now; who has the
         *     `date`; who has been `silent` for so long; `records` of the type, in `times`; `none`: nothing
         *     can be said. Where `is_more`, at least so many.
         */
        Estimated: {
            /**
             * Basis
             * @enum {string}
             */
            basis: "events" | "segment" | "audience" | "date" | "silent" | "records" | "none";
            /** Days */
            days: number;
            /** Times */
            times: number | null;
            /** People */
            people: number | null;
            /** Week Times */
            week_times: number | null;
            /** Week People */
            week_people: number | null;
            /** Is More */
            is_more: boolean;
            /** Reach */
            reach: components["schemas"]["server__api__lifecycle__Reached"][];
        };
        /**
         * EventName
         * @description An event's name: how often in a day and in a week (null: not counted), when last.
         */
        EventName: {
            /** Name */
            name: string;
            /** Today */
            today: number | null;
            /** Week */
            week: number | null;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Properties */
            properties: components["schemas"]["EventProperty"][];
        };
        /**
         * EventNames
         * @description Every name, common ones first; a count of `most` means at least so many.
         */
        EventNames: {
            /** Items */
            items: components["schemas"]["EventName"][];
            /** Most */
            most: number;
        };
        /**
         * EventPage
         * @description Which events: of a name, of a contact (by id, external id or address), after another.
         */
        EventPage: {
            /** Name */
            name?: string | null;
            /** Contact */
            contact?: string | null;
            /** After */
            after?: number | null;
        };
        /**
         * EventProperty
         * @description A property by its dotted name, with the kinds of its values.
         */
        EventProperty: {
            /** Name */
            name: string;
            /** Kinds */
            kinds: string[];
        };
        /**
         * EventShown
         * @description An event with whom it is about.
         */
        EventShown: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Message Id */
            message_id: string | null;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Contact */
            contact: string | null;
            /** Who */
            who: string;
            /** Mode */
            mode: string;
            /**
             * Notes
             * @description What is odd: `clamped` (its time could not be), `ignored` (attributes that a page may not set).
             */
            notes: {
                [key: string]: unknown;
            };
            /**
             * Library
             * @description What sent it.
             */
            library: string | null;
        };
        /**
         * EventsShown
         * @description The newest first. Of a name asked for, how often it happened in a day and in a week.
         *
         *     `last` is the newest event's id there was, to be asked `after` next.
         */
        EventsShown: {
            /** Items */
            items: components["schemas"]["EventShown"][];
            /** Today */
            today: number | null;
            /** Week */
            week: number | null;
            /** Most */
            most: number;
            /** Last */
            last: string | null;
        };
        /**
         * Example
         * @description A contact for whom it is true.
         */
        Example: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
        };
        /**
         * Experiment
         * @description A split of which the arms are compared; `test` says how it was decided, and by what.
         */
        Experiment: {
            /** Arms */
            arms: {
                [key: string]: components["schemas"]["Arm"];
            };
            /** Reassigned */
            reassigned: {
                [key: string]: number;
            };
            /** Began At */
            began_at: string | null;
            /** Ends At */
            ends_at: string | null;
            /** Decided At */
            decided_at: string | null;
            /** Winner */
            winner: string | null;
            /** Test */
            test: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * Explained
         * @description Everything about one contact and one journey.
         *
         *     `verdict` is the answer in one sentence, `text` all of it for reading. Reasons are those of
         *     docs/reasons.md.
         */
        Explained: {
            /** Verdict */
            verdict: string;
            journey: components["schemas"]["About"];
            contact: components["schemas"]["Whom"];
            /** Trigger */
            trigger: string;
            /** Seen */
            seen: components["schemas"]["Seen"][];
            /** Gates */
            gates: components["schemas"]["Gate"][];
            refused: components["schemas"]["Refused"] | null;
            /** Enrollments */
            enrollments: components["schemas"]["Journeyed"][];
            /** Text */
            text: string;
        };
        /**
         * Facts
         * @description What the environment says.
         */
        Facts: {
            /** Sender */
            sender: string;
            /** Marketing Sender */
            marketing_sender: string;
            /** Reply To */
            reply_to: string;
            /** Postal Address */
            postal_address: string;
            /** Base Url */
            base_url: string;
            /** Timezone */
            timezone: string;
            /**
             * Time Zones
             * @description Release of the time zone data.
             */
            time_zones: string;
            /** Database */
            database: string;
            /** Holdout Percent */
            holdout_percent: number;
            /** Trigger Age Hours */
            trigger_age_hours: number;
            /** Keeps Content */
            keeps_content: boolean;
            /** Virtual Clock */
            virtual_clock: boolean;
        };
        /** @enum {string} */
        Fate: "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed";
        /**
         * FieldShown
         * @description A field; `share` in a hundred items have it.
         */
        FieldShown: {
            /** Name */
            name: string;
            /** Kind */
            kind: string;
            /** Share */
            share: number;
            /** Example */
            example: unknown;
        };
        /**
         * FindingShown
         * @description Something to look at: in the letter, or in the partial that the words name.
         */
        FindingShown: {
            /** Line */
            line: number;
            /** Column */
            column: number;
            /** Code */
            code: string;
            /** Words */
            words: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "error" | "warning" | "hint";
            /** Is Error */
            is_error: boolean;
        };
        /**
         * FirstSteps
         * @description What somebody new has done already.
         */
        FirstSteps: {
            /** Has Key */
            has_key: boolean;
            /** Has Event */
            has_event: boolean;
            /** Has Template */
            has_template: boolean;
            /** Has Journey */
            has_journey: boolean;
            /** Has Published */
            has_published: boolean;
            /** Has Sent */
            has_sent: boolean;
        };
        /**
         * Flaw
         * @description A line that is no code, and why.
         */
        Flaw: {
            /** Code */
            code: string;
            /** Why */
            why: string;
        };
        /**
         * ForWhom
         * @description A contact by id, external id or address; nobody: what is recommended to a stranger.
         */
        ForWhom: {
            /**
             * Contact
             * @default
             */
            contact?: string;
            /**
             * Limit
             * @default 10
             */
            limit?: number;
        };
        /**
         * Gallery
         * @description All of them, in the order in which they are shown.
         */
        Gallery: {
            /** Journeys */
            journeys: components["schemas"]["Point"][];
        };
        /**
         * Gate
         * @description One gate of entry, as it would answer now.
         *
         *     Attributes:
         *         passes: None where it depends on an event that is not there.
         *         reason: of `Refusal`, or of the message's gate `holdout`.
         */
        Gate: {
            /** Name */
            name: string;
            /** Passes */
            passes: boolean | null;
            /** Reason */
            reason: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Details
             * @default []
             */
            details?: string[];
        };
        /**
         * GateSaid
         * @description What a gate said.
         * @enum {string}
         */
        GateSaid: "passed" | "refused" | "holds" | "not_asked" | "not_concerned";
        /**
         * GateShown
         * @description A gate in its order, by the reason that it gives where it says no, and what it said.
         */
        GateShown: {
            gate: components["schemas"]["SkipReason"];
            said: components["schemas"]["GateSaid"];
        };
        /**
         * GivePool
         * @description What a pool is to be.
         *
         *     `low_water`: colleagues are told when so few codes are left. `expires_at`: none is drawn from
         *     then on. `common_code`: what messages show once no code is left; without it they fail.
         *     `per_contact`: a contact sees the code that it drew first in every later message.
         */
        GivePool: {
            /**
             * Low Water
             * @default 0
             */
            low_water?: number;
            /** Expires At */
            expires_at?: string | null;
            /** Common Code */
            common_code?: string | null;
            /**
             * Per Contact
             * @default false
             */
            per_contact?: boolean;
        };
        /**
         * GiveSource
         * @description What a source is to be.
         *
         *     `url` may have places to fill behind its host, written `{city}`: letters give their values.
         *     For `fresh_seconds` an answer is not asked for anew; for `stale_hours` more it serves while the
         *     server fails.
         */
        GiveSource: {
            /** Url */
            url: string;
            /**
             * Headers
             * @description By name; null keeps the value there.
             */
            headers?: {
                [key: string]: string | null;
            };
            /**
             * Answers
             * @default json
             * @enum {string}
             */
            answers?: "json" | "text";
            /**
             * Timeout Ms
             * @default 3000
             */
            timeout_ms?: number;
            /**
             * Fresh Seconds
             * @default 600
             */
            fresh_seconds?: number;
            /**
             * Stale Hours
             * @default 6
             */
            stale_hours?: number;
        };
        /**
         * GivenAnswer
         * @description A colleague answers the question that a node asks.
         */
        GivenAnswer: {
            at: components["schemas"]["TimeText"];
            question: components["schemas"]["NodeKey"];
            chooses: components["schemas"]["Label"];
            /**
             * Form
             * @description What is filled in, by the names of the form's fields.
             * @default {}
             */
            form?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * GivenChoice
         * @description The contact says yes or no to a topic; a no comes with the event Unsubscribed.
         */
        GivenChoice: {
            at: components["schemas"]["TimeText"];
            consent: components["schemas"]["engine__journeys__definition__case_file__Consents__1"];
        };
        /**
         * GivenEntry
         * @description The contact is let in: by hand, by a call, or by the clock. All gates are asked.
         */
        GivenEntry: {
            at: components["schemas"]["TimeText"];
            /**
             * Enter
             * @description What is seen under trigger.properties.
             */
            enter: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * GivenEvent
         * @description The contact does something.
         */
        GivenEvent: {
            at: components["schemas"]["TimeText"];
            /** Event */
            event: string;
            /**
             * Properties
             * @default {}
             */
            properties?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * GivenIdentify
         * @description Attributes are said of the contact.
         */
        GivenIdentify: {
            at: components["schemas"]["TimeText"];
            /** Identify */
            identify: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * GivenLetter
         * @description A letter or text of the contact comes in.
         */
        GivenLetter: {
            at: components["schemas"]["TimeText"];
            /**
             * Received
             * @enum {string}
             */
            received: "email" | "sms";
            /**
             * Text
             * @default
             */
            text?: string;
            /**
             * Subject
             * @default
             */
            subject?: string;
            /**
             * Answers
             * @description The node whose latest message it answers.
             */
            answers?: components["schemas"]["NodeKey"];
        };
        /**
         * GivenMark
         * @description Something becomes of the latest message of a node.
         */
        GivenMark: {
            at: components["schemas"]["TimeText"];
            message: components["schemas"]["NodeKey"];
            /**
             * Becomes
             * @enum {string}
             */
            becomes: "delivered" | "opened" | "clicked" | "bounced" | "replied";
        };
        /**
         * GivenRecord
         * @description An application makes a record or brings it up to date; what changes becomes an event.
         */
        GivenRecord: {
            at: components["schemas"]["TimeText"];
            record: components["schemas"]["KeptRecord"];
        };
        /**
         * GivenRequest
         * @description Another journey asks for the contact to be let in here, or let out.
         */
        GivenRequest: {
            at: components["schemas"]["TimeText"];
            /** @description Key of the journey that asks. */
            journey: components["schemas"]["Name"];
            /**
             * Asks
             * @default start
             * @enum {string}
             */
            asks?: "start" | "stop";
            /**
             * Data
             * @description What is handed over, seen under trigger.properties.
             * @default {}
             */
            data?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Entry Key
             * @description Of the only enrollment to be stopped; absent: of all.
             */
            entry_key?: string;
        };
        GivenThing: components["schemas"]["GivenEvent"] | components["schemas"]["GivenIdentify"] | components["schemas"]["GivenChoice"] | components["schemas"]["GivenMark"] | components["schemas"]["GivenLetter"] | components["schemas"]["GivenRecord"] | components["schemas"]["GivenRequest"] | components["schemas"]["GivenAnswer"] | components["schemas"]["GivenEntry"];
        /**
         * GoalFigures
         * @description How many enrollments reached a goal, and what that was worth in all, as decimal text.
         */
        GoalFigures: {
            /** Reached */
            reached: number;
            /** Value */
            value: string | null;
        };
        /**
         * Group
         * @description People who were given the same label, and how many of them reached each goal.
         */
        Group: {
            /** People */
            people: number;
            /** Goals */
            goals: {
                [key: string]: number;
            };
        };
        /**
         * Growth
         * @description The size of a segment at the end of each day (UTC), from `since` to now.
         */
        Growth: {
            /**
             * Since
             * Format: date
             */
            since: string;
            /** Sizes */
            sizes: (number | null)[];
        };
        /**
         * Happening
         * @description An event, and where in it the key of an item stands: `sku`, or `products[].sku`.
         */
        Happening: {
            /** Event */
            event: string;
            /** Property */
            property: string;
        };
        /**
         * HappeningShown
         * @description An event, and where in it the key of an item stands.
         */
        HappeningShown: {
            /** Event */
            event: string;
            /** Property */
            property: string;
        };
        /**
         * HowRead
         * @description What becomes of lines that cannot be read: `skip` leaves them out; else nothing changes.
         */
        HowRead: {
            /**
             * Skip
             * @default false
             */
            skip?: boolean;
        };
        /**
         * ImportItem
         * @description An import in the list.
         */
        ImportItem: {
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** By */
            by: string;
            /** By Name */
            by_name: string | null;
            /** Is Mine */
            is_mine: boolean;
            state: components["schemas"]["State"];
            /** Mode */
            mode: ("contacts" | "suppressions") | null;
            /** Rows */
            rows: number;
            /** Done */
            done: number;
            /** Refused */
            refused: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * ImportShown
         * @description An import. `done` of its `rows` are through the check, or the import itself.
         *
         *     `sample` are its first rows, while it is prepared; `waiting` rows are handed over and not in yet.
         */
        ImportShown: {
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** By */
            by: string;
            /** By Name */
            by_name: string | null;
            /** Is Mine */
            is_mine: boolean;
            state: components["schemas"]["State"];
            /** Revision */
            revision: number;
            /**
             * Encoding
             * @enum {string}
             */
            encoding: "utf-8" | "windows-1252";
            /**
             * Delimiter
             * @enum {string}
             */
            delimiter: "comma" | "semicolon" | "tab";
            /** Header */
            header: string[];
            /** Sample */
            sample: string[][];
            /** Rows */
            rows: number;
            /** Done */
            done: number;
            /** Waiting */
            waiting: number;
            /** Plan */
            plan: {
                [key: string]: unknown;
            } | null;
            counts: components["schemas"]["CountsShown"];
            /** Reasons */
            reasons: components["schemas"]["ReasonShown"][];
            /** Refused */
            refused: components["schemas"]["server__api__imports__RefusedShown"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Heard At
             * Format: date-time
             */
            heard_at: string;
        };
        /**
         * Imports
         * @description The latest ones, the newest first, and how large a file may be.
         */
        Imports: {
            /** Items */
            items: components["schemas"]["ImportItem"][];
            /** Most Bytes */
            most_bytes: number;
            /** Most Rows */
            most_rows: number;
        };
        /**
         * Instance
         * @description What sort of instance this is.
         */
        Instance: {
            /** Virtual Clock */
            virtual_clock: boolean;
            /** Demo */
            demo: boolean;
        };
        /**
         * ItemShown
         * @description An item, and since when there is one of its key.
         */
        ItemShown: {
            /** Key */
            key: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
        };
        /**
         * ItemsDeleted
         * @description How many there were of them.
         */
        ItemsDeleted: {
            /** Deleted */
            deleted: number;
        };
        /**
         * ItemsPut
         * @description How many are kept, and which are not.
         */
        ItemsPut: {
            /** Saved */
            saved: number;
            /** Added */
            added: number;
            /** Failed */
            failed: components["schemas"]["MistakeShown"][];
        };
        /**
         * ItemsReplaced
         * @description What came of a file; `is_used` false: it changed nothing, since some of it cannot be read.
         *
         *     `mistakes` are the first of the `refused` lines.
         */
        ItemsReplaced: {
            /** Is Used */
            is_used: boolean;
            /** Items */
            items: number;
            /** Added */
            added: number;
            /** Removed */
            removed: number;
            /** Refused */
            refused: number;
            /** Mistakes */
            mistakes: components["schemas"]["MistakeShown"][];
        };
        /**
         * ItemsShown
         * @description A page of them by their keys; `next` begins the page after it.
         */
        ItemsShown: {
            /** Items */
            items: components["schemas"]["ItemShown"][];
            /** Next */
            next: string | null;
        };
        /**
         * Journeyed
         * @description One enrollment: how it came in, where it went, and where it is.
         *
         *     Attributes:
         *         status: due, waiting, completed, exited, or failed (set aside).
         *         node: where it is, or was when it ended.
         *         until: until when it waits there.
         */
        Journeyed: {
            /** Id */
            id: number;
            /** Version */
            version: number;
            /** Entry Key */
            entry_key: string;
            /** Status */
            status: string;
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Node */
            node: string;
            /** Until */
            until: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Reason */
            reason: string | null;
            /** Entry */
            entry: string;
            /** Sentence */
            sentence: string;
            /**
             * Visits
             * @default []
             */
            visits?: components["schemas"]["Visit"][];
            /**
             * Messages
             * @default []
             */
            messages?: components["schemas"]["MessageTold"][];
            /**
             * Late
             * @default []
             */
            late?: components["schemas"]["Late"][];
            /**
             * Goals
             * @default []
             */
            goals?: components["schemas"]["engine__journeys__why__answer__Reached"][];
        };
        JsonValue: unknown;
        /**
         * KeptRecord
         * @description A ticket, deal or cart of the contact: all of it, as it is from now on.
         */
        KeptRecord: {
            /** Type */
            type: string;
            /** Key */
            key: string;
            /** State */
            state?: string;
            /**
             * Fields
             * @description All of them: one that is left out is gone.
             * @default {}
             */
            fields?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * Key
         * @description A key, without its secret.
         */
        Key: {
            /** Id */
            id: string;
            kind: components["schemas"]["KeyKind"];
            /** Name */
            name: string;
            /** Last Four */
            last_four: string;
            /** Scopes */
            scopes: string[];
            /** Origins */
            origins: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Used At */
            used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * KeyKind
         * @description Who holds a key, and so what may be said under it.
         * @enum {string}
         */
        KeyKind: "write" | "browser" | "server";
        /**
         * Keys
         * @description All keys, the newest first.
         */
        Keys: {
            /** Keys */
            keys: components["schemas"]["Key"][];
        };
        /**
         * Known
         * @description What recognises a contact.
         */
        Known: {
            /** Kind */
            kind: string;
            /** Value */
            value: string;
        };
        /**
         * KnownEvent
         * @description An event's name, with the properties it was seen with.
         */
        KnownEvent: {
            /** Name */
            name: string;
            /**
             * Recent
             * @description How many of the latest events are of this name.
             */
            recent: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Properties */
            properties: components["schemas"]["KnownName"][];
        };
        /**
         * KnownKey
         * @description Something kept under a key.
         */
        KnownKey: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /**
             * Kind
             * @description The channel of a template, the opt-in of a topic, the trigger of a journey.
             */
            kind: string;
            /**
             * Names
             * @description The variables of a template.
             */
            names: string[];
        };
        /**
         * KnownName
         * @description A property, attribute or field by its dotted name.
         */
        KnownName: {
            /** Name */
            name: string;
            /**
             * Kinds
             * @description Of its values: text, number, boolean, date, list, object, null; common ones first.
             */
            kinds: string[];
        };
        /**
         * KnownRecord
         * @description A type of records, with the states and fields it was seen with.
         */
        KnownRecord: {
            /** Type */
            type: string;
            /** States */
            states: string[];
            /** Fields */
            fields: components["schemas"]["KnownName"][];
        };
        /** @description Names a path within its node, on the canvas and in reports. Renaming it makes it a new path. */
        Label: string;
        /**
         * Lane
         * @description How a lane stands.
         */
        Lane: {
            /** Lane */
            lane: string;
            /** Depth */
            depth: number;
            /** Oldest Seconds */
            oldest_seconds: number | null;
            /** Per Minute */
            per_minute: number;
            /** Failed Per Minute */
            failed_per_minute: number;
        };
        /**
         * Late
         * @description An event that a wait was for, told after the time was over (rule 43).
         */
        Late: {
            /** Event */
            event: number;
            /** Name */
            name: string;
            /** Node */
            node: string;
            /** Path */
            path: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /**
             * Deadline
             * Format: date-time
             */
            deadline: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * Ledger
         * @description How a contact's consent stands, and every choice behind it, the newest first.
         */
        Ledger: {
            /** Current */
            current: components["schemas"]["Choice"][];
            /** Pending */
            pending: components["schemas"]["Pending"][];
            /** Paused Until */
            paused_until: string | null;
            /** Items */
            items: components["schemas"]["Proof"][];
            /** Next */
            next: number | null;
        };
        /**
         * Letter
         * @description One of them, word for word; `files` are the names of what went with it.
         *
         *     At `view` it is as its reader meets it: its links lead on, and count. It left for nobody, so
         *     nobody else could follow them.
         */
        Letter: {
            /** Id */
            id: number;
            /** Message */
            message: string | null;
            /** Is Test */
            is_test: boolean;
            /** Channel */
            channel: string;
            /** To */
            to: string;
            /** Subject */
            subject: string;
            /** At */
            at: string | null;
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /** Class */
            class: string;
            /** From */
            from: string;
            /** Headers */
            headers: [
                string,
                string
            ][];
            /** Files */
            files: string[];
            /** Text */
            text: string;
            /** Has Html */
            has_html: boolean;
            /** View */
            view?: string | null;
        };
        /**
         * LimitShown
         * @description A sending limit: at most `most` marketing messages to one contact within a window.
         *
         *     `most` null: no limit; 0: never. `window`: `day` or `week` of the recipient's calendar, or an
         *     exact duration that rolls on, such as `PT24H` or `P7D`. `channel` and `topic` null: any.
         */
        LimitShown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Channel */
            channel: ("email" | "sms" | "push") | null;
            /** Topic */
            topic: string | null;
            /** Most */
            most: number | null;
            /** Window */
            window: string;
            /**
             * Policy
             * @enum {string}
             */
            policy: "skip" | "hold";
            /** Hold For */
            hold_for: string | null;
            /** Counts Transactional */
            counts_transactional: boolean;
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * LimitsShown
         * @description All of them, by key.
         */
        LimitsShown: {
            /** Items */
            items: components["schemas"]["LimitShown"][];
        };
        /**
         * Login
         * @description Who wants to come in.
         */
        Login: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * Look
         * @description Which page of it: `kinds` parted by commas, `search` in names and properties.
         */
        Look: {
            /**
             * Kinds
             * @default
             */
            kinds?: string;
            /**
             * Search
             * @default
             */
            search?: string;
            /** Before */
            before?: string | null;
        };
        /**
         * LookShown
         * @description What is an instance's own on its public pages; empty words: the product's; no logo: the name.
         */
        LookShown: {
            /** Name */
            name: string;
            /** Accent */
            accent: string;
            /** Intro */
            intro: string;
            /** Intro De */
            intro_de: string;
            logo: components["schemas"]["AssetShown"] | null;
        };
        /**
         * LookupUser
         * @description A template, or a partial, whose words name it.
         */
        LookupUser: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /**
             * Is Partial
             * @description `key` is a partial's name.
             */
            is_partial: boolean;
        };
        /**
         * Made
         * @description Who it is from now on.
         */
        Made: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * MadeBy
         * @description Who made a touch.
         * @enum {string}
         */
        MadeBy: "human" | "machine" | "unknown";
        /**
         * MadeKey
         * @description A key that has just been made; the only time it is shown.
         */
        MadeKey: {
            /** Id */
            id: string;
            kind: components["schemas"]["KeyKind"];
            /** Name */
            name: string;
            /** Last Four */
            last_four: string;
            /** Scopes */
            scopes: string[];
            /** Origins */
            origins: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Used At */
            used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
            /** Key */
            key: string;
        };
        /**
         * MakeUp
         * @description How many codes are to be made up, and their pattern: a random sign for each `#`.
         */
        MakeUp: {
            /** Pattern */
            pattern: string;
            /** Count */
            count: number;
        };
        /**
         * Marked
         * @description How many were unread before.
         */
        Marked: {
            /** Marked */
            marked: number;
        };
        /**
         * MarketingShown
         * @description How marketing over e-mail stands: of the last letters so many came back, or were called spam.
         */
        MarketingShown: {
            /** Sends */
            sends: number;
            /** Bounces */
            bounces: number;
            /** Complaints */
            complaints: number;
            /** Held At */
            held_at: string | null;
            /** Why */
            why: ("bounces" | "complaints") | null;
        };
        /**
         * Marks
         * @description Which were read.
         */
        Marks: {
            /** Ids */
            ids: number[];
        };
        /**
         * Member
         * @description Somebody who is in a segment.
         */
        Member: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * MemberPage
         * @description Which page.
         */
        MemberPage: {
            /** Before */
            before?: number | null;
        };
        /**
         * Members
         * @description A page of them, the newest contacts first.
         */
        Members: {
            /** Items */
            items: components["schemas"]["Member"][];
            /** Next */
            next: number | null;
        };
        /**
         * Membership
         * @description A segment that it is in.
         */
        Membership: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * MessageFigures
         * @description What became of a node's messages; `reasons` by fate and reason, `channels` by channel.
         *
         *     `costs` of its texts; null where it sent none.
         */
        MessageFigures: {
            /** Channel */
            channel: string;
            /** Queued */
            queued: number;
            /** Sent */
            sent: number;
            /** Delivered */
            delivered: number;
            /** Opened */
            opened: number;
            /** Clicked */
            clicked: number;
            /** Bounced */
            bounced: number;
            /** Replied */
            replied: number;
            /** Skipped */
            skipped: number;
            /** Cancelled */
            cancelled: number;
            /** Failed */
            failed: number;
            /** Uncertain */
            uncertain: number;
            /** Reasons */
            reasons: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /** Channels */
            channels: {
                [key: string]: components["schemas"]["ChannelFigures"];
            };
            costs: components["schemas"]["TextCosts"] | null;
        };
        /**
         * MessageItem
         * @description A message in a list.
         *
         *     `subject` and `to` are of what was handed over, where that is kept; else `to` is the contact's
         *     address of today. `at` is when it was sent, or else intended.
         */
        MessageItem: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push" | "webhook";
            /**
             * Class
             * @enum {string}
             */
            class: "marketing" | "transactional";
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sending" | "sent" | "skipped" | "failed" | "cancelled" | "uncertain" | "set_aside" | "received";
            /** Reason */
            reason: string | null;
            /** Template */
            template: string | null;
            /** Template Name */
            template_name: string | null;
            /** Subject */
            subject: string | null;
            /** To */
            to: string | null;
            contact: components["schemas"]["Recipient"];
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Marks */
            marks: {
                [key: string]: string;
            };
        };
        /**
         * MessageItems
         * @description A page of them, the newest first; `is_cut`: so many people are meant that some are left out.
         */
        MessageItems: {
            /** Items */
            items: components["schemas"]["MessageItem"][];
            /** Next */
            next: number | null;
            /** Is Cut */
            is_cut: boolean;
        };
        /**
         * MessageShown
         * @description Everything known of one message.
         *
         *     `words` is null where what is handed over is not kept. `details` are the provider's words, or how it expired.
         *     `queue_id` is by what the queues replay it. `step` is its node as that version has it.
         */
        MessageShown: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push" | "webhook";
            /**
             * Class
             * @enum {string}
             */
            class: "marketing" | "transactional";
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sending" | "sent" | "skipped" | "failed" | "cancelled" | "uncertain" | "set_aside" | "received";
            /** Reason */
            reason: string | null;
            /** Template */
            template: string | null;
            /** Template Name */
            template_name: string | null;
            /** Subject */
            subject: string | null;
            /** To */
            to: string | null;
            contact: components["schemas"]["Recipient"];
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Marks */
            marks: {
                [key: string]: string;
            };
            /** Topic */
            topic: string | null;
            words: components["schemas"]["server__api__messages__WordsShown"] | null;
            /** Gates */
            gates: components["schemas"]["GateShown"][];
            /** Held Until */
            held_until: string | null;
            /** Due At */
            due_at: string | null;
            /** Expires At */
            expires_at: string | null;
            /** Started At */
            started_at: string | null;
            /** Sent At */
            sent_at: string | null;
            /** Attempts */
            attempts: number;
            /** Crashes */
            crashes: number;
            /** Provider */
            provider: string | null;
            /** Provider Id */
            provider_id: string | null;
            /** Details */
            details: string | null;
            /** Version */
            version: number | null;
            /** Visit */
            visit: number;
            /** Step */
            step: {
                [key: string]: unknown;
            } | null;
            /** Enrollment */
            enrollment: number | null;
            /** Template Version */
            template_version: number | null;
            cause: components["schemas"]["CauseShown"] | null;
            /** Answers */
            answers: string | null;
            /**
             * Parts
             * @description Of a text, on the air.
             */
            parts: number | null;
            /**
             * Price Micro
             * @description In millionths of the currency.
             */
            price_micro: number | null;
            /** Currency */
            currency: string | null;
            /** Queue Id */
            queue_id: string | null;
            /** Touches */
            touches: components["schemas"]["TouchShown"][];
        };
        /**
         * MessageStory
         * @description One message or call: `at` when it was intended, `settled_at` when its fate was known.
         */
        MessageStory: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Node */
            node: string;
            /** Channel */
            channel: string;
            /** Template */
            template: string | null;
            /**
             * Fate
             * @enum {string}
             */
            fate: "sent" | "skipped" | "held" | "cancelled" | "failed";
            /** Reason */
            reason: string;
            /** Settled At */
            settled_at: string | null;
            /** Marks */
            marks: {
                [key: string]: string;
            };
        };
        /**
         * MessageTold
         * @description A message of an enrollment, and what became of it.
         */
        MessageTold: {
            /** Id */
            id: string;
            /** Node */
            node: string;
            /** Visit */
            visit: number;
            /** Channel */
            channel: string;
            /** Template */
            template: string | null;
            /** Template Version */
            template_version: number | null;
            /** State */
            state: string;
            /** Reason */
            reason: string | null;
            /** Details */
            details: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Sent At */
            sent_at: string | null;
            /** Delivered At */
            delivered_at: string | null;
            /** Opened At */
            opened_at: string | null;
            /** Clicked At */
            clicked_at: string | null;
            /** Bounced At */
            bounced_at: string | null;
            /** Sentence */
            sentence: string;
        };
        /**
         * MistakeShown
         * @description What cannot be kept, and why; `place` is its line, or its number in the list, from 1 on.
         */
        MistakeShown: {
            /** Place */
            place: number;
            /** Key */
            key: string | null;
            /** Words */
            words: string;
        };
        /**
         * MoveTo
         * @description Where those at a node go.
         */
        MoveTo: {
            /**
             * To
             * @description continue: by the node's ordinary way out; exit; or the key of a node.
             */
            to: string;
        };
        /** @description Name or key of something kept elsewhere; empty in a draft: not chosen yet. */
        Name: string;
        /**
         * Names
         * @description Everything there is to name.
         */
        Names: {
            /**
             * Looked At
             * @description Of how many events `recent` counts.
             */
            looked_at: number;
            /** Events */
            events: components["schemas"]["KnownEvent"][];
            /** Attributes */
            attributes: components["schemas"]["KnownName"][];
            /** Tags */
            tags: string[];
            /** Scores */
            scores: string[];
            /** Segments */
            segments: components["schemas"]["KnownKey"][];
            /** Topics */
            topics: components["schemas"]["KnownKey"][];
            /** Templates */
            templates: components["schemas"]["KnownKey"][];
            /** Endpoints */
            endpoints: components["schemas"]["KnownKey"][];
            /** Senders */
            senders: components["schemas"]["KnownKey"][];
            /** Journeys */
            journeys: components["schemas"]["KnownKey"][];
            /** Records */
            records: components["schemas"]["KnownRecord"][];
            /**
             * Coupon Pools
             * @description Of which letters draw codes.
             */
            coupon_pools: string[];
            /**
             * Sources
             * @description Whose answers letters show.
             */
            sources: string[];
            /**
             * Chats
             * @description That a notify node may tell, as chat:NAME.
             */
            chats: string[];
        };
        /**
         * NewContact
         * @description Who it is: an external id, or an e-mail address or telephone number among the attributes.
         */
        NewContact: {
            /** External Id */
            external_id?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            };
        };
        /**
         * NewEndpoint
         * @description What an endpoint is to be.
         */
        NewEndpoint: {
            /** Url */
            url?: string | null;
            /**
             * Headers
             * @description By name; null keeps the value there.
             */
            headers?: {
                [key: string]: string | null;
            };
        };
        /**
         * NewKey
         * @description What kind of key is wanted, and for whom.
         */
        NewKey: {
            kind: components["schemas"]["KeyKind"];
            /** Name */
            name: string;
            /**
             * Scopes
             * @default []
             */
            scopes?: string[];
            /**
             * Origins
             * @default []
             */
            origins?: string[];
        };
        /**
         * NewUser
         * @description Who may log in from now on; the password is told her by whoever adds her.
         */
        NewUser: {
            /** Email */
            email: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /** Password */
            password: string;
        };
        /** @description The key of a node of this journey. */
        NodeKey: string;
        /**
         * Notice
         * @description One thing a colleague is told.
         *
         *     A journey's is about a contact, and perhaps a question to answer.
         */
        Notice: {
            /** Id */
            id: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** To */
            to: string;
            /** Words */
            words: string;
            /** Enrollment Id */
            enrollment_id: number | null;
            /** Journey */
            journey: string | null;
            /** Contact */
            contact: string | null;
            /** Question */
            question: number | null;
            /** Read At */
            read_at: string | null;
        };
        /**
         * Notices
         * @description A page of them, the newest first.
         */
        Notices: {
            /** Notices */
            notices: components["schemas"]["Notice"][];
            /** Next */
            next: number | null;
        };
        /**
         * Now
         * @description What time it is now.
         */
        Now: {
            /**
             * Now
             * Format: date-time
             */
            now: string;
        };
        /**
         * OneAddress
         * @description Which address of a contact, and why.
         */
        OneAddress: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms";
            /** Note */
            note: string;
        };
        /**
         * Overview
         * @description All of it. `goals` is null where there are too many to count for a page.
         */
        Overview: {
            /** Days */
            days: number;
            /** Live */
            live: number;
            /** Paused */
            paused: number;
            /** Inside */
            inside: number;
            events: components["schemas"]["Course"];
            entries: components["schemas"]["Course"];
            /** @description Letters and texts that a provider took. */
            messages: components["schemas"]["Course"];
            goals: components["schemas"]["Course"] | null;
            first_steps: components["schemas"]["FirstSteps"];
            /** Waiting */
            waiting: components["schemas"]["Waiting"][];
            /** Recent */
            recent: components["schemas"]["Done"][];
        };
        /**
         * PartialItem
         * @description A partial in a list; `version` is null of one of the product's that nobody has changed.
         */
        PartialItem: {
            /** Name */
            name: string;
            /** Version */
            version: number | null;
            /**
             * Is Product
             * @description The product brings one of this name.
             */
            is_product: boolean;
            /** Updated At */
            updated_at: string | null;
            /** Updated By */
            updated_by: string | null;
            /** Templates */
            templates: components["schemas"]["PartialUser"][];
            /** Partials */
            partials: string[];
        };
        /**
         * PartialItems
         * @description All of them, by name.
         */
        PartialItems: {
            /** Items */
            items: components["schemas"]["PartialItem"][];
        };
        /**
         * PartialSaved
         * @description The partial, and the templates that were made anew with it.
         */
        PartialSaved: {
            /** Name */
            name: string;
            /** Version */
            version: number | null;
            /**
             * Is Product
             * @description The product brings one of this name.
             */
            is_product: boolean;
            /** Updated At */
            updated_at: string | null;
            /** Updated By */
            updated_by: string | null;
            /** Templates */
            templates: components["schemas"]["PartialUser"][];
            /** Partials */
            partials: string[];
            /** Source */
            source: string;
            /** Versions */
            versions: components["schemas"]["PartialVersionItem"][];
            /** Renewed */
            renewed: string[];
        };
        /**
         * PartialShown
         * @description A partial with what stands in it, and its versions, the newest first.
         */
        PartialShown: {
            /** Name */
            name: string;
            /** Version */
            version: number | null;
            /**
             * Is Product
             * @description The product brings one of this name.
             */
            is_product: boolean;
            /** Updated At */
            updated_at: string | null;
            /** Updated By */
            updated_by: string | null;
            /** Templates */
            templates: components["schemas"]["PartialUser"][];
            /** Partials */
            partials: string[];
            /** Source */
            source: string;
            /** Versions */
            versions: components["schemas"]["PartialVersionItem"][];
        };
        /**
         * PartialUser
         * @description A template that includes it.
         */
        PartialUser: {
            /** Key */
            key: string;
            /** Name */
            name: string;
        };
        /**
         * PartialVersionItem
         * @description A version in a list.
         */
        PartialVersionItem: {
            /** Number */
            number: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
        };
        /**
         * PartialWords
         * @description A partial as it once stood.
         */
        PartialWords: {
            /** Number */
            number: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Source */
            source: string;
        };
        /**
         * Parts
         * @description What a text costs on the air; `costly` is the first sign that the cheap alphabet lacks.
         */
        Parts: {
            /** Count */
            count: number;
            /**
             * Encoding
             * @enum {string}
             */
            encoding: "gsm7" | "ucs2";
            /** Used */
            used: number;
            /** Costly */
            costly: string | null;
        };
        /**
         * PartsShown
         * @description The parts of a text with up to 100 of the people whom it is for.
         *
         *     `unmade`: for so many it could not be made, since a value is missing. `counts`: how many texts
         *     take so many parts. `costly`: signs that the cheap alphabet lacks, and in how many texts. `price`
         *     of a part, as the setting says.
         */
        PartsShown: {
            /** People */
            people: number;
            /** Unmade */
            unmade: number;
            /** Least */
            least: number;
            /** Median */
            median: number;
            /** Most */
            most: number;
            /** Mean */
            mean: number;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Costly */
            costly: {
                [key: string]: number;
            };
            /** Price */
            price: number | null;
            /** Currency */
            currency: string | null;
        };
        /**
         * Passage
         * @description A contact's passage through a journey.
         *
         *     Attributes:
         *         id: of the enrollment.
         *         node: where it is, or was when it ended; `step` is that node as it is written.
         *         wake_at: when it goes on.
         *         expects: of a wait for something: events by name, conditions by their label.
         *         reason: why it left, or was set aside.
         */
        Passage: {
            /** Id */
            id: number;
            /** Journey */
            journey: string;
            /** Journey Name */
            journey_name: string;
            /** Version */
            version: number;
            /** Status */
            status: string;
            /** Entry Key */
            entry_key: string;
            /** Node */
            node: string;
            /** Step */
            step: {
                [key: string]: unknown;
            };
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Wake At */
            wake_at: string | null;
            /** Expects */
            expects: string[];
            /** Ended At */
            ended_at: string | null;
            /** Reason */
            reason: string | null;
            /** May Skip */
            may_skip: boolean;
            /** May Eject */
            may_eject: boolean;
        };
        /**
         * PathPart
         * @description A node on a contact's path; without a way it stays there, or left early.
         *
         *     `details` tells what was read there and decided by, a line each; `until` and `zone`, until when
         *     it waits, and by whose clock.
         */
        PathPart: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Node */
            node: string;
            /** Way */
            way: string | null;
            /** Until */
            until: string | null;
            /** Zone */
            zone: string | null;
            /** Details */
            details: string[];
        };
        /**
         * Pause
         * @description What is paused.
         */
        Pause: {
            /**
             * What
             * @default all
             * @enum {string}
             */
            what?: "all" | "entries" | "sends";
        };
        /**
         * Pending
         * @description A yes that counts only once its owner confirms it; `letters`: how often they were asked.
         */
        Pending: {
            /** Topic */
            topic: string;
            /** Topic Name */
            topic_name: string;
            /** Channel */
            channel: string;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Letters */
            letters: number;
        };
        /**
         * People
         * @description A page of them, the newest first.
         */
        People: {
            /** Items */
            items: components["schemas"]["Person"][];
            /** Next */
            next: number | null;
        };
        /**
         * PeopleAsked
         * @description Whom to list; what is left out does not matter.
         *
         *     With `message` those whose message (of `node`, if said) had that fate, and `reason` is why.
         */
        PeopleAsked: {
            /**
             * Version
             * @description A number, or all; without it the live one.
             */
            version?: number | "all" | null;
            /** Node */
            node?: string | null;
            /** Status */
            status?: ("inside" | "completed" | "exited" | "set_aside") | null;
            /** Reason */
            reason?: string | null;
            /** Goal */
            goal?: string | null;
            /** Message */
            message?: ("queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "replied" | "skipped" | "cancelled" | "failed" | "uncertain") | null;
            /** Before */
            before?: number | null;
        };
        /**
         * Person
         * @description An enrollment and where it is; `at` is when its goal was reached, or its message intended.
         */
        Person: {
            /** Enrollment */
            enrollment: number;
            /**
             * Contact
             * Format: uuid
             */
            contact: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** External Id */
            external_id: string | null;
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "due" | "waiting" | "completed" | "exited" | "failed";
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Node */
            node: string;
            /** Kind */
            kind: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Until */
            until: string | null;
            /** Expects */
            expects: string[];
            /** May Skip */
            may_skip: boolean;
            /** Ended At */
            ended_at: string | null;
            /** Reason */
            reason: string | null;
            /** At */
            at: string | null;
            /** Message */
            message: string | null;
            /** Message Node */
            message_node: string | null;
            /** Message Reason */
            message_reason: string | null;
        };
        /**
         * Place
         * @description Those at one node of an older version, and what becomes of them.
         */
        Place: {
            /** Version */
            version: number;
            /** Node */
            node: string;
            /** People */
            people: number;
            /** Fate */
            fate: string;
            /** To */
            to: string | null;
            /** Released */
            released: number;
            /** Message */
            message: string;
        };
        /**
         * Plan
         * @description What is to become of those who cannot stay where they are.
         */
        Plan: {
            /** Moves */
            moves?: {
                [key: string]: components["schemas"]["MoveTo"];
            };
        };
        /**
         * PlanGiven
         * @description What becomes of a file. `revision` is the one that was looked at.
         *
         *     `yes` and `no` say what counts as either in consents; `chosen_at` and `proof` when they were given
         *     and what shows it, where no column says so. `because` is why the addresses of a list are never
         *     written to.
         */
        PlanGiven: {
            /** Revision */
            revision: number;
            /**
             * Mode
             * @enum {string}
             */
            mode: "contacts" | "suppressions";
            /** Columns */
            columns: components["schemas"]["ColumnGiven"][];
            /**
             * Yes
             * @default []
             */
            yes?: string[];
            /**
             * No
             * @default []
             */
            no?: string[];
            /**
             * Chosen At
             * @default
             */
            chosen_at?: string;
            /**
             * Proof
             * @default
             */
            proof?: string;
            /**
             * Because
             * @default imported
             * @enum {string}
             */
            because?: "imported" | "hard_bounce" | "complained";
        };
        /**
         * Planned
         * @description What publishing would do. Not mapped: some places have no fate yet, see their message.
         */
        Planned: {
            /** Key */
            key: string;
            /** Is New */
            is_new: boolean;
            changes: components["schemas"]["Changes"];
            /** Places */
            places: components["schemas"]["Place"][];
            /** People */
            people: number;
            /** Released */
            released: number;
            /** Is Mapped */
            is_mapped: boolean;
            /** Warnings */
            warnings: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Point
         * @description A journey to start from.
         *
         *     Attributes:
         *         trigger: what lets in, in words.
         *         steps: how many nodes it has.
         */
        Point: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Trigger */
            trigger: string;
            /** Steps */
            steps: number;
            /** Document */
            document: {
                [key: string]: unknown;
            };
        };
        /**
         * PoolShown
         * @description A pool with its figures. `drawn` counts own codes, `common` who got the common one.
         */
        PoolShown: {
            /** Name */
            name: string;
            /** Low Water */
            low_water: number;
            /** Expires At */
            expires_at: string | null;
            /** Common Code */
            common_code: string | null;
            /** Per Contact */
            per_contact: boolean;
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Left */
            left: number;
            /** Drawn */
            drawn: number;
            /** Redeemed */
            redeemed: number;
            /** Common */
            common: number;
            /**
             * Is Low
             * @description No more codes are left than `low_water`.
             */
            is_low: boolean;
            /** Is Expired */
            is_expired: boolean;
            /** Used By */
            used_by: components["schemas"]["LookupUser"][];
        };
        /**
         * PoolsShown
         * @description All of them, by name.
         */
        PoolsShown: {
            /** Items */
            items: components["schemas"]["PoolShown"][];
        };
        /**
         * PreviewShown
         * @description The letter or text; `page` is where its HTML is shown for some minutes.
         *
         *     `problem`: why this reader would get nothing: what is shown stands without the missing values.
         *     `sender` and `reply_to`: from whom a letter of no topic would come, and where answers go; empty of
         *     a text.
         */
        PreviewShown: {
            /** Subject */
            subject: string;
            /** Text */
            text: string;
            /** Page */
            page: string | null;
            /** Size */
            size: number;
            /** Problem */
            problem: string | null;
            /** Findings */
            findings: components["schemas"]["FindingShown"][];
            parts: components["schemas"]["Parts"] | null;
            /** @description Of a push. */
            push: components["schemas"]["PushShown"] | null;
            /** Variables */
            variables: string[];
            /** Sender */
            sender: string;
            /** Reply To */
            reply_to: string;
        };
        /**
         * Problems
         * @description Everything to mend.
         */
        Problems: {
            /** Problems */
            problems: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Process
         * @description A web, worker or scheduler process.
         */
        Process: {
            /** Id */
            id: string;
            /** Role */
            role: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Seen At
             * Format: date-time
             */
            seen_at: string;
            /** Alive */
            alive: boolean;
        };
        /**
         * Proof
         * @description One choice as it was made: when, where (`source`), and what shows it.
         */
        Proof: {
            /** Topic */
            topic: string;
            /** Topic Name */
            topic_name: string;
            /** Channel */
            channel: string;
            /** Choice */
            choice: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Source */
            source: string;
            /** Proof */
            proof: {
                [key: string]: unknown;
            };
        };
        /**
         * ProofPage
         * @description Which page of the ledger: `before` is `next` of the page before.
         */
        ProofPage: {
            /** Before */
            before?: number | null;
        };
        /**
         * Publish
         * @description What becomes of those inside, and of those who qualified before; nothing unless said so.
         *
         *     With `migrate` all of those inside move to the version published.
         */
        Publish: {
            /** Migrate */
            migrate?: "all" | null;
            /** Moves */
            moves?: {
                [key: string]: components["schemas"]["MoveTo"];
            };
            /**
             * Per Minute
             * @description So many of those who go on at once are released a minute.
             * @default 600
             */
            per_minute?: number;
            backfill?: components["schemas"]["BackfillGiven"] | null;
        };
        /**
         * PublishedAnswer
         * @description What is live now, and who was moved to it.
         */
        PublishedAnswer: {
            /** Key */
            key: string;
            /** Number */
            number: number;
            /** Is New */
            is_new: boolean;
            /** Warnings */
            warnings: {
                [key: string]: unknown;
            }[];
            /** Moved */
            moved: components["schemas"]["Place"][];
        };
        /**
         * PushShown
         * @description What a notification says; a field that is not used is empty.
         */
        PushShown: {
            /** Title */
            title: string;
            /** Body */
            body: string;
            /** Url */
            url: string;
            /** Icon */
            icon: string;
            /** Image */
            image: string;
            /** Tag */
            tag: string;
            /** Actions */
            actions: components["schemas"]["ActionShown"][];
        };
        /**
         * PutItems
         * @description Objects, each with the field that tells items apart.
         */
        PutItems: {
            /** Items */
            items: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Queues
         * @description All of it.
         */
        Queues: {
            /** Lanes */
            lanes: components["schemas"]["Lane"][];
            enrollments: components["schemas"]["Enrollments"];
            /** Processes */
            processes: components["schemas"]["Process"][];
            /** Set Aside */
            set_aside: components["schemas"]["SetAside"][];
            /** Set Aside Count */
            set_aside_count: number;
        };
        /**
         * Range
         * @description Which version, and of which days (UTC, both included): the last `days`, or since and until.
         *
         *     Without any all that ever happened counts. Counts by day begin with the release that made them.
         */
        Range: {
            /**
             * Version
             * @description A number, or all; without it the live one.
             */
            version?: number | "all" | null;
            /** Days */
            days?: number | null;
            /** Since */
            since?: string | null;
            /** Until */
            until?: string | null;
        };
        /**
         * ReachShown
         * @description Whom it would reach now. Both numbers are null where counting takes too long.
         *
         *     `skipped` is by the first gate that says no. Of very many addresses a sample is held against those
         *     that are never written to: then `reached` may be `margin` more or fewer (19 times of 20). Who is
         *     held out of all marketing is found at hand-over.
         */
        ReachShown: {
            /** Audience */
            audience: number | null;
            /** Reached */
            reached: number | null;
            /** Skipped */
            skipped: {
                [key: string]: number;
            };
            /** Margin */
            margin: number;
        };
        /**
         * ReasonShown
         * @description Why rows are refused, and how many.
         */
        ReasonShown: {
            /** Words */
            words: string;
            /** Rows */
            rows: number;
        };
        /**
         * Received
         * @description What became of it.
         */
        Received: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Duplicate */
            duplicate: boolean;
            /** In Reply To */
            in_reply_to: string | null;
        };
        /**
         * Recipient
         * @description Whom it is for, or from; nobody's data if they were erased.
         */
        Recipient: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Phone */
            phone: string | null;
        };
        /**
         * Recommendations
         * @description What a letter would recommend now; `category` is what this contact wants most.
         *
         *     `counted_at`: when interest was counted last; null: it never was.
         */
        Recommendations: {
            /** Items */
            items: components["schemas"]["RecommendedShown"][];
            /** Days */
            days: number;
            /** Counted At */
            counted_at: string | null;
            /** Category */
            category: string | null;
            /** Owned */
            owned: number;
        };
        /**
         * RecommendedShown
         * @description An item, how many people wanted it, and why it is here.
         */
        RecommendedShown: {
            /** Key */
            key: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** People */
            people: number;
            why: components["schemas"]["engine__catalogs__recommending__Why"];
        };
        /**
         * RefusalShown
         * @description A letter that came back, in the words of its provider.
         */
        RefusalShown: {
            /** Id */
            id: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Domain */
            domain: string;
            /**
             * Bounce
             * @enum {string}
             */
            bounce: "hard" | "soft" | "policy";
            /** Code */
            code: string | null;
            /** Words */
            words: string;
        };
        /**
         * Refused
         * @description The last entry that was refused, as it was kept then.
         */
        Refused: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Reason */
            reason: string;
            /** Event */
            event: number | null;
            /** Times */
            times: number;
            /** Sentence */
            sentence: string;
            /**
             * Details
             * @default []
             */
            details?: string[];
        };
        /**
         * RefusedItems
         * @description The newest first.
         */
        RefusedItems: {
            /** Items */
            items: components["schemas"]["server__api__events__RefusedShown"][];
        };
        /**
         * RenameTemplate
         * @description Its new name.
         */
        RenameTemplate: {
            /** Name */
            name: string;
        };
        /**
         * Replay
         * @description Which things to put back.
         */
        Replay: {
            /** Ids */
            ids: string[];
        };
        /**
         * ReplayCalls
         * @description Which calls to make again: one, or those that failed of all since a time.
         */
        ReplayCalls: {
            /** Message */
            message?: string | null;
            /**
             * Since
             * @description Of when they were intended; null: all.
             */
            since?: string | null;
        };
        /**
         * Replayed
         * @description How many were.
         */
        Replayed: {
            /** Replayed */
            replayed: number;
        };
        /**
         * Report
         * @description The figures, and the groups of people that are compared, over their own time.
         *
         *     `holdout` has treated, held_out and everywhere; null where nobody is held out.
         */
        Report: {
            /** Version */
            version: number | null;
            /** Entered */
            entered: number;
            /** Moved In */
            moved_in: number;
            /** Moved Out */
            moved_out: number;
            /** Active */
            active: number;
            /** Elsewhere */
            elsewhere: number;
            /** Completed */
            completed: number;
            /** Set Aside */
            set_aside: number;
            /** Exited */
            exited: {
                [key: string]: number;
            };
            /** Refused */
            refused: {
                [key: string]: number;
            };
            /** Nodes */
            nodes: {
                [key: string]: components["schemas"]["server__api__reports__NodeFigures"];
            };
            /** Goals */
            goals: {
                [key: string]: components["schemas"]["GoalFigures"];
            };
            /** Messages */
            messages: {
                [key: string]: components["schemas"]["MessageFigures"];
            };
            /** Since */
            since: string | null;
            /** Until */
            until: string | null;
            /** Experiments */
            experiments: {
                [key: string]: components["schemas"]["Experiment"];
            };
            /** Holdout */
            holdout: {
                [key: string]: components["schemas"]["Group"];
            } | null;
        };
        /**
         * Resume
         * @description What goes on, and what the pause did to waits; `waits` must be said for `all`.
         */
        Resume: {
            /**
             * What
             * @default all
             * @enum {string}
             */
            what?: "all" | "entries" | "sends";
            /** Waits */
            waits?: ("shift" | "keep" | "drop" | "restart_wait") | null;
            /**
             * Per Minute
             * @description So many of those who go on at once are released a minute.
             * @default 600
             */
            per_minute?: number;
        };
        /**
         * Resumed
         * @description How many were overdue and go on in a wave, and how many left.
         */
        Resumed: {
            /** Released */
            released: number;
            /** Dropped */
            dropped: number;
        };
        /**
         * Role
         * @description What a user is to the organisation. One user has one role.
         * @enum {string}
         */
        Role: "owner" | "admin" | "publisher" | "editor" | "analyst" | "viewer";
        /**
         * Rotate
         * @description Of which revision the secret is to be replaced, and how long the old one is used as well.
         */
        Rotate: {
            /** Revision */
            revision: number;
            /**
             * Keep Hours
             * @default 24
             */
            keep_hours?: number;
        };
        /**
         * SaveCatalog
         * @description What is said of a catalog.
         *
         *     `interest` is the event by which people show what they want, `owned` the one after which they have
         *     it: that is not recommended to them any more.
         */
        SaveCatalog: {
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Key Field
             * @default id
             */
            key_field?: string;
            /** Category Field */
            category_field?: string | null;
            interest?: components["schemas"]["Happening"] | null;
            owned?: components["schemas"]["Happening"] | null;
        };
        /**
         * SaveLimit
         * @description What a limit is to be; `revision` is the one that was edited, 0: there is none yet.
         */
        SaveLimit: {
            /** Name */
            name: string;
            /** Channel */
            channel?: ("email" | "sms" | "push") | null;
            /** Topic */
            topic?: string | null;
            /** Most */
            most: number | null;
            /** Window */
            window: string;
            /**
             * Policy
             * @default skip
             * @enum {string}
             */
            policy?: "skip" | "hold";
            /** Hold For */
            hold_for?: string | null;
            /**
             * Counts Transactional
             * @default false
             */
            counts_transactional?: boolean;
            /** Revision */
            revision: number;
        };
        /**
         * SaveLook
         * @description How the public pages are to look; `logo` is the digest of a picture among the files.
         */
        SaveLook: {
            /**
             * Name
             * @default
             */
            name?: string;
            /** Accent */
            accent: string;
            /**
             * Intro
             * @default
             */
            intro?: string;
            /**
             * Intro De
             * @default
             */
            intro_de?: string;
            /** Logo */
            logo?: string | null;
        };
        /**
         * SavePartial
         * @description What is to stand there from now on; `edits` is the version that was edited, 0: none yet.
         */
        SavePartial: {
            /** Source */
            source: string;
            /** Edits */
            edits: number;
        };
        /**
         * SaveSegment
         * @description What a segment is to be; `revision` is the one that was edited, 0: there is none yet.
         */
        SaveSegment: {
            /** Name */
            name: string;
            /** Condition */
            condition: {
                [key: string]: unknown;
            };
            /** Revision */
            revision: number;
        };
        /**
         * SaveSender
         * @description A sender as it is to be; `revision` is the one that was edited, 0: there is none yet.
         */
        SaveSender: {
            /** Name */
            name: string;
            /** Address */
            address: string;
            /**
             * Reply To
             * @default
             */
            reply_to?: string;
            /** Revision */
            revision: number;
        };
        /**
         * SaveTemplate
         * @description Words that are to be in use from now on.
         *
         *     `edits` is the number of the version that was edited; 0: there is none yet. If another one is in
         *     use, nothing is saved (409). `variants` are by language tag; without them those in use stay, and so
         *     does the envelope.
         */
        SaveTemplate: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Source */
            source: string;
            /** Variants */
            variants?: {
                [key: string]: string;
            } | null;
            envelope?: components["schemas"]["EnvelopeGiven"] | null;
            /** Edits */
            edits: number;
            /** Name */
            name?: string | null;
        };
        /**
         * SaveTopic
         * @description What a topic is to be; `revision` is the one that was edited, 0: there is none yet.
         */
        SaveTopic: {
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Opt In
             * @enum {string}
             */
            opt_in: "explicit" | "double" | "implied";
            /**
             * Archived
             * @default false
             */
            archived?: boolean;
            /**
             * Public
             * @default true
             */
            public?: boolean;
            /** Sender */
            sender?: string | null;
            /** Revision */
            revision: number;
        };
        /**
         * SaveWords
         * @description How STOP, START and HELP are answered. `answers` false: the provider does so itself.
         */
        SaveWords: {
            /** Answers */
            answers: boolean;
            /**
             * Brand
             * @default
             */
            brand?: string;
            /** Words */
            words: {
                [key: string]: components["schemas"]["Answers"];
            };
            /** Stop Words */
            stop_words: string[];
        };
        /**
         * Seen
         * @description An event of the trigger's name.
         *
         *     Attributes:
         *         reason: why it let nobody in: of `Disregard` or `Refusal`; None if it did, or would.
         *         enrollment: which it let in.
         *         details: the questions asked and what was found, a line each.
         */
        Seen: {
            /** Event */
            event: number;
            /** Name */
            name: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Mode */
            mode: string;
            /** Reason */
            reason: string | null;
            /** Enrollment */
            enrollment: number | null;
            /** Sentence */
            sentence: string;
            /**
             * Details
             * @default []
             */
            details?: string[];
        };
        /**
         * SegmentItem
         * @description A segment in a list.
         *
         *     Without `refreshed_at` who is in it is still being found out. `joined` are those of its members
         *     who joined on each of the last 30 days (UTC), the last is today.
         */
        SegmentItem: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Condition */
            condition: {
                [key: string]: unknown;
            };
            /** Revision */
            revision: number;
            /** Size */
            size: number;
            /** Refreshed At */
            refreshed_at: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Joined */
            joined: number[];
            /**
             * Sizes
             * @description At the end of each of the last 30 days (UTC), the last is now; null before it was known.
             */
            sizes: (number | null)[];
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
            /**
             * Asked By
             * @description Segments whose conditions ask about it.
             */
            asked_by: string[];
        };
        /**
         * SegmentItems
         * @description All of them, by key.
         */
        SegmentItems: {
            /** Items */
            items: components["schemas"]["SegmentItem"][];
        };
        /**
         * Send
         * @description Which draft was looked at, and whether it leaves at once rather than at its time.
         */
        Send: {
            /** Revision */
            revision: number;
            /**
             * At Once
             * @default false
             */
            at_once?: boolean;
        };
        /**
         * SendTest
         * @description What is to be sent, made up for whom, and where to; `template` is whose words they are.
         *
         *     A push goes to the browsers of `contact`, for whom it is made up; to no address.
         */
        SendTest: {
            /** Contact */
            contact?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            };
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /** Trigger */
            trigger?: {
                [key: string]: unknown;
            };
            /** Context */
            context?: {
                [key: string]: unknown;
            };
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Source */
            source: string;
            /** Sender */
            sender?: string | null;
            /** Files */
            files?: string[];
            /** Language */
            language?: string | null;
            /**
             * To
             * @default
             */
            to?: string;
            /** Template */
            template?: string | null;
        };
        /**
         * Senders
         * @description Every domain that letters come from.
         */
        Senders: {
            /** Items */
            items: components["schemas"]["server__api__deliverability__SenderShown"][];
        };
        /**
         * SendersShown
         * @description All of them by key; then who is set for the instance, and at which domains they may be.
         */
        SendersShown: {
            /** Items */
            items: components["schemas"]["server__api__letter_senders__SenderShown"][];
            /** Sender */
            sender: string;
            /** Marketing Sender */
            marketing_sender: string;
            /** Reply To */
            reply_to: string;
            /** Domains */
            domains: string[];
        };
        /**
         * Series
         * @description Days on which something happened, the oldest first.
         */
        Series: {
            /** Days */
            days: components["schemas"]["Day"][];
        };
        /**
         * Session
         * @description What the application needs to know at its start.
         */
        Session: {
            user: components["schemas"]["Who"] | null;
            /** Setup Needed */
            setup_needed: boolean;
            instance: components["schemas"]["Instance"];
        };
        /**
         * SetAside
         * @description Something that is out of the way until a person looks at it.
         */
        SetAside: {
            /** Id */
            id: string;
            /** Lane */
            lane: string;
            /** What */
            what: string;
            /** Reason */
            reason: string;
            /** At */
            at: string | null;
            /** Message */
            message: string | null;
        };
        /**
         * SetUp
         * @description The first owner, and the token that the console printed.
         */
        SetUp: {
            /** Token */
            token: string;
            /** Name */
            name: string;
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * Simulate
         * @description What to simulate, and for whom: one of described, contacts, or sample.
         *
         *     Without a document it is the journey's draft. With `replay` what has happened to these contacts
         *     for so long happens again; else they are let in at `from`, or as the clock of a date, a schedule
         *     or a record comes to it, and nothing happens to them. `assume` says by node what becomes of
         *     messages and calls, and what colleagues choose.
         */
        Simulate: {
            /** Document */
            document?: {
                [key: string]: unknown;
            } | null;
            described?: components["schemas"]["Described"] | null;
            /**
             * Contacts
             * @default []
             */
            contacts?: string[];
            /**
             * Sample
             * @default 0
             */
            sample?: number;
            replay?: components["schemas"]["Elapsed"] | null;
            /** From */
            from?: string | null;
            /** @default P90D */
            for?: components["schemas"]["Elapsed"];
            /** Properties */
            properties?: {
                [key: string]: unknown;
            };
            /** Assume */
            assume?: {
                [key: string]: components["schemas"]["Assumption"];
            };
            /**
             * Stories
             * @default 10
             */
            stories?: number;
        };
        /**
         * Simulated
         * @description What it came to; stories tell of single contacts.
         */
        Simulated: {
            /** Journey */
            journey: string;
            /**
             * Begins At
             * Format: date-time
             */
            begins_at: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
            /** Contacts */
            contacts: number;
            /** Entered */
            entered: number;
            /** Ends */
            ends: {
                [key: string]: number;
            };
            /** Nodes */
            nodes: {
                [key: string]: components["schemas"]["server__api__simulations__NodeFigures"];
            };
            /** Messages */
            messages: components["schemas"]["DayOfMessages"][];
            /** Goals */
            goals: {
                [key: string]: number;
            };
            /** Never Taken */
            never_taken: [
                string,
                string
            ][];
            /** Never Reached */
            never_reached: string[];
            /** Dead Ends */
            dead_ends: {
                [key: string]: number;
            };
            /** Refused */
            refused: {
                [key: string]: number;
            };
            /** Warnings */
            warnings: string[];
            /** Stories */
            stories: components["schemas"]["Story"][];
        };
        /**
         * SkipReason
         * @description Which gate said no, in the order in which they are asked (rule 78).
         * @enum {string}
         */
        SkipReason: "journey_ended" | "contact_deleted" | "expired" | "no_address" | "unconfirmed" | "unsubscribed" | "no_consent" | "paused" | "opted_out" | "suppressed" | "holdout" | "already_sent" | "quiet_hours" | "legal_hours" | "capped" | "repeated";
        /**
         * Skipped
         * @description At which node the wait was ended.
         */
        Skipped: {
            /** Node */
            node: string;
        };
        /**
         * SourcesShown
         * @description All of them, by name.
         */
        SourcesShown: {
            /** Items */
            items: components["schemas"]["server__api__fetch_sources__SourceShown"][];
        };
        /**
         * Span
         * @description How many days back.
         */
        Span: {
            /**
             * Days
             * @default 90
             */
            days?: number;
        };
        /**
         * StarterShown
         * @description A letter to begin with; `name` and `about` are by language, `sample` is what a journey would bring.
         */
        StarterShown: {
            /** Key */
            key: string;
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "start" | "news" | "shop" | "relation" | "account";
            /**
             * Message Class
             * @enum {string}
             */
            message_class: "marketing" | "transactional";
            /** Name */
            name: {
                [key: string]: string;
            };
            /** About */
            about: {
                [key: string]: string;
            };
            /** Source */
            source: string;
            /** Variants */
            variants: {
                [key: string]: string;
            };
            /** Sample */
            sample: {
                [key: string]: unknown;
            };
        };
        /**
         * Starters
         * @description All of them, in the order in which they are shown.
         */
        Starters: {
            /** Starters */
            starters: components["schemas"]["StarterShown"][];
        };
        /**
         * State
         * @description How far a file has come.
         * @enum {string}
         */
        State: "coming" | "ready" | "checking" | "checked" | "running" | "done" | "cancelled";
        /**
         * Stay
         * @description One enrollment: how it went, and how it ended, or where it waits and `until` when.
         */
        Stay: {
            /** Entry Key */
            entry_key: string;
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Path */
            path: components["schemas"]["PathPart"][];
            /** Messages */
            messages: components["schemas"]["MessageStory"][];
            /** Goals */
            goals: {
                [key: string]: string;
            };
            /** Notices */
            notices: [
                string,
                string,
                string
            ][];
            /**
             * End
             * @enum {string}
             */
            end: "completed" | "exited" | "failed" | "waiting";
            /** Reason */
            reason: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Node */
            node: string;
            /** Until */
            until: string | null;
        };
        /**
         * Stop
         * @description How to stop.
         *
         *     `drain` lets those inside go on to their end, `now` ends them.
         */
        Stop: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "drain" | "now";
        };
        /**
         * Stopped
         * @description How many enrollments were ended.
         */
        Stopped: {
            /** Ended */
            ended: number;
        };
        /**
         * Story
         * @description What became of one contact; refused entries with the gate that said no.
         */
        Story: {
            /** Contact */
            contact: string;
            /** Stays */
            stays: components["schemas"]["Stay"][];
            /** Refused */
            refused: [
                string,
                string
            ][];
        };
        /**
         * Summaries
         * @description All of them.
         */
        Summaries: {
            /** Journeys */
            journeys: components["schemas"]["Summary"][];
        };
        /**
         * Summary
         * @description A journey in a list.
         */
        Summary: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** State */
            state: string;
            /**
             * Is Broadcast
             * @description Sends one message once, and that is all.
             */
            is_broadcast: boolean;
            /** Version */
            version: number | null;
            /** Has Changes */
            has_changes: boolean;
            /** Folder */
            folder: string;
            /** Archived At */
            archived_at: string | null;
            /** Entered */
            entered: number;
            /** Active */
            active: number;
            /** Completed */
            completed: number;
            /** Exited */
            exited: number;
            /**
             * Reached
             * @description Enrollments of this version that reached a goal.
             */
            reached: number;
            /** Has Goals */
            has_goals: boolean;
            /** Entered This Week */
            entered_this_week: number;
            /**
             * Days
             * @description Entries a day (UTC), the last is today's.
             */
            days: number[];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * Suppressed
         * @description An address of it that is never written to.
         */
        Suppressed: {
            /** Channel */
            channel: string;
            /** Reason */
            reason: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** May Lift */
            may_lift: boolean;
        };
        /**
         * TemplateItem
         * @description A template in a list; `locales` are the languages for which it has words of their own.
         */
        TemplateItem: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Channel */
            channel: string;
            /** Version */
            version: number | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string | null;
            /** Locales */
            locales: string[];
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
        };
        /**
         * TemplateItems
         * @description All of them, by key.
         */
        TemplateItems: {
            /** Items */
            items: components["schemas"]["TemplateItem"][];
        };
        /**
         * TemplateShown
         * @description A template with its words and its versions, the newest first; and what it may include.
         *
         *     `source` is for everybody; `variants` are for those who read a language, by its tag. `sender` is a
         *     registered one, from whom the letter comes; `files` go with it.
         */
        TemplateShown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Channel */
            channel: string;
            /** Version */
            version: number | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string | null;
            /** Locales */
            locales: string[];
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
            /** Source */
            source: string;
            /** Variants */
            variants: {
                [key: string]: string;
            };
            /** Versions */
            versions: components["schemas"]["TemplateVersionItem"][];
            /** Partials */
            partials: {
                [key: string]: string;
            };
            /** Sender */
            sender: string | null;
            /** Files */
            files: components["schemas"]["AssetShown"][];
        };
        /**
         * TemplateUse
         * @description A template that shows a file, or sends it along.
         */
        TemplateUse: {
            /** Key */
            key: string;
            /** Name */
            name: string;
        };
        /**
         * TemplateUser
         * @description A template that names the catalog.
         */
        TemplateUser: {
            /** Key */
            key: string;
            /** Name */
            name: string;
        };
        /**
         * TemplateVersionItem
         * @description A version in a list.
         */
        TemplateVersionItem: {
            /** Number */
            number: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /**
             * Note
             * @description The partial, with its version, for which it was made anew of the same words.
             */
            note: string | null;
        };
        /**
         * TemplateWords
         * @description The words as they once stood.
         */
        TemplateWords: {
            /** Number */
            number: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /**
             * Note
             * @description The partial, with its version, for which it was made anew of the same words.
             */
            note: string | null;
            /** Source */
            source: string;
            /** Variants */
            variants: {
                [key: string]: string;
            };
        };
        /**
         * TestSent
         * @description What the provider said: `details` are its words.
         *
         *     `problem`: why the real letter would not be made for this reader; the test stands without the
         *     missing values.
         */
        TestSent: {
            /** To */
            to: string;
            /** Is Accepted */
            is_accepted: boolean;
            /** Is Uncertain */
            is_uncertain: boolean;
            /** Provider */
            provider: string;
            /** Details */
            details: string | null;
            /** Problem */
            problem: string | null;
            /** In Mailbox */
            in_mailbox: boolean;
        };
        /**
         * Tested
         * @description What came of a test call. `status` is null where nothing was answered.
         */
        Tested: {
            verdict: components["schemas"]["Verdict"];
            /** Status */
            status: number | null;
            /** Words */
            words: string;
            /**
             * Answer
             * @description The beginning of what was answered.
             */
            answer: string;
            /** Took Ms */
            took_ms: number;
        };
        /**
         * TextCosts
         * @description What texts have cost, in millionths, by currency: `billed` by providers, the rest `estimated`.
         *
         *     `unpriced`: texts of which neither is known. Texts that the mailbox keeps cost nothing.
         */
        TextCosts: {
            /** Texts */
            texts: number;
            /** Parts */
            parts: number;
            /** Billed */
            billed: {
                [key: string]: number;
            };
            /** Estimated */
            estimated: {
                [key: string]: number;
            };
            /** Unpriced */
            unpriced: number;
        };
        /**
         * @description +P1D or +PT2H after the first thing given (-P3D before it); 2026-03-27T10:00, a time on the contact's own clock; or an instant, 2026-03-27T10:00:00Z. Calendar days keep the wall clock.
         * @example +P1D
         * @example 2026-03-27T10:00
         * @example 2026-03-27T10:00:00Z
         */
        TimeText: string;
        /**
         * Timeline
         * @description A page of it, the newest first; `next` is `before` of the page after it.
         */
        Timeline: {
            /** Items */
            items: components["schemas"]["Entry"][];
            /** Next */
            next: string | null;
        };
        /**
         * Told
         * @description Of how many messages something was told after they were sent; once each.
         *
         *     `unsubscribed` are those by whose own link their readers unsubscribed.
         */
        Told: {
            /** Delivered */
            delivered: number;
            /** Opened */
            opened: number;
            /** Clicked */
            clicked: number;
            /** Bounced */
            bounced: number;
            /** Replied */
            replied: number;
            /** Unsubscribed */
            unsubscribed: number;
        };
        /**
         * TopicShown
         * @description A topic.
         *
         *     `explicit`: only who said yes gets it; `double`: and confirmed it by a letter; `implied`: who did
         *     not say no. `public`: people see it on their own page of choices. `sender`: a registered one, from
         *     whom its letters come. Once it is archived nobody
         *     is offered it; journeys that name it go on.
         */
        TopicShown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /**
             * Opt In
             * @enum {string}
             */
            opt_in: "explicit" | "double" | "implied";
            /** Public */
            public: boolean;
            /** Sender */
            sender: string | null;
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Archived At */
            archived_at: string | null;
            /** Used By */
            used_by: components["schemas"]["UseShown"][];
        };
        /**
         * TopicsShown
         * @description All of them, by key.
         */
        TopicsShown: {
            /** Items */
            items: components["schemas"]["TopicShown"][];
        };
        /**
         * Total
         * @description How many there are; at least so many where it is not exact.
         */
        Total: {
            /** Count */
            count: number;
            /** Exact */
            exact: boolean;
        };
        /**
         * TouchShown
         * @description An open or a click, and who made it; `made_by` is null while it is being judged.
         *
         *     `why` says what gave a machine away. `network` is the address, cut to a network.
         */
        TouchShown: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "open" | "click";
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Url */
            url: string | null;
            made_by: components["schemas"]["MadeBy"] | null;
            why: components["schemas"]["engine__messages__tracking__touches__Why"] | null;
            /** Agent */
            agent: string;
            /** Network */
            network: string;
        };
        /**
         * Tried
         * @description What letters would show now. `words` say what is wrong, if anything is.
         */
        Tried: {
            /** Url */
            url: string;
            /** Is Good */
            is_good: boolean;
            /** Words */
            words: string;
            /**
             * Answer
             * @description The beginning of it, as it came.
             */
            answer: string;
            /** Status */
            status: number | null;
            /**
             * Took Ms
             * @description When it was asked last.
             */
            took_ms: number | null;
            /**
             * Age Seconds
             * @description Of the answer that is kept.
             */
            age_seconds: number | null;
            /**
             * Is Stale
             * @description It is old, and serves because the server fails.
             */
            is_stale: boolean;
        };
        /**
         * TrySource
         * @description What to fill in; `anew` asks although an answer is kept.
         */
        TrySource: {
            /** Values */
            values?: {
                [key: string]: string;
            };
            /**
             * Anew
             * @default false
             */
            anew?: boolean;
        };
        /**
         * UploadOf
         * @description How a file is called and read; what is not said is found out.
         */
        UploadOf: {
            /** Name */
            name: string;
            /** Encoding */
            encoding?: ("utf-8" | "windows-1252") | null;
            /** Delimiter */
            delimiter?: ("comma" | "semicolon" | "tab") | null;
        };
        /**
         * UploadShown
         * @description A file that comes in just now.
         */
        UploadShown: {
            /** By */
            by: string;
            /** Rows */
            rows: number;
            /** Percent */
            percent: number;
        };
        /**
         * Use
         * @description What the new journey is called; absent: as in the gallery.
         */
        Use: {
            /** Key */
            key?: string | null;
            /** Name */
            name?: string | null;
        };
        /**
         * UseShown
         * @description A journey that sends it.
         */
        UseShown: {
            /** Journey */
            journey: string;
            /** Name */
            name: string;
            /** Is Live */
            is_live: boolean;
        };
        /**
         * UserShown
         * @description A user.
         */
        UserShown: {
            /** Id */
            id: number;
            /** Email */
            email: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Disabled At */
            disabled_at: string | null;
        };
        /**
         * UsersShown
         * @description All of them, in the order in which they came.
         */
        UsersShown: {
            /** Items */
            items: components["schemas"]["UserShown"][];
        };
        /**
         * Verdict
         * @description What became of one item.
         * @enum {string}
         */
        Verdict: "accepted" | "not_sent" | "temporary" | "permanent" | "uncertain";
        /**
         * Version
         * @description What is live.
         */
        Version: {
            /** Number */
            number: number;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /** Document */
            document: {
                [key: string]: unknown;
            };
        };
        /**
         * VersionItem
         * @description A version in a list.
         */
        VersionItem: {
            /** Number */
            number: number;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /** Published By */
            published_by: string;
        };
        /**
         * VersionItems
         * @description A page of them, the newest first.
         */
        VersionItems: {
            /** Items */
            items: components["schemas"]["VersionItem"][];
            /** Next */
            next: number | null;
        };
        /**
         * VersionPage
         * @description Which page.
         */
        VersionPage: {
            /** Before */
            before?: number | null;
        };
        /**
         * Visit
         * @description One look at a node: when, which visit, what it read, and the way it took.
         *
         *     Attributes:
         *         way: None where it stayed, or left early.
         *         until: where it waits: until when.
         */
        Visit: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Node */
            node: string;
            /** Kind */
            kind: string;
            /** Visit */
            visit: number;
            /** Way */
            way: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Details
             * @default []
             */
            details?: string[];
            /** Until */
            until?: string | null;
        };
        /**
         * Waiting
         * @description Something that waits for somebody; of a journey if `key` is there, else of `lane`.
         */
        Waiting: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "braked" | "paused" | "entries_paused" | "sends_paused" | "unpublished" | "questions" | "provider" | "stream_held" | "set_aside" | "slow" | "no_worker" | "stuck";
            /** Count */
            count: number;
            /** Key */
            key?: string | null;
            /** Name */
            name?: string | null;
            /** Lane */
            lane?: string | null;
            /** Since */
            since?: string | null;
        };
        /**
         * WantMail
         * @description Whether the product's notices are to reach the caller by e-mail, too.
         */
        WantMail: {
            /** Wanted */
            wanted: boolean;
        };
        /**
         * Watched
         * @description Which journey.
         */
        Watched: {
            /** Journey */
            journey: string;
        };
        /**
         * Who
         * @description The user who is logged in.
         */
        Who: {
            /** Name */
            name: string;
            /** Email */
            email: string;
            role: components["schemas"]["Role"];
            /** Permissions */
            permissions: string[];
        };
        /**
         * Whole
         * @description An enrollment with every visit, in order; what is said in sentences is in English.
         *
         *     `node` is where it is, or was when it ended; `until` when it goes on.
         */
        Whole: {
            /** Id */
            id: number;
            /** Journey */
            journey: string;
            /** Journey Name */
            journey_name: string;
            /** Journey State */
            journey_state: string;
            /** Version */
            version: number;
            contact: components["schemas"]["Whom"];
            /** Name */
            name: string;
            /** Entry Key */
            entry_key: string;
            /**
             * Status
             * @enum {string}
             */
            status: "due" | "waiting" | "completed" | "exited" | "failed";
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Node */
            node: string;
            /** Until */
            until: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Reason */
            reason: string | null;
            /** Entry */
            entry: string;
            /** Sentence */
            sentence: string;
            /** Visits */
            visits: components["schemas"]["Visit"][];
            /** Messages */
            messages: components["schemas"]["MessageTold"][];
            /** Late */
            late: components["schemas"]["Late"][];
            /** Goals */
            goals: components["schemas"]["engine__journeys__why__answer__Reached"][];
            /** May Skip */
            may_skip: boolean;
            /** May Eject */
            may_eject: boolean;
        };
        /**
         * WholeVersion
         * @description A version with its document.
         */
        WholeVersion: {
            /** Number */
            number: number;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /** Published By */
            published_by: string;
            /** Document */
            document: {
                [key: string]: unknown;
            };
        };
        /**
         * Whom
         * @description The contact, and by which clock its local times are read (rule 22).
         */
        Whom: {
            /** Id */
            id: string;
            /** External Id */
            external_id: string | null;
            /** Email */
            email: string | null;
            /** Timezone */
            timezone: string;
            /** Timezone Source */
            timezone_source: string;
        };
        /**
         * Why
         * @description Why something is recommended.
         * @enum {string}
         */
        engine__catalogs__recommending__Why: "own_category" | "popular" | "newest";
        /** @description By topic: {"newsletter": true, "offers": {"sms": false}}. */
        engine__journeys__definition__case_file__Consents__1: {
            [key: string]: boolean | {
                [key: string]: boolean;
            };
        };
        /** @description By topic: {"newsletter": true, "offers": {"sms": false}}. */
        engine__journeys__definition__case_file__Consents__2: {
            [key: string]: boolean | {
                [key: string]: boolean;
            };
        };
        /**
         * Reached
         * @description A goal that was reached; once an enrollment, however often it happens (rule 128).
         *
         *     Attributes:
         *         message: the last one that had arrived before; None: it counts for the enrollment alone.
         */
        engine__journeys__why__answer__Reached: {
            /** Goal */
            goal: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Value */
            value: string | null;
            /** Event */
            event: number | null;
            /** Message */
            message: string | null;
            /** Sentence */
            sentence: string;
        };
        /**
         * Why
         * @description What says so.
         * @enum {string}
         */
        engine__messages__tracking__touches__Why: "head" | "prefetch" | "agent" | "proxy" | "too_soon" | "burst" | "crowd" | "company" | "no_language";
        /**
         * Asked
         * @description Nothing is asked beyond the address.
         */
        server__api__accounts__Asked: Record<string, unknown>;
        /**
         * Count
         * @description For how many contacts a condition is true now.
         *
         *     Attributes:
         *         count: None where only an enrollment could answer; `cannot` says why.
         */
        server__api__conditions__Count: {
            /** Count */
            count: number | null;
            /**
             * Exact
             * @description Whether everybody was asked about; else it is at least so many.
             */
            exact: boolean;
            /**
             * Looked At
             * @description About how many it was asked, if not about everybody.
             */
            looked_at: number | null;
            /**
             * Of
             * @description How many contacts there are; null if that takes too long.
             */
            of: number | null;
            /**
             * Private
             * @description What it reads of an enrollment: trigger, context, subject, message.
             */
            private: string[];
            /**
             * Cannot
             * @description Why nobody can be counted, in words.
             */
            cannot: string | null;
            /**
             * Sample
             * @description The newest of them, at most 10; empty without contacts:read.
             */
            sample: components["schemas"]["Example"][];
        };
        /**
         * Item
         * @description A contact in a list.
         */
        server__api__contacts__Item: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Phone */
            phone: string | null;
            /** External Id */
            external_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Active At
             * @description When it last did something itself.
             */
            active_at: string | null;
        };
        /**
         * Items
         * @description A page of them, the newest first.
         *
         *     `is_cut` says that finding them took too long: the page may be short though more follow.
         *     `total` stands in the first page alone; null where counting takes too long.
         */
        server__api__contacts__Items: {
            /** Items */
            items: components["schemas"]["server__api__contacts__Item"][];
            /** Next */
            next: number | null;
            /** Is Cut */
            is_cut: boolean;
            total: components["schemas"]["Total"] | null;
        };
        /**
         * Page
         * @description Which page, and whom to look for: the beginning of an address, an id or a name.
         */
        server__api__contacts__Page: {
            /** Before */
            before?: number | null;
            /**
             * Search
             * @default
             */
            search?: string;
            /** Segment */
            segment?: string | null;
        };
        /**
         * Shown
         * @description Everything known of one contact, save what happened: that is its timeline.
         *
         *     `said_at` tells when each attribute was said; `zone` is by which clock its local times are read.
         */
        server__api__contacts__Shown: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Phone */
            phone: string | null;
            /** External Id */
            external_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Active At
             * @description When it last did something itself.
             */
            active_at: string | null;
            /** Timezone */
            timezone: string | null;
            /** Zone */
            zone: string;
            /** Zone Source */
            zone_source: string;
            /** Email Confirmed */
            email_confirmed: boolean;
            /** Phone Confirmed */
            phone_confirmed: boolean;
            /** Identities */
            identities: components["schemas"]["Known"][];
            /** Attributes */
            attributes: {
                [key: string]: unknown;
            };
            /** Said At */
            said_at: {
                [key: string]: string;
            };
            /** Consents */
            consents: components["schemas"]["Choice"][];
            /** Pending */
            pending: components["schemas"]["Pending"][];
            /** Paused Until */
            paused_until: string | null;
            /** Segments */
            segments: components["schemas"]["Membership"][];
            /** Enrollments */
            enrollments: components["schemas"]["Passage"][];
            /** Suppressions */
            suppressions: components["schemas"]["Suppressed"][];
            /** Devices */
            devices: components["schemas"]["Device"][];
        };
        /**
         * Sought
         * @description The same, of those for whom a condition is true now.
         */
        server__api__contacts__Sought: {
            /** Before */
            before?: number | null;
            /**
             * Search
             * @default
             */
            search?: string;
            /** Segment */
            segment?: string | null;
            /** Condition */
            condition?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * Count
         * @description How many codes it was about.
         */
        server__api__coupons__Count: {
            /** Count */
            count: number;
        };
        /**
         * Sought
         * @description Which codes to show.
         */
        server__api__coupons__Sought: {
            /** State */
            state?: ("left" | "drawn" | "redeemed") | null;
            /** Code */
            code?: string | null;
            /** Before */
            before?: number | null;
        };
        /**
         * Asked
         * @description Nothing is asked beyond the address.
         */
        server__api__deliverability__Asked: Record<string, unknown>;
        /**
         * SenderShown
         * @description A domain that letters come from; `checked_at` is null until somebody has asked.
         */
        server__api__deliverability__SenderShown: {
            /** Domain */
            domain: string;
            /** Checked At */
            checked_at: string | null;
            /** Is Aligned */
            is_aligned: boolean | null;
            /** Checks */
            checks: components["schemas"]["CheckShown"][];
        };
        /**
         * SourceShown
         * @description An account that may tell us of letters; `heard_at` is null until it has.
         */
        server__api__deliverability__SourceShown: {
            /** Account */
            account: string;
            /** Provider */
            provider: string;
            /** Heard At */
            heard_at: string | null;
            /** Taken */
            taken: number;
            /**
             * Strays
             * @description Sayings of messages that we do not know.
             */
            strays: number;
            /** Conflicts */
            conflicts: number;
        };
        /**
         * Edited
         * @description Of which revision something is to be changed.
         */
        server__api__endpoints__Edited: {
            /** Revision */
            revision: number;
        };
        /**
         * RefusedShown
         * @description A tracking call that was not taken, and why; `unsaid` others of which nothing is kept.
         */
        server__api__events__RefusedShown: {
            /** Id */
            id: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Path */
            path: string;
            /** Status */
            status: number;
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Key */
            key: string | null;
            /** Origin */
            origin: string | null;
            /** Event */
            event: string | null;
            /** Message Id */
            message_id: string | null;
            /** Unsaid */
            unsaid: number;
        };
        /**
         * SourceShown
         * @description A source, and how it fares. `state`: `resting` are those that fail and are let alone for now.
         */
        server__api__fetch_sources__SourceShown: {
            /** Name */
            name: string;
            /** Url */
            url: string;
            /**
             * Places
             * @description What letters give it, by these names.
             */
            places: string[];
            /**
             * Headers
             * @description Their names; values are never shown.
             */
            headers: string[];
            /**
             * Answers
             * @enum {string}
             */
            answers: "json" | "text";
            /** Timeout Ms */
            timeout_ms: number;
            /** Fresh Seconds */
            fresh_seconds: number;
            /** Stale Hours */
            stale_hours: number;
            /** Revision */
            revision: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "working" | "failing" | "resting";
            /** Failing Since */
            failing_since: string | null;
            /** Used By */
            used_by: components["schemas"]["LookupUser"][];
        };
        /**
         * Edited
         * @description Of which revision something is to be done.
         */
        server__api__imports__Edited: {
            /** Revision */
            revision: number;
        };
        /**
         * RefusedShown
         * @description A row that is refused, and why.
         */
        server__api__imports__RefusedShown: {
            /** Line */
            line: number;
            /** Words */
            words: string;
            /** Cells */
            cells: string[];
        };
        /**
         * Said
         * @description A letter or text that a contact wrote.
         *
         *     Whose it is, is said by `contact` (our id or your own), else by the address it came from, else by
         *     the message it answers. `in_reply_to` is our id of that, or the provider's; a text without one
         *     answers the last that its sender was sent. With `provider_id` a second report is a duplicate.
         */
        server__api__inbound__Said: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms";
            /** From */
            from: string;
            /** Text */
            text: string;
            /**
             * Subject
             * @default
             */
            subject?: string;
            /**
             * To
             * @default
             */
            to?: string;
            /** Contact */
            contact?: string | null;
            /** In Reply To */
            in_reply_to?: string | null;
            /** Provider Id */
            provider_id?: string | null;
        };
        /**
         * Shown
         * @description One journey: its draft, what is live, how many are inside, and what of it is paused.
         */
        server__api__journeys__Shown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** State */
            state: string;
            /** Draft */
            draft: {
                [key: string]: unknown;
            };
            /** Revision */
            revision: number;
            version: components["schemas"]["Version"] | null;
            /** Inside */
            inside: number;
            /** Paused At */
            paused_at: string | null;
            /** Paused For */
            paused_for: string | null;
            /**
             * Paused By
             * @description The colleague's name, if one paused it.
             */
            paused_by: string | null;
            /**
             * Overdue
             * @description How many became due in the pause, while all is paused.
             */
            overdue: number | null;
            /** Entries Paused */
            entries_paused: boolean;
            /** Sends Paused */
            sends_paused: boolean;
        };
        /**
         * SenderShown
         * @description A registered sender.
         *
         *     `is_vouched`: the settings name its domain; without it, letters come from the next in order.
         *     `is_aligned`: whether the domain's records let mailbox providers believe its letters, as last
         *     checked; null: not checked yet. `used_by`: templates and topics that name it; `journeys`: those
         *     of whose nodes one does.
         */
        server__api__letter_senders__SenderShown: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Address */
            address: string;
            /** Reply To */
            reply_to: string;
            /** Revision */
            revision: number;
            /** Is Vouched */
            is_vouched: boolean;
            /** Is Aligned */
            is_aligned: boolean | null;
            /** Used By */
            used_by: components["schemas"]["TemplateUse"][];
            /** Journeys */
            journeys: components["schemas"]["UseShown"][];
        };
        /**
         * Reached
         * @description One kind of message: of the journey's people (`of` null: of all contacts) it would reach so many.
         *
         *     `margin` more or fewer, where not every address was held against those that are never written to.
         *     Where `is_more`, at least so many have an address and the topic's yes.
         */
        server__api__lifecycle__Reached: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "sms" | "push";
            /** Topic */
            topic: string;
            /** People */
            people: number;
            /** Of */
            of: number | null;
            /** Is More */
            is_more: boolean;
            /** Margin */
            margin: number;
        };
        /**
         * Item
         * @description One letter, text or call; a test is no message, and counted apart.
         */
        server__api__mailbox__Item: {
            /** Id */
            id: number;
            /** Message */
            message: string | null;
            /** Is Test */
            is_test: boolean;
            /** Channel */
            channel: string;
            /** To */
            to: string;
            /** Subject */
            subject: string;
            /** At */
            at: string | null;
            /** Journey */
            journey: string | null;
            /** Journey Name */
            journey_name: string | null;
            /** Node */
            node: string | null;
            /** Class */
            class: string;
        };
        /**
         * Items
         * @description A page of them, the newest first.
         */
        server__api__mailbox__Items: {
            /** Items */
            items: components["schemas"]["server__api__mailbox__Item"][];
            /** Next */
            next: number | null;
        };
        /**
         * Page
         * @description Which page of them.
         */
        server__api__mailbox__Page: {
            /** Before */
            before?: number | null;
            /** Channel */
            channel?: string | null;
        };
        /**
         * Page
         * @description Which page, and which messages: `state` may name several, parted by commas.
         */
        server__api__messages__Page: {
            /** Before */
            before?: number | null;
            /**
             * Search
             * @default
             */
            search?: string;
            /** Contact */
            contact?: string | null;
            /** Journey */
            journey?: string | null;
            /** Node */
            node?: string | null;
            /** Template */
            template?: string | null;
            /** Channel */
            channel?: ("email" | "sms" | "push" | "webhook") | null;
            /** Class */
            class?: ("marketing" | "transactional") | null;
            /**
             * State
             * @default
             */
            state?: string;
            /** Reason */
            reason?: string | null;
            /** Since */
            since?: string | null;
            /** Until */
            until?: string | null;
        };
        /**
         * WordsShown
         * @description What was handed over, word for word; its HTML, if `has_html`, is at `…/html`.
         */
        server__api__messages__WordsShown: {
            /** From */
            from: string;
            /** To */
            to: string;
            /** Subject */
            subject: string;
            /** Text */
            text: string;
            /** Headers */
            headers: [
                string,
                string
            ][];
            /** Has Html */
            has_html: boolean;
        };
        /**
         * Page
         * @description Which of them.
         */
        server__api__notices__Page: {
            /** Before */
            before?: number | null;
            /** To */
            to?: string | null;
            /**
             * Unread
             * @default false
             */
            unread?: boolean;
        };
        /**
         * Asked
         * @description Of how many days, today included.
         */
        server__api__overview__Asked: {
            /**
             * Days
             * @default 14
             * @enum {string}
             */
            days?: "14" | "30";
        };
        /**
         * Items
         * @description A page of them, the newest first.
         */
        server__api__questions__Items: {
            /** Items */
            items: components["schemas"]["server__api__questions__Shown"][];
            /** Next */
            next: number | null;
        };
        /**
         * Page
         * @description Which page; `open=1`: only those that can still be answered.
         */
        server__api__questions__Page: {
            /** Before */
            before?: number | null;
            /**
             * Open
             * @default false
             */
            open?: boolean;
        };
        /**
         * Shown
         * @description A question: what is asked about whom, and what came of it.
         *
         *     `state` is open, answered, or closed: too late, or no longer asked.
         */
        server__api__questions__Shown: {
            /** Id */
            id: number;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "answered" | "closed";
            /** Journey */
            journey: string;
            /** Node */
            node: string;
            /**
             * Contact
             * Format: uuid
             */
            contact: string;
            /** To */
            to: string;
            /** Words */
            words: string;
            /** Answers */
            answers: string[];
            /** Form */
            form: {
                [key: string]: unknown;
            }[];
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Escalated At */
            escalated_at: string | null;
            /** Answered At */
            answered_at: string | null;
            /** Answered By */
            answered_by: string | null;
            /**
             * Answerer
             * @description The name of the colleague who answered.
             */
            answerer: string | null;
            /** Answer */
            answer: string | null;
            /** Values */
            values: {
                [key: string]: unknown;
            } | null;
            /** Closed At */
            closed_at: string | null;
        };
        /**
         * Items
         * @description A page of them, the newest first.
         */
        server__api__records__Items: {
            /** Items */
            items: components["schemas"]["server__api__records__Shown"][];
            /** Next */
            next: number | null;
        };
        /**
         * Page
         * @description Whose, of which type, and which page.
         */
        server__api__records__Page: {
            /** Contact */
            contact?: string | null;
            /** Type */
            type?: string | null;
            /** Before */
            before?: number | null;
        };
        /**
         * Said
         * @description The whole record: a field that is left out is gone.
         *
         *     `contact` is whom it is about, by our id or your own.
         */
        server__api__records__Said: {
            /** Contact */
            contact: string;
            /** State */
            state?: string | null;
            /** Fields */
            fields?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * Shown
         * @description A record; `contact` is our id of whom it is about.
         */
        server__api__records__Shown: {
            /** Type */
            type: string;
            /** Key */
            key: string;
            /** Contact */
            contact: string;
            /** State */
            state: string | null;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * State Since
             * Format: date-time
             */
            state_since: string;
        };
        /**
         * NodeFigures
         * @description What happened at a node. `waiting` and `set_aside` are of now, whatever the days.
         */
        server__api__reports__NodeFigures: {
            /** Entered */
            entered: number;
            /** Moved In */
            moved_in: number;
            /** Waiting */
            waiting: number;
            /** Set Aside */
            set_aside: number;
            /** Completed */
            completed: number;
            /** Exited */
            exited: {
                [key: string]: number;
            };
            /** Paths */
            paths: {
                [key: string]: number;
            };
        };
        /**
         * NodeFigures
         * @description People at one node.
         */
        server__api__simulations__NodeFigures: {
            /** Entered */
            entered: number;
            /** Ways */
            ways: {
                [key: string]: number;
            };
            /** Exited */
            exited: {
                [key: string]: number;
            };
            /** Waiting */
            waiting: number;
        };
        /**
         * WordsShown
         * @description How they are answered; `usual_brand` where no brand is given.
         */
        server__api__texts__WordsShown: {
            /** Answers */
            answers: boolean;
            /** Brand */
            brand: string;
            /** Usual Brand */
            usual_brand: string;
            /** Words */
            words: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Stop Words */
            stop_words: string[];
        };
        /**
         * Asked
         * @description Of whom: an external id, our own id, or an e-mail address.
         */
        server__api__why__Asked: {
            /** Contact */
            contact: string;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            type: string;
            /** @description For people: what is wrong, what to do. */
            title: string;
            status: number;
            /** @description For programs. */
            code: string;
            problems?: Record<string, unknown>[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type About = components['schemas']['About'];
export type AccountShown = components['schemas']['AccountShown'];
export type Accounts = components['schemas']['Accounts'];
export type ActionShown = components['schemas']['ActionShown'];
export type AddAsset = components['schemas']['AddAsset'];
export type Advance = components['schemas']['Advance'];
export type AllDone = components['schemas']['AllDone'];
export type Answers = components['schemas']['Answers'];
export type Arm = components['schemas']['Arm'];
export type Arrange = components['schemas']['Arrange'];
export type Ask = components['schemas']['Ask'];
export type AskItems = components['schemas']['AskItems'];
export type AskPartialPreview = components['schemas']['AskPartialPreview'];
export type AskParts = components['schemas']['AskParts'];
export type AskPreview = components['schemas']['AskPreview'];
export type AskReach = components['schemas']['AskReach'];
export type AssetPage = components['schemas']['AssetPage'];
export type AssetShown = components['schemas']['AssetShown'];
export type AssetUses = components['schemas']['AssetUses'];
export type AssetsShown = components['schemas']['AssetsShown'];
export type AssumedChoice = components['schemas']['AssumedChoice'];
export type AssumedFate = components['schemas']['AssumedFate'];
export type Assumption = components['schemas']['Assumption'];
export type AuditPage = components['schemas']['AuditPage'];
export type BackfillAnswer = components['schemas']['BackfillAnswer'];
export type BackfillGiven = components['schemas']['BackfillGiven'];
export type BringCodes = components['schemas']['BringCodes'];
export type BroadcastShown = components['schemas']['BroadcastShown'];
export type BroadcastState = components['schemas']['BroadcastState'];
export type BroadcastsShown = components['schemas']['BroadcastsShown'];
export type ByMail = components['schemas']['ByMail'];
export type CallItem = components['schemas']['CallItem'];
export type CallItems = components['schemas']['CallItems'];
export type CallPage = components['schemas']['CallPage'];
export type CallShown = components['schemas']['CallShown'];
export type CallsReplayed = components['schemas']['CallsReplayed'];
export type Cancelled = components['schemas']['Cancelled'];
export type CaseContact = components['schemas']['CaseContact'];
export type CatalogItemOf = components['schemas']['CatalogItemOf'];
export type CatalogShown = components['schemas']['CatalogShown'];
export type Catalogs = components['schemas']['Catalogs'];
export type CauseShown = components['schemas']['CauseShown'];
export type ChangeContact = components['schemas']['ChangeContact'];
export type ChangeEndpoint = components['schemas']['ChangeEndpoint'];
export type ChangePool = components['schemas']['ChangePool'];
export type ChangeSource = components['schemas']['ChangeSource'];
export type ChangeUser = components['schemas']['ChangeUser'];
export type Changed = components['schemas']['Changed'];
export type Changes = components['schemas']['Changes'];
export type ChannelFigures = components['schemas']['ChannelFigures'];
export type CheckKind = components['schemas']['CheckKind'];
export type CheckShown = components['schemas']['CheckShown'];
export type CheckState = components['schemas']['CheckState'];
export type Checked = components['schemas']['Checked'];
export type Choice = components['schemas']['Choice'];
export type Choose = components['schemas']['Choose'];
export type Chosen = components['schemas']['Chosen'];
export type Clock = components['schemas']['Clock'];
export type CodeShown = components['schemas']['CodeShown'];
export type CodesAdded = components['schemas']['CodesAdded'];
export type CodesShown = components['schemas']['CodesShown'];
export type ColumnGiven = components['schemas']['ColumnGiven'];
export type CountsShown = components['schemas']['CountsShown'];
export type Course = components['schemas']['Course'];
export type Day = components['schemas']['Day'];
export type DayOfMessages = components['schemas']['DayOfMessages'];
export type DeleteItems = components['schemas']['DeleteItems'];
export type Deleted = components['schemas']['Deleted'];
export type Deliverability = components['schemas']['Deliverability'];
export type Described = components['schemas']['Described'];
export type Device = components['schemas']['Device'];
export type DomainShown = components['schemas']['DomainShown'];
export type Done = components['schemas']['Done'];
export type Draft = components['schemas']['Draft'];
export type Duplicate = components['schemas']['Duplicate'];
export type EarlierThing = components['schemas']['EarlierThing'];
export type Elapsed = components['schemas']['Elapsed'];
export type EndpointShown = components['schemas']['EndpointShown'];
export type EndpointWithSecret = components['schemas']['EndpointWithSecret'];
export type EndpointsShown = components['schemas']['EndpointsShown'];
export type Enrollments = components['schemas']['Enrollments'];
export type Enter = components['schemas']['Enter'];
export type Entered = components['schemas']['Entered'];
export type Entry = components['schemas']['Entry'];
export type EnvelopeGiven = components['schemas']['EnvelopeGiven'];
export type Erase = components['schemas']['Erase'];
export type Erasing = components['schemas']['Erasing'];
export type Estimated = components['schemas']['Estimated'];
export type EventName = components['schemas']['EventName'];
export type EventNames = components['schemas']['EventNames'];
export type EventPage = components['schemas']['EventPage'];
export type EventProperty = components['schemas']['EventProperty'];
export type EventShown = components['schemas']['EventShown'];
export type EventsShown = components['schemas']['EventsShown'];
export type Example = components['schemas']['Example'];
export type Experiment = components['schemas']['Experiment'];
export type Explained = components['schemas']['Explained'];
export type Facts = components['schemas']['Facts'];
export type Fate = components['schemas']['Fate'];
export type FieldShown = components['schemas']['FieldShown'];
export type FindingShown = components['schemas']['FindingShown'];
export type FirstSteps = components['schemas']['FirstSteps'];
export type Flaw = components['schemas']['Flaw'];
export type ForWhom = components['schemas']['ForWhom'];
export type Gallery = components['schemas']['Gallery'];
export type Gate = components['schemas']['Gate'];
export type GateSaid = components['schemas']['GateSaid'];
export type GateShown = components['schemas']['GateShown'];
export type GivePool = components['schemas']['GivePool'];
export type GiveSource = components['schemas']['GiveSource'];
export type GivenAnswer = components['schemas']['GivenAnswer'];
export type GivenChoice = components['schemas']['GivenChoice'];
export type GivenEntry = components['schemas']['GivenEntry'];
export type GivenEvent = components['schemas']['GivenEvent'];
export type GivenIdentify = components['schemas']['GivenIdentify'];
export type GivenLetter = components['schemas']['GivenLetter'];
export type GivenMark = components['schemas']['GivenMark'];
export type GivenRecord = components['schemas']['GivenRecord'];
export type GivenRequest = components['schemas']['GivenRequest'];
export type GivenThing = components['schemas']['GivenThing'];
export type GoalFigures = components['schemas']['GoalFigures'];
export type Group = components['schemas']['Group'];
export type Growth = components['schemas']['Growth'];
export type Happening = components['schemas']['Happening'];
export type HappeningShown = components['schemas']['HappeningShown'];
export type HowRead = components['schemas']['HowRead'];
export type ImportItem = components['schemas']['ImportItem'];
export type ImportShown = components['schemas']['ImportShown'];
export type Imports = components['schemas']['Imports'];
export type Instance = components['schemas']['Instance'];
export type ItemShown = components['schemas']['ItemShown'];
export type ItemsDeleted = components['schemas']['ItemsDeleted'];
export type ItemsPut = components['schemas']['ItemsPut'];
export type ItemsReplaced = components['schemas']['ItemsReplaced'];
export type ItemsShown = components['schemas']['ItemsShown'];
export type Journeyed = components['schemas']['Journeyed'];
export type JsonValue = components['schemas']['JsonValue'];
export type KeptRecord = components['schemas']['KeptRecord'];
export type Key = components['schemas']['Key'];
export type KeyKind = components['schemas']['KeyKind'];
export type Keys = components['schemas']['Keys'];
export type Known = components['schemas']['Known'];
export type KnownEvent = components['schemas']['KnownEvent'];
export type KnownKey = components['schemas']['KnownKey'];
export type KnownName = components['schemas']['KnownName'];
export type KnownRecord = components['schemas']['KnownRecord'];
export type Label = components['schemas']['Label'];
export type Lane = components['schemas']['Lane'];
export type Late = components['schemas']['Late'];
export type Ledger = components['schemas']['Ledger'];
export type Letter = components['schemas']['Letter'];
export type LimitShown = components['schemas']['LimitShown'];
export type LimitsShown = components['schemas']['LimitsShown'];
export type Login = components['schemas']['Login'];
export type Look = components['schemas']['Look'];
export type LookShown = components['schemas']['LookShown'];
export type LookupUser = components['schemas']['LookupUser'];
export type Made = components['schemas']['Made'];
export type MadeBy = components['schemas']['MadeBy'];
export type MadeKey = components['schemas']['MadeKey'];
export type MakeUp = components['schemas']['MakeUp'];
export type Marked = components['schemas']['Marked'];
export type MarketingShown = components['schemas']['MarketingShown'];
export type Marks = components['schemas']['Marks'];
export type Member = components['schemas']['Member'];
export type MemberPage = components['schemas']['MemberPage'];
export type Members = components['schemas']['Members'];
export type Membership = components['schemas']['Membership'];
export type MessageFigures = components['schemas']['MessageFigures'];
export type MessageItem = components['schemas']['MessageItem'];
export type MessageItems = components['schemas']['MessageItems'];
export type MessageShown = components['schemas']['MessageShown'];
export type MessageStory = components['schemas']['MessageStory'];
export type MessageTold = components['schemas']['MessageTold'];
export type MistakeShown = components['schemas']['MistakeShown'];
export type MoveTo = components['schemas']['MoveTo'];
export type Name = components['schemas']['Name'];
export type Names = components['schemas']['Names'];
export type NewContact = components['schemas']['NewContact'];
export type NewEndpoint = components['schemas']['NewEndpoint'];
export type NewKey = components['schemas']['NewKey'];
export type NewUser = components['schemas']['NewUser'];
export type NodeKey = components['schemas']['NodeKey'];
export type Notice = components['schemas']['Notice'];
export type Notices = components['schemas']['Notices'];
export type Now = components['schemas']['Now'];
export type OneAddress = components['schemas']['OneAddress'];
export type Overview = components['schemas']['Overview'];
export type PartialItem = components['schemas']['PartialItem'];
export type PartialItems = components['schemas']['PartialItems'];
export type PartialSaved = components['schemas']['PartialSaved'];
export type PartialShown = components['schemas']['PartialShown'];
export type PartialUser = components['schemas']['PartialUser'];
export type PartialVersionItem = components['schemas']['PartialVersionItem'];
export type PartialWords = components['schemas']['PartialWords'];
export type Parts = components['schemas']['Parts'];
export type PartsShown = components['schemas']['PartsShown'];
export type Passage = components['schemas']['Passage'];
export type PathPart = components['schemas']['PathPart'];
export type Pause = components['schemas']['Pause'];
export type Pending = components['schemas']['Pending'];
export type People = components['schemas']['People'];
export type PeopleAsked = components['schemas']['PeopleAsked'];
export type Person = components['schemas']['Person'];
export type Place = components['schemas']['Place'];
export type Plan = components['schemas']['Plan'];
export type PlanGiven = components['schemas']['PlanGiven'];
export type Planned = components['schemas']['Planned'];
export type Point = components['schemas']['Point'];
export type PoolShown = components['schemas']['PoolShown'];
export type PoolsShown = components['schemas']['PoolsShown'];
export type PreviewShown = components['schemas']['PreviewShown'];
export type Problems = components['schemas']['Problems'];
export type Process = components['schemas']['Process'];
export type Proof = components['schemas']['Proof'];
export type ProofPage = components['schemas']['ProofPage'];
export type Publish = components['schemas']['Publish'];
export type PublishedAnswer = components['schemas']['PublishedAnswer'];
export type PushShown = components['schemas']['PushShown'];
export type PutItems = components['schemas']['PutItems'];
export type Queues = components['schemas']['Queues'];
export type Range = components['schemas']['Range'];
export type ReachShown = components['schemas']['ReachShown'];
export type ReasonShown = components['schemas']['ReasonShown'];
export type Received = components['schemas']['Received'];
export type Recipient = components['schemas']['Recipient'];
export type Recommendations = components['schemas']['Recommendations'];
export type RecommendedShown = components['schemas']['RecommendedShown'];
export type RefusalShown = components['schemas']['RefusalShown'];
export type Refused = components['schemas']['Refused'];
export type RefusedItems = components['schemas']['RefusedItems'];
export type RenameTemplate = components['schemas']['RenameTemplate'];
export type Replay = components['schemas']['Replay'];
export type ReplayCalls = components['schemas']['ReplayCalls'];
export type Replayed = components['schemas']['Replayed'];
export type Report = components['schemas']['Report'];
export type Resume = components['schemas']['Resume'];
export type Resumed = components['schemas']['Resumed'];
export type Role = components['schemas']['Role'];
export type Rotate = components['schemas']['Rotate'];
export type SaveCatalog = components['schemas']['SaveCatalog'];
export type SaveLimit = components['schemas']['SaveLimit'];
export type SaveLook = components['schemas']['SaveLook'];
export type SavePartial = components['schemas']['SavePartial'];
export type SaveSegment = components['schemas']['SaveSegment'];
export type SaveSender = components['schemas']['SaveSender'];
export type SaveTemplate = components['schemas']['SaveTemplate'];
export type SaveTopic = components['schemas']['SaveTopic'];
export type SaveWords = components['schemas']['SaveWords'];
export type Seen = components['schemas']['Seen'];
export type SegmentItem = components['schemas']['SegmentItem'];
export type SegmentItems = components['schemas']['SegmentItems'];
export type Send = components['schemas']['Send'];
export type SendTest = components['schemas']['SendTest'];
export type Senders = components['schemas']['Senders'];
export type SendersShown = components['schemas']['SendersShown'];
export type Series = components['schemas']['Series'];
export type Session = components['schemas']['Session'];
export type SetAside = components['schemas']['SetAside'];
export type SetUp = components['schemas']['SetUp'];
export type Simulate = components['schemas']['Simulate'];
export type Simulated = components['schemas']['Simulated'];
export type SkipReason = components['schemas']['SkipReason'];
export type Skipped = components['schemas']['Skipped'];
export type SourcesShown = components['schemas']['SourcesShown'];
export type Span = components['schemas']['Span'];
export type StarterShown = components['schemas']['StarterShown'];
export type Starters = components['schemas']['Starters'];
export type State = components['schemas']['State'];
export type Stay = components['schemas']['Stay'];
export type Stop = components['schemas']['Stop'];
export type Stopped = components['schemas']['Stopped'];
export type Story = components['schemas']['Story'];
export type Summaries = components['schemas']['Summaries'];
export type Summary = components['schemas']['Summary'];
export type Suppressed = components['schemas']['Suppressed'];
export type TemplateItem = components['schemas']['TemplateItem'];
export type TemplateItems = components['schemas']['TemplateItems'];
export type TemplateShown = components['schemas']['TemplateShown'];
export type TemplateUse = components['schemas']['TemplateUse'];
export type TemplateUser = components['schemas']['TemplateUser'];
export type TemplateVersionItem = components['schemas']['TemplateVersionItem'];
export type TemplateWords = components['schemas']['TemplateWords'];
export type TestSent = components['schemas']['TestSent'];
export type Tested = components['schemas']['Tested'];
export type TextCosts = components['schemas']['TextCosts'];
export type TimeText = components['schemas']['TimeText'];
export type Timeline = components['schemas']['Timeline'];
export type Told = components['schemas']['Told'];
export type TopicShown = components['schemas']['TopicShown'];
export type TopicsShown = components['schemas']['TopicsShown'];
export type Total = components['schemas']['Total'];
export type TouchShown = components['schemas']['TouchShown'];
export type Tried = components['schemas']['Tried'];
export type TrySource = components['schemas']['TrySource'];
export type UploadOf = components['schemas']['UploadOf'];
export type UploadShown = components['schemas']['UploadShown'];
export type Use = components['schemas']['Use'];
export type UseShown = components['schemas']['UseShown'];
export type UserShown = components['schemas']['UserShown'];
export type UsersShown = components['schemas']['UsersShown'];
export type Verdict = components['schemas']['Verdict'];
export type Version = components['schemas']['Version'];
export type VersionItem = components['schemas']['VersionItem'];
export type VersionItems = components['schemas']['VersionItems'];
export type VersionPage = components['schemas']['VersionPage'];
export type Visit = components['schemas']['Visit'];
export type Waiting = components['schemas']['Waiting'];
export type WantMail = components['schemas']['WantMail'];
export type Watched = components['schemas']['Watched'];
export type Who = components['schemas']['Who'];
export type Whole = components['schemas']['Whole'];
export type WholeVersion = components['schemas']['WholeVersion'];
export type Whom = components['schemas']['Whom'];
export type EngineCatalogsRecommendingWhy = components['schemas']['engine__catalogs__recommending__Why'];
export type EngineJourneysDefinitionCaseFileConsents_1 = components['schemas']['engine__journeys__definition__case_file__Consents__1'];
export type EngineJourneysDefinitionCaseFileConsents_2 = components['schemas']['engine__journeys__definition__case_file__Consents__2'];
export type EngineJourneysWhyAnswerReached = components['schemas']['engine__journeys__why__answer__Reached'];
export type EngineMessagesTrackingTouchesWhy = components['schemas']['engine__messages__tracking__touches__Why'];
export type ServerApiAccountsAsked = components['schemas']['server__api__accounts__Asked'];
export type ServerApiConditionsCount = components['schemas']['server__api__conditions__Count'];
export type ServerApiContactsItem = components['schemas']['server__api__contacts__Item'];
export type ServerApiContactsItems = components['schemas']['server__api__contacts__Items'];
export type ServerApiContactsPage = components['schemas']['server__api__contacts__Page'];
export type ServerApiContactsShown = components['schemas']['server__api__contacts__Shown'];
export type ServerApiContactsSought = components['schemas']['server__api__contacts__Sought'];
export type ServerApiCouponsCount = components['schemas']['server__api__coupons__Count'];
export type ServerApiCouponsSought = components['schemas']['server__api__coupons__Sought'];
export type ServerApiDeliverabilityAsked = components['schemas']['server__api__deliverability__Asked'];
export type ServerApiDeliverabilitySenderShown = components['schemas']['server__api__deliverability__SenderShown'];
export type ServerApiDeliverabilitySourceShown = components['schemas']['server__api__deliverability__SourceShown'];
export type ServerApiEndpointsEdited = components['schemas']['server__api__endpoints__Edited'];
export type ServerApiEventsRefusedShown = components['schemas']['server__api__events__RefusedShown'];
export type ServerApiFetchSourcesSourceShown = components['schemas']['server__api__fetch_sources__SourceShown'];
export type ServerApiImportsEdited = components['schemas']['server__api__imports__Edited'];
export type ServerApiImportsRefusedShown = components['schemas']['server__api__imports__RefusedShown'];
export type ServerApiInboundSaid = components['schemas']['server__api__inbound__Said'];
export type ServerApiJourneysShown = components['schemas']['server__api__journeys__Shown'];
export type ServerApiLetterSendersSenderShown = components['schemas']['server__api__letter_senders__SenderShown'];
export type ServerApiLifecycleReached = components['schemas']['server__api__lifecycle__Reached'];
export type ServerApiMailboxItem = components['schemas']['server__api__mailbox__Item'];
export type ServerApiMailboxItems = components['schemas']['server__api__mailbox__Items'];
export type ServerApiMailboxPage = components['schemas']['server__api__mailbox__Page'];
export type ServerApiMessagesPage = components['schemas']['server__api__messages__Page'];
export type ServerApiMessagesWordsShown = components['schemas']['server__api__messages__WordsShown'];
export type ServerApiNoticesPage = components['schemas']['server__api__notices__Page'];
export type ServerApiOverviewAsked = components['schemas']['server__api__overview__Asked'];
export type ServerApiQuestionsItems = components['schemas']['server__api__questions__Items'];
export type ServerApiQuestionsPage = components['schemas']['server__api__questions__Page'];
export type ServerApiQuestionsShown = components['schemas']['server__api__questions__Shown'];
export type ServerApiRecordsItems = components['schemas']['server__api__records__Items'];
export type ServerApiRecordsPage = components['schemas']['server__api__records__Page'];
export type ServerApiRecordsSaid = components['schemas']['server__api__records__Said'];
export type ServerApiRecordsShown = components['schemas']['server__api__records__Shown'];
export type ServerApiReportsNodeFigures = components['schemas']['server__api__reports__NodeFigures'];
export type ServerApiSimulationsNodeFigures = components['schemas']['server__api__simulations__NodeFigures'];
export type ServerApiTextsWordsShown = components['schemas']['server__api__texts__WordsShown'];
export type ServerApiWhyAsked = components['schemas']['server__api__why__Asked'];
export type Problem = components['schemas']['Problem'];
export type $defs = Record<string, never>;
export interface operations {
    accounts_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accounts_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__accounts__Asked"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accounts_pause_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__accounts__Asked"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accounts_resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__accounts__Asked"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assets_show_all_get: {
        parameters: {
            query?: {
                behind?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assets_add_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddAsset"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assets_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assets_show_uses_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetUses"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                sort?: string | null;
                actor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllDone"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    broadcasts_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    broadcasts_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    broadcasts_send_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Send"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    broadcasts_reach_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskReach"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReachShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogs_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogs"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogs_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogs_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveCatalog"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogs_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_items_show_items_get: {
        parameters: {
            query?: {
                after?: string;
                search?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_items_replace_items_put: {
        parameters: {
            query?: {
                skip?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsReplaced"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_items_put_items_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutItems"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsPut"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_items_delete_items_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteItems"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsDeleted"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_items_show_item_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogs_show_recommended_get: {
        parameters: {
            query?: {
                contact?: string;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendations"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clock_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clock_advance_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Advance"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Now"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    conditions_count_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__conditions__Count"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contacts_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                search?: string;
                segment?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__contacts__Items"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_create_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contacts_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__contacts__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_erase_delete: {
        parameters: {
            query?: {
                suppress?: boolean;
            };
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasing"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_change_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeContact"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consents_show_get: {
        parameters: {
            query?: {
                before?: number | null;
            };
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_choose_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Choose"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timeline_export_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_suppress_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OneAddress"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact_edits_lift_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OneAddress"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timeline_show_timeline_get: {
        parameters: {
            query?: {
                kinds?: string;
                search?: string;
                before?: string | null;
            };
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contacts_search_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__contacts__Sought"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__contacts__Items"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_change_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePool"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_make_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivePool"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_show_codes_get: {
        parameters: {
            query?: {
                state?: ("left" | "drawn" | "redeemed") | null;
                code?: string | null;
                before?: number | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodesShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_bring_in_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BringCodes"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodesAdded"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_withdraw_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__coupons__Count"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_bring_in_file_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodesAdded"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coupons_generate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeUp"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__coupons__Count"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverability_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deliverability"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverability_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__deliverability__Asked"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Senders"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverability_resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__deliverability__Asked"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_change_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeEndpoint"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_make_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEndpoint"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calls_show_calls_get: {
        parameters: {
            query?: {
                before?: number | null;
                fate?: ("succeeded" | "failed") | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calls_show_call_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_enable_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__endpoints__Edited"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_end_old_secret_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__endpoints__Edited"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calls_replay_calls_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayCalls"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallsReplayed"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_rotate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rotate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endpoints_test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tested"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrollments_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enrollment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whole"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrollments_eject_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enrollment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrollments_skip_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enrollment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Skipped"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events_show_names_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventNames"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events_show_recent_get: {
        parameters: {
            query?: {
                name?: string | null;
                contact?: string | null;
                after?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events_show_refused_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_sources_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcesShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_sources_change_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSource"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__fetch_sources__SourceShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_sources_make_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveSource"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__fetch_sources__SourceShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_sources_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_sources_try_out_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrySource"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tried"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    gallery_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gallery"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    gallery_use_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Use"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__journeys__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imports"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_upload_post: {
        parameters: {
            query: {
                name: string;
                encoding?: ("utf-8" | "windows-1252") | null;
                delimiter?: ("comma" | "semicolon" | "tab") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cancelled"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_plan_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanGiven"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_show_refused_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_start_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__imports__Edited"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    instance_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Facts"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summaries"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__journeys__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__journeys__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_arrange_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Arrange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__journeys__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backfills_get_backfill_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillAnswer"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backfills_cancel_backfill_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports_show_days_get: {
        parameters: {
            query?: {
                version?: number | "all" | null;
                days?: number | null;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_duplicate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Duplicate"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__journeys__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_let_in_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Enter"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entered"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_estimate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Estimated"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_pause_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports_show_people_get: {
        parameters: {
            query?: {
                version?: number | "all" | null;
                node?: string | null;
                status?: ("inside" | "completed" | "exited" | "set_aside") | null;
                reason?: string | null;
                goal?: string | null;
                message?: ("queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "replied" | "skipped" | "cancelled" | "failed" | "uncertain") | null;
                before?: number | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_plan_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_publish_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publish"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedAnswer"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports_show_report_get: {
        parameters: {
            query?: {
                version?: number | "all" | null;
                days?: number | null;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_resume_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resume"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resumed"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulations_simulate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Simulate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulated"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lifecycle_stop_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Stop"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stopped"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journeys_validate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    versions_show_versions_get: {
        parameters: {
            query?: {
                before?: number | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    versions_show_version_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeVersion"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    why_show_why_get: {
        parameters: {
            query: {
                contact: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explained"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keys_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keys"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keys_create_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keys_revoke_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    starters_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Starters"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_log_in_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Who"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_log_out_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailbox_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                channel?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__mailbox__Items"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailbox_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letter"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailbox_show_html_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailbox_show_test_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letter"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailbox_show_test_html_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id_: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    messages_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                search?: string;
                contact?: string | null;
                journey?: string | null;
                node?: string | null;
                template?: string | null;
                channel?: ("email" | "sms" | "push" | "webhook") | null;
                class?: ("marketing" | "transactional") | null;
                state?: string;
                reason?: string | null;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    messages_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    messages_show_html_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inbound_report_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__inbound__Said"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    names_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notices_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                to?: string | null;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notices"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notices_show_by_mail_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ByMail"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notices_want_by_mail_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WantMail"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ByMail"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notices_mark_read_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Marks"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Marked"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview_show_get: {
        parameters: {
            query?: {
                days?: "14" | "30";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartialItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartialShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavePartial"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartialSaved"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_show_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskPartialPreview"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partials_show_version_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartialWords"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    public_pages_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    public_pages_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveLook"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    questions_show_all_get: {
        parameters: {
            query?: {
                before?: number | null;
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__questions__Items"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    questions_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__questions__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    questions_answer_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Chosen"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__questions__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queues_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queues_replay_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    records_show_all_get: {
        parameters: {
            query?: {
                contact?: string | null;
                type?: string | null;
                before?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__records__Items"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    records_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__records__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    records_keep_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["server__api__records__Said"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__records__Shown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentItem"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveSegment"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentItem"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_show_growth_get: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Growth"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segments_show_members_get: {
        parameters: {
            query?: {
                before?: number | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Members"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    letter_senders_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendersShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    letter_senders_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveSender"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__letter_senders__SenderShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    letter_senders_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sending_limits_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sending_limits_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveLimit"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sending_limits_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_set_up_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Who"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_show_live_get: {
        parameters: {
            query: {
                journey: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateItems"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_show_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveTemplate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_delete_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_rename_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameTemplate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    templates_show_version_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateWords"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previews_show_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskPreview"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previews_show_page_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    template_tests_send_test_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendTest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestSent"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    texts_show_costs_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextCosts"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    texts_show_parts_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskParts"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    texts_show_words_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__texts__WordsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    texts_save_words_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveWords"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["server__api__texts__WordsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    topics_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicsShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    topics_save_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveTopic"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_show_all_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsersShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_add_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_change_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUser"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserShown"];
                };
            };
            /** @description What is wrong and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
