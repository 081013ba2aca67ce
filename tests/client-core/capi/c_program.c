/* Compiled as C: a program that knows nothing but anketa.h. */
#include "c_program.h"

#include <anketa/anketa.h>
#include <stdio.h>
#include <string.h>

/* Whether the answer holds the text; gives the answer back. */
static int holds(char* answer, const char* text) {
  const int found = answer != NULL && strstr(answer, text) != NULL;
  if (!found) fprintf(stderr, "no %s in %s\n", text, answer ? answer : "NULL");
  anketa_free(answer);
  return found;
}

static int open_client(const char* path, const char* key, int create, anketa_client** client) {
  char options[1024];
  snprintf(options, sizeof options, "{\"path\":\"%s\",\"key\":\"%s\",\"create\":%s,\"language\":\"en\"}", path, key,
           create ? "true" : "false");
  return holds(anketa_open(options, client), "\"ok\"");
}

int c_opens_and_refuses(const char* path) {
  anketa_client* client = NULL;
  int good = anketa_api_version() == ANKETA_API_VERSION;
  good &= holds(anketa_open("{\"path\":\"/no/such/file.db\"}", &client), "\"usage.not_initialised\"") && client == NULL;
  good &= holds(anketa_open("not json", &client), "\"request.malformed_json\"") && client == NULL;
  good &= open_client(path, "00ff", 1, &client) && client != NULL;
  good &= holds(anketa_call(client, "no such method", NULL), "\"usage.invalid\"");
  good &= holds(anketa_call(client, "get", "{}"), "\"record.required_missing\"");
  good &= holds(anketa_call(client, "get", "{\"id\":\"x\"}"), "\"record.invalid_value\"");
  good &= holds(anketa_call(client, "status", NULL), "\"unsynced\":0");
  good &= holds(anketa_sync_start(client, "{\"kind\":\"sync\"}"), "\"auth.not_logged_in\"");
  good &= holds(anketa_sync_feed(client, "{\"event\":\"start\"}"), "\"problem\"");
  anketa_close(client);
  anketa_close(NULL);
  good &= holds(anketa_call(NULL, "status", NULL), "\"usage.invalid\"");
  good &= holds(anketa_sync_start(NULL, NULL), "\"usage.invalid\"");
  anketa_sync_work(NULL);
  anketa_free(NULL);
  return good;
}

int c_works(const char* path) {
  anketa_client* client = NULL;
  int good = open_client(path, "00ff", 1, &client);
  good &= holds(anketa_sync_start(client,
                                  "{\"kind\":\"log_in\",\"server\":\"https://localhost\",\"login\":\"anna\","
                                  "\"password\":\"secret\",\"device_name\":\"C\"}"),
                "\"do\":\"send\"");
  anketa_sync_work(client);
  good &= holds(anketa_sync_feed(
                    client,
                    "{\"event\":\"response\",\"status\":200,\"headers\":{},\"body\":\"{\\\"access\\\":\\\"a\\\","
                    "\\\"refresh\\\":\\\"r\\\",\\\"user\\\":{\\\"id\\\":\\\"0197a000-0000-7000-8000-000000000001\\\","
                    "\\\"login\\\":\\\"anna\\\",\\\"name\\\":\\\"Anna\\\",\\\"role\\\":\\\"lead\\\"}}\"}"),
                "\"do\":\"done\"");
  good &= holds(anketa_call(client, "create",
                            "{\"collection\":\"client\",\"id\":\"0197a000-0000-7000-8000-00000000000c\","
                            "\"body\":{\"name\":\"\u0420\u043e\u043c\u0430\u0448\u043a\u0430\"}}"),
                "0197a000-0000-7000-8000-00000000000c");
  good &= holds(anketa_call(client, "search_clients", "{\"query\":\"\u0440\u043e\u043c\u0430\u0448\u043a\u0438\"}"),
                "0197a000-0000-7000-8000-00000000000c");
  good &= holds(anketa_call(client, "fill.start", "{\"client\":\"0197a000-0000-7000-8000-00000000000c\"}"),
                "\"status\":\"draft\"");
  good &= holds(anketa_call(client, "list", "{\"collection\":\"questionnaire\"}"), "vip-anketa");
  good &= holds(anketa_call(client, "programme.report", "{\"report\":\"coverage\",\"parameters\":{}}"), "\"booked\":1");
  good &= holds(anketa_call(client, "programme.report", "{\"report\":\"horoscope\"}"), "request.not_found");
  good &= holds(anketa_call(client, "programme.calendar", "{}"), "BEGIN:VCALENDAR");
  good &= holds(anketa_call(client, "programme.log_call",
                            "{\"client\":\"0197a000-0000-7000-8000-00000000000c\",\"outcome\":\"call_back\"}"),
                "call_back_at");
  good &= holds(anketa_sync_start(client, "{\"kind\":\"sync\"}"), "/v1/sync");
  good &= holds(anketa_sync_feed(client, "{\"event\":\"cancel\"}"), "\"sync.cancelled\"");
  anketa_close(client);
  good &= open_client(path, "00ff", 0, &client);
  good &= holds(anketa_call(client, "status", "{}"), "\"unsynced\":2");
  anketa_close(client);
  return good;
}
