/* The C API of Anketa's client: what a program in another language calls.
 *
 * Conventions
 *   Strings     UTF-8, ended by a zero byte. JSON in, JSON out.
 *   Ownership   Every char* that is returned belongs to the caller and is given back by anketa_free. What is passed in
 *               stays the caller's and is not kept after the call.
 *   Errors      No call throws or aborts. A call that returns JSON returns either {"ok": value} or
 *               {"problem": {"code", "message", "remedy", "where"?, "arguments"?}}; codes are those of the problem
 *               catalogue ("store.disk_full"). NULL is returned only when there is no memory even for that.
 *   Threads     A handle belongs to one thread at a time; different handles to different threads.
 *   Durability  When a call that changes something returns "ok", the change is on the disk.
 *   Versions    ANKETA_API_VERSION rises when a call or a method is added. None is ever taken away.
 */
#ifndef ANKETA_H
#define ANKETA_H

#define ANKETA_API_VERSION 3

#if defined(_WIN32)
#define ANKETA_API
#else
#define ANKETA_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct anketa_client anketa_client;

/* Version of the library, to compare with ANKETA_API_VERSION. */
ANKETA_API int anketa_api_version(void);

/* Opens a client's database. Options: {"path", "key"? (hex), "raw_key"? (bool: the key is 32 random bytes, used as it is),
 * "create"? (bool), "language"? ("ru", "en")}.
 * Returns {"ok": null} and sets *client, or a problem and sets it to NULL. */
ANKETA_API char* anketa_open(const char* options, anketa_client** client);

/* Closes it. Everything is on the disk already. NULL is allowed. */
ANKETA_API void anketa_close(anketa_client* client);

/* Calls a method with a JSON object of parameters (NULL: none). Methods and their parameters:
 *   status                                                   what is unsynced, who is logged in
 *   get {id}                                                 a record, or null
 *   list {collection, scope?}                                records of a collection
 *   create {collection, scope?, body, id?}                   the new id
 *   edit {id, body}                                          number of changes made
 *   apply {id, ops}                                          exact changes: [{op, path, value?}], as docs/merge.md names them
 *   commit_group {edits}                                     several records at once, all or nothing, on every device:
 *                                                            [{record, collection?, scope?, ops}]
 *   remove {id}
 *   next_statuses {id}                                       where its status may go from where it stands
 *   search_clients {query, limit?, filter?, offset_minutes?} filter: "key", "problems" (open ones), "untouched" (a year)
 *   client_card {id}
 *   conflicts {record?}              resolve {id, value} or {id, side}
 *   parked                           retry_parked {record}   dismiss_parked {record}
 *   brief {client, offset_minutes?}                          the page to read before a meeting
 *   revisions {client?, offset_minutes?}                     dossier parts, the most pressing first
 *   assign_owner {client, user, keep_former?}                end_assignment {id}
 *   log_out
 *   fill.start {client, offset_minutes?, form?}              a view of the questionnaire, open for filling in
 *   fill.open {questionnaire, offset_minutes?}
 *   fill.answer {questionnaire, path, value}                 committed when it returns
 *   fill.add_item {questionnaire, path}                      fill.remove_item {questionnaire, path}
 *   fill.next, fill.previous, fill.view {questionnaire}      fill.jump {questionnaire, section} or {…, path}
 *   fill.resume, fill.finish, fill.close {questionnaire}
 *   programme.report {report, parameters?, offset_minutes?}  figures of the programme, as docs/api.md has them
 *   programme.log_call {client, outcome, call_back_at?, visit?, campaign?, contact?, note?}    {call, visit}
 *   programme.book_visit {client, at, minutes?, place?, purpose?, contacts?, kind?, informal?, campaign?, rep?}
 *   programme.end_visit {visit, held?, offer_made?}          programme.calendar {rep?}: the text of an .ics file
 *   programme.create_campaign {body}                         programme.split {campaign, offset_minutes?}
 *   programme.judge_relation {campaign, client, relation, offset_minutes?}
 *   programme.decide_suggestion {suggestion, accept, to?}    programme.apply_pareto {percent?}
 *   programme.decide_key_status {client, status?}
 *   cases {mine?, open?, client?}                            quality cases, the most pressing first
 *   case.show {id}                                           one, with what can be done next
 *   case.open {client, complaint, severity?, contact?, call_when?, place?}
 *   case.accept, case.estimate {id, promised_on?, cause?, place?, fix_cost?, extra_profit_month?}
 *   case.work {id, text, …}          case.fixed {id, …}      the same members
 *   case.called {id, contact?, on?, text?}                   the client was asked to check
 *   case.confirm {id, contact?, how?, on?, text?}            the client says all is well: the case is closed
 *   case.reject {id, contact?, on?, text?}                   he says it is not
 *   fill.note {questionnaire, text, place?}                  the note's id
 *   today {offset_minutes?}                                  visits, calls, drafts, norm: the rep's day
 *   transition {id, to, facts?}                              moves a record's status
 *   attach {record, content, name?, media_type?, field?}     the new attachment's id; content is base64
 *   attachments {record}                                     with where the content of each is
 *   attachment.content {id}                                  base64
 *   bundle.export                                            {file, mutations, sealed}: unsynced work as a file, base64
 *   bundle.import {file}                                     the server's answer to it: a sync's summary, overtaken
 *   watch.begin                                              to stay connected; the first step is a sync
 *   watch.next                                               {step, milliseconds}: "sync", "connect" to /v1/live,
 *                                                            "listen" for that long, "pause" for that long
 *   watch.tell {what}                                        how it went: "synced", "failed", "connected", "news",
 *                                                            "quiet", "lost", "paused"
 *   passes {code}                                            whether a sync that failed so is worth trying again
 *   access_token                                             for the live connection
 *   language {language}                                      of texts and problems from now on
 * Every case method takes offset_minutes? (180) and gives the case: a record with turn, due_on, overdue_days, age_days
 * and steps ("accept", "work", "fixed", "called", "confirm", "reject").
 * A view is {questionnaire, client, status, gate, current, progress, missing, unfit?}; with a parameter "section" in the
 * call also {questions}: all that is relevant in that section, in order. */
ANKETA_API char* anketa_call(anketa_client* client, const char* method, const char* parameters);

/* Network work, one piece at a time: {"ok": [instructions]}, whose JSON anketa/sync.hpp describes. Start a sync
 * ({"kind": "sync", "attempts"?}), a log-in ({"kind": "log_in", "server", "login", "password", "device_name"}), a log-out that
 * the server is told of ({"kind": "log_out"}; the device is logged out at once), the upload of attachments, after a sync
 * ({"kind": "upload", "attempts"?, "part_bytes"?}), or the download of one ({"kind": "download", "id"}); execute the instructions, feed the
 * events; "done" or "failed" is the last. Starting anew drops what was under way. */
ANKETA_API char* anketa_sync_start(anketa_client* client, const char* parameters);
ANKETA_API char* anketa_sync_feed(anketa_client* client, const char* event);
/* Optional local work while a request is under way. */
ANKETA_API void anketa_sync_work(anketa_client* client);

/* Gives a returned string back. NULL is allowed. */
ANKETA_API void anketa_free(char* text);

#ifdef __cplusplus
}
#endif

#endif
