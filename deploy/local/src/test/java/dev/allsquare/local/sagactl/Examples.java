package dev.allsquare.local.sagactl;

/** What the endpoints answer. */
final class Examples {

  static final String ID = "01990000-0000-7000-8000-000000000001";
  static final String KEY = "order-7";

  /** Parked past its pivot, after a failed attempt, a repair and a silence. */
  static final String PARKED =
      """
      {"id":"%s","type":"Purchase","definition":1,"version":9,"businessKey":"%s","state":"PARKED",
       "direction":"ACTION","reason":null,"parked":"capture was not answered in time",
       "waitingFor":["capture"],"createdAt":"2026-06-01T12:00:00Z","updatedAt":"2026-06-01T12:05:00Z",
       "nextTimer":null,
       "waits":[{"step":"capture","topic":"capture.commands","consumers":[{"group":"payment-service","lag":12}]}],
       "data":{"customer":"alice","total":{"amount":"12.50"},"lines":[{"sku":"TEA","quantity":2}],"gift":true},
       "steps":{"actions":{"capture":{"is":"STUCK","ids":["c2"],"cause":"TIMED_OUT","reason":"alice is angry"}},"compensations":{}},
       "timeline":[
        {"at":"2026-06-01T12:00:00Z","what":"STARTED"},
        {"at":"2026-06-01T12:00:00Z","what":"COMMANDED","step":"reserve","direction":"ACTION","commandId":"r1","attempt":1},
        {"at":"2026-06-01T12:00:00Z","what":"COMMANDED","step":"authorize","direction":"ACTION","commandId":"a1","attempt":1},
        {"at":"2026-06-01T12:00:01Z","what":"REPLIED","step":"reserve","direction":"ACTION","commandId":"r1","verdict":"DONE"},
        {"at":"2026-06-01T12:00:10Z","what":"RESENT","step":"authorize","direction":"ACTION","commandId":"a1","attempt":1},
        {"at":"2026-06-01T12:00:11Z","what":"REPLIED","step":"authorize","direction":"ACTION","commandId":"a1","verdict":"DONE"},
        {"at":"2026-06-01T12:00:11Z","what":"COMMANDED","step":"capture","direction":"ACTION","commandId":"c1","attempt":1},
        {"at":"2026-06-01T12:00:12Z","what":"REPLIED","step":"capture","direction":"ACTION","commandId":"c1","verdict":"FAILED","reason":"alice's wallet broke"},
        {"at":"2026-06-01T12:00:13Z","what":"COMMANDED","step":"capture","direction":"ACTION","commandId":"c2","attempt":2},
        {"at":"2026-06-01T12:00:23Z","what":"RESENT","step":"capture","direction":"ACTION","commandId":"c2","attempt":2},
        {"at":"2026-06-01T12:01:23Z","what":"TIMED_OUT","step":"capture","direction":"ACTION"},
        {"at":"2026-06-01T12:01:23Z","what":"PARKED","reason":"capture was not answered in time"},
        {"at":"2026-06-01T12:02:00Z","what":"REPAIRED","reason":"RETRY by ann: alice called"},
        {"at":"2026-06-01T12:02:00Z","what":"RESENT","step":"capture","direction":"ACTION","commandId":"c2","attempt":2},
        {"at":"2026-06-01T12:02:00Z","what":"RESUMED"},
        {"at":"2026-06-01T12:05:00Z","what":"TIMED_OUT","step":"capture","direction":"ACTION"},
        {"at":"2026-06-01T12:05:00Z","what":"PARKED","reason":"capture was not answered in time"}],
       "repairs":[{"at":"2026-06-01T12:02:00Z","actor":"ann","action":"saga.retry","reason":"alice called"}]}
      """
          .formatted(ID, KEY);

  static final String DEFINITIONS =
      """
      {"items":[{"name":"Purchase","version":1,"forNew":true,"replyTopic":"replies","groups":[
        {"kind":"COMPENSATABLE","steps":[{"name":"reserve","topic":"reserve.commands","command":"reserve.v1","timeout":"PT1M"}]}]}]}
      """;

  private Examples() {}

  static String problem(String type, String detail) {
    return "{\"type\":\"https://allsquare.dev/problems/%s\",\"detail\":\"%s\"}"
        .formatted(type, detail);
  }
}
